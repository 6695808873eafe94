"""Whose figures an article tells of where a sentence names nobody: the companies it is about, or the state it is set in."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from extractor.models import Party
from extractor.nlp.document import Document
from extractor.nlp.ledger import Entity, Mention

#: The first tokens of an article, in which its topic is named.
LEAD = 60
#: Words of business news, without which a body of unknown kind is no company.
_BUSINESS = re.compile(
    r"\b(?:profits?|revenues?|net sales|sales|shares|dividend|shareholders|company|company's|earnings|orders|maker|airline|carrier|firm)\b"
)
#: Places without bounds: what is counted there is no state's.
WIDE = frozenset({"region", "world", "continent", "globe", "subcontinent"})
#: Contests of all the world's teams.
CONTESTS = frozenset({"cup", "olympics", "olympic", "olympiad", "tournament", "championship", "championships"})
#: How often the name of a company stands in an article about it, at least.
_OFTEN = 3
#: What a mention in the lead and one in the dateline weigh against one further down.
_IN_LEAD, _IN_DATELINE = 3, 5
#: Of two states in an article that is about both, the second is named at least this often.
_BOTH = 3

#: An article that names so many others often is set in none.
_MANY = 4

#: The members of a meeting are named together in the first tokens of an article, at most so far from one another.
_BEGINNING, _NEXT, _SEVERAL = 150, 4, 3
#: Those who stand for a state at a meeting.
_SENT = frozenset({"minister", "leader", "president", "head", "representative", "official", "delegation", "envoy"})
#: What a body of states is called that meets and decides.
GATHERINGS = frozenset({"summit", "council", "assembly", "conference", "congress"})
#: Bodies that are a state where no word says of which, and words for a state.
_GOVERNING = frozenset({"government", "ministry", "cabinet", "treasury", "administration"})
_LANDS = frozenset({"country", "nation", "kingdom", "republic"})


#: Verbs whose object, or subject in the passive, is accused of something.
ACCUSING = frozenset(
    [
        *("accuse", "arraign", "arrest", "charge", "indict", "convict", "acquit", "remand", "jail", "imprison"),
        *("sentence", "prosecute", "detain", "plead", "fine", "impeach"),
    ]
)


@dataclass(frozen=True, slots=True)
class Owner:
    """A party that figures without a named one belong to, and the mention that shows it."""

    party: Party
    mention: Mention


class Home:
    """The companies and states that an article is about."""

    def __init__(self, document: Document) -> None:
        self._document = document
        #: Whose the loans and deals are that were told of so far, by the noun.
        self.dealt: dict[str, tuple[Party, ...]] = {}
        #: Words of quantities: "Danish" of "40 Danish crowns" names no owner.
        self._taken = frozenset(i for quantity in document.quantities for i in range(quantity.start, quantity.end))

    @cached_property
    def by_id(self) -> dict[str, Entity]:
        """The entities of the document by their ids."""
        return {entity.id: entity for entity in self._document.ledger.entities if entity.id is not None}

    @cached_property
    def _named(self) -> dict[str | None, Party]:
        return {
            entity.code: Party(name=entity.name, code=entity.code, kind="state", ref=None)
            for entity in self._document.ledger.entities
            if entity.kind == "state"
        }

    def named_state(self, code: str) -> Party | None:
        """A state that the article names."""
        return self._named.get(code)

    @cached_property
    def _is_business(self) -> bool:
        """Whether the article has words of business news, without which a body of unknown kind is no company."""
        return sum(1 for _ in islice(_BUSINESS.finditer(self._document.view.text), _OFTEN)) == _OFTEN

    @cached_property
    def companies(self) -> list[Owner]:
        """The company the article is about, or the two; named in its lead and often enough."""
        ledger, text = self._document.ledger, self._document.view.text
        ranked: list[tuple[int, Entity]] = []
        for entity in ledger.entities:
            if entity.kind != "organization" or entity.organization_kind not in ("company", "other", None):
                continue
            if not entity.mentions or entity.mentions[0].start > LEAD:
                continue
            often = max(len(entity.mentions), text.count(entity.name.split()[0]))
            if often >= _OFTEN and (entity.organization_kind != "other" or self._is_business):
                ranked.append((often, entity))
        ranked.sort(key=lambda pair: (-pair[0], pair[1].mentions[0].start))
        owners: list[Owner] = []
        states = max(
            (
                sum(mention.rule == "state.name" and mention.start not in self._taken for mention in entity.mentions)
                for entity in ledger.entities
                if entity.kind == "state"
            ),
            default=0,
        )
        if ranked and ranked[0][0] < states:
            return []
        for often, entity in ranked[:2]:
            mention = entity.mentions[0]
            party = ledger.party(self._document.doc[mention.end - 1])
            if party is not None and (not owners or 2 * often > ranked[0][0]):
                owners.append(Owner(party, mention))
        return owners

    @cached_property
    def tells_of_the_wide(self) -> bool:
        """Whether the article speaks of "the region", "the world" and the like at all."""
        return any(word in self._lower for word in (*WIDE, "worldwide", "globally"))

    @cached_property
    def body(self) -> Owner | None:
        """The body of states that an article tells of from its beginning on."""
        for entity in self._document.ledger.entities:
            if entity.organization_kind == "international" and entity.mentions and entity.mentions[0].start <= LEAD:
                mention = entity.mentions[0]
                party = self._document.ledger.party(self._document.doc[mention.end - 1])
                return Owner(party, mention) if party is not None else None
        return None

    @cached_property
    def _lower(self) -> str:
        return self._document.view.text.lower()

    @cached_property
    def tells_of_contests(self) -> bool:
        """Whether the article speaks of a cup or a championship at all."""
        return any(word in self._lower for word in CONTESTS)

    @cached_property
    def accused(self) -> list[tuple[Party, list[Token]]]:
        """The people who are accused, tried or judged, in order, and where they are named so."""
        doc = self._document.doc
        out: list[tuple[Party, list[Token]]] = []
        for entity in self._document.ledger.entities:
            if entity.kind != "person":
                continue
            named = [name for mention in entity.mentions if _stands_accused(name := doc[mention.end - 1])]
            if named:
                out.append((Party(name=entity.name, code=None, kind="person", ref=entity.id), named))
        return out

    def meant_by(self, noun: Token) -> Party | None:
        """The state that "the government" or "the country" means where no word says which: the one the article is set
        in."""
        if noun.pos_ != "NOUN" or not (noun.lemma_ in _GOVERNING or (noun.lemma_ in _LANDS and noun.tag_ == "NN")):
            return None
        return self.states[0].party if len(self.states) == 1 else None

    def company_told_of(self, token: int) -> Owner:
        """Of the companies the article is about, the one named last before a token, else the first."""
        last = self.companies[0], -1
        for owner, starts in zip(self.companies, self._starts, strict=True):
            at = bisect_left(starts, token)
            if at and starts[at - 1] > last[1]:
                last = owner, starts[at - 1]
        return last[0]

    def places_in(self, sentence: DocSpan) -> list[tuple[Token, Entity]]:
        """The places and states that a sentence names, with the last word of each name, in order."""
        doc, places = self._document.doc, self._places
        low = bisect_left(places, sentence.start, key=lambda pair: pair[0])
        high = bisect_left(places, sentence.end, lo=low, key=lambda pair: pair[0])
        return [(doc[at], entity) for at, entity in places[low:high]]

    @cached_property
    def _places(self) -> list[tuple[int, Entity]]:
        places = [
            (mention.end - 1, entity)
            for entity in self._document.ledger.entities
            if entity.kind in ("place", "state")
            for mention in entity.mentions
        ]
        return sorted(places, key=lambda pair: pair[0])

    @cached_property
    def members(self) -> list[Party]:
        """The states whose representatives an article tells of together from its beginning on, three or more:
        "the ministers of Chad, Mali and Niger"."""
        doc, run = self._document.doc, list[tuple[Token, Entity]]()
        for token, entity in self.places_in(doc[:_BEGINNING]):
            if entity.kind != "state" or (run and token.i - run[-1][0].i > _NEXT):
                if len(run) >= _SEVERAL:
                    break
                run = []
            if entity.kind == "state" and all(entity is not other for _, other in run):
                run.append((token, entity))
        if len(run) < _SEVERAL:
            return []
        first = run[0][0].i
        if not any(word.lower_.removesuffix("s") in _SENT for word in doc[max(first - 12, 0) : first]):
            return []
        return [self._document.ledger.state(entity.code) for _, entity in run if entity.code is not None]

    @cached_property
    def _starts(self) -> list[list[int]]:
        """Where the companies are named."""
        found = (self._document.ledger.entity_at(owner.mention.start) for owner in self.companies)
        return [[mention.start for mention in entity.mentions] if entity is not None else [] for entity in found]

    @cached_property
    def states(self) -> list[Owner]:
        """The state the article is set in, by its dateline and the places and states it names most, first; the
        second only where the article is as much about it."""
        weights: Counter[str] = Counter()
        shown: dict[str, Mention] = {}
        for entity in self._document.ledger.entities:
            code = entity.code
            mentions = [mention for mention in entity.mentions if mention.start not in self._taken]
            if entity.kind not in ("place", "state") or code is None or not mentions:
                continue
            for mention in mentions:
                weights[code] += _IN_LEAD if mention.start <= LEAD else 1
            shown.setdefault(code, mentions[0])
            if self._opens(entity):
                weights[code] += _IN_DATELINE
                shown[code] = mentions[0]
        ranked = sorted(weights, key=lambda code: (-weights[code], shown[code].start))
        if sum(weights[code] >= _BOTH for code in ranked[1:]) >= _MANY:
            return []
        kept = ranked[:1] + [code for code in ranked[1:2] if weights[code] >= max(_BOTH, weights[ranked[0]] / 2)]
        return [Owner(self._document.ledger.state(code), shown[code]) for code in kept]

    def _opens(self, entity: Entity) -> bool:
        """Whether a place is that of the dateline."""
        dateline = self._document.layout.dateline
        place = dateline.place if dateline is not None else None
        return place is not None and entity.name.lower() in place.lower()


def _stands_accused(name: Token) -> bool:
    """Whether a person is charged, tried or judged here, and is not the one who accuses."""
    verb = name.head
    if verb.pos_ != "VERB" or verb.lemma_ not in ACCUSING:
        return False
    return name.dep_ in ("nsubjpass", "dobj") or (name.dep_ == "nsubj" and verb.lemma_ == "plead")
