"""The base of every record type, and the rule that each value points at its evidence."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from pydantic import Field, model_validator

from extractor.models.base import Model, Seq
from extractor.models.parts import Evidence, Span


class Record(Model):
    """Base of every record type: an id, evidence for each field, a score and the reasons for it.

    Raises `ValidationError` when a value that is not null and not a false boolean has no evidence.
    """

    #: Fields that stand for themselves and need no evidence.
    exempt: ClassVar[frozenset[str]] = frozenset({"id", "score", "reasons", "evidence", "mentions", "sentence", "span"})
    #: Start of the ids of this type.
    prefix: ClassVar[str]

    id: str = Field(description="Stable, content-derived id: a prefix for the type and 16 hexadecimal digits.")
    evidence: Seq[Evidence] = Field(description="What in the article supports each field.")
    score: float = Field(ge=0, le=1, description="How sure the extractor is, from 0 to 1.")
    reasons: Seq[str] = Field(description="What raised or lowered the score, by name.")

    def own_spans(self) -> Iterator[Span]:
        """Every span of this record that must equal its slice of the article's text, evidence left out."""
        for field in ("span", "sentence"):
            span = getattr(self, field, None)
            if span is not None:
                yield span
        yield from getattr(self, "mentions", ())

    @model_validator(mode="after")
    def _every_value_has_evidence(self) -> Self:
        shown = {item.field for item in self.evidence}
        for field in type(self).model_fields:
            if field in self.exempt:
                continue
            value: Any = getattr(self, field)
            if value is None or value is False:
                continue
            paths = [f"{field}[{i}]" for i in range(len(value))] if isinstance(value, tuple) else [field]
            for path in paths:
                if path not in shown:
                    raise ValueError(f"{path} has a value but no evidence")
        return self
