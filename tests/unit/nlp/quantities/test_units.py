"""Units behind numbers, and what only looks like one."""

from decimal import Decimal

import pytest

UNITS = [
    ("The line runs for ten km.", "ten km", 10, "kilometre"),
    ("The mine yields 4.5 ± 0.3 tonnes.", "4.5 ± 0.3 tonnes", None, "tonne"),
    ("Water held 12 mg/l of lead.", "12 mg/l", 12, "milligram per litre"),
    ("Cars may emit 95 grams per kilometre.", "95 grams per kilometre", 95, "gram per kilometre"),
    ("They emit 95 grams of CO2 per kilometre.", "95 grams of CO2 per kilometre", 95, "gram per kilometre"),
    ("The mill uses 30 kWh per tonne.", "30 kWh per tonne", 30, "kilowatt hour per tonne"),
    ("The pump moves 40 cubic metres an hour.", "40 cubic metres an hour", 40, "cubic metre per hour"),
    ("The dose was 5 μSv per hour.", "5 μSv per hour", 5, "microsievert per hour"),
    ("The label says 20 (kg).", "20 (kg)", 20, "kilogram"),
    ('The screen has a 15" or 17" panel.', '17"', 17, "inch"),
    ('A shelf 9 " wide fell.', '9 "', 9, "inch"),
    ("It was 35C in the shade.", "35C", 35, "degree Celsius"),
    ("It fell to -10C.", "-10C", -10, "degree Celsius"),
    ("Ice melts at 273.15K (0 °C).", "273.15K", Decimal("273.15"), "kelvin"),
    ("It is 212° on the Fahrenheit scale.", "212° on the Fahrenheit scale", 212, "degree Fahrenheit"),
    ("The wire is 2.125 pm thick.", "2.125 pm", Decimal("2.125"), "picometre"),
    ("The .25ml dose was given.", ".25ml", Decimal("0.25"), "millilitre"),
    ("Add half a cup of oil.", "half a cup", Decimal("0.5"), "cup"),
    ("The yard has 24703m2 of halls.", "24703m2", 24703, "square metre"),
    ("The basin is 1.5 million acre-feet.", "1.5 million acre-feet", 1_500_000, "acre-foot"),
    ("Yields fell 0.5pc.", "0.5pc", Decimal("0.5"), "%"),
    ("A dollar cost 92.27 yen to the dollar.", "92.27 yen", Decimal("92.27"), "yen per dollar"),
]
RANGES = [
    ("It will be -5 to 10 degrees Celsius.", "-5 to 10 degrees Celsius", -5, 10),
    ("Keep it between -12 and -5 C.", "between -12 and -5 C", -12, -5),
    ("The lens is a 75-300mm zoom.", "75-300mm", 75, 300),
    ("It lies above 1,000 and below 1,500 metres.", "above 1,000 and below 1,500 metres", 1000, 1500),
    ("The bone is 4.5 ± 0.3 metres long.", "4.5 ± 0.3 metres", Decimal("4.2"), Decimal("4.8")),
    ("The margin was (4.5%).", "(4.5%)", Decimal("-4.5"), Decimal("-4.5")),
]
NONE = [
    "The 13F filing was late.",
    "A Boeing 777F landed.",
    "They met at 2.30 pm and at 2 pm.",
    "It lasted 2h 30m.",
    'Her words were "we lost 8" and no more.',
    "The Five Point Plan was agreed.",
    "The two cups were won in spring.",
]  # fmt: skip


def spans(document):
    return {document.view.text[q.start_char : q.end_char]: q for q in document.quantities}


@pytest.mark.parametrize(("text", "span", "value", "unit"), UNITS)
def test_units(annotated, text, span, value, unit):
    quantity = spans(annotated(text))[span]
    assert quantity.unit == unit
    assert value is None or quantity.low == quantity.high == value


@pytest.mark.parametrize(("text", "span", "low", "high"), RANGES)
def test_ranges(annotated, text, span, low, high):
    quantity = spans(annotated(text))[span]
    assert (quantity.low, quantity.high) == (low, high)


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_unit(annotated, text):
    assert not [q for q in annotated(text).quantities if q.kind not in ("count",)]


def test_every_prefix_of_the_si_has_its_symbol():
    """The rows of `data/si_units.csv` are read under their name, their American spelling and their symbol."""
    from extractor.nlp.quantities import units

    for text, name in [("5 kilometers", "kilometre"), ("5 hectolitres", "hectolitre"), ("5 TWh", "terawatt hour"), ("5 megawatts peak", "megawatt peak"),
                       ("5 µg", "microgram"), ("5 GHz", "gigahertz"), ("5 kPa", "kilopascal"), ("5 nanoseconds", "nanosecond")]:  # fmt: skip
        found = units.match(text, 1)
        assert found is not None
        assert found[0].name == name
