"""What bounds a number: "over", "up to", "about", "or more", and which numbers are no quantities, from `rules.toml`."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field

from extractor.nlp.quantities.numbers import ANCHOR
from extractor.nlp.rules import Rule, load_rules

Effect = Literal["low", "high", "approx"]


class QuantityRule(Rule):
    """A bound (`effect`, with the phrases `before` and `after` that give it) or a reason why a number is no quantity."""

    effect: Effect | None = None
    before: list[str] = Field(default_factory=list)
    after: list[str] = Field(default_factory=list)
    #: The phrase is a verb of the sentence and stays outside the span.
    outside: bool = False
    reason: str = ""
    left: str = ""
    right: str = ""
    number: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound: its effect, the offsets of its words, the rule, and whether it stays outside the quantity's span."""

    effect: Effect
    start: int
    end: int
    rule: str
    outside: bool = False


@cache
def quantity_rules() -> tuple[QuantityRule, ...]:
    """The rules of this room. Raises `RuleError`."""
    return tuple(load_rules(Path(str(files("extractor.nlp.quantities") / "rules.toml")), QuantityRule))


@cache
def _before() -> dict[str, list[tuple[str, QuantityRule]]]:
    """Phrases by their last word, longest first."""
    table: dict[str, list[tuple[str, QuantityRule]]] = defaultdict(list)
    for rule in quantity_rules():
        for phrase in rule.before:
            table[phrase.split()[-1]].append((phrase, rule))
    for phrases in table.values():
        phrases.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return dict(table)


#: Behind these, "or more" and "+" bound nothing: "or more precisely", "2+2".
_NO_BOUND = re.compile(r"\w|\s+(?:\w+ly|than|to the point)\b|\s*\d", re.IGNORECASE)
#: A number behind "above 1,000 and below", which bounds that one.
_NEXT = re.compile(rf"\s+(?:an?\s+|the\s+)?(?:[A-Z]{{0,3}}[$€£¥₹]\s?)?(?:{ANCHOR.pattern})", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    phrases = sorted(
        (phrase for rule in quantity_rules() for phrase in rule.after), key=lambda phrase: (-len(phrase), phrase)
    )
    forms = [
        r"\s?" * (phrase == "+") + re.escape(phrase)
        if phrase[0] in "-+"
        else r"[\s-]+" + re.escape(phrase).replace(r"\ ", r"[\s-]+")
        for phrase in phrases
    ]
    return re.compile(
        "(" + "|".join(form + (r"\b" if form[-1].isalpha() else "") for form in forms) + ")", re.IGNORECASE
    )


@cache
def _after_rules() -> dict[str, QuantityRule]:
    return {phrase.lstrip("- "): rule for rule in quantity_rules() for phrase in rule.after}


#: What may stand between a bound and its number.
_FILLER = re.compile(
    r"(?:\s+(?:a|an|the|another|a further|a total of|a combined|an additional|further|additional))?\s*\Z|(?<=[~<>=≈])\Z",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"(?:[A-Za-z.]+|[~<>=≈]+)\Z")
#: Behind these verbs "up to" tells where something went, not a bound.
_WENT = re.compile(
    r"\b(?:went|gone|goes|going|go|moved|shot|climbed|jumped|back|pushed|came|catch|caught)\s+\Z", re.IGNORECASE
)
#: Behind these, "about" is what is talked of; behind the second list "some", "near" and "above" are no bounds.
_TALK = re.compile(
    r"\b(?:talk(?:s|ed|ing)?|sp[eo]ke|speak|ask(?:s|ed)?|know|knew|think|thought|question|information|worr(?:y|ied)|concern(?:s|ed)?)\s+\Z",
    re.IGNORECASE,
)


def before(text: str, start: int, floor: int) -> Bound | None:
    """The bound whose words end right before the number at `start`, at `floor` or later."""
    left = max(floor, start - 48)
    filler = _FILLER.search(text, left, start)
    if filler is None:
        return None
    for end in {filler.start(), left + len(text[left:start].rstrip())}:
        word = _LAST_WORD.search(text, left, end)
        if word is None:
            continue
        for phrase, rule in _before().get(word[0].lower(), ()):
            begin = end - len(phrase)
            if begin < left or re.sub(r"\s", " ", text[begin:end]).lower() != phrase:
                continue
            if begin > 0 and (text[begin - 1].isalnum() or (not phrase[0].isalpha() and text[begin - 1] in "\"'/")):
                # part of another word, or the end of a tag: "<td>400"
                continue
            if phrase == "up to" and _WENT.search(text, max(0, begin - 12), begin):
                return None
            if phrase == "about" and _TALK.search(text, max(0, begin - 14), begin):
                return None
            assert rule.effect is not None
            return Bound(rule.effect, begin, end, rule.id, rule.outside)
    return None


def after(text: str, end: int) -> Bound | None:
    """The bound whose words begin right behind the number that ends at `end`."""
    found = _after().match(text, end)
    if found is None or _NO_BOUND.match(text, found.end()):
        return None
    phrase = re.sub(r"[\s-]+", " ", found[0]).strip().lower()
    if phrase.startswith("and ") and _NEXT.match(text, found.end()):
        return None
    rule = _after_rules().get(phrase) or _after_rules().get(phrase.replace(" ", "-"))
    if rule is None or rule.effect is None:
        return None
    if phrase in ("plus", "odd") and not re.match(
        r"-|\s+\w+s\b|\s+(?:\w+\s)?(?:people|men|women|years)\b", text[end : end + 24][len(found[0]) :] or "-"
    ):
        return None
    return Bound(rule.effect, end, found.end(), rule.id)


@cache
def _negatives() -> tuple[
    tuple[QuantityRule, re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None], ...
]:
    def compiled(pattern: str) -> re.Pattern[str] | None:
        return re.compile(pattern) if pattern else None

    return tuple(
        (rule, compiled(rule.left), compiled(rule.right), compiled(rule.number))
        for rule in quantity_rules()
        if rule.left or rule.right or rule.number
    )


def refusal(text: str, start: int, end: int, *, bare: bool) -> QuantityRule | None:
    """The rule by which the number at `start`, `end` is no quantity, or None. `bare`: it has no unit."""
    for rule, left, right, number in _negatives():
        if rule.bare and not bare:
            continue
        if number and not number.fullmatch(text, start, end):
            continue
        if right and not right.match(text, end):
            continue
        if left and not left.search(text, max(0, start - 60), start):
            continue
        return rule
    return None
