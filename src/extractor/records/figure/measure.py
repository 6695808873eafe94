"""What a figure measures, in the article's own words and without the number, found by syntax."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from extractor.records.figure.clause import LEVEL_VERBS, MODIFIERS, Place, object_before, subject

#: At most this many words of one phrase, and of the whole measure.
_PHRASE, _WHOLE = 14, 18
#: Verbs that say nothing of what is measured when an object does.
_LIGHT = LEVEL_VERBS | {
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
}
_PRONOUNS = frozenset(
    [
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "this",
        "that",
        "these",
        "those",
        "which",
        "who",
        "whom",
        "there",
        "what",
        "our",
        "its",
        "his",
        "her",
        "their",
        "my",
        "your",
    ]
)
_DROPPED = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "our",
        "its",
        "his",
        "her",
        "their",
        "my",
        "your",
        "some",
        "any",
        "each",
        "both",
        "all",
        "another",
        "other",
    ]
)
_SPEECH_DEPS = frozenset({"punct", "cc", "det", "mark", "parataxis", "appos"})


class Measure:
    """The words of a measure and what they rest on."""

    def __init__(self, tokens: Sequence[Token], tail: str = "") -> None:
        self.tokens = list(tokens)
        self.tail = tail

    @property
    def text(self) -> str | None:
        """The words in order, as one phrase; None where none is left."""
        tokens = [token for token in self.tokens if not token.is_space][:_WHOLE]
        while tokens and (
            tokens[-1].pos_ in ("ADP", "PUNCT", "DET", "CCONJ", "SCONJ", "PART", "SPACE")
            and tokens[-1].dep_ not in ("prt", "case")
        ):
            tokens.pop()
        while tokens and (tokens[0].pos_ in ("ADP", "PUNCT", "CCONJ", "SPACE", "DET") or tokens[0].lower_ in _DROPPED):
            tokens.pop(0)
        words = "".join(
            token.text + (" " if token.whitespace_ or (i + 1 < len(tokens) and tokens[i + 1].i != token.i + 1) else "")
            for i, token in enumerate(tokens)
        ).strip()
        return f"{words} {self.tail}".strip() or None


def measure(place: Place, taken: frozenset[int], times: frozenset[int]) -> Measure:
    """The measure of a quantity. `taken` are the tokens of all quantities, `times` those of expressions of time."""
    return Measure(_Reader(place, taken, times).read())


class _Reader:
    def __init__(self, place: Place, taken: frozenset[int], times: frozenset[int]) -> None:
        self.place = place
        self.taken = taken | place.inside
        self.times = times

    def read(self) -> list[Token]:
        quantity, top = self.place.quantity, self.place.top
        if quantity.kind == "count" and quantity.unit is not None and top.i not in self.place.inside:
            return self.counted(top)
        if quantity.rule == "quantity.ratio.verb":
            return [*self.subject_of(top), top, *self.complements(top, skip=None)]
        behind = self.behind(top)
        words = [*self.phrase(behind), *self.relation(top)] if behind is not None else self.governor(top)
        verb = self.place.verb
        if not words and verb is not None:
            words = self.clause(verb, top)
        if 0 < len(words) <= 2 and verb is not None and words[-1].pos_ in ("VERB", "NOUN"):
            words.extend(self.time(verb))
        return words

    def time(self, verb: Token) -> list[Token]:
        """The time of a clause, which a measure of one word takes in: "loss in the first quarter"."""
        for child in verb.children:
            if child.dep_ == "prep" and any(token.i in self.times for token in child.children):
                return [token for token in child.subtree if token.i not in self.taken][:8]
        return []

    # -- what the quantity hangs on -----------------------------------------------------------------------------

    def behind(self, top: Token) -> Token | None:
        """The noun of "in" or "of" right behind the quantity: "$5 million in aid", "12% of its staff"."""
        end = self.place.quantity.end
        for node in (
            top,
            *top.children,
            *(child for token in self.place.doc[self.place.quantity.start : end] for child in token.children),
        ):
            if node.dep_ == "prep" and end <= node.i <= end + 3 and node.lower_ in ("of", "in", "worth"):
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
        if head.pos_ in ("NOUN", "PROPN") and dep in MODIFIERS | {"appos", "acl"}:
            return self.noun(head)
        if head.pos_ in ("ADJ", "ADV") or head.dep_ in ("advmod", "acomp", "prt"):
            verb = self.place.verb
            return [*(self.subject_of(verb) if verb is not None else []), head, *self.complements(head, skip=None)]
        if dep in ("nsubj", "nsubjpass"):
            passive = dep == "nsubjpass" or head.lemma_ not in LEVEL_VERBS
            return [*([head] if passive else []), *self.complements(head, skip=top)]
        if dep == "attr" and head.dep_ == "relcl" and head.head.i in self.taken:
            return self.governor(self.quantity_top(head.head))
        return self.clause(head, top)

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
            return [*self.phrase(above.head, without=above), above, *self.dealt(above.head)]
        return self.clause(above, preposition)

    def noun(self, head: Token) -> list[Token]:
        """A noun that the quantity tells the size of, with its owner's verb where the noun alone says little."""
        words = self.phrase(head)
        if len(words) <= 1 and head.dep_ in ("dobj", "attr", "nsubj", "nsubjpass"):
            verb = self.place.verb
            if verb is not None:
                return [*self.subject_of(verb)[:4], *words, *self.complements(verb, skip=head)]
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
        objects = [
            child for child in verb.children if child.dep_ in ("dobj", "attr", "oprd") and child.i not in self.taken
        ]
        if objects and skip.dep_ == "prep" and skip.lower_ in ("to", "from", "at", "by"):
            if skip.lower_ == "by":
                return [verb, *self.phrase(objects[0])]
            return [*(subj if len(subj) <= 4 else []), *self.phrase(objects[0])]
        return [*(subj if len(subj) <= 8 else subj[-4:]), verb, *self.complements(verb, skip=skip)]

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
            if verb is not None:
                return [*words, verb, *self.subject_of(verb)[:6]]
        if verb is not None and verb.lemma_ == "be" and top.dep_ == "nsubj":
            return [*words, *self.complements(verb, skip=top)][:12]
        if verb is None or verb.lemma_ in LEVEL_VERBS | {"have"}:
            return words
        if top.dep_ in ("nsubj", "nsubjpass"):
            return [*words, verb, *self.complements(verb, skip=top)][:12]
        doer = object_before(verb) if verb.tag_ == "VB" and verb.dep_ in ("advcl", "xcomp", "acl") else None
        subj = self.phrase(doer)[:8] if doer is not None else self.subject_of(verb)
        if 0 < len(subj) <= (8 if doer is not None else 4):
            return [*words, verb, *subj][:14]
        return [*words, verb, *self.complements(verb, skip=top, objects=False)][:14]

    # -- phrases ------------------------------------------------------------------------------------------------

    def subject_of(self, verb: Token) -> list[Token]:
        found = subject(verb)
        if found is not None and found.lower_ == "it":
            found = _sentence_before(found) if found.head.dep_ in ("ROOT", "conj") else None
        if found is None or found.i in self.taken or found.lower_ in _PRONOUNS or found.ent_type_ == "PERSON":
            return []
        name = next(
            (
                child
                for child in found.rights
                if child.dep_ == "appos" and child.pos_ == "PROPN" and child.i - found.i <= 4
            ),
            None,
        )
        return self.phrase(name) if name is not None and found.pos_ == "NOUN" else self.phrase(found)

    def complements(self, head: Token, *, skip: Token | None, objects: bool = True) -> list[Token]:
        """Objects, prepositions and purposes of a verb that hold no number and no time."""
        out: list[Token] = []
        for child in head.rights:
            if child == skip or child.dep_ in _SPEECH_DEPS or (child.dep_ in ("dobj", "attr") and not objects):
                continue
            purpose = child.dep_ == "advcl" and any(word.tag_ == "TO" for word in child.lefts)
            if not purpose and child.dep_ not in (
                "dobj",
                "attr",
                "prep",
                "prt",
                "acomp",
                "xcomp",
                "oprd",
                "advmod",
                "agent",
                "dative",
            ):
                continue
            tokens = self.subtree(child)
            if (purpose and out) or self.place.doc[child.left_edge.i - 1].text in (",", "(", "–", "—"):
                continue
            if any(token.i in self.taken or token.i in self.times for token in tokens[:3]):
                continue
            out.extend(self.trim(tokens))
            if len(out) >= _PHRASE:
                break
        return out[:_PHRASE]

    def phrase(self, head: Token, without: Token | None = None) -> list[Token]:
        """A noun with its modifiers, up to a clause or another quantity."""
        left_out = {token.i for token in without.subtree} if without is not None else set()
        return self.trim([token for token in self.subtree(head) if token.i not in left_out], head)

    def subtree(self, head: Token) -> list[Token]:
        left: list[Token] = []
        right: list[Token] = []
        for token in head.subtree:
            (left if token.i <= head.i else right).append(token)
        return [*left[-_PHRASE:], *right[:_PHRASE]]

    def trim(self, tokens: Iterable[Token], head: Token | None = None) -> list[Token]:
        """Words up to the first break: a comma, a clause of its own, a time or another quantity."""
        out: list[Token] = []
        dropped: set[int] = set()
        tokens = list(tokens)
        for token in tokens:
            if token == head:
                continue
            counted = token.dep_ == "conj" and any(child.i in self.taken for child in token.lefts)
            if token.dep_ in ("relcl", "ccomp", "mark") or counted or (token.dep_ == "advcl" and token.tag_ != "VB"):
                dropped.update(word.i for word in token.subtree)
        for token in tokens:
            if token.i in dropped:
                continue
            if (
                token.head.i in dropped
                or (token.i in self.taken and token.i not in self.place.inside)
                or token.i in self.times
            ):
                if token.i in self.taken or token.i in self.times:
                    dropped.add(token.i)
                    if out and out[-1].pos_ == "ADP" and token.head == out[-1]:
                        dropped.add(out.pop().i)
                continue
            if token.i in self.place.inside:
                continue
            if token.text in (",", ";", ":", "(", ")", "–", "—", "--"):
                if out:
                    break
                continue
            if token.lower_ in _DROPPED and not out:
                continue
            out.append(token)
        while out and out[-1].pos_ in ("ADP", "CCONJ"):
            out.pop()
        return out


def _sentence_before(pronoun: Token) -> Token | None:
    """The subject of the sentence before, which "it" most often takes up."""
    start = pronoun.sent.start
    if start == 0:
        return None
    found = subject(pronoun.doc[start - 1].sent.root)
    return found if found is not None and found.pos_ in ("NOUN", "PROPN") else None
