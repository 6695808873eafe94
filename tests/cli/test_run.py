"""`extractor run`: outputs, exit codes and what it says."""

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor import load

Run = Callable[..., Any]


def test_the_default_output(run: Run, article: Path) -> None:
    done = run("run", article)
    assert done.code == 0
    assert done.out == ""
    assert sorted(path.name for path in Path("data/out").iterdir()) == ["records.db", "talks.json"]
    assert [record.article.source for record in load("data/out")] == [str(article)]
    assert done.lines[-1].startswith("1 article, ")
    assert done.lines[-1].endswith(" records, 0 issues → data/out")


def test_records_go_to_standard_output_alone(run: Run, article: Path) -> None:
    done = run("run", article, "-o", "-")
    assert done.code == 0
    [line] = done.out.splitlines()
    assert json.loads(line)["article"]["source"] == str(article)
    assert done.lines[-1].endswith("0 issues")
    assert not Path("data").exists()


def test_several_outputs(run: Run, article: Path) -> None:
    done = run("run", article, "-o", "a/b.jsonl", "-o", "c.sqlite", "-o", "d", "-o", "sqlite:///e.db")
    assert done.code == 0
    records = [list(load(path)) for path in ("a/b.jsonl", "c.sqlite", "d", "e.db", "d/talks.json")]
    assert all(found == records[0] for found in records)
    assert done.lines[-1].endswith("→ a/b.jsonl, c.sqlite, d, sqlite:///e.db")


@pytest.mark.parametrize(
    ("format", "name"), [("json", "talks.json"), ("jsonl", "records.jsonl"), ("sqlite", "records.db")]
)
def test_a_format(run: Run, article: Path, format: str, name: str) -> None:
    assert run("run", article, "--format", format).code == 0
    assert [path.name for path in Path("data/out").iterdir()] == [name]
    assert run("run", article, "--format", format, "-o", "out.data").code == 0
    assert len(list(load(Path("data/out", name)))) == 1


def test_two_runs_write_the_same_bytes(run: Run, article: Path) -> None:
    first = run("run", article, "-o", "-").out
    run("run", article, "-o", "x/")
    before = Path("x/talks.json").read_bytes()
    run("run", article, "-o", "x/")
    assert Path("x/talks.json").read_bytes() == before
    assert run("run", article, "-o", "-").out == first


def test_standard_input(run: Run) -> None:
    done = run("run", "-", "-o", "-", input="Peru signed a deal with Chile on Monday.")
    assert done.code == 0
    assert json.loads(done.out)["article"]["source"] == "-"


def test_published_is_for_articles_without_a_date(run: Run, article: Path) -> None:
    Path("batch.jsonl").write_text(
        '{"text": "Peru and Chile met on Monday.", "published": "2024-01-02"}\n{"text": "Peru and Chile met on Friday."}\n'
    )
    done = run("run", "batch.jsonl", "--published", "2025-05-06", "-o", "-")
    days = [json.loads(line)["article"]["published"]["value"] for line in done.out.splitlines()]
    assert days == ["2024-01-02", "2025-05-06"]


def test_limit(run: Run, article: Path) -> None:
    Path("batch.jsonl").write_text('{"text": "Peru met Chile."}\n' * 5)
    assert len(run("run", "batch.jsonl", "--limit", "2", "-o", "-").out.splitlines()) == 2
    assert run("run", "batch.jsonl", "--limit", "0").code == 2


def test_quiet(run: Run, article: Path) -> None:
    Path("empty.txt").touch()
    assert run("run", article, "--quiet", "-o", "-").err == ""
    assert len(run("run", article, "empty.txt", "--quiet", "-o", "-").lines) == 1


def test_rejected(run: Run, article: Path) -> None:
    settings = json.loads(run("run", article, "--rejected", "-o", "-").out)["provenance"]["settings"]
    assert settings == {"rejected": True}


BAD = {
    "empty.txt": (b"", "E101"),
    "blank.txt": (b" \n\t\n", "E102"),
    "binary.txt": (bytes(range(256)) * 8, "E103"),
    "pdf.txt": (b"%PDF-1.7 ...", "E111"),
    "cut.txt": ("\ufeffPeru met Chile.".encode("utf-16-le")[:-1], "E104"),
    "long.txt": (b"Peru met Chile. " * 100, "E105"),
    "sidecar.txt": (b"Peru met Chile.", "E106"),
    "lines.jsonl": (b'{"text": \n', "E107"),
    "spanish.txt": (
        "El presidente de Chile viajó el lunes a Lima para reunirse con su homólogo y firmar un acuerdo sobre el "
        "comercio de cobre entre los dos países, según dijo la cancillería en una nota a la prensa. La visita termina el miércoles con una cena en el palacio.".encode(),
        "E109",
    ),
}


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "sidecar.meta.json").write_text("{")
    (folder / "good.txt").write_text("Peru signed a deal with Chile on Monday.")
    return folder


