"""From bytes to text, exactly: the only changes are a byte order mark dropped and forbidden characters replaced."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from extractor.readers.errors import ReadError

#: Marks and their encodings; the longer ones first, since the UTF-32 LE mark begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: First bytes of formats that are not read and often handed in by mistake, and what to call them.
_FORMATS = (
    (b"\xd0\xcf\x11\xe0", "an old or an encrypted Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x7fELF", "a program"),
)
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
#: Control characters that text files do not have.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a\x1b\x1c\x1d\x1e\x1f"))
#: As much of a file as an encoding is judged by.
_SAMPLE = 65_536


class DecodeError(ReadError):
    """Bytes that are no text. `code` is E103 (binary) or E104 (damaged or unknown encoding)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the notes to make about it, as (code, message)."""

    text: str
    notes: tuple[tuple[str, str], ...]


def wide_encoding(head: bytes) -> str | None:
    """The encoding of a text that begins with a mark of UTF-16 or UTF-32."""
    found = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    return None if found == "utf-8" else found


def decode(data: bytes) -> Decoded:
    """Decode a file. Line ends stay as they are; NUL and lone surrogates become U+FFFD, one for one, with a note.

    Raises `DecodeError`.
    """
    for start, name in _FORMATS:
        if data.startswith(start):
            raise DecodeError("E103", f"this is {name}, not a text file", "convert it to text first")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_mark(data[len(mark) :], encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error)
    if _is_binary(data):
        raise DecodeError("E103", "this is a binary file, not text", "convert it to text first")
    return clean(text)


def clean(text: str) -> Decoded:
    """Replace what no text may hold, one for one."""
    cleaned, count = _FORBIDDEN.subn("\ufffd", text)
    if not count:
        return Decoded(text, ())
    what = "1 character" if count == 1 else f"{count:,} characters"
    return Decoded(cleaned, (("N101", f"{what} that no text may hold (NUL or lone surrogate) replaced by U+FFFD"),))


def _with_mark(data: bytes, encoding: str) -> Decoded:
    try:
        return clean(data.decode(encoding, "surrogatepass" if encoding.startswith("utf-16") else "strict"))
    except UnicodeDecodeError as error:
        raise DecodeError(
            "E104",
            f"the file begins as {encoding.upper()} and cannot be decoded at byte {error.start:,} ({error.reason})",
            "the file is damaged or cut short: fetch it again",
        ) from error


def _legacy(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """A text in an encoding from before Unicode: guessed, with a note."""
    if _is_binary(data) or b"\x00" in data:
        raise DecodeError("E103", "this is a binary file, not text", "convert it to text first")
    low = max(error.start - _SAMPLE // 2, 0)
    matches = list(from_bytes(data[low : low + _SAMPLE]))
    # Among encodings that fit equally well, Windows-1252 is what English was written in.
    likely = sorted(matches, key=lambda match: (round(match.chaos, 2), match.encoding != "cp1252"))
    for encoding in (*(match.encoding for match in likely), "cp1252"):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        decoded = clean(text)
        note = ("N102", f"not UTF-8 (byte {error.start:,}); read as {encoding}, by its contents")
        return Decoded(decoded.text, (note, *decoded.notes))
    raise DecodeError(
        "E104",
        f"the text cannot be decoded: not UTF-8 (byte {error.start:,}), nor any encoding known",
        "save it as UTF-8",
    )


def _is_binary(data: bytes) -> bool:
    """Whether more than a few bytes, and a few in a hundred, are control characters."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > max(4, len(sample) * 0.03)
