"""What became of an agreement: the verb that makes or breaks it, turned by the context of its clause."""

from spacy.tokens import Token

from extractor.models.agreement import AgreementStatus
from extractor.nlp.context import Assertion, assertion
from extractor.records.agreement.parties import negotiations, provided
from extractor.records.agreement.table import status_told

#: Nouns that count a set of agreements as one: "a package of documents".
_SETS = frozenset(
    {"package", "series", "number", "set", "raft", "slew", "host", "range", "batch", "dozen", "bundle", "string"}
    | {"couple", "text", "draft", "signing", "exchange", "extension", "renewal", "conclusion"}
)
#: Nouns that stand for an agreement before the verb that makes or breaks it: "suspended its participation in".
_ASPECTS = frozenset({"participation", "membership", "implementation", "ratification", "obligation", "involvement"})
_DRAFT = frozenset({"draft", "proposed", "planned", "possible", "potential", "prospective", "pending", "future"})
_INDEFINITE = frozenset({"a", "an", "any", "no"})
#: Words of an agreement in force: "the current contract".
_STANDING = frozenset({"current", "existing", "pre-existing", "longstanding"})
#: Nouns that make a plan of the verb below them: "its attempt to take over Aer Lingus".
_ATTEMPTS = frozenset(
    {"attempt", "bid", "effort", "offer", "proposal", "plan", "talk", "talks", "intention", "interest"}
)


#: Verbs of making an agreement, which it is refused by where they are denied: "was not supported".
_MAKING = frozenset({"reach", "sign", "conclude", "support", "back", "accept", "approve", "endorse", "adopt"})
#: Verbs by which someone is set to make an agreement: "directed the Secretariat to finalise a treaty".
_DIRECTING = frozenset(
    {"direct", "instruct", "task", "mandate", "order", "urge", "ask", "tell", "call", "encourage", "want"}
)


#: Verbs of keeping to an agreement that is in force, be it only asked for.
_KEEPING = frozenset({"implement", "honour", "honor", "uphold", "respect", "observe"})
#: Verbs of making an agreement that is not made while they go on: "are finalising a contract".
_GOING_ON = frozenset({"finalise", "finalize", "conclude", "complete", "close", "ratify"})


def _going_on(verb: Token) -> bool:
    """Whether an agreement is still being made: "are finalising", "is being concluded"."""
    if verb.lemma_ not in _GOING_ON:
        return False
    return (verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)) or any(
        c.dep_ == "auxpass" and c.lower_ == "being" for c in verb.children
    )


def _yet(verb: Token) -> bool:
    """Whether it has yet to be done: "has yet to ratify", "is yet to be signed"."""
    before = [token.lower_ for token in verb.doc[max(0, verb.i - 3) : verb.i]]
    return "yet" in before and "to" in before


def _negotiated(verb: Token, noun: Token) -> bool:
    """Whether an agreement is told by how it was come to: "the truce negotiated in May"."""
    if verb.lemma_ not in ("negotiate", "hammer", "work") or verb.tag_ != "VBN":
        return False
    # The parser may take the participle for the verb of a clause: "The truce negotiated in May has held".
    behind = verb.head == noun if verb.dep_ == "acl" else verb.dep_ == "ccomp" and noun.i + 1 == verb.i
    return behind and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def whole(noun: Token) -> Token:
    """The head of the set a noun belongs to: "a package of documents"."""
    for _ in range(3):
        head = noun.head
        if noun.dep_ != "pobj" or head.lower_ != "of" or head.head.lemma_.lower() not in _SETS:
            break
        noun = head.head
    return noun


