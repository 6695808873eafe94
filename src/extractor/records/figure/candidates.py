"""Parties named around a figure: the subject of its clause, its owner, those it is got from or given to."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extractor.models import Party
from extractor.nlp.document import Document
from extractor.records.figure.clause import FORESEEING, MODIFIERS, Place, subject, verb_above
from extractor.records.figure.home import GATHERINGS, Home
from extractor.records.figure.measure import Measure, gapped

#: What makers' names stand before.
_MAKES = frozenset(
    [
        *("fleet", "aircraft", "jet", "plane", "airliner", "jetliner", "car", "truck", "bus", "ship", "helicopter"),
        *("engine", "train", "locomotive", "vehicle", "tanker"),
    ]
)
_TRADING = frozenset(
    [
        *("buy", "order", "purchase", "sell", "acquire", "lease", "deliver", "supply", "acquisition", "purchase"),
        *("sale", "contract", "award"),
    ]
)
#: Verbs whose object is a body that goes over to the subject.
_TAKING_OVER = frozenset({"buy", "acquire", "purchase", "absorb", "privatize", "nationalize"})
#: Verbs of which a giver is part: "received 4 million from".
_RECEIVING = frozenset({"receive", "get", "obtain", "secure", "win", "borrow", "raise", "accept", "import", "draw"})
#: Verbs of giving, whose doer stands behind "by" in the passive: "provided by".
_GIVING = frozenset(
    {"provide", "pay", "give", "grant", "offer", "lend", "fund", "finance", "extend", "pledge", "donate"}
)
#: What one gives and another gets.
GIFTS = frozenset(
    [
        *("loan", "grant", "credit", "aid", "assistance", "financing", "funding", "money", "offer", "bid", "approach"),
        *(
            "proposal",
            "order",
            "investment",
            "contract",
            "pact",
            "programme",
            "program",
            "deal",
            "agreement",
            "subsidy",
        ),
    ]
)
#: Talks and deals, the other side of which a figure below them is shared with.
_TALKS = frozenset(
    {"talk", "talks", "negotiation", "discussion", "agreement", "deal", "pact", "contract", "memorandum"}
)
#: Verbs of judging and of speaking about what others do.
_TELLING = FORESEEING | {
    *("discuss", "review", "condemn", "welcome", "stress", "criticise", "criticize", "praise", "denounce", "describe"),
    *("cite", "mention", "recall", "deplore", "hail", "acknowledge", "question"),
}
#: What is done by those who only ask and count.
_STUDIES = frozenset(["poll", "survey", "study", "report", "analysis", "tally", "estimate", "count", "index"])
#: Nouns that a body may be in as what is owned: "a stake in Orvik".
_HOLDINGS = frozenset(
    [
        *("stake", "share", "interest", "holding", "investment", "shareholding", "participation", "confidence"),
        *("position", "shareholder", "stakeholder", "investor", "shareowner"),
    ]
)
#: Parts of a body that are held, bought and sold.
STAKES = frozenset({"stake", "holding", "shareholding"})
#: Those who work for a company, and their work.
_STAFF = frozenset({"job", "position", "post", "worker", "employee", "redundancy"})
#: Verbs of laying out money.
_PAYING = frozenset({"pay", "offer", "bid", "spend", "invest", "raise", "put", "buy", "acquire", "purchase", "sell"})
#: Things with names of their own that somebody makes and sells.
_PRODUCTS = frozenset(
    [
        *(
            "drug",
            "medicine",
            "medication",
            "treatment",
            "therapy",
            "vaccine",
            "ointment",
            "pill",
            "tablet",
            "injection",
        ),
        *("app", "game", "film", "album", "book", "phone", "smartphone", "handset", "console", "model", "car", "sedan"),
        *("chip", "processor", "software", "device", "brand", "beer", "drink", "cereal", "product", "pesticide"),
    ]
)
#: Those who decide together at a meeting of many.
_MEMBERS = frozenset({"ministers", "leaders", "parties", "sides", "participants", "delegations", "members", "heads"})
#: What follows the name of a state that only tells where someone has a seat: "Geneva-based".
_SEATED = frozenset({"based", "listed", "born", "registered", "headquartered", "made", "built", "flagged"})
#: What is levied on the goods of others.
_LEVIES = frozenset({"tariff", "tariffs", "duty", "duties", "levy", "levies"})

_Candidate = tuple[Party, Token, str]


def candidates(document: Document, where: Place, found: Measure, home: Home) -> Iterator[_Candidate]:
    """The parties that a figure's own clause and measure name, with the words that name them and the rule."""
    ledger, doc = document.ledger, document.doc
    if gapped(where):
        # "Velo holds 40 percent and Tarn 25 percent"
        name = doc[where.quantity.start - 1]
        if (holder := ledger.party(name) or home.meant_by(name)) is not None:
            yield holder, name, "figure.party.subject"
        return
    told: list[_Candidate] = []
    owned = False
    verb = where.verb
    above: list[_Candidate] = []
    while verb is not None:
        actors = list(_actors(document, where, verb, home))
        (told if verb.lemma_ in _TELLING else above).extend(actors)
        above.extend(_others(document, where, verb, home))
        above.extend(_bought_into(document, where, verb))
        if verb.dep_ != "acl" or (actors and verb.tag_ == "VB" and verb.head == subject(verb)):
            break
        verb = verb_above(verb.head)
    for noun in _nouns_above(where.top):
        for token in noun.subtree if noun == where.top else noun.lefts:
            if token.dep_ == "poss" and (owner := ledger.party(token)) is not None:
                owned = True
                above.append((owner, token, "figure.party.owner"))
        if noun.lemma_.lower() in _TALKS:
            above.extend(_behind(document, noun, ("with", "between"), "figure.party.other"))
        for child in noun.rights:
            if child.dep_ == "acl" and child != verb and child.tag_ == "VBN":
                # "a contract awarded to the builder"
                above.extend(_others(document, where, child, home))
    above.extend(_levied_on(document, where))
    yield from above
    if not (told and owned):
        yield from told
    for first, last in _runs(sorted({token.i for token in found.tokens})):
        for party, token in ledger.parties(doc[first : last + _joined(doc[last - 1])]):
            if _seated(token) or (
                party.kind == "organization"
                and (_located(token) or _made_by(token, where) or _is_letters(document, party, token))
            ):
                continue
            if party.kind == "state" and home.companies and where.quantity.unit in _STAFF and _only_where(token):
                # "jobs in Chile" of a company's
                continue
            given = token.dep_ == "pobj" and token.head.lower_ == "from" and token.head.head.lemma_.lower() in GIFTS
            yield party, token, "figure.party.other" if given else "figure.party.measure"


