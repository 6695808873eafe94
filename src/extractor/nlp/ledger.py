"""The ledger: every named person, body, state and place of an article once, with all its mentions."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from extractor.models import Party, PlaceRef
from extractor.models.leader import Role, Tenure
from extractor.models.person import OrganizationKind
from extractor.models.place import PlaceKind


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: half-open token offsets, the form, the rule that found it and how it was tied to its entity."""

    start: int
    end: int
    text: str
    rule: str
    reason: str


@dataclass(slots=True)
class Office:
    """An office as the article gives it: title without nationality, its country, body, role and tenure.

    `span` etc. are token offsets of the words that say so.
    """

    title: str | None
    role: Role
    tenure: Tenure
    country: str | None
    organization: "Entity | None"
    title_span: tuple[int, int]
    country_span: tuple[int, int] | None
    rule: str


@dataclass(slots=True)
class Entity:
    """A person, body, state or place. `id` is the record id (None for a state that is only a party)."""

    kind: Literal["person", "organization", "state", "place"]
    name: str
    id: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    #: Alpha-3 code of a state (or `EU`); home country of an organisation or place.
    code: str | None = None
    acronym: str | None = None
    organization_kind: OrganizationKind | None = None
    place_kind: PlaceKind | None = None
    latitude: float | None = None
    longitude: float | None = None
    #: Set for a person with an office: a leader.
    office: Office | None = None
    #: Grammatical gender where known: "m", "f" or None.
    gender: str | None = None
    #: A ministry, department or agency, which is its state as a party.
    acts_as_state: bool = False


_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
#: Nouns for a government or a part of one: their party is the state that their modifier names.
_STATE_NOUNS = frozenset(
    [
        "government",
        "official",
        "authority",
        "administration",
        "regime",
        "troop",
        "force",
        "army",
        "military",
        "navy",
        "ministry",
        "department",
        "delegation",
        "side",
        "leadership",
        "cabinet",
        "diplomat",
        "negotiator",
        "lawmaker",
        "soldier",
        "police",
        "state",
        "leader",
        "president",
        "minister",
        "premier",
        "chancellor",
        "envoy",
        "ambassador",
        "embassy",
        "parliament",
        "senator",
        "representative",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "monarchy",
        "presidency",
        "jet",
        "warship",
        "missile",
        "drone",
        "airstrike",
        "parliamentarian",
        "legislator",
        "counterpart",
        "economy",
        "treasury",
        "citizen",
        "national",
        "people",
        "public",
        "senate",
        "congress",
        "lawmakers",
    ]
)
_COUNTRY_NOUNS = frozenset(["country", "nation", "kingdom", "republic", "homeland", "island", "archipelago"])
_COMPANY_NOUNS = frozenset(
    [
        "company",
        "firm",
        "automaker",
        "carmaker",
        "airline",
        "manufacturer",
        "maker",
        "giant",
        "conglomerate",
        "lender",
        "retailer",
        "insurer",
        "startup",
        "developer",
        "operator",
        "producer",
        "supplier",
        "carrier",
        "chipmaker",
        "shipbuilder",
        "subsidiary",
        "miner",
        "planemaker",
        "brokerage",
    ]
)
#: Nouns that point back to a body, with the kinds of body they can mean (none named: any).
_BODY_NOUNS: dict[str, tuple[OrganizationKind, ...]] = {
    "bank": ("government", "company", "international"),
    "bloc": ("international",),
    "organization": ("international", "other"),
    "organisation": ("international", "other"),
    "alliance": ("international", "other"),
    "union": ("other", "international"),
    "party": ("party",),
    "agency": ("government", "international", "media"),
    "regulator": ("government",),
    "commission": ("government", "international", "other"),
    "council": ("government", "international"),
    "court": ("government", "international"),
    "fund": ("international",),
    "group": ("company", "armed_group", "international"),
    "militia": ("armed_group",),
    "university": ("education",),
    "institute": ("education", "other"),
    "newspaper": ("media",),
    "broadcaster": ("media",),
}
_PAIR_NOUNS = frozenset(
    [
        "country",
        "nation",
        "side",
        "leader",
        "president",
        "state",
        "party",
        "government",
        "neighbor",
        "neighbour",
        "people",
        "power",
        "capital",
        "economy",
        "minister",
        "company",
        "firm",
        "carmaker",
        "automaker",
    ]
)
_PERSON_NOUNS = frozenset({"leader", "president", "minister"})
_COMPANY_PAIR = frozenset({"company", "firm", "carmaker", "automaker"})
_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "around", "across", "throughout", "off", "inside", "from", "to", "into"}
)
_SPECIFIC = {"facility": 0, "city": 1, "region": 2, "water": 2, "other": 3, "country": 4, "continent": 5}


