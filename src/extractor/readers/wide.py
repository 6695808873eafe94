"""Files of lines in UTF-16 or UTF-32, which cannot be cut at the bytes of a line's end."""

import codecs
import io
from typing import Any, BinaryIO

from extractor.readers.decode import wide_encoding
from extractor.readers.source import Source

_CHUNK = 65_536


def as_utf8(source: Source) -> Source:
    """The source itself, or its text as UTF-8 where it begins with the mark of a wider encoding."""
    encoding = wide_encoding(source.head)
    if encoding is None:
        return source
    stream: Any = io.BufferedReader(_Recoded(source.stream, encoding), _CHUNK)
    return Source(source.name, stream, source.options, source.budget, filename=source.filename)


class _Recoded(io.RawIOBase):
    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            chunk = self._stream.read(_CHUNK)
            text = self._decoder.decode(chunk, final=not chunk)
            self._left = text.removeprefix("\ufeff").encode("utf-8", "replace")
            if not chunk:
                break
        part, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)
