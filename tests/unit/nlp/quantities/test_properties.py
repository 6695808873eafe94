"""What must hold for any number and any text."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.nlp.quantities import numbers

SCALES = {
    "": 1,
    " thousand": 10**3,
    " million": 10**6,
    "bn": 10**9,
    " trillion": 10**12,
    " lakh": 10**5,
    " crore": 10**7,
    " lakh crore": 10**12,
}
MARKS = {
    "$": "USD",
    "US$": "USD",
    "€": "EUR",
    "£": "GBP",
    "A$": "AUD",
    "RM": "MYR",
    "Rp ": "IDR",
    "₹": "INR",
    "USD ": "USD",
    "CHF ": "CHF",
}
WORDS = {
    1: "one",
    2: "two",
    3: "three",
    7: "seven",
    12: "twelve",
    19: "nineteen",
    20: "twenty",
    45: "forty-five",
    99: "ninety-nine",
}
FRAGMENTS = st.sampled_from(
    ["$", "Rs", " 5", "1,2", "million", "percent", " to ", "-", "–", "between ", " and ", "half a ", "two", "dozens of", "(", ")", ".", "over ", "m", "€", " tonnes",
     " people", "\n\n", "½", "1/2", "%", "°C", "fold", "times as", "in", '"', "lakh", "US$", "minus ", "5G", "F-16", "0", "٣", "²"]
)  # fmt: skip


def read(text: str) -> numbers.Number:
    anchor = numbers.ANCHOR.search(text)
    assert anchor is not None
    number = numbers.read(text, anchor.start())
    assert number is not None
    return number


@given(st.integers(0, 10**15))
def test_thousands_separators(value):
    assert read(f"{value:,}").value == value


@given(st.integers(0, 10**9), st.integers(1, 6))
def test_decimals(value, places):
    number = Decimal(value).scaleb(-places)
    assert read(f"{number:f}").value == number


@given(st.integers(1000, 10**12))
def test_blanks_between_thousands(value):
    assert read(f"{value:,}".replace(",", "\u00a0")).value == value


@given(st.integers(1, 999), st.sampled_from(sorted(SCALES)))
def test_scales(value, scale):
    assert read(f"{value}{scale}").value == value * SCALES[scale]


@given(
    st.sampled_from(sorted(WORDS)), st.sampled_from(sorted(WORDS)), st.sampled_from(["thousand", "million", "billion"])
)
def test_words(high, low, scale):
    assert (
        read(f"{WORDS[high]} {scale} {WORDS[low]}").value
        == high * SCALES[f" {scale}" if scale != "billion" else "bn"] + low
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 999), st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(MARKS)))
def test_money_reads_back(annotated, value, scale, mark):
    [quantity] = annotated(f"The ministry paid {mark}{value}{scale} for it.").quantities
    assert (quantity.kind, quantity.low, quantity.high) == ("money", value * SCALES[scale], value * SCALES[scale])
    assert quantity.unit == MARKS[mark]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=14).map("".join)))
def test_any_text_is_read_in_order_and_within_sentences(annotated, text):
    document = annotated(text)
    last = 0
    for quantity in document.quantities:
        assert quantity.low is not None or quantity.high is not None
        assert last <= quantity.start < quantity.end
        assert 0 <= quantity.start_char < quantity.end_char <= len(document.view.text)
        assert document.sentence(quantity.start) == document.sentence(quantity.end - 1)
        last = quantity.end


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("12,34,567.89", "1234567.89"),
        ("3,5 million", "3500000"),
        ("2½", "2.5"),
        ("1'234'567", "1234567"),
    ],
)
def test_separators_of_other_places(text, value):
    assert read(text).value == Decimal(value)