def governor(noun: Token) -> Token | None:
    """The verb that an agreement is object or subject of, or the participle that modifies it ("documents signed")."""
    if noun.dep_ in ("nsubj", "nsubjpass") and noun.head.pos_ == "VERB":
        verb = _told_last(noun.head)
        if verb is not None:
            return verb
    for child in noun.rights:
        if child.pos_ != "VERB" or status_told(child) is None:
            continue
        if (child.dep_ == "acl" and child.tag_ == "VBN") or (child.dep_ == "relcl" and child.tag_ in ("VBN", "VBD")):
            return child
    node = _head_of_list(noun)
    if node.dep_ == "pobj" and node.head.head.lemma_ in _ASPECTS and node.head.lower_ in ("in", "of", "from"):
        node = node.head.head
    head = node.head
    if node.dep_ in ("dobj", "nsubjpass", "nsubj", "attr", "ROOT", "oprd") and head.pos_ in ("VERB", "AUX"):
        return head
    if node.dep_ == "pobj" and head.dep_ == "prep" and head.head.dep_ == "advmod" and head.head.head.pos_ == "VERB":
        # "walked away from the deal"
        return head.head.head
    if node.dep_ == "pobj" and head.lower_ == "on" and head.head.lemma_ in ("agreement", "consensus"):
        # "did not reach agreement on a treaty"
        return governor(head.head)
    if node.dep_ == "pobj" and head.lower_ == "including":
        # "documents were adopted, including a plan"
        return head.head if head.head.pos_ == "VERB" else governor(whole(head.head)) if head.head.i < head.i else None
    if node.dep_ == "pobj" and head.dep_ in ("prep", "agent") and head.head.pos_ == "VERB":
        # "a protocol on introducing amendments to the agreement" introduces no agreement.
        return None if head.head.dep_ == "pcomp" else head.head
    return None


def _told_last(verb: Token) -> Token | None:
    """The verb that tells what became of the subject of a verb, where it is not a participle behind it: "A pact concluded
    in June collapsed", "The loan bears interest and will be signed in May"."""
    if status_told(verb) in ("ended", "rejected"):
        return verb
    wanted = ("ended", "rejected") if status_told(verb) is not None else ("signed", "announced", "ended", "rejected")
    for child in verb.rights:
        if child.dep_ in ("ccomp", "conj") and child.pos_ == "VERB" and status_told(child) in wanted:
            passive = any(c.dep_ == "auxpass" for c in child.children)
            alone = not any(c.dep_ in ("nsubj", "nsubjpass", "mark") for c in child.children)
            if alone and (passive or status_told(child) in ("ended", "rejected")):
                return child
    return None


def _head_of_list(noun: Token) -> Token:
    """The first of the things joined to a noun; where the parser joined it to what lies below the one before it ("a
    memorandum on mining, a protocol on beef and a joint statement"), the one before."""
    node = noun
    for _ in range(12):
        head = node.head
        if node.dep_ in ("conj", "appos") and head.pos_ in ("NOUN", "PROPN") and head != node:
            node = head
        elif node != noun and node.dep_ == "pobj" and head.head.pos_ in ("NOUN", "PROPN") and _has_article(noun):
            node = head.head
        else:
            break
    return node


def _has_article(noun: Token) -> bool:
    return any(child.lower_ in ("a", "an", "the", "another") or child.tag_ == "CD" for child in noun.lefts)


