"""The ledger: every named person, body, state and place of an article once, with all its mentions."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from extractor.models import Party, PlaceRef
from extractor.models.leader import Role, Tenure
from extractor.models.person import OrganizationKind
from extractor.models.place import PlaceKind
from extractor.nlp.gazetteers import word_set


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
    #: A capital, by whose name its government goes.
    capital: bool = False


_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_WE = frozenset({"we", "our", "us", "ours", "ourselves"})
_QUOTES = frozenset({'"', "``", "''", "“", "”"})
#: Roles whose holders mean their state by "we".
_FOR_STATES: frozenset[Role] = frozenset({"head_of_state", "head_of_government", "foreign_minister", "minister"})
_THEY = frozenset({"they", "them", "their", "themselves"})
#: Plurals that mean two known parties with no more than "the" before them: "the sides agreed", "the ministers met".
_SIDES = frozenset({"sides", "leaders", "ministers", "presidents"})
#: Bodies that go by a noun only where it is in their name: "the commission", "the council".
_BY_NAME = frozenset(
    {"commission", "council", "court", "fund", "university", "institute", "tribunal", "ministry", "department", "board"}
    | {
        "authority",
        "directorate",
        "committee",
        "association",
        "federation",
        "foundation",
        "exchange",
        "bureau",
        "front",
    }
    | {"coalition", "assembly", "inspectorate", "secretariat", "movement"}
)
#: Words of the names of what goes by a noun: "the bank" is one of them, where the article names one.
_NAMED_LIKE: dict[str, frozenset[str]] = {
    "bank": frozenset({"bank", "banco", "banque", "banca", "bancorp", "bankers", "savings", "credit", "reserve"}),
    "lender": frozenset(
        {"bank", "banco", "banque", "banca", "bancorp", "savings", "credit", "fund", "finance", "monetary"}
    ),
    "airline": frozenset({"air", "airlines", "airline", "airways", "aviation"}),
    "carrier": frozenset({"air", "airlines", "airline", "airways", "telecom"}),
    "insurer": frozenset({"insurance", "assurance", "re", "life", "mutual"}),
    "union": frozenset(
        {"union", "unions", "workers", "congress", "employees", "teachers", "labour", "labor", "solidarity"}
    ),
    "agency": frozenset({"agency", "administration", "bureau", "directorate", "service"}),
    "regulator": frozenset({"regulator", "regulatory", "commission", "authority", "board", "exchange", "supervisory"}),
    "miner": frozenset({"mining", "mines", "minerals", "resources", "gold", "metals", "copper", "lithium"}),
    "university": frozenset({"university", "universiti", "universidad", "universitas"}),
    "tribunal": frozenset({"tribunal", "court"}),
}
#: Words of a title that make it another one: "the vice president" is not the president.
_DEPUTIES = frozenset({"vice", "deputy"})
#: Nouns that point back to a body, with the kinds of body they can mean.
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
    "council": ("government", "international", "other"),
    "court": ("government", "international"),
    "tribunal": ("government", "international"),
    "ministry": ("government",),
    "department": ("government",),
    "directorate": ("government",),
    "bureau": ("government",),
    "inspectorate": ("government",),
    "authority": ("government", "other"),
    "board": ("government", "other"),
    "committee": ("government", "other", "international"),
    "secretariat": ("government", "international"),
    "assembly": ("government", "international"),
    "association": ("other", "international"),
    "federation": ("other", "international"),
    "foundation": ("other",),
    "exchange": ("company", "other"),
    "front": ("armed_group", "party", "other"),
    "movement": ("armed_group", "party", "other"),
    "coalition": ("party", "other", "international"),
    "fund": ("international",),
    "group": ("company", "armed_group", "international", "other"),
    "militia": ("armed_group",),
    "university": ("education",),
    "institute": ("education", "other"),
    "newspaper": ("media",),
    "broadcaster": ("media",),
}
_COMPANIES: tuple[OrganizationKind, ...] = ("company", "other")
_LOCATIVE = frozenset({"in", "at", "near", "outside", "around", "across", "throughout", "off", "inside", "to"})
#: Prepositions after which a capital is a party, not a place: "talks with Beijing".
_PARTY_PREPOSITIONS = frozenset({"with", "between", "against", "by", "toward", "towards", "for"})
_DEALING = frozenset(
    {"accuse", "urge", "warn", "pressure", "criticize", "criticise", "ask", "tell", "anger", "condemn", "blame"}
)
_SPECIFIC: dict[PlaceKind, int] = {
    "facility": 0,
    "city": 1,
    "region": 2,
    "water": 2,
    "other": 3,
    "country": 4,
    "continent": 5,
}


class Ledger:
    """Who is who in one article. Built by `nlp.entities.build_ledger`.

    `holders` leads from a title in lower case to the people who hold it; `office_tokens` are the words of titles,
    nationalities and bodies that belong to the office of a named person, and name no party of their own;
    `state_names` has the common English name of each state by its code.
    """

    def __init__(
        self,
        entities: Sequence[Entity] = (),
        *,
        doc: Doc | None = None,
        holders: Mapping[str, Sequence[Entity]] | None = None,
        office_tokens: AbstractSet[int] = frozenset(),
        state_names: Mapping[str, str] | None = None,
    ) -> None:
        self.entities = list(entities)
        self._doc = doc
        self._holders = holders or {}
        self._office_tokens = office_tokens
        self._state_names = state_names or {}
        self._states = {entity.code: entity for entity in self.entities if entity.kind == "state"}
        self._at: dict[int, Entity] = {}
        self._mention_at: dict[int, Mention] = {}
        #: Every state of a word that joins two: "U.S.-China".
        self._joined: dict[int, list[Entity]] = {}
        #: What pronouns and common nouns refer to, as far as it was asked.
        self._meant: dict[int, Entity | None] = {}
        self._timeline: list[tuple[int, int, Entity]] = []
        for entity in self.entities:
            for mention in entity.mentions:
                self._timeline.append((mention.start, mention.end, entity))
                for i in range(mention.start, mention.end):
                    if i in self._at and self._at[i] is not entity:
                        self._joined.setdefault(i, [self._at[i]]).append(entity)
                    self._at.setdefault(i, entity)
                    self._mention_at.setdefault(i, mention)
        self._timeline.sort(key=lambda item: item[0])
        self._starts = [item[0] for item in self._timeline]

    def entity_at(self, token: int) -> Entity | None:
        """The entity whose mention covers a token."""
        return self._at.get(token)

    def state(self, code: str) -> Party:
        """A state as a party, by its code, whether or not the article names it."""
        return Party(name=self._state_names.get(code, code), code=code, kind="state", ref=None)

    def party(self, token: Token) -> Party | None:
        """The party that a token (the head of a noun phrase) stands for: a name, a nationality, a capital used for
        its government, a ministry, a title or pronoun that refers back. None where it is no party."""
        entity = self._at.get(token.i)
        if entity is None:
            if token.i not in self._meant:
                self._meant[token.i] = self._referent(token)
            entity = self._meant[token.i]
        return None if entity is None else self._as_party(entity, token)

    def parties(self, span: DocSpan) -> list[tuple[Party, Token]]:
        """Every party named in a span, in order, each once, with the token that names it. Nouns that refer back
        ("the Italian company", "the president", "both countries") count where no name in their phrase does."""
        out: list[tuple[Party, Token]] = []
        seen: set[str] = set()

        def add(party: Party | None, token: Token) -> None:
            key = "" if party is None else party.code or party.ref or party.name
            if party is not None and key not in seen:
                seen.add(key)
                out.append((party, token))

        last: Mention | None = None
        resolved: set[int] = set()
        for token in span:
            mention = self._mention_at.get(token.i)
            if mention is not None:
                if mention is last:
                    continue
                last = mention
                if self._only_modifies(mention):
                    continue
                noun = self._refers_back(mention)
                if noun is not None:
                    resolved.add(noun.i)
                    add(self.party(noun), noun)
                    continue
                head = token.doc[mention.end - 1]
                for entity in self._joined.get(token.i) or [self._at[token.i]]:
                    add(self._as_party(entity, head), head)
            elif token.lower_ in _THEY:
                for party in self._couple(token):
                    add(party, token)
            elif token.lower_ in _WE:
                add(self.party(token), token)
            elif token.i not in resolved and (token.pos_ == "NOUN" or token.tag_ == "NNPS"):
                if self._is_pair(token):
                    for party in self.pair(token):
                        add(party, token)
                elif not any(i in self._at for i in range(token.left_edge.i, token.i)):
                    add(self.party(token), token)
        if not out and len(span):
            add(self.party(span.root), span.root)
        return out

    def topic(self) -> Party | None:
        """The company that an article is about, told of from its beginning on, as a party."""
        entity = _topic([e for e in self.entities if e.organization_kind == "company"])
        return None if entity is None or entity.mentions[0].start > 80 else self._as_party(entity, None)

    def pair(self, token: Token) -> list[Party]:
        """The two parties that "both countries", "the two sides" or "the two leaders" at a token mean: the pair
        joined last before it, else the two named most often before it. Empty where there is no such pair."""
        lemma = token.lemma_.lower()
        leaders = lemma in word_set("pair_person") or lemma in ("two", "both")
        kind = "person" if leaders else "organization" if lemma in word_set("pair_company") else "state"
        chosen: list[Entity] = []
        previous: tuple[int, Entity] | None = None
        listed = False
        counts: dict[int, int] = {}
        found: dict[int, Entity] = {}
        for start, end, entity in self._timeline[: bisect_left(self._starts, token.i)]:
            actual = self._of_kind(entity, kind)
            if actual is None or (leaders and actual.office is None):
                continue
            counts[id(actual)] = counts.get(id(actual), 0) + 1
            found[id(actual)] = actual
            if previous is not None and actual is not previous[1] and start - previous[0] <= 8:
                if self._joins(previous[0], start):
                    # the last two of "A, B and C" are no pair
                    chosen = [] if listed else [previous[1], actual]
                    listed = False
                else:
                    listed = self._doc is not None and self._doc[previous[0] : start].text.strip() in (",", ", the")
            previous = (end, actual)
        if not chosen:
            common = sorted(found.values(), key=lambda entity: -counts[id(entity)])
            if len(common) == 2 or (len(common) > 2 and counts[id(common[1])] > counts[id(common[2])]):
                chosen = common[:2]
        return [party for entity in chosen if (party := self._as_party(entity, None)) is not None]

    def place(self, span: DocSpan) -> tuple[PlaceRef, DocSpan] | None:
        """The most specific place named in a span, with the tokens that name it; one after "in" or "at" first. A
        country, and a capital that stands for its government, is a place only after such a preposition."""
        best: tuple[tuple[int, int, int], Entity, Mention] | None = None
        for token in span:
            mention = self._mention_at.get(token.i)
            if mention is None or mention.start != token.i or token.i in self._office_tokens:
                continue
            entity = self._at[token.i]
            if entity.kind not in ("place", "state") or entity.code == "EU" or entity.place_kind is None:
                continue
            if entity.kind == "state" and mention.rule != "state.name":
                continue
            located = self._located(token)
            head = token.doc[mention.end - 1]
            if not located and (entity.kind == "state" or (entity.capital and self._acts(head))):
                continue
            rank = (0 if located else 1, _SPECIFIC[entity.place_kind], token.i)
            if best is None or rank < best[0]:
                best = (rank, entity, mention)
        if best is None:
            return None
        _, entity, mention = best
        return PlaceRef(name=entity.name, country=entity.code, ref=entity.id), span.doc[mention.start : mention.end]

    def _located(self, token: Token) -> bool:
        """Whether a preposition of place stands before a name: "in Geneva", "at the Kremlin", "in Rome and Paris"."""
        i = token.i - 1
        while i >= 0 and (
            token.doc[i].lower_ in ("the", "nearby", "central", "southern", "northern", "eastern", "western")
            or token.doc[i].is_space
        ):
            i -= 1
        return i >= 0 and token.doc[i].lower_ in _LOCATIVE

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
                return Party(name=self._state_names.get(code, code), code=code, kind="state", ref=None)
            return Party(name=entity.name, code=None, kind="organization", ref=entity.id)
        if token is not None and entity.capital and entity.code and self._acts(token):
            return Party(name=self._state_names.get(entity.code, entity.code), code=entity.code, kind="state", ref=None)
        return None

    def _acts(self, token: Token) -> bool:
        """Whether a capital stands for its government here: it acts, owns or is dealt with, and is no location."""
        for _ in range(4):
            if token.dep_ in ("nsubj", "nsubjpass", "poss", "agent"):
                return not (token.dep_ == "poss" and token.head.ent_type_ in ("FAC", "LOC"))
            if token.dep_ == "pobj":
                return token.head.lower_ in _PARTY_PREPOSITIONS
            if token.dep_ == "dobj":
                return token.head.lemma_ in _DEALING
            if token.dep_ != "conj":
                return False
            token = token.head
        return False

    def _referent(self, token: Token) -> Entity | None:
        """What a pronoun or a common noun refers to."""
        lower = token.lower_
        if lower in _SHE:
            known = self._subject_before(token, lambda e: e.kind == "person" and e.gender == "f")
            return known or self._subject_before(token, lambda e: e.kind == "person" and e.gender is None)
        if lower in _HE:
            return self._subject_before(token, lambda e: e.kind == "person" and e.gender != "f")
        if lower in _WE:
            return self._spoken_for(token)
        if lower in _IT:
            noun = next((t for t in reversed(token.doc[token.sent.start : token.i]) if t.dep_ == "nsubj"), None)
            if noun is not None and noun.pos_ == "NOUN" and noun.i not in self._at:
                # "the union said it would"
                known = self._noun(noun)
                if known is not None and known.kind in ("state", "organization"):
                    return known
            return (
                self._subject_before(token, lambda e: e.kind in ("state", "organization"), subjects_only=True)
                or _topic([e for e in self.entities if e.organization_kind in _COMPANIES])
                or self._subject_before(token, lambda e: e.kind in ("state", "organization"))
            )
        return self._noun(token) if token.pos_ in ("NOUN", "PROPN") else None

    def _spoken_for(self, token: Token) -> Entity | None:
        """Whom "we" means in a quote: the state or body of the office holder who speaks it."""
        speaker = self._speaker(token)
        office = speaker.office if speaker is not None else None
        if office is None:
            return None
        if office.organization is not None:
            return office.organization
        return self._states.get(office.country) if office.role in _FOR_STATES else None

    def _speaker(self, token: Token) -> Entity | None:
        """Who speaks the quote around a token: the person at a verb of saying after its end, else before its
        beginning, within a few words."""
        doc, speech = token.doc, word_set("speech")
        begin = next((i for i in range(token.i - 1, max(-1, token.i - 200), -1) if doc[i].text in _QUOTES), None)
        if begin is None or _closes(doc[begin]):
            return None
        end = next((i for i in range(token.i + 1, min(len(doc), token.i + 200)) if doc[i].text in _QUOTES), None)
        if end is None:
            return None
        for low, high in ((end + 1, min(len(doc), end + 14)), (max(0, begin - 10), begin)):
            said = any(doc[i].lower_ in speech for i in range(low, high))
            stop = next((i for i in range(low, high) if doc[i].text in (".", "\n\n") and low > token.i), high)
            near = [self._at[i] for i in range(low, stop) if i in self._at and self._at[i].kind == "person"]
            if said and near:
                return near[0]
        return None

    def _noun(self, token: Token) -> Entity | None:
        lemma = token.lemma_.lower()
        owner = self._modifier(token)
        home = owner.code if owner is not None and owner.kind == "state" else None
        single = token.tag_ in ("NN", "NNP")
        if lemma in self._holders and single:
            named = [
                entity
                for entity in self._holders[lemma]
                if owner is None
                or (
                    entity.office is not None and (entity.office.country == home or entity.office.organization is owner)
                )
            ]
            named = _of_title(token, named)
            if named and _definite(token, owner):
                return (
                    (_foremost(named) if owner is None else None)
                    or self._nearest(token, named)
                    or (named[0] if len(named) == 1 else None)
                )
        if lemma in word_set("company_noun") and single and _definite(token, None):
            return self._body(token, _COMPANIES, home)
        if lemma in _BODY_NOUNS and single and _definite(token, None) and (owner is None or home is not None):
            if lemma == "bloc" and "EU" in self._states:
                return self._states["EU"]
            body = self._body(token, _BODY_NOUNS[lemma], home)
            if body is not None:
                return body
        if lemma in word_set("country_noun") and single and owner is None and _definite(token, None):
            return self._nearest(token, [e for e in self.entities if e.kind == "state" and e.code != "EU"])
        return owner if lemma in word_set("state_noun") else None

    def _body(self, token: Token, kinds: tuple[OrganizationKind, ...], home: str | None) -> Entity | None:
        """The body that "the company" or "the Italian bank" means: the one of that state, else the last subject of
        its kind, else the one named last."""
        fitting = [e for e in self.entities if e.kind == "organization" and e.organization_kind in kinds]
        lemma = token.lemma_.lower()
        like = _NAMED_LIKE.get(lemma)
        if like is not None:
            fitting = [e for e in fitting if like & set(e.name.lower().split())] or fitting
        if lemma in _BY_NAME:
            fitting = [
                e for e in fitting if lemma in e.name.lower() or (like or frozenset()) & set(e.name.lower().split())
            ]
        if lemma == "union":
            # a union of workers: never the United Nations or a union of states
            fitting = [e for e in fitting if e.organization_kind != "international"]
        if home is not None:
            known = [e for e in fitting if e.code == home]
            fitting = known or [e for e in fitting if e.code is None]
        wanted = {id(entity) for entity in fitting}
        begin, end = bisect_left(self._starts, token.sent.start), bisect_left(self._starts, token.i)
        here = {id(entity): entity for _, _, entity in self._timeline[begin:end] if id(entity) in wanted}
        if len(here) == 1 and kinds is _COMPANIES:
            # "refused to bail out Lakeside Bank, forcing the company to"
            return next(iter(here.values()))
        subject = self._subject_before(token, lambda e: id(e) in wanted, subjects_only=True)
        return subject or (_topic(fitting) if kinds is _COMPANIES else None) or self._nearest(token, fitting)

    def _modifier(self, token: Token) -> Entity | None:
        """The state or body that a noun's modifiers name: "Chinese officials", "the government of Japan"."""
        for i in range(token.left_edge.i, token.i):
            entity = self._at.get(i)
            if entity is not None and entity.kind in ("state", "organization"):
                return entity
            if entity is not None and entity.capital:
                return self._states.get(entity.code)
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ in ("of", "from"):
                for grand in child.children:
                    entity = self._at.get(grand.i)
                    if entity is not None and entity.kind in ("state", "organization"):
                        return entity
        return None

    def _only_modifies(self, mention: Mention) -> bool:
        """Whether a mention is a part of another's name phrase: "Chinese" in "Chinese President Xi Jinping"."""
        entity = self._at[mention.start]
        if entity.kind == "person":
            return False
        if mention.start in self._office_tokens:
            return True
        if entity.kind != "state" or self._doc is None:
            return False
        token = self._doc[mention.end - 1]
        head = token.head
        if token.dep_ == "pobj" and head.lower_ == "of":
            head = head.head
        elif token.dep_ not in ("amod", "compound", "nmod", "poss") or head.i < mention.end:
            return False
        other = self._at.get(head.i)
        return other is not None and other.kind in ("person", "organization") and not other.acts_as_state

    def _refers_back(self, mention: Mention) -> Token | None:
        """The noun that a nationality stands before, where the two together refer back to a person or a body: "the
        Italian company", "the Indian leader"."""
        if self._doc is None or mention.rule not in ("state.adjective", "state.name"):
            return None
        token = self._doc[mention.end - 1]
        noun = token.head
        if token.dep_ not in ("amod", "compound", "nmod", "poss") or noun.i < mention.end or noun.i in self._at:
            return None
        if noun.pos_ != "NOUN":
            return None
        entity = self._noun(noun)
        return noun if entity is not None and entity.kind in ("person", "organization") else None

    def _is_pair(self, token: Token) -> bool:
        if token.tag_ not in ("NNS", "NNPS"):
            return False
        if token.lower_ in _SIDES or token.text == "Parties":
            bare = [child.lower_ for child in token.lefts] == ["the"]
            if bare and not any(child.dep_ in ("prep", "relcl", "acl") for child in token.rights):
                return True
        if token.lemma_.lower() not in word_set("pair_noun"):
            return False
        return any(child.lower_ in ("two", "both") for child in token.lefts)

    def several(self, token: Token) -> list[Party]:
        """The two whom a plural pronoun or a bare "the two" means. Empty where it is no such word."""
        if token.lower_ in _THEY:
            return self._couple(token) or self.pair(token) if token.i else []
        if token.lower_ in ("two", "both") and token.dep_ in ("nsubj", "nsubjpass") and token.pos_ != "NOUN":
            return self.pair(token)
        return self.pair(token) if self._is_pair(token) else []

    def _couple(self, token: Token) -> list[Party]:
        """The two that "they" or "their" means: the joined subject before it in its sentence or the one before."""
        sentence = token.sent
        begin = sentence.start
        spans = [(begin, token.i)]
        if begin:
            spans.append((sentence.doc[begin - 1].sent.start, begin))
        for start, end in spans:
            for word in sentence.doc[start:end]:
                if word.dep_ not in ("nsubj", "nsubjpass") or word.tag_ in ("PRP", "WDT", "WP"):
                    continue
                members = [word, *(child for child in word.rights if child.dep_ == "conj")]
                parties = [party for member in members if (party := self.party(member)) is not None]
                if len(parties) == 2 and parties[0] != parties[1]:
                    return parties
        return []

    def _of_kind(self, entity: Entity, kind: str) -> Entity | None:
        if entity.kind == kind:
            return entity
        if kind == "state" and entity.kind == "person" and entity.office is not None:
            return self._states.get(entity.office.country)
        return None

    def _joins(self, start: int, end: int) -> bool:
        """Whether the words between two names join them: "China and Russia", "Xi met Putin"."""
        if self._doc is None:
            return False
        between = self._doc[start:end]
        return not any(t.text in (".", ";") for t in between) and any(
            t.lower_ in ("and", "-", "–", "with", "&", "/") or t.lemma_ in ("meet", "host", "receive", "visit", "call")
            for t in between
        )

    def _nearest(self, token: Token, entities: Sequence[Entity]) -> Entity | None:
        """Of some entities the one mentioned last before a token."""
        wanted = {id(entity) for entity in entities}
        for k in range(bisect_left(self._starts, token.i) - 1, -1, -1):
            if id(self._timeline[k][2]) in wanted:
                return self._timeline[k][2]
        return None

    def _subject_before(
        self, token: Token, fits: Callable[[Entity], bool], *, subjects_only: bool = False
    ) -> Entity | None:
        """The last subject that fits, in the token's sentence or the two before it; failing that the only one there
        that fits. None where several do."""
        doc, end, begin = token.doc, token.i, token.sent.start
        for _ in range(3):
            found: dict[int, Entity] = {}
            for k in range(bisect_left(self._starts, begin), bisect_left(self._starts, end)):
                start, stop, entity = self._timeline[k]
                if not fits(entity) or start in self._office_tokens:
                    continue
                if self._mention_at[start].rule in ("state.adjective", "state.prefix"):
                    continue
                head = doc[stop - 1]
                if head.dep_ in ("nsubj", "nsubjpass") or (head.dep_ == "appos" and head.head.dep_ == "nsubj"):
                    # two joined subjects are "they"
                    return None if any(child.dep_ == "conj" for child in head.rights) else entity
                found[id(entity)] = entity
            if found and not subjects_only:
                return next(iter(found.values())) if len(found) == 1 else None
            if begin == 0:
                break
            end, begin = begin, doc[begin - 1].sent.start
        return None


