"""Each invariant of the contract: one record that keeps it, one that breaks it."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from extractor.models import Article, ArticleRecord, Date, Dateline, Evidence, Party, PlaceRef, Span, TimeExpression
from extractor.models.checks import Problem
from extractor.models.explain import problems
from extractor.models.ids import article_id, record_id
from extractor.models.jsonio import from_json, to_json

TEXT = "Ana Sol met Li Wen in Lima. They agreed on $5 million for the port."


def span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def shown(field: str, words: str, how: str = "verbatim") -> dict[str, Any]:
    return {"field": field, **span(words), "rule": "test.rule", "how": how}


def new_id(prefix: str, words: str) -> str:
    at = span(words)
    return record_id(prefix, article_id(TEXT, None), at["start"], at["end"])


def party(name: str, ref: str | None = None) -> dict[str, Any]:
    return {"name": name, "code": None, "kind": "person", "ref": ref}


def record() -> dict[str, Any]:
    """A small article record that keeps the contract."""
    common = {"score": 0.5, "reasons": []}
    ana = new_id("per", "Ana Sol")
    lima = new_id("plc", "Lima")
    met = new_id("evt", "met")
    money = new_id("fig", "$5 million")
    person = {
        **common,
        "id": ana,
        "name": "Ana Sol",
        "aliases": [],
        "alias_reasons": [],
        "mentions": [span("Ana Sol")],
        "evidence": [shown("name", "Ana Sol")],
    }
    place = {
        **common,
        "id": lima,
        "name": "Lima",
        "country": "PER",
        "kind": "city",
        "latitude": -12.05,
        "longitude": -77.05,
        "mentions": [span("Lima")],
        "evidence": [shown(f, "Lima", "inferred") for f in ("name", "country", "kind", "latitude", "longitude")],
    }
    event = {
        **common,
        "id": met,
        "mentions": [span("met")],
        "name": None,
        "type": "meeting",
        "date": None,
        "place": {"name": "Lima", "country": "PER", "ref": lima},
        "participants": [party("Ana Sol", ana)],
        "status": "happened",
        "attributed_to": None,
        "plover": None,
        "sentence": span("Ana Sol met Li Wen in Lima."),
        "evidence": [
            shown("type", "met"),
            shown("status", "met", "inferred"),
            shown("place", "Lima"),
            shown("participants[0]", "Ana Sol"),
        ],
    }
    figure = {
        **common,
        "id": money,
        "span": span("$5 million"),
        "kind": "money",
        "low": 5000000,
        "high": 5000000,
        "approx": False,
        "unit": "USD",
        "measure": None,
        "change": None,
        "status": "actual",
        "period": None,
        "parties": [],
        "attributed_to": None,
        "event": met,
        "sentence": span("They agreed on $5 million for the port."),
        "evidence": [shown(f, "$5 million") for f in ("kind", "low", "high", "unit", "status")]
        + [shown("event", "met")],
    }
    agreement = {
        **common,
        "id": new_id("agr", "agreed"),
        "mentions": [span("agreed")],
        "name": None,
        "kind": "understanding",
        "low": 1,
        "high": 1,
        "parties": [],
        "signatories": [],
        "sectors": ["port"],
        "sector_codes": [],
        "status": "signed",
        "date": None,
        "place": None,
        "value": money,
        "event": met,
        "attributed_to": None,
        "plover": "AGREE",
        "sentence": span("They agreed on $5 million for the port."),
        "evidence": [
            *(shown(f, "agreed", "inferred") for f in ("kind", "low", "high", "status", "plover")),
            shown("value", "$5 million"),
            shown("event", "met"),
            shown("sectors[0]", "port"),
        ],
    }
    return {
        "schema_version": "1.0",
        "article": {
            "id": article_id(TEXT, None),
            "external_id": None,
            "source": "test.txt",
            "title": "Talks",
            "publisher": None,
            "byline": None,
            "url": None,
            "dateline": None,
            "published": None,
            "language": "en",
            "metadata": {"desk": 2, "weight": 1.0},
            "near_duplicate_of": None,
            "evidence": [
                {"field": "title", "start": None, "end": None, "text": None, "rule": "metadata", "how": "metadata"}
            ],
            "text": TEXT,
        },
        "leaders": [],
        "events": [event],
        "figures": [figure],
        "agreements": [agreement],
        "people": [person],
        "organizations": [],
        "places": [place],
        "initiatives": [],
        "statements": [],
        "dates": [],
        "rejected": [],
        "provenance": {"extractor": "0", "model": "m", "rules": "0", "settings": {}},
    }


def test_the_example_keeps_the_contract() -> None:
    made = ArticleRecord.model_validate(record())
    assert from_json(to_json(made)) == made
    assert [r.id[:3] for r in made.records()] == ["evt", "fig", "agr", "per", "plc"]


def at(data: Any, path: str) -> Any:
    for part in path.split("."):
        data = data[int(part)] if part.isdecimal() else data[part]
    return data


def put(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        head, _, last = path.rpartition(".")
        target = at(data, head) if head else data
        if isinstance(target, list):
            target[int(last)] = value
        else:
            target[last] = value

    return change


def drop(path: str) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        head, _, last = path.rpartition(".")
        target = at(data, head) if head else data
        del target[int(last) if isinstance(target, list) else last]

    return change


def unexplained_alias(data: dict[str, Any]) -> None:
    data["people"][0]["aliases"] = ["Sol"]
    data["people"][0]["evidence"].append(shown("aliases[0]", "Sol"))


def deep(depth: int) -> Any:
    return [deep(depth - 1)] if depth else 1


def shift(path: str) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        at(data, path)["start"] += 1
        at(data, path)["end"] += 1

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put("schema_version", "1.1"), "schema_version"),
        (drop("figures"), "figures: Field required"),
        (put("more", 1), "Extra inputs"),
        (put("figures.0.more", 1), "Extra inputs"),
        (put("article.id", "a-1"), "article.id"),
        (put("article.language", "eng"), "language"),
        (put("article.metadata", {"x": float("nan")}), "no JSON number"),
        (put("article.metadata", {"x": {1, 2}}), "no JSON form"),
        (put("article.metadata", {"x": 10**400}), "more than 300 digits"),
        (put("article.metadata", {"x": deep(150)}), "nested too deep"),
        (put("article.title", 5), "valid string"),
        (put("article.evidence", []), "article.title: has a value but no evidence"),
        (
            lambda data: data["article"]["evidence"].append(shown("url", "Lima")),
            "article.url: has evidence but needs none",
        ),
        (shift("events.0.mentions.0"), "events[0].mentions[0]: the text at"),
        (shift("events.0.sentence"), "events[0].sentence: the text at"),
        (shift("figures.0.span"), "figures[0].span: the text at"),
        (shift("figures.0.evidence.2"), "figures[0].evidence[2]: the text at"),
        (put("rejected", [{"span": {"start": 0, "end": 3, "text": "Bob"}, "reason": "r", "rule": "r"}]), "rejected[0]"),
        (put("events.0.mentions.0.end", 10), "length of its text"),
        (put("events.0.mentions.0", {"start": 3, "end": 3, "text": ""}), "is empty"),
        (put("events.0.mentions.0.start", -1), "greater than or equal"),
        (put("events.0.mentions", []), "at least 1 item"),
        (put("events.0.evidence.0.end", 3), "evidence"),
        (put("events.0.evidence.0.start", None), "needs start, end and text"),
        (put("events.0.evidence.0.how", "metadata"), "no offsets"),
        (put("events.0.evidence.0.how", "guess"), "verbatim"),
        (put("events.0.evidence.0.rule", ""), "rule"),
        (drop("events.0.evidence.0"), "type: has a value but no evidence"),
        (drop("events.0.evidence.3"), "participants[0]: has a value but no evidence"),
        (lambda data: data["events"][0]["evidence"].append(shown("kind", "met")), "kind: has evidence but is no field"),
        (put("events.0.evidence.3.field", "participants[1]"), "participants"),
        (put("events.0.id", "evt-5"), "events[0].id"),
        (put("events.0.id", new_id("fig", "met")), "does not begin with evt-"),
        (put("people.0.id", "per-0123456789abcdef.1x"), "people[0].id"),
        (lambda data: data["people"].append(data["people"][0]), "stands twice"),
        (put("events.0.participants.0.ref", "per-0123456789abcdef"), "events[0].participants[0].ref: refers to"),
        (put("events.0.participants.0.ref", new_id("plc", "Lima")), "which is not in the record"),
        (put("events.0.place.ref", new_id("per", "Ana Sol")), "events[0].place.ref: refers to"),
        (put("figures.0.event", new_id("agr", "agreed")), "figures[0].event: refers to"),
        (put("agreements.0.event", new_id("fig", "$5 million")), "agreements[0].event: refers to"),
        (put("agreements.0.value", new_id("evt", "met")), "agreements[0].value: refers to"),
        (unexplained_alias, "alias_reasons: are not one for each alias"),
        (put("events.0.score", 1.1), "less than or equal to 1"),
        (put("events.0.type", "party"), "summit"),
        (put("figures.0.low", 6000000), "above high"),
        (put("figures.0.low", float("inf")), "finite"),
        (put("figures.0.high", Decimal("1E+999999")), "10^300"),
        (put("figures.0.low", "5"), "Decimal"),
        (put("figures.0.low", True), "Decimal"),
        (put("figures.0.unit", "dollar"), "ISO 4217"),
        (put("figures.0.unit", None), "ISO 4217"),
        (put("figures.0.kind", "percent"), "unit of percent"),
        (put("figures.0.kind", "ratio"), "no unit"),
        (lambda data: data["figures"][0].update(low=None, high=None), "a lower or an upper bound"),
        (lambda data: data["figures"][0].update(kind="duration", unit=None), "has a unit"),
        (put("agreements.0.low", 2), "above high"),
        (put("places.0.country", "UK"), "ISO 3166-1"),
        (put("places.0.latitude", 91.0), "less than or equal to 90"),
    ],
)
def test_a_broken_record_is_refused(change: Callable[[dict[str, Any]], None], says: str) -> None:
    data = record()
    change(data)
    with pytest.raises(ValidationError) as caught:
        ArticleRecord.model_validate(data)
    assert says in "\n".join(problems(caught.value))


def test_all_problems_can_be_collected() -> None:
    data = record()
    shift("events.0.mentions.0")(data)
    shift("figures.0.span")(data)
    drop("events.0.evidence.0")(data)
    found: list[Problem] = []
    ArticleRecord.model_validate(data, context=found)
    assert [(p.record[:3], p.path) for p in found] == [
        ("evt", "type"),
        ("evt", "events[0].mentions[0]"),
        ("fig", "figures[0].span"),
    ]
    assert str(found[2]).startswith(found[2].record + " figures[0].span: the text at")


def test_records_cannot_be_changed() -> None:
    made = ArticleRecord.model_validate(record())
    with pytest.raises(ValidationError):
        made.events[0].name = "x"  # type: ignore[misc]


DATE = {
    "text": "May",
    "value": "2025-05",
    "first": "2025-05-01",
    "last": "2025-05-31",
    "precision": "month",
    "how": "stated",
}


@pytest.mark.parametrize(
    "value", ["2025", "2025-05", "2025-05-31", "2024-Q3", "2006-H2", "2025-08-31/2025-09-01", "2013/", "/2030"]
)
def test_the_dates_of_the_contract(value: str) -> None:
    assert Date(**{**DATE, "value": value, "anchor": None, "first": None, "last": None}).value == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"value": "2025-13"},
        {"value": "2025-02-30"},
        {"value": "2024-Q5"},
        {"value": "0000"},
        {"value": "May 2025"},
        {"value": "/"},
        {"value": "2025-W10"},
        {"first": "2025-05"},
        {"last": "2025-04-01"},
        {"first": "2025-04-30"},
        {"last": "2025-06-01"},
        {"anchor": "yesterday"},
        {"precision": "hour"},
        {"how": "guessed"},
    ],
)
def test_no_other_dates(change: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Date.model_validate({**DATE, "anchor": None, **change})


@pytest.mark.parametrize(
    "value",
    [
        "2025-09-02",
        "2025-W36",
        "2024-Q3",
        "2026-FA",
        "199",
        "P15Y",
        "PXY",
        "PT3H",
        "PAST_REF",
        "2025-09-02T14:30",
        "T09:00",
        "XXXX-WXX-1",
    ],
)
def test_timex_values(value: str) -> None:
    assert _time(value).value == value


@pytest.mark.parametrize("value", ["", "/", "soon", "2025-9", "P", "15Y", "2025/2026/2027"])
def test_no_other_timex_values(value: str) -> None:
    with pytest.raises(ValidationError):
        _time(value)


def test_a_time_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="ends before it begins"):
        _time("2025", first="2025-12-31", last="2025-01-01")


def _time(value: str, **more: str) -> TimeExpression:
    fields = {"type": "date", "value": value, "how": "stated", **more}
    data: dict[str, Any] = {
        **dict.fromkeys(("first", "last", "precision", "anchor")),
        **fields,
        "id": "tim-0123456789abcdef",
        "span": {"start": 0, "end": 1, "text": "x"},
        "score": 1.0,
        "reasons": [],
        "evidence": [
            {"field": f, "start": 0, "end": 1, "text": "x", "rule": "r.r", "how": "normalized"} for f in fields
        ],
    }
    return TimeExpression.model_validate(data)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "state", "code": None},
        {"kind": "state", "code": "UK"},
        {"kind": "organization", "code": "CHN"},
        {"kind": "person", "code": None, "name": ""},
        {"kind": "city", "code": None},
    ],
)
def test_no_such_party(fields: dict[str, str | None]) -> None:
    with pytest.raises(ValidationError):
        Party.model_validate({"name": "X", "ref": None, **fields})


@pytest.mark.parametrize("code", ["CHN", "EU", "XKX", "SUN", "YUG"])
def test_codes_of_states(code: str) -> None:
    assert Party(name="X", code=code, kind="state", ref=None).code == code


def test_a_place_lies_in_a_country() -> None:
    with pytest.raises(ValidationError):
        PlaceRef(name="Brussels", country="EU", ref=None)


def test_a_dateline_says_something() -> None:
    with pytest.raises(ValidationError):
        Dateline(place=None, date=None)


@pytest.mark.parametrize("published", ["2025-02-30", "yesterday", "", "02/09/2025"])
def test_an_article_is_published_on_a_date(published: str) -> None:
    with pytest.raises(ValidationError, match="is not a date"):
        Article(text="x", published=published)


def test_metadata_of_an_article_is_json() -> None:
    assert Article(text="x", metadata={"a": (1, Decimal("2.5"))}).metadata == {"a": [1, 2.5]}
    with pytest.raises(ValidationError):
        Article(text="x", metadata={"a": object()})


def test_what_came_along_can_always_be_written() -> None:
    article = Article(text="x", source="a\udcff.txt", title="T\x00", metadata={"k\ud800": "\udfff"})
    assert (article.source, article.title, article.metadata) == ("a\ufffd.txt", "T\ufffd", {"k\ufffd": "\ufffd"})


def test_numbers_in_json() -> None:
    data = record()
    data["figures"][0].update(low=Decimal("0.1"), high=Decimal("1E+24"))
    text = to_json(ArticleRecord.model_validate(data))
    assert '"low":0.1,"high":1000000000000000000000000' in text
    assert json.loads(text)["article"]["metadata"] == {"desk": 2, "weight": 1.0}
    assert '"weight":1.0' in to_json(from_json(text))


def test_ids_are_made_of_content() -> None:
    assert article_id("text", None) == article_id("text", "")
    assert article_id("text", None) != article_id("text", "2025-01-01")
    assert record_id("fig", "a-1", 0, 5) != record_id("evt", "a-1", 0, 5)


def test_span_and_evidence_need_their_text() -> None:
    assert Span(start=0, end=2, text="ab").end == 2
    with pytest.raises(ValidationError):
        Span(start=0, end=2, text="abc")
    assert Evidence(field="name", start=None, end=None, text=None, rule="m", how="metadata").start is None
