"""The state of an office that is not named beside its title: from the dateline, the seats and states of the article."""

from collections import Counter

from extractor.models.leader import Role
from extractor.nlp.document import Document
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import StateWord, gazetteer
from extractor.nlp.entities.neighbours import Home, Neighbours
from extractor.nlp.entities.office import Office
from extractor.nlp.entities.people import Someone
from extractor.nlp.entities.setting import dateline_home, header_home, publisher_home
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set

_STATE_ROLES: frozenset[Role] = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "minister",
        "official",
        "legislator",
        "military",
        "party",
    }
)
_HEADS: tuple[Role, ...] = ("head_of_state", "head_of_government")
#: Roles that one person holds in each state.
_SINGLE: tuple[Role, ...] = (*_HEADS, "foreign_minister")
#: Roles of those who deal with other states; a governor who is met is one of the host's own.
_ABROAD = frozenset({*_SINGLE, "minister"})
#: How much one mention of each form tells of whose news an article is.
_WEIGHT = {"seat": 3, "name": 2, "adjective": 1, "people": 1, "prefix": 1}


def settle_countries(
    words: Words, people: list[Someone], atoms: dict[int, Atom], bodies: list[BodySpan], document: Document
) -> dict[int, Home]:
    """The state of each office of state that names none, keyed by `id(someone)`.

    A head of state is the one of a seat that is named ("the White House"), else of the state that the article names
    most and that has no other head here; of two that are named alike often neither is taken.
    """
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    seats: list[Home] = []
    for atom in atoms.values():
        if not isinstance(atom.value, StateWord) or len(atom.value.codes) > 1 or atom.value.form not in _WEIGHT:
            continue
        code = atom.value.codes[0]
        counts[code] += _WEIGHT[atom.value.form]
        first.setdefault(code, (atom.start, atom.end))
        if atom.value.form == "seat":
            seats.append((code, (atom.start, atom.end)))
    for body in bodies:
        if body.country and body.kind == "government":
            counts[body.country] += 2
            first.setdefault(body.country, (body.start, body.end))
    dateline = dateline_home(words, atoms, document)
    if dateline is not None and counts and dateline[0] not in counts and words.lower[dateline[1][0]] in word_set("hub"):
        # a seat of international bodies: the news is of the states that the text names
        dateline = None
    if dateline is not None:
        counts[dateline[0]] += 3
        first.setdefault(*dateline)
    publisher = publisher_home(document)
    above = header_home(document) if dateline is None else None
    if publisher is not None:
        counts[publisher] += 3
    counts.pop("EU", None)
    if not counts:
        # nothing but a city tells where the news is
        for atom in atoms.values():
            if isinstance(atom.value, StateWord) and atom.value.form == "capital":
                counts[atom.value.codes[0]] += 1
                first.setdefault(atom.value.codes[0], (atom.start, atom.end))
    held: dict[str, set[str]] = {role: set() for role in _SINGLE}
    for someone in people:
        for office, _, _ in someone.offices:
            if office.role in _SINGLE and office.countries and office.tenure in ("current", "acting"):
                held[office.role].add(office.countries[0])
    trip = _destination(words, atoms)
    near = Neighbours(words, people)
    out = near.told
    #: What one title before several names told: "the rival prime ministers, A and B".
    shared: dict[tuple[int, int], Home] = {}
    for someone in people:
        best = someone.best_office()
        if best is None or best[0].countries or not _of_state(best[0]):
            continue
        office = best[0]
        if office.span in shared:
            out[id(someone)] = shared[office.span]
            continue
        current = office.tenure in ("current", "acting")
        head = office.role in _HEADS and current
        own = held[office.role] if office.role in _SINGLE and current else set()
        if head:
            own = own | _without(office) | _gone_to(words, atoms, someone)
        if "minister" in office.title.lower().split():
            own = own | {"USA"}
        both = own.union(held["head_of_state"], held["head_of_government"]) if head else own
        if office.entry.usual:
            code = max(office.entry.usual, key=lambda code: counts[code])
            out[id(someone)] = code, first.get(code, office.title_span)
            if office.entry.title == "chancellor" and code == "GBR":
                for held_office, _, _ in someone.offices:
                    held_office.role = "minister"
            continue
        home = (
            near.owned(someone, office)
            or near.listed(someone, office, own)
            or (None if office.role in _HEADS else near.beside(someone, own))
        )
        if home is None and (office.role in _ABROAD or best[1] == "leader.counterpart") and not office.local:
            met, against = near.met(someone)
            if met:
                visited = _visited(words, atoms, office) or trip
                home = visited if visited is not None and visited[0] not in own | against else None
                if home is None and not head and dateline is not None and dateline[0] in against - own:
                    # "ISLAMABAD: The army chief met Foreign Minister A" is a meeting at home
                    home = dateline
                others = {code for code in counts if code not in against and code != publisher}
                if home is None and (others or office.role != "minister"):
                    own, both = own | against, both | against
                    # "Meeting with Defence Minister A" on a government's own pages is one of its own
                    foreign = best[1] == "leader.counterpart" or _kind_of_head(office) == "president"
                    if publisher is not None and not against and foreign:
                        own, both = own | {publisher}, both | {publisher}
        if home is None and head:
            home = _other_party(words, atoms, office, own)
        for known in (
            dateline,
            *((code, first.get(code)) for code in (above, publisher) if code is not None),
        ):
            if home is None and known is not None and known[0] not in own:
                home = known
        if home is None and (office.local or _kind_of_head(office) != "monarch"):
            home = _most_named(counts, first, seats, both) or (_most_named(counts, first, seats, own) if head else None)
        if home is not None:
            out[id(someone)] = shared[office.span] = home
            if office.role in _SINGLE and current:
                held[office.role].add(home[0])
    return out


