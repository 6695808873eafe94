"""Ambiguous currencies are settled by what the article speaks of, and said to be inferred."""

import pytest

CASES = [
    ("The council will spend $9 million on the road.", "USD"),
    ("CANBERRA: The council will spend $9 million on the road.", "AUD"),
    ("Canada's finance ministry set aside $9 million.", "CAD"),
    ("KARACHI: The mill was sold for Rs 450 million.", "PKR"),
    ("The mill was sold for Rs 450 million.", "INR"),
    ("Kathmandu paid 450 million rupees for the mill.", "NPR"),
    ("Cairo raised the price to 10 pounds a litre.", "EGP"),
    ("London raised the price to 10 pounds a litre.", "GBP"),
    ("The Qatari fund paid 200 million riyals.", "QAR"),
    ("Manila paid 30 million pesos.", "PHP"),
    ("Oslo paid 30 million kroner.", "NOK"),
    ("Copenhagen paid 30 million kroner.", "DKK"),
]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_the_article_settles_the_currency(annotated, text, code):
    [quantity] = annotated(text).quantities
    assert (quantity.kind, quantity.unit, quantity.unit_inferred) == ("money", code, True)


def test_a_plain_mark_is_not_inferred(annotated):
    [quantity] = annotated("The council will spend A$9 million.").quantities
    assert (quantity.unit, quantity.unit_inferred) == ("AUD", False)


def test_us_the_pronoun_names_no_country(annotated):
    [quantity] = annotated("Sydney gave us and all of us $9 million.").quantities
    assert quantity.unit == "AUD"


def test_pounds_are_weight_where_nobody_pays_in_them(annotated):
    [quantity] = annotated("The catch weighed 40 pounds.").quantities
    assert (quantity.kind, quantity.unit) == ("quantity", "pound")


def test_a_bare_dollar_beside_marked_ones_is_american(annotated):
    text = "TORONTO: The bid of C$18.50 a share, worth about $2.4 billion, was refused."
    assert [quantity.unit for quantity in annotated(text).quantities] == ["CAD", "USD"]
