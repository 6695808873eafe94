"""From mentions to people: each person once, under the fullest name, two of one family name kept apart."""

from collections import Counter
from dataclasses import dataclass, field, replace

from extractor.models.leader import Role
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import gazetteer
from extractor.nlp.entities.model_bodies import PARTY_SIDES, located_by
from extractor.nlp.entities.names import (
    PARTICLES,
    family,
    family_first,
    initials,
    is_initial,
    is_suffix,
    parts,
    same_person,
)
from extractor.nlp.entities.office import Office
from extractor.nlp.entities.ties import NameMention
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set

_TOP = frozenset({"head_of_state", "head_of_government", "foreign_minister", "minister"})
_ROLE_ORDER: tuple[Role, ...] = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "minister",
    "international_organization",
    "legislator",
    "official",
    "executive",
    "party",
    "military",
    "other",
)
_TENURE_ORDER = {"current": 0, "acting": 0, "elect": 1, "candidate": 2, "former": 3}


@dataclass(slots=True)
class Someone:
    """One person in the making: mentions with the reason each was tied."""

    mentions: list[tuple[NameMention, str]] = field(default_factory=list)
    #: Full forms (two parts or more), or the one short form where the article has no other.
    forms: list[str] = field(default_factory=list)

    @property
    def offices(self) -> list[tuple[Office, str, NameMention]]:
        """Every office tied to the person, in order of mention."""
        return [(tie.office, tie.rule, m) for m, _ in self.mentions for tie in m.ties]

    @property
    def gender(self) -> str | None:
        """Grammatical gender that titles and honorifics tell, None where they tell none or disagree."""
        told = {m.gender for m, _ in self.mentions if m.gender}
        return told.pop() if len(told) == 1 else None

    @property
    def name(self) -> str:
        """The fullest form in the article; of equally full ones the most frequent, then the first."""
        counts = Counter(shown(m) for m, _ in self.mentions)
        order = list(counts)
        return max(order, key=lambda form: (len(form.split()), counts[form], -order.index(form)))

    def best_office(self) -> tuple[Office, str] | None:
        """The office that the record gives: in force before former, higher before lower, the fuller title first."""
        offices = self.offices
        if not offices:
            return None

        def key(item: tuple[Office, str, NameMention]) -> tuple[int, int, int, int]:
            office = item[0]
            rank = 1 if office.entry.scope == "rank" else 0
            return (_TENURE_ORDER[office.tenure], rank, _ROLE_ORDER.index(office.role), -len(office.title.split()))

        office, rule, _ = min(offices, key=key)
        for other, _, _ in offices:
            if (
                not office.countries
                and other.countries
                and (other.role == office.role or other.entry.scope == "rank" or office.entry.scope == "rank")
            ):
                office = replace(office, countries=other.countries, country_span=other.country_span)
            if office.body is None and other.body is not None and other.title.lower() == office.title.lower():
                office = replace(office, body=other.body)
        return office, rule


def shown(mention: NameMention) -> str:
    """The form of a mention as the record shows it: a name that the headline shouts in title case."""
    text = mention.text
    return " ".join(
        word.title() if len(word) > 3 and word.isupper() and word.isalpha() else word for word in text.split()
    )


def find_people(
    words: Words, atoms: dict[int, Atom], bodies: list[BodySpan], mentions: list[NameMention]
) -> list[Someone]:
    """Every person of the article, in the order of first mention."""
    body_names = Counter(body.name for body in bodies)
    usable = [m for m in _mend(words, mentions) if _usable(words, m)]
    full = [m for m in usable if _is_full(m.text)]
    short = [m for m in usable if not _is_full(m.text)]
    in_text = {shown(m) for m in full if not words.heading[m.start] or m.office is not None}
    people: list[Someone] = []
    for form in sorted({shown(m) for m in full}, key=lambda form: (-len(form.split()), _first(full, form))):
        if form not in in_text:
            continue
        own = [m for m in full if shown(m) == form]
        if own[0].rule == "model:NER" and form in body_names and body_names[form] > len(own):
            continue
        home, reason = _home(people, form, own, words)
        if home is None:
            home = Someone()
            people.append(home)
            reason = "name.full"
        home.forms.append(form)
        home.mentions.extend((m, reason) for m in own)
    people.sort(key=lambda person: min(m.start for m, _ in person.mentions))
    _add_scanned(words, atoms, bodies, people, full, short)
    _place_short(words, people, short, body_names)
    for person in people:
        person.mentions.sort(key=lambda item: item[0].start)
    people = [person for person in people if person.mentions]
    people.sort(key=lambda person: person.mentions[0][0].start)
    return people


