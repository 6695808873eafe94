"""What each number of a page counts or measures: kinds, units by context, nouns left out, numbers that are none."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.nlp.quantities import counts, currencies, multiples
from extractor.nlp.quantities.counts import Thing
from extractor.nlp.quantities.reading import Page, Reading

_MONEY_IN = re.compile(
    r"\s+(?:in|worth of)\s+(?:[\w-]+\s+){0,3}?(?:deals?|investments?|exports?|imports?|aid|loans?|damages?|revenues?|sales|fines|taxes|tax|subsidies|"
    r"assistance|funding|profits?|assets|debts?|savings|spending|losses|contracts|cash|funds|bonds|trade|bribes|grants|financing|relief|budget|compensation|"
    r"reparations|costs|orders|fees|tariffs|cuts|support|benefits|royalties|credits?|equity|capital)\b",
    re.IGNORECASE,
)
_RATIO_AFTER = re.compile(
    r"\s+(?:of|the|its|their|his|her|our|that|those|as|said|were|are|have|had|want|believe|say|do|did|voted)\b|-?\s?majority|[.,;)]|\s*\Z",
    re.IGNORECASE,
)
_HALF_LEFT = re.compile(
    r"\b(?:first|second|latter|other|last|next|in|better|previous|this|each|H)[\s-]+\Z", re.IGNORECASE
)
_INDEX = re.compile(
    r"\b(?:index|indexes|indices|Dow|Nasdaq|FTSE|Nikkei|DAX|Dax|S&P|Sensex|Nifty|Hang Seng|Kospi|KOSPI|Topix|CAC|composite|industrial average|stocks|bourse|points)\b"
)
#: Indexes whose name ends in a number: "Nikkei 225", "S&P 500".
_INDEX_NAMES = frozenset(
    ("nikkei", "ftse", "s&p", "russell", "stoxx", "nifty", "asx", "cac", "csi", "nasdaq", "fortune")
)
_INDEX_LEFT = re.compile(
    r"\b(?:to|at|of|above|below|near|around|reach(?:ed|ing)?|hit|value of|the)\s+\Z", re.IGNORECASE
)
_LIST_GAP = re.compile(
    r"\s*(?:,|,?\s+and|,?\s+or|/|&)\s*(?:about|around|some|nearly|almost|over|more than|another|the)?\s*", re.IGNORECASE
)
_OF_TOTAL = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+|its\s+|their\s+)?", re.IGNORECASE)
_TWO_BOUNDS = re.compile(r"\s*(?:,|,?\s*(?:and|but)|or)\s*", re.IGNORECASE)
_ELIDED = re.compile(
    r"\s+(?:and|in|for|from|at|of them|are|were|was|is|have|had|came|more|on|by|people|who|out of|each|others?|against|abstain(?:ed|ing)|voted)\b|[.,;)]|\s*\Z",
    re.IGNORECASE,
)
_ELIDED_LEFT = re.compile(
    r"\b(?:another|other|additional|killed|killing|injured|injuring|wounded|wounding|and|with|while|only|just|least|to|than|from|of)\s+\Z|[,(]\s?\Z",
    re.IGNORECASE,
)
_CASUALTY = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|injur(?:ed|ing|es)|wound(?:ed|ing|s)?|dead|died|dies|displac(?:ed|ing)|evacuat(?:ed|ing)|arrest(?:ed|ing)|detain(?:ed|ing)|hospitali[sz]ed)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"1[789]\d\d|20\d\d")
_PAST = re.compile(r"[\s-]*(?:ago|old|of age|earlier|later|before|from now|hence)\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(?:past|last|next|coming|previous|first|every|each|recent|following|preceding|these|those|same|the|this)\s+\Z",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\s+(?:\w+\s)?(?:visit|trip|summit|meeting|tour|conference|forum|talks|session|stay|event|high|low|peak|workshop|break|weekend)",
    re.IGNORECASE,
)
#: Nouns that a number behind "of" is the size of, and what it then counts.
_SIZES = {
    **dict.fromkeys(["crew", "team", "family", "group", "delegation", "crowd", "population", "workforce", "staff", "audience", "garrison", "contingent", "party", "squad", "jury"], "person"),
    **dict.fromkeys(["total", "cuts", "majority", "turnout", "average", "number", "capacity", "record", "membership", "toll", "attendance", "loss", "reduction", "increase", "rise", "fall"], None),
}  # fmt: skip
#: Nouns that "one" points with rather than counts.
_POINTED = frozenset(
    [
        "day",
        "time",
        "thing",
        "reason",
        "way",
        "point",
        "hand",
        "side",
        "example",
        "word",
        "moment",
        "man",
        "voice",
        "another",
        "place",
    ]
)
_NAMES = frozenset(("PRODUCT", "LAW", "WORK_OF_ART", "FAC", "ORG", "EVENT", "NORP", "GPE", "PERSON", "LOC"))


def settle(page: Page, readings: Sequence[Reading]) -> list[Reading]:
    """The quantities among the readings. From right to left, so that "102 and 21 people" counts people twice."""
    out: list[Reading] = []
    for reading in reversed(readings):
        if _settle(page, reading, out[-1] if out else None):
            out.append(reading)
    out.reverse()
    _elided(page, out)
    return _merged(page, [reading for reading in out if reading.kind is not None])


def _settle(page: Page, reading: Reading, following: Reading | None) -> bool:
    """Give a reading its kind; False when it is no quantity. A noun left out is settled later (`kind` None)."""
    number, text, end = reading.number, page.text, reading.number_end
    if reading.unit is not None:
        return _with_unit(page, reading)
    if times := multiples.times(text, end):
        reading.kind, reading.end, reading.rule = "ratio", times, "quantity.ratio.times"
        return True
    if number.form == "fraction" and number.scale == 1:
        return _ratio(page, reading)
    if number.form == "vague" and number.scale >= 100_000 and (money := _MONEY_IN.match(text, end)):
        return _vague_money(page, reading, money)
    hyphen = text[end : end + 1] == "-" and number.form == "digits"
    thing = counts.thing(page.doc, page.token_at(end - 1), value_is_one=reading.is_one, hyphen=hyphen)
    if hyphen and (thing is None or text[max(0, reading.start - 4) : reading.start].lower() == "the "):
        return _reject(page, reading, "an attributive number", "quantity.not.attributive")
    if _named(page, reading, thing):
        return _reject(page, reading, "part of a name", "quantity.not.name")
    if _year(page, reading, thing):
        return _reject(page, reading, "a year", "quantity.not.time")
    if thing is not None:
        if reading.is_one and not _one(page, reading, thing):
            return _reject(page, reading, '"one" that only points', "quantity.not.one_of")
        _count(reading, thing.name, thing.token.i, (thing.token.idx, thing.token.idx + len(thing.token)))
        return True
    if following and following.kind and _LIST_GAP.fullmatch(text, end, following.start):
        if following.kind == "count" and following.name and not reading.is_one:
            _count(reading, following.name, following.head, following.unit_span)
            return True
        if following.unit and following.unit_span and following.unit_span[0] >= following.number.start:
            _borrow(reading, following)
            return True
    return _bare(page, reading)


def _reject(page: Page, reading: Reading, reason: str, rule: str) -> bool:
    page.reject(reading.start, reading.number_end, reason, rule)
    return False


def _count(reading: Reading, name: str | None, head: int | None, span: tuple[int, int] | None) -> None:
    reading.kind, reading.name, reading.head, reading.unit_span = "count", name, head, span


def _with_unit(page: Page, reading: Reading) -> bool:
    assert reading.unit is not None
    reading.kind, reading.name = reading.unit.kind, reading.unit.name
    reading.head = page.token_at(reading.unit_span[1] - 1) if reading.unit_span else None
    if reading.kind == "money":
        _currency(page, reading, reading.unit.codes)
    return reading.kind != "duration" or _finding(page, reading)


def _currency(page: Page, reading: Reading, codes: tuple[str, ...]) -> None:
    reading.name = codes[0]
    if len(codes) > 1:
        begin, end = page.sentence(reading.number.start)
        reading.inferred = True
        reading.name = page.currencies.settle(codes, page.text[begin:end])


def _borrow(reading: Reading, following: Reading) -> None:
    """ "45 and 50 mg": a number without a unit takes the unit of the next in its list."""
    assert following.unit is not None
    reading.kind, reading.name, reading.head, reading.unit_span = (
        following.kind,
        following.name,
        following.head,
        following.unit_span,
    )
    reading.unit, reading.rule = following.unit, following.rule
    factor = following.unit.factor
    if following.number.scale != 1 and reading.number.scale == 1:
        factor *= following.number.scale
    reading.low = None if reading.low is None else reading.low * factor
    reading.high = None if reading.high is None else reading.high * factor


def _finding(page: Page, reading: Reading) -> bool:
    """A duration that is an age, tells a time ("30 years ago") or only names a visit's length is passed over."""
    text = page.text
    if _PAST.match(text, reading.end) or _PERIOD.search(text, max(0, reading.start - 14), reading.start):
        return _reject(page, reading, "a point in time", "quantity.not.time")
    if text[reading.number.end : reading.number.end + 1] == "-" and _OCCASION.match(text, reading.end):
        return _reject(page, reading, "a length that only names", "quantity.not.pointer")
    return True


