"""Numbers with neither unit nor noun: index levels, sizes, bounded numbers, and those whose noun is left out."""

import re
from collections.abc import Sequence
from functools import cache

from extractor.nlp.gazetteers import cells, rows
from extractor.nlp.quantities import currencies
from extractor.nlp.quantities.reading import INDEX, Page, Reading

_INDEX_LEFT = re.compile(
    r"\b(?:to|at|of|above|below|near|around|reach(?:ed|ing)?|hit|value of|the)\s+\Z", re.IGNORECASE
)
_COMPARED = re.compile(
    r"\b(?:from|to|with|against|versus|vs\.?|than|and|of|beating|above|below|missing|topping)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
#: A level in percent, not the size of a change.
_LEVEL = re.compile(r"\b(?:to|from|at|was|is|of|stood|below|above)\s+\Z", re.IGNORECASE)
#: How many characters away the words and amounts may stand that say what a number without a unit is.
_FAR = 400
_COMPARED_AFTER = re.compile(
    r"[.,;)]|\s*\Z|\s+(?:a\s+(?:year|month|quarter|week)|in|for|at|the|last|this|to|from|and|on|previously|earlier|seen|expected|forecast)\b",
    re.IGNORECASE,
)
_ELIDED = re.compile(
    r"\s+(?:and|in|for|from|at|of (?:them|which|these|those)|are|were|was|is|have|had|came|more|on|by|people|who|out of|each|others?|against|abstain(?:ed|ing)|voted)\b|[.,;)]|\s*\Z",
    re.IGNORECASE,
)
_ELIDED_LEFT = re.compile(
    r"\b(?:another|other|additional|killed|killing|injured|injuring|wounded|wounding|and|with|while|only|just|least|to|than|from|of|against|versus)\s+\Z|[,(]\s?\Z",
    re.IGNORECASE,
)
#: "rose to 230": what has risen is counted, though the noun is left out.
_RISEN = re.compile(
    r"\b(?:rose|risen|rising|fell|fallen|falling|climbed|increased|dropped|grew|grown|declined|jumped|swelled)\s+(?:\w+\s+){0,2}?to\s+\Z",
    re.IGNORECASE,
)
#: "This brings the total number of orders to 230."
_TOTAL = re.compile(
    r"\b(?:bring(?:s|ing)?|brought|tak(?:e|es|ing)|took)\b[^.;\d]{0,40}\b(?:total|number|count|tally)\b[^.;\d]{0,60}\bto\s+\Z",
    re.IGNORECASE,
)
_TOLL = re.compile(
    r"\b(?:death\s+)?toll\b[^.;,\d]{0,24}?\b(pass\w*|exceed\w*|surpass\w*|topp?\w*|to|at|reach\w*|hits?|of|was|is)\s+(?:\w+\s+than\s+|at\s+least\s+)?\Z",
    re.IGNORECASE,
)
_TOLL_AFTER = re.compile(
    r"[.,;:)]|\s*\Z|\s+(?:in|on|as|after|with|and|from|by|so|since|while|when|across|people|dead)\b", re.IGNORECASE
)
_TO_THE = re.compile(
    r"\s+(?:to|per|against|a)\s+(?:the\s+|one\s+)?(?:US\s+|U\.S\.\s+)?(dollar|euro|greenback|pound|rupee)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|which|these|those)\b", re.IGNORECASE)
_CASUALTY = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|injur(?:ed|ing|es)|wound(?:ed|ing|s)?|dead|died|dies|displac(?:ed|ing)|evacuat(?:ed|ing)|arrest(?:ed|ing)|detain(?:ed|ing)|hospitali[sz]ed|hurt)\b",
    re.IGNORECASE,
)
#: Nouns that a number behind "of" is the size of, and what it then counts.
_SIZES = {
    **dict.fromkeys(["crew", "team", "family", "group", "delegation", "crowd", "population", "workforce", "staff", "audience", "garrison", "contingent", "party", "squad", "jury"], "person"),
    **dict.fromkeys(["total", "cuts", "majority", "turnout", "average", "number", "capacity", "record", "membership", "toll", "attendance", "loss", "reduction", "increase", "rise", "fall"], None),
}  # fmt: skip


