"""The article: as a reader hands it on, and as the record describes it."""

from typing import Any

from pydantic import Field, field_validator

from extractor.models import isodates
from extractor.models.base import Model, Seq
from extractor.models.parts import Date, Evidence


class Article(Model):
    """One article as a reader decoded it: the input of the extraction.

    `text` is never cleaned: every offset of the output indexes it. `published` is an ISO 8601 date (a day, month or
    year) that came with the article, not one found in its text.
    """

    text: str
    source: str = "text"
    external_id: str | None = None
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)

    @field_validator("published")
    @classmethod
    def _published(cls, value: str | None) -> str | None:
        if value is not None and isodates.days(value) is None:
            raise ValueError(f"{value!r} is not a date (YYYY-MM-DD)")
        return value


class Dateline(Model):
    """The place and date that open a report: "BEIJING, Sept. 2"."""

    place: str | None
    date: Date | None


class ArticleInfo(Model):
    """What the record says about the article it was made from."""

    id: str = Field(pattern=r"^a-[0-9a-f]{16}$")
    external_id: str | None
    source: str
    title: str | None
    publisher: str | None
    byline: str | None
    url: str | None
    dateline: Dateline | None
    published: Date | None
    language: str = Field(description="ISO 639-1.", min_length=2, max_length=3)
    metadata: dict[str, Any]
    near_duplicate_of: str | None
    evidence: Seq[Evidence]
    text: str