def _ratio(page: Page, reading: Reading) -> bool:
    """A fraction without a unit: of something, or said of a group; an ordinal or half of a match is none."""
    text, end = page.text, reading.end
    name = text[reading.number.start : reading.number.end].lower()
    of = text[end : end + 3].lower() == " of"
    if name.startswith("half"):
        plain = re.match(r"\s+(?:of|the|its|their|his|her|our|that|those|as)\b", text[end : end + 8])
        good = bool(reading.bound or plain) and not (
            _HALF_LEFT.search(text, max(0, reading.start - 12), reading.start) and not reading.bound
        )
    elif name.endswith("quarter"):
        good = of and re.match(r"\s+of\s+(?:\d{4}|last|this|next)\b", text[end : end + 9]) is None
    elif "/" in name or not (name.endswith("s") or "-" in name or reading.bound):
        good = of
    else:
        good = _RATIO_AFTER.match(text, end) is not None
    if good:
        reading.kind, reading.rule = "ratio", "quantity.ratio.fraction"
    return good


def _vague_money(page: Page, reading: Reading, money: re.Match[str]) -> bool:
    reading.kind, reading.rule = "money", "quantity.money.vague"
    _currency(page, reading, currencies.names()["dollar"])
    reading.unit_span = (money.end() - len(money[0].split()[-1]), money.end())
    return True


