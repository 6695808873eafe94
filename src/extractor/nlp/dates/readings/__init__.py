"""What each kind of expression means: the readings that `rules.toml` names.

A reading takes the words of a phrase and the timeline and gives the time they stand for, or None where they do not
speak of time after all ("they may").
"""

from extractor.nlp.dates.readings import (
    absolute,
    clock,
    counted,
    holidays,
    lengths,
    numeric,
    quarters,
    relative,
    seasons,
    spans,
    weeks,
)
from extractor.nlp.dates.readings.base import READINGS, Read, Reading, Words
from extractor.nlp.dates.readings.counted import counted_from, edge_of, starting

__all__ = [
    "READINGS",
    "Read",
    "Reading",
    "Words",
    "absolute",
    "clock",
    "counted",
    "counted_from",
    "edge_of",
    "holidays",
    "lengths",
    "numeric",
    "quarters",
    "relative",
    "seasons",
    "spans",
    "starting",
    "weeks",
]
