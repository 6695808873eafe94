"""The SQL tables of the contract, derived from the models: one definition for every database.

Each record type has a table under the name of its list (`figures`), with a column for each plain field and a group of
columns for each part (`period_value`, `period_first`). A list has a link table (`figure_parties`) that keeps its order.
`records` holds the id of every record of any type, so that evidence and parties can refer to all of them. Notes of the
extractor on its own work (`reasons`, `alias_reasons`) and metadata are JSON cells.
"""

import inspect
import json
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import chain
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

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
from extractor.sinks.shape import Column, ColumnType, Leaf, Row, Shape, dump

#: Raised with every change of the tables that an older program could not write to.
TABLES_VERSION = 1

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
class Table:
    """One table. `indexes` are single columns that questions are asked by."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    indexes: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Link:
    """A list field and its table; `shape` is null when the items are strings."""

    field: str
    table: Table
    shape: Shape | None

    def rows(self, record: Record, article: str) -> Iterator[Row]:
        items = getattr(record, self.field)
        if self.shape is None:
            return ((record.id, article, i, item) for i, item in enumerate(items))
        read = self.shape.values
        return ((record.id, article, i, *read(item)) for i, item in enumerate(items))

    def lists(self, rows: Sequence[Row]) -> dict[str, list[Any]]:
        """The items by the id of their record."""
        out: dict[str, list[Any]] = {}
        for row in rows:
            out.setdefault(row[0], []).append(row[3] if self.shape is None else self.shape.fields(row[3:]))
        return out


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one record type is spread over a table and its link tables; `shape` holds all but the id."""

    table: Table
    shape: Shape
    links: tuple[_Link, ...]
    numeric: tuple[str, ...]

    def row(self, record: Record, article: str, position: int) -> Row:
        row = (record.id, article, position, *self.shape.values(record))
        return (*row, _inexact(record, self.numeric)) if self.numeric else row

    def fields(self, row: Row) -> dict[str, Any]:
        """The plain fields of a record from its row."""
        out = self.shape.fields(row[3 : 3 + len(self.shape.columns)])
        if self.numeric:
            out |= {name: Decimal(number) for name, number in json.loads(row[-1] or "{}").items()}
        return {"id": row[0], **out}


ARTICLE_ID = Column("article_id", "text", False, "articles", "The article it belongs to.")
POSITION = Column("position", "integer", False, description="Place in the order of the list, from 0.")

RUNS = Table(
    "runs",
    (
        Column("id", "text", False, description="Hash of the other columns."),
        Column("extractor", "text", False, description="Version of the program."),
        Column("model", "text", False, description="Name and version of the language model."),
        Column("rules", "text", False, description="Hash of the rule files and gazetteers."),
        Column("settings", "json", False, description="Settings that can change a record and differ from the default."),
    ),
    ("id",),
    description="What made the records: program, model, rules and settings.",
)
SOURCES = Table(
    "sources",
    (
        ARTICLE_ID,
        Column("position", "integer", False, description="Order in which the inputs came, from 0."),
        Column("source", "text", False, description="Where the article was read from, as given."),
        Column("external_id", "text", description="The id that came with the article in its input."),
        Column("url", "text", description="The address that came with the article."),
    ),
    ("article_id", "position"),
    ("source", "external_id"),
    "The inputs that an article was read from.",
)
RECORDS = Table(
    "records",
    (
        Column("id", "text", False, description="Id of a record of any type."),
        ARTICLE_ID,
        Column("type", "text", False, description="Its type, such as `figure`: the table without the plural."),
    ),
    ("id",),
    ("article_id",),
    "The id of every record of any type.",
)
ISSUES = Table(
    "issues",
    (
        Column("source", "text", False, description="The input that failed or is noted, as given."),
        Column("external_id", "text", description="The id that came with the article in its input."),
        Column("article_id", "text", description="The article, where it was read."),
        Column("stage", "text", False, description="Where it happened: read, annotate, extract or write."),
        Column("code", "text", False, description="Stable code of the kind of issue."),
        Column("level", "text", False, description="`error` where there is no record, else `note`."),
        Column("message", "text", False, description="What happened."),
        Column("hint", "text", False, description="What to do about it."),
    ),
    (),
    ("source", "code"),
    "What could not be read or extracted, and why.",
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
    of: str = "",
) -> Iterator[Leaf]:
    """The plain values of a model; `of` describes the part that holds them."""
    for name, info in model.model_fields.items():
        if name in skip:
            continue
        annotation, optional = _unwrap(info.annotation)
        here = (*path, name)
        said = " ".join(filter(None, (of, _description(info, annotation))))
        if _is_model(annotation):
            yield from _leaves(annotation, path=here, null=null or optional, of=said)
            continue
        references = _REFERENCES.get((owner, name))
        if name == "ref":
            references = "places" if model is PlaceRef else "records"
        label = rename.get(name, "_".join(here))
        yield Leaf(here, Column(label, _type(annotation), null or optional, references, said))


