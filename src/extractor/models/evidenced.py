"""The base of every record type, and the rule that each value points at its evidence."""

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar, Self

from pydantic import Field, ValidationInfo, model_validator

from extractor.models.base import Float, Model, Seq
from extractor.models.checks import Problem, refuse
from extractor.models.parts import Evidence, Span

#: A field, an item of a list, or a field of a part: `period`, `participants[0]`, `organization.name`.
_PATH = re.compile(r"([a-z_]+)(?:\[(\d+)\])?(?:\.[a-z_]+)?")


class Record(Model):
    """Base of every record type: an id, evidence for each field, a score and the reasons for it.

    Raises `ValidationError` when a value that is not null and not a false boolean has no evidence, or evidence leads
    to no field.
    """

    #: Fields that stand for themselves and need no evidence.
    exempt: ClassVar[frozenset[str]] = frozenset({"id", "score", "reasons", "evidence", "mentions", "sentence", "span"})
    #: Start of the ids of this type.
    prefix: ClassVar[str]

    id: str = Field(
        pattern=r"^[a-z]{3}-[0-9a-f]{16}(\.[1-9]\d*)?$",
        description="Stable, content-derived id: a prefix for the type and 16 hexadecimal digits.",
    )
    evidence: Seq[Evidence] = Field(description="What in the article supports each field.")
    score: Float = Field(ge=0, le=1, description="How sure the extractor is, from 0 to 1.")
    reasons: Seq[str] = Field(description="What raised or lowered the score, by name.")

    def own_spans(self) -> Iterator[tuple[str, Span]]:
        """Every span of this record that must equal its slice of the article's text, by path; evidence left out."""
        values = self.__dict__
        for field in ("span", "sentence"):
            if field in values:
                yield field, values[field]
        for i, span in enumerate(values.get("mentions", ())):
            yield f"mentions[{i}]", span

    @model_validator(mode="after")
    def _every_value_has_evidence(self, info: ValidationInfo) -> Self:
        refuse(self._evidence_problems(), info)
        return self

    def _evidence_problems(self) -> Iterator[Problem]:
        shown = {item.field for item in self.evidence}
        for field, value in self.__dict__.items():
            if value is None or value is False or field in self.exempt:
                continue
            paths = [f"{field}[{i}]" for i in range(len(value))] if isinstance(value, tuple) else (field,)
            for path in paths:
                if path not in shown:
                    yield Problem(path, "has a value but no evidence", self.id)
        yield from unknown_paths(self, shown, self.id)
        values = self.__dict__
        if len(values.get("aliases", ())) != len(values.get("alias_reasons", ())):
            yield Problem("alias_reasons", "are not one for each alias", self.id)


def unknown_paths(model: Model, paths: Iterable[str], record: str = "") -> Iterator[Problem]:
    """The paths of evidence that lead to no field of `model`, or past the end of a list."""
    fields = type(model).model_fields
    for path in sorted(path for path in paths if path not in fields):
        match = _PATH.fullmatch(path)
        value = getattr(model, match[1]) if match and match[1] in fields else None
        if (
            match is None
            or value is None
            or (match[2] and not (isinstance(value, tuple) and int(match[2]) < len(value)))
        ):
            yield Problem(path, "has evidence but is no field with a value", record)
