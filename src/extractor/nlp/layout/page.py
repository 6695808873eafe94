"""Reads the layout of one article: what stands at its head, its blocks, its date and its view."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from extractor.models import Article, Date, Dateline, Evidence, isodates
from extractor.nlp.language import language_of
from extractor.nlp.layout.datelines import FoundDateline, dateline_at, dateline_line
from extractor.nlp.layout.flow import Flow, Span
from extractor.nlp.layout.furniture import is_furniture
from extractor.nlp.layout.headlines import (
    HeadLine,
    credited,
    desk_line,
    looks_like_masthead,
    name_line,
    read_head_line,
    role_line,
)
from extractor.nlp.layout.lines import Joiner, Line, bullet_length, ends_sentence, split_lines
from extractor.nlp.layout.pagedates import PageDate
from extractor.nlp.layout.years import resolve
from extractor.nlp.view import View

#: Lines and paragraphs of prose within which the head of a page ends.
_HEAD_LINES = 16
_HEAD_PROSE = 2
#: The end of a line that goes on: a following date or name is part of its sentence.
_RUNS_ON = re.compile(r"(?:,|\b(?:on|in|by|of|and|the|to|from|since|until|between|with|for|at|or|a))\s+$")
#: What a title may be labelled with.
_LABEL = re.compile(r"(?:title|headline)\s*:\s*(?=\S)", re.IGNORECASE)
#: Lines at the end among which one may name the source.
_TAIL_LINES = 4
#: A title is no longer than this, in words and in characters.
_TITLE_WORDS, _TITLE_CHARS = 45, 320
#: Characters of the lead in which a weekday tells the day of the news, and of the body searched for years.
_LEAD_CHARS, _BODY_CHARS = 600, 20_000


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands around the story. Offsets of `evidence` index the article's own text."""

    title: str | None
    publisher: str | None
    byline: str | None
    dateline: Dateline | None
    #: Metadata given with the article beats the dateline, which beats a page header.
    published: Date | None
    evidence: tuple[Evidence, ...]
    language: str
    #: The cleaned text; blocks are parted by a blank line ("\n\n").
    view: View
    #: Half-open view offsets of the title and of the dateline, where they stand in the text.
    title_span: tuple[int, int] | None
    dateline_span: tuple[int, int] | None


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a paragraph, a title, or a line of the head that is left out of the view."""

    lines: list[Span]
    head_line: HeadLine | None = None
    dateline: FoundDateline | None = None
    role: Literal["text", "title", "masthead", "repeat"] = "text"

    @property
    def start(self) -> int:
        return self.lines[0][0]

    @property
    def end(self) -> int:
        return self.lines[-1][1]

    def text(self, text: str) -> str:
        return " ".join(text[start:end] for start, end in self.lines)


def read_layout(article: Article, words: Collection[str] = ()) -> Layout:
    """Find the layout of an article and build the view of its text.

    `words`: known English words in lower case; they tell a word broken at a line's end from a compound.
    """
    return _Page(article, words).layout()


@dataclass(slots=True)
class _Page:
    article: Article
    words: Collection[str]
    evidence: list[Evidence] = field(default_factory=list)
    #: Names in the credits below the report.
    credit: Span | None = None

    def layout(self) -> Layout:
        blocks = self._blocks()
        title = self._title(blocks)
        if title:
            self._reporters(blocks, title)
        dateline = next((block.dateline for block in blocks if block.dateline), None)
        view = self._view(blocks)
        title_span = view.to_view(title.start, title.end) if title else None
        dateline_span = None
        if dateline and (dateline.place or dateline.date):
            dateline_span = view.to_view(dateline.start, dateline.words_end)
        self._title_evidence(title)
        shown_title = self.article.title or (view.text[title_span[0] : title_span[1]] if title_span else None)
        byline = self._byline(blocks)
        publisher = self._publisher(blocks, dateline)
        told, published = self._dates(blocks, dateline)
        return Layout(
            title=shown_title,
            publisher=publisher,
            byline=byline,
            dateline=told,
            published=published,
            evidence=tuple(self.evidence),
            language=language_of(view.text),
            view=view,
            title_span=title_span,
            dateline_span=dateline_span,
        )

    # Blocks

    def _blocks(self) -> list[_Block]:
        text = self.article.text
        lines = self._lines()
        joiner = Joiner(text, lines)
        blocks: list[_Block] = []
        prose = 0
        before: Line | None = None
        for i, line in enumerate(lines):
            in_head = i < _HEAD_LINES and prose < _HEAD_PROSE
            block = blocks[-1] if blocks else None
            open_block = (
                block is not None and block.head_line is None and not (block.dateline and block.dateline.own_line)
            )
            single = open_block and block is not None and len(block.lines) == 1 and block.dateline is None and in_head
            joined = open_block and before is not None and joiner.joins(before, line, head=bool(single))
            broken = block is not None and block.dateline is not None and block.dateline.end > line.start
            joined = joined or broken
            following = lines[i + 1] if i + 1 < len(lines) and not lines[i + 1].after_blank else None
            new = self._head_block(line, following, blocks, joined=joined) if in_head and not broken else None
            if new is None and not in_head and i >= len(lines) - _TAIL_LINES and not joined:
                new = self._source_block(line)
            if new:
                blocks.append(new)
            elif joined and block is not None:
                block.lines.append((line.start, line.end))
            else:
                prose += block is not None and self._is_prose(block)
                blocks.append(_Block([(line.start, line.end)]))
            before = line
        return blocks

    def _lines(self) -> list[Line]:
        """The lines of the page without its furniture."""
        text, title = self.article.text, self.article.title
        kept: list[Line] = []
        gap = False
        for line in split_lines(text):
            content = text[line.start : line.end]
            furniture = content != title and is_furniture(content, head=len(kept) < 4)
            if furniture and not (len(kept) < _HEAD_LINES and read_head_line(text, line.start, line.end)):
                gap = gap or line.after_blank
                self.credit = self.credit or credited(text, line.start, line.end)
                continue
            kept.append(replace(line, after_blank=True) if gap else line)
            gap = False
        return kept

    def _head_block(
        self, line: Line, following: Line | None, blocks: Sequence[_Block], *, joined: bool
    ) -> _Block | None:
        """The block that a line of the head opens when it is a date, byline or source, or begins with a dateline.

        In a narrow column a dateline may run over into the line `following`.
        """
        text = self.article.text
        span = (line.start, line.end)
        if not (joined and _RUNS_ON.search(text, max(line.start - 20, 0), line.start)):
            head_line = read_head_line(text, *span)
            if head_line:
                return _Block([span], head_line=head_line)
        if any(block.dateline for block in blocks):
            return None
        found = dateline_at(text, *span)
        if found is None and following and not joined:
            found = dateline_at(text, line.start, following.end)
        if found and (not joined or found.date):
            return _Block([span], dateline=found)
        if joined or text[line.start : line.end] == self.article.title:
            return None
        found = dateline_line(text, *span, sure=any(block.head_line is None for block in blocks))
        if found and found.date and len(blocks) == 1 and looks_like_masthead(blocks[0].text(text), dated=False):
            return _Block([span], head_line=HeadLine(dates=[(found.date, False)], dated=True))
        return _Block([span], dateline=found) if found else None

    def _source_block(self, line: Line) -> _Block | None:
        """The block of a line below the report that names its source."""
        head_line = read_head_line(self.article.text, line.start, line.end)
        if head_line is None or head_line.publisher is None or head_line.dated:
            return None
        return _Block([(line.start, line.end)], head_line=head_line)

    def _is_prose(self, block: _Block) -> bool:
        if block.head_line:
            return False
        if block.dateline:
            return not block.dateline.own_line
        content = block.text(self.article.text)
        count = len(content.split())
        if count > _TITLE_WORDS or len(content) > _TITLE_CHARS or bullet_length(content, 0, len(content)):
            return True
        return content[-1] == "," or (ends_sentence(content) and (count > 5 or content[-1] in ".:;"))

    # Title and masthead

    def _title(self, blocks: list[_Block]) -> _Block | None:
        heads: list[tuple[int, _Block]] = []
        text = self.article.text
        plain = [block for block in blocks if block.head_line is None]
        for i, block in enumerate(blocks):
            if block.head_line:
                continue
            if block.dateline or block is plain[-1]:
                break
            if self._is_prose(block) and not self._is_odd_title(blocks, i, first=not heads):
                break
            heads.append((i, block))
        wanted = _plain(self.article.title or "")
        for _, block in heads:
            if wanted and _same_title(_plain(block.text(text)), wanted):
                block.role = "title"
        while heads:
            i, block = heads[0]
            dated = i + 1 < len(blocks) and (line := blocks[i + 1].head_line) is not None and line.dated
            if (
                block.role == "title"
                or len(block.lines) > 1
                or not self._is_masthead(block, dated=dated, alone=len(heads) == 1)
            ):
                break
            block.role = "masthead"
            heads.pop(0)
        given = next((block for _, block in heads if block.role == "title"), None)
        if given or not heads:
            return given
        if self.article.title:
            return None
        title = self._choose([block for _, block in heads])
        title.role = "title"
        (start, end), *others = title.lines
        label = _LABEL.match(text, start, end)
        title.lines = [(label.end() if label else start, end), *others]
        return title

    def _choose(self, heads: Sequence[_Block]) -> _Block:
        """The title among the lines at the head: the first, unless it is a section's name or repeats the next with more."""
        text = self.article.text
        first = heads[0]
        if len(heads) == 1:
            return first
        words = first.text(text).split()
        if (len(words) < 3 or "|" in words) and len(heads[1].text(text).split()) > 3:
            return heads[1]
        plain = _plain(first.text(text))
        for other in heads[1:]:
            if len(other.text(text).split()) > 3 and plain.startswith(_plain(other.text(text))):
                first.role = "repeat"
                return other
        return first

    def _reporters(self, blocks: Sequence[_Block], title: _Block) -> None:
        """Make head lines of names between title and report: beside a date or a role, or a desk's."""
        text = self.article.text
        below = blocks[next(i for i, block in enumerate(blocks) if block is title) + 1 :]
        for i, block in enumerate(below):
            if self._is_prose(block):
                return
            if block.head_line or block.dateline or len(block.lines) > 1:
                continue
            following = below[i + 1] if i + 1 < len(below) else None
            if desk_line(text, *block.lines[0]):
                block.head_line = HeadLine(byline=block.lines[0])
            elif following and (names := name_line(text, *block.lines[0])):
                if role_line(text, *following.lines[0]):
                    following.head_line = HeadLine()
                elif not (following.head_line and following.head_line.dated):
                    continue
                block.head_line = HeadLine(byline=names)

    def _is_masthead(self, block: _Block, *, dated: bool, alone: bool) -> bool:
        name = block.text(self.article.text)
        if self.article.publisher and _plain(name) == _plain(self.article.publisher):
            return True
        return not alone and looks_like_masthead(name, dated=dated)

    def _is_odd_title(self, blocks: Sequence[_Block], i: int, *, first: bool) -> bool:
        """Whether a sentence is the title after all: a short first one that asks or exclaims, or stands above a date line."""
        content = blocks[i].text(self.article.text)
        if self.article.title and _plain(content) == _plain(self.article.title):
            return True
        if not first or len(content.split()) > 20 or i + 1 >= len(blocks) or bullet_length(content, 0, len(content)):
            return False
        following = blocks[i + 1]
        return content[-1] in "?!" or (content[-1] == "." and bool(following.head_line or following.dateline))

    def _title_evidence(self, title: _Block | None) -> None:
        if self.article.title:
            self._given("title")
        if title:
            self._show("title", title.start, title.end, "layout.title.first_line")

    # Byline and publisher

    def _byline(self, blocks: Sequence[_Block]) -> str | None:
        if self.article.byline:
            self._given("byline")
            return self.article.byline
        for block in blocks:
            if block.head_line and block.head_line.byline:
                return self._show("byline", *block.head_line.byline, "layout.byline.line")
        return self._show("byline", *self.credit, "layout.byline.credits") if self.credit else None

    def _publisher(self, blocks: Sequence[_Block], dateline: FoundDateline | None) -> str | None:
        if self.article.publisher:
            self._given("publisher")
            return self.article.publisher
        masthead = next((block for block in blocks if block.role == "masthead"), None)
        if masthead:
            return self._show("publisher", masthead.start, masthead.end, "layout.publisher.masthead")
        if dateline and dateline.agency:
            return self._show("publisher", *dateline.agency, "layout.publisher.dateline")
        for block in blocks:
            if block.head_line and block.head_line.publisher:
                return self._show("publisher", *block.head_line.publisher, "layout.publisher.source_line")
        return None

    # Dates

    def _dates(self, blocks: Sequence[_Block], found: FoundDateline | None) -> tuple[Dateline | None, Date | None]:
        text = self.article.text
        given = self.article.published
        header = _header_date(blocks)
        told: Date | None = None
        cues: list[tuple[int, int, str]] = []
        if found and found.date:
            anchor: date | None = None
            if given and (days := isodates.days(given)):
                anchor = date.fromisoformat(days[1])
            elif header:
                anchor = header.whole
            told, cues = self._dateline_date(found, anchor)
            if told and header and not given and told.how == "resolved":
                cues.append((header.start, header.end, "layout.header.date"))
        dateline = None
        if found and (found.place or told):
            place = " ".join(text[slice(*found.place)].split()) if found.place else None
            dateline = Dateline(place=place, date=told)
            self._show("dateline", found.start, found.words_end, "layout.dateline.words")
            for start, end, rule in cues:
                self._show("dateline", start, end, rule, inferred=True)
        if given:
            first, last = isodates.days(given) or (None, None)
            self._given("published")
            return dateline, Date(
                text=None, value=given, first=first, last=last, precision=_precision(given), how="metadata", anchor=None
            )
        if told and found and found.date:
            self._show("published", found.date.start, found.date.end, "layout.dateline.date", normalized=True)
            for start, end, rule in cues:
                self._show("published", start, end, rule, inferred=True)
            return dateline, told
        if header and header.whole:
            self._show("published", header.start, header.end, "layout.header.date", normalized=True)
            return dateline, _day(header.whole, text[header.start : header.end], "stated", None)
        return dateline, None

    def _dateline_date(
        self, found: FoundDateline, anchor: date | None
    ) -> tuple[Date | None, list[tuple[int, int, str]]]:
        text, said = self.article.text, found.date
        assert said is not None
        words = text[said.start : said.end]
        if said.whole:
            return _day(said.whole, words, "stated", None), []
        lead = (found.end, min(found.end + _LEAD_CHARS, len(text)))
        body = (found.end, min(found.end + _BODY_CHARS, len(text)))
        resolved = resolve(said, anchor, text, lead, body)
        if resolved is None:
            return None, []
        cues = [(cue.start, cue.end, resolved.rule) for cue in resolved.cues]
        return _day(resolved.day, words, "resolved", anchor), cues

    # The view

    def _view(self, blocks: Sequence[_Block]) -> View:
        flow = Flow(self.article.text, self.words)
        if not any(block.head_line is None for block in blocks):
            blocks = [_Block(block.lines) for block in blocks]
        for block in self._shown(blocks):
            for parts in self._parts(block):
                flow.add(parts)
        return flow.view()

    def _shown(self, blocks: Sequence[_Block]) -> Iterator[_Block]:
        """The blocks of the view: without masthead, byline and page header; a date below the title stays, by itself."""
        begun = False
        for block in blocks:
            if block.head_line is None:
                if block.role in ("text", "title"):
                    begun = True
                    yield block
            elif begun:
                for found, _ in block.head_line.dates:
                    yield _Block([(found.start, found.end)])

    def _parts(self, block: _Block) -> list[list[Span]]:
        """A block as the view shows it: a dateline by itself, list marks and agencies left out."""
        (start, end), *others = block.lines
        found = block.dateline
        if found is None:
            return [[(start + bullet_length(self.article.text, start, end), end), *others]]
        parts: list[list[Span]] = []
        if found.place or found.date:
            parts.append(_within(block.lines, found.start, found.words_end))
        if not found.own_line:
            parts.append(_within(block.lines, found.end, block.end))
        return parts

    # Evidence

    def _given(self, name: str) -> None:
        self.evidence.append(
            Evidence(field=name, start=None, end=None, text=None, rule="layout.metadata.given", how="metadata")
        )

    def _show(
        self, name: str, start: int, end: int, rule: str, *, normalized: bool = False, inferred: bool = False
    ) -> str:
        """Note what shows a field, and return it with its blanks made plain."""
        words = self.article.text[start:end]
        value = " ".join(words.split())
        how: Literal["verbatim", "normalized", "inferred"] = (
            "inferred" if inferred else "normalized" if normalized or value != words else "verbatim"
        )
        self.evidence.append(Evidence(field=name, start=start, end=end, text=words, rule=rule, how=how))
        return value