def _singular(field: str) -> str:
    return _SINGULAR.get(field, field.removesuffix("s"))


def _description(info: FieldInfo, annotation: Any) -> str:
    """What the model says about a field, or the closed list of its values."""
    if info.description or get_origin(annotation) is not Literal:
        return info.description or ""
    return f"One of {', '.join(f'`{value}`' for value in get_args(annotation))}."


def _summary(model: type[BaseModel]) -> str:
    return (inspect.getdoc(model) or "").partition("\n")[0]


def _plan(name: str, model: type[Record]) -> _Plan:
    links = []
    for field, info in model.model_fields.items():
        annotation, _ = _unwrap(info.annotation)
        if field != "evidence" and field not in _CELLS and get_origin(annotation) is tuple:
            links.append(_link(name, field, get_args(annotation)[0], info.description or ""))
    shape = Shape(list(_leaves(model, skip=("id", "evidence", *(link.field for link in links)), owner=name)))
    numeric = tuple(column.name for column in shape.columns if column.type == "numeric")
    exact = (Column("exact", "json", description=_EXACT),) if numeric else ()
    indexed = [
        column.name
        for column in shape.columns
        if column.references or column.name in _INDEXED or column.name.endswith(("_first", "_country"))
    ]
    id = Column("id", "text", False, "records", model.model_fields["id"].description or "")
    table = Table(
        name, (id, ARTICLE_ID, POSITION, *shape.columns, *exact), ("id",), ("article_id", *indexed), _summary(model)
    )
    return _Plan(table, shape, tuple(links), numeric)


_EXACT = "The numbers that a double cannot hold, as text."
_INDEXED = frozenset({"country", "type", "kind", "name", "unit", "low", "first", "status"})


def _link(owner: str, field: str, item: Any, description: str) -> _Link:
    singular = _singular(owner)
    key = f"{singular}_id"
    own = (Column(key, "text", False, owner, f"The {singular} it belongs to."), ARTICLE_ID, POSITION)
    shape = Shape(list(_leaves(item, rename=_RENAMED))) if _is_model(item) else None
    columns = shape.columns if shape else (Column(_ITEM[field], "text", False, description=description),)
    indexed = [c.name for c in columns if c.name in ("name", "code", "ref") or c.name in _ITEM.values()]
    table = Table(
        f"{singular}_{field}",
        (*own, *columns),
        (key, "position"),
        ("article_id", *indexed),
        f"The {field.replace('_', ' ')} of each {singular}.",
    )
    return _Link(field, table, shape)


_ARTICLE = Shape(list(_leaves(ArticleInfo, skip=(*_OF_SOURCE, "evidence"))))
ARTICLES = Table(
    "articles",
    (
        *_ARTICLE.columns,
        Column("schema_version", "text", False, description="Version of the record contract."),
        Column("run_id", "text", False, "runs", "What made the records of the article."),
        Column("digest", "text", False, description="Hash of all that was found, to tell a newer extraction."),
    ),
    ("id",),
    ("language", "published_first", "near_duplicate_of", "run_id"),
    "The articles, one row each, however many inputs they came from.",
)
_PLANS = {name: _plan(name, model) for name, model in MODELS.items()}
_EVIDENCE = Shape(list(_leaves(Evidence, rename=_RENAMED)))
EVIDENCE = Table(
    "evidence",
    (
        ARTICLE_ID,
        POSITION,
        Column("record_id", "text", True, "records", "The record it supports; null for the article itself."),
        *_EVIDENCE.columns,
    ),
    ("article_id", "position"),
    ("record_id", "rule"),
    "What in the article supports each value.",
)
_REJECTED = Shape(list(_leaves(Rejected)))
REJECTED = Table(
    "rejected",
    (ARTICLE_ID, POSITION, *_REJECTED.columns),
    ("article_id", "position"),
    ("rule",),
    _summary(Rejected),
)

