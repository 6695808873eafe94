"""When a word that may stand for a time does: months that are verbs, years that are amounts."""

import re
from typing import TYPE_CHECKING

from extractor.nlp.dates.timeline import Timeline

if TYPE_CHECKING:
    from extractor.nlp.dates.readings import Words

#: What stands before a month without a day or a year.
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|until|till|by|from|to|during|before|after|through|early|mid|late|and|or|between|for|on|last|next|this|every|"
    r"late in|early in|throughout|around|ended|ending|beginning|starting|end-|mid-|late-|early-)[ \n(-]$",
    re.IGNORECASE,
)
#: Weekdays that are part of a name.
_NAMED_WEEKDAY = re.compile(r"\b(?:Good|Black|Bloody|Super|Ash|Palm|Maundy|Holy|Easter|Shrove|Whit|Cyber) $")
#: What stands before a short weekday, another weekday among it.
_BEFORE_WEEKDAY = re.compile(
    r"\b(?:on|by|until|from|to|this|next|last|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:[a-z]*day)?\.? (?:or|and|to))[ \n]$",
    re.IGNORECASE,
)
_FROM_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Apr|Jun|Jul|Aug|"
    r"Sept?|Oct|Nov|Dec)\.?[-\u2010\u2011\u2013]$"
)
_TO_MONTH = re.compile(
    r" (?:to|through|until|till) (?:January|February|March|April|May|June|July|August|Sept|Oct|Nov|Dec)"
)
_AMOUNT_BEFORE = re.compile(
    r"(?:[$\u20ac\u00a3\u00a5#\u20b9]|\b(?:Rs|No|Nos|no|number|flight|resolution|page|section|article|order|act|bill|room|route|highway|"
    r"US\$|rupees|some|about|nearly|over|least|almost|(?:more|less|fewer|greater|higher|lower)[ \n]than|roughly|approximately|Boeing|Airbus|model|version|chapter|law|decree|form)\.?)[ \n]*$",
    re.IGNORECASE,
)
#: Things that are counted or measured, after a number of four digits.
_COUNTED = re.compile(
    r"[ \n-]?(?:percent|per cent|%|people|persons|men|women|children|troops|soldiers|workers|jobs|kilomet|km|miles?\b|met(?:er|re)s?\b|feet|"
    r"tonnes?|tons?\b|dollars?|euros?|pounds?|rupees|yuan|yen|points?|units?|barrels?|megawatt|MW|GW|MHz|kg|deaths|cases|homes|houses|"
    r"hectares|acres|votes|seats|students|members|companies|firms|firm\b|"
    r"million|billion|trillion|crore|lakh|hours?|days?|weeks?|months?|years?\b|others|more|or so|rpm|cc\b|dpi)",
    re.IGNORECASE,
)


def is_month(line: Timeline, w: "Words", *, dated: bool) -> bool:
    """Whether a month's name means the month. `dated`: a day or a year stands with it."""
    text = w["month"]
    word = text.rstrip(".").lower()
    if dated:
        return word not in ("may", "march", "mar") or text[0].isupper()
    if not text[0].isupper() and (word in ("may", "march") or len(word) <= 4):
        before = line.text[max(0, w.start - 8) : w.start]
        return word != "march" and bool(re.search(r"\b(?:in|since|until|during) $", before, re.IGNORECASE))
    token = line.doc[line.token]
    if word in ("mar", "dec", "jan", "sep", "nov") and not text.endswith("."):
        if re.match(r"\s?[-\u2013]\s?[A-Z][a-z]{2}", line.text[w.end : w.end + 6]):
            return True
        return token.ent_type_ == "DATE" or bool(_BEFORE_MONTH.search(line.text[max(0, w.start - 14) : w.start]))
    if _FROM_MONTH.search(line.text[max(0, w.start - 14) : w.start]):
        return True
    if word in ("may", "march", "april", "june", "august", "jan", "jun", "mar"):
        if word == "may" and token.tag_ in ("MD", "VB"):
            return False
        before = line.text[max(0, w.start - 14) : w.start]
        if _TO_MONTH.match(line.text, w.end):
            return True
        following = line.doc[token.i + 1] if token.i + 1 < len(line.doc) else None
        named = following is not None and following.tag_ == "NNP" and following.text[0].isupper()
        if named and not re.search(r"\b(?:in|since|until|during|last|next|this|early|late|mid)[ \n-]$", before):
            return False
        if _BEFORE_MONTH.search(before):
            return not re.match(
                r"[ \n](?:[A-Z][a-z]+ )?(?:said|told|added|has|was born|Day)\b", line.text[w.end : w.end + 24]
            )
        if word in ("may", "march"):
            return False
        return token.ent_type_ != "PERSON"
    return token.ent_type_ not in ("PERSON",)


