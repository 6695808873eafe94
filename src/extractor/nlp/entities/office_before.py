"""What stands before a title: a nationality, a country, a body, an owner: "China's", "the Toyota", "Trump's"."""

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import Region, StateWord, gazetteer
from extractor.nlp.entities.office import Office, Scene, place_country
from extractor.nlp.gazetteers import word_set

#: Tags of words that may stand between a nationality and a title: "South Korean opposition leader".
#: Nouns of bodies whose head is an official where the article does not name them.
_PUBLIC = frozenset({"committee", "commission", "authority", "agency", "department", "council", "tribunal", "court"})
_BETWEEN_TAGS = frozenset({"JJ", "JJS", "JJR", "NN", "VBN", "HYPH", "RB", "CD", "NNS"})


class OfficeBefore:
    """Reads what stands before a title."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.words = scene.words
        self.atoms = scene.atoms
        self.body_at = scene.body_at
        self.body_before = scene.body_before
        self.inside = scene.inside
        self.covered = {i for atom in scene.atoms.values() for i in range(atom.start, atom.end)}
        self.state_before = scene.state_before

    def read(self, office: Office) -> None:
        """What stands before the title: a nationality, a country, a body, a possessive."""
        words, lower = self.words, self.words.lower
        start = i = office.span[0]
        block = words.block[office.title_span[0]]
        skipped = 0
        over = self.inside.get(office.title_span[0])
        if over is not None and over.start < office.title_span[0]:
            # "US Treasury Secretary": the words before are those of the body
            atom = self.atoms.get(over.start)
            if over.country:
                office.set_country((over.country,), (over.start, office.title_span[0]))
            elif atom is not None and isinstance(atom.value, StateWord):
                office.set_country(atom.value.codes[-1:], (atom.start, atom.end))
            start = i = over.start
        while i > 0 and words.block[i - 1] == block:
            before = i - 1
            word = lower[before]
            if word == ")" and "(" in lower[max(0, i - 5) : before]:
                # "Indian Oil Corporation (IOC) chairman"
                i = before - lower[max(0, i - 5) : before][::-1].index("(") - 1
                if i not in self.body_before:
                    break
            elif office.entry.scope == "state" and self._is_person(i):
                # "Biden Treasury Secretary Janet Yellen"
                office.owner = words.cased[before]
                start = before
                break
            elif i in self.body_before and not self._chosen(self.body_before[i]):
                office.body = office.body or self.body_before[i]
                start = i = self.body_before[i].start
                skipped = 0
            elif i in self.state_before:
                atom = self.state_before[i]
                start = i = self._state_left(office, atom)
                if not isinstance(atom.value, Region) or atom.value.country:
                    break
            elif word in ("'s", "'") and words.glued[before]:
                if before in self.body_before or before in self.state_before:
                    i = before
                    continue
                start = self._owner_left(office, before)
                break
            elif word in ("its", "their", "his", "her"):
                office.pointed = office.pointed or (self._public_body(before) if word == "its" else None) or word
                start = before
                break
            elif word == "whose":
                self._whose(office, before)
                start = before
                break
            elif (
                word == "congress"
                and words.cap(before)
                and i == office.title_span[0]
                and self._is_party(office, before)
            ):
                office.body = BodySpan(before, i, words.text(before, i), "party", "IND", False, "organization.common")
                start = i = before
            elif (
                word in word_set("party_word")
                and words.cap(before)
                and office.body is None
                and office.entry.role in ("legislator", "party", "head_of_government")
            ):
                office.body = BodySpan(before, i, words.text(before, i), "party", None, False, "organization.common")
                start = i = before
            elif skipped == 0 and self._is_unknown_body(office, before):
                # "Engie CEO", "Cosatu president"
                first = before
                while first > 0 and self._is_unknown_body(office, first - 1):
                    first -= 1
                sort: OrganizationKind = "company" if office.entry.role == "executive" else "other"
                office.body = BodySpan(first, i, words.text(first, i), sort, None, False, "organization.common")
                start = first
                break
            elif words.ent[before] == "GPE" and words.cap(before) and skipped == 0:
                first = before
                while first > 0 and words.ent[first - 1] == "GPE" and not words.ent_start[first]:
                    first -= 1
                home = place_country(words.text(first, i))
                if home is not None:
                    office.set_country((home,), (first, i))
                    office.local = True
                    start = first
                break
            elif (
                skipped < 3 and before not in self.atoms and (words.tag[before] in _BETWEEN_TAGS or self._opens(before))
            ):
                if word in word_set("company_noun") or word in word_set("institution_noun"):
                    office.pointed = office.pointed or word
                skipped += 1
                i = before
            else:
                break
        # "Former Pakistani prime minister", "the then US president"
        while start > 0 and words.block[start - 1] == block:
            word = lower[start - 1]
            if word in word_set("former") and word != "late":
                office.tenure = "former"
            elif word in word_set("acting"):
                office.tenure = "acting"
            elif word == "incoming":
                office.tenure = "elect"
            elif word != "-" or start < 2 or lower[start - 2] not in word_set("former"):
                break
            start -= 1
        office.span = (start, office.span[1])
        if not office.countries and office.body is None and start > 2 and lower[start - 1] == "by":
            self._represented(office, start - 2)

    def _represented(self, office: Office, verb: int) -> None:
        """ "The European Commission was represented by Commissioner A": the office is one of the subject's."""
        lower = self.words.lower
        if lower[verb] not in ("represented", "led", "headed"):
            return
        i = verb
        while i > 0 and verb - i < 3 and lower[i - 1] in ("was", "were", "is", "are", "been", "has", "also", ","):
            i -= 1
        if i in self.body_before:
            office.body = self.body_before[i]
            if office.entry.scope != "open":
                office.role = "official" if office.body.kind == "government" else "international_organization"
        elif i in self.state_before and isinstance(self.state_before[i].value, StateWord):
            self._state_left(office, self.state_before[i])

    def _public_body(self, its: int) -> str | None:
        """The noun of a committee or agency that "its" means, where it is no name: "the disaster committee. Its head"."""
        words = self.words
        for i in range(its - 1, max(-1, its - 26), -1):
            if words.block[i] != words.block[its] or i in self.inside:
                return None
            if words.lower[i] in _PUBLIC and not words.cap(i):
                return words.lower[i]
        return None

    def _is_person(self, end: int) -> bool:
        """Whether what the model takes for a body of one word is rather the person whose office it is."""
        body = self.body_before.get(end)
        return (
            body is not None
            and body.rule == "model:NER"
            and body.kind == "other"
            and body.end - body.start == 1
            and not body.name.isupper()
        )

    def _is_unknown_body(self, office: Office, i: int) -> bool:
        """Whether a capitalised word right before the title of a head or executive can only be a body's name."""
        words, word = self.words, self.words.plain[i]
        if office.entry.scope != "open" or office.entry.role not in ("executive", "head_of_state") or office.body:
            return False
        chief = office.entry.title in ("ceo", "chief executive", "chief executive officer")
        opens = i == 0 or words.sent[i - 1] != words.sent[i] or words.block[i - 1] != words.block[i]
        return (
            words.cap(i)
            and word.isalpha()
            and words.tag[i] == "NNP"
            and i not in self.covered
            and i not in self.inside
            and not words.heading[i]
            and words.lower[i] not in words.seen_lower
            and words.lower[i] not in word_set("calendar") | word_set("no_name") | gazetteer().organization_words.keys()
            and (
                words.ent[i] in (("GPE", "ORG", "LOC", "FAC", "PRODUCT", "") if not opens or chief else ("GPE", "ORG"))
                or (
                    words.ent[i] == "PERSON"
                    and words.ent_start[i]
                    and not words.cap(i + 1)
                    and office.title_span[0] == i + 1
                )
            )
            and (words.ent[i] or office.entry.role == "executive")
            and word not in gazetteer().cities
            and place_country(word) is None
        )

    def _opens(self, i: int) -> bool:
        """Whether a noun for a body begins a sentence: "Council chairman A"."""
        words = self.words
        first = i == 0 or words.sent[i - 1] != words.sent[i]
        return first and words.lower[i] in word_set("institution_noun")

    def _is_party(self, office: Office, at: int) -> bool:
        """Whether "Congress" is the Indian party: parliaments have no chief, and the word stands alone."""
        words = self.words
        alone = at == 0 or not words.cap(at - 1) or words.block[at - 1] != words.block[at] or at not in self.inside
        return alone and office.entry.title in (
            "president",
            "chief",
            "vice president",
            "general secretary",
            "state president",
        )

    def _whose(self, office: Office, i: int) -> None:
        """ "the African Development Bank (AfDB), whose president": the body or state before the comma."""
        lower = self.words.lower
        end = i - 1 if i > 0 and lower[i - 1] == "," else i
        if end > 3 and lower[end - 1] == ")" and lower[end - 3] == "(":
            end -= 3
        if end in self.body_before:
            office.body = office.body or self.body_before[end]
        elif end in self.state_before and isinstance(self.state_before[end].value, StateWord):
            self._state_left(office, self.state_before[end])

    def _chosen(self, body: BodySpan) -> bool:
        """Whether what the model took for a body is the person in "elected X prime minister"."""
        return body.rule == "model:NER" and body.start > 0 and self.words.lower[body.start - 1] in word_set("becoming")

    def _state_left(self, office: Office, atom: Atom) -> int:
        value = atom.value
        lower = self.words.lower
        if isinstance(value, Region):
            if value.country:
                office.set_country((value.country,), (atom.start, atom.end))
                office.local = True
            return atom.start
        assert isinstance(value, StateWord)
        codes = value.codes if value.form == "prefix" else value.codes[-1:]
        first = atom.start
        # "the Chinese and Russian presidents"
        while (
            office.plural
            and first > 1
            and lower[first - 1] in ("and", ",", "-", "&")
            and first - 1 in self.state_before
        ):
            other = self.state_before[first - 1]
            if not isinstance(other.value, StateWord):
                break
            codes = (*other.value.codes[-1:], *codes)
            first = other.start
        if (
            value.form == "capital"
            and office.title_span[0] == atom.end
            and lower[office.title_span[0]] in word_set("local_office")
        ):
            office.local = True
        office.set_country(codes, (first, atom.end))
        return first

    def _owner_left(self, office: Office, mark: int) -> int:
        """The owner before a possessive mark that is no known body or state; returns where the phrase begins."""
        words, lower = self.words, self.words.lower
        if mark == 0:
            return mark
        owner = mark - 1
        if words.ent[owner] == "PERSON" and office.entry.role != "executive":
            office.owner = words.cased[owner]
            return owner
        if lower[owner] in word_set("pointing_noun"):
            office.pointed = lower[owner]
            return owner
        if words.ent[owner] in ("GPE", "LOC"):
            first = owner
            while first > 0 and words.ent[first] == words.ent[first - 1] and not words.ent_start[first]:
                first -= 1
            home = place_country(words.text(first, mark))
            if home is not None:
                office.set_country((home,), (first, mark))
                office.local = True
            return first
        first = mark
        while first > 0 and words.cap(first - 1) and words.plain[first - 1][0].isalpha() and mark - first < 4:
            first -= 1
        if first < mark and office.entry.role == "executive" and office.body is None:
            # "Vale's chief executive"
            office.body = BodySpan(first, mark, words.text(first, mark), "company", None, False, "organization.common")
            return first
        if first == owner:
            # "Trump's envoy", whatever the model takes Trump for
            office.owner = words.cased[owner]
            return owner
        return office.span[0]
