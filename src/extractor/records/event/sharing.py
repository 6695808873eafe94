"""Who takes part in an event by what the article says of others: the talks of a visit, the state whose police act."""

from collections.abc import Sequence

from spacy.tokens import Span as DocSpan

from extractor.models import Party
from extractor.nlp import actors, roles
from extractor.nlp.actors import home_state, office_country
from extractor.nlp.context import words
from extractor.nlp.document import Document
from extractor.nlp.speakers import speaker_lines
from extractor.nlp.time_and_place import dateline_place
from extractor.records.event.find import Mention
from extractor.records.event.merge import Cluster
from extractor.records.event.takers import Taker

#: Types at which people meet: persons take part in them rather than the states they stand for.
_OF_PERSONS = frozenset({"meeting", "summit", "call", "visit", "conference", "commemoration"})
#: Events of one company that a report tells one after another.
_OF_COMPANIES = frozenset(
    {
        "event.other.closure",
        "event.other.closed_itself",
        "event.other.jobs",
        "event.other.layoffs",
        "event.personnel.fired",
    }
)
#: Those who act for the state they are in, whichever that is.
_AUTHORITIES = frozenset(
    {"police", "prosecutor", "court", "judge", "army", "military", "navy", "troop", "soldier", "government", "ministry"}
    | {"authority", "customs", "official", "officer", "cabinet", "parliament", "prosecution", "tribunal", "minister"}
)
#: Rules whose events are those of the state where they take place.
_OF_PLACES = frozenset({"event.conflict.coup", "event.conflict.seized_power", "event.other.games"})
#: Rules whose events are a state's own.
_OF_STATE = frozenset(
    {
        "event.personnel.reshuffle",
        "event.personnel.reshuffled",
        "event.conflict.coup",
        "event.conflict.seized_power",
        "event.legal.custody",
        "event.commemoration.mourning",
    }
)


#: Types in which the company that a report is about takes part where no one is named.
_OF_BUSINESS = frozenset({"launch", "other", "conference", "meeting", "call"})


def lead_sentences(document: Document) -> list[DocSpan]:
    """The first three sentences below the title, what has no verb left out."""
    out: list[DocSpan] = []
    title = document.layout.title_span
    for sentence in document.doc.sents:
        if title is not None and sentence.start_char < title[1]:
            continue
        if any(token.pos_ in ("VERB", "AUX") for token in sentence):
            out.append(sentence)
            if len(out) == 3:
                break
    return out


def share(document: Document, clusters: Sequence[Cluster], lead: Sequence[DocSpan]) -> None:
    """Let events without participants of their own have those of the meeting told in the same sentence, and the
    first meeting those whom its lead names as acting together."""
    meetings = [c for c in clusters if c.type in ("meeting", "call", "visit")]
    if meetings and meetings[0].type != "visit":
        first = meetings[0].mentions[0].takers
        if not meetings[0].parties():
            first.extend(_actors(document, lead))
        if len(_persons(meetings[0])) < 2:
            first.extend(_speakers(document))
    for cluster in meetings:
        _complete(document, cluster)
        _other_side(document, cluster)
    _inherit(document, clusters)
    _inherit_body([c for c in clusters if c.type == "summit"])
    for cluster in clusters:
        if cluster.type == "summit":
            _other_side(document, cluster)
        if cluster.type == "visit" and not _persons(cluster):
            codes = {party.code for party in cluster.parties()}
            guests = _guests(document, meetings)
            if codes:
                guests = [t for t in guests if office_country(document, t.party) in codes]
            cluster.mentions[0].takers.extend(guests)
            if not cluster.parties():
                cluster.mentions[0].takers.extend(_visitors(cluster, meetings))
        elif cluster.type in ("summit", "conference", "commemoration") and len(_persons(cluster)) < 2:
            _join(cluster, meetings)
        if not cluster.parties() or cluster.type == "sanction" or _by_authority(cluster):
            _add_home(document, cluster)


