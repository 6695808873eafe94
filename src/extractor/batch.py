"""One run: what is read goes through the engine to every output, counted and reported."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from extractor.config import ArticleKey
from extractor.errors import ConfigError, InputError, Issue, SinkError
from extractor.interrupt import Interrupt
from extractor.models import Article, ArticleRecord
from extractor.models.ids import article_id
from extractor.models.isodates import days
from extractor.pool import Engine
from extractor.readers import read
from extractor.seen import Seen
from extractor.sinks import Sink
from extractor.sinks.base import Mode

#: What the closing line counts as records: the types the extractor is for.
COUNTED = ("leaders", "events", "figures", "agreements")
#: How a run that was stopped is gone on with.
GO_ON = "the same command with --resume goes on from there"


@dataclass(slots=True)
class Tally:
    """What a run did. `articles` were written, `issues` are articles that failed, `notes` concern written ones.

    `records` counts leaders, events, figures and agreements; `before` are the inputs that every output had from the run
    that was resumed. `stopped` says that the run ended before its inputs did, by `strict` or, if `interrupted`, by Ctrl-C.
    """

    articles: int = 0
    records: int = 0
    issues: int = 0
    notes: int = 0
    before: int = 0
    stopped: bool = False
    interrupted: bool = False

    def add(self, result: ArticleRecord | Issue) -> None:
        """Count one result."""
        if isinstance(result, ArticleRecord):
            self.articles += 1
            self.records += sum(len(getattr(result, field)) for field in COUNTED)
        elif result.level == "error":
            self.issues += 1
        else:
            self.notes += 1

    def __str__(self) -> str:
        parts = [_count(self.articles, "article"), _count(self.records, "record"), _count(self.issues, "issue")]
        if self.notes:
            parts.append(_count(self.notes, "note"))
        if self.before:
            parts.append(f"{self.before:,} done before")
        return ", ".join(parts)


def run_batch(
    items: Iterable[Article | Issue],
    engine: Engine,
    sinks: Sequence[Sink],
    *,
    mode: Mode = "new",
    strict: bool = False,
    report: Callable[[ArticleRecord | Issue], None] = lambda result: None,
) -> Tally:
    """Extract every article, write every result to every output and hand it to `report`.

    The outputs are opened in `mode` here, and closed, or suspended when the run does not come to its end: by an error,
    by an interrupt (Ctrl-C), or, if `strict`, by the first article that failed. An input is extracted only for the
    outputs that do not have it from the run that is resumed. A pipe whose reader has left is left out from then on.
    Raises `UnfinishedError` or `SinkError` when an output cannot be opened or fails, and what the engine raises.
    """
    tally = Tally()
    opened: list[Sink] = []
    try:
        for sink in sinks:
            sink.open(mode)
            opened.append(sink)
        with Interrupt() as interrupt:
            try:
                _run(items, engine, opened, tally, strict, report, interrupt)
            except KeyboardInterrupt:
                tally.stopped = tally.interrupted = True
            if not tally.stopped:
                with suppress(KeyboardInterrupt), interrupt.held():
                    while opened:
                        opened[0].close()
                        opened.pop(0)
                tally.stopped = tally.interrupted = bool(opened)
    except SinkError as error:
        if tally.articles and "--resume" not in error.hint:
            error.hint = f"{error.hint}; {GO_ON}" if error.hint else GO_ON
        raise
    finally:
        for sink in opened:
            with suppress(SinkError):  # what it could not keep is done again
                sink.suspend()
    return tally


@dataclass(slots=True)
class _Order:
    """What an input is wanted for: the outputs that do not have it, its key there, and the article it is nearly."""

    sinks: list[Sink]
    key: str
    near: str | None


def _run(
    items: Iterable[Article | Issue],
    engine: Engine,
    sinks: Sequence[Sink],
    tally: Tally,
    strict: bool,
    report: Callable[[ArticleRecord | Issue], None],
    interrupt: Interrupt,
) -> None:
    listening = list(sinks)
    orders: deque[_Order] = deque()
    with Seen() as seen:
        for results in engine.each(_wanted(items, engine, listening, seen, orders, tally)):
            order = orders.popleft()
            with interrupt.held():
                for i, result in enumerate(results, start=1 - len(results)):
                    result = _linked(result, order.near)
                    # An article is done when its last result is written: only that stands under its key.
                    _write(result, f"{order.key}{i}" if i else order.key, order.sinks, listening)
                    tally.add(result)
                    report(result)
            if strict and tally.issues:
                tally.stopped = True
            if tally.stopped or not listening:
                return


def _wanted(
    items: Iterable[Article | Issue],
    engine: Engine,
    sinks: Sequence[Sink],
    seen: Seen,
    orders: deque[_Order],
    tally: Tally,
) -> Iterator[Article | Issue]:
    """The inputs that an output does not have yet, each with its order. All are looked at, so that a run that is resumed
    finds the near-duplicates that it would have found undisturbed.
    """
    made = engine.provenance.model_dump_json()
    for item in items:
        near = None
        if isinstance(item, Article):
            near = seen.near(article_id(item.text, item.published), item.text)
        key = _key(item, made)
        times = seen.times(key)
        if times > 1:
            key = f"{key}.{times}"
        wanting = [sink for sink in sinks if not sink.has(key)]
        if wanting:
            orders.append(_Order(wanting, key, near))
            yield item
        else:
            tally.before += isinstance(item, Article) or item.level == "error"


def _key(item: Article | Issue, made: str) -> str:
    """What stands for an input in an output: all that was read, and what the records are made with."""
    read = item.model_dump() if isinstance(item, Article) else item.as_dict()
    return sha256(f"{json.dumps(read, default=str)}\n{made}".encode()).hexdigest()[:32]


def _linked(result: ArticleRecord | Issue, near: str | None) -> ArticleRecord | Issue:
    if near is None or isinstance(result, Issue):
        return result
    article = result.article.model_copy(update={"near_duplicate_of": near})
    return result.model_copy(update={"article": article})


def _write(result: ArticleRecord | Issue, key: str, sinks: Sequence[Sink], listening: list[Sink]) -> None:
    for sink in sinks:
        if sink not in listening or sink.has(key):
            continue
        try:
            sink.issue(result, key) if isinstance(result, Issue) else sink.write(result, key)
        except BrokenPipeError:
            listening.remove(sink)


def gather(
    inputs: Sequence[str],
    max_chars: int,
    columns: Mapping[ArticleKey, str] | None = None,
    seconds: float = 300.0,
) -> Iterator[Article | Issue]:
    """Articles and issues of all inputs; one that is not there at all is an issue (E110), so that the rest goes on.

    Raises `InputError` when none of them is there.
    """
    found: list[Iterable[Article | Issue]] = []
    errors = []
    for name in inputs:
        try:
            found.append(read([name], max_chars=max_chars, columns=columns, seconds=seconds))
        except InputError as error:
            errors.append(error)
            found.append([Issue(name, "read", "E110", error.message, error.hint)])
    if errors and len(errors) == len(found):
        raise InputError("; ".join(error.message for error in errors), hint=errors[0].hint)
    return chain.from_iterable(found)


def dated(articles: Iterable[Article | Issue], published: str | None) -> Iterable[Article | Issue]:
    """The articles, with `published` as the date of those that come without one. Raises `ConfigError`."""
    if published is None:
        return articles
    if days(published) is None:
        raise ConfigError(f"{published!r} is not a date", hint="write --published YYYY-MM-DD")
    return (
        item.model_copy(update={"published": published}) if isinstance(item, Article) and not item.published else item
        for item in articles
    )


def limited(articles: Iterable[Article | Issue], limit: int | None) -> Iterator[Article | Issue]:
    """The first `limit` inputs (articles, or issues of those that could not be read); notes are not counted."""
    seen = 0
    for item in articles:
        yield item
        seen += isinstance(item, Article) or item.level == "error"
        if seen == limit:
            return


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
