"""Whose value a figure is: states and bodies in its measure, its owner and the subject of its clause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extractor.models import Event, Figure, Party, Span
from extractor.models.parts import How
from extractor.nlp.document import Document
from extractor.nlp.ledger import Entity, Mention
from extractor.records.draft import Draft, Found
from extractor.records.figure.candidates import GIFTS, STAKES, actors_above, candidates
from extractor.records.figure.clause import Place, subject, verb_above
from extractor.records.figure.home import ACCUSING, CONTESTS, GATHERINGS, LEAD, WIDE, Home, Owner
from extractor.records.figure.measure import Measure
from extractor.records.figure.source import Source

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
_SHARED_BY_TWO = _DEALS | _BETWEEN
#: Under which the holder of a part of a body and that body are remembered.
_STAKE = "stake"
_COMPANIES = frozenset({"companies", "firms", "groups", "carriers", "airlines", "banks"})
#: Verbs of keeping back or renewing what is given, and what that is.
_WITHHOLDING = frozenset({"cut", "suspend", "withhold", "freeze", "halt", "resume", "restore", "cancel", "forgive"})
_AID = frozenset({"aid", "assistance", "loan", "grant", "funding", "credit", "debt", "support"})
#: Verbs of which a receiver is part.
_GIVING = frozenset(
    [
        "give",
        "grant",
        "donate",
        "pledge",
        "promise",
        "dispatch",
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
        "impose",
    ]
)
#: Physical units whose values belong to nobody: how far, how fast, how strong.
_NOBODYS = frozenset(
    [
        *("kilometre", "metre", "mile", "foot", "yard", "centimetre", "magnitude", "knot", "nautical mile", "degree"),
        *("kilometre per hour", "mile per hour", "metre per second", "degree Celsius", "degree Fahrenheit"),
    ]
)
#: Events whose participants own no count in them.
_OF_NOBODY = frozenset({"other", "launch", "personnel"})
#: Those who are asked or foresee in a poll.
_ASKED = frozenset({"economist", "analyst", "respondent", "viewer", "strategist", "forecaster"})
#: Goods with one price in all the world.
_GOODS = frozenset({"brent", "crude", "wti", "bullion", "gold", "bitcoin"})
#: What a person has with voters.
FAVOUR = frozenset({"approval", "popularity"})
_NOBODYS_WORDS = _GOODS | FAVOUR
_MEASURES_OF_GOODS = frozenset({"barrel", "ounce", "bushel"})
#: Work that is made, and the verbs of making it.
_POSTS = frozenset({"job", "position", "post"})
_MAKING = frozenset({"create", "support", "generate", "sustain", "bring", "provide", "add"})
#: Who stands before a court, and what for.
_DEFENDANTS = frozenset({"defendant", "accused", "suspect"})
_CRIMES = frozenset(
    [
        *("fraud", "scam", "laundering", "bribe", "bribery", "embezzlement", "corruption", "diversion", "forfeiture"),
        *("kickback", "theft", "graft", "extortion", "racketeering", "custody", "detention", "remand", "bail", "loot"),
    ]
)
#: Words in the names of those who judge.
_COURTS = frozenset({"court", "tribunal", "bench", "judiciary"})
#: Crowds, and what a crowd does, are nobody's; nor are those who run for a seat or look on.
_CROWDS = frozenset({"candidate", "contestant", "nominee", "viewer", "spectator", "onlooker", "visitor", "marcher"})
_MARCHING = frozenset({"march", "rally", "gather", "demonstrate", "protest", "assemble", "parade", "chant"})
#: Share indexes belong to nobody.
INDEXES = frozenset(
    {"index", "indexes", "dow", "nasdaq", "ftse", "nikkei", "dax", "sensex", "nifty", "kospi", "topix", "s&p", "cac"}
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of a figure when its parties are looked for: its place and measure, who states it, and what the
    article is about."""

    document: Document
    where: Place
    found: Measure
    home: Home
    told: Source | None


