"""Finds the quantity expressions of a document: a number at each anchor, its unit, its bounds and what it counts."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.nlp.document import Document, Quantity
from extractor.nlp.quantities import bounds, measured, multiples, numbers, ranges, units, votes
from extractor.nlp.quantities.bounds import Bound
from extractor.nlp.quantities.numbers import Number
from extractor.nlp.quantities.reading import Page, Reading
from extractor.nlp.quantities.settle import settle

_TIED = re.compile(r"\w*(?:[-/.:,](?=\d)\w+)*")


def find(document: Document) -> list[Quantity]:
    """Every quantity of the document, in order, none overlapping another or crossing a sentence."""
    page = Page(document)
    whole = [*_multiples(page), *_votes(page)]
    readings = settle(page, list(_readings(page, whole)))
    found = [quantity for reading in [*readings, *whole] if (quantity := _quantity(page, reading))]
    found.sort(key=lambda quantity: (quantity.start_char, quantity.end_char))
    out: list[Quantity] = []
    for quantity in found:
        if not out or quantity.start >= out[-1].end:
            out.append(quantity)
    return out


def _readings(page: Page, whole: list[Reading]) -> Iterator[Reading]:
    """Every number that may be a quantity, with its unit and bounds; those already read `whole` are passed over."""
    text, done = page.text, 0
    taken = {char for reading in whole for char in range(reading.start, reading.end)}
    for anchor in numbers.ANCHOR.finditer(text):
        at = anchor.start()
        if at < done or at in taken:
            continue
        number = numbers.read(text, at)
        if number is None:
            continue
        token = page.token(at)
        if len(token) > 8 and (token.like_url or token.like_email):
            done = token.idx + len(token)
            continue
        if time := page.in_time(at):
            page.reject(at, max(min(number.end, time[1]), at + 1), "part of an expression of time", "quantity.not.time")
            done = max(time[1], number.end)
            continue
        reading = measured.read(page, number, done)
        if reading is None:
            done = _past(text, number)
            continue
        reading = ranges.widen(page, reading, done)
        _bound(page, reading, done)
        refused = (
            None
            if reading.ranged
            else bounds.refusal(text, number.start, reading.number_end, bare=reading.unit is None)
        )
        if refused:
            page.reject(reading.start, reading.number_end, refused.reason, refused.id)
            done = max(_past(text, number), reading.number_end)
            continue
        done = reading.end
        yield reading


def _past(text: str, number: Number) -> int:
    """Where to look on behind a number that is none: past every digit and letter tied to it."""
    tied = _TIED.match(text, number.end)
    return tied.end() if tied else number.end


def _multiples(page: Page) -> Iterator[Reading]:
    for start, end, value, rule in multiples.find(page.text):
        verb = rule == "quantity.ratio.verb"
        if page.in_time(start) or (verb and (page.token(start).pos_ != "VERB" or page.text[end : end + 1] == "-")):
            continue
        number = Number(start, end, value, Decimal(1), "words")
        reading = Reading(
            start, end, end, value, value, number, None, None, rule, kind="ratio", head=page.token_at(end - 1)
        )
        _bound(page, reading, 0)
        yield reading


def _votes(page: Page) -> Iterator[Reading]:
    if not votes.SPOKEN_OF.search(page.text):
        return
    for begin, limit in page.sentences():
        for start, end in votes.find(page.text, begin, limit):
            value = Decimal(page.text[start:end])
            number = Number(start, end, value, Decimal(1), "digits")
            rule = "quantity.count.vote"
            yield Reading(start, end, end, value, value, number, None, None, rule, kind="count", name="vote")


def _bound(page: Page, reading: Reading, floor: int) -> None:
    """Read the bounds before and behind a quantity into it."""
    text = page.text
    sentence, sentence_end = page.sentence(reading.number.start)
    for _ in range(2):
        bound = bounds.before(text, reading.start, max(floor, sentence))
        if bound is None or _lasts(page, reading, bound):
            break
        _apply(reading, bound)
        if bound.outside:
            break
        reading.start = bound.start
    bound = bounds.after(text, reading.end)
    if (
        bound is None
        and reading.number.end == reading.number_end < reading.end
        and reading.unit
        and reading.unit.kind != "money"
    ):
        bound = bounds.after(text, reading.number_end)
    if bound is None or bound.end > sentence_end:
        return
    _apply(reading, bound)
    reading.end = max(reading.end, bound.end)
    if reading.unit is None:
        reading.number_end = max(reading.number_end, bound.end)
        found = units.match(text, bound.end)
        if found and found[0].kind in ("duration", "quantity", "percent") and len(text[found[1] : found[2]]) > 1:
            reading.unit, reading.unit_span, reading.end = found[0], (found[1], found[2]), found[2]
            reading.rule = f"quantity.{found[0].kind}.name"


def _lasts(page: Page, reading: Reading, bound: Bound) -> bool:
    """ "over three days" tells how long something went on, unless a preposition or a verb of lasting stands before it."""
    if reading.unit is None or reading.unit.kind != "duration" or page.text[bound.start : bound.end].lower() != "over":
        return False
    token = page.token_at(bound.start)
    before = page.doc[token - 1] if token else None
    return before is None or not (
        before.pos_ == "ADP" or before.lemma_ in ("be", "take", "last", "for", "after", "than", "a")
    )


def _apply(reading: Reading, bound: Bound) -> None:
    """A bound opens one side of an exact value; of a range only an upper bound ("up to 5-7%") changes it."""
    reading.bound = bound
    if bound.effect == "approx":
        reading.approx = True
    elif reading.low is None or reading.high is None:
        return
    elif reading.ranged:
        if bound.effect == "high":
            reading.low = None
    elif bound.effect == "low":
        reading.high = None
    else:
        reading.low = None


def _quantity(page: Page, reading: Reading) -> Quantity | None:
    """The finished quantity, kept inside its sentence."""
    assert reading.kind is not None
    begin, limit = page.sentence(reading.number.start)
    start, end = max(reading.start, begin), min(reading.end, limit)
    while end > start and page.text[end - 1].isspace():
        end -= 1
    if end <= start:
        return None
    head = reading.head if reading.head is not None else page.token_at(min(reading.number_end, end) - 1)
    bound = reading.bound
    named = reading.kind != "ratio"
    return Quantity(
        start=page.token_at(start),
        end=page.token_at(end - 1) + 1,
        start_char=start,
        end_char=end,
        head=head,
        kind=reading.kind,
        low=reading.low,
        high=reading.high,
        approx=reading.approx,
        unit=reading.name if named else None,
        unit_span=reading.unit_span if named else None,
        unit_inferred=reading.inferred,
        rule=reading.rule,
        bound=(bound.start, bound.end, bound.rule) if bound else None,
    )
