"""Bodies: spans that name an organisation, from the gazetteer, the model and the words that bodies are called by."""

from collections.abc import Iterator
from dataclasses import replace

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import DETERMINERS, SET_BEFORE, BodySpan, word_kind
from extractor.nlp.entities.gazetteer import Body, Region, StateWord, Title, gazetteer
from extractor.nlp.entities.model_bodies import modelled_bodies
from extractor.nlp.entities.words import VERB_TAGS, Words
from extractor.nlp.gazetteers import word_set

#: Words of a body that takes its matter after "of" or "for".
_OF_HEADS = frozenset(
    [
        "ministry",
        "department",
        "university",
        "bank",
        "embassy",
        "institute",
        "college",
        "school",
        "academy",
        "bureau",
        "office",
        "council",
        "commission",
        "committee",
        "association",
        "federation",
        "union",
        "organization",
        "organisation",
        "agency",
        "authority",
        "board",
        "court",
        "chamber",
        "society",
        "center",
        "centre",
        "fund",
        "league",
        "confederation",
        "administration",
    ]
)


def find_bodies(words: Words, atoms: dict[int, Atom]) -> list[BodySpan]:
    """Every mention of a body, in order, none overlapping another.

    The gazetteer comes first, unless the words that follow make a longer name ("Federal Reserve Bank"); then the
    words that bodies are called by, then the model.
    """
    taken: set[int] = set()
    out: list[BodySpan] = []
    modelled = modelled_bodies(words, atoms)
    called = {}
    for span in _called(words, atoms):
        # "China Road and Bridge Corporation": the model saw more of the name
        longer = next(
            (m for m in modelled if m.start < span.start and m.end >= span.end and m.end - m.start <= 8), None
        )
        span = (
            replace(span, start=longer.start, name=words.text(longer.start, span.end)) if longer is not None else span
        )
        called[span.start] = span
    known = [
        span for span in _known(words, atoms) if span.end >= (called[span.start].end if span.start in called else 0)
    ]
    taken.update(_dateline_source(words))
    for span in (*known, *called.values()):
        if not any(i in taken for i in range(span.start, span.end)):
            out.append(span)
            taken.update(range(span.start, span.end))
    out.extend(_short_forms(words, atoms, [*out, *modelled], taken))
    for span in modelled:
        if not any(i in taken for i in range(span.start, span.end)):
            out.append(span)
            taken.update(range(span.start, span.end))
    out.sort(key=lambda span: span.start)
    return out


def _short_forms(words: Words, atoms: dict[int, Atom], bodies: list[BodySpan], taken: set[int]) -> Iterator[BodySpan]:
    """Companies by the words that set them apart: "Corbin" and "Corbin Freight" of "Corbin Freight Systems Inc."."""
    forms: dict[str, list[tuple[list[str], BodySpan]]] = {}
    for body in bodies:
        pieces = words.plain[body.start : body.end]
        if body.kind != "company" or "of" in pieces or len(pieces) < 2:
            continue
        stem = list(pieces)
        while len(stem) > 1 and word_kind(stem[-1]) == "company":
            stem.pop()
        for short in (stem, stem[:1]):
            known = forms.setdefault(short[0], [])
            if (
                short != pieces
                and all(short != other for other, _ in known)
                and _sets_apart(words, atoms, body.start, short)
            ):
                known.append((short, body))
    for group in forms.values():
        group.sort(key=lambda item: -len(item[0]))
    for i, word in enumerate(words.cased):
        for short, body in forms.get(word, ()):
            end = i + len(short)
            if words.cased[i:end] != short or any(k in taken for k in range(i, end)):
                continue
            if (
                end < len(words)
                and words.cap(end)
                and words.block[end] == words.block[i]
                and not (isinstance(getattr(atoms.get(end), "value", None), Title) or words.heading[i])
            ):
                continue
            if (
                i > 0
                and words.cap(i - 1)
                and words.block[i - 1] == words.block[i]
                and words.sent[i - 1] == words.sent[i]
                and words.plain[i - 1][0].isalpha()
                and not words.heading[i]
            ):
                continue
            taken.update(range(i, end))
            yield BodySpan(
                i,
                end,
                words.text(i, end),
                body.kind,
                body.country,
                False,
                "organization.kind_word",
                words.text(body.start, body.end),
            )
            break


def _dateline_source(words: Words) -> range:
    """The words of an agency in the brackets of a dateline: "BANJUL, Sept. 21 (Sample News Agency) --"."""
    for i in range(min(len(words), 60)):
        if words.plain[i] == "(":
            end = next((k for k in range(i + 1, min(i + 8, len(words))) if words.plain[k] == ")"), None)
            if end is not None and end + 1 < len(words) and words.plain[end + 1] in ("-", "--", "–", "—", ":"):
                return range(i + 1, end)
    return range(0)


def _sets_apart(words: Words, atoms: dict[int, Atom], start: int, short: list[str]) -> bool:
    """Whether the first words of a company's name can stand for it: no state, city, title or common word."""
    first = short[0]
    atom = atoms.get(start)
    if len(first) < 3 or (atom is not None and atom.end <= start + len(short)):
        return False
    if len(short) > 1:
        return True
    city = gazetteer().cities.get(first)
    return (
        first.lower() not in words.seen_lower
        and first.lower() not in gazetteer().portfolios
        and first.lower() not in gazetteer().organization_words
        and first.lower() not in word_set("plain_name")
        and (city is None or city.population < 100_000)
    )