def _join(cluster: Cluster, meetings: Sequence[Cluster]) -> None:
    """Let a summit or press conference have the partners of the talks in its sentence; a joint one, of the first."""
    if cluster.mentions[0].rule.id.startswith("event.commemoration.") and cluster.parties():
        return
    for mention in cluster.mentions:
        if mention.head.dep_ == "pobj" and mention.head.head.lower_ in ("before", "after"):
            continue
        sentence = mention.head.sent
        joint = any(child.lower_ == "joint" for child in mention.head.lefts)
        for other in meetings:
            near = any(sentence.start <= m.head.i < sentence.end for m in other.mentions)
            if (near and not _persons(cluster)) or (joint and len(_persons(other)) > 1):
                takers = [taker for m in other.mentions for taker in m.takers]
                cluster.mentions[0].takers.extend(Taker(t.party, t.token, "participant.shared") for t in takers)
                return


#: Rules of what none but the police or another authority does.
_OF_POLICE = frozenset({"event.legal.arrested", "event.legal.custody"})


def _by_authority(cluster: Cluster) -> bool:
    """Whether an authority without a name acts upon the one who is named: "police arrested Ann Lee"."""
    first = cluster.mentions[0]
    if cluster.type != "legal" or any(t.rule == "participant.subject" for m in cluster.mentions for t in m.takers):
        return False
    if any(t.party.kind != "person" for t in first.takers):
        return False
    verb = first.light or first.head
    acting = roles.subjects(verb) if verb.pos_ == "VERB" else []
    if any(t.lemma_.lower() in _AUTHORITIES for t in acting):
        return True
    return not acting and first.rule.id in _OF_POLICE and first.head.pos_ == "VERB"


def _add_home(document: Document, cluster: Cluster) -> None:
    """Name the state whose authorities act, whose own affair it is, or at which a sanction of others is aimed."""
    first = cluster.mentions[0]
    if cluster.type == "sanction":
        parties = {party.code or party.name for party in cluster.parties()}
        home = home_state(document) if len(parties) == 1 else None
        if home is not None and home.code not in parties:
            first.takers.append(Taker(home, first.head, "participant.home", weak=True))
        return
    if cluster.type == "election" or first.rule.id in _OF_PLACES:
        state = _state_there(document, cluster) or (home_state(document) if cluster.type == "conflict" else None)
        if state is not None:
            first.takers.append(Taker(state, first.head, "participant.place", weak=True))
            return
    if cluster.type == "conflict":
        first.takers.extend(_fighters(document, cluster))
        return
    if cluster.type in _OF_BUSINESS:
        company = document.ledger.topic()
        if company is not None:
            first.takers.append(Taker(company, first.head, "participant.topic", weak=True))
        return
    verb = first.light or first.head
    acting = roles.subjects(verb) if verb.pos_ == "VERB" else []
    passive = cluster.type == "legal" and first.head.pos_ == "VERB" and not acting
    if (
        passive
        or cluster.type == "exercise"
        or first.rule.id in _OF_STATE
        or (cluster.type in ("legal", "exercise", "sanction") and any(t.lemma_.lower() in _AUTHORITIES for t in acting))
    ):
        home = home_state(document)
        if home is not None:
            first.takers.append(Taker(home, acting[0] if acting else first.head, "participant.home", weak=True))


def _state_there(document: Document, cluster: Cluster) -> Party | None:
    """The state of the place that a mention names."""
    code = next((m.placed.place.country for m in cluster.mentions if m.placed is not None), None)
    return None if code is None else document.ledger.state(code)


def _fighters(document: Document, cluster: Cluster) -> list[Taker]:
    """The one armed group of an article and the state that it fights, for fighting of which no side is named."""
    groups = [e for e in document.ledger.entities if e.organization_kind == "armed_group" and len(e.mentions) > 1]
    state = _state_there(document, cluster) or actors.home_state(document)
    if len(groups) != 1 or state is None:
        return []
    group, at = groups[0], cluster.mentions[0].head
    other = Party(name=group.name, code=None, kind="organization", ref=group.id)
    return [Taker(party, at, "participant.side", weak=True) for party in (state, other)]