def _mend(words: Words, mentions: list[NameMention]) -> list[NameMention]:
    """Let the names of the running text mend what was read piecemeal: a headline's mention goes as far as the text
    knows the name, and pieces inside a known full name become that name."""
    known = {shown(m) for m in mentions if not words.heading[m.start]}
    singles = {part for form in known for part in form.split()}
    out: list[NameMention] = []
    for mention in mentions:
        form = shown(mention)
        if words.heading[mention.start] and form not in known and not set(form.split()) <= singles:
            for end in range(mention.end - 1, mention.start, -1):
                text = words.text(mention.start, end)
                if text in known or (end == mention.start + 1 and text in singles):
                    mention = replace(mention, end=end, text=text)
                    break
        out.append(mention)
    whole: dict[int, NameMention] = {}
    inside: set[int] = set()
    by_first: dict[str, list[list[str]]] = {}
    for form in known:
        pieces = _pieces(form)
        if len(pieces) > 1:
            by_first.setdefault(pieces[0], []).append(pieces)
    ends = {m.start: m.end for m in out}
    for start, end in ends.items():
        for pieces in sorted(by_first.get(words.cased[start], ()), key=len, reverse=True):
            stop = start + len(pieces)
            if stop > end and words.cased[start:stop] == pieces:
                parts_of = [m for m in out if start <= m.start < stop]
                ties = tuple(tie for m in parts_of for tie in m.ties)
                whole[start] = replace(parts_of[0], end=stop, text=words.text(start, stop), ties=ties)
                inside.update(m.start for m in parts_of)
                break
    return sorted([*(m for m in out if m.start not in inside), *whole.values()], key=lambda m: m.start)


def _is_full(name: str) -> bool:
    """Whether a form has two parts or more, particles not counted: "von der Leyen" is a family name."""
    lead = name.split()[0]
    if initials(name) and is_initial(lead):
        # "P K Nair", "M.K. Stalin"
        return True
    return sum(part not in PARTICLES for part in parts(name)) > (
        1 if lead.lower() not in PARTICLES or lead.islower() else 0
    )


def _first(mentions: list[NameMention], form: str) -> int:
    return next(m.start for m in mentions if shown(m) == form)


def _usable(words: Words, mention: NameMention) -> bool:
    """Whether a mention can be a person at all: names of things that the model took for people are left out."""
    kinds = gazetteer().organization_words
    pieces = mention.text.split()
    if any(any(c.isdigit() for c in piece) for piece in pieces) or not parts(mention.text):
        return False
    if mention.rule == "model:NER":
        if not mention.ties and (
            located_by(words, mention.start, mention.end)
            or _stands_in(words, mention)
            or words.lower[mention.start - 1] in PARTY_SIDES
        ):
            return False
        if any(piece.lower() in kinds for piece in pieces):
            return False
        if all(piece.lower() in words.seen_lower for piece in pieces):
            return False
        if len(pieces) == 1 and len(pieces[0]) <= 5 and pieces[0].isupper():
            return False
    return True


def _stands_in(words: Words, mention: NameMention) -> bool:
    """Whether "in" before a name makes it a place: "in Novy Urengoi", not "confidence in Joe Biden"."""
    i = mention.start
    return i > 0 and words.lower[i - 1] == "in" and not (i > 1 and words.lower[i - 2] in word_set("belief"))


def _home(people: list[Someone], form: str, own: list[NameMention], words: Words) -> tuple[Someone | None, str]:
    hits: list[tuple[Someone, str]] = []
    for person in people:
        reasons = [reason for known in person.forms if (reason := same_person(form, known))]
        if not reasons or _disagree(person, own):
            continue
        if ("jr" in person.name.lower()) != ("jr" in form.lower()) and any(_kin_near(words, m) for m in own):
            continue
        hits.append((person, reasons[0]))
    return hits[0] if len(hits) == 1 else (None, "")


def _kin_near(words: Words, mention: NameMention) -> bool:
    low = max(0, mention.start - 5)
    return any(word in word_set("kin") or word == "late" for word in words.lower[low : mention.start])


def _disagree(person: Someone, mentions: list[NameMention]) -> bool:
    """Whether what the article says of the two keeps them apart: gender, or offices of two states."""
    told = {m.gender for m in mentions if m.gender}
    if person.gender and told and person.gender not in told:
        return True
    mine = {o.countries[0] for o, _, _ in person.offices if len(o.countries) == 1 and o.tenure != "former"}
    theirs = {
        m.office.countries[0]
        for m in mentions
        if m.office is not None and len(m.office.countries) == 1 and m.office.tenure != "former"
    }
    return bool(mine and theirs and not mine & theirs)


