"""Every rule of quantities with its own sentences."""

import pytest

from extractor.nlp.document import Document
from extractor.nlp.quantities.bounds import quantity_rules

MATCH = [(rule.id, sentence) for rule in quantity_rules() for sentence in rule.match]
NO_MATCH = [(rule.id, sentence) for rule in quantity_rules() for sentence in rule.no_match]


def cited(document: Document) -> set[str]:
    found = {quantity.rule for quantity in document.quantities}
    found |= {quantity.bound[2] for quantity in document.quantities if quantity.bound}
    return found | {item.rule for item in document.rejected}


@pytest.mark.parametrize(("rule", "sentence"), MATCH)
def test_the_rule_is_cited(annotated, rule, sentence):
    assert rule in cited(annotated(sentence))


@pytest.mark.parametrize(("rule", "sentence"), NO_MATCH)
def test_the_rule_is_not_cited(annotated, rule, sentence):
    assert rule not in cited(annotated(sentence))
