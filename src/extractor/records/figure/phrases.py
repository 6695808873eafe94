"""Phrases around a quantity: a noun with its modifiers, the subject of a verb, what a verb is followed by."""

from collections.abc import Iterable

from spacy.tokens import Token

from extractor.records.figure.clause import Place, subject

#: At most this many words of one phrase.
_PHRASE = 14
_DETERMINERS = frozenset(["this", "that", "these", "those", "our", "its", "his", "her", "their", "my", "your"])
PRONOUNS = _DETERMINERS | {"i", "you", "he", "she", "it", "we", "they", "which", "who", "whom", "there", "what"}
#: Words that open no measure.
DROPPED = _DETERMINERS | {"a", "an", "the", "some", "any", "each", "both", "all", "another", "other"}
_SPANS_OF_YEAR = frozenset({"year", "month", "quarter", "week"})
_SPEECH_DEPS = frozenset({"punct", "cc", "det", "mark", "parataxis", "appos"})


class Phrases:
    """Reads phrases around one quantity. `taken` are the tokens of all quantities, `times` those of expressions of time."""

    def __init__(self, place: Place, taken: frozenset[int], times: frozenset[int]) -> None:
        self.place = place
        self.taken = taken
        self.times = times

    def subject_of(self, verb: Token) -> list[Token]:
        """The subject of a verb with its modifiers; empty for a person, a pronoun or a quantity."""
        found = subject(verb)
        if found is not None and found.lower_ == "it":
            found = _taken_up(found)
        if found is None or found.i in self.taken or found.lower_ in PRONOUNS or found.ent_type_ == "PERSON":
            return []
        name = next(
            (
                child
                for child in found.rights
                if child.dep_ == "appos" and child.pos_ == "PROPN" and child.i - found.i <= 4
            ),
            None,
        )
        words = self.phrase(name) if name is not None and found.pos_ == "NOUN" else self.phrase(found)
        if found.pos_ == "PROPN" and len(words) > 4 and words[-1] == found:
            # "carmaker Orvik Motors": the name is enough.
            first = next((k for k in range(len(words) - 1, -1, -1) if words[k].pos_ != "PROPN"), -1)
            return words[first + 1 :]
        return words

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
        """The words below a head and itself, those far from it left out."""
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
            counted = token.dep_ == "conj" and any(child.i in self.taken for child in token.subtree)
            if token.dep_ in ("relcl", "ccomp", "mark") or counted or (token.dep_ == "advcl" and token.tag_ != "VB"):
                dropped.update(word.i for word in token.subtree)
        for k, token in enumerate(tokens):
            if token.i in dropped:
                continue
            if token.text == "(" and out and [word.text for word in tokens[k + 2 : k + 3]] == [")"]:
                # "electric vehicle (EV) sales"
                dropped.update((token.i, token.i + 1, token.i + 2))
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
            if token.lower_ in DROPPED and not out:
                continue
            out.append(token)
        while out and out[-1].pos_ in ("ADP", "CCONJ"):
            out.pop()
        return out


def _taken_up(pronoun: Token) -> Token | None:
    """What "it" takes up: the subject of the verb of saying above ("the bank said it would"), else of the sentence
    before."""
    verb = pronoun.head
    if verb.dep_ == "ccomp" and verb.head != verb:
        found = subject(verb.head)
        return found if found is not None and found.pos_ in ("NOUN", "PROPN") else None
    if verb.dep_ == "conj" and verb.head != verb:
        # "the index fell and it closed at"
        found = subject(verb.head)
        return found if found is not None and found.pos_ in ("NOUN", "PROPN") else None
    if verb.dep_ != "ROOT":
        return None
    start = pronoun.sent.start
    if start == 0:
        return None
    found = subject(pronoun.doc[start - 1].sent.root)
    return found if found is not None and found.pos_ in ("NOUN", "PROPN") else None


def on_year(token: Token) -> bool:
    """Whether a word is one of "year on year", "month-over-month"."""
    lower = token.lower_
    if lower not in _SPANS_OF_YEAR and lower not in ("on", "over", "-"):
        return False
    doc, i = token.doc, token.i
    words = [word.lower_ for word in doc[max(0, i - 4) : i + 5]]
    at = min(i, 4)
    for k in range(max(0, at - 4), at + 1):
        length = 5 if words[k + 1 : k + 2] == ["-"] else 3
        run = words[k : k + length]
        if k + length > at and len(run) == length and run[0] == run[-1] and run[0] in _SPANS_OF_YEAR:
            return run[length // 2] in ("on", "over", "-")
    return False
