"""Runs that are killed, interrupted or out of room: gone on with, they end with what an undisturbed run ends with."""

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor, load
from extractor.models.jsonio import to_json
from extractor.readers import read
from recorded_worker import VARIABLE, record

pytestmark = pytest.mark.slow

TESTS = Path(__file__).resolve().parents[1]
RAW = TESTS.parent / "data" / "raw"
OUTPUTS = ("x.jsonl", "x.db", "x/")
KILLS = 20
GERMAN = (
    "Die Ministerin traf am Montag ihren Amtskollegen in der Hauptstadt. Beide unterzeichneten einen Vertrag über den"
    " Ausbau der Häfen, der in den nächsten fünf Jahren Arbeit für viele Menschen bringen soll. Die Opposition kritisierte"
    " die Kosten und verlangte eine Abstimmung im Parlament, bevor das Geld ausgegeben werden kann."
)


def texts(count: int) -> Iterator[str]:
    """Short articles made of paragraphs of the samples, some of them twice and some nearly so."""
    paragraphs = [p for path in sorted(RAW.glob("*.txt")) for p in path.read_text("utf-8").split("\n\n") if len(p) > 80]
    chance = random.Random(count)
    made: list[str] = []
    while len(made) < count:
        text = "\n\n".join(chance.sample(paragraphs, 4))
        if len(made) % 10 == 8:
            text = made[-5]
        elif len(made) % 10 == 9:
            text = made[-7] + "\n\nEditing by the night desk."
        made.append(text)
    yield from made


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A folder with a file of 120 articles, among them some that fail and some with notes, and files that fail.

    Beside it is what the workers of `start` know by heart.
    """
    folder = tmp_path_factory.mktemp("stopped") / "in"
    folder.mkdir()
    with (folder / "batch.jsonl").open("w", encoding="utf-8") as lines:
        for i, text in enumerate(texts(120)):
            if i % 20 == 7:
                text = GERMAN
            elif i % 20 == 13:
                text += "\x00"
            lines.write(json.dumps({"text": text, "id": f"n{i}", "published": "2024-05-06"}) + "\n")
        lines.write("{\n")
    (folder / "empty.txt").touch()
    (folder / "last.txt").write_text("Kenya and Norway signed a deal worth 5 million dollars.", encoding="utf-8")
    with contextlib.chdir(folder.parent):
        record(extractor, read([folder.name]), folder.parent / "recorded")
    return folder


def arguments(batch: Path, out: Path, *more: str) -> list[str]:
    """A run into three outputs."""
    outputs = [part for name in OUTPUTS for part in ("-o", f"{out.name}/{name}")]
    return ["run", batch.name, *outputs, *more]


def run(batch: Path, out: Path, *more: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """A run with the real workers."""
    command = [sys.executable, "-m", "extractor", *arguments(batch, out, *more)]
    done = subprocess.run(
        command, cwd=batch.parent, env=env(**settings), capture_output=True, text=True, timeout=900, check=False
    )
    assert "Traceback" not in done.stderr
    return done


def start(batch: Path, out: Path, *more: str) -> "subprocess.Popen[str]":
    """Begin a run with workers that start fast."""
    command = [sys.executable, "-c", "import recorded_worker; recorded_worker.command_line()"]
    return subprocess.Popen(
        [*command, *arguments(batch, out, *more)],
        cwd=batch.parent,
        env=fast(batch),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(batch: Path, out: Path) -> None:
    """Go on with a run to its end."""
    process = start(batch, out, "--resume")
    _, said = process.communicate(timeout=300)
    assert process.returncode in (0, 1), said


def fast(batch: Path) -> dict[str, str]:
    """The environment in which workers start fast."""
    path = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
    return {**env(), "PYTHONPATH": path, VARIABLE: str(batch.parent / "recorded")}


def env(**settings: str) -> dict[str, str]:
    small = {"EXTRACTOR_BATCH_CHARS": "6000"}
    return {**os.environ, **small, **{f"EXTRACTOR_{name.upper()}": value for name, value in settings.items()}}


def content(out: Path) -> dict[str, Any]:
    """All that three outputs hold: the bytes of the files, the rows of the tables."""
    found: dict[str, Any] = {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*.json*") if p.is_file()}
    with closing(sqlite3.connect(out / "x.db")) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if not table.startswith("articles_search"):
                found[table] = sorted(map(repr, db.execute(f'SELECT * FROM "{table}"')))
        [found["search"]] = db.execute("SELECT count(*) FROM articles_search WHERE articles_search MATCH 'energy'")
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not [path for path in out.rglob("*") if "partial" in path.name or "journal" in path.name]
    return found


@pytest.fixture(scope="module")
def whole(batch: Path) -> dict[str, Any]:
    """What an undisturbed run ends with."""
    out = batch.parent / "whole"
    done = run(batch, out, "-j", "1")
    assert done.returncode == 1, done.stderr
    assert ", 8 issues, " in done.stderr
    return content(out)


def workers(parent: int) -> list[int]:
    """The processes that a run started and that still run."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        state, ppid = stat(process.name)
        if ppid == parent and state != "Z":
            found.append(int(process.name))
    return found


