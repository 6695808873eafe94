import io
import json
import os
from pathlib import Path

import pytest

from extractor.errors import InputError, Issue
from extractor.models import Article
from extractor.readers import check_text, read
from reading import article, code, only, put, results

# Encodings

STORY = "Café talks: “a deal”\r\nPrices rose 5 €.\r\n\r\nThe end."


@pytest.mark.parametrize(
    "data",
    [
        STORY.encode(),
        b"\xef\xbb\xbf" + STORY.encode(),
        b"\xff\xfe" + STORY.encode("utf-16-le"),
        b"\xfe\xff" + STORY.encode("utf-16-be"),
        b"\xff\xfe\x00\x00" + STORY.encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "utf-32-le"],
)
def test_unicode_is_read_exactly(tmp_path: Path, data: bytes) -> None:
    assert article(put(tmp_path / "a.txt", data)).text == STORY


def test_a_legacy_encoding_is_guessed_with_a_note(tmp_path: Path) -> None:
    text = "Der Präsident said the café’s “naïve” plan would cost £5 million. The résumé of the façade was rejected."
    note, found = results(put(tmp_path / "a.txt", text.encode("cp1252")))
    assert isinstance(note, Issue)
    assert (note.code, note.level) == ("N102", "note")
    assert isinstance(found, Article)
    assert found.text == text


def test_forbidden_characters_are_replaced_one_for_one(tmp_path: Path) -> None:
    note, found = results(put(tmp_path / "a.txt", b"Tr\x00ade rose."))
    assert isinstance(note, Issue)
    assert (note.code, note.level) == ("N101", "note")
    assert isinstance(found, Article)
    assert found.text == "Tr\ufffdade rose."


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    utf16 = b"\xff\xfe" + "Trade ".encode("utf-16-le") + b"\x00\xd8" + " rose.".encode("utf-16-le")
    in_json = '{"text": "Trade \\ud800 rose.", "title": "T\\ud800"}\n'
    for path in (put(tmp_path / "a.txt", utf16), put(tmp_path / "a.jsonl", in_json)):
        _, found = results(path)
        assert isinstance(found, Article)
        assert found.text == "Trade \ufffd rose."
    assert isinstance(found, Article)
    assert found.title == "T\ufffd"


# What cannot be read


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "E101"),
        (b" \r\n\t\xc2\xa0\n", "E102"),
        ("\u200b\u200e\n".encode(), "E102"),
        (b"%PDF-1.7 and so on", "E111"),
        (b"PK\x03\x04 and so on", "E111"),
        (bytes(range(256)) * 20, "E103"),
        (b"\xff\xfeT\x00r\x00a", "E104"),
    ],
    ids=["empty", "blanks", "unseen", "pdf", "zip", "binary", "cut-utf-16"],
)
def test_bad_files_are_issues(tmp_path: Path, data: bytes, expected: str) -> None:
    assert code(put(tmp_path / "a.txt", data)) == expected


def test_a_long_article_is_an_issue(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "Trade rose. " * 100)
    assert code(path, max_chars=1_000) == "E105"
    assert code(path, max_chars=100) == "E105"
    assert isinstance(only(path, max_chars=1_200), Article)


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "mkfifo"), reason="needs a dangling link")
def test_a_file_that_vanishes_is_an_issue(tmp_path: Path) -> None:
    gone = put(tmp_path / "b.txt", "Trade fell.")
    found = read([str(put(tmp_path / "a.txt", "Trade rose.")), str(gone)])
    assert isinstance(next(found), Article)
    gone.unlink()
    last = next(found)
    assert isinstance(last, Issue)
    assert last.code == "E108"


def test_check_text_looks_at_articles_of_a_program() -> None:
    assert check_text(Article(text="Trade rose."), 100) is None
    for text, expected in (("", "E101"), (" \n", "E102"), ("x" * 101, "E105")):
        issue = check_text(Article(text=text, external_id="7"), 100)
        assert issue is not None
        assert (issue.code, issue.external_id) == (expected, "7")


# Metadata beside an article


def test_metadata_beside_the_article(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "Trade rose.")
    given = {
        "id": 17,
        "title": "Trade rises",
        "published": "2025-09-02T10:14:00+05:30",
        "publisher": "The Example Times",
        "byline": None,
        "url": "",
        "licence": {"name": "CC BY"},
    }
    put(tmp_path / "a.meta.json", json.dumps(given))
    found = article(path)
    assert found.external_id == "17"
    assert found.title == "Trade rises"
    assert found.published == "2025-09-02"
    assert found.publisher == "The Example Times"
    assert found.byline is None
    assert found.url is None
    assert found.metadata == {"licence": {"name": "CC BY"}}


