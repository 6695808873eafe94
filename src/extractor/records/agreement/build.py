"""Builds the agreement records of a document."""

import datetime
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extractor.models import Agreement, Date, Event, Figure, Party, Span
from extractor.models.agreement import AgreementKind, AgreementStatus
from extractor.nlp.actors import home_state
from extractor.nlp.context import attribution
from extractor.nlp.dates import reported_date
from extractor.nlp.document import Document
from extractor.nlp.time_and_place import Dated
from extractor.records.agreement.covered import fields_of
from extractor.records.agreement.find import Mention, find_mentions
from extractor.records.agreement.merge import Cluster, in_title_of, key, merge
from extractor.records.agreement.parties import Bound
from extractor.records.agreement.sectors import code
from extractor.records.draft import Draft, Found
from extractor.records.event.table import plover

#: Events at which agreements are made.
_OCCASIONS = frozenset({"meeting", "summit", "visit", "conference", "call", "commemoration"})
#: Those at which agreements are made that are told of later on.
_TALKS = frozenset({"meeting", "summit", "visit", "call"})
_PERSON_STATES = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "minister", "official", "military"}
)
#: Roles whose holders bind the article's own state where it names no other.
_AT_HOME = frozenset({"head_of_state", "head_of_government", "foreign_minister", "minister"})


def build(
    document: Document, events: Sequence[Found[Event]], figures: Sequence[Found[Figure]]
) -> list[Found[Agreement]]:
    """Build every agreement record, in the order of first mention."""
    clusters = merge(document, find_mentions(document))
    covered = fields_of(document, clusters)
    return [
        _agreement(document, cluster, spans, events, figures) for cluster, spans in zip(clusters, covered, strict=True)
    ]


def _agreement(
    document: Document,
    cluster: Cluster,
    covered: Sequence[tuple[int, int]],
    events: Sequence[Found[Event]],
    figures: Sequence[Found[Figure]],
) -> Found[Agreement]:
    first = cluster.mentions[0]
    anchor = document.token_span(first.start, first.end)
    draft = Draft(document, Agreement, score=0.6)
    sentence = document.sentence(first.head.i)
    spans = tuple(document.token_span(m.start, m.end) for m in cluster.mentions)
    draft.put(mentions=spans, sentence=document.span(sentence.start_char, sentence.end_char))
    kind = _kind(document, cluster)
    draft.set("kind", kind, anchor, first.rule.id, "normalized")
    _set_name(draft, document, cluster)
    _set_count(draft, document, cluster, anchor)
    status = _set_status(draft, document, cluster)
    told_by_kind = status == "signed" and kind in ("ceasefire", "understanding")
    code_ = plover(f"agreement.{kind if told_by_kind else status}")
    if code_ is not None:
        draft.set("plover", code_, anchor, first.rule.id, "inferred")
    occasion = _occasion(document, cluster, events)
    _set_parties(draft, document, cluster, occasion, events)
    _set_fields(draft, document, covered)
    _set_date(draft, document, cluster, status, occasion)
    _set_place(draft, cluster, status, occasion)
    _set_value(draft, document, cluster, figures)
    if occasion is not None and status in ("signed", "announced"):
        event = occasion.record
        draft.set("event", event.id, event.mentions[0], "agreement.event", "inferred")
    found = attribution(first.head)
    if found is not None:
        source = document.ledger.party(found.source.root)
        if source is not None:
            at = document.token_span(found.source.start, found.source.end)
            draft.set("attributed_to", source, at, found.rule, "normalized")
    if len(cluster.mentions) > 1:
        draft.reason("several mentions", 0.1)
    if draft.get("parties"):
        draft.reason("has parties", 0.1)
    if any(m.told for m in cluster.mentions):
        draft.reason("a verb tells its status", 0.1)
    return Found(draft.build(anchor), tuple((m.start, m.end) for m in cluster.mentions))


