"""What a user may name as input: files, folders, patterns, addresses and `-` for standard input."""

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from extractor.config import ArticleKey
from extractor.errors import InputError, Issue
from extractor.models import Article
from extractor.readers.dispatch import read_source
from extractor.readers.formats import SUFFIXES
from extractor.readers.limits import Budget, Packed
from extractor.readers.names import is_article_name, is_hidden, sidecar
from extractor.readers.ours import has_our_tables, is_our_table, is_ours
from extractor.readers.source import Options, Source


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: the name under which its articles stand, how to open it, and the metadata file beside it.

    `size` in bytes, None where it is not known before it is read.
    """

    name: str
    open: Callable[[], BinaryIO]
    beside: Callable[[], tuple[str, bytes] | None] = lambda: None
    size: Callable[[], int | None] = lambda: None
    url: str | None = None


def read(
    inputs: Sequence[str],
    *,
    max_chars: int = 2_000_000,
    columns: Mapping[ArticleKey, str] | None = None,
    seconds: float = 300.0,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Issue]:
    """Articles and issues from `inputs`, one by one and in order; folders are read whole, sorted by path.

    Every input gives one article or one issue of level `error`, and may give notes besides. `columns` names, for a field
    of an article ("text", "published"), the column or key of a table that holds it; `seconds` is how long the parser of a
    document may take. Raises `InputError`, before
    anything is read, for a path that does not exist, a pattern that matches nothing or a folder without articles.
    """
    files = [file for name in inputs for file in _expand(name, stdin)]
    return _read_all(files, Options(max_chars, seconds, columns or {}))


def _read_all(files: Sequence[Input], options: Options) -> Iterator[Article | Issue]:
    for file in files:
        yield from _read_file(file, options)


def _read_file(file: Input, options: Options) -> Iterator[Article | Issue]:
    try:
        stream = file.open()
        size = file.size()
    except Exception as error:
        # An address may fail in ways of its own.
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        message = f"the file cannot be opened: {' '.join(reason.split())}"
        yield Issue(file.name, "read", "E108", message, "check its permissions and that it is a file")
        return
    with stream:
        budget = Budget(size or 0)
        if size is None:
            counted: Any = io.BufferedReader(Packed(stream, budget))
            stream = counted
        fields = {"url": file.url} if file.url else {}
        yield from read_source(Source(file.name, stream, options, budget, beside=file.beside, fields=fields))


def _expand(name: str, stdin: BinaryIO | None) -> list[Input]:
    if name == "-":
        return [Input(name, lambda: _Unclosed(stdin or sys.stdin.buffer))]  # type: ignore[arg-type, return-value]
    if "://" in name:
        from extractor.readers.remote import remote_files

        return [Input(**vars(file)) for file in remote_files(name)]
    path = Path(name)
    if path.is_dir():
        return _folder(path)
    if path.exists():
        return [_local(path)]
    if has_magic(name):
        suffix = path.suffix
        wanted = SUFFIXES if not suffix or has_magic(suffix) else (suffix.lower(),)
        found = [Path(match) for match in sorted(glob(name, recursive=True))]
        files = [_local(file) for file in found if _is_article(file, wanted)]
        if not files:
            raise InputError(f"no file matches {name!r}", hint="quote the pattern and check the folder it begins in")
        return files
    raise InputError(f"there is no file or folder {name!r}", hint="check the path")


def _folder(folder: Path) -> list[Input]:
    files = [_local(path) for path in _walk(folder)]
    if not files:
        raise InputError(f"the folder {str(folder)!r} holds no articles", hint=f"articles end in {', '.join(SUFFIXES)}")
    return files


def _walk(folder: Path) -> Iterator[Path]:
    """The files of a folder that may hold articles, sorted by path; hidden folders and our own output are left out."""
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    ours = has_our_tables({entry.name for entry in entries})
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if not is_hidden(entry.name) and path.suffix != ".partial":
                yield from _walk(path)
        elif _is_article(PurePath(entry.name), SUFFIXES, path) and not (ours and is_our_table(entry.name)):
            yield path


def _is_article(name: PurePath, suffixes: Sequence[str], path: Path | None = None) -> bool:
    path = path or Path(name)
    return is_article_name(PurePath(name.name), suffixes) and path.is_file() and not is_ours(path)


def _local(path: Path) -> Input:
    return Input(str(path), lambda: path.open("rb"), lambda: _beside(path), lambda: _size(path))


def _size(path: Path) -> int | None:
    """The size of a file; a pipe has none."""
    return path.stat().st_size if path.is_file() else None


def _beside(path: Path) -> tuple[str, bytes] | None:
    file = sidecar(path)
    return (file.name, file.read_bytes()) if file.is_file() else None


class _Unclosed(io.RawIOBase):
    """Standard input, which stays open for others."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._stream.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)
