"""Events: what happened, is happening or is planned, at a time and place."""

from typing import ClassVar, Literal

from pydantic import Field

from extractor.models.base import Seq
from extractor.models.evidenced import Record
from extractor.models.parts import Date, Party, PlaceRef, Span

EventType = Literal[
    "summit",
    "conference",
    "meeting",
    "visit",
    "call",
    "commemoration",
    "election",
    "exercise",
    "conflict",
    "protest",
    "disaster",
    "sanction",
    "legal",
    "personnel",
    "launch",
    "other",
]
EventStatus = Literal["happened", "planned", "cancelled", "hypothetical"]
Plover = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "MOBILIZE",
    "SANCTION",
    "COERCE",
    "ASSAULT",
]


class Event(Record):
    """One distinct event with every mention of it."""

    prefix: ClassVar[str] = "evt"

    mentions: Seq[Span] = Field(min_length=1)
    name: str | None
    type: EventType
    date: Date | None
    place: PlaceRef | None
    participants: Seq[Party]
    status: EventStatus
    attributed_to: Party | None = Field(description="Who reports it, where the article says so.")
    plover: Plover | None = Field(description="PLOVER event type.")
    sentence: Span
