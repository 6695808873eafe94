"""People without an office, and organisations."""

from typing import ClassVar, Literal

from pydantic import Field

from extractor.models.base import Seq
from extractor.models.evidenced import Record
from extractor.models.parts import CountryCode, Span

OrganizationKind = Literal[
    "government", "international", "company", "party", "military", "armed_group", "media", "education", "other"
]


class Person(Record):
    """A named person for whom the article gives no office."""

    prefix: ClassVar[str] = "per"

    name: str
    aliases: Seq[str]
    alias_reasons: Seq[str]
    mentions: Seq[Span] = Field(min_length=1)


class Organization(Record):
    """A named body."""

    prefix: ClassVar[str] = "org"

    name: str
    acronym: str | None
    aliases: Seq[str]
    alias_reasons: Seq[str]
    kind: OrganizationKind
    country: CountryCode | None = Field(description="ISO 3166-1 alpha-3 of its home, where known.")
    mentions: Seq[Span] = Field(min_length=1)
