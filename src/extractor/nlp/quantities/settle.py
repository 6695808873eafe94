"""What each number of a page counts or measures: kinds, units by context, nouns left out, numbers that are none."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.nlp.quantities import counts, currencies, elided, fractions, multiples, refusals
from extractor.nlp.quantities.reading import Page, Reading

_MONEY_IN = re.compile(
    r"\s+(?:in|worth of)\s+(?:[\w-]+\s+){0,3}?(?:deals?|investments?|exports?|imports?|aid|loans?|damages?|revenues?|sales|fines|taxes|tax|subsidies|"
    r"assistance|funding|profits?|assets|debts?|savings|spending|losses|contracts|cash|funds|bonds|trade|bribes|grants|financing|relief|budget|compensation|"
    r"reparations|costs|orders|fees|tariffs|cuts|support|benefits|royalties|credits?|equity|capital)\b",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(
    r"\s*(?:,|,?\s+and|,?\s+or|/|&)\s*(?:about|around|some|nearly|almost|over|more than|another|the)?\s*", re.IGNORECASE
)
_OF_TOTAL = re.compile(r"\s+(?:(?:out\s+)?of|to)\s+(?:the\s+|its\s+|their\s+)?", re.IGNORECASE)
_TWO_BOUNDS = re.compile(r"\s*(?:,|,?\s*(?:and|but)|or)\s*", re.IGNORECASE)
_PAST = re.compile(
    r"[\s-]*(?:ago|old|of age|earlier|later|afterwards?|before|after|prior to|from now|hence|in advance)\b(?!-)",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:past|last|next|coming|previous|first|every|each|recent|following|preceding|these|those|same|the|this)\s+\Z",
    re.IGNORECASE,
)
#: How many characters from its parts an amount may stand that says whose they are.
_NEAR = 400
_OCCASION = re.compile(
    r"\s+(?:\w+\s)?(?:visit|trip|summit|meeting|tour|conference|forum|talks|session|stay|event|workshop|break|weekend)",
    re.IGNORECASE,
)


def settle(page: Page, readings: Sequence[Reading]) -> list[Reading]:
    """The quantities among the readings. From right to left, so that "102 and 21 people" counts people twice."""
    out: list[Reading] = []
    for reading in reversed(readings):
        if _settle(page, reading, out[-1] if out else None):
            out.append(reading)
    out.reverse()
    _parts(page, out)
    elided.fill(page, out)
    return _merged(page, [reading for reading in out if reading.kind is not None])


def _parts(page: Page, readings: Sequence[Reading]) -> None:
    """Cents are those of the amount that stands with them: "rose 74 cents to $24.30", "at €3.10, up 12 cents"."""
    money = [reading for reading in readings if reading.kind == "money" and reading.unit]
    for i, reading in enumerate(money):
        assert reading.unit is not None
        codes = reading.unit.codes
        if reading.unit.factor >= 1 or len(codes) == 1:
            continue
        begin, end = page.sentence(reading.start)
        around = [money[i - 1]] if i else []
        around += money[i + 1 : i + 2]
        fitting = [other for other in around if other.name in codes and abs(other.start - reading.start) < _NEAR]
        near = [other for other in fitting if begin <= other.start < end] or [o for o in fitting if o.start < begin]
        if near:
            reading.name = near[0].name


def _settle(page: Page, reading: Reading, following: Reading | None) -> bool:
    """Give a reading its kind; False when it is no quantity. A noun left out is settled later (`kind` None)."""
    number, text, end = reading.number, page.text, reading.number_end
    if reading.unit is not None:
        return _with_unit(page, reading)
    if times := multiples.times(text, end, broken=number.value % 1 != 0):
        reading.kind, reading.end, reading.rule = "ratio", times, "quantity.ratio.times"
        return True
    if number.form == "fraction" and number.scale == 1:
        return fractions.ratio(page, reading)
    if number.form == "vague" and number.scale >= 100_000 and (money := _MONEY_IN.match(text, end)):
        return _vague_money(page, reading, money)
    hyphen = text[end : end + 1] == "-" and number.form == "digits"
    thing = counts.thing(page.doc, page.token_at(end - 1), value_is_one=reading.is_one, hyphen=hyphen)
    if hyphen and (thing is None or text[max(0, reading.start - 4) : reading.start].lower() == "the "):
        return page.refuse(reading, "an attributive number", "quantity.not.attributive")
    if refusals.named(page, reading, thing):
        return page.refuse(reading, "part of a name", "quantity.not.name")
    if refusals.year(page, reading, thing):
        return page.refuse(reading, "a year", "quantity.not.time")
    if thing is not None:
        if reading.is_one and not refusals.one(page, reading, thing):
            return page.refuse(reading, '"one" that only points', "quantity.not.one_of")
        reading.count(thing.name, thing.token.i, (thing.token.idx, thing.token.idx + len(thing.token)))
        return True
    if following and following.kind == "count" and following.name and _to(page, reading, following):
        reading.count(following.name, following.head, following.unit_span)
        return True
    if following and following.kind and _LIST_GAP.fullmatch(text, end, following.start):
        if following.kind == "count" and following.name and not reading.is_one:
            reading.count(following.name, following.head, following.unit_span)
            return True
        plain = following.kind != "percent" or (number.value <= 100 and "or" not in text[end : following.start])
        if plain and following.unit and following.unit_span and following.unit_span[0] >= following.number.start:
            reading.borrow(following)
            return True
    return elided.bare(page, reading)


def _to(page: Page, reading: Reading, following: Reading) -> bool:
    """Whether two numbers are the old and the new count of one thing: "from 250 to 500 students"."""
    text = page.text
    return (
        text[max(0, reading.start - 5) : reading.start].lower() == "from "
        and re.fullmatch(r"\s+to\s+", text[reading.end : following.start], re.IGNORECASE) is not None
    )


def _with_unit(page: Page, reading: Reading) -> bool:
    assert reading.unit is not None
    reading.kind, reading.name = reading.unit.kind, reading.unit.name
    reading.head = page.token_at(reading.unit_span[1] - 1) if reading.unit_span else None
    if reading.kind == "money" and not elided.exchange_rate(page, reading):
        _currency(page, reading, reading.unit.codes)
    return reading.kind != "duration" or _finding(page, reading)


def _currency(page: Page, reading: Reading, codes: tuple[str, ...]) -> None:
    reading.name = codes[0]
    if len(codes) > 1:
        reading.inferred = True
        reading.name = page.currency(codes, reading.number.start)


def _finding(page: Page, reading: Reading) -> bool:
    """A duration that is an age, tells a time ("30 years ago") or only names a visit's length is passed over."""
    text = page.text
    if _PAST.match(text, reading.end) or _PERIOD.search(text, max(0, reading.start - 14), reading.start):
        return page.refuse(reading, "a point in time", "quantity.not.time")
    if text[reading.number.end : reading.number.end + 1] == "-" and _OCCASION.match(text, reading.end):
        return page.refuse(reading, "a length that only names", "quantity.not.pointer")
    return True


