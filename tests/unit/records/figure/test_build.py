"""Figures in context: measure, change, status, period, parties and source."""

import pytest

MEASURES = [
    ("Trade between Norway and Chile reached $4 billion last year.", "Trade between Norway and Chile"),
    ("The two sides signed over 30 transport agreements.", "transport agreements signed"),
    ("Grain exports rose 4.5 percent in March.", "Grain exports rose"),
    ("The bank reported a loss of $60 million.", "loss"),
    ("The union won a $90 million contract for port repairs.", "contract for port repairs"),
    ("The city spent $5 million in aid for flood victims.", "aid for flood victims"),
    ("The firm holds a 12 percent stake in the refinery.", "stake in the refinery"),
    ("About 80 shells fell near the border post.", "shells fell near the border post"),
]


@pytest.mark.parametrize(("text", "words"), MEASURES)
def test_measure(figures, text, words):
    [figure] = figures(text)
    assert figure.measure is not None
    assert set(words.lower().split()) <= set(figure.measure.lower().split())
    assert not any(char.isdigit() for char in figure.measure)


CHANGES = [
    ("Exports rose 12 percent.", ["increase"]),
    ("Exports fell by 12 percent to $3 billion.", ["decrease", None]),
    ("The index went up by 40 points.", ["increase"]),
    ("The state saw an increase of 7 percent in arrivals.", ["increase"]),
    ("Output doubled.", ["increase"]),
    ("The plant is worth $3 billion.", [None]),
]


@pytest.mark.parametrize(("text", "changes"), CHANGES)
def test_change(figures, text, changes):
    assert [figure.change for figure in figures(text)] == changes


STATUSES = [
    ("The firm hired 300 workers.", "actual"),
    ("The firm plans to hire 300 workers.", "target"),
    ("The government set a target of 300 schools.", "target"),
    ("Growth is expected to reach 4 percent.", "forecast"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_status(figures, text, status):
    [figure] = figures(text)
    assert figure.status == status


def test_the_period_is_that_of_the_own_clause(figures):
    first, second = figures("Exports rose 12 percent in 2019 and fell 3 percent in 2020.")
    assert first.period is not None
    assert second.period is not None
    assert (first.period.value, second.period.value) == ("2019", "2020")


def test_no_period_where_the_clause_gives_none(figures):
    [figure] = figures("The firm hired 300 workers.")
    assert figure.period is None


def test_parties_of_trade_are_both_states(figures):
    [figure] = figures("Trade between Norway and Chile reached $4 billion last year.")
    assert [party.code for party in figure.parties] == ["NOR", "CHL"]


def test_the_source_is_named(figures):
    [figure] = figures("According to the World Bank, output fell 3 percent in 2020.")
    assert figure.attributed_to is not None
    assert figure.attributed_to.name == "World Bank"


def test_every_value_has_its_evidence(figures):
    for figure in figures(
        "Norway bought around 40 ships worth $2 billion, nearly half of its fleet, in 2021, the ministry said."
    ):
        shown = {item.field for item in figure.evidence}
        assert {"kind", "status"} <= shown
        assert all(item.text for item in figure.evidence)
