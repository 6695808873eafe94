"""Whose value a figure is: states and bodies in its measure, its owner and the subject of its clause."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extractor.models import Event, Figure, Party, Span
from extractor.models.parts import How
from extractor.nlp.context import attribution
from extractor.nlp.document import Document
from extractor.nlp.ledger import Entity, Mention
from extractor.records.draft import Draft, Found
from extractor.records.figure.candidates import candidates
from extractor.records.figure.clause import Place, subject, verb_above
from extractor.records.figure.home import LEAD, Home, Owner
from extractor.records.figure.measure import Measure

#: Words that say a value is shared by the two sides that an article is about.
_SHARED = frozenset({"our", "we", "mutual", "bilateral", "two-way", "both", "joint"})
_BETWEEN = frozenset({"trade", "turnover", "relation", "relations", "ties", "cooperation", "commerce"})
#: Words of what companies and states do with each other.
_DEALS = frozenset(
    [
        "deal",
        "deals",
        "merger",
        "transaction",
        "takeover",
        "acquisition",
        "combined",
        "combination",
        "agreement",
        "agreements",
        "documents",
        "accords",
        "memorandums",
        "memoranda",
        "pacts",
        "treaties",
    ]
)
#: Verbs of which a receiver is part.
_GIVING = frozenset(
    [
        "give",
        "grant",
        "donate",
        "pledge",
        "send",
        "provide",
        "offer",
        "lend",
        "release",
        "contribute",
        "deliver",
        "seek",
        "appeal",
        "earmark",
        "deploy",
        "supply",
    ]
)
#: Physical units whose values belong to nobody: how far, how fast, how strong.
_NOBODYS = frozenset(
    [
        *("kilometre", "metre", "mile", "foot", "yard", "centimetre", "magnitude", "knot", "nautical mile", "degree"),
        *("kilometre per hour", "mile per hour", "metre per second", "degree Celsius", "degree Fahrenheit"),
    ]
)
#: Share indexes belong to nobody.
INDEXES = frozenset(
    {"index", "indexes", "dow", "nasdaq", "ftse", "nikkei", "dax", "sensex", "nifty", "kospi", "topix", "s&p", "cac"}
)


def add_parties(draft: Draft[Figure], document: Document, where: Place, found: Measure, home: Home) -> None:
    """Add every party of a figure, each once, with the words that name it.

    Where its words name none, it belongs to the company that the article is about or else to the state of the place
    where it is told of (`home`).
    """
    if where.quantity.unit == "point" or any(token.lower_ in INDEXES for token in found.tokens):
        return
    seen: set[str] = set()

    def add(party: Party | None, token: Token, rule: str, how: How) -> None:
        if party is not None and token.pos_ == "NOUN" and party.kind == "organization" and home.companies:
            # "the airline" in a story about one is that one.
            party = home.companies[0].party
            if any(child.lower_ in ("combined", "merged", "enlarged") for child in token.lefts):
                for owner in home.companies[1:]:
                    add(owner.party, document.doc[owner.mention.end - 1], "figure.party.topic", "inferred")
        holder = _holder(document, party) if party is not None and not _is_market(party) else None
        if holder is not None and (holder.code or holder.name) not in seen:
            seen.add(holder.code or holder.name)
            draft.add("parties", holder, document.token_span(token.i, token.i + 1), rule, how)

    adjectives: list[tuple[Party, Token]] = []
    named = list(candidates(document, where, found, home))
    if where.quantity.unit == "job" and (there := [item for item in named if _is_there(item)]):
        # "support 300 jobs in the United States": they are the country's, not the firm's.
        named = there
    for party, token, rule in named:
        if rule == "figure.party.measure" and _adjective(token):
            adjectives.append((party, token))
        else:
            add(party, token, rule, "normalized")
    deal = next((token for token in found.tokens if token.lower_ in _DEALS), None)
    if deal is not None and len(home.companies) > 1 and seen <= {owner.party.name for owner in home.companies}:
        for owner in home.companies:
            add(owner.party, deal, "figure.party.topic", "inferred")
    cue = _shared(where, found) or _in_talks(document, where) or (deal if not seen and not home.companies else None)
    if len(seen) < 2 and cue is not None:
        for party in document.ledger.pair(cue):
            if party.kind != "organization":
                add(party, cue, "figure.party.pair", "inferred")
    if not seen:
        for party, token in adjectives:
            add(party, token, "figure.party.adjective", "normalized")
    if not seen and where.quantity.kind != "duration" and where.quantity.unit not in _NOBODYS:
        for owner, rule in _owners(document, where, found, home):
            add(owner.party, document.doc[owner.mention.end - 1], rule, "inferred")
        if seen:
            draft.reason("whose it is follows from the article's topic", -0.1)
    elif len(seen) == 1 and home.states and (gift := _given(where)) is not None:
        # Aid that is given where the article is set goes to its state.
        owner = home.states[0]
        if owner.party.code not in seen:
            add(owner.party, gift, "figure.party.receiver", "inferred")


def _owners(document: Document, where: Place, found: Measure, home: Home) -> Iterator[tuple[Owner, str]]:
    """Whose a figure is whose own words name nobody."""
    if home.companies:
        both = any(token.lower_ in _DEALS for token in (*found.tokens, *where.top.sent))
        yield from ((owner, "figure.party.topic") for owner in home.companies[: 2 if both else 1])
        return
    sentence = where.top.sent
    for token in sentence:
        entity = document.ledger.entity_at(token.i)
        if entity is not None and entity.kind == "place" and entity.code is not None:
            yield (
                Owner(document.ledger.state(entity.code), Mention(token.i, token.i + 1, token.text, "", "")),
                "figure.party.place",
            )
            return
    shared = any(token.lower_ in _DEALS | _BETWEEN for token in (*found.tokens, where.top))
    yield from ((owner, "figure.party.home") for owner in home.states[: 2 if shared else 1])


def _given(where: Place) -> Token | None:
    """The verb of giving whose object or purpose a figure is."""
    verb = where.verb
    for _ in range(2):
        if verb is None:
            return None
        if verb.lemma_ in _GIVING:
            return verb
        verb = verb_above(verb.head) if verb.head != verb else None
    return None


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


def _is_there(candidate: tuple[Party, Token, str]) -> bool:
    """Whether a candidate is a state that tells where something is."""
    party, token, _ = candidate
    return party.kind == "state" and token.dep_ == "pobj" and token.head.lower_ in ("in", "across", "throughout")


def _adjective(token: Token) -> bool:
    """A nationality before a noun ("American jobs") says where, not whose."""
    return token.pos_ == "ADJ" and token.dep_ in ("amod", "compound")


def _is_market(party: Party) -> bool:
    """A stock exchange only tells where shares are traded."""
    return party.kind == "organization" and party.name.lower().endswith(("exchange", "bourse", "stock market"))


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
        if entity.kind == "state" and entity.mentions and entity.mentions[0].start < LEAD
    }
    pair = {party.code for party in document.ledger.pair(told.source.root)}
    return told.source.root if len(pair) == 2 and None not in pair and pair <= head else None
