"""Bodies: spans that name an organisation, from the gazetteer, the model and the words that bodies are called by."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.gazetteer import Body, Region, StateWord, Title, gazetteer
from extractor.nlp.entities.words import VERB_TAGS, Words
from extractor.nlp.gazetteers import word_set

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
        "administration",
    ]
)
#: Nationalities that are written before a body without being a part of its name.
_SET_BEFORE = frozenset({"US", "U.S.", "UK", "U.K.", "EU", "E.U."})


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
    """Every mention of a body, in order, none overlapping another.

    The gazetteer comes first, unless the words that follow make a longer name ("Federal Reserve Bank"); then the
    words that bodies are called by, then the model.
    """
    taken: set[int] = set()
    out: list[BodySpan] = []
    modelled = _modelled(words, atoms)
    called = {}
    for span in _called(words, atoms):
        # "China Road and Bridge Corporation": the model saw more of the name
        longer = next(
            (m for m in modelled if m.start < span.start and m.end >= span.end and m.end - m.start <= 8), None
        )
        span = (
            replace(span, start=longer.start, name=words.text(longer.start, span.end)) if longer is not None else span
        )
        called[span.start] = span
    known = [
        span for span in _known(words, atoms) if span.end >= (called[span.start].end if span.start in called else 0)
    ]
    for span in (*known, *called.values(), *modelled):
        if not any(i in taken for i in range(span.start, span.end)):
            out.append(span)
            taken.update(range(span.start, span.end))
    out.sort(key=lambda span: span.start)
    return out


def _known(words: Words, atoms: dict[int, Atom]) -> Iterator[BodySpan]:
    for atom in atoms.values():
        if isinstance(atom.value, Body):
            body = atom.value
            text = words.text(atom.start, atom.end)
            yield BodySpan(atom.start, atom.end, text, body.kind, body.country, body.state, "organization.gazetteer")


def _called(words: Words, atoms: dict[int, Atom]) -> Iterator[BodySpan]:
    """Names made of capitalised words around a word like "Ministry", "Bank" or "University"."""
    kinds = gazetteer().organization_words
    titles = {
        i
        for atom in atoms.values()
        if isinstance(atom.value, (Title, str))
        and not (isinstance(atom.value, Title) and atom.value.title == "executive")
        for i in range(atom.start, atom.end)
    }
    for i in range(len(words)):
        kind = kinds.get(words.lower[i])
        if kind is None or kind[0] == "none" or not words.cap(i) or words.heading[i] or i in titles:
            continue
        end = _rightmost(words, atoms, titles, i)
        start = _leftmost(words, atoms, titles, i, stop_at_state=kind[1])
        portfolios = gazetteer().portfolios
        if _is_state(atoms, start, end):
            continue
        if end - start >= 2 and (kind[1] or not all(word in portfolios for word in words.lower[start:end])):
            central = words.lower[end - 1] == "bank" and words.lower[end - 2] in ("central", "reserve", "national")
            sort: OrganizationKind = "government" if central else kind[0]
            yield BodySpan(start, end, words.text(start, end), sort, None, kind[1], "organization.kind_word")


def _is_state(atoms: dict[int, Atom], start: int, end: int) -> bool:
    """Whether a run of words is a state's or region's name: "Russian Federation"."""
    atom = atoms.get(start)
    return atom is not None and isinstance(atom.value, (StateWord, Region)) and atom.end >= end


def _rightmost(words: Words, atoms: dict[int, Atom], titles: set[int], i: int) -> int:
    """The end of a body's name to the right of its word: "Ministry of Foreign Affairs", "University of Malaya"."""
    end = i + 1
    if words.lower[i] in word_set("body_prefix"):
        # "Universiti Malaya", "Bank Mandiri"
        while (
            end < len(words)
            and words.cap(end)
            and words.plain[end][0].isalpha()
            and end - i < 4
            and not _breaks(words, titles, end)
        ):
            end += 1
        if end > i + 1:
            return end
    if words.lower[i] not in _OF_HEADS or end + 1 >= len(words) or words.lower[end] not in ("of", "for"):
        return end
    k = end + 1
    government = gazetteer().organization_words[words.lower[i]][0] == "government"
    while k < len(words) and words.block[k] == words.block[i]:
        atom = atoms.get(k)
        if government and atom is not None and isinstance(atom.value, StateWord) and atom.value.form == "name":
            break
        if words.cap(k) and words.plain[k][0].isalpha() and not _breaks(words, titles, k):
            end = k = k + 1
        elif (
            words.lower[k] in ("and", "&", ",", "the")
            and k + 1 < len(words)
            and words.cap(k + 1)
            and k + 1 not in atoms
        ) or (words.plain[k] == "-" and words.glued[k]):
            k += 1
        else:
            break
    return end


