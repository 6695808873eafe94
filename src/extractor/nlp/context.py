"""Context of a mention: whether it holds, is planned, hypothetical or denied, and who reports it.

In the manner of ConText (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002): cues with a kind and a scope. The scope
is found by syntax: from the mention up through the words that govern it, the nearest cue deciding. The cues are the
table `data/context_cues.csv`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from extractor.nlp.gazetteers import rows
from extractor.nlp.speakers import name_of, speaker_lines

Status = Literal["actual", "planned", "cancelled", "hypothetical", "denied", "target", "forecast"]

#: Steps up the tree after which a cue says nothing of the mention any more.
_REACH = 8

#: Relations through which the assertion of a verb reaches the noun below it.
_ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "oprd", "dative", "pobj", "obj"})

#: Prepositions between a verb and the event it takes part in: "will meet at the summit".
_TRANSPARENT = frozenset(
    {"at", "in", "for", "during", "on", "with", "to", "into", "within", "alongside", "by", "of", "under"}
)


@dataclass(frozen=True, slots=True)
class Assertion:
    """How a mention is asserted, and the token that says so (None where it holds by default)."""

    status: Status
    cue: Token | None
    rule: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who reports a mention: the tokens that name the source and the cue ("said", "according to").

    The cue of a transcript's speaker line is its colon.
    """

    source: DocSpan
    cue: Token
    rule: str


ACTUAL = Assertion("actual", None, "context.default")


@cache
def cues(part: str) -> dict[str, Status]:
    """The cues of one kind ("verb", "noun", "adjective", "modal", "mark", "negation") with what they assert."""
    return {row["cue"]: cast(Status, row["status"]) for row in rows("context_cues") if row["part"] == part}


@cache
def words(part: str) -> frozenset[str]:
    """The cues of one kind that carry no status ("support", "speech", "prepositional")."""
    return frozenset(row["cue"] for row in rows("context_cues") if row["part"] == part)


def assertion(token: Token, *, eventive: bool = False) -> Assertion:
    """How the clause around `token` is asserted.

    With `eventive` the token is a noun that names an event or an agreement, and a verb speaks for it only when it
    tells of its taking place ("will hold talks") and not when it acts upon it later ("will discuss the war").
    """
    own = _of_noun(token) if token.pos_ in ("NOUN", "PROPN") else None
    if own is not None and own.status != "planned":
        return own
    above = _above(token, eventive)
    # What was planned may be called off in the same breath: "the planned summit was cancelled".
    return above if own is None or above.status in ("cancelled", "denied") else own


def _above(token: Token, eventive: bool) -> Assertion:
    """What the words above a mention in the tree say of it."""
    node = token
    for _ in range(_REACH):
        if node.pos_ in ("VERB", "AUX"):
            found = _of_verb(node, token)
            if found is not None:
                return found
        head = node.head
        if head == node:
            break
        step = _step(node, head, token, eventive)
        if isinstance(step, Assertion):
            return step
        if step is None:
            break
        node = step
    return ACTUAL


def _of_noun(noun: Token) -> Assertion | None:
    """What the words inside the noun phrase say: "no talks", "the planned summit", "talks scheduled for Monday"."""
    for child in noun.children:
        dep, lower = child.dep_, child.lower_
        if dep in ("det", "neg") and lower == "no":
            return Assertion("denied", child, "context.negation")
        if dep in ("amod", "compound", "nmod") and lower in cues("adjective"):
            return Assertion(cues("adjective")[lower], child, "context.adjective")
        if dep == "acl" and child.i > noun.i and child.tag_ == "VBN":
            status = cues("verb").get(_verb_key(child))
            if status in ("planned", "cancelled", "forecast") and child.lemma_ not in ("agree", "decide", "approve"):
                return Assertion(status, child, "context.participle")
        if dep == "relcl" and any(c.dep_ == "nsubjpass" and c.lower_ in ("which", "that") for c in child.lefts):
            # "the talks, which are scheduled to take place in May,"
            status = cues("verb").get(_verb_key(child))
            if status in ("planned", "cancelled", "forecast") and child.lemma_ not in ("agree", "decide", "approve"):
                return Assertion(status, child, "context.participle")
    return None


