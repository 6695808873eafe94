"""Runs: what reaches the outputs, under which keys, and what is done again when a run is resumed."""

import os
import signal
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from extractor import Article, ArticleRecord, Extractor, Issue
from extractor.batch import Tally, dated, gather, limited, run_batch
from extractor.errors import ConfigError, InputError, SinkError
from extractor.interrupt import Interrupt
from extractor.models import Provenance
from extractor.sinks.base import BaseSink, Mode

STORY = (
    "The presidents of Peru and Chile met in Lima on Monday and signed a deal on trade worth 5 million dollars."
    " They said that the ports of both countries would be open to the goods of the other from next year."
)


class Echo:
    """An engine that answers each article with a note and an issue, unless it is told otherwise."""

    def __init__(self, version: str = "1") -> None:
        self.provenance = Provenance(extractor=version, model="m", rules="r", settings={})
        self.read: list[str] = []

    def each(self, items: Iterable[Article | Issue]) -> Iterator[list[ArticleRecord | Issue]]:
        for item in items:
            if isinstance(item, Issue):
                yield [item]
                continue
            self.read.append(item.source)
            note = Issue(item.source, "read", "N101", "odd", level="note")
            yield [note, Issue(item.source, "extract", "E202", item.text)]


class Kept(BaseSink):
    """An output in memory, and what came to it."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.records: list[ArticleRecord] = []
        self.calls: list[str] = []
        self.fail_at = 0
        self.error: type[Exception] = SinkError

    def open(self, mode: Mode = "add") -> None:
        self.calls.append(mode)

    def has(self, key: str) -> bool:
        return key in self.keys

    def write(self, record: ArticleRecord, key: str | None = None) -> None:
        self._keep(record.article.source, key)
        self.records.append(record)

    def issue(self, issue: Issue, key: str | None = None) -> None:
        self._keep(f"{issue.code} {issue.source}", key)

    def _keep(self, what: str, key: str | None) -> None:
        assert key is not None
        assert key not in self.keys
        if self.fail_at and len(self.keys) + 1 == self.fail_at:
            raise self.error("full")
        self.keys[key] = what

    def close(self) -> None:
        self.calls.append("close")

    def suspend(self) -> None:
        self.calls.append("suspend")


def articles(count: int = 3) -> list[Article]:
    return [Article(text=f"Text {i}", source=f"{i}.txt") for i in range(count)]


def test_every_result_has_a_key_of_its_own() -> None:
    sink = Kept()
    issue = Issue("x", "read", "E103", "binary")
    tally = run_batch([articles()[0], issue, articles()[0], issue, articles()[1]], Echo(), [sink])
    assert list(sink.keys.values()) == [
        "N101 0.txt",
        "E202 0.txt",
        "E103 x",
        "N101 0.txt",
        "E202 0.txt",
        "E103 x",
        "N101 1.txt",
        "E202 1.txt",
    ]
    assert sink.calls == ["new", "close"]
    assert (tally.issues, tally.notes, tally.stopped) == (5, 3, False)


@pytest.mark.parametrize("fail_at", range(1, 7))
def test_what_an_output_has_is_not_done_again(fail_at: int) -> None:
    whole, sink = Kept(), Kept()
    items = [*articles(2), articles()[0]]
    run_batch(items, Echo(), [whole])
    sink.fail_at = fail_at
    with pytest.raises(SinkError) as caught:
        run_batch(items, Echo(), [sink])
    assert sink.calls == ["new", "suspend"]
    assert str(caught.value) == "full"
    sink.fail_at = 0
    engine = Echo()
    tally = run_batch(items, engine, [sink], mode="resume")
    assert sink.keys == whole.keys
    assert sink.calls[2:] == ["resume", "close"]
    assert tally.before == 3 - len(engine.read)
    assert len(engine.read) == 3 - (fail_at - 1) // 2


def test_an_input_is_done_for_the_output_that_lacks_it() -> None:
    one, two = Kept(), Kept()
    run_batch(articles(), Echo(), [one])
    run_batch(articles(), Echo(), [one, two], mode="resume")
    assert one.keys == two.keys


@pytest.mark.parametrize("change", [{"text": "x"}, {"source": "x"}, {"title": "x"}, {"external_id": "x"}])
def test_another_input_has_another_key(change: dict[str, str]) -> None:
    sink = Kept()
    run_batch([articles()[0], articles()[0].model_copy(update=change)], Echo(), [sink])
    assert not any(key.endswith(".2") for key in sink.keys)


def test_another_program_has_another_key() -> None:
    one, two = Kept(), Kept()
    run_batch(articles(), Echo("1"), [one])
    run_batch(articles(), Echo("2"), [two])
    assert not set(one.keys) & set(two.keys)


def test_strict_stops_at_the_first_failure() -> None:
    sink = Kept()
    tally = run_batch(articles(), Echo(), [sink], strict=True)
    assert len(sink.keys) == 2
    assert (tally.stopped, tally.interrupted) == (True, False)
    assert sink.calls == ["new", "suspend"]


def test_a_failure_says_how_to_go_on(extractor: Extractor) -> None:
    sink = Kept()
    sink.fail_at = 2
    with pytest.raises(SinkError, match="--resume"):
        run_batch([Article(text=STORY), Article(text="Peru met Chile.")], extractor, [sink])


def test_an_output_that_does_not_open_suspends_the_others() -> None:
    class Shut(Kept):
        def open(self, mode: Mode = "add") -> None:
            raise SinkError("shut")

    sink, shut = Kept(), Shut()
    with pytest.raises(SinkError):
        run_batch(articles(), Echo(), [sink, shut])
    assert sink.calls == ["new", "suspend"]
    assert shut.calls == []


def test_a_pipe_that_broke_is_left_out() -> None:
    broken, kept = Kept(), Kept()
    broken.fail_at, broken.error = 1, BrokenPipeError
    assert run_batch(articles(), Echo(), [broken, kept]).issues == 3
    assert len(kept.keys) == 6
    other = Kept()
    other.fail_at, other.error = 1, BrokenPipeError
    assert run_batch(articles(), Echo(), [other]).issues == 1


def test_an_interrupt_lets_the_article_in_hand_be_written() -> None:
    class Interrupting(Kept):
        def issue(self, issue: Issue, key: str | None = None) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            super().issue(issue, key)

    sink = Interrupting()
    tally = run_batch(articles(), Echo(), [sink])
    # The second one, during the same article, is not held back.
    assert list(sink.keys.values()) == ["N101 0.txt"]
    assert (tally.stopped, tally.interrupted) == (True, True)
    assert sink.calls == ["new", "suspend"]


def test_an_interrupt_is_held_back_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    done = []

    def ask() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        done.append("held")

    with Interrupt() as interrupt:
        with pytest.raises(KeyboardInterrupt), interrupt.held():
            ask()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        with interrupt.held():
            done.append("free")
    assert done == ["held", "free"]
    assert signal.getsignal(signal.SIGINT) is before


def test_near_duplicates_are_linked(extractor: Extractor) -> None:
    other = "Kenya and Norway agreed to work together on clean energy, ministers of both countries said in Nairobi on Friday."
    edited = STORY.replace("Monday", "Tuesday")
    items = [Article(text=text, source=f"{i}.txt") for i, text in enumerate((STORY, other, edited, STORY, edited))]
    items.append(items[0].model_copy(update={"published": "2024-05-06", "source": "5.txt"}))
    sink = Kept()
    run_batch(items, extractor, [sink])
    first = sink.records[0].article.id
    assert [record.article.near_duplicate_of for record in sink.records] == [None, None, first, None, first, first]
    assert ArticleRecord.model_validate(sink.records[2].model_dump()) == sink.records[2]

    # What was done before is known to a run that is resumed.
    late = Kept()
    late.keys = dict(list(sink.keys.items())[:2])
    run_batch(items, extractor, [late], mode="resume")
    assert late.records == sink.records[2:]


def test_counting() -> None:
    tally = Tally()
    assert str(tally) == "0 articles, 0 records, 0 issues"
    tally.add(Issue("x", "read", "E101", "empty"))
    tally.add(Issue("x", "read", "N101", "odd", level="note"))
    assert str(tally) == "0 articles, 0 records, 1 issue, 1 note"
    assert str(Tally(articles=1, records=1234)) == "1 article, 1,234 records, 0 issues"


def test_the_limit_does_not_count_notes() -> None:
    note = Issue("x", "read", "N101", "odd", level="note")
    first, second, third = articles()
    assert list(limited([note, first, second, third], 2)) == [note, first, second]
    assert len(list(limited(articles(), None))) == 3


def test_a_date_for_those_without() -> None:
    items = [Article(text="a"), Article(text="b", published="2024"), Issue("x", "read", "E101", "empty")]
    assert [getattr(i, "published", None) for i in dated(items, "2025-01")] == ["2025-01", "2024", None]
    assert dated(items, None) is items
    with pytest.raises(ConfigError):
        dated(items, "01/02/2025")


def test_inputs_that_are_not_there(tmp_path: Any) -> None:
    (tmp_path / "a.txt").write_text("Peru met Chile.")
    article, issue = gather([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], 100)
    assert isinstance(article, Article)
    assert isinstance(issue, Issue)
    assert issue.code == "E110"
    with pytest.raises(InputError, match=r"b\.txt.*c\.txt"):
        gather([str(tmp_path / "b.txt"), str(tmp_path / "c.txt")], 100)