def _known(words: Words, atoms: dict[int, Atom]) -> Iterator[BodySpan]:
    for atom in atoms.values():
        if isinstance(atom.value, Body):
            body = atom.value
            text = words.text(atom.start, atom.end)
            yield BodySpan(atom.start, atom.end, text, body.kind, body.country, body.state, "organization.gazetteer")


def _called(words: Words, atoms: dict[int, Atom]) -> Iterator[BodySpan]:
    """Names made of capitalised words around a word like "Ministry", "Bank" or "University"."""
    kinds = gazetteer().organization_words
    titles = {
        i
        for atom in atoms.values()
        if isinstance(atom.value, (Title, str))
        and not (isinstance(atom.value, Title) and atom.value.title == "executive")
        for i in range(atom.start, atom.end)
    }
    for i in range(len(words)):
        kind = kinds.get(words.lower[i])
        if kind is None or kind[0] == "none" or not words.cap(i) or words.heading[i] or i in titles:
            continue
        end = _rightmost(words, atoms, titles, i)
        start = _leftmost(words, atoms, titles, i, stop_at_state=kind[1])
        portfolios = gazetteer().portfolios
        if _is_state(atoms, start, end) or (words.lower[i] == "community" and words.plain[end : end + 1] != ["("]):
            continue
        if end - start >= 2 and (kind[1] or not all(word in portfolios for word in words.lower[start:end])):
            before = set(words.lower[start : i + 1])
            central = "bank" in before and bool(before & {"central", "reserve", "national"})
            sort: OrganizationKind = "government" if central else kind[0]
            if words.lower[end - 2] in word_set("joint_group"):
                sort = "other"
            yield BodySpan(start, end, words.text(start, end), sort, None, kind[1], "organization.kind_word")


def _is_state(atoms: dict[int, Atom], start: int, end: int) -> bool:
    """Whether a run of words is a state's or region's name: "Russian Federation"."""
    atom = atoms.get(start)
    return atom is not None and isinstance(atom.value, (StateWord, Region)) and atom.end >= end


def _rightmost(words: Words, atoms: dict[int, Atom], titles: set[int], i: int) -> int:
    """The end of a body's name to the right of its word: "Ministry of Foreign Affairs", "University of Malaya"."""
    end = i + 1
    if words.lower[i] in word_set("body_prefix"):
        # "Universiti Malaya", "Bank Mandiri"
        while (
            end < len(words)
            and words.cap(end)
            and words.plain[end][0].isalpha()
            and end - i < 4
            and not _breaks(words, titles, end)
        ):
            end += 1
        if end > i + 1:
            return end
    if words.lower[i] not in _OF_HEADS or end + 1 >= len(words) or words.lower[end] not in ("of", "for"):
        return end
    k = end + 1
    government = gazetteer().organization_words[words.lower[i]][0] == "government"
    while k < len(words) and words.block[k] == words.block[i]:
        atom = atoms.get(k)
        if government and atom is not None and isinstance(atom.value, StateWord) and atom.value.form == "name":
            break
        several = k in titles and words.lower[k].endswith("s")
        if words.cap(k) and words.plain[k][0].isalpha() and (several or not _breaks(words, titles, k)):
            # "Council of Economic Advisers"
            end = k = k + 1
        elif (
            words.lower[k] in ("and", "&", ",", "the")
            and k + 1 < len(words)
            and words.cap(k + 1)
            and k + 1 not in atoms
            and not (words.plain[k] == "," and words.lower[k + 1] in gazetteer().organization_words)
        ) or (words.plain[k] == "-" and words.glued[k]):
            k += 1
        else:
            break
    return end


def _leftmost(words: Words, atoms: dict[int, Atom], titles: set[int], i: int, *, stop_at_state: bool) -> int:
    """The start of a body's name to the left of its word: "Trade Ministry", "National Development Bank"."""
    start = i
    legal = words.lower[i] in word_set("legal_form")
    while start > 0 and words.block[start - 1] == words.block[i]:
        before = start - 1
        atom = atoms.get(before)
        if (
            atom is not None
            and isinstance(atom.value, StateWord)
            and (stop_at_state or words.plain[before] in SET_BEFORE)
        ):
            break
        if (
            words.cap(before) and words.plain[before][0].isalpha() and not _breaks(words, titles, before, legal=legal)
        ) or (
            words.plain[before] in ("-", "&")
            and start > 1
            and words.cap(start - 2)
            and (words.glued[before] or words.plain[before] == "&")
        ):
            start = before
        else:
            break
    while start < i and (
        words.lower[start] in DETERMINERS
        or words.plain[start] in ("-", "&")
        or words.tag[start] in ("IN", "DT", "CC", "PRP$", "WRB", "RB", "TO")
    ):
        start += 1
    return start


def _breaks(words: Words, titles: set[int], i: int, *, legal: bool = False) -> bool:
    """Whether a word is no part of a body's name. `legal`: the name ends in a legal form, so that it is no person's."""
    determined = i > 0 and words.lower[i - 1] in DETERMINERS and words.cap(i)
    return (
        (i in titles and not determined)
        or words.tag[i] in VERB_TAGS
        or words.lower[i] in ("i", "he", "she", "they", "we", "it")
        or words.ent[i] == "DATE"
        or (words.ent[i] == "PERSON" and not legal)
    )
