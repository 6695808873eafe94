"""The state of an office that is not named beside its title: from the dateline, the seats and states of the article."""

from collections import Counter

from extractor.nlp.document import Document
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.bodies import BodySpan
from extractor.nlp.entities.gazetteer import StateWord
from extractor.nlp.entities.people import Someone
from extractor.nlp.entities.words import Words

_STATE_ROLES = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "minister", "official", "legislator", "military"}
)


def settle_countries(
    words: Words,
    people: list[Someone],
    states: list[tuple[Atom, StateWord]],
    bodies: list[BodySpan],
    document: Document,
) -> dict[int, tuple[str, tuple[int, int]]]:
    """The state of each office of state that names none, with the words that tell it, keyed by `id(someone)`."""
    out: dict[int, tuple[str, tuple[int, int]]] = {}
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for atom, word in states:
        if len(word.codes) == 1:
            code = word.codes[0]
            weight = 3 if word.form == "seat" else 2 if word.form == "name" else 1
            counts[code] += weight
            if code not in first or (word.form == "seat" and False):
                first[code] = (atom.start, atom.end)
    for body in bodies:
        if body.country and body.kind == "government":
            counts[body.country] += 1
            first.setdefault(body.country, (body.start, body.end))
    counts.pop("EU", None)
    held: dict[str, set[str]] = {}
    for someone in people:
        for office, _, _ in someone.offices:
            if office.countries and office.tenure != "former":
                held.setdefault(_rank(office.role), set()).update(office.countries)
    seats = [(word.codes[0], (atom.start, atom.end)) for atom, word in states if word.form == "seat"]
    for someone in people:
        best = someone.best_office()
        if best is None or best[0].countries or best[0].role not in _STATE_ROLES:
            continue
        office = best[0]
        if office.body is not None and not office.body.state and office.role != "legislator":
            continue
        taken = held.get(_rank(office.role), set()) if _rank(office.role) == "top" else set()
        seat = next(((code, span) for code, span in seats if code not in taken), None)
        if seat is not None and office.role == "head_of_state":
            out[id(someone)] = seat
            held.setdefault(_rank(office.role), set()).add(seat[0])
            continue
        free = [(code, count) for code, count in counts.most_common() if code not in taken]
        if not free:
            continue
        code, count = free[0]
        if len(free) == 1 or count >= 2 * free[1][1]:
            out[id(someone)] = (code, first[code])
            held.setdefault(_rank(office.role), set()).add(code)
    return out


def _rank(role: str) -> str:
    return "top" if role in ("head_of_state", "head_of_government") else role