#: Every table, each after those it refers to. Rows of one article are removed in the opposite order.
TABLES: tuple[Table, ...] = (
    RUNS,
    ARTICLES,
    SOURCES,
    RECORDS,
    *chain.from_iterable((plan.table, *(link.table for link in plan.links)) for plan in _PLANS.values()),
    EVIDENCE,
    REJECTED,
    ISSUES,
)
#: The lists of each record type: the field, and the table that holds its items.
LINKS = {name: {link.field: link.table for link in plan.links} for name, plan in _PLANS.items()}
#: The tables whose rows belong to one extraction of an article, found by `article_id`.
OF_EXTRACTION = tuple(t for t in TABLES if t not in (RUNS, ARTICLES, SOURCES, ISSUES))


def run_row(record: ArticleRecord) -> Row:
    """The row of `runs`: what made the record. The same program with the same settings is one row."""
    made = record.provenance
    settings = dump(made.settings)
    key = sha256("\n".join((made.extractor, made.model, made.rules, settings)).encode()).hexdigest()[:16]
    return f"run-{key}", made.extractor, made.model, made.rules, settings


def article_row(record: ArticleRecord, found: Sequence[tuple[Table, list[Row]]]) -> Row:
    """The row of `articles`; `found` are the `rows` of the record.

    Its last value is the digest: a hash of all that the extraction found, whichever input the article came from.
    """
    row = (*_ARTICLE.values(record.article), record.schema_version, run_row(record)[0])
    return (*row, sha256(repr((row, [part for _, part in found])).encode()).hexdigest()[:16])


def rows(record: ArticleRecord) -> list[tuple[Table, list[Row]]]:
    """The rows of every table in `OF_EXTRACTION`, in that order, in which they may be written."""
    article = record.article.id
    lists: dict[str, Sequence[Record]] = {field: getattr(record, field) for field in MODELS}
    out = [(RECORDS, [(r.id, article, _singular(field)) for field, found in lists.items() for r in found])]
    for field, found in lists.items():
        plan = _PLANS[field]
        out.append((plan.table, [plan.row(r, article, i) for i, r in enumerate(found)]))
        out += [(link.table, [row for r in found for row in link.rows(r, article)]) for link in plan.links]
    shown: list[tuple[str | None, Evidence]] = [(None, item) for item in record.article.evidence]
    shown += [(r.id, item) for r in chain.from_iterable(lists.values()) for item in r.evidence]
    read = _EVIDENCE.values
    out.append((EVIDENCE, [(article, i, of, *read(item)) for i, (of, item) in enumerate(shown)]))
    read = _REJECTED.values
    out.append((REJECTED, [(article, i, *read(item)) for i, item in enumerate(record.rejected)]))
    return out


def _inexact(record: Record, fields: Sequence[str]) -> str | None:
    """The numbers that a double does not hold exactly, as text."""
    cell = {}
    for field in fields:
        number: Decimal | None = getattr(record, field)
        if number is not None and Decimal(repr(float(number))) != number:
            cell[field] = format(number, "f")
    return dump(cell) if cell else None


def _is_integer(number: Decimal) -> bool:
    return number == number.to_integral_value() and abs(number) < 2**63


def sql_number(number: Decimal) -> int | float:
    """A number as a 64-bit integer where it is one, else as a double."""
    return int(number) if _is_integer(number) else float(number)


def record_from_rows(
    article: Row, source: Mapping[str, Any], run: Row, of_extraction: Mapping[str, Sequence[Row]]
) -> ArticleRecord:
    """The article record that rows were made from; `of_extraction` holds the rows of each table by its name, in order.

    Raises `pydantic.ValidationError` when the rows do not make a record.
    """
    *values, schema_version, _, _ = article
    info = _ARTICLE.fields(tuple(values)) | dict(source)
    evidence: dict[str | None, list[dict[str, Any]]] = {}
    for row in of_extraction[EVIDENCE.name]:
        evidence.setdefault(row[2], []).append(_EVIDENCE.fields(row[3:]))
    info["evidence"] = evidence.get(None, [])
    data: dict[str, Any] = {
        "schema_version": schema_version,
        "article": info,
        "rejected": [_REJECTED.fields(row[2:]) for row in of_extraction[REJECTED.name]],
        "provenance": {"extractor": run[1], "model": run[2], "rules": run[3], "settings": json.loads(run[4])},
    }
    for field, plan in _PLANS.items():
        lists = [(link.field, link.lists(of_extraction[link.table.name])) for link in plan.links]
        data[field] = []
        for row in of_extraction[field]:
            one = plan.fields(row)
            one |= {name: found.get(row[0], []) for name, found in lists}
            data[field].append({**one, "evidence": evidence.get(row[0], [])})
    return ArticleRecord.model_validate(data)
