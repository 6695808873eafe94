"""What a user may hand to `extractor run`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor import Article
from formats import as_docx, as_html, as_pdf, as_zip, members

Run = Callable[..., Any]

STORY = Article(
    text="Ministers meet in Lima\nPeru's Foreign Minister Ana Sol met Chilean Finance Minister Juan Rey in Lima on Monday.\n"
    "They signed a memorandum of understanding on energy worth $5 million."
)
TABLE = 'body,day,desk\n"They signed a memorandum worth $5 million on Monday.",2025-05-06,asia\n'


def test_columns_by_flag(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    done = run("run", path, "--column", "text=body", "--column", "published=day", "-o", "-")
    record = json.loads(done.out)
    assert record["article"]["published"]["value"] == "2025-05-06"
    assert record["article"]["metadata"] == {"desk": "asia"}
    assert record["figures"][0]["low"] == 5_000_000


def test_columns_by_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    (tmp_path / "extractor.toml").write_text('[columns]\ntext = "body"\n', encoding="utf-8")
    done = run("run", path, "-o", "-")
    assert json.loads(done.out)["article"]["source"] == f"{path}#1"


@pytest.mark.parametrize("column", ["text", "=body", "text=", "txt=body"])
def test_a_column_that_says_nothing(run: Run, tmp_path: Path, column: str) -> None:
    done = run("run", tmp_path, "--column", column, "-o", "-")
    assert done.code == 2
    assert done.lines[0].startswith("extractor: E001")


def test_documents_and_archives(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_bytes(as_html(STORY))
    (folder / "b.pdf").write_bytes(as_pdf(STORY))
    (folder / "c.docx").write_bytes(as_docx(STORY))
    (folder / "d.zip").write_bytes(as_zip(members([STORY])))
    (folder / "e.pdf").write_bytes(b"%PDF-1.7 broken")
    done = run("run", folder, "-o", "out/")
    assert done.code == 1
    assert [line.partition(" ")[0] for line in done.lines] == [f"{folder / 'e.pdf'}:", "4"]
    assert sorted(path.name for path in (tmp_path / "out").glob("*.json")) == ["a.json", "b.json", "c.json", "d-1.json"]
    assert run("verify", "out/").code == 0


def test_help_names_what_is_read(run: Run) -> None:
    shown = run("run", "--help").out
    for suffix in (
        ".txt",
        ".html",
        ".pdf",
        ".docx",
        ".eml",
        ".jsonl",
        ".csv",
        ".parquet",
        ".warc",
        ".gz",
        ".zst",
        ".zip",
    ):
        assert suffix in shown
