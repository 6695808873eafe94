"""Bodies that the words beside them tell: "the Belgian brewer Malvane", "Malvane, a Belgian brewer, said", "Malvane
(NYSE: MLV)", "MLK rebels"."""

from collections.abc import Iterator
from functools import cache

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import Region, StateWord, Title, gazetteer
from extractor.nlp.entities.words import VERB_TAGS, Words
from extractor.nlp.gazetteers import word_set

_RULE = "organization.told"
#: What follows a noun that ends the apposition to a name.
_CLOSING = frozenset(
    {",", ".", "of", "in", "based", "with", "that", "which", "owned", "listed", "controlled", ";", ")"}
)
#: Tags of words between an article and the noun of an apposition.
_PHRASE = frozenset({"JJ", "JJS", "NN", "NNS", "NNP", "HYPH", "POS", "CD", "VBN", "VBG", ":", "IN"})


@cache
def nouns() -> dict[str, OrganizationKind]:
    """The kind of body that each noun tells."""
    kinds: dict[str, OrganizationKind] = {
        "noun_company": "company",
        "noun_party": "party",
        "noun_media": "media",
        "noun_other": "other",
        "noun_armed": "armed_group",
    }
    return {word: kind for name, kind in kinds.items() for word in sorted(word_set(name))}


def told_bodies(words: Words, atoms: dict[int, Atom]) -> Iterator[BodySpan]:
    """Every name that a noun beside it tells to be a body, in no order."""
    known = nouns()
    lower, plain = words.lower, words.plain
    states = {
        i for atom in atoms.values() if isinstance(atom.value, (StateWord, Region)) for i in range(atom.start, atom.end)
    }
    for i in range(len(words) - 2):
        kind = known.get(lower[i])
        if kind is not None and _leads(words, i):
            end = _run(words, atoms, i + 1)
            if end > i + 1 and _names_body(words, atoms, i, end):
                yield BodySpan(i + 1, end, words.text(i + 1, end), kind, None, False, _RULE)
        elif lower[i] in word_set("group_after") and not words.cap(i) and i > 0:
            start = i
            while start > 0 and i - start < 4 and _in_name(words, atoms, start - 1) and start - 1 not in states:
                start -= 1
            if 0 < i - start < 4 and _is_group(words, start, i):
                yield BodySpan(start, i, words.text(start, i), "armed_group", None, False, _RULE)
        elif plain[i] == "(" and lower[i + 1].split(":")[0] in word_set("exchange_name") and i > 0:
            if ":" not in (plain[i + 2], plain[i + 1][-1:]) and ":" not in plain[i + 1]:
                continue
            start = i
            while start > 0 and i - start < 6 and _in_name(words, atoms, start - 1):
                start -= 1
            if start < i:
                yield BodySpan(start, i, words.text(start, i), "company", None, False, _RULE)
        elif plain[i] == "," and lower[i + 1] in ("a", "an", "the") and i > 0 and words.cap(i - 1):
            start = i
            while start > 0 and i - start < 5 and _in_name(words, atoms, start - 1):
                start -= 1
            kind = _apposed(words, start, i) if start < i and start not in states else None
            if kind is not None:
                yield BodySpan(start, i, words.text(start, i), kind, None, False, _RULE)


def _is_group(words: Words, start: int, end: int) -> bool:
    """Whether the name before "rebels" or "gang" is theirs, and no people's or city's."""
    return (
        words.ent[start] not in ("NORP", "DATE")
        and words.tag[start] != "JJ"
        and words.lower[start] not in words.seen_lower
        and words.text(start, end) not in gazetteer().cities
    )


def quoted_symbols(words: Words) -> Iterator[int]:
    """The words in brackets that tell where a share is traded: "(NYSE: MLV)"."""
    for i, word in enumerate(words.plain[:-2]):
        if word == "(" and words.lower[i + 1].split(":")[0] in word_set("exchange_name"):
            end = next((k for k in range(i + 1, min(i + 8, len(words))) if words.plain[k] == ")"), i + 1)
            if ":" in "".join(words.plain[i + 1 : end]):
                yield from range(i + 1, end)


def _leads(words: Words, i: int) -> bool:
    """Whether a noun stands in running text, or opens its sentence: "Miner Oyanta cut 300 jobs"."""
    if words.heading[i] or words.block[i + 1] != words.block[i] or words.sent[i + 1] != words.sent[i]:
        return False
    before = words.lower[i - 1] if i > 0 else ""
    opens = i == 0 or words.sent[i - 1] != words.sent[i]
    return (not words.cap(i) or opens) and before not in ("policy", "decision", "law", "peace", "other", "-")


def _run(words: Words, atoms: dict[int, Atom], start: int) -> int:
    """The end of the capitalised words that begin at a word."""
    end = start
    while end < len(words) and end - start < 5 and words.sent[end] == words.sent[start]:
        joins = words.plain[end] in ("&", "-") and end > start and end + 1 < len(words) and words.cap(end + 1)
        if not (joins or _in_name(words, atoms, end)):
            break
        end += 1
    legal = end
    while legal < len(words) and legal - end < 3 and words.lower[legal] in word_set("legal_form"):
        legal += 1
    return legal if end > start else end


def _in_name(words: Words, atoms: dict[int, Atom], i: int) -> bool:
    atom = atoms.get(i)
    return (
        words.cap(i)
        and words.plain[i][0].isalpha()
        and words.tag[i] not in VERB_TAGS
        and words.ent[i] != "DATE"
        and not (atom is not None and isinstance(atom.value, (Title, str)))
        and words.lower[i] not in word_set("no_name")
    )


def _names_body(words: Words, atoms: dict[int, Atom], noun: int, end: int) -> bool:
    """Whether the words after a noun are the name that it tells, and neither a place, a person nor a common word."""
    start = noun + 1
    atom = atoms.get(start)
    if atom is not None and atom.end >= end:
        return False
    if words.lower[start] in words.seen_lower or words.tag[start] not in ("NNP", "NNPS"):
        return False
    owned = words.lower[noun - 1] in ("owned", "based", "listed") if noun else False
    person = words.ent[start] == "PERSON" and not owned and words.lower[end - 1] not in word_set("business_word")
    if person and (words.lower[noun] in word_set("noun_person") or end - start > 1):
        return False
    return words.text(start, end) not in gazetteer().cities or words.ent[start] == "ORG"


def _apposed(words: Words, start: int, end: int) -> OrganizationKind | None:
    """The kind that an apposition to a name tells: "Malvane, a Belgian brewer, said"."""
    lower = words.lower
    if (
        words.tag[start] not in ("NNP", "NNPS")
        or lower[start] in words.seen_lower
        or words.text(start, end) in gazetteer().cities
    ):
        return None
    for i in range(end + 2, min(end + 9, len(words) - 1)):
        kind = nouns().get(lower[i])
        if kind is not None and not words.cap(i) and lower[i + 1] in _CLOSING:
            # a person may be "a manufacturer"
            person = words.ent[start] == "PERSON" and (lower[i] in word_set("noun_person") or end - start > 1)
            return None if person else kind
        if words.tag[i] not in _PHRASE or (words.tag[i] in (":", "IN") and words.plain[i] != "-"):
            return None
    return None
