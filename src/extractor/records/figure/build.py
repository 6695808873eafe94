"""Builds the figure records of a document: each quantity with what it measures, when, whose it is and who says so."""

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Token

from extractor.models import Event, Figure
from extractor.models.figure import FigureStatus
from extractor.models.parts import How, Span
from extractor.nlp.context import assertion
from extractor.nlp.document import Document, Quantity, TimeMention
from extractor.records.draft import Draft, Found
from extractor.records.figure.change import changing, directions, word_of_change
from extractor.records.figure.clause import Place, place
from extractor.records.figure.home import Home
from extractor.records.figure.measure import Measure, between, measure
from extractor.records.figure.parties import Scene, add_parties
from extractor.records.figure.period import Periods
from extractor.records.figure.source import Source, Sources

_STATUS: dict[str, FigureStatus] = {
    "planned": "target",
    "target": "target",
    "forecast": "forecast",
    "hypothetical": "hypothetical",
    "cancelled": "denied",
    "denied": "denied",
}
_GOALS = frozenset({"goal", "target", "aim", "objective", "ambition"})
_FORECASTS = frozenset({"forecast", "projection", "estimate", "expectation", "outlook", "prediction"})
_OUTLOOKS = _GOALS | _FORECASTS
_CASUALTIES = frozenset(
    [
        "kill",
        "killed",
        "die",
        "died",
        "dead",
        "injure",
        "injured",
        "wound",
        "wounded",
        "displace",
        "displaced",
        "missing",
        "death",
        "casualty",
    ]
)


def build(document: Document, events: Sequence[Found[Event]]) -> list[Found[Figure]]:
    """Build every figure record, in the order of first mention."""
    taken = frozenset(i for quantity in document.quantities for i in range(quantity.start, quantity.end))
    times = frozenset(
        i for mention in document.times if not _adjective(document, mention) for i in range(mention.start, mention.end)
    )
    home, periods, sources, told_of = Home(document), Periods(document), Sources(document), _Events(events)
    out: list[Found[Figure]] = []
    before: tuple[int, Measure] | None = None
    sentence: Span | None = None
    quantities = document.quantities
    for k, quantity in enumerate(quantities):
        where = place(document.doc, quantity, (*quantities[max(k - 1, 0) : k], *quantities[k + 1 : k + 2]))
        start, end = where.sentence.start, where.sentence.end
        if before is None or before[0] != start or sentence is None:
            sentence = document.token_span(start, end)
        near = before[1] if before is not None and before[0] >= _sentence_before(document, start) else None
        found = measure(where, taken, times, near)
        # "or 30 cents a share" only says the figure before it in another way.
        before = start, near if near is not None and where.led_by == "or" and quantity.kind == "money" else found
        out.append(_figure(document, where, found, sentence, told_of.of(where), home, periods, sources))
    return out


def _sentence_before(document: Document, start: int) -> int:
    """Where the sentence before the one that begins at a token begins; a new paragraph has none."""
    if start == 0 or "\n" in document.doc[start - 1].text_with_ws:
        return start
    return document.sentence(start - 1).start


def _figure(
    document: Document,
    where: Place,
    found: Measure,
    sentence: Span,
    event: Found[Event] | None,
    home: Home,
    periods: Periods,
    sources: Sources,
) -> Found[Figure]:
    quantity = where.quantity
    draft = Draft(document, Figure, score=0.7)
    span = document.span(quantity.start_char, quantity.end_char)
    draft.put(span=span, sentence=sentence)
    _value(draft, document, quantity, span)
    _change(draft, document, where)
    _status(draft, document, where, span)
    periods.add(draft, where, found, event)
    told = sources.of(where)
    add_parties(draft, Scene(document, where, found, home, told), event)
    _measure(draft, document, found)
    _attribution(draft, document, told)
    if event is not None and event.record.type in ("conflict", "disaster") and quantity.kind == "count":
        start, end = event.tokens[0]
        draft.set("event", event.record.id, document.token_span(start, end), "figure.event.clause", "inferred")
    if quantity.unit_inferred:
        draft.reason("unit inferred from the article", -0.1)
    return Found(draft.build(span), ((quantity.start, quantity.end),))


class _Events:
    """The events of a document by where they are told of."""

    def __init__(self, events: Sequence[Found[Event]]) -> None:
        self._events = events
        self._at = sorted((start, end, k) for k, event in enumerate(events) for start, end in event.tokens)

    def of(self, where: Place) -> Found[Event] | None:
        """The event that the quantity's clause tells of: its verb, or a word of its clause where people come to
        harm."""
        if where.quantity.kind != "count" or where.verb is None:
            return None
        low = bisect_left(self._at, (where.sentence.start,))
        high = bisect_left(self._at, (where.sentence.end,), lo=low)
        if low == high:
            return None
        harm = any(token.lemma_.lower() in _CASUALTIES or token.lower_ in _CASUALTIES for token in where.sentence)
        fitting = [
            k
            for start, end, k in self._at[low:high]
            if start <= where.verb.i < end or (harm and self._events[k].record.type in ("conflict", "disaster"))
        ]
        return self._events[min(fitting)] if fitting else None


