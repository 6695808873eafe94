"""Finds the mentions of agreements: trigger words whose rule's conditions hold, with what governs them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from spacy.tokens import Token

from extractor.models.agreement import AgreementStatus
from extractor.nlp import proper_names, roles, time_and_place
from extractor.nlp.conditions import any_word, noun_fits, verb_fits
from extractor.nlp.context import Assertion
from extractor.nlp.document import Document, Quantity
from extractor.nlp.time_and_place import Dated, Placed
from extractor.records.agreement.listing import Listing
from extractor.records.agreement.parties import Bound, bound_by_listing, bound_by_noun, bound_by_verb, negotiations
from extractor.records.agreement.status import governor, status_of_noun, status_of_verb, whole
from extractor.records.agreement.table import AgreementRule, field_words, status_told, table, verb_status

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})
#: Verbs that with what they end make a ceasefire: "agreed to halt fighting".
_HALTING = frozenset({"halt", "stop", "end", "cease", "suspend", "pause", "observe"})
_FIGHTING = frozenset({"fighting", "hostility", "war", "attack", "bloodshed", "fire", "violence", "conflict", "truce"})


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
    #: Where its sentence starts.
    sentence: int = field(init=False)

    def __post_init__(self) -> None:
        self.sentence = self.head.sent.start

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
    listing = Listing()
    out: list[Mention] = []
    taken = -1
    for token in rules.candidates(document.doc):
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
                found = _noun(document, token, nouns, counts, bool(out), listing)
        elif token.text == "-" and 0 < token.i < len(document.doc) - 1:
            # "cease-fire"
            after = document.doc[token.i + 1]
            nouns = rules.nouns.get(f"{document.doc[token.i - 1].lower_}-{after.lower_}")
            if nouns is not None:
                found = _noun(document, after, nouns, counts, bool(out), listing)
        if found is not None and (not out or found.head != out[-1].head):
            out.append(found)
            if found.name is not None:
                taken = found.name[1]
    told = {mention.head.i: mention for mention in out}
    for mention in out:
        _fold_act(mention, told)
    return [mention for mention in out if mention.head.i in told and not _told_below(mention, told.keys())]


def _fold_act(mention: Mention, told: dict[int, Mention]) -> None:
    """Make one of an agreement and what it is to do: "an agreement to sell its mine", "a letter of intent to merge"."""
    verb = mention.head
    if verb.pos_ != "VERB" or mention.rule.kind != "contract" or verb.dep_ not in ("acl", "xcomp"):
        return
    above = told.get(verb.head.i)
    if above is None and verb.head.dep_ == "pobj":
        above = told.get(verb.head.head.head.i)
    near = told.get(verb.i - 3)
    if above is None and near is not None and verb.doc[verb.i - 2].lower_ == "intent":
        above = near
    if above is None or above.head.pos_ == "VERB":
        return
    if above.rule.id == "agreement.noun":
        above.rule = mention.rule
    known = {item.token.i for item in above.bound}
    above.bound += [item for item in mention.bound if item.token.i not in known]
    del told[verb.i]


def _told_below(mention: Mention, told: Container[int]) -> bool:
    """Whether what was agreed is itself an agreement: "agreed to a ceasefire", "agreed to acquire its rival"."""
    head = mention.head
    if head.dep_ == "relcl" and head.head.i in told:
        # "the ceasefire that the two agreed to"
        return True
    if head.lemma_ == "agreement" and any(token.i in told for token in roles.prepositional(head, {"on"})):
        return not mention.definite
    if mention.rule.id != "agreement.agreed":
        return False
    below = [c for c in mention.head.children if c.dep_ in ("xcomp", "dobj")]
    below += roles.prepositional(mention.head, {"on", "to", "upon"})
    below += [t for c in below if c.pos_ == "VERB" for t in roles.objects(c) if c.lemma_ in verb_status()]
    return any(token.i in told for token in below)


def _verb(document: Document, verb: Token, rules: Sequence[AgreementRule]) -> Mention | None:
    if verb.dep_ == "amod" or _only_advised(verb) or _in_passing(verb) or _habitual(verb):
        return None
    for rule in rules:
        if not verb_fits(document, verb, rule) or not _suits(document, verb, rule):
            continue
        bound = list(bound_by_verb(document, verb))
        if rule.organization and not any(b.party.kind == "organization" for b in bound):
            continue
        if rule.to_party and len({b.party.name for b in bound}) < 2:
            continue
        if rule.into_body and not any(b.rule == "party.with" and b.party.kind == "organization" for b in bound):
            continue
        status, told = status_of_verb(verb)
        if status == "announced" and rule.id == "agreement.pursue_jointly":
            status = "planned"
        if verb.dep_ == "xcomp" and verb.head.lemma_ == "agree":
            status, told = status_of_verb(verb.head)
        start, end = roles.phrase(verb)
        if verb.dep_ == "acl" and verb.head.lemma_.lower() in ("commitment", "pledge", "promise", "agreement"):
            # "the commitment of Japan to provide $28 million"
            start = roles.phrase(verb.head)[0]
        mention = Mention(rule, verb, start, end, None, False, False, None, verb, status, True, told.cue, told, bound)
        mention.dated = time_and_place.attached_date(document, verb)
        mention.placed = time_and_place.attached_place(document, verb, frozenset({"in", "at"}))
        return mention
    return None


#: Verbs by which one tells another what to do, which binds neither.
_ADVISING = frozenset({"tell", "urge", "recommend", "advise", "ask", "warn", "encourage", "press", "call"})


def _only_advised(verb: Token) -> bool:
    """Whether someone is only told to do it, or not to: "told airlines not to buy aircraft"."""
    node = verb
    while node.dep_ == "conj" and node.head.pos_ == "VERB":
        node = node.head
    return node.dep_ in ("xcomp", "ccomp", "advcl") and node.head.lemma_ in _ADVISING


_OFTEN = frozenset({"usually", "often", "typically", "normally", "generally", "always", "frequently", "regularly"})


def _habitual(verb: Token) -> bool:
    """Whether a verb tells what is done at large: "airlines that buy European jets", "usually award contracts"."""
    if verb.dep_ == "relcl" and verb.tag_ == "VBP" and verb.head.tag_ == "NNS" and not _determined(verb.head):
        return True
    return any(child.dep_ == "advmod" and child.lower_ in _OFTEN for child in verb.children)


def _in_passing(verb: Token) -> bool:
    """Whether a failure to agree only tells why something else came to nothing: "quit the deal after failing to agree"."""
    head = verb.head
    return verb.lemma_ == "agree" and head.lemma_ == "fail" and head.dep_ == "pcomp"


def _suits(document: Document, verb: Token, rule: AgreementRule) -> bool:
    """Whether a verb meets what a rule of agreements asks of it beyond the common conditions."""
    if rule.binding and not _binds(verb):
        return False
    if rule.truce and not _halts(verb):
        return False
    if rule.object_left:
        lefts = [child for token in roles.objects(verb) for child in token.lefts]
        if not any_word(lefts, rule.object_left):
            return False
    if rule.joint:
        subjects = roles.subjects(verb)
        if len(subjects) < 2 and not any(t.tag_ in ("NNS", "PRP", "DT") for t in subjects):
            return False
    return not rule.modal or verb.tag_ == "VBD" or any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def _halts(verb: Token) -> bool:
    """Whether a verb agrees to end a fight: "agreed to halt fighting", "agreed to a halt in hostilities"."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.lemma_ in _HALTING:
            objects = [c for c in child.children if c.dep_ == "dobj"]
            return any(t.lemma_.lower() in _FIGHTING for o in objects for t in o.subtree)
    return False


