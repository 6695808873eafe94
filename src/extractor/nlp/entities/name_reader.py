"""Where a personal name begins and ends in the words."""

import re

from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import Region, StateWord, Title, gazetteer
from extractor.nlp.entities.names import PARTICLES, family_first_names, is_initial, is_suffix
from extractor.nlp.entities.words import VERB_TAGS, Words
from extractor.nlp.gazetteers import word_set

#: What the model calls things that are no part of a person's name.
_OTHER_TYPES = frozenset(
    {"GPE", "NORP", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LAW", "EVENT"}
)
#: Endings of nouns that name things: a capitalised one alone after a title is no family name.
_THING_ENDINGS = ("tion", "tions", "ment", "ments", "ities", "ness", "ship", "nomics")
#: Lower-case particles that are also common words: only inside a name that goes on after them.
_LOOSE_PARTICLES = frozenset({"e", "y", "do", "de", "af", "zu", "le", "du", "den"})
#: Two words that lost the blank between them: "NikolPrime", "Jinping(retranslated".
_GLUED = re.compile(r"[a-z]\(|[a-z]{3}[A-Z][a-z]{2}")


def _glued(word: str) -> bool:
    return _GLUED.search(word) is not None


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

    def names(self, start: int, end: int) -> list[tuple[int, int]]:
        """The names of a list: "A, B and C", "A of X and B of Y"."""
        words = self.words
        names = [(start, end)]
        while end + 1 < len(words) and words.block[end] == words.block[start]:
            i = end
            if words.lower[i] == "of":
                atom = self.atoms.get(i + 1 + (words.lower[i + 1] == "the"))
                if atom is None or not isinstance(atom.value, StateWord):
                    break
                i = atom.end
            if i + 1 >= len(words) or words.lower[i] not in (",", "and", "&"):
                break
            i += 1
            if words.lower[i] == "and":
                i += 1
            i, _, _ = self.skip_honorific(i)
            stop = self.end(i, strong=True) if i < len(words) and i not in self.atoms else None
            if stop is None:
                break
            names.append((i, stop))
            end = stop
        return names

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
