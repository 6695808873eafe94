"""Currencies: their marks and names, and which one an ambiguous form means in an article.

Codes, names and the countries that use them come from ISO 4217 and the Unicode CLDR (pycountry and babel);
`data/currencies.csv` adds the forms of news, each with the currencies it may mean, the likeliest first.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache, cached_property

import pycountry
from babel import Locale
from babel.numbers import get_territory_currencies

from extractor.nlp.gazetteers import cells, rows

#: Codes that are English words or abbreviations; they are taken for money only before a large number.
WORDLIKE = frozenset(
    [
        "ALL",
        "AMD",
        "ANG",
        "BAM",
        "BIF",
        "BOB",
        "CHE",
        "CLF",
        "COP",
        "COU",
        "BAD",
        "CUP",
        "GEL",
        "GIP",
        "KID",
        "LAK",
        "MAD",
        "MOP",
        "PEN",
        "PES",
        "SIT",
        "SOS",
        "STD",
        "TOP",
        "TRY",
        "XXX",
    ]
)
#: Names of currencies that are everyday words: money only behind a large number.
EVERYDAY = frozenset(
    ["real", "sum", "mark", "marks", "sol", "som", "crown", "crowns", "won", "punt", "dong", "lei", "bucks"]
)
#: Currencies whose countries write `1.234,50`.
DECIMAL_COMMA = frozenset(
    [
        "ARS",
        "BRL",
        "CLP",
        "COP",
        "CRC",
        "DKK",
        "EUR",
        "IDR",
        "ISK",
        "NOK",
        "PYG",
        "RON",
        "RSD",
        "SEK",
        "TRY",
        "UYU",
        "VES",
        "VND",
    ]
)
#: The first characters of an article, in which its place is named.
_LEAD = 600
#: Codes that company news writes with M for millions: "MEUR 120".
_IN_MILLIONS = ("USD", "EUR", "GBP", "SEK", "NOK", "DKK", "CHF", "AUD", "CAD")


@cache
def marks() -> dict[str, tuple[str, ...]]:
    """Forms whose case matters (symbols, ISO codes, "Rs") and the currencies they may mean."""
    out: dict[str, tuple[str, ...]] = {code: (code,) for code in sorted(_codes() | _withdrawn())}
    symbols = Locale("en").currency_symbols
    out.update((symbol, (code,)) for code, symbol in sorted(symbols.items()) if code in _codes() and len(symbol) > 1)
    out.update((f"M{code}", (code,)) for code in _IN_MILLIONS)
    for row in rows("currencies"):
        codes = tuple(cells(row["codes"]))
        out.update((form, codes) for form in cells(row["forms"]) if not _is_name(form))
    return out


@cache
def names() -> dict[str, tuple[str, ...]]:
    """Names in lower case and the currencies they may mean."""
    locale = Locale("en")
    plurals = locale._data["currency_names_plural"]
    out: dict[str, tuple[str, ...]] = {}
    for code in sorted(_codes()):
        name = str(locale.currencies.get(code, "")).lower()
        if name.count(" ") and not re.search(r"[\d(]", name):
            forms = {name, *(str(form).lower() for form in plurals.get(code, {}).values())}
            out.update((form, (code,)) for form in sorted(forms))
    out.update(_national())
    for row in rows("currencies"):
        codes = tuple(cells(row["codes"]))
        out.update((form.lower(), codes) for form in cells(row["forms"]) if _is_name(form))
    return out


#: The first day from which a currency of a country counts as one that news speaks of.
_SINCE = date(1990, 1, 1)


def _national() -> dict[str, tuple[str, ...]]:
    """Names with the nationality before them, in lower case: "swedish crowns", "danish kroner", "nepali rupees"."""
    generic = [
        (form.lower(), cells(row["codes"]))
        for row in rows("currencies")
        if row["role"] == "major"
        for form in cells(row["forms"])
        if _is_name(form) and " " not in form
    ]
    out: dict[str, tuple[str, ...]] = {}
    for row in rows("countries"):
        country = pycountry.countries.get(alpha_3=row["alpha3"])
        if country is None:
            continue
        own = get_territory_currencies(country.alpha_2, start_date=_SINCE, end_date=date.max)
        for form, codes in generic:
            held = [code for code in own if code in codes]
            if held:
                out.update((f"{adjective.lower()} {form}", (held[-1],)) for adjective in cells(row["adjectives"]))
    return out


@cache
def home_marks() -> frozenset[str]:
    """Marks of one or two letters that are money only in an article that names a country of theirs: "K350 million"."""
    return frozenset(form for row in rows("currencies") if row["role"] == "home" for form in cells(row["forms"]))


#: What a form of each role is worth of its currency.
_WORTH = {"minor": Decimal("0.01"), "tenth": Decimal("0.1"), "thousandth": Decimal("0.001")}


@cache
def _parts() -> dict[str, Decimal]:
    """What the forms of parts of a currency are worth: cents, dimes."""
    return {
        form: _WORTH[row["role"]] for row in rows("currencies") if row["role"] in _WORTH for form in cells(row["forms"])
    }


def factor(form: str) -> Decimal:
    """What an amount in this form is multiplied by: a hundredth for cents and pence, a million for "MEUR"."""
    if len(form) == 4 and form[0] == "M" and form[1:] in _IN_MILLIONS:
        return Decimal(1_000_000)
    return _parts().get(form, Decimal(1))


@cache
def _codes() -> frozenset[str]:
    return frozenset(currency.alpha_3 for currency in pycountry.currencies) - {"XXX", "XTS"}


@cache
def _withdrawn() -> frozenset[str]:
    """Codes of ISO 4217 that a country used since `_SINCE` and that are withdrawn: DEM, VEF."""
    held = (
        get_territory_currencies(country.alpha_2, start_date=_SINCE, end_date=date.max)
        for country in pycountry.countries
    )
    return frozenset(code for codes in held for code in codes) - _codes()


def _is_name(form: str) -> bool:
    return (
        form.replace(" ", "").replace("'", "").replace(".", "").isalpha()
        and (form.islower() or " " in form)
        and len(form) > 2
    )


def mark_before(text: str, start: int) -> tuple[tuple[str, ...], int] | None:
    """The currency mark that ends right before the number at `start` (a blank between is allowed), with its start."""
    end = start
    while end > 0 and start - end < 2 and text[end - 1] in " \u00a0\u202f":
        end -= 1
    table = marks()
    for size in range(min(7, end), 0, -1):
        form = text[end - size : end]
        begin = end - size
        if form[0] in " \u00a0\n" or (begin > 0 and text[begin - 1].isalnum() and form[0].isalpha()):
            continue
        codes = table.get(form)
        if codes is None and form[-1] == "$" and size > 1:
            codes = _dollar(form)
        if codes is None and form.isalpha() and form.isupper() is False:
            codes = table.get(form.upper()) if form.upper() in ("USD", "EUR", "GBP", "RMB", "INR") else None
        if codes is None:
            continue
        if (
            form[-1].isalpha()
            and len(form) == 1
            and (end != start or (form not in ("R", "P") and form not in home_marks()))
        ):
            continue
        if form in WORDLIKE and not re.match(
            r"\d{1,3},\d{3}|[\d.]+\s?(?:thousand|million|billion|trillion|[mb]n)\b|\d{4,}", text[start : start + 24]
        ):
            continue
        return codes, begin
    return None


_NAME_BEFORE = re.compile(r"(?<![\w-])([^\W\d_]{3,12})\.?\s\Z")


def name_before(text: str, start: int) -> tuple[tuple[str, ...], int] | None:
    """The name of a currency that is no everyday word right before the number at `start`: "Rupees 500 crore"."""
    found = _NAME_BEFORE.search(text, max(0, start - 16), start)
    if found is None or found[1].lower() in EVERYDAY | {"mark", "leone"} or factor(found[1].lower()) != 1:
        return None
    codes = names().get(found[1].lower())
    return (codes, found.start(1)) if codes else None


def _dollar(form: str) -> tuple[str, ...] | None:
    """Marks of a dollar written apart or in another case: "US $", "hk $", "aud$"."""
    head = form[:-1].rstrip()
    upper = head.upper()
    table = marks()
    if not head or (head != form[:-1] and (head == "us" or upper in ("A", "S", "R", "N", "J", "B", "F", "Z"))):
        return None
    if len(upper) == 3 and upper in table:
        return table[upper]
    return table.get(upper + "$")


@cache
def _names_of_places() -> dict[str, set[str]]:
    """For each currency the names that show it in an article: its countries, their peoples and capitals, other cities."""
    out: dict[str, set[str]] = {}
    for row in rows("countries"):
        country = pycountry.countries.get(alpha_3=row["alpha3"])
        if country is None:
            continue
        names = [
            row["name"],
            *(name for cell in ("aliases", "adjectives", "people", "capitals") for name in cells(row[cell])),
        ]
        for code in get_territory_currencies(country.alpha_2):
            out.setdefault(code, set()).update(names)
    for row in rows("currency_places"):
        out.setdefault(row["code"], set()).update(cells(row["words"]))
    return out


@cache
def _places(code: str) -> re.Pattern[str] | None:
    """The names that show one currency, as one pattern; None where there are none."""
    names = _names_of_places().get(code)
    if not names:
        return None
    forms = sorted((name.strip("-") for name in names), key=lambda name: (-len(name), name))
    longer = _longer_names()
    alone = ["".join(f"(?<!{re.escape(word)} )" for word in longer.get(name, ())) + re.escape(name) for name in forms]
    capitals = (re.escape(name.upper()) for name in forms if len(name) > 3)
    return re.compile(r"(?<!\w)(?:" + "|".join((*alone, *capitals)) + r")(?!\w)")


@cache
def _longer_names() -> dict[str, list[str]]:
    """Names of countries that end in the name of another: "Sudan" is not meant by "South Sudan"."""
    names = {row["name"] for row in rows("countries")}
    out: dict[str, list[str]] = {}
    for name in sorted(names):
        word, _, rest = name.rpartition(" ")
        if word and rest in names:
            out.setdefault(rest, []).append(word)
    return out


#: A dollar sign that says whose it is, when it is not the American one.
_MARKED_DOLLAR = re.compile(r"(?<![A-Za-z])(?!US\$)[A-Z][A-Za-z]{0,3}\$")
_AMERICAN_DOLLAR = re.compile(r"(?<![A-Za-z])US ?\$|(?<![A-Za-z])USD(?![A-Za-z])")


class Context:
    """What an article shows about its currencies. Looked up only when an ambiguous form is met."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._scores: dict[str, int] = {}
        self._leads: dict[str, bool] = {}

    def settle(self, codes: Sequence[str], sentence: str) -> str:
        """The one of `codes` that the article means: named in the sentence, else in its lead, else throughout.

        The first of `codes` stands unless the article speaks more of the countries of another. Dollars are American
        unless the lead names the country of another, and where the article marks the others but not the American: "C$18.50, or $13.70".
        """
        if codes[0] == "USD":
            if self._marks_others:
                return "USD"
            codes = [code for code in codes if code == "USD" or self._named_first(code)]
            if len(codes) == 1:
                return "USD"
        near = [code for code in codes if self._count(code, sentence)]
        if len(near) == 1:
            return near[0]
        candidates = near or list(codes)
        best = max(candidates, key=lambda code: (self._score(code), -candidates.index(code)))
        if codes[0] in candidates and self._score(best) <= self._score(codes[0]):
            return codes[0]
        return best

    @cached_property
    def _marks_others(self) -> bool:
        """Whether the article marks dollars of other countries, but not the American."""
        return _MARKED_DOLLAR.search(self._text) is not None and _AMERICAN_DOLLAR.search(self._text) is None

    def _named_first(self, code: str) -> bool:
        """Whether the lead names a country of a currency."""
        if code not in self._leads:
            self._leads[code] = self._count(code, self._text[:_LEAD]) > 0
        return self._leads[code]

    def speaks_of(self, codes: Sequence[str]) -> bool:
        """Whether the article names a country of one of these currencies, or shows the mark of the pound."""
        return "£" in self._text or self.at_home(codes)

    def at_home(self, codes: Sequence[str]) -> bool:
        """Whether the article names a country of one of these currencies."""
        return any(self._score(code) for code in codes)

    def _score(self, code: str) -> int:
        """Mentions of a currency's countries, those in the lead threefold."""
        if code not in self._scores:
            self._scores[code] = 2 * self._count(code, self._text[:_LEAD]) + self._count(code, self._text)
        return self._scores[code]

    @staticmethod
    def _count(code: str, text: str) -> int:
        places = _places(code)
        return len(places.findall(text)) if places else 0