def _kind(document: Document, cluster: Cluster) -> AgreementKind:
    """The kind of its first mention; a deal between companies is a contract."""
    kind = cluster.kind
    if cluster.mentions[0].rule.id != "agreement.deal":
        return kind
    firms = {
        item.party.ref
        for mention in cluster.mentions
        for item in mention.bound
        for entity in document.ledger.entities
        if entity.id == item.party.ref and entity.organization_kind == "company"
    }
    return "contract" if firms else kind


def _set_name(draft: Draft[Agreement], document: Document, cluster: Cluster) -> None:
    names = [m.name for m in cluster.mentions if m.name is not None]
    if names:
        start, end = max(names, key=lambda name: (name[1] - name[0], -name[0]))
        span = document.token_span(start, end)
        draft.set("name", " ".join(span.text.split()), span, "agreement.name")


def _set_count(draft: Draft[Agreement], document: Document, cluster: Cluster, anchor: Span) -> None:
    mention = next((m for m in cluster.mentions if m.quantity is not None), cluster.mentions[0])
    low, high = mention.counted
    at, rule = anchor, "agreement.count.single"
    if mention.quantity is not None:
        at = document.span(mention.quantity.start_char, mention.quantity.end_char)
        rule = mention.quantity.rule
    draft.set("low", low, at, rule, "normalized")
    draft.set("high", high, at, rule, "normalized")


def _set_status(draft: Draft[Agreement], document: Document, cluster: Cluster) -> AgreementStatus:
    """The last status that a verb tells counts, but a plan told in the same breath as the signing does not."""
    told = [m for m in cluster.mentions if m.told]
    by: dict[AgreementStatus, Mention] = {}
    for mention in told:
        by.setdefault(mention.status, mention)
    if "planned" in by and "signed" in by and _only_approved(by["signed"], by["planned"]):
        del by["signed"]
    order: tuple[AgreementStatus, ...] = ("ended", "rejected", "signed", "announced", "planned")
    for status in order:
        if status in by:
            mention = by[status]
            cue = mention.cue
            at = (
                document.token_span(cue.i, cue.i + 1)
                if cue is not None
                else document.token_span(mention.start, mention.end)
            )
            draft.set("status", status, at, "agreement.status.told", "normalized" if cue is not None else "inferred")
            return status
    first = cluster.mentions[0]
    draft.set("status", "signed", document.token_span(first.start, first.end), "agreement.status.default", "inferred")
    return "signed"


def _only_approved(done: Mention, planned: Mention) -> bool:
    """Whether an agreement is approved at home and yet to be signed: "Cabinet approved the loan. It will be signed"."""
    if done.verb is None or planned.verb is None:
        return False
    return done.verb.lemma_ in ("approve", "clear", "endorse", "back") and planned.verb.lemma_ in (
        "sign",
        "conclude",
        "ink",
    )


def _occasion(document: Document, cluster: Cluster, events: Sequence[Found[Event]]) -> Found[Event] | None:
    """The event at which an agreement was made: one in its sentence, else the last such event told before it."""
    first = cluster.mentions[0]
    sentence = first.head.sent
    titled = in_title_of(document, first)
    best: Found[Event] | None = None
    for event in events:
        if event.record.type not in _OCCASIONS or event.record.status not in ("happened", "planned"):
            continue
        if any(sentence.start <= start < sentence.end for start, _ in event.tokens):
            return event
        if event.record.type not in _TALKS or event.record.status != "happened":
            continue
        if event.tokens[0][0] >= first.start and (not titled or best is not None):
            continue
        if best is None or (len(event.record.participants) >= 2 and not best.record.participants):
            best = event
    return best


