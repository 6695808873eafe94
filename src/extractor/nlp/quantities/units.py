"""Units behind a number: percent, durations, physical units and currencies, in every form news gives them.

Long names of physical units and of currencies come from the Unicode CLDR (https://cldr.unicode.org) as babel carries
it, under their British names ("kilometre", "tonne"); `data/si_units.csv` adds the units of the SI under the prefixes that
are in use, `data/units.csv` and `data/currencies.csv` the other forms of news.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from babel import Locale

from extractor.nlp.gazetteers import cells, rows
from extractor.nlp.quantities import currencies

UnitKind = Literal["money", "percent", "quantity", "duration"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its canonical singular name, and what a number before this form is multiplied by.

    For money `name` is the first of the currency `codes` that the form may mean.
    """

    kind: UnitKind
    name: str
    factor: Decimal
    codes: tuple[str, ...] = ()


#: CLDR measures that news does not write, or that are everyday words ("20 points", "two cups", "a pinch").
_LEFT_OUT = frozenset(
    ["item", "percent", "permillion", "permille", "permyriad", "portion-per-1e9", "point", "pinch", "drop", "jigger", "dram", "stone-us", "cup", "cup-metric", "pint-metric", "light-speed", "light", "em", "dot", "pixel", "grain", "bar", "generic", "beaufort", "mile-scandinavian", "earth-radius", "solar-radius", "solar-mass", "earth-mass", "solar-luminosity", "night", "century", "decade", "quarter", "carat", "gasoline-energy-density", "foodcalorie", "therm-us", "gallon-imperial", "quart-imperial", "g-force", "fluid-ounce-imperial", "dessert-spoon", "dessert-spoon-imperial", "karat"]
)  # fmt: skip
_CATEGORIES = (
    "area", "angle", "length", "mass", "power", "energy", "volume", "speed", "temperature", "pressure", "frequency", "digital", "electric",
    "force", "torque",
)  # fmt: skip
_PER = re.compile(
    r"(?:\s+of\s+(?:\w+\s+){1,2}?)?(?:\s*/\s*|\s+per\s+|\s+an?\s+|-(?:per|an?)-|\s+each\s+|\s+every\s+)"
    r"(second|minute|hour|day|week|month|quarter|year|annum|hectare|capita|litre|hr|yr|kilogram|gallon|millisecond|(?<=/)(?:ms|s|h|min))s?\b",
    re.IGNORECASE,
)
#: "grams per kilometre", "kg/m³": what stands before another unit that the first is per.
_PER_UNIT = re.compile(r"\s?/(?=[^\W\d])|(?:\s+of\s+\w+(?:\s\w+)?)?\s+per\s+|-per-", re.IGNORECASE)
_RATE_NAMES = {
    "ms": "millisecond",
    "s": "second",
    "h": "hour",
    "min": "minute",
    "hr": "hour",
    "yr": "year",
    "annum": "year",
}


#: SI prefixes and their symbols (BIPM, The International System of Units, table 7); the micro sign has two characters.
_PREFIXES = {
    "atto": "a", "femto": "f", "pico": "p", "nano": "n", "micro": "μµ", "milli": "m", "centi": "c", "deci": "d", "hecto": "h", "kilo": "k",
    "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y",
}  # fmt: skip


#: The unit of a double quote behind a number.
INCH = Unit("quantity", "inch", Decimal(1))
#: The strength of an earthquake.
MAGNITUDE = Unit("quantity", "magnitude", Decimal(1))
#: What rates move by.
PERCENTAGE_POINT = Unit("percent", "pp", Decimal(1))
#: The pound of weight, whose name is also that of a currency.
POUND = Unit("quantity", "pound", Decimal(1))


def match(text: str, at: int) -> tuple[Unit, int, int] | None:
    """The longest unit that stands at `at`, after a blank or hyphen at most, with its offsets."""
    start = at
    if start < len(text) and text[start] in " \u00a0\u202f-\n":
        start += 1
    if start >= len(text) or (text[start - 1] == "\n" and not text[start].islower()):
        return None
    pattern = _patterns().get(text[start].lower())
    if pattern is None:
        return None
    found = pattern.match(text, start)
    if found is None:
        return None
    form = found[0]
    unit = _symbols().get(form) or _forms().get(re.sub(r"\s+", " ", form).lower())
    return (unit, start, found.end()) if unit else None


