"""Bodies: spans that name an organisation, from the gazetteer, the model and the words that bodies are called by."""

from collections import Counter
from dataclasses import dataclass

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.gazetteer import Body, Region, StateWord, Title, gazetteer
from extractor.nlp.entities.words import VERB_TAGS, Words

_INNER = frozenset({"of", "for", "and", "&", "the", "de", "on", "in", "-", "'s", "'", "to", "/"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "this", "that"})
#: Words of a body that takes its matter after "of" or "for".
_OF_HEADS = frozenset(
    [
        "ministry",
        "department",
        "university",
        "bank",
        "embassy",
        "institute",
        "college",
        "school",
        "academy",
        "bureau",
        "office",
        "council",
        "commission",
        "committee",
        "association",
        "federation",
        "union",
        "organization",
        "organisation",
        "agency",
        "authority",
        "board",
        "court",
        "chamber",
        "society",
        "center",
        "centre",
        "fund",
        "league",
        "confederation",
    ]
)


@dataclass(frozen=True, slots=True)
class BodySpan:
    """One mention of a body: word offsets, its name, and what the gazetteer or its own words tell."""

    start: int
    end: int
    name: str
    kind: OrganizationKind
    country: str | None
    state: bool
    rule: str


def find_bodies(words: Words, atoms: dict[int, Atom]) -> list[BodySpan]:
    """Every mention of a body, in order, none overlapping another."""
    taken: dict[int, BodySpan] = {}
    out: list[BodySpan] = []

    def add(span: BodySpan) -> None:
        if all(i not in taken for i in range(span.start, span.end)):
            out.append(span)
            for i in range(span.start, span.end):
                taken[i] = span

    _from_patterns(words, atoms, add)
    for atom in atoms.values():
        if isinstance(atom.value, Body):
            body = atom.value
            text = words.text(atom.start, atom.end)
            add(BodySpan(atom.start, atom.end, text, body.kind, body.country, body.state, "organization.gazetteer"))
    _from_model(words, atoms, add)
    out.sort(key=lambda span: span.start)
    return out


def _from_patterns(words: Words, atoms: dict[int, Atom], add) -> None:  # type: ignore[no-untyped-def]
    kinds = gazetteer().organization_words
    count = len(words)
    for i in range(count):
        kind = kinds.get(words.lower[i])
        if kind is None or kind[0] == "none" or not words.cap(i) or words.heading[i]:
            continue
        start, end = i, i + 1
        # to the right: "Ministry of Foreign Affairs", "University of Malaya"
        if words.lower[i] in _OF_HEADS and end + 1 < count and words.lower[end] in ("of", "for"):
            stop = end + 1
            while stop < count and words.block[stop] == words.block[i]:
                if words.cap(stop) and words.plain[stop][0].isalpha() and not _breaks(words, stop):
                    end = stop + 1
                    stop += 1
                elif (
                    words.lower[stop] in ("and", "&", ",", "the")
                    and stop + 1 < count
                    and words.cap(stop + 1)
                    and kind[1]
                    and stop + 1 not in atoms
                ) or (words.plain[stop] == "-" and words.glued[stop]):
                    stop += 1
                else:
                    break
        # to the left: "Trade Ministry", "National Development Bank"
        while start > 0 and words.block[start - 1] == words.block[i]:
            before = start - 1
            if before in atoms and isinstance(atoms[before].value, StateWord) and kind[1]:
                break
            if words.cap(before) and words.plain[before][0].isalpha() and not _breaks(words, before):
                start = before
            elif (
                words.plain[before] in ("-", "&")
                and start > 1
                and words.cap(start - 2)
                and (words.glued[before] or words.plain[before] == "&")
            ):
                start -= 1
            else:
                break
        while start < i and (
            words.lower[start] in _DETERMINERS
            or words.lower[start] in ("in", "at", "but", "for", "on", "as")
            or words.tag[start] in ("IN", "DT", "CC", "PRP$", "WRB", "RB")
        ):
            start += 1
        start = _after_title(atoms, start, i)
        if end - start < 2:
            continue
        name = words.text(start, end)
        add(BodySpan(start, end, name, kind[0], None, kind[1], "organization.kind_word"))


