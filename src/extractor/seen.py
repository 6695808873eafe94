"""What a run has read so far, so that the next article is told apart from it or linked to it.

Kept in a temporary database on disk, so that the memory of a run does not grow with it.
"""

import re
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from operator import eq
from types import TracebackType
from typing import Self

from rensa import RMinHash

from extractor.errors import SinkError

#: Texts are nearly the same when they share this part of their runs of three words (Jaccard similarity). Reports of
#: one event by two newsrooms share a tenth; a wire story cut or edited here and there keeps four fifths.
NEARLY = 0.7
_WORDS = 3
#: Numbers in a signature; the part in which two agree estimates the similarity, to about 0.04.
_NUMBERS = 128
#: Numbers in a band. Of two texts that share 0.7, one band at least of 32 agrees in 99.98 % of cases.
_BAND = 4
_WORD = re.compile(r"\w+")
_TABLES = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE inputs (key TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, signature BLOB NOT NULL, near TEXT);
    CREATE TABLE bands (hash INTEGER PRIMARY KEY, number INTEGER NOT NULL);
    BEGIN;
"""


class Seen:
    """The inputs and texts that a run has read. A context manager."""

    def __init__(self) -> None:
        with _temporary():
            self._db = sqlite3.connect("", isolation_level=None)
            self._db.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def times(self, key: str) -> int:
        """How often this input has come, now included."""
        with _temporary():
            [(times,)] = self._db.execute(
                "INSERT INTO inputs VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times", (key,)
            )
        return int(times)

    def near(self, id: str, text: str) -> str | None:
        """The id of the earliest article so far whose text is nearly the same as that of the article `id`.

        The same article again gives the same answer, whatever came in between.
        """
        with _temporary():
            known = self._db.execute("SELECT near FROM articles WHERE id = ?", (id,)).fetchone()
            if known is not None:
                return known[0]  # type: ignore[no-any-return]
            signature = _signature(text)
            hashes = _hashes(signature)
            near = self._nearest(signature, hashes)
            added = self._db.execute(
                "INSERT INTO articles (id, signature, near) VALUES (?, ?, ?)", (id, signature.tobytes(), near)
            )
            # The first article of a band speaks for it: one row a band, however many copies of a story come.
            self._db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(h, added.lastrowid) for h in hashes])
        return near

    def _nearest(self, signature: "array[int]", hashes: list[int]) -> str | None:
        marks = ", ".join("?" * len(hashes))
        alike = self._db.execute(
            "SELECT id, signature FROM articles"  # noqa: S608
            f" WHERE number IN (SELECT number FROM bands WHERE hash IN ({marks})) ORDER BY number",
            hashes,
        )
        for id, other in alike:
            if sum(map(eq, signature, array("I", other))) >= NEARLY * _NUMBERS:
                return id  # type: ignore[no-any-return]
        return None


def _signature(text: str) -> "array[int]":
    """The MinHash signature of a text's runs of three words, whatever their case and punctuation."""
    words = _WORD.findall(text.casefold())
    runs = [" ".join(words[i : i + _WORDS]) for i in range(max(1, len(words) - _WORDS + 1))]
    minhash = RMinHash(num_perm=_NUMBERS, seed=1)
    minhash.update(runs)
    return array("I", minhash.digest())


def _hashes(signature: "array[int]") -> list[int]:
    """One 64-bit number for each band of a signature."""
    hashes = []
    for start in range(0, _NUMBERS, _BAND):
        band = blake2b(signature[start : start + _BAND].tobytes(), digest_size=8, salt=start.to_bytes(2))
        hashes.append(int.from_bytes(band.digest(), signed=True))
    return hashes


@contextmanager
def _temporary() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise SinkError(
            f"the temporary file of what was read cannot be written: {error}",
            hint="make room in the folder for temporary files, or name another in SQLITE_TMPDIR",
        ) from error