def _of_verb(verb: Token, mention: Token) -> Assertion | None:
    """What modals, negation and conjunctions say of a verb's clause."""
    modal = negation = mark = infinitive = None
    for child in verb.children:
        dep, lower = child.dep_, child.lower_
        if dep == "aux":
            if lower in cues("modal"):
                modal = child
            elif child.tag_ == "TO":
                infinitive = child
            if any(inner.lower_ == "n’t" for inner in child.rights):
                # the parser knows only the straight apostrophe
                negation = child
        elif dep == "neg" or (
            dep in ("advmod", "preconj", "cc", "det") and lower in ("never", "nor", "neither", "n’t")
        ):
            negation = child
        elif dep in ("mark", "advmod") and lower in cues("mark") and child.i < verb.i:
            mark = child
        elif dep in ("nsubj", "nsubjpass") and child != mention and _has_no(child):
            negation = child
    if mark is not None and cues("mark")[mark.lower_] == "hypothetical":
        return Assertion("hypothetical", mark, "context.conditional")
    if negation is not None and verb.lemma_ not in ("cancel", "postpone", "deny"):
        return Assertion("denied", negation, "context.negation")
    if negation is not None:
        return Assertion("actual", negation, "context.negation")
    if modal is not None:
        if verb.lemma_ == "like" and any(c.dep_ == "xcomp" and c.lemma_ in _COURTESIES for c in verb.children):
            # "I would like to thank you for your visit"
            return None
        if modal.lower_ in ("would", "'d", "’d") and _told_in_past(verb):
            return Assertion("planned", modal, "context.modal")
        return Assertion(cues("modal")[modal.lower_], modal, "context.modal")
    if mark is not None:
        return Assertion("planned", mark, "context.conditional")
    if infinitive is not None and _to_come(verb):
        return Assertion("planned", infinitive, "context.infinitive")
    if infinitive is None and verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.pos_ in ("VERB", "AUX"):
        return _of_verb(verb.head, mention)
    return None


#: Verbs whose infinitive the parser takes for one of purpose: "committed to hold elections".
_PROMISES = frozenset({"commit", "pledge", "vow"})
#: What one "would like" to do and does by saying so.
_COURTESIES = frozenset(
    {"thank", "congratulate", "note", "stress", "say", "express", "emphasize", "emphasise", "recall"}
)


def _to_come(verb: Token) -> bool:
    """Whether an infinitive alone says that something is to come: "plants to be closed", the headline "Li to visit"."""
    if verb.dep_ == "ROOT":
        return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.lefts)
    return verb.dep_ in ("relcl", "acl") and _passive(verb)


def _has_no(noun: Token) -> bool:
    return any(child.lower_ == "no" and child.dep_ in ("det", "neg") for child in noun.lefts)


def _told_in_past(verb: Token) -> bool:
    """Whether the clause of `verb` is what someone said, so that its "would" is a "will" told later."""
    node = verb
    while node.dep_ == "conj":
        node = node.head
    return node.dep_ == "ccomp" and (node.head.tag_ in ("VBD", "VBN", "VBG") and node.head.lemma_ in words("speech"))


def _step(node: Token, head: Token, mention: Token, eventive: bool) -> Token | Assertion | None:
    """One step up: the next token to look at, an assertion found on the way, or None where the scope ends."""
    dep = node.dep_
    noun = node == mention and node.pos_ in ("NOUN", "PROPN") and eventive
    if head.pos_ in ("NOUN", "PROPN"):
        return _through_noun(node, head, dep, mention, eventive)
    if head.pos_ == "ADP" or dep == "pcomp":
        if head.lower_ == "without":
            return Assertion("denied", head, "context.negation")
        verb = head.head
        if head.dep_ == "prep" and verb.pos_ in ("VERB", "AUX", "ADJ"):
            key = f"{verb.lemma_}_{head.lower_}"
            if key in cues("verb"):
                return _governed(verb, key)
            if noun and head.lower_ not in _TRANSPARENT:
                return None
        return head
    if head.pos_ == "ADJ":
        if head.lower_ in cues("adjective") and dep in ("xcomp", "prep", "ccomp", "pobj"):
            return Assertion(cues("adjective")[head.lower_], head, "context.adjective")
        return head
    if head.pos_ not in ("VERB", "AUX"):
        return head if node.pos_ == "ADP" else None
    if dep == "conj":
        return None if _finite(node) else head
    if dep in ("relcl", "parataxis"):
        return None
    if dep == "advcl" and head.lemma_ in _PROMISES and node.left_edge.i == head.i + 1 and head != mention:
        return _governed(head, head.lemma_)
    if dep in ("advcl", "pcomp"):
        return head if any(child.tag_ == "TO" for child in node.lefts) else None
    key = _verb_key(head)
    complement = dep in ("xcomp", "ccomp", "dobj", "nsubjpass", "oprd", "attr") or (dep == "nsubj" and _passive(head))
    if complement and head != mention:
        if head.lemma_ in ("be", "have") and dep == "xcomp" and node.tag_ == "VB":
            return Assertion("planned", head, "context.governor")
        if head.lemma_ == "go" and head.tag_ == "VBG" and dep == "xcomp":
            return Assertion("planned", head, "context.governor")
        status = cues("verb").get(key)
        if status is not None and _governs(head, node, dep, status):
            return _governed(head, key)
        if dep == "xcomp" and head.tag_ in ("VBN", "MD"):
            # "are bound to meet", "ought to meet"
            status = cues("adjective" if head.tag_ == "VBN" else "modal").get(head.lower_)
            if status is not None:
                return Assertion(status, head, "context.governor")
    if dep == "ccomp":
        return None
    if noun or (node.pos_ in ("NOUN", "PROPN") and eventive):
        return head if _supports(head) and (dep in _ARGUMENTS or dep in ("conj", "appos")) else None
    if dep == "prep" and eventive and mention.pos_ in ("NOUN", "PROPN"):
        return head if node.lower_ in _TRANSPARENT and _supports(head) else None
    return head


