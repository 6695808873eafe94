"""Whether a quantity is the size of a change: "rose 3 percent", "an increase of", "up 3 percent"."""

from functools import cache

from spacy.tokens import Token

from extractor.models.figure import Change
from extractor.nlp.gazetteers import rows
from extractor.records.figure.clause import Place


@cache
def directions() -> dict[str, Change]:
    """Words of change by lemma, and which way they go."""
    return {row["word"]: row["direction"] for row in rows("changes")}  # type: ignore[misc]


def word_of_change(token: Token) -> str:
    """The form of a token by which `directions` knows it: its lemma, else the word itself."""
    if token.pos_ in ("NOUN", "PROPN") and token.lemma_ == "contract":
        return ""
    return token.lemma_.lower() if token.lemma_.lower() in directions() else token.lower_


def changing(where: Place, top: Token) -> Token | None:
    """The word of change that a quantity is the size of; "to" or "from" before it tells of a value, not of a change."""
    if where.led_by in ("to", "from", "at"):
        return None
    before = where.doc[where.quantity.start - 1] if where.quantity.start else None
    if before is not None and before.pos_ == "VERB" and word_of_change(before) in directions():
        return before
    node = top
    for _ in range(4):
        head = node.head
        if head == node:
            return None
        if head.i in where.inside or node.dep_ in ("conj", "appos") or head.pos_ in ("NUM", "SYM"):
            node = head
            continue
        if node.dep_ == "pobj":
            above = head.head
            if head.lower_ in ("by", "of") and word_of_change(above) in directions():
                return above
            if head.lower_ == "of" and above.dep_ == "pobj" and word_of_change(above.head.head) in directions():
                return above.head.head
            return (_object(above) or particle(above)) if head.lower_ == "by" else None
        if word_of_change(head) in directions() and node.dep_ in (
            "dobj",
            "npadvmod",
            "advmod",
            "nmod",
            "compound",
            "nummod",
            "amod",
            "quantmod",
            "attr",
            "dep",
        ):
            return head
        if node.dep_ in ("nsubj", "nsubjpass", "relcl", "acl", "advcl"):
            return None
        return particle(head)
    return None


def _object(verb: Token) -> Token | None:
    """The noun of change that a verb has for its object: "saw a decline in trade by 3 percent"."""
    return next(
        (child for child in verb.rights if child.dep_ == "dobj" and word_of_change(child) in directions()), None
    )


def particle(verb: Token) -> Token | None:
    """The "up" or "down" of a verb that is no word of change itself: "went up by 3 percent", "closed down 2%"."""
    words = ("up", "down", "higher", "lower")
    return next(
        (child for child in verb.children if child.dep_ in ("advmod", "prt", "acomp") and child.lower_ in words), None
    )
