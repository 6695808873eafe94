"""Outputs: where records and issues go, and the way back."""

from collections.abc import Callable
from pathlib import Path

from extractor.errors import ConfigError
from extractor.sinks.base import Sink
from extractor.sinks.folder import FolderSink
from extractor.sinks.jsonl import COMPRESSED, StdoutSink, jsonl_sink
from extractor.sinks.load import SQLITE_SUFFIXES, load
from extractor.sinks.sqlite import SqliteSink

__all__ = ["BY_FORMAT", "BY_SCHEME", "BY_SUFFIX", "Sink", "load", "open_sink"]

#: Built-in outputs by the name of the format; each is made from a path.
BY_FORMAT: dict[str, Callable[[Path], Sink]] = {"json": FolderSink, "jsonl": jsonl_sink, "sqlite": SqliteSink}

#: The format that the suffix of a path stands for; a path without suffix is a folder of JSON files.
BY_SUFFIX = {"": "json", ".jsonl": "jsonl", **dict.fromkeys(SQLITE_SUFFIXES, "sqlite")}

#: The format that the scheme of an address stands for: `sqlite:///records.db`.
BY_SCHEME = {"sqlite": "sqlite"}

#: The name of a format's file where the output is a folder.
IN_FOLDER = {"jsonl": "records.jsonl", "sqlite": "records.db"}


def open_sink(target: str, format: str | None = None) -> Sink:
    """The output that `target` names, not yet opened: use it as a context manager.

    A path is told by its suffix (or by `format`), an address by its scheme; `-` is JSONL on standard output; a path
    that ends in `/` or is a folder is a folder of JSON files, or holds the one file of another `format`. Raises `ConfigError` that lists what is known.
    """
    if format is not None and format not in BY_FORMAT:
        raise ConfigError(f"unknown format {format!r}", hint=f"known are {', '.join(BY_FORMAT)}")
    if target == "-":
        if format not in (None, "jsonl"):
            raise ConfigError(f"{format} cannot be written to standard output", hint="use --format jsonl")
        return StdoutSink()
    scheme, mark, rest = target.partition("://")
    if mark:
        if scheme not in BY_SCHEME:
            raise ConfigError(f"unknown output {target!r}", hint=_known())
        if not rest.removeprefix("/"):
            raise ConfigError(f"{target!r} names no file", hint=f"write {scheme}:///records.db")
        return BY_FORMAT[BY_SCHEME[scheme]](Path(rest.removeprefix("/")))
    path = Path(target)
    if target.endswith("/") or path.is_dir():
        format = format or "json"
        return BY_FORMAT[format](path / IN_FOLDER.get(format, ""))
    format = format or BY_SUFFIX.get(path.suffix.lower())
    if format is None:
        raise ConfigError(f"unknown output suffix {path.suffix!r} in {target!r}", hint=_known())
    return BY_FORMAT[format](path)


def _known() -> str:
    suffixes = ", ".join(suffix for suffix in BY_SUFFIX if suffix)
    schemes = ", ".join(f"{scheme}:///PATH" for scheme in BY_SCHEME)
    return f"known are {suffixes}, {schemes}, FOLDER/ for JSON files and - for JSONL on standard output"