def _binds(verb: Token) -> bool:
    """Whether "agree" or "commit" binds to something: "to meet", "on a plan", "that they will meet"."""
    agrees = verb.lemma_ == "agree"
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "xcomp" or (child.dep_ == "dobj" and agrees):
            return True
        if child.dep_ == "prep" and child.lower_ in ("on", "to", "upon"):
            # "something we can all agree on" and "agreed on the importance of peace" bind to nothing.
            below = [inner for inner in child.children if inner.i > child.i]
            if below:
                return below[0].lemma_.lower() not in ("importance", "need", "significance", "urgency")
        if child.dep_ == "ccomp":
            modals = {c.lower_ for c in child.children if c.dep_ == "aux"}
            return bool(modals & _BINDING) or (bool(modals) and agrees and _several(roles.subjects(verb)))
    return False


def _several(subjects: Sequence[Token]) -> bool:
    return len(subjects) > 1 or any(t.tag_ in ("NNS", "NNPS") or t.lower_ in ("they", "both") for t in subjects)


#: Auxiliaries of what is agreed to be done; "must" and "should" tell the opinion of one, but what two hold each other to.
_BINDING = frozenset({"will", "would", "shall", "to"})


def _noun(
    document: Document,
    trigger: Token,
    rules: Sequence[AgreementRule],
    counts: dict[int, Quantity],
    seen: bool,
    listing: Listing,
) -> Mention | None:
    noun, carrier = trigger, None
    if trigger.dep_ in ("compound", "nmod") and trigger.head.i > trigger.i and trigger.head.pos_ in ("NOUN", "PROPN"):
        noun, carrier = trigger.head, trigger.head.lemma_.lower()
    start, end = roles.phrase(noun)
    left = {token.lower_ for token in document.doc[start : noun.i]}
    name = proper_names.proper_name(noun)
    if name is not None and noun.tag_ not in ("NNP", "NNPS") and name[1] - name[0] < 3:
        name = None
    opener = listing.opener(noun)
    for rule in rules:
        if carrier is not None and carrier not in rule.carried:
            continue
        if carrier is None and rule.carried:
            continue
        if not noun_fits(noun, rule, left) or (rule.named and name is None):
            continue
        if name is not None and document.doc[name[0] : name[1]].text in rule.not_name:
            continue
        if not _noun_suits(noun, rule, left):
            continue
        mention = _mention(document, noun, rule, (start, end), left, name, counts, seen, carrier is not None, opener)
        if mention is not None and not (rule.organization and not _binds_body(mention)):
            return mention
    return None


