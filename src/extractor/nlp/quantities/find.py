"""Finds the quantity expressions of a document: reads a number at each anchor, its unit, its bounds and what it counts."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from spacy.attrs import IDX, SENT_START

from extractor.nlp.document import Document, Quantity, QuantityKind
from extractor.nlp.quantities import bounds, counts, currencies, multiples, numbers, units
from extractor.nlp.quantities.bounds import Bound
from extractor.nlp.quantities.numbers import Number
from extractor.nlp.quantities.units import Unit


@dataclass(slots=True)
class _Reading:
    """A quantity in the making, in offsets of the view. `end` is where its span ends, `number_end` where its number does."""

    start: int
    end: int
    number_end: int
    low: Decimal | None
    high: Decimal | None
    number: Number
    unit: Unit | None
    unit_span: tuple[int, int] | None
    rule: str
    approx: bool = False
    bound: Bound | None = None
    ranged: bool = False
    kind: QuantityKind | None = None
    name: str | None = None
    head: int | None = None
    inferred: bool = False


_CONNECT = re.compile(r"\s?[-–—~]\s?|\s+to\s+|-to-|-\s+to\s+|\s+through\s+|\s+or\s+|\s+and\s+", re.IGNORECASE)
_TWO_SIDED = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|of)\s+\Z", re.IGNORECASE)
#: Words of change: behind them "from 5% to 7%" is an old and a new value, not a range.
_CHANGE = re.compile(
    r"\b(?:r[io]se|rising|risen|fall(?:s|en|ing)?|fell|increas\w+|decreas\w+|declin\w+|dropp?\w*|gr[eo]w\w*|growth|cut|cuts|cutting|rais\w+|lower\w*"
    r"|reduc\w+|jump\w*|up|down|widen\w*|narrow\w*|slipp?\w*|climb\w*|surg\w+|soar\w*|plung\w+|sank|shrank|shr[iu]nk\w*|went|gone|expand\w*|edg\w+|"
    r"eas\w+|slow\w*|tumbl\w+|doubl\w+|tripl\w+|improv\w+|swell\w*|swung|boost\w*|bring\w*|brought|chang\w+|mov\w+|revis\w+|halv\w+|advanc\w+|gain\w*|lift\w*)\b",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:(?<=[\s(\[])|\A)(?:[-−–]\s?|(?:minus|negative)\s)\Z", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"[\s-](?:consecutive|straight|full|more|long|additional|further|whole|working|business|calendar|successive|extra|solid|short|other|net|metric|"
    r"square|cubic|total|crucial|difficult|lost|separate|continuous|uninterrupted)(?=\s)",
    re.IGNORECASE,
)
_PLAIN_UNIT = re.compile(r"(?:[a-zA-Z°]|in|am|pm)\Z")
_ACCOUNTING = re.compile(r"\b(?:is|was|of|were|to|are|at|loss|deficit|:)\s\(\Z", re.IGNORECASE)
_LEFT_TIED = re.compile(r"[A-Za-z][-‑/.]?\Z|[A-Za-z0-9]_\Z|[/@=?&_]\Z|\d[.,:/]\Z")
_LEFT_WORD = re.compile(r"(?:post|pre|mid|sub|non|over|under|to)-\Z", re.IGNORECASE)
_RIGHT_TIED = re.compile(r"(?:[A-Za-z]{1,3}\d|[A-Z]\b|[A-Za-z]+[-/]\d|[A-Z][A-Za-z]*\b|[a-z]{1,2}\b)(?<!\s)|@|_|=")
_MONEY_IN = re.compile(
    r"\s+(?:in|worth of|of)\s+(?:[\w-]+\s+){0,3}?(?:deals?|investments?|exports?|imports?|aid|loans?|damages?|revenues?|sales|fines|taxes|tax|subsidies|"
    r"assistance|funding|profits?|assets|debts?|savings|spending|losses|contracts|cash|funds|bonds|trade|bribes|grants|financing|relief|budget|compensation|"
    r"reparations|costs|orders|fees|tariffs|cuts|support|benefits|royalties|credits?|equity|capital)\b",
    re.IGNORECASE,
)
_RATIO_AFTER = re.compile(
    r"\s+(?:of|the|its|their|his|her|our|that|those|as|said|were|are|have|had|want|believe|say|do|did|voted)\b|-?\s?majority|[.,;)]|\s*\Z",
    re.IGNORECASE,
)
_HALF_LEFT = re.compile(
    r"\b(?:first|second|latter|other|last|next|in|better|previous|this|each|H)[\s-]+\Z", re.IGNORECASE
)
_INDEX = re.compile(
    r"\b(?:index|indexes|indices|Dow|Nasdaq|FTSE|Nikkei|DAX|Dax|S&P|Sensex|Nifty|Hang Seng|Kospi|KOSPI|Topix|CAC|composite|industrial average|stocks|bourse)\b|\bpoints\b"
)
_INDEX_LEFT = re.compile(
    r"\b(?:to|at|of|above|below|near|around|reach(?:ed|ing)?|hit|value of|the)\s+\Z", re.IGNORECASE
)
_LIST_GAP = re.compile(
    r"\s*(?:,|,?\s+and|,?\s+or|/|&)\s*(?:about|around|some|nearly|almost|over|more than|another|the)?\s*\Z",
    re.IGNORECASE,
)
_ELIDED = re.compile(
    r"\s+(?:in|from|at|of them|are|were|was|is|have|had|came|more|on|by|people|who|out of|each|others?)\b|[.,;)]|\s*\Z",
    re.IGNORECASE,
)
_ELIDED_LEFT = re.compile(
    r"\b(?:another|other|additional|killed|killing|injured|injuring|wounded|wounding|and|with|while|only|just|least|to|than|from|of)\s+\Z|,\s\Z",
    re.IGNORECASE,
)
_CASUALTY = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|injur(?:ed|ing|es)|wound(?:ed|ing|s)?|dead|died|dies|displac(?:ed|ing)|evacuat(?:ed|ing)|arrest(?:ed|ing)|detain(?:ed|ing)|hospitali[sz]ed)\b",
    re.IGNORECASE,
)
#: Units built of a greater and a lesser one: what the lesser is a part of, and how many make the greater.
_LESSER = {"foot": ("inch", Decimal(12)), "pound": ("ounce", Decimal(16))}
_LESSER_JOIN = re.compile(r"(?:\s|,\s|\s+and\s+)(?=[\da-z])", re.IGNORECASE)


def find(document: Document) -> list[Quantity]:
    """Every quantity of the document, in order, none overlapping another or crossing a sentence."""
    return _Finder(document).run()


class _Finder:
    """One pass over one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.doc = document.doc
        self.text = document.doc.text
        self.starts: list[int] = [int(x) for x in self.doc.to_array(IDX)]
        marks = self.doc.to_array(SENT_START)
        self.sentences = [self.starts[i] for i in range(len(self.starts)) if i == 0 or marks[i] == 1]
        self.times = self._time_spans()
        self.context = currencies.Context(self.text)

    def run(self) -> list[Quantity]:
        readings = self._resolve(list(self._readings()))
        found = [quantity for reading in readings if (quantity := self._quantity(reading))]
        found.extend(self._multiples())
        found.sort(key=lambda quantity: (quantity.start_char, quantity.end_char))
        out: list[Quantity] = []
        for quantity in found:
            if not out or quantity.start >= out[-1].end:
                out.append(quantity)
        return out

    # -- where things are ---------------------------------------------------------------------------------------

    def _token_at(self, char: int) -> int:
        return max(bisect_right(self.starts, char) - 1, 0)

    def _sentence(self, char: int) -> tuple[int, int]:
        i = bisect_right(self.sentences, char) - 1
        end = self.sentences[i + 1] if i + 1 < len(self.sentences) else len(self.text)
        return self.sentences[max(i, 0)] if self.sentences else 0, end

    def _time_spans(self) -> list[tuple[int, int, bool]]:
        """Character spans of the expressions of time; durations that are no period may be figures."""
        out = []
        for mention in self.document.times:
            span = self.doc[mention.start : mention.end]
            free = mention.type == "duration" and mention.first is None and mention.last is None
            out.append((span.start_char, span.end_char, free))
        return sorted(out)

    def _time_at(self, char: int) -> tuple[int, int, bool] | None:
        i = bisect_right(self.times, (char, len(self.text), True)) - 1
        while i >= 0 and i > bisect_right(self.times, (char, len(self.text), True)) - 4:
            if self.times[i][0] <= char < self.times[i][1]:
                return self.times[i]
            i -= 1
        return None

    def _reject(self, start: int, end: int, reason: str, rule: str) -> None:
        self.document.reject(start, end, reason, rule)

    # -- reading ------------------------------------------------------------------------------------------------

    def _readings(self) -> Iterator[_Reading]:
        text, done = self.text, 0
        for anchor in numbers.ANCHOR.finditer(text):
            at = anchor.start()
            if at < done:
                continue
            number = numbers.read(text, at)
            if number is None:
                continue
            time = self._time_at(at)
            if time and not time[2]:
                self._reject(at, min(number.end, time[1]), "part of an expression of time", "quantity.not.time")
                done = max(time[1], number.end)
                continue
            reading = self._read(number, done)
            if reading is None:
                done = self._skip(number)
                continue
            if not reading.ranged:
                reading = self._range(reading, done)
            self._bound(reading, done)
            refused = (
                bounds.refusal(text, reading.number.start, reading.number_end, bare=reading.unit is None)
                if not reading.ranged
                else None
            )
            if refused:
                self._reject(reading.start, reading.number_end, refused.reason, refused.id)
                done = max(self._skip(number), reading.number_end)
                continue
            done = reading.end
            yield reading

    def _skip(self, number: Number) -> int:
        """Where to look on behind a number that is none: past every digit and letter tied to it."""
        tied = re.compile(r"[\w]*(?:[-/.:,](?=\d)\w+)*").match(self.text, number.end)
        return tied.end() if tied else number.end

    def _read(self, number: Number, floor: int) -> _Reading | None:
        """The number with its unit; None when it is tied to letters as a name is."""
        text = self.text
        mark = currencies.mark_before(text, self._before_sign(number.start))
        if mark is None and number.start > 0 and number.form != "fraction" and text[number.start].isdigit():
            tied = _LEFT_TIED.search(text, max(0, number.start - 3), number.start)
            if (
                tied
                and not (_LEFT_WORD.search(text, max(0, number.start - 6), number.start))
                and not text[number.start - 2 : number.start] in ("x-",)
            ):
                self._reject(number.start, number.end, "part of a name", "quantity.not.name")
                return None
        if mark and mark[1] >= floor:
            return self._marked(number, mark)
        return self._measured(number)

    def _before_sign(self, start: int) -> int:
        return (
            start - 1
            if start > 0 and self.text[start - 1] in "-−" and start > 1 and self.text[start - 2] in "$€£¥₹"
            else start
        )

    def _marked(self, number: Number, mark: tuple[tuple[str, ...], int]) -> _Reading:
        """Money with its mark in front: "$1.2bn", "Rs 500 crore", "£3m", "$5.9 billion dollars"."""
        text, (codes, start) = self.text, mark
        if number.scale == 1:
            number = numbers.letter_scale(text, number) or number
            if codes[0] in currencies.DECIMAL_COMMA:
                number = numbers.thousands_by_dot(text, number)
        mark_end = start + len(text[start : number.start].rstrip(" \u00a0-−"))
        end = number.end
        named = units.match(text, end)
        if (
            named
            and named[0].kind == "money"
            and named[0].factor == 1
            and (set(named[0].codes) & set(codes))
            and text[named[1] : named[2]].isalpha()
        ):
            end, codes = named[2], tuple(code for code in named[0].codes if code in codes) or codes
        negative = text[mark_end : number.start].strip() in ("-", "−") or bool(
            _SIGN.search(text, max(0, start - 10), start)
        )
        if negative:
            sign = _SIGN.search(text, max(0, start - 10), start)
            start = sign.start() if sign else start
        elif _ACCOUNTING.search(text, max(0, start - 12), start) and text[end : end + 1] == ")":
            negative, start, end = True, start - 1, end + 1
        value = -number.value if negative else number.value
        high = None if number.form == "vague" else value
        return _Reading(
            start,
            end,
            number.end,
            value,
            high,
            number,
            Unit("money", codes[0], Decimal(1), codes),
            (start, mark_end) if not negative else (mark[1], mark_end),
            "quantity.money.mark",
        )

    def _measured(self, number: Number) -> _Reading | None:
        """A number with its unit behind it, or with none."""
        text = self.text
        found = units.match(text, number.end)
        letter = numbers.letter_scale(text, number)
        if letter:
            behind = units.match(text, letter.end)
            if behind and not _PLAIN_UNIT.match(text, behind[1], behind[2]):
                number, found = letter, behind
            elif text[letter.end - 1] in "kKmMbB" and text[letter.end - 2].isdigit() and self._plural_at(letter.end):
                number, found = letter, None
            elif text[letter.end - 1] in "kK" and text[letter.end - 2].isdigit():
                number, found = letter, None
        if found is None:
            adjective = _ADJECTIVE.match(text, number.end)
            if adjective:
                found = units.match(text, adjective.end())
                if found and found[0].kind == "percent":
                    found = None
        if found and not self._holds(number, found):
            found = None
        start, value = number.start, number.value
        sign = _SIGN.search(text, max(0, start - 10), start)
        if sign and (found or sign[0].strip().isalpha() or text[start - 1] == "−"):
            start, value = sign.start(), -value
        high = None if number.form == "vague" else value
        if found is None:
            if self._tied_right(number):
                self._reject(number.start, number.end, "part of a name", "quantity.not.name")
                return None
            return _Reading(start, number.end, number.end, value, high, number, None, None, "quantity.count.noun")
        unit, begin, end = found
        if unit.kind == "money":
            scaled = numbers.more_scale(text, number, end)
            if scaled:
                value, high, end = value * scaled.scale, None if high is None else high * scaled.scale, scaled.end
        value, high = value * unit.factor, None if high is None else high * unit.factor
        reading = _Reading(
            start, end, number.end, value, high, number, unit, (begin, end), f"quantity.{unit.kind}.name"
        )
        return self._lesser(self._rate(reading))

    def _holds(self, number: Number, found: tuple[Unit, int, int]) -> bool:
        """Whether the form found is a unit here: letters and everyday words need a plain number before them."""
        unit, begin, end = found
        text = self.text
        form = text[begin:end]
        if len(form) <= 2 and form.isalpha():
            if number.form != "digits" and number.form != "fraction":
                return False
            if text[begin - 1 : begin] == "-" or re.match(r"[-’'&]\w|\.\s?[A-Z]|\s[A-Z]\.", text[end : end + 4]):
                return False
            if (
                form in ("C", "F", "K", "V", "L", "W", "t", "g", "R", "P", "p", "hp", "mi", "kt", "bp")
                and number.form != "digits"
            ):
                return False
            if form in ("p",) and (begin != number.end or number.scale != 1):
                return False
            if form == "m" and number.scale != 1:
                return False
        if unit.kind == "money":
            if form in currencies.WORDLIKE and number.scale == 1 and number.value < 1000:
                return False
            if form.lower() in (
                "real",
                "sum",
                "mark",
                "marks",
                "sol",
                "som",
                "rand",
                "crown",
                "crowns",
                "pound",
                "won",
                "punt",
                "dong",
                "lei",
                "bucks",
                "rial",
                "cent",
            ):
                return self._money_word(number, form.lower(), end)
            if form in ("P", "R", "Re", "Bs", "Fr.", "S/", "DM", "Sh") or (form == "¢" and begin != number.end):
                return form == "DM"
            if form.lower() in ("pounds",) and self._weight(end):
                return False
        return True

    def _money_word(self, number: Number, form: str, end: int) -> bool:
        """ "won", "mark" and the like are money behind a large number, a pound or cent wherever it is not weight."""
        if form in ("pound",):
            return not self._weight(end)
        if form in ("cent", "rial", "rand"):
            return True
        if form == "won" and self.doc[self._token_at(end - 1)].pos_ in ("VERB", "AUX") and number.value < 1000:
            return False
        return number.scale != 1 or number.value >= 1000 or form in ("marks", "crowns")

    def _weight(self, end: int) -> bool:
        return bool(
            re.match(
                r"\s+(?:of\s+(?!investment|aid|debt|public|tax|money|savings|cash|damage)|heavier|lighter|overweight|bag|baby|bomb|per\s+square)|[\s,]*(?:and\s+)?\d+\s+ounces?",
                self.text[end : end + 24],
                re.IGNORECASE,
            )
        )

    def _rate(self, reading: _Reading) -> _Reading:
        if reading.unit and reading.unit.kind == "quantity" and reading.unit.name not in ("point", "degree"):
            rate = units.rate(self.text, reading.end)
            if rate:
                reading.unit = replace(reading.unit, name=reading.unit.name + rate[0])
                reading.end = rate[1]
        return reading

    def _lesser(self, reading: _Reading) -> _Reading:
        """ "5 feet 2 inches", "3 dollars 50 cents": the lesser part is added."""
        unit = reading.unit
        join = _LESSER_JOIN.match(self.text, reading.end)
        if (
            unit is None
            or join is None
            or (unit.name not in _LESSER and not (unit.kind == "money" and unit.factor == 1))
        ):
            return reading
        char = self.text[join.end()]
        number = (
            numbers.read(self.text, join.end())
            if char.isdigit() or char.isalpha() and numbers.ANCHOR.match(self.text, join.end())
            else None
        )
        found = units.match(self.text, number.end) if number else None
        if number is None or found is None or reading.low is None or reading.high is None:
            return reading
        if unit.kind == "money":
            if found[0].kind != "money" or found[0].factor == 1 or number.value >= 100:
                return reading
            part = number.value * found[0].factor
        elif found[0].name == _LESSER[unit.name][0] and number.value < _LESSER[unit.name][1]:
            part = number.value / _LESSER[unit.name][1]
        else:
            return reading
        reading.low, reading.high, reading.end = reading.low + part, reading.high + part, found[2]
        return reading

    def _plural_at(self, char: int) -> bool:
        token = self._token_at(char)
        for k in range(token + 1, min(token + 4, len(self.doc))):
            if self.doc[k].tag_ in ("NNS", "NNPS"):
                return True
            if self.doc[k].pos_ not in ("ADJ", "NOUN", "PROPN", "SPACE"):
                return False
        return False

    def _tied_right(self, number: Number) -> bool:
        """ "5G", "3D", "24703L202": letters tied to the digits that are no unit."""
        return (
            number.form == "digits"
            and bool(_RIGHT_TIED.match(self.text, number.end))
            and not numbers.letter_scale(self.text, number)
        )

    # -- ranges and bounds --------------------------------------------------------------------------------------

    def _range(self, first: _Reading, floor: int) -> _Reading:
        """Two numbers that bound one quantity: "5-7 billion", "between 5 and 7 per cent", "from $6m to $8m"."""
        text = self.text
        join = _CONNECT.match(text, first.end)
        if join is None or first.high is None or join.end() >= len(text):
            return first
        word = join[0].strip(" -").lower()
        at = join.end()
        mark_at = re.compile(r"(?:[A-Z]{0,3}[$€£¥₹]|[A-Z][A-Za-z]{1,2}\.?)\s?(?=\d)").match(text, at)
        if mark_at:
            at = mark_at.end()
        if numbers.ANCHOR.match(text, at) is None:
            return first
        number = numbers.read(text, at)
        if number is None or number.form == "vague" or ((time := self._time_at(at)) and not time[2]):
            return first
        second = self._read(number, join.end())
        if second is None or second.high is None or second.low is None or first.low is None:
            return first
        left = text[max(floor, first.start - 12) : first.start]
        between = bool(_TWO_SIDED.search(left))
        if word == "and" and not between:
            return first
        if word == "or" and not (
            first.unit is None
            and first.number.form == second.number.form
            and first.number.value < 100
            and second.low == first.low + 1
        ):
            return first
        joined = self._join(first, second)
        if joined is None:
            return first
        low, high, unit = joined
        sentence = self._sentence(first.start)[0]
        change = _CHANGE.search(text, max(sentence, first.start - 90), first.start)
        if (
            word in ("to", "through")
            and not between
            and change
            and (re.search(r"\bfrom\s+\Z", left, re.IGNORECASE) or first.unit is not None)
        ):
            if first.unit is None and second.unit is not None and second.unit.kind != "money":
                first.unit, first.unit_span, first.rule = second.unit, second.unit_span, second.rule
                first.low = first.high = first.low * second.unit.factor
            return first
        if not word and unit is None and not self._counts_behind(second):
            return first
        start = first.start
        if between or re.search(r"\bfrom\s+\Z", left, re.IGNORECASE):
            head = re.search(r"(?:between|from)\s+\Z", text[: first.start][-12:], re.IGNORECASE)
            start -= len(head[0]) if head else 0
        span = first.unit_span if first.unit else second.unit_span
        rule = "quantity.range" if unit is None else (first if first.unit else second).rule
        return _Reading(
            start,
            max(second.end, first.end),
            second.number_end,
            low,
            high,
            second.number,
            unit,
            span,
            rule,
            ranged=True,
        )

    def _join(self, first: _Reading, second: _Reading) -> tuple[Decimal, Decimal, Unit | None] | None:
        """The bounds and the unit that two readings share, or None when they are no range."""
        assert first.low is not None
        assert second.high is not None
        a, b = first.unit, second.unit
        if (
            a
            and b
            and (
                a.kind != b.kind
                or (a.kind != "money" and a.name != b.name)
                or (a.kind == "money" and not set(a.codes) & set(b.codes))
            )
        ):
            return None
        if a and b is None and a.kind != "money" and second.number.scale == 1:
            return None
        unit = a or b
        low, high = first.low, second.high
        if b and a is None:
            low *= b.factor
        if (
            first.number.scale == 1
            and second.number.scale != 1
            and first.number.value < second.number.value / second.number.scale
        ):
            low *= second.number.scale
        return (low, high, unit) if low < high else None

    def _counts_behind(self, second: _Reading) -> bool:
        last = self._token_at(second.number_end - 1)
        return counts.thing(self.doc, last, False, False) is not None and self.text[
            second.number_end : second.number_end + 1
        ] in (" ", "\n")

    def _bound(self, reading: _Reading, floor: int) -> None:
        sentence, sentence_end = self._sentence(reading.number.start)
        for _ in range(2):
            bound = bounds.before(self.text, reading.start, max(floor, sentence))
            if bound is None or (self._spans_time(bound, reading)):
                break
            self._apply(reading, bound)
            if bound.outside:
                break
            reading.start = bound.start
        bound = bounds.after(self.text, reading.end) or (
            bounds.after(self.text, reading.number_end) if reading.unit is None else None
        )
        if bound and bound.end <= sentence_end:
            self._apply(reading, bound)
            reading.end = max(reading.end, bound.end)
            reading.number_end = max(reading.number_end, bound.end) if reading.unit is None else reading.number_end
            if reading.unit is None and bound.effect == "approx":
                self._odd_unit(reading)

    def _odd_unit(self, reading: _Reading) -> None:
        found = units.match(self.text, reading.end)
        if found and found[0].kind in ("duration", "quantity"):
            reading.unit, reading.unit_span, reading.end = found[0], (found[1], found[2]), found[2]
            reading.rule = f"quantity.{found[0].kind}.name"

    def _spans_time(self, bound: Bound, reading: _Reading) -> bool:
        """ "over three days": how long something went on, unless another preposition stands before it."""
        if (
            reading.unit is None
            or reading.unit.kind != "duration"
            or self.text[bound.start : bound.end].lower() not in ("over", "under", "about", "around", "near")
        ):
            return False
        if self.text[bound.start : bound.end].lower() != "over":
            return False
        token = self._token_at(bound.start)
        before = self.doc[token - 1] if token else None
        return before is None or not (
            before.pos_ == "ADP" or before.lemma_ in ("be", "take", "last", "spend", "for", "after", "than", "a")
        )

    def _apply(self, reading: _Reading, bound: Bound) -> None:
        if reading.ranged or reading.high is None or reading.low is None:
            if bound.effect == "approx":
                reading.approx, reading.bound = True, bound
            elif bound.effect == "low" and reading.low is not None and not reading.ranged:
                reading.bound = bound
            elif bound.effect == "high" and reading.ranged:
                reading.low, reading.bound, reading.ranged = None, bound, False
            return
        if bound.effect == "low":
            reading.high = None
        elif bound.effect == "high":
            reading.low = None
        else:
            reading.approx = True
        reading.bound = bound

    # -- what it counts -----------------------------------------------------------------------------------------

    def _resolve(self, readings: list[_Reading]) -> list[_Reading]:
        """Settle kind and unit, from right to left, so that "102 and 21 people" counts people twice."""
        out: list[_Reading] = []
        for reading in reversed(readings):
            following = out[-1] if out else None
            if self._settle(reading, following):
                out.append(reading)
        out.reverse()
        self._elided(out)
        return [reading for reading in out if reading.kind is not None]

    def _settle(self, reading: _Reading, following: _Reading | None) -> bool:
        """Give a reading its kind; False when it is no quantity. A noun left out is settled later (`kind` None)."""
        if reading.unit is not None:
            reading.kind = reading.unit.kind
            reading.name = self._currency(reading) if reading.kind == "money" else reading.unit.name
            reading.head = self._token_at(reading.unit_span[1] - 1) if reading.unit_span else None
            if reading.kind == "duration":
                return self._finding(reading)
            return True
        number, text = reading.number, self.text
        end = reading.number_end
        times = multiples.times(text, end)
        if times:
            reading.kind, reading.end, reading.rule = "ratio", times, "quantity.ratio.times"
            return True
        if number.form == "fraction" and number.scale == 1:
            return self._ratio(reading)
        if number.form == "vague" and number.scale >= 100000 and _MONEY_IN.match(text, end):
            return self._vague_money(reading)
        last = self._token_at(number.end - 1)
        hyphen = text[end : end + 1] == "-" and number.form == "digits"
        thing = counts.thing(
            self.doc,
            last if not reading.bound or reading.bound.start < number.start else self._token_at(end - 1),
            reading.low == 1 == reading.high,
            hyphen,
        )
        if hyphen and (
            thing is None or re.search(r"\bthe\s+\Z", text[max(0, reading.start - 5) : reading.start], re.IGNORECASE)
        ):
            self._reject(reading.start, end, "an attributive number", "quantity.not.attributive")
            return False
        if text[end : end + 2].isalpha():
            return False
        if self._named(reading, thing):
            self._reject(reading.start, end, "part of a name", "quantity.not.name")
            return False
        if thing is not None:
            if self._year(reading, thing):
                self._reject(reading.start, end, "a year", "quantity.not.time")
                return False
            if reading.low == 1 == reading.high and not self._one(reading, thing):
                self._reject(reading.start, end, '"one" that only points', "quantity.not.one_of")
                return False
            reading.kind, reading.name, reading.head = "count", thing.name, thing.token.i
            reading.unit_span = (thing.token.idx, thing.token.idx + len(thing.token))
            return True
        if (
            following
            and following.kind in ("count", "money", "percent", "quantity", "duration")
            and _LIST_GAP.fullmatch(text[end : following.start])
        ):
            if following.kind == "count" and not (reading.low == 1 == reading.high):
                reading.kind, reading.name, reading.head, reading.unit_span = (
                    "count",
                    following.name,
                    following.head,
                    following.unit_span,
                )
                return True
            if (
                following.kind != "count"
                and following.unit
                and following.unit_span
                and following.unit_span[0] >= following.number.start
            ):
                self._borrow(reading, following)
                return True
        return self._bare(reading)

    def _borrow(self, reading: _Reading, following: _Reading) -> None:
        assert following.unit is not None
        unit = following.unit
        reading.kind, reading.name, reading.head, reading.unit_span = (
            following.kind,
            following.name,
            following.head,
            following.unit_span,
        )
        reading.unit, reading.rule = unit, following.rule
        factor = unit.factor
        if following.number.scale != 1 and reading.number.scale == 1:
            factor *= following.number.scale
        reading.low = None if reading.low is None else reading.low * factor
        reading.high = None if reading.high is None else reading.high * factor

    def _currency(self, reading: _Reading) -> str:
        assert reading.unit is not None
        codes = reading.unit.codes
        if len(codes) == 1:
            return codes[0]
        reading.inferred = True
        begin, end = self._sentence(reading.number.start)
        return self.context.settle(codes, self.text[begin:end])

    def _finding(self, reading: _Reading) -> bool:
        """A duration that is an age, lies in the past ("30 years ago") or only names a visit's length is passed over."""
        right = self.text[reading.end : reading.end + 30]
        left = self.text[max(0, reading.start - 24) : reading.start]
        if re.match(
            r"[\s-]*(?:ago|old|of age|earlier|later|before|from now|hence)\b", right, re.IGNORECASE
        ) or re.search(
            r"\b(?:past|last|next|coming|previous|first|every|each|recent|following|preceding|these|those|same|the|this)\s+\Z",
            left,
            re.IGNORECASE,
        ):
            self._reject(reading.start, reading.end, "a point in time", "quantity.not.time")
            return False
        if self.text[reading.number.end : reading.number.end + 1] == "-" and re.match(
            r"\s+(?:\w+\s)?(?:visit|trip|summit|meeting|tour|conference|forum|talks|session|stay|event|high|low|peak|workshop|break|weekend)",
            right,
            re.IGNORECASE,
        ):
            self._reject(reading.start, reading.end, "a length that only names", "quantity.not.pointer")
            return False
        return True

    def _ratio(self, reading: _Reading) -> bool:
        text = self.text
        left = text[max(0, reading.start - 12) : reading.start]
        name = text[reading.number.start : reading.number.end].lower()
        plural = name.endswith(("s", "lves"))
        half = re.match(r"half\b", name)
        if half and (_HALF_LEFT.search(left) and not reading.bound):
            return False
        if _RATIO_AFTER.match(text, reading.end) is None and not (half and reading.bound) and not plural:
            return False
        if (
            not (half or plural)
            and not re.match(r"\s+of\b", text[reading.end : reading.end + 4])
            and "-" not in name
            and "/" not in name
            and not reading.bound
        ):
            return False
        if re.match(r"an?\s+quarter|quarter", name) and not re.match(
            r"\s+of\s+(?:the|its|all|their|his|our|that|a|an|those)?\s?\w+", text[reading.end : reading.end + 12]
        ):
            return False
        if (
            half
            and not reading.bound
            and not re.match(
                r"\s+(?:of|the|its|their|his|her|our|that|those|as)\b", text[reading.end : reading.end + 8]
            )
        ):
            return False
        if "/" in name and not re.match(r"\s+of\b", text[reading.end : reading.end + 5]):
            return False
        reading.kind, reading.rule = "ratio", "quantity.ratio.fraction"
        return True

    def _vague_money(self, reading: _Reading) -> bool:
        codes = currencies.names()["dollar"]
        begin, end = self._sentence(reading.number.start)
        reading.kind, reading.rule, reading.inferred = "money", "quantity.money.vague", True
        reading.name = self.context.settle(codes, self.text[begin:end])
        found = _MONEY_IN.match(self.text, reading.number_end)
        assert found is not None
        reading.unit_span = (found.end() - len(found[0].split()[-1]), found.end())
        return True

    def _named(self, reading: _Reading, thing: counts.Thing | None) -> bool:
        """Whether a number without a unit belongs to a name: "Boeing 737", "Group of Seven", "Six Flags"."""
        start, end = reading.number.start, reading.number.end
        first, last = self._token_at(start), self._token_at(end - 1)
        doc = self.doc
        text = self.text[start:end]
        previous = doc[first - 1] if first and not doc[first].is_sent_start else None
        if reading.bound or reading.ranged:
            return False
        if (
            previous is not None
            and text[0].isdigit()
            and previous.tag_ in ("NNP", "NNPS")
            and previous.idx + len(previous) + 1 >= start
            and previous.text[0].isupper()
            and previous.is_alpha
        ):
            behind = doc[last + 1] if last + 1 < len(doc) else None
            if (
                thing is None
                or doc[last].head.i <= last
                or behind is None
                or previous.ent_type_ in ("PRODUCT", "FAC", "LAW", "WORK_OF_ART")
            ):
                return True
        token = doc[last]
        if (
            token.ent_type_ in ("PRODUCT", "LAW", "WORK_OF_ART", "FAC", "ORG", "EVENT", "NORP", "GPE", "PERSON", "LOC")
            and token.ent_iob_ == "I"
            and not doc[first].ent_iob_ == "B"
        ):
            return thing is None or text[0].isdigit() is False or thing.token.ent_type_ == token.ent_type_
        if (
            text[0].isupper()
            and not doc[first].is_sent_start
            and not self.text[:start].rstrip().endswith(('"', "“", "”", ":", "''", "-", "•", "*", "."))
        ):
            return doc[first].tag_ in ("NNP", "NNPS", "CD") and not self._headline(start)
        return False

    def _headline(self, char: int) -> bool:
        span = self.document.layout.title_span
        return span is not None and span[0] <= char < span[1]

    def _year(self, reading: _Reading, thing: counts.Thing) -> bool:
        text = self.text[reading.number.start : reading.number.end]
        return (
            reading.bound is None
            and not reading.ranged
            and re.fullmatch(r"1[789]\d\d|20\d\d", text) is not None
            and thing.token.tag_ not in ("NNS",)
        )

    def _one(self, reading: _Reading, thing: counts.Thing) -> bool:
        """ "one" counts where something is done to what it counts ("one person was killed"), else it only points."""
        if self.text[reading.number.start].isdigit():
            return True
        token = thing.token
        if token.lower_ in (
            "day",
            "time",
            "thing",
            "reason",
            "way",
            "point",
            "hand",
            "side",
            "example",
            "word",
            "moment",
            "man",
            "voice",
            "another",
            "place",
        ):
            return False
        if token.dep_ == "nsubjpass":
            return True
        return token.dep_ == "dobj" and doc_before(self.doc, self._token_at(reading.start)) not in (
            "no",
            "the",
            "this",
            "that",
            "any",
        )

    def _bare(self, reading: _Reading) -> bool:
        """A number with neither unit nor noun: an index level, a bounded number, or one whose noun is left out."""
        text = self.text
        begin, end = self._sentence(reading.number.start)
        sentence = text[begin:end]
        level = reading.number.form == "digits" and reading.number.value >= 100 and reading.number.scale == 1
        written = text[reading.number.start : reading.number.end]
        if (
            level
            and ("." in written or "," in written or reading.bound)
            and _INDEX.search(sentence)
            and _INDEX_LEFT.search(text[max(begin, reading.number.start - 14) : reading.number.start])
        ):
            reading.kind, reading.name, reading.rule, reading.inferred = (
                "quantity",
                "point",
                "quantity.index.level",
                True,
            )
            cue = _INDEX.search(sentence)
            assert cue is not None
            reading.unit_span = (begin + cue.start(), begin + cue.end())
            return True
        if re.match(r"\s+mark\b", text[reading.number_end : reading.number_end + 6]) and level and _INDEX.search(text):
            reading.kind, reading.name, reading.rule, reading.inferred = (
                "quantity",
                "point",
                "quantity.index.level",
                True,
            )
            cue = _INDEX.search(text)
            assert cue is not None
            reading.unit_span, reading.end = (cue.start(), cue.end()), reading.number_end + 5
            return True
        if reading.bound or reading.ranged:
            reading.kind, reading.rule = "count", "quantity.count.bare"
            return True
        if (
            _ELIDED.match(text, reading.number_end)
            and _ELIDED_LEFT.search(text[max(begin, reading.start - 14) : reading.start])
            and self._large_or_other(reading)
        ):
            return True
        if _ELIDED.match(text, reading.number_end) and reading.number.form == "vague":
            return True
        self._reject(reading.start, reading.number_end, "a number without a unit", "quantity.not.bare")
        return False

    def _large_or_other(self, reading: _Reading) -> bool:
        token = self.doc[self._token_at(reading.number.end - 1)]
        return token.pos_ == "NUM" and token.dep_ in (
            "dobj",
            "nsubj",
            "nsubjpass",
            "conj",
            "attr",
            "npadvmod",
            "pobj",
            "appos",
            "ROOT",
            "nummod",
        )

    def _elided(self, readings: list[_Reading]) -> None:
        """Numbers whose noun is left out count what the last count before them in the sentence counted."""
        for i, reading in enumerate(readings):
            if reading.kind is not None:
                continue
            begin, end = self._sentence(reading.number.start)
            model = next(
                (other for other in reversed(readings[:i]) if other.kind == "count" and other.number.start >= begin),
                None,
            )
            casualty = _CASUALTY.search(self.text, begin, end)
            if model is not None and model.name:
                reading.kind, reading.name, reading.unit_span, reading.inferred = (
                    "count",
                    model.name,
                    model.unit_span,
                    True,
                )
            elif casualty and (reading.number.form == "vague" or reading.number.value >= 2):
                reading.kind, reading.name, reading.unit_span, reading.inferred = (
                    "count",
                    "person",
                    (casualty.start(), casualty.end()),
                    True,
                )
            else:
                self._reject(reading.start, reading.end, "a number without a unit", "quantity.not.bare")
                continue
            reading.rule = "quantity.count.elided"

    def _multiples(self) -> Iterator[Quantity]:
        for start, end, value, rule in multiples.find(self.text):
            first, last = self._token_at(start), self._token_at(end - 1)
            if rule == "quantity.ratio.verb" and self.doc[first].pos_ != "VERB":
                continue
            if (time := self._time_at(start)) and not time[2]:
                continue
            if rule == "quantity.ratio.verb" and self.text[end : end + 1] == "-":
                continue
            number = Number(start, end, value, Decimal(1), "words")
            reading = _Reading(start, end, end, value, value, number, None, None, rule, kind="ratio", head=last)
            self._bound(reading, 0)
            quantity = self._quantity(reading)
            if quantity:
                yield quantity

    # -- the finished quantity ----------------------------------------------------------------------------------

    def _quantity(self, reading: _Reading) -> Quantity | None:
        assert reading.kind is not None
        begin, limit = self._sentence(reading.number.start)
        start, end = max(reading.start, begin), min(reading.end, limit)
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if end <= start:
            return None
        first, last = self._token_at(start), self._token_at(end - 1)
        head = reading.head if reading.head is not None else self._token_at(min(reading.number_end, end) - 1)
        low, high = reading.low, reading.high
        if low is not None and high is not None and low > high:
            return None
        bound = reading.bound
        return Quantity(
            first, last + 1, start, end, head, reading.kind, low, high, reading.approx, reading.name if reading.kind != "ratio" else None,
            reading.unit_span if reading.kind != "ratio" else None, reading.inferred, reading.rule,
            (bound.start, bound.end, bound.rule) if bound else None,
        )  # fmt: skip


def doc_before(doc, token: int) -> str:  # type: ignore[no-untyped-def]
    """The word before a token, in lower case."""
    return doc[token - 1].lower_ if token else ""
