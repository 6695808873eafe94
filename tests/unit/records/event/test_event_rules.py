"""Every event rule against its own sentences, the gold sentences, and arbitrary text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Article, ArticleRecord, Extractor
from extractor.nlp.rules import load_rules
from extractor.records.event.table import RULES_FILES, EventRule
from rule_sentences import check_sentences

RULES = [rule for path in RULES_FILES for rule in load_rules(path, EventRule)]
GOLD = tomllib.loads((Path(__file__).parents[3] / "gold" / "events.toml").read_text(encoding="utf-8"))["case"]


def records(extractor: Extractor, texts: list[str]) -> dict[str, ArticleRecord]:
    articles = [Article(text=text, published="2024-03-15") for text in texts]
    out = dict(zip(texts, extractor.run(articles), strict=True))
    assert all(isinstance(record, ArticleRecord) for record in out.values())
    return out  # type: ignore[return-value]


@pytest.fixture(scope="module")
def by_sentence(extractor: Extractor) -> dict[str, ArticleRecord]:
    return records(extractor, [s for rule in RULES for s in (*rule.match, *rule.no_match)])


@pytest.fixture(scope="module")
def gold(extractor: Extractor) -> dict[str, ArticleRecord]:
    return records(extractor, [case["text"] for case in GOLD])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule(rule: EventRule, by_sentence: dict[str, ArticleRecord]) -> None:
    found = {sentence: by_sentence[sentence].events for sentence in (*rule.match, *rule.no_match)}
    check_sentences(rule, found)


@pytest.mark.parametrize("case", GOLD, ids=lambda case: case["text"][:60])
def test_gold(case: dict[str, object], gold: dict[str, ArticleRecord]) -> None:
    events = gold[str(case["text"])].events
    assert [f"{event.type} {event.status}" for event in events] == case["events"]
    if "participants" in case:
        assert [party.code or party.name for party in events[0].participants] == case["participants"]
    if "place" in case:
        assert events[0].place is not None
        assert events[0].place.name == case["place"]
    if "date" in case:
        assert events[0].date is not None
        assert events[0].date.value == case["date"]


WORDS = [
    "talks",
    "met",
    "Xi",
    "the",
    "summit",
    "on",
    "will",
    "not",
    "agreed",
    "signed",
    ".",
    ",",
    '"',
    "said",
    "(",
    ":",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_builders_never_raise(extractor: Extractor, text: str) -> None:
    for record in extractor.run([Article(text=text)]):
        assert record is not None