def _named(page: Page, reading: Reading, thing: Thing | None) -> bool:
    """Whether a number without a unit belongs to a name: "Boeing 737", "Group of Seven", "Six Flags"."""
    if reading.bound or reading.ranged:
        return False
    doc, text = page.doc, page.text
    start, end = reading.number.start, reading.number.end
    first, last = page.token_at(start), page.token_at(end - 1)
    digits = text[start].isdigit()
    before = doc[first - 1] if first and not doc[first].is_sent_start else None
    if before is not None and digits and before.lower_ in _INDEX_NAMES:
        return True
    if (
        before is not None
        and digits
        and before.tag_ in ("NNP", "NNPS")
        and before.idx + len(before) + 1 >= start
        and before.text[0].isupper()
        and before.is_alpha
    ):
        tied = thing is None or doc[last].head.i <= last or before.ent_type_ in ("PRODUCT", "FAC", "LAW", "WORK_OF_ART")
        if tied:
            return True
    if doc[last].ent_type_ in _NAMES and doc[last].ent_iob_ == "I" and doc[first].ent_iob_ != "B":
        return thing is None or not digits or thing.token.ent_type_ == doc[last].ent_type_
    if (
        text[start].isupper()
        and not doc[first].is_sent_start
        and not text[:start].rstrip().endswith(('"', "“", "”", ":", "''", "-", "•", "*", "."))
    ):
        title = page.document.layout.title_span
        return doc[first].tag_ in ("NNP", "NNPS", "CD") and not (title and title[0] <= start < title[1])
    return False


