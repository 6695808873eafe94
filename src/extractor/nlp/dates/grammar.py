"""The phrase notation of `rules.toml`, compiled to regular expressions.

    word        itself, in any case; a blank stands for blanks with at most one line break
    {slot}      a word or number of a class, see `slots`; a second one of a name is called `name2`
    [ ... ]     may be left out
    ( a | b )   either
    -           a hyphen or dash
    < ... >     the span of the expression, where the phrase holds context around it

A phrase also knows the one or two words it can begin with, so that only what may match is tried at a word of the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extractor.errors import RuleError
from extractor.nlp.dates.holidays import holiday_names
from extractor.nlp.dates.vocabulary import words

_BLANK = r"(?:[ \t\u00a0\u202f]+\n?[ \t\u00a0]*|\n[ \t\u00a0]*)(?!\n)"
_DASH = "[-\u2010\u2011\u2013\u2014]"
#: No phrase ends inside a word, a number or a time.
_END = r"(?![^\W_]|[.:/]\d|,\d{3}(?!\d))"

#: The first word or two of a phrase, as literal words or names of word classes (`#` for digits).
type Opening = tuple[str, ...]
DIGITS = "#"

_WORD = r"[A-Za-z]+|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?"
#: A word of the text, a number or the apostrophe of a short year: where a phrase may begin.
START = re.compile(rf"{_WORD}|['\u2019](?=\d\d)")
#: The word after one, over at most a line break and a few marks.
NEXT = re.compile(rf"[^A-Za-z0-9\n]{{0,3}}\n?[^A-Za-z0-9\n]{{0,3}}({_WORD})")


_TENS = ("20", "30", "40", "50", "60", "70", "80", "90")
_TEENS = tuple(str(number) for number in range(10, 20))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as a regular expression, and the words it may open with."""

    regex: str
    openings: frozenset[Opening]


@dataclass(frozen=True, slots=True)
class Slot:
    """A class of words or numbers."""

    regex: str
    openings: frozenset[Opening]


@cache
def slots() -> dict[str, Slot]:
    """Every slot by name."""
    spelled = _any([word for word in words("number") if word not in ("zero", "couple", "dozen", "hundred")])
    tens = _any([word for word, value in words("number").items() if value in _TENS])
    ones = _any([word for word, value in words("number").items() if value in "123456789"])
    teens = _any([word for word, value in words("number").items() if value in _TEENS])
    small = rf"(?:{tens}(?:[- ]{ones})?|{teens}|{ones})"
    cardinal = (
        rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}(?:\.\d+)?|{spelled}(?:[- ]{spelled})?(?:[- ]hundred)?"
        r"|(?:an?|the)\s(?:hundred|couple(?:\sof)?|(?:good\s)?few|(?:half[- ])?dozen)|couple(?:\sof)?|few"
        r"|half\san?|several|many|some|an?)(?:\sand\sa\shalf)?"
    )
    ordinal = rf"(?:{_any(words('number'))}[- ])?{_any(words('ordinal'))}"
    digits = frozenset({(DIGITS,)})
    table = {
        name: Slot(regex, digits)
        for name, regex in {
            "year": r"(?:1\d|2[01])\d\d",
            "dotted": r"\d{1,2}\.\d{1,2}\.(?:(?:19|20)\d\d|\d\d)",
            "ymd": r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])",
            "yy": r"\d\d",
            "yyyy": r"(?:1\d|20)\d\d|\d\d",
            "mm": r"0[1-9]|1[0-2]",
            "dd": r"0[1-9]|[12]\d|3[01]",
            "d": r"\d{1,2}",
            "day": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?",
            "digit": r"\d",
            "bc": r"\d{1,4}",
            "hour": r"[01]?\d|2[0-3]",
            "minute": r"[0-5]\d",
            "hhmm": r"(?:[01]\d|2[0-3])[0-5]\d",
        }.items()
    }
    table["n"] = Slot(cardinal, frozenset({("n",), ("n", "n more"), (DIGITS,), (DIGITS, "n more")}))
    table["nth"] = Slot(
        rf"\d{{1,2}}(?:st|nd|rd|th)|{ordinal}", frozenset({(DIGITS,), ("ordinal",), ("number", "ordinal")})
    )
    hundreds = _any(["sixteen", "seventeen", "eighteen", "nineteen", "twenty"])
    table["spoken"] = Slot(
        rf"two thousand(?:(?: and)? {small})?"
        rf"|{hundreds} (?:hundred(?:(?: and)? {small})?|{tens}(?:[- ]{ones})?|{teens}|oh {ones})",
        frozenset({("number", "number"), ("number", "thousand"), ("number", "oh")}),
    )
    table["spoken_day"] = Slot(
        rf"(?:twenty(?:[- ]{ones})?|thirty(?:[- ]one)?|{teens}|{ones})",
        frozenset({("number",), ("number", "number")}),
    )
    table["holiday"] = Slot(
        _any(re.sub("'", "['\u2019]?", name) for name in holiday_names()),
        frozenset(
            tuple(re.findall("[a-z]+", text)[:2]) for name in holiday_names() for text in (name, name.replace("'", ""))
        ),
    )
    for kind in ("month", "weekday"):
        table[kind] = Slot(_any(words(kind), dot=True), frozenset({(kind,)}))
    for kind in ("season", "unit", "daypart", "part", "edge"):
        table[kind] = Slot(_any(words(kind)), frozenset({(kind,)}))
    return table