def _set_parties(
    draft: Draft[Agreement],
    document: Document,
    cluster: Cluster,
    occasion: Found[Event] | None,
    events: Sequence[Found[Event]],
) -> None:
    seen: set[str] = set()
    signers: set[str] = set()
    bounds = sorted((b for m in cluster.mentions for b in m.bound), key=lambda item: item.token.i)
    for item in bounds:
        if item.signed and key(item.party) not in signers:
            signers.add(key(item.party))
            draft.add("signatories", item.party, _at(document, item), item.rule, "normalized")
    if len({b.party.name for b in bounds if _state(document, b.party) is None}) >= 2:
        # Two leaders whose states the article never ties to them: the two countries it is about.
        pair = document.ledger.pair(cluster.mentions[0].head)
        if len(pair) == 2:
            at = _at(document, bounds[0])
            for party in pair:
                seen.add(key(party))
                draft.add("parties", party, at, "party.pair", "inferred")
            bounds = [b for b in bounds if b.party.kind == "organization"]
    for item in bounds:
        _add_party(draft, document, item, seen)
    body = None if len(seen) > 1 else _convened(document, cluster, events)
    if body is not None:
        _add_party(draft, document, body, seen)
    elif len(seen) < 2 and not any(b.party.kind == "organization" for b in bounds):
        principals = [(_state(document, party), at) for party, at in _principals(occasion, events)]
        if cluster.kind == "ceasefire" and occasion is not None and not _in_its_sentence(occasion, cluster):
            # Talks told elsewhere are seldom those of the ones who fight.
            principals = []
        if cluster.kind == "contract" and (seen or any(p is None or p.kind != "state" for p, _ in principals)):
            principals = []
        for state, span in principals:
            if state is not None and state.kind == "state" and key(state) not in seen:
                seen.add(key(state))
                draft.add("parties", state, span, "party.occasion", "inferred")
    if len(seen) < 2 and cluster.kind == "ceasefire":
        for party, span in _fighting(events):
            side = _state(document, party)
            if side is not None and key(side) not in seen:
                seen.add(key(side))
                draft.add("parties", side, span, "party.conflict", "inferred")
    if not seen and _between_two(cluster.mentions[0].head):
        for party in document.ledger.pair(cluster.mentions[0].head):
            seen.add(key(party))
            draft.add("parties", party, _own_span(document, cluster), "party.pair", "inferred")
    _add_outer_parties(draft, document, cluster, seen)


def _in_its_sentence(event: Found[Event], cluster: Cluster) -> bool:
    sent = cluster.mentions[0].head.sent
    return any(sent.start <= start < sent.end for start, _ in event.tokens)


def _fighting(events: Sequence[Found[Event]]) -> Iterator[tuple[Party, Span]]:
    """The two sides of the fighting that an article tells of first."""
    wars = (e.record for e in events if e.record.type == "conflict" and len(e.record.participants) == 2)
    war = next(wars, None)
    if war is not None:
        yield from _with_evidence(war)


def _with_evidence(event: Event) -> Iterator[tuple[Party, Span]]:
    """Those who take part in an event, each with the words that name it."""
    found = {item.field: item for item in event.evidence}
    for i, party in enumerate(event.participants):
        item = found[f"participants[{i}]"]
        if item.start is not None and item.end is not None and item.text is not None:
            yield party, Span(start=item.start, end=item.end, text=item.text)


def _own_span(document: Document, cluster: Cluster) -> Span:
    return document.token_span(cluster.mentions[0].start, cluster.mentions[0].end)


#: Words that say an agreement is one of the two states an article is about.
_OF_TWO = frozenset({"bilateral", "joint", "mutual", "two-way"})


def _between_two(head: Token) -> bool:
    """Whether an agreement without a party nearby is one of two states: "a bilateral treaty", "it was agreed"."""
    if head.pos_ == "VERB":
        return any(c.dep_ == "nsubjpass" and c.lower_ == "it" for c in head.children)
    return any(c.lower_ in _OF_TWO for c in head.lefts)


#: Gatherings whose agreements bind the body that they are of.
_GATHERINGS = frozenset({"summit", "assembly", "conference", "session"})


def _convened(document: Document, cluster: Cluster, events: Sequence[Found[Event]]) -> Bound | None:
    """The body whose gathering makes an agreement: "The Summit adopted ...", "Communique of the Summit of the League"."""
    first = cluster.mentions[0]
    title = cluster.kind == "joint_statement" and first.verb is None
    subject = None if first.verb is None else next((c for c in first.verb.children if c.dep_ == "nsubj"), None)
    if not title and (subject is None or subject.lemma_.lower() not in _GATHERINGS):
        return None
    for event in events:
        if event.record.type in ("summit", "conference"):
            for start, end in event.tokens:
                named = document.ledger.parties(document.doc[start : min(end + 8, document.doc[start].sent.end)])
                for party, at in named:
                    if party.kind == "organization":
                        return Bound(party, at, "party.gathering")
    return None


