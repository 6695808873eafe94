"""The lock of a run on its output, which dies with its process: a live run is told apart from one that was killed."""

from pathlib import Path

from filelock import FileLock, Timeout

from extractor.errors import SinkError


class RunLock:
    """A lock on a hidden file beside the output (`.records.db.lock`), removed when it is released."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._file = target.with_name(f".{target.name[:200]}.lock")
        self._lock = FileLock(self._file)

    def hold(self) -> None:
        """Take the lock. Raises `SinkError` when another run holds it."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise SinkError(
                f"{self._target} is being written by another run", hint="wait for it or choose another output"
            ) from None
        except OSError as error:
            raise SinkError(f"{self._file} cannot be written: {error.strerror or error}") from error

    def release(self) -> None:
        """Give the lock back, when it is held."""
        if self._lock.is_locked:
            self._file.unlink(missing_ok=True)  # while it is held: who waits for the lost file takes a new one
            self._lock.release()
