"""The turns of a transcript: "Vladimir Putin: Good afternoon."."""

from dataclasses import dataclass
from typing import cast

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """A turn of a transcript: half-open token offsets of the speaker's name and title, and of what they say, which
    begins behind the colon."""

    start: int
    name_end: int
    colon: int
    end: int


def speaker_lines(doc: Doc) -> list[SpeakerLine]:
    """The turns of a transcript, in order: "Vladimir Putin: Good afternoon." to the next turn. Kept with the doc."""
    kept = doc.user_data.get("speaker_lines")
    if kept is None:
        kept = doc.user_data["speaker_lines"] = _find_speaker_lines(doc)
    return cast(list[SpeakerLine], kept)


#: Longest name and title before the colon of a speaker line, in tokens.
_LONGEST_SPEAKER = 24


def _find_speaker_lines(doc: Doc) -> list[SpeakerLine]:
    starts: list[tuple[int, int, int]] = []
    for colon in doc:
        if colon.text not in (":", "):") or colon.i + 1 >= len(doc) or not doc[colon.i + 1].text[:1].isupper():
            continue
        if not colon.whitespace_ and not doc[colon.i + 1].is_space:
            continue
        last = colon.i
        if colon.text == "):" or doc[max(last - 1, 0)].text == ")":
            # "Prime Minister (retranslated):"
            last = next((i for i in range(last - 1, max(last - 6, -1), -1) if doc[i].text == "("), last)
        start = last
        while start > 0 and last - start < _LONGEST_SPEAKER and _in_speaker(doc[start - 1]):
            start -= 1
        while start < last and doc[start].text == ".":
            # the end of the sentence before
            start += 1
        if start == last:
            continue
        # A turn may follow a heading on the same line, if a title opens it.
        title = next((i for i in range(start, last) if doc[i].lower_ in _TITLES), None)
        if not _opens(doc, start) and title is not None:
            start = title
        if (_opens(doc, start) or title is not None) and _is_speaker(doc[start:last]):
            starts.append((start, last, colon.i))
    ends = [*(turn[0] for turn in starts), len(doc)][1:]
    return [SpeakerLine(*turn, end) for turn, end in zip(starts, ends, strict=True)]


def _in_speaker(token: Token) -> bool:
    return token.text[:1].isupper() or token.lower_ in ("of", "the", "and", "for", "de", "al", "-", "’s", "'s", ".")


def _opens(doc: Doc, start: int) -> bool:
    """Whether a token begins a line or follows the end of a sentence."""
    if start == 0:
        return True
    before = doc[start - 1]
    return before.is_space or before.text in (".", "!", "?", "…", ")", "”", '"')


def _is_speaker(span: DocSpan) -> bool:
    """Whether words before a colon are a person, not a heading: they hold a name of a person or are a title."""
    if any(token.ent_type_ == "PERSON" for token in span):
        return True
    return span[-1].tag_ == "NNP" and any(token.lower_ in _TITLES for token in span)


_TITLES = frozenset(
    {"president", "minister", "mr", "mrs", "ms", "chairman", "secretary", "prime", "question", "moderator", "director"}
)


def name_of(doc: Doc, line: SpeakerLine) -> DocSpan:
    """The name on a speaker line without the title, where the model knows it for one."""
    named = [i for i in range(line.start, line.name_end) if doc[i].ent_type_ == "PERSON"]
    if not named:
        return doc[line.start : line.name_end]
    end = named[0] + 1
    while end in named:
        end += 1
    return doc[named[0] : end]