def _add_outer_parties(draft: Draft[Agreement], document: Document, cluster: Cluster, seen: set[str]) -> None:
    """The states that the title of a document names, and the article's own state as the other side of a foreign one."""
    first = cluster.mentions[0]
    at = document.token_span(first.start, first.end)
    if not seen and cluster.kind == "joint_statement":
        head = first.head
        for party, token in document.ledger.parties(document.doc[head.left_edge.i : head.right_edge.i + 1]):
            if party.kind == "state":
                seen.add(key(party))
                draft.add("parties", party, document.token_span(token.i, token.i + 1), "party.title", "normalized")
    agreed = all(b.rule == "party.subject" for m in cluster.mentions for b in m.bound)
    if len(seen) == 1 and not agreed and cluster.kind not in ("contract", "joint_statement"):
        home = home_state(document)
        foreign = next(iter(seen))
        if home is not None and key(home) not in seen and len(foreign) <= 3:
            seen.add(key(home))
            draft.add("parties", home, at, "party.home", "inferred")


def _add_party(draft: Draft[Agreement], document: Document, item: Bound, seen: set[str]) -> None:
    party = _state(document, item.party) or item.party
    if key(party) in seen:
        return
    seen.add(key(party))
    draft.add("parties", party, _at(document, item), item.rule, "normalized")


def _at(document: Document, item: Bound) -> Span:
    return document.token_span(item.token.i, item.token.i + 1)


def _state(document: Document, party: Party) -> Party | None:
    """The state or body that a person binds by an agreement; a party that is no person binds itself."""
    if party.kind != "person":
        return party
    for entity in document.ledger.entities:
        if entity.id is not None and entity.id == party.ref and entity.office is not None:
            office = entity.office
            if office.organization is not None and office.role not in _PERSON_STATES:
                body = office.organization
                return Party(name=body.name, code=None, kind="organization", ref=body.id)
            if office.country is not None:
                for other in document.ledger.entities:
                    if other.kind == "state" and other.code == office.country:
                        return Party(name=other.name, code=other.code, kind="state", ref=None)
                return Party(name=office.country, code=office.country, kind="state", ref=None)
            if office.organization is None and office.role in _AT_HOME:
                # "The Amir received": a head of state without a country leads the one that the article is from.
                return home_state(document)
    return None


def _principals(occasion: Found[Event] | None, events: Sequence[Found[Event]]) -> Iterator[tuple[Party, Span]]:
    """Who takes part in the event at which an agreement was made; for a visit, in the talks told beside it."""
    if occasion is not None and len(occasion.record.participants) < 2 and occasion.record.type == "visit":
        talks = (e for e in events if e.record.type == "meeting" and e.record.status == "happened")
        occasion = next((e for e in talks if len(e.record.participants) >= 2), None)
    if occasion is None or len(occasion.record.participants) < 2:
        return
    yield from _with_evidence(occasion.record)


def _set_fields(draft: Draft[Agreement], document: Document, covered: Sequence[tuple[int, int]]) -> None:
    codes: set[str] = set()
    for start, end in covered:
        text = " ".join(document.doc[start:end].text.split())
        draft.add("sectors", text, document.token_span(start, end), "agreement.sector")
        found = code(document, (start, end))
        if found is not None and found[0] not in codes:
            codes.add(found[0])
            at = document.token_span(found[1], found[1] + 1)
            draft.add("sector_codes", found[0], at, "agreement.sector_code", "normalized")


