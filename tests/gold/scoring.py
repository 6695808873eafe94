"""Hand-judged gold against records: how much is found, how much of it is right.

A gold record marked `optional` costs nothing when missed and nothing when found; `also` lists further values of an
attribute that a careful reader accepts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

Gold = dict[str, Any]
TYPES = ("leaders", "figures", "events", "agreements")


@dataclass
class Score:
    """Counts of one record type: found, false, missed, and the hits and trials of each attribute."""

    found: int = 0
    false: int = 0
    missed: int = 0
    attributes: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, 2 * self.found + self.false + self.missed)

    @property
    def attribute_mean(self) -> float:
        means = [sum(hits) / len(hits) for hits in self.attributes.values()]
        return sum(means) / max(1, len(means))


def score(pairs: Iterable[tuple[str, Gold, Gold]]) -> dict[str, Score]:
    """Score articles given as name, gold and record (as plain JSON data)."""
    scores = {kind: Score() for kind in TYPES}
    for name, gold, record in pairs:
        for kind, total in scores.items():
            _score_type(name, kind, gold.get(kind, []), record[kind], total)
    return scores


def _score_type(name: str, kind: str, gold: list[Gold], found: list[Gold], total: Score) -> None:
    candidates = [
        (bool(expected.get("optional")), -sum(_attributes(kind, expected, record).values()), i, j)
        for i, expected in enumerate(gold)
        for j, record in enumerate(found)
        if MATCH[kind](expected, record)
    ]
    taken: dict[int, int] = {}
    for _, _, i, j in sorted(candidates):
        if i not in taken and j not in taken.values():
            taken[i] = j
    for i, expected in enumerate(gold):
        if expected.get("optional"):
            continue
        if i not in taken:
            total.missed += 1
            total.errors.append(f"{name}: {kind}: missed {_label(expected)}")
            continue
        total.found += 1
        for attribute, right in _attributes(kind, expected, found[taken[i]]).items():
            total.attributes[attribute].append(right)
            if not right:
                got = found[taken[i]].get(attribute)
                total.errors.append(f"{name}: {kind}: {attribute} of {_label(expected)}: {got!r}")
    for j, record in enumerate(found):
        if j not in taken.values():
            total.false += 1
            total.errors.append(f"{name}: {kind}: false {_label(record)}")


def _label(record: Gold) -> str:
    spans = _spans(record)
    return record.get("name") or " | ".join(text for _, _, text in spans)


def _spans(record: Gold) -> list[tuple[int, int, str]]:
    raw = record.get("mentions") or [record.get("span") or record]
    return [(item["start"], item["end"], item["text"]) for item in raw if "start" in item]


def _overlap(gold: Gold, record: Gold) -> bool:
    return any(a < d and c < b for a, b, _ in _spans(gold) for c, d, _ in _spans(record))


def _accepts(gold: Gold, attribute: str, value: Any) -> bool:
    return value in [gold.get(attribute), *gold.get("also", {}).get(attribute, [])]


def _figure(gold: Gold, record: Gold) -> bool:
    same = all(
        (gold[bound] is None) == (record[bound] is None)
        and (gold[bound] is None or abs(gold[bound] - record[bound]) <= 1e-6 * max(1, abs(gold[bound])))
        for bound in ("low", "high")
    )
    unit = gold["kind"] != "money" or _accepts(gold, "unit", record["unit"])
    return _accepts(gold, "kind", record["kind"]) and same and unit and _overlap(gold, record)


MATCH: dict[str, Callable[[Gold, Gold], bool]] = {
    "leaders": lambda gold, record: record["name"] in (gold["name"], *gold["variants"]),
    "figures": _figure,
    "events": lambda gold, record: _accepts(gold, "type", record["type"]) and _overlap(gold, record),
    "agreements": _overlap,
}


def _party(value: Gold | None) -> str | None:
    return None if value is None else value["code"] or value["name"]


def _same_parties(gold: list[str], found: list[Gold]) -> bool:
    return {name.casefold() for name in gold} == {str(_party(party)).casefold() for party in found}


def _same_words(gold: str | None, found: str | None) -> bool:
    """Whether two phrases share half of their content words."""
    small = {"a", "an", "the", "of", "in", "on", "to", "for", "and", "by", "with", "from", "at", "its", "their"}
    a, b = ({w.strip("’'s,.") for w in (text or "").casefold().split()} - small for text in (gold, found))
    return 2 * len(a & b) >= 0.5 * (len(a) + len(b))


def _attributes(kind: str, gold: Gold, record: Gold) -> dict[str, bool]:
    def same(attribute: str, value: Any) -> bool:
        return _accepts(gold, attribute, value)

    date = record.get("date") or record.get("period")
    value = date and date["value"]
    if kind == "leaders":
        return {
            "title": same("title", record["title"]) or _same_words(gold["title"], record["title"]),
            "country": same("country", record["country"]),
            "organization": same("organization", _party(record["organization"])),
            "role": same("role", record["role"]),
        }
    if kind == "figures":
        return {
            "measure": _same_words(gold["measure"], record["measure"]),
            "period": same("period", value),
            "parties": _same_parties(gold["parties"], record["parties"]),
            "approx": gold["approx"] == record["approx"],
        }
    place = record["place"] and record["place"]["name"]
    shared = {"date": same("date", value), "status": same("status", record["status"])}
    if kind == "events":
        participants = _same_parties(gold["participants"], record["participants"])
        return shared | {"place": same("place", place), "participants": participants}
    return shared | {
        "kind": same("kind", record["kind"]),
        "count": (gold["low"], gold["high"]) == (record["low"], record["high"]),
        "parties": _same_parties(gold["parties"], record["parties"]),
    }
