"""The engine: one record or one issue for each article, whatever happens."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

import extractor as public
from extractor import Article, ArticleRecord, Extractor, ExtractorError, Issue
from extractor.batches import batches
from extractor.config import Settings, load_settings
from extractor.errors import ConfigError, RuleError
from extractor.models.jsonio import to_json

TEXTS = [
    "Peru's President Ana Sol met Chile's President Juan Rey in Lima on Monday.",
    "They signed a deal worth $5 million.\n\nThe bank expects growth of 3 percent in 2026.",
    "Kenya and Norway agreed to cooperate on energy.",
]


def articles() -> list[Article]:
    return [Article(text=text, source=f"{i}.txt", published="2025-05-06") for i, text in enumerate(TEXTS)]


def small(extractor: Extractor, **settings: Any) -> Extractor:
    """Another extractor with the pipeline that is loaded."""
    other = Extractor(Settings(**settings))
    other.__dict__["nlp"] = extractor.nlp
    return other


def test_one_record_for_each_article_in_order(extractor: Extractor) -> None:
    found = list(extractor.run(articles()))
    assert [r.article.source for r in found if isinstance(r, ArticleRecord)] == ["0.txt", "1.txt", "2.txt"]


def test_the_same_bytes_in_a_batch_or_alone(extractor: Extractor) -> None:
    together = [to_json(r) for r in extractor.run(articles()) if isinstance(r, ArticleRecord)]
    alone = [to_json(r) for a in reversed(articles()) for r in extractor.run([a]) if isinstance(r, ArticleRecord)]
    in_pieces = small(extractor, batch_chars=1).run(articles())
    assert together == alone[::-1]
    assert together == [to_json(r) for r in in_pieces if isinstance(r, ArticleRecord)]


def test_what_was_read_before_changes_nothing(extractor: Extractor) -> None:
    texts = ["The minister got elected in May.", "The minister got a loan in May.", "They have got to sign."]

    def lemmas(order: list[str]) -> dict[str, list[str]]:
        extractor.nlp.get_pipe("extractor_morphology")._lemmas.clear()  # type: ignore[attr-defined]
        return {text: [token.lemma_ for token in extractor.nlp(text)] for text in order}

    assert lemmas(texts) == lemmas(texts[::-1])


def test_it_streams(extractor: Extractor) -> None:
    taken: list[str] = []

    def source() -> Iterator[Article]:
        for article in articles():
            taken.append(article.source)
            yield article

    results = small(extractor, batch_chars=1).run(source())
    assert taken == []
    next(results)
    assert taken == ["0.txt"]


def test_issues_pass_through_where_they_stood(extractor: Extractor) -> None:
    issue = Issue("x.txt", "read", "E103", "binary")
    first, second, third = articles()
    found = list(extractor.run([first, issue, second, third]))
    assert found[1] is issue
    assert len(found) == 4


@pytest.mark.parametrize(("text", "code"), [("", "E101"), (" \n", "E102"), ("word " * 300, "E105")])
def test_articles_of_a_program_are_checked_too(extractor: Extractor, text: str, code: str) -> None:
    found = list(small(extractor, max_chars=1000).run([Article(text=text, external_id="7"), *articles()]))
    assert isinstance(found[0], Issue)
    assert (found[0].code, found[0].external_id) == (code, "7")
    assert len(found) == 4


def test_forbidden_characters_are_replaced_with_a_note(extractor: Extractor) -> None:
    note, record = extractor.run([Article(text="Peru met\x00Chile.")])
    assert isinstance(note, Issue)
    assert (note.code, note.level) == ("N101", "note")
    assert isinstance(record, ArticleRecord)
    assert record.article.text == "Peru met\ufffdChile."


@pytest.mark.parametrize(
    ("place", "code", "stage"), [("_document", "E201", "annotate"), ("build_record", "E202", "extract")]
)
def test_one_bad_article_is_an_issue(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, place: str, code: str, stage: str
) -> None:
    module = import_module("extractor.nlp.annotate" if place == "_document" else "extractor.engine")
    original = getattr(module, place)

    def broken(subject: Any, *rest: Any, **more: Any) -> Any:
        article = getattr(subject, "article", subject)
        if article.source == "1.txt":
            raise ValueError("no\nsuch thing")
        return original(subject, *rest, **more)

    monkeypatch.setattr(module, place, broken)
    for batch_chars in (1, 200_000):
        first, issue, third = small(extractor, batch_chars=batch_chars).run(
            Article(text=t, source=f"{i}.txt", external_id=f"n{i}") for i, t in enumerate(TEXTS)
        )
        assert isinstance(first, ArticleRecord)
        assert isinstance(third, ArticleRecord)
        assert isinstance(issue, Issue)
        assert (issue.code, issue.stage, issue.level, issue.source, issue.external_id) == (
            code,
            stage,
            "error",
            "1.txt",
            "n1",
        )
        assert issue.message.endswith("ValueError: no such thing")
        assert issue.hint
        assert issue.article_id is not None
        assert issue.article_id.startswith("a-")


def test_a_broken_rule_file_stops_the_run(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuleError("rules.toml: no")

    monkeypatch.setattr("extractor.nlp.annotate._document", broken)
    with pytest.raises(RuleError):
        list(extractor.run(articles()))


def test_extract(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.engine._shared", lambda: extractor)
    record = public.extract(TEXTS[0], published="2025-05-06", title="Talks", source="a")
    assert record.article.published is not None
    assert (record.article.published.value, record.article.title, record.article.source) == ("2025-05-06", "Talks", "a")
    assert public.extract("Peru met\x00Chile.").article.text == "Peru met\ufffdChile."


@pytest.mark.parametrize(
    ("text", "more", "says"),
    [
        ("", {}, "the text is empty"),
        ("Peru.", {"published": "soon"}, "published: 'soon' is not a date"),
        (b"Peru.", {}, "text: Input should be a valid string"),
        ("Peru.", {"author": "x"}, "author: Extra inputs"),
    ],
)
def test_extract_says_what_is_wrong(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, text: Any, more: dict[str, Any], says: str
) -> None:
    monkeypatch.setattr("extractor.engine._shared", lambda: extractor)
    with pytest.raises(ExtractorError) as caught:
        public.extract(text, **more)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_public_names() -> None:
    assert all(getattr(public, name) for name in public.__all__)
    assert set(public.__all__) <= set(dir(public))
    with pytest.raises(AttributeError):
        public.nothing  # noqa: B018


def test_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(model=None) == Settings()
    (tmp_path / "extractor.toml").write_text("max_chars = 10\nbatch_chars = 20\nrejected = true")
    monkeypatch.setenv("EXTRACTOR_MAX_CHARS", "11")
    settings = load_settings(rejected=False)
    assert (settings.max_chars, settings.batch_chars, settings.rejected) == (11, 20, False)
    monkeypatch.setenv("EXTRACTOR_MAX_CHARS", "x")
    with pytest.raises(ConfigError, match="the setting max_chars"):
        load_settings()


def test_only_settings_that_can_change_a_record_are_its_provenance() -> None:
    assert Settings(max_chars=5, rejected=True).changed() == {"rejected": True}


def test_batches_are_cut_by_characters() -> None:
    sizes = [len(batch) for batch in batches(iter(articles()), 100)]
    assert sizes == [2, 1]


def test_a_clock_time_with_a_zone_and_no_day_fails_no_article(extractor: Extractor) -> None:
    [record] = extractor.run([Article(text="The plane left at 14:58 UTC and landed at 16:30 GMT, the airline said.")])
    assert isinstance(record, ArticleRecord)
    assert [time.value for time in record.dates] == ["T14:58Z", "T16:30Z"]
