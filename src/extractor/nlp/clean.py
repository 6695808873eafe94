"""Cleaning of one line: what a page leaves in a text and a language model stumbles over, mended character by character."""

import html
import re
import unicodedata
from functools import lru_cache

from ftfy import fix_encoding

from extractor.nlp.view import ViewBuilder

_BLANK = r"\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: Control characters, soft hyphens, zero-width blanks, marks of direction, and code points that are no characters.
_UNSEEN = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffe\uffff"
#: Characters that the bytes 0x80 to 0xBF become in Windows-1252 or Latin-1.
_TAIL = r"\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"

#: Any character that may need mending: all but plain ASCII without `&`, `*`, `<` and the backtick, and usual marks.
_SUSPECT = re.compile("[^ -%'-)+-;=-_a-~\u2013\u2014\u2018\u2019\u201c\u201d]")
_ODD = re.compile(
    r"(?=[^!-%(-)+,.-;=-_a-~\u2013\u2014\u2018\u2019\u201c\u201d])(?:"
    rf"(?P<mojibake>(?:[\xc2-\xf4][{_TAIL}]{{1,3}}){{1,60}})"
    rf"|(?P<blank>[{_BLANK}{_UNSEEN}]{{2,}}|[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000{_UNSEEN}])"
    r"|(?P<joiner>(?<![^\x00-\u024f])[\u200c\u200d]+)"
    r"|(?P<ligature>[\ufb00-\ufb06])"
    r"|(?P<hyphen>[\u2010\u2011])"
    r"|(?P<quotes>``|'')"
    r"|(?P<dash>(?<=[\w.)])--(?=\()|(?<=[\d.)])--(?=\w))"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<tag></?(?:a|b|br|em|font|i|li|p|s|small|span|strong|sub|sup|u)(?:\s[^<>]{0,300})?/?>)"
    r"|(?P<emphasis>(?<![\w*])\*{1,3}(?=[\w\"'“‘(])|(?<=[\w\"'”’).,;:!?%])\*{1,3}(?![\w*])))",
)  # fmt: skip
_ANY_BLANK = re.compile(rf"[{_BLANK}]")


def add_clean(builder: ViewBuilder, text: str, start: int, end: int) -> None:
    """Add `text[start:end]`, a line or part of one, to the view, cleaned."""
    line = text[start:end]
    if "  " not in line and "''" not in line and "--" not in line and not _SUSPECT.search(line):
        builder.copy(start, end)
        return
    done = at = start
    while match := _ODD.search(text, at, end):
        new = _replacement(match)
        if new is None:
            at = match.start() + 1
            continue
        builder.copy(done, match.start())
        builder.replace(match.start(), match.end(), new)
        done = at = match.end()
    builder.copy(done, end)


def _replacement(match: re.Match[str]) -> str | None:
    """What stands for an odd stretch: the empty string where it is left out, None where it is right as it is."""
    old = match[0]
    match match.lastgroup:
        case "mojibake":
            new = _decoded(old)
            return new if new != old else None
        case "blank":
            return " " if _ANY_BLANK.search(old) else ""
        case "ligature":
            return unicodedata.normalize("NFKC", old)
        case "hyphen":
            return "-"
        case "quotes":
            return '"'
        case "dash":
            return " -- "
        case "entity":
            new = html.unescape(old)
            return None if new == old else " " if new.isspace() else new if new.isprintable() else ""
        case "tag":
            return " " if old[1:3].lower() in ("br", "p>", "p ", "li") else ""
    return ""


@lru_cache(maxsize=1_024)
def _decoded(run: str) -> str:
    return fix_encoding(run)
