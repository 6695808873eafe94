"""Outputs that are whole or not there: parts, the journal, what a stopped run leaves and how it goes on."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor import Article, ArticleRecord, Extractor, Issue, load
from extractor.errors import SinkError, UnfinishedError
from extractor.sinks import Sink
from extractor.sinks.csvfiles import CsvFiles
from extractor.sinks.folder import FolderSink
from extractor.sinks.jsonl import COMPRESSED, Lines
from extractor.sinks.parquet import ParquetFiles
from extractor.sinks.parts import PartsSink

ISSUE = Issue("broken.txt", "read", "E103", "binary", "convert it")


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> list[ArticleRecord]:
    texts = [
        f"Peru's President Ana Sol signed {n} deals worth ${n} million with Chile on 2 May 2020." for n in range(2, 9)
    ]
    found = list(extractor.run(Article(text=text, source=f"{n}.txt") for n, text in enumerate(texts)))
    assert all(isinstance(one, ArticleRecord) for one in found)
    return [one for one in found if isinstance(one, ArticleRecord)]


MAKERS: dict[str, Callable[[Path], Sink]] = {
    "out.jsonl": lambda path: PartsSink(path, Lines(), articles=3),
    "out.jsonl.gz": lambda path: PartsSink(path, Lines(COMPRESSED[".gz"]), articles=3),
    "out.jsonl.zst": lambda path: PartsSink(path, Lines(COMPRESSED[".zst"]), articles=3),
    "out.csv": lambda path: PartsSink(path, CsvFiles(), folder=True, articles=3),
    "out.parquet": lambda path: PartsSink(path, ParquetFiles(), folder=True, articles=3),
    "out": FolderSink,
}
every_form = pytest.mark.parametrize("name", MAKERS)


def content(path: Path) -> dict[str, bytes]:
    """Everything at and beside an output, by name."""
    return {str(p.relative_to(path.parent)): p.read_bytes() for p in path.parent.rglob("*") if p.is_file()}


def write(sink: Sink, records: list[ArticleRecord], *, at: int = 0, missing: bool = False) -> None:
    for number, record in enumerate(records, start=at):
        if missing and sink.has(f"key-{number}"):
            continue
        sink.write(record, f"key-{number}")
    if not (missing and sink.has("key-issue")):
        sink.issue(ISSUE, "key-issue")


def undisturbed(name: str, folder: Path, records: list[ArticleRecord]) -> dict[str, bytes]:
    sink = MAKERS[name](folder / name)
    sink.open("new")
    write(sink, records)
    sink.close()
    return content(folder / name)


@every_form
def test_a_whole_run_leaves_the_output_alone(name: str, records: list[ArticleRecord], tmp_path: Path) -> None:
    found = undisturbed(name, tmp_path, records)
    assert not [file for file in found if "partial" in file or "journal" in file or "lock" in file]
    assert list(load(tmp_path / name)) == records


@every_form
def test_the_same_records_give_the_same_bytes(name: str, records: list[ArticleRecord], tmp_path: Path) -> None:
    assert undisturbed(name, tmp_path / "a", records) == undisturbed(name, tmp_path / "b", records)


@every_form
@pytest.mark.parametrize("stop", [0, 1, 3, 5, 7])
def test_a_suspended_run_goes_on(name: str, stop: int, records: list[ArticleRecord], tmp_path: Path) -> None:
    expected = undisturbed(name, tmp_path / "whole", records)
    path = tmp_path / "stopped" / name
    sink = MAKERS[name](path)
    sink.open("new")
    for number, record in enumerate(records[:stop]):
        sink.write(record, f"key-{number}")
    sink.suspend()
    again = MAKERS[name](path)
    if stop:
        with pytest.raises(UnfinishedError, match=r"--resume .* --fresh"):
            again.open("new")
    again.open("resume")
    assert [again.has(f"key-{number}") for number in range(len(records))] == [n < stop for n in range(len(records))]
    write(again, records, missing=True)
    again.close()
    assert content(path) == expected


@every_form
def test_a_run_that_was_killed_goes_on(name: str, records: list[ArticleRecord], tmp_path: Path) -> None:
    expected = undisturbed(name, tmp_path / "whole", records)
    path = tmp_path / "killed" / name
    child = os.fork()
    if not child:
        sink = MAKERS[name](path)
        sink.open("new")
        for number, record in enumerate(records[:5]):
            sink.write(record, f"key-{number}")
        os._exit(0)
    os.waitpid(child, 0)
    sink = MAKERS[name](path)
    sink.open("resume")
    assert sink.has("key-2")
    write(sink, records, missing=True)
    sink.close()
    assert content(path) == expected


@every_form
def test_a_fresh_run_forgets(name: str, records: list[ArticleRecord], tmp_path: Path) -> None:
    expected = undisturbed(name, tmp_path / "whole", records[3:])
    path = tmp_path / "fresh" / name
    sink = MAKERS[name](path)
    sink.open("new")
    sink.write(records[3], "key-3")
    sink.suspend()
    sink = MAKERS[name](path)
    sink.open("fresh")
    assert not sink.has("key-3")
    write(sink, records[3:], at=3)
    sink.close()
    assert content(path) == expected


@every_form
def test_one_run_at_a_time(name: str, records: list[ArticleRecord], tmp_path: Path) -> None:
    sink = MAKERS[name](tmp_path / name)
    sink.open("new")
    for mode in ("new", "resume", "fresh", "add"):
        with pytest.raises(SinkError, match="another run"):
            MAKERS[name](tmp_path / name).open(mode)
    sink.close()


def test_the_old_output_stays_until_the_end(records: list[ArticleRecord], tmp_path: Path) -> None:
    before = undisturbed("out.csv", tmp_path, records[:2])
    sink = MAKERS["out.csv"](tmp_path / "out.csv")
    sink.open("new")
    write(sink, records)
    assert {name: found for name, found in content(tmp_path / "out.csv").items() if name in before} == before
    sink.close()
    assert list(load(tmp_path / "out.csv")) == records


def test_a_run_stopped_while_its_files_get_their_names_is_whole(
    records: list[ArticleRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = undisturbed("out.csv", tmp_path / "whole", records)
    path = tmp_path / "stopped" / "out.csv"
    sink = MAKERS["out.csv"](path)
    sink.open("new")
    write(sink, records)
    rename = Path.replace
    renamed = 0

    def fails_in_the_middle(self: Path, target: Path) -> Path:
        nonlocal renamed
        renamed += 1
        if renamed == 10:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fails_in_the_middle)
    with pytest.raises(SinkError, match="Input/output error"):
        sink.close()
    sink.suspend()
    monkeypatch.undo()
    again = MAKERS["out.csv"](path)
    again.open("new")
    again.suspend()
    found = {name: bytes for name, bytes in content(path).items() if "partial" not in name}
    assert found == expected


def test_a_torn_line_of_the_journal_is_none(records: list[ArticleRecord], tmp_path: Path) -> None:
    sink = MAKERS["out.jsonl"](tmp_path / "out.jsonl")
    sink.open("new")
    write(sink, records[:4])
    sink.suspend()
    journal = tmp_path / "out.jsonl.partial" / "journal.jsonl"
    with journal.open("a") as file:
        file.write('{"keys": ["key-')
    sink = MAKERS["out.jsonl"](tmp_path / "out.jsonl")
    sink.open("resume")
    write(sink, records, missing=True)
    sink.close()
    assert list(load(tmp_path / "out.jsonl")) == records


def test_issues_stand_beside_a_file(records: list[ArticleRecord], tmp_path: Path) -> None:
    undisturbed("out.jsonl.gz", tmp_path, records)
    assert json.loads((tmp_path / "out.issues.jsonl").read_text()) == ISSUE.as_dict()
    sink = MAKERS["out.jsonl.gz"](tmp_path / "out.jsonl.gz")
    sink.open("new")
    sink.write(records[0], "key-0")
    sink.close()
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl.gz"]


def test_an_article_of_two_inputs_is_one_row_of_two_sources(records: list[ArticleRecord], tmp_path: Path) -> None:
    other = records[0].model_copy(update={"article": records[0].article.model_copy(update={"source": "copy.txt"})})
    sink = MAKERS["out.csv"](tmp_path / "out.csv")
    sink.open("new")
    write(sink, [*records[:4], other])
    sink.close()
    assert list(load(tmp_path / "out.csv")) == records[:4]
    assert (tmp_path / "out.csv" / "sources.csv").read_text().count(records[0].article.id) == 2
