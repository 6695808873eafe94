"""Limits on what an input may unpack to, so that a small file cannot fill memory, disk or hours."""

import io
from typing import Any, BinaryIO

from extractor.readers.errors import ReadError

#: Bytes that any input may unpack to, and times its own size that a large one may. Text shrinks to a tenth, tables and
#: web pages at times to a fiftieth; a file of zeros to a thousandth.
FREE, RATIO = 256 * 2**20, 200
#: Bytes that are copied to a temporary file at most.
SPOOL = 8 * 2**30
#: Members that one input may hold, archives inside it included.
MEMBERS = 500_000
#: How many wrappers may lie around an article: a text in a ZIP in a .tar.gz has three.
DEPTH = 4

_HINT = "unpack it yourself, if you trust it, and name the files"


class Budget:
    """What one input, with all that is packed in it, has unpacked so far. `packed`: its own size in bytes."""

    def __init__(self, packed: int = 0) -> None:
        self.packed = packed
        self._unpacked = 0
        self._spooled = 0
        self._members = 0

    def unpack(self, size: int) -> None:
        """Count unpacked bytes. Raises `ReadError` (E114)."""
        self._unpacked += size
        if self._unpacked > max(FREE, RATIO * self.packed):
            raise ReadError("E114", f"it unpacks to more than {max(FREE, RATIO * self.packed):,} bytes", _HINT)

    def spool(self, size: int) -> None:
        """Count bytes that a temporary file takes. Raises `ReadError` (E114)."""
        self._spooled += size
        if self._spooled > SPOOL:
            raise ReadError("E114", f"it has more than {SPOOL:,} bytes, too many for a temporary file", _HINT)

    def member(self, count: int = 1) -> None:
        """Count members of archives. Raises `ReadError` (E114)."""
        self._members += count
        if self._members > MEMBERS:
            raise ReadError("E114", f"it holds more than {MEMBERS:,} files", _HINT)


class _Counting(io.RawIOBase):
    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        # At most one read of the file below: bytes that came before it breaks off are not lost.
        read = getattr(self._stream, "read1", self._stream.read)
        part = read(len(buffer))
        self._count(len(part))
        buffer[: len(part)] = part
        return len(part)

    def _count(self, size: int) -> None:
        raise NotImplementedError


class Packed(_Counting):
    """A stream of unknown size, whose bytes count as the size of the input as they come."""

    def _count(self, size: int) -> None:
        self._budget.packed += size


class Unpacked(_Counting):
    """What a decompressor gives, counted against the budget."""

    def _count(self, size: int) -> None:
        self._budget.unpack(size)
