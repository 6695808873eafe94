"""Parties named around a figure: the subject of its clause, its owner, those in its measure."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extractor.models import Party
from extractor.nlp.document import Document
from extractor.records.figure.clause import FORESEEING, Place, subject, verb_above
from extractor.records.figure.home import Home
from extractor.records.figure.measure import Measure

#: What makers' names stand before.
_MAKES = frozenset(
    [
        "fleet",
        "aircraft",
        "jet",
        "plane",
        "airliner",
        "jetliner",
        "car",
        "truck",
        "bus",
        "ship",
        "helicopter",
        "engine",
        "train",
        "locomotive",
        "vehicle",
        "tanker",
    ]
)
_TRADING = frozenset(
    [
        "buy",
        "order",
        "purchase",
        "sell",
        "acquire",
        "lease",
        "deliver",
        "supply",
        "acquisition",
        "purchase",
        "sale",
        "contract",
    ]
)
#: What is done by those who only ask and count.
_STUDIES = frozenset(["poll", "survey", "study", "report", "analysis", "tally", "estimate", "count", "index"])
#: Nouns that a body may be in as what is owned: "a stake in Orvik".
_HOLDINGS = frozenset(
    ["stake", "share", "interest", "holding", "investment", "shareholding", "participation", "confidence", "position"]
)


def candidates(document: Document, where: Place, found: Measure, home: Home) -> Iterator[tuple[Party, Token, str]]:
    """The parties that a figure's own clause and measure name, with the words that name them and the rule."""
    ledger, doc = document.ledger, document.doc
    about = {owner.party.ref for owner in home.companies}
    verb = where.verb
    while verb is not None:
        actor = subject(verb)
        if actor is not None and actor.lower_ == "it" and verb.lemma_ == "be":
            actor = None
        if actor is not None and actor.i not in where.inside and actor != where.top:
            named = ledger.parties(doc[actor.left_edge.i : actor.i + 1 + _joined(actor)])
            body = any(party.kind == "organization" for party, _ in named)
            for party, token in named:
                # "US automaker GM" is the company, not the state; of those who foresee a value it is not theirs.
                if party.kind == "organization" and _made_by(token, where):
                    continue
                told = verb.lemma_ in FORESEEING and party.kind == "organization" and party.ref not in about
                if not (body and party.kind == "state" and token.dep_ in ("amod", "compound", "nmod")) and not told:
                    yield party, token, "figure.party.subject"
        if verb.lemma_ in _TRADING:
            for token in verb.subtree:
                if token.dep_ == "pobj" and token.head.lower_ in ("from", "to") and (other := ledger.party(token)):
                    yield other, token, "figure.party.trader"
        verb = verb_above(verb.head) if verb.dep_ == "acl" else None
    for token in where.top.subtree:
        if token.dep_ == "poss" and (owner := ledger.party(token)) is not None:
            yield owner, token, "figure.party.owner"
    for first, last in _runs(sorted({token.i for token in found.tokens})):
        for party, token in ledger.parties(doc[first : last + _joined(doc[last - 1])]):
            if party.kind != "organization" or not (
                _located(token) or _made_by(token, where) or _is_letters(document, party, token)
            ):
                yield party, token, "figure.party.measure"


def _is_letters(document: Document, party: Party, token: Token) -> bool:
    """Whether a name is a few capitals that nothing in the article explains, before or behind the noun: "IVF births"."""
    if not party.name.isupper() or len(party.name) > 5 or token.dep_ in ("nsubj", "nsubjpass", "poss", "agent"):
        return False
    entity = document.ledger.entity_at(token.i)
    return entity is not None and entity.acronym is None and entity.organization_kind in (None, "other")


def _located(token: Token) -> bool:
    """Whether a name tells where, not whose: "in Stockholm", "at the exchange"; one may hold a stake in a company."""
    node = token
    while node.dep_ in ("compound", "nmod", "conj") and node.head != node:
        node = node.head
    if node.dep_ == "pobj" and node.head.lower_ == "by" and node.head.head.lemma_ in _STUDIES:
        return True
    if node.dep_ != "pobj" or node.head.lower_ not in ("in", "at", "near", "into", "across", "on", "from"):
        return False
    above = node.head.head
    return above.lemma_.lower() not in _HOLDINGS and not (above.pos_ == "VERB" and node.head.lower_ in ("in", "from"))


def _made_by(token: Token, where: Place) -> bool:
    """Whether a name is that of the maker of some things, which are neither bought nor sold here."""
    names = token.dep_ in ("compound", "nmod", "amod") and (token.head == where.top or token.head.lemma_ in _MAKES)
    return names and not any(word.lemma_ in _TRADING for word in (where.top, *where.top.ancestors))


def _joined(token: Token) -> int:
    """How many tokens the names joined to a name go on ("Fiji, Samoa and Tonga")."""
    last = token.i
    node = token
    while nxt := next(
        (child for child in node.rights if child.dep_ == "conj" and child.pos_ in ("PROPN", "NOUN")), None
    ):
        node, last = nxt, nxt.i
    return last - token.i


def _runs(tokens: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring tokens as half-open stretches."""
    out: list[tuple[int, int]] = []
    for i in tokens:
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return out
