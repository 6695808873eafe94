"""Places: cities, regions, waters and sites that an article names, with what the gazetteers know of them."""

from dataclasses import dataclass

from extractor.models.place import PlaceKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.gazetteer import Region, StateWord, gazetteer
from extractor.nlp.entities.words import Words

_SITE_WORDS = frozenset(
    [
        "airport",
        "port",
        "base",
        "palace",
        "square",
        "stadium",
        "hall",
        "bridge",
        "hotel",
        "tower",
        "university",
        "plant",
        "station",
        "park",
        "hospital",
        "house",
        "building",
        "center",
        "centre",
    ]
)
_REGION_WORDS = frozenset(
    [
        "province",
        "region",
        "state",
        "county",
        "district",
        "oblast",
        "territory",
        "prefecture",
        "governorate",
        "republic",
        "valley",
        "peninsula",
        "desert",
    ]
)
_WATER_WORDS = frozenset(["sea", "ocean", "river", "lake", "strait", "gulf", "bay", "canal", "channel", "basin"])


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


def find_places(words: Words, atoms: dict[int, Atom], taken: set[int]) -> list[PlaceSpan]:
    """Every mention of a place that is no country's name, in order; words already taken are passed over."""
    out: list[PlaceSpan] = []
    done = set(taken)
    for atom in atoms.values():
        if any(i in done for i in range(atom.start, atom.end)):
            continue
        text = words.text(atom.start, atom.end)
        if isinstance(atom.value, Region):
            region = atom.value
            out.append(
                PlaceSpan(atom.start, atom.end, region.name, region.kind, region.country, None, None, "place.gazetteer")
            )
        elif isinstance(atom.value, StateWord) and atom.value.form == "capital":
            out.append(
                _city(
                    atom.start,
                    atom.end,
                    words.text(atom.start, atom.end)
                    if words.cased[atom.start] == words.plain[atom.start]
                    else text.title(),
                    atom.value.codes[-1],
                )
            )
        elif isinstance(atom.value, StateWord):
            done.update(range(atom.start, atom.end))
            continue
        else:
            continue
        done.update(range(atom.start, atom.end))
    i = 0
    count = len(words)
    while i < count:
        if words.ent[i] not in ("GPE", "LOC", "FAC"):
            i += 1
            continue
        end = i + 1
        while end < count and words.ent[end] == words.ent[i] and not words.ent_start[end]:
            end += 1
        start, stop = i, end
        i = end
        while start < stop and (not words.cap(start) or words.lower[start] in ("the",)):
            start += 1
        while stop > start and (words.lower[stop - 1] in ("'s", "'") or not words.plain[stop - 1][0].isalnum()):
            stop -= 1
        if start >= stop or any(k in done for k in range(start, stop)):
            continue
        span = _known(words, start, stop)
        if span is not None:
            out.append(span)
            done.update(range(start, stop))
    out.sort(key=lambda span: span.start)
    return out


def _city(start: int, end: int, name: str, country: str | None) -> PlaceSpan:
    city = gazetteer().cities.get(name) or gazetteer().cities.get(name.replace("D.C.", "").strip())
    if city is not None and (country is None or city.country == country):
        return PlaceSpan(
            start, end, name, "city", city.country or None, city.latitude, city.longitude, "place.gazetteer"
        )
    return PlaceSpan(start, end, name, "city", country, None, None, "place.gazetteer")


def _known(words: Words, start: int, end: int) -> PlaceSpan | None:
    name = words.text(start, end)
    label = words.ent[start]
    last = words.lower[end - 1]
    if name in gazetteer().us_states:
        return PlaceSpan(start, end, name, "region", "USA", None, None, "place.gazetteer")
    city = gazetteer().cities.get(name)
    if city is not None and label != "FAC":
        return PlaceSpan(
            start, end, name, "city", city.country or None, city.latitude, city.longitude, "place.gazetteer"
        )
    if words.heading[start] and end - start > 3:
        return None
    if end - start == 1 and (words.lower[start] in words.seen_lower or words.plain[start].isupper()):
        return None
    kind: PlaceKind = "other"
    if label == "FAC" or last in _SITE_WORDS:
        kind = "facility"
    elif last in _WATER_WORDS or words.lower[start] in ("lake", "gulf", "strait", "bay"):
        kind = "water"
    elif last in _REGION_WORDS:
        kind = "region"
    return PlaceSpan(start, end, name, kind, None, None, None, "model:NER")
