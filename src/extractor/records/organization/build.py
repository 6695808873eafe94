"""Builds the organization records of a document."""

from extractor.models import Organization
from extractor.nlp.document import Document
from extractor.records.draft import Draft, Found


def build(document: Document) -> list[Found[Organization]]:
    """Build every organization record, in the order of first mention."""
    out = []
    for entity in document.ledger.entities:
        if entity.kind != "organization" or entity.organization_kind is None:
            continue
        draft = Draft(document, Organization, score=0.8)
        anchor = next((m for m in entity.mentions if m.text == entity.name), entity.mentions[0])
        at = document.token_span(anchor.start, anchor.end)
        draft.set("name", entity.name, at, anchor.rule)
        if entity.acronym is not None:
            short = next((m for m in entity.mentions if m.text == entity.acronym), anchor)
            draft.set("acronym", entity.acronym, document.token_span(short.start, short.end), "name.acronym")
        seen = {entity.name, entity.acronym}
        for mention in entity.mentions:
            if mention.text in seen:
                continue
            seen.add(mention.text)
            here = document.token_span(mention.start, mention.end)
            draft.add("aliases", mention.text, here, mention.reason)
            draft.add("alias_reasons", mention.reason, here, mention.reason, "inferred")
        draft.set("kind", entity.organization_kind, at, anchor.rule, "inferred")
        draft.set("country", entity.code, at, anchor.rule, "inferred")
        draft.put(mentions=[document.token_span(m.start, m.end) for m in entity.mentions])
        out.append(Found(draft.build(at, id=entity.id), tuple((m.start, m.end) for m in entity.mentions)))
    return out
