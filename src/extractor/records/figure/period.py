"""The time or period that a figure is for."""

import re
from bisect import bisect_left, bisect_right
from datetime import date
from functools import cached_property

from spacy.tokens import Token

from extractor.models import Date, Event, Figure
from extractor.nlp.dates import contract_date, reported_date, times_in
from extractor.nlp.document import Document, TimeMention
from extractor.records.draft import Draft, Found
from extractor.records.figure.clause import MODIFIERS, Place, verb_above
from extractor.records.figure.home import ACCUSING
from extractor.records.figure.measure import Measure
from extractor.records.figure.parties import FAVOUR, INDEXES

#: Times that only name what a value is compared with: "from a year earlier".
_BASE = re.compile(
    r"(?:a|one|the|same)\s+(?:year|quarter|month|period|week)\s+(?:ago|earlier|before|previously)|(?:the\s+)?(?:previous|prior|preceding)\s+(?:year|quarter|month)"
    r"|the\s+same\s+(?:period|quarter|month).*|year-ago",
    re.IGNORECASE,
)
#: Periods of another year are compared with, not reported for.
_OTHER_YEAR = re.compile(r"last year|year ago|year earlier|previous year|year before", re.IGNORECASE)
_YEAR_BASE = re.compile(r"year", re.IGNORECASE)
#: What stands before a value that another is compared with.
_COMPARED = frozenset({"from", "with", "against", "than", "versus", "to"})
#: Verbs of making known: the day they happen is not the period of what is made known.
_MADE_KNOWN = frozenset(
    [
        "report",
        "say",
        "announce",
        "post",
        "release",
        "publish",
        "disclose",
        "unveil",
        "declare",
        "show",
        "state",
        "reveal",
    ]
)
#: What companies report for a period.
_RESULTS = frozenset(
    [
        "profit",
        "profits",
        "revenue",
        "revenues",
        "sales",
        "income",
        "loss",
        "losses",
        "earnings",
        "ebit",
        "ebitda",
        "turnover",
        "margin",
        "margins",
        "orders",
        "intake",
        "bookings",
        "deliveries",
        "output",
        "production",
        "shipments",
        "volumes",
        "premiums",
        "writedown",
        "writedowns",
        "charge",
        "charges",
    ]
)
#: Periods that results are reported for.
_REPORTED = re.compile(r"quarter|half|months|full[- ]year|fiscal|\bq[1-4]\b|\bh[12]\b|\bfy", re.IGNORECASE)
#: How near the time of a clause is that is joined to the figure's own.
_JOINED = 3
#: Verbs of setting a value, which holds whenever the thing is dealt with.
_VALUING = frozenset({"estimate", "value", "price", "appraise"})
#: Verbs of talking about a thing, whose size does not depend on when.
_TALKING = frozenset({"discuss", "review", "consider", "examine", "assess", "debate", "inspect"})
#: Verbs of coming to harm, which share the time behind the last.
_HARM = frozenset(
    {"kill", "shoot", "injure", "wound", "hurt", "die", "drown", "burn", "crush", "stab", "arrest", "detain"}
)
#: What moves in price on the day of the report.
_SHARES = frozenset(["share", "shares", "stock", "stocks", "yield", "yields"])
_QUOTED = INDEXES | _SHARES


