"""What is packed: compressed files, archives, web archives, and what would fill the machine."""

import gzip
import io
import json
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
import zstandard

from extractor.errors import Issue
from extractor.models import Article
from extractor.readers import limits
from formats import as_html, as_jsonl, as_tar, as_warc, as_zip, as_zstd, members
from reading import article, code, only, put, results

STORIES = [
    Article(
        text=f"Trade rises again\nTrade between the two states reached {i} billion dollars, officials said on Tuesday.\n"
        "More than that was said at the meeting in Lima, which both of the presidents attended with their ministers.",
        title="Trade rises again",
        published=f"2025-05-0{i}",
        publisher="The Example Gazette",
    )
    for i in range(1, 6)
]


def same(found: list[Article | Issue]) -> bool:
    """Whether what was read are the stories."""
    return found == [
        story.model_copy(update={"source": item.source}) for story, item in zip(STORIES, found, strict=True)
    ]


# One file in another


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("zst", as_zstd)])
def test_a_compressed_file_is_read_as_if_it_lay_there(tmp_path: Path, suffix: str, pack: object) -> None:
    path = put(tmp_path / f"a.txt.{suffix}", pack(b"Trade rose."))  # type: ignore[operator]
    put(tmp_path / "a.meta.json", '{"title": "Trade"}')
    found = article(path)
    assert (found.text, found.title, found.source) == ("Trade rose.", "Trade", str(path))
    lines = put(tmp_path / f"b.jsonl.{suffix}", pack(as_jsonl(STORIES)))  # type: ignore[operator]
    found_lines = results(lines)
    assert same(found_lines)
    assert found_lines[2].source == f"{lines}#3"
    assert same(results(lines.rename(tmp_path / "c.bin")))


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("zst", as_zstd)])
def test_a_compressed_file_of_many_parts(tmp_path: Path, suffix: str, pack: object) -> None:
    parts = b"".join(pack(as_jsonl([story])) for story in STORIES)  # type: ignore[operator]
    assert same(results(put(tmp_path / f"a.jsonl.{suffix}", parts)))


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("zst", as_zstd)])
def test_a_compressed_file_cut_short_gives_what_comes_before(tmp_path: Path, suffix: str, pack: object) -> None:
    parts = [pack(as_jsonl([story])) for story in STORIES]  # type: ignore[operator]
    path = put(tmp_path / f"a.jsonl.{suffix}", b"".join(parts)[:-10])
    *found, last = results(path)
    assert len(found) >= 4
    assert isinstance(last, Issue)
    assert (last.code, last.source) == ("E111", str(path))
    assert code(put(tmp_path / f"b.txt.{suffix}", parts[0][:-10])) == "E111"


def test_a_compressed_file_that_is_damaged(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(b"Trade rose. " * 1_000))
    data[30] ^= 0xFF
    assert code(put(tmp_path / "a.txt.gz", bytes(data))) == "E111"
    assert code(put(tmp_path / "b.txt.zst", b"\x28\xb5\x2f\xfd" + b"x" * 50)) == "E111"


# Archives


@pytest.mark.parametrize(("suffix", "pack"), [("zip", as_zip), ("tar.gz", as_tar), ("tgz", as_tar)])
def test_members_are_read_like_a_folder(tmp_path: Path, suffix: str, pack: object) -> None:
    path = put(tmp_path / f"a.{suffix}", pack(members(STORIES)))  # type: ignore[operator]
    found = results(path)
    assert same(found)
    assert found[1].source == f"{path}#news/0002.txt"


def test_members_that_are_no_articles_are_passed_over(tmp_path: Path) -> None:
    files = {
        "a.txt": "Trade rose.",
        "deep/er/b.jsonl": '{"text": "One."}\n{"text": "Two."}',
        "c.txt.gz": gzip.compress(b"Trade fell."),
        ".hidden.txt": "no",
        ".git/d.txt": "no",
        "__MACOSX/e.txt": "no",
        "a.gold.json": "{}",
        "issues.jsonl": "{}",
        "picture.png": b"\x89PNG",
        "notes.md": "no",
    }
    data = as_zip((name, text.encode() if isinstance(text, str) else text) for name, text in files.items())
    path = put(tmp_path / "a.zip", data)
    assert [item.source.removeprefix(f"{path}#") for item in results(path)] == [
        "a.txt", "deep/er/b.jsonl#1", "deep/er/b.jsonl#2", "c.txt.gz",
    ]  # fmt: skip


def test_an_archive_without_articles(tmp_path: Path) -> None:
    assert code(put(tmp_path / "a.zip", as_zip(iter([])))) == "E110"
    assert code(put(tmp_path / "b.zip", as_zip(iter([("a.png", b"x")])))) == "E110"
    assert code(put(tmp_path / "c.tar.gz", as_tar(iter([("a.png", b"x")])))) == "E110"


