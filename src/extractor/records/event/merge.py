"""Joins the mentions of one event over an article, and tells events apart by name, party, day and place."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.models import Party
from extractor.nlp.actors import office_country
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
        own = by_type.setdefault(mention.rule.type, [])
        if mention.tied is not None:
            home = next(c for c in own if mention.tied in c.mentions)
            home.mentions.append(mention)
            continue
        family = own
        if mention.rule.type == "meeting" and mention.definite and not own and mention.name is None:
            # "the discussion" in the report of a telephone call, "the meeting" in that of a summit
            family = by_type.get("call") or by_type.get("summit") or own
        for cluster in family if _points(mention) else reversed(family):
            if _same(document, mention, cluster):
                cluster.mentions.append(mention)
                break
        else:
            cluster = Cluster([mention])
            clusters.append(cluster)
            own.append(cluster)
    return clusters


def _points(mention: Mention) -> bool:
    """Whether a mention points at the event the article is about: "our talks", "today's meeting"."""
    return any(child.lower_ in ("our", "this", "my", "your", "today", "current") for child in mention.head.lefts)


def _same(document: Document, mention: Mention, cluster: Cluster) -> bool:
    named = _names_agree(document, mention, cluster)
    if named is False or _follows(mention, cluster):
        return False
    if (
        _introduces(mention)
        and named is not True
        and not (_in_title(document, cluster) and _in_lead(document, mention))
        and not _one_breath(mention, cluster)
    ):
        return False
    if mention.rule.id == "event.election.voted" and any(
        m.rule.id == "event.election.passed" for m in cluster.mentions
    ):
        return True
    if not _dates_agree(mention, cluster) or not _places_agree(mention, cluster):
        return False
    shared, apart = _compare_parties(document, mention, cluster)
    if lifts(mention) != any(lifts(m) for m in cluster.mentions):
        return False
    again = shared and not apart and mention.dated is None and mention.assertion.status not in ("cancelled", "denied")
    again = again and not (_told(mention) and all(m.assertion.status in _TO_COME for m in cluster.mentions))
    if not again and not _status_agrees(mention, cluster) and named is not True:
        return False
    if named is True:
        return True
    if mention.definite and mention.name is None and cluster.type in ("summit", "conference"):
        # Many attend a summit: that others are named beside it tells no other one.
        return True
    if _other_act(document, mention, cluster) or _other_disaster(document, mention, cluster):
        return False
    if apart and not (_plain(mention) and _near(mention, cluster)):
        return False
    if shared or (mention.definite and not _another_fight(mention, cluster)):
        return True
    if _same_place(mention, cluster):
        return True
    if _in_title(document, cluster) and cluster.type in _TOLD_IN_TITLES and _in_lead(document, mention):
        return True
    bare = not mention.takers and mention.placed is None and mention.dated is None
    return bare and cluster.type in _SINGLE and any(m.head.lemma_ == mention.head.lemma_ for m in cluster.mentions)


#: Types held one after another, of which "the next" is another one.
_OF_ROUNDS = frozenset({"meeting", "summit", "conference", "exercise"})
#: Words for one kind of disaster.
_DISASTERS = (
    frozenset({"earthquake", "quake", "temblor", "tremor"}),
    frozenset({"typhoon", "storm", "cyclone", "hurricane"}),
    frozenset({"crash", "accident", "derailment", "collision", "shipwreck"}),
    frozenset({"fire", "blaze", "explosion", "blast", "inferno", "wildfire"}),
    frozenset({"flood", "flooding"}),
    frozenset({"epidemic", "pandemic", "outbreak"}),
)


def _other_disaster(document: Document, mention: Mention, cluster: Cluster) -> bool:
    """Whether the words of a mention and of a cluster tell of different kinds of disaster."""
    if cluster.type != "disaster" or mention.head.pos_ == "VERB":
        return False
    own = _disaster(mention)
    return own is not None and all(_disaster(m) not in (None, own) for m in cluster.mentions)


def _disaster(mention: Mention) -> int | None:
    lemma = mention.head.lemma_.lower()
    return next((i for i, words in enumerate(_DISASTERS) if lemma in words), -1 if lemma == "landslide" else None)


#: Types of many kinds of act: one party's acts of different kinds are different events.
_MANIFOLD = frozenset({"legal", "other", "launch", "personnel", "commemoration", "sanction"})


def _other_act(document: Document, mention: Mention, cluster: Cluster) -> bool:
    if cluster.type not in _MANIFOLD:
        return False
    if _in_title(document, cluster) and cluster.type in ("legal", "sanction", "commemoration"):
        return False
    if mention.definite and mention.head.pos_ != "VERB" and mention.rule.id in _SUMMING_UP:
        return False
    return all(_act(m) != _act(mention) and m.head.lemma_ != mention.head.lemma_ for m in cluster.mentions)


def _act(mention: Mention) -> str:
    """The act that a rule tells of: the first three parts of its id, of which a fourth is only another wording."""
    return ".".join(mention.rule.id.split(".", 3)[:3])


#: Rules whose nouns sum up what verbs told before: "the trial", "the ceremony", "the launch".
_SUMMING_UP = frozenset(
    {"event.legal.noun", "event.launch.noun", "event.personnel.noun", "event.commemoration.ceremony"}
    | {
        "event.sanction.noun",
        "event.other.layoffs",
        "event.other.searching",
        "event.other.rescue_operation",
        "event.legal.order",
    }
)


def _one_breath(mention: Mention, cluster: Cluster) -> bool:
    """Whether a sentence says twice what it says once: "headed for a landslide victory in an election"."""
    return cluster.type in _SINGLE and any(m.head.sent == mention.head.sent for m in cluster.mentions)


def _introduces(mention: Mention) -> bool:
    """Whether an article says that the event is new to the reader: "an executive order", "another meeting"."""
    return mention.head.pos_ != "VERB" and any(c.lower_ in ("a", "an", "another") for c in mention.head.lefts)


def _follows(mention: Mention, cluster: Cluster) -> bool:
    """Whether a mention tells of the next event of a row, and the cluster of one that has been."""
    if mention.rule.type not in _OF_ROUNDS or not any(c.lower_ == "next" for c in mention.head.lefts):
        return False
    return any(m.verbal and m.assertion.status == "actual" for m in cluster.mentions)


def lifts(mention: Mention) -> bool:
    """Whether a mention tells of the end of a sanction, which is an event of its own."""
    if mention.rule.type != "sanction" or mention.light is None:
        return False
    return mention.light.lemma_ in ("lift", "remove", "ease", "suspend", "waive", "drop", "end")


#: Types of which a headline tells one that the lead then tells in full.
_TOLD_IN_TITLES = frozenset(
    {"meeting", "call", "visit", "summit", "disaster", "other", "sanction", "conflict", "legal"}
)
#: Types of which an article seldom tells two by the same word without telling them apart.
_SINGLE = frozenset({"sanction", "protest", "disaster", "legal", "election", "conflict"})


#: Statuses of what has not been yet.
_TO_COME = frozenset({"planned", "forecast", "target", "hypothetical"})


def _told(mention: Mention) -> bool:
    """Whether a verb in the past tells that it happened."""
    verb = mention.light or mention.head
    return mention.verbal and mention.assertion.status == "actual" and verb.tag_ == "VBD"


def _plain(mention: Mention) -> bool:
    """Whether a meeting is told by no more than "the meeting", so that others named beside it tell no other one."""
    head = mention.head
    return (
        mention.rule.type in ("meeting", "call")
        and [child.lower_ for child in head.lefts] == ["the"]
        and not any(child.dep_ == "prep" and child.lower_ in ("with", "between", "of") for child in head.rights)
    )


def _another_fight(mention: Mention, cluster: Cluster) -> bool:
    """Whether a conflict is told by a noun of its own, with words that tell it apart: "the special operation" behind
    "years of genocide", but not "the attack"."""
    if cluster.type != "conflict" or mention.head.pos_ == "VERB" or len(list(mention.head.lefts)) < 2:
        return False
    return all(m.head.lemma_ != mention.head.lemma_ for m in cluster.mentions)


def _near(mention: Mention, cluster: Cluster) -> bool:
    """Whether a cluster was told of in the sentence before or in the same one."""
    start = mention.head.sent.start
    return any(m.head.i >= start or m.head.sent.end >= start - 2 for m in cluster.mentions)


def _same_place(mention: Mention, cluster: Cluster) -> bool:
    """Whether a visit goes to the place that another mention of a visit names."""
    if mention.rule.type != "visit" or mention.placed is None:
        return False
    return any(m.placed is not None and m.placed.place.name == mention.placed.place.name for m in cluster.mentions)


def _in_title(document: Document, cluster: Cluster) -> bool:
    title = document.layout.title_span
    return title is not None and cluster.mentions[0].head.idx < title[1]


def _in_lead(document: Document, mention: Mention) -> bool:
    title = document.layout.title_span
    return title is not None and mention.head.idx < title[1] + 500


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
    return {t.lower_ for t in document.doc[name[0] : name[1]] if not t.is_punct} - {"the", "of", "for", "and"}


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
    return True


def _status_agrees(mention: Mention, cluster: Cluster) -> bool:
    groups = {"actual": 0, "planned": 1, "forecast": 1, "target": 1, "hypothetical": 2, "cancelled": 1, "denied": 3}
    own = groups[mention.assertion.status]
    past = mention.dated is not None and mention.dated.rule == "date.attached" and not mention.verbal
    if past and own == 0 and not any(groups[m.assertion.status] == 0 for m in cluster.mentions):
        # "their talks in May" are not those that are to come
        return False
    theirs = {groups[m.assertion.status] for m in cluster.mentions}
    if own in theirs:
        return True
    # "the talks" of a planned meeting are asserted by default; only a verb in the past tense tells another.
    return (own == 0 and mention.definite and not mention.verbal) or (own == 1 and mention.definite)


def _compare_parties(document: Document, mention: Mention, cluster: Cluster) -> tuple[bool, bool]:
    """Whether the mention shares a party with the cluster, and whether each has one that the other lacks."""
    own = [taker.party for taker in mention.takers]
    theirs = cluster.parties()
    if not own or not theirs:
        return False, False
    shared = any(_one(document, a, b) for a in own for b in theirs)
    own_extra = any(not any(_one(document, a, b) for b in theirs) for a in own)
    their_extra = any(not any(_one(document, a, b) for a in own) for b in theirs)
    return shared, (own_extra and their_extra) or not shared


def _one(document: Document, a: Party, b: Party) -> bool:
    """Whether two parties are one: the same name, or a state and a person who acts for it."""
    if (a.code or a.name) == (b.code or b.name):
        return True
    if a.kind == b.kind:
        return False
    return (a.code or office_country(document, a) or a.name) == (b.code or office_country(document, b) or b.name)
