"""The article record: everything found in one article, and the invariants that hold over it."""

from collections.abc import Iterator
from typing import Any, Self

from pydantic import Field, model_validator

from extractor.models.agreement import Agreement
from extractor.models.article import ArticleInfo
from extractor.models.base import Model, Seq
from extractor.models.event import Event
from extractor.models.evidenced import Record
from extractor.models.figure import Figure
from extractor.models.initiative import Initiative
from extractor.models.leader import Leader
from extractor.models.parts import Evidence, Party, PlaceRef, Span
from extractor.models.person import Organization, Person
from extractor.models.place import Place
from extractor.models.statement import Statement
from extractor.models.time import TimeExpression

SCHEMA_VERSION = "1.0"


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
    settings: dict[str, Any] = Field(description="Settings that can change a record and differ from the default.")


class ArticleRecord(Model):
    """All records of one article.

    Raises `ValidationError` when a span differs from its slice of the text, an id stands twice or a reference points
    nowhere.
    """

    schema_version: str = SCHEMA_VERSION
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
    def _spans_are_slices(self) -> Self:
        text = self.article.text
        for item in self.article.evidence:
            _check_slice(text, item)
        for rejected in self.rejected:
            _check_slice(text, rejected.span)
        for record in self.records():
            for part in record.own_spans():
                _check_slice(text, part)
            for item in record.evidence:
                _check_slice(text, item)
        return self

    @model_validator(mode="after")
    def _references_resolve(self) -> Self:
        seen: set[str] = set()
        for record in self.records():
            if record.id in seen:
                raise ValueError(f"the id {record.id} stands twice")
            if not record.id.startswith(record.prefix + "-"):
                raise ValueError(f"the id {record.id} does not begin with {record.prefix}-")
            seen.add(record.id)
        actors = {r.id for r in (*self.leaders, *self.people, *self.organizations)}
        places = {r.id for r in self.places}
        events = {r.id for r in self.events}
        figures = {r.id for r in self.figures}
        for record in self.records():
            for party in _parts(record, Party):
                _check_ref(record, party.ref, actors)
            for place in _parts(record, PlaceRef):
                _check_ref(record, place.ref, places)
            if isinstance(record, (Figure, Agreement)):
                _check_ref(record, record.event, events)
            if isinstance(record, Agreement):
                _check_ref(record, record.value, figures)
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


def _check_slice(text: str, part: Span | Evidence) -> None:
    if part.start is None:
        return
    if text[part.start : part.end] != part.text:
        raise ValueError(f"the text at {part.start}:{part.end} is {text[part.start : part.end]!r}, not {part.text!r}")


def _check_ref(record: Record, ref: str | None, known: set[str]) -> None:
    if ref is not None and ref not in known:
        raise ValueError(f"{record.id} refers to {ref}, which is not in the record")


def _parts[P: Party | PlaceRef](record: Record, kind: type[P]) -> Iterator[P]:
    for field in type(record).model_fields:
        value = getattr(record, field)
        if isinstance(value, kind):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, kind))