def _who_tells(document: Document, cluster: Cluster) -> list[Taker]:
    """The company that tells of jobs it would cut: "Norland warned that 200 workers would be laid off"."""
    head = cluster.mentions[0].head
    for verb in head.ancestors:
        if verb.pos_ == "VERB" and verb.lemma_ in words("speech"):
            return [
                Taker(party, at, "participant.above")
                for token in roles.subjects(verb)
                for party, at in actors.parties(document, token)
                if party.kind == "organization"
            ]
    return []


def _inherit(document: Document, clusters: Sequence[Cluster]) -> None:
    """Let a closure or job cut told without an agent have the body that the one before it has."""
    last: list[Taker] = []
    for cluster in clusters:
        if cluster.mentions[0].rule.id not in _OF_COMPANIES:
            continue
        takers = [t for m in cluster.mentions for t in m.takers] or _who_tells(document, cluster)
        if takers:
            cluster.mentions[0].takers.extend(t for t in takers if t.rule == "participant.above")
            last = takers
        else:
            cluster.mentions[0].takers.extend(Taker(t.party, t.token, "participant.inherited") for t in last)


def _inherit_body(summits: Sequence[Cluster]) -> None:
    """Let the next summit of a row have the body whose summit was told before it."""
    bodies: list[Taker] = []
    for cluster in summits:
        if not cluster.parties() and any(c.tag_ == "JJ" for c in cluster.mentions[0].head.lefts):
            cluster.mentions[0].takers.extend(Taker(t.party, t.token, "participant.inherited") for t in bodies)
        bodies = [t for m in cluster.mentions for t in m.takers if t.party.kind == "organization"][:1] or bodies


def _complete(document: Document, cluster: Cluster) -> None:
    """Add the office holders named in the sentence of a meeting or call of which only one partner was found."""
    if cluster.type == "visit" or len({t.party.name for t in _persons(cluster)}) >= 2:
        return
    for mention in cluster.mentions[:3]:
        if not mention.verbal and not mention.takers:
            continue
        found: dict[str, Taker] = {}
        for token in mention.head.sent:
            entity = document.ledger.entity_at(token.i)
            if entity is None or entity.kind != "person" or entity.office is None:
                continue
            party = document.ledger.party(token)
            if party is not None:
                found.setdefault(party.name, Taker(party, token, "participant.sentence"))
        if len(found) == 2:
            mention.takers.extend(found.values())
            return


def _speakers(document: Document) -> list[Taker]:
    """Those whose words a transcript gives, where they are two."""
    found: dict[str, Taker] = {}
    for line in speaker_lines(document.doc):
        head = actors.speaker_head(document, line)
        party = document.ledger.party(head)
        if party is not None and party.kind == "person":
            found.setdefault(party.name, Taker(party, head, "participant.speaker"))
    return list(found.values()) if len(found) == 2 else []


def _visitors(cluster: Cluster, meetings: Sequence[Cluster]) -> list[Taker]:
    """Those who made the visit told last before one of which no visitor is named: "A stop in Rome was dropped"."""
    before = [c for c in meetings if c.type == "visit" and c.mentions[0].start < cluster.mentions[0].start]
    takers = [t for c in before[-1:] for m in c.mentions for t in m.takers if t.party.kind == "person"]
    return [Taker(t.party, t.token, "participant.inherited") for t in takers if t.rule != "participant.host"]


#: Words of meetings that two states hold as a matter of course.
_BILATERAL = frozenset({"intergovernmental", "bilateral", "inter-governmental", "joint"})


#: What the sides of a war talk about.
_OF_TRUCES = frozenset({"ceasefire", "cease-fire", "truce", "peace"})


