"""Bodies that the model saw, mended: what is an amount, a product, an occasion or a place is left out."""

import re
from collections import Counter
from functools import cache

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import DETERMINERS, SET_BEFORE, BodySpan, word_kind
from extractor.nlp.entities.gazetteer import Region, StateWord, Title, gazetteer
from extractor.nlp.entities.words import VERB_TAGS, Words
from extractor.nlp.gazetteers import word_set

_AMOUNT = re.compile(r"[A-Za-z$£€]{1,3}\.? ?[\d.,]+\w?")
#: What stands before the bare name of a party.
PARTY_SIDES = frozenset({"opposition", "ruling", "governing"})


#: Adjectives that name no body alone.
_PLAIN = frozenset(
    {
        "supreme",
        "federal",
        "national",
        "royal",
        "central",
        "superior",
        "provincial",
        "municipal",
        "eastern",
        "western",
        "northern",
        "southern",
    }
)
#: Labels that the model gives to companies by mistake.
_MISTAKEN = frozenset({"PERSON", "GPE", "FAC", "LOC", "PRODUCT"})
#: Prepositions that are no part of a body's name.
_APART = frozenset({"in", "at", "to", "from", "with", "by", "near"})


def modelled_bodies(words: Words, atoms: dict[int, Atom]) -> list[BodySpan]:
    """What the model takes for organisations in most of its mentions, mended."""
    kinds = gazetteer().organization_words
    business = word_set("business_word")
    labels: dict[str, Counter[str]] = {}
    spans: list[tuple[int, int]] = []
    for start, end, label in words.entities():
        first, last = _trim(words, atoms, start, end)
        if first < last:
            name = words.text(first, last)
            labels.setdefault(name, Counter())[label] += 1
            if (
                label == "ORG"
                or (label == "PERSON" and first > 0 and words.lower[first - 1] in PARTY_SIDES)
                or (label in _MISTAKEN and _is_business(words, first, last, label))
            ):
                spans.append((first, last))
                labels[name]["ORG"] += label != "ORG"
    initiatives = {
        words.plain[i + 1]
        for i in range(1, len(words) - 2)
        if words.plain[i] == "(" and words.plain[i + 2] == ")" and word_kind(words.lower[i - 1]) == "none"
    }
    out: list[BodySpan] = []
    for start, end in spans:
        name = words.text(start, end)
        seen = labels[name]
        tail = kinds.get(words.lower[end - 1])
        if (
            seen["ORG"] * 2 < seen.total()
            or name in initiatives
            or (tail is not None and tail[0] == "none")
            or not _is_name(words, atoms, start, end)
        ):
            continue
        leads = words.lower[start + 1 : start + 2] in (["of"], ["for"]) or words.lower[start] in word_set("body_prefix")
        known = tail or (kinds.get(words.lower[start]) if leads else None)
        kind: OrganizationKind = known[0] if known is not None and known[0] != "none" else "other"
        if kind == "other" and start > 0 and words.lower[start - 1] in PARTY_SIDES:
            kind = "party"
        if kind == "other" and end - start > 1 and words.lower[end - 1] in business:
            kind = "company"
        out.append(BodySpan(start, end, name, kind, None, bool(known and known[1]), "model:NER"))
    return out


def _trim(words: Words, atoms: dict[int, Atom], start: int, end: int) -> tuple[int, int]:
    """An entity of the model without what is no part of its name: articles, titles, a possessive, brackets, nouns."""
    while start < end:
        atom = atoms.get(start)
        if (
            not (words.cap(start) or words.plain[start][0].isdigit() or words.plain[start].startswith("al"))
            or words.lower[start] in DETERMINERS
            or words.tag[start] == "CC"
        ):
            start += 1
        elif (atom is not None and isinstance(atom.value, (Title, str)) and atom.end <= end) or (
            atom is not None
            and isinstance(atom.value, StateWord)
            and atom.end < end
            and words.plain[start] in SET_BEFORE
        ):
            start = atom.end
        else:
            break
    for i in range(start, end):
        atom = atoms.get(i)
        if atom is not None and isinstance(atom.value, Title) and atom.value.scope != "none":
            if atom.end >= end - 1:
                end = i
                break
            if words.lower[i - 1] in gazetteer().portfolios and i == start + 1:
                # "Agriculture Undersecretary Domingo Reyes" is a person
                return start, start
    mark = next((i for i in range(start + 1, end - 1) if words.lower[i] == "'s"), None)
    if mark is not None and isinstance(getattr(atoms.get(mark + 1), "value", None), (Region, StateWord)):
        start = mark + 1
    comma = next((i for i in range(start + 1, end) if words.plain[i] == ","), None)
    if comma is not None and "and" not in words.lower[comma:end] and words.lower[end - 1] not in word_set("legal_form"):
        end = comma
    verb = next(
        (
            i
            for i in range(start + 1, end)
            if not words.cap(i) and (words.tag[i] in VERB_TAGS or words.lower[i] in _APART)
        ),
        None,
    )
    end = verb if verb is not None else end
    while end > start and not (words.cap(end - 1) or words.plain[end - 1][0].isdigit()):
        if words.plain[end - 1] == ")" and "(" in words.plain[start:end]:
            break
        end -= 1
    return start, end


