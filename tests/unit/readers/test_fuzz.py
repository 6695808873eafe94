"""Valid files of every format with bytes changed, cut out and spliced in: an article or an issue each, whatever happens."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from extractor.errors import ISSUE_CODES, Issue
from extractor.models import Article
from extractor.readers import read
from formats import (
    as_csv,
    as_docx,
    as_eml,
    as_html,
    as_jsonl,
    as_parquet,
    as_pdf,
    as_tar,
    as_warc,
    as_zip,
    as_zstd,
    members,
)

STORIES = [
    Article(
        text=f"Trade rises “again”\nTrade between the two states reached {i} billion dollars, officials said.\n"
        "More was said at the meeting in Lima, which both of the presidents attended with their ministers of trade.",
        title="Trade rises “again”",
        published=f"2025-05-0{i}",
        publisher="The Example Gazette",
    )
    for i in (1, 2)
]


def _docx(xml: bytes) -> bytes:
    """A Word document whose text is such a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx(STORIES[0]))) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, xml if info.filename == "word/document.xml" else old.read(info))
    return out.getvalue()


def _same(data: bytes) -> bytes:
    return data


DOCUMENT = zipfile.ZipFile(io.BytesIO(as_docx(STORIES[0]))).read("word/document.xml")
WARC = as_warc([(f"https://gazette.example/{i}", as_html(story)) for i, story in enumerate(STORIES)])

#: A name, a valid file, and what is done to it once it is changed.
FILES: dict[str, tuple[str, bytes, Callable[[bytes], bytes]]] = {
    "txt": ("a.txt", STORIES[0].text.encode("utf-16"), _same),
    "html": ("a.html", as_html(STORIES[0]), _same),
    "pdf": ("a.pdf", as_pdf(STORIES[0]), _same),
    "docx": ("a.docx", as_docx(STORIES[0]), _same),
    "docx text": ("a.docx", DOCUMENT, _docx),
    "eml": ("a.eml", as_eml(STORIES[0]), _same),
    "jsonl": ("a.jsonl", as_jsonl(STORIES), _same),
    "csv": ("a.csv", as_csv(STORIES), _same),
    "parquet": ("a.parquet", as_parquet(STORIES), _same),
    "warc": ("a.warc", gzip.decompress(WARC), _same),
    "warc.gz": ("a.warc.gz", WARC, _same),
    "gz": ("a.jsonl.gz", gzip.compress(as_jsonl(STORIES)), _same),
    "zst": ("a.jsonl.zst", as_zstd(as_jsonl(STORIES)), _same),
    "zip": ("a.zip", as_zip(members(STORIES)), _same),
    "tar": ("a.tar", gzip.decompress(as_tar(members(STORIES))), _same),
    "tar.gz": ("a.tar.gz", gzip.decompress(as_tar(members(STORIES))), gzip.compress),
}
SPLICES = [data for _, data, _ in FILES.values()]


@st.composite
def changed(draw: DrawFn, form: str) -> bytes:
    """A valid file of a format with up to eight things done to it."""
    data = bytearray(FILES[form][1])
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["flip", "put", "cut", "repeat", "splice", "end"])):
            case "flip" if at < len(data):
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "put":
                data[at : at + 4] = draw(st.binary(min_size=1, max_size=4) | st.sampled_from([b"\xff" * 4, b"\0" * 4]))
            case "cut":
                del data[at : at + draw(st.integers(1, 200))]
            case "repeat":
                data[at:at] = data[at : at + draw(st.integers(1, 100))] * draw(st.sampled_from([2, 50]))
            case "splice":
                other = draw(st.sampled_from(SPLICES))
                start = draw(st.integers(0, len(other)))
                data[at:at] = other[start : start + draw(st.integers(1, 500))]
            case "end":
                del data[max(at, 1) :]
    return FILES[form][2](bytes(data))


def check(form: str, data: bytes) -> None:
    """Read a file: articles and issues alone, in time, and nothing written."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILES[form][0]
        path.write_bytes(data)
        start = monotonic()
        found = list(read([str(path)], seconds=5, max_chars=100_000))
        assert monotonic() - start < 60
        for item in found:
            assert isinstance(item, Article) or item.code in ISSUE_CODES
            assert item.source.startswith(str(path))
            if isinstance(item, Issue):
                assert "\n" not in item.message
        assert list(Path(folder).iterdir()) == [path]


@pytest.mark.parametrize("form", FILES)
def test_files_as_they_are(form: str) -> None:
    check(form, FILES[form][2](FILES[form][1]))


@pytest.mark.parametrize("form", FILES)
def test_changed_files(form: str) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(data=changed(form))
    def run(data: bytes) -> None:
        check(form, data)

    run()


#: About a quarter of a minute each.
MANY = {"html": 1_000, "docx": 3_000, "docx text": 500, "eml": 1_200, "parquet": 1_800, "pdf": 4_000}


@pytest.mark.slow
@pytest.mark.parametrize("form", FILES)
def test_many_changed_files(form: str) -> None:
    @settings(max_examples=MANY.get(form, 1_600), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(data=changed(form))
    def run(data: bytes) -> None:
        check(form, data)

    run()
