"""The project as a newcomer finds it: what README promises, what no file may hold."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def tracked() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_readme_names_the_two_commands() -> None:
    lines = README.splitlines()
    assert "pip install uv && uv run extractor run data/raw" in lines
    assert "pip install uv && uv run pytest" in lines


def test_no_file_names_a_registry() -> None:
    host = re.compile(rb"pypi\." rb"org|pythonhosted\." rb"org|registry\.npmjs|deb\.debian")
    named = [path.relative_to(ROOT) for path in tracked() if host.search(path.read_bytes())]
    assert not named


def test_the_lock_of_addresses_is_not_committed() -> None:
    assert ROOT / "uv.lock" not in tracked()


def test_every_requirement_is_locked_with_a_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=!~ \[]", requirement)[0].lower()
        assert re.search(rf"^{re.escape(name)}==\S+ \\\n    --hash=sha256:", locked, re.MULTILINE), name


def test_links_between_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