@pytest.mark.parametrize(("name", "code"), [(name, code) for name, (_, code) in BAD.items()])
def test_a_bad_article_is_one_line(run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str) -> None:
    monkeypatch.setenv("EXTRACTOR_MAX_CHARS", "1000")
    done = run("run", bad / name, bad / "good.txt", "-o", "-")
    assert done.code == 1
    assert len(done.out.splitlines()) == 1
    line, closing = done.lines
    assert line.startswith(f"{bad / name}")
    assert f": {code} " in line
    assert line.endswith(")")
    assert "1 issue" in closing


def test_the_rest_of_the_batch_goes_on(run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_MAX_CHARS", "1000")
    done = run("run", bad, "missing.txt", "-o", "out/", "-o", "out.db")
    assert done.code == 1
    assert len(done.lines) == len(BAD) + 2
    assert done.lines[-2].startswith("missing.txt: E110 ")
    assert done.lines[-1].startswith("1 article, ")
    assert f", {len(BAD) + 1} issues → out, out.db" in done.lines[-1]
    issues = [json.loads(line) for line in Path("out/issues.jsonl").read_text().splitlines()]
    assert [issue["code"] for issue in issues] == [code for _, (_, code) in sorted(BAD.items())] + ["E110"]
    with sqlite3.connect("out.db") as db:
        assert db.execute("SELECT count(*) FROM issues").fetchone() == (len(BAD) + 1,)
    db.close()


def test_characters_that_no_text_holds_are_a_note(run: Run) -> None:
    Path("nul.txt").write_bytes(b"Peru met\x00Chile in Lima on Monday to sign a memorandum of understanding.")
    done = run("run", "nul.txt", "-o", "-")
    assert done.code == 0
    assert "met\ufffdChile" in json.loads(done.out)["article"]["text"]
    assert done.lines[0].startswith("nul.txt: note N101 ")
    assert done.lines[1].endswith("0 issues, 1 note")


def test_strict_stops_at_the_first_failure(run: Run, bad: Path) -> None:
    done = run("run", bad / "good.txt", bad / "empty.txt", bad / "good.txt", "--strict", "-o", "out.jsonl")
    assert done.code == 1
    assert not Path("out.jsonl").exists()
    assert done.lines[0].startswith(str(bad / "empty.txt"))
    assert done.lines[1].startswith("1 article, ")


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["missing.txt"], 2, "E002 there is no file or folder 'missing.txt'"),
        (["nothing/"], 2, "E002 the folder 'nothing' holds no articles"),
        (["*.nope"], 2, "E002 no file matches '*.nope'"),
        (["talks.txt", "--published", "yesterday"], 2, "E001 'yesterday' is not a date"),
        (["talks.txt", "-o", "x.xls"], 2, "E001 unknown output suffix '.xls'"),
        (["talks.txt", "-o", "mongo://x"], 2, "E001 unknown output 'mongo://x'"),
        (["talks.txt", "-o", "sqlite://"], 2, "E001 'sqlite://' names no file"),
        (["talks.txt", "--format", "xml"], 2, "E001 unknown format 'xml'"),
        (["talks.txt", "--format", "sqlite", "-o", "-"], 2, "E001 sqlite cannot be written to standard output"),
        (["talks.txt", "-o", "talks.txt/x.jsonl"], 3, "E004 talks.txt/x.jsonl cannot be written"),
        (["talks.txt", "-o", "talks.txt/x.db"], 3, "E004 talks.txt/x.db cannot be written"),
        (["talks.txt", "-o", "talks.txt/x/"], 3, "E004 talks.txt/x cannot be written"),
        (["talks.txt", "--format", "json", "-o", "talks.txt"], 3, "E004 talks.txt cannot be written"),
        (["talks.txt", "--format", "sqlite", "-o", "talks.txt"], 3, "E004 talks.txt cannot be written"),
    ],
)
def test_a_mistake_is_one_line(run: Run, article: Path, args: list[str], code: int, says: str) -> None:
    Path("nothing").mkdir()
    done = run("run", *args)
    assert done.code == code
    assert done.out == ""
    [line] = done.lines
    assert line.startswith(f"extractor: {says}")
    assert article.read_text().startswith("Ministers meet")


def test_wrong_usage(run: Run) -> None:
    assert run("run").code == 2
    assert run("run", "x", "--wrong").code == 2
    assert run("nothing").code == 2


