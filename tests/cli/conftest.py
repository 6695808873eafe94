"""The command line in this process, with the one loaded pipeline."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import Extractor
from extractor.cli import app

TEXT = """Ministers meet in Lima

LIMA, May 5, 2025 - Peru's Foreign Minister Ana Sol met Chilean Finance Minister Juan Rey in Lima on Monday. \
They signed a memorandum of understanding on energy worth $5 million.
"""


class Result:
    """What a command left behind."""

    def __init__(self, code: int, out: str, err: str, error: BaseException | None) -> None:
        self.code = code
        self.out = out
        self.err = err
        self.lines = err.splitlines()
        self.error = error


@pytest.fixture
def run(extractor: Extractor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Runs a command in an empty folder. Fails on a traceback, or on one hidden behind an exit code."""
    monkeypatch.chdir(tmp_path)
    nlp = extractor.nlp
    monkeypatch.setattr("extractor.engine.build_nlp", lambda settings: nlp)
    monkeypatch.setenv("EXTRACTOR_JOBS", "0")

    def invoke(*args: str | Path, input: str | bytes | None = None) -> Result:
        done = CliRunner().invoke(app, [str(arg) for arg in args], input=input)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert "Traceback" not in done.stderr
        return Result(done.exit_code, done.stdout, done.stderr, done.exception)

    return invoke


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "talks.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path
