"""Builds the event records of a document."""

from collections.abc import Sequence

from spacy.tokens import Span as DocSpan

from extractor.models import Event, Party
from extractor.models.event import EventStatus
from extractor.nlp import triggers
from extractor.nlp.context import attribution
from extractor.nlp.dates import reported_date
from extractor.nlp.document import Document
from extractor.nlp.triggers import Dated, Placed, office_country, placed
from extractor.records.draft import Draft, Found
from extractor.records.event.find import Mention, find_mentions
from extractor.records.event.merge import Cluster, merge
from extractor.records.event.table import plover
from extractor.records.event.takers import Taker

#: Types at which people meet: persons take part in them rather than the states they stand for.
_OF_PERSONS = frozenset({"meeting", "summit", "call", "visit", "conference", "commemoration"})
#: Types that happen at the place their sentence names.
_LOCAL = frozenset(
    {"meeting", "summit", "conference", "commemoration", "disaster", "conflict", "protest", "exercise", "legal", "launch"}
)


def build(document: Document) -> list[Found[Event]]:
    """Build every event record, in the order of first mention."""
    clusters = merge(document, find_mentions(document))
    lead = _lead(document)
    _share(document, clusters, lead)
    lead_end = lead[-1].end if lead else 0
    return [_event(document, cluster, lead_end) for cluster in clusters if _worth(cluster)]


def _share(document: Document, clusters: Sequence[Cluster], lead: Sequence[DocSpan]) -> None:
    """Let events without participants of their own have those of the meeting told in the same sentence, and the
    first meeting those whom its lead names as acting together."""
    meetings = [c for c in clusters if c.type in ("meeting", "call", "visit")]
    if meetings and not meetings[0].parties() and meetings[0].type != "visit":
        meetings[0].mentions[0].takers.extend(_actors(document, lead))
    for cluster in meetings:
        _complete(document, cluster)
    _inherit(clusters)
    for cluster in clusters:
        if cluster.type == "visit" and not cluster.parties():
            cluster.mentions[0].takers.extend(_guests(document, meetings))
    for cluster in clusters:
        if cluster.type not in ("summit", "conference", "commemoration") or _persons(cluster):
            continue
        for mention in cluster.mentions:
            sentence = mention.head.sent
            for other in meetings:
                if any(sentence.start <= m.head.i < sentence.end for m in other.mentions):
                    takers = [taker for m in other.mentions for taker in m.takers]
                    cluster.mentions[0].takers.extend(Taker(t.party, t.token, "participant.shared") for t in takers)
                    break


def _inherit(clusters: Sequence[Cluster]) -> None:
    """Let a closure or job cut told without an agent have the body that the one before it has."""
    last: list[Taker] = []
    for cluster in clusters:
        if cluster.mentions[0].rule.id not in _OF_COMPANIES:
            continue
        takers = [t for m in cluster.mentions for t in m.takers]
        if takers:
            last = takers
        else:
            cluster.mentions[0].takers.extend(Taker(t.party, t.token, "participant.inherited") for t in last)


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


def _persons(cluster: Cluster) -> list[Taker]:
    return [t for m in cluster.mentions for t in m.takers if t.party.kind == "person"]


def _guests(document: Document, meetings: Sequence[Cluster]) -> list[Taker]:
    """The persons of the article's first meeting who are not at home where it is reported from."""
    here = _dateline(document)
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
        for token in triggers.subjects(lead[0].root)
        for party, at in triggers.parties(document, token)
        if party.kind == "person"
    ]
    return found if len(found) > 1 else []


def _lead(document: Document) -> list[DocSpan]:
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


def _worth(cluster: Cluster) -> bool:
    """Whether a cluster tells of an event: what never was and nobody planned is none."""
    return any(mention.assertion.status != "denied" for mention in cluster.mentions)


