"""The role that a title gives, once its country and body are known."""

from extractor.models.leader import Role
from extractor.models.person import OrganizationKind
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import gazetteer
from extractor.nlp.entities.office import Office
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set

#: What the noun tells that stands for the body: "university president", "council chairman".
_POINTED: dict[str, Role] = {
    "university": "other",
    "college": "other",
    "school": "other",
    "institute": "other",
    "party": "party",
    "council": "official",
    "committee": "official",
    "commission": "official",
    "agency": "official",
    "authority": "official",
    "department": "official",
    "court": "official",
    "tribunal": "official",
    "club": "executive",
    "team": "executive",
    "union": "executive",
    "association": "executive",
    "federation": "executive",
    "foundation": "executive",
    "bank": "executive",
}

_HEADS = frozenset({"head_of_state", "head_of_government"})


def settle(words: Words, office: Office) -> None:
    """The title's words and its role, now that country and body are known."""
    entry, body = office.entry, office.body
    start, end = office.title_span
    lower = words.lower[start:end]
    if entry.title == "chief" and start > office.span[0]:
        _stretch_left(words, office)
    office.title = _title_text(words, office)
    role: Role = entry.role
    if role == "minister" and office.matter:
        foreign = "foreign" in office.matter or {"external", "affairs"} <= set(office.matter)
        if foreign and "trade" not in office.matter[:1]:
            role = "foreign_minister"
    elif role == "minister" and entry.title == "secretary":
        role = "official"
    if entry.title == "secretary of state" and " for " in office.title.lower():
        # one of Britain's, of what the title says
        role = "foreign_minister" if {"foreign", "commonwealth"} & set(lower) else "minister"
        office.set_country(("GBR",), office.title_span)
    if entry.title == "cabinet secretary" and office.matter:
        # Kenya's ministers
        role = "foreign_minister" if "foreign" in office.matter else "minister"
    if body is not None and entry.scope == "open":
        role = role_in(body, role, entry.title)
    elif entry.title == "leader" and start > 0 and words.lower[start - 1] in word_set("political_side"):
        # "the French far-right leader"
        role = "party"
    elif entry.title == "leader" and start > 0 and words.lower[start - 1] in word_set("other_side"):
        role = "other"
    elif entry.title == "leader" and role == "head_of_government":
        role = "head_of_state" if office.countries and not office.local else "other"
    elif (
        entry.scope == "open"
        and role == "head_of_state"
        and office.pointed in (word_set("company_noun") | {"bank", "group"})
    ):
        role = "executive"
    heads = entry.title in ("head", "chief", "boss")
    if (
        body is None
        and entry.scope == "open"
        and (heads or role in (*_HEADS, "executive", "official", "international_organization"))
    ):
        role = _POINTED.get(office.pointed, role)
        if heads and office.pointed in word_set("company_noun"):
            role = "executive"
    if (
        role == "legislator"
        and "committee" in lower
        and set(words.lower[max(0, start - 2) : end]) & word_set("executive_committee")
    ):
        role = "official"
    if body is not None and body.kind == "party" and role in _HEADS:
        role = "party"
    if office.local and (
        role in (*_HEADS, "other")
        or (role == "minister" and "secretary" in lower and entry.title != "secretary of state")
    ):
        role = "official"
    if body is not None and body.kind == "international" and entry.scope == "open":
        office.countries, office.country_span = (), None
    if role == "international_organization" and body is None and office.countries not in ((), ("EU",)):
        role = "official"
    if office.countries == ("EU",) and role != "legislator":
        role = "international_organization"
    if office.deputy or any(word in word_set("deputy") for word in lower[:-1]):
        if role == "head_of_government":
            role = "minister"
        elif role in ("head_of_state", "foreign_minister") or (
            role == "minister" and not {"prime", "premier", "pm"} & set(lower)
        ):
            role = "official"
    office.role = role
    if body is not None and body.country and (body.kind in ("government", "military", "party") or body.state):
        office.set_country((body.country,), (body.start, body.end))
    if entry.title == "chancellor" and office.countries == ("GBR",):
        # of the Exchequer
        office.role = "minister"
    if entry.country and not (office.local and not office.countries):
        office.set_country((entry.country,), office.title_span)


def _stretch_left(words: Words, office: Office) -> None:
    """Take the common nouns before "chief" into the title: "emergency relief chief"."""
    start, end = office.title_span
    first = start
    while first > office.span[0] and words.tag[first - 1] in ("NN", "JJ", "NNS") and not words.cap(first - 1):
        first -= 1
    while first < start and (words.tag[first] == "JJ" and words.lower[first] in word_set("standing")):
        first += 1
    if not words.cap(start):
        office.title_span = (first, end)


def _title_text(words: Words, office: Office) -> str:
    """The title in the article's words; of several holders in the singular."""
    start, end = office.title_span
    text = words.text(start, end)
    if not office.plural:
        return text
    many, one = gazetteer().plural_of(office.entry.title), office.entry.title
    at = text.lower().find(many)
    if at < 0:
        return text
    shared = 0
    while shared < min(len(one), len(many)) and one[shared] == many[shared]:
        shared += 1
    return text[: at + shared] + one[shared:] + text[at + len(many) :]


def role_in(body: BodySpan, role: Role, title: str) -> Role:
    """The role of an office whose sense depends on the body it belongs to."""
    name = body.name.lower().replace("'", " ").split()
    if name == ["congress"] and title == "leader":
        return "party"
    if body.state:
        return "official"
    if body.kind == "government" and {"labour", "labor", "trades"} & set(name) and "congress" in name:
        return "executive"
    if role == "legislator":
        return role
    if (
        body.kind in ("government", "international")
        and word_set("legislature") & set(name)
        and title.split()[-1] in ("president", "speaker", "chairman", "chair", "chairwoman", "chairperson", "member")
    ):
        return "legislator"
    if (
        body.kind in ("other", "party")
        and {"union", "workers", "employees", "teachers"} & set(name)
        and "party" not in name
    ):
        return "executive"
    if body.kind == "other":
        if title == "leader":
            return "party"
        if role in ("executive", "head_of_state") or title.endswith("president") or title.startswith("spokes"):
            return "executive"
        return "other" if role == "official" else role
    if title == "governor":
        return "official"
    if body.kind == "armed_group":
        return "military" if role == "military" else "other"
    roles: dict[OrganizationKind, Role] = {
        "government": "official",
        "international": "international_organization",
        "party": "party",
        "military": "military",
        "company": "executive",
        "media": "executive",
        "education": "other",
    }
    return roles[body.kind]
