"""What packed files share: one file in another, or many members of an archive."""

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath
from typing import Any, BinaryIO

from extractor.errors import Issue
from extractor.readers.errors import ReadError
from extractor.readers.formats import PACKED
from extractor.readers.limits import Unpacked
from extractor.readers.names import is_article_name, sidecar
from extractor.readers.source import Source

_CHUNK = 65_536
#: A metadata file is no larger.
_METADATA = 2**20
#: What an archive raises over one member that it cannot give.
_ERRORS = (zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, and how to open it."""

    name: str
    open: Callable[[], Any]
    encrypted: bool = False


def unpacked(source: Source, stream: BinaryIO) -> Source:
    """The one file that `stream` unpacks from a source."""
    name = PurePath(source.filename)
    if name.suffix.lower() in PACKED:
        name = name.with_suffix(".tar" if name.suffix.lower() in (".tgz", ".tzst") else "")
    return source.unpacked(_counted(stream, source), str(name))


def members(source: Source, found: Sequence[Member]) -> Iterator[Issue | Source]:
    """The members of an archive that may hold articles, in its order, with their metadata files."""
    by_name = {member.name: member for member in found}
    empty = True
    for member in found:
        if not is_article_name(PurePosixPath(member.name)):
            continue
        empty = False
        try:
            if member.encrypted:
                raise ReadError("E112", "the file is encrypted", "unpack it with its password first")
            stream = _opened(source, member)
        except ReadError as error:
            yield Issue(f"{source.name}#{member.name}", "read", error.code, error.message, error.hint)
            continue
        beside = by_name.get(str(sidecar(PurePosixPath(member.name))))
        yield source.inner(member.name, stream, beside=lambda beside=beside: _beside(source, beside))
    if empty:
        raise ReadError("E110", "the archive holds no articles", "its files are told by their suffix")


def _opened(source: Source, member: Member) -> BinaryIO:
    try:
        return _counted(member.open(), source)
    except _ERRORS as error:
        raise ReadError("E111", f"it cannot be unpacked: {error}", "make the archive again") from error


def _beside(source: Source, member: Member | None) -> tuple[str, bytes] | None:
    if member is None:
        return None
    try:
        return PurePosixPath(member.name).name, _opened(source, member).read(_METADATA)
    except _ERRORS as error:
        raise ReadError("E106", f"{member.name}: {error}", "mend it or remove it") from error


def _counted(stream: BinaryIO, source: Source) -> BinaryIO:
    counted: Any = io.BufferedReader(Unpacked(stream, source.budget), _CHUNK)
    return counted  # type: ignore[no-any-return]
