"""Lines at the head of a page that are not prose: dates, bylines, sources and mastheads."""

import re
from dataclasses import dataclass, field

from extractor.nlp.layout.furniture import is_furniture
from extractor.nlp.layout.pagedates import PageDate, date_at, time_end
from extractor.nlp.layout.places import NAME, PLACE, is_agency, is_place, masthead_words

Span = tuple[int, int]

_PART = re.compile(r"\s*[|•·●]\s*|\s+[–—/-]+\s+|\s*;\s+")
_LABEL = re.compile(
    r"(?:(?P<late>(?:last\s+)?(?:updated?|modified|revised|edited))|first\s+published|published|posted|released?|issued|"
    r"publication\s+date|date|dated|created|uploaded|on|as\s+of)(?:\s+(?:on|at|in|date))?\s*[:|–-]?\s*(?=\w)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r":|[ap]\.?m\b", re.IGNORECASE)
_BY = re.compile(r"\s+by\s+(.{2,60})", re.IGNORECASE)
_ROLE = (
    r"(?:(?:[A-Z][\w-]+\s+){0,3}(?:Writers?|Reporters?|Correspondents?|Editors?|Bureau(?:\sChief)?|Columnists?|"
    r"Contributors?|Journalists?|Desk|Staff|Service|Agency|Agencies|News))"
)
_PERSON = rf"(?:(?:{NAME})(?<!\.))"
_PEOPLE = rf"{_PERSON}(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+|\s*&\s*){_PERSON})*"
_OPENING = r"(?i:by|story by|report by|written by|words by|from|author:|by:)"
_DESK = (
    r"(?i:(?:our\s+|a\s+|the\s+)?(?:own\s+|special\s+|staff\s+|senior\s+|chief\s+|political\s+|diplomatic\s+)*"
    r"(?:correspondents?|staff|reporters?|staff writers?|news desk|web desk|agenc(?:y|ies)|bureau))"
)
_BYLINE = re.compile(
    rf"{_OPENING}\s+(?P<names>{_DESK}|(?:\w+\s+(?:staff\s+)?(?:writers?|correspondents?|reporters?)\s+)?{_PEOPLE})"
    rf"(?:\s*,?\s*(?:\(?{_ROLE}\)?|(?:in|at)\s+{PLACE}(?:\s+and\s+{PLACE})*))*\s*[.:]?"
)
_BY_START = re.compile(rf"{_OPENING}\s")
_TITLED_NAME = re.compile(rf"(?P<names>{_PEOPLE})\s*(?:,|\(|\||–|—)\s*(?P<role>{_ROLE})\)?")
_SOURCE = re.compile(r"\(?(?:source|sources|courtesy|news source)\s*[:–-]\s*(?P<name>[^.:;]{2,60}?)\)?", re.IGNORECASE)
_CREDIT = re.compile(
    rf"\(?(?i:reporting|written|writing|story|report)\s+by\s+(?P<names>{_PEOPLE})(?=\s+in\s|\s*[;,.)(]|$)"
)
_NAME_ALONE = re.compile(rf"{_PERSON}")
_NAME_LINE = re.compile(
    rf"(?P<names>{_PEOPLE})(?:\s+in\s+{PLACE}(?:\s+and\s+(?P<more>{_PEOPLE}))?(?:\s+in\s+{PLACE})?)?"
)
_ROLE_LINE = re.compile(
    r"(?:[A-Z][\w'’-]*\s)?(?:[\w'’&-]+\s){0,3}(?:[Rr]eporter|[Cc]orrespondent|[Ee]ditor|[Ww]riter|[Jj]ournalist)"
)
_DESK_LINE = re.compile(
    r"(?:[A-Z][\w.&]*\s){0,4}(?:Bureau|Correspondents?|Reporters?|News\sDesk|Web\sDesk|Staff(?:\sWriter)?|News\sService|Newsroom)"
)
_LETTERHEAD = re.compile(
    r"(?:[A-Z][\w.]*\s){0,3}(?:Department|Ministry|Office|Embassy|Government|Mission|Directorate|Secretariat)\s(?:[A-Z]\w*\s){0,3}of\s.+"
)
_OFFICE = re.compile(
    r"\b(?:President|Minister|King|Queen|Prince|Secretary|Chancellor|Governor|General|Talks|Summit|Agreement|Pact)\b"
)
_DOMAIN = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+){0,2}\.(?:com|org|net|co|in|uk|news|info|gov|my|sg|au|id|ph|eu|tv)", re.IGNORECASE
)
#: What joins the words of a name and is written small.
_SMALL_WORDS = frozenset(["of", "the", "and", "for", "in", "on", "&", "de", "la", "le", "el"])


