"""Who is bound by an agreement, by role: subject, object, owner, "with", "between", "to"."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from extractor.models import Party
from extractor.nlp import actors, roles
from extractor.nlp.context import words
from extractor.nlp.document import Document
from extractor.records.agreement.table import AgreementRule, field_words, status_told, table

#: What is held in a body, which is then the other side: "a stake in Xpeng".
_HOLDINGS = frozenset({"stake", "share", "percent", "%", "unit", "business", "interest", "shareholding", "holding"})
#: Verbs whose subject gives an agreement to someone, who stands as object, as subject of the passive or behind "to".
_GIVING = frozenset({"award", "grant", "give", "hand", "offer", "lend", "extend", "provide"})


@dataclass(slots=True)
class Bound:
    """A party of an agreement, the token that names it, the rule of its role, and whether it signed."""

    party: Party
    token: Token
    rule: str
    signed: bool = False


def bound(document: Document, token: Token, rule: str, *, signed: bool = False) -> Iterator[Bound]:
    """The parties that a token stands for; both of "the two sides" and "they"; a government's state."""
    indefinite = any(child.lower_ in ("a", "an") for child in token.lefts)
    if indefinite and token.pos_ == "NOUN" and document.ledger.entity_at(token.i) is None:
        # "a group of six banks" is no company spoken of before; "a Swiss consultancy, Alpen Rail" is one.
        yield from _apposed(document, token, rule, signed)
        return
    region = _region(document, token, rule)
    if region is not None:
        yield Bound(region, token, rule, signed)
        return
    found = [(_state_of_body(document, party, at) or party, at) for party, at in actors.parties(document, token)]
    if token.lower_ in ("company", "firm") and not any(_is_company(document, party) for party, _ in found):
        found = []
    if not found and token.lower_ in ("they", "both", "them"):
        found = document.ledger.parties(document.doc[token.i : token.i + 1])
    local = any(child.lower_ in _SUBNATIONAL for child in token.lefts)
    if not found and token.lemma_.lower() in _GOVERNMENTS and not local:
        state = governed(document, token)
        found = [] if state is None else [(state, token)]
    if not found and token.lemma_.lower() in _FIRMS:
        firm = main_company(document)
        found = [] if firm is None else [(firm, token)]
    for party, at in found:
        yield Bound(party, at, rule, signed)


def _apposed(document: Document, noun: Token, rule: str, signed: bool) -> Iterator[Bound]:
    """The body whose name stands behind a noun that tells what it is."""
    for child in noun.rights:
        if child.dep_ == "appos":
            party = document.ledger.party(child)
            if party is not None and party.kind == "organization":
                yield Bound(party, child, rule, signed)


#: Words of a government that is not the state's own.
_SUBNATIONAL = frozenset(
    {"regional", "provincial", "local", "municipal", "state", "city", "county", "district", "autonomous"}
    | {"territorial", "cantonal", "prefectural"}
)
#: Roles in which a region or city acts: as the one who signs, and as the one that it is signed with.
_ACTING = frozenset({"party.subject", "party.with", "party.between"})


def _region(document: Document, token: Token, rule: str) -> Party | None:
    """The region or city that binds itself: "Bavaria signed a memorandum", "the regional government of Andalusia"."""
    place = document.ledger.entity_at(token.i)
    if token.lemma_.lower() in _GOVERNMENTS:
        named = document.doc[token.left_edge.i : min(token.i + 5, token.sent.end)]
        local = any(child.lower_ in _SUBNATIONAL for child in token.lefts)
        places = (e for t in named if (e := document.ledger.entity_at(t.i)) is not None)
        place = next((e for e in places if e.kind == "place" and not e.capital), None) if local else None
        rule = "party.subject"
    if place is None or place.kind != "place" or place.capital or rule not in _ACTING:
        return None
    acting = token.lemma_.lower() in _GOVERNMENTS or place.place_kind == "region"
    return Party(name=place.name, code=None, kind="organization", ref=None) if acting else None


def _is_company(document: Document, party: Party) -> bool:
    entities = document.ledger.entities
    return any(e.id == party.ref and e.organization_kind == "company" for e in entities if e.kind == "organization")


