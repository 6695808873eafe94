"""Worker processes: articles go out to them in batches, records and issues come back in the order of the articles.

Each worker has a connection of its own, so that one that dies, even half-way through an answer, takes nothing from the
others. A worker that dies or overruns the time limit is replaced and what is left of its batch done again one by one:
only an article that fails alone becomes an issue.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from time import monotonic
from types import TracebackType
from typing import Any, Protocol, Self

from extractor.batches import batches
from extractor.config import Settings
from extractor.errors import ExtractorError, Issue, WorkerError
from extractor.models import Article, ArticleRecord, Provenance
from extractor.models.ids import article_id

Item = Article | Issue
Results = list[ArticleRecord | Issue]

#: The program of a worker; `-P` keeps modules that lie in the working folder from being taken for the library's.
WORKER = (sys.executable, "-P", "-m", "extractor.worker")
#: Batches for each worker that may be under way or wait for an earlier one: what bounds the memory of a run.
_WINDOW = 32
#: Characters after which a worker is replaced: spaCy keeps every word it ever saw. Some ten minutes of work.
_LIFE = 20_000_000
#: How often the worker of an article may die before the article is at fault: a system short of memory takes any.
_DEATHS = 3
#: How many workers in a row may die before they begin, until the run gives up.
_STARTS = 5


_ALONE = "extract in one process with -j 0, which shows why"


class Engine(Protocol):
    """What gives the results of articles: an `Extractor` in this process, or a `Pool` of them in others."""

    @property
    def provenance(self) -> Provenance:
        """What the records are made with."""

    def each(self, articles: Iterable[Item]) -> Iterator[Results]:
        """The results of each article, in order: the notes about it and, last, its record or issue."""


@dataclass(slots=True)
class _Task:
    """One article on its way. `answer` is pickled until its turn comes: so it takes the least memory."""

    article: Article
    deaths: int = 0
    answer: bytes | None = None


@dataclass(slots=True, eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    #: Whether it has said that its pipeline is loaded.
    ready: bool = False
    #: What is left of its batch.
    tasks: deque[_Task] = field(default_factory=deque)
    deadline: float = 0.0
    #: Characters that it was given so far.
    chars: int = 0

    def end(self) -> None:
        """Kill the process: it holds nothing that could be lost."""
        self.process.kill()
        self.process.wait()
        self.connection.close()


def open_engine(settings: Settings) -> AbstractContextManager[Engine]:
    """The engine that the settings ask for."""
    if settings.jobs != 0:
        return Pool(settings)
    from extractor.engine import Extractor

    return nullcontext(Extractor(settings))


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class Pool:
    """An engine of several processes. A context manager: the first worker starts on entry, all end on exit.

    Never more workers are started than there are batches.
    """

    def __init__(self, settings: Settings, *, program: Sequence[str] = WORKER) -> None:
        self._settings = settings
        self._jobs = settings.jobs or cores()
        self._program = program
        self._workers: list[_Worker] = []
        self._waiting: deque[list[_Task]] = deque()
        self._stillborn = 0
        self._provenance: Provenance | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    @property
    def provenance(self) -> Provenance:
        """What the records are made with, as a worker says. Raises `ModelError`, `RuleError` or `WorkerError`."""
        while self._provenance is None:
            if not self._workers:
                self._start()
            self._listen(None)
        return self._provenance

    def each(self, articles: Iterable[Item]) -> Iterator[Results]:
        """The results of each article, in order: the notes about it and, last, its record or issue.

        Issues among the articles are handed on where they stood. Articles are taken as workers come free. Raises
        `ModelError`, `RuleError` or `WorkerError`, with which no article could be extracted.
        """
        coming = batches(articles, self._settings.batch_chars)
        open_batches: deque[deque[_Task | Issue]] = deque()
        ended = False
        while True:
            while not ended and len(self._waiting) < self._free and len(open_batches) < _WINDOW * self._jobs:
                batch = next(coming, None)
                if batch is None:
                    ended = True
                    break
                tasks = [_Task(item) if isinstance(item, Article) else item for item in batch]
                open_batches.append(deque(tasks))
                if to_do := [task for task in tasks if isinstance(task, _Task)]:
                    self._waiting.append(to_do)
            self._hand_out()
            while open_batches and not open_batches[0]:
                open_batches.popleft()
            if not open_batches:
                if ended:
                    return
                continue
            task = open_batches[0][0]
            if isinstance(task, Issue):
                open_batches[0].popleft()
                yield [task]
            elif task.answer is not None:
                open_batches[0].popleft()
                yield _answer(task.answer)
                self._listen(0)
            else:
                self._listen(self._time_left())

    @property
    def _free(self) -> int:
        """How many workers have nothing to do, those that could still be started included."""
        return self._jobs - sum(1 for worker in self._workers if worker.tasks)

    def _start(self) -> None:
        ours, theirs = Pipe()
        with theirs:
            handle = theirs.fileno()
            # In a session of its own, so that an interrupt from the keyboard reaches the run alone, which ends tidily.
            process = subprocess.Popen(  # noqa: S603
                [*self._program, str(handle), str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[handle],
                start_new_session=True,
            )
        worker = _Worker(process, ours)
        self._workers.append(worker)
        self._send(worker, self._settings)

    def _hand_out(self) -> None:
        """Give what waits to the workers that are free, and start more for what is left."""
        for worker in self._workers:
            if worker.ready and not worker.tasks and self._waiting:
                worker.tasks.extend(self._waiting.popleft())
                worker.chars += sum(len(task.article.text) for task in worker.tasks)
                worker.deadline = monotonic() + self._settings.timeout
                self._send(worker, [task.article for task in worker.tasks])
        starting = sum(1 for worker in self._workers if not worker.ready)
        for _ in range(min(len(self._waiting) - starting, self._jobs - len(self._workers))):
            self._start()

    def _send(self, worker: _Worker, message: object) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # it died: so its connection says when it is listened to
            worker.connection.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))

    def _time_left(self) -> float | None:
        """Seconds until the next worker is over its time."""
        deadlines = [worker.deadline for worker in self._workers if worker.tasks]
        return max(0.0, min(deadlines) - monotonic()) if deadlines else None

    def _listen(self, seconds: float | None) -> None:
        """Take in what the workers say, at most one message of each, and see to those that died or are over their time."""
        by_connection = {worker.connection: worker for worker in self._workers}
        for connection in wait(by_connection, seconds):
            assert isinstance(connection, Connection)
            worker = by_connection[connection]
            try:
                message = connection.recv_bytes()
            except (EOFError, OSError):
                self._died(worker)
            else:
                self._heard(worker, message)
        now = monotonic()
        for worker in [worker for worker in self._workers if worker.tasks and worker.deadline < now]:
            self._late(worker)

    def _heard(self, worker: _Worker, message: bytes) -> None:
        if worker.ready:
            worker.tasks.popleft().answer = message
            worker.deadline = monotonic() + self._settings.timeout
            if not worker.tasks and worker.chars >= _LIFE:
                self._end(worker)
            return
        worker.ready = True
        self._stillborn = 0
        self._provenance = _answer(message)

    def _died(self, worker: _Worker) -> None:
        with suppress(subprocess.TimeoutExpired):  # one that ends by itself closes its connection just before
            worker.process.wait(1)
        self._end(worker)
        how = _exit(worker.process.returncode)
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn == _STARTS:
                raise WorkerError(f"the worker processes end before they begin ({how})", hint=_ALONE)
        left = []
        for task in worker.tasks:
            task.deaths += 1
            if task.deaths < _DEATHS:
                left.append(task)
            else:
                message = f"the worker process died {task.deaths} times over this article ({how})"
                task.answer = _failed(task.article, "E204", message, "it may take more memory than there is")
        self._again(left)

    def _late(self, worker: _Worker) -> None:
        self._end(worker)
        left = list(worker.tasks)
        if len(left) == 1:
            message = f"the article took longer than {self._settings.timeout:g} s"
            left[0].answer = _failed(left[0].article, "E203", message, "give it more time with --timeout")
        else:
            self._again(left)

    def _again(self, tasks: list[_Task]) -> None:
        self._waiting.extendleft([task] for task in reversed(tasks))

    def _end(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()


def _answer(message: bytes) -> Any:
    """What a worker sent. Raises the error that it ended with."""
    answer = pickle.loads(message)  # noqa: S301
    if isinstance(answer, ExtractorError):
        raise answer
    return answer


def _failed(article: Article, code: str, message: str, hint: str) -> bytes:
    issue = Issue(
        article.source,
        "extract",
        code,
        message,
        hint,
        external_id=article.external_id,
        article_id=article_id(article.text, article.published),
    )
    return pickle.dumps([issue], pickle.HIGHEST_PROTOCOL)


def _exit(code: int) -> str:
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"exit code {code}"
