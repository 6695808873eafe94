"""Datelines: "BEIJING, Sept. 2 (Xinhua) --", "NEW DELHI: ", "Paris (AFP) –", "London, 3 May 2011" on a line of its own."""

import re
from dataclasses import dataclass

from extractor.nlp.layout.lines import ends_sentence
from extractor.nlp.layout.pagedates import PageDate, date_at, time_end
from extractor.nlp.layout.places import NAME, PLACE, is_agency, is_city, is_place

#: A line longer than this is no title.
_TITLE_LENGTH = 70
_PLACE = re.compile(PLACE)
_NAME = re.compile(NAME)
_COMMA = re.compile(r"\s*[,.:]?\s*")
_DASH = re.compile(r"\s*(?:-{2,}|[—–]|-(?=\s|\())\s*")
_MARK = re.compile(r"\s*(?:-{2,}|[—–]+|[-‐](?=\s|$)|:(?=\s))\s*")
_BRACKETS = re.compile(r"\s*(?:-{2,}|[—–.,])?\s*(?:\(([^()]{2,60})\)|/([A-Z][^/]{1,40})/)")
_AFTER_AGENCY = re.compile(r"\s*(?:-{1,3}|[—–]+|[:.])?\s*(?=[\w\"'“‘$€£¥₹(])")
_PLACE_ONLY_STOP = frozenset(
    [
        "update",
        "analysis",
        "breaking",
        "factbox",
        "exclusive",
        "opinion",
        "explainer",
        "watch",
        "live",
        "note",
        "summary",
        "background",
        "new",
        "correction",
        "editorial",
    ]
)


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline: half-open offsets of its place and agency, its date, and where the report begins after it."""

    place: tuple[int, int] | None
    date: PageDate | None
    agency: tuple[int, int] | None
    #: End of the place and date, and of the whole with agency and dash. The report begins at `end`.
    words_end: int
    end: int
    own_line: bool

    @property
    def start(self) -> int:
        """Where it begins."""
        starts = [part[0] for part in (self.place, self.agency) if part]
        if self.date:
            starts.append(self.date.start)
        return min(starts)


def dateline_at(text: str, start: int, end: int) -> FoundDateline | None:
    """The dateline that opens `text[start:end]`, a line or two, with the report after it."""
    at = start
    place, at = _place(text, at, end)
    found, at = _date(text, at, end, first=place is None)
    if place is None and found is not None:
        gap = _DASH.match(text, at, end) or _COMMA.match(text, at, end)
        late = _PLACE.match(text, gap.end(), end) if gap else None
        if late and is_place(late[0]) and _MARK.match(text, late.end(), end):
            place, at = late.span(), late.end()
    words_end = at
    agency, known, at = _agency(text, at, end)
    mark = _MARK.match(text, at, end)
    report = mark.end() if mark else at
    if agency and known and not mark:
        loose = _AFTER_AGENCY.match(text, at, end)
        report = loose.end() if loose else at
    if report >= end:
        return None
    if not _plausible(text, place, found, agency, known, mark):
        return None
    if found is None and agency is None and not _reads_as_report(text, report, end):
        return None
    return FoundDateline(place, found, agency, words_end, report, own_line=False)


def dateline_line(text: str, start: int, end: int, *, sure: bool) -> FoundDateline | None:
    """The dateline that fills the whole line: a place and a date. Unless `sure`, the place must be known."""
    place, at = _place(text, start, end)
    if place is None:
        return None
    found, at = _date(text, at, end, first=False)
    if found is None:
        return None
    words_end = at
    agency, _, at = _agency(text, at, end)
    rest = text[at:end].strip(" .-–—:")
    if rest or not (sure or is_place(text[place[0] : place[1]])):
        return None
    return FoundDateline(place, found, agency, words_end, end, own_line=True)


def _place(text: str, start: int, end: int) -> tuple[tuple[int, int] | None, int]:
    match = _PLACE.match(text, start, end)
    if match is None:
        return None, start
    stop = match.end()
    if text[stop - 1] == "." and not re.search(r"\b(?:[A-Z]\.){2,}$", text[match.start() : stop]):
        stop -= 1
    return (match.start(), stop), stop


def _date(text: str, start: int, end: int, *, first: bool) -> tuple[PageDate | None, int]:
    """The date after a place (after a comma, in brackets) or, with `first`, at the start."""
    if first:
        found = date_at(text, start, end)
        return found, time_end(text, found.end, end) if found else start
    gap = re.compile(r"\s*[,.:]?\s*(\(?)").match(text, start, end)
    at = gap.end() if gap else start
    found = date_at(text, at, end) if at > start else None
    if found is None:
        return None, start
    stop = time_end(text, found.end, end)
    if gap and gap[1]:
        if not text.startswith(")", stop):
            return None, start
        stop += 1
    return found, stop


def _agency(text: str, start: int, end: int) -> tuple[tuple[int, int] | None, bool, int]:
    """An agency in brackets or slashes, or a known one after a comma: its offsets, whether it is known, where it ends."""
    match = _BRACKETS.match(text, start, end)
    if match:
        group = 1 if match[1] else 2
        low, high = match.span(group)
        return (low, high), is_agency(_bare(match[group])), match.end()
    gap = re.compile(r"\s*,?\s*").match(text, start, end)
    name = _NAME.match(text, gap.end() if gap else start, end)
    if name and is_agency(name[0]):
        return name.span(), True, name.end()
    return None, False, start


def _bare(agency: str) -> str:
    """The agency's name without a second one or a department: "Reuters Breakingviews" stays, "AP/AFP" is "AP"."""
    return " ".join(re.split(r"[/,|]| - |-ANI", agency)[0].split())


def _reads_as_report(text: str, start: int, end: int) -> bool:
    """Whether what follows a bare place is a report rather than the rest of a title."""
    return not text[start].islower() and (ends_sentence(text[start:end]) or end - start > _TITLE_LENGTH)


def _plausible(
    text: str,
    place: tuple[int, int] | None,
    found: PageDate | None,
    agency: tuple[int, int] | None,
    known: bool,
    mark: re.Match[str] | None,
) -> bool:
    colon = mark is not None and ":" in mark[0]
    if agency is not None:
        name = text[agency[0] : agency[1]]
        if known:
            return mark is not None or place is not None or found is not None
        shape = name[0].isupper() and len(name.split()) <= 3
        if not shape or mark is None or place is None:
            return False
        return found is not None or (name.isupper() and not colon and is_place(text[place[0] : place[1]]))
    if mark is None or place is None:
        return False
    name = text[place[0] : place[1]]
    if found is not None:
        return True
    if len(name) > 60 or is_agency(name) or name.lower() in _PLACE_ONLY_STOP:
        return False
    if colon:
        return is_city(name)
    if is_place(name):
        return len(name.split()) <= 5
    return name.isupper() and len(name.replace(".", "")) > 3 and len(name.split()) <= 4
