"""The words of a document as flat lists: what the passes over names and titles read, blanks left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc

#: Tags of words that end a name in running text even when they are capitalised.
VERB_TAGS = frozenset({"VBZ", "VBD", "VBP", "MD"})
_OPEN_WORDS = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "by", "with", "from", "as", "or"}
)


@dataclass(slots=True)
class Words:
    """Parallel lists over the words of a document (tokens that are not blanks).

    `token[i]` is the token offset of word `i`; `word_of` leads back. `plain` has straight apostrophes; `cased` is
    `plain` with shouted words in title case. `block` counts paragraphs, `sent` sentences. `heading` tells the words of
    a block that is set like a headline: no full stop at its end, most words capitalised.
    """

    doc: Doc
    token: list[int] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    cased: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    ent: list[str] = field(default_factory=list)
    ent_start: list[bool] = field(default_factory=list)
    block: list[int] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    glued: list[bool] = field(default_factory=list)
    heading: list[bool] = field(default_factory=list)
    word_of: dict[int, int] = field(default_factory=dict)
    #: Lower-case words that occur in the running text: "announces" seen there is no name in a headline.
    seen_lower: set[str] = field(default_factory=set)
    _entities: list[tuple[int, int, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.token)

    def cap(self, i: int) -> bool:
        """Whether word `i` begins with a capital letter."""
        return self.plain[i][0].isupper()

    def entities(self) -> Iterator[tuple[int, int, str]]:
        """The entities that the model found: half-open word offsets and label."""
        yield from self._entities

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Token offsets of the words `start` to `end` (half-open)."""
        return self.token[start], self.token[end - 1] + 1

    def text(self, start: int, end: int) -> str:
        """The words as one line of text."""
        parts: list[str] = []
        for i in range(start, end):
            if i > start and not self.glued[i]:
                parts.append(" ")
            parts.append(self.plain[i])
        return "".join(parts)


def read_words(doc: Doc) -> Words:
    """The words of a document."""
    words = Words(doc)
    block = sent = 0
    after_blank = True
    for token in doc:
        if token.is_sent_start:
            sent += 1
        if token.is_space:
            if "\n\n" in token.text:
                block += 1
            after_blank = True
            continue
        text = token.text
        words.word_of[token.i] = len(words.token)
        words.token.append(token.i)
        plain = text.replace("’", "'")
        words.plain.append(plain)
        words.cased.append(plain.title() if len(plain) > 3 and plain.isupper() and plain.isalpha() else plain)
        lower = plain.lower()
        words.lower.append(lower)
        words.tag.append(token.tag_)
        words.ent.append(token.ent_type_)
        words.ent_start.append(token.ent_iob_ == "B")
        words.block.append(block)
        words.sent.append(sent)
        words.glued.append(not after_blank)
        after_blank = bool(token.whitespace_)
        if plain == lower:
            words.seen_lower.add(lower)
    _settle_case(words)
    _mark_headings(words)
    words._entities = _entities(words)
    return words


def _entities(words: Words) -> list[tuple[int, int, str]]:
    out = []
    count, ent, starts = len(words), words.ent, words.ent_start
    i = 0
    while i < count:
        if not ent[i]:
            i += 1
            continue
        end = i + 1
        while end < count and ent[end] == ent[i] and not starts[end]:
            end += 1
        out.append((i, end, ent[i]))
        i = end
    return out


def _settle_case(words: Words) -> None:
    """Short shouted words beside longer ones are shouted too: "NEW DELHI", "XI JINPING"."""
    shouted = [len(plain) > 3 and plain.isupper() and plain.isalpha() for plain in words.plain]
    for i, plain in enumerate(words.plain):
        if 2 <= len(plain) <= 3 and plain.isupper() and plain.isalpha():
            near = [k for k in (i - 1, i + 1) if 0 <= k < len(words) and words.block[k] == words.block[i]]
            if any(shouted[k] for k in near):
                words.cased[i] = plain.title()


def _mark_headings(words: Words) -> None:
    start = 0
    count = len(words)
    words.heading = [False] * count
    for end in range(1, count + 1):
        if end < count and words.block[end] == words.block[start]:
            continue
        if words.plain[end - 1] not in (".", "!", '"', "''", "?", ":", ";") and end - start <= 30:
            alpha = [i for i in range(start, end) if words.plain[i][0].isalpha() and words.lower[i] not in _OPEN_WORDS]
            caps = sum(1 for i in alpha if words.cap(i))
            if len(alpha) > 2 and caps >= 0.7 * len(alpha):
                words.heading[start:end] = [True] * (end - start)
        start = end
