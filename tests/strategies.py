"""Hypothesis strategies for whole article records that keep the contract."""

from decimal import Decimal
from typing import Any, get_args, get_origin

from hypothesis import strategies as st

from extractor.models import ArticleRecord, Date, Evidence, Party, PlaceRef, Span
from extractor.models.ids import article_id, record_id
from extractor.models.record import RECORD_FIELDS, SCHEMA_VERSION

#: Every character that a decoded article may hold.
CHARACTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\x00")
TEXTS = st.text(CHARACTERS, min_size=1, max_size=200)
NAMES = st.text(CHARACTERS, min_size=1, max_size=12)
NUMBERS = st.one_of(
    st.integers(-(10**30), 10**30).map(Decimal),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6),
    st.sampled_from(
        [Decimal(2**63), Decimal(2**63 - 1), Decimal("0.1"), Decimal("1E-20"), Decimal("1E+40"), Decimal(10) ** 22 + 1]
    ),
    st.sampled_from([Decimal("0.12345678901234567890123"), Decimal("-0"), Decimal("1.50")]),
)
DAYS = st.dates().map(lambda day: day.isoformat())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | NAMES,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=4,
)
UNITS = {
    "money": st.sampled_from(["USD", "EUR", "XBT", "DEM"]),
    "percent": st.sampled_from(["%", "pp"]),
    "ratio": st.none(),
    "count": st.none() | NAMES,
    "quantity": NAMES,
    "duration": st.just("year"),
}


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Span(start=start, end=end, text=text[start:end])


@st.composite
def dates(draw: st.DrawFn) -> Date:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    value, low, high, precision = draw(
        st.sampled_from(
            [
                (first, first, first, "day"),
                (first[:4], f"{first[:4]}-01-01", f"{first[:4]}-12-31", "year"),
                (f"{first[:4]}-Q1", f"{first[:4]}-01-01", f"{first[:4]}-03-31", "quarter"),
                (f"{first}/{last}", first, last, "interval"),
                (f"{first}/", first, None, "interval"),
            ]
        )
    )
    return Date(
        text=draw(st.none() | NAMES),
        value=value,
        first=low,
        last=high,
        precision=precision,
        how=draw(st.sampled_from(["stated", "resolved", "reported"])),
        anchor=draw(st.none() | DAYS),
    )


@st.composite
def parties(draw: st.DrawFn, actors: list[str]) -> Party:
    kind = draw(st.sampled_from(["state", "organization", "person"]))
    return Party(
        name=draw(NAMES),
        code=draw(st.sampled_from(["CHN", "EU", "XKX", "SUN"])) if kind == "state" else None,
        kind=kind,
        ref=draw(st.none() | st.sampled_from(actors)) if actors else None,
    )


@st.composite
def article_records(draw: st.DrawFn) -> ArticleRecord:
    """A record of an article of random text with up to two records of every type, linked and with evidence."""
    text = draw(TEXTS)
    published = draw(st.none() | DAYS)
    article = article_id(text, published)
    known: dict[str, list[str]] = {}
    lists: dict[str, list[Any]] = {}
    # What is referred to is made first.
    for field in sorted(
        RECORD_FIELDS,
        key=("people", "organizations", "leaders", "places", "events", "figures").__contains__,
        reverse=True,
    ):
        model = get_args(ArticleRecord.model_fields[field].annotation)[0]
        lists[field] = []
        known[field] = []
        for number in range(draw(st.integers(0, 2))):
            id = record_id(model.prefix, article, number, number + 1)
            lists[field].append(draw(_records(model, id, text, known)))
            known[field].append(id)
    day = draw(dates())
    title = draw(st.none() | NAMES)
    info = {
        "id": article,
        "external_id": draw(st.none() | NAMES),
        "source": draw(NAMES),
        "title": title,
        "publisher": None,
        "byline": None,
        "url": draw(st.none() | NAMES),
        "dateline": draw(st.sampled_from([None, {"place": "Lima", "date": None}, {"place": None, "date": day}])),
        "published": None,
        "language": "en",
        "metadata": draw(st.dictionaries(NAMES, JSON, max_size=2)),
        "near_duplicate_of": None,
        "text": text,
    }
    if published is not None:
        info["published"] = Date(
            text=None, value=published, first=published, last=published, precision="day", how="metadata", anchor=None
        )
    shown = [name for name in ("title", "dateline", "published") if info[name] is not None]
    info["evidence"] = [
        Evidence(field=name, start=None, end=None, text=None, rule="metadata", how="metadata") for name in shown
    ]
    rejected = draw(st.lists(spans(text), max_size=2))
    return ArticleRecord.model_validate(
        {
            "schema_version": SCHEMA_VERSION,
            "article": info,
            **lists,
            "rejected": [{"span": span, "reason": "too short", "rule": "figure.none"} for span in rejected],
            "provenance": {
                "extractor": "1",
                "model": "m 1",
                "rules": "0",
                "settings": draw(st.just({}) | st.just({"a": 1.5})),
            },
        }
    )