class Periods:
    """Finds the periods of a document's figures."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._dates: dict[int, Date | None] = {}

    def add(self, draft: Draft[Figure], where: Place, found: Measure, event: Found[Event] | None) -> None:
        """Set the time of the quantity's own clause, else of the clause above it, of its event, of the results told of."""
        document = self._document
        best = self._nearest(where, found)
        if best is not None:
            mention, period = best
            at = document.token_span(mention.start, mention.end)
            draft.set("period", period, at, mention.rule, "verbatim" if period.how == "stated" else "normalized")
            draft.reason("its clause gives the time", 0.1)
        elif event is not None and event.record.date is not None and event.record.status == "happened":
            start, end = event.tokens[0]
            at = document.token_span(start, end)
            draft.set("period", event.record.date, at, "figure.period.event", "inferred")
        elif _daily(draft, where, found) and (reported := reported_date(document)):
            how = "metadata" if reported[1] is None else "inferred"
            draft.set("period", reported[0], reported[1], "figure.period.reported", how)  # type: ignore[arg-type]
        elif draft.get("status") == "actual" and _result(found) and (results := self._results(where)):
            mention, period = results
            at = document.token_span(mention.start, mention.end)
            draft.set("period", period, at, "figure.period.results", "inferred")

    def _date(self, mention: TimeMention) -> Date | None:
        """The date of a mention, which several figures of a sentence may have."""
        if mention.start not in self._dates:
            self._dates[mention.start] = contract_date(self._document, mention)
        return self._dates[mention.start]

    def _nearest(self, where: Place, found: Measure) -> tuple[TimeMention, Date] | None:
        sentence = where.sentence
        timeless = _timeless(where)
        # "doubled since 2015 to 3 million": the time is that of the change.
        level = where.led_by in ("to", "at")
        best: tuple[int, int, TimeMention, Date] | None = None
        for mention in times_in(self._document, sentence.start, sentence.end):
            period = self._date(mention)
            if period is None:
                continue
            span = self._document.doc[mention.start : mention.end]
            if _BASE.fullmatch(span.text):
                if (shifted := self._compared(where, found, mention)) is not None:
                    return mention, shifted
                continue
            gap = self._document.doc[where.quantity.end : mention.start]
            behind = len(gap) == 1 and gap[0].lower_ in ("in", "for", "during", "on", "at")
            rank = 0 if behind else _rank(where, span.root)
            if (
                rank is None
                or (rank and (timeless or (level and period.last is None)))
                or (rank == _JOINED and period.last is None)
                or self._is_of_another(where, mention)
                or self._tells_of_reporting(mention, span.root, found)
            ):
                continue
            distance = min(abs(mention.start - where.quantity.end), abs(where.quantity.start - mention.end))
            if best is None or (rank, distance) < best[:2]:
                best = rank, distance, mention, period
        return best[2:] if best is not None else None

    def _compared(self, where: Place, found: Measure, mention: TimeMention) -> Date | None:
        """The period of "from 50 million a year earlier": that of the results told of, a year back; where none is
        told, the one that the words give."""
        quantity = where.quantity
        last, led_by = quantity.end, where.led_by
        if led_by == "or" or led_by in _COMPARED:
            # "from 35 million dollars, or 37 cents per share, a year ago"
            last, led_by = self._to_the_end_of_pair(where)
        if not quantity.end <= mention.start <= last + 3 or led_by not in _COMPARED:
            return None
        text = self._document.doc[mention.start : mention.end].text
        base = self._results(where) if _YEAR_BASE.search(text) else None
        if base is not None and (back := _year_back(base[1])) is not None:
            return back
        return self._date(mention)

    def _to_the_end_of_pair(self, where: Place) -> tuple[int, str]:
        """Where a sum and the same per share end ("35 million, or 37 cents per diluted share,"), and what leads them."""
        doc, quantity = self._document.doc, where.quantity
        quantities = self._document.quantities
        at = bisect_left(quantities, quantity.start, key=lambda other: other.start)
        end, led_by = quantity.end, where.led_by
        if led_by == "or" and at and quantity.start - quantities[at - 1].end <= 2:
            led_by = doc[max(quantities[at - 1].start - 1, 0)].lower_
        elif at + 1 < len(quantities) and doc[end : quantities[at + 1].start].text in (", or", "or"):
            end = quantities[at + 1].end
        else:
            return end, led_by
        rate = doc[end : end + 4]
        if len(rate) and rate[0].lower_ in ("per", "a", "an"):
            end = next((token.i for token in rate if token.text == ","), end)
        return end, led_by

    def _is_of_another(self, where: Place, mention: TimeMention) -> bool:
        """Whether a time follows another quantity, with which this one is compared: "to 2% from 3% in May"."""
        quantities = self._document.quantities
        following = bisect_right(quantities, where.quantity.start, key=lambda quantity: quantity.start)
        for other in quantities[following : following + 3]:
            if other.end > mention.start:
                return False
            before = self._document.doc[other.start - 1].lower_
            if mention.start - other.end <= 2 and before in ("from", "with", "against", "versus", "than"):
                return True
        return False

    def _tells_of_reporting(self, mention: TimeMention, time: Token, found: Measure) -> bool:
        """Whether a day is that on which a result was made known."""
        verb = verb_above(time)
        return mention.precision == "day" and verb is not None and verb.lemma_ in _MADE_KNOWN and _result(found)

    def _results(self, where: Place) -> tuple[TimeMention, Date] | None:
        """The period of results told of last before a quantity or in its sentence: "second-quarter", "in the six
        months to June"."""
        last = bisect_left(self._told, where.sentence.end, key=lambda pair: pair[0].start)
        while last and self._told[last - 1][0].start >= where.sentence.start:
            if not self._is_of_another(where, self._told[last - 1][0]):
                break
            last -= 1
        return self._told[last - 1] if last else None

    @cached_property
    def _told(self) -> list[tuple[TimeMention, Date]]:
        """Every period of the document that results are reported for, in order."""
        out: list[tuple[TimeMention, Date]] = []
        for mention in self._document.times:
            if mention.precision in ("day", "week") or mention.first is None or mention.last is None:
                continue
            text = self._document.doc[mention.start : mention.end].text
            if not _REPORTED.search(text) or _OTHER_YEAR.search(text):
                continue
            period = self._date(mention)
            if period is not None and not self._looks_ahead(period):
                out.append((mention, period))
        return out

    def _looks_ahead(self, period: Date) -> bool:
        """Whether a period is not over yet, so that only an outlook can be for it."""
        published = self._document.published
        return published is not None and published.last is not None and (period.last or "") > published.last


