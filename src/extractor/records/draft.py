"""A record in the making: each value is set together with the evidence that supports it."""

from dataclasses import dataclass
from typing import Any

from extractor.models import Evidence, Span
from extractor.models.evidenced import Record
from extractor.models.parts import How
from extractor.nlp.document import Document


@dataclass(frozen=True, slots=True)
class Found[R: Record]:
    """A finished record and the tokens (half-open offsets) of its mentions, for the links between records."""

    record: R
    tokens: tuple[tuple[int, int], ...]


class Draft[R: Record]:
    """Collects the fields, evidence, score and reasons of one record and builds it.

    A field that is never set is null, false or an empty list, as its type has it.
    """

    def __init__(self, document: Document, kind: type[R], *, score: float) -> None:
        self.document = document
        self.kind = kind
        self._values: dict[str, Any] = {}
        self._lists: dict[str, list[Any]] = {}
        self._evidence: list[Evidence] = []
        self._score = score
        self._reasons: list[str] = []

    def put(self, **fields: Any) -> None:
        """Set fields that need no evidence: `span`, `mentions`, `sentence`."""
        self._values.update(fields)

    def set(self, field: str, value: Any, at: Span | None, rule: str, how: How = "verbatim") -> None:
        """Set one field. `at` is the span of the article that supports it, None only for metadata."""
        if value is None or value is False:
            return
        self._values[field] = value
        self._evidence.append(evidence(field, at, rule, how))

    def add(self, field: str, value: Any, at: Span | None, rule: str, how: How = "verbatim") -> None:
        """Append to a list field."""
        items = self._lists.setdefault(field, [])
        self._evidence.append(evidence(f"{field}[{len(items)}]", at, rule, how))
        items.append(value)

    def reason(self, name: str, weight: float = 0.0) -> None:
        """Name something that raised (positive weight) or lowered the score."""
        self._reasons.append(name)
        self._score += weight

    def get(self, field: str) -> Any:
        """The value set so far, or None."""
        return self._lists.get(field) or self._values.get(field)

    def build(self, anchor: Span, *, id: str | None = None) -> R:
        """The finished record; `anchor` is the span its id is made from, unless an id was given out before."""
        fields: dict[str, Any] = {}
        for name, info in self.kind.model_fields.items():
            if name in self._lists:
                fields[name] = self._lists[name]
            elif name in self._values:
                fields[name] = self._values[name]
            elif info.annotation is bool:
                fields[name] = False
            else:
                fields[name] = () if _is_list(info.annotation) else None
        fields["id"] = id or self.document.new_id(self.kind.prefix, anchor)
        fields["evidence"] = self._evidence
        fields["score"] = round(min(max(self._score, 0.0), 1.0), 3)
        fields["reasons"] = self._reasons
        return self.kind(**fields)


def evidence(field: str, at: Span | None, rule: str, how: How) -> Evidence:
    """Evidence for a field at a span of the article; from metadata where there is none."""
    if at is None:
        return Evidence(field=field, start=None, end=None, text=None, rule=rule, how="metadata")
    return Evidence(field=field, start=at.start, end=at.end, text=at.text, rule=rule, how=how)


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is tuple
