"""Whether an event happened, and when."""

from extractor.models import Event
from extractor.models.event import EventStatus
from extractor.nlp.dates import reported_date
from extractor.nlp.document import Document
from extractor.nlp.time_and_place import Dated
from extractor.records.draft import Draft
from extractor.records.event.find import Mention
from extractor.records.event.merge import Cluster

#: Rules of what goes on for long, so that news of it does not date it.
_LASTING = (
    "event.conflict.war",
    "event.conflict.conflict",
    "event.conflict.operation",
    "event.commemoration.anniversary",
    "event.sanction.noun",
)
#: Types whose noun alone is news of their taking place.
_OF_NEWS = frozenset(
    {"meeting", "summit", "call", "visit", "conference", "commemoration", "disaster", "exercise", "protest"}
)


def set_status(draft: Draft[Event], document: Document, cluster: Cluster) -> EventStatus:
    """Set whether it happened: as told, but what bears a date after the article is planned."""
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
    # "by December": only the end is known
    first = dated.date.first or dated.date.last
    return (
        dated.at is not None
        and published is not None
        and published.last is not None
        and first is not None
        and first > published.last
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


def set_date(draft: Draft[Event], document: Document, cluster: Cluster, status: EventStatus, current: bool) -> None:
    """Set the date: its own, else that of the article for what it reports as news, else that of its sentence."""
    dated = _best_date(cluster)
    own = dated is not None and dated.rule != "date.sentence"
    fresh = status == "happened" and current and not any(map(_background, cluster.mentions))
    fresh = fresh and (cluster.type in _OF_NEWS or any(m.verbal for m in cluster.mentions))
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
    return any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children) or mention.rule.id in _LASTING