@cache
def classes_of(word: str) -> frozenset[str]:
    """What a word of the text may be at the opening of a phrase: itself and the classes it belongs to."""
    if word == DIGITS:
        return frozenset({DIGITS})
    found = {word}
    for kind in ("month", "weekday", "season", "unit", "daypart", "part", "edge", "ordinal", "number"):
        if word in words(kind):
            found.add(kind)
    if word in words("number") or word in words("vague") or word in ("a", "an", "the", "half"):
        found |= {"n", "n more"}
    if word in ("of", "and", "good"):
        found.add("n more")
    return frozenset(found)


def parse_phrase(text: str) -> Phrase:
    """Parse one phrase. Raises `RuleError` when the notation is broken."""
    part = _Parser(text).sequence("")
    if () in part.openings:
        raise RuleError(f"the phrase {text!r} may be empty")
    regex = part.regex if "(?P<span>" in part.regex else f"(?P<span>{part.regex})"
    return Phrase(regex + _END, part.openings)


_NOTHING: frozenset[Opening] = frozenset({()})


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.seen: dict[str, int] = {}

    def sequence(self, closing: str) -> Phrase:
        """Read up to the closing mark, which is taken."""
        regex, openings = "", _NOTHING
        alternatives: list[Phrase] = []
        while True:
            if self.at == len(self.text):
                if closing:
                    raise RuleError(f"{closing!r} is missing in the phrase {self.text!r}")
                break
            mark = self.text[self.at]
            if closing and mark == closing:
                self.at += 1
                break
            if mark == "|":
                self.at += 1
                alternatives.append(Phrase(regex, openings))
                regex, openings = "", _NOTHING
                continue
            part = self.element()
            regex += part.regex
            openings = frozenset((left + right)[:2] for left in openings for right in part.openings)
        if not alternatives:
            return Phrase(regex, openings)
        alternatives.append(Phrase(regex, openings))
        return Phrase(
            "(?:" + "|".join(item.regex for item in alternatives) + ")",
            frozenset().union(*(item.openings for item in alternatives)),
        )

    def element(self) -> Phrase:
        """Read one mark, word, slot or group."""
        mark = self.text[self.at]
        self.at += 1
        match mark:
            case " ":
                return Phrase(_BLANK, _NOTHING)
            case "[":
                inner = self.sequence("]")
                return Phrase(f"(?:{inner.regex})?", inner.openings | _NOTHING)
            case "(":
                inner = self.sequence(")")
                return Phrase(f"(?:{inner.regex})", inner.openings)
            case "<":
                inner = self.sequence(">")
                return Phrase(f"(?P<span>{inner.regex})", inner.openings)
            case "{":
                return self.slot()
            case "-":
                return Phrase(_DASH, _NOTHING)
            case "'":
                opening = frozenset({("'",)}) if self.at == 1 else _NOTHING
                return Phrase("['\u2019]", opening)
        if mark.isalpha():
            match = re.compile("[A-Za-z]+").match(self.text, self.at - 1)
            assert match is not None
            self.at = match.end()
            return Phrase(match[0], frozenset({(match[0].lower(),)}))
        if mark.isdigit():
            number = re.compile(r"\d+").match(self.text, self.at - 1)
            assert number is not None
            self.at = number.end()
            return Phrase(number[0], frozenset({(DIGITS,)}))
        return Phrase(re.escape(mark), _NOTHING)

    def slot(self) -> Phrase:
        """Read a slot, whose brace is taken."""
        end = self.text.index("}", self.at)
        name = self.text[self.at : end]
        self.at = end + 1
        if name not in slots():
            raise RuleError(f"{{{name}}} in the phrase {self.text!r} is no slot")
        self.seen[name] = count = self.seen.get(name, 0) + 1
        return Phrase(f"(?P<{name}{count if count > 1 else ''}>{slots()[name].regex})", slots()[name].openings)


def _any(items: Iterable[str], *, dot: bool = False) -> str:
    """A regular expression for any of the words, the longest first; `dot`: short ones may end in one."""
    ordered = sorted(items, key=lambda word: (-len(word), word))
    if not dot:
        return "(?:" + "|".join(ordered) + ")"
    whole = ("march", "april", "may", "june", "july")
    short = [word for word in ordered if len(word) <= 5 and word not in whole]
    full = [word for word in ordered if word not in short]
    return rf"(?:{'|'.join(full)}|(?:{'|'.join(short)})(?![a-z])\.?)"
