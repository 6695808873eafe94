"""Offices that no title tells: who deals with heads of state, signs decrees or instructs ministers is shown in office."""

from collections.abc import Iterator
from dataclasses import replace

from extractor.models.leader import Role
from extractor.nlp.document import Document
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.gazetteer import StateWord, Title, gazetteer
from extractor.nlp.entities.neighbours import is_subject
from extractor.nlp.entities.office import Office
from extractor.nlp.entities.people import Someone
from extractor.nlp.entities.setting import publisher_home
from extractor.nlp.entities.ties import NameMention, Tie
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set

_HEADS = frozenset({"head_of_state", "head_of_government"})
#: How many words a deed may be from the one who does it.
_REACH = 16


def show_in_office(words: Words, people: list[Someone], atoms: dict[int, Atom], document: Document) -> None:
    """Tie an office without a title to everyone without an office whom the article shows in one.

    The principal of a publisher that is a seat of government ("the Kremlin") is its head; who signs decrees is a head
    of state; who is named with a state among heads ("Hungary's Viktor Orban") is of that state.
    """
    offices = {m.start: (m, tie.office) for person in people for m, _ in person.mentions for tie in m.ties}
    seat = publisher_home(document, seat=True)
    if not offices and seat is None and not word_set("decree") & set(words.lower):
        return
    held: dict[int, list[tuple[NameMention, Office]]] = {}
    for i in sorted(offices):
        held.setdefault(words.sent[i], []).append(offices[i])
    for person in people:
        if person.offices or " " not in person.name:
            continue
        for k, (mention, reason) in enumerate(person.mentions):
            office = _shown(words, mention, held.get(words.sent[mention.start], []), atoms, seat)
            if office is not None:
                person.mentions[k] = (replace(mention, ties=(Tie(office, "leader.deed"),)), reason)
                if seat is not None and office.countries == (seat,):
                    seat = None
                break


def _shown(
    words: Words, mention: NameMention, near: list[tuple[NameMention, Office]], atoms: dict[int, Atom], seat: str | None
) -> Office | None:
    deed = _decree(words, mention)
    dealing = _dealing(words, mention, near)
    if seat is not None and (deed or dealing or _presides(words, mention, near)):
        ruled = "monarch" in gazetteer().heads.get(seat, ())
        office = _office(
            "head_of_government" if ruled else "head_of_state", deed or dealing or (mention.start, mention.end)
        )
        office.set_country((seat,), None)
        return office
    if deed is not None:
        return _office("head_of_state", deed)
    owner = _owner(words, mention, atoms)
    if owner is not None and any(
        office.role in _HEADS and _side_by_side(words, atoms, mention, m, owner[1][0], office) for m, office in near
    ):
        office = _office("other", owner[1])
        office.set_country((owner[0],), owner[1])
        return office
    if dealing is not None:
        return _office("other", dealing)
    return None


def _office(role: Role, at: tuple[int, int]) -> Office:
    return Office(Title("", role, "open", None, None, False), at, at, "", role)


def _after(words: Words, mention: NameMention) -> Iterator[int]:
    for i in range(mention.end, min(mention.end + _REACH, len(words))):
        if words.sent[i] != words.sent[mention.start] or words.block[i] != words.block[mention.start]:
            return
        yield i


def _decree(words: Words, mention: NameMention) -> tuple[int, int] | None:
    """ "signed a decree", "issued an executive order", "signed the bill into law"."""
    signed: int | None = None
    for i in _after(words, mention):
        lower = words.lower[i]
        if i <= mention.end + 2 and lower in word_set("decreeing"):
            signed = i
        elif signed is None and i > mention.end + 2:
            return None
        elif signed is not None and (lower in word_set("decree") or (lower == "law" and words.lower[i - 1] == "into")):
            if lower == "order" and words.lower[i - 1] != "executive":
                continue
            return signed, i + 1
    return None


def _presides(words: Words, mention: NameMention, near: list[tuple[NameMention, Office]]) -> bool:
    """ "held a working meeting with the governor", "instructed the ministers", "chaired a meeting of the cabinet"."""
    verb = next((i for i in _after(words, mention) if words.tag[i] in ("VBD", "VBZ")), None)
    if verb is None or verb > mention.end + 1:
        return False
    if words.lower[verb] in word_set("presiding"):
        return True
    return words.lower[verb] in word_set("meeting_verb") and any(m.start > verb for m, _ in near)


def _dealing(words: Words, mention: NameMention, near: list[tuple[NameMention, Office]]) -> tuple[int, int] | None:
    """A call, talks or a summit with a head of state or government, as equals."""
    for other, office in near:
        if office.role not in _HEADS or office.tenure not in ("current", "acting", "elect"):
            continue
        low, high = sorted((mention, other), key=lambda m: m.start)
        start = low.end
        end = high.start if high is mention else max(start, office.span[0])
        if end - start > _REACH or any(words.lower[i] in (";", "said", "says") for i in range(start, end)):
            continue
        deal = next((i for i in range(start, end) if words.lower[i] in word_set("equal_dealing")), None)
        if (
            deal is not None
            and words.lower[end - 1] in ("with", "between", "and", "'s")
            and any(words.lower[i] in ("with", "between") for i in range(start, end))
            and (low is not mention or is_subject(words, mention.end - 1) or words.heading[deal])
        ):
            return deal, deal + 1
    return None


def _side_by_side(
    words: Words, atoms: dict[int, Atom], mention: NameMention, head: NameMention, owner: int, office: Office
) -> bool:
    """Whether two stand in one list, or one deals with the other."""
    start, end = (mention.end, office.span[0]) if mention.start < head.start else (head.end, owner)
    between = words.lower[start:end]
    if word_set("dealing") & set(between):
        return True
    return bool(between) and all(
        word in word_set("list_link") or word in ("'s", "'") or words.cap(i) for i, word in enumerate(between, start)
    )


def _owner(words: Words, mention: NameMention, atoms: dict[int, Atom]) -> tuple[str, tuple[int, int]] | None:
    """The state in "Hungary's Viktor Orban"."""
    mark = mention.start - 1
    if mark < 1 or words.lower[mark] not in ("'s", "'"):
        return None
    for start in range(max(0, mark - 3), mark):
        atom = atoms.get(start)
        if atom is not None and atom.end == mark and isinstance(atom.value, StateWord) and atom.value.form == "name":
            return atom.value.codes[-1], (atom.start, atom.end)
    return None