def _closes(quote: Token) -> bool:
    """Whether a quotation mark ends a quote: nothing but a blank or a stop follows it."""
    return quote.text in ("''", "”") or (
        quote.text == '"'
        and quote.i > 0
        and not quote.doc[quote.i - 1].whitespace_
        and not quote.doc[quote.i - 1].is_space
        and bool(quote.whitespace_)
    )


def _foremost(holders: Sequence[Entity]) -> Entity | None:
    """Of several who hold a title the one that the article names far more often than the others."""
    common = sorted(holders, key=lambda entity: -len(entity.mentions))
    if len(common) < 2 or len(common[0].mentions) < max(4, 3 * len(common[1].mentions)):
        return None
    return common[0]


def _of_title(token: Token, holders: Sequence[Entity]) -> list[Entity]:
    """Of those who hold an office, the ones whose title has the words before it: "the foreign minister"; a deputy
    only where it says so."""
    before = {child.lower_ for child in token.lefts if child.dep_ in ("compound", "amod", "nmod")}
    titles = [(entity, (entity.office.title or "").lower().split() if entity.office else []) for entity in holders]
    out = [entity for entity, title in titles if _DEPUTIES & before == _DEPUTIES & set(title)]
    exact = [entity for entity, title in titles if entity in out and before and before <= set(title)]
    return exact or out


def _topic(entities: Sequence[Entity]) -> Entity | None:
    """The one that the article names three times or more, and twice as often as any other."""
    common = sorted(entities, key=lambda entity: -len(entity.mentions))[:2]
    if not common or len(common[0].mentions) < 3:
        return None
    return common[0] if len(common) == 1 or len(common[0].mentions) >= 2 * len(common[1].mentions) else None


def _definite(token: Token, owner: Entity | None) -> bool:
    """Whether a noun points to something known: "the company", "its leader", "China's president"."""
    return owner is not None or any(
        child.lower_ in ("the", "this", "that", "its", "their") or child.dep_ == "poss" for child in token.lefts
    )
