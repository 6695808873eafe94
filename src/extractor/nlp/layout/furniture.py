"""Furniture of a page: lines that are not part of the report (page numbers, links, buttons, notices of copyright)."""

import re
from functools import cache

from extractor.nlp.gazetteers import rows
from extractor.nlp.layout.places import is_agency

#: Furniture is short; a longer line is never looked at.
_LONGEST = 300
_NO_WORD = re.compile(r"[\W_]+")


def is_furniture(line: str, *, head: bool = False) -> bool:
    """Whether a whole line is furniture. Names of a newspaper's sections are so at the `head` of a page alone."""
    if len(line) > _LONGEST:
        return False
    if line[0] in "-–—(" and is_agency(line.strip(" -–—()")):
        return True
    return bool(
        _NO_WORD.fullmatch(line) or _pattern("any").fullmatch(line) or (head and _pattern("head").fullmatch(line))
    )


@cache
def _pattern(where: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{row['pattern']})" for row in rows("furniture") if row["where"] == where), re.IGNORECASE
    )
