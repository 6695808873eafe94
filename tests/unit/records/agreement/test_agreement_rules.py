"""Every agreement rule against its own sentences, and the gold sentences."""

import tomllib
from pathlib import Path

import pytest

from extractor import Article, ArticleRecord, Extractor
from extractor.models import Agreement
from extractor.nlp.rules import load_rules
from extractor.records.agreement.table import RULES_FILE, AgreementRule
from rule_sentences import check_sentences

RULES = load_rules(RULES_FILE, AgreementRule)
GOLD = tomllib.loads((Path(__file__).parents[3] / "gold" / "agreements.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> dict[str, ArticleRecord]:
    texts = [s for rule in RULES for s in (*rule.match, *rule.no_match)] + [case["text"] for case in GOLD]
    found = extractor.run([Article(text=text, published="2024-03-15") for text in texts])
    return dict(zip(texts, found, strict=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule(rule: AgreementRule, records: dict[str, ArticleRecord]) -> None:
    found = {sentence: records[sentence].agreements for sentence in (*rule.match, *rule.no_match)}
    check_sentences(rule, found)


def short(agreement: Agreement) -> str:
    low = "" if agreement.low is None else agreement.low
    high = "" if agreement.high is None else agreement.high
    return f"{agreement.kind} {agreement.status} {low}..{high}"


@pytest.mark.parametrize("case", GOLD, ids=lambda case: case["text"][:60])
def test_gold(case: dict[str, object], records: dict[str, ArticleRecord]) -> None:
    agreements = records[str(case["text"])].agreements
    assert [short(agreement) for agreement in agreements] == case["agreements"]
    if "parties" in case:
        assert [party.code or party.name for party in agreements[0].parties] == case["parties"]
    for field in ("sectors", "sector_codes"):
        if field in case:
            assert list(getattr(agreements[0], field)) == case[field]


def test_a_contract_carries_its_worth(records: dict[str, ArticleRecord]) -> None:
    record = records["Airbus won a contract worth $3 billion from Qatar Airways."]
    assert record.agreements[0].value == record.figures[0].id
