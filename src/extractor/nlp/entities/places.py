"""Places: cities, regions, waters and sites that an article names, with what the gazetteers know of them."""

from dataclasses import dataclass

from extractor.models.place import PlaceKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.gazetteer import Region, StateWord, gazetteer
from extractor.nlp.entities.model_bodies import is_dateline_city, located_by
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set

_GAZETTEER = "place.gazetteer"


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """One mention of a place: word offsets, name, kind, home state and degrees where known."""

    start: int
    end: int
    name: str
    kind: PlaceKind
    country: str | None
    latitude: float | None
    longitude: float | None
    rule: str
    capital: bool = False


def find_places(words: Words, atoms: dict[int, Atom], taken: set[int]) -> list[PlaceSpan]:
    """Every mention of a place that is no country's name, in order; words already taken are passed over."""
    out: list[PlaceSpan] = []
    done = set(taken)
    for atom in atoms.values():
        span = range(atom.start, atom.end)
        if any(i in done for i in span):
            continue
        if isinstance(atom.value, Region):
            region = atom.value
            place = PlaceSpan(atom.start, atom.end, region.name, region.kind, region.country, None, None, _GAZETTEER)
            out.append(place)
        elif isinstance(atom.value, StateWord):
            if atom.value.form == "capital":
                name = " ".join(words.cased[atom.start : atom.end])
                out.append(_city(atom.start, atom.end, name, atom.value.codes[-1]))
            elif is_venue(words, atom):
                name, code = words.text(atom.start, atom.end), atom.value.codes[-1]
                out.append(PlaceSpan(atom.start, atom.end, name, "facility", code, None, None, _GAZETTEER))
        else:
            continue
        done.update(span)
    for begin, end, label in words.entities():
        if label not in ("GPE", "LOC", "FAC") and not (
            label in ("ORG", "PERSON") and (located_by(words, begin, end) or is_dateline_city(words, begin, end))
        ):
            continue
        start, stop = begin, end
        while start < stop and (not words.cap(start) or words.lower[start] == "the"):
            start += 1
        while stop > start and (words.lower[stop - 1] in ("'s", "'") or not words.plain[stop - 1][0].isalnum()):
            stop -= 1
        if start < stop and not any(i in done for i in range(start, stop)):
            known = _known(words, start, stop)
            if known is not None:
                out.append(known)
                done.update(range(start, stop))
    out.sort(key=lambda span: span.start)
    return out


def is_venue(words: Words, atom: Atom) -> bool:
    """Whether a seat of a government is the place here, not the government: "at the White House"."""
    if not isinstance(atom.value, StateWord) or atom.value.form != "seat":
        return False
    i = atom.start - 1
    if i >= 0 and words.lower[i] == "the":
        i -= 1
    return i >= 0 and words.lower[i] in ("at", "in", "inside", "outside", "near", "to", "around")


def _pointed_at(words: Words, start: int) -> bool:
    """Whether a preposition of place, a comma or a text's beginning stands before a name."""
    return start == 0 or words.lower[start - 1] in (
        "in",
        "at",
        "near",
        "of",
        "from",
        "to",
        "outside",
        ",",
        "and",
        "around",
    )


def _city(start: int, end: int, name: str, country: str) -> PlaceSpan:
    """A capital of a state, with its degrees where GeoNames has it."""
    city = gazetteer().cities.get(name)
    if city is not None and city.country == country:
        return PlaceSpan(start, end, name, "city", country, city.latitude, city.longitude, _GAZETTEER, capital=True)
    return PlaceSpan(start, end, name, "city", country, None, None, _GAZETTEER, capital=True)


def _known(words: Words, start: int, end: int) -> PlaceSpan | None:
    name = words.text(start, end)
    label = words.ent[start]
    last = words.lower[end - 1]
    if name in gazetteer().us_states:
        return PlaceSpan(start, end, name, "region", "USA", None, None, _GAZETTEER)
    if any(c in name for c in "()[]") or (words.lower[start] in word_set("occasion") and end - start > 1):
        return None
    city = gazetteer().cities.get(name)
    if city is not None and label != "FAC" and (city.population >= 100_000 or _pointed_at(words, start)):
        return PlaceSpan(start, end, name, "city", city.country or None, city.latitude, city.longitude, _GAZETTEER)
    if words.heading[start] and end - start > 3:
        return None
    if end - start == 1 and (words.lower[start] in words.seen_lower or words.plain[start].isupper()):
        return None
    kind: PlaceKind = "other"
    if label == "FAC" or last in word_set("site"):
        kind = "facility"
    elif last in word_set("water") or words.lower[start] in ("lake", "gulf", "strait", "bay"):
        kind = "water"
    elif last in word_set("region"):
        kind = "region"
    return PlaceSpan(start, end, name, kind, None, None, None, "model:NER")