def status_of_noun(
    noun: Token, top: Token, verb: Token | None, left: set[str]
) -> tuple[AgreementStatus, bool, Token | None, Assertion]:
    """What became of an agreement, whether a verb tells it, and the token that says so."""
    asserted = assertion(top, eventive=True)
    base: AgreementStatus | None = None
    if verb is not None:
        base = status_told(verb)
        if verb.lemma_ in ("end", "close", "fail") and noun.dep_ == "nsubj" and verb.lemma_ != "fail":
            base = "ended"
        if verb.lemma_ in _MAKING and assertion(verb).status == "denied":
            return "rejected", True, assertion(verb).cue, asserted
        if verb.lemma_ in _KEEPING and asserted.status not in ("denied", "cancelled"):
            return "signed", True, verb, asserted
        if base == "signed" and verb.dep_ in ("xcomp", "ccomp") and verb.head.lemma_ in _DIRECTING:
            return "planned", True, verb.head, asserted
        if base in ("signed", "announced") and asserted.status == "actual":
            above = assertion(verb)
            if above.status in ("planned", "forecast", "target", "hypothetical") and noun.dep_ != "nsubj":
                asserted = above
        if base in ("ended", "rejected") and assertion(verb).status in ("hypothetical", "planned", "forecast"):
            # "if the deal fails": it stands.
            return "signed", False, None, asserted
        if base == "signed" and (_yet(verb) or _going_on(verb)):
            return "planned", True, verb, asserted
        if base == "planned" and _negotiated(verb, noun) and not left & _DRAFT:
            return "signed", True, verb, asserted
        if (
            base == "signed"
            and verb.dep_ == "acl"
            and verb.head == noun
            and not any(c.dep_ == "aux" for c in verb.children)
        ):
            # "committed to the agreements reached in May"
            return base, True, verb, asserted
        if base == "signed" and verb.tag_ == "VB" and verb.dep_ in ("xcomp", "advcl") and verb.head.lemma_ == "work":
            return "planned", True, verb.head, asserted
    if left & _STANDING:
        return "signed", False, None, asserted
    if provided(noun) is not None and base is None and not left & (_DRAFT | _INDEFINITE):
        # "Under the treaty they will open their sites": what is to be done under it tells that it stands.
        return "signed", False, None, asserted
    sought = _sought(noun)
    if sought is not None and sought.dep_ in ("nsubj", "nsubjpass") and sought.head.pos_ == "VERB":
        # "talks on a joint venture collapsed"
        ended = status_told(sought.head)
        if ended in ("ended", "rejected") and assertion(sought.head).status == "actual":
            return "rejected", True, sought.head, asserted
    if sought is not None and (sought.lower_ in ("close", "closer") or base not in ("signed", "rejected", "ended")):
        return "planned", True, sought, asserted
    if left & _DRAFT and base in ("ended", "rejected"):
        # "walked away from a planned takeover"
        return "rejected", True, verb, asserted
    if left & _DRAFT:
        cue = next((c for child in noun.lefts for c in child.subtree if c.lower_ in _DRAFT), None)
        return "planned", True, cue, asserted
    committed = asserted.cue is not None and asserted.cue.lemma_ == "commitment"
    if committed and noun.pos_ == "PROPN" and base is None:
        # "their commitment to the Paris Agreement"
        return "signed", False, None, asserted
    if asserted.status in ("planned", "forecast", "target", "hypothetical"):
        if base in ("ended", "rejected") and verb is not None:
            # What a relative clause tells of it holds, whatever its own clause supposes: "a pact, which lapsed, would".
            return (base, True, verb, asserted) if verb.head == noun else ("signed", False, None, asserted)
        return "planned", True, asserted.cue, asserted
    if asserted.status == "cancelled":
        return "ended", True, asserted.cue, asserted
    if asserted.status == "denied":
        return "rejected", True, asserted.cue, asserted
    if base is not None:
        return base, True, verb, asserted
    return "signed", False, None, asserted


def _sought(noun: Token) -> Token | None:
    """The word that says an agreement is still sought: "talks on a treaty", "close to a deal"."""
    talks = negotiations(noun)
    if talks is not None:
        return talks
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ in ("to", "toward", "towards") and head.head.lower_ in ("close", "closer"):
        return head.head
    top = whole(noun)
    if top.dep_ == "pobj" and top.head.lower_ in ("toward", "towards"):
        return top.head
    if noun.dep_ == "dobj" and head.dep_ == "pcomp" and head.head.head.lower_ in ("close", "closer"):
        # "close to signing the agreement"
        return head.head.head
    return None


def status_of_verb(verb: Token) -> tuple[AgreementStatus, Assertion]:
    """What became of an agreement that a verb tells."""
    told = assertion(verb)
    if verb.dep_ == "acl" and verb.tag_ == "VB" and verb.head.lemma_.lower() in _ATTEMPTS:
        above = governor(verb.head)
        failed = above is not None and status_told(above) == "rejected"
        return ("rejected" if failed else "planned"), told
    if told.status in ("planned", "forecast", "target"):
        future = told.cue is not None and told.cue.lower_ in ("will", "to", "'ll") and told.rule != "context.governor"
        return ("announced" if future else "planned"), told
    if told.status == "hypothetical":
        return "planned", told
    if told.status in ("denied", "cancelled"):
        return "rejected", told
    return "signed", told
