"""The promise of every rule: records of its `match` sentences cite it, those of its `no_match` sentences do not."""

from collections.abc import Iterable, Mapping

from extractor.models.evidenced import Record
from extractor.nlp.rules import Rule


def cites(found: Iterable[Record], rule: str) -> bool:
    return any(item.rule == rule for record in found for item in record.evidence)


def check_sentences(rule: Rule, found: Mapping[str, Iterable[Record]]) -> None:
    """`found` gives, for each sentence of the rule, the records of the rule's type."""
    for sentence in rule.match:
        assert cites(found[sentence], rule.id), sentence
    for sentence in rule.no_match:
        assert not cites(found[sentence], rule.id), sentence
