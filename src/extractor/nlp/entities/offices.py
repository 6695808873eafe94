"""Office phrases: a title with its modifiers, its country and its body, wherever they stand around it."""

from dataclasses import dataclass, field

from extractor.models.leader import Role, Tenure
from extractor.models.person import OrganizationKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.bodies import BodySpan
from extractor.nlp.entities.gazetteer import Region, StateWord, Title, gazetteer
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set

_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our", "a", "an"})
#: Tags of words that may stand between a nationality and a title: "South Korean opposition leader".
_BETWEEN_TAGS = frozenset({"JJ", "JJS", "JJR", "NN", "VBN", "HYPH", "RB", "CD", "NNS"})
_HEADS = frozenset({"head_of_state", "head_of_government"})


@dataclass(slots=True)
class Office:
    """One office phrase. All offsets are words, half-open; `span` covers modifiers, country and body too.

    `pointed`: the noun by which the body or country is only pointed at ("the company's president", "its chief").
    """

    entry: Title
    span: tuple[int, int]
    title_span: tuple[int, int]
    title: str
    role: Role
    tenure: Tenure = "current"
    countries: tuple[str, ...] = ()
    country_span: tuple[int, int] | None = None
    body: BodySpan | None = None
    pointed: str = ""
    #: The person whose office it serves: "Trump" in "Trump's envoy".
    owner: str = ""
    #: The country is told by a place of it: "the mayor of London".
    local: bool = False
    deputy: bool = False
    #: Words of what a minister is in charge of.
    matter: list[str] = field(default_factory=list)

    @property
    def plural(self) -> bool:
        """Whether the title names several holders."""
        return self.entry.plural

    def set_country(self, codes: tuple[str, ...], span: tuple[int, int]) -> None:
        """Set the country unless words nearer to the title told it before."""
        if not self.countries and codes:
            self.countries, self.country_span = codes, span


def find_offices(words: Words, atoms: dict[int, Atom], bodies: list[BodySpan]) -> list[Office]:
    """Every office phrase, in order."""
    reader = _Reader(words, atoms, bodies)
    return [
        reader.read(atom, atom.value)
        for atom in atoms.values()
        if isinstance(atom.value, Title) and reader.is_title(atom)
    ]


