"""Which names in a folder or archive are articles', and where the metadata of one lies."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from extractor.readers.formats import PACKED, SUFFIXES

#: What goes with an article, and what a run writes beside its records.
_NEVER = re.compile(r".*\.(?:meta|gold)\.json|(?:.*\.)?issues\.jsonl(?:\.gz|\.zst)?", re.IGNORECASE)


def is_article_name(path: PurePath, suffixes: Sequence[str] = SUFFIXES) -> bool:
    """Whether a file found in a folder, in an archive or by a pattern may hold articles, by its name.

    Not what is hidden, by itself or by a folder, the metadata beside an article, or lists of issues.
    """
    if path.suffix.lower() not in suffixes or _NEVER.fullmatch(path.name) or any(map(is_hidden, path.parts)):
        return False
    inner = path.with_suffix("").suffix.lower() if path.suffix.lower() in PACKED else ""
    return not inner or inner in SUFFIXES


def is_hidden(part: str) -> bool:
    """Whether a file or folder of this name is hidden, or holds what a system keeps for itself."""
    return (part.startswith(".") and part.strip(".") != "") or part == "__MACOSX"


def sidecar[P: PurePath](path: P) -> P:
    """The path of the metadata file beside another: without its suffix, and without that of what it is packed in."""
    if path.suffix.lower() in PACKED and path.with_suffix("").suffix:
        path = path.with_suffix("")
    return path.with_name(f"{path.stem}.meta.json")
