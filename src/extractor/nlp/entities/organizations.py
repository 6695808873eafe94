"""From mentions to bodies: each organisation once, its acronym tied to its name."""

from collections import Counter
from dataclasses import dataclass, field

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.abbreviations import abbreviates
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import StateWord, gazetteer
from extractor.nlp.entities.setting import Setting
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set

#: A word offset behind every text.
_NOWHERE = 1 << 30
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


def tie_bodies(words: Words, spans: list[BodySpan], atoms: dict[int, Atom], setting: Setting) -> list[Body]:
    """Every organisation of the article, in the order of first mention. Ministries and agencies of one name but of
    different states are told apart; one of no state named near is that of the article's setting."""
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
    first: dict[str, int] = {}
    for span in spans:
        if not words.heading[span.start]:
            first.setdefault(span.name, span.start)
    shorts = {span.name: span.full for span in spans if span.full is not None}
    for name in order:
        key = shorts.get(name) or acronyms.get(name) or gazetted.get(name) or _longer(name, fulls, first)
        if key is None:
            key = name
            fulls.append(name)
        key_of[name] = gazetted.get(key, key)
    found: dict[tuple[str, str | None], Body] = {}
    named: dict[str, str] = {}
    homes: dict[int, str] = {}
    for span in spans:
        if span.state and (span.country is None or span.common):
            name = key_of[span.name]
            home = _beside(words, atoms, span) or named.get(name) or _state_of(words, atoms, span, setting)
            if home is not None:
                homes[span.start] = named[name] = home
    for span in spans:
        name = key_of[span.name]
        # an acronym stands for the ministry or agency, whatever state told of it
        home = homes.get(span.start) or (None if span.country else named.get(name))
        same = name, home
        body = found.get(same)
        if body is None:
            body = found[same] = Body(span.name, span.kind, home or span.country, span.state)
        if span.rule == "organization.gazetteer" and body.country is None:
            body.country = span.country
        if body.kind == "other" and span.kind != "other":
            body.kind = span.kind
        body.mentions.append((span, ""))
    united = any(span.name in ("UN", "U.N.", "United Nations") for span in spans)
    for body in found.values():
        _name(body, acronyms)
        if united and body.name == "Security Council":
            body.kind = "international"
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
            elif i + 2 < len(words) and words.plain[i + 2] == ")" and abbreviates(text, span.name):
                out[text] = span.name
    # "NCLT" in a headline of the "National Company Law Tribunal"
    longs: dict[str, set[str]] = {}
    for span in spans:
        initials = "".join(word[0] for word in span.name.replace("-", " ").split() if word[0].isupper())
        if len(initials) > 2:
            longs.setdefault(initials, set()).add(span.name)
    for span in spans:
        known = longs.get(span.name.replace(".", ""), set())
        if len(known) == 1 and span.name not in out:
            out[span.name] = next(iter(known))
    return out


def _longer(name: str, fulls: list[str], first: dict[str, int]) -> str | None:
    """The longer name that a short one begins or ends ("Ford" of "Ford Motor Company"), if there is one only; where the
    longer one has no legal form it must come first ("Apple" is not short for "Apple Stores"). `first`: where each name
    begins first in running text."""
    head = name.split()
    if len(head) == 1:
        at = first.get(name, _NOWHERE)
        fulls = [
            full for full in fulls if full.split()[-1].lower() in word_set("legal_form") or first.get(full, -1) < at
        ]
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
    """The state named beside a body in one of its mentions."""
    return next((code for span, _ in body.mentions if (code := _beside(words, atoms, span)) is not None), None)


def _beside(words: Words, atoms: dict[int, Atom], span: BodySpan) -> str | None:
    """The state named right before a body or inside its name, or of a ministry right after it: "China's Huawei", "German
    carmaker Volkswagen", "the Ministry of Finance of Japan"."""
    for i in range(span.start, span.end):
        atom = atoms.get(i)
        if atom is not None and isinstance(atom.value, StateWord) and atom.value.form in ("name", "adjective"):
            return _state_code(atom.value)
    if span.state and words.lower[span.end : span.end + 1] in (["of"], ["in"]):
        atom = atoms.get(span.end + 1 + (words.lower[span.end + 1 : span.end + 2] == ["the"]))
        if atom is not None and isinstance(atom.value, StateWord) and atom.value.form in ("name", "capital"):
            return _state_code(atom.value)
    i = span.start - 1
    steps = 0
    while i >= 0 and steps < 4 and words.block[i] == words.block[span.start]:
        atom = next((atoms[k] for k in range(max(0, i - 2), i + 1) if k in atoms and atoms[k].end == i + 1), None)
        if atom is not None and isinstance(atom.value, StateWord):
            owns = atom.value.form == "name" and (words.lower[i + 1] == "'s" or (span.state and steps == 0))
            if atom.value.form == "adjective" or owns:
                return _state_code(atom.value)
        if words.tag[i] not in ("NN", "JJ", "HYPH", "POS", "NNS", "VBN", "NNP"):
            break
        i -= 1
        steps += 1
    return None


def _state_of(words: Words, atoms: dict[int, Atom], span: BodySpan, setting: Setting) -> str | None:
    """The state of a ministry or agency that no word beside it tells: where dateline or publisher set the article, else
    the one state that its sentence names before it, else the one the article names most; of a body that one state is
    known for, that one unless the article is set elsewhere and does not name it in the sentence."""
    before: set[str] = set()
    i = span.start - 1
    while i >= 0 and words.sent[i] == words.sent[span.start] and words.block[i] == words.block[span.start]:
        atom = atoms.get(i)
        if atom is not None and isinstance(atom.value, StateWord) and len(atom.value.codes) == 1:
            before.update(atom.value.codes)
        i -= 1
    before.discard("EU")
    if span.common and (span.country in before or setting.code is None):
        return span.country
    if setting.told:
        return setting.code
    return next(iter(before)) if len(before) == 1 else setting.code


def _state_code(word: StateWord) -> str | None:
    code = word.codes[-1]
    return None if code == "EU" else code