def _year(page: Page, reading: Reading, thing: Thing | None) -> bool:
    """Four digits that are a year: nothing in the plural follows, or "the" stands before them."""
    start = reading.number.start
    if reading.ranged or _YEAR.fullmatch(page.text, start, reading.number.end) is None:
        return False
    return (
        thing is None
        or thing.token.tag_ not in ("NNS", "NNPS")
        or page.text[max(0, start - 4) : start].lower() == "the "
    )


def _one(page: Page, reading: Reading, thing: Thing) -> bool:
    """ "one" counts where something is done to what it counts ("one person was killed"), else it only points."""
    if page.text[reading.number.start].isdigit():
        return True
    token = thing.token
    if token.lower_ in _POINTED or token.dep_ not in ("nsubjpass", "dobj"):
        return False
    before = page.token_at(reading.start)
    return token.dep_ == "nsubjpass" or page.doc[max(before - 1, 0)].lower_ not in (
        "no",
        "the",
        "this",
        "that",
        "any",
        "a",
        "an",
    )


def _bare(page: Page, reading: Reading) -> bool:
    """A number with neither unit nor noun: an index level, a bounded number, or one whose noun is left out."""
    text, number = page.text, reading.number
    begin, end = page.sentence(number.start)
    if _index_level(page, reading, begin, end):
        return True
    if size := _size(page, reading):
        _count(reading, size[0], None, size[1] if size[0] else None)
        reading.rule = "quantity.count.size"
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
    return _bounded(reading) or _reject(page, reading, "a number without a unit", "quantity.not.bare")


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
    cue = _INDEX.search(text, begin, end) or (
        _INDEX.search(text) if mark or ("." in written and "," in written) else None
    )
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


def _size(page: Page, reading: Reading) -> tuple[str | None, tuple[int, int]] | None:
    """ "a crew of six", "job cuts of 10,000": the noun before "of" says that the number is its size."""
    first = page.token_at(reading.start)
    if first < 2 or page.doc[first - 1].lower_ != "of" or page.doc[first - 2].lower_ not in _SIZES:
        return None
    noun = page.doc[first - 2]
    return _SIZES[noun.lower_], (noun.idx, noun.idx + len(noun))


def _elided(page: Page, readings: Sequence[Reading]) -> None:
    """Numbers whose noun is left out count what the last count before them in the sentence counted."""
    for i, reading in enumerate(readings):
        if reading.kind is not None:
            continue
        begin, end = page.sentence(reading.number.start)
        model = next(
            (
                other
                for other in reversed(readings[:i])
                if other.kind == "count" and other.name and other.number.start >= begin
            ),
            None,
        )
        casualty = _CASUALTY.search(page.text, begin, end)
        if model is not None:
            _count(reading, model.name, None, model.unit_span)
        elif casualty and reading.number.value >= 2:
            _count(reading, "person", None, casualty.span())
        elif _bounded(reading):
            continue
        else:
            _reject(page, reading, "a number without a unit", "quantity.not.bare")
            continue
        reading.rule, reading.inferred = "quantity.count.elided", True


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
                _reject(page, reading, "part of a name", "quantity.not.name")
                continue
        out.append(reading)
    return out
