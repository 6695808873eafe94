"""A number with its unit: money by its mark or name, percent, durations and physical units."""

import re
from dataclasses import replace
from decimal import Decimal

from extractor.nlp.quantities import currencies, numbers, units
from extractor.nlp.quantities.fractions import is_ordinal
from extractor.nlp.quantities.numbers import Number
from extractor.nlp.quantities.reading import Page, Reading
from extractor.nlp.quantities.units import Unit

_SIGN = re.compile(r"(?:(?<=[\s(\[])|\A)(?:[-−–]|(?:minus|negative)\s)\Z", re.IGNORECASE)
_ACCOUNTING = re.compile(r"\b(?:is|was|of|were|to|are|at|loss|deficit|:)\s\(\Z", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"[\s-](?:consecutive|straight|full|more|long|additional|further|whole|working|business|calendar|successive|extra|solid|short|other|net|total|"
    r"crucial|difficult|lost|separate|continuous|uninterrupted)(?=\s)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[a-zA-Z°]\Z")
_LEFT_TIED = re.compile(r"[A-Za-z][-‑/.]?\Z|[A-Za-z0-9]_\Z|[/@=?&_]\Z|\d[.,:/]\Z")
_PREFIX = re.compile(r"\b(?:post|pre|mid|sub|non|over|under|to)-\Z", re.IGNORECASE)
_RIGHT_TIED = re.compile(
    r"(?!(?:st|nd|rd|th|s)\b)(?:[A-Za-z]{1,3}\d|[A-Za-z]+[-/]\d|[A-Z][A-Za-z]*\b|[a-z]{1,2}\b|@|_|=)"
)
#: The second number of "2-1", which is no range.
_TALLY = re.compile(r"\d[-–]\Z")
#: What may stand between a vague amount or a fraction and its unit: "millions of dollars", "half a percent".
_OF_UNIT = re.compile(r"\s+of\s+an?(?=\s)|\s+of(?=\s)|\s+an?(?=\s)", re.IGNORECASE)
_INCHES = re.compile(r"\s?in(?=\.?(?:\s+(?:thick|long|wide|tall|high|deep|in diameter)\b|[\s.]*\Z|[,;)]))")
_QUOTE = re.compile(
    r"""(["″])(?:(?=\s[a-z(])|(?=\s*\Z|[),;]))|\s(["″])(?=\s(?:thick|long|wide|tall|high|deep|in diameter)\b)"""
)
#: A quotation mark that is no mark of inches.
_SPEECH = re.compile(r'(?<!\d)"')
_BARE_INCHES = re.compile(r"\s?in\b")
#: "2h 30m": minutes behind hours.
_HOURS = re.compile(r"\dh\s?\Z")
#: Before these, "am" and "pm" tell the hour; "2.123 pm" is a length.
_CLOCK = re.compile(r"\d{1,4}(?:[.:]\d\d)?")
#: What a sentence that tells of warmth speaks of, and what stands before "35C" that does not.
_WARMTH = re.compile(
    r"°|º|℃|\b(?:temperatures?|degrees?|warm\w*|heat\w*|hot\w*|cold\w*|cool\w*|celsius|fahrenheit|weather|climate|freez\w+|boil\w*|melt\w*|mercury|fever|"
    r"oven|maximum|minimum|highs?|lows?|thermometers?|snow|summer|winter|paris)\b",
    re.IGNORECASE,
)
#: "25 C Street": a letter before a name.
_CAPITAL = re.compile(r"\s(?!Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)[A-Z][a-z]")
_WARM_LEFT = re.compile(
    r"\b(?:of|to|at|above|below|around|about|nearly|almost|was|is|were|reached|hit|over|under|from|and|past|between|topped|exceeded|minus)\s+[-−]?\Z",
    re.IGNORECASE,
)
#: Earthquakes: "magnitude 7.8", "a magnitude of 6".
_MAGNITUDE = re.compile(r"\bmagnitude[\s-](?:of\s)?\Z", re.IGNORECASE)
_HEAVY = re.compile(
    r"\s+(?:of\s+(?!investment|aid|debt|public|tax|money|savings|cash|damage)|heavier|lighter|overweight|bag|baby|bomb|per\s+square)|[\s,]*(?:and\s+)?\d+\s+ounces?",
    re.IGNORECASE,
)
#: Units built of a greater and a lesser one: the lesser, and how many make the greater.
_LESSER = {"foot": ("inch", Decimal(12)), "pound": ("ounce", Decimal(16))}
#: "15 dollars 50": two digits that nothing follows.
_CENTS = re.compile(r"\s(\d\d)(?=[.,;]?\s*\Z|[.,;]\s|\s+more\b)")
_LESSER_JOIN = re.compile(r"(?:\s+and\s+|,\s|\s)(?=[\da-z])", re.IGNORECASE)
_BRACKET = re.compile(r"\s?([(\[{<])(?=[^\W\d])")
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
#: Symbols of two letters that are written behind a number in words too: "ten km", "two MW".
_SPOKEN = frozenset(["km", "kg", "cm", "mm", "mg", "ml", "kW", "MW", "GW", "TW", "kV", "Hz", "kb", "mb", "Mb", "kB", "MB", "GB", "TB", "ha", "ft", "oz", "hp"])  # fmt: skip
_EACH = re.compile(r"\s+(?:per|a|an|each|apiece)\b", re.IGNORECASE)
#: Marks that stand before their number only.
_BEFORE_ONLY = frozenset({"P", "R", "Re", "Bs", "Fr.", "S/", "Sh", "mark"})


