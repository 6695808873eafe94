"""Titles after names: "Wang Wentao, China's commerce minister,", "X was elected president", "X, who heads the IMF"."""

from dataclasses import replace

from extractor.nlp.entities.office import Office
from extractor.nlp.entities.tellings import heading_office
from extractor.nlp.entities.ties import Board, NameMention, Tie
from extractor.nlp.gazetteers import word_set

#: Tags of words that may stand between a name and its title: "a veteran party", "the company's new".
_PHRASE_TAGS = frozenset(
    {"JJ", "JJS", "JJR", "NN", "NNP", "NNPS", "NNS", "VBN", "HYPH", "CD", "POS", "RB", "DT", "PRP$", "VBG"}
)
#: What may stand between a name and its new title, beside the verb.
_PASSIVE = frozenset({"was", "is", "has", "were", "will", "been", "be", "as", "the", "in", "new", "its", "re", "-"})


class TitlesAfter:
    """Ties titles to the names before them."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.words = board.words
        self.reader = board.reader

    def missed_names(self) -> None:
        """Names that the model missed, told by the title after them: "Jokowi, president of Indonesia,"."""
        words = self.words
        taken = self.board.taken()
        for office in self.board.offices:
            if not self.board.free(office) or office.plural:
                continue
            comma = self._name_end(office)
            if comma is None:
                continue
            start = comma
            while (
                start > 0
                and words.block[start - 1] == words.block[comma]
                and words.cap(start - 1)
                and words.plain[start - 1][0].isalpha()
                and comma - start < 4
                and start - 1 not in self.reader.covered
            ):
                start -= 1
            if start == comma or start in taken or words.ent[start] in ("NORP", "DATE"):
                continue
            if self.reader.end(start, strong=True) == comma:
                self.board.tie(start, comma, "name.title", None)

    def _name_end(self, office: Office) -> int | None:
        """Where a name would end that a title tells: "X, president of Indonesia,", "elected X prime minister", "X was
        elected prime minister"."""
        words, lower, at = self.words, self.words.lower, office.span[0]
        comma, end = at - 1, office.span[1]
        while comma > 0 and lower[comma] in ("the", "a", "an", "current", "new"):
            comma -= 1
        if comma < 1 or words.block[comma] != words.block[end - 1]:
            return None
        if words.plain[comma] == ",":
            if {"a", "an"} & set(lower[comma + 1 : at]) and lower[end : end + 1] and lower[end] in word_set("speech"):
                # "in Automobile Arda, a Romanian official said": another is named by the title
                return None
            inside = end < len(words) and words.block[end] == words.block[comma]
            closed = not inside or lower[end] in (",", ".", ";", ")", "said", "says")
            return comma if (office.countries or office.body) and closed else None
        becoming = word_set("becoming")
        if words.cap(at - 1):
            return at if becoming & set(self._sentence_before(at)) else None
        i = at
        while i > 0 and (lower[i - 1] in becoming or lower[i - 1] in _PASSIVE):
            i -= 1
        passed = set(lower[i:at])
        return i if passed & becoming and passed & {"was", "is", "has", "were", "will"} else None

    def successors(self) -> None:
        """Names that the model missed after "replaced by", told by the title after them."""
        words, lower = self.words, self.words.lower
        for i in range(len(words) - 4):
            if lower[i] not in ("replaced", "succeeded") or lower[i + 1] != "by":
                continue
            start, gender, honorific = self.reader.skip_honorific(i + 2)
            end = self.reader.end(start, strong=True)
            if (
                end is not None
                and end - start > 1
                and words.plain[end : end + 1] == [","]
                and any(k in self.board.starts for k in range(end + 1, end + 5))
            ):
                self.board.tie(start, end, "name.title", None, gender, honorific)

    def tie(self, mention: NameMention) -> None:
        """Name before title: "Wang Wentao, China's commerce minister,", "X was elected president"."""
        words = self.words
        if mention.end >= len(words) or words.block[mention.end] != words.block[mention.start]:
            return
        tie = self._title_after(mention)
        if tie is None:
            return
        if len(tie.office.countries) > 1:
            tie = Tie(replace(tie.office, countries=tie.office.countries[:1]), tie.rule)
        self.board.used.add(tie.office.title_span[0])
        self.board.tie(mention.start, mention.end, mention.rule, tie)

    def _title_after(self, mention: NameMention) -> Tie | None:
        words, lower = self.words, self.words.lower
        i = mention.end
        becoming = word_set("becoming")
        word = lower[i]
        if word in (",", "(", "-", "–", "—"):
            i += 1
            if lower[i : i + 2] in (["in", "his"], ["in", "her"]):
                return self._in_capacity(i)
            # an age: "Mary Smith, 52, chief executive of ..."
            if i + 1 < len(words) and words.plain[i].isdigit() and lower[i + 1] == ",":
                i += 2
            if i < len(words) and lower[i] == "who":
                return self._who(i)
            if i < len(words) and lower[i] in becoming:
                return self._becoming(i)
            tie = self._phrase(i, "leader.title_after")
            if tie is not None and i < len(words) and lower[i] in ("a", "an"):
                end = tie.office.span[1]
                if end < len(words) and lower[end] in word_set("speech"):
                    # "a stake in Automobile Arda, a Romanian official said"
                    return None
            return tie
        if word == "who":
            return self._who(i)
        if word in ("is", "was", "became", "becomes", "remains", "remained"):
            if word in ("is", "was") and becoming & set(lower[i + 1 : i + 4]):
                return self._becoming(i + 1)
            return self._phrase(i + 1, "leader.title_is")
        if word in becoming and words.tag[i] in ("VBD", "VBZ") and words.cap(i + 1):
            # "A named B economy secretary" is about B
            return None
        if word in ("has", "had", "will", "to", "being", "as", "be", "took", "takes", "won") or word in becoming:
            return self._becoming(i)
        if words.tag[i] in ("VBD", "VBZ"):
            return self._in_capacity(i)
        office = self.board.starts.get(i)
        if (
            office is not None
            and self.board.free(office)
            and (becoming | {"became", "becomes"}) & set(self._sentence_before(mention.start))
        ):
            # "elected X prime minister"
            return Tie(office, "leader.becoming")
        return None

    def _sentence_before(self, i: int) -> list[str]:
        """The words before a word in its sentence, in lower case, at most sixteen."""
        words, start = self.words, i
        while start > 0 and i - start < 16 and words.sent[start - 1] == words.sent[i]:
            start -= 1
        return words.lower[start:i]

    def _in_capacity(self, verb: int) -> Tie | None:
        """ "spoke in his capacity as chairman", "issued an order of the supreme commander"."""
        words, lower = self.words, self.words.lower
        for i in range(verb, min(verb + 6, len(words) - 2)):
            if words.block[i] != words.block[verb]:
                return None
            ordered = lower[i] in ("order", "orders") and lower[i + 1 : i + 3] == ["of", "the"]
            if (lower[i] == "capacity" and lower[i + 1] == "as") or ordered:
                k = i + 2 + (lower[i + 2] in ("the", "a"))
                return self._phrase(k + (ordered and lower[k] == "the"), "leader.capacity")
        return None

    def _who(self, i: int) -> Tie | None:
        lower = self.words.lower
        k = i + 1
        while k < len(lower) and lower[k] in (
            "has",
            "had",
            "also",
            "is",
            "was",
            "been",
            "currently",
            "now",
            "became",
            "previously",
            "once",
            "will",
            "be",
            "already",
            "previously",
        ):
            k += 1
        if k >= len(lower):
            return None
        if lower[k] in word_set("heading_of"):
            return self._heads(k)
        if lower[k] in word_set("becoming"):
            return self._becoming(k)
        return self._phrase(k, "leader.title_who")

    def _heads(self, verb: int) -> Tie | None:
        """ "who heads the International Monetary Fund": an office without a title."""
        words = self.words
        i = verb + 1
        while i < len(words) and words.lower[i] in ("the", "its", "a"):
            i += 1
        body = self.reader.body_at.get(i)
        if body is None:
            return None
        office = heading_office(body, verb)
        if words.lower[verb] in ("headed", "led", "chaired", "ran", "commanded"):
            office.tenure = "former"
        return Tie(office, "leader.heads")

    def _becoming(self, i: int) -> Tie | None:
        """ "was sworn in as president", "appointed chief executive"."""
        words, lower = self.words, self.words.lower
        seen = lower[i] == "as"
        for k in range(i, min(i + 10, len(words))):
            if words.block[k] != words.block[i] or lower[k] in (".", ";", "who", "that", "which", "said"):
                return None
            if lower[k] in word_set("becoming") or lower[k] in ("become", "office"):
                seen = True
            elif seen and (
                lower[k - 1] in ("as", "the", "a", "its", "their", "new", "in", "for", "become")
                or lower[k - 1] in word_set("becoming")
            ):
                tie = self._phrase(k, "leader.becoming")
                if tie is not None and "will" in lower[i:k] and tie.office.tenure == "current":
                    return Tie(replace(tie.office, tenure="elect"), tie.rule)
                if tie is not None:
                    return tie
        return None

    def _phrase(self, i: int, rule: str) -> Tie | None:
        """The office phrase that begins at a word or after a few words that may stand before it in a noun phrase."""
        words, lower = self.words, self.words.lower
        for k in range(i, min(i + 9, len(words))):
            if words.block[k] != words.block[i]:
                return None
            office = self.board.starts.get(k)
            if office is not None:
                return Tie(office, rule) if self.board.free(office) and self._ends_well(office) else None
            atom = self.reader.covered.get(k)
            if atom is not None and not isinstance(atom.value, str):
                continue
            if words.tag[k] == "NNS" and k == i:
                return None
            if words.tag[k] not in _PHRASE_TAGS and not (
                lower[k] in ("one", "in", "into", "as", "currently", "now", "also") and k > i
            ):
                return None
        return None

    def _ends_well(self, office: Office) -> bool:
        """Whether a title after a name is not the first part of another noun phrase."""
        words = self.words
        i = office.span[1]
        if i >= len(words) or words.block[i] != words.block[i - 1]:
            return True
        if office.plural or (words.ent[i] == "PERSON" and words.ent_start[i]):
            return False
        return not (
            words.tag[i] in ("NN", "NNS", "POS") and words.lower[i] not in word_set("calendar") and not words.cap(i)
        )
