"""Who takes part in an event, by role: subject, object, owner, "with", "between", "against"."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from extractor.models import Party
from extractor.nlp import actors, roles
from extractor.nlp.document import Document
from extractor.records.event.table import EventRule

#: Prepositions of a noun or verb whose objects take part.
_WITH = frozenset({"with", "between", "among", "by", "involving"})
_AGAINST = frozenset({"against", "on", "at", "into"})
_OF = frozenset({"of", "by"})
_FROM_WHOM = frozenset({"from", "by"})
_NO_ONE: frozenset[str] = frozenset()
#: Types in which one side acts upon another.
_ONE_SIDED = frozenset({"conflict", "sanction", "legal"})
#: Types whose "of" names who takes part: "the visit of the king".
_OF_TAKERS = frozenset({"visit", "personnel", "commemoration", "meeting", "legal", "summit", "election", "call"})
#: Types whose partners are told in lists of persons.
_OF_LISTS = frozenset({"meeting", "summit", "call", "conference"})
#: Types in which a state acts, whoever speaks for it.
_OF_STATES = frozenset({"sanction", "exercise"})


#: Rules whose events belong to states, whoever speaks of them: "the 30th anniversary of our diplomatic relations".
_OF_RELATIONS = frozenset(
    {"event.commemoration.anniversary", "event.commemoration.marked", "event.commemoration.years"}
    | {"event.commemoration.year_of", "event.commemoration.mourning"}
)
#: Rules of which every state in the name takes part: "the Days of Peruvian Cinema in Chile".
_NAMING_STATES = frozenset({"event.commemoration.anniversary", "event.commemoration.year_of"})
#: Verbs by which a host has a visitor.
_HOSTING = frozenset({"welcome", "host", "receive", "greet"})


@dataclass(slots=True)
class Taker:
    """A party that takes part, the token that names it and the rule of its role. `weak`: told by an adjective."""

    party: Party
    token: Token
    rule: str
    weak: bool = False


def takers_of_verb(document: Document, verb: Token, rule: EventRule) -> Iterator[Taker]:
    """Those who do what a verb tells, and those to whom it is done."""
    yield from _subjects(document, verb, (), rule)
    if rule.type != "visit":
        for token in roles.objects(verb):
            yield from taker(document, token, "participant.object", rule)
            if rule.type in _ONE_SIDED:
                yield from _owners(document, token)
        if rule.type in _OF_LISTS:
            # "met the premier, Ann Lee, and the minister of health, Bo Chen"
            for child in verb.rights:
                if child.dep_ == "dobj":
                    for party, at in actors.listed(document, child.left_edge.i, verb.sent.end):
                        yield Taker(party, at, "participant.list")
        if rule.type == "personnel":
            # "took over from Ms Silva", "will be replaced by Ms Silva"
            for token in roles.prepositional(verb, _FROM_WHOM):
                yield from (t for t in taker(document, token, "participant.with", rule) if t.party.kind == "person")
    preps = _WITH | _AGAINST if rule.type in _ONE_SIDED else _WITH
    if rule.id in _HONOURING:
        preps = preps | {"to", "on", "upon"}
        yield from _honoured(document, verb, rule)
    for token in roles.prepositional(verb, preps):
        yield from taker(document, token, "participant.with", rule)
    yield from _list_with(document, verb, rule)
    if rule.type == "legal":
        yield from _whom_it_orders(document, verb, rule)
    if rule.type == "sanction":
        for token in roles.prepositional(verb, frozenset({"from", "to", "with", "on", "of"})):
            yield from _owners(document, token)


#: Rules of honours given to someone behind "to" or without a preposition.
_HONOURING = frozenset({"event.commemoration.honoured", "event.commemoration.order_of_merit"})


def _honoured(document: Document, verb: Token, rule: EventRule) -> Iterator[Taker]:
    """Those to whom an honour is given: "awarded Ann Lee the medal", "presented medals to Ann Lee and Bo Chen"."""
    for child in verb.children:
        if child.dep_ == "dative":
            for token in roles.conjuncts(child):
                yield from taker(document, token, "participant.object", rule)
        if child.dep_ in ("prep", "dative") and child.lower_ in ("to", "on", "upon"):
            stop = next((t.i for t in document.doc[child.i + 1 : verb.sent.end] if t.pos_ in ("VERB", "AUX")), None)
            for party, at in document.ledger.parties(document.doc[child.i + 1 : stop or verb.sent.end]):
                if party.kind == "person":
                    yield Taker(party, at, "participant.list")


def _whom_it_orders(document: Document, verb: Token, rule: EventRule) -> Iterator[Taker]:
    """Those whom an order is about: "ordered that the mayor be detained", "ordered the mayor detained"."""
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp") and child.pos_ in ("VERB", "AUX"):
            for inner in child.children:
                if inner.dep_ == "nsubjpass":
                    for token in roles.conjuncts(inner):
                        yield from (
                            t for t in taker(document, token, "participant.object", rule) if t.party.kind != "state"
                        )


def _subjects(document: Document, verb: Token, but: tuple[Token, ...], rule: EventRule) -> Iterator[Taker]:
    """The subjects of a verb; of a list of persons all, however it was parsed."""
    found = [token for token in roles.subjects(verb) if token not in but]
    for token in found:
        yield from taker(document, token, "participant.subject", rule)
    if rule.type in _OF_LISTS and found and (found[0].i < verb.i or verb.dep_ == "csubj"):
        start = min(token.left_edge.i for token in found)
        for party, at in actors.listed(document, start, verb.i if start < verb.i else verb.sent.end):
            yield Taker(party, at, "participant.list")


def _list_with(document: Document, head: Token, rule: EventRule) -> Iterator[Taker]:
    """The persons of a list behind "with", "including" or "between"."""
    if rule.type not in _OF_LISTS:
        return
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in ("with", "between", "including"):
            for party, at in actors.listed(document, child.i + 1, child.sent.end):
                yield Taker(party, at, "participant.list")


#: Verbs whose subject fights in the war or attack behind a preposition: who died or was discussed in one does not.
_TAKING_PART = frozenset({"take", "participate", "engage", "fight", "join", "go", "enter", "embroil", "use"})
#: Prepositions by which a visit only tells when something else was.
_MEANWHILE = frozenset({"of", "before", "after", "since"})
#: Verbs whose subject would take part in what is their object.
_INTENDING = frozenset(
    {"plan", "propose", "mull", "consider", "weigh", "contemplate", "threaten", "prepare", "seek", "reject", "refuse"}
    | {"rule", "want", "eye", "offer", "suggest", "cancel", "postpone", "delay", "scrap", "oppose"}
)
_INTENDED = frozenset({"protest", "sanction", "meeting", "summit", "call", "visit", "exercise"})
#: Chambers that act under their own name.
_CHAMBERS = frozenset(
    {"senate", "house", "congress", "parliament", "knesset", "duma", "bundestag", "bundesrat", "sejm", "majlis", "diet"}
    | {"assembly", "seimas", "riksdag", "storting", "folketing", "verkhovna", "rada", "council"}
)


def taker(
    document: Document, token: Token, role: str, rule: EventRule | None = None, *, weak: bool = False
) -> Iterator[Taker]:
    """The parties that a token stands for as those who take part; the state of one who acts for it."""
    found = actors.parties(document, token)
    for party, at in found:
        if rule is not None and party.kind == "person" and (rule.type in _OF_STATES or rule.id in _OF_RELATIONS):
            party = actors.state_of(document, party) or actors.home_state(document) or party
        yield Taker(party, at, role, weak)
    if not found and rule is not None and rule.type == "election" and token.tag_ == "NNP" and token.lower_ in _CHAMBERS:
        yield Taker(Party(name=token.text, code=None, kind="organization", ref=None), token, role)


def _owners(document: Document, token: Token) -> Iterator[Taker]:
    """The states and bodies named before a noun or behind its "of": "Gambian oil", "the assets of Iranian banks"."""
    start, end = token.left_edge.i, token.i + 1
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "from", "on", "in") and child.i <= token.i + 2:
            end = min(child.right_edge.i + 1, token.i + 12)
            break
    if start == token.i and end == token.i + 1:
        return
    for party, at in document.ledger.parties(document.doc[start:end]):
        if party.kind == "state":
            yield Taker(party, at, "participant.owner", weak=True)


def takers_of_noun(document: Document, noun: Token, light: Token | None, rule: EventRule) -> Iterator[Taker]:
    """Those whom the phrase of a noun and the verb that tells of its taking place name."""
    preps = set(_WITH)
    if rule.type in _ONE_SIDED:
        preps |= _AGAINST
    if rule.type in _OF_TAKERS:
        preps |= _OF
    if rule.id == "event.meeting.courtesy_call":
        preps.add("on")
    for child in noun.lefts:
        if child.dep_ == "poss":
            for token in roles.conjuncts(child):
                yield from taker(document, token, "participant.owner", rule)
    yield from _modifiers(document, noun, rule)
    for token in roles.prepositional(noun, preps):
        yield from taker(document, token, "participant.with", rule)
        if rule.type == "sanction":
            yield from _owners(document, token)
    yield from _list_with(document, noun, rule)
    if rule.type == "conflict":
        yield from _belligerents(document, noun)
    if rule.type == "sanction" and noun.dep_ == "pobj" and noun.head.lower_ == "under" and noun.head.i < noun.i:
        # "Iraq, under sanctions since its invasion"
        before = noun.head.head
        for token in roles.subjects(before) if before.pos_ in ("VERB", "AUX") else [before]:
            yield from taker(document, token, "participant.object", rule)
        if before.pos_ == "VERB":
            for child in before.children:
                if child.dep_ == "nsubjpass":
                    yield from taker(document, child, "participant.object", rule)
    if light is not None:
        yield from _takers_of_light_verb(document, noun, light, rule)
    elif noun.dep_ == "dobj" and noun.head.lemma_ in _INTENDING and rule.type in _INTENDED:
        # "mulls sanctions on", "sought a summit with"
        yield from _subjects(document, noun.head, (noun,), rule)


def _modifiers(document: Document, noun: Token, rule: EventRule) -> Iterator[Taker]:
    """The parties before a noun, inside its phrase, that are not its owners: "Russian-Greek talks"."""
    if rule.type == "visit":
        return
    ledger, doc = document.ledger, document.doc
    start = roles.phrase(noun)[0]
    found = [
        (party, at)
        for party, at in (ledger.parties(doc[start : noun.i]) if start < noun.i else [])
        if not any(child.dep_ == "poss" and child.left_edge.i <= at.i <= child.i for child in noun.lefts)
    ]
    if rule.type in ("summit", "conference"):
        # The body whose summit it is, or two states that hold a forum; a single state is where it is held.
        states = [item for item in found if item[0].kind == "state"]
        found = [item for item in found if item[0].kind == "organization" and _lasting(document, item[1])]
        found += states if len(states) > 1 else []
    elif rule.id == "event.other.games":
        found = [item for item in found if item[0].kind == "state"]
    if rule.id in _NAMING_STATES:
        found += list(_named_behind(document, noun))
    for party, at in found:
        yield Taker(party, at, "participant.modifier", weak=True)


def _named_behind(document: Document, noun: Token) -> Iterator[tuple[Party, Token]]:
    """The states named in the phrases behind a noun: "of the founding of Peru", "between Peru and Chile"."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "between", "in") and child.i <= noun.i + 6:
            for inner in child.children:
                if inner.dep_ != "pobj":
                    continue
                for token in roles.conjuncts(inner):
                    named = document.ledger.parties(document.doc[token.left_edge.i : token.i + 1])
                    yield from (item for item in named if item[0].kind == "state")
                    if child.lower_ == "of":
                        yield from _named_behind(document, token)


