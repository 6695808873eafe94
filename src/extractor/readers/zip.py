"""ZIP archives: members are read like the files of a folder; nothing is written anywhere."""

import zipfile
from collections.abc import Iterator

from extractor.errors import Issue
from extractor.readers import docx
from extractor.readers.errors import ReadError
from extractor.readers.packed import Member, members
from extractor.readers.source import Source

#: Files that only documents of office programs have.
_OFFICE = ("[Content_Types].xml", "META-INF/manifest.xml")


def read(source: Source) -> Iterator[Issue | Source]:
    """The members, in the archive's order. Raises `ReadError` (E103) for a document of an office program."""
    with source.seekable() as stream, zipfile.ZipFile(stream) as archive:
        infos = archive.infolist()
        source.budget.member(len(infos))
        names = {info.filename for info in infos}
        if docx.MAIN in names:
            raise ReadError("E103", "this is a Word document of an unusual kind", "open it and save it as .docx")
        elif any(name in names for name in _OFFICE):
            raise ReadError("E103", "this is an Office document other than .docx", "save it as .docx, .pdf or text")
        else:
            yield from members(
                source,
                [
                    Member(info.filename, lambda info=info: archive.open(info), bool(info.flag_bits & 1))  # type: ignore[misc]
                    for info in infos
                    if not info.is_dir()
                ],
            )


def looks(source: Source) -> bool:
    """Whether the bytes begin as a ZIP archive's, an empty one's included."""
    return source.head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def may(source: Source) -> bool:
    """Never by its suffix alone."""
    return False
