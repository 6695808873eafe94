"""The SQL tables of the contract, derived from the models: one definition for every database.

Each record type has a table under the name of its list (`figures`), with a column for each plain field and a group of
columns for each part (`period_value`, `period_first`). A list has a link table (`figure_parties`) that keeps its order.
`records` holds the id of every record of any type, so that evidence and parties can refer to all of them. Notes of the
extractor on its own work (`reasons`, `alias_reasons`) and metadata are JSON cells.
"""

import json
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from extractor.models import (
    Agreement,
    ArticleInfo,
    ArticleRecord,
    Event,
    Evidence,
    Figure,
    Initiative,
    Leader,
    Organization,
    Person,
    Place,
    PlaceRef,
    Rejected,
    Statement,
    TimeExpression,
)
from extractor.models.evidenced import Record
from extractor.models.jsonio import to_json

#: Raised with every change of the tables that an older program could not write to.
TABLES_VERSION = 1

ColumnType = Literal["text", "integer", "real", "numeric", "boolean", "json"]
Row = tuple[Any, ...]

#: Record lists in the order in which their rows may be written: what is referred to comes first.
MODELS: dict[str, type[Record]] = {
    "leaders": Leader,
    "people": Person,
    "organizations": Organization,
    "places": Place,
    "events": Event,
    "figures": Figure,
    "agreements": Agreement,
    "initiatives": Initiative,
    "statements": Statement,
    "dates": TimeExpression,
}
_SINGULAR = {"people": "person"}
_ITEM = {"aliases": "alias", "sectors": "sector", "sector_codes": "sector_code"}
#: Ids of records in fields of their own.
_REFERENCES = {("figures", "event"): "events", ("agreements", "event"): "events", ("agreements", "value"): "figures"}
#: Columns that need a longer name where they stand alone: `end` is a word of SQL.
_RENAMED = {"start": "span_start", "end": "span_end", "text": "span_text"}
#: What was read from where stands in `sources`, since one article may come from several inputs.
_OF_SOURCE = ("source", "external_id", "url")
#: Lists of notes that are JSON cells; `evidence` has a table of its own.
_CELLS = frozenset({"reasons", "alias_reasons"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `references` is the table whose key it holds."""

    name: str
    type: ColumnType
    null: bool = True
    references: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `indexes` are single columns that questions are asked by."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    indexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A plain value inside a model, by its path, and the column that holds it."""

    path: tuple[str, ...]
    column: Column


@dataclass(frozen=True, slots=True)
class _Link:
    """A list field and its table; `leaves` are empty when the items are strings."""

    field: str
    table: Table
    leaves: tuple[_Leaf, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one model is spread over a table and its link tables. The first leaf is the id."""

    table: Table
    leaves: tuple[_Leaf, ...]
    links: tuple[_Link, ...]
    numeric: tuple[str, ...]


ARTICLE_ID = Column("article_id", "text", null=False, references="articles")
POSITION = Column("position", "integer", null=False)

RUNS = Table(
    "runs",
    (
        Column("id", "text", null=False),
        Column("extractor", "text", null=False),
        Column("model", "text", null=False),
        Column("rules", "text", null=False),
        Column("settings", "json", null=False),
    ),
    ("id",),
)
SOURCES = Table(
    "sources",
    (ARTICLE_ID, POSITION, Column("source", "text", null=False), Column("external_id", "text"), Column("url", "text")),
    ("article_id", "position"),
    ("source", "external_id"),
)
RECORDS = Table(
    "records",
    (Column("id", "text", null=False), ARTICLE_ID, Column("type", "text", null=False)),
    ("id",),
    ("article_id",),
)
ISSUES = Table(
    "issues",
    (
        Column("source", "text", null=False),
        Column("external_id", "text"),
        Column("article_id", "text"),
        Column("stage", "text", null=False),
        Column("code", "text", null=False),
        Column("level", "text", null=False),
        Column("message", "text", null=False),
        Column("hint", "text", null=False),
    ),
    (),
    ("source", "code"),
)


def _unwrap(annotation: Any) -> tuple[Any, bool]:
    """The annotation without `Annotated` and `| None`, and whether it may be None."""
    if get_origin(annotation) in (Union, types.UnionType):
        [inner] = [a for a in get_args(annotation) if a is not type(None)]
        return _unwrap(inner)[0], True
    if hasattr(annotation, "__metadata__"):
        return _unwrap(annotation.__origin__)
    return annotation, False


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _type(annotation: Any) -> ColumnType:
    if get_origin(annotation) is tuple or get_origin(annotation) is dict:
        return "json"
    plain: dict[Any, ColumnType] = {bool: "boolean", int: "integer", float: "real", Decimal: "numeric"}
    return plain.get(annotation, "text")


def _leaves(
    model: type[BaseModel],
    *,
    skip: Sequence[str] = (),
    path: tuple[str, ...] = (),
    null: bool = False,
    rename: Mapping[str, str] = types.MappingProxyType({}),
    owner: str = "",
) -> Iterator[_Leaf]:
    for name, info in model.model_fields.items():
        if name in skip:
            continue
        annotation, optional = _unwrap(info.annotation)
        here = (*path, name)
        if _is_model(annotation):
            yield from _leaves(annotation, path=here, null=null or optional)
            continue
        references = _REFERENCES.get((owner, name))
        if name == "ref":
            references = "places" if model is PlaceRef else "records"
        label = rename.get(name, "_".join(here))
        yield _Leaf(here, Column(label, _type(annotation), null or optional, references))


def _plan(name: str, model: type[BaseModel], own: tuple[Column, ...], skip: Sequence[str]) -> _Plan:
    singular = _SINGULAR.get(name, name.removesuffix("s"))
    links = []
    for field, info in model.model_fields.items():
        annotation, _ = _unwrap(info.annotation)
        if field in skip or field in _CELLS or get_origin(annotation) is not tuple:
            continue
        links.append(_link(name, singular, field, get_args(annotation)[0]))
    listed = [link.field for link in links]
    leaves = tuple(_leaves(model, skip=(*skip, *listed), owner=name))
    numeric = tuple(leaf.column.name for leaf in leaves if leaf.column.type == "numeric")
    exact = (Column("exact", "json"),) if numeric else ()
    indexed = [c.name for c in own if c.name == "article_id"] + [
        leaf.column.name
        for leaf in leaves
        if leaf.column.references or leaf.column.name in _INDEXED or leaf.column.name.endswith(("_first", "_country"))
    ]
    columns = (leaves[0].column, *own, *(leaf.column for leaf in leaves[1:]), *exact)
    return _Plan(Table(name, columns, ("id",), tuple(indexed)), leaves, tuple(links), numeric)


_INDEXED = frozenset({"country", "type", "kind", "name", "unit", "low", "first", "status"})


def _link(owner: str, singular: str, field: str, item: Any) -> _Link:
    key = f"{singular}_id"
    own = (Column(key, "text", null=False, references=owner), ARTICLE_ID, POSITION)
    if _is_model(item):
        leaves = tuple(_leaves(item, rename=_RENAMED))
        columns = tuple(leaf.column for leaf in leaves)
    else:
        leaves = ()
        columns = (Column(_ITEM[field], "text", null=False),)
    indexes = (
        "article_id",
        *(c.name for c in columns if c.name in ("name", "code", "ref") or c.name in _ITEM.values()),
    )
    return _Link(field, Table(f"{singular}_{field}", (*own, *columns), (key, "position"), indexes), leaves)


_ARTICLES = _plan(
    "articles",
    ArticleInfo,
    (),
    (*_OF_SOURCE, "evidence"),
)
ARTICLES = Table(
    "articles",
    (
        *_ARTICLES.table.columns,
        Column("schema_version", "text", null=False),
        Column("run_id", "text", null=False, references="runs"),
        Column("digest", "text", null=False),
    ),
    ("id",),
    ("language", "published_first", "near_duplicate_of", "run_id"),
)
_PLANS = {name: _plan(name, model, (ARTICLE_ID, POSITION), ("evidence",)) for name, model in MODELS.items()}
_EVIDENCE_LEAVES = tuple(_leaves(Evidence, rename=_RENAMED))
EVIDENCE = Table(
    "evidence",
    (
        ARTICLE_ID,
        POSITION,
        Column("record_id", "text", references="records"),
        *(leaf.column for leaf in _EVIDENCE_LEAVES),
    ),
    ("article_id", "position"),
    ("record_id", "rule"),
)
_REJECTED_LEAVES = tuple(_leaves(Rejected))
REJECTED = Table(
    "rejected",
    (ARTICLE_ID, POSITION, *(leaf.column for leaf in _REJECTED_LEAVES)),
    ("article_id", "position"),
    ("rule",),
)

#: Every table, each after those it refers to. Rows of one article are removed in the opposite order.
TABLES: tuple[Table, ...] = (
    RUNS,
    ARTICLES,
    SOURCES,
    RECORDS,
    *(plan.table for plan in _PLANS.values()),
    *(link.table for plan in _PLANS.values() for link in plan.links),
    EVIDENCE,
    REJECTED,
    ISSUES,
)
#: The tables whose rows belong to one extraction of an article, found by `article_id`.
OF_EXTRACTION = tuple(t for t in TABLES if t not in (RUNS, ARTICLES, SOURCES, ISSUES))


def digest(record: ArticleRecord) -> str:
    """Hash of all that an extraction found, whichever input the article came from."""
    plain = record.article.model_copy(update=dict.fromkeys(_OF_SOURCE))
    return sha256(to_json(record.model_copy(update={"article": plain})).encode()).hexdigest()[:16]


def run_row(record: ArticleRecord) -> Row:
    """The row of `runs`: what made the record. The same program with the same settings is one row."""
    made = record.provenance
    settings = _dump(made.settings)
    key = sha256("\n".join((made.extractor, made.model, made.rules, settings)).encode()).hexdigest()[:16]
    return f"run-{key}", made.extractor, made.model, made.rules, settings


def article_row(record: ArticleRecord) -> Row:
    """The row of `articles`."""
    return (*_values(record.article, _ARTICLES.leaves), record.schema_version, run_row(record)[0], digest(record))


def rows(record: ArticleRecord) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of every table in `OF_EXTRACTION`, tables in the order in which they may be written."""
    article = record.article.id
    yield (
        RECORDS,
        [(r.id, article, _SINGULAR.get(f, f.removesuffix("s"))) for f in MODELS for r in getattr(record, f)],
    )
    for field, plan in _PLANS.items():
        found: Sequence[Record] = getattr(record, field)
        yield plan.table, [_record_row(r, article, i, plan) for i, r in enumerate(found)]
        for link in plan.links:
            yield link.table, [row for r in found for row in _link_rows(r, article, link)]
    shown = [(None, item) for item in record.article.evidence]
    shown += [(r.id, item) for f in MODELS for r in getattr(record, f) for item in r.evidence]
    yield EVIDENCE, [(article, i, of, *_values(item, _EVIDENCE_LEAVES)) for i, (of, item) in enumerate(shown)]
    yield REJECTED, [(article, i, *_values(item, _REJECTED_LEAVES)) for i, item in enumerate(record.rejected)]


def _record_row(record: Record, article: str, position: int, plan: _Plan) -> Row:
    row = (record.id, article, position, *_values(record, plan.leaves[1:]))
    return (*row, _inexact(record, plan.numeric)) if plan.numeric else row


def _link_rows(record: Record, article: str, link: _Link) -> Iterator[Row]:
    for i, item in enumerate(getattr(record, link.field)):
        yield (record.id, article, i, *(_values(item, link.leaves) if link.leaves else (item,)))


def _values(model: BaseModel, leaves: Sequence[_Leaf]) -> Row:
    out = []
    for leaf in leaves:
        value: Any = model
        for name in leaf.path:
            value = None if value is None else getattr(value, name)
        out.append(_dump(value) if leaf.column.type == "json" else value)
    return tuple(out)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _inexact(record: Record, fields: Sequence[str]) -> str | None:
    """The numbers that neither a 64-bit integer nor a double holds exactly, as text."""
    cell = {}
    for field in fields:
        number: Decimal | None = getattr(record, field)
        if number is not None and not _is_integer(number) and Decimal(repr(float(number))) != number:
            cell[field] = format(number, "f")
    return _dump(cell) if cell else None


def _is_integer(number: Decimal) -> bool:
    return number == number.to_integral_value() and abs(number) < 2**63


def sql_number(number: Decimal) -> int | float:
    """A number as a 64-bit integer where it is one, else as a double."""
    return int(number) if _is_integer(number) else float(number)


@cache
def _offsets(table: Table) -> dict[str, int]:
    return {column.name: i for i, column in enumerate(table.columns)}


def record_from_rows(
    article: Row, source: Mapping[str, Any], run: Row, of_extraction: Mapping[str, Sequence[Row]]
) -> ArticleRecord:
    """The article record that rows were made from; `of_extraction` holds the rows of each table by its name, in order.

    Raises `pydantic.ValidationError` when the rows do not make a record.
    """
    info = _nest(article, ARTICLES, _ARTICLES.leaves) | dict(source)
    evidence: dict[str | None, list[dict[str, Any]]] = {}
    at = _offsets(EVIDENCE)["record_id"]
    for row in of_extraction[EVIDENCE.name]:
        evidence.setdefault(row[at], []).append(_nest(row, EVIDENCE, _EVIDENCE_LEAVES))
    info["evidence"] = evidence.get(None, [])
    data: dict[str, Any] = {
        "schema_version": article[_offsets(ARTICLES)["schema_version"]],
        "article": info,
        "rejected": [_nest(row, REJECTED, _REJECTED_LEAVES) for row in of_extraction[REJECTED.name]],
        "provenance": {"extractor": run[1], "model": run[2], "rules": run[3], "settings": json.loads(run[4])},
    }
    for field, plan in _PLANS.items():
        lists = [(link, _lists(link, of_extraction[link.table.name])) for link in plan.links]
        data[field] = []
        for row in of_extraction[field]:
            one = _nest(row, plan.table, plan.leaves)
            if plan.numeric:
                one |= {k: Decimal(v) for k, v in json.loads(row[-1] or "{}").items()}
            for link, found in lists:
                one[link.field] = found.get(one["id"], [])
            one["evidence"] = evidence.get(one["id"], [])
            data[field].append(one)
    return ArticleRecord.model_validate(data)


def _lists(link: _Link, rows: Sequence[Row]) -> dict[str, list[Any]]:
    out: dict[str, list[Any]] = {}
    for row in rows:
        out.setdefault(row[0], []).append(_nest(row, link.table, link.leaves) if link.leaves else row[3])
    return out


def _nest(row: Row, table: Table, leaves: Sequence[_Leaf]) -> dict[str, Any]:
    """The fields of a model from a row. A part all of whose columns are null is null."""
    offsets = _offsets(table)
    out: dict[str, Any] = {}
    for leaf in leaves:
        value = row[offsets[leaf.column.name]]
        if value is not None and leaf.column.type == "json":
            value = json.loads(value)
        elif value is not None and leaf.column.type == "boolean":
            value = bool(value)
        inner = out
        for name in leaf.path[:-1]:
            inner = inner.setdefault(name, {})
        inner[leaf.path[-1]] = value
    return {name: _null_if_empty(value) if name in _parts(leaves) else value for name, value in out.items()}


@cache
def _parts(leaves: Sequence[_Leaf]) -> frozenset[str]:
    return frozenset(leaf.path[0] for leaf in leaves if len(leaf.path) > 1)


def _null_if_empty(part: dict[str, Any]) -> dict[str, Any] | None:
    whole = {name: _null_if_empty(value) if isinstance(value, dict) else value for name, value in part.items()}
    return None if all(value is None for value in whole.values()) else whole
