"""The pool: everything comes back, in order, whatever happens to the workers."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor import Article, ExtractorError, Issue, Settings
from extractor.errors import ModelError, WorkerError
from extractor.pool import _WINDOW, Pool, cores, open_engine
from fake_worker import PROGRAM

Made = Callable[..., Pool]


@pytest.fixture
def made() -> Iterator[Made]:
    """Makes entered pools of fake workers, a batch for each article unless told otherwise."""
    pools = []

    def make(jobs: int = 2, **settings: Any) -> Pool:
        given = {"batch_chars": 1, "timeout": 60, **settings}
        pool = Pool(Settings(jobs=jobs, **given), program=PROGRAM)
        pools.append(pool.__enter__())
        return pool

    yield make
    for pool in pools:
        pool.__exit__(None, None, None)


def articles(*texts: str) -> list[Article]:
    return [Article(text=text, source=f"{i}.txt") for i, text in enumerate(texts)]


def final(results: list[Any]) -> tuple[str, str, str]:
    return results[-1].source, results[-1].code, results[-1].message


def pids(found: list[list[Any]]) -> set[str]:
    return {results[0].message for results in found if len(results) == 2}


@pytest.mark.parametrize(("jobs", "batch_chars"), [(1, 60), (3, 1)])
def test_results_come_in_order(made: Made, jobs: int, batch_chars: int) -> None:
    chance = random.Random(jobs)
    items: list[Any] = list(articles(*(f"sleep {chance.random() / 50:.4f}" for _ in range(30))))
    items.insert(3, Issue("x", "read", "E103", "binary"))
    items.append(Issue("y", "read", "E103", "binary"))
    found = list(made(jobs, batch_chars=batch_chars).each(items))
    assert [results[-1].source for results in found] == [item.source for item in items]
    assert found[3] == [items[3]]
    assert len(pids(found)) <= jobs


def test_no_more_workers_than_batches(made: Made) -> None:
    pool = made(4, batch_chars=1000)
    assert pool.provenance.extractor == "1"
    assert len(list(pool.each(articles("a", "b", "c")))) == 3
    assert len(pool._workers) == 1


def test_a_worker_is_replaced_after_much_work(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.pool._LIFE", 4)
    found = list(made(1).each(articles("ab", "cd", "ef", "gh", "ij")))
    assert [final(results)[2] for results in found] == ["ab", "cd", "ef", "gh", "ij"]
    assert len(pids(found)) == 3


def test_nothing_to_do(made: Made) -> None:
    issue = Issue("x", "read", "E103", "binary")
    pool = made(1)
    assert list(pool.each([])) == []
    assert list(pool.each([issue])) == [[issue]]


def test_all_workers_end_with_the_pool(made: Made) -> None:
    with made() as pool:
        found = list(pool.each(articles(*["sleep 0.2"] * 6)))
        assert len(pids(found)) == 2
    for pid in pids(found):
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


@pytest.mark.parametrize(("hang", "batch_chars"), [("sleep 1000", 1), ("spin", 1000)])
def test_a_hung_article_is_an_issue(made: Made, hang: str, batch_chars: int) -> None:
    started = time.monotonic()
    found = list(made(timeout=0.5, batch_chars=batch_chars).each(articles("a", hang, "b", "c")))
    assert [final(results) for results in found] == [
        ("0.txt", "E202", "a"),
        ("1.txt", "E203", "the article took longer than 0.5 s"),
        ("2.txt", "E202", "b"),
        ("3.txt", "E202", "c"),
    ]
    assert time.monotonic() - started < 20
    [issue] = found[1]
    assert isinstance(issue, Issue)
    assert issue.article_id is not None


def test_the_time_limit_is_for_an_article_not_for_a_batch(made: Made) -> None:
    found = list(made(1, timeout=0.6, batch_chars=1000).each(articles(*["sleep 0.25"] * 6)))
    assert {results[-1].code for results in found if isinstance(results[-1], Issue)} == {"E202"}
    assert len(pids(found)) == 1


def test_an_article_that_kills_its_worker_is_an_issue(made: Made) -> None:
    found = list(made(1, batch_chars=1000).each(articles("a", "b", "die", "c")))
    died = "the worker process died 3 times over this article (killed by SIGKILL)"
    assert [final(results)[1:] for results in found] == [("E202", "a"), ("E202", "b"), ("E204", died), ("E202", "c")]


@pytest.mark.parametrize("batch_chars", [1, 1000])
def test_a_worker_that_dies_once_costs_nothing(made: Made, tmp_path: Path, batch_chars: int) -> None:
    texts = ["a", f"die-once {tmp_path / 'died'}", "b"]
    found = list(made(1, batch_chars=batch_chars).each(articles(*texts)))
    assert [final(results)[2] for results in found] == texts
    assert (tmp_path / "died").exists()


@pytest.mark.slow
def test_workers_killed_at_any_moment(made: Made) -> None:
    # Answers larger than what a connection holds: some of the kills come half-way through one.
    texts = [f"{i} " + "x" * 500_000 for i in range(60)]
    pool = made(2, batch_chars=1_000_000)
    chance = random.Random(1)
    over = threading.Event()
    kills = 0

    def kill() -> None:
        nonlocal kills
        while not over.wait(0.15 + chance.random() / 5):
            workers = [worker for worker in pool._workers if worker.ready]
            if workers and kills < 20:
                os.kill(chance.choice(workers).process.pid, signal.SIGKILL)
                kills += 1

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        found = []
        for results in pool.each(articles(*texts)):
            found.append(final(results)[2])
            time.sleep(0.05)
    finally:
        over.set()
        killer.join()
    assert found == texts
    assert kills > 5


def test_workers_that_do_not_begin(made: Made) -> None:
    with pytest.raises(WorkerError, match=r"exit code 7.*-j 0"):
        _ = made(model="broken").provenance


def test_what_stops_an_engine_stops_the_run(made: Made) -> None:
    with pytest.raises(ModelError, match=r"no such model \(install it\)"):
        list(made(1, model="missing").each(articles("a")))
    found = made(1).each(articles("a", "model", "b"))
    assert final(next(found))[2] == "a"
    with pytest.raises(ExtractorError, match=r"gone \(install it\)"):
        next(found)


def test_no_more_is_read_ahead_than_the_window(made: Made) -> None:
    read = 0

    def endless() -> Iterator[Article]:
        nonlocal read
        while True:
            read += 1
            yield Article(text="sleep 2" if read == 1 else "a")

    found = made(2).each(endless())
    next(found)
    assert 2 * _WINDOW <= read <= 2 * _WINDOW + 2


ORPHANS = """
import sys
from fake_worker import PROGRAM
from extractor import Article, Settings
from extractor.pool import Pool

with Pool(Settings(jobs=3, batch_chars=1), program=PROGRAM) as pool:
    found = pool.each([Article(text=text) for text in ("a", "spin", "sleep 1000", "spin", "a")])
    next(found)
    while sum(worker.ready for worker in pool._workers) < 3:
        pool._listen(0.1)
        pool._hand_out()
    print(*(worker.process.pid for worker in pool._workers), flush=True)
    next(found)
"""


def test_workers_die_with_the_run(tmp_path: Path) -> None:
    tests = Path(__file__).resolve().parents[1]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tests), os.environ.get("PYTHONPATH", "")])}
    run = subprocess.Popen([sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, env=env, text=True)
    assert run.stdout is not None
    workers = [int(pid) for pid in run.stdout.readline().split()]
    assert len(workers) == 3
    assert all(alive(pid) for pid in workers)
    run.kill()
    run.communicate()
    end = time.monotonic() + 10
    while any(alive(pid) for pid in workers):
        assert time.monotonic() < end, "a worker outlived its run"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether a process runs: a dead one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_an_engine_in_this_process() -> None:
    from extractor import Extractor

    with open_engine(Settings(jobs=0)) as engine:
        assert isinstance(engine, Extractor)
    assert cores() >= 1