def _add_scanned(
    words: Words,
    atoms: dict[int, Atom],
    bodies: list[BodySpan],
    people: list[Someone],
    full: list[NameMention],
    short: list[NameMention],
) -> None:
    """Find the mentions that neither title nor model showed: known forms and their parts, word by word."""
    taken = {i for m in (*full, *short) for i in range(m.start, m.end)}
    taken |= {i for body in bodies if body.rule != "model:NER" for i in range(body.start, body.end)}
    firsts = {body.name.split()[0] for body in bodies if body.rule != "model:NER" or len(body.name.split()) > 1}
    forms: dict[str, list[tuple[list[str], Someone]]] = {}
    singles: set[str] = set()
    for person in people:
        for form in person.forms:
            pieces = _pieces(form)
            forms.setdefault(pieces[0], []).append((pieces, person))
            singles.update(
                word
                for word in form.replace(",", " ").replace('"', "").split()
                if len(word) > 1 and not is_suffix(word) and word[0].isupper()
            )
    for group in forms.values():
        group.sort(key=lambda item: -len(item[0]))
    #: Names of office holders of states: no company is called after them, whatever the model says.
    officials = {
        word
        for person in people
        if any(office.role != "executive" for office, _, _ in person.offices)
        for form in person.forms
        for word in form.replace('"', "").split()
    }
    labels: dict[str, Counter[str]] = {}
    for i, word in enumerate(words.cased):
        if word in singles:
            labels.setdefault(word, Counter())[words.ent[i]] += 1
    i = 0
    while i < len(words):
        end = i + 1
        if i not in taken:
            for pieces, person in forms.get(words.cased[i], ()):
                stop = i + len(pieces)
                if words.cased[i:stop] == pieces and not any(k in taken for k in range(i, stop)):
                    person.mentions.append((NameMention(i, stop, words.text(i, stop), "name.known"), "name.alias.same"))
                    end = stop
                    break
            else:
                end = _single_end(words, i)
                if words.text(i, end) in singles and _stands_alone(words, atoms, i, end, labels, firsts, officials):
                    start = _with_particles(words, i, forms)
                    short.append(NameMention(start, end, words.text(start, end), "name.family"))
                else:
                    end = i + 1
        i = end
    short.sort(key=lambda m: m.start)


def _pieces(form: str) -> list[str]:
    """A form as the tokenizer splits it."""
    out: list[str] = []
    for word in form.replace(",", " ,").split():
        for k, piece in enumerate(word.split("-")):
            if k:
                out.append("-")
            if piece:
                out.append(piece)
    return out


def _with_particles(words: Words, i: int, forms: dict[str, list[tuple[list[str], Someone]]]) -> int:
    """Where a family name with its particles begins: "von der" before "Leyen", "al-" before "Sisi"."""
    known = {"-", *(piece for group in forms.values() for pieces, _ in group for piece in pieces if piece in PARTICLES)}
    start = i
    while start > 0 and words.lower[start - 1] in known and words.block[start - 1] == words.block[i]:
        start -= 1
    while start < i and words.plain[start] == "-":
        start += 1
    return start


def _single_end(words: Words, i: int) -> int:
    """Where a single name that begins at a word ends: it may be hyphenated."""
    end = i + 1
    while (
        end + 1 < len(words)
        and words.plain[end] == "-"
        and words.glued[end]
        and words.glued[end + 1]
        and words.plain[end + 1][0].isalpha()
    ):
        if words.lower[end + 1] in words.seen_lower and not words.cap(end + 1):
            break
        end += 2
    return end


def _stands_alone(
    words: Words,
    atoms: dict[int, Atom],
    i: int,
    end: int,
    labels: dict[str, Counter[str]],
    firsts: set[str],
    officials: set[str],
) -> bool:
    """Whether a bare word that equals a part of a name is the person here."""
    word, label = words.cased[i], words.ent[i]
    if i in atoms or word.lower() in word_set("no_name") or word.lower() in word_set("calendar"):
        return False
    if word.lower() in words.seen_lower and label != "PERSON":
        return False
    seen = labels.get(word, Counter())
    if label == "ORG" and (word in firsts or (seen["ORG"] > seen["PERSON"] and word not in officials)):
        return False
    if label == "DATE" or (
        label in ("GPE", "NORP", "LOC") and seen[label] > seen["PERSON"] and word in gazetteer().cities
    ):
        return False
    # a part of a longer name of something else
    before, after = i - 1, end
    if before >= 0 and words.block[before] == words.block[i] and label and not words.ent_start[i] and words.cap(before):
        return False
    return not (
        after < len(words)
        and words.block[after] == words.block[i]
        and words.cap(after)
        and label
        and label == words.ent[after]
        and not words.ent_start[after]
    )