def add_parties(draft: Draft[Figure], scene: Scene, event: Found[Event] | None) -> None:
    """Add every party of a figure, each once, with the words that name it.

    Where its words name none, it belongs to those of its event, else to the company that the article is about or else
    to the state of the place where it is told of (`home`).
    """
    document, where, found, home = scene.document, scene.where, scene.found, scene.home
    of_index = where.quantity.kind == "percent" and where.beside_index and draft.get("change") is not None
    asked = where.quantity.kind == "count" and where.quantity.unit in _ASKED
    if asked or of_index or where.quantity.unit == "point" or any(token.lower_ in INDEXES for token in found.tokens):
        return
    seen: set[str] = set()

    def add(party: Party | None, token: Token, rule: str, how: How) -> None:
        if rule == "figure.party.measure" and party is not None and party.kind == "person":
            # "the mayor's approval rating": his own.
            return
        holder = _holder(home, party) if party is not None and not _decides_or_trades(party) else None
        if holder is not None and (holder.code or holder.name) not in seen:
            seen.add(holder.code or holder.name)
            draft.add("parties", holder, document.token_span(token.i, token.i + 1), rule, how)

    adjectives: list[tuple[Party, Token]] = []
    jobs = where.quantity.unit in _POSTS and where.verb is not None and where.verb.lemma_ in _MAKING
    named = list(_at_work(document, where)) if jobs else []
    if not named and not (jobs and _is_funded(where)):
        named = list(candidates(document, where, found, home))
    for party, token, rule in named:
        if rule == "figure.party.measure" and _adjective(token):
            adjectives.append((party, token))
        elif party.kind == "organization" and home.companies and _refers_back(token, party, home):
            # "the airline" in a story about one is that one.
            merged = any(child.lower_ in ("combined", "merged", "enlarged") for child in token.lefts)
            for owner in home.companies if merged else home.companies[:1]:
                add(owner.party, token, rule, "normalized")
        else:
            meant = home.meant_by(token) if party.kind == "state" else None
            add(meant or party, token, rule, "normalized")
    deal = next((token for token in found.tokens if token.lower_ in _DEALS), None) or _of_the_takeover(where)
    if deal is not None and len(home.companies) > 1 and seen <= {owner.party.name for owner in home.companies}:
        for owner in home.companies:
            add(owner.party, deal, "figure.party.topic", "inferred")
    cue = _shared(scene) or _in_talks(scene) or (deal if not seen and not home.companies else None)
    if len(seen) < 2 and cue is not None and not jobs:
        for party in document.ledger.pair(cue):
            if party.kind != "organization":
                add(party, cue, "figure.party.pair", "inferred")
    if not seen:
        for party, token in adjectives:
            add(party, token, "figure.party.adjective", "normalized")
    if not seen and (known := _recalled(scene)) is not None:
        for party in known[0]:
            add(party, known[1], "figure.party.recalled", "inferred")
    if event is not None and event.record.type not in _OF_NOBODY:
        seen |= add_participants(draft, event)
    if not seen:
        for party, token in actors_above(document, where, home):
            add(party, token, "figure.party.subject", "inferred")
    accused = _accused(scene) if not seen else None
    if accused is not None:
        person, cue = accused
        seen.add(person.name)
        draft.add("parties", person, document.token_span(cue.i, cue.i + 1), "figure.party.accused", "inferred")
    if not seen and where.quantity.kind != "duration" and not _nobodys(where, found, home):
        for owner, rule in _owners(scene):
            add(owner.party, document.doc[owner.mention.end - 1], rule, "inferred")
        if seen:
            draft.reason("whose it is follows from the article's topic", -0.1)
    elif len(seen) == 1 and accused is None and not jobs and (receiver := _receiver(scene, named)) is not None:
        party, gift = receiver
        if (party.code or party.name) not in seen:
            add(party, gift, "figure.party.receiver", "inferred")
    holding = next((token for token in found.tokens if token.lemma_ in STAKES), None) if len(seen) == 1 else None
    if holding is not None and where.quantity.kind == "percent":
        both = home.dealt.get(_STAKE, ())
        if any((side.code or side.name) in seen for side in both):
            for side in both:
                add(side, holding, "figure.party.recalled", "inferred")
    _remember(scene, draft)


def _of_the_takeover(where: Place) -> Token | None:
    """The words by which a sum is of both companies that come together: "a premium", what shareholders receive, "the
    companies expect"."""
    above = where.top.head
    if "premium" in (where.top.lemma_, above.lemma_, above.head.lemma_ if above.lower_ == "of" else ""):
        return where.top
    behind = where.doc[where.quantity.end : where.quantity.end + 4]
    if (
        where.verb is not None
        and where.verb.lemma_ in ("pay", "offer", "bid")
        and any(t.lower_ == "share" for t in behind)
    ):
        return where.verb
    actor = subject(where.verb) if where.verb is not None else None
    if where.verb is None or actor is None:
        return None
    if actor.lemma_ in ("shareholder", "stockholder") and where.verb.lemma_ in ("receive", "get"):
        return actor
    return actor if actor.lower_ in _COMPANIES and [child.lower_ for child in actor.lefts] == ["the"] else None