@pytest.mark.parametrize(
    "data",
    [
        "{",
        "[1]",
        '"x"',
        '{"title": 5}',
        '{"published": "soon"}',
        '{"published": "2025-02-30"}',
        '{"x": NaN}',
        b"\x00\x01\x02",
    ],
)
def test_malformed_metadata_is_an_issue_of_its_article(tmp_path: Path, data: bytes | str) -> None:
    put(tmp_path / "a.meta.json", data)
    put(tmp_path / "b.txt", "Trade fell.")
    put(tmp_path / "a.txt", "Trade rose.")
    issue, other = results(tmp_path)
    assert isinstance(issue, Issue)
    assert issue.code == "E106"
    assert "a.meta.json" in issue.message
    assert isinstance(other, Article)


# JSONL


def test_lines_of_jsonl_are_articles_or_issues(tmp_path: Path) -> None:
    lines = [
        '{"text": "Trade rose.", "id": "x1", "published": "2025-09", "desk": "asia"}',
        "",
        "not json",
        '{"title": "no text"}',
        '{"text": 5}',
        "[1, 2]",
        '{"text": " "}',
        '{"text": "Trade fell.", "published": "yesterday"}',
        '{"text": "Trade fell."}',
    ]
    path = put(tmp_path / "batch.jsonl", "\ufeff" + "\n".join(lines))
    found = results(path)
    assert [f.code if isinstance(f, Issue) else f.text for f in found] == [
        "Trade rose.", "E107", "E107", "E107", "E107", "E102", "E107", "Trade fell.",
    ]  # fmt: skip
    assert [f.source for f in found] == [f"{path}#{n}" for n in (1, 3, 4, 5, 6, 7, 8, 9)]
    first = found[0]
    assert isinstance(first, Article)
    assert (first.external_id, first.published, first.metadata) == ("x1", "2025-09", {"desk": "asia"})


# Folders, patterns, standard input


def test_a_folder_is_read_whole_and_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/er/c.TXT", "notes.md", "a.gold.json", "out.json", "run.db", ".hidden.txt"):
        put(tmp_path / name, "Trade rose.")
    put(tmp_path / "a.meta.json", '{"title": "Trade"}')
    put(tmp_path / "z.jsonl", '{"text": "Trade fell."}')
    put(tmp_path / "records.jsonl", '{"schema_version": "1.0", "article": {"text": "Trade rose."}}')
    names = [str(Path(found.source).relative_to(tmp_path)) for found in results(tmp_path)]
    assert names == ["a.txt", "b.txt", str(Path("deep/er/c.TXT")), "z.jsonl#1"]


def test_a_pattern_names_files(tmp_path: Path) -> None:
    for name in ("x/1.txt", "x/2.txt", "y/1.txt"):
        put(tmp_path / name, "Trade rose.")
    put(tmp_path / "x/1.meta.json", "{}")
    assert [Path(found.source).name for found in results(tmp_path / "x" / "*")] == ["1.txt", "2.txt"]
    assert len(results(tmp_path / "**" / "*.txt")) == 3


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    assert article(put(tmp_path / "a[1].txt", "Trade rose.")).text == "Trade rose."


def test_a_named_file_may_have_any_suffix(tmp_path: Path) -> None:
    assert article(put(tmp_path / "story", "Trade rose.")).text == "Trade rose."
    assert article(put(tmp_path / "story.md", "Trade rose.")).text == "Trade rose."
    assert article(put(tmp_path / "batch.ndjson", '{"text": "Trade rose."}\n')).source.endswith("#1")


def test_standard_input(tmp_path: Path) -> None:
    [found] = results("-", stdin=io.BytesIO(b"Trade rose.\nIt fell."))
    assert isinstance(found, Article)
    assert (found.text, found.source) == ("Trade rose.\nIt fell.", "-")
    lines = results("-", stdin=io.BytesIO(b'{"text": "One."}\n\n{"text": "Two."}\n'))
    assert [item.source for item in lines] == ["-#1", "-#3"]


def test_missing_inputs_stop_before_anything_is_read(tmp_path: Path) -> None:
    there = put(tmp_path / "a.txt", "Trade rose.")
    (tmp_path / "empty").mkdir()
    for missing in (tmp_path / "no.txt", tmp_path / "empty", tmp_path / "*.csv"):
        with pytest.raises(InputError) as error:
            read([str(there), str(missing)])
        assert error.value.hint
