"""Runs too long for every day: very large articles, separate processes, texts of all kinds through the whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Article, ArticleRecord, Extractor, Issue

pytestmark = pytest.mark.slow

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
SAMPLES = [path.read_text(encoding="utf-8") for path in sorted(RAW.glob("*.txt"))]


def run(args: list[str], **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractor", *args]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **env}, timeout=900, check=False)


def test_two_megabytes_in_bounded_memory(tmp_path: Path) -> None:
    whole = "\n\n".join(SAMPLES)
    text = ((whole + "\n\n") * (2_000_000 // len(whole) + 1))[:2_000_000].rstrip()
    (tmp_path / "large.txt").write_text(text, encoding="utf-8")
    script = (
        "import resource, sys; from extractor.cli import app\n"
        "app(['run', sys.argv[1], '-o', sys.argv[2], '--quiet'], standalone_mode=False)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "large.txt"), str(tmp_path / "large.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 4_000_000, "kilobytes of resident memory"
    record = json.loads((tmp_path / "large.jsonl").read_text(encoding="utf-8"))
    assert record["article"]["text"] == text
    assert record["figures"][-1]["span"]["start"] > 1_990_000


def test_the_same_bytes_in_other_processes(tmp_path: Path) -> None:
    outputs = []
    for seed in ("1", "2"):
        target = tmp_path / f"{seed}.jsonl"
        done = run(["run", str(RAW), "-o", str(target), "--quiet"], PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        outputs.append(target.read_bytes())
    assert outputs[0] == outputs[1]


PIECES = st.sampled_from([word for sample in SAMPLES for word in sample.split(" ")])
TEXTS = st.lists(PIECES | st.text(max_size=8), min_size=1, max_size=120).map(" ".join)


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS, published=st.sampled_from([None, "2024-02-29", "1999"]))
def test_any_text_gives_a_record_or_a_plain_issue(extractor: Extractor, text: str, published: str | None) -> None:
    [*notes, result] = extractor.run([Article(text=text, published=published)])
    assert all(isinstance(note, Issue) and note.level == "note" for note in notes)
    assert isinstance(result, ArticleRecord) or result.code in {"E101", "E102", "E109"}, result
