"""What every output is: opened, given records and issues one by one, and closed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from extractor.errors import Issue, SinkError
from extractor.models import ArticleRecord


class Sink(Protocol):
    """One output. As a context manager it is opened on entry; on exit it is closed, or aborted after an error."""

    def open(self) -> None:
        """Get ready to write. Raises `SinkError` when the output cannot be written."""

    def write(self, record: ArticleRecord) -> None:
        """Write one article's records. Raises `SinkError`."""

    def issue(self, issue: Issue) -> None:
        """Note one issue."""

    def close(self) -> None:
        """Finish: what was written stands at its name."""

    def abort(self) -> None:
        """Give up: leave no half-written file behind."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class BaseSink:
    """The context manager that all outputs share."""

    def open(self) -> None:
        """See `Sink.open`."""

    def close(self) -> None:
        """See `Sink.close`."""

    def abort(self) -> None:
        """See `Sink.abort`."""

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or issubclass(kind, KeyboardInterrupt):
            self.close()
        else:
            self.abort()


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


def write_whole(target: Path, text: str) -> None:
    """Write a file so that its name never holds half of it."""
    part = temporary(target)
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
