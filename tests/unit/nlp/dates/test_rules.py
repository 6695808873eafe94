"""Every rule's own sentences: each match yields its value and cites the rule, each no_match does not."""

import pytest

from extractor import Article, Extractor
from extractor.nlp.dates.rule import TimeRule, time_rules

PUBLISHED = "2025-09-03"

MATCHES = [
    pytest.param(rule, sentence, value, id=f"{rule.id}-{i}")
    for rule in time_rules()
    for i, (sentence, value) in enumerate(zip(rule.match, rule.values, strict=True))
]
NO_MATCHES = [
    pytest.param(rule, sentence, id=f"{rule.id}-{i}")
    for rule in time_rules()
    for i, sentence in enumerate(rule.no_match)
]


def found(extractor: Extractor, sentence: str) -> list[tuple[str, str]]:
    [record] = extractor.run([Article(text=sentence, published=PUBLISHED)])
    return [(date.evidence[0].rule, date.value) for date in record.dates]


@pytest.mark.parametrize(("rule", "sentence", "value"), MATCHES)
def test_match(extractor: Extractor, rule: TimeRule, sentence: str, value: str) -> None:
    assert (rule.id, value) in found(extractor, sentence)


@pytest.mark.parametrize(("rule", "sentence"), NO_MATCHES)
def test_no_match(extractor: Extractor, rule: TimeRule, sentence: str) -> None:
    assert rule.id not in [id for id, _ in found(extractor, sentence)]
