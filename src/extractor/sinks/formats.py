"""The built-in forms of output: one entry each, with the way out and the way back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from extractor.errors import ConfigError
from extractor.models import ArticleRecord
from extractor.sinks.address import shown
from extractor.sinks.base import Sink
from extractor.sinks.csvfiles import CsvFiles
from extractor.sinks.duckdb import DuckdbSink, read_duckdb
from extractor.sinks.folder import FolderSink
from extractor.sinks.jsonl import COMPRESSED, jsonl_sink
from extractor.sinks.parquet import ParquetFiles
from extractor.sinks.parts import PartsSink
from extractor.sinks.postgres import PostgresSink, is_postgres, read_postgres
from extractor.sinks.readback import read_folder, read_jsonl
from extractor.sinks.sqlite import SqliteSink, read_sqlite


@dataclass(frozen=True, slots=True)
class Format:
    """One form of output. `sink` and `read` take a path, or an address where the form has no files.

    `suffixes` and `schemes` (`sqlite:///PATH`) tell it; `inside` is the name of its one file where the output is said to
    be a folder, or empty where it is a folder anyway.
    """

    name: str
    sink: Callable[[str], Sink]
    read: Callable[[str], Iterator[ArticleRecord]]
    suffixes: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    inside: str = ""


def _of_path[T](make: Callable[[Path], T]) -> Callable[[str], T]:
    return lambda where: make(Path(where))


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        form.name: form
        for form in (
            Format("json", _of_path(FolderSink), _of_path(read_folder), ("",)),
            Format(
                "jsonl",
                _of_path(jsonl_sink),
                _of_path(read_jsonl),
                (".jsonl", *(f".jsonl{suffix}" for suffix in COMPRESSED)),
                inside="records.jsonl",
            ),
            Format(
                "csv",
                lambda where: PartsSink(Path(where), CsvFiles(), folder=True),
                lambda where: CsvFiles().load(Path(where)),
                (".csv",),
            ),
            Format(
                "parquet",
                lambda where: PartsSink(Path(where), ParquetFiles(), folder=True),
                lambda where: ParquetFiles().load(Path(where)),
                (".parquet",),
            ),
            Format(
                "sqlite",
                _of_path(SqliteSink),
                _of_path(read_sqlite),
                (".db", ".sqlite", ".sqlite3"),
                ("sqlite",),
                "records.db",
            ),
            Format("duckdb", _of_path(DuckdbSink), _of_path(read_duckdb), (".duckdb",), ("duckdb",), "records.duckdb"),
            Format("postgres", PostgresSink, read_postgres, schemes=("postgresql", "postgres")),
        )
    }
)


def find(target: str, format: str | None = None) -> tuple[Format, str]:
    """The form that a target has, and its path or address.

    An address is told by its scheme, a path by its suffix or by `format`; a path that ends in `/` or is a folder is a
    folder of JSON files, of the tables that it holds, or has the one file of another `format` in it. Raises
    `ConfigError` that lists what is known.
    """
    if format is not None and format not in FORMATS:
        raise ConfigError(f"unknown format {format!r}", hint=f"known are {', '.join(FORMATS)}")
    if is_postgres(target):
        return FORMATS["postgres"], target
    scheme, mark, rest = target.partition("://")
    if mark:
        form = next((form for form in FORMATS.values() if scheme in form.schemes), None)
        if form is None:
            raise ConfigError(f"unknown output {shown(target)!r}", hint=_known())
        if not rest.removeprefix("/"):
            raise ConfigError(f"{target!r} names no file", hint=f"write {scheme}:///records.db")
        return form, rest.removeprefix("/")
    path = Path(target)
    suffix = _suffix(path)
    by_suffix = next((form for form in FORMATS.values() if suffix in form.suffixes), None)
    if target.endswith("/") or path.is_dir():
        form = FORMATS[format] if format else by_suffix if by_suffix and not by_suffix.inside else FORMATS["json"]
        return form, str(path / form.inside)
    form = FORMATS[format] if format else by_suffix
    if form is None:
        raise ConfigError(f"unknown output suffix {path.suffix!r} in {target!r}", hint=_known())
    return form, target


def _suffix(path: Path) -> str:
    """The suffix in small letters, with the one before that of a compressed file."""
    last = path.suffix.lower()
    return Path(path.stem).suffix.lower() + last if last in COMPRESSED else last


def _known() -> str:
    suffixes = ", ".join(suffix for form in FORMATS.values() for suffix in form.suffixes if suffix)
    schemes = ", ".join(f"{scheme}://" for form in FORMATS.values() for scheme in form.schemes)
    return f"known are {suffixes}, {schemes}, FOLDER/ for JSON files and - for JSONL on standard output"
