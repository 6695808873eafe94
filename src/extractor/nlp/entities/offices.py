"""Office phrases: a title with its modifiers, its country and its body, wherever they stand around it."""

from dataclasses import dataclass, replace

from extractor.models.leader import Role, Tenure
from extractor.models.person import OrganizationKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.bodies import BodySpan
from extractor.nlp.entities.gazetteer import Region, StateWord, Title, gazetteer
from extractor.nlp.entities.words import Words

_FORMER = frozenset(
    [
        "former",
        "ex",
        "then",
        "late",
        "outgoing",
        "ousted",
        "deposed",
        "jailed",
        "retired",
        "onetime",
        "erstwhile",
        "past",
        "toppled",
        "disgraced",
        "imprisoned",
        "departing",
        "exiled",
    ]
)
_ACTING = frozenset(["acting", "interim", "caretaker", "transitional", "provisional"])
_DEPUTY = frozenset(["deputy", "vice", "assistant", "associate", "under", "junior"])
_QUALIFIER = frozenset(
    [
        "first",
        "second",
        "senior",
        "chief",
        "executive",
        "special",
        "federal",
        "national",
        "joint",
        "permanent",
        "principal",
        "lead",
        "supreme",
        "regional",
        "global",
        "group",
        "non-executive",
    ]
)
_OFFICE_NOUNS = frozenset({"minister", "ministers", "secretary", "secretaries"})
_ANAPHORS = frozenset(
    [
        "company",
        "firm",
        "bank",
        "group",
        "carmaker",
        "automaker",
        "airline",
        "bloc",
        "organization",
        "organisation",
        "agency",
        "body",
        "party",
        "union",
        "government",
        "country",
        "nation",
        "kingdom",
        "republic",
        "army",
        "navy",
        "military",
        "police",
        "central",
        "club",
        "university",
        "ministry",
        "commission",
        "committee",
        "institute",
    ]
)
#: Bodies in lower case that stand as a body of their state: "the Indonesian military".
_COMMON_BODIES = frozenset(["military", "army", "navy", "police", "parliament", "senate"])


@dataclass(frozen=True, slots=True)
class Office:
    """One office phrase. All offsets are words, half-open; `span` covers modifiers, country and body too."""

    span: tuple[int, int]
    title_span: tuple[int, int]
    title: str
    role: Role
    tenure: Tenure
    countries: tuple[str, ...]
    country_span: tuple[int, int] | None
    body: BodySpan | None
    plural: bool
    gender: str | None
    entry: Title
    #: The body or country is only pointed at: "its chief executive", "the company's president".
    pointed: bool = False


def find_offices(words: Words, atoms: dict[int, Atom], bodies: list[BodySpan]) -> list[Office]:
    """Every office phrase, in order."""
    by_start = {body.start: body for body in bodies}
    by_end = {body.end: body for body in bodies}
    inside = {i for body in bodies for i in range(body.start, body.end)}
    state_end = {atom.end: atom for atom in atoms.values() if isinstance(atom.value, (StateWord, Region))}
    reader = _Reader(words, atoms, by_start, by_end, state_end)
    out: list[Office] = []
    for atom in atoms.values():
        if isinstance(atom.value, Title) and atom.start not in inside:
            out.append(reader.read(atom, atom.value))
    return out


