"""Figures: quantities that the article states about the world."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from extractor.models.base import Number, Seq
from extractor.models.codes import currency_codes
from extractor.models.evidenced import Record
from extractor.models.parts import Date, Party, Span

FigureKind = Literal["money", "percent", "count", "quantity", "duration", "ratio"]
FigureStatus = Literal["actual", "target", "forecast", "hypothetical", "denied"]
Change = Literal["increase", "decrease"]


class Figure(Record):
    """One quantity expression, normalised and put in context."""

    prefix: ClassVar[str] = "fig"

    span: Span
    kind: FigureKind
    low: Number | None = Field(description="Lower bound, fully scaled; equal to `high` for an exact value.")
    high: Number | None = Field(description="Upper bound, fully scaled; null when open.")
    approx: bool
    unit: str | None = Field(description="ISO 4217 for money, `%` or `pp`, the singular unit or thing counted.")
    measure: str | None = Field(description="What is measured, in the article's words.")
    change: Change | None = Field(description="Set where the quantity is the size of a change, not its result.")
    status: FigureStatus
    period: Date | None = Field(description="The date or period that the value is for.")
    parties: Seq[Party] = Field(description="Whose value it is.")
    attributed_to: Party | None = Field(description="Who states it.")
    event: str | None = Field(description="Id of the event it belongs to.")
    sentence: Span

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a figure has a lower or an upper bound")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        return self

    @model_validator(mode="after")
    def _unit(self) -> Self:
        if self.kind == "money" and self.unit not in currency_codes():
            raise ValueError(f"{self.unit!r} is not an ISO 4217 code")
        if self.kind == "percent" and self.unit not in ("%", "pp"):
            raise ValueError(f"{self.unit!r} is not a unit of percent")
        if self.kind == "ratio" and self.unit is not None:
            raise ValueError("a ratio has no unit")
        if self.kind in ("quantity", "duration") and not self.unit:
            raise ValueError(f"a {self.kind} has a unit")
        return self