@st.composite
def _records(draw: st.DrawFn, model: Any, id: str, text: str, known: dict[str, list[str]]) -> Any:
    actors = [*known.get("leaders", []), *known.get("people", []), *known.get("organizations", [])]
    values: dict[str, Any] = {"id": id, "score": draw(st.floats(0, 1)), "reasons": draw(st.lists(NAMES, max_size=2))}
    for name, info in model.model_fields.items():
        if name in values or name == "evidence":
            continue
        values[name] = draw(_values(name, info.annotation, text, actors, known))
    if "kind" in values and model.__name__ == "Figure":
        values["unit"] = draw(UNITS[values["kind"]])
        values["low"] = values["low"] if values["high"] is not None else draw(NUMBERS)
    if values.get("low") is not None and values.get("high") is not None:
        values["low"], values["high"] = sorted((values["low"], values["high"]))
    if model.__name__ == "TimeExpression":
        values |= {"value": draw(st.sampled_from(["2025-09-02", "2024-Q3", "P15Y", "199", "PAST_REF"])), "first": None}
    if "alias_reasons" in values:
        values["alias_reasons"] = ["acronym"] * len(values["aliases"])
    evidence = []
    for name, value in values.items():
        if name in model.exempt or value is None or value is False:
            continue
        paths = [f"{name}[{i}]" for i in range(len(value))] if isinstance(value, list) else [name]
        for path in paths:
            span = draw(spans(text))
            evidence.append(
                Evidence(field=path, start=span.start, end=span.end, text=span.text, rule="a.b", how="inferred")
            )
    return model(**values, evidence=evidence)


def _values(name: str, annotation: Any, text: str, actors: list[str], known: dict[str, list[str]]) -> Any:
    optional = type(None) in get_args(annotation)
    if optional:
        annotation = get_args(annotation)[0]
    made = _plain(name, annotation, text, actors, known)
    return st.none() | made if optional else made


def _plain(name: str, annotation: Any, text: str, actors: list[str], known: dict[str, list[str]]) -> Any:
    if get_origin(annotation) is tuple:
        item = _plain(name, get_args(annotation)[0], text, actors, known)
        return st.lists(item, min_size=1 if name == "mentions" else 0, max_size=2)
    if hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if get_args(annotation):
        return st.sampled_from(get_args(annotation))
    if annotation is PlaceRef:
        ref = st.none() | st.sampled_from(known["places"]) if known.get("places") else st.none()
        return st.builds(PlaceRef, name=NAMES, country=st.none() | st.just("RUS"), ref=ref)
    if annotation is str and name in ("event", "value"):
        targets = known.get("events" if name == "event" else "figures")
        return st.sampled_from(targets) if targets else st.none()
    if annotation is str and name == "country":
        return st.sampled_from(["CHN", "XKX"])
    if annotation is str and name in ("first", "last", "anchor"):
        return DAYS
    return {
        str: NAMES,
        bool: st.booleans(),
        float: st.floats(-90, 90),
        Decimal: NUMBERS,
        Span: spans(text),
        Date: dates(),
        Party: parties(actors),
    }[annotation]
