"""Where a quantity stands in its sentence: the word above it, its clause, the subject of that clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from extractor.nlp.document import Quantity

#: Verbs that only say how large their subject is.
LEVEL_VERBS = frozenset(
    [
        "be", "reach", "total", "exceed", "surpass", "top", "amount", "stand", "hit", "come", "remain", "equal", "average", "number", "account",
        "constitute", "represent", "comprise", "approach", "near", "outstrip", "cross", "touch", "measure", "weigh", "last", "become",
    ]
)  # fmt: skip
#: Verbs whose subject foresees or tells of a value that is another's.
FORESEEING = frozenset(
    [
        "expect",
        "forecast",
        "predict",
        "estimate",
        "project",
        "see",
        "believe",
        "say",
        "warn",
        "tell",
        "calculate",
        "reckon",
        "poll",
        "note",
        "add",
    ]
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
#: Relations by which a quantity or noun hangs on the noun behind it.
MODIFIERS = frozenset({"compound", "nmod", "nummod", "amod", "quantmod", "npadvmod", "poss", "det"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quantity stands.

    `top` is its highest token, `inside` its own tokens, `verb` the verb of its clause, `sentence` its sentence,
    `led_by` the word before it in lower case, an article left out; `beside_index` says that a quantity next to it in its
    sentence is the level of a share index or how far one moved.
    """

    doc: Doc
    quantity: Quantity
    top: Token
    inside: frozenset[int]
    sentence: DocSpan
    verb: Token | None
    led_by: str
    beside_index: bool


def place(doc: Doc, quantity: Quantity, neighbours: Sequence[Quantity] = ()) -> Place:
    """Find where a quantity stands; `neighbours` are the quantities before and behind it."""
    sentence = doc[quantity.start].sent
    counted = quantity.kind == "count" and quantity.unit is not None and sentence.start <= quantity.head < sentence.end
    top = doc[quantity.head] if counted else doc[quantity.start : quantity.end].root
    before = quantity.start - 1
    while before > 0 and doc[before].lower_ in ("a", "an", "the"):
        before -= 1
    led_by = doc[before].lower_ if before >= 0 else ""
    inside = frozenset(range(quantity.start, quantity.end))
    beside = any(
        other.unit == "point" and other.kind == "quantity" and sentence.start <= other.start < sentence.end
        for other in neighbours
    )
    return Place(doc, quantity, top, inside, sentence, verb_above(top), led_by, beside)


def verb_above(token: Token) -> Token | None:
    """The nearest verb above a token, the token itself if it is one."""
    node = token
    while node.pos_ not in ("VERB", "AUX") or node.dep_ in ("aux", "auxpass", "amod", "compound"):
        if node.head == node:
            return None
        node = node.head
    return node


def subject(verb: Token) -> Token | None:
    """The subject of a verb: its own, that of the verb it is joined to, or of the verb that governs it."""
    node = verb
    for _ in range(6):
        for child in node.lefts:
            if child.dep_ in _SUBJECTS:
                if child.lower_ in ("that", "which", "who") and node.dep_ == "relcl":
                    return node.head
                return child
            if child.dep_ == "aux":
                # "debt had more than doubled": the subject hangs on "had".
                for below in child.lefts:
                    if below.dep_ in _SUBJECTS:
                        return below
        for child in node.rights:
            if child.dep_ in ("nsubj", "nsubjpass") and node.dep_ != "relcl":
                return child
        if node.dep_ == "acl" and node.head.pos_ in ("NOUN", "PROPN"):
            return node.head
        if node.dep_ in ("xcomp", "ccomp", "advcl") and (node.dep_ == "xcomp" or node.lemma_ in LEVEL_VERBS):
            controller = object_before(node)
            if controller is not None:
                return controller
        if node.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "relcl") or node.head == node:
            return None
        node = node.head if node.dep_ != "pcomp" else node.head.head
        if node.pos_ not in ("VERB", "AUX"):
            return node if node.pos_ in ("NOUN", "PROPN") else None
    return None


def object_before(verb: Token) -> Token | None:
    """The object of the verb above that stands before this one and does or is what it says ("forecast losses to be")."""
    for child in verb.head.rights:
        if child.dep_ == "dobj" and child.i < verb.i and child.pos_ in ("NOUN", "PROPN"):
            return child
    return None
