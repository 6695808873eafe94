"""Personal names: where one ends, what its parts are, and when two forms can be one person."""

from functools import cache

from extractor.nlp.gazetteers import rows, word_set

#: Small words inside a name: "Mohammed bin Salman", "Ursula von der Leyen".
PARTICLES = word_set("particle")
_ROMAN = frozenset({"II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"})


@cache
def family_first_names() -> frozenset[str]:
    """Chinese, Korean and Vietnamese family names that stand before the given name."""
    return frozenset(row["surname"] for row in rows("family_first"))


def is_initial(word: str) -> bool:
    """Whether a word is an initial or a few: "J.", "H.W.", "R"."""
    return len(word.rstrip(".")) == 1 or (word.endswith(".") and word.replace(".", "").isupper() and len(word) <= 6)


def is_suffix(word: str) -> bool:
    """Whether a word is a suffix of a name: "Jr.", "III"."""
    return word in _ROMAN or word.lower() in ("jr", "jr.", "sr", "sr.")


def parts(name: str) -> list[str]:
    """The parts of a name that carry it, in lower case: no initials, suffixes or punctuation."""
    out = []
    for word in name.replace(",", " ").split():
        if is_suffix(word) or is_initial(word):
            continue
        out.append(word.lower().strip("'\"."))
    return [word for word in out if word]


def initials(name: str) -> list[str]:
    """The initials a name shows, in lower case."""
    return [c for word in name.split() if is_initial(word) for c in word.replace(".", "").lower()]


def suffix(name: str) -> str:
    """Its suffix in lower case without a dot, or ""."""
    last = name.replace(",", " ").split()[-1]
    return last.lower().rstrip(".") if is_suffix(last) else ""


def family(name: str) -> str:
    """The part by which news calls the person on second mention, in lower case."""
    words = parts(name)
    if not words:
        return name.lower()
    if family_first(name):
        return words[0]
    return words[-1]


def family_first(name: str) -> bool:
    """Whether a name puts the family name first: a known East Asian family name and at most three short given parts."""
    words = name.replace(",", " ").split()
    return 2 <= len(words) <= 4 and words[0] in family_first_names() and not any(is_initial(w) for w in words)


@cache
def _short_forms() -> dict[str, str]:
    return {row["short"]: row["full"] for row in rows("given_names")}


def given_base(word: str) -> str:
    """The full form of a short given name."""
    return _short_forms().get(word, word)


def same_person(one: str, other: str) -> str | None:
    """Why two full forms (of two or more parts) can be one person, or None when they can not."""
    a, b = parts(one), parts(other)
    if len(a) < 2 and len(b) < 2:
        return "name.alias.same" if a == b and initials(one) == initials(other) else None
    suffixes = {suffix(one), suffix(other)} - {""}
    if len(suffixes) > 1:
        return None
    if a == b:
        first, second = initials(one), initials(other)
        if first and second and first != second:
            return None
        return "name.alias.same"
    if sorted(a) == sorted(b):
        return "name.alias.order"
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) >= 2 and _subsequence(short, long) and _anchored(short, long):
        return "name.alias.part"
    if a[-1] == b[-1] and not (family_first(one) and family_first(other)):
        if given_base(a[0]) == given_base(b[0]) and len(a) == len(b):
            return "name.alias.short"
        if len(short) == 1:
            shown = initials(one) if short is a else initials(other)
            if shown and shown[0] == long[0][0]:
                return "name.alias.initial"
            if not shown:
                return "name.alias.family"
    if "".join(a).replace("-", "") == "".join(b).replace("-", ""):
        return "name.alias.spelling"
    if len(a) == len(b) and a[:-1] == b[:-1] and min(len(a[-1]), len(b[-1])) >= 5 and _one_letter_apart(a[-1], b[-1]):
        return "name.alias.spelling"
    return None


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether two spellings differ by one letter put in, left out or changed: "Zelensky" and "Zelenskyy"."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    front = 0
    while front < min(len(one), len(other)) and one[front] == other[front]:
        front += 1
    back = 0
    while back < min(len(one), len(other)) - front and one[-1 - back] == other[-1 - back]:
        back += 1
    return max(len(one), len(other)) - front - back <= 1


def _anchored(short: list[str], long: list[str]) -> bool:
    """Whether the short form keeps the first or the last part of the long one, so that it is not another's name."""
    return short[-1] == long[-1] or short[0] == long[0]


def _subsequence(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)
