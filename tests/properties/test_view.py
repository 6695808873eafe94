"""Whatever the text, the layout is read and every offset of its view leads back to the article."""

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.models import Article
from extractor.nlp.layout import read_layout
from extractor.nlp.view import View, ViewBuilder

#: What pages hold, good and bad, to be put together at random.
SCRAPS = st.sampled_from(
    [
        "The Daily Example", "Saturday, April 25th 2026", "Ministers agree on a plan", "By Jane Doe", "BEIJING, Sept. 2 (Xinhua) --",
        "PARIS —", "on Tuesday", "Page 2 of 3", "- a point", "good-", "neighborly", "\n", "\n\n", "\r\n", "\x0c", "\u2028", " ", "\t",
        "\u00a0", "\u200b", "\u200d", "\u202e", "\u00ad", "\x00", "\ufffd", "ﬁ", "â€œ", "Ã©", "é", "e\u0301", "👨\u200d👩\u200d👧", "🇮🇳", "𝔘", "``", "''",
        "&amp;", "&nbsp;", "<b>", "</b>", "*", "https://example.org", "2025-09-02", "(", "/", ".", ",", ":", "?", "—", "…", "Reuters |", "3",
    ]
)  # fmt: skip
TEXTS = st.lists(SCRAPS | st.text(max_size=6), max_size=30).map("".join) | st.text(max_size=80)


def pieces_agree(view: View) -> None:
    """Every character of the view maps to a stretch of the original that maps back to cover it, in order."""
    last = 0
    for i in range(len(view.text)):
        low, high = view.to_original(i, i + 1)
        assert 0 <= low < high <= len(view.original)
        assert low >= last
        last = low
        back = view.to_view(low, high)
        assert back is not None
        assert back[0] <= i < i + 1 <= back[1]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_layout_never_fails_and_its_view_leads_back(text: str) -> None:
    layout = read_layout(Article(text=text))
    view = layout.view
    assert view.original == text
    pieces_agree(view)
    assert "\n\n\n" not in view.text
    assert view.text == view.text.strip("\n")
    for item in layout.evidence:
        assert item.start is not None
        assert item.end is not None
        assert text[item.start : item.end] == item.text
    for span in (layout.title_span, layout.dateline_span):
        assert span is None or 0 <= span[0] < span[1] <= len(view.text)
    shown = {item.field for item in layout.evidence}
    for field in ("title", "publisher", "byline", "dateline", "published"):
        assert getattr(layout, field) is None or field in shown


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.data())
def test_spans_of_the_view_grow_together_with_those_of_the_article(text: str, data: st.DataObject) -> None:
    view = read_layout(Article(text=text)).view
    if not view.text:
        return
    start = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(start + 1, len(view.text)))
    low, high = view.to_original(start, end)
    back = view.to_view(low, high)
    assert back is not None
    assert back[0] <= start
    assert end <= back[1]


@settings(max_examples=150, deadline=None)
@given(
    st.text(min_size=1, max_size=60),
    st.lists(st.tuples(st.sampled_from("crsp"), st.integers(1, 5), st.text(max_size=3)), max_size=20),
)
def test_copied_text_is_the_same_on_both_sides(text: str, steps: list[tuple[str, int, str]]) -> None:
    builder = ViewBuilder(text)
    copied = []
    at = 0
    for step, length, new in steps:
        end = min(at + length, len(text))
        if step == "c":
            builder.copy(at, end)
            copied += range(at, end)
        elif step == "r":
            builder.replace(at, end, new)
        elif step == "p":
            builder.pause(new)
        at = end
    view = builder.build()
    pieces_agree(view)
    for i in copied:
        span = view.to_view(i, i + 1)
        assert span is not None
        assert view.text[slice(*span)] == text[i]
        assert view.to_original(*span) == (i, i + 1)