def _result(found: Measure) -> bool:
    """Whether a measure is one that companies report for a period."""
    return any(token.lower_ in _RESULTS or token.lemma_ in ("lose", "earn") for token in found.tokens)


def _daily(draft: Draft[Figure], where: Place, found: Measure) -> bool:
    """Indexes and share prices move on the day of the report."""
    quantity = where.quantity
    words = {token.lower_ for token in found.tokens}
    if quantity.kind == "quantity" and quantity.unit == "point":
        return words.isdisjoint(FAVOUR)
    if quantity.kind == "percent":
        if where.beside_index and draft.get("change") is not None:
            return True
        moved = draft.get("change") is not None or where.led_by in ("to", "at")
        return moved and not words.isdisjoint(_QUOTED)
    return quantity.kind == "money" and where.led_by in ("to", "at") and bool(_SHARES & words)


def _year_back(period: Date) -> Date | None:
    """The same period of the year before."""
    if period.first is None or period.last is None or not period.value[:4].isdigit():
        return None
    year = int(period.value[:4])
    value = re.sub(r"\b(\d{4})(?=-|/|\Z)", lambda found: str(int(found[1]) - 1), period.value)
    return Date(
        text=period.text,
        value=value,
        first=_day_back(period.first),
        last=_day_back(period.last),
        precision=period.precision,
        how="resolved",
        anchor=f"{year}{period.first[4:]}",
    )


def _day_back(day: str) -> str:
    """The same day of the year before; of 29 February the 28th."""
    year, month, number = (int(part) for part in day.split("-"))
    leap = (month, number) == (2, 29)
    return date(year - 1, month, 28 if leap else number).isoformat()