class _Reader:
    def __init__(self, words: Words, atoms: dict[int, Atom], bodies: list[BodySpan]) -> None:
        self.words = words
        self.atoms = atoms
        self.body_at = {body.start: body for body in bodies}
        self.body_before = {body.end: body for body in bodies}
        self.inside = {i: body for body in bodies for i in range(body.start, body.end)}
        self.state_before = {atom.end: atom for atom in atoms.values() if isinstance(atom.value, (StateWord, Region))}

    def is_title(self, atom: Atom) -> bool:
        """Whether a title's words are no part of a body's name."""
        body = self.inside.get(atom.start)
        return body is None or body.end < atom.end

    def read(self, atom: Atom, entry: Title) -> Office:
        """The office phrase around one title."""
        office = Office(entry, (atom.start, atom.end), (atom.start, atom.end), "", entry.role)
        self._matter_before(office)
        self._modifiers(office)
        self._suffix(office)
        self._right(office)
        self._left(office)
        self._settle(office)
        return office

    def _matter_before(self, office: Office) -> None:
        """ "Commerce Minister", "trade and industry minister"."""
        words, lower = self.words, self.words.lower
        start, end = office.span
        if lower[end - 1] not in word_set("office_noun") or office.entry.scope not in ("state", "open"):
            return
        portfolios = gazetteer().portfolios
        while start > 0 and words.block[start - 1] == words.block[end - 1]:
            word = lower[start - 1]
            if word in portfolios:
                office.matter.append(word)
                start -= 1
            elif (
                word in ("and", "&", "-", ",")
                and start > 1
                and lower[start - 2] in portfolios
                and office.matter
                and (word != "," or words.cap(start - 2) == words.cap(start))
            ):
                start -= 1
            else:
                break
        office.span = office.title_span = (start, end)

    def _modifiers(self, office: Office) -> None:
        words, lower = self.words, self.words.lower
        start, end = office.span
        title_start = start
        while start > 0 and words.block[start - 1] == words.block[end - 1]:
            word = lower[start - 1]
            if (
                word == "-"
                and start > 1
                and (lower[start - 2] in word_set("former") or lower[start - 2] in word_set("deputy"))
            ):
                start -= 1
            elif word in word_set("deputy"):
                office.deputy = True
                start = title_start = start - 1
            elif word in word_set("acting"):
                office.tenure = "acting"
                start = title_start = start - 1
            elif word in word_set("former") and (word != "late" or (start > 1 and lower[start - 2] in ("the", "'s"))):
                office.tenure = "former"
                start -= 1
            elif word == "incoming":
                office.tenure = "elect"
                start -= 1
            elif (
                word in word_set("qualifier")
                and start - 1 not in self.inside
                and office.entry.title not in ("minister", "leader")
                and not (word == "state" and office.entry.scope != "open")
            ):
                start = title_start = start - 1
            else:
                break
        office.span, office.title_span = (start, end), (title_start, end)

    def _suffix(self, office: Office) -> None:
        words, lower = self.words, self.words.lower
        end = office.span[1]
        if lower[end - 1] in word_set("candidate"):
            office.tenure = "candidate"
        after = end + 1 if end + 1 < len(words) and words.plain[end] == "-" else end
        if after < len(words) and words.block[after] == words.block[end - 1]:
            if lower[after] in word_set("elect"):
                office.tenure = "elect"
                self._stretch(office, after + 1)
            elif lower[after] in word_set("candidate") and words.plain[end] != "-":
                office.tenure = "candidate"
                self._stretch(office, after + 1)

    def _stretch(self, office: Office, end: int) -> None:
        """Let title and phrase end here."""
        office.span = (office.span[0], end)
        office.title_span = (office.title_span[0], end)

    def _right(self, office: Office) -> None:
        """What follows the title: its matter ("of transport"), country ("of Armenia") or body ("of Toyota")."""
        words, lower = self.words, self.words.lower
        block = words.block[office.title_span[0]]
        last = lower[office.title_span[1] - 1]
        end = office.span[1]
        if (
            " of " in office.entry.title
            and lower[end : end + 1] == ["and"]
            and lower[end + 1 : end + 2]
            and lower[end + 1] in gazetteer().portfolios
        ):
            # "Minister of Foreign Affairs and International Cooperation"
            self._matter_after(office, end + 1)
        for _ in range(4):
            end = office.span[1]
            if end + 1 >= len(words) or words.block[end + 1] != block:
                return
            link = lower[end]
            if link == "in" and lower[end + 1 : end + 3] == ["charge", "of"]:
                i = end + 3
            elif (
                link in ("of", "for", "at", "with")
                or (link in ("to", "on") and last in word_set("to_office"))
                or (link == "in" and last in ("commander", "chief", "head", "leader", "ambassador", "representative"))
            ):
                i = end + 1
            else:
                return
            while i < len(words) and lower[i] in _DETERMINERS:
                i += 1
            if i >= len(words) or not self._complement(office, link, i):
                return

    def _complement(self, office: Office, link: str, i: int) -> bool:
        """Take in what stands after "of" at a word; whether more may follow."""
        words, lower = self.words, self.words.lower
        atom = self.atoms.get(i)
        body = self.body_at.get(i)
        if (
            office.entry.role in ("minister", "foreign_minister", "official")
            and lower[i] in gazetteer().portfolios
            and (body is None or lower[body.end - 1] not in gazetteer().organization_words)
            and self._matter_after(office, i)
        ):
            return True
        if body is not None:
            if link in ("to", "on"):
                self._stretch(office, body.end)
            else:
                office.body = office.body or body
                end = body.end
                if end < len(words) and not words.cap(end) and lower[end] in word_set("pointing_noun"):
                    # "of the United Auto Workers union"
                    end += 1
                elif end < len(words) and lower[end] == "'s":
                    # "chair of the European Parliament's trade committee"
                    end += 1
                    while end < len(words) and words.tag[end] in ("JJ", "NN", "NNS") and not words.cap(end):
                        end += 1
                office.span = (office.span[0], end)
            return True
        if atom is not None and isinstance(atom.value, StateWord):
            if link in ("to", "on"):
                self._stretch(office, atom.end)
                return True
            form = atom.value.form
            if (
                form == "capital"
                and office.title_span[1] == office.span[1]
                and lower[office.span[1] - 1] in word_set("local_office")
            ):
                office.set_country(atom.value.codes[-1:], (i, atom.end))
                office.local = True
                self._stretch(office, atom.end)
                return True
            if (
                form in ("name", "capital", "seat")
                and atom.end not in self.body_at
                and not self._noun_follows(atom.end)
            ):
                return self._states_after(office, i)
            return self._common_body(office, atom, atom.value)
        if (atom is not None and isinstance(atom.value, Region)) or (words.cap(i) and words.ent[i] in ("GPE", "LOC")):
            return self._place_after(office, i, atom)
        k = i
        while (
            k < len(words)
            and words.tag[k] in ("JJ", "JJS", "NN", "VBN", "HYPH", "POS")
            and k - i < 5
            and lower[k] not in word_set("pointing_noun")
        ):
            k += 1
        if k < len(words) and lower[k] in word_set("pointing_noun"):
            office.pointed = lower[k]
            office.span = (office.span[0], k + 1)
        elif (
            k < len(words)
            and lower[i] not in ("republic", "country", "nation")
            and ("NNS" in words.tag[k : k + 1] or (k > i and words.tag[k - 1] == "NN"))
        ):
            # "president of global operations" is no head of state
            office.pointed = office.pointed or "company"
        return False

    def _matter_after(self, office: Office, i: int) -> bool:
        """ "of foreign affairs", "for trade and industry"."""
        lower = self.words.lower
        portfolios = gazetteer().portfolios
        last = i
        k = i
        while k < len(lower):
            if lower[k] in portfolios:
                office.matter.append(lower[k])
                last = k + 1
            elif (
                lower[k] not in ("and", "&", ",", "the", "-", "of")
                or k + 1 >= len(lower)
                or (lower[k + 1] not in portfolios and not (lower[k] == "and" and lower[k + 1] == "the"))
            ):
                break
            k += 1
        if last == i:
            return False
        self._stretch(office, last)
        return True

    def _noun_follows(self, i: int) -> bool:
        """Whether a common noun follows, so that a name before it is only its modifier: "of US forces"."""
        words = self.words
        return i < len(words) and words.tag[i] in ("NN", "NNS") and not words.cap(i)

    def _states_after(self, office: Office, i: int) -> bool:
        """ "of China", "of China and Russia", "of China's Huawei"."""
        words, lower = self.words, self.words.lower
        codes: list[str] = []
        first = end = i
        while True:
            atom = self.atoms.get(i)
            if atom is None or not isinstance(atom.value, StateWord):
                break
            codes.append(atom.value.codes[-1])
            end = i = atom.end
            while office.plural and i < len(words) and lower[i] in (",", "and", "the", "&"):
                i += 1
        office.set_country(tuple(codes), (first, end))
        if lower[end : end + 1] == ["'s"]:
            k = end + 1
            while k < len(words) and k not in self.body_at and words.tag[k] in ("JJ", "VBG", "JJS") and k - end < 4:
                k += 1
            if k in self.body_at:
                office.body = office.body or self.body_at[k]
                end = self.body_at[k].end
        office.span = (office.span[0], end)
        return True

    def _common_body(self, office: Office, atom: Atom, value: StateWord) -> bool:
        """A body that a nationality stands before: "of the Indonesian military", "of French carmaker Renault"."""
        words, lower = self.words, self.words.lower
        k = atom.end
        while (
            k < len(words)
            and words.tag[k] in ("JJ", "NN", "HYPH")
            and lower[k] not in word_set("common_body")
            and k - atom.end < 3
            and k not in self.body_at
        ):
            k += 1
        office.set_country(value.codes[-1:], (atom.start, atom.end))
        end = atom.end
        if k in self.body_at:
            office.body = office.body or self.body_at[k]
            end = self.body_at[k].end
        elif k < len(words) and lower[k] in word_set("common_body"):
            end = k + 1
            kind: OrganizationKind = "military" if lower[k] in word_set("military_body") else "government"
            name = words.text(atom.start, end)
            office.body = office.body or BodySpan(
                atom.start, end, name, kind, value.codes[-1], False, "organization.common"
            )
        office.span = (office.span[0], end)
        return False

    def _place_after(self, office: Office, i: int, atom: Atom | None) -> bool:
        """ "Mayor of Boston", "governor of Texas": the place is a part of the title and tells the country."""
        words = self.words
        end = i + 1
        while end < len(words) and words.cap(end) and words.ent[end] in ("GPE", "LOC") and not words.ent_start[end]:
            end += 1
        home = None
        if atom is not None and isinstance(atom.value, Region):
            end = max(end, atom.end)
            home = atom.value.country
        home = home or place_country(words.text(i, end))
        if home is None and atom is None and office.entry.scope == "open" and office.body is None:
            # what no gazetteer knows as a place: "the leader of Komeito"
            office.body = BodySpan(i, end, words.text(i, end), "other", None, False, "organization.common")
            office.span = (office.span[0], end)
            return False
        if home is not None:
            office.set_country((home,), (i, end))
            office.local = True
        self._stretch(office, end)
        return True

    def _left(self, office: Office) -> None:
        """What stands before the title: a nationality, a country, a body, a possessive."""
        words, lower = self.words, self.words.lower
        start = i = office.span[0]
        block = words.block[office.title_span[0]]
        skipped = 0
        over = self.inside.get(office.title_span[0])
        if over is not None and over.start < office.title_span[0]:
            # "US Treasury Secretary": the words before are those of the body
            atom = self.atoms.get(over.start)
            if over.country:
                office.set_country((over.country,), (over.start, office.title_span[0]))
            elif atom is not None and isinstance(atom.value, StateWord):
                office.set_country(atom.value.codes[-1:], (atom.start, atom.end))
            start = i = over.start
        while i > 0 and words.block[i - 1] == block:
            before = i - 1
            word = lower[before]
            if word == ")" and "(" in lower[max(0, i - 5) : before]:
                # "Indian Oil Corporation (IOC) chairman"
                i = before - lower[max(0, i - 5) : before][::-1].index("(") - 1
                if i not in self.body_before:
                    break
            elif i in self.body_before and not self._chosen(self.body_before[i]):
                office.body = office.body or self.body_before[i]
                start = i = self.body_before[i].start
                skipped = 0
            elif i in self.state_before:
                atom = self.state_before[i]
                start = i = self._state_left(office, atom)
                if not isinstance(atom.value, Region) or atom.value.country:
                    break
            elif word in ("'s", "'") and words.glued[before]:
                if before in self.body_before or before in self.state_before:
                    i = before
                    continue
                start = self._owner_left(office, before)
                break
            elif word in ("its", "their", "his", "her"):
                office.pointed = office.pointed or word
                start = before
                break
            elif word == "whose":
                self._whose(office, before)
                start = before
                break
            elif (
                word in word_set("party_word")
                and words.cap(before)
                and office.body is None
                and office.entry.role in ("legislator", "party", "head_of_government")
            ):
                office.body = BodySpan(before, i, words.text(before, i), "party", None, False, "organization.common")
                start = i = before
            elif words.ent[before] == "GPE" and words.cap(before) and skipped == 0:
                first = before
                while first > 0 and words.ent[first - 1] == "GPE" and not words.ent_start[first]:
                    first -= 1
                home = place_country(words.text(first, i))
                if home is not None:
                    office.set_country((home,), (first, i))
                    office.local = True
                    start = first
                break
            elif skipped < 3 and words.tag[before] in _BETWEEN_TAGS and before not in self.atoms:
                if word in word_set("company_noun"):
                    office.pointed = office.pointed or word
                skipped += 1
                i = before
            else:
                break
        # "Former Pakistani prime minister", "the then US president"
        while start > 0 and words.block[start - 1] == block:
            word = lower[start - 1]
            if word in word_set("former") and word != "late":
                office.tenure = "former"
            elif word in word_set("acting"):
                office.tenure = "acting"
            elif word == "incoming":
                office.tenure = "elect"
            elif word != "-" or start < 2 or lower[start - 2] not in word_set("former"):
                break
            start -= 1
        office.span = (start, office.span[1])

    def _whose(self, office: Office, i: int) -> None:
        """ "the African Development Bank (AfDB), whose president": the body or state before the comma."""
        lower = self.words.lower
        end = i - 1 if i > 0 and lower[i - 1] == "," else i
        if end > 3 and lower[end - 1] == ")" and lower[end - 3] == "(":
            end -= 3
        if end in self.body_before:
            office.body = office.body or self.body_before[end]
        elif end in self.state_before and isinstance(self.state_before[end].value, StateWord):
            self._state_left(office, self.state_before[end])

    def _chosen(self, body: BodySpan) -> bool:
        """Whether what the model took for a body is the person in "elected X prime minister"."""
        return body.rule == "model:NER" and body.start > 0 and self.words.lower[body.start - 1] in word_set("becoming")

    def _state_left(self, office: Office, atom: Atom) -> int:
        value = atom.value
        lower = self.words.lower
        if isinstance(value, Region):
            if value.country:
                office.set_country((value.country,), (atom.start, atom.end))
                office.local = True
            return atom.start
        assert isinstance(value, StateWord)
        codes = value.codes if value.form == "prefix" else value.codes[-1:]
        first = atom.start
        # "the Chinese and Russian presidents"
        while (
            office.plural
            and first > 1
            and lower[first - 1] in ("and", ",", "-", "&")
            and first - 1 in self.state_before
        ):
            other = self.state_before[first - 1]
            if not isinstance(other.value, StateWord):
                break
            codes = (*other.value.codes[-1:], *codes)
            first = other.start
        if (
            value.form == "capital"
            and office.title_span[0] == atom.end
            and lower[office.title_span[0]] in word_set("local_office")
        ):
            office.local = True
        office.set_country(codes, (first, atom.end))
        return first

    def _owner_left(self, office: Office, mark: int) -> int:
        """The owner before a possessive mark that is no known body or state; returns where the phrase begins."""
        words, lower = self.words, self.words.lower
        if mark == 0:
            return mark
        owner = mark - 1
        if words.ent[owner] == "PERSON" and office.entry.role != "executive":
            office.owner = words.cased[owner]
            return owner
        if lower[owner] in word_set("pointing_noun"):
            office.pointed = lower[owner]
            return owner
        if words.ent[owner] in ("GPE", "LOC"):
            first = owner
            while first > 0 and words.ent[first] == words.ent[first - 1] and not words.ent_start[first]:
                first -= 1
            home = place_country(words.text(first, mark))
            if home is not None:
                office.set_country((home,), (first, mark))
                office.local = True
            return first
        first = mark
        while first > 0 and words.cap(first - 1) and words.plain[first - 1][0].isalpha() and mark - first < 4:
            first -= 1
        if first < mark and office.entry.role == "executive" and office.body is None:
            # "Vale's chief executive"
            office.body = BodySpan(first, mark, words.text(first, mark), "company", None, False, "organization.common")
            return first
        if first == owner:
            # "Trump's envoy", whatever the model takes Trump for
            office.owner = words.cased[owner]
            return owner
        return office.span[0]

    def _settle(self, office: Office) -> None:
        """The title's words and its role, now that country and body are known."""
        entry, body = office.entry, office.body
        start, end = office.title_span
        lower = self.words.lower[start:end]
        office.title = self._title_text(office)
        role: Role = entry.role
        if role == "minister" and office.matter:
            foreign = "foreign" in office.matter or {"external", "affairs"} <= set(office.matter)
            if foreign and "trade" not in office.matter[:1]:
                role = "foreign_minister"
        elif role == "minister" and entry.title == "secretary":
            role = "official"
        if body is not None and entry.scope == "open":
            role = role_in(body, role, entry.title)
        elif entry.title == "leader" and role == "head_of_government":
            role = "head_of_state" if office.countries and not office.local else "other"
        elif (
            entry.scope == "open"
            and role == "head_of_state"
            and office.pointed in (word_set("company_noun") | {"bank", "group"})
        ):
            role = "executive"
        if office.local and role in _HEADS:
            role = "official"
        if body is not None and body.kind == "international" and entry.scope == "open":
            office.countries, office.country_span = (), None
        if role == "international_organization" and body is None and office.countries not in ((), ("EU",)):
            role = "official"
        if office.countries == ("EU",) and role != "legislator":
            role = "international_organization"
        if office.deputy or any(word in word_set("deputy") for word in lower[:-1]):
            if role == "head_of_government":
                role = "minister"
            elif role in ("head_of_state", "foreign_minister") or (
                role == "minister" and not {"prime", "premier", "pm"} & set(lower)
            ):
                role = "official"
        office.role = role
        if body is not None and body.country and (body.kind in ("government", "military", "party") or body.state):
            office.set_country((body.country,), (body.start, body.end))
        if entry.country:
            office.set_country((entry.country,), office.title_span)

    def _title_text(self, office: Office) -> str:
        """The title in the article's words; of several holders in the singular."""
        start, end = office.title_span
        text = self.words.text(start, end)
        if not office.plural:
            return text
        many, one = gazetteer().plural_of(office.entry.title), office.entry.title
        at = text.lower().find(many)
        if at < 0:
            return text
        shared = 0
        while shared < min(len(one), len(many)) and one[shared] == many[shared]:
            shared += 1
        return text[: at + shared] + one[shared:] + text[at + len(many) :]


