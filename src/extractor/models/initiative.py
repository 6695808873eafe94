"""Initiatives: named policies, plans, programmes, funds and doctrines."""

from typing import ClassVar

from pydantic import Field

from extractor.models.base import Seq
from extractor.models.evidenced import Record
from extractor.models.parts import Party, Span


class Initiative(Record):
    """A named policy, plan or programme."""

    prefix: ClassVar[str] = "ini"

    name: str
    acronym: str | None
    proposer: Party | None = Field(description="Who launched or proposed it.")
    mentions: Seq[Span] = Field(min_length=1)