@pytest.mark.parametrize("pack", [as_zip, as_tar])
def test_nothing_is_written_wherever_a_member_says_it_belongs(
    tmp_path: Path, pack: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "x" / "y"
    names = ["../../up.txt", "/tmp/extractor-absolute.txt", "..\\..\\back.txt", "C:\\win.txt", "a\x00b.txt", "ok.txt"]
    path = put(inside / "a.zip", pack((name, b"Trade rose.") for name in names))  # type: ignore[operator]
    monkeypatch.chdir(inside)
    found = results(path)
    assert sum(isinstance(item, Article) for item in found) >= 4
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]
    assert not Path("/tmp/extractor-absolute.txt").exists()


def test_links_in_a_tar_archive_are_passed_over(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind, target in (
            (tarfile.SYMTYPE, "/etc/passwd"),
            (tarfile.LNKTYPE, "/etc/hostname"),
            (tarfile.FIFOTYPE, ""),
        ):
            info = tarfile.TarInfo(f"{kind.decode()}.txt")
            info.type, info.linkname = kind, target
            archive.addfile(info)
    assert code(put(tmp_path / "a.tar", out.getvalue())) == "E110"


def test_an_encrypted_member_is_an_issue_of_its_own(tmp_path: Path) -> None:
    data = bytearray(as_zip(iter([("a.txt", b"Trade rose."), ("b.txt", b"Trade fell.")])))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    issue, found = results(put(tmp_path / "a.zip", bytes(data)))
    assert isinstance(issue, Issue)
    assert (issue.code, issue.source) == ("E112", f"{tmp_path / 'a.zip'}#a.txt")
    assert isinstance(found, Article)


def test_a_damaged_member_is_an_issue_of_its_own(tmp_path: Path) -> None:
    data = bytearray(as_zip(iter([("a.txt", b"Trade rose. " * 9), ("b.txt", b"Trade fell.")])))
    data[40] ^= 0xFF
    issue, found = results(put(tmp_path / "a.zip", bytes(data)))
    assert isinstance(issue, Issue)
    assert issue.code == "E111"
    assert isinstance(found, Article)
    assert code(put(tmp_path / "b.zip", bytes(data[:-30]))) == "E111"


def test_other_office_documents_are_named(tmp_path: Path) -> None:
    book = as_zip(iter([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]))
    issue = only(put(tmp_path / "a.csv", book))
    assert isinstance(issue, Issue)
    assert issue.code == "E103"
    assert "Office" in issue.message


# Web archives


def test_pages_of_a_web_archive(tmp_path: Path) -> None:
    pages = [(f"https://gazette.example/{i}", as_html(story)) for i, story in enumerate(STORIES)]
    data = as_warc(pages)
    for path in (put(tmp_path / "crawl.warc.gz", data), put(tmp_path / "crawl.warc", gzip.decompress(data))):
        found = results(path)
        assert found[1].source == f"{path}#urn:uuid:00000000-0000-4000-8000-000000000002"
        assert [item.url for item in found if isinstance(item, Article)] == [address for address, _ in pages]
        texts = [item.text for item in found if isinstance(item, Article)]
        assert texts == [story.text for story in STORIES]


def response(head: str, body: bytes, kind: str = "response") -> bytes:
    block = head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", "WARC-Record-ID: <urn:uuid:1>", "WARC-Target-URI: https://a.example/",
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(block)}",
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def test_what_a_crawler_fetched_besides_pages_gives_nothing(tmp_path: Path) -> None:
    page = as_html(STORIES[0])
    ok = "HTTP/1.1 200 OK\nContent-Type: text/html"
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    records = [
        response("HTTP/1.1 200 OK\nContent-Type: image/png", b"\x89PNG"),
        response("HTTP/1.1 404 Not Found\nContent-Type: text/html", page),
        response("GET / HTTP/1.1", b"", "request"),
        response(ok, page),
        response(f"{ok}; charset=latin-1\nContent-Encoding: gzip", gzip.compress(page)),
        response(f"{ok}\nTransfer-Encoding: chunked", chunked),
        response(ok, b"<html><body></body></html>"),
    ]
    found = results(put(tmp_path / "a.warc", b"".join(records)))
    assert [isinstance(item, Article) for item in found] == [True, True, True, False]
    assert isinstance(found[3], Issue)
    assert found[3].code == "E113"


def test_a_web_archive_cut_short(tmp_path: Path) -> None:
    pages = [(f"https://gazette.example/{i}", as_html(story)) for i, story in enumerate(STORIES)]
    data = as_warc(pages)
    for path in (put(tmp_path / "a.warc.gz", data[:-100]), put(tmp_path / "b.warc", gzip.decompress(data)[:-100])):
        *found, last = results(path)
        assert len(found) == 4
        assert isinstance(last, Issue)
        assert (last.code, last.source) == ("E111", str(path))


# Bombs


