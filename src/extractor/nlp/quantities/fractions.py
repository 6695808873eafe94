"""Fractions: "a third of the crop", "by a fifth"; "a third month" is an ordinal."""

import re

from extractor.nlp.quantities.reading import Page, Reading

_RATIO_AFTER = re.compile(
    r"\s+(?:of|the|its|their|his|her|our|that|those|as|said|were|are|have|had|want|believe|say|do|did|voted)\b|-?\s?majority|[.,;)]|\s*\Z",
    re.IGNORECASE,
)
#: What stands before a fraction that something grew or shrank by, or before what may follow it.
_BY = re.compile(
    r"\b(?:by|up|down|r[io]se|risen|rising|f[ae]ll(?:en|ing)?|grew|grown?|growing|climbed|jumped|dropped|declined|increased|decreased|"
    r"shr[aui]nk|surged|slumped|plunged|tumbled|gained|lost|slid|soared|swelled|expanded|contracted)\s+(?:about\s+|around\s+|nearly\s+|almost\s+|over\s+|more\s+than\s+)?\Z",
    re.IGNORECASE,
)
_BY_AFTER = re.compile(
    r"[.,;)]|\s*\Z|\s+(?:to|from|in|on|at|this|last|over|since|compared|year|and|but|as|after|while|between|during)\b",
    re.IGNORECASE,
)
#: Quarters of a year are periods.
_OF_YEAR = re.compile(r"\s+of\s+(?:\d{4}|last|this|next|the\s+year)\b", re.IGNORECASE)
_HALF_LEFT = re.compile(
    r"\b(?:first|second|latter|other|last|next|in|better|previous|this|each|H)[\s-]+\Z", re.IGNORECASE
)


def ratio(page: Page, reading: Reading) -> bool:
    """A fraction without a unit: of something, or said of a group; an ordinal or half of a match is none."""
    text, end = page.text, reading.end
    name = text[reading.number.start : reading.number.end].lower()
    of = text[end : end + 3].lower() == " of"
    if name.startswith("half"):
        plain = re.match(r"\s+(?:of|the|its|their|his|her|our|that|those|as)\b", text[end : end + 8])
        good = bool(reading.bound or plain) and not (
            _HALF_LEFT.search(text, max(0, reading.start - 12), reading.start) and not reading.bound
        )
    elif name.endswith("quarters") and _OF_YEAR.match(text, end):
        good = False
    elif name.endswith("quarter") and not _BY.search(text, max(0, reading.start - 24), reading.start):
        good = of and _OF_YEAR.match(text, end) is None
    elif _BY.search(text, max(0, reading.start - 24), reading.start) and _BY_AFTER.match(text, end):
        good = True
    elif "/" in name or not (name.endswith("s") or "-" in name or reading.bound):
        good = of
    else:
        good = _RATIO_AFTER.match(text, end) is not None
    if good:
        reading.kind, reading.rule = "ratio", "quantity.ratio.fraction"
    return good


#: Fractions that are also ordinals, behind "a".
_ORDINAL = re.compile(r"an?[\s-]+(?:third|fourth|fifth|sixth|eighth|tenth)", re.IGNORECASE)


def is_ordinal(text: str, start: int, end: int) -> bool:
    """Whether a fraction before a noun is an ordinal: "a third month", not "a third of a month"."""
    return _ORDINAL.fullmatch(text, start, end) is not None