def rate(text: str, at: int) -> tuple[str, int] | None:
    """ "a year", "per day" or "/hour" behind a physical unit: what it adds to the unit's name, and where it ends."""
    found = _PER.match(text, at)
    if found is not None:
        word = found[1].lower()
        return f" per {_RATE_NAMES.get(word, word)}", found.end()
    joined = _PER_UNIT.match(text, at)
    unit = match(text, joined.end()) if joined else None
    if unit is None or unit[0].kind not in ("quantity", "duration") or unit[1] != joined.end():  # type: ignore[union-attr]
        return None
    return f" per {unit[0].name}", unit[2]


@cache
def _forms() -> dict[str, Unit]:
    """Every form that may be written in any case."""
    out: dict[str, Unit] = {}
    names, plurals = Locale("en_GB")._data["unit_patterns"], Locale("en")._data["unit_patterns"]
    for key in names:
        category, _, name = key.partition("-")
        if category not in _CATEGORIES or name in _LEFT_OUT or "one" not in names[key].get("long", {}):
            continue
        canonical = _bare(names[key]["long"]["one"])
        for table in (names, plurals):
            for count in ("one", "other"):
                out[_bare(table[key]["long"][count]).lower()] = Unit("quantity", canonical, Decimal(1))
    for row, prefix in _prefixed():
        unit = Unit(row["kind"], prefix + row["unit"], Decimal(1))  # type: ignore[arg-type]
        for name in (unit.name, unit.name.replace("tre", "ter")):
            out.update((form, unit) for form in (name, _plural(name)))
    for form, codes in currencies.names().items():
        out[form] = Unit("money", codes[0], currencies.factor(form), codes)
    for row in rows("units"):
        for form in cells(row["forms"]):
            out[form.lower()] = _unit(row)
    return out


def _prefixed() -> Iterator[tuple[dict[str, str], str]]:
    """Every unit of the SI with each of its prefixes."""
    return ((row, prefix) for row in rows("si_units") for prefix in cells(row["prefixes"]))


def _plural(name: str) -> str:
    """The plural of a unit: "watt hours", "watts peak", "hertz"."""
    if name.endswith("hertz"):
        return name
    return name.replace(" peak", "s peak") if name.endswith(" peak") else f"{name}s"


@cache
def _symbols() -> dict[str, Unit]:
    """Every form whose case matters."""
    marks = ((form, codes) for form, codes in currencies.marks().items() if form not in currencies.home_marks())
    out = {form: Unit("money", codes[0], currencies.factor(form), codes) for form, codes in marks}
    for row, prefix in _prefixed():
        if row["symbol"]:
            unit = Unit("quantity", prefix + row["unit"], Decimal(1))
            out.update((mark + row["symbol"], unit) for mark in _PREFIXES[prefix])
    for row in rows("units"):
        out.update((form, _unit(row)) for form in cells(row["symbols"]))
    return out


def _unit(row: dict[str, str]) -> Unit:
    return Unit(row["kind"], row["unit"], Decimal(row["factor"]))  # type: ignore[arg-type]


def _bare(pattern: str) -> str:
    return str(pattern).replace("{0}", "").strip()


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """One pattern for each first letter: the alternatives that begin with it, longest first."""
    table: dict[str, set[str]] = defaultdict(set)
    for form in _forms():
        table[form[0].lower()].add("(?i:" + re.escape(form).replace(r"\ ", r"[\s\u00a0-]+") + ")" + _edge(form))
    for form in _symbols():
        table[form[0].lower()].add(re.escape(form) + _edge(form))
    return {
        initial: re.compile("|".join(sorted(found, key=lambda form: (-len(form), form))))
        for initial, found in table.items()
    }


def _edge(form: str) -> str:
    return r"(?![^\W_])" if form[-1].isalnum() else ""
