"""Tar archives: plain files in them are read like those of a folder; nothing is written anywhere."""

import tarfile
from collections.abc import Iterator

from extractor.errors import Issue
from extractor.readers.packed import Member, members
from extractor.readers.source import Source


def read(source: Source) -> Iterator[Issue | Source]:
    """The members that are plain files, in the archive's order: no links, no devices."""
    with source.seekable() as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
        found = []
        for info in archive:
            source.budget.member()
            if info.isfile():
                found.append(Member(info.name, lambda info=info: archive.extractfile(info)))  # type: ignore[misc]
        yield from members(source, found)


def looks(source: Source) -> bool:
    """Whether the first header is a tar archive's."""
    return source.head[257:262] == b"ustar"


def may(source: Source) -> bool:
    """Never by its suffix alone."""
    return False
