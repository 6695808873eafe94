"""A table of phrases that is asked, word by word, for the longest entry that begins here."""

from collections.abc import Iterable, Sequence
from functools import cache

from spacy.lang.en import English
from spacy.language import Language


@cache
def _blank() -> Language:
    return English()


def pieces(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, split as running text is."""
    return tuple(token.text for token in _blank().make_doc(phrase.replace("’", "'")))


class PhraseTable[V]:
    """Phrases and what each stands for. Of two equal phrases the first counts.

    `lower`: the phrases are in lower case and are asked for by words in lower case; the tokenizer splits "Gen." and
    "gen." differently, so that both splits are kept.
    """

    def __init__(self, entries: Iterable[tuple[str, V]], *, lower: bool = False) -> None:
        table: dict[str, dict[tuple[str, ...], V]] = {}
        for phrase, value in entries:
            splits = [pieces(phrase)]
            if lower and "." in phrase:
                splits.append(tuple(part.lower() for part in pieces(phrase.title())))
            for parts in splits:
                if parts:
                    table.setdefault(parts[0], {}).setdefault(parts, value)
        self._table = {first: sorted(group.items(), key=lambda item: -len(item[0])) for first, group in table.items()}

    def at(self, words: Sequence[str], i: int) -> tuple[int, V] | None:
        """The end and the value of the longest phrase that begins at word `i`."""
        group = self._table.get(words[i])
        if group is None:
            return None
        for parts, value in group:
            end = i + len(parts)
            if end <= len(words) and all(words[i + k] == parts[k] for k in range(1, len(parts))):
                return end, value
        return None