def gzip_of_zeros(size: int) -> bytes:
    """A gzip file of so many zeros, made of members, without unfolding it."""
    part = gzip.compress(b"\0" * (64 * 2**20))
    return part * (size // (64 * 2**20))


@pytest.mark.parametrize(
    "name",
    [
        "a.txt.gz",
        "a.csv.gz",
        "a.warc.gz",
        "a.tar.gz",
        "a.html.gz",
        "a.gz",
        pytest.param("a.jsonl.gz", marks=pytest.mark.slow),
    ],
)
def test_ten_gigabytes_of_zeros(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, gzip_of_zeros(10 * 2**30))
    assert path.stat().st_size < 12 * 2**20
    found = results(path)
    assert {item.code for item in found if isinstance(item, Issue)} <= {"E103", "E105", "E114"}
    assert 1 <= len(found) <= 2


def test_zeros_packed_many_times(tmp_path: Path) -> None:
    frame = zstandard.ZstdCompressor().compress(b"\0" * (256 * 2**20))
    *_, last = results(put(tmp_path / "a.jsonl.zst", frame * 40))
    assert isinstance(last, Issue)
    assert last.code == "E114"
    packed = gzip_of_zeros(2**30)
    for _ in range(3):
        packed = gzip.compress(packed)
    *_, last = results(put(tmp_path / "b.jsonl.gz", packed))
    assert isinstance(last, Issue)
    assert last.code == "E114"


def test_what_is_packed_too_deep(tmp_path: Path) -> None:
    data, name = b"Trade rose.", "a.txt"
    for depth in range(1, limits.DEPTH + 2):
        data, name = as_zip(iter([(name, data)])), "inner.zip"
        found = only(put(tmp_path / f"{depth}.zip", data))
        if depth <= limits.DEPTH:
            assert isinstance(found, Article)
        else:
            assert isinstance(found, Issue)
            assert found.code == "E114"


def test_a_gzip_file_that_holds_itself(tmp_path: Path) -> None:
    data = b"Trade rose."
    for _ in range(100):
        data = gzip.compress(data)
    assert code(put(tmp_path / "a.txt.gz", data)) == "E114"


def test_limits_on_members_and_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMBERS", 3)
    path = put(tmp_path / "a.zip", as_zip((f"{i}.txt", b"Trade rose.") for i in range(5)))
    assert code(path) == "E114"
    assert code(put(tmp_path / "a.tar.gz", as_tar((f"{i}.txt", b"Trade rose.") for i in range(5)))) == "E114"
    monkeypatch.setattr(limits, "SPOOL", 1_000)
    assert code(put(tmp_path / "b.tar.gz", as_tar(iter([("a.txt", b"Trade rose.")])))) == "E114"
    monkeypatch.setattr(limits, "FREE", 10_000)
    monkeypatch.setattr(limits, "RATIO", 1)
    lines = as_jsonl(STORIES) * 100
    *_, last = results(put(tmp_path / "c.jsonl.gz", gzip.compress(lines)))
    assert isinstance(last, Issue)
    assert last.code == "E114"


def test_members_that_overlap(tmp_path: Path) -> None:
    """One kernel of zeros that every entry of the directory points to."""
    size = 50 * 2**20
    zeros = b"\0" * size
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(zeros) + packer.flush()
    head = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0" + zlib.crc32(zeros).to_bytes(4, "little")
    sizes = len(body).to_bytes(4, "little") + size.to_bytes(4, "little")
    local = head + sizes + (5).to_bytes(2, "little") + b"\0\0" + b"a.txt" + body
    entries = b"".join(
        b"PK\x01\x02\x14\0" + head[4:] + sizes + (5).to_bytes(2, "little") + b"\0" * 16 + f"{i:01}.txt".encode()
        for i in range(9)
    )
    end = (
        b"PK\x05\x06\0\0\0\0\x09\0\x09\0"
        + len(entries).to_bytes(4, "little")
        + len(local).to_bytes(4, "little")
        + b"\0\0"
    )
    for item in results(put(tmp_path / "a.zip", local + entries + end)):
        assert isinstance(item, Issue)


def test_metadata_of_a_member_that_is_malformed(tmp_path: Path) -> None:
    data = as_zip(iter([("a.txt", b"Trade rose."), ("a.meta.json", b"{"), ("b.txt", b"Trade fell.")]))
    issue, found = results(put(tmp_path / "a.zip", data))
    assert isinstance(issue, Issue)
    assert issue.code == "E106"
    assert isinstance(found, Article)


def test_a_folder_is_read_with_its_archives(tmp_path: Path) -> None:
    put(tmp_path / "a.zip", as_zip(members(STORIES[:2])))
    put(tmp_path / "b.jsonl.gz", gzip.compress(as_jsonl(STORIES[2:])))
    put(tmp_path / "b.meta.json", json.dumps({"title": "not this"}))
    put(tmp_path / "c.bin.gz", gzip.compress(b"no article by its name"))
    assert same(results(tmp_path))


def test_an_archive_is_a_zip_by_its_bytes(tmp_path: Path) -> None:
    data = as_zip(members(STORIES))
    assert zipfile.is_zipfile(io.BytesIO(data))
    assert same(results(put(tmp_path / "a.txt", data)))
