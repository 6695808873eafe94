import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from extractor.errors import Issue
from extractor.models import Article
from reading import article, code, only, put, results


def shown(found: list[Article | Issue]) -> list[str]:
    return [item.code if isinstance(item, Issue) else item.text for item in found]


def table(path: Path, **columns: Any) -> Path:
    parquet.write_table(pa.table(columns), path)
    return path


# CSV


def test_rows_of_csv_are_articles(tmp_path: Path) -> None:
    path = put(
        tmp_path / "a.csv",
        "id,text,title,published,desk\r\n"
        '7,"Trade rose, said ""Ana"".\r\nIt fell later.",Trade,2025-09-02T08:00:00Z,asia\r\n'
        "8,Exports fell.,,,\r\n",
    )
    first, second = results(path)
    assert isinstance(first, Article)
    assert first.text == 'Trade rose, said "Ana".\r\nIt fell later.'
    assert (first.source, first.external_id, first.title) == (f"{path}#1", "7", "Trade")
    assert (first.published, first.metadata) == ("2025-09-02", {"desk": "asia"})
    assert isinstance(second, Article)
    assert (second.source, second.title, second.published, second.metadata) == (f"{path}#2", None, None, {})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_names(tmp_path: Path, delimiter: str) -> None:
    path = put(tmp_path / "a.csv", f"id{delimiter}text\n1{delimiter}Trade rose.\n")
    assert article(path).text == "Trade rose."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_csv_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    assert article(put(tmp_path / "a.csv", "text,title\nCafé “talks”.,T\n".encode(encoding))).text == "Café “talks”."


def test_cells_in_a_legacy_encoding_get_a_note(tmp_path: Path) -> None:
    text = "The président of the café’s “naïve” association resigned over the façade of the new opera."
    note, found = results(put(tmp_path / "a.csv", b"text\n" + f'"{text}"\n'.encode("cp1252")))
    assert isinstance(note, Issue)
    assert note.code == "N102"
    assert isinstance(found, Article)
    assert found.text == text


def test_rows_that_are_malformed_are_issues_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = put(
        tmp_path / "a.csv",
        "text,published\nTrade rose.,2025\n,2025\nTrade fell.,soon\na,2025,b\n\nOne,,,\n" + "x" * 6_000 + ",\nLast.",
    )
    found = results(path, max_chars=100)
    assert shown(found) == ["Trade rose.", "E107", "E107", "E107", "One", "E105", "Last."]
    assert [item.source.rpartition("#")[2] for item in found] == ["1", "2", "3", "4", "5", "6", "7"]


def test_an_open_quote_stops_the_table(tmp_path: Path) -> None:
    rows = "".join(f"Article number {i} of this table.,x\n" for i in range(5_000))
    path = put(tmp_path / "a.csv", 'text,note\nTrade rose.,x\n"Open quote.,x\n' + rows)
    first, issue = results(path, max_chars=1_000)
    assert isinstance(first, Article)
    assert isinstance(issue, Issue)
    assert (issue.code, issue.source) == ("E107", str(path))
    assert "row 2" in issue.message


def test_a_line_without_end_stops_the_table(tmp_path: Path) -> None:
    assert code(put(tmp_path / "a.csv", "text\n" + "x" * 100_000), max_chars=100) == "E105"


def test_an_empty_table(tmp_path: Path) -> None:
    assert code(put(tmp_path / "a.csv", " \n")) == "E101"
    assert results(put(tmp_path / "b.csv", "text,title\n")) == []


def test_a_workbook_named_csv_is_no_table(tmp_path: Path) -> None:
    assert code(put(tmp_path / "a.csv", b"\x00\x01\x02\x03" * 500)) == "E103"


# Parquet