def is_weekday(line: Timeline, w: "Words") -> bool:
    """Whether a weekday's name means the day: "Sun", "Sat" and "Wed" need a word before them that says so."""
    text = w["weekday"]
    if _NAMED_WEEKDAY.search(line.text[max(0, w.start - 8) : w.start]):
        return False
    word = text.rstrip(".").lower()
    if len(word) > 5:
        return True
    if not text[0].isupper():
        return False
    before = line.text[max(0, w.start - 14) : w.start]
    return bool(_BEFORE_WEEKDAY.search(before)) or bool(
        re.match(r"[.]?,? \d|[.]?, [A-Z]", line.text[w.end : w.end + 4])
    )


def is_year(line: Timeline, w: "Words", *, expected: bool) -> bool:
    """Whether four digits are a year. `expected`: a word before them goes with years ("in 2000")."""
    text = line.text
    year = w.number("year")
    start, end = w.start, w.end
    if _AMOUNT_BEFORE.search(text[max(0, start - 16) : start]) or text[start - 1 : start] in (
        "$",
        "\u20ac",
        "\u00a3",
        "#",
        ",",
        ".",
    ):
        return False
    if _COUNTED.match(text[end : end + 14]) or text[end : end + 1] in ("%", "/", "\u00b0", "+"):
        return False
    if re.match(r"[-\u2010]\d", text[end : end + 2]) or re.search(r"\d[-\u2010/]$", text[max(0, start - 2) : start]):
        return False
    token = line.doc[_token_at(line, start)]
    kind = token.ent_type_
    if expected:
        if kind in ("QUANTITY", "MONEY", "PERCENT") and _measures(line, token.i + 1, kind):
            return False
        if not 1500 <= year <= 2199:
            return year >= 1000 and kind == "DATE"
        follower = line.doc[token.i + 1] if token.i + 1 < len(line.doc) else None
        return not (
            kind == "CARDINAL"
            and follower is not None
            and follower.tag_ in ("NNS", "JJ")
            and "onward" not in follower.lower_
        )
    if not 1800 <= year <= 2100:
        return False
    if kind in ("QUANTITY", "MONEY", "PERCENT", "PRODUCT"):
        return False
    if kind == "DATE":
        return True
    follower = line.doc[token.i + 1] if token.i + 1 < len(line.doc) else None
    if follower is not None and follower.tag_ == "NNS" and kind == "CARDINAL":
        return False
    near = 1900 <= year <= (line.base.year if line.base else 2025) + 30
    return near and (kind != "CARDINAL" or text[start - 1 : start] in ("(", "\u2013", "-", " ", "\n", ""))


def _measures(line: Timeline, i: int, kind: str) -> bool:
    """Whether the token after a number is the noun of an amount that the model found."""
    return i < len(line.doc) and line.doc[i].ent_type_ == kind and line.doc[i].tag_[:2] in ("NN", "JJ")


def _token_at(line: Timeline, start: int) -> int:
    """The token that holds a character near the expression's first token."""
    i = line.token
    while i + 1 < len(line.doc) and line.doc[i + 1].idx <= start:
        i += 1
    return i