def _after_title(atoms: dict[int, Atom], start: int, stop: int) -> int:
    """Where the body begins once a title or people's name before it is left out ("President" in "President Bank")."""
    i = start
    while i < stop:
        atom = atoms.get(i)
        if atom is not None and (isinstance(atom.value, Title) or isinstance(atom.value, str)) and atom.end <= stop:
            start = i = atom.end
        else:
            i += 1
    return start


def _breaks(words: Words, i: int) -> bool:
    return (
        words.tag[i] in VERB_TAGS
        or words.lower[i] in ("i", "he", "she", "they", "we", "it")
        or words.ent[i] in ("PERSON", "DATE")
    )


def _from_model(words: Words, atoms: dict[int, Atom], add) -> None:  # type: ignore[no-untyped-def]
    kinds = gazetteer().organization_words
    labels: dict[str, Counter[str]] = {}
    spans: list[tuple[int, int]] = []
    count = len(words)
    i = 0
    while i < count:
        if not words.ent[i]:
            i += 1
            continue
        end = i + 1
        while end < count and words.ent[end] == words.ent[i] and not words.ent_start[end]:
            end += 1
        start, stop = _trim(words, atoms, i, end)
        if start < stop:
            labels.setdefault(words.text(start, stop), Counter())[words.ent[i]] += 1
            if words.ent[i] == "ORG":
                spans.append((start, stop))
        i = end
    for start, stop in spans:
        name = words.text(start, stop)
        seen = labels[name]
        if seen["ORG"] * 2 < seen.total() or not _is_name(words, atoms, start, stop):
            continue
        ends = kinds.get(words.lower[stop - 1]) or kinds.get(words.lower[start])
        if kinds.get(words.lower[stop - 1], ("", False))[0] == "none":
            continue
        country = None
        kind: OrganizationKind = ends[0] if ends and ends[0] != "none" else "other"  # type: ignore[assignment]
        add(BodySpan(start, stop, name, kind, country, bool(ends and ends[1]), "model:NER"))


def _trim(words: Words, atoms: dict[int, Atom], start: int, end: int) -> tuple[int, int]:
    """An entity of the model without what is no part of its name: articles, titles, a possessive, brackets."""
    while start < end:
        if words.lower[start] in _DETERMINERS or not words.plain[start][0].isalnum() or words.tag[start] in ("CC",):
            start += 1
        elif (
            start in atoms
            and isinstance(atoms[start].value, (Title, str))
            and atoms[start].end <= end
            and not isinstance(atoms[start].value, Body)
        ):
            start = atoms[start].end
        else:
            break
    for i in range(start, end):
        atom = atoms.get(i)
        if (
            i > start
            and atom is not None
            and isinstance(atom.value, Title)
            and atom.value.scope != "none"
            and atom.end >= end - 1
        ):
            end = i
            break
    while end > start and (
        words.lower[end - 1] in ("'s", "'") or not words.plain[end - 1][0].isalnum() or words.lower[end - 1] in _INNER
    ):
        if words.plain[end - 1] == ")" and "(" in words.plain[start:end]:
            break
        end -= 1
    return start, end


def _is_name(words: Words, atoms: dict[int, Atom], start: int, end: int) -> bool:
    if not any(words.cap(i) for i in range(start, end)):
        return False
    atom = atoms.get(start)
    if atom is not None and atom.end == end and isinstance(atom.value, (StateWord, Region, Title)):
        return False
    if any(words.plain[i] in ("(", ")", '"', "''", "``") for i in range(start, end)):
        return False
    if words.heading[start] and end - start > 4:
        return False
    # a capital at a sentence's start only: an ordinary word
    return not (end - start == 1 and words.lower[start] in words.seen_lower)