def role_in(body: BodySpan, role: Role, title: str) -> Role:
    """The role of an office whose sense depends on the body it belongs to."""
    name = body.name.lower().split()
    if name == ["congress"] and title == "leader":
        return "party"
    if body.state:
        return "official"
    if role == "legislator":
        return role
    if (
        body.kind in ("government", "international")
        and word_set("legislature") & set(name)
        and title.split()[-1] in ("president", "speaker", "chairman", "chair", "chairwoman", "chairperson", "member")
    ):
        return "legislator"
    if body.kind in ("other",):
        if "union" in name or "workers" in name:
            return "executive"
        if title == "leader":
            return "party"
        if role in ("executive", "head_of_state") or title.endswith("president") or title.startswith("spokes"):
            return "executive"
        return "other" if role == "official" else role
    if body.kind == "armed_group":
        return "military" if role == "military" else "other"
    roles: dict[OrganizationKind, Role] = {
        "government": "official",
        "international": "international_organization",
        "party": "party",
        "military": "military",
        "company": "executive",
        "media": "executive",
        "education": "other",
    }
    return roles[body.kind]


def place_country(name: str) -> str | None:
    """Home state of a city or of a state of the United States, by name."""
    if name in gazetteer().us_states:
        return "USA"
    city = gazetteer().cities.get(name)
    return city.country or None if city is not None else None
