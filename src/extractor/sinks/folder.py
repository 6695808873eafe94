"""A folder of JSON files, one for each article, and `issues.jsonl` for what failed."""

import json
import re
from collections import Counter
from pathlib import Path

from extractor.errors import Issue
from extractor.models import ArticleRecord
from extractor.models.jsonio import to_json
from extractor.sinks.base import BaseSink, Mode, write_whole, writing

ISSUES = "issues.jsonl"

#: Suffixes that wrap another: `crawl.warc.gz` has the stem `crawl`.
_WRAPPERS = frozenset({".gz", ".bz2", ".xz", ".zst"})
#: File systems allow 255 bytes; what is appended to a stem needs some of them.
_STEM_BYTES = 200


class FolderSink(BaseSink):
    """Writes `STEM.json` for each article, indented. Running again replaces the files of the same articles."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._taken: set[str] = set()
        self._members: Counter[str] = Counter()
        self._issues: list[Issue] = []

    def open(self, mode: Mode = "add") -> None:
        """Make the folder."""
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)

    def write(self, record: ArticleRecord, key: str | None = None) -> None:
        """Write the file of one article."""
        target = self.path / f"{self._name(record)}.json"
        with writing(target):
            write_whole(target, to_json(record, indent=2) + "\n")

    def issue(self, issue: Issue, key: str | None = None) -> None:
        """Keep an issue for `issues.jsonl`."""
        self._issues.append(issue)

    def close(self) -> None:
        """Write `issues.jsonl`, or remove one of an earlier run when there is nothing to say."""
        target = self.path / ISSUES
        with writing(target):
            if self._issues:
                write_whole(target, "".join(json.dumps(i.as_dict(), ensure_ascii=False) + "\n" for i in self._issues))
            else:
                target.unlink(missing_ok=True)

    def _name(self, record: ArticleRecord) -> str:
        container, _, member = record.article.source.partition("#")
        stem = _stem(container)
        if member:
            self._members[container] += 1
            stem += f"-{member if member.isdecimal() else self._members[container]}"
        name, count = stem, 1
        while name.casefold() in self._taken:
            suffix = record.article.id.removeprefix("a-")[:8]
            name = f"{stem}-{suffix}" if count == 1 else f"{stem}-{suffix}-{count}"
            count += 1
        self._taken.add(name.casefold())
        return name


def _stem(source: str) -> str:
    path = Path(source.rstrip("/"))
    if path.suffix.lower() in _WRAPPERS:
        path = path.with_suffix("")
    stem = re.sub(r"[^\w.\- ]", "_", path.stem).strip(". ")
    return stem.encode()[:_STEM_BYTES].decode(errors="ignore") or "article"