def read(page: Page, number: Number, floor: int) -> Reading | None:
    """The number with its unit, or with none; None when it is tied to letters as part of a name.

    `floor` is where the quantity before it ends.
    """
    text, start = page.text, number.start
    before = start - 1 if start > 1 and text[start - 1] in "-−" and text[start - 2] in "$€£¥₹" else start
    mark = currencies.mark_before(text, before)
    scaled = numbers.letter_scale(text, number) or number
    large = number.form == "digits" and (scaled.scale >= 1000 or "," in text[start : number.end])
    if mark and text[mark[1] : before].rstrip() in currencies.home_marks():
        mark = mark if large and page.currencies.at_home(mark[0]) else None
    elif mark is None and large:
        mark = currencies.name_before(text, before)
        mark = None if mark and units.match(text, scaled.end) else mark
    if mark and mark[1] >= floor:
        return _marked(page, number, mark)
    if (
        text[start].isdigit()
        and _LEFT_TIED.search(text, max(0, start - 3), start)
        and not _PREFIX.search(text, max(0, start - 6), start)
    ):
        page.reject(start, number.end, "part of a name", "quantity.not.name")
        return None
    reading = _measured(page, number, floor)
    if reading and reading.unit is None and floor < start and _TALLY.search(text, max(0, start - 2), start):
        page.reject(start, number.end, "a score or a tally", "quantity.not.score")
        return None
    return reading


def _marked(page: Page, number: Number, mark: tuple[tuple[str, ...], int]) -> Reading:
    """Money with its mark in front: "$1.2bn", "Rs 500 crore", "£3m", "$5.9 billion dollars"."""
    text, (codes, start) = page.text, mark
    if number.scale == 1:
        number = numbers.letter_scale(text, number) or number
        if codes[0] in currencies.DECIMAL_COMMA:
            number = numbers.thousands_by_dot(text, number)
    mark_end = start + len(text[start : number.start].rstrip(" \u00a0-−"))
    span, end = (start, mark_end), number.end
    named = units.match(text, end)
    if named and set(named[0].codes) & set(codes) and named[0].factor == 1 and text[named[1] : named[2]].isalpha():
        end, codes = named[2], tuple(code for code in named[0].codes if code in codes)
    value = number.value * currencies.factor(text[start:mark_end])
    sign = _SIGN.search(text, max(0, start - 10), start)
    if sign or text[mark_end : number.start].strip() in ("-", "−"):
        value, start = -value, sign.start() if sign else start
    elif _ACCOUNTING.search(text, max(0, start - 12), start) and text[end : end + 1] == ")":
        value, start, end = -value, start - 1, end + 1
    high = None if number.form == "vague" else value
    unit = Unit("money", codes[0], Decimal(1), codes)
    return Reading(start, end, number.end, value, high, number, unit, span, "quantity.money.mark")


