"""What a figure measures, in the article's own words and without the number, found by syntax."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from extractor.models import Party
from extractor.records.figure.change import directions, particle, word_of_change
from extractor.records.figure.clause import FORESEEING, LEVEL_VERBS, MODIFIERS, Place, object_before
from extractor.records.figure.phrases import DROPPED, Phrases

#: At most this many words of the whole measure.
_WHOLE = 18
#: Verbs that say nothing of what is measured when an object does.
_LIGHT = LEVEL_VERBS | frozenset(
    [
        "have",
        "see",
        "record",
        "post",
        "report",
        "get",
        "do",
        "witness",
        "register",
        "show",
        "give",
        "set",
        "bring",
        "announce",
        "compare",
        "come",
        "go",
        "put",
        "take",
        "make",
    ]
)
#: Verbs that tell how a value moved; of the new value they say nothing.
_MOVES = frozenset(
    [
        "widen",
        "narrow",
        "slow",
        "edge",
        "move",
        "change",
        "revise",
        "return",
        "swing",
        "advance",
        "lift",
        "push",
        "take",
        "bring",
        "stretch",
        "creep",
        "tick",
        "inch",
        "ease",
    ]
)
#: Nouns that take up what was measured just before: "the figure rose to".
_TAKEN_UP = frozenset(
    ["figure", "number", "total", "amount", "sum", "value", "level", "rate", "share", "percentage", "tally"]
)
_TRADE = frozenset({"trade", "turnover"})
#: Words that say already that trade is that of two.
_OF_BOTH = frozenset({"bilateral", "mutual", "two-way", "foreign", "external", "total", "world", "global"})
#: A measure of more words than this loses its last phrases.
_LONG = 12
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
    reader = _Reader(place, taken, times)
    tokens = _trimmed(reader.read())
    if place.quantity.rule == "quantity.count.elided" and before is not None and before.tokens:
        return Measure(_trimmed([*_without_place(before.tokens), *reader.place_behind()]))
    if before is not None and before.tokens and before.tokens[0].sent == place.top.sent and _compares(place):
        tokens = _trimmed([*_core(before.tokens), *(token for token in tokens if token.lower_ in ("up", "down"))])
    if before is not None and before.tokens:
        rest = [token for token in tokens if not _points_back(token)]
        if len(rest) < len(tokens) and not any(token.pos_ in ("NOUN", "PROPN") for token in rest):
            tokens = _trimmed([*_core(before.tokens), *rest])
        elif _says_nothing(tokens):
            tokens = _trimmed([*_core(before.tokens), *tokens]) if tokens else before.tokens
    return Measure(tokens)


def _without_place(tokens: Sequence[Token]) -> list[Token]:
    """A measure without the place that it ends in: "jobs in France"."""
    end = next((k for k, token in enumerate(tokens) if k and token.lower_ in ("in", "at")), len(tokens))
    return list(tokens[:end])


def _core(tokens: Sequence[Token]) -> list[Token]:
    """What was measured, without the verb or the noun that told how it changed: "decline in mutual trade"."""
    kept = [
        token for token in tokens if token.pos_ not in ("VERB", "AUX") and word_of_change(token) not in directions()
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


def _trimmed(words: Iterable[Token]) -> list[Token]:
    """The words in the order of the text, each once, without what stands alone at an edge or a gap."""
    kept = {token.i: token for token in [word for word in words if not word.is_space and not _on_year(word)][:_WHOLE]}
    tokens = [
        token
        for i, token in sorted(kept.items())
        if (token.text not in _EDGE and token.pos_ != "CCONJ")
        or (i - 1 in kept and i + 1 in kept and (token.pos_ == "CCONJ" or not kept[i - 1].whitespace_))
    ]
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


def _on_year(token: Token) -> bool:
    """Whether a word is one of "year on year", "month over month"."""
    doc, i = token.doc, token.i
    return any(
        k >= 0
        and k + 2 < len(doc)
        and doc[k].lower_ == doc[k + 2].lower_
        and doc[k].lower_ in ("year", "month", "quarter", "week")
        and doc[k + 1].lower_ in ("on", "over", "-")
        for k in (i - 2, i - 1, i)
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
        (token.pos_ in ("NOUN", "PROPN", "ADJ") and word_of_change(token) not in directions())
        or (token.pos_ == "VERB" and token.lemma_ not in _LIGHT | _MOVES and word_of_change(token) not in directions())
        for token in tokens
    )


class _Reader(Phrases):
    """Finds what one quantity measures."""

    def read(self) -> list[Token]:
        quantity, top = self.place.quantity, self.place.top
        if quantity.unit == "vote" and self.place.verb is not None:
            return self.voted_on(self.place.verb)
        if quantity.kind == "count" and quantity.unit is not None and top.i not in self.place.inside:
            return self.counted(top)
        if quantity.rule == "quantity.ratio.verb":
            return [*self.subject_of(top), top, *self.complements(top, skip=None)]
        verb = self.place.verb
        if (
            quantity.kind == "ratio"
            and self.place.led_by == "by"
            and verb is not None
            and word_of_change(verb) in directions()
        ):
            return [*self.subject_of(verb), verb]
        behind = self.behind(top)
        if behind is not None:
            level = top.dep_ == "pobj" and top.head.lower_ in ("to", "at", "from") and quantity.kind == "percent"
            about = self.subject_of(self.place.verb) if level and self.place.verb is not None else self.relation(top)
            words = [*self.phrase(behind), *about]
        else:
            words = self.governor(top)
        if not words and verb is not None:
            words = self.clause(verb, top)
        if len(words) == 1 and verb is not None and words[0].pos_ == "VERB":
            words = [*words, *self.time(verb)]
        return words

    def time(self, verb: Token) -> list[Token]:
        """The time of a clause, which a measure of one word takes in: "lost in the first quarter"."""
        for child in verb.children:
            if child.dep_ == "prep" and any(token.i in self.times for token in child.children):
                return [token for token in child.subtree if token.i not in self.taken][:8]
        return []

    def place_behind(self) -> list[Token]:
        """The words of place right behind the quantity: "3,700 in Germany"."""
        doc, end = self.place.doc, self.place.quantity.end
        if end + 1 >= len(doc) or doc[end].lower_ not in ("in", "at"):
            return []
        name = next((token for token in doc[end + 1 : end + 5] if token.dep_ == "pobj"), None)
        return [*doc[end : name.i + 1]] if name is not None and name.i not in self.times else []

    def voted_on(self, verb: Token) -> list[Token]:
        """Who voted on what: "Senate passed the bill", "committee voted to keep the rate"."""
        objects = self.objects_of(verb)
        what = self.phrase(objects[0]) if objects else self.complements(verb, skip=None)
        return [*self.subject_of(verb)[:6], verb, *what]

    # -- what the quantity hangs on -----------------------------------------------------------------------------

    def behind(self, top: Token) -> Token | None:
        """The noun of "in" or "of" right behind the quantity: "$5 million in aid", "12% of its staff"."""
        end = self.place.quantity.end
        for node in (
            top,
            *top.children,
            *(child for token in self.place.doc[self.place.quantity.start : end] for child in token.children),
        ):
            if node.dep_ == "prep" and end <= node.i <= end + 3 and node.lower_ in ("of", "in", "for"):
                for child in node.children:
                    if (
                        child.dep_ == "pobj"
                        and child.i not in self.times
                        and child.ent_type_ not in ("DATE", "TIME")
                        and (node.lower_ == "of" or self.thing(child))
                    ):
                        return child
        return None

    @staticmethod
    def thing(noun: Token) -> bool:
        return noun.pos_ == "NOUN" and noun.ent_type_ not in ("GPE", "LOC", "DATE", "TIME")

    def relation(self, top: Token) -> list[Token]:
        """The verb that the quantity is the object of, with its subject where that is short."""
        verb = self.place.verb
        if verb is None or verb.lemma_ in _LIGHT or top.dep_ not in ("dobj", "nsubjpass", "nsubj", "pobj", "attr"):
            return []
        subj = self.subject_of(verb) if top.dep_ == "dobj" else []
        return [*(subj if len(subj) <= 4 else []), verb, *self.complements(verb, skip=top, objects=False)[:6]]

    def governor(self, top: Token) -> list[Token]:
        """The words that a quantity is the measure of, by its relation to the word above it."""
        dep, head = top.dep_, top.head
        if head == top:
            return [token for token in self.subtree(top) if token.i not in self.taken]
        if head.i in self.taken and dep in (
            "conj",
            "appos",
            "prep",
            "nmod",
            "npadvmod",
            "compound",
            "nummod",
            "dep",
            "quantmod",
        ):
            return self.governor(head) if head.i != top.i else []
        if dep in ("conj", "appos"):
            return self.governor(head) if head.pos_ in ("NUM", "SYM") else self.phrase(head)
        if dep == "pobj":
            return self.of_preposition(head)
        if head.lower_ == "worth":
            return self.worth(head)
        if head.pos_ in ("NOUN", "PROPN") and dep in MODIFIERS | {"appos", "acl"}:
            return self.phrase(head) if self.place.quantity.kind == "quantity" else self.noun(head)
        if head.pos_ in ("ADJ", "ADV") or head.dep_ in ("advmod", "acomp", "prt"):
            verb = self.place.verb
            return [*(self.subject_of(verb) if verb is not None else []), head, *self.complements(head, skip=None)]
        if dep in ("nsubj", "nsubjpass"):
            passive = dep == "nsubjpass" or head.lemma_ not in LEVEL_VERBS
            return [*([head] if passive else []), *self.complements(head, skip=top)]
        if dep == "attr" and head.dep_ == "relcl" and head.head.i in self.taken:
            return self.governor(self.quantity_top(head.head))
        return self.clause(head, top)

    def worth(self, head: Token) -> list[Token]:
        """The noun that something is worth the quantity: "a dam worth $2 million", "the dam is worth $2 million"."""
        owner = head.head
        if owner.pos_ in ("NOUN", "PROPN"):
            return self.phrase(owner, without=head)
        before = self.place.doc[head.i - 1]
        while before.dep_ == "pobj" and before.head.lower_ == "of" and before.head.head.pos_ == "NOUN":
            # "a memorandum of understanding worth": the memorandum is.
            before = before.head.head
        if before.pos_ in ("NOUN", "PROPN"):
            return self.phrase(before)
        return self.clause(owner, head)

    def quantity_top(self, token: Token) -> Token:
        while token.head.i in self.taken and token.head != token:
            token = token.head
        return token

    def of_preposition(self, preposition: Token) -> list[Token]:
        above = preposition.head
        while above.dep_ == "prep":
            above = above.head
        if above.i in self.taken:
            return self.governor(self.quantity_top(above))
        if above.pos_ in ("NOUN", "PROPN"):
            return self.noun(above)
        if above.tag_ in ("VBN", "VBG") and above.dep_ == "acl" and above.head.pos_ in ("NOUN", "PROPN"):
            noun = above.head
            if noun.dep_ == "pobj" and noun.pos_ == "PROPN" and noun.head.head.pos_ == "NOUN":
                # "an order from Kestrel valued at": the order is.
                noun = noun.head.head
            return [*self.phrase(noun, without=above), above, *self.dealt(noun)]
        return self.clause(above, preposition)

    def noun(self, head: Token) -> list[Token]:
        """A noun that the quantity tells the size of, with its owner's verb where the noun alone says little."""
        above = head.head.head
        if head.dep_ == "pobj" and above.pos_ == "NOUN" and word_of_change(above) in directions():
            # "a decline in trade of 3 percent": the decline is what has a size.
            head = above
        before = self.place.doc[head.head.i - 1] if head.head.i else None
        if (
            head.dep_ == "pobj"
            and head.head.lower_ in ("after", "before")
            and before is not None
            and before.pos_ == "NOUN"
        ):
            # "a profit after tax of 3 million"
            return [*self.phrase(before, without=head.head), head.head, head]
        if head.dep_ == "pobj" and head.lemma_ in ("total", "average") and above.pos_ in ("VERB", "AUX"):
            return self.of_preposition(head.head)
        words = self.phrase(head)
        if len(words) <= 1 and head.dep_ in ("dobj", "attr", "nsubj", "nsubjpass"):
            verb = self.place.verb
            if verb is not None and verb.lemma_ in FORESEEING:
                return words
            if verb is not None:
                return [*words, *self.subject_of(verb)[:4], *self.complements(verb, skip=head)]
        if (
            len(words) <= 1
            and head.dep_ == "pobj"
            and self.place.quantity.kind == "quantity"
            and head.head.head.pos_ == "VERB"
        ):
            # "struck at a depth of 10 km": the depth of what struck.
            return [*self.subject_of(head.head.head)[:4], *words]
        if len(words) <= 1 and head.dep_ == "pobj" and head.head.head.pos_ == "VERB":
            verb = head.head.head
            return [*words, verb, *self.complements(verb, skip=head.head)]
        return [*words, *self.dealt(head)] if len(words) <= 2 else words

    def dealt(self, noun: Token) -> list[Token]:
        """What is done by the "deal" or "plan" of "purchase engines in a deal": the verb and its object."""
        if (
            noun.dep_ != "pobj"
            or noun.head.head.pos_ != "VERB"
            or noun.head.lower_ not in ("in", "under", "through", "with", "as")
        ):
            return []
        verb = noun.head.head
        return [verb, *(self.complements(verb, skip=noun.head)[:12])]

    def clause(self, verb: Token, skip: Token) -> list[Token]:
        """Subject, verb and complements of a clause that the quantity completes; the verb only where it adds something."""
        if verb.dep_ == "relcl" and verb.head.i in self.taken:
            return self.governor(self.quantity_top(verb.head))
        subj = self.subject_of(verb)
        if verb.lemma_ in LEVEL_VERBS and subj:
            return subj
        # "fell 3 percent to 20 million": the result is of what fell.
        moved = verb.lemma_ in _MOVES or word_of_change(verb) in directions()
        if subj and moved and self.place.led_by in ("to", "from", "at") and not self.objects_of(verb):
            return subj
        objects = self.objects_of(verb)
        if objects and skip.dep_ == "prep" and skip.lower_ in ("to", "from", "at", "by"):
            if skip.lower_ == "by":
                return [*([] if verb.lemma_ in _LIGHT else [verb]), *self.phrase(objects[0])]
            return [*(subj if len(subj) <= 4 else []), *self.phrase(objects[0])]
        way = particle(verb) if word_of_change(verb) not in directions() else None
        return [
            *(subj if len(subj) <= 8 else subj[-4:]),
            verb,
            *([way] if way else []),
            *self.complements(verb, skip=skip),
        ]

    def objects_of(self, verb: Token) -> list[Token]:
        """The objects of a verb that are no quantities."""
        return [
            child for child in verb.children if child.dep_ in ("dobj", "attr", "oprd") and child.i not in self.taken
        ]

    # -- things counted -----------------------------------------------------------------------------------------

    def counted(self, noun: Token) -> list[Token]:
        """The noun with its modifiers, and what is done to the things or what they do."""
        words = self.phrase(noun)
        top = noun
        for _ in range(4):
            if top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN", "NUM"):
                top = top.head
            elif top.dep_ == "pobj" and top.head.head.i in self.place.inside:
                top = top.head.head
        verb = top.head if top.head.pos_ in ("VERB", "AUX") else None
        if top.dep_ == "pobj":
            above = top.head.head
            if above.pos_ in ("NOUN", "PROPN"):
                return [*words, *self.phrase(above)[:6]] if len(words) <= 2 else words
            verb = above if above.pos_ == "VERB" else None
            if top.head.lower_ in ("for", "to", "among", "with", "on"):
                return words
            if verb is not None:
                return [*words, verb, *self.subject_of(verb)[:6]]
        if verb is not None and verb.lemma_ == "be" and top.dep_ == "nsubj":
            return [*words, *self.complements(verb, skip=top)][:12]
        if verb is not None and verb.lemma_ in LEVEL_VERBS | {"have"} and top.dep_ in ("dobj", "attr"):
            # "employment reached 70 million people", "the line has 40 ships"
            owner = self.subject_of(verb)
            return [*words, *(owner if len(owner) <= 4 else [])]
        if verb is None or verb.lemma_ in LEVEL_VERBS | {"have"} | FORESEEING:
            return words
        if top.dep_ in ("nsubj", "nsubjpass"):
            return [*words, verb, *self.complements(verb, skip=top)][:12]
        doer = object_before(verb) if verb.tag_ == "VB" and verb.dep_ in ("advcl", "xcomp", "acl") else None
        subj = self.phrase(doer)[:8] if doer is not None else self.subject_of(verb)
        if 0 < len(subj) <= (8 if doer is not None else 4):
            return [*words, verb, *subj][:14]
        return [*words, verb, *self.complements(verb, skip=top, objects=False)][:14]