def actors_above(document: Document, where: Place, home: Home) -> Iterator[tuple[Party, Token]]:
    """Who does what a relative clause tells the size of: "the two will discuss a line that would cost 3 million"."""
    verb = where.verb
    while verb is not None and verb.dep_ == "conj":
        verb = verb.head
    if verb is None or verb.dep_ != "relcl" or verb.head.dep_ in ("nsubj", "nsubjpass"):
        return
    above = verb_above(verb.head)
    if above is not None and above.lemma_ not in FORESEEING:
        yield from ((party, token) for party, token, _ in _actors(document, where, above, home))


def _actors(document: Document, where: Place, verb: Token, home: Home) -> Iterator[_Candidate]:
    """The parties in the subject of a verb."""
    ledger, doc = document.ledger, document.doc
    actor = subject(verb)
    if actor is None or actor.i in where.inside or actor == where.top or (actor.lower_ == "it" and verb.lemma_ == "be"):
        return
    named = ledger.parties(doc[actor.left_edge.i : actor.i + 1 + _joined(actor)])
    if actor.pos_ == "NOUN":
        name = next((child for child in actor.rights if child.dep_ == "appos" and child.pos_ == "PROPN"), None)
        if name is not None and (told := ledger.party(name)) is not None and told.kind == "organization":
            # "the carmaker's German unit, Orvik, is building"
            named = [(told, name)]
        named = [*named, *((party, token) for party, token, _ in _behind(document, actor, ("of", "between"), ""))]
        if actor.lemma_.lower() in _TALKS:
            yield from _behind(document, actor, ("with",), "figure.party.other")
    if not named and (state := home.meant_by(actor)) is not None:
        named = [(state, actor)]
    if home.members and actor.lower_ in _MEMBERS and not any(child.dep_ == "prep" for child in actor.rights):
        named = [(party, actor) for party in home.members]
    if not named and home.body is not None and actor.lower_ in GATHERINGS:
        named = [(home.body.party, actor)]
    about = {owner.party.ref for owner in home.companies}
    body = any(party.kind == "organization" for party, _ in named)
    for party, token in named:
        # "US automaker GM" is the company, not the state; of those who foresee a value it is not theirs.
        if _seated(token) or (party.kind == "organization" and (_made_by(token, where) or _is_product(token))):
            continue
        foresees = verb.lemma_ in FORESEEING and party.kind == "organization" and party.ref not in about
        if not (body and party.kind == "state" and token.dep_ in ("amod", "compound", "nmod")) and not foresees:
            yield party, token, "figure.party.subject"