@cache
def _currency_names() -> re.Pattern[str]:
    """Names of currencies that are no everyday words."""
    names = sorted(
        form
        for row in rows("currencies")
        if row["role"] == "major"
        for form in cells(row["forms"])
        if form.isascii() and form.isalpha() and form.islower() and (len(form) > 3 or form in ("yen", "won"))
    )
    return re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE)


def bare(page: Page, reading: Reading) -> bool:
    """A number with neither unit nor noun: an index level, a bounded number, or one whose noun is left out."""
    text, number = page.text, reading.number
    begin, end = _near(page, number.start)
    if _index_level(page, reading, begin, end):
        return True
    if _toll(page, reading, begin):
        return True
    if size := _size(page, reading):
        reading.count(size[0], None, size[1] if size[0] else None)
        reading.rule = "quantity.count.size"
        return True
    if _exchange_rate(page, reading, begin, end):
        return True
    if _money_again(page, reading, begin):
        return True
    if (
        number.form == "digits"
        and number.value >= 10
        and (
            _RISEN.search(text, max(begin, reading.start - 48), reading.start)
            or _TOTAL.search(text, max(begin, reading.start - 120), reading.start)
        )
    ):
        reading.rule = "quantity.count.bare"
        reading.count(None, None, None)
        return True
    if _ELIDED.match(text, reading.number_end):
        token = page.token(number.end - 1)
        more = text[reading.number_end : reading.number_end + 5].lower() == " more"
        left = _ELIDED_LEFT.search(text, max(begin, reading.start - 14), reading.start)
        if (
            number.form == "vague"
            or more
            or (left and token.pos_ == "NUM" and token.dep_ not in ("nmod", "compound", "quantmod", "punct"))
        ):
            return True
    if reading.ranged and (hurt := _CASUALTY.search(text, reading.number_end, min(end, reading.number_end + 24))):
        # "15-20 were hurt"
        reading.count("person", None, hurt.span())
        reading.rule, reading.inferred = "quantity.count.elided", True
        return True
    return _bounded(reading) or page.refuse(reading, "a number without a unit", "quantity.not.bare")


def _near(page: Page, char: int) -> tuple[int, int]:
    """The sentence at a character, as far as its words bear on a number there."""
    begin, end = page.sentence(char)
    return max(begin, char - _FAR), min(end, char + _FAR)


def _exchange_rate(page: Page, reading: Reading, begin: int, end: int) -> bool:
    """ "the baht traded at 30.72 to the dollar": how much of a currency the sentence names buys another."""
    other = _TO_THE.match(page.text, reading.number_end)
    if other is None or reading.number.form != "digits" or reading.number.scale != 1:
        return False
    named = [found for found in _currency_names().finditer(page.text, begin, end) if found.start() != other.start(1)]
    if not named:
        return False
    near = min(named, key=lambda found: abs(found.start() - reading.start))
    _rate_of(reading, near[0], near.span(), other[1])
    return True


def exchange_rate(page: Page, reading: Reading) -> bool:
    """ "92.27 yen to the dollar": money by its name that buys another is no amount but a rate."""
    other = _TO_THE.match(page.text, reading.end) if reading.rule == "quantity.money.name" else None
    if other is None or reading.unit_span is None or reading.number.scale != 1:
        return False
    begin, end = reading.unit_span
    if _currency_names().fullmatch(page.text, begin, end) is None:
        return False
    _rate_of(reading, page.text[begin:end], (begin, end), other[1])
    return True


def _rate_of(reading: Reading, name: str, span: tuple[int, int], other: str) -> None:
    lower = name.lower()
    one = lower.removesuffix("s") if lower.removesuffix("s") in currencies.names() else lower
    reading.kind, reading.rule, reading.unit_span = "quantity", "quantity.exchange.rate", span
    reading.name = f"{one} per {other.lower()}"


def _money_again(page: Page, reading: Reading, begin: int) -> bool:
    """ "up from 287 million": a large or a broken number compared with the amount before it, whose unit is left out."""
    number = reading.number
    written = page.text[number.start : number.end]
    return (
        number.form == "digits"
        and (number.scale >= 1000 or "." in written)
        and _COMPARED.search(page.text, max(begin, reading.start - 16), reading.start) is not None
        and _COMPARED_AFTER.match(page.text, reading.number_end) is not None
    )


def _bounded(reading: Reading) -> bool:
    """A bounded number is a figure though nothing says what it counts."""
    if reading.bound or reading.ranged:
        reading.kind, reading.rule = "count", "quantity.count.bare"
        return True
    return False