def _leftmost(words: Words, atoms: dict[int, Atom], titles: set[int], i: int, *, stop_at_state: bool) -> int:
    """The start of a body's name to the left of its word: "Trade Ministry", "National Development Bank"."""
    start = i
    while start > 0 and words.block[start - 1] == words.block[i]:
        before = start - 1
        atom = atoms.get(before)
        if (
            atom is not None
            and isinstance(atom.value, StateWord)
            and (stop_at_state or words.plain[before] in _SET_BEFORE)
        ):
            break
        if (words.cap(before) and words.plain[before][0].isalpha() and not _breaks(words, titles, before)) or (
            words.plain[before] in ("-", "&")
            and start > 1
            and words.cap(start - 2)
            and (words.glued[before] or words.plain[before] == "&")
        ):
            start = before
        else:
            break
    while start < i and (
        words.lower[start] in _DETERMINERS
        or words.plain[start] in ("-", "&")
        or words.tag[start] in ("IN", "DT", "CC", "PRP$", "WRB", "RB", "TO")
    ):
        start += 1
    return start


def _breaks(words: Words, titles: set[int], i: int) -> bool:
    return (
        i in titles
        or words.tag[i] in VERB_TAGS
        or words.lower[i] in ("i", "he", "she", "they", "we", "it")
        or words.ent[i] in ("PERSON", "DATE")
    )


def _modelled(words: Words, atoms: dict[int, Atom]) -> list[BodySpan]:
    """What the model takes for organisations in most of its mentions, mended."""
    kinds = gazetteer().organization_words
    labels: dict[str, Counter[str]] = {}
    spans: list[tuple[int, int]] = []
    for start, end, label in words.entities():
        first, last = _trim(words, atoms, start, end)
        if first < last:
            labels.setdefault(words.text(first, last), Counter())[label] += 1
            if label == "ORG":
                spans.append((first, last))
    out: list[BodySpan] = []
    for start, end in spans:
        name = words.text(start, end)
        seen = labels[name]
        tail = kinds.get(words.lower[end - 1])
        if (
            seen["ORG"] * 2 < seen.total()
            or (tail is not None and tail[0] == "none")
            or not _is_name(words, atoms, start, end)
        ):
            continue
        known = tail or kinds.get(words.lower[start])
        kind: OrganizationKind = known[0] if known is not None and known[0] != "none" else "other"
        out.append(BodySpan(start, end, name, kind, None, bool(known and known[1]), "model:NER"))
    return out


def _trim(words: Words, atoms: dict[int, Atom], start: int, end: int) -> tuple[int, int]:
    """An entity of the model without what is no part of its name: articles, titles, a possessive, brackets, nouns."""
    while start < end:
        atom = atoms.get(start)
        if (
            not (words.cap(start) or words.plain[start][0].isdigit() or words.plain[start].startswith("al"))
            or words.lower[start] in _DETERMINERS
            or words.tag[start] == "CC"
        ):
            start += 1
        elif (atom is not None and isinstance(atom.value, (Title, str)) and atom.end <= end) or (
            atom is not None
            and isinstance(atom.value, StateWord)
            and atom.end < end
            and words.plain[start] in _SET_BEFORE
        ):
            start = atom.end
        else:
            break
    for i in range(start, end):
        atom = atoms.get(i)
        if atom is not None and isinstance(atom.value, Title) and atom.value.scope != "none" and atom.end >= end - 1:
            end = i
            break
    mark = next((i for i in range(start + 1, end - 1) if words.lower[i] == "'s"), None)
    if mark is not None and isinstance(getattr(atoms.get(mark + 1), "value", None), (Region, StateWord)):
        start = mark + 1
    while end > start and not (words.cap(end - 1) or words.plain[end - 1][0].isdigit()):
        if words.plain[end - 1] == ")" and "(" in words.plain[start:end]:
            break
        end -= 1
    return start, end


def _title_ends(atoms: dict[int, Atom], i: int) -> bool:
    return any(k in atoms and isinstance(atoms[k].value, Title) and atoms[k].end == i for k in range(max(0, i - 5), i))


def _is_name(words: Words, atoms: dict[int, Atom], start: int, end: int) -> bool:
    atom = atoms.get(start)
    if atom is not None and atom.end >= end and isinstance(atom.value, (StateWord, Region, Title, str)):
        return False
    shouted = [words.plain[i].isupper() for i in range(start, end)]
    if end - start == 1 and shouted[0] and not 3 <= len(words.plain[start]) <= 6:
        return False
    if end - start > 1 and all(shouted):
        return False
    if end - start == 1 and words.lower[start] in gazetteer().organization_words:
        return False
    if any(c in words.plain[i] for i in range(start, end) for c in '()[]"`') or "''" in words.plain[start:end]:
        return False
    if (
        atom is not None
        and isinstance(atom.value, StateWord)
        and start > 1
        and words.lower[start - 1] == "of"
        and _title_ends(atoms, start - 1)
    ):
        # "President of Mongolia Ukhnaagiin Khurelsukh"
        return False
    if words.heading[start] and end - start > 4:
        return False
    portfolios = gazetteer().portfolios
    if all(word in portfolios or word in ("and", "&", ",", "-") for word in words.lower[start:end]):
        return False
    # a capital at a sentence's start only: an ordinary word
    return any(words.cap(i) for i in range(start, end)) and not (
        end - start == 1 and words.lower[start] in words.seen_lower
    )
