"""What a run has seen: inputs counted, texts that are nearly the same linked to the earliest."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SinkError
from extractor.seen import Seen

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(RAW.glob("*.txt"))]


@pytest.fixture
def seen() -> Iterator[Seen]:
    with Seen() as seen:
        yield seen


def edited(text: str, every: int) -> str:
    """The text with one word in so many changed."""
    chance = random.Random(1)
    words = text.split()
    for at in chance.sample(range(len(words)), len(words) // every):
        words[at] = "otherwise"
    return " ".join(words)


def test_inputs_are_counted(seen: Seen) -> None:
    assert [seen.times(key) for key in ("a", "b", "a", "a")] == [1, 1, 2, 3]


def test_unlike_texts_are_not_linked(seen: Seen) -> None:
    assert [seen.near(str(i), text) for i, text in enumerate(TEXTS)] == [None] * len(TEXTS)


def test_edited_and_cut_texts_are_linked(seen: Seen) -> None:
    for i, text in enumerate(TEXTS):
        seen.near(f"a-{i}", text)
    for i, text in enumerate(TEXTS):
        assert seen.near(f"b-{i}", edited(text, 30)) == f"a-{i}"
        assert seen.near(f"c-{i}", text[: len(text) * 5 // 6]) == f"a-{i}"
        assert seen.near(f"d-{i}", text.upper().replace(",", " ;")) == f"a-{i}"
        assert seen.near(f"e-{i}", edited(text, 3)) is None


def test_the_earliest_is_named_and_an_article_keeps_its_answer(seen: Seen) -> None:
    text = TEXTS[0]
    answers = [seen.near(id, text) for id in ("a", "b", "c", "a", "b")]
    assert answers == [None, "a", "a", None, "a"]


def test_a_chain_names_the_earliest_that_is_near(seen: Seen) -> None:
    words = TEXTS[0].split()
    parts = [" ".join(words[at : at + 200]) for at in (0, 25, 50, 75)]
    assert [seen.near(str(i), part) for i, part in enumerate(parts)] == [None, "0", "1", "2"]


@given(text=st.text(), other=st.text())
def test_any_text(text: str, other: str) -> None:
    with Seen() as seen:
        assert seen.near("a", text) is None
        assert seen.near("b", text) == "a"
        assert seen.near("c", other) in (None, "a")


def test_a_temporary_folder_without_room(seen: Seen) -> None:
    seen._db.execute("PRAGMA max_page_count = 10")
    with pytest.raises(SinkError, match="SQLITE_TMPDIR"):
        _ = [seen.near(str(i), f"{i} {i + 1} {i + 2} {i + 3}") for i in range(1000)]
