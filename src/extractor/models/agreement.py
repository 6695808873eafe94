"""Agreements: what was agreed, by whom, on what, and whether it holds."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from extractor.models.base import Number, Seq
from extractor.models.event import Plover
from extractor.models.evidenced import Record
from extractor.models.parts import Date, Party, PlaceRef, Span

AgreementKind = Literal[
    "agreement", "memorandum", "treaty", "contract", "joint_statement", "ceasefire", "understanding"
]
AgreementStatus = Literal["signed", "announced", "planned", "ended", "rejected"]


class Agreement(Record):
    """One distinct agreement, or a set that the article treats together."""

    prefix: ClassVar[str] = "agr"

    mentions: Seq[Span] = Field(min_length=1)
    name: str | None
    kind: AgreementKind
    low: Number | None = Field(description="How many agreements at least; 1 for a single one.")
    high: Number | None = Field(description="How many agreements at most; null when open.")
    parties: Seq[Party] = Field(description="Who is bound.")
    signatories: Seq[Party] = Field(description="Who signed.")
    sectors: Seq[str] = Field(description="The fields covered, in the article's words.")
    sector_codes: Seq[str] = Field(description="The same, from the closed list of sectors.")
    status: AgreementStatus
    date: Date | None
    place: PlaceRef | None
    value: str | None = Field(description="Id of the figure that is its worth.")
    event: str | None = Field(description="Id of the event at which it was made.")
    attributed_to: Party | None
    plover: Plover | None
    sentence: Span

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        return self