def alive(pid: int) -> bool:
    """Whether a process runs: a dead one that nobody has waited for does not."""
    return stat(pid)[0] not in ("", "Z")


def stat(pid: int | str) -> tuple[str, int]:
    """State of a process and the process that started it."""
    try:
        state, parent, *_ = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "", 0
    return state, int(parent)


def test_any_number_of_workers_gives_the_same_bytes(batch: Path, whole: dict[str, Any]) -> None:
    for jobs, chars in (("0", "50000"), ("3", "2000"), ("2", "30000")):
        out = batch.parent / f"jobs-{jobs}"
        run(batch, out, "-j", jobs, batch_chars=chars)
        assert content(out) == whole, jobs
    again = run(batch, batch.parent / "jobs-2")
    assert again.returncode == 1
    assert content(batch.parent / "jobs-2") == whole


def stopped(batch: Path, out: Path, stop: Callable[["subprocess.Popen[str]"], None], times: int) -> int:
    """Stop a run again and again, each time a little later, and go on with it. How often it could be stopped."""
    chance = random.Random(times)
    stops = 0
    files = out / "x"
    while stops < times:
        before = len(list(files.glob("*.json")))
        process = start(batch, out, "-j", "2", "--resume")
        wanted = before + chance.randrange(0, 8)
        while process.poll() is None and not (workers(process.pid) and len(list(files.glob("*.json"))) >= wanted):
            time.sleep(0.005)
        time.sleep(chance.random() * (0.05 if wanted > before else 2))
        running = workers(process.pid)
        if process.poll() is None:
            stop(process)
            stops += 1
        _, said = process.communicate(timeout=120)
        assert "Traceback" not in said
        end = time.monotonic() + 20
        while any(alive(pid) for pid in running):
            assert time.monotonic() < end, "a worker outlived its run"
            time.sleep(0.05)
        if process.returncode == 1:
            break
    return stops


def test_the_run_is_killed_at_any_moment(batch: Path, whole: dict[str, Any]) -> None:
    stops = rounds = 0
    while stops < KILLS:
        out = batch.parent / f"killed-{rounds}"
        out.mkdir()
        stops += stopped(batch, out, lambda process: process.kill(), KILLS - stops)
        finish(batch, out)
        assert content(out) == whole
        rounds += 1


def test_a_run_is_interrupted(batch: Path, whole: dict[str, Any]) -> None:
    def interrupt(process: "subprocess.Popen[str]") -> None:
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130, said
        assert "interrupted" in said.splitlines()[-1]

    out = batch.parent / "interrupted"
    out.mkdir()
    stopped(batch, out, interrupt, 6)
    finish(batch, out)
    assert content(out) == whole


def test_workers_are_killed_at_any_moment(batch: Path, whole: dict[str, Any]) -> None:
    chance = random.Random(1)
    kills = rounds = 0
    while kills < KILLS:
        out = batch.parent / f"workers-{rounds}"
        process = start(batch, out, "-j", "2")
        ends: dict[int, float] = {}
        while process.poll() is None:
            time.sleep(0.03)
            for pid in workers(process.pid):
                # Some are killed while they start, but not so many that the run gives up.
                end = ends.setdefault(pid, time.monotonic() + chance.uniform(0.2, 5))
                if time.monotonic() > end and kills < KILLS:
                    os.kill(pid, signal.SIGKILL)
                    kills += 1
        _, said = process.communicate()
        assert process.returncode == 1, said
        assert content(out) == whole
        rounds += 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB. Only root may have one; CI runs as root."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode:
        assert "CI" not in os.environ, mounted.stderr
        pytest.skip(f"no file system can be mounted: {mounted.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("name", ["x.jsonl", "x.db", "x/", "x.jsonl.gz"])
def test_the_disk_is_full(batch: Path, small_disk: Path, name: str) -> None:
    target = small_disk / name

    def into(out: Path, *inputs: str) -> "subprocess.CompletedProcess[str]":
        program = [sys.executable, "-c", "import recorded_worker; recorded_worker.command_line()", "run", "-q"]
        return subprocess.run(
            [*program, *inputs, "-o", f"{out}{'/' if name.endswith('/') else ''}"],
            cwd=batch.parent,
            env=fast(batch),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    assert into(target, "in/last.txt").returncode == 0
    earlier = held(target)
    assert earlier

    ballast = small_disk / "ballast"
    disk = os.statvfs(small_disk)
    ballast.write_bytes(b"x" * (disk.f_bavail * disk.f_frsize - 300_000))
    full = into(target, "in")
    assert full.returncode == 3, full.stderr
    line = full.stderr.splitlines()[-1]
    assert line.startswith(f"extractor: E004 {target}")
    assert "No space left" in line or "disk is full" in line or "disk I/O" in line
    assert "Traceback" not in full.stderr
    assert set(earlier) <= set(held(target))

    ballast.unlink()
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    went_on = into(target, "in", "--resume")
    assert went_on.returncode in (0, 1), went_on.stderr
    undisturbed = batch.parent / f"whole-{name}"
    assert into(undisturbed, "in").returncode == 1
    assert sorted(held(target)) == sorted(held(undisturbed))


def held(target: Path) -> list[str]:
    """The records that an output holds."""
    return [to_json(record) for record in load(target)]
