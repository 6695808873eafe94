"""The phrase notation of `rules.toml`, compiled to regular expressions.

    word        itself, in any case; a blank stands for blanks with at most one line break
    {slot}      a word or number of a class, see `SLOTS`; a second one of a name is called `name2`
    [ ... ]     may be left out
    ( a | b )   either
    -           a hyphen or dash
    < ... >     the span of the expression, where the phrase holds context around it

A phrase also knows the words it can begin with, so that only those are tried at a word of the text.
"""

import re
from dataclasses import dataclass
from functools import cache

from extractor.errors import RuleError
from extractor.nlp.dates.vocabulary import words

_BLANK = r"(?:[ \t\u00a0\u202f]+\n?[ \t\u00a0]*|\n[ \t\u00a0]*)(?!\n)"
_DASH = "[-\u2010\u2011\u2013\u2014]"
#: No phrase ends inside a word, a number or a time.
_END = r"(?![^\W_]|[.:/]\d|,\d{3}(?!\d))"
#: What stands for a number in the first words of a phrase.
DIGITS = "#"

#: A word of the text, a number or the apostrophe of a short year: where a phrase may begin.
START = re.compile(r"[A-Za-z]+|\d+|['\u2019](?=\d\d)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase and the lower-case words (or `#` for digits) it may begin with."""

    regex: re.Pattern[str]
    starts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    regex: str
    starts: frozenset[str]
    empty: bool


@cache
def slots() -> dict[str, tuple[str, frozenset[str]]]:
    """Every slot: its regular expression and the words it may begin with."""
    digits = frozenset({DIGITS})
    numbers = [w for w in words("number") if w not in ("couple", "dozen", "hundred")]
    tens = [w for w in numbers if int(words("number")[w]) >= 20]
    ones = [w for w in numbers if 0 < int(words("number")[w]) < 10]
    small = _any([w for w in numbers if w != "zero"])
    spelled = rf"(?:{_any(tens)}[- ]{_any(ones)}|{small})"
    vague = r"(?:(?:a|the)[ \n])?(?:couple(?:[ \n]of)?|(?:good[ \n])?few|half[- ]dozen|dozen)|several|many|some"
    cardinal = (
        rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}(?:\.\d+)?|{spelled}[ -]hundred|a hundred|{spelled}|half an?|{vague}|an?)"
        rf"(?:[ \n]and[ \n]a[ \n]half)?"
    )
    ordinal = rf"(?:{_any(tens)}[- ]{_any(words('ordinal'))}|{_any(words('ordinal'))})"
    starts = frozenset({*numbers, *words("vague"), *["a", "an", "the", "half", "couple", "dozen", "good"], DIGITS})
    table: dict[str, tuple[str, frozenset[str]]] = {
        "year": (r"(?:1\d|2[01])\d\d", digits),
        "yy": (r"\d\d", digits),
        "yyyy": (r"(?:1\d|20)\d\d|\d\d", digits),
        "mm": (r"0[1-9]|1[0-2]", digits),
        "dd": (r"0[1-9]|[12]\d|3[01]", digits),
        "d": (r"\d{1,2}", digits),
        "day": (r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?", digits),
        "nth": (rf"\d{{1,2}}(?:st|nd|rd|th)|{ordinal}", frozenset({*words("ordinal"), *tens, DIGITS})),
        "digit": (r"\d", digits),
        "n": (cardinal, starts),
        "bc": (r"\d{1,4}", digits),
        "hour": (r"[01]?\d|2[0-3]", digits),
        "minute": (r"[0-5]\d", digits),
        "hhmm": (r"(?:[01]\d|2[0-3])[0-5]\d", digits),
    }
    for kind in ("month", "weekday"):
        table[kind] = (_any(words(kind), dot=True), frozenset(words(kind)))
    for kind in ("season", "unit", "daypart", "part", "edge"):
        table[kind] = (_any(words(kind)), frozenset(words(kind)))
    return table


def compile_phrase(text: str) -> Phrase:
    """Compile one phrase. Raises `RuleError` when the notation is broken."""
    parser = _Parser(text)
    part = parser.sequence("")
    if part.empty:
        raise RuleError(f"the phrase {text!r} may be empty")
    regex = part.regex if "(?P<span>" in part.regex else f"(?P<span>{part.regex})"
    return Phrase(re.compile(regex + _END, re.IGNORECASE), part.starts)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.seen: dict[str, int] = {}

    def sequence(self, closing: str) -> _Part:
        """Read up to one of the closing marks, which is taken."""
        regex, starts, empty = "", frozenset[str](), True
        alternatives: list[_Part] = []
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
                alternatives.append(_Part(regex, starts, empty))
                regex, starts, empty = "", frozenset(), True
                continue
            part = self.element()
            regex += part.regex
            if empty:
                starts |= part.starts
                empty = part.empty
        if not alternatives:
            return _Part(regex, starts, empty)
        alternatives.append(_Part(regex, starts, empty))
        return _Part(
            "(?:" + "|".join(p.regex for p in alternatives) + ")",
            frozenset().union(*(p.starts for p in alternatives)),
            any(p.empty for p in alternatives),
        )

    def element(self) -> _Part:
        mark = self.text[self.at]
        self.at += 1
        if mark == " ":
            return _Part(_BLANK, frozenset(), True)
        if mark == "[":
            inner = self.sequence("]")
            return _Part(f"(?:{inner.regex})?", inner.starts, True)
        if mark == "(":
            inner = self.sequence(")")
            return _Part(f"(?:{inner.regex})", inner.starts, inner.empty)
        if mark == "<":
            inner = self.sequence(">")
            return _Part(f"(?P<span>{inner.regex})", inner.starts, inner.empty)
        if mark == "{":
            end = self.text.index("}", self.at)
            name = self.text[self.at : end]
            self.at = end + 1
            if name not in slots():
                raise RuleError(f"{{{name}}} in the phrase {self.text!r} is no slot")
            regex, starts = slots()[name]
            self.seen[name] = self.seen.get(name, 0) + 1
            count = self.seen[name]
            return _Part(f"(?P<{name}{count if count > 1 else ''}>{regex})", starts, False)
        if mark == "-":
            return _Part(_DASH, frozenset(), False)
        if mark in "'\u2019":
            return _Part("['\u2019]", frozenset("'\u2019"), False)
        if mark.isalpha():
            match = re.compile(r"[A-Za-z]+").match(self.text, self.at - 1)
            assert match is not None
            self.at = match.end()
            return _Part(match[0], frozenset({match[0].lower()}), False)
        return _Part(re.escape(mark), frozenset(), False)


def _any(items: "dict[str, str] | list[str]", *, dot: bool = False) -> str:
    """A regular expression for any of the words, the longest first."""
    ordered = sorted(items, key=lambda word: (-len(word), word))
    if not dot:
        return "(?:" + "|".join(ordered) + ")"
    short = [word for word in ordered if len(word) <= 5 and word not in ("march", "april", "may", "june", "july")]
    full = [word for word in ordered if word not in short]
    return rf"(?:(?:{'|'.join(full)})|(?:{'|'.join(short)})\b\.?)"