def _measured(page: Page, number: Number, floor: int) -> Reading | None:
    """A number with its unit behind it, or with none."""
    text = page.text
    number, found = _unit(page, number)
    start, value = number.start, number.value
    sign = _SIGN.search(text, max(0, floor, start - 10), start)
    if sign and (found or sign[0].strip().isalpha() or text[start - 1] == "−"):
        start, value = sign.start(), -value
    high = None if number.form == "vague" else value
    if found is None:
        if number.form == "digits" and _RIGHT_TIED.match(text, number.end) and not numbers.letter_scale(text, number):
            page.reject(number.start, number.end, "part of a name", "quantity.not.name")
            return None
        return Reading(start, number.end, number.end, value, high, number, None, None, "quantity.count.noun")
    unit, begin, end = found
    if unit.name == "point" and number.form == "fraction":
        # Rates move by fractions of a percentage point: "a quarter-point cut".
        unit = units.PERCENTAGE_POINT
    if number.form == "words" and number.value == number.scale > 100 and text[number.start : number.end].isalpha():
        high = None
    if unit.kind == "money" and (scaled := numbers.more_scale(text, number, end)):
        value, high, end = value * scaled.scale, None if high is None else high * scaled.scale, scaled.end
    if high is not None:
        value, high = value - number.tolerance, high + number.tolerance
    value, high = value * unit.factor, None if high is None else high * unit.factor
    reading = Reading(start, end, number.end, value, high, number, unit, (begin, end), f"quantity.{unit.kind}.name")
    if (
        unit.kind in ("money", "percent")
        and text[end : end + 1] == ")"
        and _ACCOUNTING.search(text, max(0, start - 12), start)
    ):
        reading.start, reading.end, reading.low, reading.high = (
            start - 1,
            end + 1,
            -value,
            None if high is None else -high,
        )
    _rate(page, reading)
    _lesser(page, reading)
    return reading


def _unit(page: Page, number: Number) -> tuple[Number, tuple[Unit, int, int] | None]:
    """The unit behind a number, and the number with the letter behind it read as a scale where that is meant."""
    text = page.text
    if number.form == "fraction" and is_ordinal(text, number.start, number.end):
        of = _OF_UNIT.match(text, number.end)
        return number, units.match(text, of.end()) if of and text[of.end() - 1] in "anAN" else None
    found = units.match(text, number.end)
    letter = numbers.letter_scale(text, number)
    if letter:
        char, tied = text[letter.end - 1], text[letter.end - 2].isdigit()
        behind = units.match(text, letter.end)
        if char == "K" and "°" in text[max(0, number.start - 40) : number.end + 20]:
            return number, found
        if behind and not _LETTER.match(text, behind[1], behind[2]):
            number, found = letter, behind
        elif tied and (char in "kK" or (char in "mMbB" and _plural_at(page, letter.end))):
            number, found = letter, None
    if found is None and (adjective := _ADJECTIVE.match(text, number.end)):
        found = units.match(text, adjective.end())
        if found and found[0].kind == "percent":
            found = None
    if found is None and number.form in ("vague", "fraction") and (of := _OF_UNIT.match(text, number.end)):
        article = text[of.end() - 1] in "anAN"
        found = units.match(text, of.end()) if article == (number.form == "fraction") else None
    if found and not _holds(page, number, found):
        weight = text[found[1] : found[2]].lower() in ("pound", "pounds")
        found = (units.POUND, found[1], found[2]) if weight else None
    if found is None and number.form == "digits":
        found = _inches(page, number) or _bracketed(text, number.end)
    if found is None and (magnitude := _MAGNITUDE.search(text, max(0, number.start - 14), number.start)):
        found = units.MAGNITUDE, magnitude.start(), number.end
    return number, found


def _holds(page: Page, number: Number, found: tuple[Unit, int, int]) -> bool:
    """Whether the form found is a unit here: letters and everyday words need a plain number before them."""
    unit, begin, end = found
    text = page.text
    form = text[begin:end]
    if len(form) <= 2 and form.isalpha():
        plain = number.form in ("digits", "fraction") or (number.form == "words" and form in _SPOKEN)
        if not plain or (form in ("m", "p") and number.scale != 1):
            return False
        if form in ("am", "pm") and _CLOCK.fullmatch(text, number.start, number.end):
            return False
        if form == "m" and _HOURS.search(text, max(0, number.start - 4), number.start):
            return False
        if form in ("C", "F") and not _is_warmth(page, number, end):
            return False
        if (
            (text[begin - 1] == "-" and len(form) == 1)
            or (form == "p" and begin != number.end)
            or re.match(
                r"[-’'&]\w|\.\s?[A-Z]|\s[A-Z]\." if len(form) == 1 else r"[-’'&]\w|\.[A-Z]", text[end : end + 4]
            )
        ):
            return False
    if unit.name == "cup":
        return number.form == "fraction"
    if unit.kind != "money":
        return not (unit.name == "point" and (form[0].isupper() or (number.form == "words" and number.value == 1)))
    if not form[-1].isalnum() and text[end : end + 1].isdigit():
        # "one $10 bill"
        return False
    if form in _BEFORE_ONLY or (form in currencies.WORDLIKE and number.scale == 1 and number.value < 1000):
        return False
    lower = form.lower()
    if lower in ("pound", "pounds"):
        return not _HEAVY.match(text, end) and (number.scale >= 1000 or page.currencies.speaks_of(unit.codes))
    if lower in currencies.EVERYDAY:
        if lower in ("crown", "crowns") and ("." in text[number.start : number.end] or _EACH.match(text, end)):
            return True
        return number.scale != 1 or number.value >= 1000 or (lower == "won" and page.token(begin).pos_ == "NOUN")
    return lower != "mark"


