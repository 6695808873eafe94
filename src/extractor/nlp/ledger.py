"""The ledger: every named person, body, state and place of an article once, with all its mentions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from extractor.models import Party, PlaceRef
from extractor.models.leader import Role, Tenure
from extractor.models.person import OrganizationKind
from extractor.models.place import PlaceKind


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: half-open token offsets, the form, the rule that found it and how it was tied to its entity."""

    start: int
    end: int
    text: str
    rule: str
    reason: str


@dataclass(slots=True)
class Office:
    """An office as the article gives it: title without nationality, its country, body, role and tenure.

    `span` etc. are token offsets of the words that say so.
    """

    title: str | None
    role: Role
    tenure: Tenure
    country: str | None
    organization: "Entity | None"
    title_span: tuple[int, int]
    country_span: tuple[int, int] | None
    rule: str


@dataclass(slots=True)
class Entity:
    """A person, body, state or place. `id` is the record id (None for a state that is only a party)."""

    kind: Literal["person", "organization", "state", "place"]
    name: str
    id: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    #: Alpha-3 code of a state (or `EU`); home country of an organisation or place.
    code: str | None = None
    acronym: str | None = None
    organization_kind: OrganizationKind | None = None
    place_kind: PlaceKind | None = None
    latitude: float | None = None
    longitude: float | None = None
    #: Set for a person with an office: a leader.
    office: Office | None = None
    #: Grammatical gender where known: "m", "f" or None.
    gender: str | None = None


class Ledger:
    """Who is who in one article. Built by `nlp.entities.build_ledger`."""

    def __init__(self, entities: Sequence[Entity] = ()) -> None:
        self.entities = list(entities)
        self._at: dict[int, Entity] = {}
        for entity in self.entities:
            for mention in entity.mentions:
                for i in range(mention.start, mention.end):
                    self._at.setdefault(i, entity)

    def entity_at(self, token: int) -> Entity | None:
        """The entity whose mention covers a token."""
        return self._at.get(token)

    def party(self, token: Token) -> Party | None:
        """The party that a token (the head of a noun phrase) stands for: a name, a nationality, a capital used for
        its government, a ministry, a title or pronoun that refers back. None where it is no party."""
        return None

    def parties(self, span: DocSpan) -> list[tuple[Party, Token]]:
        """Every party named in a span, in order, each once, with the token that names it."""
        return []

    def place(self, span: DocSpan) -> tuple[PlaceRef, DocSpan] | None:
        """The most specific place named in a span, with the tokens that name it."""
        return None