def _unknown(document: Document, token: Token, rule: str) -> Iterator[Bound]:
    """A body by a name that the ledger does not have, where its place in the sentence says that it is one."""
    if token.pos_ == "PROPN" and document.ledger.entity_at(token.i) is None and token.ent_type_ not in _NO_BODIES:
        start, end = roles.phrase(token)
        name = document.doc[start:end]
        words = [t for t in name if t.pos_ == "PROPN" or t.is_punct]
        if words and all(document.ledger.entity_at(t.i) is None for t in words):
            text = document.doc[words[0].i : words[-1].i + 1].text
            yield Bound(Party(name=" ".join(text.split()), code=None, kind="organization", ref=None), token, rule)


#: Entities of the model that are no body.
_NO_BODIES = frozenset({"PERSON", "GPE", "LOC", "NORP", "DATE", "TIME", "LANGUAGE", "EVENT", "FAC", "LAW", "PRODUCT"})


def _state_of_body(document: Document, party: Party, at: Token) -> Party | None:
    """The state of a ministry or agency that is known by its name alone: the state named behind it ("the Ministry of
    Tourism of the Hellenic Republic"), else the article's own."""
    if party.kind != "organization":
        return None
    body = document.ledger.entity_at(at.i)
    if body is None or body.id != party.ref or not body.acts_as_state:
        return None
    head = next((t for t in at.subtree if t.i == at.i), at)
    while head.dep_ in ("pobj", "prep", "compound") and document.ledger.entity_at(head.head.i) is body:
        head = head.head
    for token in document.doc[head.i : head.right_edge.i + 1]:
        if token.dep_ == "cc":
            break
        entity = document.ledger.entity_at(token.i)
        if entity is not None and entity.kind == "state" and entity.code is not None:
            return document.ledger.state(entity.code)
    return actors.home_state(document)


#: Words by which the company that an article is about is called.
_FIRMS = frozenset({"it", "its", "company", "firm", "group", "airline", "carmaker", "automaker", "builder", "maker"})


def main_company(document: Document) -> Party | None:
    """The company that an article is about: named far more often than any other, or alone with its legal form."""
    kept = document.doc.user_data.get("main_company", "")
    if kept == "":
        firms = [e for e in document.ledger.entities if e.kind == "organization" and e.organization_kind == "company"]
        firms.sort(key=lambda e: -len(e.mentions))
        alone = firms and (len(firms) == 1 or len(firms[0].mentions) > 2 * len(firms[1].mentions))
        kept = Party(name=firms[0].name, code=None, kind="organization", ref=firms[0].id) if alone else None
        document.doc.user_data["main_company"] = kept
    return kept if isinstance(kept, Party) else None


#: Words for those who bind a state.
_GOVERNMENTS = frozenset({"government", "cabinet", "parliament", "ministry", "authorities", "senate"})


def governed(document: Document, token: Token) -> Party | None:
    """The state of "the government": the one that its sentence opens with ("In Nigeria, ..."), else the article's own."""
    start = token.sent.start
    if document.doc[start].lower_ == "in" and start + 1 < token.i:
        entity = document.ledger.entity_at(start + 1)
        if entity is not None and entity.kind == "state" and entity.code is not None:
            return document.ledger.state(entity.code)
    return actors.home_state(document)


def _subjects(document: Document, verb: Token, but: tuple[Token, ...] = (), *, signed: bool = False) -> Iterator[Bound]:
    """The subjects of a verb; of a list with commas all bodies, however it was parsed."""
    found = [token for token in roles.subjects(verb) if token not in but]
    for token in found:
        yield from bound(document, token, "party.subject", signed=signed)
    if found and found[0].i < verb.i:
        zone = document.doc[min(token.left_edge.i for token in found) : verb.i]
        if any(t.text == "," for t in zone) and not any(t.pos_ in ("VERB", "AUX") or t.lower_ == "who" for t in zone):
            for party, at in document.ledger.parties(zone):
                if party.kind == "organization":
                    yield Bound(party, at, "party.list", signed)