def _is_warmth(page: Page, number: Number, end: int) -> bool:
    """Whether "35C" or "95 F" is a temperature: no form, model or price per share ("the 13F filing", "14.7C/share")."""
    if number.scale != 1 or page.text[end : end + 1] == "/":
        return False
    begin, limit = page.sentence(number.start)
    near = max(begin, number.start - 200), min(limit, end + 200)
    celsius = page.text[end - 1] == "C"
    if celsius and number.value < 60 and _CAPITAL.match(page.text, end) is None:
        return True
    if not celsius and number.value < 135 and _WARM_LEFT.search(page.text, max(begin, number.start - 12), number.start):
        return True
    return number.value < 3000 and _WARMTH.search(page.text, *near) is not None


def _inches(page: Page, number: Number) -> tuple[Unit, int, int] | None:
    """A double quote tied to a number where none was opened before, or "in" before a word of size."""
    text, end = page.text, number.end
    begin = max(text.rfind("\n\n", 0, end), 0)
    if (quote := _QUOTE.match(text, end)) and len(_SPEECH.findall(text, begin, end)) % 2 == 0:
        return units.INCH, quote.end() - 1, quote.end()
    found = _INCHES.match(text, end)
    return (units.INCH, found.end() - 2, found.end()) if found else None


def _bracketed(text: str, at: int) -> tuple[Unit, int, int] | None:
    """A unit's symbol in brackets, as tables and labels write it: "20 (kg)"."""
    bracket = _BRACKET.match(text, at)
    found = units.match(text, bracket.end()) if bracket else None
    if bracket is None or found is None or text[found[2] : found[2] + 1] != _CLOSING[bracket[1]]:
        return None
    if found[0].kind != "quantity" or found[2] - found[1] == 1:
        return None
    return found[0], bracket.start(1), found[2] + 1


def _rate(page: Page, reading: Reading) -> None:
    """ "a year", "/day": what a physical unit is per."""
    if reading.unit is None or reading.unit.kind != "quantity" or reading.unit.name in ("point", "degree", "magnitude"):
        return
    while rate := units.rate(page.text, reading.end):
        reading.unit = replace(reading.unit, name=reading.unit.name + rate[0])
        reading.end = rate[1]


def _lesser(page: Page, reading: Reading) -> None:
    """ "5 feet 2 inches", "3 dollars 50 cents": the lesser part is added."""
    unit, text = reading.unit, page.text
    join = _LESSER_JOIN.match(text, reading.end)
    if (
        unit
        and unit.kind == "money"
        and unit.factor == 1
        and reading.low == reading.high
        and (cents := _CENTS.match(text, reading.end))
    ):
        reading.low = reading.high = (reading.low or Decimal(0)) + Decimal(cents[1]) / 100
        reading.end = cents.end(1)
        return
    if unit is None or join is None or reading.low is None or reading.high is None:
        return
    if not (unit.name in _LESSER or (unit.kind == "money" and unit.factor == 1)) or not numbers.ANCHOR.match(
        text, join.end()
    ):
        return
    number = numbers.read(text, join.end())
    found = (units.match(text, number.end) or _inches(page, number)) if number else None
    if number and found is None and unit.name == "foot" and (inches := _BARE_INCHES.match(text, number.end)):
        found = units.INCH, inches.start(), inches.end()
    if number is None or found is None:
        return
    if unit.kind == "money" and found[0].kind == "money" and found[0].factor != 1 and number.value < 100:
        part = number.value * found[0].factor
    elif unit.name in _LESSER and found[0].name == _LESSER[unit.name][0] and number.value < _LESSER[unit.name][1]:
        part = number.value / _LESSER[unit.name][1]
    else:
        return
    reading.low, reading.high, reading.end = reading.low + part, reading.high + part, found[2]


def _plural_at(page: Page, char: int) -> bool:
    """Whether a noun in the plural begins at a character, its adjectives first."""
    first = page.token_at(char)
    for k in range(first, min(first + 5, len(page.doc))):
        token = page.doc[k]
        if token.idx < char:
            continue
        if token.tag_ in ("NNS", "NNPS"):
            return True
        if token.pos_ not in ("ADJ", "NOUN", "PROPN", "SPACE"):
            return False
    return False
