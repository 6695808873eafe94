"""The fields of whole agreements: of all mentions of each, of the sentence behind it, and of a set by its members."""

from collections.abc import Sequence

from extractor.nlp.document import Document
from extractor.records.agreement.merge import Cluster, in_title_of
from extractor.records.agreement.sectors import code, fields, fields_told_after

#: Sentences behind a set of documents within which its members are told.
_MEMBERS = 2
_INCLUDING = frozenset({"include", "comprise", "contain", "cover"})


def fields_of(document: Document, clusters: Sequence[Cluster]) -> list[list[tuple[int, int]]]:
    """The fields of each agreement, as token spans."""
    own = [_own(document, cluster) for cluster in clusters]
    out = []
    for cluster, spans in zip(clusters, own, strict=True):
        if not spans and cluster.mentions[0].plural:
            spans = _distinct(document, [span for i in _members(clusters, cluster) for span in own[i]])
        out.append(spans)
    return out


def _own(document: Document, cluster: Cluster) -> list[tuple[int, int]]:
    """The fields that the mentions of an agreement tell, else the sentence behind the first."""
    # A headline cuts words short: what the text below it says of the same agreement comes first.
    mentions = sorted(cluster.mentions, key=lambda mention: in_title_of(document, mention))
    told = [fields(document, mention.head) for mention in mentions]
    if not any(told):
        return fields_told_after(document, cluster.mentions[0].head)
    out = list(next(spans for spans in told if spans))
    if cluster.kind == "contract":
        # "buys twelve jets", "the aircraft": a later word for what is bought is no further field.
        codes = {found[0] for span in out if (found := code(document, span)) is not None}
        later = [span for spans in told for span in spans if span not in out]
        out += [span for span in later if (found := code(document, span)) is None or found[0] not in codes]
    else:
        out += [span for spans in told for span in spans if span not in out]
    return _distinct(document, out)


def _distinct(document: Document, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each field once, by its words."""
    seen: set[str] = set()
    out = []
    for start, end in spans:
        key = " ".join(document.doc[start:end].text.lower().split())
        if key not in seen:
            seen.add(key)
            out.append((start, end))
    return out


def _members(clusters: Sequence[Cluster], cluster: Cluster) -> list[int]:
    """The agreements told as parts of a set: "A package was signed, including a plan. It includes a protocol on trade."."""
    first = cluster.mentions[0].head
    doc, sent = first.doc, first.sent
    ends = [sent.end]
    for _ in range(_MEMBERS):
        if ends[-1] >= len(doc) or any("\n\n" in t.text for t in doc[ends[-1] - 1 : ends[-1]] if t.is_space):
            break
        ends.append(doc[ends[-1]].sent.end)
    out = []
    for i, other in enumerate(clusters):
        head = other.mentions[0].head
        if other is cluster or not first.i < head.i < ends[-1]:
            continue
        opening = doc[max(head.sent.start, first.i) : head.i]
        if any(t.lemma_ in _INCLUDING for t in opening) or doc[head.sent.start].lower_ == "among":
            out.append(i)
        elif other.mentions[0].plural and other.mentions[0].verb is not None and head.sent != sent:
            # The next set has members of its own.
            break
    return out