def _vague_money(page: Page, reading: Reading, money: re.Match[str]) -> bool:
    reading.kind, reading.rule = "money", "quantity.money.vague"
    _currency(page, reading, currencies.names()["dollar"])
    reading.unit_span = (money.end() - len(money[0].split()[-1]), money.end())
    return True


def _merged(page: Page, readings: Sequence[Reading]) -> list[Reading]:
    """ "more than 100 but fewer than 300 people" is one quantity; a number inside what another counts is a name."""
    out: list[Reading] = []
    for reading in readings:
        last = out[-1] if out else None
        if last is not None:
            both = last.kind == reading.kind and last.name in (reading.name, None) and last.bound and reading.bound
            if both and _TWO_BOUNDS.fullmatch(page.text, last.end, reading.start):
                if last.high is None and reading.low is None and last.low < reading.high:  # type: ignore[operator]
                    out[-1] = replace(reading, start=last.start, low=last.low, ranged=True)
                    continue
                if last.low is None and reading.high is None and reading.low < last.high:  # type: ignore[operator]
                    out[-1] = replace(reading, start=last.start, high=last.high, ranged=True)
                    continue
            same = last.kind == reading.kind == "count" and last.head is not None and last.head == reading.head
            if (
                same
                and not _LIST_GAP.fullmatch(page.text, last.end, reading.start)
                and not _OF_TOTAL.fullmatch(page.text, last.end, reading.start)
            ):
                page.refuse(reading, "part of a name", "quantity.not.name")
                continue
        out.append(reading)
    return out