def _receiver(scene: Scene, named: Sequence[tuple[Party, Token, str]]) -> tuple[Party, Token] | None:
    """Aid that is given where the article is set goes to its state, and so are a loan from a bank and talks with it."""
    home = scene.home
    other = next((token for _, token, rule in named if rule == "figure.party.other"), None)
    if other is not None and (owners := home.companies or home.states):
        return owners[0].party, other
    gift = _given(scene.where, scene.found) if home.states and not home.companies else None
    if gift is None:
        return None
    own = home.states[0].party
    for token, entity in home.places_in(scene.where.sentence):
        # "Japan sent 30 doctors to Nepal", wherever the article is set; of "to a mission in Haiti" none is sure.
        if entity.code is None or token.i < gift.i or token.dep_ != "pobj" or token.head.lower_ not in ("to", "in"):
            continue
        if token.head.lower_ == "to" and entity.kind == "state":
            return scene.document.ledger.state(entity.code), gift
        if entity.code != own.code:
            return None
    if len(home.states) != 1 or not any(_is_abroad(home, party, own) for party, _, _ in named):
        return None
    return own, gift


def _is_abroad(home: Home, party: Party, own: Party) -> bool:
    """Whether a giver is another state than the article's or a body of many states: others give at home."""
    if party.kind != "organization":
        state = _holder(home, party)
        return state is not None and state.code != own.code
    entity = home.by_id.get(party.ref or "")
    return entity is not None and entity.organization_kind == "international"


def _accused(scene: Scene) -> tuple[Party, Token] | None:
    """Who is accused of what a figure tells the size of: "charged over a 3 million fraud", "the accused took"."""
    home, where = scene.home, scene.where
    if not home.accused:
        return None
    verb = where.verb
    for _ in range(5):
        if verb is None:
            break
        if verb.lemma_ in ACCUSING:
            for party, names in home.accused:
                if (name := next((name for name in names if name.head == verb), None)) is not None:
                    return party, name
        actor = subject(verb)
        if actor is not None and actor.lower_ in _DEFENDANTS and len(home.accused) == 1:
            return home.accused[0][0], actor
        verb = verb_above(verb.head) if verb.head != verb else None
    if len(home.accused) != 1:
        return None
    words = (*scene.found.tokens, where.top, where.top.head, *where.top.rights)
    crime = next((token for token in words if token.lemma_ in _CRIMES), None)
    crime = crime or next((token for token in where.sentence if token.lower_ in _DEFENDANTS), None)
    return (home.accused[0][0], crime) if crime is not None else None


def _remember(scene: Scene, draft: Draft[Figure]) -> None:
    """Keep whose loan, grant or deal it was that a figure tells the size of."""
    parties = draft.get("parties") or ()
    if len(parties) > 1:
        for token in scene.found.tokens:
            if token.lemma_ in GIFTS:
                scene.home.dealt[token.lemma_] = tuple(parties)
            elif token.lemma_ in STAKES:
                scene.home.dealt[_STAKE] = tuple(parties)


def _recalled(scene: Scene) -> tuple[tuple[Party, ...], Token] | None:
    """Whose "the loan" is, of which a sentence goes on to tell."""
    dealt = scene.home.dealt
    if not dealt:
        return None
    for token in scene.where.sentence:
        if (
            token.lemma_ in dealt
            and token.tag_ == "NN"
            and (token.dep_ in ("nsubj", "nsubjpass") or (token.dep_ == "pobj" and token.head.lower_ == "under"))
            and any(child.lower_ in ("the", "this") for child in token.lefts)
        ):
            return dealt[token.lemma_], token
    return None


def _at_work(document: Document, where: Place) -> Iterator[tuple[Party, Token, str]]:
    """The state in which work is made: "jobs in Portugal", "American jobs"."""
    doc, top = document.doc, where.top
    for token in doc[top.i + 1 : min(top.i + 8, where.sentence.end)]:
        if token.dep_ == "pobj" and token.head.lower_ in ("in", "across", "throughout", "to"):
            party = document.ledger.party(token)
            if party is not None and party.kind == "state":
                yield party, token, "figure.party.place"
                return
    for party, token in document.ledger.parties(doc[top.left_edge.i : top.i + 1]):
        if party.kind == "state":
            yield party, token, "figure.party.adjective"


def _is_funded(where: Place) -> bool:
    """Whether work is made by what another pays for: "will lend 3 million, supporting 40 jobs"."""
    if where.verb is None or where.verb.dep_ == "conj" or where.verb.head == where.verb:
        return False
    above = verb_above(where.verb.head)
    return above is not None and above.lemma_ in _GIVING