def _adjective(document: Document, mention: TimeMention) -> bool:
    """Times such as "current" belong to the words of a measure."""
    return mention.end - mention.start == 1 and document.doc[mention.start].pos_ in ("ADJ", "ADV")


def _value(draft: Draft[Figure], document: Document, quantity: Quantity, span: Span) -> None:
    """Kind, bounds and unit: what the quantity expression itself says."""
    draft.set("kind", quantity.kind, span, quantity.rule, "normalized")
    bound, rule = span, quantity.rule
    if quantity.bound is not None:
        start, end, rule = quantity.bound
        bound = document.span(min(start, quantity.start_char), max(end, quantity.end_char))
    how: How = "normalized"
    draft.set("low", quantity.low, bound, rule, how)
    draft.set("high", quantity.high, bound, rule, how)
    draft.set("approx", quantity.approx, bound, rule, how)
    unit = document.span(*quantity.unit_span) if quantity.unit_span else span
    draft.set("unit", quantity.unit, unit, quantity.rule, "inferred" if quantity.unit_inferred else "normalized")


def _measure(draft: Draft[Figure], document: Document, found: Measure) -> None:
    found = between(found, draft.get("parties") or ())
    text = found.text
    if text is None:
        draft.reason("no words say what is measured", -0.1)
        return
    first, last = min(token.i for token in found.tokens), max(token.i for token in found.tokens)
    at = document.token_span(first, last + 1)
    draft.set("measure", text, at, "figure.measure.syntax", "verbatim" if at.text == text else "normalized")
    draft.reason("the syntax shows what is measured", 0.1)


# -- change and status ------------------------------------------------------------------------------------------


def _change(draft: Draft[Figure], document: Document, where: Place) -> None:
    """Set where the quantity is the size of a change: "rose 3 percent", "an increase of", "up 3 percent"."""
    quantity, top = where.quantity, where.top
    if quantity.kind == "duration" or (quantity.kind == "count" and quantity.unit not in (None, "point")):
        return
    cue = top if quantity.rule == "quantity.ratio.verb" else changing(where, top)
    if cue is not None and quantity.kind == "money" and cue.lemma_ == "raise" and where.led_by != "by":
        # Money that is raised is got, not added.
        return
    if cue is not None:
        direction = directions()[word_of_change(cue)]
        draft.set("change", direction, document.token_span(cue.i, cue.i + 1), "figure.change.word", "normalized")


def _status(draft: Draft[Figure], document: Document, where: Place, span: Span) -> None:
    cue = _noun_cue(where)
    if cue is not None:
        status: FigureStatus = "target" if cue.lemma_ in _GOALS else "forecast"
        draft.set("status", status, document.token_span(cue.i, cue.i + 1), "figure.status.noun", "normalized")
        return
    if where.quantity.kind == "duration" and where.led_by == "after":
        # "agree to halt fighting after five days": the days are over, whatever is agreed.
        draft.set("status", "actual", span, "figure.status.passed", "inferred")
        return
    found = assertion(where.top)
    status = _STATUS.get(found.status, "actual")
    if found.rule == "context.negation" and where.top.dep_ in ("nsubj", "nsubjpass") and found.cue is not None:
        # "5 percent did not vote": so many there are who did not.
        status = "actual" if found.cue.head == where.top.head else status
    at = document.token_span(found.cue.i, found.cue.i + 1) if found.cue is not None and status != "actual" else span
    draft.set("status", status, at, found.rule, "inferred" if status == "actual" else "normalized")


def _noun_cue(where: Place) -> Token | None:
    """A goal or a forecast that the quantity is the content of."""
    node = where.top
    for _ in range(5):
        if node.pos_ == "NOUN" and node.lemma_ in _OUTLOOKS and node.i not in where.inside:
            return node
        for child in node.children:
            if child.dep_ in ("compound", "nmod", "amod") and child.lemma_ in _GOALS:
                return child
        if node.head == node or (node.dep_ in ("ccomp", "advcl", "nsubj", "dobj", "relcl") and node.pos_ == "VERB"):
            return None
        node = node.head
    return None


def _attribution(draft: Draft[Figure], document: Document, told: Source | None) -> None:
    if told is None or told.party is None or (told.cue.lemma_ == "see" and told.party.kind == "state"):
        # "Spain will see 400 jobs cut": it undergoes what it sees.
        return
    at = document.token_span(told.span.start, told.span.end)
    draft.set("attributed_to", told.party, at, told.rule, "normalized")
    draft.reason("its source is named", 0.05)
