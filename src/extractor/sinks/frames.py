"""The tables of the records as data frames of pandas or polars: flat, typed, made when they are asked for."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from typing import Any, Literal

from extractor.errors import ConfigError
from extractor.extras import optional
from extractor.models import ArticleRecord
from extractor.sinks.shape import Column, Row
from extractor.sinks.tablefiles import NewRows
from extractor.sinks.tables import LINKS, TABLES, Table

Library = Literal["pandas", "polars"]
_BY_NAME = {table.name: table for table in TABLES}
#: The column of an item of a list that stands for it where the list is one cell: the first of these that is not null.
_LABELS = ("code", "name", "span_text")


class Frames(ABC):
    """Frames of the record types and of every other table, from article records that can be read again.

    A frame has the columns of its SQL table. The first and last days of dates are dates and numbers are doubles. A list,
    such as the parties of a figure, is one more column of text, its items joined by "; "; `frame("figure_parties")` has
    them in full.
    """

    def __init__(self, library: Library | None = None) -> None:
        self._library = library

    @abstractmethod
    def __iter__(self) -> Iterator[ArticleRecord]:
        """The article records."""

    def frame(self, table: str) -> Any:
        """The frame of one table. Raises `ConfigError` for an unknown one, and when the library is not installed."""
        if table not in _BY_NAME:
            raise ConfigError(f"unknown table {table!r}", hint=f"known are {', '.join(_BY_NAME)}")
        make = _MAKERS[self._library or _installed()]
        lists = LINKS.get(table, {})
        found: dict[str, list[Row]] = {name: [] for name in (table, *(link.name for link in lists.values()))}
        new = NewRows()
        for record in self:
            for part, rows in new.of(record):
                if part.name in found:
                    found[part.name].extend(rows)
        columns = _columns(_BY_NAME[table], found[table])
        ids = [row[0] for row in found[table]]
        for field, link in lists.items():
            columns[field] = ("text", _joined(link, found[link.name], ids))
        return make(columns)

    @property
    def articles(self) -> Any:
        """One row an article."""
        return self.frame("articles")

    @property
    def leaders(self) -> Any:
        """One row a leader."""
        return self.frame("leaders")

    @property
    def people(self) -> Any:
        """One row a person who is no leader."""
        return self.frame("people")

    @property
    def organizations(self) -> Any:
        """One row an organization."""
        return self.frame("organizations")

    @property
    def places(self) -> Any:
        """One row a place."""
        return self.frame("places")

    @property
    def events(self) -> Any:
        """One row an event."""
        return self.frame("events")

    @property
    def figures(self) -> Any:
        """One row a figure."""
        return self.frame("figures")

    @property
    def agreements(self) -> Any:
        """One row an agreement."""
        return self.frame("agreements")

    @property
    def initiatives(self) -> Any:
        """One row an initiative."""
        return self.frame("initiatives")

    @property
    def statements(self) -> Any:
        """One row a statement."""
        return self.frame("statements")

    @property
    def dates(self) -> Any:
        """One row a time expression."""
        return self.frame("dates")


#: What a frame is made from: by name the type of a column and its values.
Columns = dict[str, tuple[str, list[Any]]]


def _columns(table: Table, rows: Sequence[Row]) -> Columns:
    values = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    return {column.name: _typed(column, found) for column, found in zip(table.columns, values, strict=True)}


def _typed(column: Column, values: Sequence[Any]) -> tuple[str, list[Any]]:
    if column.name.endswith(("first", "last")):
        return "date", [date.fromisoformat(value) if value else None for value in values]
    if column.type == "numeric":
        return "real", [None if value is None else float(value) for value in values]
    return column.type, list(values)


def _joined(link: Table, rows: Sequence[Row], ids: Sequence[str]) -> list[str]:
    place = {column.name: i for i, column in enumerate(link.columns)}
    at = [place[name] for name in _LABELS if name in place] or [len(link.columns) - 1]
    labels: dict[str, list[str]] = {id: [] for id in ids}
    for row in rows:
        labels[row[0]].append(next(row[i] for i in at if row[i] is not None))
    return ["; ".join(labels[id]) for id in ids]


def _installed() -> Library:
    for library in _MAKERS:
        if find_spec(library):
            return library
    raise ConfigError("frames need pandas or polars", hint="pip install 'extractor[pandas]' or 'extractor[polars]'")


def _pandas(columns: Columns) -> Any:
    pandas = optional("pandas", "pandas", "a frame")
    types = {"integer": "Int64", "real": "Float64", "boolean": "boolean", "date": "datetime64[s]"}
    return pandas.DataFrame(
        {name: pandas.Series(values, dtype=types.get(type, "string")) for name, (type, values) in columns.items()}
    )


def _polars(columns: Columns) -> Any:
    polars = optional("polars", "polars", "a frame")
    types = {"integer": polars.Int64, "real": polars.Float64, "boolean": polars.Boolean, "date": polars.Date}
    return polars.DataFrame(
        [polars.Series(name, values, dtype=types.get(type, polars.String)) for name, (type, values) in columns.items()]
    )


_MAKERS: Mapping[Library, Callable[[Columns], Any]] = {"pandas": _pandas, "polars": _polars}
