"""The body of an office: the one its words name, or the one that the article makes plain."""

from collections import Counter
from collections.abc import Callable

from extractor.models.leader import Role
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.office import Office
from extractor.nlp.entities.office_roles import role_in
from extractor.nlp.entities.words import Words
from extractor.nlp.gazetteers import word_set
from extractor.nlp.ledger import Entity, Mention

_COMPANIES = frozenset({"company", "other"})
_CORPORATE = frozenset({"company", "other", "international", "media", "education"})


def office_body(
    office: Office, bodies: dict[int, Entity], words: Words, country: str | None, *, local: bool
) -> Entity | None:
    """The body of an office where it is not simply the state.

    `bodies`: each body by every word that a mention of it begins at; `local`: whether the office is one of a place.
    """
    body = office.body
    if body is None:
        return None if local else _plain(office, bodies, words)
    if body.state:
        return None
    known = bodies.get(body.start)
    if known is not None:
        return known
    if body.rule == "organization.common":
        first, last = words.span(body.start, body.end)
        mention = Mention(first, last, words.text(body.start, body.end), body.rule, "")
        return Entity("organization", body.name, code=country, organization_kind=body.kind, mentions=[mention])
    return None


def _plain(office: Office, bodies: dict[int, Entity], words: Words) -> Entity | None:
    """The body of a title that names none: the company of a chief executive, the central bank of a governor, the
    United Nations or another international body of a secretary-general."""
    title = office.title.lower()
    if office.pointed and office.entry.scope == "open":
        known = _pointed(office, bodies)
        if known is not None:
            return known
    if office.role == "executive":
        return _company(office, bodies, words)
    if office.role == "official" and (title.startswith("central bank") or title in ("governor", "deputy governor")):
        return _only(bodies, _is_central_bank)
    if title == "executive secretary" or (
        office.role == "international_organization" and "secretary" in title.replace("-", " ").split()
    ):
        return _union_of_states(bodies, office)
    return None


def _pointed(office: Office, bodies: dict[int, Entity]) -> Entity | None:
    """The body named last before "the institute's president" whose name has the noun."""
    if office.pointed in ("its", "their", "his", "her") or office.pointed in word_set("company_noun"):
        return None
    near = [
        start
        for start, body in bodies.items()
        if start < office.span[0] and office.pointed in body.name.lower().split()
    ]
    return bodies[max(near)] if near else None


def role_of(body: Entity, role: Role, title: str) -> Role:
    """The role of an office of a body that is only pointed at."""
    kind = body.organization_kind or "other"
    return role_in(BodySpan(0, 0, body.name, kind, body.code, body.acts_as_state, ""), role, title)


def _company(office: Office, bodies: dict[int, Entity], words: Words) -> Entity | None:
    """The company named last before "its chief executive" in the same paragraph or the one before it; else the one
    that the article begins with, if it names it again and again."""
    kinds = _COMPANIES if office.pointed in word_set("company_noun") else _CORPORATE
    companies = {start: entity for start, entity in bodies.items() if entity.organization_kind in kinds}
    if office.pointed:
        block = words.block[office.span[0]]
        near = [start for start in companies if start < office.span[0] and words.block[start] >= block - 2]
        if near:
            return companies[max(near)]
    at = office.span[0]
    said = [start for start in companies if start < at and words.sent[start] == words.sent[at]]
    if len(said) == 1 and word_set("speech") & set(words.lower[said[0] : at]):
        # "Renault SA said finance chief A would leave"
        return companies[said[0]]
    counts = Counter(entity.name for entity in companies.values())
    if not counts:
        return None
    first = companies[min(companies)]
    return first if counts[first.name] >= 3 and 2 * counts[first.name] >= max(counts.values()) else None


def _is_central_bank(entity: Entity) -> bool:
    words = entity.name.lower().split()
    return entity.organization_kind == "government" and bool({"bank", "reserve", "monetary", "banco"} & set(words))


def _union_of_states(bodies: dict[int, Entity], office: Office) -> Entity | None:
    """The international body named last before, of the United Nations and its own bodies the United Nations."""
    found = {start: entity for start, entity in bodies.items() if entity.organization_kind == "international"}
    whole = next((entity for entity in found.values() if entity.name == "United Nations"), None)
    before = [start for start in found if start < office.span[0]]
    last = found[max(before)] if before else None
    if whole is not None and (
        last is None or last is whole or last.name.startswith(("UN ", "U.N. ", "United Nations"))
    ):
        return whole
    return last


def _only(bodies: dict[int, Entity], fits: Callable[[Entity], bool]) -> Entity | None:
    counts = Counter(entity.name for entity in bodies.values() if fits(entity))
    common = counts.most_common(2)
    if not common or (len(common) > 1 and common[0][1] < 2 * common[1][1]):
        return None
    return next(entity for entity in bodies.values() if entity.name == common[0][0])
