"""What a user may name as input: text files, JSONL files, folders, patterns and `-` for standard input."""

import sys
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import BinaryIO

from extractor.errors import InputError, Issue
from extractor.models import Article
from extractor.readers.jsonl import is_jsonl, is_our_output, read_jsonl
from extractor.readers.text import read_text, text_article

#: The suffixes read from folders; a file named on its own may have any.
SUFFIXES = (".txt", ".jsonl")


def read(
    inputs: Sequence[str], *, max_chars: int = 2_000_000, stdin: BinaryIO | None = None
) -> Iterator[Article | Issue]:
    """Articles and issues from `inputs`, one by one and in order; folders are read whole, sorted by path.

    Every input gives one article or one issue of level `error`, and may give notes besides. Raises `InputError`, before
    anything is read, for a path that does not exist, a pattern that matches nothing or a folder without articles.
    """
    files: list[str | Path] = []
    for name in inputs:
        files.extend(_expand(name))
    return _read_all(files, max_chars, stdin)


def _read_all(files: Sequence[str | Path], max_chars: int, stdin: BinaryIO | None) -> Iterator[Article | Issue]:
    for file in files:
        if isinstance(file, Path):
            yield from _read_file(file, max_chars)
        else:
            yield from _read_stdin(stdin or sys.stdin.buffer, max_chars)


def _expand(name: str) -> list[str | Path]:
    if name == "-":
        return [name]
    path = Path(name)
    if path.is_dir():
        return _folder(path)
    if path.exists():
        return [path]
    if has_magic(name):
        suffix = path.suffix
        wanted = SUFFIXES if not suffix or has_magic(suffix) else (suffix.lower(),)
        found = [Path(match) for match in sorted(glob(name, recursive=True))]
        files: list[str | Path] = [file for file in found if _is_article(file, wanted)]
        if not files:
            raise InputError(f"no file matches {name!r}", hint="quote the pattern and check the folder it begins in")
        return files
    raise InputError(f"there is no file or folder {name!r}", hint="check the path")


def _folder(folder: Path) -> list[str | Path]:
    files: list[str | Path] = []
    for path in sorted(folder.rglob("*"), key=lambda path: path.parts):
        if _is_article(path, SUFFIXES):
            files.append(path)
    if not files:
        raise InputError(
            f"the folder {str(folder)!r} holds no articles", hint=f"articles end in {' or '.join(SUFFIXES)}"
        )
    return files


def _is_article(path: Path, suffixes: Sequence[str]) -> bool:
    """Whether a file found in a folder or by a pattern holds articles: not their metadata, not our own output."""
    suffix = path.suffix.lower()
    if suffix not in suffixes or path.name.startswith(".") or path.name.endswith((".meta.json", ".gold.json")):
        return False
    return path.is_file() and not (suffix == ".jsonl" and is_our_output(path))


def _read_file(path: Path, max_chars: int) -> Iterator[Article | Issue]:
    try:
        by_line = path.suffix.lower() == ".jsonl"
        if not by_line and path.suffix.lower() not in SUFFIXES:
            with path.open("rb") as handle:
                by_line = is_jsonl(handle.read(65_536))
        if by_line:
            with path.open("rb") as handle:
                yield from read_jsonl(handle, str(path), max_chars)
        else:
            yield from read_text(path, max_chars)
    except OSError as error:
        yield Issue(
            str(path),
            "read",
            "E108",
            f"the file cannot be opened: {error.strerror}",
            "check its permissions and that it is a file",
        )


def _read_stdin(stream: BinaryIO, max_chars: int) -> Iterator[Article | Issue]:
    head = stream.readline()
    if is_jsonl(head):
        yield from read_jsonl(_Chained(head, stream), "-", max_chars)
    else:
        yield from text_article(head + stream.read(), "-", {}, max_chars)


class _Chained:
    """The lines of a stream with the first one, already read, put back."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = first
        self._rest = rest

    def __iter__(self) -> Iterator[bytes]:
        yield self._first
        yield from self._rest