def _adopted(noun: Token) -> bool:
    """Whether a participle of adopting stands right behind a noun, be it taken for the verb of a clause."""
    after = noun.doc[noun.i + 1] if noun.i + 1 < noun.sent.end else noun
    return after.lemma_ in _ADOPTING and after.tag_ in ("VBN", "VBD") and after.dep_ != "ROOT"


def _binds_body(mention: Mention) -> bool:
    return any(item.party.kind == "organization" for item in mention.bound)


#: Verbs by which several adopt a plan together.
_ADOPTING = frozenset({"adopt", "endorse", "agree", "sign", "approve", "conclude"})
#: Words of a sum or a term before a loan: "a $1.3 billion programme", "a three-year credit".
_SUMS = frozenset({"$", "us$", "€", "£", "million", "billion", "year", "month"})


def _noun_suits(noun: Token, rule: AgreementRule, left: set[str]) -> bool:
    """Whether a noun meets what a rule of agreements asks of it beyond the common conditions."""
    if rule.to_act and not any(child.dep_ == "acl" and child.tag_ == "VB" for child in noun.rights):
        return False
    if rule.adopted and not _adopted(noun):
        return False
    if rule.common and noun.pos_ == "PROPN":
        return False
    if rule.sum_or_term and not left & _SUMS:
        return False
    return not rule.negotiated or negotiations(noun) is not None


def _mention(
    document: Document,
    noun: Token,
    rule: AgreementRule,
    extent: tuple[int, int],
    left: set[str],
    name: tuple[int, int] | None,
    counts: dict[int, Quantity],
    seen: bool,
    carried: bool,
    opener: Token | None,
) -> Mention | None:
    start, end = extent
    top = whole(noun)
    if noun.dep_ == "pobj" and _at_large(noun, start):
        return None
    verb = opener or governor(top)
    if verb is not None and _habitual(verb):
        return None
    if (
        opener is None
        and negotiations(top) is None
        and rule.support
        and (verb is None or verb.lemma_ not in rule.support)
    ):
        return None
    definite = bool(left & _DEFINITE) or any(child.dep_ == "poss" for child in noun.lefts)
    bound = [b for b in bound_by_noun(document, noun, top, verb, rule) if _is_party(b, name)]
    if rule.two_parties and len({b.party.code or b.party.name for b in bound}) < 2:
        return None
    if rule.bids and not any(b.party.kind == "organization" for b in bound):
        return None
    quantity = counts.get(noun.i)
    cue: Token | None
    if opener is not None:
        status, asserted = status_of_verb(opener)
        status = verb_status()[opener.lemma_] if status == "signed" else "planned"
        told, cue = True, opener
        bound += [b for b in bound_by_listing(document, opener) if len(bound) < 2]
    else:
        status, told, cue, asserted = status_of_noun(noun, top, verb, left)
    if (carried or rule.bids) and status not in ("rejected", "ended"):
        status, told, cue = "planned", True, noun
    enough = opener is not None or carried or rule.bids or (told and status == "planned" and cue is not None)
    if not enough and not _enough(noun, start, name, definite, seen, verb, bound, quantity):
        return None
    if top.i < noun.i:
        start = min(roles.phrase(top)[0], start)
    if quantity is not None:
        start = min(start, quantity.start)
    if name is not None:
        start, end = min(start, name[0]), max(end, name[1])
    plural = noun.tag_ in ("NNS", "NNPS")
    mention = Mention(
        rule, noun, start, end, name, definite, plural, quantity, verb, status, told, cue, asserted, bound
    )
    told_by = verb if verb is not None and verb.dep_ in ("acl", "relcl") and verb.head == noun else noun
    mention.dated = time_and_place.attached_date(document, told_by)
    if told_by == noun and (mention.dated is None or mention.dated.rule == "date.sentence"):
        mention.dated = _made_on(document, noun) or mention.dated
    mention.placed = (
        time_and_place.attached_place(document, noun, frozenset({"in", "at"})) if verb is not None else None
    )
    return mention


