"""The article: as a reader hands it on, and as the record describes it."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from extractor.models import isodates
from extractor.models.base import Given, JsonObject, Model, Seq
from extractor.models.checks import Problem, refuse
from extractor.models.parts import Date, Evidence


class Article(Model):
    """One article as a reader decoded it: the input of the extraction.

    `text` is never cleaned: every offset of the output indexes it. `published` is an ISO 8601 date (a day, month or
    year) that came with the article, not one found in its text.
    """

    text: str
    source: Given = "text"
    external_id: Given | None = None
    title: Given | None = None
    publisher: Given | None = None
    byline: Given | None = None
    url: Given | None = None
    published: str | None = None
    metadata: JsonObject = Field(default_factory=dict)

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

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.place is None and self.date is None:
            raise ValueError("a dateline has a place or a date")
        return self


class ArticleInfo(Model):
    """What the record says about the article it was made from.

    Raises `ValidationError` when the title, byline, publisher, dateline or publication date has no evidence.
    """

    id: str = Field(pattern=r"^a-[0-9a-f]{16}$")
    external_id: str | None
    source: str
    title: str | None
    publisher: str | None
    byline: str | None
    url: str | None
    dateline: Dateline | None
    published: Date | None
    language: str = Field(description="ISO 639-1.", pattern=r"^[a-z]{2}$")
    metadata: JsonObject
    near_duplicate_of: str | None
    evidence: Seq[Evidence]
    text: str

    @model_validator(mode="after")
    def _layout_has_evidence(self, info: ValidationInfo) -> Self:
        refuse(self._evidence_problems(), info)
        return self

    def _evidence_problems(self) -> Iterator[Problem]:
        shown = {item.field.partition(".")[0] for item in self.evidence}
        for field in SHOWN:
            if getattr(self, field) is not None and field not in shown:
                yield Problem(f"article.{field}", "has a value but no evidence")
        for field in sorted(shown.difference(SHOWN)):
            yield Problem(f"article.{field}", "has evidence but needs none")


#: What is read off the page, and so has evidence.
SHOWN = ("title", "byline", "publisher", "dateline", "published")
