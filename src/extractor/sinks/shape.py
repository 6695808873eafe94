"""How the plain values of a model lie in a row of a table, and the way back to the model's fields."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, Literal

ColumnType = Literal["text", "integer", "real", "numeric", "boolean", "json"]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `references` is the table whose key it holds."""

    name: str
    type: ColumnType
    null: bool = True
    references: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A plain value inside a model, by its path, and the column that holds it."""

    path: tuple[str, ...]
    column: Column


class Shape:
    """The leaves of a model in the order of their columns."""

    def __init__(self, leaves: Sequence[Leaf], depth: int = 0) -> None:
        self.leaves = tuple(leaves)
        self.columns = tuple(leaf.column for leaf in leaves)
        self._readers: list[Callable[[Any], Row]] = []
        self._fields: list[Callable[[Row, dict[str, Any]], None]] = []
        at = 0
        for name, group in groupby(leaves, key=lambda leaf: leaf.path[depth] if len(leaf.path) > depth + 1 else None):
            found = tuple(group)
            if name is None:
                for type, run in groupby(found, key=lambda leaf: leaf.column.type):
                    names = [leaf.path[-1] for leaf in run]
                    self._readers.append(_plain_reader(names, type))
                    self._fields.append(_plain_fields(names, type, at))
                    at += len(names)
            else:
                part = Shape(found, depth + 1)
                self._readers.append(_part_reader(name, part))
                self._fields.append(_part_fields(name, part, at))
                at += len(found)

    def values(self, model: Any) -> Row:
        """The values of a model; a part that is not there gives as many nulls."""
        return tuple(chain.from_iterable([read(model) for read in self._readers]))

    def fields(self, values: Row) -> dict[str, Any]:
        """The fields of a model from its values. A part all of whose values are null is null."""
        out: dict[str, Any] = {}
        for add in self._fields:
            add(values, out)
        return out


def dump(value: Any) -> str:
    """A JSON cell."""
    return json.dumps(value, ensure_ascii=False)


#: How what lies in a cell becomes the value, where it is not the value itself.
_READ: dict[ColumnType, Callable[[Any], Any]] = {"json": json.loads, "boolean": bool}


def _plain_reader(names: list[str], type: ColumnType) -> Callable[[Any], Row]:
    if type == "json":
        return lambda model: tuple(dump(getattr(model, name)) for name in names)
    if len(names) == 1:
        [name] = names
        return lambda model: (getattr(model, name),)
    return attrgetter(*names)


def _plain_fields(names: list[str], type: ColumnType, at: int) -> Callable[[Row, dict[str, Any]], None]:
    end = at + len(names)
    if type not in _READ:
        return lambda values, out: out.update(zip(names, values[at:end], strict=True))

    read = _READ[type]

    def add(values: Row, out: dict[str, Any]) -> None:
        for name, value in zip(names, values[at:end], strict=True):
            out[name] = None if value is None else read(value)

    return add


def _part_reader(name: str, part: Shape) -> Callable[[Any], Row]:
    nulls = (None,) * len(part.leaves)

    def values(model: Any) -> Row:
        inner = getattr(model, name)
        return nulls if inner is None else part.values(inner)

    return values


def _part_fields(name: str, part: Shape, at: int) -> Callable[[Row, dict[str, Any]], None]:
    end = at + len(part.leaves)

    def add(values: Row, out: dict[str, Any]) -> None:
        inner = values[at:end]
        out[name] = None if inner.count(None) == len(inner) else part.fields(inner)

    return add
