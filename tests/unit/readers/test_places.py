"""Where inputs lie: folders with our own output in them, addresses; and packages that are not installed."""

import gzip
import io
import json
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest

from extractor.errors import ConfigError, InputError, Issue
from extractor.models import Article
from extractor.readers import read
from extractor.readers.apart import PARSER
from extractor.readers.formats import FORMATS, SUFFIXES
from formats import as_docx, as_html, as_parquet, as_pdf, as_zip, as_zstd, members
from reading import article, code, put, results

STORY = Article(
    text="Trade rises again\nTrade between the two states reached 4 billion dollars, officials said on Tuesday."
)


# Folders


def test_our_own_output_in_a_folder_is_never_read(tmp_path: Path) -> None:
    record = json.dumps({"schema_version": "1.0", "article": {"text": "no"}}) + "\n"
    put(tmp_path / "a.txt", "Trade rose.")
    put(tmp_path / "z.csv", "text\nTrade fell.\n")
    put(tmp_path / "out" / "a.json", record)
    put(tmp_path / "out" / "issues.jsonl", "{}")
    put(tmp_path / "records.jsonl", record)
    put(tmp_path / "records.jsonl.gz", gzip.compress(record.encode()))
    put(tmp_path / "records.jsonl.zst", as_zstd(record.encode()))
    put(tmp_path / "records.issues.jsonl", "{}")
    put(tmp_path / "records.jsonl.partial" / "1.jsonl", '{"text": "no"}')
    for suffix in (".csv", ".parquet"):
        for name in ("articles", "figures", "evidence", "event_parties"):
            put(tmp_path / f"tables{suffix}" / f"{name}{suffix}", "id,text\n1,no\n")
    put(tmp_path / "records.db", b"SQLite format 3\0")
    put(tmp_path / "records.duckdb", b"x")
    put(tmp_path / ".cache" / "b.txt", "no")
    assert [item.text for item in results(tmp_path) if isinstance(item, Article)] == ["Trade rose.", "Trade fell."]
    assert len(results(tmp_path)) == 2


def test_a_folder_of_many_formats(tmp_path: Path) -> None:
    for name, data in {
        "a.pdf": as_pdf(STORY),
        "b.docx": as_docx(STORY),
        "c.parquet": as_parquet([STORY]),
        "d.zip": as_zip(members([STORY])),
        "e.HTML": as_html(STORY),
        "f.docx": b"broken",
    }.items():
        put(tmp_path / name, data)
    found = results(tmp_path)
    assert [isinstance(item, Article) for item in found] == [True] * 6
    assert [Path(item.source.partition("#")[0]).name[0] for item in found] == list("abcdef")


def test_a_folder_that_links_to_itself(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "Trade rose.")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(results(tmp_path)) == 1


def test_standard_input_of_any_format() -> None:
    for data in (as_pdf(STORY), as_zip(members([STORY])), gzip.compress(STORY.text.encode()), as_parquet([STORY])):
        [found] = read(["-"], stdin=io.BytesIO(data))
        assert isinstance(found, Article)
        assert found.source.partition("#")[0] == "-"


def test_every_suffix_belongs_to_one_format() -> None:
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    for format in FORMATS.values():
        module = format.load()
        assert callable(module.looks)
        assert callable(module.may)
        assert callable(module.parse if format.document else module.read)


def test_readers_are_lazy(tmp_path: Path) -> None:
    """Memory does not grow with a file: the first article is there before the rest is read."""
    path = put(tmp_path / "a.jsonl", '{"text": "Trade rose."}\n' + "x" * 30_000_000)
    found = read([str(path)])
    assert isinstance(next(found), Article)
    found.close()  # type: ignore[attr-defined]


# Addresses


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()


def test_files_in_a_store(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe({
        "/news/a.txt": b"Trade rose.", "/news/a.meta.json": b'{"title": "Trade"}', "/news/deep/b.zip": as_zip(members([STORY])),
        "/news/c.png": b"x", "/other/d.jsonl": b'{"text": "One."}\n',
    })  # fmt: skip
    found = results("memory://news")
    assert [item.source for item in found] == ["memory:///news/a.txt", "memory:///news/deep/b.zip#news/0001.txt"]
    assert isinstance(found[0], Article)
    assert found[0].title == "Trade"
    assert [item.source for item in results("memory://*/*.jsonl")] == ["memory:///other/d.jsonl#1"]
    assert article("memory://news/a.txt").text == "Trade rose."


def test_addresses_where_nothing_is(memory: fsspec.AbstractFileSystem) -> None:
    for address in ("memory://none.txt", "memory://*/none*", "none://x/y"):
        with pytest.raises(InputError):
            read([address])


def test_an_address_whose_package_is_missing() -> None:
    with pytest.raises(ConfigError, match="s3fs"):
        read(["s3://bucket/a.txt"])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_files_on_a_web_server(tmp_path: Path, site: str) -> None:
    put(tmp_path / "a.html", as_html(STORY))
    put(tmp_path / "b.zip", as_zip(members([STORY])))
    found = article(f"{site}/a.html")
    assert (found.source, found.url) == (f"{site}/a.html", f"{site}/a.html")
    assert article(f"{site}/b.zip").source == f"{site}/b.zip#news/0001.txt"
    assert code(f"{site}/none.html") == "E108"


# Packages that are not installed


@pytest.mark.parametrize(
    ("module", "name", "data", "extra"),
    [
        ("pyarrow.parquet", "a.parquet", as_parquet([STORY]), "parquet"),
        ("zstandard", "a.txt.zst", as_zstd(b"Trade rose."), "zstd"),
        ("fastwarc.warc", "a.warc", b"WARC/1.0\r\n", "warc"),
    ],
)
def test_a_missing_package_names_its_extra(
    tmp_path: Path, module: str, name: str, data: bytes, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    [issue] = results(put(tmp_path / name, data))
    assert isinstance(issue, Issue)
    assert (issue.code, issue.hint) == ("E115", f"pip install 'extractor[{extra}]'")


@pytest.mark.parametrize(
    ("module", "name", "data", "extra"),
    [
        ("trafilatura", "a.html", as_html(STORY), "html"),
        ("pypdfium2", "a.pdf", as_pdf(STORY), "pdf"),
        ("docx", "a.docx", as_docx(STORY), "docx"),
    ],
)
def test_a_missing_parser_names_its_extra(
    tmp_path: Path, module: str, name: str, data: bytes, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The parsers run in a process apart, which finds a package of that name that fails.
    put(tmp_path / "blocked" / f"{module}.py", "raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "blocked"))
    PARSER.end()
    try:
        [issue] = results(put(tmp_path / name, data))
    finally:
        PARSER.end()
    assert isinstance(issue, Issue)
    assert (issue.code, issue.hint) == ("E115", f"pip install 'extractor[{extra}]'")


def test_a_parser_that_dies_costs_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "blocked" / "docx.py", "import os; os._exit(3)")
    put(tmp_path / "x" / "a.docx", as_docx(STORY))
    put(tmp_path / "x" / "b.pdf", as_pdf(STORY))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "blocked"))
    PARSER.end()
    try:
        issue, found = results(tmp_path / "x")
    finally:
        PARSER.end()
    assert isinstance(issue, Issue)
    assert issue.code == "E204"
    assert isinstance(found, Article)
