"""Finds the mentions of agreements: trigger words whose rule's conditions hold, with what governs them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from spacy.tokens import Token

from extractor.models import Party
from extractor.models.agreement import AgreementStatus
from extractor.nlp import triggers
from extractor.nlp.conditions import noun_fits, verb_fits, verb_key
from extractor.nlp.context import Assertion, assertion
from extractor.nlp.document import Document, Quantity
from extractor.nlp.triggers import Dated, Placed
from extractor.records.agreement.table import AgreementRule, table, verb_status

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})
#: Nouns that count a set of agreements as one: "a package of documents".
_SETS = frozenset(
    {
        "package",
        "series",
        "number",
        "set",
        "raft",
        "slew",
        "host",
        "range",
        "batch",
        "dozen",
        "bundle",
        "string",
        "couple",
        "text",
        "draft",
        "signing",
        "exchange",
    }
)
#: Nouns that stand for an agreement before the verb that makes or breaks it: "suspended its participation in".
_ASPECTS = frozenset({"participation", "membership", "implementation", "ratification", "obligation", "involvement"})
_DRAFT = frozenset({"draft", "proposed", "planned", "possible", "potential", "prospective", "pending", "future"})


@dataclass(slots=True)
class Bound:
    """A party of an agreement, the token that names it, the rule of its role, and whether it signed."""

    party: Party
    token: Token
    rule: str
    signed: bool = False


@dataclass(slots=True)
class Mention:
    """One mention of an agreement (token offsets), the verb that tells what became of it, and its arguments."""

    rule: AgreementRule
    head: Token
    start: int
    end: int
    name: tuple[int, int] | None
    definite: bool
    plural: bool
    quantity: Quantity | None
    verb: Token | None
    status: AgreementStatus
    told: bool
    cue: Token | None
    assertion: Assertion
    bound: list[Bound] = field(default_factory=list)
    dated: Dated | None = None
    placed: Placed | None = None

    @property
    def counted(self) -> tuple[Decimal | None, Decimal | None]:
        """How many agreements the mention speaks of, at least and at most."""
        if self.quantity is not None:
            return self.quantity.low, self.quantity.high
        return (None, None) if self.plural else (Decimal(1), Decimal(1))


def find_mentions(document: Document) -> list[Mention]:
    """Every mention of an agreement, in order."""
    rules = table()
    counts = {quantity.head: quantity for quantity in document.quantities if quantity.kind == "count"}
    out: list[Mention] = []
    taken = -1
    for token in document.doc:
        if token.i < taken:
            continue
        found = None
        if token.pos_ == "VERB":
            keyed = rules.of_verb(token)
            if keyed is not None:
                found = _verb(document, token, keyed)
        elif token.pos_ in ("NOUN", "PROPN"):
            nouns = rules.of_noun(token)
            if nouns is not None:
                found = _noun(document, token, nouns, counts, bool(out))
        if found is not None:
            out.append(found)
            if found.name is not None:
                taken = found.name[1]
    return out


def _verb(document: Document, verb: Token, rules: Sequence[AgreementRule]) -> Mention | None:
    if verb.dep_ == "amod":
        return None
    for rule in rules:
        if not verb_fits(document, verb, rule):
            continue
        if rule.binding and not _binds(verb):
            continue
        subjects = triggers.subjects(verb)
        if rule.joint and len(subjects) < 2 and not any(t.tag_ in ("NNS", "PRP", "DT") for t in subjects):
            continue
        bound = list(_bound_by_verb(document, verb))
        if rule.organization and not any(b.party.kind == "organization" for b in bound):
            continue
        if (
            rule.modal
            and verb.tag_ not in ("VBD",)
            and not any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
        ):
            continue
        told = assertion(verb)
        status: AgreementStatus = "signed"
        if told.status in ("planned", "forecast", "target"):
            status = "announced" if told.cue is not None and told.cue.lower_ in ("will", "to") else "planned"
        elif told.status == "hypothetical":
            status = "planned"
        elif told.status in ("denied", "cancelled"):
            status = "rejected"
        start, end = triggers.phrase(verb)
        mention = Mention(rule, verb, start, end, None, False, False, None, verb, status, True, told.cue, told, bound)
        mention.dated = triggers.attached_date(document, verb)
        mention.placed = triggers.attached_place(document, verb, frozenset({"in", "at"}))
        return mention
    return None


def _binds(verb: Token) -> bool:
    """Whether "agree" or "commit" binds to something: "to meet", "on a plan", "that they will meet"."""
    for child in verb.children:
        if child.i > verb.i and (
            child.dep_ in ("xcomp", "dobj") or (child.dep_ == "prep" and child.lower_ in ("on", "to", "upon"))
        ):
            return True
        if child.dep_ == "ccomp" and child.i > verb.i:
            if any(
                c.dep_ == "aux" and c.lower_ in ("will", "would", "should", "must", "to", "can", "not")
                for c in child.children
            ):
                return True
            return any(c.dep_ == "aux" and c.lower_ == "to" for c in child.lefts)
    return False


def _bound_by_verb(document: Document, verb: Token) -> Iterator[Bound]:
    for token in triggers.subjects(verb):
        yield from bound(document, token, "party.subject")
    for token in triggers.objects(verb):
        yield from bound(document, token, "party.object")
        for inner in triggers.prepositional(token, {"in", "of"}):
            if token.lemma_.lower() in ("stake", "share", "percent", "%", "unit", "business", "interest"):
                yield from bound(document, inner, "party.object")
        for child in token.lefts:
            if child.dep_ in ("compound", "poss", "nmod", "amod"):
                yield from bound(document, child, "party.object")
    for token in triggers.prepositional(verb, {"with", "from", "by"}):
        yield from bound(document, token, "party.with")


def bound(document: Document, token: Token, rule: str, *, signed: bool = False) -> Iterator[Bound]:
    """The parties that a token stands for; both of "the two sides"."""
    for party, at in triggers.parties(document, token):
        yield Bound(party, at, rule, signed)


def _noun(
    document: Document, noun: Token, rules: Sequence[AgreementRule], counts: dict[int, Quantity], seen: bool
) -> Mention | None:
    if noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i and noun.head.pos_ in ("NOUN", "PROPN"):
        return None
    start, end = triggers.phrase(noun)
    left = {token.lower_ for token in document.doc[start : noun.i]}
    name = triggers.proper_name(noun)
    if name is not None and noun.tag_ not in ("NNP", "NNPS") and name[1] - name[0] < 3:
        name = None
    for rule in rules:
        if not noun_fits(noun, rule, left):
            continue
        if rule.named and name is None:
            continue
        if name is not None and document.doc[name[0] : name[1]].text in rule.not_name:
            continue
        top = _whole(noun)
        if noun.dep_ == "pobj" and noun.head.lower_ == "in" and start == noun.i and noun.tag_ == "NN":
            return None
        verb = _governor(top)
        if rule.support and (verb is None or verb.lemma_ not in rule.support):
            continue
        definite = bool(left & _DEFINITE) or any(child.dep_ == "poss" for child in noun.lefts)
        bound_ = list(_bound_by_noun(document, noun, top, verb))
        if rule.two_parties and len({b.party.code or b.party.name for b in bound_}) < 2:
            continue
        quantity = counts.get(noun.i)
        status, told, cue, asserted = _status(noun, top, verb, left)
        if not _enough(noun, start, name, definite, seen, verb, bound_, quantity, rule):
            return None
        if top.i < noun.i:
            start = min(triggers.phrase(top)[0], start)
        if quantity is not None:
            start = min(start, quantity.start)
        if name is not None:
            start, end = min(start, name[0]), max(end, name[1])
        mention = Mention(
            rule,
            noun,
            start,
            end,
            name,
            definite,
            noun.tag_ in ("NNS", "NNPS"),
            quantity,
            verb,
            status,
            told,
            cue,
            asserted,
            bound_,
        )
        mention.dated = triggers.attached_date(document, noun)
        mention.placed = triggers.attached_place(document, noun, frozenset({"in", "at"})) if verb is not None else None
        return mention
    return None


def _whole(noun: Token) -> Token:
    """The head of the set a noun belongs to: "a package of documents"."""
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in _SETS:
        return head.head
    return noun


def _governor(noun: Token) -> Token | None:
    """The verb that an agreement is object or subject of, or the participle that modifies it ("documents signed")."""
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl") and child.tag_ == "VBN" and child.lemma_ in verb_status():
            return child
    node = noun
    for _ in range(12):
        head = node.head
        if node.dep_ in ("conj", "appos") and head.pos_ in ("NOUN", "PROPN") and head != node:
            node = head
            continue
        break
    if node.dep_ == "pobj" and node.head.head.lemma_ in _ASPECTS and node.head.lower_ in ("in", "of", "from"):
        node = node.head.head
    head = node.head
    if node.dep_ in ("dobj", "nsubjpass", "nsubj", "attr", "ROOT", "oprd") and head.pos_ in ("VERB", "AUX"):
        return head
    if node.dep_ == "pobj" and head.dep_ in ("prep", "agent") and head.head.pos_ == "VERB":
        return head.head
    return None


def _status(
    noun: Token, top: Token, verb: Token | None, left: set[str]
) -> tuple[AgreementStatus, bool, Token | None, Assertion]:
    """What became of an agreement, whether a verb tells it, and the token that says so."""
    asserted = assertion(top, eventive=True)
    base: AgreementStatus | None = None
    if verb is not None:
        base = verb_status().get(verb_key(verb)) or verb_status().get(verb.lemma_)
        if verb.lemma_ in ("end", "close", "fail") and noun.dep_ == "nsubj" and verb.lemma_ != "fail":
            base = "ended"
        if verb.lemma_ in ("reach", "sign", "conclude") and assertion(verb).status == "denied":
            return "rejected", True, assertion(verb).cue, asserted
        if base in ("signed", "announced") and asserted.status == "actual":
            above = assertion(verb)
            if above.status in ("planned", "forecast", "target", "hypothetical") and noun.dep_ != "nsubj":
                asserted = above
    if left & _DRAFT:
        cue = next(c for c in noun.lefts for c in c.subtree if c.lower_ in _DRAFT) if _has_left(noun) else None
        return "planned", True, cue, asserted
    if asserted.status in ("planned", "forecast", "target", "hypothetical"):
        if base in ("ended", "rejected"):
            return "signed", False, None, asserted
        return "planned", True, asserted.cue, asserted
    if asserted.status == "cancelled":
        return "ended", True, asserted.cue, asserted
    if asserted.status == "denied":
        return "rejected", True, asserted.cue, asserted
    if base is not None:
        return base, True, verb, asserted
    return "signed", False, None, asserted


def _has_left(noun: Token) -> bool:
    return any(c.lower_ in _DRAFT for child in noun.lefts for c in child.subtree)


def _enough(
    noun: Token,
    start: int,
    name: tuple[int, int] | None,
    definite: bool,
    seen: bool,
    verb: Token | None,
    bound_: Sequence[Bound],
    quantity: Quantity | None,
    rule: AgreementRule,
) -> bool:
    """Whether a noun speaks of one agreement or a set, and not of agreements at large."""
    if name is not None or quantity is not None:
        return True
    if verb is not None and (verb_key(verb) in verb_status() or verb.lemma_ in verb_status()):
        return True
    if definite and (seen or bound_):
        return True
    if any(b.rule in ("party.between", "party.owner") for b in bound_):
        return True
    has_article = start < noun.i
    reach = any(child.dep_ == "prep" and child.lower_ in ("on", "with", "between", "for") for child in noun.rights)
    return has_article and reach


def _between(document: Document, noun: Token) -> Iterator[Bound]:
    """The parties after "between" behind a noun, whatever the parser hangs it on, up to the next agreement."""
    doc, end = document.doc, min(noun.sent.end, noun.i + 45)
    nouns = table().nouns
    for i in range(noun.i + 1, end):
        token = doc[i]
        if token.lower_ in ("between", "among"):
            stop = next((k for k in range(i + 1, end) if doc[k].text in (",", ";", ":") or doc[k].pos_ == "VERB"), end)
            for party, at in document.ledger.parties(doc[i + 1 : stop]):
                yield Bound(party, at, "party.between")
            return
        if token.lemma_.lower() in nouns and token.dep_ != "compound":
            return


def _bound_by_noun(document: Document, noun: Token, top: Token, verb: Token | None) -> Iterator[Bound]:
    for child in noun.lefts:
        if child.dep_ in ("poss", "amod", "compound", "nmod"):
            yield from bound(document, child, "party.owner" if child.dep_ == "poss" else "party.modifier")
            for below in child.subtree:
                if below != child and below.pos_ in ("PROPN", "ADJ"):
                    yield from bound(document, below, "party.modifier")
    start = triggers.phrase(noun)[0]
    if start < noun.i and noun.pos_ == "PROPN":
        for party, at in document.ledger.parties(document.doc[start : noun.i]):
            yield Bound(party, at, "party.modifier")
    between = list(_between(document, noun))
    yield from between
    if between:
        return
    for token in triggers.prepositional(noun, {"with", "by", "of"}):
        yield from bound(document, token, "party.with")
    if verb is None or verb.lemma_ not in verb_status():
        return
    if noun.dep_ != "nsubj" or verb.dep_ in ("acl",):
        signed = verb.lemma_ in ("sign", "ink", "initial")
        for token in triggers.subjects(verb):
            if token not in (noun, top):
                yield from bound(document, token, "party.subject", signed=signed)
    for token in triggers.prepositional(verb, {"with", "between"}):
        yield from bound(document, token, "party.with")
