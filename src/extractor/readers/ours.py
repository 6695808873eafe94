"""Our own output, which is never read as articles where it lies in a folder of them."""

import gzip
from collections.abc import Set
from pathlib import Path, PurePath
from typing import Any

from extractor.extras import optional

#: Tables that every set of tables has, and no set of articles.
_TABLES = ("articles", "figures", "evidence")
_TABLE_SUFFIXES = (".csv", ".parquet")
#: Records begin with this key.
_FIRST_KEY = b'"schema_version"'


def is_ours(path: Path) -> bool:
    """Whether a file of lines, packed or not, holds article records."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if not suffixes or not {".jsonl", ".ndjson"} & set(suffixes[-2:]):
        return False
    try:
        with _opened(path, suffixes[-1]) as lines:
            head: bytes = lines.read(64)
    except Exception:
        # A damaged file is for the reader to report.
        return False
    return head.lstrip(b"\xef\xbb\xbf \t\r\n{").startswith(_FIRST_KEY)


def has_our_tables(names: Set[str]) -> bool:
    """Whether a folder with files of these names holds a set of our tables."""
    return any(all(f"{table}{suffix}" in names for table in _TABLES) for suffix in _TABLE_SUFFIXES)


def is_our_table(name: str) -> bool:
    """Whether a file in such a folder is one of the tables."""
    return PurePath(name).suffix in _TABLE_SUFFIXES


def _opened(path: Path, suffix: str) -> Any:
    if suffix == ".gz":
        return gzip.open(path)
    if suffix == ".zst":
        return optional("zstandard", "zstd", "a .zst file").open(path)
    return path.open("rb")