def _event(document: Document, cluster: Cluster, lead_end: int) -> Found[Event]:
    first = cluster.mentions[0]
    anchor = document.token_span(first.start, first.end)
    draft = Draft(document, Event, score=0.6)
    spans = [document.token_span(m.start, m.end) for m in cluster.mentions]
    sentence = document.sentence(first.head.i)
    draft.put(mentions=tuple(spans), sentence=document.span(sentence.start_char, sentence.end_char))
    draft.set("type", first.rule.type, anchor, first.rule.id, "normalized")
    code = plover(first.rule.id)
    if code is not None:
        draft.set("plover", code, anchor, first.rule.id, "inferred")
    _set_name(draft, document, cluster)
    status = _set_status(draft, document, cluster)
    lead = [m for m in cluster.mentions if m.head.i < lead_end]
    current = bool(lead) or (cluster.type == "visit" and any(m.definite for m in cluster.mentions))
    _set_date(draft, document, cluster, status, current)
    _set_place(draft, document, cluster, status, current)
    for taker in participants(document, cluster):
        draft.add(
            "participants", taker.party, document.token_span(taker.token.i, taker.token.i + 1), taker.rule, "normalized"
        )
    _set_source(draft, document, first)
    if len(cluster.mentions) > 1:
        draft.reason("several mentions", 0.1)
    if lead:
        draft.reason("in the lead", 0.1)
    if draft.get("participants"):
        draft.reason("has participants", 0.1)
    return Found(draft.build(anchor), tuple((m.start, m.end) for m in cluster.mentions))


def _set_name(draft: Draft[Event], document: Document, cluster: Cluster) -> None:
    names = [m.name for m in cluster.mentions if m.name is not None]
    if names:
        start, end = max(names, key=lambda name: (name[1] - name[0], -name[0]))
        span = document.token_span(start, end)
        draft.set("name", " ".join(span.text.split()), span, "event.name")
        draft.reason("has a name", 0.1)


def _set_status(draft: Draft[Event], document: Document, cluster: Cluster) -> EventStatus:
    mention, status = _status(cluster)
    cue = mention.assertion.cue
    dated = _best_date(cluster)
    if status == "happened" and dated is not None and _after_publication(document, dated) and not _past(mention):
        status = "planned"
        assert dated.at is not None
        draft.set("status", status, dated.at, "event.status.future_date", "inferred")
    elif cue is None or status == "happened":
        draft.set("status", status, document.token_span(mention.start, mention.end), "context.default", "inferred")
    else:
        draft.set("status", status, document.token_span(cue.i, cue.i + 1), mention.assertion.rule, "normalized")
    return status


def _status(cluster: Cluster) -> tuple[Mention, EventStatus]:
    """The mention that decides the status: what was called off stays so, then what a verb tells, then a bare noun."""
    by: dict[str, Mention] = {}
    for mention in cluster.mentions:
        asserted = mention.assertion.status
        if asserted == "actual":
            key = "told" if mention.verbal else "default"
        else:
            key = "planned" if asserted in ("forecast", "target") else asserted
        by.setdefault(key, mention)
    order: tuple[tuple[str, EventStatus], ...] = (
        ("cancelled", "cancelled"),
        ("told", "happened"),
        ("planned", "planned"),
        ("hypothetical", "hypothetical"),
        ("default", "happened"),
        ("denied", "cancelled"),
    )
    for key, status in order:
        if key in by:
            return by[key], status
    return cluster.mentions[0], "happened"


def _past(mention: Mention) -> bool:
    verb = mention.light or mention.head
    return verb.tag_ == "VBD"


def _after_publication(document: Document, dated: Dated) -> bool:
    published = document.published
    return (
        dated.at is not None
        and published is not None
        and published.last is not None
        and dated.date.first is not None
        and dated.date.first > published.last
    )


def _best_date(cluster: Cluster) -> Dated | None:
    best: Dated | None = None
    for mention in cluster.mentions:
        dated = mention.dated
        if dated is not None and (best is None or _certainty(dated) < _certainty(best)):
            best = dated
    return best