def _nobodys(where: Place, found: Measure, home: Home) -> bool:
    """Whether a value is nobody's where no words say whose: distances, prices on world markets, those asked in polls."""
    quantity = where.quantity
    if quantity.unit in _NOBODYS or (quantity.kind == "count" and _is_crowd(where)):
        return True
    if any(token.lower_ in _NOBODYS_WORDS for token in found.tokens):
        return True
    if home.tells_of_contests and any(token.lower_ in CONTESTS for token in where.sentence):
        return True
    behind = where.doc[quantity.end : quantity.end + 2]
    return quantity.kind == "money" and len(behind) == 2 and behind[1].lower_ in _MEASURES_OF_GOODS


def _is_crowd(where: Place) -> bool:
    """Whether those counted only came together, look on or stand for a seat."""
    if where.quantity.unit in _CROWDS:
        return True
    return where.verb is not None and where.verb.lemma_ in _MARCHING and subject(where.verb) == where.top


def _owners(scene: Scene) -> Iterator[tuple[Owner, str]]:
    """Whose a figure is whose own words name nobody."""
    document, where, found, home = scene.document, scene.where, scene.found, scene.home
    if home.body is not None and scene.told is not None and scene.told.span.root.lower_ in GATHERINGS:
        yield home.body, "figure.party.speaker"
        return
    if (own := _of_the_speaker(scene)) is not None:
        yield own, "figure.party.speaker"
        return
    if home.companies:
        both = any(token.lower_ in _DEALS for token in (*found.tokens, *where.sentence))
        if both or len(home.companies) == 1:
            yield from ((owner, "figure.party.topic") for owner in home.companies)
        else:
            speaker = _employer(scene)
            own = next((owner for owner in home.companies if owner.party.ref == speaker), None)
            yield own or home.company_told_of(where.quantity.start), "figure.party.topic"
        return
    if (body := _body_of_speaker(scene)) is not None:
        yield body, "figure.party.speaker"
        return
    named = home.places_in(where.sentence)
    clauses = _clauses(where) if named else []
    if _is_wide(where, named, home):
        return
    for token, entity in named:
        if entity.code is None or verb_above(token) not in clauses:
            continue
        if entity.kind == "place" or (token.dep_ == "pobj" and token.head.lower_ == "in"):
            mention = Mention(token.i, token.i + 1, token.text, "", "")
            yield Owner(document.ledger.state(entity.code), mention), "figure.party.place"
            return
    shared = any(token.lower_ in _SHARED_BY_TWO for token in (*found.tokens, where.top))
    yield from ((owner, "figure.party.home") for owner in home.states[: 2 if shared else 1])


def _of_the_speaker(scene: Scene) -> Owner | None:
    """The body that says of itself: "the airline said they would pay"."""
    told = scene.told
    if told is None or told.party is None or told.party.kind == "person":
        return None
    clause = next((child for child in told.cue.rights if child.dep_ == "ccomp"), None)
    actor = subject(clause) if clause is not None else None
    if clause is None or actor is None or not clause.is_ancestor(scene.where.top):
        return None
    if actor.lower_ not in ("it", "they"):
        return None
    return Owner(told.party, Mention(actor.i, actor.i + 1, actor.text, "", ""))


def _body_of_speaker(scene: Scene) -> Owner | None:
    """The body of an officer who tells of it as "we" or in a turn of a transcript."""
    told, speaker = scene.told, _speaker(scene)
    office = speaker.office if speaker is not None else None
    if told is None or office is None or office.organization is None:
        return None
    if told.rule != "context.speaker_line":
        actor = subject(scene.where.verb) if scene.where.verb is not None else None
        ours = any(token.lower_ == "our" for token in scene.where.sentence)
        if not ours and (actor is None or actor.lower_ != "we"):
            return None
    party = Party(name=office.organization.name, code=None, kind="organization", ref=office.organization.id)
    mention = Mention(told.span.start, told.span.end, told.span.text, "", "")
    return Owner(party, mention)


def _is_wide(where: Place, named: Sequence[tuple[Token, Entity]], home: Home) -> bool:
    """Whether a clause is set in more than a state: "across the Sahel", "in the region", "worldwide"."""
    for token, entity in named:
        if entity.code is None and entity.place_kind in ("continent", "region") and verb_above(token) == where.verb:
            return True
    return home.tells_of_the_wide and any(
        token.lower_ in ("worldwide", "globally")
        or (
            token.lemma_ in WIDE
            and token.dep_ == "pobj"
            and token.head.lower_ in ("in", "across", "throughout")
            and [child.lower_ for child in token.lefts] == ["the"]
        )
        for token in where.sentence
    )


