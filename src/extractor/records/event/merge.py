"""Joins the mentions of one event over an article, and tells events apart by name, party, day and place."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.models import Party
from extractor.nlp.document import Document
from extractor.records.event.find import Mention


@dataclass(slots=True)
class Cluster:
    """The mentions of one event, in order."""

    mentions: list[Mention]

    @property
    def type(self) -> str:
        """The event type."""
        return self.mentions[0].rule.type

    def parties(self) -> list[Party]:
        """Every party that takes part, by any mention."""
        return [taker.party for mention in self.mentions for taker in mention.takers]


def merge(document: Document, mentions: Sequence[Mention]) -> list[Cluster]:
    """One cluster for each distinct event, in the order of first mention."""
    clusters: list[Cluster] = []
    by_type: dict[str, list[Cluster]] = {}
    for mention in mentions:
        family = by_type.setdefault(mention.rule.type, [])
        for cluster in reversed(family):
            if _same(document, mention, cluster):
                cluster.mentions.append(mention)
                break
        else:
            cluster = Cluster([mention])
            clusters.append(cluster)
            family.append(cluster)
    return clusters


def _same(document: Document, mention: Mention, cluster: Cluster) -> bool:
    named = _names_agree(document, mention, cluster)
    if named is False:
        return False
    if not _dates_agree(mention, cluster) or not _places_agree(mention, cluster):
        return False
    if not _status_agrees(mention, cluster) and named is not True:
        return False
    shared, apart = _compare_parties(document, mention, cluster)
    if named is True:
        return True
    if apart:
        return False
    if mention.definite or shared:
        return True
    title = document.layout.title_span
    in_title = title is not None and cluster.mentions[0].head.idx < title[1]
    return in_title and cluster.type in ("meeting", "call", "visit", "summit", "disaster", "other")


def _names_agree(document: Document, mention: Mention, cluster: Cluster) -> bool | None:
    """True for the same name, False for different ones, None where one has none."""
    if mention.name is None:
        return None
    own = _name_words(document, mention.name)
    verdict: bool | None = None
    for other in cluster.mentions:
        if other.name is not None:
            theirs = _name_words(document, other.name)
            if own <= theirs or theirs <= own:
                return True
            verdict = False
    return verdict


def _name_words(document: Document, name: tuple[int, int]) -> set[str]:
    return {t.lower_ for t in document.doc[name[0] : name[1]] if t.is_alpha or t.like_num} - {"the", "of", "for", "and"}


def _dates_agree(mention: Mention, cluster: Cluster) -> bool:
    one = mention.dated
    if one is None or one.rule == "date.sentence" or one.date.first is None or one.date.last is None:
        return True
    for other in cluster.mentions:
        two = other.dated
        if two is None or two.rule == "date.sentence" or two.date.first is None or two.date.last is None:
            continue
        if one.date.last < two.date.first or two.date.last < one.date.first:
            return False
    return True


def _places_agree(mention: Mention, cluster: Cluster) -> bool:
    one = mention.placed
    if one is None:
        return True
    for other in cluster.mentions:
        two = other.placed
        if two is None or two.place.name == one.place.name:
            continue
        same_country = one.place.country is not None and one.place.country == two.place.country
        if not same_country:
            return False
        if mention.rule.type == "visit" and _is_city(one.place.name, two.place.name):
            continue
    return True


def _is_city(one: str, two: str) -> bool:
    return one != two


def _status_agrees(mention: Mention, cluster: Cluster) -> bool:
    groups = {"actual": 0, "planned": 1, "forecast": 1, "target": 1, "hypothetical": 2, "cancelled": 1, "denied": 3}
    own = groups[mention.assertion.status]
    theirs = {groups[m.assertion.status] for m in cluster.mentions}
    if own in theirs:
        return True
    # "the talks" of a planned meeting are asserted by default; only a verb in the past tense tells another.
    return (own == 0 and mention.definite and not mention.verbal) or (own == 1 and mention.definite)


def _compare_parties(document: Document, mention: Mention, cluster: Cluster) -> tuple[bool, bool]:
    """Whether the mention shares a party with the cluster, and whether each has one that the other lacks."""
    own = [_keys(document, taker.party) for taker in mention.takers]
    theirs = [_keys(document, party) for party in cluster.parties()]
    if not own or not theirs:
        return False, False
    shared = any(a & b for a in own for b in theirs)
    own_extra = any(not any(a & b for b in theirs) for a in own)
    their_extra = any(not any(a & b for a in own) for b in theirs)
    return shared, (own_extra and their_extra) or not shared


def _keys(document: Document, party: Party) -> set[str]:
    """What a party answers to: its name, and for a person the state it leads."""
    keys = {party.code or party.name}
    if party.kind == "person" and party.ref is not None:
        for entity in document.ledger.entities:
            if entity.id == party.ref and entity.office is not None and entity.office.country is not None:
                keys.add(entity.office.country)
    return keys
