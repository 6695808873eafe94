"""The state that an article is set in: by its dateline and publisher, else by the states and places it names most."""

import re
from collections import Counter
from dataclasses import dataclass

from extractor.nlp.document import Document
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.gazetteer import Region, StateWord, gazetteer
from extractor.nlp.entities.office import place_country
from extractor.nlp.entities.phrases import pieces
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set

#: Words of the beginning, where what is named weighs twice.
_LEAD = 60
#: Characters in which the lines above a story stand.
_HEADER = 400
#: How much one mention of each form tells; a city counts as a capital does.
_WEIGHT = {"seat": 3, "name": 2, "adjective": 2, "people": 1, "prefix": 1, "capital": 1}
#: Names of months and days, each with a full stop.
_DATES = frozenset(f"{word.rstrip('.')}." for word in word_set("calendar") | {"may"})


@dataclass(frozen=True, slots=True)
class Setting:
    """The state of an article; `told` where dateline or publisher say so."""

    code: str | None
    told: bool


def find_setting(words: Words, atoms: dict[int, Atom], document: Document) -> Setting:
    """The state that an article is set in; none where two are named about as often."""
    counts: Counter[str] = Counter()
    for atom in atoms.values():
        if isinstance(atom.value, StateWord) and len(atom.value.codes) == 1:
            counts[atom.value.codes[0]] += _WEIGHT[atom.value.form] * (1 + (atom.start < _LEAD))
        elif isinstance(atom.value, Region) and atom.value.country:
            counts[atom.value.country] += 1 + (atom.start < _LEAD)
    for start, end, label in words.entities():
        if label == "GPE" and start not in atoms:
            city = gazetteer().cities.get(words.text(start, end))
            if city is not None and city.country:
                counts[city.country] += 1 + (start < _LEAD)
    counts.pop("EU", None)
    above = header_home(document)
    publisher = publisher_home(document)
    dateline = dateline_home(words, atoms, document)
    if dateline is not None and words.lower[dateline[1][0]] in word_set("hub") and publisher is None:
        dateline = None
    if dateline is not None:
        return Setting(dateline[0], True)
    if above is not None:
        return Setting(above, True)
    if publisher is not None:
        return Setting(publisher, True)
    common = counts.most_common(2)
    if not common or (len(common) > 1 and 2 * common[0][1] < 3 * common[1][1]):
        return Setting(None, False)
    return Setting(common[0][0], False)


def publisher_home(document: Document, *, seat: bool = False) -> str | None:
    """The state of a publisher that is a seat or body of a government: "The White House". `seat`: only of a seat."""
    parts = pieces((document.layout.publisher or "").removeprefix("The ").removeprefix("the "))
    for i in range(len(parts)):
        state = gazetteer().states.at(parts, i)
        if state is not None and (state[1].form == "seat" or (state[1].form == "name" and not seat)):
            return state[1].codes[-1]
        body = gazetteer().bodies.at(parts, i)
        if body is not None and body[1].kind == "government" and not seat:
            return body[1].country
    return None


def dateline_home(words: Words, atoms: dict[int, Atom], document: Document) -> tuple[str, tuple[int, int]] | None:
    """The state that the dateline's place lies in, where the place stands at the beginning of the text."""
    dateline = document.layout.dateline
    place = dateline.place if dateline is not None else None
    if not place:
        return _opening(words, atoms)
    parts = place.replace("’", "'").split(",")[0].split("/")[0].split()
    for i in range(min(len(words), 200)):
        if [word.lower() for word in parts] == words.lower[i : i + len(parts)]:
            code = _place_code(words, atoms, i, i + len(parts))
            return (code, (i, i + len(parts))) if code is not None else None
    return None


def _opening(words: Words, atoms: dict[int, Atom]) -> tuple[str, tuple[int, int]] | None:
    """A capital that the text begins with, with a date after it or shouted: "ADDIS ABABA (Horn Wire) --"."""
    atom = atoms.get(0)
    if not len(words) or atom is None or not isinstance(atom.value, StateWord) or atom.value.form != "capital":
        return None
    shouted = words.plain[0].isupper() and len(words.plain[0]) > 3
    dated = words.lower[atom.end : atom.end + 1] in ([","], ["("]) and any(
        f"{word.rstrip('.')}." in _DATES for word in words.lower[atom.end : atom.end + 7]
    )
    return (atom.value.codes[-1], (0, atom.end)) if shouted or dated else None


def header_home(document: Document) -> str | None:
    """The state of a city in a line of its own above the story: "Mumbai | August 21, 2019", "By Jane Roe, Abuja"."""
    for line in document.article.text[:_HEADER].splitlines()[:6]:
        parts = [part.strip() for part in re.split(r"[|,•]| [–—-] ", line)]
        if not 1 < len(parts) < 5 or len(line) > 70:
            continue
        by = parts[0].lower().startswith("by ")
        dated = any(f"{word.rstrip('.')}." in _DATES for word in line.lower().replace(",", " ").split())
        for part in parts[1:] if by else parts if dated else ():
            state = gazetteer().states.at(part.split(), 0) if part else None
            code = state[1].codes[-1] if state is not None and state[1].form == "capital" else place_country(part)
            if code in gazetteer().state_names:
                return code
    return None


def _place_code(words: Words, atoms: dict[int, Atom], start: int, end: int) -> str | None:
    """The state that a place lies in: a capital, or a city of the gazetteer."""
    atom = atoms.get(start)
    if atom is not None and isinstance(atom.value, StateWord):
        return atom.value.codes[-1] if atom.end == end and atom.value.form in ("capital", "name") else None
    name = " ".join(word.title() if word.isupper() else word for word in words.plain[start:end])
    code = place_country(name)
    return code if code in gazetteer().state_names else None
