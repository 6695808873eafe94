"""The journal of a run: what an output holds so far, line by line, so that a run stopped at any moment can go on."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from extractor.errors import UnfinishedError
from extractor.sinks.base import Mode, temporary
from extractor.sinks.lock import RunLock


class Journal:
    """Lines of JSON in a file, held by one run at a time and removed when that run is whole.

    A journal that can be had and holds lines is that of a run which was stopped. In mode `add` it is a private file that
    nobody resumes.
    """

    def __init__(self, path: Path, target: Path, mode: Mode) -> None:
        self.path = temporary(path) if mode == "add" else path
        self._target = target
        self._mode = mode
        self._lock = RunLock(target)
        self._file: BinaryIO | None = None

    def open(self) -> None:
        """Take the lock of the output and open the file. Raises `SinkError` where another run is going on, `OSError`."""
        self._lock.hold()
        try:
            self._file = self.path.open("r+b" if self.path.exists() else "w+b")
            self._drop_torn_line()
        except BaseException:
            self.suspend()
            raise

    def begin(self) -> None:
        """Begin a run. Raises `UnfinishedError` where one that was stopped lies and the mode is `new`."""
        assert self._file is not None
        if self._mode == "new" and self._file.seek(0, os.SEEK_END):
            self.suspend()
            raise UnfinishedError(
                f"a run that did not end lies at {self._target}",
                hint="--resume goes on with it, --fresh forgets it and begins anew",
            )
        if self._mode != "resume":
            self.clear()

    def clear(self) -> None:
        """Forget all lines."""
        assert self._file is not None
        self._file.truncate(0)

    def lines(self) -> Iterator[dict[str, Any]]:
        """What was noted, in order, read from the file: the memory does not grow with the run."""
        if self.path.exists():
            with self.path.open("rb") as lines:
                for line in lines:
                    yield json.loads(line)

    def add(self, line: dict[str, Any]) -> None:
        """Note one thing for good; what it speaks of must be on the disk before. Raises `OSError`."""
        assert self._file is not None
        self._file.seek(0, os.SEEK_END)
        self._file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """The run is whole: forget it."""
        self.path.unlink(missing_ok=True)
        self.suspend()

    def suspend(self) -> None:
        """Leave the file to a later run."""
        if self._file is not None:
            self._file.close()
            self._file = None
            if self._mode == "add":
                self.path.unlink(missing_ok=True)
        self._lock.release()

    def _drop_torn_line(self) -> None:
        """A line that was being written when the disk was full or the machine stopped is none."""
        assert self._file is not None
        whole = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            whole += len(line)
        self._file.truncate(whole)
