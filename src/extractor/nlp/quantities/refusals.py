"""Numbers that are no quantities though nothing in their form says so: parts of names, years, "one" that only points."""

import re

from extractor.nlp.quantities.counts import Thing
from extractor.nlp.quantities.reading import Page, Reading

#: Indexes whose name ends in a number: "Nikkei 225", "S&P 500".
_INDEX_NAMES = frozenset(
    ("nikkei", "ftse", "s&p", "russell", "stoxx", "nifty", "asx", "cac", "csi", "nasdaq", "fortune")
)
_YEAR = re.compile(r"1[789]\d\d|20\d\d")
#: Nouns that "one" points with rather than counts.
_POINTED = frozenset(
    [
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
    ]
)
_NAMES = frozenset(("PRODUCT", "LAW", "WORK_OF_ART", "FAC", "ORG", "EVENT", "NORP", "GPE", "PERSON", "LOC"))


def named(page: Page, reading: Reading, thing: Thing | None) -> bool:
    """Whether a number without a unit belongs to a name: "Boeing 737", "Group of Seven", "Six Flags"."""
    if reading.bound or reading.ranged:
        return False
    doc, text = page.doc, page.text
    start, end = reading.number.start, reading.number.end
    first, last = page.token_at(start), page.token_at(end - 1)
    digits = text[start].isdigit()
    before = doc[first - 1] if first and not doc[first].is_sent_start else None
    if before is not None and digits and before.lower_ in _INDEX_NAMES:
        return True
    if (
        before is not None
        and digits
        and before.tag_ in ("NNP", "NNPS")
        and before.idx + len(before) + 1 >= start
        and before.text[0].isupper()
        and before.is_alpha
    ):
        tied = thing is None or doc[last].head.i <= last or before.ent_type_ in ("PRODUCT", "FAC", "LAW", "WORK_OF_ART")
        if tied:
            return True
    if doc[last].ent_type_ in _NAMES and doc[last].ent_iob_ == "I" and doc[first].ent_iob_ != "B":
        return thing is None or not digits or thing.token.ent_type_ == doc[last].ent_type_
    if (
        text[start].isupper()
        and not doc[first].is_sent_start
        and not text[max(0, start - 8) : start].rstrip().endswith(('"', "“", "”", ":", "''", "-", "•", "*", "."))
    ):
        title = page.document.layout.title_span
        return doc[first].tag_ in ("NNP", "NNPS", "CD") and not (title and title[0] <= start < title[1])
    return False


def year(page: Page, reading: Reading, thing: Thing | None) -> bool:
    """Four digits that are a year: nothing in the plural follows, or "the" stands before them."""
    start = reading.number.start
    if reading.ranged or _YEAR.fullmatch(page.text, start, reading.number.end) is None:
        return False
    return (
        thing is None
        or thing.token.tag_ not in ("NNS", "NNPS")
        or page.text[max(0, start - 4) : start].lower() == "the "
    )


def one(page: Page, reading: Reading, thing: Thing) -> bool:
    """ "one" counts where something is done to what it counts ("one person was killed"), else it only points."""
    if page.text[reading.number.start].isdigit():
        return True
    token = thing.token
    if token.lemma_ == "abstention":
        return True
    if token.lower_ in _POINTED or token.dep_ not in ("nsubjpass", "dobj"):
        return False
    before = page.token_at(reading.start)
    return token.dep_ == "nsubjpass" or page.doc[max(before - 1, 0)].lower_ not in (
        "no",
        "the",
        "this",
        "that",
        "any",
        "a",
        "an",
    )
