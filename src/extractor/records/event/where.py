"""Where an event takes place."""

from extractor.models import Event
from extractor.models.event import EventStatus
from extractor.nlp.document import Document
from extractor.nlp.time_and_place import Placed, dateline_place, placed
from extractor.records.draft import Draft
from extractor.records.event.merge import Cluster

#: Types that happen at the place their sentence names.
_LOCAL = frozenset(
    {
        "meeting",
        "summit",
        "conference",
        "commemoration",
        "disaster",
        "conflict",
        "protest",
        "exercise",
        "legal",
        "launch",
    }
)
#: Types at which people come together, where the article is reported from if it names no place.
_OF_PERSONS = frozenset({"meeting", "summit", "visit", "conference", "commemoration"})
#: What is held so has no place.
_REMOTE = frozenset({"videoconference", "video", "virtual", "virtually", "online", "teleconference", "videolink"})


def set_place(draft: Draft[Event], document: Document, cluster: Cluster, status: EventStatus, current: bool) -> None:
    """Set the place: its own, else that of its sentence, else that of the dateline for meetings of the lead."""
    found = next((m.placed for m in cluster.mentions if m.placed is not None), None)
    nowhere = _remote(cluster) or cluster.mentions[0].rule.id == "event.commemoration.anniversary"
    if found is None and cluster.type in _LOCAL and not nowhere:
        found = _sentence_place(document, cluster)
    if found is None and current and status == "happened" and cluster.type in _OF_PERSONS and not nowhere:
        found = dateline_place(document)
    if found is not None:
        draft.set("place", found.place, found.at, found.rule, found.how)


def _remote(cluster: Cluster) -> bool:
    """Whether one of its sentences says that it is held by video."""
    if cluster.type not in _OF_PERSONS:
        return False
    return any(token.lower_ in _REMOTE for m in cluster.mentions[:3] for token in m.head.sent)


def _sentence_place(document: Document, cluster: Cluster) -> Placed | None:
    for mention in cluster.mentions:
        sentence = mention.head.sent
        for token in sentence:
            if token.dep_ == "prep" and token.lower_ in ("in", "at", "near", "outside"):
                found = placed(document, token.i + 1, token.right_edge.i + 1, "place.sentence", "inferred")
                if found is not None:
                    return found
    return None