@dataclass(slots=True)
class _Reader:
    words: Words
    atoms: dict[int, Atom]
    by_start: dict[int, BodySpan]
    by_end: dict[int, BodySpan]
    state_end: dict[int, Atom]

    def read(self, atom: Atom, entry: Title) -> Office:
        """The office phrase around one title."""
        words = self.words
        lower = words.lower
        block = words.block[atom.start]
        start, end = atom.start, atom.end
        matter: list[str] = []
        tenure: Tenure = "current"
        deputy = False
        portfolios = gazetteer().portfolios
        head = lower[end - 1]
        # "Commerce Minister", "trade and industry minister"
        if head in _OFFICE_NOUNS and entry.scope in ("state", "open"):
            while start > 0 and words.block[start - 1] == block:
                word = lower[start - 1]
                if word in portfolios:
                    matter.append(word)
                    start -= 1
                elif (
                    word in ("and", "&", "-", ",")
                    and start > 1
                    and lower[start - 2] in portfolios
                    and matter
                    and (word != "," or self._list_of_matters(start - 1))
                ):
                    start -= 1
                else:
                    break
        title_start = start
        while start > 0 and words.block[start - 1] == block:
            word = lower[start - 1]
            if word == "-" and start > 1 and lower[start - 2] in _FORMER | _DEPUTY:
                start -= 1
                continue
            if word in _DEPUTY:
                deputy = True
                start = title_start = start - 1
            elif word in _ACTING:
                tenure = "acting"
                start = title_start = start - 1
            elif word in _FORMER and (word != "late" or (start > 1 and lower[start - 2] in ("the", "'s"))):
                tenure = "former"
                start -= 1
            elif word in ("incoming",):
                tenure = "elect"
                start -= 1
            elif word in _QUALIFIER and entry.title not in ("minister", "leader"):
                start = title_start = start - 1
            else:
                break
        end, tenure = self._suffix(end, tenure)
        title_end = end
        office = Office(
            (start, end),
            (title_start, title_end),
            "",
            entry.role,
            tenure,
            (),
            None,
            None,
            entry.plural,
            entry.gender,
            entry,
        )
        office = self._right(office, matter)
        office = self._left(office)
        return self._settle(office, matter, deputy)

    def _list_of_matters(self, comma: int) -> bool:
        return self.words.cap(comma - 1) and self.words.lower[comma + 1] in gazetteer().portfolios

    def _suffix(self, end: int, tenure: Tenure) -> tuple[int, Tenure]:
        words = self.words
        count = len(words)
        after = end
        if after + 1 < count and words.plain[after] == "-":
            after += 1
        if after < count:
            word = words.lower[after]
            if word in ("elect", "designate"):
                return after + 1, "elect"
            if word in ("candidate", "hopeful", "nominee", "contender", "aspirant"):
                return after + 1, "candidate"
        return end, "candidate" if words.lower[end - 1] in (
            "candidate",
            "candidates",
            "hopeful",
            "nominee",
            "contender",
            "challenger",
            "mate",
            "frontrunner",
        ) else tenure

    def _right(self, office: Office, matter: list[str]) -> Office:
        """What follows the title: its matter ("of transport"), country ("of Armenia") or body ("of Toyota")."""
        words, lower = self.words, self.words.lower
        count = len(words)
        end = office.span[1]
        title_start, title_end = office.title_span
        block = words.block[title_start]
        countries, country_span, body, pointed = office.countries, office.country_span, office.body, office.pointed
        portfolios = gazetteer().portfolios
        ministerial = (
            lower[end - 1] in _OFFICE_NOUNS or "minister" in office.entry.title or "secretary" in office.entry.title
        )
        for _ in range(4):
            if end + 1 >= count or words.block[end + 1] != block:
                break
            link = lower[end]
            if link == "in" and lower[end + 1 : end + 3] == ["charge", "of"]:
                j = end + 3
            elif (
                link in ("of", "for", "at", "with")
                or (
                    link == "to"
                    and office.entry.title
                    in (
                        "ambassador",
                        "ambassadors",
                        "envoy",
                        "special envoy",
                        "permanent representative",
                        "adviser",
                        "advisor",
                        "representative",
                        "high commissioner",
                    )
                )
                or (
                    link == "in"
                    and office.entry.title in ("commander", "chief", "head", "leader", "ambassador", "representative")
                )
            ):
                j = end + 1
            else:
                break
            while j < count and lower[j] in ("the", "its", "their", "his", "her", "our", "a", "an"):
                j += 1
            if j >= count:
                break
            atom = self.atoms.get(j)
            if j in self.by_start:
                found = self.by_start[j]
                if link == "to":
                    end = title_end = found.end
                    continue
                body = body or found
                end = found.end
                continue
            if atom is not None and isinstance(atom.value, StateWord):
                if link == "to":
                    end = title_end = atom.end
                    continue
                if atom.value.form in ("name", "capital", "seat") or (
                    atom.value.form == "adjective"
                    and atom.end < count
                    and not words.tag[atom.end].startswith(("N", "J"))
                ):
                    codes, stop = self._states(j)
                    if not countries:
                        countries, country_span = codes, (j, stop)
                    end = stop
                    if atom.end < count and lower[stop : stop + 1] == ["'s"]:
                        # "chairman of China's Huawei"
                        if stop + 1 in self.by_start:
                            body = self.by_start[stop + 1]
                            end = body.end
                    continue
                if atom.value.form in ("adjective", "people"):
                    k = atom.end
                    if k in self.by_start:
                        body, countries, country_span, end = (
                            self.by_start[k],
                            atom.value.codes,
                            (j, k),
                            self.by_start[k].end,
                        )
                        continue
                    while (
                        k < count
                        and words.tag[k] in ("JJ", "NN", "HYPH")
                        and lower[k] not in _COMMON_BODIES
                        and k - atom.end < 3
                        and k not in self.atoms
                    ):
                        k += 1
                    stop = k
                    if k < count and lower[k] in _COMMON_BODIES:
                        stop = k + 1
                        kind: OrganizationKind = (
                            "government" if lower[k] in ("parliament", "senate", "police") else "military"
                        )
                        body = BodySpan(
                            j, stop, words.text(j, stop), kind, atom.value.codes[-1], False, "organization.common"
                        )
                    countries, country_span, end = atom.value.codes, (j, atom.end), max(stop, atom.end)
                    if k in self.by_start and body is None:
                        body = self.by_start[k]
                        end = body.end
                    break
            if ministerial and (lower[j] in portfolios):
                k = j
                while k < count and (
                    lower[k] in portfolios
                    or (
                        lower[k] in ("and", "&", ",", "the", "-", "of") and k + 1 < count and lower[k + 1] in portfolios
                    )
                ):
                    if lower[k] in portfolios:
                        matter.append(lower[k])
                    k += 1
                end = title_end = k
                continue
            if isinstance(atom.value if atom else None, Region) or (words.cap(j) and words.ent[j] in ("GPE", "LOC")):
                k = j + 1
                while k < count and words.cap(k) and words.ent[k] in ("GPE", "LOC") and not words.ent_start[k]:
                    k += 1
                if atom is not None and isinstance(atom.value, Region):
                    k = max(k, atom.end)
                home = (
                    atom.value.country
                    if atom is not None and isinstance(atom.value, Region)
                    else place_country(words.text(j, k))
                )
                if home and not countries:
                    countries, country_span = (home,), (j, k)
                end = title_end = k
                continue
            k = j
            while (
                k < count
                and words.tag[k] in ("JJ", "JJS", "NN", "VBN", "HYPH", "POS")
                and k - j < 5
                and lower[k] not in _ANAPHORS
            ):
                k += 1
            if k < count and lower[k] in _ANAPHORS:
                pointed = True
                end = k + 1
            break
        return replace(
            office,
            span=(office.span[0], end),
            title_span=(title_start, title_end),
            countries=countries,
            country_span=country_span,
            body=body,
            pointed=pointed,
        )

    def _states(self, i: int) -> tuple[tuple[str, ...], int]:
        """The states named from word `i` on: one, or several joined by commas and "and"."""
        codes: list[str] = []
        end = i
        while True:
            atom = self.atoms.get(i)
            if atom is None or not isinstance(atom.value, StateWord):
                break
            codes.append(atom.value.codes[-1])
            end = i = atom.end
            while i < len(self.words) and self.words.lower[i] in (",", "and", "the", "&"):
                i += 1
        return tuple(codes), end

    def _left(self, office: Office) -> Office:
        """What stands before the title: a nationality, a country, a body, a possessive."""
        words, lower = self.words, self.words.lower
        start = office.span[0]
        block = words.block[office.title_span[0]]
        countries, country_span, body, pointed = office.countries, office.country_span, office.body, office.pointed
        i = start
        skipped = 0
        while i > 0 and words.block[i - 1] == block:
            before = i - 1
            word = lower[before]
            if i in self.by_end:
                found = self.by_end[i]
                if body is None:
                    body = found
                start = i = found.start
                skipped = 0
                continue
            if i in self.state_end:
                atom = self.state_end[i]
                value = atom.value
                if isinstance(value, StateWord):
                    codes: tuple[str, ...] = (
                        value.codes[-1:] if len(value.codes) == 2 and value.form != "prefix" else value.codes
                    )
                    first = atom.start
                    # "the Chinese and Russian presidents"
                    while (
                        first > 1
                        and lower[first - 1] in ("and", ",", "-", "&")
                        and first - 1 in self.state_end
                        and office.plural
                    ):
                        other = self.state_end[first - 1]
                        if not isinstance(other.value, StateWord):
                            break
                        codes = (*other.value.codes[-1:], *codes)
                        first = other.start
                    if not countries:
                        countries, country_span = codes, (first, atom.end)
                    start = first
                    break
                if not countries and value.country:  # type: ignore[union-attr]
                    countries, country_span = (value.country,), (atom.start, atom.end)  # type: ignore[union-attr]
                start = atom.start
                break
            if word in ("'s", "'") and words.glued[before]:
                i = before
                if i in self.by_end or i in self.state_end:
                    continue
                if i > 0 and lower[i - 1] in _ANAPHORS:
                    pointed = True
                    start = i - 1
                elif i > 0 and words.ent[i - 1] in ("GPE", "LOC"):
                    k = i - 1
                    while k > 0 and words.ent[k] == words.ent[k - 1] and not words.ent_start[k]:
                        k -= 1
                    home = place_country(words.text(k, i))
                    if home and not countries:
                        countries, country_span = (home,), (k, i)
                    start = k
                break
            if word in ("its", "their"):
                pointed = True
                start = before
                break
            if words.ent[before] == "GPE" and words.cap(before) and skipped == 0:
                k = before
                while k > 0 and words.ent[k - 1] == "GPE" and not words.ent_start[k]:
                    k -= 1
                home = place_country(words.text(k, i))
                if home and not countries:
                    countries, country_span = (home,), (k, i)
                    start = k
                break
            if (
                skipped < 3
                and words.tag[before] in ("JJ", "JJS", "JJR", "NN", "VBN", "HYPH", "RB", "CD", "NNS")
                and word not in ("and",)
                and before not in self.atoms
            ):
                skipped += 1
                i = before
                continue
            if (
                skipped < 3
                and words.cap(before)
                and word in ("republican", "democratic", "democrat", "conservative", "labour", "liberal", "union")
            ):
                skipped += 1
                i = before
                continue
            break
        return replace(
            office,
            span=(start, office.span[1]),
            countries=countries,
            country_span=country_span,
            body=body,
            pointed=pointed,
        )

    def _settle(self, office: Office, matter: list[str], deputy: bool) -> Office:
        """The title's words and its role, now that country and body are known."""
        words, entry, body = self.words, office.entry, office.body
        role: Role = entry.role
        title_start, title_end = office.title_span
        head = words.lower[title_start:title_end]
        deputy = deputy or any(word in ("deputy", "vice", "undersecretary", "assistant") for word in head[:-1])
        if "minister" in head or "ministers" in head or "secretary" in head:
            if (
                role == "minister"
                and ("foreign" in matter or ("external" in matter and "affairs" in matter))
                and "trade" not in matter[:1]
            ):
                role = "foreign_minister"
            if role == "minister" and entry.title in ("secretary", "secretaries") and not matter:
                role = "official"
        countries, country_span = office.countries, office.country_span
        if body is not None and entry.scope == "open":
            role = _role_in(body, role, entry.title)
        elif entry.scope == "open" and role == "head_of_government" and entry.title == "leader":
            role = "head_of_state" if countries else "other"
        elif office.pointed and entry.scope == "open" and role == "head_of_state" and not countries:
            role = "head_of_state"
        if deputy:
            if role == "head_of_government":
                role = "minister"
            elif role in ("head_of_state", "foreign_minister", "minister") and not (
                role == "minister" and {"prime", "premier"} & set(head)
            ):
                role = "official"
        if (
            not countries
            and body is not None
            and body.country
            and (body.kind in ("government", "military", "party") or body.state)
        ):
            countries, country_span = (body.country,), (body.start, body.end)
        if not countries and entry.country:
            countries, country_span = (entry.country,), office.title_span
        tenure: Tenure = office.tenure
        return replace(
            office,
            title=words.text(title_start, title_end),
            role=role,
            countries=countries,
            country_span=country_span,
            tenure=tenure,
        )


