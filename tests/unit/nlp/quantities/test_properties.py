"""What must hold for any number and any text."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.nlp.quantities import numbers

#: Settings of the tests that annotate: the language model takes its time.
WHOLE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SCALES = {
    "": 1,
    " thousand": 10**3,
    " million": 10**6,
    " mln": 10**6,
    "m": 10**6,
    "bn": 10**9,
    "-billion": 10**9,
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
    "Rs ": "INR",
    "Rs. ": "INR",
    "USD ": "USD",
    "CHF ": "CHF",
    "HK$": "HKD",
    "R$": "BRL",
    "¥": "JPY",
    "₩": "KRW",
    "Rupees ": "INR",
}
NAMES = {
    "dollars": "USD",
    "U.S. dollars": "USD",
    "euros": "EUR",
    "yen": "JPY",
    "yuan": "CNY",
    "Swiss francs": "CHF",
    "Swedish crowns": "SEK",
    "baht": "THB",
    "naira": "NGN",
    "USD": "USD",
    "rupees": "INR",
}
UNITS = {
    "tonnes": "tonne",
    "km": "kilometre",
    " kilometers": "kilometre",
    "-kilometre": "kilometre",
    " square meters": "square metre",
    " barrels per day": "barrel per day",
    " MW": "megawatt",
    "GWh": "gigawatt hour",
    " hectares": "hectare",
    " nautical miles": "nautical mile",
    "°C": "degree Celsius",
    " per cent": "%",
    "%": "%",
    " percentage points": "pp",
}
SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
FRAGMENTS = st.sampled_from(
    ["$", "Rs", " 5", "1,2", "million", "percent", " to ", "-", "–", "between ", " and ", "half a ", "two", "dozens of", "(", ")", ".", "over ", "m", "€", " tonnes",
     " people", "\n\n", "½", "1/2", "%", "°C", "fold", "times as", "in", '"', "lakh", "US$", "minus ", "5G", "F-16", "0", "٣", "²", "±", "e5", "x 10^", " point ", "K", "pm",
     " per ", "/km", " and a half", "C", "(kg)", ".5", "dinars", "cents", " to the dollar", "h", "'", "\xa0"]
)  # fmt: skip
SENTENCES = st.sampled_from(
    ["Sales were 40", "The firm paid $5", "It rose 3", "They hired 20", "Nearly", "Over", "Half", "Between 5", "It cost 12 million", "Rs", "Prices fell from 5", "He has 3.5", "Some 300",
     "Million people left", "Percent is a word", "Dollars were paid", "And 7 percent more", "To 9 billion dollars", "Tonnes of rice came", "Point five was added", "Or more came",
     "People fled", "5 million euros", "Years passed"]
)  # fmt: skip


def spelled(value: int, join: str) -> str:
    """A number below a billion in words, as English writes it; `join` stands behind its hundreds."""
    if value < 20:
        return SMALL[value]
    if value < 100:
        return TENS[value // 10 - 2] + (f"-{SMALL[value % 10]}" if value % 10 else "")
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = value % size
            tail = "" if not rest else (join if rest < 100 else " ") + spelled(rest, join)
            return f"{spelled(value // size, join)} {name}{tail}"
    raise AssertionError(value)


def indian(value: int) -> str:
    """Digits in the Indian grouping: 12,34,567."""
    digits, last = str(value)[:-3], str(value)[-3:]
    groups = [last]
    while digits:
        groups.insert(0, digits[-2:])
        digits = digits[:-2]
    return ",".join(groups)


#: Ways to write a whole number.
STYLES = {
    "plain": str,
    "commas": lambda value: f"{value:,}",
    "gaps": lambda value: f"{value:,}".replace(",", "\u00a0"),
    "thin gaps": lambda value: f"{value:,}".replace(",", "\u202f"),
    "apostrophes": lambda value: f"{value:,}".replace(",", "'"),
    "indian": indian,
}


def read(text: str) -> numbers.Number:
    anchor = numbers.ANCHOR.search(text)
    assert anchor is not None
    number = numbers.read(text, anchor.start())
    assert number is not None
    return number


@given(st.integers(0, 10**15), st.sampled_from(sorted(STYLES)))
def test_every_separator(value, style):
    written = STYLES[style](value)
    number = read(f"{written} x")
    assert (number.value, number.end) == (value, len(written))


@given(st.integers(10**6, 10**12))
def test_dots_between_thousands(value):
    assert read(f"{value:,}".replace(",", ".")).value == value


@given(st.integers(0, 10**9), st.integers(1, 6))
def test_decimals(value, places):
    number = Decimal(value).scaleb(-places)
    assert read(f"{number:f}").value == number


@given(st.integers(1, 10**6), st.integers(1, 99))
def test_decimals_behind_separators(value, part):
    assert read(f"{value:,}.{part:02}").value == value + Decimal(part) / 100


@given(st.integers(1, 999), st.integers(0, 9), st.sampled_from(sorted(set(SCALES) - {"m"})))
def test_scales(value, part, scale):
    assert read(f"{value}.{part}{scale}").value == (value + Decimal(part) / 10) * SCALES[scale]


@given(st.integers(1, 10**9 - 1), st.sampled_from([" and ", " "]))
def test_words(value, join):
    written = spelled(value, join)
    number = read(written)
    assert (number.value, number.end) == (value, len(written))


@given(
    st.integers(2, 999), st.sampled_from(["half", "quarter"]), st.sampled_from(["", "thousand", "million", "billion"])
)
def test_words_and_a_part(value, part, scale):
    """ "twelve and a half million" and "twelve million and a half" are the same."""
    size = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}[scale]
    expected = (value + (Decimal("0.5") if part == "half" else Decimal("0.25"))) * size
    assert read(f"{value} and a {part} {scale}").value == expected
    assert read(f"{value} {scale} and a {part}").value == expected


@given(st.integers(0, 99), st.lists(st.integers(0, 9), min_size=1, max_size=3))
def test_decimals_in_words(value, digits):
    written = f"{spelled(value, ' and ')} point {' '.join(SMALL[digit] for digit in digits)}"
    assert read(written).value == Decimal(f"{value}.{''.join(map(str, digits))}")


@given(st.integers(1, 99), st.integers(-9, 12), st.sampled_from(["e{}", " x 10^{}", "×10^{}"]))
def test_powers_of_ten(value, power, form):
    assert read(f"{value}{form.format(power)}").value == Decimal(value).scaleb(power)


@WHOLE
@given(st.integers(1, 999), st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(MARKS)))
def test_money_reads_back_behind_its_mark(annotated, value, scale, mark):
    if mark == "Rupees " and SCALES[scale] < 1000:
        scale = " crore"
    [quantity] = annotated(f"The ministry paid {mark}{value}{scale} for it.").quantities
    assert (quantity.kind, quantity.low, quantity.high) == ("money", value * SCALES[scale], value * SCALES[scale])
    assert quantity.unit == MARKS[mark]


@WHOLE
@given(
    st.integers(2, 10**7),
    st.sampled_from(sorted(STYLES)),
    st.sampled_from(sorted(set(SCALES) - {"-billion"})),
    st.sampled_from(sorted(NAMES)),
)
def test_money_reads_back_before_its_name(annotated, value, style, scale, name):
    [quantity] = annotated(f"The ministry paid {STYLES[style](value)}{scale} {name} for it.").quantities
    assert (quantity.kind, quantity.low, quantity.unit) == ("money", value * SCALES[scale], NAMES[name])
    assert quantity.low == quantity.high


@WHOLE
@given(st.integers(2, 10**6), st.integers(0, 9), st.sampled_from(sorted(UNITS)))
def test_quantities_read_back(annotated, value, part, unit):
    written = f"{value:,}.{part}" if part else f"{value:,}"
    gap = " " if unit[0].isalpha() and len(unit) > 3 else ""
    [quantity] = annotated(f"The plant has {written}{gap}{unit} in all.").quantities
    assert (quantity.low, quantity.high, quantity.unit) == (value + Decimal(part) / 10,) * 2 + (UNITS[unit],)


@WHOLE
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(FRAGMENTS, max_size=14).map("".join),
        st.lists(SENTENCES, max_size=6).map(". ".join),
    )
)
def test_any_text_is_read_in_order_and_within_sentences(annotated, text):
    document = annotated(text)
    last = 0
    for quantity in document.quantities:
        assert quantity.low is not None or quantity.high is not None
        assert None in (quantity.low, quantity.high) or quantity.low <= quantity.high
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
        ("two and three fifths", "2.6"),
        ("one hundred and three quarters", "100.75"),
        ("three dozens", "36"),
        ("seventy point zero five", "70.05"),
    ],
)
def test_separators_of_other_places(text, value):
    assert read(text).value == Decimal(value)
