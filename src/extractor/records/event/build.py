"""Builds the event records of a document."""

from extractor.models import Event
from extractor.models.event import EventStatus, Plover
from extractor.nlp.context import attribution
from extractor.nlp.document import Document
from extractor.records.draft import Draft, Found
from extractor.records.event.find import Mention, find_mentions
from extractor.records.event.merge import Cluster, lifts, merge
from extractor.records.event.sharing import lead_sentences, participants, share
from extractor.records.event.table import plover
from extractor.records.event.when import set_date, set_status
from extractor.records.event.where import set_place


def build(document: Document) -> list[Found[Event]]:
    """Build every event record, in the order of first mention."""
    clusters = merge(document, find_mentions(document))
    lead = lead_sentences(document)
    share(document, clusters, lead)
    lead_end = lead[-1].end if lead else 0
    return [_event(document, cluster, lead_end) for cluster in clusters if _worth(cluster)]


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
    _set_name(draft, document, cluster)
    status = set_status(draft, document, cluster)
    code = _plover(cluster, status)
    if code is not None:
        draft.set("plover", code, anchor, first.rule.id, "inferred")
    in_lead = any(m.head.i < lead_end for m in cluster.mentions)
    current = in_lead or _told_to_the_press(cluster) or (cluster.type == "visit" and any(map(_owned, cluster.mentions)))
    set_date(draft, document, cluster, status, current)
    set_place(draft, document, cluster, status, current)
    place = draft.get("place")
    for taker in participants(document, cluster, None if place is None else place.country):
        draft.add(
            "participants", taker.party, document.token_span(taker.token.i, taker.token.i + 1), taker.rule, "normalized"
        )
    _set_source(draft, document, first)
    if len(cluster.mentions) > 1:
        draft.reason("several mentions", 0.1)
    if in_lead:
        draft.reason("in the lead", 0.1)
    if draft.get("participants"):
        draft.reason("has participants", 0.1)
    return Found(draft.build(anchor), tuple((m.start, m.end) for m in cluster.mentions))


def _plover(cluster: Cluster, status: EventStatus) -> Plover | None:
    """The PLOVER type: what is only planned or threatened has one of its own."""
    first = cluster.mentions[0]
    rule = "event.sanction.lifted" if lifts(first) else first.rule.id
    if status == "planned":
        return plover(f"planned.{rule}") or plover(rule)
    cue = first.assertion.cue
    if status == "hypothetical" and cue is not None and cue.lemma_.lower() in ("threaten", "threat"):
        return plover(f"threatened.{rule}") or plover(rule)
    return plover(rule)


def _told_to_the_press(cluster: Cluster) -> bool:
    """Whether it is where someone said what the article reports: "told a news conference"."""
    return any(m.rule.id == "event.conference.briefing" for m in cluster.mentions)


def _owned(mention: Mention) -> bool:
    return mention.definite


def _set_name(draft: Draft[Event], document: Document, cluster: Cluster) -> None:
    names = [m.name for m in cluster.mentions if m.name is not None]
    if names:
        start, end = max(names, key=lambda name: (name[1] - name[0], -name[0]))
        span = document.token_span(start, end)
        draft.set("name", " ".join(span.text.split()), span, "event.name")
        draft.reason("has a name", 0.1)


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