def _role_in(body: BodySpan, role: Role, title: str) -> Role:
    """The role of an office whose sense depends on the body it belongs to."""
    name = body.name.lower()
    if body.state:
        return "official"
    if role == "legislator":
        return role
    if (
        any(
            word in name
            for word in ("parliament", "assembly", "senate", "duma", "knesset", "congress", "bundestag", "house of")
        )
        and body.kind in ("government", "international")
        and title in ("president", "speaker", "chairman", "chair", "chairwoman", "chairperson", "deputy", "member")
    ):
        return "legislator"
    if body.kind == "government":
        return "official"
    if body.kind == "international":
        return "international_organization"
    if body.kind == "party":
        return "party"
    if body.kind == "military":
        return "military"
    if body.kind in ("company", "media"):
        return "executive"
    if body.kind == "armed_group":
        return "military" if role == "military" else "other"
    if body.kind == "education":
        return "other"
    if "union" in name or "workers" in name:
        return "executive"
    return (
        "executive"
        if role in ("executive", "head_of_state")
        else "other"
        if role == "official" and body.kind == "other" and title not in ("commissioner",)
        else role
    )


def place_country(name: str) -> str | None:
    """Home state of a city or of a state of the United States, by name."""
    if name in gazetteer().us_states:
        return "USA"
    city = gazetteer().cities.get(name)
    return city.country or None if city is not None else None