def _clauses(where: Place) -> list[Token | None]:
    """The verb of a figure's clause and those above it; None stands for a clause without one."""
    out: list[Token | None] = [where.verb]
    node = where.verb
    while node is not None and node.head != node:
        node = verb_above(node.head)
        out.append(node)
    return out


def _given(where: Place, found: Measure) -> Token | None:
    """The verb of giving whose object or purpose a figure is."""
    if where.quantity.kind == "percent":
        return None
    verb, noun = where.verb, where.top.head.head
    if where.top.dep_ == "pobj" and noun.lemma_ == "appeal":
        return noun
    if verb is not None and verb.lemma_ in _WITHHOLDING:
        return next((token for token in found.tokens if token.lemma_ in _AID), None)
    for _ in range(2):
        if verb is None:
            break
        if verb.lemma_ in _GIVING:
            return verb
        verb = verb_above(verb.head) if verb.head != verb else None
    return None


def add_participants(draft: Draft[Figure], event: Found[Event]) -> set[str]:
    """Add the parties of the event that a figure belongs to; return the codes or names of all parties."""
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
        seen.add(party.code or party.name)
    return seen


def _refers_back(token: Token, party: Party, home: Home) -> bool:
    """Whether a word is a noun, or a pronoun that would stand for a body that is no company."""
    if token.tag_ == "NN":
        return True
    if token.lower_ not in ("it", "its") or len(home.companies) > 1:
        return False
    entity = home.by_id.get(party.ref or "")
    return entity is not None and entity.organization_kind != "company"


def _adjective(token: Token) -> bool:
    """A nationality before a noun ("American jobs") says where, not whose."""
    return token.pos_ == "ADJ" and token.dep_ in ("amod", "compound")


def _decides_or_trades(party: Party) -> bool:
    """A stock exchange only tells where shares are traded; a court judges what is others'."""
    if party.kind != "organization":
        return False
    name = party.name.lower()
    return name.endswith(("exchange", "bourse", "stock market")) or not _COURTS.isdisjoint(name.split())


def _holder(home: Home, party: Party) -> Party | None:
    """The party itself; for a person in public office the state that the office is of."""
    if party.kind == "organization":
        # "Orvik" where the article is about Orvik Motors.
        known = (owner.party for owner in home.companies if owner.party.name.startswith(f"{party.name} "))
        return next(known, party)
    if party.kind != "person":
        return party
    entity = home.by_id.get(party.ref or "")
    if entity is None or entity.office is None or entity.office.country is None:
        return None
    return home.named_state(entity.office.country)


def _speaker(scene: Scene) -> Entity | None:
    """The person who states a figure."""
    source = scene.told.party if scene.told is not None else None
    if source is None or source.kind != "person" or source.ref is None:
        return None
    return scene.home.by_id.get(source.ref)


def _employer(scene: Scene) -> str | None:
    """The id of the company of the officer who states a figure."""
    speaker = _speaker(scene)
    office = speaker.office if speaker is not None else None
    return office.organization.id if office is not None and office.organization is not None else None


def _shared(scene: Scene) -> Token | None:
    """The word that says the value is one of both sides: "our trade", "bilateral trade", "we saw a decline in trade"."""
    where, found = scene.where, scene.found
    for token in found.tokens:
        for near in (token, *token.children):
            if near.lower_ in _SHARED:
                return near
    verb = where.verb
    actor = subject(verb) if verb is not None else None
    if actor is not None and (actor.lower_ == "governments" or (actor.lower_ == "we" and _for_a_state(scene))):
        return actor
    return next((token for token in found.tokens if token.lower_ in _BETWEEN and not _is_of_many(token)), None)


def _is_of_many(trade: Token) -> bool:
    """Whether trade is that of more than two: "intra-regional trade", "world trade"."""
    return any(token.lower_ in ("regional", "world", "global", "intraregional") for token in trade.subtree)


def _for_a_state(scene: Scene) -> bool:
    """Whether who says "we" may speak for a state: anybody but one who is quoted and holds no office of one."""
    told = scene.told
    if told is None or told.rule == "context.speaker_line":
        return True
    speaker = _speaker(scene)
    return speaker is not None and speaker.office is not None and speaker.office.country is not None


def _in_talks(scene: Scene) -> Token | None:
    """What a leader says at talks of two states is of both, where the article's head names just these two."""
    document, told = scene.document, scene.told
    if told is None or told.rule != "context.speaker_line":
        return None
    head = {
        entity.code
        for entity in document.ledger.entities
        if entity.kind == "state" and entity.mentions and entity.mentions[0].start < LEAD
    }
    pair = {party.code for party in document.ledger.pair(told.span.root)}
    return told.span.root if len(pair) == 2 and None not in pair and pair <= head else None
