"""Offices told in other ways than by a title beside the name: counterparts, bodies led by someone, places after the name."""

from bisect import bisect_left
from dataclasses import replace

from extractor.models.leader import Role
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import Region, StateWord, Title
from extractor.nlp.entities.office import Office, place_country
from extractor.nlp.entities.office_roles import role_in
from extractor.nlp.entities.ties import Board, Tie
from extractor.nlp.gazetteers import word_set


class Tellings:
    """Ties offices to names by what the sentences around tell."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.words = board.words
        self.reader = board.reader
        self.order = sorted(board.found)

    def counterparts(self) -> None:
        """ "his Chinese counterpart Wang Yi", "his Israeli and Emirati counterparts, A and B": the office of the person
        before, in those countries; "his predecessor A": the same office of the same state."""
        words, lower = self.words, self.words.lower
        for i, word in enumerate(lower):
            if word not in word_set("peer"):
                continue
            peer = word.startswith("counterpart")
            states = self._states_before(i) if peer else []
            k = i + 1
            if peer and k + 1 < len(words) and lower[k] in ("from", "in"):
                atom = self.reader.atoms.get(k + 1)
                if atom is not None and isinstance(atom.value, StateWord):
                    states = [atom]
                    k = atom.end
            if k < len(words) and words.plain[k] == ",":
                k += 1
            k, gender, honorific = self.reader.skip_honorific(k)
            end = self.reader.end(k, strong=True)
            source = self._before(i)
            if end is None or source is None:
                continue
            office = replace(source, tenure="former" if word == "predecessor" else "current", span=(i, i + 1))
            if peer:
                office = replace(office, countries=(), country_span=None, body=None if states else office.body)
            names = self.reader.names(k, end) if word == "counterparts" else [(k, end)]
            for place, (start, stop) in enumerate(names):
                own = office
                if len(states) == len(names) or len(states) == 1:
                    atom = states[min(place, len(states) - 1)]
                    assert isinstance(atom.value, StateWord)
                    own = replace(office, countries=atom.value.codes[-1:], country_span=(atom.start, atom.end))
                self.board.tie(start, stop, "name.title", Tie(own, "leader.counterpart"), gender, honorific)

    def _states_before(self, i: int) -> list[Atom]:
        """The states named before "counterparts", in order: "Israeli, Bahraini and Emirati"."""
        words = self.words
        states: list[Atom] = []
        steps = 0
        while i > 0 and steps < 3:
            atom = self.reader.covered.get(i - 1)
            if atom is not None and isinstance(atom.value, StateWord):
                states.insert(0, atom)
                i = atom.start
                steps = 1
            elif not states or words.lower[i - 1] in ("and", ",", "'s"):
                i -= 1
                steps += 1
            else:
                break
        return states

    def _before(self, i: int) -> Office | None:
        """The office of the person named last before a word."""
        at = bisect_left(self.order, i)
        return next((o for start in reversed(self.order[:at]) if (o := self.board.found[start].office)), None)

    def led_by(self) -> None:
        """ "The European Central Bank, led by Christine Lagarde,"."""
        words, lower = self.words, self.words.lower
        ends = {body.end: body for body in self.reader.body_at.values()}
        for i in range(1, len(words) - 2):
            if lower[i] not in ("led", "headed", "chaired", "run") or lower[i + 1] != "by":
                continue
            body = ends.get(i) or (ends.get(i - 1) if words.plain[i - 1] == "," else None)
            start, gender, honorific = self.reader.skip_honorific(i + 2)
            end = self.reader.end(start, strong=True) if body is not None else None
            if body is not None and end is not None:
                self.board.tie(
                    start, end, "name.title", Tie(heading_office(body, i), "leader.led_by"), gender, honorific
                )

    def anaphors(self) -> None:
        """ "Mahathir says so. The former prime minister said this after ...": a title alone that goes on about the
        person named before, when no other is named there and the person has no office yet."""
        words, lower = self.words, self.words.lower
        order = sorted(self.board.found)
        held = {m.text.split()[-1] for m in self.board.found.values() if m.ties}
        for office in self.board.offices:
            start, end = office.span
            if (
                not self.board.free(office)
                or office.plural
                or office.entry.scope == "rank"
                or start < 1
                or end >= len(words)
            ):
                continue
            if lower[start - 1] != "the" or (start > 1 and words.sent[start - 2] == words.sent[start]):
                continue
            age = lower[end] == "," and words.plain[end + 1 : end + 2] and words.plain[end + 1].isdigit()
            if not age and words.tag[end] not in ("VBD", "VBZ"):
                continue
            near = [self.board.found[k] for k in order if k < start and 0 < words.sent[start] - words.sent[k] <= 2]
            names = {m.text.split()[-1] for m in near}
            if len(names) != 1 or names & held:
                continue
            self.board.used.add(office.title_span[0])
            source = near[-1]
            self.board.tie(source.start, source.end, source.rule, Tie(office, "leader.anaphor"))
            held |= names

    def of_place(self) -> None:
        """ "President Yoon Suk Yeol of the Republic of Korea", "Governor Hobbs of Arizona": the place after the name."""
        words = self.words
        for start, mention in list(self.board.found.items()):
            i = mention.end
            if not mention.ties or mention.ties[0].office.countries or i + 1 >= len(words):
                continue
            elected = mention.ties[0].office.role == "legislator" or mention.ties[0].office.title.lower() == "governor"
            if words.lower[i] != "of" and not (words.lower[i] == "from" and elected):
                continue
            office = mention.ties[0].office
            k = i + 1 + (words.lower[i + 1] == "the")
            atom = self.reader.atoms.get(k)
            body = self.reader.body_at.get(k)
            if body is not None and office.body is None and office.entry.scope == "open":
                office = replace(office, body=body, role=role_in(body, office.role, office.entry.title))
                if body.country and body.kind in ("government", "military", "party"):
                    office.set_country((body.country,), (body.start, body.end))
            elif atom is not None and isinstance(atom.value, StateWord) and atom.value.form in ("name", "capital"):
                office = replace(office, countries=atom.value.codes[-1:], country_span=(atom.start, atom.end))
            else:
                stop = k
                while (
                    stop < len(words) and words.cap(stop) and words.block[stop] == words.block[start] and stop - k < 3
                ):
                    stop += 1
                home = (
                    atom.value.country
                    if atom is not None and isinstance(atom.value, Region)
                    else place_country(words.text(k, stop))
                    if stop > k
                    else None
                )
                if home is None:
                    continue
                role: Role = "official" if office.role in ("head_of_state", "head_of_government") else office.role
                office = replace(office, countries=(home,), country_span=(k, max(stop, k + 1)), local=True, role=role)
            self.board.found[start] = replace(mention, ties=(Tie(office, mention.ties[0].rule), *mention.ties[1:]))


def heading_office(body: BodySpan, verb: int) -> Office:
    """The office without a title that a verb like "heads" tells."""
    role: Role = role_in(body, "executive", "head")
    entry = Title("", role, "open", None, None, False)
    office = Office(entry, (verb, verb + 1), (verb, verb + 1), "", role, body=body)
    if body.country and body.kind in ("government", "military", "party"):
        office.set_country((body.country,), (body.start, body.end))
    return office
