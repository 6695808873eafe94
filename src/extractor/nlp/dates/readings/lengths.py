"""Durations and recurring times."""

import re

from extractor.nlp.dates.periods import Period
from extractor.nlp.dates.readings.base import Reading, Words, reads, timex_length, unresolved
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.dates.vocabulary import number, words


@reads
def duration(w: Words, line: Timeline) -> Reading | None:
    """15 years, three-day."""
    text = w.text
    after = line.text[w.end : w.end + 16].lower()
    if re.match(r"[-\u2010\u2011 ](?:old|aged|of age|olds)\b", after):
        return None
    if re.match(r"[-\u2010\u2011 ](?:on|over)[-\u2010\u2011 ](?:year|month|week|quarter|day)\b", after):
        return None  # "on a month-on-month basis"
    if text.startswith("half an hour") or text.endswith("half an hour"):
        return unresolved("PT30M", type="duration")
    if line.token and line.doc[line.token - 1].lower_ == "as":
        return None  # "in as many weeks"
    if "n" not in w:
        unit = w.of("unit")
        return unresolved(timex_length(unit, 0.5 if text.startswith("half") else 1.5), type="duration")
    unit_text = w["unit"].lower() if "unit" in w else text.split()[1].strip(",")
    unit = words("unit")[unit_text]
    count = number(w["n"])
    single = w["n"].lower() in ("a", "an")
    if unit_text == "second" or (unit_text == "seconds" and count is None):
        return None
    if unit == "Q" and not re.search(
        r"consecutive|straight|past|last|next|previous|coming|following|first|final", text
    ):
        return None
    if (single and unit_text in ("night", "weekend")) or unit_text == "weekend":
        return None
    if single and (after[:2] in ("'s", "\u2019s") and unit == "D"):
        return None
    if single and _is_rate(w, line):
        return Reading(
            "set", Period(f"P1{unit}" if unit[0] != "T" else f"PT1{unit[1]}", None, None, None, None), "stated"
        )
    if (
        not single
        and unit_text[-1] != "s"
        and unit_text not in ("century", "millennia")
        and count != 1
        and not re.search(rf"[-\u2010\u2011 ]{unit_text}", text)
    ):
        return None
    if re.fullmatch(r"\d{4}", w["n"]) and 1900 <= int(w["n"]) <= 2100:
        return None
    if "and a half" in text and count is not None and "and a half" not in w["n"]:
        count += 0.5
    if "n2" in w:
        if re.search(r"years?.* and ", text):
            months = {"m": "M", "w": "W", "d": "D", "h": "H"}.get(text.split()[-1][0], "M")
            second = number(w["n2"])
            if count and second and unit[0] != "T":
                return unresolved(f"{timex_length(unit, count)}{second:g}{months}", type="duration")
        high = number(w["n2"])
        if high is not None and count is not None and high > count:
            return unresolved(f"{timex_length(unit, count)}/{timex_length(unit, high)}", type="duration")
        count = high
    if unit == "D" and unit_text in ("night", "nights"):
        return unresolved(timex_length("NI", count), type="duration")
    return unresolved(timex_length(unit, count), type="duration")


def _is_rate(w: Words, line: Timeline) -> bool:
    """Whether "a year" tells how often ("$5 billion a year", "twice a day")."""
    before = line.doc[line.token - 1] if line.token else None
    return before is not None and (
        before.tag_ in ("NNS", "CD", "$") or before.lower_ in ("once", "twice", "times", "percent", "%")
    )


@reads
def vague_duration(w: Words, line: Timeline) -> Reading | None:
    """Years, decades long."""
    unit = next(words("unit")[word] for word in re.findall(r"[a-z]+", w.text) if word in words("unit"))
    token = line.doc[line.token]
    previous = line.doc[token.i - 1] if token.i and not token.is_sent_start else None
    if (
        "long" not in w.text
        and previous is not None
        and (
            previous.pos_ in ("ADJ", "NUM", "NOUN", "PROPN", "DET", "PART")
            or previous.tag_ == "PRP$"
            or previous.is_punct
        )
    ):
        return None
    if re.match(r"\s(?:old|of age)\b", line.text[w.end : w.end + 8]):
        return None
    return unresolved(timex_length(unit, None), type="duration")


_ADVERBS = {
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M", "annually": "P1Y", "annual": "P1Y",
    "yearly": "P1Y", "hourly": "PT1H", "nightly": "P1D", "fortnightly": "P2W", "biannually": "P6M", "annum": "P1Y",
}  # fmt: skip


@reads
def adverb_set(w: Words, line: Timeline) -> Reading | None:
    """Daily, per year."""
    word = w.text.split()[-1]
    if line.doc[line.token].tag_[:3] == "NNP" or line.text[w.start - 1 : w.start] == "-":
        return None  # "twice-yearly"
    value = _ADVERBS.get(word)
    if value is None:
        value = timex_length(words("unit")[word], 1)
    return unresolved(value, type="set")


@reads
def each(w: Words, line: Timeline) -> Reading | None:
    """Every week, every Tuesday, every two years."""
    if "weekday" in w:
        return unresolved(f"XXXX-WXX-{w.of('weekday')}", type="set")
    count = number(w["n"]) if "n" in w else None
    if "n" not in w:
        count = 2 if re.search(r"other|second", w.text) else 3 if "third" in w.text else 4 if "fourth" in w.text else 1
    unit = w.of("unit")
    if unit == "WE":
        return unresolved("XXXX-WXX-WE", type="set")
    if "n" not in w and w["unit"].lower().endswith("s"):
        return None
    return unresolved(timex_length(unit, count), type="set")
