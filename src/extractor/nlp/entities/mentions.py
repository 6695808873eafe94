"""Mentions of people: names after titles and honorifics, names the model found, and the offices tied to them."""

from dataclasses import dataclass, replace

from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.bodies import BodySpan
from extractor.nlp.entities.gazetteer import Body, Region, StateWord, Title, gazetteer
from extractor.nlp.entities.names import PARTICLES, is_initial, is_suffix
from extractor.nlp.entities.offices import Office
from extractor.nlp.entities.words import VERB_TAGS, Words

_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "jun.",
        "jul.",
        "aug.",
        "sept.",
        "sep.",
        "oct.",
        "nov.",
        "dec.",
        "today",
        "yesterday",
        "tomorrow",
    ]
)
_NOT_NAMES = frozenset(
    [
        "the",
        "a",
        "an",
        "he",
        "she",
        "they",
        "it",
        "we",
        "i",
        "you",
        "his",
        "her",
        "their",
        "its",
        "our",
        "my",
        "this",
        "that",
        "these",
        "those",
        "who",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "and",
        "or",
        "but",
        "if",
        "as",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "not",
        "no",
        "yes",
        "mr",
        "mrs",
        "ms",
    ]
)
_OTHER_TYPES = frozenset(
    {"GPE", "NORP", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LAW", "EVENT", "LANGUAGE"}
)
_BECOMING = frozenset(
    [
        "elected",
        "re-elected",
        "reelected",
        "appointed",
        "reappointed",
        "named",
        "nominated",
        "confirmed",
        "inaugurated",
        "sworn",
        "chosen",
        "installed",
        "served",
        "serving",
        "serves",
        "retained",
        "picked",
        "tapped",
        "promoted",
        "crowned",
        "selected",
        "proclaimed",
        "declared",
        "designated",
    ]
)
_HEADING_OF = frozenset(
    ["heads", "leads", "chairs", "runs", "headed", "led", "chaired", "ran", "governs", "commands", "commanded"]
)


@dataclass(frozen=True, slots=True)
class NameMention:
    """One mention of a person: word offsets, its form, the rule that found it, and the office tied to it there."""

    start: int
    end: int
    text: str
    rule: str
    gender: str | None = None
    honorific: bool = False
    office: Office | None = None
    office_rule: str | None = None


class NameReader:
    """Reads personal names out of the words."""

    def __init__(self, words: Words, atoms: dict[int, Atom], bodies: list[BodySpan]) -> None:
        self.words = words
        self.atoms = atoms
        self.body_words = {i for body in bodies if body.rule != "model:NER" for i in range(body.start, body.end)}
        self.covered = {i: atom for atom in atoms.values() for i in range(atom.start, atom.end)}

    def end(self, start: int, *, strong: bool) -> int | None:
        """Where the personal name that begins at a word ends, or None when none does.

        `strong`: a title or honorific stands before it, so that the model's word is not needed.
        """
        words = self.words
        count = len(words)
        if start >= count or not self._can_begin(start, strong):
            return None
        block = words.block[start]
        i = start
        kinds = gazetteer().organization_words
        while i < count and words.block[i] == block and i - start < 8:
            word, lower = words.plain[i], words.lower[i]
            if i > start and is_suffix(word):
                i += 1
                break
            if (
                i > start
                and word == "-"
                and words.glued[i]
                and i + 1 < count
                and words.glued[i + 1]
                and words.plain[i + 1][0].isalpha()
            ):
                if words.lower[i + 1] in ("led", "based", "era", "backed", "style", "elect", "appointed"):
                    break
                i += 2
                continue
            if i > start and lower in PARTICLES and self._particle(i):
                i += 1
                continue
            if i == start and lower in PARTICLES and word[0].islower():
                i += 1
                continue
            if not words.cap(i) or lower in _CALENDAR or lower in _NOT_NAMES:
                break
            if i > start:
                atom = self.covered.get(i)
                if (
                    atom is not None
                    and (isinstance(atom.value, (Title, Body)) or atom.start == i)
                    and not self._in_person(i)
                ):
                    break
                if (
                    atom is not None
                    and isinstance(atom.value, StateWord)
                    and atom.value.form in ("adjective", "people", "name", "seat")
                ):
                    break
                if words.tag[i] in VERB_TAGS and not self._in_person(i):
                    break
                if words.heading[i] and lower in words.seen_lower:
                    break
                if words.ent[i] in _OTHER_TYPES and words.ent_start[i] and words.ent[i - 1] == "PERSON":
                    break
                if words.ent[i - 1] == "PERSON" and words.ent[i] != "PERSON" and not is_initial(word):
                    break
                if i in self.body_words:
                    break
                if lower in kinds and kinds[lower][0] == "none" and not self._in_person(i):
                    break
            i += 1
        while i > start + 1 and (
            (words.lower[i - 1] in PARTICLES and words.plain[i - 1][0].islower()) or words.plain[i - 1] == "-"
        ):
            i -= 1
        if (
            i + 1 < count
            and words.plain[i] == ","
            and words.lower[i + 1] in ("jr", "jr.", "sr", "sr.")
            and i > start + 1
        ):
            i += 2
        return i if i > start and words.cap(self._first_cap(start, i)) else None

    def _first_cap(self, start: int, end: int) -> int:
        return next((i for i in range(start, end) if self.words.cap(i)), start)

    def _can_begin(self, i: int, strong: bool) -> bool:
        words = self.words
        lower = words.lower[i]
        if lower in PARTICLES and words.plain[i][0].islower():
            return (
                strong
                and i + 1 < len(words)
                and (words.cap(i + 1) or words.plain[i + 1] == "-")
                and lower not in ("e", "y", "do", "de")
            )
        if not words.cap(i) or not words.plain[i][0].isalpha() or lower in _NOT_NAMES or lower in _CALENDAR:
            return False
        atom = self.covered.get(i)
        if (
            atom is not None
            and not isinstance(atom.value, str)
            and not (self._in_person(i) and isinstance(atom.value, (StateWord, Region)))
        ):
            return False
        if i in self.body_words:
            return False
        kind = gazetteer().organization_words.get(lower)
        if kind is not None and words.ent[i] != "PERSON":
            return False
        if strong and words.heading[i]:
            return words.ent[i] == "PERSON" or lower not in words.seen_lower
        return True

    def _in_person(self, i: int) -> bool:
        return self.words.ent[i] == "PERSON" and not self.words.ent_start[i]

    def _particle(self, i: int) -> bool:
        """Whether a particle at a word is inside a name: another part follows."""
        words = self.words
        j = i + 1
        while j < len(words) and (words.lower[j] in PARTICLES or words.plain[j] == "-"):
            j += 1
        if j >= len(words) or words.block[j] != words.block[i] or not words.cap(j) or j in self.atoms:
            return False
        if words.plain[i][0].isupper():
            return True
        return (
            words.lower[i] not in ("e", "y", "do", "de", "af", "zu", "le", "du", "den")
            or words.ent[i] == "PERSON"
            or words.ent[j] in ("PERSON", "")
        )

    def skip_honorific(self, i: int) -> tuple[int, str | None, bool]:
        """The word after any honorifics (and opening quotes) at `i`, the gender they tell, and whether there were any."""
        gender: str | None = None
        seen = False
        while i < len(self.words):
            atom = self.atoms.get(i)
            if atom is None or not isinstance(atom.value, str):
                break
            gender = atom.value or gender
            seen = True
            i = atom.end
            if i < len(self.words) and self.words.plain[i] == "." and self.words.glued[i]:
                i += 1
        return i, gender, seen


def find_mentions(
    words: Words, atoms: dict[int, Atom], bodies: list[BodySpan], offices: list[Office]
) -> list[NameMention]:
    """Every name with what stands before or after it, in order."""
    reader = NameReader(words, atoms, bodies)
    found: dict[int, NameMention] = {}
    used: set[int] = set()
    for office in offices:
        _before(reader, office, found, used)
    _after_honorifics(reader, found)
    _from_model(reader, found)
    _after(reader, offices, found, used)
    _counterparts(reader, found)
    _of_state(reader, found)
    return [found[i] for i in sorted(found)]


def _before(reader: NameReader, office: Office, found: dict[int, NameMention], used: set[int]) -> None:
    """Title before name: "Chinese Commerce Minister Wang Wentao", "the president of Armenia, Vahagn Khachaturyan,"."""
    words = reader.words
    i = office.span[1]
    count = len(words)
    comma = False
    if i < count and words.plain[i] == "," and words.block[i] == words.block[i - 1]:
        comma = True
        i += 1
    if i >= count or words.block[i] != words.block[office.title_span[0]] or i in used:
        return
    if words.plain[i] in ('"', "``", "("):
        return
    # a second title on the way: "Prime Minister and Defence Minister X", "Foreign Minister Datuk Seri X"
    i, gender, honorific = reader.skip_honorific(i)
    end = reader.end(i, strong=not comma)
    if end is None or not _holds_office(office, words):
        return
    if comma and not _apposed(words, office, i, end):
        return
    names = [(i, end)]
    if office.plural:
        names = _list(reader, i, end)
    elif (
        not comma
        and office.entry.scope in ("open",)
        and office.entry.title in ("head", "chief", "director", "executive", "principal", "chair", "secretary")
        and not words.cap(office.title_span[0])
        and words.ent[i] != "PERSON"
    ):
        return
    rule = "leader.title_before" if not comma else "leader.title_apposed"
    if office.country_span and office.country_span[0] >= office.title_span[1] and not comma:
        rule = "leader.of_title"
    used.add(office.title_span[0])
    countries = office.countries
    for k, (start, stop) in enumerate(names):
        own = office
        if office.plural and len(countries) == len(names) and len(countries) > 1:
            own = replace(office, countries=(countries[k],))
        elif len(countries) > 1:
            own = replace(office, countries=countries[:1])
        old = found.get(start)
        if old is not None and old.office is not None:
            continue
        found[start] = NameMention(
            start,
            stop,
            words.text(start, stop),
            "name.title",
            gender or office.gender,
            honorific,
            own,
            "leader.title_list" if office.plural else rule,
        )


def _holds_office(office: Office, words: Words) -> bool:
    if office.entry.scope == "none":
        return False
    if office.entry.scope == "rank":
        return words.cap(office.title_span[0])
    return True


def _apposed(words: Words, office: Office, start: int, end: int) -> bool:
    """Whether a name after a comma is the holder of the title before it, and not the next item of a list."""
    count = len(words)
    if words.ent[start] not in ("PERSON", "", "ORG", "GPE") or end - start < 2:
        return False
    before = office.span[0] - 1
    lead = words.lower[before] if before >= 0 and words.block[before] == words.block[start] else ""
    follows = words.lower[end] if end < count and words.block[end] == words.block[start] else "."
    pointed = (
        lead in ("the", "its", "their", "his", "her", "our")
        or office.pointed
        or bool(office.country_span)
        or office.body is not None
        or lead in ("", ".")
    )
    return pointed and (
        follows in (",", ".", ";", ")", "and", ":", "''", '"', "-", "–", "—")
        or words.tag[end] in ("VBD", "VBZ", "MD", "VBP", "VBN", "WP")
    )


def _list(reader: NameReader, start: int, end: int) -> list[tuple[int, int]]:
    """The names of a list: "A, B and C"."""
    words = reader.words
    names = [(start, end)]
    while end + 1 < len(words) and words.block[end] == words.block[start]:
        j = end
        # "Presidents Xi Jinping of China and Vladimir Putin of Russia"
        if words.lower[j] == "of":
            k = j + 1 + (words.lower[j + 1] == "the")
            atom = reader.atoms.get(k)
            if atom is None or not isinstance(atom.value, StateWord):
                break
            j = atom.end
        if j + 1 >= len(words) or words.lower[j] not in (",", "and", "&"):
            break
        j += 1
        if words.lower[j] == "and":
            j += 1
        j, _, _ = reader.skip_honorific(j)
        if j >= len(words) or j in reader.atoms:
            break
        stop = reader.end(j, strong=True)
        if stop is None:
            break
        names.append((j, stop))
        end = stop
    return names


def _after_honorifics(reader: NameReader, found: dict[int, NameMention]) -> None:
    words = reader.words
    for atom in reader.atoms.values():
        if not isinstance(atom.value, str):
            continue
        i, gender, _ = reader.skip_honorific(atom.start)
        if i in found or i >= len(words) or words.block[i] != words.block[atom.start]:
            continue
        end = reader.end(i, strong=True)
        if end is None:
            continue
        found[i] = NameMention(i, end, words.text(i, end), "name.honorific", gender, True)


def _from_model(reader: NameReader, found: dict[int, NameMention]) -> None:
    words = reader.words
    count = len(words)
    taken = {i for mention in found.values() for i in range(mention.start, mention.end)}
    i = 0
    while i < count:
        if words.ent[i] != "PERSON":
            i += 1
            continue
        end = i + 1
        while end < count and words.ent[end] == "PERSON" and not words.ent_start[end]:
            end += 1
        start = i
        i = end
        while start < end:
            atom = reader.atoms.get(start)
            if start in taken:
                start += 1
            elif atom is not None and atom.end <= end and not isinstance(atom.value, (Region, Body)):
                start = atom.end
            elif not words.plain[start][0].isalpha() or words.lower[start] in _NOT_NAMES:
                start += 1
            else:
                break
        if start >= end:
            continue
        stop = reader.end(start, strong=False)
        if stop is None or start in found:
            continue
        found[start] = NameMention(start, stop, words.text(start, stop), "model:NER")


def _after(reader: NameReader, offices: list[Office], found: dict[int, NameMention], used: set[int]) -> None:
    """Name before title: "Wang Wentao, China's commerce minister,", "X was elected president"."""
    words = reader.words
    count = len(words)
    starts = {
        office.span[0]: office
        for office in offices
        if office.title_span[0] not in used and office.entry.scope != "none"
    }
    starts_any = dict(starts)
    for office in offices:
        if office.title_span[0] not in used and office.entry.scope != "none":
            starts_any.setdefault(office.title_span[0], office)
    for start in sorted(found):
        mention = found[start]
        i = mention.end
        if mention.office is not None or i >= count or words.block[i] != words.block[start]:
            continue
        hit = _title_after(reader, starts_any, mention)
        if hit is None:
            continue
        office, rule = hit
        if len(office.countries) > 1:
            office = replace(office, countries=office.countries[:1])
        used.add(office.title_span[0])
        found[start] = replace(mention, office=office, office_rule=rule, gender=mention.gender or office.gender)


def _title_after(reader: NameReader, starts: dict[int, Office], mention: NameMention) -> tuple[Office, str] | None:
    words, lower = reader.words, reader.words.lower
    count = len(words)
    i = mention.end
    block = words.block[i - 1]
    word = lower[i]
    if word in (",", "(", "-", "–", "—"):
        i += 1
        # an age: "Mary Smith, 52, chief executive of ..."
        if i + 1 < count and words.plain[i].isdigit() and lower[i + 1] == ",":
            i += 2
        if i < count and lower[i] in ("who", "currently", "now"):
            return (
                _who(reader, starts, i + (lower[i] != "who"), block)
                if lower[i] == "who"
                else _phrase(reader, starts, i + 1, block, "leader.title_after")
            )
        if i < count and lower[i] in _BECOMING:
            return _becoming(reader, starts, i, block)
        return _phrase(reader, starts, i, block, "leader.title_after")
    if word == "who":
        return _who(reader, starts, i, block)
    if word in ("is", "was", "became", "becomes", "remains", "remained"):
        if word in ("is", "was") and any(lower[k] in _BECOMING for k in range(i + 1, min(i + 4, count))):
            return _becoming(reader, starts, i + 1, block)
        return _phrase(reader, starts, i + 1, block, "leader.title_is")
    if (
        word in ("has", "had", "will", "to", "being", "as", "be")
        or word in _BECOMING
        or word in ("took", "takes", "won")
    ):
        return _becoming(reader, starts, i, block)
    return None


def _who(reader: NameReader, starts: dict[int, Office], i: int, block: int) -> tuple[Office, str] | None:
    lower = reader.words.lower
    j = i + 1
    while j < len(lower) and lower[j] in (
        "has",
        "had",
        "also",
        "is",
        "was",
        "been",
        "currently",
        "now",
        "became",
        "previously",
        "once",
        "will",
        "be",
        "already",
    ):
        j += 1
    if j < len(lower) and lower[j] in _BECOMING:
        return _becoming(reader, starts, j, block)
    return _phrase(reader, starts, j, block, "leader.title_who")


def _becoming(reader: NameReader, starts: dict[int, Office], i: int, block: int) -> tuple[Office, str] | None:
    """ "was sworn in as president", "appointed chief executive"."""
    words, lower = reader.words, reader.words.lower
    seen = lower[i] == "as"
    for j in range(i, min(i + 10, len(words))):
        if words.block[j] != block or lower[j] in (".", ";", "who", "that", "which", "said"):
            return None
        if lower[j] in _BECOMING or lower[j] in ("become", "office"):
            seen = True
        elif seen:
            hit = _phrase(reader, starts, j, block, "leader.becoming")
            if hit is not None and (
                lower[j - 1] in ("as", "the", "a", "its", "their", "new", "in", "for", "become")
                or lower[j - 1] in _BECOMING
            ):
                return hit
    return None


def _phrase(reader: NameReader, starts: dict[int, Office], i: int, block: int, rule: str) -> tuple[Office, str] | None:
    """The office phrase that begins at a word or after a few words that may stand before it in a noun phrase."""
    words, lower = reader.words, reader.words.lower
    for j in range(i, min(i + 9, len(words))):
        if words.block[j] != block:
            return None
        office = starts.get(j)
        if office is not None:
            if not _ends_well(reader, office):
                return None
            return office, rule
        word = lower[j]
        if word in (
            "the",
            "a",
            "an",
            "its",
            "their",
            "his",
            "her",
            "our",
            "also",
            "currently",
            "now",
            "'s",
            "'",
            "-",
            "one",
            "in",
            "into",
            "as",
        ) and not (word == "in" and j == i):
            continue
        atom = reader.covered.get(j)
        if atom is not None and not isinstance(atom.value, str):
            continue
        if words.tag[j] in (
            "JJ",
            "JJS",
            "JJR",
            "NN",
            "NNP",
            "NNPS",
            "NNS",
            "VBN",
            "HYPH",
            "CD",
            "POS",
            "RB",
            "DT",
            "PRP$",
            "VBG",
        ):
            if words.tag[j] in ("NNS",) and j == i:
                return None
            continue
        return None
    return None


def _ends_well(reader: NameReader, office: Office) -> bool:
    """Whether a title after a name is not the first part of another name or noun phrase."""
    words = reader.words
    i = office.span[1]
    if i >= len(words) or words.block[i] != words.block[i - 1]:
        return True
    if office.plural:
        return words.lower[i] in (",", ".", "and", "of")
    return not (
        words.tag[i] in ("NN", "NNS", "POS") and words.lower[i] not in ("today", "yesterday") and not words.cap(i)
    )


def _counterparts(reader: NameReader, found: dict[int, NameMention]) -> None:
    """ "his Chinese counterpart Wang Yi": the office of the person before it, in that country."""
    words, lower = reader.words, reader.words.lower
    holders = sorted(m.start for m in found.values() if m.office is not None)
    for i, word in enumerate(lower):
        if word not in ("counterpart", "counterparts"):
            continue
        countries: tuple[str, ...] = ()
        country_span = None
        j = i - 1
        while j >= 0 and j > i - 4:
            atom = reader.covered.get(j)
            if atom is not None and isinstance(atom.value, StateWord):
                countries, country_span = atom.value.codes[-1:], (atom.start, atom.end)
                break
            j -= 1
        k = i + 1
        if k < len(words) and lower[k] in ("from", "in") and k + 1 < len(words):
            atom = reader.atoms.get(k + 1)
            if atom is not None and isinstance(atom.value, StateWord):
                countries, country_span = atom.value.codes[-1:], (atom.start, atom.end)
                k = atom.end
        if k < len(words) and words.plain[k] == ",":
            k += 1
        k, gender, honorific = reader.skip_honorific(k)
        end = reader.end(k, strong=True)
        before = [start for start in holders if start < i]
        if end is None or not before:
            continue
        source = found[before[-1]].office
        assert source is not None
        office = replace(
            source,
            countries=countries,
            country_span=country_span,
            tenure="current",
            body=source.body if not countries else None,
        )
        old = found.get(k)
        if old is None or old.office is None:
            found[k] = NameMention(
                k, end, words.text(k, end), "name.title", gender, honorific, office, "leader.counterpart"
            )
            holders = sorted([*holders, k])


def _of_state(reader: NameReader, found: dict[int, NameMention]) -> None:
    """ "President Yoon Suk Yeol of the Republic of Korea": the country after the name."""
    words = reader.words
    for start, mention in list(found.items()):
        i = mention.end
        if mention.office is None or mention.office.countries or i + 1 >= len(words) or words.lower[i] != "of":
            continue
        k = i + 1 + (words.lower[i + 1] == "the")
        atom = reader.atoms.get(k)
        if atom is not None and isinstance(atom.value, StateWord) and atom.value.form in ("name", "capital"):
            office = replace(mention.office, countries=atom.value.codes[-1:], country_span=(atom.start, atom.end))
            found[start] = replace(mention, office=office)
