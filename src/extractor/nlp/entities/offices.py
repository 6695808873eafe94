"""Office phrases: a title with its modifiers, its country and its body, wherever they stand around it."""

from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import Title, gazetteer
from extractor.nlp.entities.office import Office, Scene
from extractor.nlp.entities.office_after import OfficeAfter
from extractor.nlp.entities.office_before import OfficeBefore
from extractor.nlp.entities.office_roles import settle
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set


def find_offices(words: Words, atoms: dict[int, Atom], bodies: list[BodySpan]) -> list[Office]:
    """Every office phrase, in order."""
    scene = Scene(words, atoms, bodies)
    after, before = OfficeAfter(scene), OfficeBefore(scene)
    offices = []
    for atom in atoms.values():
        if not isinstance(atom.value, Title) or not _is_title(scene, atom):
            continue
        office = Office(atom.value, (atom.start, atom.end), (atom.start, atom.end), "", atom.value.role)
        _matter_before(scene, office)
        _modifiers(scene, office)
        _suffix(scene, office)
        after.read(office)
        before.read(office)
        settle(words, office)
        offices.append(office)
    return offices


def _is_title(scene: Scene, atom: Atom) -> bool:
    """Whether a title's words are no part of a body's name."""
    body = scene.inside.get(atom.start)
    return body is None or body.end < atom.end


def _matter_before(scene: Scene, office: Office) -> None:
    """ "Commerce Minister", "trade and industry minister"."""
    words, lower = scene.words, scene.words.lower
    start, end = office.span
    if lower[end - 1] not in word_set("office_noun") or office.entry.scope not in ("state", "open"):
        return
    portfolios = gazetteer().portfolios
    while start > 0 and words.block[start - 1] == words.block[end - 1]:
        word = lower[start - 1]
        if start in scene.state_before:
            # "Solomon Islands Prime Minister"
            break
        if word in portfolios:
            office.matter.append(word)
            start -= 1
        elif word == "owned" and lower[start - 3 : start - 1] == ["state", "-"]:
            start -= 3
        elif (
            word in ("and", "&", "-", ",")
            and start > 1
            and lower[start - 2] in portfolios
            and office.matter
            and (word != "," or words.cap(start - 2) == words.cap(start))
        ):
            start -= 1
        else:
            break
    office.span = office.title_span = (start, end)


def _modifiers(scene: Scene, office: Office) -> None:
    words, lower = scene.words, scene.words.lower
    start, end = office.span
    title_start = start
    while start > 0 and words.block[start - 1] == words.block[end - 1]:
        word = lower[start - 1]
        if (
            word == "-"
            and start > 1
            and (lower[start - 2] in word_set("former") or lower[start - 2] in word_set("deputy"))
        ):
            start -= 1
        elif word in word_set("deputy"):
            office.deputy = True
            start = title_start = start - 1
        elif word in word_set("acting"):
            office.tenure = "acting"
            start = title_start = start - 1
        elif word in word_set("former") and (word != "late" or (start > 1 and lower[start - 2] in ("the", "'s", "of"))):
            office.tenure = "former"
            start -= 1
        elif word == "incoming":
            office.tenure = "elect"
            start -= 1
        elif (
            word in word_set("qualifier")
            and start - 1 not in scene.inside
            and office.entry.title not in ("minister", "leader")
            and not (word == "state" and office.entry.scope != "open")
        ):
            start = title_start = start - 1
        else:
            break
    office.span, office.title_span = (start, end), (title_start, end)


def _suffix(scene: Scene, office: Office) -> None:
    words, lower = scene.words, scene.words.lower
    end = office.span[1]
    if lower[end - 1] in word_set("candidate"):
        office.tenure = "candidate"
    after = end + 1 if end + 1 < len(words) and words.plain[end] == "-" else end
    if after < len(words) and words.block[after] == words.block[end - 1]:
        if lower[after] in word_set("elect"):
            office.tenure = "elect"
            office.stretch(after + 1)
        elif lower[after] in word_set("candidate") and words.plain[end] != "-":
            office.tenure = "candidate"
            office.stretch(after + 1)
