"""From mentions to bodies: each organisation once, its acronym tied to its name."""

from collections import Counter
from dataclasses import dataclass, field

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import StateWord, gazetteer
from extractor.nlp.entities.words import Words

_LEGAL = frozenset(
    [
        "inc",
        "inc.",
        "corp",
        "corp.",
        "corporation",
        "co",
        "co.",
        "company",
        "ltd",
        "ltd.",
        "limited",
        "plc",
        "llc",
        "group",
        "holdings",
        "ag",
        "sa",
        "s.a.",
        "nv",
        "berhad",
        "bhd",
        "tbk",
        "pte",
        "gmbh",
        "union",
    ]
)


@dataclass(slots=True)
class Body:
    """One organisation in the making."""

    name: str
    kind: OrganizationKind
    country: str | None
    state: bool
    acronym: str | None = None
    mentions: list[tuple[BodySpan, str]] = field(default_factory=list)


def tie_bodies(words: Words, spans: list[BodySpan], atoms: dict[int, Atom]) -> list[Body]:
    """Every organisation of the article, in the order of first mention."""
    acronyms = _acronyms(words, spans)
    key_of: dict[str, str] = {}
    gazetted: dict[str, str] = {}
    order = sorted({span.name for span in spans}, key=lambda name: (-len(name.split()), name))
    for span in spans:
        if span.rule == "organization.gazetteer":
            hit = gazetteer().bodies.at(list(_parts(words, span)), 0)
            if hit is not None:
                gazetted[span.name] = hit[1].name
    fulls: list[str] = []
    shorts = {span.name: span.full for span in spans if span.full is not None}
    for name in order:
        key = shorts.get(name) or acronyms.get(name) or gazetted.get(name) or _longer(name, fulls)
        if key is None:
            key = name
            fulls.append(name)
        key_of[name] = gazetted.get(key, key)
    found: dict[str, Body] = {}
    for span in spans:
        key = key_of[span.name]
        body = found.get(key)
        if body is None:
            body = found[key] = Body(span.name, span.kind, span.country, span.state)
        if span.rule == "organization.gazetteer" and body.country is None:
            body.country = span.country
        if body.kind == "other" and span.kind != "other":
            body.kind = span.kind
        body.mentions.append((span, ""))
    for body in found.values():
        _name(body, acronyms)
        if body.country is None:
            body.country = _home(words, atoms, body)
    return list(found.values())


def _parts(words: Words, span: BodySpan) -> list[str]:
    return words.plain[span.start : span.end]


def _acronyms(words: Words, spans: list[BodySpan]) -> dict[str, str]:
    """Acronyms that the article explains: "Shanghai Cooperation Organization (SCO)", "SCO (Shanghai ...)"."""
    out: dict[str, str] = {}
    starts = {span.start: span for span in spans}
    for span in spans:
        i = span.end
        if i + 1 < len(words) and words.plain[i] == "(":
            inner = starts.get(i + 1)
            text = words.plain[i + 1]
            if inner is not None and inner.end < len(words) and words.plain[inner.end] == ")":
                short, long = sorted((span.name, inner.name), key=len)
                out[short] = long
            elif i + 2 < len(words) and words.plain[i + 2] == ")" and _abbreviates(text, span.name):
                out[text] = span.name
    return out


def _abbreviates(acronym: str, name: str) -> bool:
    letters = [c for c in acronym.upper() if c.isalpha()]
    if not 2 <= len(letters) <= 8 or not any(c.isupper() for c in acronym):
        return False
    rest = iter(c for word in name.upper().replace("-", " ").split() for c in word[:3])
    return all(letter in rest for letter in letters)


def _longer(name: str, fulls: list[str]) -> str | None:
    """The longer name that a short one begins or ends ("Ford" of "Ford Motor Company"), if there is one only."""
    head = name.split()
    hits = [full for full in fulls if full.split()[: len(head)] == head and (len(head) > 1 or _company_like(full))]
    if not hits and len(head) > 1:
        # "the Security Council" of the "UN Security Council"
        hits = [full for full in fulls if full.split()[-len(head) :] == head and len(full.split()) <= len(head) + 2]
    return hits[0] if len(hits) == 1 else None


def _company_like(name: str) -> bool:
    rest = [word.lower() for word in name.split()[1:]]
    kinds = gazetteer().organization_words
    return (
        len(rest) <= 2
        and bool(rest)
        and all(word in _LEGAL or (word in kinds and kinds[word][0] == "company") for word in rest)
    )


def _name(body: Body, acronyms: dict[str, str]) -> None:
    counts = Counter(span.name for span, _ in body.mentions)
    order = list(counts)
    shorts = [name for name in order if _is_acronym(name)]
    longs = [name for name in order if not _is_acronym(name)]
    body.name = max(longs or shorts, key=lambda name: (len(name.split()), counts[name], -order.index(name)))
    body.acronym = next((name for name in shorts if name != body.name or not longs), None) if shorts else None
    if body.acronym is None:
        body.acronym = next((short for short, long in acronyms.items() if long in counts and _is_acronym(short)), None)
    body.mentions = [
        (
            span,
            "name.full"
            if span.name == body.name
            else "name.acronym"
            if span.name == body.acronym
            else "name.alias.part",
        )
        for span, _ in body.mentions
    ]


def _is_acronym(name: str) -> bool:
    plain = name.replace(".", "").replace("-", "")
    return (
        " " not in name and plain.isalnum() and sum(c.isupper() or c.isdigit() for c in plain) >= max(2, len(plain) - 2)
    )


def _home(words: Words, atoms: dict[int, Atom], body: Body) -> str | None:
    """The state named right before a body or inside its name: "China's Huawei", "German carmaker Volkswagen"."""
    for span, _ in body.mentions:
        for i in range(span.start, span.end):
            atom = atoms.get(i)
            if atom is not None and isinstance(atom.value, StateWord) and atom.value.form in ("name", "adjective"):
                return _state_code(atom.value)
        i = span.start - 1
        steps = 0
        while i >= 0 and steps < 4 and words.block[i] == words.block[span.start]:
            atom = next((atoms[k] for k in range(max(0, i - 2), i + 1) if k in atoms and atoms[k].end == i + 1), None)
            if (
                atom is not None
                and isinstance(atom.value, StateWord)
                and (atom.value.form == "adjective" or (atom.value.form == "name" and words.lower[i + 1] == "'s"))
            ):
                return _state_code(atom.value)
            if words.tag[i] not in ("NN", "JJ", "HYPH", "POS", "NNS", "VBN", "NNP"):
                break
            i -= 1
            steps += 1
    return None


def _state_code(word: StateWord) -> str | None:
    code = word.codes[-1]
    return None if code == "EU" else code