class Ledger:
    """Who is who in one article. Built by `nlp.entities.build_ledger`.

    `holders` leads from a title in lower case to the people who hold it; `office_tokens` are the words of titles,
    nationalities and bodies that belong to the office of a named person, and name no party of their own.
    """

    def __init__(
        self,
        entities: Sequence[Entity] = (),
        *,
        doc: Doc | None = None,
        holders: Mapping[str, Sequence[Entity]] | None = None,
        office_tokens: AbstractSet[int] = frozenset(),
    ) -> None:
        self.entities = list(entities)
        self._doc = doc
        self._holders = holders or {}
        self._office_tokens = office_tokens
        self._at: dict[int, Entity] = {}
        self._mention_at: dict[int, Mention] = {}
        self._joined: dict[int, list[Entity]] = {}
        timeline: list[tuple[int, int, Entity]] = []
        for entity in self.entities:
            for mention in entity.mentions:
                timeline.append((mention.start, mention.end, entity))
                for i in range(mention.start, mention.end):
                    if i in self._at and self._at[i] is not entity:
                        self._joined.setdefault(i, [self._at[i]]).append(entity)
                    self._at.setdefault(i, entity)
                    self._mention_at.setdefault(i, mention)
        timeline.sort(key=lambda item: item[0])
        self._timeline = timeline

    def entity_at(self, token: int) -> Entity | None:
        """The entity whose mention covers a token."""
        return self._at.get(token)

    def party(self, token: Token) -> Party | None:
        """The party that a token (the head of a noun phrase) stands for: a name, a nationality, a capital used for
        its government, a ministry, a title or pronoun that refers back. None where it is no party."""
        entity = self._entity_of(token)
        return None if entity is None else self._as_party(entity, token)

    def parties(self, span: DocSpan) -> list[tuple[Party, Token]]:
        """Every party named in a span, in order, each once, with the token that names it."""
        out: list[tuple[Party, Token]] = []
        seen: set[tuple[str | None, str]] = set()

        def add(party: Party | None, token: Token) -> None:
            if party is not None and (party.code, party.code or party.name) not in seen:
                seen.add((party.code, party.code or party.name))
                out.append((party, token))

        last: Mention | None = None
        for token in span:
            mention = self._mention_at.get(token.i)
            if mention is not None:
                if mention is last:
                    continue
                last = mention
                if self._only_modifies(token, mention):
                    continue
                head = self._doc[mention.end - 1] if self._doc is not None else token
                for entity in self._joined.get(token.i) or [self._at[token.i]]:
                    add(self._as_party(entity, head), head)
            elif token.pos_ == "NOUN":
                if self._is_pair(token):
                    for party in self.pair(token):
                        add(party, token)
                elif not self._names_inside(token):
                    add(self.party(token), token)
        if not out:
            add(self.party(span.root), span.root)
        return out

    def pair(self, token: Token) -> list[Party]:
        """The two parties that "both countries", "the two sides" or "the two leaders" at a token mean: the pair
        joined last before it, else the two named most often before it. Empty where there is no such pair."""
        lemma = token.lemma_.lower()
        kind = "person" if lemma in _PERSON_NOUNS else "organization" if lemma in _COMPANY_PAIR else "state"
        before = [
            (s, e, entity)
            for s, e, entity in self._timeline
            if s < token.i and entity.kind in ("person", "state", "organization")
        ]
        chosen: list[Entity] = []
        previous: tuple[int, int, Entity] | None = None
        counts: dict[int, tuple[int, Entity]] = {}
        for start, end, entity in before:
            actual = self._of_kind(entity, kind)
            if actual is None:
                continue
            seen = counts.get(id(actual), (0, actual))[0]
            counts[id(actual)] = (seen + 1, actual)
            if (
                previous is not None
                and actual is not previous[2]
                and start - previous[1] <= 6
                and self._joins(previous[1], start)
            ):
                chosen = [previous[2], actual]
            previous = (start, end, actual)
        if not chosen:
            common = sorted(counts.values(), key=lambda item: -item[0])
            if len(common) >= 2 and (len(common) == 2 or common[1][0] > common[2][0]):
                chosen = [common[0][1], common[1][1]]
        return [party for entity in chosen if (party := self._as_party(entity, None)) is not None]

    def place(self, span: DocSpan) -> tuple[PlaceRef, DocSpan] | None:
        """The most specific place named in a span, with the tokens that name it; one after "in" or "at" first."""
        best: tuple[tuple[int, int, int], Entity, Mention] | None = None
        for token in span:
            mention = self._mention_at.get(token.i)
            if mention is None or mention.start != token.i:
                continue
            entity = self._at[token.i]
            if (
                entity.kind not in ("place", "state")
                or (entity.kind == "state" and mention.rule != "state.name")
                or entity.code == "EU"
            ):
                continue
            before = token.nbor(-1).lower_ if token.i else ""
            if before == "the" and token.i > 1:
                before = token.nbor(-2).lower_
            rank = (
                0 if before in ("in", "at", "near", "outside") else 1,
                _SPECIFIC[entity.place_kind or "other"],
                token.i,
            )
            if best is None or rank < best[0]:
                best = (rank, entity, mention)
        if best is None:
            return None
        _, entity, mention = best
        country = entity.code if entity.code != "EU" else None
        return PlaceRef(name=entity.name, country=country, ref=entity.id), span.doc[mention.start : mention.end]

    def _as_party(self, entity: Entity, token: Token | None) -> Party | None:
        if entity.kind == "person":
            return Party(name=entity.name, code=None, kind="person", ref=entity.id)
        if entity.kind == "state":
            return Party(name=entity.name, code=entity.code, kind="state", ref=None)
        if entity.kind == "organization":
            code = entity.code
            if entity.acts_as_state and code is None and token is not None:
                owner = self._modifier(token)
                code = owner.code if owner is not None and owner.kind == "state" else None
            if entity.acts_as_state and code is not None:
                return Party(name=_state_name(code), code=code, kind="state", ref=None)
            return Party(name=entity.name, code=None, kind="organization", ref=entity.id)
        if token is not None and entity.code and self._acts(token, entity):
            return Party(name=_state_name(entity.code), code=entity.code, kind="state", ref=None)
        return None

    def _acts(self, token: Token, entity: Entity) -> bool:
        """Whether a capital stands for its government here: it acts, owns or is dealt with, and is no location."""
        if not is_capital(entity.name, entity.code):
            return False
        if token.dep_ in ("nsubj", "nsubjpass", "poss", "agent"):
            return True
        if token.dep_ == "conj":
            return self._acts(token.head, self._at.get(token.head.i, entity))
        if token.dep_ == "pobj":
            return token.head.lower_ in ("with", "between", "against", "by", "toward", "towards", "for")
        return token.dep_ == "dobj" and token.head.lemma_ in (
            "accuse",
            "urge",
            "warn",
            "pressure",
            "criticize",
            "criticise",
            "ask",
            "tell",
            "anger",
            "condemn",
        )

    def _entity_of(self, token: Token) -> Entity | None:
        entity = self._at.get(token.i)
        if entity is not None:
            return entity
        lower = token.lower_
        if lower in _HE or lower in _SHE:
            return self._person_before(token, "m" if lower in _HE else "f")
        if lower in _IT:
            return self._thing_before(token)
        if token.pos_ not in ("NOUN", "PROPN"):
            return None
        return self._noun(token)

    def _noun(self, token: Token) -> Entity | None:
        lemma = token.lemma_.lower()
        owner = self._modifier(token)
        if lemma in self._holders and token.tag_ in ("NN", "NNP"):
            named = [
                entity
                for entity in self._holders[lemma]
                if owner is None or (entity.office is not None and entity.office.country == owner.code)
            ]
            if named:
                return self._nearest(token, named) or (named[0] if len(named) == 1 and owner is not None else None)
        if lemma in _COMPANY_NOUNS and _definite(token):
            fitting = [
                entity
                for entity in self.entities
                if entity.kind == "organization"
                and entity.organization_kind in ("company", "other")
                and (owner is None or owner.kind != "state" or entity.code in (None, owner.code))
            ]
            return self._nearest(token, fitting)
        if lemma in _BODY_NOUNS and _definite(token) and owner is None:
            kinds = _BODY_NOUNS[lemma]
            if lemma == "bloc" and (
                union := next((e for e in self.entities if e.code == "EU" and e.kind == "state"), None)
            ):
                return union
            return self._nearest(
                token, [e for e in self.entities if e.kind == "organization" and e.organization_kind in kinds]
            )
        if lemma in _COUNTRY_NOUNS and _definite(token) and token.tag_ == "NN":
            return self._nearest(token, [e for e in self.entities if e.kind == "state" and e.code != "EU"])
        if lemma in _STATE_NOUNS and owner is not None:
            return owner
        return None

    def _modifier(self, token: Token) -> Entity | None:
        """The state or body that a noun's modifiers name: "Chinese officials", "the government of Japan"."""
        for i in range(token.left_edge.i, token.i):
            entity = self._at.get(i)
            if entity is not None and entity.kind in ("state", "organization"):
                return entity
            if entity is not None and entity.kind == "place" and is_capital(entity.name, entity.code):
                return next((e for e in self.entities if e.kind == "state" and e.code == entity.code), None)
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ in ("of", "from"):
                for grand in child.children:
                    entity = self._at.get(grand.i)
                    if entity is not None and entity.kind in ("state", "organization"):
                        return entity
        return None

    def _names_inside(self, token: Token) -> bool:
        """Whether a noun's own phrase names its party, so that the name stands for it."""
        return any(i in self._at and self._at[i].kind != "place" for i in range(token.left_edge.i, token.i))

    def _only_modifies(self, token: Token, mention: Mention) -> bool:
        """Whether a mention is a part of another's name phrase: "Chinese" in "Chinese President Xi Jinping"."""
        if token.i in self._office_tokens and self._at[token.i].kind != "person":
            return True
        if self._at[token.i].kind != "state" or self._doc is None:
            return False
        head = self._doc[mention.end - 1].head
        other = self._at.get(head.i)
        return (
            other is not None
            and other.kind in ("person", "organization")
            and head.i >= mention.end
            and self._doc[mention.end - 1].dep_ in ("amod", "compound", "nmod", "poss")
        )

    def _is_pair(self, token: Token) -> bool:
        if token.lemma_.lower() not in _PAIR_NOUNS or token.tag_ not in ("NNS", "NNPS"):
            return False
        return any(child.lower_ in ("two", "both") for child in token.lefts)

    def _of_kind(self, entity: Entity, kind: str) -> Entity | None:
        if entity.kind == kind:
            return entity
        if kind == "state" and entity.kind == "person" and entity.office is not None and entity.office.country:
            code = entity.office.country
            return next((e for e in self.entities if e.kind == "state" and e.code == code), None)
        return None

    def _joins(self, start: int, end: int) -> bool:
        assert self._doc is not None
        return any(self._doc[i].lower_ in ("and", "-", "–", "with", "&", "/") for i in range(start, end)) and not any(
            self._doc[i].text in (".", ";") for i in range(start, end)
        )

    def _nearest(self, token: Token, entities: Sequence[Entity]) -> Entity | None:
        """Of some entities the one mentioned last before a token."""
        wanted = {id(entity) for entity in entities}
        best = None
        for start, _, entity in self._timeline:
            if start >= token.i:
                break
            if id(entity) in wanted:
                best = entity
        return best

    def _person_before(self, token: Token, gender: str) -> Entity | None:
        """The person that "he" or "she" means: the subject before it in its sentence or the last two, else the only
        person there."""
        return self._subject_before(token, lambda e: e.kind == "person" and e.gender in (None, gender))

    def _thing_before(self, token: Token) -> Entity | None:
        return self._subject_before(token, lambda e: e.kind in ("state", "organization"))

    def _subject_before(self, token: Token, fits) -> Entity | None:  # type: ignore[no-untyped-def]
        sentence = token.sent
        starts = [sentence.start]
        for _ in range(2):
            if starts[-1] == 0:
                break
            starts.append(sentence.doc[starts[-1] - 1].sent.start)
        end = token.i
        for begin in starts:
            found: list[Entity] = []
            for i in range(begin, end):
                entity = self._at.get(i)
                if entity is None or not fits(entity):
                    continue
                mention = self._mention_at[i]
                if mention.start != i:
                    continue
                if mention.rule in ("state.adjective", "state.prefix") or i in self._office_tokens:
                    continue
                head = sentence.doc[mention.end - 1]
                if head.dep_ in ("nsubj", "nsubjpass") or (head.dep_ == "appos" and head.head.dep_ == "nsubj"):
                    return entity
                found.append(entity)
            unique = list({id(entity): entity for entity in found}.values())
            if len(unique) == 1:
                return unique[0]
            if unique:
                return None
            end = begin
        return None


def _definite(token: Token) -> bool:
    return any(child.lower_ in ("the", "this", "that", "its", "their") or child.dep_ == "poss" for child in token.lefts)


def _state_name(code: str) -> str:
    from extractor.nlp.entities.gazetteer import gazetteer

    return gazetteer().state_names.get(code, code)


def is_capital(name: str, code: str | None) -> bool:
    """Whether a place is a capital, by whose name its government goes."""
    from extractor.nlp.entities.gazetteer import StateWord, gazetteer
    from extractor.nlp.entities.phrases import pieces

    parts = pieces(name)
    hit = gazetteer().states.at(parts, 0) if parts else None
    return (
        hit is not None
        and hit[0] == len(parts)
        and isinstance(hit[1], StateWord)
        and hit[1].form == "capital"
        and code in hit[1].codes
    )
