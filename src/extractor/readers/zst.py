"""Zstandard: the one file in a .zst, of one frame or of many."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from extractor.extras import optional
from extractor.readers.errors import ReadError
from extractor.readers.packed import unpacked
from extractor.readers.source import Source

#: Bytes handed to the decompressor at once. Zeros are packed by a factor of 30,000, and come out all at once.
_CHUNK = 2_048
#: Longest stretch that a file may refer back over; `zstd --long` uses as much.
_WINDOW = 2**27


def read(source: Source) -> Iterator[Source]:
    """The file, as if it lay there unpacked."""
    zstandard = optional("zstandard", "zstd", "a .zst file")
    stream: Any = _Frames(source.stream, zstandard)
    yield unpacked(source, stream)


def looks(source: Source) -> bool:
    """Whether the bytes begin as Zstandard's."""
    return source.head.startswith(b"\x28\xb5\x2f\xfd")


def may(source: Source) -> bool:
    """Never by its suffix alone."""
    return False


class _Frames(io.RawIOBase):
    """Unpacks frame by frame. Unlike the package's own reader, it tells a file cut short."""

    def __init__(self, stream: BinaryIO, zstandard: Any) -> None:
        self._stream = stream
        self._new = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj
        self._frame: Any = None
        self._packed = b""
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            self._packed = self._packed or self._stream.read(_CHUNK)
            if not self._packed:
                if self._frame is not None:
                    raise ReadError("E111", "the file is cut short", "fetch it again")
                return 0
            self._frame = self._frame or self._new()
            self._left = memoryview(self._frame.decompress(self._packed))
            self._packed = self._frame.unused_data
            if self._frame.eof:
                self._frame = None
        part = self._left[: len(buffer)]
        self._left = self._left[len(part) :]
        buffer[: len(part)] = part
        return len(part)