def _set_date(
    draft: Draft[Agreement],
    document: Document,
    cluster: Cluster,
    status: AgreementStatus,
    occasion: Found[Event] | None,
) -> None:
    dated = [m.dated for m in cluster.mentions if m.dated is not None]
    if status not in ("planned", "ended"):
        # What is agreed on today may bear the date of what is to come of it.
        dated = [d for d in dated if not _to_come(document, d)]
    near = next((d for d in dated if d.rule != "date.sentence"), None)
    if near is not None:
        draft.set("date", near.date, near.at, near.rule, near.how)
        return
    known = any(m.name is not None or m.definite for m in cluster.mentions)
    in_force = known and not any(m.told or in_title_of(document, m) for m in cluster.mentions)
    if status == "planned" or in_force or any(_background(m) for m in cluster.mentions):
        return
    if occasion is not None and _long_past(document, occasion, cluster):
        occasion = None
    later = occasion is not None and occasion.record.date is not None and _later(document, occasion.record.date)
    if (
        occasion is not None
        and not later
        and occasion.record.date is not None
        and occasion.record.date.how != "reported"
    ):
        event = occasion.record
        item = next((e for e in event.evidence if e.field == "date"), None)
        if item is not None and event.status == "happened":
            span = None if item.start is None else Span(start=item.start, end=item.end or 0, text=item.text or "")
            draft.set("date", event.date, span, "date.occasion", "inferred")
            return
    reported = reported_date(document)
    if reported is not None:
        date, span = reported
        draft.set("date", date, span, "date.reported", "inferred")


def _to_come(document: Document, dated: Dated) -> bool:
    return _later(document, dated.date)


#: Days before its publication from which on talks told in another sentence are history to an article.
_HISTORY = 45


def _long_past(document: Document, occasion: Found[Event], cluster: Cluster) -> bool:
    """Whether talks told elsewhere in an article are too old for an agreement that it tells as news."""
    sent = cluster.mentions[0].head.sent
    date, published = occasion.record.date, document.published
    if date is None or date.last is None or published is None or published.first is None:
        return False
    if any(sent.start <= start < sent.end for start, _ in occasion.tokens):
        return False
    age = datetime.date.fromisoformat(published.first) - datetime.date.fromisoformat(date.last)
    return age.days > _HISTORY


def _later(document: Document, date: Date) -> bool:
    """Whether a date ends after the article was published."""
    published, last = document.published, date.last or date.first
    return published is not None and published.last is not None and last is not None and last > published.last


def _background(mention: Mention) -> bool:
    verb = mention.verb
    return verb is not None and any(child.dep_ == "aux" and child.lower_ == "had" for child in verb.children)


def _set_place(
    draft: Draft[Agreement], cluster: Cluster, status: AgreementStatus, occasion: Found[Event] | None
) -> None:
    found = next((m.placed for m in cluster.mentions if m.placed is not None), None)
    if found is not None:
        draft.set("place", found.place, found.at, found.rule, found.how)
        return
    if occasion is None or status not in ("signed", "announced") or occasion.record.place is None:
        return
    item = next((e for e in occasion.record.evidence if e.field == "place"), None)
    if item is not None and item.start is not None and item.end is not None and item.text is not None:
        at = Span(start=item.start, end=item.end, text=item.text)
        draft.set("place", occasion.record.place, at, "place.occasion", "inferred")


def _set_value(draft: Draft[Agreement], document: Document, cluster: Cluster, figures: Sequence[Found[Figure]]) -> None:
    """The sum of money inside the phrase, or after "worth" or "valued at" behind it."""
    for mention in cluster.mentions:
        for figure in figures:
            if figure.record.kind != "money":
                continue
            start = figure.tokens[0][0]
            if not mention.head.sent.start <= start < mention.head.sent.end:
                continue
            if mention.start <= start < mention.end or _worth(document.doc[start], mention.head, start):
                draft.set("value", figure.record.id, figure.record.span, "agreement.value", "normalized")
                return


def _worth(first: Token, head: Token, start: int) -> bool:
    if start < head.i:
        return False
    between = [token.lower_ for token in first.doc[head.i : start]]
    return any(word in ("worth", "valued", "totaling", "totalling") for word in between) and len(between) < 25
