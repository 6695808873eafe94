"""Whose value a figure is: states and bodies in its measure, its owner and the subject of its clause."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extractor.models import Event, Figure, Party, Span
from extractor.models.parts import How
from extractor.nlp.context import attribution
from extractor.nlp.document import Document
from extractor.nlp.ledger import Entity
from extractor.records.draft import Draft, Found
from extractor.records.figure.clause import Place, subject, verb_above
from extractor.records.figure.measure import Measure

#: Words that say a value is shared by the two sides that an article is about.
_SHARED = frozenset({"our", "we", "mutual", "bilateral", "two-way", "both"})
_BETWEEN = frozenset({"trade", "turnover", "relation", "relations", "ties", "cooperation", "commerce"})
#: The first tokens of an article, in which its topic is named.
_LEAD = 60
#: Share indexes belong to nobody.
INDEXES = frozenset(
    {"index", "indexes", "dow", "nasdaq", "ftse", "nikkei", "dax", "sensex", "nifty", "kospi", "topix", "s&p", "cac"}
)


def add_parties(draft: Draft[Figure], document: Document, where: Place, found: Measure, topic: Entity | None) -> None:
    """Add every party of a figure, each once, with the words that name it.

    Where the clause names none, the company that the article is about (`topic`) stands for it.
    """
    if where.quantity.unit == "point" or any(token.lower_ in INDEXES for token in found.tokens):
        return
    seen: set[str] = set()

    def add(party: Party | None, token: Token, rule: str, how: How) -> None:
        holder = _holder(document, party) if party is not None else None
        if holder is not None and (holder.code or holder.name) not in seen:
            seen.add(holder.code or holder.name)
            draft.add("parties", holder, document.token_span(token.i, token.i + 1), rule, how)

    adjectives: list[tuple[Party, Token]] = []
    for party, token, rule in _candidates(document, where, found):
        if rule == "figure.party.measure" and _adjective(token):
            adjectives.append((party, token))
        else:
            add(party, token, rule, "normalized")
    if len(seen) < 2 and (cue := _shared(where, found) or _in_talks(document, where)) is not None:
        for party in document.ledger.pair(cue):
            if party.kind != "organization":
                add(party, cue, "figure.party.pair", "inferred")
    if not seen:
        for party, token in adjectives:
            add(party, token, "figure.party.adjective", "normalized")
    if not seen and topic is not None:
        mention = topic.mentions[0]
        name = document.doc[mention.end - 1]
        add(document.ledger.party(name), name, "figure.party.topic", "inferred")
        draft.reason("whose it is follows from the article's topic", -0.1)


def add_participants(draft: Draft[Figure], event: Found[Event]) -> None:
    """Add the parties of the event that a figure belongs to."""
    seen = {party.code or party.name for party in draft.get("parties") or ()}
    for i, party in enumerate(event.record.participants):
        shown = next((item for item in event.record.evidence if item.field == f"participants[{i}]"), None)
        if (
            party.kind == "person"
            or (party.code or party.name) in seen
            or shown is None
            or shown.start is None
            or shown.end is None
            or shown.text is None
        ):
            continue
        span = Span(start=shown.start, end=shown.end, text=shown.text)
        draft.add("parties", party, span, "figure.party.event", "inferred")


def topic(document: Document) -> Entity | None:
    """The company an article is about: named in its first sentences and more often than any other."""
    bodies = [
        entity
        for entity in document.ledger.entities
        if entity.kind == "organization" and entity.organization_kind in ("company", None)
    ]
    bodies.sort(key=lambda entity: (-len(entity.mentions), entity.mentions[0].start))
    if not bodies or len(bodies[0].mentions) < 3 or bodies[0].mentions[0].start > _LEAD:
        return None
    return bodies[0] if len(bodies) == 1 or len(bodies[0].mentions) > len(bodies[1].mentions) else None


def _candidates(document: Document, where: Place, found: Measure) -> Iterator[tuple[Party, Token, str]]:
    ledger, doc = document.ledger, document.doc
    verb = where.verb
    while verb is not None:
        actor = subject(verb)
        if actor is not None and actor.i not in where.inside and actor != where.top:
            named = ledger.parties(doc[actor.left_edge.i : actor.i + 1 + _joined(actor)])
            body = any(party.kind == "organization" for party, _ in named)
            for party, token in named:
                # "US automaker GM" is the company, not the state.
                if not (body and party.kind == "state" and token.dep_ in ("amod", "compound", "nmod")):
                    yield party, token, "figure.party.subject"
        verb = verb_above(verb.head) if verb.dep_ == "acl" else None
    for token in where.top.subtree:
        if token.dep_ == "poss" and (owner := ledger.party(token)) is not None:
            yield owner, token, "figure.party.owner"
    for first, last in _runs(sorted({token.i for token in found.tokens})):
        for party, token in ledger.parties(doc[first : last + _joined(doc[last - 1])]):
            yield party, token, "figure.party.measure"


def _joined(token: Token) -> int:
    """How many tokens the names joined to a name go on ("Fiji, Samoa and Tonga")."""
    last = token.i
    node = token
    while nxt := next(
        (child for child in node.rights if child.dep_ == "conj" and child.pos_ in ("PROPN", "NOUN")), None
    ):
        node, last = nxt, nxt.i
    return last - token.i


def _adjective(token: Token) -> bool:
    """A nationality before a noun ("American jobs") says where, not whose."""
    return token.pos_ == "ADJ" and token.dep_ in ("amod", "compound")


def _holder(document: Document, party: Party) -> Party | None:
    """The party itself; for a person in public office the state that the office is of."""
    if party.kind != "person":
        return party
    entity = next(
        (entity for entity in document.ledger.entities if entity.id is not None and entity.id == party.ref), None
    )
    if entity is None or entity.office is None or entity.office.country is None:
        return None
    return _state(document.ledger.entities, entity.office.country)


def _state(entities: Sequence[Entity], code: str) -> Party | None:
    state = next((entity for entity in entities if entity.kind == "state" and entity.code == code), None)
    return Party(name=state.name, code=code, kind="state", ref=None) if state is not None else None


def _shared(where: Place, found: Measure) -> Token | None:
    """The word that says the value is one of both sides: "our trade", "bilateral trade", "we saw a decline in trade"."""
    for token in found.tokens:
        for near in (token, *token.children):
            if near.lower_ in _SHARED:
                return near
    verb = where.verb
    actor = subject(verb) if verb is not None else None
    if actor is not None and actor.lower_ == "we":
        return actor
    return next((token for token in found.tokens if token.lower_ in _BETWEEN), None)


def _in_talks(document: Document, where: Place) -> Token | None:
    """What a leader says at talks of two states is of both, where the article's head names just these two."""
    told = attribution(where.top)
    if told is None or told.rule != "context.speaker_line":
        return None
    head = {
        entity.code
        for entity in document.ledger.entities
        if entity.kind == "state" and entity.mentions and entity.mentions[0].start < _LEAD
    }
    pair = {party.code for party in document.ledger.pair(told.source.root)}
    return told.source.root if len(pair) == 2 and None not in pair and pair <= head else None


def _runs(tokens: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring tokens as half-open stretches."""
    out: list[tuple[int, int]] = []
    for i in tokens:
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return out
