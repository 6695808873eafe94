"""Bodies: spans that name an organisation, from the gazetteer, the model and the words that bodies are called by."""

from collections.abc import Iterator
from dataclasses import replace

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.abbreviations import abbreviates
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import DETERMINERS, SET_BEFORE, BodySpan, word_kind
from extractor.nlp.entities.gazetteer import Body, Region, StateWord, Title, gazetteer
from extractor.nlp.entities.model_bodies import modelled_bodies
from extractor.nlp.entities.office import Office
from extractor.nlp.entities.told_bodies import quoted_symbols, told_bodies
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
        "front",
        "army",
        "movement",
        "party",
        "alliance",
        "coalition",
        "forces",
        "congress",
        "command",
        "network",
        "service",
        "directorate",
        "secretariat",
        "inspectorate",
        "tribunal",
        "guild",
        "group",
        "forum",
        "foundation",
    ]
)


#: Legal forms that are words or names in small letters.
_IN_CAPITALS = frozenset({"ag", "sa", "nv", "se", "ab", "pt", "kk"})
#: Words of a body that takes its matter after "on".
_ON_HEADS = frozenset({"commission", "committee", "council", "centre", "center", "institute", "board", "panel"})


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
    taken.update(quoted_symbols(words))
    told = [span for span in told_bodies(words, atoms) if not any(_extends(longer, span) for longer in modelled)]
    known = _longer_known(words, atoms, known)
    for span in (*known, *called.values(), *told):
        if not any(i in taken for i in range(span.start, span.end)):
            out.append(span)
            taken.update(range(span.start, span.end))
    out.extend(_bracketed(words, [*out, *modelled], taken))
    out.extend(_short_forms(words, atoms, [*out, *modelled], taken))
    for span in modelled:
        if not any(i in taken for i in range(span.start, span.end)):
            out.append(span)
            taken.update(range(span.start, span.end))
    out.extend(_again(words, atoms, [*told, *modelled], taken))
    out = [_by_noun(words, span) for span in out]
    out.sort(key=lambda span: span.start)
    return out


def with_offices(words: Words, atoms: dict[int, Atom], bodies: list[BodySpan], offices: list[Office]) -> list[BodySpan]:
    """The bodies, with those that only a title beside them tells: "Nordwind CEO A", wherever they stand."""
    taken = {i for body in bodies for i in range(body.start, body.end)}
    told = []
    for office in offices:
        body = office.body
        if (
            body is not None
            and body.rule == "organization.common"
            and body.kind in ("company", "other")
            and not any(i in taken for i in range(body.start, body.end))
            and all(words.cap(i) for i in range(body.start, body.end))
            and body.start not in atoms
        ):
            told.append(body)
            taken.update(range(body.start, body.end))
    if not told:
        return bodies
    return sorted([*bodies, *told, *_again(words, atoms, told, taken)], key=lambda span: span.start)


def _by_noun(words: Words, span: BodySpan) -> BodySpan:
    """A body with the kind that the noun after it tells: "the Citizen Force party", "MLK rebels"."""
    after = words.lower[span.end] if span.end < len(words) else ""
    if after == "party" and span.kind in ("other", "military", "armed_group"):
        return replace(span, kind="party")
    return replace(span, kind="armed_group") if after in word_set("group_after") and span.kind == "other" else span


def _extends(longer: BodySpan, span: BodySpan) -> bool:
    """Whether the model saw more of a name: "Rekon d.d." for "Rekon"."""
    return longer.start == span.start and span.end < longer.end <= span.end + 3


def _bracketed(words: Words, bodies: list[BodySpan], taken: set[int]) -> Iterator[BodySpan]:
    """The short names in brackets behind names, wherever they stand: "Commission on Elections (Comelec)"."""
    shorts: dict[str, BodySpan] = {}
    for body in bodies:
        i = body.end
        if i + 2 < len(words) and words.plain[i] == "(" and words.plain[i + 2] == ")" and len(body.name) > 8:
            short = words.plain[i + 1]
            if short[0].isupper() and len(short) > 1 and abbreviates(short, body.name):
                shorts.setdefault(short, body)
    for i, word in enumerate(words.plain):
        body_span = shorts.get(word)
        if body_span is not None and i not in taken:
            taken.add(i)
            yield replace(body_span, start=i, end=i + 1, name=word, full=body_span.name)


