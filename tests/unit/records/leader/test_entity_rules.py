"""Every rule on people, bodies and places does what its sentences say."""

from pathlib import Path

import pytest

import extractor.records
from extractor import Article, ArticleRecord, Extractor
from extractor.nlp.rules import Rule, load_rules

ROOMS = ("leader", "organization", "place")
RULES = [
    rule for room in ROOMS for rule in load_rules(Path(extractor.records.__file__).parent / room / "rules.toml", Rule)
]


def cited(extractor: Extractor, sentences: list[str]) -> list[set[str]]:
    found = []
    for result in extractor.run([Article(text=sentence) for sentence in sentences]):
        assert isinstance(result, ArticleRecord)
        records = (*result.leaders, *result.people, *result.organizations, *result.places)
        found.append({item.rule for record in records for item in record.evidence})
    return found


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_does_what_its_sentences_say(extractor: Extractor, rule: Rule) -> None:
    found = cited(extractor, [*rule.match, *rule.no_match])
    for sentence, rules in zip(rule.match, found, strict=False):
        assert rule.id in rules, sentence
    for sentence, rules in zip(rule.no_match, found[len(rule.match) :], strict=True):
        assert rule.id not in rules, sentence
