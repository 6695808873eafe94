"""The table of event triggers: `rules.toml`, looked up by the lemma of a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from extractor.models.event import EventType, Plover
from extractor.nlp.gazetteers import rows
from extractor.nlp.rules import Rule, load_rules


class EventRule(Rule):
    """A trigger of events and the conditions under which it is one. The head of `rules.toml` explains the keys."""

    type: EventType
    nouns: list[str] = Field(default_factory=list)
    verbs: list[str] = Field(default_factory=list)
    left: list[str] = Field(default_factory=list)
    not_left: list[str] = Field(default_factory=list)
    context: list[str] = Field(default_factory=list)
    prep: list[str] = Field(default_factory=list)
    prep_party: list[str] = Field(default_factory=list)
    prep_place: list[str] = Field(default_factory=list)
    prep_object: list[str] = Field(default_factory=list)
    not_prep_object: list[str] = Field(default_factory=list)
    adverb: list[str] = Field(default_factory=list)
    object: list[str] = Field(default_factory=list)
    not_object: list[str] = Field(default_factory=list)
    not_object_of: list[str] = Field(default_factory=list)
    subject: list[str] = Field(default_factory=list)
    not_subject: list[str] = Field(default_factory=list)
    not_name: list[str] = Field(default_factory=list)
    support: list[str] = Field(default_factory=list)
    number: Literal["any", "plural", "singular"] = "any"
    anchored: bool = False
    named: bool = False
    named_or_light: bool = False
    person: bool = False
    office: bool = False
    complement: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rules by the lemma of their noun and of their verb, each in the order of the file."""

    nouns: dict[str, Sequence[EventRule]]
    verbs: dict[str, Sequence[EventRule]]


RULES_FILE = Path(__file__).with_name("rules.toml")


@cache
def table() -> Table:
    """The loaded rules. Raises `RuleError` when the file is not well formed."""
    nouns: dict[str, list[EventRule]] = {}
    verbs: dict[str, list[EventRule]] = {}
    for rule in load_rules(RULES_FILE, EventRule):
        for noun in rule.nouns:
            nouns.setdefault(noun, []).append(rule)
        for verb in rule.verbs:
            verbs.setdefault(verb, []).append(rule)
    return Table(
        {key: tuple(value) for key, value in nouns.items()}, {key: tuple(value) for key, value in verbs.items()}
    )


@cache
def plover(rule_id: str) -> Plover | None:
    """The PLOVER event type of a rule: that of the longest prefix of its id in `data/plover.csv`.

    PLOVER codebook, github.com/openeventdata/PLOVER (draft 0.8, September 2021).
    """
    codes = {row["prefix"]: row["plover"] for row in rows("plover")}
    parts = rule_id.split(".")
    for length in range(len(parts), 0, -1):
        prefix = ".".join(parts[:length])
        if prefix in codes:
            return codes[prefix] or None  # type: ignore[return-value]
    return None
