"""The state of an office that the people named near tell: whose office it serves, whom it stands in a list with."""

from extractor.nlp.entities.office import Office
from extractor.nlp.entities.people import Someone
from extractor.nlp.entities.ties import NameMention
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set

#: A state and the words that tell it; None where the publisher does.
Home = tuple[str, tuple[int, int] | None]
_Named = list[tuple[NameMention, Someone]]


class Neighbours:
    """Who is named where, and the states of their offices; `told` has those that are settled, by `id(someone)`."""

    def __init__(self, words: Words, people: list[Someone]) -> None:
        self.words = words
        self.told: dict[int, Home] = {}
        self._by_end: dict[int, Someone] = {}
        self._by_sentence: dict[int, _Named] = {}
        self._by_block: dict[int, _Named] = {}
        self._by_family: dict[str, _Named] = {}
        named = sorted(((m, p) for p in people for m, _ in p.mentions if p.offices), key=lambda item: item[0].start)
        for mention, person in named:
            self._by_end[mention.end] = person
            self._by_sentence.setdefault(words.sent[mention.start], []).append((mention, person))
            self._by_block.setdefault(words.block[mention.start], []).append((mention, person))
            self._by_family.setdefault(mention.text.split()[-1], []).append((mention, person))

    def home(self, person: Someone) -> Home | None:
        """The state of a person's office, from its own words or settled before."""
        known = self.told.get(id(person))
        if known is None:
            best = person.best_office()
            known = (best[0].countries[0], best[0].country_span) if best is not None and best[0].countries else None
        return known

    def owned(self, someone: Someone, office: Office) -> Home | None:
        """The state of the person whose office another serves: "Trump's envoy", "the president sent his minister",
        "represented President A"."""
        words, at = self.words, office.span[0]
        represents = at > 1 and bool(word_set("represent") & set(words.lower[max(0, at - 4) : at]))
        if office.owner:
            near = self._by_family.get(office.owner, [])
        elif office.pointed in ("his", "her") or represents:
            near = self._by_sentence.get(words.sent[at], [])
        else:
            return None
        for mention, other in reversed(near):
            home = self.home(other) if mention.start <= at and other is not someone else None
            if home is not None:
                return home if home[0] != "EU" else None
        return None

    def listed(self, someone: Someone, office: Office, taken: set[str]) -> Home | None:
        """The state of the item before in a list: "Prime Minister A, President B and Defense Minister C". Two who are
        joined before a verb of dealing ("A and B spoke by phone") are not of one state."""
        words, start = self.words, office.span[0]
        i = start
        while i > 0 and words.lower[i - 1] in word_set("list_link") and words.block[i - 1] == words.block[start]:
            i -= 1
        other = self._by_end.get(i) if i < start else None
        if other is None or other is someone:
            return None
        end = next(m.end for m, _ in someone.mentions if m.start >= start)
        home = self.home(other)
        if set(words.lower[end : end + 3]) & word_set("dealing"):
            return None
        return home if home is not None and home[1] is not None and home[0] not in taken | {"EU"} else None

    def beside(self, someone: Someone, taken: set[str]) -> Home | None:
        """The state of the office holders named before in the same paragraph, when they are all of one state and the
        person is not set against them ("met", "with")."""
        words = self.words
        at = next((m.start for m, _ in someone.mentions if m.ties), None)
        if at is None:
            return None
        found: dict[str, tuple[int, int] | None] = {}
        nearest = -1
        for mention, other in self._by_block.get(words.block[at], []):
            home = self.home(other) if mention.start < at and other is not someone else None
            if home is not None and home[1] is not None and home[0] != "EU":
                found[home[0]] = home[1]
                nearest = mention.start
        if len(found) != 1 or any(
            word in ("met", "with", "meets", "meet", "told", "between", "counterpart", "hosted", "by", "called", "from")
            for word in words.lower[nearest:at]
            if words.sent[nearest] == words.sent[at]
        ):
            return None
        code, span = next(iter(found.items()))
        return None if code in taken else (code, span)

    def met(self, someone: Someone) -> tuple[bool, set[str]]:
        """Whether a person is dealt with by another, who is named before in the sentence, and the states of those."""
        words = self.words
        mention = next((m for m, _ in someone.mentions if m.ties), None)
        if mention is None or (is_subject(words, mention.end - 1) and mention.ties[0].rule != "leader.counterpart"):
            return False, set()
        begin = at = mention.ties[0].office.span[0]
        while begin > 0 and words.sent[begin - 1] == words.sent[at]:
            begin -= 1
        deal = next((i for i in range(begin, at + 1) if self._deals(i, at)), None)
        if deal is None:
            return False, set()
        homes = [
            self.home(other)
            for m, other in self._by_sentence.get(words.sent[at], [])
            if other is not someone and m.start < deal
        ]
        return True, {home[0] for home in homes if home is not None}

    def _deals(self, i: int, at: int) -> bool:
        """Whether a word tells of dealing with the office at another word: "met", "talks with", "counterpart"."""
        words = self.words
        return words.lower[i] in word_set("dealing") and (
            words.tag[i].startswith("VB") or "with" in words.lower[i:at] or i == at
        )


def is_subject(words: Words, i: int) -> bool:
    """Whether a name is the subject of its clause, alone or joined to another."""
    token = words.doc[words.token[i]]
    for _ in range(6):
        if token.dep_ in ("nsubj", "nsubjpass"):
            return True
        if token.dep_ not in ("conj", "appos", "compound"):
            return False
        token = token.head
    return False
