"""Statements: what someone said, quoted or reported."""

from typing import ClassVar

from pydantic import Field

from extractor.models.evidenced import Record
from extractor.models.parts import Party, Span


class Statement(Record):
    """One quote or piece of reported speech."""

    prefix: ClassVar[str] = "sta"

    speaker: Party
    verb: str = Field(description="The cue in the article's words: `said`, `according to`.")
    span: Span = Field(description="What is said.")
    direct: bool = Field(description="True for a quotation.")
    sentence: Span
