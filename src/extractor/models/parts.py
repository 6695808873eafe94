"""The shared parts of records: spans, dates, parties, places and evidence."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from extractor.models import isodates
from extractor.models.base import Model
from extractor.models.codes import country_codes, party_codes

How = Literal["verbatim", "normalized", "inferred", "metadata"]
Precision = Literal["day", "week", "month", "quarter", "half", "season", "year", "decade", "interval"]
DateHow = Literal["stated", "resolved", "reported", "metadata"]
PartyKind = Literal["state", "organization", "person"]


def _day(value: str) -> str:
    if not isodates.is_day(value):
        raise ValueError(f"{value!r} is not a day (YYYY-MM-DD)")
    return value


def _country(value: str) -> str:
    if value not in country_codes():
        raise ValueError(f"{value!r} is not an ISO 3166-1 alpha-3 code")
    return value


#: A day of the calendar, `YYYY-MM-DD`.
Day = Annotated[str, AfterValidator(_day)]
#: An ISO 3166-1 alpha-3 code, a withdrawn one of ISO 3166-3, or `XKX`.
CountryCode = Annotated[str, AfterValidator(_country)]


def check_order(first: str | None, last: str | None) -> None:
    """Refuse a period whose last day comes before its first."""
    if first and last and first > last:
        raise ValueError(f"the period {first} to {last} ends before it begins")


class Span(Model):
    """A stretch of the article: half-open offsets in Unicode code points into `article.text`, and that slice."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str

    @model_validator(mode="after")
    def _length(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"span {self.start}:{self.end} is empty")
        if self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}:{self.end} does not have the length of its text")
        return self


class Evidence(Model):
    """What in the article supports one field of a record."""

    field: str = Field(description="Path of the field in its record, such as `period` or `participants[0]`.")
    start: int | None = Field(ge=0)
    end: int | None = Field(ge=0)
    text: str | None
    rule: str = Field(min_length=1, description="Stable id of the rule, or `model:NER`, that made the value.")
    how: How

    @model_validator(mode="after")
    def _offsets(self) -> Self:
        given = (self.start is not None, self.end is not None, self.text is not None)
        if self.how == "metadata":
            if any(given):
                raise ValueError("evidence from metadata has no offsets")
        elif not all(given):
            raise ValueError("evidence from the text needs start, end and text")
        elif self.start >= self.end:  # type: ignore[operator]
            raise ValueError(f"evidence {self.start}:{self.end} is empty")
        elif self.end - self.start != len(self.text):  # type: ignore[operator, arg-type]
            raise ValueError(f"evidence {self.start}:{self.end} does not have the length of its text")
        return self


class Date(Model):
    """A date or period: ISO 8601 at the precision the article supports, and the days it covers.

    The days may be fewer than the value's own ("late November", "the past five years"), never others.
    """

    text: str | None = Field(description="The expression in the article, null when it came with the article.")
    value: str = Field(description="`2025-09-02`, `2025-05`, `2024`, `2024-Q3`, `2006-H2` or `first/last`.")
    first: Day | None = Field(description="First day covered (ISO 8601), null when open.")
    last: Day | None = Field(description="Last day covered (ISO 8601), null when open.")
    precision: Precision
    how: DateHow
    anchor: Day | None = Field(description="The ISO date a relative expression was counted from.")

    @field_validator("value")
    @classmethod
    def _value(cls, value: str) -> str:
        if not isodates.is_value(value):
            raise ValueError(f"{value!r} is not a date of the contract")
        return value

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.first, self.last)
        start, end = isodates.covered(self.value)
        if (self.first and start and self.first < start) or (self.last and end and self.last > end):
            raise ValueError(f"the days {self.first} to {self.last} lie outside of {self.value}")
        return self


class Party(Model):
    """A state, organisation or person that takes part."""

    name: str = Field(min_length=1)
    code: str | None = Field(description="ISO 3166-1 alpha-3 of a state, `EU` for the European Union, else null.")
    kind: PartyKind
    ref: str | None = Field(description="Id of the leader, person or organization in the same record.")

    @model_validator(mode="after")
    def _code(self) -> Self:
        if self.code is not None and (self.kind != "state" or self.code not in party_codes()):
            raise ValueError(f"{self.code!r} is not the code of a state")
        if self.kind == "state" and self.code is None:
            raise ValueError(f"the state {self.name!r} has no code")
        return self


class PlaceRef(Model):
    """A place as a record names it."""

    name: str = Field(min_length=1)
    country: CountryCode | None = Field(description="ISO 3166-1 alpha-3.")
    ref: str | None = Field(description="Id of the place in the same record.")
