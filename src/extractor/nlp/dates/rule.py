"""The rules of time: `rules.toml`, read and ordered by the words they can begin with."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from extractor.nlp.dates.grammar import compile_phrase
from extractor.nlp.dates.readings import READINGS, Read
from extractor.nlp.rules import Rule, load_rules

RULES = Path(__file__).with_name("rules.toml")


class TimeRule(Rule):
    """A kind of expression: the phrases that say it and the reading that resolves it.

    `values` are the TIMEX3 values that the `match` sentences yield for an article of Wednesday 3 September 2025.
    """

    reading: str
    phrases: list[str] = Field(min_length=1)
    value: str | None = None
    values: list[str]

    @model_validator(mode="after")
    def _consistent(self) -> "TimeRule":
        if self.reading not in READINGS:
            raise ValueError(f"there is no reading {self.reading!r}")
        if len(self.values) != len(self.match):
            raise ValueError("each match sentence has one value")
        return self


@dataclass(frozen=True, slots=True)
class Pattern:
    """One phrase of a rule, ready to be tried."""

    rule: str
    regex: re.Pattern[str]
    read: Read
    value: str | None


@cache
def time_rules() -> tuple[TimeRule, ...]:
    """Every rule, in the order of the file."""
    return tuple(load_rules(RULES, TimeRule))


@cache
def patterns() -> dict[str, tuple[Pattern, ...]]:
    """The phrases to try at a word, by the word in lower case (`#` for digits)."""
    table: dict[str, list[Pattern]] = {}
    for rule in time_rules():
        for text in rule.phrases:
            phrase = compile_phrase(text)
            pattern = Pattern(rule.id, phrase.regex, READINGS[rule.reading], rule.value)
            for word in phrase.starts:
                table.setdefault(word, []).append(pattern)
    return {word: tuple(found) for word, found in table.items()}