def _longer_known(words: Words, atoms: dict[int, Atom], known: list[BodySpan]) -> list[BodySpan]:
    """Companies with the state of their unit: "Ford Australia"."""
    out = []
    for span in known:
        atom = atoms.get(span.end)
        if (
            span.kind == "company"
            and atom is not None
            and isinstance(atom.value, StateWord)
            and atom.value.form == "name"
            and not (atom.end < len(words) and words.lower[atom.end] in ("'s", "'"))
            and not words.heading[span.start]
        ):
            span = replace(
                span, end=atom.end, name=words.text(span.start, atom.end), country=None, rule="organization.told"
            )
        out.append(span)
    return out


def _again(words: Words, atoms: dict[int, Atom], bodies: list[BodySpan], taken: set[int]) -> Iterator[BodySpan]:
    """Names of bodies wherever they stand again, whatever the model takes them for there."""
    forms: dict[str, list[tuple[list[str], BodySpan]]] = {}
    for body in bodies:
        pieces = words.plain[body.start : body.end]
        group = forms.setdefault(pieces[0], [])
        single = len(pieces) == 1 and (pieces[0].lower() in words.seen_lower or len(pieces[0]) < 3)
        if not single and all(pieces != other for other, _ in group):
            group.append((pieces, body))
    for group in forms.values():
        group.sort(key=lambda item: -len(item[0]))
    for i, word in enumerate(words.plain):
        for pieces, body in forms.get(word, ()):
            end = i + len(pieces)
            if (
                words.plain[i:end] != pieces
                or any(k in taken for k in range(i, end))
                or _inside_name(words, atoms, i, end)
            ):
                continue
            taken.update(range(i, end))
            yield BodySpan(i, end, body.name, body.kind, body.country, body.state, body.rule)
            break


def _inside_name(words: Words, atoms: dict[int, Atom], start: int, end: int) -> bool:
    """Whether capitalised words go on before or after some words, so that they are a part of a longer name."""
    after = (
        end < len(words)
        and words.cap(end)
        and words.sent[end] == words.sent[start]
        and not (isinstance(getattr(atoms.get(end), "value", None), Title) or words.heading[start])
    )
    before = (
        start > 0
        and words.cap(start - 1)
        and words.plain[start - 1][0].isalpha()
        and words.sent[start - 1] == words.sent[start]
        and words.lower[start - 1] not in DETERMINERS
        and not words.heading[start]
    )
    return after or before


