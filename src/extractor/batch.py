"""One run: what the engine yields goes to every output, counted and reported."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from extractor.errors import ConfigError, InputError, Issue
from extractor.models import Article, ArticleRecord
from extractor.models.isodates import days
from extractor.readers import read
from extractor.sinks import Sink

#: What the closing line counts as records: the types the extractor is for.
COUNTED = ("leaders", "events", "figures", "agreements")


@dataclass(slots=True)
class Tally:
    """What a run did. `articles` were written, `issues` are articles that failed, `notes` concern written ones.

    `records` counts leaders, events, figures and agreements.
    """

    articles: int = 0
    records: int = 0
    issues: int = 0
    notes: int = 0
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
        return ", ".join(parts)


def run_batch(
    results: Iterable[ArticleRecord | Issue],
    sinks: Sequence[Sink],
    *,
    strict: bool = False,
    report: Callable[[ArticleRecord | Issue], None] = lambda result: None,
) -> Tally:
    """Write every result to every (open) sink and hand it to `report`. `strict` stops at the first article that failed.

    A pipe whose reader has left is left out from then on. An interrupt (Ctrl-C) ends the run tidily: what was written
    stays. Raises `SinkError` when an output fails.
    """
    tally = Tally()
    listening = list(sinks)
    try:
        for result in results:
            for sink in tuple(listening):
                try:
                    sink.issue(result) if isinstance(result, Issue) else sink.write(result)
                except BrokenPipeError:
                    listening.remove(sink)
            tally.add(result)
            report(result)
            if (strict and tally.issues) or not listening:
                break
    except KeyboardInterrupt:
        tally.interrupted = True
    return tally


def gather(inputs: Sequence[str], max_chars: int) -> Iterator[Article | Issue]:
    """Articles and issues of all inputs; one that is not there at all is an issue (E110), so that the rest goes on.

    Raises `InputError` when none of them is there.
    """
    found: list[Iterable[Article | Issue]] = []
    errors = []
    for name in inputs:
        try:
            found.append(read([name], max_chars=max_chars))
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