def bound_by_verb(document: Document, verb: Token) -> Iterator[Bound]:
    """Those whom a verb binds: who agrees, with whom, who buys what from whom."""
    yield from _subjects(document, verb)
    for token in roles.objects(verb):
        if token.dep_ == "nsubjpass" and token.lower_ == "it":
            # "It was agreed that ..."
            continue
        yield from bound(document, token, "party.object")
        for inner in roles.prepositional(token, {"in", "of"}):
            if token.lemma_.lower() in _HOLDINGS:
                yield from bound(document, inner, "party.object")
        for child in token.lefts:
            if child.dep_ in ("compound", "poss", "nmod") or (child.dep_ == "amod" and child.tag_ != "JJ"):
                yield from bound(document, child, "party.object")
        for child in token.rights:
            if child.dep_ == "appos":
                yield from bound(document, child, "party.object")
    for child in verb.children:
        if child.dep_ == "dative" and child.pos_ in ("NOUN", "PROPN"):
            yield from bound(document, child, "party.dative")
    preps = {"with", "from", "by"}
    if verb.lemma_ in ("sell", "lend", "provide", "extend", "grant", "loan"):
        preps.add("to")
    if verb.lemma_ in ("invest", "inject"):
        preps |= {"in", "into"}
        for token in roles.objects(verb):
            for inner in roles.prepositional(token, {"in", "into"}):
                yield from bound(document, inner, "party.with")
    for token in roles.prepositional(verb, preps):
        yield from bound(document, token, "party.with")


def bound_by_noun(
    document: Document, noun: Token, top: Token, verb: Token | None, rule: AgreementRule
) -> Iterator[Bound]:
    """Those whom the phrase of an agreement and the verb that makes or breaks it name."""
    for child in noun.lefts:
        if child.dep_ in ("poss", "amod", "compound", "nmod"):
            yield from bound(document, child, "party.owner" if child.dep_ == "poss" else "party.modifier")
            for below in child.subtree:
                if below != child and below.pos_ in ("PROPN", "ADJ"):
                    yield from bound(document, below, "party.modifier")
    start = roles.phrase(noun)[0]
    if start < noun.i and noun.pos_ == "PROPN":
        for party, at in document.ledger.parties(document.doc[start : noun.i]):
            yield Bound(party, at, "party.modifier")
    between = list(_between(document, noun))
    yield from between
    if between:
        return
    contract = rule.kind == "contract"
    for token in roles.prepositional(noun, {"with", "by", "of", "from", "to", "for"} if contract else _JOINING):
        found = list(bound(document, token, "party.with")) or list(_led(document, token))
        if not found and (token.head.lower_ == "with" or noun.lemma_.lower() in _TAKING):
            found = list(_unknown(document, token, "party.with"))
        yield from found
    yield from _in_dispute(document, noun)
    done = under_which(noun)
    if done is not None:
        # "an agreement under which a bank will lend to a railway"
        yield from bound_by_verb(document, done)
        for token in roles.prepositional(done, {"to"}):
            yield from bound(document, token, "party.with")
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ == "VB":
            yield from _bound_to_act(document, child)
    clause = provided(noun)
    if clause is not None:
        yield from _bound_by_clause(document, clause)
    talks = negotiations(noun)
    if talks is not None:
        yield from _negotiators(document, talks)
    if verb is None and _told_by_root(noun):
        for token in roles.subjects(noun.sent.root):
            yield from bound(document, token, "party.subject")
    if verb is None or status_told(verb) is None:
        return
    given = verb.dep_ == "acl" and verb.tag_ == "VBN" and not any(c.dep_ == "agent" for c in verb.children)
    watched = contract and verb.lemma_ in _WATCHING
    if (noun.dep_ != "nsubj" or verb.dep_ == "acl") and not given and not watched:
        signed = verb.lemma_ in ("sign", "ink", "initial")
        acting = _subjects(document, verb, (noun, top), signed=signed)
        if contract and verb.lemma_ in _CLEARING and noun.lemma_.lower() in _CLEARED:
            # The tribunal that clears a bid is no party of it.
            acting = (b for b in acting if _is_company(document, b.party))
        yield from acting
    if noun.dep_ == "nsubjpass" and status_told(verb) == "rejected":
        # "was turned down by the board of Solvex"
        for token in roles.subjects(verb):
            yield from bound(document, token, "party.refusing")
    if top.dep_ == "dobj" and verb.lemma_ in _GIVING:
        for child in verb.children:
            if child.dep_ in ("nsubjpass", "dative"):
                yield from bound(document, child, "party.receiver")
    beside = {"with", "between", "from", "to"} if contract else {"with", "between"}
    if rule.bids or rule.organization:
        # "approved the plan of one firm for another"
        beside = beside | {"for"}
    for token in roles.prepositional(verb, beside):
        yield from list(bound(document, token, "party.with")) or list(_led(document, token))
    if contract:
        yield from _behind_sum(document, noun)


