"""Titles before names: "Chinese Commerce Minister Wang Wentao", "the presidents of X and Y, A and B"."""

from dataclasses import replace

from extractor.nlp.entities.office import Office
from extractor.nlp.entities.office_roles import role_in
from extractor.nlp.entities.ties import Board, Tie
from extractor.nlp.gazetteers import word_set

_HEADS = frozenset({"head_of_state", "head_of_government"})


class TitlesBefore:
    """Ties titles to the names that follow them."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.words = board.words
        self.reader = board.reader

    def tie(self, office: Office) -> None:
        """Title before name: "Chinese Commerce Minister Wang Wentao", "the president of Armenia, Vahagn Khachaturyan,"."""
        words = self.words
        i = office.span[1]
        entry = office.entry
        if i >= len(words) or entry.scope == "none" or (entry.scope == "rank" and not words.cap(office.title_span[0])):
            return
        if i + 2 < len(words) and words.plain[i] == "(" and words.plain[i + 2] == ")":
            # "National Security Adviser (NSA) Ajit Doval"
            i += 3
            if i >= len(words):
                return
        comma = words.plain[i] == ","
        i += comma
        if i >= len(words) or words.block[i] != words.block[office.title_span[0]]:
            return
        i, gender, honorific = self.reader.skip_honorific(i)
        end = self.reader.end(i, strong=not comma)
        if end is None:
            return
        if comma and not self._holder_after_comma(office, i, end):
            return
        if self._is_apposed(office) and words.ent[i] != "PERSON":
            # "Scott Carson, chief executive of Boeing Commercial Airplanes, said"
            return
        if (
            not comma
            and entry.scope == "open"
            and entry.title.split()[-1] in word_set("generic_title")
            and words.ent[i] != "PERSON"
            and not ((office.body or office.countries) and (end - i > 1 or self._is_family_name(office, i, end)))
        ):
            return
        names = self.reader.names(i, end) if office.plural else [(i, end)]
        if office.plural and len(names) < 2 and not len(office.countries) > 1 and comma:
            return
        rule = "leader.title_apposed" if comma else "leader.title_before"
        if office.country_span and office.country_span[0] >= office.title_span[1] and not comma:
            rule = "leader.of_title"
        if office.plural:
            rule = "leader.title_list"
        self.board.used.add(office.title_span[0])
        first = self._inherit(office)
        if first is not None:
            self.board.used.add(first.title_span[0])
            for start, stop in names:
                self.board.tie(start, stop, "name.title", Tie(first, "leader.title_joined"), gender, honorific)
        for k, (start, stop) in enumerate(names):
            own = office
            if len(office.countries) > 1:
                own = replace(
                    office,
                    countries=office.countries[k : k + 1]
                    if office.plural and len(office.countries) == len(names)
                    else office.countries[:1],
                )
            self.board.tie(start, stop, "name.title", Tie(own, rule), gender if k == 0 else None, honorific)

    def _is_family_name(self, office: Office, i: int, end: int) -> bool:
        """Whether a capitalised word after a capitalised title can only be a name: "Water Agency Administrator Crowle"."""
        words = self.words
        return (
            words.cap(office.title_span[0])
            and words.tag[i] == "NNP"
            and words.lower[i] not in words.seen_lower
            and not words.heading[i]
            and not (end < len(words) and words.cap(end) and words.sent[end] == words.sent[i])
        )

    def _is_apposed(self, office: Office) -> bool:
        """Whether a title with a body after it follows a name and a comma."""
        words, comma = self.words, office.span[0] - 1
        told = office.body is not None and office.span[1] > office.title_span[1]
        return told and comma > 0 and words.plain[comma] == "," and words.ent[comma - 1] == "PERSON"

    def _inherit(self, office: Office) -> Office | None:
        """ "UAW President A and Vice President B": body and country hold for the second office too. In "Petronas
        president and chief executive A" the first office is returned, for it is the same person's."""
        words = self.words
        link = office.span[0] - 1
        if link < 1 or words.lower[link] not in ("and", ",", "&") or words.block[link] != words.block[office.span[0]]:
            return None
        joined = self.board.ends.get(link) if words.plain[link] != "," else None
        before = next((m for m in self.board.found.values() if m.end == link), None)
        source = joined or (before.office if before is not None else None)
        if joined is not None and joined.entry.scope == "none":
            return None
        if joined is not None and joined.body is None and joined.entry.scope == "open" and not joined.countries:
            # "the vice president and general counsel of the company"
            joined.pointed = joined.pointed or office.pointed
            joined.body = office.body
            if joined.body is not None:
                joined.role = role_in(joined.body, joined.role, joined.entry.title)
            elif joined.pointed in word_set("company_noun"):
                joined.role = "executive"
        if (
            source is not None
            and not source.plural
            and not office.countries
            and office.body is None
            and not office.pointed
        ):
            if office.entry.scope == "open":
                office.body = source.body
            two_heads = source.role in _HEADS and office.role in _HEADS
            own = source.country_span == source.title_span
            if source.country_span is not None and not source.local and not two_heads and not own:
                office.set_country(source.countries, source.country_span)
            if office.body is not None and office.entry.scope == "open":
                office.role = role_in(office.body, office.role, office.entry.title)
        return joined if joined is not None and not joined.plural and self.board.free(joined) else None

    def _holder_after_comma(self, office: Office, start: int, end: int) -> bool:
        """Whether a name after a comma is the holder of the title before it, and not the next item of a list."""
        words = self.words
        if words.ent[start] not in ("PERSON", "", "ORG", "GPE") or (end - start < 2 and words.ent[start] != "PERSON"):
            return False
        before = office.span[0] - 1
        while before > 0 and words.lower[before] in word_set("standing"):
            before -= 1
        lead = words.lower[before] if before >= 0 and words.block[before] == words.block[start] else ""
        if lead == "," and words.ent[before - 1] == "PERSON":
            # "A, premier of X, B": the title is A's
            return False
        inside = end < len(words) and words.block[end] == words.block[start]
        told = (
            lead == "as"
            or lead in ("the", "one", "another", "its", "their", "his", "her", "our", "'s", "", ".")
            or office.pointed
            or office.owner
            or office.country_span is not None
            or office.body is not None
            or office.local
        )
        return bool(told) and (
            not inside
            or words.lower[end] in (",", ".", ";", ")", "and", ":", "''", '"', "-", "–", "—", "on")
            or words.tag[end] in ("VBD", "VBZ", "MD", "VBP", "VBN", "WP")
        )
