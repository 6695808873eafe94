"""What a figure measures, in the article's own words and without the number, found by syntax."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from extractor.models import Party
from extractor.records.figure.change import directions, word_of_change
from extractor.records.figure.clause import Place
from extractor.records.figure.phrases import DROPPED, on_year
from extractor.records.figure.reader import LIGHT, MOVES, STATES, Reader

#: At most this many words of the whole measure.
_WHOLE = 18
#: Nouns that take up what was measured just before: "the figure rose to".
_TAKEN_UP = frozenset(
    ["figure", "number", "total", "amount", "sum", "value", "level", "rate", "share", "percentage", "tally"]
)
_TRADE = frozenset({"trade", "turnover"})
#: Words that say already that trade is that of two.
_OF_BOTH = frozenset({"bilateral", "mutual", "two-way", "foreign", "external", "total", "world", "global"})
#: A measure of more words than this loses its last phrases.
_LONG = 12
#: Verbs that say nothing of what is measured.
_EMPTY = LIGHT | MOVES
_EDGE = frozenset(["-", "–", "—", "--", "/", "`", "``", "''", '"', "“", "”", "‘", "’", "'", "…", "•"])


@dataclass(slots=True)
class Measure:
    """The words of a measure in the order of the text, and what is added behind them ("between Chad and Niger")."""

    tokens: list[Token] = field(default_factory=list)
    tail: str = ""

    @property
    def text(self) -> str | None:
        """The words as one phrase; None where none is left."""
        tokens = self.tokens
        words = "".join(
            token.text + (" " if token.whitespace_ or (i + 1 < len(tokens) and tokens[i + 1].i != token.i + 1) else "")
            for i, token in enumerate(tokens)
        ).strip()
        return f"{words} {self.tail}".strip() or None


def measure(place: Place, taken: frozenset[int], times: frozenset[int], before: Measure | None) -> Measure:
    """The measure of a quantity. `taken` are the tokens of all quantities, `times` those of expressions of time;
    `before` is the measure of the figure before it, if that stands in the same sentence or the last."""
    reader = Reader(place, taken, times)
    tokens = _trimmed(reader.read())
    if place.quantity.rule == "quantity.count.elided" and before is not None and before.tokens:
        if (own := _own_deed(place, before.tokens)) is not None:
            return Measure(_trimmed(own))
        return Measure(_trimmed([*_without_place(before.tokens), *reader.place_behind()]))
    if (
        before is not None
        and before.tokens
        and place.sentence.start <= before.tokens[0].i < place.sentence.end
        and _compares(place)
    ):
        way = [token for token in tokens if token.lower_ in ("up", "down")] if place.led_by != "from" else []
        tokens = _trimmed([*_core(before.tokens), *way])
    if before is not None and before.tokens and place.sentence.start <= before.tokens[0].i and gapped(place):
        doer = next((token for token in before.tokens if token.dep_ == "nsubj"), None)
        return Measure([t for t in before.tokens if doer is None or (t != doer and not doer.is_ancestor(t))])
    if before is not None and before.tokens:
        rest = [token for token in tokens if not _points_back(token)]
        of_them = any(token.lower_ == "them" and token.head.lower_ == "of" for token in tokens)
        if of_them and place.quantity.kind in ("ratio", "percent"):
            # "two thirds of them in the north"
            tokens = _trimmed([*_core(before.tokens), *(token for token in rest if token.lower_ != "of")])
        elif len(rest) < len(tokens) and not any(token.pos_ in ("NOUN", "PROPN") for token in rest):
            tokens = _trimmed([*_core(before.tokens), *rest])
        elif _says_nothing(tokens):
            tokens = _trimmed([*_core(before.tokens), *tokens]) if tokens else before.tokens
    return Measure(tokens)


def _without_place(tokens: Sequence[Token]) -> list[Token]:
    """A measure without the place that it ends in: "jobs in France"."""
    end = next((k for k, token in enumerate(tokens) if k and token.lower_ in ("in", "at")), len(tokens))
    return list(tokens[:end])


def _own_deed(place: Place, before: Sequence[Token]) -> list[Token] | None:
    """What is counted before and what is done to it here: ", and dozens more were wounded"."""
    verb, unit = place.verb, place.quantity.unit
    if verb is None or unit is None or verb in before or verb.lemma_ in STATES:
        return None
    if place.top.dep_ not in ("nsubj", "nsubjpass", "dobj") or place.top.head != verb:
        return None
    noun = next((token for token in before if token.lemma_ == unit.split()[-1]), None)
    if noun is None:
        return [verb]
    return [*(token for token in before if token.head == noun and token.dep_ in ("compound", "amod")), noun, verb]


def _core(tokens: Sequence[Token]) -> list[Token]:
    """What was measured, without the verb or the noun that told how it changed: "decline in mutual trade"."""
    kept = [
        token
        for token in tokens
        if token.pos_ != "AUX"
        and word_of_change(token) not in directions()
        and not (token.pos_ == "VERB" and token.lemma_ in _EMPTY)
    ]
    return _trimmed(kept) or list(tokens)


def between(found: Measure, parties: Sequence[Party]) -> Measure:
    """The trade of two states with both named: "trade" or "trade between the two countries" says it less well."""
    trade = next((token for token in found.tokens if token.lemma_.lower() in _TRADE), None)
    if trade is None or len(parties) != 2 or any(party.kind != "state" for party in parties):
        return found
    left = {child.lower_ for child in trade.lefts}
    linked = next(
        (child for child in trade.rights if child.dep_ == "prep" and child.lower_ in ("between", "with")), None
    )
    if left & _OF_BOTH or (linked is not None and not _names_a_pair(linked)):
        return found
    dropped = {token.i for token in linked.subtree} if linked is not None else set()
    first, second = parties
    return Measure(
        [token for token in found.tokens if token.i not in dropped], f"between {first.name} and {second.name}"
    )


def _names_a_pair(preposition: Token) -> bool:
    """ "between the two countries": who they are is said elsewhere."""
    if any(
        token.lower_ in ("neighbours", "neighbors", "sides", "countries", "nations") for token in preposition.rights
    ):
        return True
    return any(child.lower_ in ("two", "both", "our") for token in preposition.rights for child in token.lefts) or any(
        token.lower_ in ("us", "them") for token in preposition.rights
    )


def _compares(place: Place) -> bool:
    """Whether a quantity only goes on about the one before it: ", up 20 percent", "compared with 3 million", "up from 4"."""
    doc, i = place.doc, place.quantity.start
    words = [token.lower_ for token in doc[max(0, i - 3) : i]]
    if words[-2:] in ([",", "up"], [",", "down"]):
        return True
    if words[-1:] == ["from"]:
        return words[-2:-1] in (["up"], ["down"], [","])
    return words[-2:] in (["compared", "with"], ["compared", "to"], [",", "against"], [",", "versus"])


def gapped(place: Place) -> bool:
    """Whether a clause has left out its verb: "Velo holds 40 percent and Tarn 25 percent"."""
    doc, name = place.doc, place.quantity.start - 1
    if place.quantity.kind != "percent" or doc[name].pos_ not in ("PROPN", "NOUN") or place.top.dep_ == "nsubj":
        return False
    first = doc[name].left_edge.i
    return (
        doc[first - 1].lower_ in ("and", ",", ";")
        and place.verb is not None
        and place.verb.i < first
        and (name - first <= 4)
    )


def _trimmed(words: Iterable[Token]) -> list[Token]:
    """The words in the order of the text, each once, without what stands alone at an edge or a gap."""
    kept = {token.i: token for token in [word for word in words if not word.is_space and not on_year(word)][:_WHOLE]}
    tokens = [
        token
        for i, token in sorted(kept.items())
        if (token.text not in _EDGE and token.pos_ != "CCONJ")
        or (i - 1 in kept and i + 1 in kept and (token.pos_ == "CCONJ" or not kept[i - 1].whitespace_))
    ]
    tokens = [token for k, token in enumerate(tokens) if not _dangles(token, tokens[k + 1 : k + 2])]
    while len(tokens) > _LONG:
        cut = next(
            (k for k in range(len(tokens) - 1, 3, -1) if tokens[k].pos_ == "ADP" and not _hyphened(tokens[k])), None
        )
        if cut is None:
            break
        tokens = tokens[:cut]
    while tokens and (
        tokens[-1].pos_ in ("ADP", "PUNCT", "DET", "CCONJ", "SCONJ", "PART", "SPACE")
        and tokens[-1].dep_ not in ("prt", "case")
    ):
        tokens.pop()
    if len(tokens) > 2 and tokens[0].lower_ == "worth" and tokens[1].lower_ == "of":
        tokens = tokens[2:]
    while tokens and (tokens[0].pos_ in ("ADP", "PUNCT", "CCONJ", "SPACE", "DET") or tokens[0].lower_ in DROPPED):
        tokens.pop(0)
    return tokens


def _dangles(token: Token, following: Sequence[Token]) -> bool:
    """Whether the object of an "of" was the quantity: "a dividend of 2 euros per share"."""
    return (
        token.lower_ == "of"
        and bool(following)
        and following[0].i != token.i + 1
        and following[0].lower_ in ("a", "an", "per")
    )


def _hyphened(token: Token) -> bool:
    """Whether a word is part of one with hyphens: "state-of-the-art"."""
    return token.i > 0 and token.doc[token.i - 1].text == "-" and not token.doc[token.i - 1].whitespace_


def _points_back(token: Token) -> bool:
    """Whether a word only takes up what was measured before: "the figure", "that number", "it", "them"."""
    if token.lower_ in ("it", "them", "they", "which"):
        return True
    return (
        token.lemma_ in _TAKEN_UP
        and token.tag_ == "NN"
        and any(child.lower_ in ("the", "that", "this") for child in token.lefts)
        and not any(
            child.dep_ in ("compound", "amod", "nmod", "poss", "prep", "acl", "relcl") for child in token.children
        )
    )


def _says_nothing(tokens: Sequence[Token]) -> bool:
    """Whether words name no thing and no deed: "up", "compared", "rose"."""
    return not any(
        (token.pos_ in ("NOUN", "PROPN", "ADJ") and token.tag_ != "JJS" and word_of_change(token) not in directions())
        or (token.pos_ == "VERB" and token.lemma_ not in _EMPTY and word_of_change(token) not in directions())
        for token in tokens
    )