def _certainty(dated: Dated) -> int:
    return ("date.attached", "date.clause", "date.sentence").index(dated.rule)


def _set_date(draft: Draft[Event], document: Document, cluster: Cluster, status: EventStatus, lead: bool) -> None:
    dated = _best_date(cluster)
    own = dated is not None and dated.rule != "date.sentence"
    fresh = status == "happened" and lead and not any(_background(m) for m in cluster.mentions)
    reported = reported_date(document) if fresh and not own else None
    if reported is not None:
        date, span = reported
        draft.set("date", date, span, "date.reported", "inferred")
    elif dated is not None:
        draft.set("date", dated.date, dated.at, dated.rule, dated.how)
        draft.reason("dated", 0.05)


def _background(mention: Mention) -> bool:
    """Whether a mention is told as older than the news: "had met"."""
    verb = mention.light or mention.head
    return any(child.dep_ == "aux" and child.lower_ == "had" for child in verb.children) or mention.rule.id.endswith(
        ("conflict.war", "conflict.conflict")
    )


def _set_place(draft: Draft[Event], document: Document, cluster: Cluster, status: EventStatus, lead: bool) -> None:
    found = next((m.placed for m in cluster.mentions if m.placed is not None), None)
    if found is None and cluster.type in _LOCAL:
        found = _sentence_place(document, cluster)
    if found is not None:
        draft.set("place", found.place, found.at, found.rule, found.how)
        return
    if lead and status == "happened" and cluster.type in _OF_PERSONS:
        at = _dateline(document)
        if at is not None:
            draft.set("place", at.place, at.at, at.rule, at.how)


def _dateline(document: Document) -> Placed | None:
    """The place the article is reported from."""
    dateline = document.layout.dateline_span
    if dateline is None:
        return None
    span = document.doc.char_span(dateline[0], dateline[1], alignment_mode="expand")
    return None if span is None else placed(document, span.start, span.end, "place.dateline", "inferred")


def _sentence_place(document: Document, cluster: Cluster) -> Placed | None:
    for mention in cluster.mentions:
        sentence = mention.head.sent
        for token in sentence:
            if token.dep_ == "prep" and token.lower_ in ("in", "at", "near", "outside"):
                found = placed(document, token.i + 1, token.right_edge.i + 1, "place.sentence", "inferred")
                if found is not None:
                    return found
    return None


def participants(document: Document, cluster: Cluster) -> Sequence[Taker]:
    """Who takes part, each once; persons rather than the states that are named beside them."""
    takers = [taker for mention in cluster.mentions for taker in mention.takers]
    if cluster.type in _OF_PERSONS:
        persons = [taker.party for taker in takers if taker.party.kind == "person"]
        states = {country for party in persons if (country := office_country(document, party)) is not None}
        takers = [taker for taker in takers if taker.party.code is None or taker.party.code not in states]
        if len({party.name for party in persons}) >= 2:
            takers = [taker for taker in takers if not taker.weak]
    if cluster.type == "visit":
        visited = {m.placed.place.country for m in cluster.mentions if m.placed is not None}
        takers = [taker for taker in takers if taker.party.code is None or taker.party.code not in visited]
        guests = [t for t in takers if t.party.kind == "person" and office_country(document, t.party) not in visited]
        takers = guests or takers
    out: list[Taker] = []
    seen: set[str] = set()
    for taker in takers:
        key = _key(taker.party)
        if key not in seen:
            seen.add(key)
            out.append(taker)
    return sorted(out, key=lambda taker: taker.token.i)


def _key(party: Party) -> str:
    return party.code or party.name


def _set_source(draft: Draft[Event], document: Document, mention: Mention) -> None:
    """Who reports it, where its own sentence says so."""
    found = attribution(mention.head)
    if found is None:
        return
    head = found.source.root
    party = document.ledger.party(head)
    if party is not None:
        draft.set(
            "attributed_to", party, document.token_span(found.source.start, found.source.end), found.rule, "normalized"
        )
        draft.reason("reported")