def provided(noun: Token) -> Token | None:
    """The verb of what is done under an agreement: "Kenya will import power under a contract"."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "under" and noun.head.head.pos_ == "VERB":
        verb = noun.head.head
        return None if verb.lemma_ in words("speech") or verb.dep_ == "relcl" else verb
    return None


_DISPUTES = frozenset(
    {"suit", "lawsuit", "litigation", "claim", "dispute", "case", "complaint", "charge", "arbitration", "action"}
)


def _in_dispute(document: Document, noun: Token) -> Iterator[Bound]:
    """The sides of a dispute that is settled: "the settlement of a suit against Orient Engines"."""
    if noun.lemma_.lower() != "settlement":
        return
    for token in roles.prepositional(noun, {"of", "in", "over", "to"}):
        if token.lemma_.lower() in _DISPUTES:
            for side in roles.prepositional(token, {"against", "with", "by", "between"}):
                yield from bound(document, side, "party.with")


#: Tokens behind an agreement within which "under which" may open the clause that tells what is done.
_NEAR = 12


def under_which(noun: Token) -> Token | None:
    """The verb of the clause behind "under which" or "whereby" that tells what is done under an agreement, be it hung
    on what stands between: "a contract worth $7 million under which"."""
    doc = noun.doc
    for i in range(noun.i + 1, min(noun.i + _NEAR, noun.sent.end)):
        token = doc[i]
        if token.lower_ == "whereby" or (token.lower_ == "which" and doc[i - 1].lower_ in ("under", "by")):
            verb = token.head.head if token.dep_ == "pobj" else token.head
            return verb if verb.pos_ == "VERB" and verb.i > i else None
    return None


#: Verbs of trade whose clause tells both sides: who imports what from whom.
_TRADING = frozenset(
    {"import", "export", "buy", "purchase", "sell", "supply", "deliver", "provide", "lend", "lease", "rent", "transfer"}
    | {"acquire", "receive", "obtain", "borrow", "ship", "send", "license", "merge", "hand", "grant", "cede"}
)


def _bound_by_clause(document: Document, verb: Token) -> Iterator[Bound]:
    """Those whom an agreement binds by the clause that tells what is done under it."""
    yield from _subjects(document, verb)
    if verb.lemma_ in _TRADING:
        for token in (*roles.objects(verb), *roles.prepositional(verb, {"to", "from", "with"})):
            yield from (b for b in bound(document, token, "party.with") if b.party.kind != "person")
        for child in verb.children:
            if child.dep_ == "dative" and child.pos_ in ("NOUN", "PROPN"):
                yield from bound(document, child, "party.with")


def _bound_to_act(document: Document, verb: Token) -> Iterator[Bound]:
    """The other side that the infinitive behind an agreement names: "an agreement to buy Solvex", "to sell it to Solvex"."""
    if verb.lemma_ in _TRADING:
        for token in roles.objects(verb):
            for item in bound(document, token, "party.object"):
                if item.party.kind == "organization" and document.ledger.entity_at(token.i) is not None:
                    yield item
        for token in roles.prepositional(verb, {"to", "from", "with"}):
            yield from (b for b in bound(document, token, "party.with") if b.party.kind != "person")
    elif verb.lemma_ in _WORKING:
        for token in roles.prepositional(verb, {"for", "with"}):
            yield from (b for b in bound(document, token, "party.with") if b.party.kind != "person")


#: Verbs of what is done for or with the other side.
_WORKING = frozenset(
    {"build", "construct", "develop", "operate", "run", "work", "cooperate", "produce", "make", "design"}
)
#: Deals whose "of" or "to" names a body.
_TAKING = frozenset({"takeover", "acquisition", "contract", "buyout"})


#: Verbs of authorities that let the deals of others pass or not, and those deals.
_CLEARING = frozenset({"approve", "clear", "block", "veto", "sanction", "endorse", "back", "okay", "nod"})
_CLEARED = frozenset({"bid", "offer", "approach", "takeover", "acquisition", "merger", "buyout", "plan", "scheme"})
#: Verbs of those at whose side others sign.
_WATCHING = frozenset({"witness", "attend", "oversee"})


def _led(document: Document, token: Token) -> Iterator[Bound]:
    """Those who stand for a group without a name: "from a group of six banks led by Dominion Bank"."""
    if token.lemma_.lower() in ("group", "consortium", "syndicate", "bank", "lender", "fund"):
        named = document.ledger.parties(document.doc[token.i + 1 : token.right_edge.i + 1])
        yield from (Bound(party, at, "party.with") for party, at in named if party.kind == "organization")


def bound_by_listing(document: Document, opener: Token) -> Iterator[Bound]:
    """Who signed the documents of a list: "Kenya and Ghana signed the following documents:"."""
    if not any(child.dep_ == "nsubjpass" for child in opener.children):
        yield from _subjects(document, opener, signed=True)


def _behind_sum(document: Document, noun: Token) -> Iterator[Bound]:
    """The other side of a contract behind its sum, on which the parser hangs it: "worth $3 billion from Qatar"."""
    for token in noun.doc[noun.i + 1 : min(noun.i + 12, noun.sent.end)]:
        if token.lower_ == "from" and token.head.pos_ in ("NOUN", "NUM", "PROPN", "SYM", "ADJ"):
            for child in token.children:
                if child.dep_ == "pobj":
                    yield from bound(document, child, "party.with")


def _told_by_root(noun: Token) -> bool:
    """Whether an agreement "with" someone is told as a part of what the subject of its sentence does: "including deals
    with two firms"."""
    node, root = noun, noun.sent.root
    while node.dep_ in ("conj", "appos") and node.head != node:
        node = node.head
    included = node.dep_ == "pobj" and node.head.lower_ in ("including", "through", "under")
    return included and root.pos_ == "VERB" and any(c.lower_ == "with" for c in noun.rights)