def _through_noun(node: Token, head: Token, dep: str, mention: Token, eventive: bool) -> Token | Assertion | None:
    """A step from a word below a noun: "plans for a summit", "the possibility of talks"."""
    if dep in ("relcl", "nsubj", "nsubjpass"):
        return None
    if dep in ("acl", "prep", "compound") and head.lemma_.lower() in cues("noun"):
        if dep == "compound" or (dep == "prep" and node.lower_ not in ("of", "for", "to")):
            return None if eventive else head
        return Assertion(cues("noun")[head.lemma_.lower()], head, "context.noun")
    if dep == "prep" and node.lower_ == "of":
        # "the potential holding of a summit"
        judged = next((c for c in head.lefts if c.dep_ == "amod" and c.lower_ in cues("adjective")), None)
        if judged is not None and cues("adjective")[judged.lower_] != "denied":
            return Assertion(cues("adjective")[judged.lower_], judged, "context.adjective")
    if dep == "acl":
        return head if node.tag_ == "VB" else None
    if eventive and mention.pos_ in ("NOUN", "PROPN") and dep not in ("conj", "appos"):
        return None
    return head


def _finite(verb: Token) -> bool:
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children)


def _passive(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.children)


def _supports(verb: Token) -> bool:
    return verb.lemma_ in words("support")


def _verb_key(verb: Token) -> str:
    """The verb's lemma, with its particle where it has one: `call_off`."""
    for child in verb.children:
        if child.dep_ == "prt":
            return f"{verb.lemma_}_{child.lower_}"
        if child.dep_ == "prep" and child.i > verb.i:
            below = {inner.lower_ for inner in child.rights}
            if verb.lemma_ in ("drop", "strike", "remove") and child.lower_ == "from" and below & words("agenda"):
                return "drop_from"
            if verb.lemma_ in ("put", "place") and child.lower_ == "on" and below & {"hold", "ice"}:
                return "put_on"
    return verb.lemma_


def _governs(verb: Token, node: Token, dep: str, status: Status) -> bool:
    """Whether a cue verb speaks of its complement: "set to meet" but not "set a meeting record"."""
    lemma = verb.lemma_
    if dep in ("xcomp", "ccomp"):
        return True
    if lemma in ("set", "look", "agree", "decide", "ask", "order", "approve", "offer", "fail", "resolve", "undertake"):
        return lemma == "agree" and status == "planned" and node.pos_ == "VERB"
    if lemma in ("discuss", "expect", "hope", "decline", "dismiss", "commit", "prevent", "avert", "avoid"):
        return lemma in ("expect", "prevent", "avert", "avoid")
    return True


def _governed(verb: Token, key: str) -> Assertion:
    """What a cue verb asserts, its own negation counted: "was not cancelled"."""
    status = cues("verb")[key]
    negation = next((child for child in verb.children if child.dep_ == "neg"), None)
    if status == "planned" and negation is None:
        # "could propose a summit"
        modal = next((c for c in verb.lefts if c.dep_ == "aux" and cues("modal").get(c.lower_) == "hypothetical"), None)
        if modal is not None and not (modal.lower_ in ("would", "'d", "’d") and _told_in_past(verb)):
            return Assertion("hypothetical", modal, "context.modal")
    if negation is None:
        return Assertion(status, verb, "context.governor")
    if key == "rule_out":
        return Assertion("hypothetical", negation, "context.negation")
    if status in ("cancelled", "denied"):
        return Assertion("actual", negation, "context.negation")
    return Assertion("denied", negation, "context.negation")


