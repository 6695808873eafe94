"""The other commands, and the program as a process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PROGRAM = [sys.executable, "-c", "from extractor.cli import main; main()"]


def test_version(run: Run) -> None:
    done = run("--version")
    assert done.code == 0
    assert done.out.startswith("extractor ")


@pytest.mark.parametrize("command", [[], ["run"], ["schema"], ["load"], ["verify"], ["doctor"]])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help(run: Run, command: list[str], flag: str) -> None:
    done = run(*command, flag)
    assert done.code == 0
    assert "Usage" in done.out


def test_load(run: Run) -> None:
    Path("a.txt").write_text(
        "Peru's President Ana Sol signed two deals with Chile in Lima on Monday.", encoding="utf-8"
    )
    assert run("run", "a.txt", "-o", "a.jsonl").code == 0
    for target in ("b.csv", "c.parquet", "d.db", "e/", "f.duckdb", "g.jsonl"):
        done = run("load", "a.jsonl", target)
        assert (done.code, done.err) == (0, f"1 article record → {target.rstrip('/')}\n")
    assert Path("g.jsonl").read_bytes() == Path("a.jsonl").read_bytes()
    assert run("load", "b.csv", "d.db", "-").out.splitlines() == Path("a.jsonl").read_text().splitlines() * 2
    assert run("verify", "b.csv", "c.parquet", "d.db", "e", "f.duckdb", "g.jsonl").code == 0


def test_what_cannot_be_loaded_is_said_in_one_line(run: Run) -> None:
    for arguments, says in [
        (["only.jsonl"], "nothing to load, or nowhere to load it to"),
        (["none.jsonl", "out.db"], "none.jsonl does not exist"),
        (["notes.xml", "out.db"], "notes.xml does not exist"),
        (["none.jsonl", "out.xls"], "unknown output suffix '.xls'"),
    ]:
        done = run("load", *arguments)
        assert done.code == 2
        assert len(done.lines) == 1
        assert says in done.err


def test_schema(run: Run) -> None:
    assert json.loads(run("schema").out)["title"] == "ArticleRecord"
    assert json.loads(run("schema", "figure").out)["title"] == "Figure"
    done = run("schema", "nothing")
    assert done.code == 2
    assert "known are article_record, article, leader" in done.err


def test_doctor(run: Run) -> None:
    done = run("doctor")
    assert done.code == 0, done.out
    assert "en_core_web_md" in done.out
    table = run("doctor", "--markdown").out.splitlines()
    assert table[0] == "| what | found | state |"
    assert all(line.count("|") == 4 for line in table)


def test_doctor_names_the_extra_of_an_optional_package(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import PackageNotFoundError, version

    def without_duckdb(name: str) -> str:
        if name == "duckdb":
            raise PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr("extractor.doctor.version", without_duckdb)
    done = run("doctor")
    assert done.code == 0
    assert "not installed (pip install 'extractor[duckdb]')" in done.out


def test_doctor_finds_what_is_broken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("data").touch()
    monkeypatch.setenv("EXTRACTOR_MAX_CHARS", "0")
    done = run("doctor")
    assert done.code == 1
    assert [line.split()[1] for line in done.out.splitlines() if line.startswith("FAIL")] == ["settings", "output"]


def test_verify_finds_nothing_in_what_was_written(run: Run, article: Path) -> None:
    run("run", article, "--published", "2025-05-06")
    run("run", article, "-o", "x.jsonl")
    done = run("verify", "data/out", "data/out/records.db", "x.jsonl")
    assert done.lines == ["3 article records checked, 0 problems"]
    assert done.code == 0


def changed(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    data = json.loads(path.read_text())
    change(data)
    other = path.with_name("copy.json")
    other.write_text(json.dumps(data))
    return other


def shift(data: dict[str, Any]) -> None:
    span = data["leaders"][0]["mentions"][0]
    span["start"] += 1
    span["end"] += 1


def retext(data: dict[str, Any]) -> None:
    data["article"]["text"] += "!"


def rename(data: dict[str, Any]) -> None:
    data["leaders"][0]["id"] = "ldr-0123456789abcdef"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (shift, ["leaders[0].mentions[0]: the text at"]),
        (retext, ["article.id: a-", "article.text: differs from"]),
        (rename, ["ldr-0123456789abcdef id: is not made from"]),
        (lambda data: data.pop("dates"), ["dates: Field required"]),
        (lambda data: data["leaders"][0].update(country="UK"), ["leaders[0].country: 'UK' is not an ISO 3166-1"]),
    ],
)
def test_verify_finds_what_was_changed(
    run: Run, article: Path, change: Callable[[dict[str, Any]], None], says: list[str]
) -> None:
    run("run", article, "-o", "out/")
    done = run("verify", changed(Path("out/talks.json"), change))
    assert done.code == 1
    for what in says:
        assert any(what in line and line.startswith("out/copy.json: ") for line in done.lines), done.err
    assert done.lines[-1].startswith("1 article record checked, ")


def test_verify_compares_with_the_source(run: Run, article: Path) -> None:
    run("run", article, "-o", "out.db")
    article.write_text(article.read_text().replace("Lima on", "Cusco on"))
    done = run("verify", "out.db")
    assert done.code == 1
    assert f"article.text: differs from {article} at character" in done.lines[0]


def test_verify_reads_bad_files(run: Run) -> None:
    Path("a.json").write_text("{")
    Path("b.jsonl").write_text('{}\n[1]\n"\n')
    Path("c.db").write_text("no database" * 100)
    Path("d.json").write_bytes(b"\xff")
    done = run("verify", "a.json", "b.jsonl", "d.json")
    assert done.code == 1
    assert any(line.startswith("a.json: is not JSON") for line in done.lines)
    assert any(line.startswith("b.jsonl#2: ") for line in done.lines)
    assert any(line.startswith("d.json: cannot be read") for line in done.lines)
    assert run("verify", "c.db").code == 2
    assert run("verify", "missing.json").code == 2


def test_a_light_start() -> None:
    heavy = (
        "import sys, extractor.cli; print([m for m in ('spacy', 'pydantic', 'dateparser', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert "spacy" not in done.stdout
    assert "dateparser" not in done.stdout


def test_the_program(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("Peru signed a deal with Chile on Monday.")
    done = subprocess.run([*PROGRAM, "run", "in.txt"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith(" issues → data/out\n")


def test_a_reader_that_leaves(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "Peru signed a deal with Chile on Monday."}\n' * 30)
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*PROGRAM, "run", "in.jsonl", "-o", "-"], cwd=tmp_path, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert b"Traceback" not in done.stderr
    assert b"Broken" not in done.stderr
    assert done.returncode == 0
