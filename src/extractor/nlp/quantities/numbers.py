"""Numbers as news writes them: digits with any separators, words, scales, fractions and vague amounts, read exactly.

Everything here works on text and offsets alone; what the number counts or measures is found elsewhere.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from extractor.nlp.gazetteers import rows

Form = Literal["digits", "words", "fraction", "vague"]


@dataclass(frozen=True, slots=True)
class Number:
    """One number at the offsets `start`, `end`: `value` is fully scaled, `scale` what a scale word multiplied it by.

    A vague amount ("dozens") has its lower bound as `value`.
    """

    start: int
    end: int
    value: Decimal
    scale: Decimal
    form: Form
    #: How far off it may be: "4.5 ± 0.3".
    tolerance: Decimal = Decimal(0)

    def scaled(self, scale: Decimal, end: int | None = None) -> "Number":
        """The same number times a scale."""
        return replace(self, value=self.value * scale, scale=self.scale * scale, end=end or self.end)


def _exact(value: str) -> Decimal:
    fraction = Fraction(value)
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


_TABLE = {row["word"]: (row["role"], _exact(row["value"])) for row in rows("numbers")}
_VAGUE = {word.removesuffix(" of"): value for word, (role, value) in _TABLE.items() if role == "vague"}
_ROLES = {word: entry for word, entry in _TABLE.items() if entry[0] != "vague"}


def _words(*roles: str) -> str:
    found = (word for word, (role, _) in _TABLE.items() if role in roles)
    return "|".join(sorted(found, key=lambda word: (-len(word), word)))


_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_GAP = "[ \u00a0\u202f\u2009]"

#: Where a number may begin: a digit, a vulgar fraction or a word of the table.
ANCHOR = re.compile(
    rf"\d|[{_VULGAR}]|\b(?:(?:{_words('small', 'teen', 'ten', 'hundred', 'dozen', 'scale', 'vague')}|half|quarter|several|multi)\b"
    rf"|multi(?=[mb]illion)|an?(?=[\s-]+(?:{_words('hundred', 'dozen', 'scale', 'fraction')}|couple|few)\b))",
    re.IGNORECASE,
)

_DIGITS = re.compile(
    r"""
    (?P<commas>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?)(?![\d]|,\d)
    | (?P<gaps>\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?:[.,]\d+)?)(?!\d|[ \u00a0\u202f\u2009'’.,]\d)
    | (?P<dots>\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+)(?!\d)
    | (?P<comma>\d+,\d{1,2})(?=\s?(?:%|€|per\s?cent\b|euros?\b|m(?:illion|ln|n)\b|b(?:illion|ln|n)\b|trillion\b))
    | (?P<plain>\d+(?:\.\d+)?)
    """,
    re.VERBOSE,
)
_MIXED = re.compile(
    rf"(?:{_GAP}|-)?(?:(?P<over>\d{{1,2}})/(?P<under>[2-9]|1[0-6]|100)(?![\d/])|(?P<vulgar>[{_VULGAR}]))"
)
_PLAIN_FRACTION = re.compile(r"(\d{1,2})\s?/\s?([2-9]|1[0-6]|40|50|100)(?![\d/,.]\d|/|\d)")
_SCALE = re.compile(
    rf"[\s-]?(?:and\s+a\s+half\s+)?({_words('scale')}|hundred|dozen)s?\b|\s?({_words('abbreviation')})\b", re.IGNORECASE
)
_AND_A_PART = re.compile(
    r"[\s-]+and[\s-]+(?:(?:an?[\s-]+|one[\s-]+)?(half|quarter|third)\b(?![\s-]+of\b)"
    r"|(two|three|four|five|seven)[\s-]+(thirds|quarters|fourths|fifths|sixths|eighths|tenths)\b)",
    re.IGNORECASE,
)
#: "two point five", "nought point seven five": the digits behind "point".
_POINT = re.compile(
    rf"[\s-]+point((?:[\s-]+(?:{_words('small')}))+)\b|[\s-]+point[\s-]+({_words('teen', 'ten')})(?:[\s-]+({_words('small')}))?\b",
    re.IGNORECASE,
)
#: Powers of ten, as reports of science write them: "1.3e6", "5.5 x 10^-3", "3×10⁸".
_POWER = re.compile(r"[eE]([+−-]?\d{1,2})(?![\w.])|\s?[x×]\s?10(?:\^?([+−-]?\d{1,2})(?![\w,.]\d|\w)|([⁻⁺]?[⁰¹²³⁴-⁹]+))")
#: How exactly a value is known: "4.5 ± 0.3 metres".
_TOLERANCE = re.compile(r"\s?(?:±|\+/[-−])\s?(\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?)(?=\s?[A-Za-z%°µμΩ])")
_LETTER = re.compile(r"(?:\s|-(?=[MB]\b))?(MM|[kKmMbBtT])(?![\w/])")
_WORD = re.compile(r"([A-Za-z]+)")
_JOIN = re.compile(r"[\s-]+|\s*&\s*|,\s+")
_AND = re.compile(r"(?:[\s-]+and[\s-]+|\s*&\s*)", re.IGNORECASE)
_VAGUE_CHAIN = re.compile(
    rf"({'|'.join(_VAGUE)})((?:\s+(?:and\s+\w+\s+)?of\s+(?:{'|'.join(_VAGUE)}))*)\b", re.IGNORECASE
)
_SEVERAL = re.compile(rf"(?:several|a\s+few|multi)[\s-]*({_words('hundred', 'dozen', 'scale')})\b", re.IGNORECASE)
_COUPLE = re.compile(
    rf"a\s+couple(?:\s+of)?(?:\s+({_words('hundred', 'dozen', 'scale')})\b|(?=\s+of\s))", re.IGNORECASE
)
_FRACTION = re.compile(
    rf"(?:(?P<article>an?)|(?P<count>one|two|three|four|five|seven|nine))?(?P<join>[\s-]+)?(?P<name>{_words('fraction')})\b",
    re.IGNORECASE,
)
_OF_SCALE = re.compile(rf"(?:\s+of)?(?:[\s-]+an?)?[\s-]+({_words('hundred', 'dozen', 'scale')})\b", re.IGNORECASE)


def read(text: str, start: int) -> Number | None:
    """The number that begins at `start`, as long as it can be read, or None."""
    char = text[start]
    if char.isdigit():
        return _below_one(text, start) or _digits(text, start)
    if char in _VULGAR:
        return _scales(text, Number(start, start + 1, _vulgar(char), Decimal(1), "fraction"))
    return _fraction(text, start) or _vague(text, start) or _in_words(text, start)


def letter_scale(text: str, number: Number) -> Number | None:
    """The number with the letter behind it ("5m", "10B") read as a scale; only money and plain nouns allow that."""
    if number.form != "digits" or number.scale != 1:
        return None
    found = _LETTER.match(text, number.end)
    return number.scaled(_TABLE[found[1].lower()][1], found.end()) if found else None


def more_scale(text: str, number: Number, at: int) -> Number | None:
    """The number with a scale that stands at `at`, behind its currency ("75 USD million")."""
    found = _SCALE.match(text, at)
    if found is None or number.scale != 1:
        return None
    return number.scaled(_scale_of(found), found.end())


def thousands_by_dot(text: str, number: Number) -> Number:
    """`1.234` read as one thousand two hundred and thirty-four, as currencies of the decimal comma are written."""
    written = text[number.start : number.end]
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", written):
        return replace(number, value=Decimal(written.replace(".", "")))
    return number


#: "the .25 calibre": digits behind a point that no digit comes before.
_LEADING_POINT = re.compile(r"(?:(?<=[\s(\[$€£])|\A)\.\Z")


def _below_one(text: str, start: int) -> Number | None:
    """ ".25" read as a quarter; `start` is its first digit."""
    if start == 0 or text[start - 1] != "." or not _LEADING_POINT.search(text, start - 1, start):
        return None
    written = re.compile(r"\d+").match(text, start)
    assert written is not None
    value = Decimal(f"0.{written[0]}") if written[0].isascii() else None
    return None if value is None else _scales(text, Number(start - 1, written.end(), value, Decimal(1), "digits"))


def _digits(text: str, start: int) -> Number | None:
    fraction = _PLAIN_FRACTION.match(text, start)
    if fraction and int(fraction[1]) < int(fraction[2]):
        value = Decimal(fraction[1]) / Decimal(fraction[2])
        return _scales(text, Number(start, fraction.end(), value, Decimal(1), "fraction"))
    found = _DIGITS.match(text, start)
    if found is None:
        return None
    written = found[0]
    if found["commas"]:
        value = Decimal(written.replace(",", ""))
    elif found["gaps"]:
        value = Decimal(re.sub(r"[ \u00a0\u202f\u2009'’]", "", written).replace(",", "."))
    elif found["dots"]:
        value = Decimal(written.replace(".", "").replace(",", "."))
    elif found["comma"]:
        value = Decimal(written.replace(",", "."))
    else:
        value = Decimal(written)
    end = found.end()
    if text[end : end + 1] in ("e", "E", "x", "×", " ") and (power := _POWER.match(text, end)):
        exponent = unicodedata.normalize("NFKC", power[1] or power[2] or power[3]).replace("−", "-")
        return _known(text, Number(start, power.end(), value.scaleb(int(exponent)), Decimal(1), "digits"))
    mixed = _MIXED.match(text, end) if "." not in written else None
    if mixed and mixed["vulgar"]:
        value, end = value + _vulgar(mixed["vulgar"]), mixed.end()
    elif mixed and int(mixed["over"]) < int(mixed["under"]):
        value, end = value + Decimal(mixed["over"]) / Decimal(mixed["under"]), mixed.end()
    return _known(text, _scales(text, Number(start, end, value, Decimal(1), "digits")))


def _known(text: str, number: Number) -> Number:
    """The number with the tolerance behind it."""
    found = _TOLERANCE.match(text, number.end) if text[number.end : number.end + 2].strip()[:1] in ("±", "+") else None
    return replace(number, end=found.end(), tolerance=Decimal(found[1])) if found else number


def _vulgar(char: str) -> Decimal:
    fraction = Fraction(unicodedata.numeric(char)).limit_denominator(100)
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def _scales(text: str, number: Number) -> Number:
    """Multiply by the scale words behind the number, one after another ("1.5 lakh crore")."""
    if number.value == number.value.to_integral_value() and number.form != "vague":
        number = _and_a_part(text, number)
    while found := _SCALE.match(text, number.end):
        if found[2] and number.scale != 1:
            break
        number = number.scaled(_scale_of(found), found.end())
    return number if number.scale == 1 or number.form == "vague" else _and_a_part(text, number)


def _and_a_part(text: str, number: Number) -> Number:
    """ "two and a half", "3 million and a quarter", "five billion and three quarters": the part is one of the scale."""
    found = _AND_A_PART.match(text, number.end)
    if found is None:
        return number
    return replace(number, value=number.value + _part(found) * number.scale, end=found.end())


def _part(found: re.Match[str]) -> Decimal:
    """What "a half" or "two thirds" behind "and" adds."""
    name = (found[1] or found[3]).lower()
    count = _TABLE[found[2].lower()][1] if found[2] else Decimal(1)
    return _fraction_of(count, name)


def _fraction_of(count: Decimal, name: str) -> Decimal:
    """So many thirds or quarters, exactly as far as a decimal can be."""
    if name.startswith(("third", "sixth")):
        return count / (3 if name.startswith("third") else 6)
    return count * _TABLE[name][1]


def _scale_of(found: re.Match[str]) -> Decimal:
    return _TABLE[(found[1] or found[2]).lower()][1]


def _fraction(text: str, start: int) -> Number | None:
    """ "a third", "two-thirds", "half a million", "three quarters of a billion"; an ordinal ("a third round") is none."""
    found = _FRACTION.match(text, start)
    if found is None:
        return None
    name = found["name"].lower()
    count = 1
    if found["count"]:
        count = int(_TABLE[found["count"].lower()][1])
        if not found["join"] or (count > 1) != name.endswith(("s", "halves")):
            return None
    elif (found["article"] and not found["join"]) or (not found["article"] and name not in ("half", "quarter")):
        return None
    value = _fraction_of(Decimal(count), name)
    number = Number(start, found.end(), value, Decimal(1), "fraction")
    scale = _OF_SCALE.match(text, found.end())
    if scale:
        return number.scaled(_TABLE[scale[1].lower()][1], scale.end())
    if name == "quarter" and not (found["article"] or found["count"]):
        return None
    return number


def _vague(text: str, start: int) -> Number | None:
    couple = _COUPLE.match(text, start)
    if couple:
        scale = _TABLE[couple[1].lower()][1] if couple[1] else Decimal(1)
        return Number(start, couple.end(), 2 * scale, scale, "words")
    several = _SEVERAL.match(text, start)
    if several:
        scale = _TABLE[several[1].lower()][1]
        return Number(start, several.end(), 2 * scale, scale, "vague")
    chain = _VAGUE_CHAIN.match(text, start)
    if chain is None:
        return None
    value = _VAGUE[chain[1].lower()]
    for word in _WORD.findall(chain[2]):
        if word.lower() in _VAGUE:
            value *= _VAGUE[word.lower()] / 2
    return Number(start, chain.end(), value, value / 2, "vague")


def _behind_point(found: re.Match[str]) -> Decimal:
    """The decimals of "point zero five" or "point seventy-one"."""
    words = _WORD.findall(found[1] or f"{found[2]} {found[3] or ''}")
    values = [int(_TABLE[word.lower()][1]) for word in words]
    digits = "".join(map(str, values)) if found[1] else str(sum(values))
    return Decimal(f"0.{digits}")


def _in_words(text: str, start: int) -> Number | None:
    """Numbers in words: what is read of "two hundred and five thousand" so far is `total` plus the open `group`."""
    total, group = Decimal(0), Decimal(0)
    last = "start"
    last_scale: Decimal | None = None
    at = end = start
    scale = Decimal(1)
    while found := _WORD.match(text, at):
        word = found[1].lower()
        role, value = _ROLES.get(word, ("", Decimal(0)))
        if not role and last in ("small", "teen", "ten", "hundred"):
            # "three dozens", "two hundreds"
            role, value = _ROLES.get(word.removesuffix("s"), ("", Decimal(0)))
        if word in ("a", "an") and last == "start":
            last = "article"
            join = _JOIN.match(text, found.end())
            if join is None:
                return None
            at = join.end()
            continue
        if (role == "small" and last in ("start", "ten", "hundred", "scale", "and")) or (
            role in ("teen", "ten") and last in ("start", "hundred", "scale", "and")
        ):
            group += value
        elif role == "hundred" and last in ("start", "article", "small", "teen") and (group < 20):
            group = (group or Decimal(1)) * 100
        elif role == "scale" and last != "and" and not (last == "scale" and last_scale is None):
            if group == 0 and total and last_scale is not None:
                total *= value
            elif last_scale is None or value < last_scale:
                total += (group or Decimal(1)) * value
            else:
                break
            group, last_scale, scale = Decimal(0), value, value
        elif role == "dozen" and last in ("start", "article", "small", "teen", "ten"):
            group = (group or Decimal(1)) * 12
            end = found.end()
            break
        else:
            break
        last, end = role, found.end()
        if role != "scale" and (point := _POINT.match(text, end)):
            group += _behind_point(point)
            end = point.end()
        part = _AND_A_PART.match(text, end)
        if part:
            group += _part(part) * (value if role == "scale" else 1)
            end = part.end()
        joined = _AND.match(text, end)
        if joined and role in ("hundred", "scale"):
            last = "and"
        else:
            joined = _JOIN.match(text, end)
            if joined is None or (joined[0].startswith(",") and role != "scale"):
                break
        at = joined.end()
    if end == start:
        return None
    number = Number(start, end, total + group, scale, "words")
    return _scales(text, number) if scale == 1 else number
