"""Ambiguous currencies are settled by what the article speaks of, and said to be inferred."""

import pycountry
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
#: What the same word means in the articles of one country and another.
AT_HOME = {
    "dinars": "Kuwait KWD, Iraq IQD, Jordan JOD, Bahrain BHD, Algeria DZD, Libya LYD, Tunisia TND, Serbia RSD",
    "riyals": "Qatar QAR, Yemen YER, Oman OMR, Riyadh SAR",
    "rials": "Iran IRR, Muscat OMR, Yemen YER",
    "pesos": "Mexico MXN, Manila PHP, Argentina ARS, Chile CLP, Colombia COP, Cuba CUP, Uruguay UYU, Santo Domingo DOP",
    "rupees": "Delhi INR, Islamabad PKR, Colombo LKR, Nepal NPR, Mauritius MUR, Seychelles SCR",
    "francs": "Switzerland CHF, Rwanda RWF, Senegal XOF, Cameroon XAF, Congo CDF, Burundi BIF, Djibouti DJF, Guinea GNF, Comoros KMF",
    "pounds": "Cairo EGP, Beirut LBP, Syria SYP, Khartoum SDG, South Sudan SSP, London GBP",
    "shillings": "Kenya KES, Uganda UGX, Tanzania TZS, Somalia SOS",
    "won": "Seoul KRW, Pyongyang KPW",
    "dollars": "Canberra AUD, Ottawa CAD, Wellington NZD, Singapore SGD, Jamaica JMD, Fiji FJD, Namibia NAD",
    "lira": "Turkey TRY, Lebanon LBP, Syria SYP",
    "dirhams": "Dubai AED, Morocco MAD",
    "roubles": "Moscow RUB, Minsk BYN",
    "lei": "Romania RON, Moldova MDL",
    "manat": "Azerbaijan AZN, Turkmenistan TMT",
    "kwacha": "Zambia ZMW, Malawi MWK",
    "crowns": "Prague CZK, Sweden SEK, Oslo NOK",
}
MARKS = {
    "Rs ": "Islamabad PKR, Colombo LKR, Kathmandu NPR, Mumbai INR",
    "£": "London GBP, Cairo EGP, Beirut LBP",
    "¥": "Tokyo JPY, Beijing CNY",
    "K": "Lusaka ZMW, Port Moresby PGK",
    "P": "Manila PHP, Gaborone BWP",
    "kr ": "Oslo NOK, Copenhagen DKK, Stockholm SEK",
    "Br": "Ethiopia ETB, Minsk BYN",
    "L": "Tegucigalpa HNL",
    "N": "Abuja NGN",
    "KD": "Kuwait KWD",
    "QR": "Doha QAR",
    "LE": "Cairo EGP",
    "EC$": "Castries XCD",
    "RD$": "Santo Domingo DOP",
    "FCFA ": "Dakar XOF, Yaounde XAF",
}


def pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(form, *entry.rsplit(" ", 1)) for form, entries in table.items() for entry in entries.split(", ")]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_the_article_settles_the_currency(annotated, text, code):
    [quantity] = annotated(text).quantities
    assert (quantity.kind, quantity.unit, quantity.unit_inferred) == ("money", code, True)


@pytest.mark.parametrize(("name", "place", "code"), pairs(AT_HOME))
def test_a_name_means_the_currency_of_the_place(annotated, name, place, code):
    [quantity] = annotated(f"Officials in {place} paid 5 million {name} for the mill.").quantities
    assert (quantity.kind, quantity.unit, quantity.low) == ("money", code, 5_000_000)


@pytest.mark.parametrize(("mark", "place", "code"), pairs(MARKS))
def test_a_mark_means_the_currency_of_the_place(annotated, mark, place, code):
    [quantity] = annotated(f"Officials in {place} paid {mark}5 million for the mill.").quantities
    assert (quantity.kind, quantity.unit, quantity.low) == ("money", code, 5_000_000)


@pytest.mark.parametrize(
    "text", ["The mill made K5 million.", "Lusaka bought a K5 lorry.", "The Q5 and B52 were sold in Guatemala."]
)
def test_letters_are_marks_only_of_large_amounts_at_home(annotated, text):
    assert not [quantity for quantity in annotated(text).quantities if quantity.kind == "money"]


def test_every_code_of_iso_4217_is_read(annotated):
    """Before and behind its amount, tied and apart."""
    codes = [currency.alpha_3 for currency in pycountry.currencies if currency.alpha_3 not in ("XXX", "XTS")]
    text = "\n\n".join(
        sentence
        for code in codes
        for sentence in (
            f"The bank paid {code} 5 million for it.",
            f"The bank paid 5 million {code} for it.",
            f"The bank paid {code}5,000 for it.",
        )
    )
    assert [quantity.unit for quantity in annotated(text).quantities] == [code for code in codes for _ in range(3)]


def test_cents_are_those_of_the_amount_before_them(annotated):
    text = "PARIS: A loaf went up 12 cents to €1.40. A barrel cost $24.30, up 74 cents."
    found = [(quantity.low, quantity.unit) for quantity in annotated(text).quantities]
    assert [unit for _, unit in found][1:] == ["EUR", "USD", "USD"]


def test_names_stand_before_large_amounts(annotated):
    text = "The state set aside Rupees 500 crore for roads and Euro 300 million for rail."
    assert [(quantity.unit, quantity.low) for quantity in annotated(text).quantities] == [
        ("INR", 5 * 10**9),
        ("EUR", 3 * 10**8),
    ]


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