def test_wrong_settings(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_MAX_CHARS", "many")
    done = run("run", article)
    assert done.code == 2
    assert done.lines[0].startswith("extractor: E001 the setting max_chars: Input should be a valid integer")


@pytest.mark.parametrize("content", ["max_chars = ", 'colour = "red"', "max_chars = -1"])
def test_a_wrong_settings_file(run: Run, article: Path, content: str) -> None:
    Path("extractor.toml").write_text(content)
    done = run("run", article)
    assert done.code == 2
    assert len(done.lines) == 1
    assert done.lines[0].startswith("extractor: E001 ")


def test_a_missing_model_names_the_command_that_installs_it(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.nlp.pipeline import build_nlp

    monkeypatch.setattr("extractor.engine.build_nlp", build_nlp)
    done = run("run", article, "--model", "en_core_web_nope", "-o", "x.jsonl")
    assert done.code == 3
    assert "python -m spacy download en_core_web_nope" in done.lines[0]
    assert len(done.lines) == 1
    assert not list(Path().glob("*x.jsonl*"))


def test_an_output_that_fails_midway(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(record: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("extractor.sinks.jsonl._line", full)
    done = run("run", article, "-o", "x.jsonl")
    assert done.code == 3
    assert done.lines == [
        "extractor: E004 x.jsonl cannot be written: No space left on device (choose another output with -o)"
    ]
    assert not list(Path().glob("*x.jsonl*"))


def test_an_interrupted_run_is_gone_on_with(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.engine import build_record

    Path("batch.jsonl").write_text('{"text": "Peru met Chile."}\n{"text": "Chile met Peru."}\n')
    command = ["run", "batch.jsonl", "-o", "x.jsonl", "-o", "x.db", "-o", "x/"]
    calls = []

    def interrupted(*args: Any, **more: Any) -> Any:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return build_record(*args, **more)

    monkeypatch.setattr("extractor.engine.build_record", interrupted)
    done = run(*command)
    assert done.code == 130
    assert done.lines[0].startswith("1 article, ")
    assert done.lines[1] == "interrupted: the same command with --resume goes on from there"
    assert [len(list(load(path))) for path in ("x.db", "x")] == [1, 1]
    assert not Path("x.jsonl").exists()

    again = run(*command)
    assert (again.code, len(again.lines), len(calls)) == (2, 1, 2)
    assert "E006" in again.lines[0]
    assert "--resume" in again.lines[0]
    assert "--fresh" in again.lines[0]

    resumed = run(*command, "--resume")
    assert resumed.code == 0
    assert resumed.lines[0].startswith("1 article, 1 record, 0 issues, 1 done before → ")
    assert len(calls) == 3
    assert [[r.article.source for r in load(path)] for path in ("x.jsonl", "x.db", "x")] == [
        ["batch.jsonl#1", "batch.jsonl#2"]
    ] * 3

    assert run(*command).code == 0
    assert len(calls) == 5


def test_a_run_that_is_forgotten(run: Run, article: Path) -> None:
    Path("empty.txt").touch()
    command = ["run", "talks.txt", "empty.txt", "-o", "x.db", "--strict"]
    done = run(*command)
    assert done.code == 1
    assert (
        done.lines[-1] == "stopped at the first article that failed: the same command with --resume goes on from there"
    )
    assert "2 done before" in run(*command, "--resume").lines[-1]
    assert run(*command).code == 1
    assert run(*command).code == 2
    assert "done before" not in run(*command, "--fresh").lines[-2]
    assert run(*command, "--fresh", "--resume").code == 2


def test_a_source_name_cannot_break_the_line(run: Run) -> None:
    Path("a\nb.txt").touch()
    Path("good.txt").write_text("Peru met Chile.")
    done = run("run", "a\nb.txt", "good.txt", "-o", "-")
    assert done.lines[0].startswith("a\\nb.txt: E101 ")


def test_names_and_metadata_that_no_file_takes(run: Run, tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "w") as handle:
        handle.write("Peru met Chile.")
    Path("bad\udce9.txt").touch()
    Path("batch.jsonl").write_text(
        '{"text": "Peru met Chile.", "x": "\\ud800", "title": "\\udfff"}\n{"text": "a", "x": NaN}\n{"text": "a", "x": 1e999}\n'
        + '{"text": "a", "x": '
        + "9" * 5000
        + '}\n{"text": "a", "x": '
        + "[" * 300
        + "]" * 300
        + "}\n"
    )
    done = run("run", ".", "-o", "out/", "-o", "out.db", "-o", "out.jsonl")
    assert done.code == 1
    assert [line.split(": ")[1][:4] for line in done.lines[:-1]] == ["E101", *["E107"] * 4]
    assert [len(list(load(path))) for path in ("out", "out.jsonl")] == [2, 2]
    assert len(list(load("out.db"))) == 1, "the two are one article"


def test_how_the_work_is_shared(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor import pool

    asked = []

    def opened(settings: Any) -> Any:
        asked.append((settings.jobs, settings.timeout))
        return real(settings.model_copy(update={"jobs": 0}))

    real = pool.open_engine
    monkeypatch.setattr(pool, "open_engine", opened)
    assert run("run", article, "-o", "-", "-j", "3", "--timeout", "2.5").code == 0
    assert run("run", article, "-o", "-").code == 0
    assert asked == [(3, 2.5), (0, 300)]
    for wrong in (["-j", "-1"], ["--timeout", "0"], ["--timeout", "nan"]):
        assert run("run", article, "-o", "-", *wrong).code == 2
