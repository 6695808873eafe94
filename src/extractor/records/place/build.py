"""Builds the place records of a document."""

from extractor.models import Place
from extractor.nlp.document import Document
from extractor.records.draft import Draft, Found


def build(document: Document) -> list[Found[Place]]:
    """Build every place record, in the order of first mention; a country that is named is a place too."""
    out = []
    for entity in document.ledger.entities:
        if entity.kind not in ("place", "state") or entity.id is None:
            continue
        named = [m for m in entity.mentions if entity.kind == "place" or m.rule == "state.name"]
        anchor = named[0]
        at = document.token_span(anchor.start, anchor.end)
        draft = Draft(document, Place, score=0.9 if anchor.rule != "model:NER" else 0.6)
        draft.set("name", entity.name, at, anchor.rule, "verbatim" if anchor.text == entity.name else "normalized")
        draft.set("country", entity.code, at, anchor.rule, "inferred")
        draft.set("kind", entity.place_kind, at, anchor.rule, "inferred")
        draft.set("latitude", entity.latitude, at, anchor.rule, "inferred")
        draft.set("longitude", entity.longitude, at, anchor.rule, "inferred")
        draft.put(mentions=[document.token_span(m.start, m.end) for m in named])
        out.append(Found(draft.build(at, id=entity.id), tuple((m.start, m.end) for m in named)))
    return out