def test_rows_of_parquet_are_articles(tmp_path: Path) -> None:
    from datetime import date, datetime

    path = table(
        tmp_path / "a.parquet",
        id=[1, 2],
        text=["Trade rose.", "Trade fell."],
        published=[datetime(2025, 9, 2, 8), None],
        on=[date(2025, 9, 3), None],
        score=[0.5, float("nan")],
        tags=[["a", "b"], None],
        raw=[b"x", b"\xff\x00"],
    )
    first, second = results(path)
    assert isinstance(first, Article)
    assert (first.source, first.external_id, first.published) == (f"{path}#1", "1", "2025-09-02")
    assert first.metadata == {"on": "2025-09-03", "score": 0.5, "tags": ["a", "b"], "raw": "x"}
    assert isinstance(second, Article)
    assert (second.published, second.metadata) == (None, {})


def test_rows_of_parquet_without_text_are_issues(tmp_path: Path) -> None:
    path = table(tmp_path / "a.parquet", text=["Trade rose.", None, "  "], n=[1, 2, 3])
    assert shown(results(path)) == ["Trade rose.", "E107", "E102"]
    assert code(table(tmp_path / "b.parquet", text=[5])) == "E107"


def test_parquet_is_told_by_its_bytes(tmp_path: Path) -> None:
    path = table(tmp_path / "a.parquet", text=["Trade rose."])
    assert article(path.rename(tmp_path / "a.txt")).text == "Trade rose."


def test_a_parquet_file_cut_short(tmp_path: Path) -> None:
    data = table(tmp_path / "a.parquet", text=["Trade rose."] * 100).read_bytes()
    assert code(put(tmp_path / "b.parquet", data[:-20])) == "E111"


# Names of columns


def test_columns_with_other_names(tmp_path: Path) -> None:
    rows = {"body": "Trade rose.", "headline": "Trade", "text": "a teaser", "date": "2025-09-02", "desk": "asia"}
    for path in (
        put(tmp_path / "a.csv", ",".join(rows) + "\n" + ",".join(rows.values())),
        put(tmp_path / "a.jsonl", json.dumps(rows)),
        put(tmp_path / "a.txt", json.dumps(rows)),
        table(tmp_path / "a.parquet", **{name: [value] for name, value in rows.items()}),
    ):
        found = only(path, columns={"text": "body", "title": "headline", "published": "date"})
        assert isinstance(found, Article)
        assert (found.text, found.title, found.published) == ("Trade rose.", "Trade", "2025-09-02")
        assert found.metadata == {"desk": "asia"}


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    for path in (put(tmp_path / "a.csv", "body,desk\nTrade rose.,x\n"), table(tmp_path / "a.parquet", body=["x"])):
        issue = only(path)
        assert isinstance(issue, Issue)
        assert issue.code == "E116"
        assert "'text'" in issue.message
        assert "body" in issue.hint


# JSONL


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_jsonl_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    data = '{"text": "Café “talks”."}\n\n{"text": "Two."}\n'.encode(encoding)
    assert shown(results(put(tmp_path / "a.jsonl", data))) == ["Café “talks”.", "Two."]


def test_a_line_longer_than_any_article_is_an_issue(tmp_path: Path) -> None:
    long = '{"text": "' + "x" * (2**20 + 2_000) + '"}'
    path = put(tmp_path / "a.jsonl", f'{{"text": "One."}}\n{long}\n{{"text": "Three."}}\n')
    found = results(path, max_chars=10)
    assert shown(found) == ["One.", "E105", "Three."]
    assert found[1].source == f"{path}#2"
    assert shown(results(put(tmp_path / "b.txt", long)))[0].startswith("xxx")


def test_metadata_of_a_table_is_not_looked_for_beside_it(tmp_path: Path) -> None:
    put(tmp_path / "a.meta.json", "{ broken")
    assert article(put(tmp_path / "a.csv", "text\nTrade rose.\n")).text == "Trade rose."
    assert article(put(tmp_path / "a.jsonl", '{"text": "Trade rose."}')).text == "Trade rose."
