"""The first pass: every gazetteer entry in the words, longest first, none overlapping another."""

from dataclasses import dataclass

from extractor.nlp.entities.gazetteer import Body, Region, StateWord, Title, gazetteer
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set


@dataclass(frozen=True, slots=True)
class Atom:
    """One entry found: half-open word offsets and what it stands for. An honorific's value is the gender it tells."""

    start: int
    end: int
    value: StateWord | Body | Region | Title | str


def find_atoms(words: Words) -> dict[int, Atom]:
    """Every entry by the word it begins at."""
    tables = gazetteer()
    found: dict[int, Atom] = {}
    i = 0
    count = len(words)
    plain, cased, lower = words.plain, words.cased, words.lower
    while i < count:
        best: Atom | None = None
        if words.cap(i) or plain[i][0].isdigit():
            for table in (tables.bodies, tables.states, tables.regions, tables.honorifics):
                hit = table.at(plain, i) or (table.at(cased, i) if cased[i] != plain[i] else None)
                if hit is not None and (best is None or hit[0] > best.end):
                    best = Atom(i, hit[0], hit[1])
            if best is None and "-" in plain[i]:
                best = _joined(plain[i], i)
        elif plain[i].startswith("al"):
            hit_body = tables.bodies.at(plain, i)
            if hit_body is not None:
                best = Atom(i, hit_body[0], hit_body[1])
        hit_title = tables.titles.at(lower, i)
        if hit_title is not None and (best is None or hit_title[0] > best.end):
            best = Atom(i, hit_title[0], hit_title[1])
        if best is not None and _stands(words, best):
            found[best.start] = best
            i = best.end
        else:
            i += 1
    _tell_georgias(words, found)
    return found


def _tell_georgias(words: Words, found: dict[int, Atom]) -> None:
    """Beside another state of the United States in its sentence, Georgia is the one of them."""
    states = gazetteer().us_states
    beside = {
        words.sent[atom.start]
        for atom in found.values()
        if isinstance(atom.value, Region) and atom.value.name in states
    }
    for i, atom in found.items():
        if isinstance(atom.value, StateWord) and words.plain[i] == "Georgia" and words.sent[i] in beside:
            found[i] = Atom(i, atom.end, Region("Georgia", "region", "USA"))


def _joined(text: str, i: int) -> Atom | None:
    """A word like "U.S.-China" or "US-led": the states it joins."""
    states = gazetteer().states
    codes: list[str] = []
    for part in text.split("-"):
        hit = states.at([part], 0)
        if hit is not None and hit[1].form != "people":
            codes.append(hit[1].codes[-1])
        elif not part.islower():
            return None
    return Atom(i, i + 1, StateWord(tuple(codes), "prefix")) if codes else None


def _stands(words: Words, atom: Atom) -> bool:
    i, value = atom.start, atom.value
    inside = words.ent[i] == "PERSON" and not words.ent_start[i]
    if isinstance(value, Title):
        if value.title in word_set("short_title") and not words.cap(i):
            return False
        if value.title in word_set("letter_title") and not words.plain[i].rstrip("s").isupper():
            return False
        if (
            value.title.startswith("party ")
            and words.cap(i)
            and i > 0
            and words.cap(i - 1)
            and words.block[i - 1] == words.block[i]
        ):
            # "Communist Party chief": the party is a body of its own
            return False
        if value.title in word_set("name_title") and words.cap(i) and not words.heading[i] and _begins_name(words, i):
            return False
        # "Julie Bishop", "John Major": a title's word inside a personal name, after the given name
        return not (
            inside
            and atom.end == i + 1
            and words.cap(i)
            and i > 0
            and words.cap(i - 1)
            and words.lower[i - 1] not in ("former",)
            and not _is_title_word(words, i - 1)
        )
    if isinstance(value, StateWord):
        if value.form == "prefix" and atom.end == i + 1:
            return "-" in words.plain[i] or (
                i + 1 < len(words)
                and words.plain[i + 1] == "-"
                and words.lower[min(i + 2, len(words) - 1)] != "pacific"
            )
        if inside and words.cap(i - 1) and not _is_title_word(words, i - 1) and value.form in ("name", "capital"):
            return False
        if (
            words.lower[i] in word_set("given_name_country")
            and words.ent[i] == "PERSON"
            and words.ent_start[i]
            and atom.end < len(words)
            and words.ent[atom.end] == "PERSON"
            and not words.ent_start[atom.end]
        ):
            return i > 0 and words.lower[i - 1] in ("of", "in", "for", "from")
    return True


def _begins_name(words: Words, i: int) -> bool:
    """Whether a title's word is a given name: "Bank of Israel Governor Amir Yaron"."""
    after_title = i > 0 and words.cap(i - 1) and gazetteer().titles.at([words.lower[i - 1]], 0) is not None
    whole = words.ent[i] == "PERSON" and words.ent_start[i] and i + 1 < len(words) and words.ent[i + 1] == "PERSON"
    return after_title or (whole and not words.ent_start[i + 1])


def _is_title_word(words: Words, i: int) -> bool:
    tables = gazetteer()
    return (
        tables.titles.at([words.lower[i]], 0) is not None
        or tables.honorifics.at([words.plain[i]], 0) is not None
        or tables.states.at([words.plain[i]], 0) is not None
    )
