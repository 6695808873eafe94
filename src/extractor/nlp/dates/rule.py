"""The rules of time: `rules.toml`, read and found by the words they can open with."""

import re
from functools import cache, cached_property
from pathlib import Path

from pydantic import Field, model_validator

from extractor.nlp.dates.grammar import DIGITS, Opening, classes_of, parse_phrase
from extractor.nlp.dates.readings import READINGS, Read
from extractor.nlp.dates.vocabulary import all_words
from extractor.nlp.rules import Rule, load_rules

RULES = Path(__file__).with_name("rules.toml")


class TimeRule(Rule):
    """A kind of expression: the phrases that say it and the reading that resolves it.

    A rule without phrases is for what is joined of others (`reading = "joined"`).
    `values` are the TIMEX3 values that the `match` sentences yield for an article of Wednesday 3 September 2025.
    """

    reading: str
    phrases: list[str] = Field(default_factory=list)
    value: str | None = None
    values: list[str]

    @model_validator(mode="after")
    def _consistent(self) -> "TimeRule":
        if self.reading not in READINGS if self.phrases else self.reading != "joined":
            raise ValueError(f"there is no reading {self.reading!r}")
        if len(self.values) != len(self.match):
            raise ValueError("each match sentence has one value")
        return self


class Pattern:
    """One phrase of a rule, compiled when it is first tried."""

    def __init__(self, rule: str, source: str, read: Read, value: str | None) -> None:
        self.rule = rule
        self.source = source
        self.read = read
        self.value = value

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled phrase; the group `span` is the expression without context."""
        return re.compile(self.source, re.IGNORECASE)


@cache
def time_rules() -> tuple[TimeRule, ...]:
    """Every rule, in the order of the file."""
    return tuple(load_rules(RULES, TimeRule))


@cache
def _openings() -> dict[Opening, dict[int, Pattern]]:
    """The patterns by opening, numbered in the order of the file."""
    table: dict[Opening, dict[int, Pattern]] = {}
    number = 0
    for rule in time_rules():
        for text in rule.phrases:
            phrase = parse_phrase(text)
            pattern = Pattern(rule.id, phrase.regex, READINGS[rule.reading], rule.value)
            for opening in phrase.openings:
                table.setdefault(opening, {})[number] = pattern
            number += 1
    return table


@cache
def openers() -> frozenset[str]:
    """Every word (in lower case, `#` for digits) that a phrase may open with."""
    firsts = {opening[0] for opening in _openings()}
    return frozenset(word for word in _vocabulary() if classes_of(word) & firsts)


@cache
def followers() -> frozenset[str]:
    """Every word that may stand second in a phrase."""
    seconds = {opening[1] for opening in _openings() if len(opening) == 2}
    return frozenset(word for word in _vocabulary() if classes_of(word) & seconds)


@cache
def patterns(word: str, following: str) -> tuple[Pattern, ...]:
    """The phrases that may open with a word of `openers`, before one of `followers` or another (`""`)."""
    second = classes_of(following) if following else frozenset()
    found: dict[int, Pattern] = {}
    for first in classes_of(word):
        for opening in ((first,), *((first, other) for other in second)):
            found |= _openings().get(opening, {})
    return tuple(pattern for _, pattern in sorted(found.items(), key=lambda item: item[0]))


@cache
def _vocabulary() -> frozenset[str]:
    literal = {word for opening in _openings() for word in opening}
    return frozenset({*literal, *all_words(), "a", "an", "the", "half", "of", "and", "good", DIGITS})