def _timeless(where: Place) -> bool:
    """Whether the time of a clause is not that of a quantity in it: the value before a change, the size of a thing as
    an adjective ("a 233-km line"), what only describes the subject."""
    if where.led_by == "from":
        return True
    if where.quantity.kind == "count" and any(
        token.lower_ in ("them", "whom")
        for token in where.doc[max(where.quantity.start - 2, 0) : where.quantity.end + 3]
    ):
        # "40 people, six of them children, were hurt"
        return False
    if where.quantity.kind == "duration" and where.led_by == "in" and _is_of_record(where.top.head.head):
        return True
    if where.quantity.kind == "money" and where.verb is not None and where.verb.lemma_ in ACCUSING:
        # "arrested in May over a 3 million fraud": the fraud was before.
        return where.top.dep_ != "dobj"
    quantity, node = where.quantity, where.top
    if quantity.kind in ("quantity", "duration") and node.dep_ in MODIFIERS and node.head.pos_ in ("NOUN", "PROPN"):
        return any(token.text == "-" for token in where.doc[quantity.start : quantity.end + 1])
    for _ in range(6):
        if node.pos_ in ("VERB", "AUX") or node.head == node:
            return False
        if node.dep_ == "appos" and node.head.dep_ in ("nsubj", "nsubjpass") and node.head.i < quantity.start:
            return True
        node = node.head
    return False


def _is_of_record(noun: Token) -> bool:
    """Whether a noun is the greatest or least of its kind: "the worst drought in 40 years"."""
    return noun.tag_ in ("JJS", "RBS") or any(child.tag_ in ("JJS", "RBS") for child in noun.lefts)


def _rank(where: Place, time: Token) -> int | None:
    """How near a time is by syntax: in the noun phrase, in the same clause, in a clause above; None if it is another's."""
    mine = where.verb
    holder = time
    owned = False
    while (
        holder.dep_ in ("pobj", "prep", "compound", "nmod", "amod", "npadvmod", "nummod", "pcomp", "poss")
        and holder.head != holder
    ):
        if (
            holder.dep_ == "prep"
            and holder.lower_ in ("than", "from", "to", "versus", "till", "until")
            and holder.head.lower_ != "due"
        ):
            return None
        if holder.dep_ == "prep" and holder.lower_ in ("since", "in") and holder.head.tag_ in ("JJS", "RBS"):
            # "8 percent, the highest since 1983"
            return None
        owned = owned or holder.dep_ == "poss"
        holder = holder.head
        if holder.lower_ == "compared" or holder.dep_ == "appos":
            return None
        if holder == where.top or holder.i in where.inside:
            return 0
        if holder.pos_ in ("VERB", "AUX"):
            break
    theirs = verb_above(time)
    if mine is None or theirs is None:
        return 1 if mine == theirs else 2
    if theirs == mine:
        return 1
    if theirs.is_ancestor(mine):
        said = mine
        if owned or (mine.lemma_ in _VALUING and mine.dep_ in ("acl", "advcl")):
            # "Today's talks build on the deals that brought 3 billion"; "the plant, valued at 3 million, will be shut"
            return None
        while True:
            if (said.dep_ == "relcl" and _is_lasting(said)) or (said.dep_ == "advcl" and said.lemma_ in _TALKING):
                # "met members of the club, which unites 3,000 people": that is always so.
                return None
            if said.head == theirs or said.head == said:
                break
            said = said.head
        return None if said.dep_ in ("ccomp", "parataxis") and theirs.lemma_ != "see" else 2
    if theirs.dep_ == "advcl" and theirs.head == mine and any(child.lower_ == "when" for child in theirs.lefts):
        return 2
    if theirs.dep_ in ("xcomp",) and theirs.head == mine:
        return 2
    if theirs.dep_ != "conj" or theirs.head != mine:
        return None
    # "two men were shot and 20 people were hurt last Thursday"
    harmed = mine.lemma_ in _HARM and theirs.lemma_ in _HARM
    return _JOINED if time.i < where.quantity.start or harmed else None


def _is_lasting(verb: Token) -> bool:
    """Whether a relative clause tells what is always so, or what is to come: its time is not that of the sentence."""
    if verb.tag_ in ("VBZ", "VBP"):
        return True
    return any(child.tag_ == "MD" or (child.dep_ == "auxpass" and child.tag_ in ("VBZ", "VBP")) for child in verb.lefts)