def _within(lines: Sequence[Span], start: int, end: int) -> list[Span]:
    """What of the lines lies between two offsets."""
    return [(max(a, start), min(b, end)) for a, b in lines if a < end and b > start]


def _header_date(blocks: Sequence[_Block]) -> PageDate | None:
    """The date of a page's head: one that is not of an update, where there is one; else the first."""
    lines = [block.head_line for block in blocks if block.head_line]
    dates = [
        (updated, not line.labelled, found)
        for line in lines
        for found, updated in line.dates
        if found.whole is not None
    ]
    return min(dates, key=lambda item: item[:2])[2] if dates else None


def _day(day: date, text: str, how: Literal["stated", "resolved"], anchor: date | None) -> Date:
    iso = day.isoformat()
    return Date(
        text=text,
        value=iso,
        first=iso,
        last=iso,
        precision="day",
        how=how,
        anchor=anchor.isoformat() if anchor else None,
    )


def _precision(value: str) -> Literal["day", "month", "quarter", "half", "year"]:
    if "Q" in value:
        return "quarter"
    if "H" in value:
        return "half"
    return "day" if len(value) == 10 else "month" if len(value) == 7 else "year"


def _plain(title: str) -> str:
    return "".join(letter for letter in title.casefold() if letter.isalnum())


def _same_title(found: str, given: str) -> bool:
    """Whether two titles are one: equal, or one the other with a little more (a site's name)."""
    short, long = sorted((found, given), key=len)
    if not short or short not in long:
        return False
    return len(short) > 0.6 * len(long) or (long.startswith(short) and len(short) > 15)