def _is_thing(words: Words, start: int, end: int) -> bool:
    """Whether words name an amount, an abbreviation of no body, a product by its number, an index or an occasion."""
    kinds = gazetteer().organization_words
    name = words.text(start, end)
    lower = words.lower[start:end]
    if _AMOUNT.fullmatch(name):
        return True
    if lower[-1] in word_set("no_body"):
        # "British FTSE"
        return True
    if (words.tag[start] == "VBG" and end - start > 1) or words.tag[end - 1] == "IN":
        return True
    if lower[-1].isdigit() and len(lower[-1]) < 3 and end - start > 1 and not any(word in kinds for word in lower):
        return True
    if end < len(words) and words.lower[end] in ("index", "average", "benchmark", "dollars", "dollar"):
        return True
    return lower[0] in word_set("occasion") and lower[1:2] == ["of"]


def _is_business(words: Words, start: int, end: int, label: str) -> bool:
    """Whether a name that the model takes for a person or place is a company's: "Chao Dara Foods"."""
    last = words.lower[end - 1]
    if end - start < 2 or last not in word_set("business_word") or words.heading[start]:
        return False
    return not (last in word_set("surname_word") and label == "PERSON" and end - start < 3)


def _is_headline_phrase(words: Words, start: int, end: int) -> bool:
    """Whether words of a headline are no name that the running text has too, and hold no word of a body."""
    if end - start < 2 or any(word in gazetteer().organization_words for word in words.lower[start:end]):
        return False
    pieces = words.plain[start:end]
    again = any(
        words.plain[i : i + len(pieces)] == pieces and not words.heading[i]
        for i in range(end, len(words))
        if words.plain[i] == pieces[0]
    )
    return not again and words.tag[start] in ("VB", "VBP", "VBZ", "JJ", "NNS", "NN")


@cache
def _has_run_on(word: str) -> bool:
    """Whether a body's word has another stuck to it: "Administrationheld"."""
    return any(
        word.startswith(kind) and word[len(kind) :] not in ("", "s", "al", "'s", "ism", "ist")
        for kind in gazetteer().organization_words
        if len(kind) >= 8
    )


def is_dateline_city(words: Words, start: int, end: int) -> bool:
    """Whether a name at a paragraph's beginning is followed by a date: "Thiruvananthapuram, Sep 27"."""
    return (
        (start == 0 or words.block[start - 1] != words.block[start])
        and end + 1 < len(words)
        and words.plain[end] == ","
        and words.lower[end + 1].rstrip(".") + "."
        in word_set("calendar") | {f"{month}." for month in word_set("calendar")}
    )


def located_by(words: Words, start: int, end: int) -> bool:
    """Whether the word before tells that a name is a place: "the island of Motu Leka", "in Segamat"."""
    if start < 1:
        return False
    if words.lower[start - 1] == "of" and start > 1 and words.lower[start - 2] in word_set("place_noun"):
        return True
    return (
        words.lower[start - 1] in ("in", "near", "at", "from", "outside")
        and words.text(start, end) in gazetteer().cities
    )


def _title_ends(atoms: dict[int, Atom], i: int) -> bool:
    return any(k in atoms and isinstance(atoms[k].value, Title) and atoms[k].end == i for k in range(max(0, i - 5), i))


def _is_name(words: Words, atoms: dict[int, Atom], start: int, end: int) -> bool:
    if _is_thing(words, start, end) or is_dateline_city(words, start, end) or located_by(words, start, end):
        return False
    atom = atoms.get(start)
    if atom is not None and atom.end >= end and isinstance(atom.value, (StateWord, Region, Title, str)):
        return False
    if end < len(words) and words.plain[end] == "-" and words.lower[end + 1 : end + 2] in (["speaking"], ["language"]):
        return False
    if start > 0 and words.lower[start - 1] in word_set("storm"):
        return False
    last = words.plain[end - 1]
    if (last.isdigit() and len(last) == 4 and words.lower[start] != "local") or (
        end - start == 1 and ("/" in last or words.lower[start] in _PLAIN)
    ):
        return False
    if words.lower[start] in gazetteer().portfolios and words.lower[start + 1 : start + 2] == ["of"]:
        # "the ministers responsible for Transport of Austria and Bulgaria"
        return False
    if end < len(words) and words.lower[end] in _APART and end - start == 1 and words.sent[end] == words.sent[start]:
        entity_goes_on = words.ent[end] == words.ent[start] and not words.ent_start[end]
        if entity_goes_on:
            # what is left of "Response to Hurricane Oma" or of "Kadapa in Andhra Pradesh"
            return False
    shouted = [words.plain[i].isupper() for i in range(start, end)]
    city = gazetteer().cities.get(words.text(start, end))
    if city is not None and city.population > 300_000:
        return False
    if end - start == 1 and shouted[0] and not 3 <= len(words.plain[start]) <= 6:
        return False
    if end - start > 1 and all(shouted):
        return False
    if end - start == 1 and words.lower[start] in gazetteer().organization_words:
        return False
    if _has_run_on(words.lower[end - 1]):
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
    if words.heading[start] and (end - start > 4 or _is_headline_phrase(words, start, end)):
        return False
    portfolios = gazetteer().portfolios
    if all(word in portfolios or word in ("and", "&", ",", "-") for word in words.lower[start:end]):
        return False
    # a capital at a sentence's start only: an ordinary word
    return any(words.cap(i) for i in range(start, end)) and not (
        end - start == 1 and words.lower[start] in words.seen_lower
    )
