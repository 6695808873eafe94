"""Mentions of people: names after titles and honorifics, names the model found, and the offices tied to them."""

from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import Body, Region, gazetteer
from extractor.nlp.entities.name_reader import NameReader
from extractor.nlp.entities.names import family_first_names
from extractor.nlp.entities.office import Office
from extractor.nlp.entities.tellings import Tellings
from extractor.nlp.entities.ties import Board, NameMention
from extractor.nlp.entities.titles_after import TitlesAfter
from extractor.nlp.entities.titles_before import TitlesBefore
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set


def find_mentions(
    words: Words, atoms: dict[int, Atom], bodies: list[BodySpan], offices: list[Office]
) -> list[NameMention]:
    """Every name with what stands before or after it, in order."""
    board = Board(NameReader(words, atoms, bodies), offices)
    before, after = TitlesBefore(board), TitlesAfter(board)
    for office in offices:
        before.tie(office)
    _after_honorifics(board)
    _from_model(board)
    board.index_free()
    after.missed_names()
    after.successors()
    for start in sorted(board.found):
        after.tie(board.found[start])
    tellings = Tellings(board)
    tellings.counterparts()
    tellings.led_by()
    tellings.anaphors()
    tellings.of_place()
    return [board.found[i] for i in sorted(board.found)]


def _after_honorifics(board: Board) -> None:
    words = board.words
    taken = board.taken()
    for atom in board.reader.atoms.values():
        if not isinstance(atom.value, str):
            continue
        i, gender, _ = board.reader.skip_honorific(atom.start)
        if i in taken or i >= len(words) or words.block[i] != words.block[atom.start]:
            continue
        end = board.reader.end(i, strong=True)
        if end is not None:
            board.tie(i, end, "name.honorific", None, gender, True)


def _from_model(board: Board) -> None:
    words = board.words
    taken = board.taken()
    for begin, end, label in words.entities():
        if label != "PERSON":
            continue
        start = begin
        while start < end:
            atom = board.reader.atoms.get(start)
            covering = board.reader.covered.get(start)
            if (
                start in taken
                or not words.plain[start][0].isalpha()
                or (covering is not None and isinstance(covering.value, str) and covering.start < start)
            ):
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
        stop = board.reader.end(start, strong=False) if start < end else None
        if stop is not None and start not in board.found:
            board.tie(start, stop, "model:NER", None)
