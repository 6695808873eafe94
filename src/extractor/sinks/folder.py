"""A folder of JSON files, one for each article, and `issues.jsonl` for what failed."""

import json
import re
from collections import Counter
from pathlib import Path

from extractor.errors import Issue
from extractor.models import ArticleRecord
from extractor.models.jsonio import to_json
from extractor.sinks.base import BaseSink, Mode, write_whole, writing
from extractor.sinks.journal import Journal
from extractor.sinks.parts import ISSUES

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
        self._finished: set[str] = set()

    def open(self, mode: Mode = "add") -> None:
        """Make the folder, or go on with the run that lies there. Raises `UnfinishedError` and `SinkError`."""
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            self._journal = Journal(self.path / ".journal.jsonl", self.path, mode)
            self._journal.open()
            self._journal.begin()
            for torn in self.path.glob(".*.json.*.tmp"):  # what a run that was killed was writing
                torn.unlink()
            for line in self._journal.lines():
                if "name" in line:
                    if not (self.path / f"{line['name']}.json").exists():
                        continue  # noted, but lost with the machine
                    self._stem(line["source"])
                    self._taken.add(line["name"].casefold())
                if line["key"]:
                    self._finished.add(line["key"])

    def has(self, key: str) -> bool:
        """Whether the file, or the issue, of this key is there."""
        return key in self._finished

    def write(self, record: ArticleRecord, key: str | None = None) -> None:
        """Write the file of one article."""
        name = self._name(record)
        target = self.path / f"{name}.json"
        with writing(target):
            write_whole(target, (to_json(record, indent=2), "\n"))
            self._journal.add({"key": key, "source": record.article.source, "name": name})

    def issue(self, issue: Issue, key: str | None = None) -> None:
        """Note an issue for `issues.jsonl`."""
        with writing(self.path):
            self._journal.add({"key": key, "issue": issue.as_dict()})

    def close(self) -> None:
        """Write `issues.jsonl`, or remove one of an earlier run when there is nothing to say."""
        target = self.path / ISSUES
        with writing(target):
            issues = (line["issue"] for line in self._journal.lines() if "issue" in line)
            write_whole(target, (json.dumps(issue, ensure_ascii=False) + "\n" for issue in issues))
            if not target.stat().st_size:
                target.unlink()
            self._journal.close()

    def suspend(self) -> None:
        """Leave what is there to a later run."""
        self._journal.suspend()

    def _name(self, record: ArticleRecord) -> str:
        name = stem = self._stem(record.article.source)
        count = 1
        while name.casefold() in self._taken:
            suffix = record.article.id.removeprefix("a-")[:8]
            name = f"{stem}-{suffix}" if count == 1 else f"{stem}-{suffix}-{count}"
            count += 1
        self._taken.add(name.casefold())
        return name

    def _stem(self, source: str) -> str:
        """The name of a file, with the number of the line or member (counted where it has none)."""
        container, _, member = source.partition("#")
        if not member:
            return _stem(container)
        self._members[container] += 1
        return f"{_stem(container)}-{member if member.isdecimal() else self._members[container]}"


def _stem(source: str) -> str:
    path = Path(source.rstrip("/"))
    if path.suffix.lower() in _WRAPPERS:
        path = path.with_suffix("")
    stem = re.sub(r"[^\w.\- ]", "_", path.stem).strip(". ")
    return stem.encode()[:_STEM_BYTES].decode(errors="ignore") or "article"