@dataclass(slots=True)
class HeadLine:
    """What one line at the head says: its dates (with whether each is of an update), byline and source."""

    dates: list[tuple[PageDate, bool]] = field(default_factory=list)
    byline: Span | None = None
    publisher: Span | None = None
    #: Whether a date was seen, even one that cannot be told (02/03/2011).
    dated: bool = False
    #: Whether a label ("Published:") says what the date is.
    labelled: bool = False


def read_head_line(text: str, start: int, end: int) -> HeadLine | None:
    """What a line says if it is made of dates, byline and source alone, else None."""
    if end - start > 200:
        return None
    line = HeadLine()
    whole = _source(text, start, end, line) or _byline(text, start, end, line)
    if whole:
        return line
    unknown: list[Span] = []
    for low, high in _parts(text, start, end):
        if not (_dated(text, low, high, line) or _source(text, low, high, line) or _byline(text, low, high, line)):
            unknown.append((low, high))
    if not (line.dated or line.byline or line.publisher):
        return None
    for low, high in unknown:
        name = text[low:high]
        if is_furniture(name):
            continue
        if len(name.split()) > 4 or not (
            _NAME_ALONE.fullmatch(name) or is_place(name) or (line.dates and line.publisher)
        ):
            return None
        if not is_place(name) and line.byline is None and len(name.split()) >= 2:
            line.byline = (low, high)
    return line


def credited(text: str, start: int, end: int) -> Span | None:
    """Offsets of the names in a line of credits below a report: "(Reporting by A B; Editing by C D)"."""
    match = _CREDIT.match(text, start, end)
    return match.span("names") if match and _is_names(match["names"]) else None


def name_line(text: str, start: int, end: int) -> Span | None:
    """Offsets of the names when a line is but names of persons, with or without a place ("A B in Vienna and C D")."""
    match = _NAME_LINE.fullmatch(text, start, end)
    names = match["names"] if match else ""
    if match is None or not _is_names(names) or _OFFICE.search(names) or is_place(names):
        return None
    return match.start("names"), match.end("more") if match["more"] else match.end("names")


def desk_line(text: str, start: int, end: int) -> bool:
    """Whether a line names a newspaper's desk: "Staff Reporter", "Example News Service"."""
    return _DESK_LINE.fullmatch(text, start, end) is not None


def role_line(text: str, start: int, end: int) -> bool:
    """Whether a line is a reporter's role: "Business reporter"."""
    return _ROLE_LINE.fullmatch(text, start, end) is not None


def looks_like_masthead(name: str, *, dated: bool) -> bool:
    """Whether a short line is a newspaper's or site's name; `dated`: a date line comes right after it."""
    if _DOMAIN.fullmatch(name) or is_agency(name):
        return True
    words = re.findall(r"[\w'’.&-]+", name)
    if _LETTERHEAD.fullmatch(name) and all(word[0].isupper() or word in _SMALL_WORDS for word in words):
        return True
    if not 1 <= len(words) <= 6 or name[-1] in ".?!:,;":
        return False
    if not all(word[0].isupper() or word.lower() in _SMALL_WORDS for word in words):
        return False
    strong, weak = masthead_words()
    lower = {word.lower().strip(".") for word in words}
    if lower & strong:
        return dated or len(words) <= 5
    return dated and (bool(lower & weak) or len(words) <= 3)


