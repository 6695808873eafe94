"""The proper names of events, agreements and initiatives."""

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

#: Small words that may stand inside a proper name.
_INSIDE_NAMES = frozenset({"of", "for", "on", "and", "the", "&", "-", "–", "’s", "'s", "’", "'", "de"})

#: Words with a capital that open a sentence or name no event.
_NOT_IN_NAMES = frozenset(
    {"the", "a", "an", "this", "that", "these", "his", "her", "its", "their", "our", "my", "your", "at", "in", "on"}
    | {"during", "after", "before", "for", "following", "since", "as", "with", "from", "to", "by", "and", "of", "today"}
    | {"when", "while", "mr", "mr.", "mrs", "ms", "president", "minister", "readout", "another", "no", "new", "if"}
)


def proper_name(head: Token) -> tuple[int, int] | None:
    """The proper name that a capitalised noun ends or carries: "the 19th G20 Summit", "Belt and Road Forum for
    International Cooperation", "Shanghai Cooperation Organization (SCO) Summit 2025". None for a common noun.
    """
    doc = head.doc
    if not head.text[:1].isupper():
        return None
    sent = head.sent
    start = _name_start(doc, head.i, sent.start)
    end = _name_end(doc, head.i + 1, sent.end)
    if start == head.i and end == head.i + 1:
        return None
    if any(
        doc[i].lower_ in _OFFICES
        for i in range(max(start - 4, sent.start), end)
        if i >= start or _of_office(doc, start)
    ):
        return None
    if _title_case(sent) and (end - start > _LONGEST_IN_TITLE or not any(map(_distinct, doc[start:end]))):
        return None
    return start, end


def _of_office(doc: Doc, start: int) -> bool:
    """Whether a name stands behind "of" or "for", where the title before it may be that of an office."""
    return start > 0 and doc[start - 1].lower_ in ("of", "for")


#: Titles: a name that holds one is that of an office, "Under Secretary for Trade Policy".
_OFFICES = frozenset(
    {"secretary", "undersecretary", "minister", "director", "advisor", "adviser", "president", "chairman", "envoy"}
    | {"commissioner", "ambassador", "representative", "governor", "chair", "deputy", "administrator", "coordinator"}
)

#: Longest proper name, in tokens, that is taken from a line where every word has a capital.
_LONGEST_IN_TITLE = 14


def _distinct(token: Token) -> bool:
    """Whether a word of a heading belongs to a name for more than its capital."""
    return token.ent_type_ in ("ORG", "GPE", "NORP", "EVENT", "LAW", "FAC", "LOC") or (
        token.is_upper and len(token) > 1
    )


def _title_case(sent: DocSpan) -> bool:
    """Whether a line is a heading with a capital on every long word, which tells nothing of proper names."""
    if any(token.text == "." for token in sent[-2:]):
        return False
    long = [token for token in sent if token.is_alpha and len(token) > 3]
    return len(long) > 2 and sum(token.text[0].isupper() for token in long) > 0.8 * len(long)


def _name_start(doc: Doc, head: int, limit: int) -> int:
    start = i = head
    title = _title_case(doc[head].sent)
    while i > limit:
        token = doc[i - 1]
        if token.text == ")" and i - 3 >= limit and doc[i - 3].text == "(" and doc[i - 2].is_upper:
            i -= 3
        elif token.ent_type_ == "PERSON" and i < head:
            break
        elif (_capital(token) and token.tag_ not in _FINITE) or _ordinal(token):
            i -= 1
            if token.lower_ not in _NOT_IN_NAMES:
                start = i
            else:
                break
        elif (token.lower_ in ("'s", "’s") and i - 1 > limit and doc[i - 2].ent_type_ == "PERSON") or (
            token.lower_ == "for" and (title or doc[i - 2].ent_type_ == "GPE")
        ):
            break
        elif token.lower_ in _INSIDE_NAMES and i - 1 > limit and _capital(doc[i - 2]) and i != head + 1:
            i -= 1
        else:
            break
    return start


def _name_end(doc: Doc, after: int, limit: int) -> int:
    end = i = after
    while i < limit:
        token = doc[i]
        if token.text == "(" and i + 2 < limit and doc[i + 2].text == ")" and doc[i + 1].text[:1].isupper():
            i += 3
            end = i
        elif token.like_num and len(token.text) == 4 and token.text[:2] in ("19", "20") and i == after:
            i += 1
            end = i
        elif token.lower_ in ("for", "on", "of", "and", "&") and i + 1 < limit:
            following = doc[i + 1]
            if token.lower_ == "and" and following.lower_ == "the":
                # "the Security Initiative and the Civilization Initiative" are two.
                break
            if following.lower_ == "the" and i + 2 < limit and _capital(doc[i + 2]):
                i += 2
            elif _capital(following) and not (
                token.lower_ in ("on", "for") and following.ent_type_ in ("DATE", "TIME")
            ):
                i += 1
            else:
                break
        elif (_capital(token) and token.ent_type_ not in ("DATE", "TIME") and i > after) or (
            _capital(token) and token.tag_ in ("NNP", "NNPS") and token.ent_type_ not in ("DATE", "TIME", "PERSON")
        ):
            i += 1
            end = i
        else:
            break
    return end


#: Tags of words that are verbs of their clause, with a capital in headings only.
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD", "TO"})


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and "(" not in token.text


def _ordinal(token: Token) -> bool:
    text = token.lower_
    return (text[:1].isdigit() and text[-2:] in ("st", "nd", "rd", "th")) or (text in _ORDINALS)


_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