def _made_on(document: Document, noun: Token) -> Dated | None:
    """When an agreement was made that a relative clause tells of: "going back on the deal it struck in March"."""
    for child in noun.rights:
        if child.dep_ in ("relcl", "acl") and child.tag_ in ("VBD", "VBN") and status_told(child) == "signed":
            own = time_and_place.attached_date(document, child)
            if own is not None and own.rule != "date.sentence":
                return own
            # The time right behind it is its own, be it hung on the verb above.
            return time_and_place.date_behind(document, child) or own
    return None


def _at_large(noun: Token, start: int) -> bool:
    """Whether agreements are spoken of as a means and not as such: "in agreement", "via long-term contracts"."""
    if noun.head.lower_ == "of" and start == noun.i:
        # "a memorandum of settlement"
        return noun.head.head.lemma_.lower() in field_words("paper")
    if noun.head.lower_ == "in":
        return start == noun.i and noun.tag_ == "NN"
    return noun.head.lower_ in ("via", "through") and noun.tag_ == "NNS" and not _determined(noun)


def _determined(noun: Token) -> bool:
    return any(child.dep_ in ("det", "poss", "nummod") for child in noun.lefts)


def _is_party(bound: Bound, name: tuple[int, int] | None) -> bool:
    """Whether a body is a party: not "the Ministries of Culture" of two states, nor but the name of the agreement
    itself, which the recognizer took for one."""
    if bound.party.kind != "organization":
        return True
    if bound.party.name.startswith(("Ministries", "Departments", "Governments")):
        return False
    return name is None or not name[0] <= bound.token.i < name[1]


def _enough(
    noun: Token,
    start: int,
    name: tuple[int, int] | None,
    definite: bool,
    seen: bool,
    verb: Token | None,
    bound: Sequence[Bound],
    quantity: Quantity | None,
) -> bool:
    """Whether a noun speaks of one agreement or a set, and not of agreements at large."""
    if name is not None or quantity is not None:
        return True
    if verb is not None and status_told(verb) is not None:
        return True
    if definite and (seen or bound or (noun.dep_ == "pobj" and noun.head.lower_ == "under")):
        return True
    if any(b.rule in ("party.between", "party.owner") for b in bound):
        return True
    if noun.tag_ == "NNS" and any(c.dep_ == "prep" and c.lower_ == "with" for c in noun.rights) and bound:
        return True
    has_article = start < noun.i or whole(noun) != noun
    return has_article and (any(map(_reaches, noun.rights)) or negotiations(noun) is not None)


def _reaches(child: Token) -> bool:
    """Whether what stands behind a noun makes one agreement of it: "on trade", "of understanding", "under which"."""
    if child.dep_ == "prep" and child.lower_ == "of":
        return any(inner.lemma_.lower() in field_words("nature") for inner in child.children)
    if child.dep_ == "acl":
        return child.tag_ == "VB"
    if child.dep_ == "relcl":
        return any(inner.dep_ == "prep" and inner.lower_ == "under" for inner in child.lefts)
    return child.dep_ == "prep" and child.lower_ in ("on", "with", "between", "for", "by")
