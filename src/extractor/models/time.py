"""Time expressions: every date, time, duration and recurring time in the text, as TIMEX3 writes it."""

import re
from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from extractor.models.evidenced import Record
from extractor.models.parts import DateHow, Day, Precision, Span, check_order

TimeType = Literal["date", "time", "duration", "set"]

_TIME = r"T(?:MO|MI|AF|EV|NI|DT|\d{2}(?::?\d{2}(?::?\d{2})?)?(?:Z|[+-]\d{2}:?\d{2})?)"
#: The values TIMEX3 allows that news uses (TimeML 1.2.1, section 2.3).
_VALUE = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF"
    r"|P(?:T?(?:\d+(?:\.\d+)?|X+)[A-Z]{1,2})+(?:T(?:(?:\d+(?:\.\d+)?|X+)[HMS])+)?"
    r"|(?:\d{1,4}|[\dX]{4})(?:-(?:W(?:\d{2}|XX)(?:-(?:WE|\d))?|(?:SP|SU|FA|WI|Q[1-4X]|H[12X])|(?:\d{2}|XX)(?:-(?:\d{2}|XX))?))?"
    rf"(?:{_TIME})?|{_TIME}"
    r"|BC\d{1,4}(?:-(?:SP|SU|FA|WI|\d{2}(?:-\d{2})?))?"
)


class TimeExpression(Record):
    """One expression of time."""

    prefix: ClassVar[str] = "tim"

    span: Span
    type: TimeType
    value: str = Field(description="TIMEX3 value: `2025-09-02`, `2024-Q3`, `P15Y`, `199`, `PAST_REF`.")
    first: Day | None = Field(description="First day covered (ISO 8601).")
    last: Day | None = Field(description="Last day covered (ISO 8601).")
    precision: Precision | None
    how: DateHow
    anchor: Day | None = Field(description="The ISO date a relative expression was counted from.")

    @field_validator("value")
    @classmethod
    def _value(cls, value: str) -> str:
        parts = value.split("/")
        if len(parts) > 2 or not all(_VALUE.fullmatch(part) or part == "" for part in parts) or not value.strip("/"):
            raise ValueError(f"{value!r} is not a TIMEX3 value")
        return value

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.first, self.last)
        return self