def _other_side(document: Document, cluster: Cluster) -> None:
    """Find the partner of talks of which only one side is named: the subject of the clause ("before a lunch with X"),
    else the state the article is about; of talks that name no one, the two states it joins."""
    first = cluster.mentions[0]
    if cluster.type == "visit" or first.head.pos_ == "VERB":
        return
    if not cluster.parties() and any(child.lower_ in _OF_TRUCES for child in first.head.lefts):
        first.takers.extend(_fighters(document, cluster))
    parties = {party.code or party.name: party for party in cluster.parties()}
    if not parties:
        words = {token.lower_ for token in first.head.subtree}
        if cluster.type == "meeting" and (words & _BILATERAL or first.head.tag_ in ("NNS", "NNPS")):
            both = actors.two_states(document)
            first.takers.extend(Taker(party, first.head, "participant.pair", weak=True) for party in both)
        return
    if len(parties) > 1 or not all(_beside(t) for m in cluster.mentions for t in m.takers):
        return
    (key, party), home = next(iter(parties.items())), actors.home_state(document)
    found = _above(document, first, home)
    if not found and party.kind != "person" and home is not None:
        found = [Taker(home, first.head, "participant.home", weak=True)]
    first.takers.extend(t for t in found if (t.party.code or t.party.name) != key)


def _beside(taker: Taker) -> bool:
    """Whether someone is told of as the partner of another: "talks with the fund"."""
    token = taker.token
    while token.dep_ == "conj":
        token = token.head
    return token.dep_ == "pobj" and token.head.lower_ == "with"


def _above(document: Document, mention: Mention, home: Party | None) -> list[Taker]:
    """The subject of the clause that a meeting stands in, or of the clause that reports it: a person for the state
    where the other side is none."""
    partner = mention.takers[0].party
    verb = mention.head
    for _ in range(4):
        verb = next((token for token in verb.ancestors if token.pos_ == "VERB"), verb)
        takers: list[Taker] = []
        for token in roles.subjects(verb):
            for party, at in actors.parties(document, token):
                if party.kind == "person" and partner.kind != "person":
                    party = actors.state_of(document, party) or home or party
                takers.append(Taker(party, at, "participant.above"))
        if takers:
            return takers
    return []


def _persons(cluster: Cluster) -> list[Taker]:
    return [t for m in cluster.mentions for t in m.takers if t.party.kind == "person"]


def _guests(document: Document, meetings: Sequence[Cluster]) -> list[Taker]:
    """The persons of the article's first meeting who are not at home where it is reported from."""
    here = dateline_place(document)
    if here is None or here.place.country is None or not meetings or meetings[0].type == "visit":
        return []
    guests = [t for t in _persons(meetings[0]) if office_country(document, t.party) not in (None, here.place.country)]
    return [Taker(t.party, t.token, "participant.guest") for t in guests]


def _actors(document: Document, lead: Sequence[DocSpan]) -> list[Taker]:
    """The persons who are joint subjects of the first sentence of the lead."""
    if not lead:
        return []
    found = [
        Taker(party, at, "participant.lead")
        for token in roles.subjects(lead[0].root)
        for party, at in actors.parties(document, token)
        if party.kind == "person"
    ]
    return found if len(found) > 1 else []


def participants(document: Document, cluster: Cluster, country: str | None) -> Sequence[Taker]:
    """Who takes part, each once; persons rather than the states named beside them; of a visit, to `country`, the
    visitors."""
    takers = [taker for mention in cluster.mentions for taker in mention.takers]
    if cluster.type == "disaster":
        # Who answers it, warns of it or visits it takes no part in it.
        takers = [taker for taker in takers if taker.party.kind == "organization" and taker.weak]
    if cluster.type in _OF_PERSONS:
        persons = [taker.party for taker in takers if taker.party.kind == "person"]
        states = {code for party in persons if (code := office_country(document, party)) is not None}
        takers = [taker for taker in takers if taker.party.code is None or taker.party.code not in states]
        if len({party.name for party in persons}) >= 2:
            takers = [taker for taker in takers if not taker.weak]
    if cluster.type == "visit":
        visited = {m.placed.place.country for m in cluster.mentions if m.placed is not None} | {country}
        takers = [taker for taker in takers if taker.party.code is None or taker.party.code not in visited]
        guests = [t for t in takers if t.party.kind == "person" and office_country(document, t.party) not in visited]
        takers = [*guests, *(t for t in takers if t.rule == "participant.host")] if guests else takers
    out: dict[str, Taker] = {}
    for taker in takers:
        out.setdefault(taker.party.code or taker.party.name, taker)
    return sorted(out.values(), key=lambda taker: taker.token.i)
