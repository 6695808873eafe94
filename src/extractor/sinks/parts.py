"""Outputs that are there whole or not at all: written as parts beside the output, joined when the run is whole."""

import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from extractor.errors import Issue
from extractor.models import ArticleRecord
from extractor.sinks.base import BaseSink, Mode, sync, temporary, writing
from extractor.sinks.journal import Journal

#: A part ends with this many articles or characters: what a run that was killed has to do again at most.
PART_ARTICLES = 100
PART_CHARS = 5_000_000

ISSUES = "issues.jsonl"


class Form(Protocol):
    """How records stand in the files of an output. A part is a folder with files of the same names."""

    names: Sequence[str]

    def resume(self, parts: Sequence[Path]) -> None:
        """Learn from the parts that are there what the form has to know to go on."""

    def begin(self, part: Path) -> None:
        """Begin a part in an empty folder."""

    def write(self, record: ArticleRecord) -> None:
        """Write one article to the part."""

    def issue(self, issue: Issue) -> None:
        """Write one issue to the part, where the form has a place for it."""

    def end(self) -> None:
        """Close the files of the part."""

    def join(self, name: str, parts: Sequence[Path], target: Path) -> None:
        """Write the file `name` of the output from the files of that name in all parts, in order.

        What the parts hold counts, not where each ends: a run that was resumed joins to the same bytes.
        """


class PartsSink(BaseSink):
    """Writes parts to `NAME.partial/`; the output stays as it was until all of them are there and joined.

    With `folder` the output is a folder of the form's files; else it is one file, with what failed in
    `NAME.issues.jsonl` beside it, or no such file where nothing did.
    """

    def __init__(self, path: Path, form: Form, *, folder: bool = False, articles: int = PART_ARTICLES) -> None:
        self.path = path
        self._form = form
        if folder:
            self._files = {name: path / name for name in form.names}
        else:
            self._files = {form.names[0]: path, ISSUES: path.with_name(f"{_stem(path)}.{ISSUES}")}
        self._limit = articles
        self._chars = 0
        self._folder = path.with_name(path.name + ".partial")
        self._private = False
        self._finished: set[str] = set()
        self._parts = 0
        self._articles = 0
        self._keys: list[str | None] = []
        self._issues: list[Issue] = []

    def open(self, mode: Mode = "add") -> None:
        """Make the folder of parts, or go on with the one that lies there. Raises `UnfinishedError` and `SinkError`."""
        self._private = mode == "add"
        if self._private:
            self._folder = temporary(self.path)
        with writing(self.path):
            for file in self._files.values():
                if file.is_dir():
                    raise IsADirectoryError(None, f"{file.name} is a folder")
            self._folder.mkdir(parents=True, exist_ok=True)
            self._journal = Journal(self._folder / "journal.jsonl", self.path, mode)
            self._journal.open()
            if self._joined.is_dir() and mode != "resume":
                self._publish()  # of a run that was whole, and was stopped when its files got their names
                self._journal.clear()
            self._journal.begin()
            for line in self._journal.lines():
                self._parts += 1
                self._finished.update(key for key in line["keys"] if key)
            for found in list(self._folder.iterdir()):
                if found.is_dir() and not (found.name.startswith("part-") and int(found.name[5:]) < self._parts):
                    shutil.rmtree(found)
            self._form.resume([self._part(number) for number in range(self._parts)])
            self._begin_part()

    def has(self, key: str) -> bool:
        """Whether a part that is whole holds it."""
        return key in self._finished

    def write(self, record: ArticleRecord, key: str | None = None) -> None:
        """Write one article to the part in hand."""
        with writing(self.path):
            self._form.write(record)
            self._chars += len(record.article.text)
            self._noted(key)

    def issue(self, issue: Issue, key: str | None = None) -> None:
        """Keep one issue for the part in hand."""
        with writing(self.path):
            self._form.issue(issue)
            self._issues.append(issue)
            self._noted(key)

    def close(self) -> None:
        """Join the parts and give the files their names."""
        with writing(self.path):
            self._end_part()
            self._join()
            self._publish()
            self._journal.close()
            shutil.rmtree(self._folder)

    def suspend(self) -> None:
        """Close the part in hand, so that nothing has to be done again; one that cannot be closed is dropped later.

        A run that wrote nothing leaves nothing.
        """
        with suppress(OSError):
            self._end_part() if self._keys and not self._private else self._form.end()
        if self._private or not self._parts:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._journal.suspend()

    @property
    def _joined(self) -> Path:
        """Where the joined files lie until they have their names: while it is there, the run is whole."""
        return self._folder / "joined"

    def _part(self, number: int) -> Path:
        return self._folder / f"part-{number:06d}"

    def _noted(self, key: str | None) -> None:
        self._keys.append(key)
        if len(self._keys) >= self._limit or self._chars >= PART_CHARS:
            self._end_part()
            self._begin_part()

    def _begin_part(self) -> None:
        self._keys, self._issues, self._chars = [], [], 0
        part = self._part(self._parts)
        part.mkdir()
        self._form.begin(part)

    def _end_part(self) -> None:
        self._form.end()
        part = self._part(self._parts)
        (part / ISSUES).write_text(
            "".join(json.dumps(issue.as_dict(), ensure_ascii=False) + "\n" for issue in self._issues), encoding="utf-8"
        )
        if not self._private:
            for file in part.iterdir():
                sync(file)
            sync(part)
        self._journal.add({"keys": self._keys})
        self._parts += 1

    def _join(self) -> None:
        parts = [self._part(number) for number in range(self._parts)]
        joining = self._folder / "joining"
        joining.mkdir()
        for name in self._files:
            if name == ISSUES:
                concatenate([part / name for part in parts], joining / name)
            else:
                self._form.join(name, parts, joining / name)
            sync(joining / name)
        joining.rename(self._joined)
        sync(self._folder)

    def _publish(self) -> None:
        for name, file in self._files.items():
            joined = self._joined / name
            if not joined.exists():
                continue  # it has its name already
            if name == ISSUES and not joined.stat().st_size:
                file.unlink(missing_ok=True)
                joined.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            joined.replace(file)
        sync(file.parent)
        self._joined.rmdir()


def concatenate(files: Sequence[Path], target: Path) -> None:
    """Write the bytes of all files, one after the other."""
    with target.open("wb") as out:
        for file in files:
            with file.open("rb") as part:
                shutil.copyfileobj(part, out)


def _stem(path: Path) -> str:
    """The name of a file without the suffixes of its form: `a.b.jsonl.gz` is `a.b`."""
    return path.name.removesuffix(path.suffix).removesuffix(".jsonl")
