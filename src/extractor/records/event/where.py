"""Where an event takes place."""

from extractor.models import Event, PlaceRef
from extractor.models.event import EventStatus
from extractor.nlp.document import Document
from extractor.nlp.time_and_place import Placed, dateline_place, destination, placed
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
    if found is None and not nowhere:
        found = _before_noun(document, cluster)
    if found is None and cluster.type in _GATHERING and not nowhere:
        found = _on_the_way(document, cluster)
    if found is None and cluster.type in _LOCAL and not nowhere:
        found = _sentence_place(document, cluster)
    if found is None and current and status == "happened" and cluster.type in _OF_PERSONS and not nowhere:
        found = dateline_place(document)
    if found is not None:
        draft.set("place", found.place, found.at, found.rule, found.how)


#: Types that happen at the place that stands before their noun, and those of which a city there tells where they are
#: held; "the Gaza talks" are on Gaza.
_CALLED_BY_PLACE = frozenset({"election", "disaster", "protest", "launch", "exercise"})
_CALLED_BY_CITY = frozenset({"summit", "meeting", "conference", "other", "conflict", "commemoration"})


def _before_noun(document: Document, cluster: Cluster) -> Placed | None:
    """The place before the noun of an event or of what it befalls: "the Accra summit", "close its Graz foundry"."""
    for mention in cluster.mentions:
        head = mention.head
        nouns = [head] if head.pos_ != "VERB" else [c for c in head.children if c.dep_ in ("dobj", "nsubjpass")]
        if head.pos_ == "VERB" and cluster.type not in ("launch", "other"):
            continue
        for noun in nouns:
            for child in noun.lefts:
                place = document.ledger.entity_at(child.i) if child.dep_ in ("compound", "nmod", "poss") else None
                if place is None or place.kind != "place" or place.place_kind is None:
                    continue
                city = place.place_kind == "city"
                if cluster.type in _CALLED_BY_PLACE or (city and cluster.type in _CALLED_BY_CITY):
                    at = document.token_span(child.i, child.i + 1)
                    name = PlaceRef(name=place.name, country=place.code, ref=place.id)
                    return Placed(name, at, "place.before", "normalized")
    return None


#: Types that people travel to.
_GATHERING = frozenset({"meeting", "summit", "conference", "commemoration"})
#: Verbs of going to where something is held, and their prepositions.
_GOING = frozenset({"travel", "fly", "go", "arrive", "leave", "depart", "head", "come", "gather", "assemble"})
_THERE = frozenset({"to", "for", "in"})


def _on_the_way(document: Document, cluster: Cluster) -> Placed | None:
    """Where those went who attend it: "flew to Doha to take part in the summit"."""
    for mention in cluster.mentions:
        node = mention.head
        for _ in range(6):
            node = node.head
            if node.lemma_ in _GOING and node.pos_ in ("VERB", "AUX"):
                for child in node.children:
                    there = child.lower_ in _THERE and child.i > node.i and not child.is_ancestor(mention.head)
                    if child.dep_ == "prep" and there:
                        found = destination(document, child)
                        if found is not None:
                            return found
                break
            if node.head == node:
                break
    return None


def _remote(cluster: Cluster) -> bool:
    """Whether one of its sentences says that it is held by video."""
    if cluster.type not in _OF_PERSONS:
        return False
    return any(token.lower_ in _REMOTE for m in cluster.mentions[:3] for token in m.head.sent)


def _sentence_place(document: Document, cluster: Cluster) -> Placed | None:
    for mention in cluster.mentions:
        sentence = mention.head.sent
        for token in sentence:
            if mention.start <= token.i < mention.end or token == mention.head.head:
                # "in the Gulf-Africa Summit": the name of an event tells no place.
                continue
            if token.dep_ == "prep" and token.lower_ in ("in", "at", "near", "outside"):
                found = placed(document, token.i + 1, token.right_edge.i + 1, "place.sentence", "inferred")
                if found is not None:
                    return found
    return None