def attribution(token: Token) -> Attribution | None:
    """Who states the clause around `token`, where its sentence or the speaker line above it says so."""
    node = token
    for _ in range(2 * _REACH):
        if node.pos_ in ("VERB", "AUX"):
            for child in node.children:
                if child.dep_ in ("parataxis", "ccomp", "advcl", "dep") and _says(child, node):
                    source = speaker(child)
                    if source is not None and not _within(token, child):
                        return Attribution(source, child, "context.speech")
        head = node.head
        if node.dep_ == "relcl":
            return None
        if head == node:
            break
        told = node.dep_ == "ccomp" or (node.dep_ in ("dobj", "xcomp") and head.lemma_ in _WITH_OBJECT)
        if told and head.lemma_ in words("speech") and head != token:
            source = speaker(head)
            if source is not None:
                return Attribution(source, head, "context.speech")
        node = head
    found = _according_to(token)
    if found is not None:
        return found
    return _speaker_line(token)


#: Verbs whose plain object is what the speaker asserts: "reported a loss", "forecast growth of 5 percent".
_WITH_OBJECT = frozenset(
    {"report", "announce", "forecast", "predict", "project", "estimate", "claim", "confirm", "expect", "deny"}
)


def _says(verb: Token, host: Token) -> bool:
    """Whether `verb` is a speech verb in parenthesis: "..., said the minister", "as officials say"."""
    if verb.lemma_ not in words("speech") or verb.pos_ != "VERB":
        return False
    if verb.dep_ == "advcl":
        return any(child.lower_ == "as" and child.dep_ == "mark" for child in verb.lefts)
    return verb.i > host.i and not any(child.dep_ in ("ccomp", "mark", "dobj") for child in verb.children)


def _within(token: Token, top: Token) -> bool:
    return token == top or top.is_ancestor(token)


def speaker(verb: Token) -> DocSpan | None:
    """The noun phrase that a speech verb has for its speaker, the agent of a passive, or None."""
    node = verb
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":
        # "... said, adding that": the speaker is that of the nearest speech verb above, whatever lies between.
        above = next((t for t in verb.ancestors if t.lemma_ in words("speech") and t.pos_ == "VERB"), None)
        if above is not None:
            return speaker(above)
    for _ in range(4):
        for child in node.children:
            if child.dep_ == "nsubj" and child.lower_ not in ("it", "that", "which", "this", "what", "there"):
                return noun_phrase(_antecedent(child, node))
            if child.dep_ == "agent":
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        return noun_phrase(inner)
        if node.dep_ in ("conj", "advcl", "xcomp", "acl"):
            node = node.head
        else:
            return None
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for: "Khan, who said"."""
    if subject.lower_ in ("who", "that", "which") and verb.dep_ == "relcl":
        return verb.head
    return subject


def noun_phrase(head: Token) -> DocSpan:
    """The noun phrase around a head: its left dependents, and names in apposition or joined to it left out."""
    start = end = head.i
    for child in head.lefts:
        if child.dep_ in ("det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet"):
            start = min(start, child.left_edge.i)
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == end + 1:
            end = max(end, child.right_edge.i)
            break
    return head.doc[start : end + 1]


def _according_to(token: Token) -> Attribution | None:
    """A source in a phrase of its own: "according to the bank", "citing officials"."""
    for other in token.sent:
        if other.lower_ not in words("prepositional") or other.i == token.i:
            continue
        if other.lower_ == "per" and other.i != token.sent.start:
            continue
        for child in other.children:
            inner = child
            if child.dep_ == "prep":
                inner = next((c for c in child.children if c.dep_ == "pobj"), child)
            if inner.dep_ in ("pobj", "dobj") and inner.i > other.i and not _within(token, other):
                return Attribution(noun_phrase(inner), other, "context.according")
    return None


def _speaker_line(token: Token) -> Attribution | None:
    for line in speaker_lines(token.doc):
        if line.colon < token.i < line.end:
            return Attribution(name_of(token.doc, line), token.doc[line.colon], "context.speaker_line")
    return None
