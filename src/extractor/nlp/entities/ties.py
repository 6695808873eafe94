"""Mentions of people and the offices tied to them, as they are found."""

from dataclasses import dataclass, replace

from extractor.nlp.entities.name_reader import NameReader
from extractor.nlp.entities.office import Office


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


class Board:
    """What has been found so far: mentions by the word they begin at, and which titles are tied to a name.

    `ends` leads from where an office phrase ends to it; `starts`, filled by `index_free`, from where its title or
    phrase begins to each office that was free then.
    """

    def __init__(self, reader: NameReader, offices: list[Office]) -> None:
        self.reader = reader
        self.words = reader.words
        self.offices = offices
        self.found: dict[int, NameMention] = {}
        #: Starts of the titles that are tied to a name already.
        self.used: set[int] = set()
        self.ends: dict[int, Office] = {office.span[1]: office for office in offices}
        self.starts: dict[int, Office] = {}

    def index_free(self) -> None:
        """Note where each title that is still free begins."""
        self.starts = {office.title_span[0]: office for office in self.offices if self.free(office)}
        self.starts.update({office.span[0]: office for office in self.offices if self.free(office)})

    def free(self, office: Office) -> bool:
        """Whether a title is not tied to a name yet."""
        return office.title_span[0] not in self.used and office.entry.scope != "none"

    def taken(self) -> set[int]:
        """The words of all mentions."""
        return {i for mention in self.found.values() for i in range(mention.start, mention.end)}

    def tie(
        self, start: int, end: int, rule: str, tie: Tie | None, gender: str | None = None, honorific: bool = False
    ) -> None:
        """Note a mention, or an office tied to a mention that is known."""
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
