"""Leaders: named people who hold, held or stand for an office."""

from typing import ClassVar, Literal

from pydantic import Field

from extractor.models.base import Seq
from extractor.models.evidenced import Record
from extractor.models.parts import CountryCode, Party, Span

Role = Literal[
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "minister",
    "legislator",
    "official",
    "military",
    "party",
    "international_organization",
    "executive",
    "other",
]
Tenure = Literal["current", "former", "acting", "elect", "candidate"]


class Leader(Record):
    """One named person with an office, with every mention in the article."""

    prefix: ClassVar[str] = "ldr"

    name: str = Field(description="The fullest form in the article, without titles.")
    aliases: Seq[str] = Field(description="The other forms in the article.")
    alias_reasons: Seq[str] = Field(description="Why each alias was tied to this person.")
    title: str | None = Field(description="The fullest title given, without the nationality.")
    country: CountryCode | None = Field(description="ISO 3166-1 alpha-3 of the state that the office belongs to.")
    organization: Party | None = Field(description="The body led or served, when it is not simply the state.")
    role: Role
    tenure: Tenure
    mentions: Seq[Span] = Field(min_length=1)