def _other_party(words: Words, atoms: dict[int, Atom], office: Office, taken: set[str]) -> Home | None:
    """Of two states named before an office in its sentence the one that is left when the other cannot be its own:
    "between Serbia and Romania ... during the visit of Prime Minister A to Bucharest"."""
    found: dict[str, tuple[int, int]] = {}
    i = office.span[0] - 1
    while i >= 0 and words.sent[i] == words.sent[office.span[0]]:
        atom = atoms.get(i)
        if atom is not None and isinstance(atom.value, StateWord) and atom.value.form == "name":
            found.setdefault(atom.value.codes[-1], (atom.start, atom.end))
        i -= 1
    left = [code for code in found if code not in taken]
    return (left[0], found[left[0]]) if len(found) == 2 and len(left) == 1 else None


def _visited(words: Words, atoms: dict[int, Atom], office: Office) -> Home | None:
    """The state where a meeting takes place: "In Jerusalem, he met with ..."."""
    at = i = office.span[0]
    dealt = False
    while i > 0 and words.sent[i - 1] == words.sent[at] and words.block[i - 1] == words.block[at]:
        i -= 1
        if words.lower[i] in word_set("dealing"):
            dealt = True
        elif dealt and words.lower[i] in ("in", "to"):
            home = _place_home(words, atoms, i + 1)
            if home is not None:
                return home
    return None


def _destination(words: Words, atoms: dict[int, Atom]) -> Home | None:
    """The one state that the article's beginning tells of a visit to: "traveled to Israel"."""
    found: dict[str, Home] = {}
    for i in range(min(len(words) - 2, 80)):
        if words.lower[i] in word_set("travel"):
            home = _place_home(words, atoms, i + 1 + (words.lower[i + 1] in ("to", "in")))
            if home is not None:
                found.setdefault(home[0], home)
    return next(iter(found.values())) if len(found) == 1 else None


def _gone_to(words: Words, atoms: dict[int, Atom], someone: Someone) -> set[str]:
    """The states that a person is told to travel to: they are not the person's own."""
    out = set()
    for mention, _ in someone.mentions:
        if words.lower[mention.end : mention.end + 1] == ["to"]:
            # "the visit of Prime Minister A to Bucharest"
            home = _place_home(words, atoms, mention.end + 1)
            out |= {home[0]} if home is not None else set()
        for i in range(mention.end, min(mention.end + 6, len(words) - 2)):
            if words.sent[i] != words.sent[mention.start]:
                break
            if words.lower[i] in word_set("travel") and words.tag[i].startswith("VB"):
                home = _place_home(words, atoms, i + 1 + (words.lower[i + 1] in ("to", "in")))
                out |= {home[0]} if home is not None else set()
    return out


def _place_home(words: Words, atoms: dict[int, Atom], i: int) -> Home | None:
    atom = atoms.get(i + 1 if i < len(words) and words.lower[i] == "the" else i)
    if (
        atom is None
        or not isinstance(atom.value, StateWord)
        or atom.value.form not in ("name", "capital")
        or words.lower[atom.start] in word_set("hub")
        or atom.value.codes[-1] == "EU"
    ):
        return None
    return atom.value.codes[-1], (atom.start, atom.end)


def _of_state(office: Office) -> bool:
    body = office.body
    if body is not None and not body.state and body.kind not in ("government", "military"):
        return office.role in ("legislator", "party") and body.kind == "party"
    return office.entry.scope == "state" or office.role in _STATE_ROLES


def _most_named(
    counts: Counter[str], first: dict[str, tuple[int, int]], seats: list[Home], taken: set[str]
) -> Home | None:
    """The state of a seat that is named, else the one that is named most; None where two are alike."""
    seat = next((home for home in seats if home[0] not in taken), None)
    if seat is not None and counts[seat[0]] * 2 >= max(counts.values()):
        return seat
    free = [(code, count) for code, count in counts.most_common() if code not in taken]
    if not free or (len(free) > 1 and free[0][1] < 2 * free[1][1]):
        return None
    return free[0][0], first[free[0][0]]


def _kind_of_head(office: Office) -> str | None:
    """Which kind of head a title names: `president`, `premier` or `monarch`; None where it names no such head."""
    words = set(office.title.lower().replace("-", " ").split())
    if "president" in words:
        return "president"
    if words & {"prime", "premier", "pm"}:
        return "premier"
    return "monarch" if words & {"king", "queen", "emperor", "sultan", "emir", "amir", "monarch"} else None


def _without(office: Office) -> set[str]:
    """The states that have no such head: the United States have no prime minister, Japan has no president."""
    kind = _kind_of_head(office)
    return {code for code, heads in gazetteer().heads.items() if kind is not None and kind not in heads}
