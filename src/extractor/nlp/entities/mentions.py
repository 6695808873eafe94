"""Mentions of people: names after titles and honorifics, names the model found, and the offices tied to them."""

import re
from dataclasses import dataclass, replace

from extractor.models.leader import Role
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.bodies import BodySpan
from extractor.nlp.entities.gazetteer import Body, Region, StateWord, Title, gazetteer
from extractor.nlp.entities.names import PARTICLES, family_first_names, is_initial, is_suffix
from extractor.nlp.entities.offices import Office, place_country, role_in
from extractor.nlp.entities.words import VERB_TAGS, Words
from extractor.nlp.gazetteers import word_set

#: What the model calls things that are no part of a person's name.
_OTHER_TYPES = frozenset(
    {"GPE", "NORP", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LAW", "EVENT"}
)
#: Tags of words that may stand between a name and its title: "a veteran party", "the company's new".
_PHRASE_TAGS = frozenset(
    {"JJ", "JJS", "JJR", "NN", "NNP", "NNPS", "NNS", "VBN", "HYPH", "CD", "POS", "RB", "DT", "PRP$", "VBG"}
)
_HEADS = frozenset({"head_of_state", "head_of_government"})
#: Endings of nouns that name things: a capitalised one alone after a title is no family name.
_THING_ENDINGS = ("tion", "tions", "ment", "ments", "ities", "ness", "ship", "nomics")
#: Lower-case particles that are also common words: only inside a name that goes on after them.
_LOOSE_PARTICLES = frozenset({"e", "y", "do", "de", "af", "zu", "le", "du", "den"})


#: Two words that lost the blank between them: "NikolPrime", "Jinping(retranslated".
_GLUED = re.compile(r"[a-z]\(|[a-z]{3}[A-Z][a-z]{2}")


def _glued(word: str) -> bool:
    return _GLUED.search(word) is not None


@dataclass(frozen=True, slots=True)
class Tie:
    """An office tied to a mention of a person, and the rule that did it."""

    office: Office
    rule: str


@dataclass(frozen=True, slots=True)
class NameMention:
    """One mention of a person: word offsets, its form, the rule that found it, and the offices tied to it there."""

    start: int
    end: int
    text: str
    rule: str
    gender: str | None = None
    honorific: bool = False
    ties: tuple[Tie, ...] = ()

    @property
    def office(self) -> Office | None:
        """The office of its first tie that is more than a rank, else of the first."""
        return next(
            (tie.office for tie in self.ties if tie.office.entry.scope != "rank"),
            self.ties[0].office if self.ties else None,
        )


class NameReader:
    """Reads personal names out of the words."""

    def __init__(self, words: Words, atoms: dict[int, Atom], bodies: list[BodySpan]) -> None:
        self.words = words
        self.atoms = atoms
        self.body_at = {body.start: body for body in bodies}
        self.body_words = {i for body in bodies if body.rule != "model:NER" for i in range(body.start, body.end)}
        self.covered = {i: atom for atom in atoms.values() for i in range(atom.start, atom.end)}

    def end(self, start: int, *, strong: bool) -> int | None:
        """Where the personal name that begins at a word ends, or None when none does.

        `strong`: a title or honorific stands before it, so that the model's word is not needed.
        """
        words = self.words
        if start >= len(words) or not self._can_begin(start, strong):
            return None
        i = start
        while i < len(words) and words.block[i] == words.block[start] and i - start < 8:
            word, lower = words.plain[i], words.lower[i]
            if i > start and is_suffix(word):
                i += 1
                break
            if i > start and word == "-" and self._hyphen(i):
                i += 2
            elif i > start and word in ('"', "``", "'") and self._nickname(i):
                i += 3
            elif lower in PARTICLES and word[0].islower() and (i == start or self._particle(i)):
                i += 1
            elif not words.cap(i) or (i > start and (self._stops(i, strong) or word in words.plain[start:i])):
                break
            else:
                i += 1
        while i > start + 1 and (
            (words.lower[i - 1] in PARTICLES and words.plain[i - 1][0].islower()) or words.plain[i - 1] == "-"
        ):
            i -= 1
        if (
            i + 1 < len(words)
            and words.plain[i] == ","
            and words.lower[i + 1] in ("jr", "jr.", "sr", "sr.")
            and i > start + 1
        ):
            i += 2
        if not any(words.cap(k) for k in range(start, i)) or (strong and self._is_thing(start, i)):
            return None
        return i

    def _is_thing(self, start: int, end: int) -> bool:
        """Whether a capitalised run after a title is no name: "Major Defense Partnership"."""
        words = self.words
        kinds = gazetteer().organization_words
        if words.ent[start] == "PERSON":
            return False
        if all(word in gazetteer().portfolios for word in words.lower[start:end]):
            return True
        if end - start == 1 and words.ent[start] in ("", "ORG") and words.lower[start].endswith(_THING_ENDINGS):
            return True
        return (
            end < len(words)
            and words.block[end] == words.block[start]
            and words.cap(end)
            and words.lower[end] in kinds
            and not words.heading[end]
        )

    def _nickname(self, i: int) -> bool:
        """Whether a nickname in quotes stands inside a name: 'Joko "Jokowi" Widodo'."""
        words = self.words
        return (
            i + 3 < len(words)
            and words.cap(i + 1)
            and words.plain[i + 2] in ('"', "''", "'")
            and words.cap(i + 3)
            and words.plain[i + 3][0].isalpha()
            and words.block[i + 3] == words.block[i]
        )

    def _hyphen(self, i: int) -> bool:
        """Whether a hyphen stands inside a name: "Jong-un", not "Biden-led"."""
        words = self.words
        if not (words.glued[i] and i + 1 < len(words) and words.glued[i + 1] and words.plain[i + 1][0].isalpha()):
            return False
        return words.lower[i + 1] not in ("led", "based", "era", "backed", "style", "elect", "appointed", "owned")

    def _stops(self, i: int, strong: bool) -> bool:
        """Whether a capitalised word is not a further part of the name before it."""
        words = self.words
        lower = words.lower[i]
        person = self._in_person(i)
        if (
            lower in word_set("calendar")
            or lower in word_set("no_name")
            or i in self.body_words
            or _glued(words.plain[i])
        ):
            return True
        atom = self.covered.get(i)
        if atom is not None:
            if isinstance(atom.value, StateWord) and atom.value.form != "capital":
                return True
            if not person:
                return True
        if words.heading[i] and lower in words.seen_lower:
            return True
        kind = gazetteer().organization_words.get(lower)
        if not person and (words.tag[i] in VERB_TAGS or (kind is not None and kind[0] == "none")):
            return True
        if words.ent[i - 1] == "PERSON" and not person and not is_initial(words.plain[i]):
            return not strong or words.heading[i] or words.ent[i] in _OTHER_TYPES
        return False

    def _can_begin(self, i: int, strong: bool) -> bool:
        words = self.words
        lower, plain = words.lower[i], words.plain[i]
        if lower in PARTICLES and plain[0].islower():
            return (
                strong
                and i + 1 < len(words)
                and (words.cap(i + 1) or words.plain[i + 1] == "-")
                and lower not in _LOOSE_PARTICLES
            )
        if not words.cap(i) or not plain[0].isalpha() or lower in word_set("calendar") or _glued(plain):
            return False
        if lower in word_set("no_name") and not (
            plain in family_first_names()
            and (strong or words.ent[i] == "PERSON")
            and i + 1 < len(words)
            and words.cap(i + 1)
            and i + 1 not in self.atoms
        ):
            return False
        atom = self.covered.get(i)
        if (
            atom is not None
            and not isinstance(atom.value, str)
            and not (self._in_person(i) and isinstance(atom.value, (StateWord, Region)))
        ):
            return False
        if i in self.body_words or (lower in gazetteer().organization_words and words.ent[i] != "PERSON"):
            return False
        return not (strong and words.heading[i] and words.ent[i] != "PERSON" and lower in words.seen_lower)

    def _in_person(self, i: int) -> bool:
        return self.words.ent[i] == "PERSON" and not self.words.ent_start[i]

    def _particle(self, i: int) -> bool:
        """Whether a particle at a word is inside a name: another part follows."""
        words = self.words
        k = i + 1
        while k < len(words) and (words.lower[k] in PARTICLES or words.plain[k] == "-"):
            k += 1
        if k >= len(words) or words.block[k] != words.block[i] or not words.cap(k) or k in self.atoms:
            return False
        return words.lower[i] not in _LOOSE_PARTICLES or words.ent[i] == "PERSON" or words.ent[k] in ("PERSON", "")

    def skip_honorific(self, i: int) -> tuple[int, str | None, bool]:
        """The word after any honorifics at `i`, the gender they tell, and whether there were any.

        A rank or a religious title between an office and a name is passed over too: "Army chief Gen. Asim Munir".
        """
        words = self.words
        gender: str | None = None
        seen = False
        while i < len(words):
            atom = self.atoms.get(i)
            if atom is None:
                break
            if isinstance(atom.value, str):
                gender = atom.value or gender
                seen = True
            elif not (
                isinstance(atom.value, Title)
                and words.cap(i)
                and (atom.value.scope == "rank" or atom.value.role in ("other", "legislator"))
                and not atom.value.plural
                and atom.end < len(words)
                and words.cap(atom.end)
            ):
                break
            i = atom.end
            if i < len(words) and words.plain[i] == "." and words.glued[i]:
                i += 1
        # "Sheikh Hasina": what is left would be no name of its own
        return i, gender, seen


def find_mentions(
    words: Words, atoms: dict[int, Atom], bodies: list[BodySpan], offices: list[Office]
) -> list[NameMention]:
    """Every name with what stands before or after it, in order."""
    return _Finder(NameReader(words, atoms, bodies), offices).run()


class _Finder:
    def __init__(self, reader: NameReader, offices: list[Office]) -> None:
        self.reader = reader
        self.words = reader.words
        self.offices = offices
        self.found: dict[int, NameMention] = {}
        #: Starts of the titles that are tied to a name already.
        self.used: set[int] = set()
        self.ends: dict[int, Office] = {office.span[1]: office for office in offices}

    def run(self) -> list[NameMention]:
        """Every mention, in order."""
        for office in self.offices:
            self._before(office)
        self._after_honorifics()
        self._from_model()
        self._starts = {office.title_span[0]: office for office in self.offices if self._free(office)}
        self._starts.update({office.span[0]: office for office in self.offices if self._free(office)})
        self._apposed_titles()
        for start in sorted(self.found):
            self._after(self.found[start])
        self._counterparts()
        self._led_by()
        self._anaphors()
        self._of_place()
        return [self.found[i] for i in sorted(self.found)]

    def _free(self, office: Office) -> bool:
        return office.title_span[0] not in self.used and office.entry.scope != "none"

    def _tie(
        self, start: int, end: int, rule: str, tie: Tie | None, gender: str | None = None, honorific: bool = False
    ) -> None:
        old = self.found.get(start)
        if old is None:
            ties = (tie,) if tie is not None else ()
            self.found[start] = NameMention(
                start,
                end,
                self.words.text(start, end),
                rule,
                gender or (tie.office.entry.gender if tie else None),
                honorific,
                ties,
            )
        elif tie is not None and all(tie.office.title_span != other.office.title_span for other in old.ties):
            self.found[start] = replace(
                old,
                ties=(*old.ties, tie),
                gender=old.gender or gender or tie.office.entry.gender,
                honorific=old.honorific or honorific,
            )

    def _before(self, office: Office) -> None:
        """Title before name: "Chinese Commerce Minister Wang Wentao", "the president of Armenia, Vahagn Khachaturyan,"."""
        words = self.words
        i = office.span[1]
        entry = office.entry
        if i >= len(words) or entry.scope == "none" or (entry.scope == "rank" and not words.cap(office.title_span[0])):
            return
        if i + 2 < len(words) and words.plain[i] == "(" and words.plain[i + 2] == ")":
            # "National Security Adviser (NSA) Ajit Doval"
            i += 3
            if i >= len(words):
                return
        comma = words.plain[i] == ","
        i += comma
        if i >= len(words) or words.block[i] != words.block[office.title_span[0]]:
            return
        i, gender, honorific = self.reader.skip_honorific(i)
        end = self.reader.end(i, strong=not comma)
        if end is None:
            return
        if comma and not self._holder_after_comma(office, i, end):
            return
        if (
            not comma
            and entry.scope == "open"
            and entry.title.split()[-1] in word_set("generic_title")
            and words.ent[i] != "PERSON"
            and not ((office.body or office.countries) and end - i > 1)
        ):
            return
        names = self._list(i, end) if office.plural else [(i, end)]
        if office.plural and len(names) < 2 and not len(office.countries) > 1 and comma:
            return
        rule = "leader.title_apposed" if comma else "leader.title_before"
        if office.country_span and office.country_span[0] >= office.title_span[1] and not comma:
            rule = "leader.of_title"
        if office.plural:
            rule = "leader.title_list"
        self.used.add(office.title_span[0])
        first = self._inherit(office)
        if first is not None:
            self.used.add(first.title_span[0])
            for start, stop in names:
                self._tie(start, stop, "name.title", Tie(first, "leader.title_joined"), gender, honorific)
        for k, (start, stop) in enumerate(names):
            own = office
            if len(office.countries) > 1:
                own = replace(
                    office,
                    countries=office.countries[k : k + 1]
                    if office.plural and len(office.countries) == len(names)
                    else office.countries[:1],
                )
            self._tie(start, stop, "name.title", Tie(own, rule), gender if k == 0 else None, honorific)

    def _inherit(self, office: Office) -> Office | None:
        """ "UAW President A and Vice President B": body and country hold for the second office too. In "Petronas
        president and chief executive A" the first office is returned, for it is the same person's."""
        words = self.words
        link = office.span[0] - 1
        if link < 1 or words.lower[link] not in ("and", ",", "&") or words.block[link] != words.block[office.span[0]]:
            return None
        joined = self.ends.get(link) if words.plain[link] != "," else None
        before = next((m for m in self.found.values() if m.end == link), None)
        source = joined or (before.office if before is not None else None)
        if joined is not None and joined.entry.scope == "none":
            return None
        if (
            source is not None
            and not source.plural
            and not office.countries
            and office.body is None
            and not office.pointed
        ):
            if office.entry.scope == "open":
                office.body = source.body
            two_heads = source.role in _HEADS and office.role in _HEADS
            own = source.country_span == source.title_span
            if source.country_span is not None and not source.local and not two_heads and not own:
                office.set_country(source.countries, source.country_span)
            if office.body is not None and office.entry.scope == "open":
                office.role = role_in(office.body, office.role, office.entry.title)
        return joined if joined is not None and not joined.plural and self._free(joined) else None

    def _holder_after_comma(self, office: Office, start: int, end: int) -> bool:
        """Whether a name after a comma is the holder of the title before it, and not the next item of a list."""
        words = self.words
        if words.ent[start] not in ("PERSON", "", "ORG", "GPE") or (end - start < 2 and words.ent[start] != "PERSON"):
            return False
        before = office.span[0] - 1
        lead = words.lower[before] if before >= 0 and words.block[before] == words.block[start] else ""
        if lead == "," and words.ent[before - 1] == "PERSON":
            # "A, premier of X, B": the title is A's
            return False
        inside = end < len(words) and words.block[end] == words.block[start]
        told = (
            lead in ("the", "its", "their", "his", "her", "our", "'s", "", ".")
            or office.pointed
            or office.owner
            or office.country_span is not None
            or office.body is not None
        )
        return bool(told) and (
            not inside
            or words.lower[end] in (",", ".", ";", ")", "and", ":", "''", '"', "-", "–", "—", "on")
            or words.tag[end] in ("VBD", "VBZ", "MD", "VBP", "VBN", "WP")
        )

    def _list(self, start: int, end: int) -> list[tuple[int, int]]:
        """The names of a list: "A, B and C", "A of X and B of Y"."""
        words = self.words
        names = [(start, end)]
        while end + 1 < len(words) and words.block[end] == words.block[start]:
            i = end
            if words.lower[i] == "of":
                atom = self.reader.atoms.get(i + 1 + (words.lower[i + 1] == "the"))
                if atom is None or not isinstance(atom.value, StateWord):
                    break
                i = atom.end
            if i + 1 >= len(words) or words.lower[i] not in (",", "and", "&"):
                break
            i += 1
            if words.lower[i] == "and":
                i += 1
            i, _, _ = self.reader.skip_honorific(i)
            stop = self.reader.end(i, strong=True) if i < len(words) and i not in self.reader.atoms else None
            if stop is None:
                break
            names.append((i, stop))
            end = stop
        return names

    def _after_honorifics(self) -> None:
        words = self.words
        taken = {i for mention in self.found.values() for i in range(mention.start, mention.end)}
        for atom in self.reader.atoms.values():
            if not isinstance(atom.value, str):
                continue
            i, gender, _ = self.reader.skip_honorific(atom.start)
            if i in taken or i >= len(words) or words.block[i] != words.block[atom.start]:
                continue
            end = self.reader.end(i, strong=True)
            if end is not None:
                self._tie(i, end, "name.honorific", None, gender, True)

    def _from_model(self) -> None:
        words = self.words
        taken = {i for mention in self.found.values() for i in range(mention.start, mention.end)}
        for begin, end, label in words.entities():
            if label != "PERSON":
                continue
            start = begin
            while start < end:
                atom = self.reader.atoms.get(start)
                if start in taken or not words.plain[start][0].isalpha():
                    start += 1
                elif atom is not None and atom.end <= end and not isinstance(atom.value, (Region, Body)):
                    start = atom.end
                elif words.lower[start] in gazetteer().portfolios and end - start > 2:
                    # "Ecology and Transport Sergei Ivanov"
                    start += 1
                elif words.lower[start] in word_set("no_name") and words.plain[start] not in family_first_names():
                    start += 1
                else:
                    break
            stop = self.reader.end(start, strong=False) if start < end else None
            if stop is not None and start not in self.found:
                self._tie(start, stop, "model:NER", None)

    def _apposed_titles(self) -> None:
        """Names that the model missed, told by the title after them: "Jokowi, president of Indonesia,"."""
        words = self.words
        taken = {i for mention in self.found.values() for i in range(mention.start, mention.end)}
        for office in self.offices:
            if not self._free(office) or office.plural:
                continue
            comma = office.span[0] - 1
            while comma > 0 and words.lower[comma] in ("the", "a", "an", "current", "new"):
                comma -= 1
            end = office.span[1]
            if comma < 1 or words.block[comma] != words.block[end - 1]:
                continue
            if words.plain[comma] != ",":
                if comma != office.span[0] - 1 or not word_set("becoming") & set(
                    words.lower[max(0, comma - 5) : comma]
                ):
                    continue
                # "elected X prime minister"
                comma += 1
            if not (office.countries or office.body) or (
                end < len(words)
                and words.block[end] == words.block[comma]
                and words.lower[end] not in (",", ".", ";", ")", "said", "says")
            ):
                continue
            start = comma
            while (
                start > 0
                and words.block[start - 1] == words.block[comma]
                and words.cap(start - 1)
                and words.plain[start - 1][0].isalpha()
                and comma - start < 4
                and start - 1 not in self.reader.covered
            ):
                start -= 1
            if start == comma or start in taken or words.ent[start] in ("NORP", "DATE"):
                continue
            if self.reader.end(start, strong=True) == comma:
                self._tie(start, comma, "name.title", None)

    def _after(self, mention: NameMention) -> None:
        """Name before title: "Wang Wentao, China's commerce minister,", "X was elected president"."""
        words = self.words
        if mention.end >= len(words) or words.block[mention.end] != words.block[mention.start]:
            return
        tie = self._title_after(mention)
        if tie is None:
            return
        if len(tie.office.countries) > 1:
            tie = Tie(replace(tie.office, countries=tie.office.countries[:1]), tie.rule)
        self.used.add(tie.office.title_span[0])
        self._tie(mention.start, mention.end, mention.rule, tie)

    def _title_after(self, mention: NameMention) -> Tie | None:
        words, lower = self.words, self.words.lower
        i = mention.end
        becoming = word_set("becoming")
        word = lower[i]
        if word in (",", "(", "-", "–", "—"):
            i += 1
            # an age: "Mary Smith, 52, chief executive of ..."
            if i + 1 < len(words) and words.plain[i].isdigit() and lower[i + 1] == ",":
                i += 2
            if i < len(words) and lower[i] == "who":
                return self._who(i)
            if i < len(words) and lower[i] in becoming:
                return self._becoming(i)
            return self._phrase(i, "leader.title_after")
        if word == "who":
            return self._who(i)
        if word in ("is", "was", "became", "becomes", "remains", "remained"):
            if word in ("is", "was") and becoming & set(lower[i + 1 : i + 4]):
                return self._becoming(i + 1)
            return self._phrase(i + 1, "leader.title_is")
        if word in ("has", "had", "will", "to", "being", "as", "be", "took", "takes", "won") or word in becoming:
            return self._becoming(i)
        office = self._starts.get(i)
        if (
            office is not None
            and self._free(office)
            and becoming & set(lower[max(0, mention.start - 4) : mention.start])
        ):
            # "elected X prime minister"
            return Tie(office, "leader.becoming")
        return None

    def _who(self, i: int) -> Tie | None:
        lower = self.words.lower
        k = i + 1
        while k < len(lower) and lower[k] in (
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
            "previously",
        ):
            k += 1
        if k >= len(lower):
            return None
        if lower[k] in word_set("heading_of"):
            return self._heads(k)
        if lower[k] in word_set("becoming"):
            return self._becoming(k)
        return self._phrase(k, "leader.title_who")

    def _heads(self, verb: int) -> Tie | None:
        """ "who heads the International Monetary Fund": an office without a title."""
        words = self.words
        i = verb + 1
        while i < len(words) and words.lower[i] in ("the", "its", "a"):
            i += 1
        body = self.reader.body_at.get(i)
        if body is None:
            return None
        office = self._heading_office(body, verb)
        if words.lower[verb] in ("headed", "led", "chaired", "ran", "commanded"):
            office.tenure = "former"
        return Tie(office, "leader.heads")

    def _becoming(self, i: int) -> Tie | None:
        """ "was sworn in as president", "appointed chief executive"."""
        words, lower = self.words, self.words.lower
        seen = lower[i] == "as"
        for k in range(i, min(i + 10, len(words))):
            if words.block[k] != words.block[i] or lower[k] in (".", ";", "who", "that", "which", "said"):
                return None
            if lower[k] in word_set("becoming") or lower[k] in ("become", "office"):
                seen = True
            elif seen and (
                lower[k - 1] in ("as", "the", "a", "its", "their", "new", "in", "for", "become")
                or lower[k - 1] in word_set("becoming")
            ):
                tie = self._phrase(k, "leader.becoming")
                if tie is not None:
                    return tie
        return None

    def _phrase(self, i: int, rule: str) -> Tie | None:
        """The office phrase that begins at a word or after a few words that may stand before it in a noun phrase."""
        words, lower = self.words, self.words.lower
        for k in range(i, min(i + 9, len(words))):
            if words.block[k] != words.block[i]:
                return None
            office = self._starts.get(k)
            if office is not None:
                return Tie(office, rule) if self._free(office) and self._ends_well(office) else None
            atom = self.reader.covered.get(k)
            if atom is not None and not isinstance(atom.value, str):
                continue
            if words.tag[k] == "NNS" and k == i:
                return None
            if words.tag[k] not in _PHRASE_TAGS and not (
                lower[k] in ("one", "in", "into", "as", "currently", "now", "also") and k > i
            ):
                return None
        return None

    def _ends_well(self, office: Office) -> bool:
        """Whether a title after a name is not the first part of another noun phrase."""
        words = self.words
        i = office.span[1]
        if i >= len(words) or words.block[i] != words.block[i - 1]:
            return True
        if office.plural or (words.ent[i] == "PERSON" and words.ent_start[i]):
            return False
        return not (
            words.tag[i] in ("NN", "NNS", "POS") and words.lower[i] not in word_set("calendar") and not words.cap(i)
        )

    def _anaphors(self) -> None:
        """ "Mahathir says so. The former prime minister said this after ...": a title alone that goes on about the
        person named before, when no other is named there and the person has no office yet."""
        words, lower = self.words, self.words.lower
        order = sorted(self.found)
        held = {m.text.split()[-1] for m in self.found.values() if m.ties}
        for office in self.offices:
            start, end = office.span
            if (
                not self._free(office)
                or office.plural
                or office.entry.scope == "rank"
                or start < 1
                or end >= len(words)
            ):
                continue
            if lower[start - 1] != "the" or (start > 1 and words.sent[start - 2] == words.sent[start]):
                continue
            age = lower[end] == "," and words.plain[end + 1 : end + 2] and words.plain[end + 1].isdigit()
            if not age and words.tag[end] not in ("VBD", "VBZ"):
                continue
            near = [self.found[k] for k in order if k < start and 0 < words.sent[start] - words.sent[k] <= 2]
            names = {m.text.split()[-1] for m in near}
            if len(names) != 1 or names & held:
                continue
            self.used.add(office.title_span[0])
            source = near[-1]
            self._tie(source.start, source.end, source.rule, Tie(office, "leader.anaphor"))
            held |= names

    def _led_by(self) -> None:
        """ "The European Central Bank, led by Christine Lagarde,"."""
        words, lower = self.words, self.words.lower
        ends = {body.end: body for body in self.reader.body_at.values()}
        for i in range(1, len(words) - 2):
            if lower[i] not in ("led", "headed", "chaired", "run") or lower[i + 1] != "by":
                continue
            body = ends.get(i) or (ends.get(i - 1) if words.plain[i - 1] == "," else None)
            start, gender, honorific = self.reader.skip_honorific(i + 2)
            end = self.reader.end(start, strong=True) if body is not None else None
            if body is not None and end is not None:
                self._tie(
                    start, end, "name.title", Tie(self._heading_office(body, i), "leader.led_by"), gender, honorific
                )

    def _heading_office(self, body: BodySpan, verb: int) -> Office:
        """The office without a title that a verb like "heads" tells."""
        role: Role = role_in(body, "executive", "head")
        entry = Title("", role, "open", None, None, False)
        office = Office(entry, (verb, verb + 1), (verb, verb + 1), "", role, body=body)
        if body.country and body.kind in ("government", "military", "party"):
            office.set_country((body.country,), (body.start, body.end))
        return office

    def _counterparts(self) -> None:
        """ "his Chinese counterpart Wang Yi": the office of the person before it, in that country."""
        words, lower = self.words, self.words.lower
        for i, word in enumerate(lower):
            if word not in ("counterpart", "counterparts"):
                continue
            country: tuple[tuple[str, ...], tuple[int, int]] | None = None
            for k in range(i - 1, max(-1, i - 4), -1):
                atom = self.reader.covered.get(k)
                if atom is not None and isinstance(atom.value, StateWord):
                    country = atom.value.codes[-1:], (atom.start, atom.end)
                    break
            k = i + 1
            if k + 1 < len(words) and lower[k] in ("from", "in"):
                atom = self.reader.atoms.get(k + 1)
                if atom is not None and isinstance(atom.value, StateWord):
                    country = atom.value.codes[-1:], (atom.start, atom.end)
                    k = atom.end
            if k < len(words) and words.plain[k] == ",":
                k += 1
            k, gender, honorific = self.reader.skip_honorific(k)
            end = self.reader.end(k, strong=True)
            source = next(
                (
                    self.found[start].office
                    for start in sorted(self.found, reverse=True)
                    if start < i and self.found[start].office
                ),
                None,
            )
            if end is None or source is None:
                continue
            office = replace(source, tenure="current")
            if country is not None:
                office = replace(office, countries=country[0], country_span=country[1], body=None)
            self._tie(k, end, "name.title", Tie(office, "leader.counterpart"), gender, honorific)

    def _of_place(self) -> None:
        """ "President Yoon Suk Yeol of the Republic of Korea", "Governor Hobbs of Arizona": the place after the name."""
        words = self.words
        for start, mention in list(self.found.items()):
            i = mention.end
            if not mention.ties or mention.ties[0].office.countries or i + 1 >= len(words) or words.lower[i] != "of":
                continue
            office = mention.ties[0].office
            k = i + 1 + (words.lower[i + 1] == "the")
            atom = self.reader.atoms.get(k)
            body = self.reader.body_at.get(k)
            if body is not None and office.body is None and office.entry.scope == "open":
                office = replace(office, body=body, role=role_in(body, office.role, office.entry.title))
                if body.country and body.kind in ("government", "military", "party"):
                    office.set_country((body.country,), (body.start, body.end))
            elif atom is not None and isinstance(atom.value, StateWord) and atom.value.form in ("name", "capital"):
                office = replace(office, countries=atom.value.codes[-1:], country_span=(atom.start, atom.end))
            else:
                stop = k
                while (
                    stop < len(words) and words.cap(stop) and words.block[stop] == words.block[start] and stop - k < 3
                ):
                    stop += 1
                home = (
                    atom.value.country
                    if atom is not None and isinstance(atom.value, Region)
                    else place_country(words.text(k, stop))
                    if stop > k
                    else None
                )
                if home is None:
                    continue
                role: Role = "official" if office.role in ("head_of_state", "head_of_government") else office.role
                office = replace(office, countries=(home,), country_span=(k, max(stop, k + 1)), local=True, role=role)
            self.found[start] = replace(mention, ties=(Tie(office, mention.ties[0].rule), *mention.ties[1:]))
