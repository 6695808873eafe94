"""Seasons, with a year or without."""

import re

from extractor.nlp.dates import periods
from extractor.nlp.dates.readings.base import (
    Reading,
    Words,
    dated,
    is_descent,
    is_told,
    reads,
    relative_year,
    step_of,
    unresolved,
)
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.dates.vocabulary import words


@reads
def season(w: Words, line: Timeline) -> Reading | None:
    """The spring of 2024."""
    named = next((token for token in line.doc[line.token : line.token + 4] if token.lower_ in words("season")), None)
    if named is None or named.tag_[:2] != "NN":
        return None
    if w.text.endswith(named.lower_) and named.i + 1 < len(line.doc) and line.doc[named.i + 1].tag_[:3] == "NNP":
        return None  # "the 2008 Summer Olympics"
    return dated(periods.season(w.number("year"), w.of("season")))


@reads
def open_season(w: Words, line: Timeline) -> Reading | None:
    """The spring."""
    name = w.of("season")
    token = line.doc[line.token + len(w.text.split()) - 1]
    if token.tag_[:2] != "NN" or (name == "FA" and "fall" in w.text and is_descent(w, line)):
        return None
    if token.i and line.doc[token.i - 1].tag_ in ("POS", "PRP$") and name == "FA":
        return None  # "the city's fall"
    after = line.doc[token.i + 1] if token.i + 1 < len(line.doc) else token
    if after.tag_[:3] == "NNP":
        return None
    if w.whole == w["season"].lower() and (not line.history or token.dep_ == "compound"):
        return None
    if line.lent_year is not None:
        return dated(periods.season(line.lent_year, name))
    if not re.search(r"\bthe\b|^(?:early|late|mid)\b", w.whole) and not line.history:
        return unresolved(f"XXXX-{name}")
    found = line.year_of(periods.SEASON_START[name])
    return dated(periods.season(found[0], name), found[1]) if found else unresolved(f"XXXX-{name}")


@reads
def season_shift(w: Words, line: Timeline) -> Reading | None:
    """Last summer is the latest one begun before this; next summer the next to begin; this summer that of the year."""
    name = w.of("season")
    if "year" in w.text:
        found = relative_year(w.text, line)
        return dated(periods.season(found[0], name), found[1]) if found else None
    origin = line.told if line.history or is_told(w.text) else line.base
    token = line.doc[line.token + len(w.text.split()) - 1]
    if token.tag_[:2] != "NN" or (name == "FA" and "fall" in w.text and is_descent(w, line)):
        return None
    if origin is None:
        return unresolved(f"XXXX-{name}")
    step, start = step_of(w.text), periods.SEASON_START[name]
    if step < 0:
        year = origin.year - (origin.month < start + 3)
    elif step > 0:
        year = origin.year + (origin.month >= start)
    else:
        year = origin.year - (name == "WI" and origin.month <= 2)
    return dated(periods.season(year, name), origin)
