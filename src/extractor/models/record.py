"""The article record: everything found in one article, and the invariants that hold over it."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from extractor.models.agreement import Agreement
from extractor.models.article import ArticleInfo
from extractor.models.base import JsonObject, Model, Seq
from extractor.models.checks import Problem, refuse
from extractor.models.event import Event
from extractor.models.evidenced import Record
from extractor.models.figure import Figure
from extractor.models.initiative import Initiative
from extractor.models.leader import Leader
from extractor.models.parts import Evidence, PlaceRef, Span
from extractor.models.person import Organization, Person
from extractor.models.place import Place
from extractor.models.statement import Statement
from extractor.models.time import TimeExpression

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class Rejected(Model):
    """Something that was seen and not used, with the reason."""

    span: Span
    reason: str
    rule: str


class Provenance(Model):
    """What made the record."""

    extractor: str
    model: str
    rules: str = Field(description="Hash of the rule files and gazetteers.")
    settings: JsonObject = Field(description="Settings that can change a record and differ from the default.")


class ArticleRecord(Model):
    """All records of one article.

    Raises `ValidationError` when a span differs from its slice of the text, an id stands twice or a reference points
    nowhere.
    """

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    article: ArticleInfo
    leaders: Seq[Leader]
    events: Seq[Event]
    figures: Seq[Figure]
    agreements: Seq[Agreement]
    people: Seq[Person]
    organizations: Seq[Organization]
    places: Seq[Place]
    initiatives: Seq[Initiative]
    statements: Seq[Statement]
    dates: Seq[TimeExpression]
    rejected: Seq[Rejected]
    provenance: Provenance

    def records(self) -> Iterator[Record]:
        """Every record, type by type in the order of the contract."""
        for field in RECORD_FIELDS:
            yield from getattr(self, field)

    @model_validator(mode="after")
    def _coherent(self, info: ValidationInfo) -> Self:
        refuse(_problems(self), info)
        return self


#: The record lists of an article record, in the order of the contract.
RECORD_FIELDS = (
    "leaders",
    "events",
    "figures",
    "agreements",
    "people",
    "organizations",
    "places",
    "initiatives",
    "statements",
    "dates",
)


def _problems(record: ArticleRecord) -> Iterator[Problem]:
    """Everything that holds over the whole record and is broken: slices, ids and references."""
    text = record.article.text
    for i, item in enumerate(record.article.evidence):
        yield from _slice(text, item, f"article.evidence[{i}]")
    for i, rejected in enumerate(record.rejected):
        yield from _slice(text, rejected.span, f"rejected[{i}].span")
    ids = {field: {found.id for found in getattr(record, field)} for field in RECORD_FIELDS}
    actors = ids["leaders"] | ids["people"] | ids["organizations"]
    seen: set[str] = set()
    for field in RECORD_FIELDS:
        for i, one in enumerate(getattr(record, field)):
            path = f"{field}[{i}]"
            if one.id in seen:
                yield Problem(f"{path}.id", "stands twice", one.id)
            if not one.id.startswith(one.prefix + "-"):
                yield Problem(f"{path}.id", f"does not begin with {one.prefix}-", one.id)
            seen.add(one.id)
            for name, span in one.own_spans():
                yield from _slice(text, span, f"{path}.{name}", one.id)
            for j, item in enumerate(one.evidence):
                if text[item.start : item.end] != item.text:
                    yield from _slice(text, item, f"{path}.evidence[{j}]", one.id)
            for name, ref, kind in _references(one):
                if ref not in (actors if kind == "actors" else ids[kind]):
                    yield Problem(f"{path}.{name}", f"refers to {ref}, which is not in the record", one.id)


def _slice(text: str, part: Span | Evidence, path: str, record: str = "") -> Iterator[Problem]:
    if part.start is None:
        return
    there = text[part.start : part.end]
    if there != part.text:
        yield Problem(path, f"the text at {part.start}:{part.end} is {there!r}, not {part.text!r}", record)


def _references(record: Record) -> Iterator[tuple[str, str, str]]:
    """The references of a record: the path, the id and the record list it must be in (`actors` for any of three)."""
    for field in _LINKED[type(record)]:
        value = getattr(record, field)
        if value is None:
            continue
        if isinstance(value, str):
            yield field, value, "figures" if field == "value" else "events"
        elif isinstance(value, tuple):
            for i, party in enumerate(value):
                if party.ref is not None:
                    yield f"{field}[{i}].ref", party.ref, "actors"
        elif value.ref is not None:
            yield f"{field}.ref", value.ref, "places" if isinstance(value, PlaceRef) else "actors"


#: The fields of each record type that refer to other records.
_LINKED: dict[type[Record], tuple[str, ...]] = {
    Leader: ("organization",),
    Event: ("place", "participants", "attributed_to"),
    Figure: ("parties", "attributed_to", "event"),
    Agreement: ("parties", "signatories", "place", "value", "event", "attributed_to"),
    Person: (),
    Organization: (),
    Place: (),
    Initiative: ("proposer",),
    Statement: ("speaker",),
    TimeExpression: (),
}