def _parts(text: str, start: int, end: int) -> list[Span]:
    parts = []
    at = start
    for match in _PART.finditer(text, start, end):
        if match.start() > at:
            parts.append((at, match.start()))
        at = match.end()
    if at < end:
        parts.append((at, end))
    return parts


def _dated(text: str, start: int, end: int, line: HeadLine) -> bool:
    label = _LABEL.match(text, start, end)
    at = label.end() if label else start
    found = date_at(text, at, end)
    if found is None:
        early = time_end(text, at, end)
        skip = re.compile(r"[\s,]*").match(text, early, end) if early > at else None
        found = date_at(text, skip.end(), end) if skip else None
        if found is None:
            numeric = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:(?:19|20)\d\d|\d\d\b)").match(text, at, end)
            if numeric is None:
                line.dated = line.dated or (early == end and _CLOCK.search(text, at, end) is not None)
                return early == end and early > at and line.dated
            rest = text[time_end(text, numeric.end(), end) : end]
            line.dated = line.dated or not rest.strip(" ,.")
            return not rest.strip(" ,.")
    stop = time_end(text, found.end, end)
    by = _BY.match(text, stop, end)
    if by:
        name = by[1].strip()
        if is_agency(name):
            line.publisher = line.publisher or by.span(1)
        else:
            line.byline = line.byline or by.span(1)
        stop = by.end()
    if text[stop:end].strip(" ,.)]"):
        return False
    line.dates.append((found, bool(label and label["late"])))
    line.dated = True
    line.labelled = line.labelled or label is not None
    return True


def _byline(text: str, start: int, end: int, line: HeadLine) -> bool:
    opening = _BY_START.match(text, start, end)
    if opening:
        match = _BYLINE.fullmatch(text, start, end)
        if match is None:
            return False
        low, high = match.span("names")
        while (comma := text.rfind(",", low, high)) > 0 and _is_tail(text[comma + 1 : high].strip()):
            high = comma
        names = text[low:high]
        if is_agency(names):
            line.publisher = line.publisher or (low, high)
        elif not _is_names(names):
            return False
        line.byline = line.byline or (low, high)
        return True
    match = _TITLED_NAME.fullmatch(text, start, end)
    if match and _is_names(match["names"]) and _capitalised(match["names"]):
        line.byline = line.byline or match.span("names")
        return True
    return False


def _is_tail(part: str) -> bool:
    """Whether the last part of a byline is a role, a place or an agency rather than a name."""
    return is_place(part) or is_agency(part) or re.fullmatch(_ROLE, part) is not None


def _source(text: str, start: int, end: int, line: HeadLine) -> bool:
    name = text[start:end].strip("() ")
    if is_agency(name):
        low = text.index(name, start)
        line.publisher = line.publisher or (low, low + len(name))
        return True
    match = _SOURCE.fullmatch(text, start, end)
    if match and match["name"][0].isupper():
        line.publisher = line.publisher or match.span("name")
        return True
    return False


def _is_names(names: str) -> bool:
    """Whether each name has two words or more, or the byline names a desk."""
    if re.search(r"(?i)\b(?:correspondents?|reporters?|writers?|desk|staff|agenc(?:y|ies)|bureau)\b", names):
        return True
    parts = [part for part in re.split(r",|\band\b|&", names) if part.strip()]
    return all(2 <= len(part.split()) <= 5 for part in parts) and _capitalised(names)


def _capitalised(names: str) -> bool:
    small = {
        "and",
        "de",
        "del",
        "da",
        "dos",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "al",
        "el",
        "the",
        "of",
    }
    return all(word[0].isupper() or word in small for word in re.findall(r"[\w'’-]+", names))