def _index_level(page: Page, reading: Reading, begin: int, end: int) -> bool:
    """The level of a share index: a large number with decimals or separators where an index is spoken of."""
    text, number = page.text, reading.number
    written = text[number.start : number.end]
    if number.form not in ("digits", "words") or number.value < 100 or number.scale > 1000:
        return False
    mark = re.match(r"\s+mark\b", text[reading.number_end : reading.number_end + 6])
    shaped = "." in written or "," in written or reading.bound
    cue = INDEX.search(text, begin, end) or (page.index_word if mark or ("." in written and "," in written) else None)
    if cue is None or not (mark or (shaped and _INDEX_LEFT.search(text, max(begin, number.start - 14), number.start))):
        return False
    reading.kind, reading.name, reading.rule, reading.inferred, reading.unit_span = (
        "quantity",
        "point",
        "quantity.index.level",
        True,
        cue.span(),
    )
    if mark:
        reading.end = reading.number_end + 5
    return True


def _toll(page: Page, reading: Reading, begin: int) -> bool:
    """ "the death toll passed 400", "the toll rose to 60": the people killed."""
    toll = _TOLL.search(page.text, max(begin, reading.start - 48), reading.start)
    if toll is None or _TOLL_AFTER.match(page.text, reading.number_end) is None:
        return False
    if toll[1].lower().startswith(("pass", "exceed", "top", "surpass")) and reading.bound is None:
        reading.high = None
    reading.count("person", None, toll.span())
    reading.rule, reading.inferred = "quantity.count.size", True
    return True


def _size(page: Page, reading: Reading) -> tuple[str | None, tuple[int, int]] | None:
    """ "a crew of six", "job cuts of 10,000": the noun before "of" says that the number is its size."""
    first = page.token_at(reading.start)
    if first < 2 or page.doc[first - 1].lower_ != "of" or page.doc[first - 2].lower_ not in _SIZES:
        return None
    noun = page.doc[first - 2]
    return _SIZES[noun.lower_], (noun.idx, noun.idx + len(noun))


def _amount(page: Page, reading: Reading, before: Sequence[Reading]) -> Reading | None:
    """The amount whose unit a compared number shares: money for a large number, from a few sentences back at most; a
    level in percent of the same sentence for a small one. Conversions in brackets are passed over."""
    begin = page.sentence(reading.number.start)[0]
    large = reading.number.scale >= 1000
    for other in reversed(before):
        if other.unit is None or page.text[max(0, other.start - 1) : other.start] == "(":
            continue
        if large and other.kind == "money" and begin - other.start < _FAR:
            return other
        if not large and other.start >= begin and other.kind in ("money", "percent"):
            level = _LEVEL.search(page.text, max(0, other.start - 12), other.start)
            return other if level or other.kind == "money" else None
    return None


def _counted(readings: Sequence[Reading], i: int, near: int) -> Reading | None:
    """The last count of something that is named, before reading `i` and not before the character `near`."""
    for k in range(i - 1, -1, -1):
        if readings[k].number.start < near:
            return None
        if readings[k].kind == "count" and readings[k].name:
            return readings[k]
    return None


def fill(page: Page, readings: Sequence[Reading]) -> None:
    """Numbers whose noun is left out count what the last count before them in the sentence counted."""
    for i, reading in enumerate(readings):
        if reading.kind is not None:
            continue
        begin = page.sentence(reading.number.start)[0]
        pointing = _OF_THEM.match(page.text, reading.number_end)
        near = page.sentence(begin - 1)[0] if pointing and begin else begin
        if _money_again(page, reading, begin) and (amount := _amount(page, reading, readings[max(i - 6, 0) : i])):
            reading.kind, reading.name, reading.unit_span = amount.kind, amount.name, amount.unit_span
            reading.inferred, reading.rule = True, "quantity.amount.elided"
            continue
        model = _counted(readings, i, near)
        casualty = _CASUALTY.search(page.text, *_near(page, reading.number.start))
        if model is not None:
            reading.count(model.name, None, model.unit_span)
        elif casualty and reading.number.value >= 2:
            reading.count("person", None, casualty.span())
        elif _bounded(reading):
            continue
        else:
            page.refuse(reading, "a number without a unit", "quantity.not.bare")
            continue
        reading.rule, reading.inferred = "quantity.count.elided", True