def _short_forms(words: Words, atoms: dict[int, Atom], bodies: list[BodySpan], taken: set[int]) -> Iterator[BodySpan]:
    """Companies by the words that set them apart: "Corbin" and "Corbin Freight" of "Corbin Freight Systems Inc."."""
    forms: dict[str, list[tuple[list[str], BodySpan]]] = {}
    legal = word_set("legal_form")
    for body in bodies:
        pieces = words.plain[body.start : body.end]
        if body.kind != "company" or "of" in pieces or len(pieces) < 2:
            continue
        stem = list(pieces)
        while len(stem) > 1 and (word_kind(stem[-1]) == "company" or stem[-1].lower() in word_set("business_word")):
            stem.pop()
        for short in (*(pieces[:k] for k in range(len(pieces) - 1, len(stem), -1)), stem, stem[:1]):
            known = forms.setdefault(short[0], [])
            if (
                short != pieces
                and all(short != other for other, _ in known)
                and _sets_apart(words, atoms, body.start, short)
                and (len(short) > 1 or pieces[-1].lower() in legal or not _named_before(words, short[0], body.start))
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


def _named_before(words: Words, short: str, start: int) -> bool:
    """Whether a word stands alone before a longer name in running text: "Apple" is no short form of "Apple Stores"."""
    return any(
        words.plain[i] == short and not words.heading[i] and not (i + 1 < len(words) and words.cap(i + 1))
        for i in range(start)
    )


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
            marked = text.startswith(("U.S.", "US ", "United States"))
            yield BodySpan(
                atom.start,
                atom.end,
                text,
                body.kind,
                body.country,
                body.state,
                "organization.gazetteer",
                common=body.common and not marked,
            )


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
        if words.lower[i] in _IN_CAPITALS and not words.plain[i].isupper():
            # "Colonel Moussa Ag Amani"
            continue
        if i + 1 < len(words) and words.cap(i + 1) and words.lower[i + 1] in word_set("site") and kind[0] == "company":
            # "Chiang Rai International Airport"
            continue
        end = _rightmost(words, atoms, titles, i)
        start = _leftmost(words, atoms, titles, i, stop_at_state=kind[1])
        portfolios = gazetteer().portfolios
        if _is_state(atoms, start, end) or (words.lower[i] == "community" and words.plain[end : end + 1] != ["("]):
            continue
        if end - start >= 2 and (
            kind[1] or not all(word in portfolios or word in ("and", "&") for word in words.lower[start:end])
        ):
            before = set(words.lower[start : i + 1])
            central = "bank" in before and bool(before & {"central", "reserve", "national"})
            sort: OrganizationKind = "government" if central else kind[0]
            if words.lower[end - 2] in word_set("joint_group"):
                sort = "other"
            elif (known := atoms.get(start)) is not None and isinstance(known.value, Body) and known.end < end:
                # "ECOWAS Commission"
                sort = "international" if known.value.kind == "international" else sort
            elif words.lower[i] == "institute" and before & {"electoral", "statistics", "statistical"}:
                sort = "government"
            elif words.lower[i] in ("congress", "front", "movement"):
                sort = _political(set(words.lower[start:end]), sort)
            yield BodySpan(start, end, words.text(start, end), sort, None, kind[1], "organization.kind_word")


def _political(name: set[str], sort: OrganizationKind) -> OrganizationKind:
    """The kind of a congress or front: one of unions, of fighters, a party, or what the word alone tells."""
    if name & {"labour", "labor", "trade", "trades", "union", "unions", "workers"}:
        return "other"
    if name & {"liberation", "defence", "defense", "resistance", "revolutionary", "armed"}:
        return "armed_group"
    return "party" if name & word_set("party_name") else sort


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
            and not _breaks(words, titles, end, legal=words.lower[i] in word_set("legal_form"))
        ):
            end += 1
        if end > i + 1:
            return end
    if words.lower[i] not in _OF_HEADS or end + 1 >= len(words):
        return end
    if words.lower[end] not in ("of", "for") and not (words.lower[end] == "on" and words.lower[i] in _ON_HEADS):
        return end
    k = end + 1
    state = gazetteer().organization_words[words.lower[i]][1]
    while k < len(words) and words.block[k] == words.block[i]:
        atom = atoms.get(k)
        if state and atom is not None and isinstance(atom.value, StateWord) and atom.value.form == "name":
            break
        several = k in titles and words.lower[k].endswith("s")
        if words.cap(k) and words.plain[k][0].isalpha() and (several or not _breaks(words, titles, k)):
            # "Council of Economic Advisers"
            end = k = k + 1
        elif (
            words.lower[k] in ("of", "for")
            and end == k
            and _goes_on(words, atoms, k + 1, state=state)
            and not (state and words.lower[k] == "for")
        ):
            # "Front for the Defence of Kivu"
            k += 1
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


def _goes_on(words: Words, atoms: dict[int, Atom], i: int, *, state: bool) -> bool:
    """Whether a capitalised word follows "of" in a body's name, after an article or not; of a ministry no state's."""
    i += i < len(words) and words.lower[i] == "the"
    known = atoms.get(i)
    own = state and known is not None and isinstance(known.value, StateWord)
    return i < len(words) and words.cap(i) and not own


def _leftmost(words: Words, atoms: dict[int, Atom], titles: set[int], i: int, *, stop_at_state: bool) -> int:
    """The start of a body's name to the left of its word: "Trade Ministry", "National Development Bank"."""
    start = i
    legal = words.lower[i] in word_set("legal_form")
    while start > 0 and words.block[start - 1] == words.block[i]:
        before = start - 1
        atom = atoms.get(before)
        if words.plain[before] == "-" and _is_state(atoms, start, i + 1):
            # "Malvane-European Union talks"
            break
        if (
            atom is not None
            and isinstance(atom.value, StateWord)
            and (stop_at_state or words.plain[before] in SET_BEFORE)
        ):
            break
        if words.lower[start - 2 : start] == ["house", "of"] and words.cap(start - 2):
            # "Zaria State House of Assembly"
            start -= 2
        elif (
            (words.cap(before) and words.plain[before][0].isalpha() and not _breaks(words, titles, before, legal=legal))
            or (words.lower[before] == "and" and start > 1 and not legal and _two_matters(words, start))
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


def _two_matters(words: Words, start: int) -> bool:
    """Whether "and" before a word joins two matters of one body: "Competition and Consumer Commission"."""
    portfolios = gazetteer().portfolios
    left = start - 2
    return words.cap(left) and words.lower[left] in portfolios and words.lower[start] in portfolios


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
