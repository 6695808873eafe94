"""What follows a title: its matter, country or body: "of transport", "of Armenia", "of French carmaker Renault"."""

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import Region, StateWord, gazetteer
from extractor.nlp.entities.office import Office, Scene, place_country
from extractor.nlp.gazetteers import word_set

_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our", "a", "an"})


class OfficeAfter:
    """Reads what stands after a title."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.words = scene.words
        self.atoms = scene.atoms
        self.body_at = scene.body_at
        self.body_before = scene.body_before
        self.state_before = scene.state_before

    def read(self, office: Office) -> None:
        """What follows the title: its matter ("of transport"), country ("of Armenia") or body ("of Toyota")."""
        words, lower = self.words, self.words.lower
        block = words.block[office.title_span[0]]
        last = lower[office.title_span[1] - 1]
        end = office.span[1]
        if (
            " of " in office.entry.title
            and lower[end : end + 1] == ["and"]
            and lower[end + 1 : end + 2]
            and lower[end + 1] in gazetteer().portfolios
        ):
            # "Minister of Foreign Affairs and International Cooperation"
            self._matter_after(office, end + 1)
        for _ in range(4):
            end = office.span[1]
            if end + 1 >= len(words) or words.block[end + 1] != block:
                return
            link = lower[end]
            if link == "," and self._closes_line(office, end + 1):
                # "- Jane Roe, Director, Nevada Department of Wildlife"
                office.body = office.body or self.body_at[end + 1]
                office.span = (office.span[0], self.body_at[end + 1].end)
                return
            if link == "in" and lower[end + 1 : end + 3] == ["charge", "of"]:
                i = end + 3
            elif (
                link in ("of", "for", "at", "with")
                or (link in ("to", "on") and last in word_set("to_office"))
                or (link == "in" and last in ("commander", "chief", "head", "leader", "ambassador", "representative"))
                or (link == "in" and office.matter and self._in_state(office, end + 1))
            ):
                i = end + 1
            else:
                return
            while i < len(words) and lower[i] in _DETERMINERS:
                i += 1
            if i >= len(words) or not self._complement(office, link, i):
                return

    def _closes_line(self, office: Office, i: int) -> bool:
        """Whether a body at a word ends a line that goes "name, title, body"."""
        body, words, start = self.body_at.get(i), self.words, office.span[0]
        return (
            body is not None
            and office.entry.scope == "open"
            and start > 0
            and words.plain[start - 1] == ","
            and (body.end == len(words) or words.block[body.end] != words.block[start])
        )

    def _complement(self, office: Office, link: str, i: int) -> bool:
        """Take in what stands after "of" at a word; whether more may follow."""
        words, lower = self.words, self.words.lower
        atom = self.atoms.get(i)
        body = self.body_at.get(i)
        region = self._region_end(office, i)
        if region is not None:
            return self._local(office, i, region, atom)
        if (
            office.entry.role in ("minister", "foreign_minister", "official")
            and lower[i] in gazetteer().portfolios
            and (body is None or lower[body.end - 1] not in gazetteer().organization_words)
            and self._matter_after(office, i)
        ):
            return True
        if body is not None and office.entry.scope == "state" and body.full is not None:
            # "the Ruler of Sharqat" is none of the Sharqat Water Company
            body = None
            if words.plain[i + 1 : i + 2] == [","]:
                office.local = True
                office.stretch(i + 1)
                return False
        if body is not None:
            if link in ("to", "on"):
                office.stretch(body.end)
            else:
                office.body = office.body or body
                end = body.end
                if end < len(words) and not words.cap(end) and lower[end] in word_set("pointing_noun"):
                    # "of the United Auto Workers union"
                    end += 1
                elif end < len(words) and lower[end] == "'s":
                    # "chair of the European Parliament's trade committee"
                    end += 1
                    while end < len(words) and words.tag[end] in ("JJ", "NN", "NNS") and not words.cap(end):
                        end += 1
                office.span = (office.span[0], end)
            return True
        if atom is not None and isinstance(atom.value, StateWord):
            if link in ("to", "on"):
                office.stretch(atom.end)
                return True
            form = atom.value.form
            if (
                form == "capital"
                and office.title_span[1] == office.span[1]
                and lower[office.span[1] - 1] in word_set("local_office")
            ):
                office.set_country(atom.value.codes[-1:], (i, atom.end))
                office.local = True
                office.stretch(atom.end)
                return True
            if (
                form in ("name", "capital", "seat")
                and atom.end not in self.body_at
                and not self._noun_follows(atom.end)
            ):
                return self._states_after(office, i)
            return self._common_body(office, atom, atom.value)
        if (atom is not None and isinstance(atom.value, Region)) or (words.cap(i) and words.ent[i] in ("GPE", "LOC")):
            return self._place_after(office, i, atom)
        unknown = self._unknown_end(office, i) if link == "of" else None
        if unknown is not None:
            office.local = office.entry.scope == "state"
            office.stretch(unknown)
            return False
        k = i
        while (
            k < len(words)
            and words.tag[k] in ("JJ", "JJS", "NN", "VBN", "HYPH", "POS")
            and k - i < 5
            and lower[k] not in word_set("pointing_noun")
        ):
            k += 1
        if k < len(words) and lower[k] in word_set("pointing_noun"):
            office.pointed = lower[k]
            office.span = (office.span[0], k + 1)
        elif (
            k > i
            and k < len(words)
            and words.cap(k)
            and k not in self.atoms
            and words.plain[k][0].isalpha()
            and office.body is None
            and office.entry.scope == "open"
        ):
            # "president of the conservative Republicans"
            end = k
            while end < len(words) and words.cap(end) and words.block[end] == words.block[k]:
                end += 1
            sort: OrganizationKind = "party" if lower[k - 1] in word_set("political_side") else "other"
            office.body = self.body_at.get(k) or BodySpan(
                k, end, words.text(k, end), sort, None, False, "organization.common"
            )
            office.span = (office.span[0], end)
        elif (
            k < len(words)
            and lower[i] not in ("republic", "country", "nation")
            and ("NNS" in words.tag[k : k + 1] or (k > i and words.tag[k - 1] == "NN"))
        ):
            # "president of global operations" is no head of state
            office.pointed = office.pointed or "company"
        return False

    def _region_end(self, office: Office, i: int) -> int | None:
        """Where the name of a province ends that begins at a word: "Yamalo-Nenets Autonomous Area", "Republic of
        Tatarstan"; None where none does, or where the office is none of a place."""
        words, lower = self.words, self.words.lower
        last = lower[office.title_span[1] - 1]
        local = last in word_set("local_office") or last in ("head", "leader", "administrator") or bool(office.matter)
        if lower[i : i + 2] == ["republic", "of"] and i + 2 < len(words) and words.cap(i) and i not in self.atoms:
            known = self.atoms.get(i + 2)
            if known is not None:
                return known.end if isinstance(known.value, Region) else None
            return i + 3 if words.cap(i + 2) and local else None
        if not local:
            return None
        end = i
        while (
            end < len(words)
            and end - i < 5
            and (words.cap(end) or words.plain[end] == "-" or lower[end] in word_set("region"))
        ):
            if end > i and lower[end] in word_set("region"):
                return end + 1
            if words.ent[end] == "PERSON":
                return None
            end += 1
        return None

    def _unknown_end(self, office: Office, i: int) -> int | None:
        """The end of capitalised words that no gazetteer knows between a title and a comma, behind which its holder is
        named: "the Emir of Gusau, Alhaji Ibrahim Sani"; None where there are none."""
        words, end = self.words, i
        if not words.cap(office.title_span[0]) or office.plural or office.entry.scope not in ("state", "open"):
            return None
        while (
            end < len(words)
            and end - i < 6
            and words.block[end] == words.block[i]
            and (
                (words.cap(end) and words.plain[end][0].isalpha() and end not in self.body_at)
                or (end > i and words.lower[end] == "of")
            )
        ):
            end += 1
        known = self.atoms.get(i)
        if end == i or words.plain[end : end + 1] != [","] or known is not None or words.ent[i] == "PERSON":
            return None
        return end if end + 1 < len(words) and words.cap(end + 1) else None

    def _in_state(self, office: Office, i: int) -> bool:
        """Whether "in" leads to where an office is held: "a former commissioner for works in Benue State, Mr A"."""
        atom = self.atoms.get(i)
        if atom is not None and isinstance(atom.value, StateWord):
            return atom.value.form == "name" and self.words.plain[atom.end : atom.end + 1] == [","]
        return self._region_end(office, i) is not None

    def _local(self, office: Office, i: int, end: int, atom: Atom | None) -> bool:
        home = (
            atom.value.country
            if atom is not None and isinstance(atom.value, Region)
            else place_country(self.words.text(i, end))
        )
        if home is not None:
            office.set_country((home,), (i, end))
        office.local = True
        office.stretch(end)
        return True

    def _matter_after(self, office: Office, i: int) -> bool:
        """ "of foreign affairs", "for trade and industry"."""
        lower = self.words.lower
        portfolios = gazetteer().portfolios
        last = i
        k = i
        while k < len(lower):
            if lower[k] in portfolios:
                office.matter.append(lower[k])
                last = k + 1
            elif (
                lower[k] not in ("and", "&", ",", "the", "-", "of")
                or k + 1 >= len(lower)
                or (
                    lower[k + 1] not in portfolios
                    and not (lower[k] == "and" and lower[k + 1] == "the")
                    and not (
                        lower[k] == ","
                        and lower[k + 1 : k + 2] == ["and"]
                        and lower[k + 2 : k + 3]
                        and lower[k + 2] in portfolios
                    )
                )
            ):
                break
            k += 1
        if last == i:
            return False
        office.stretch(last)
        return True

    def _noun_follows(self, i: int) -> bool:
        """Whether a common noun follows, so that a name before it is only its modifier: "of US forces"."""
        words = self.words
        return i < len(words) and words.tag[i] in ("NN", "NNS") and not words.cap(i)

    def _states_after(self, office: Office, i: int) -> bool:
        """ "of China", "of China and Russia", "of China's Huawei"."""
        words, lower = self.words, self.words.lower
        codes: list[str] = []
        first = end = i
        while True:
            atom = self.atoms.get(i)
            if atom is None or not isinstance(atom.value, StateWord):
                break
            codes.append(atom.value.codes[-1])
            end = i = atom.end
            while office.plural and i < len(words) and lower[i] in (",", "and", "the", "&"):
                i += 1
        office.set_country(tuple(codes), (first, end))
        if lower[end : end + 1] == ["'s"]:
            k = end + 1
            while k < len(words) and k not in self.body_at and words.tag[k] in ("JJ", "VBG", "JJS") and k - end < 4:
                k += 1
            if k in self.body_at:
                office.body = office.body or self.body_at[k]
                end = self.body_at[k].end
        office.span = (office.span[0], end)
        return True

    def _common_body(self, office: Office, atom: Atom, value: StateWord) -> bool:
        """A body that a nationality stands before: "of the Indonesian military", "of French carmaker Renault"."""
        words, lower = self.words, self.words.lower
        k = atom.end
        while (
            k < len(words)
            and words.tag[k] in ("JJ", "NN", "HYPH")
            and lower[k] not in word_set("common_body")
            and k - atom.end < 3
            and k not in self.body_at
        ):
            k += 1
        office.set_country(value.codes[-1:], (atom.start, atom.end))
        end = atom.end
        if k in self.body_at:
            office.body = office.body or self.body_at[k]
            end = self.body_at[k].end
        elif k < len(words) and lower[k] in word_set("common_body"):
            end = k + 1
            kind: OrganizationKind = "military" if lower[k] in word_set("military_body") else "government"
            name = words.text(atom.start, end)
            office.body = office.body or BodySpan(
                atom.start, end, name, kind, value.codes[-1], False, "organization.common"
            )
        office.span = (office.span[0], end)
        return False

    def _place_after(self, office: Office, i: int, atom: Atom | None) -> bool:
        """ "Mayor of Boston", "governor of Texas": the place is a part of the title and tells the country."""
        words = self.words
        end = i + 1
        while end < len(words) and words.cap(end) and words.ent[end] in ("GPE", "LOC") and not words.ent_start[end]:
            end += 1
        home = None
        if atom is not None and isinstance(atom.value, Region):
            end = max(end, atom.end)
            home = atom.value.country
        home = home or place_country(words.text(i, end))
        if home is None and atom is None and office.entry.scope == "open" and office.body is None:
            # what no gazetteer knows as a place: "the leader of Komeito"
            office.body = BodySpan(i, end, words.text(i, end), "other", None, False, "organization.common")
            office.span = (office.span[0], end)
            return False
        if home is not None:
            office.set_country((home,), (i, end))
            office.local = True
        elif isinstance(getattr(atom, "value", None), Region):
            # "coordinator for the Middle East and North Africa"
            while end + 1 < len(words) and words.lower[end] in ("and", ",", "&"):
                other = self.atoms.get(end + 1 + (words.lower[end + 1] == "the"))
                if other is None or not isinstance(other.value, Region):
                    break
                end = other.end
        office.stretch(end)
        return True
