"""Joins the mentions of one agreement over an article, by name, party, kind and what points back."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extractor.models import Party
from extractor.models.agreement import AgreementKind
from extractor.nlp.document import Document
from extractor.records.agreement.find import Mention
from extractor.records.agreement.sectors import fields

#: Nouns by which any agreement is called when it is spoken of again.
_GENERIC = frozenset({"deal", "agreement", "document", "pact", "accord", "arrangement"})
#: Nouns by which any contract is called when it is spoken of again.
_COMMERCIAL = frozenset(
    {"deal", "agreement", "transaction", "acquisition", "takeover", "merger", "purchase", "contract", "bid", "offer"}
    | {"order", "loan", "bailout", "buyout", "package", "investment", "approach"}
)
#: Letters that two forms of one word share at least: "Tech Deal", "Technology Deal".
_STEM = 4


@dataclass(slots=True)
class Cluster:
    """The mentions of one agreement, in order."""

    mentions: list[Mention]

    @property
    def kind(self) -> AgreementKind:
        """The kind of its first mention that is no mere "agreed"."""
        return self.mentions[0].rule.kind


def merge(document: Document, mentions: Sequence[Mention]) -> list[Cluster]:
    """One cluster for each distinct agreement, in the order of first mention."""
    clusters: list[Cluster] = []
    for mention in mentions:
        home = next((c for c in reversed(clusters) if _same(document, mention, c)), None)
        if home is not None:
            home.mentions.append(mention)
        else:
            clusters.append(Cluster([mention]))
    return clusters


def _same(document: Document, mention: Mention, cluster: Cluster) -> bool:
    """Whether a mention goes back to an agreement told before."""
    first = cluster.mentions[0]
    if _apposed(mention, first) and any(m.head == mention.head.head for m in cluster.mentions):
        return True
    if _beside(mention, first):
        return False
    if mention.name is not None and any(m.name is not None for m in cluster.mentions):
        return any(m.name is not None and _one_name(document, m, mention) for m in cluster.mentions)
    in_title = in_title_of(document, first)
    shared, apart = _compare(mention, cluster)
    if "ceasefire" == mention.rule.kind == cluster.kind:
        # An article seldom tells of two ceasefires without telling them apart.
        return mention.quantity is None and not apart and (mention.name is None or not in_title)
    if mention.head.pos_ == "VERB":
        return _told_again(document, mention, cluster, shared) or (shared and _spoken_of(mention, first))
    if mention.name is not None and not (in_title and mention.head.lemma_.lower() == first.head.lemma_.lower()):
        return False
    if mention.quantity is not None and first.quantity is not None and in_title:
        return mention.counted == first.counted
    if mention.quantity is not None or mention.plural != first.plural:
        return False
    if _sums_up(mention, cluster):
        return True
    if _year(mention) is not None and not any(_year(m) == _year(mention) for m in cluster.mentions):
        # "this new agreement", "the 1991 agreement"
        return False
    if first.head.pos_ == "VERB" and mention.sentence == first.sentence:
        # "agreed to conclude the trade agreement": what they agreed is not that agreement.
        return False
    if not mention.definite and not (in_title and _in_lead(document, mention) and mention.rule.kind == cluster.kind):
        return False
    if cluster.kind != "contract" and _about(mention.head) and not _one_lemma(mention, cluster):
        return False
    if cluster.kind == "contract" and _of_its_own_kind(mention, cluster):
        return False
    return _one_word(mention, cluster) and not apart and _fields_agree(document, mention, cluster, in_title)


def _apposed(mention: Mention, first: Mention) -> bool:
    """Whether a mention is an apposition and no further item of an enumeration: "a statement, a protocol and ..."."""
    if mention.head.dep_ != "appos" or not (mention.definite or first.definite or mention.rule.kind == first.rule.kind):
        return False
    return mention.start == 0 or mention.head.doc[mention.start - 1].text != ";"


def _sums_up(mention: Mention, cluster: Cluster) -> bool:
    """Whether a noun sums up what the verbs of its sentence told: "it will buy the share, a deal that closes in June"."""
    doc, at = mention.head.doc, mention.start
    if (
        mention.head.lemma_.lower() not in _COMMERCIAL
        or at < 2
        or doc[at - 1].text != ","
        or doc[at].lower_ not in ("a", "the")
    ):
        return False
    own = [m for m in cluster.mentions if m.sentence == mention.sentence and m.head.pos_ == "VERB"]
    return bool(own) and any(c.dep_ in ("relcl", "acl") for c in mention.head.rights)


def _year(mention: Mention) -> str | None:
    """The year before the noun of a mention."""
    years = (c.text for c in mention.head.lefts if c.like_num and len(c.text) == 4 and c.text[:2] in ("19", "20"))
    return next(years, None)


def _beside(mention: Mention, first: Mention) -> bool:
    """Whether two agreements stand in one sentence, each with what it is about: "a protocol to the agreement on gas"."""
    if mention.sentence != first.sentence or "VERB" in (mention.head.pos_, first.head.pos_):
        return False
    return _about(mention.head) and _about(first.head)


def _about(noun: Token) -> bool:
    return any(
        (child.dep_ == "prep" and child.lower_ in ("on", "of", "for", "between"))
        or (child.dep_ == "acl" and child.tag_ == "VB")
        for child in noun.rights
    )


def _told_again(document: Document, mention: Mention, cluster: Cluster, shared: bool) -> bool:
    """Whether a verb tells of what the headline or a contract before it told: "X to buy Y": "X has acquired Y"."""
    first = cluster.mentions[0]
    if mention.rule.kind != first.rule.kind or mention.sentence == first.sentence or not _dates_agree(mention, first):
        return False
    in_title = in_title_of(document, first)
    if in_title and mention.rule.id == first.rule.id and _first_told(document, mention):
        return not _compare(mention, cluster)[1]
    if mention.dated is not None and mention.status == "signed" and first.status == "planned":
        # "Fiat plans to buy a stake. In 2009 it bought another."
        return False
    if first.head.pos_ == "VERB" and not in_title_of(document, first):
        return (
            mention.rule.kind == "contract"
            and shared
            and mention.rule.id == first.rule.id
            and _same_parties(mention, cluster)
        )
    own, theirs = _parties(mention, cluster)
    return shared and (own <= theirs or theirs <= own) and in_title_of(document, first)


def _spoken_of(mention: Mention, first: Mention) -> bool:
    """Whether a sentence with "this" says again what was agreed: "This order marks its first pledge to buy jets"."""
    noun = mention.head.head
    if mention.head.dep_ != "acl" or mention.rule.kind != first.rule.kind:
        return False
    if noun.dep_ == "appos":
        subject: Token | None = noun.head
    elif noun.dep_ in ("attr", "dobj"):
        subject = next((c for c in noun.head.children if c.dep_ == "nsubj"), None)
    else:
        return False
    return subject is not None and subject.doc[subject.left_edge.i].lower_ in ("this", "that", "it", "these")


def _same_parties(mention: Mention, cluster: Cluster) -> bool:
    own, theirs = _parties(mention, cluster)
    return len(own) > 1 and own <= theirs


def _parties(mention: Mention, cluster: Cluster) -> tuple[set[str], set[str]]:
    return {key(b.party) for b in mention.bound}, {key(b.party) for m in cluster.mentions for b in m.bound}


def _dates_agree(one: Mention, two: Mention) -> bool:
    a, b = one.dated, two.dated
    if a is None or b is None or a.date.first is None or b.date.first is None:
        return True
    return a.date.first <= (b.date.last or b.date.first) and b.date.first <= (a.date.last or a.date.first)


def _one_word(mention: Mention, cluster: Cluster) -> bool:
    """Whether the noun of a mention may stand for the agreement."""
    lemma = mention.head.lemma_.lower()
    if _one_lemma(mention, cluster):
        return True
    if cluster.kind == "contract" or mention.rule.kind == "contract":
        return lemma in _COMMERCIAL and (cluster.kind == "contract" or cluster.mentions[0].rule.id == "agreement.deal")
    return lemma in _GENERIC


def _of_its_own_kind(mention: Mention, cluster: Cluster) -> bool:
    """Whether a contract is told apart by the word before it: "its labor contract" is no takeover."""
    own = {c.lemma_.lower() for c in mention.head.lefts if c.dep_ == "compound" and c.pos_ == "NOUN"} - _COMMERCIAL
    theirs = {t.lower_ for m in cluster.mentions for t in mention.head.doc[m.start : m.end + 8]}
    return mention.head.lemma_.lower() == "contract" and bool(own) and not own & theirs


def _one_lemma(mention: Mention, cluster: Cluster) -> bool:
    return any(_lemma(m) == _lemma(mention) for m in cluster.mentions)


def _lemma(mention: Mention) -> str:
    lemma = mention.head.lemma_.lower()
    return "memorandum" if lemma in ("mou", "memoranda") else lemma


def _compare(mention: Mention, cluster: Cluster) -> tuple[bool, bool]:
    """Whether a mention shares a party with a cluster, and whether both have parties and share none."""
    own, theirs = _parties(mention, cluster)
    return bool(own & theirs), bool(own and theirs and not own & theirs)


def _fields_agree(document: Document, mention: Mention, cluster: Cluster, in_title: bool) -> bool:
    own = {document.doc[s:e].text.lower() for s, e in fields(document, mention.head)}
    if not own or in_title:
        return True
    theirs = {document.doc[s:e].text.lower() for m in cluster.mentions for s, e in fields(document, m.head)}
    return not theirs or bool(own & theirs)


def in_title_of(document: Document, mention: Mention) -> bool:
    """Whether a mention stands in the title."""
    title = document.layout.title_span
    return title is not None and mention.head.idx < title[1]


#: Characters behind the title within which a text tells again what its title told.
_LEAD = 700


def _in_lead(document: Document, mention: Mention) -> bool:
    title = document.layout.title_span
    return title is not None and mention.head.idx < title[1] + _LEAD


#: Characters behind the title that its lead sentence takes at most.
_LEAD_SENTENCE = 350


def _first_told(document: Document, mention: Mention) -> bool:
    title = document.layout.title_span
    return title is not None and mention.head.idx < title[1] + _LEAD_SENTENCE


def _one_name(document: Document, one: Mention, two: Mention) -> bool:
    """Whether the words of one name are all in the other, be they cut short."""
    few, many = sorted((_words(document, one), _words(document, two)), key=len)
    return all(any(_one_stem(a, b) for b in many) for a in few)


def _one_stem(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= _STEM and (a.startswith(b) or b.startswith(a)))


def _words(document: Document, mention: Mention) -> list[str]:
    assert mention.name is not None
    words = (t.lower_ for t in document.doc[mention.name[0] : mention.name[1]] if t.is_alpha)
    return [word for word in words if word not in ("the", "a", "an", "new", "of", "on", "and", "for")]


def key(party: Party) -> str:
    """What tells two parties apart."""
    return party.code or party.name
