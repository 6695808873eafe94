"""JSON folders and JSON Lines: names, whole files and the way back."""

import json
from pathlib import Path

import pytest

from extractor import Article, ArticleRecord, Extractor, Issue, load
from extractor.errors import ConfigError, InputError, SinkError
from extractor.models.jsonio import to_json
from extractor.sinks import open_sink

ISSUE = Issue("x.txt", "read", "E103", "binary", "convert it")


@pytest.fixture(scope="module")
def record(extractor: Extractor) -> ArticleRecord:
    [found] = extractor.run([Article(text="Peru's President Ana Sol signed a deal worth $5 million with Chile.")])
    assert isinstance(found, ArticleRecord)
    return found


def at(record: ArticleRecord, source: str) -> ArticleRecord:
    return record.model_copy(update={"article": record.article.model_copy(update={"source": source})})


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        (["data/raw/summit.txt"], ["summit"]),
        (["batch.jsonl#17", "batch.jsonl#2"], ["batch-17", "batch-2"]),
        (["crawl.warc.gz#<urn:uuid:1>", "crawl.warc.gz#<urn:uuid:2>"], ["crawl-1", "crawl-2"]),
        (["a/x.txt", "b/x.txt", "c/X.txt"], ["x", "x-{id}", "X-{id}-2"]),
        (["a.b.txt"], ["a.b"]),
        (["-", "text"], ["-", "text"]),
        (["https://example.org/news/1.html"], ["1"]),
        (["what?*.txt"], ["what__"]),
        (["..", ""], ["article", "article-{id}"]),
        (["ж" * 127 + ".txt"], ["ж" * 100]),
    ],
)
def test_names(record: ArticleRecord, tmp_path: Path, sources: list[str], names: list[str]) -> None:
    with open_sink(f"{tmp_path}/out/") as sink:
        for source in sources:
            sink.write(at(record, source))
    expected = {name.format(id=record.article.id[2:10]) + ".json" for name in names}
    assert {path.name for path in (tmp_path / "out").iterdir()} == expected


def test_a_file_is_indented_json(record: ArticleRecord, tmp_path: Path) -> None:
    with open_sink(str(tmp_path / "out")) as sink:
        sink.write(at(record, "a.txt"))
    text = (tmp_path / "out" / "a.json").read_text(encoding="utf-8")
    assert text.startswith('{\n  "schema_version": "1.0",\n  "article": {\n')
    assert text.endswith("}\n")
    assert list(load(tmp_path / "out" / "a.json")) == [at(record, "a.txt")]


def test_issues_of_an_earlier_run_go(record: ArticleRecord, tmp_path: Path) -> None:
    with open_sink(str(tmp_path)) as sink:
        sink.issue(ISSUE)
    [line] = (tmp_path / "issues.jsonl").read_text().splitlines()
    assert json.loads(line) == ISSUE.as_dict()
    with open_sink(str(tmp_path)) as sink:
        sink.write(record)
    assert [path.name for path in tmp_path.iterdir()] == ["text.json"]


def test_a_line_a_record(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "out.jsonl"
    with open_sink(str(path)) as sink:
        sink.write(record)
        assert not path.exists()
        sink.issue(ISSUE)
        sink.write(record)
    assert path.read_bytes() == (to_json(record) + "\n").encode() * 2
    assert sorted(p.name for p in path.parent.iterdir()) == ["out.issues.jsonl", "out.jsonl"]
    assert json.loads((path.parent / "out.issues.jsonl").read_text()) == ISSUE.as_dict()


def test_nothing_half_written_is_left(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before")

    def fails() -> None:
        with open_sink(str(path)) as sink:
            sink.write(record)
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fails()
    assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_file_that_cannot_be_renamed(record: ArticleRecord, tmp_path: Path) -> None:
    (tmp_path / "out" / "text.json").mkdir(parents=True)
    sink = open_sink(str(tmp_path / "out"))
    sink.open()
    with pytest.raises(SinkError, match=r"text\.json cannot be written"):
        sink.write(record)
    sink.suspend()
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["text.json"]


@pytest.mark.parametrize("target", ["out.xls", "out.csv.gz", "mysql://x/y", "sqlite:///"])
def test_an_unknown_target_lists_those_known(target: str) -> None:
    with pytest.raises(ConfigError) as caught:
        open_sink(target)
    assert ".jsonl" in str(caught.value) or "sqlite:///records.db" in str(caught.value)


def test_what_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "b.jsonl").write_text('\n{"schema_version": "1.0"}\n')
    (tmp_path / "c.xml").write_text("<a/>")
    (tmp_path / "d.db").write_text("no database" * 100)
    (tmp_path / "e.json").write_bytes(b"\xff")
    for name, says in [
        ("empty", "holds no records"),
        ("missing.json", "does not exist"),
        ("a.json", "is not JSON"),
        ("b.jsonl", r"b\.jsonl#2 is not an article record: article: Field required"),
        ("c.xml", "is no file of records"),
        ("d.db", "cannot be read: file is not a database"),
        ("e.json", "is not UTF-8"),
    ]:
        with pytest.raises(InputError, match=says):
            list(load(tmp_path / name))


def test_metadata_and_hidden_files_are_no_records(record: ArticleRecord, tmp_path: Path) -> None:
    with open_sink(str(tmp_path)) as sink:
        sink.write(record)
    (tmp_path / "x.meta.json").write_text("{}")
    (tmp_path / ".part.json").write_text("{")
    assert list(load(tmp_path)) == [record]