def _place_short(words: Words, people: list[Someone], short: list[NameMention], body_names: Counter[str]) -> None:
    """Tie each mention by a single name to its person; what has none stands for itself."""
    fulls = list(people)
    by_part: dict[str, list[Someone]] = {}
    for person in fulls:
        for part in {part for form in person.forms for part in parts(form)}:
            by_part.setdefault(part, []).append(person)
    own: dict[str, Someone] = {}
    loose: dict[str, list[NameMention]] = {}
    for mention in short:
        named = parts(mention.text)
        if not named:
            continue  # initials alone name nobody
        part = named[-1]
        owner, reason = _owner(words, by_part.get(part, []), mention, part)
        if owner is None and by_part.get(part) and reason == "name.alias.ambiguous":
            continue
        if owner is not None:
            owner.mentions.append((mention, reason))
        elif part in own and not _disagree(own[part], [mention]):
            own[part].mentions.append((mention, "name.full"))
        elif mention.office is not None or mention.honorific:
            person = Someone([(mention, "name.full")], [shown(mention)])
            person.mentions.extend((earlier, "name.full") for earlier in loose.pop(part, []))
            own[part] = person
            people.append(person)
        else:
            loose.setdefault(part, []).append(mention)
    for part, waiting in loose.items():
        name = shown(waiting[0])
        if part in own:
            own[part].mentions.extend((m, "name.full") for m in waiting)
            continue
        if body_names[name] or by_part.get(part):
            continue
        modelled = [m for m in waiting if m.rule == "model:NER" and not words.heading[m.start]]
        if len(modelled) >= 2 or any(_speaks(words, m) for m in modelled):
            people.append(Someone([(m, "name.full") for m in waiting], [name]))


def _speaks(words: Words, mention: NameMention) -> bool:
    i, j = mention.start, mention.end
    return (j < len(words) and words.lower[j] in word_set("speech")) or (
        i > 0 and words.lower[i - 1] in word_set("speech")
    )


def _owner(words: Words, candidates: list[Someone], mention: NameMention, part: str) -> tuple[Someone | None, str]:
    """The person that a single name means, and why."""
    fitting = [
        person for person in candidates if not _disagree(person, [mention]) and not _other_office(person, mention, part)
    ]
    if not fitting:
        return None, ""
    families = [person for person in fitting if any(family(form) == part for form in person.forms)]
    reason = "name.alias.family" if families else "name.alias.given"
    pool = families or fitting
    if len(pool) == 1:
        return pool[0], reason
    if mention.office is not None:
        same = [person for person in pool if any(o.role == mention.office.role for o, _, _ in person.offices)]
        if len(same) == 1:
            return same[0], "name.alias.title"
        pool = same or pool
    if mention.gender:
        same = [person for person in pool if person.gender == mention.gender]
        if len(same) == 1:
            return same[0], "name.alias.gender"
    # several of one family name: the only one named before in this paragraph, else the one named last, if no other
    # was named close to it
    near = [
        person
        for person in pool
        if any(
            words.block[m.start] == words.block[mention.start] and m.start < mention.start for m, _ in person.mentions
        )
    ]
    if len(near) == 1:
        return near[0], "name.alias.recent"
    last = sorted(
        (
            (max((m.start for m, _ in person.mentions if m.start < mention.start), default=-1000), i)
            for i, person in enumerate(pool)
        ),
        reverse=True,
    )
    if last[0][0] >= 0 and last[0][0] - last[1][0] > 30:
        return pool[last[0][1]], "name.alias.recent"
    return None, "name.alias.ambiguous"


def _other_office(person: Someone, mention: NameMention, part: str) -> bool:
    """Whether a title before a bare East Asian family name tells of another person than this office holder."""
    office = mention.office
    if office is None or office.tenure != "current" or office.role not in _TOP:
        return False
    held = [o for o, _, _ in person.offices if o.tenure == "current"]
    if not held or any(o.role == office.role for o in held):
        return False
    return family_first(person.forms[0]) and all(o.role in _TOP or o.role == "official" for o in held)