def _levied_on(document: Document, where: Place) -> Iterator[_Candidate]:
    """The states on whose goods a duty is levied: "a 25 percent tariff on Chilean copper"."""
    if where.quantity.kind not in ("percent", "duration"):
        return
    sentence = where.sentence
    for levy in sentence:
        if levy.lower_ not in _LEVIES:
            continue
        for token in where.doc[levy.i + 1 : min(levy.i + 5, sentence.end)]:
            if token.lower_ == "on" and token.dep_ == "prep":
                for party, name in document.ledger.parties(where.doc[token.i + 1 : min(token.i + 9, sentence.end)]):
                    if party.kind == "state":
                        yield party, name, "figure.party.levy"
                        return


def _others(document: Document, where: Place, verb: Token, home: Home) -> Iterator[_Candidate]:
    """The other side of a verb of trading, taking over, giving or receiving."""
    lemma = verb.lemma_
    trading = lemma in _TRADING
    if not trading and lemma not in _RECEIVING and lemma not in _GIVING:
        return
    ledger = document.ledger
    sides = ("from", "to") if trading else ("from",)
    for child in verb.rights:
        if (child.dep_ == "prep" and child.lower_ in sides) or child.dep_ == "agent":
            for token in child.rights:
                other = ledger.party(token) or home.meant_by(token) if token.dep_ == "pobj" else None
                if other is not None and not _seated(token):
                    yield other, token, "figure.party.trader"
        elif child.dep_ == "dobj" and lemma in _TAKING_OVER and child != where.top and child.i not in where.inside:
            other = ledger.party(child)
            if other is not None and other.kind == "organization" and not _made_by(child, where):
                yield other, child, "figure.party.trader"


def _bought_into(document: Document, where: Place, verb: Token) -> Iterator[_Candidate]:
    """The body that money buys a part of: "will pay 3 million for a stake in Velo"."""
    if where.quantity.kind != "money" or verb.lemma_ not in _PAYING:
        return
    for child in verb.rights:
        inner = next((token for token in child.rights if token.dep_ == "pobj"), child)
        if inner.lemma_ in STAKES and inner.pos_ == "NOUN":
            bodies = _behind(document, inner, ("in", "of"), "figure.party.trader")
            yield from (body for body in bodies if body[0].kind == "organization")


def _behind(document: Document, noun: Token, prepositions: Sequence[str], rule: str) -> Iterator[_Candidate]:
    """The parties that prepositions right behind a noun name: "talks with the bank"."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            for token in child.rights:
                if token.dep_ == "pobj":
                    end = token.i + 1 + _joined(token)
                    for party, name in document.ledger.parties(document.doc[token.left_edge.i : end]):
                        if not _seated(name):
                            yield party, name, rule


def _nouns_above(top: Token) -> Iterator[Token]:
    """A figure's highest word and the nouns that it hangs on: "$3 million loan", "launch of two missiles"."""
    node = top
    yield node
    if node.dep_ in MODIFIERS and node.head.pos_ == "NOUN":
        node = node.head
        yield node
    for _ in range(3):
        head = node.head
        if node.dep_ != "pobj" or head.lower_ not in ("of", "on", "over", "for"):
            return
        node = head.head
        if node.pos_ == "PROPN" and node.dep_ == "pobj" and node.head.lower_ == "on":
            # "the launch on Monday of two rockets"
            node = node.head.head
        if node.pos_ != "NOUN":
            return
        yield node


def _seated(token: Token) -> bool:
    """Whether a name only tells where someone has a seat: "Geneva-based"."""
    doc, i = token.doc, token.i
    return i + 2 < len(doc) and doc[i + 1].text == "-" and doc[i + 2].lower_ in _SEATED


def _is_product(token: Token) -> bool:
    """Whether a name is that of a thing that is sold: "Dexalin, an ointment for"."""
    return any(child.dep_ == "appos" and child.lemma_ in _PRODUCTS for child in token.rights)


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
    if node.dep_ != "pobj" or node.head.lower_ not in ("in", "at", "near", "into", "across", "on", "from", "under"):
        return False
    above = node.head.head
    if node.head.lower_ == "from" and above.lemma_.lower() in GIFTS:
        return False
    return above.lemma_.lower() not in _HOLDINGS and not (above.pos_ == "VERB" and node.head.lower_ in ("in", "from"))


def _only_where(token: Token) -> bool:
    """Whether a state is only the place of things that are counted: "jobs in Chile"."""
    return token.dep_ == "pobj" and token.head.lower_ in ("in", "across") and token.head.head.lemma_ not in _HOLDINGS


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
