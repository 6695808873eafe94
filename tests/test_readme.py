"""What README shows is what the program does."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from extractor import ArticleRecord, Extractor, extract
from extractor.models.jsonio import to_json
from extractor.readers import read
from extractor.sinks import open_sink

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def shows(shown: Any, full: Any) -> bool:
    """Whether `shown` is `full` with keys left out."""
    if isinstance(shown, dict):
        return all(key in full and shows(value, full[key]) for key, value in shown.items())
    if isinstance(shown, list):
        return len(shown) == len(full) and all(shows(a, b) for a, b in zip(shown, full, strict=True))
    return bool(shown == full)


def test_the_first_example() -> None:
    [sentence] = re.findall(r"^> (.+)$", README, re.MULTILINE)
    [shown] = re.findall(r"```json\n(.+?)```", README, re.DOTALL)
    [figure] = json.loads(to_json(extract(sentence)))["figures"]
    assert shows(json.loads(shown), figure)


@pytest.fixture(scope="module")
def database(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path = tmp_path_factory.mktemp("readme") / "records.db"
    with open_sink(str(path)) as sink:
        for result in extractor.run(read([str(ROOT / "data" / "raw")], max_chars=extractor.settings.max_chars)):
            assert isinstance(result, ArticleRecord)
            sink.write(result)
    return sqlite3.connect(path)


def test_the_query_and_its_result(database: sqlite3.Connection) -> None:
    [(query, shown)] = re.findall(r"```sql\n(.+?)```\n\n```\n(.+?)```", README, re.DOTALL)
    cursor = database.execute(query)
    rows = ["|".join("" if cell is None else str(cell) for cell in row) for row in cursor]
    assert shown.splitlines() == ["|".join(column[0] for column in cursor.description), *rows]


def test_foreign_keys_hold(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