def _lasting(document: Document, token: Token) -> bool:
    """Whether a body is one of states with a seat of its own, not a group that is no more than its summits (G20)."""
    entity = document.ledger.entity_at(token.i)
    return (
        entity is not None
        and entity.organization_kind == "international"
        and not any(character.isdigit() for character in entity.name)
    )


def _takers_of_light_verb(document: Document, noun: Token, light: Token, rule: EventRule) -> Iterator[Taker]:
    top = roles.whole(noun)
    if rule.type == "visit" and top.dep_ == "pobj":
        passive = any(child.dep_ == "agent" for child in light.children)
        if top.head.lower_ in _MEANWHILE or (passive and top.head.lower_ == "during"):
            return
    if rule.type == "visit" and light.lemma_ in _HOSTING:
        for token in roles.objects(light):
            yield from taker(document, token, "participant.object", rule)
        for token in roles.subjects(light):
            yield from taker(document, token, "participant.host", rule)
        return
    apart = rule.type == "conflict" and top.dep_ == "pobj" and light.lemma_ not in _TAKING_PART
    if not apart and (top.dep_ in ("dobj", "pobj", "conj", "attr") or light != top.head):
        yield from _subjects(document, light, (noun, top), rule)
    preps = {"between"} if top.dep_ == "nsubj" else _NO_ONE if rule.type == "visit" else _WITH
    for token in roles.prepositional(light, preps):
        yield from taker(document, token, "participant.with", rule)
    if rule.type in ("sanction", "legal"):
        for token in roles.prepositional(light, {"on", "against", "into"}):
            yield from taker(document, token, "participant.with", rule)
            yield from _owners(document, token)
    if rule.type in ("summit", "conference", "meeting") and light.lemma_ in ("bring", "gather", "involve"):
        for token in roles.objects(light):
            if token not in (noun, top):
                yield from taker(document, token, "participant.object", rule)


def _belligerents(document: Document, noun: Token) -> Iterator[Taker]:
    """The state that a war is waged in or against, whatever the parser hangs the preposition on."""
    doc = document.doc
    following = noun.i + 1
    if following + 1 < len(doc) and doc[following].lower_ in ("in", "against", "on", "with"):
        for party, at in document.ledger.parties(doc[following + 1 : min(following + 5, noun.sent.end)])[:1]:
            if party.kind == "state":
                yield Taker(party, at, "participant.theatre", weak=True)