_JOINING = frozenset({"with", "by", "of"})
#: Nouns of what is held before an agreement: "talks on a trade agreement".
_TALKS = frozenset({"talk", "talks", "negotiation", "discussion", "consultation"})


def negotiations(noun: Token) -> Token | None:
    """The talks at which an agreement is sought, where it stands behind them."""
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ in ("on", "for", "over", "about", "toward", "towards", "of"):
        return head.head if head.head.lemma_.lower() in _TALKS else None
    return None


def _negotiators(document: Document, talks: Token) -> Iterator[Bound]:
    for token in roles.prepositional(talks, {"with", "between"}):
        yield from bound(document, token, "party.with")
    for child in talks.lefts:
        if child.dep_ in ("poss", "amod", "compound"):
            yield from bound(document, child, "party.owner")
    if talks.dep_ == "nsubj" and talks.head.dep_ == "conj" and talks.head.head.pos_ == "VERB":
        # "The firm refused the offer, and talks on a venture collapsed."
        for token in roles.subjects(talks.head.head):
            yield from bound(document, token, "party.subject")
    if talks.head.pos_ == "VERB" and talks.dep_ in ("dobj", "pobj"):
        for token in roles.subjects(talks.head):
            yield from bound(document, token, "party.subject")


def _between(document: Document, noun: Token) -> Iterator[Bound]:
    """The parties after "between" behind a noun, whatever the parser hangs it on, up to the next agreement."""
    doc, end = document.doc, min(noun.sent.end, noun.i + 45)
    nouns = table().nouns
    for i in range(noun.i + 1, end):
        token = doc[i]
        if token.lower_ in ("between", "among"):
            stop = next((k for k in range(i + 1, end) if doc[k].text in (",", ";", ":") or doc[k].pos_ == "VERB"), end)
            named = [Bound(party, at, "party.between") for party, at in document.ledger.parties(doc[i + 1 : stop])]
            if len(named) < 2:
                listed = [t for c in token.children if c.dep_ == "pobj" for t in roles.conjuncts(c)]
                named += [b for t in listed for b in _unknown(document, t, "party.between")]
            yield from named
            return
        lemma = token.lemma_.lower()
        if lemma in nouns and token.dep_ != "compound" and lemma not in field_words("nature"):
            return
