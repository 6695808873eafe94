"""What every output is: opened, given records and issues one by one, and closed."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self

from extractor.errors import Issue, SinkError
from extractor.models import ArticleRecord

#: How an output is opened. `add`: write into it and keep no note of progress (moving records, a program's own loop).
#: `new`: a run begins; an unfinished run that lies there is an error. `resume`: go on with that run, or begin one where
#: none lies. `fresh`: forget it.
Mode = Literal["add", "new", "resume", "fresh"]


class Sink(Protocol):
    """One output: opened, given records and issues in the order of the inputs, and closed or suspended.

    A run hands each record and issue over with the `key` of its input: what was read, by which program, model, rules and
    settings. The output keeps the keys it holds until the run is closed, as surely as the records themselves, so that a
    run that was stopped at any moment, killed included, can be resumed without writing anything twice or losing it.
    As a context manager it is opened (`add`) on entry; on exit it is closed, or suspended after an error.
    """

    def open(self, mode: Mode = "add") -> None:
        """Get ready to write.

        Raises `UnfinishedError` when a run that did not end lies there and `mode` is `new`; `SinkError` when the output
        cannot be written or another run is writing it.
        """

    def has(self, key: str) -> bool:
        """Whether the unfinished run that is resumed wrote what this key stands for."""

    def write(self, record: ArticleRecord, key: str | None = None) -> None:
        """Write one article's records. Raises `SinkError`."""

    def issue(self, issue: Issue, key: str | None = None) -> None:
        """Note one issue. Raises `SinkError`."""

    def close(self) -> None:
        """Finish: the run is whole, and what was written stands at its name. Raises `SinkError`."""

    def suspend(self) -> None:
        """Stop before the end: what stood at the name before is untouched, and a run can be resumed.

        A run that wrote nothing leaves nothing to resume. Raises nothing: it is called when something failed already.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class BaseSink:
    """The context manager that all outputs share, and an output that keeps no progress."""

    def open(self, mode: Mode = "add") -> None:
        """See `Sink.open`."""

    def has(self, key: str) -> bool:
        """See `Sink.has`."""
        return False

    def close(self) -> None:
        """See `Sink.close`."""

    def suspend(self) -> None:
        """See `Sink.suspend`."""

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.suspend()


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn what the file system refuses into a `SinkError` of one line."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SinkError(
            f"{target} cannot be written: {error.strerror or error}", hint="choose another output with -o"
        ) from error


def temporary(target: Path) -> Path:
    """The name under which a file is written before it is renamed to `target`: beside it, hidden, of this process."""
    return target.with_name(f".{target.name[:200]}.{os.getpid()}.tmp")


def sync(path: Path) -> None:
    """Have the system put a file, or the names in a folder, on the disk. Raises `OSError`."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(target: Path, pieces: Iterable[str]) -> None:
    """Write a file so that its name never holds half of it, whatever stops the program or the machine."""
    part = temporary(target)
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
