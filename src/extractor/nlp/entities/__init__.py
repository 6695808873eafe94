"""Named people, bodies, states and places, tied together over the article."""

from collections import Counter

from extractor.models.leader import Leader
from extractor.models.person import Organization, Person
from extractor.models.place import Place
from extractor.nlp.document import Document
from extractor.nlp.entities.atoms import Atom, find_atoms
from extractor.nlp.entities.bodies import find_bodies, with_offices
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.deeds import show_in_office
from extractor.nlp.entities.gazetteer import StateWord, gazetteer
from extractor.nlp.entities.homes import settle_countries
from extractor.nlp.entities.mentions import find_mentions
from extractor.nlp.entities.neighbours import Home
from extractor.nlp.entities.office import Office
from extractor.nlp.entities.office_bodies import office_body, role_of
from extractor.nlp.entities.offices import find_offices
from extractor.nlp.entities.organizations import tie_bodies
from extractor.nlp.entities.people import Someone, find_people, shown
from extractor.nlp.entities.places import PlaceSpan, find_places, is_venue
from extractor.nlp.entities.setting import find_setting
from extractor.nlp.entities.words import Words, read_words
from extractor.nlp.ledger import Entity, Ledger, Mention
from extractor.nlp.ledger import Office as EntityOffice

#: States whose premiers are those of provinces.
_PROVINCES = frozenset({"AUS", "CAN", "ZAF"})
#: Kinds of body whose home is the state of its offices.
_OF_STATES = ("government", "military", "party")


def build_ledger(document: Document) -> Ledger:
    """The ledger of a document: gazetteer entries, bodies, offices, names, then who is who."""
    words = read_words(document.doc)
    if not len(words):
        return Ledger(doc=document.doc)
    atoms = find_atoms(words)
    bodies = find_bodies(words, atoms)
    offices = find_offices(words, atoms, bodies)
    bodies = with_offices(words, atoms, bodies, offices)
    mentions = find_mentions(words, atoms, bodies, offices)
    people = find_people(words, atoms, bodies, mentions)
    show_in_office(words, people, atoms, document)
    person_words = {i for someone in people for m, _ in someone.mentions for i in range(m.start, m.end)}
    names = {shown(m) for someone in people for m, _ in someone.mentions}
    bodies = [b for b in bodies if not any(i in person_words for i in range(b.start, b.end)) and b.name not in names]
    body_words = {i for body in bodies for i in range(body.start, body.end)}
    states = _states(words, atoms, person_words | body_words)
    settle = settle_countries(words, people, atoms, bodies, document)
    places = find_places(words, atoms, person_words | body_words)

    organizations = tie_bodies(words, bodies, atoms, find_setting(words, atoms, document))
    body_entity: dict[int, Entity] = {}
    entities: list[Entity] = []
    for tied in organizations:
        entity = Entity(
            "organization",
            tied.name,
            code=tied.country,
            acronym=tied.acronym,
            organization_kind=tied.kind,
            mentions=[_mention(words, span.start, span.end, span.rule, reason) for span, reason in tied.mentions],
            acts_as_state=tied.state,
        )
        _give_id(document, entity, Organization.prefix)
        entities.append(entity)
        for span, _ in tied.mentions:
            body_entity[span.start] = entity
    named_states = _state_entities(document, words, states)
    union = next((entity for entity in named_states if entity.code == "EU"), None)
    holders: dict[str, list[Entity]] = {}
    office_tokens: set[int] = set()
    for someone in people:
        entity = _person(document, words, someone, settle, body_entity, union)
        entities.append(entity)
        for office, _, mention in someone.offices:
            for key in _called(office):
                if entity not in holders.setdefault(key, []):
                    holders[key].append(entity)
            if office.country_span is not None and abs(office.country_span[0] - mention.start) < 15:
                office_tokens.update(range(*words.span(*office.country_span)))
            if office.title:
                office_tokens.update(range(*words.span(*office.title_span)))
            if office.body is not None:
                office_tokens.update(range(*words.span(office.body.start, office.body.end)))
    entities.extend(named_states)
    entities.extend(_place_entities(document, words, places))
    entities.sort(key=lambda entity: entity.mentions[0].start)
    return Ledger(
        entities,
        doc=document.doc,
        holders=holders,
        office_tokens=frozenset(office_tokens),
        state_names=gazetteer().state_names,
    )


def _called(office: Office) -> list[str]:
    """The common nouns by which the holder of an office goes: "the president", "the leader"."""
    nouns = office.title.lower().split()[-1:]
    if not office.title and office.role == "head_of_state":
        nouns.append("president")
    if office.role in ("head_of_state", "head_of_government"):
        nouns.append("leader")
    if office.role == "head_of_government":
        nouns.extend(("premier", "minister", "pm"))
    return list(dict.fromkeys(nouns))


def _mention(words: Words, start: int, end: int, rule: str, reason: str) -> Mention:
    first, last = words.span(start, end)
    return Mention(first, last, words.text(start, end), rule, reason)


