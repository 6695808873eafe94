"""Builds the leader and person records of a document from its ledger."""

from extractor.models import Leader, Party, Person
from extractor.nlp.document import Document
from extractor.nlp.ledger import Entity, Mention
from extractor.records.draft import Draft, Found


def build_leaders(document: Document) -> list[Found[Leader]]:
    """Build every leader record, in the order of first mention."""
    return [_leader(document, e) for e in document.ledger.entities if e.kind == "person" and e.office is not None]


def build_people(document: Document) -> list[Found[Person]]:
    """Build every record of a person without an office, in the order of first mention."""
    out = []
    for entity in document.ledger.entities:
        if entity.kind == "person" and entity.office is None:
            draft = Draft(document, Person, score=0.8)
            anchor = put_name(document, draft, entity)
            out.append(Found(draft.build(document.token_span(anchor.start, anchor.end), id=entity.id), tokens(entity)))
    return out


def _leader(document: Document, entity: Entity) -> Found[Leader]:
    office = entity.office
    assert office is not None
    draft = Draft(document, Leader, score=0.9)
    anchor = put_name(document, draft, entity)
    at = document.token_span(*office.title_span)
    draft.set("title", office.title, at, office.rule)
    told = document.token_span(*office.country_span) if office.country_span is not None else None
    draft.set("country", office.country, told, "leader.country", "inferred")
    body = office.organization
    if body is not None:
        first = body.mentions[0]
        if body.kind == "state":
            party = Party(name=body.name, code=body.code, kind="state", ref=None)
        else:
            party = Party(name=body.name, code=None, kind="organization", ref=body.id)
        draft.set("organization", party, document.token_span(first.start, first.end), "leader.organization", "inferred")
    draft.set("role", office.role, at, office.rule, "inferred")
    draft.set("tenure", office.tenure, at, office.rule, "inferred")
    if office.country is None and body is None:
        draft.reason("no country and no body", -0.1)
    if len(entity.mentions) > 1:
        draft.reason("mentioned again", 0.05)
    return Found(draft.build(document.token_span(anchor.start, anchor.end), id=entity.id), tokens(entity))


def put_name(document: Document, draft: Draft, entity: Entity) -> Mention:  # type: ignore[type-arg]
    """Set name, aliases and mentions from an entity; returns the first mention of the fullest name."""
    anchor = next((m for m in entity.mentions if _form(m) == entity.name), entity.mentions[0])
    draft.set("name", entity.name, document.token_span(anchor.start, anchor.end), anchor.rule)
    draft.put(mentions=[document.token_span(m.start, m.end) for m in entity.mentions])
    seen = {entity.name, entity.acronym}
    for mention in entity.mentions:
        form = _form(mention)
        if form in seen:
            continue
        seen.add(form)
        at = document.token_span(mention.start, mention.end)
        draft.add("aliases", form, at, mention.reason or mention.rule)
        draft.add("alias_reasons", mention.reason or mention.rule, at, mention.reason or mention.rule, "inferred")
    return anchor


def tokens(entity: Entity) -> tuple[tuple[int, int], ...]:
    """Token offsets of every mention."""
    return tuple((m.start, m.end) for m in entity.mentions)


def _form(mention: Mention) -> str:
    return " ".join(
        word.title() if len(word) > 3 and word.isupper() and word.isalpha() else word for word in mention.text.split()
    )
