"""The table of event triggers: the `rules.toml` of each room, looked up by the lemma of a word."""

from functools import cache
from pathlib import Path

from extractor.models.event import EventType, Plover
from extractor.nlp.conditions import Table, TriggerRule
from extractor.nlp.gazetteers import rows
from extractor.nlp.rules import load_rules


class EventRule(TriggerRule):
    """A trigger of events and the conditions under which it is one. `nlp/conditions.py` explains the keys."""

    type: EventType


#: In the order of the rooms' names: of several rules for one word the first that fits decides.
RULES_FILES = tuple(sorted(Path(__file__).parent.glob("*/rules.toml")))


@cache
def table() -> Table[EventRule]:
    """The loaded rules. Raises `RuleError` when a file is not well formed."""
    return Table.of(rule for path in RULES_FILES for rule in load_rules(path, EventRule))


@cache
def plover(rule_id: str) -> Plover | None:
    """The PLOVER event type of a rule: that of the longest prefix of its id in `data/plover.csv`.

    PLOVER codebook and its `CAMEO2PLOVER-2021.txt`, github.com/openeventdata/PLOVER (draft 0.8, September 2021): the
    table names for each prefix what it rests on.
    """
    codes = {row["prefix"]: row["plover"] for row in rows("plover")}
    parts = rule_id.split(".")
    for length in range(len(parts), 0, -1):
        prefix = ".".join(parts[:length])
        if prefix in codes:
            return codes[prefix] or None  # type: ignore[return-value]
    return None
