"""Gazetteers: the CSV tables of `extractor/data`, read once and handed out as plain rows."""

import csv
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from extractor.errors import RuleError
from extractor.nlp.rules import rule_files


def data_folder() -> Path:
    """The folder of the CSV tables."""
    return Path(str(files("extractor") / "data"))


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """Every row of `data/<table>.csv` by column name. Lists inside a cell are parted by `|`.

    Raises `RuleError` when a row has too many or too few cells.
    """
    with (data_folder() / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, strict=True)
        out = []
        for row in reader:
            if None in row or None in row.values():
                raise RuleError(f"{table}.csv line {reader.line_num}: wrong number of cells")
            out.append(row)
    return tuple(out)


def cells(text: str) -> list[str]:
    """The parts of a cell that holds a list."""
    return [part.strip() for part in text.split("|") if part.strip()]


@cache
def word_set(name: str) -> frozenset[str]:
    """One set of words of `entity_words.csv`. Raises `KeyError` for a set that is not there."""
    return {row["set"]: frozenset(row["words"].split()) for row in rows("entity_words")}[name]


@cache
def rules_hash() -> str:
    """Hash of every rule file and gazetteer: what `provenance.rules` holds."""
    digest = sha256()
    for path in (*rule_files(), *sorted(data_folder().glob("*.csv"))):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