def _give_id(document: Document, entity: Entity, prefix: str) -> None:
    anchor = next((m for m in entity.mentions if m.text == entity.name), entity.mentions[0])
    entity.id = document.new_id(prefix, document.token_span(anchor.start, anchor.end))


def _person(
    document: Document,
    words: Words,
    someone: Someone,
    settle: dict[int, Home],
    body_entity: dict[int, Entity],
    union: Entity | None,
) -> Entity:
    entity = Entity(
        "person",
        someone.name,
        gender=someone.gender,
        mentions=[_mention(words, m.start, m.end, m.rule, reason) for m, reason in someone.mentions],
    )
    best = someone.best_office()
    if best is not None:
        office, rule = best
        country, country_span = (office.countries[0] if office.countries else None), office.country_span
        body = union if country == "EU" else office_body(office, body_entity, words, country, local=office.local)
        if country is None and office.body is not None and body is not None and body.organization_kind in _OF_STATES:
            country, country_span = body.code, (office.body.start, office.body.end)
        if country is None and id(someone) in settle:
            country, country_span = settle[id(someone)]
        international = (
            body is not None
            and body.organization_kind == "international"
            and (office.role == "executive" or (office.body is None and office.role == "official"))
        )
        if international and office.body is None:
            country, country_span = None, None
        role = office.role
        if role == "head_of_government" and country in _PROVINCES and office.title.lower().endswith("premier"):
            role = "official"
        if (
            office.body is None
            and body is not None
            and office.pointed
            and office.entry.scope == "open"
            and body.kind == "organization"
        ):
            role = role_of(body, role, office.entry.title)
        entity.office = EntityOffice(
            office.title or None,
            "international_organization" if international else role,
            office.tenure,
            country if country != "EU" else None,
            body,
            words.span(*office.title_span),
            words.span(*country_span) if country_span and country != "EU" else None,
            rule,
        )
    anchor = next((m for m, _ in someone.mentions if shown(m) == entity.name), someone.mentions[0][0])
    prefix = Leader.prefix if entity.office is not None else Person.prefix
    first, last = words.span(anchor.start, anchor.end)
    entity.id = document.new_id(prefix, document.token_span(first, last))
    return entity


def _states(words: Words, atoms: dict[int, Atom], taken: set[int]) -> list[tuple[Atom, StateWord]]:
    out = [
        (atom, atom.value)
        for atom in atoms.values()
        if isinstance(atom.value, StateWord)
        and not is_venue(words, atom)
        and words.lower[atom.end : atom.end + 1] not in (["dollar"], ["dollars"])
        and not any(i in taken for i in range(atom.start, atom.end))
    ]
    named = {code for _, word in out for code in word.codes if len(word.codes) == 1}
    # "the North" and "the South" in an article about Korea
    if {"PRK", "KOR"} & named:
        at = {i for atom, _ in out for i in range(atom.start, atom.end)}
        for i in range(1, len(words)):
            if (
                words.plain[i] in ("North", "South")
                and words.lower[i - 1] == "the"
                and i not in at
                and not (i + 1 < len(words) and words.cap(i + 1))
            ):
                out.append(
                    (Atom(i, i + 1, word), word)
                    if (word := StateWord(("PRK" if words.plain[i] == "North" else "KOR",), "name"))
                    else (Atom(i, i, word), word)
                )
    out.sort(key=lambda item: item[0].start)
    return out


def _state_entities(document: Document, words: Words, states: list[tuple[Atom, StateWord]]) -> list[Entity]:
    counts = Counter(code for _, word in states if len(word.codes) == 1 for code in word.codes)
    found: dict[str, Entity] = {}
    for atom, word in states:
        if word.form == "capital":
            continue
        codes = word.codes
        if len(codes) > 1 and word.form != "prefix":
            codes = (max(codes, key=lambda code: (counts[code], codes.index(code))),)
        for code in codes:
            entity = found.get(code)
            if entity is None:
                entity = found[code] = Entity("state", gazetteer().state_names[code], code=code, place_kind="country")
            entity.mentions.append(_mention(words, atom.start, atom.end, f"state.{word.form}", word.form))
    for entity in found.values():
        named = next((m for m in entity.mentions if m.rule == "state.name"), None)
        if named is not None and entity.code != "EU":
            entity.id = document.new_id(Place.prefix, document.token_span(named.start, named.end))
    return list(found.values())


def _place_entities(document: Document, words: Words, places: list[PlaceSpan]) -> list[Entity]:
    found: dict[str, Entity] = {}
    for span in places:
        entity = found.get(span.name)
        if entity is None:
            entity = found[span.name] = Entity(
                "place",
                span.name,
                code=span.country,
                place_kind=span.kind,
                latitude=span.latitude,
                longitude=span.longitude,
                capital=span.capital,
            )
        entity.mentions.append(_mention(words, span.start, span.end, span.rule, ""))
    for entity in found.values():
        _give_id(document, entity, Place.prefix)
    return list(found.values())


__all__ = ["BodySpan", "build_ledger"]
