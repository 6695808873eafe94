"""The words that say what one quantity measures, by where it stands: what it hangs on, its clause, what it counts."""

from spacy.tokens import Token

from extractor.records.figure.change import directions, particle, word_of_change
from extractor.records.figure.clause import FORESEEING, LEVEL_VERBS, MODIFIERS, object_before
from extractor.records.figure.phrases import Phrases, on_year

#: Verbs that say nothing of what is measured when an object does.
LIGHT = LEVEL_VERBS | frozenset(
    [
        "have",
        "see",
        "record",
        "post",
        "report",
        "get",
        "do",
        "witness",
        "register",
        "show",
        "give",
        "set",
        "bring",
        "announce",
        "compare",
        "come",
        "go",
        "put",
        "take",
        "make",
    ]
)
#: Verbs of being and having, and those that add as little to what is counted.
STATES = LEVEL_VERBS | {"have"}
_SAYING_LITTLE = STATES | FORESEEING
_BELOW_NOUNS = MODIFIERS | {"appos", "acl"}
#: Verbs that tell how a value moved; of the new value they say nothing.
MOVES = frozenset(
    [
        "widen",
        "narrow",
        "slow",
        "edge",
        "move",
        "change",
        "revise",
        "return",
        "swing",
        "advance",
        "lift",
        "push",
        "take",
        "bring",
        "stretch",
        "creep",
        "tick",
        "inch",
        "ease",
    ]
)
#: What is paid in, which does not say what for.
_MEANS = frozenset(
    {"cash", "stock", "share", "kind", "bond", "instalment", "installment", "advance", "exchange", "return"}
)
#: Forms of money: what is given stands in them.
_FUNDS = frozenset(
    [
        *("fund", "funding", "aid", "loan", "grant", "guarantee", "credit", "assistance", "support", "subsidy", "tax"),
        *("fine", "damage", "compensation", "financing", "investment", "revenue", "saving", "debt", "relief", "fee"),
    ]
)
#: Verbs of having a part of a body.
_HOLDING = frozenset({"hold", "own", "have", "control", "possess", "retain", "keep"})
#: Verbs of deciding on something by votes.
_DECIDING = frozenset({"clear", "approve", "pass", "adopt", "endorse", "back", "ratify", "reject", "accept", "defeat"})
#: Units of how far off something is.
_DISTANCES = frozenset({"kilometre", "mile", "metre", "nautical mile"})
#: Verbs whose object has the price that stands behind "for".
_SALES = frozenset({"buy", "sell", "acquire", "purchase", "auction", "lease", "divest"})


class Reader(Phrases):
    """Finds what one quantity measures."""

    def read(self) -> list[Token]:
        """The words, in no order and perhaps twice; empty where none are found."""
        quantity, top = self.place.quantity, self.place.top
        if quantity.unit == "vote" and self.place.verb is not None:
            return self.voted_on(self.place.verb)
        if quantity.kind == "count" and quantity.unit is not None and top.i not in self.place.inside:
            return self.counted(top)
        if quantity.rule == "quantity.ratio.verb":
            objects = self.objects_of(top)
            return [
                *self.subject_of(top),
                top,
                *(self.phrase(objects[0]) if objects else self.complements(top, skip=None)),
            ]
        verb = self.place.verb
        if quantity.kind == "percent" and verb is not None and (held := self.held(verb, top)):
            return held
        if (
            quantity.kind == "ratio"
            and self.place.led_by == "by"
            and verb is not None
            and word_of_change(verb) in directions()
        ):
            return [*self.subject_of(verb), verb]
        clause = self.clause_behind(top)
        if clause is not None:
            return clause
        behind = self.behind(top)
        if behind is not None:
            level = top.dep_ == "pobj" and top.head.lower_ in ("to", "at", "from") and quantity.kind == "percent"
            about = self.subject_of(self.place.verb) if level and self.place.verb is not None else self.relation(top)
            words = [*self.phrase(behind), *about]
        else:
            words = self.governor(top)
        if not words and verb is not None:
            words = self.clause(verb, top)
        if verb is not None and verb in words and not any(token.pos_ in ("NOUN", "ADJ", "ADP") for token in words):
            words = [*words, *self.time(verb)]
        return [*words, *self.rate()]

    def held(self, verb: Token, top: Token) -> list[Token]:
        """The body that a relative clause tells the owners of: "a venture in which Velo holds 40 percent"."""
        if verb.dep_ != "relcl" or top.dep_ != "dobj" or verb.lemma_ not in _HOLDING:
            return []
        which = next((child for child in verb.lefts if child.dep_ == "prep" and child.lower_ in ("in", "of")), None)
        if which is None or not any(child.lower_ == "which" for child in which.rights):
            return []
        noun = verb.head.head if verb.head.dep_ == "appos" else verb.head
        return [*self.phrase(noun, without=verb.head if noun != verb.head else None), verb]

    def rate(self) -> list[Token]:
        """What a sum of money is paid for, right behind it: "a share", "per worker"."""
        doc, end = self.place.doc, self.place.quantity.end
        if self.place.quantity.kind != "money" or end + 1 >= len(doc):
            return []
        noun = doc[end + 1]
        if noun.dep_ == "amod" and noun.head.i == end + 2 < len(doc):
            # "per diluted share"
            noun = noun.head
        if doc[end].lower_ not in ("a", "an", "per") or noun.pos_ != "NOUN" or noun.i in self.times:
            return []
        return [*doc[end : noun.i + 1]]

    def clause_behind(self, top: Token) -> list[Token] | None:
        """The clause that says what "the 4 million" are: "that it appealed for", "earmarked for schools"."""
        start = self.place.quantity.start
        definite = self.place.quantity.kind == "money" and start and self.place.doc[start - 1].lower_ == "the"
        clause = next((child for child in top.rights if child.dep_ in ("relcl", "acl")), None) if definite else None
        if clause is None:
            return None
        subj = self.subject_of(clause) if clause.dep_ == "relcl" else []
        return [*subj[:4], clause, *self.complements(clause, skip=None)]

    def time(self, verb: Token) -> list[Token]:
        """The time of a clause, which a measure of one word takes in: "lost in the first quarter"."""
        for child in verb.children:
            if child.dep_ == "prep" and any(token.i in self.times for token in child.children):
                return [token for token in child.subtree if token.i not in self.taken][:8]
        return []

    def place_behind(self) -> list[Token]:
        """The words of place right behind the quantity: "3,700 in Germany"."""
        doc, end = self.place.doc, self.place.quantity.end
        if end + 1 >= len(doc) or doc[end].lower_ not in ("in", "at"):
            return []
        name = next((token for token in doc[end + 1 : end + 5] if token.dep_ == "pobj"), None)
        return [*doc[end : name.i + 1]] if name is not None and name.i not in self.times else []

    def voted_on(self, verb: Token) -> list[Token]:
        """Who voted on what: "Senate passed the bill", "committee voted to keep the rate"."""
        objects = self.objects_of(verb)
        what = self.phrase(objects[0]) if objects else self.complements(verb, skip=None)
        return [*self.subject_of(verb)[:6], verb, *what]

    # -- what the quantity hangs on -----------------------------------------------------------------------------

    def behind(self, top: Token) -> Token | None:
        """The noun of "in" or "of" right behind the quantity: "$5 million in aid", "12% of its staff"."""
        end = self.place.quantity.end
        for node in (
            top,
            *top.children,
            *(child for token in self.place.doc[self.place.quantity.start : end] for child in token.children),
        ):
            if node.dep_ == "prep" and end <= node.i <= end + 3 and node.lower_ in ("of", "in", "for"):
                for child in node.children:
                    if (
                        child.dep_ == "pobj"
                        and child.i not in self.times
                        and child.ent_type_ not in ("DATE", "TIME")
                        and (node.lower_ == "of" or self.thing(child))
                        and not (node.lower_ == "in" and child.lemma_ in _MEANS)
                    ):
                        return child
        found = self.funds()
        return found if found is None or found.lemma_ not in _MEANS else None

    def funds(self) -> Token | None:
        """What money stands in, where the verb and not the money is its head: "offered them $3 million each in loans"."""
        doc, end = self.place.doc, self.place.quantity.end
        if self.place.quantity.kind != "money":
            return None
        if end < len(doc) and doc[end].lower_ in ("each", "apiece"):
            end += 1
        if end >= len(doc) or doc[end].lower_ != "in" or doc[end].dep_ != "prep":
            return None
        noun = next((child for child in doc[end].rights if child.dep_ == "pobj"), None)
        return noun if noun is not None and noun.lemma_ in _FUNDS else None

    @staticmethod
    def thing(noun: Token) -> bool:
        """Whether a noun names a thing, neither a place nor a time."""
        return noun.pos_ == "NOUN" and noun.ent_type_ not in ("GPE", "LOC", "DATE", "TIME")

    def relation(self, top: Token) -> list[Token]:
        """The verb that the quantity is the object of, with its subject where that is short."""
        verb = self.place.verb
        if verb is None or verb.lemma_ in LIGHT or top.dep_ not in ("dobj", "nsubjpass", "nsubj", "pobj", "attr"):
            return []
        subj = self.subject_of(verb) if top.dep_ == "dobj" else []
        # "cleared the plan with 87 percent of the vote", and not "won a seat with"
        by = top.dep_ == "pobj" and top.head.lower_ == "with" and verb.lemma_ in _DECIDING
        return [*(subj if len(subj) <= 4 else []), verb, *self.complements(verb, skip=top, objects=by)[:6]]

    def governor(self, top: Token) -> list[Token]:
        """The words that a quantity is the measure of, by its relation to the word above it."""
        dep, head = top.dep_, top.head
        if self.place.quantity.kind == "money" and dep in MODIFIERS and head.dep_ == "pobj" and self.joined_to(head):
            return self.of_preposition(head.head)
        if head == top:
            return [token for token in self.subtree(top) if token.i not in self.taken]
        if on_year(head):
            # "rose 7 percent year-on-year"
            return self.governor(head)
        if head.i in self.taken and dep in (
            "conj",
            "appos",
            "prep",
            "nmod",
            "npadvmod",
            "compound",
            "nummod",
            "dep",
            "quantmod",
        ):
            return self.governor(head) if head.i != top.i else []
        if dep in ("conj", "appos"):
            return self.governor(head) if head.pos_ in ("NUM", "SYM") else self.phrase(head)
        if dep == "pobj":
            return self.of_preposition(head)
        if head.lower_ == "worth":
            return self.worth(head)
        if head.pos_ in ("NOUN", "PROPN") and dep in _BELOW_NOUNS:
            return self.phrase(head) if self.place.quantity.kind == "quantity" else self.noun(head)
        if head.lower_ == "over" and self.place.quantity.kind == "ratio" and head.head.pos_ == "VERB":
            # "grew three times over"
            return self.clause(head.head, head)
        if head.pos_ in ("ADJ", "ADV") or head.dep_ in ("advmod", "acomp", "prt"):
            if (named := self.far_off(head)) is not None:
                return named
            verb = self.place.verb
            moved = (
                next((child for child in self.objects_of(verb) if child.i < head.i), None) if verb is not None else None
            )
            if moved is not None and head.lower_ in ("up", "down", "higher", "lower"):
                # "showed his rating down 12 points"
                return [*self.phrase(moved), head]
            return [*(self.subject_of(verb) if verb is not None else []), head, *self.complements(head, skip=None)]
        if dep in ("nsubj", "nsubjpass"):
            passive = dep == "nsubjpass" or head.lemma_ not in LEVEL_VERBS
            return [*([head] if passive else []), *self.complements(head, skip=top)]
        if dep == "attr" and head.dep_ == "relcl" and head.head.i in self.taken:
            return self.governor(self.quantity_top(head.head))
        return self.clause(head, top)

    def far_off(self, way: Token) -> list[Token] | None:
        """The place that lies so far off: "fled to Tessit, 80 kilometres away"."""
        doc, start = self.place.doc, self.place.quantity.start
        if self.place.quantity.unit not in _DISTANCES or start < 2 or doc[start - 1].text != ",":
            return None
        name = doc[start - 2]
        return (
            [*self.phrase(name), way, *self.complements(way, skip=None)]
            if name.pos_ == "PROPN" and name.i not in self.times
            else None
        )

    def worth(self, head: Token) -> list[Token]:
        """The noun that something is worth the quantity: "a dam worth $2 million", "the dam is worth $2 million"."""
        owner = head.head
        if owner.pos_ in ("NOUN", "PROPN"):
            return [*self.phrase(owner, without=head), *self.done_under(owner)]
        before = self.place.doc[head.i - 1]
        while before.dep_ == "pobj" and before.head.lower_ == "of" and before.head.head.pos_ == "NOUN":
            # "a memorandum of understanding worth": the memorandum is.
            before = before.head.head
        if before.pos_ in ("NOUN", "PROPN"):
            return self.phrase(before)
        return self.clause(owner, head)

    def joined_to(self, noun: Token) -> bool:
        """Whether "and" stands between the quantity and a noun that the tree puts it before: "sales of $3 million and
        400 hands"."""
        between = self.place.doc[self.place.quantity.end : noun.i]
        return 0 < len(between) <= 4 and between[0].dep_ == "cc"

    def done_under(self, noun: Token) -> list[Token]:
        """What is done by a contract: "a contract worth $3 million under which Velo will build a bridge"."""
        quantity = self.place.quantity
        for token in (noun, *self.place.doc[quantity.start : quantity.end]):
            for clause in token.rights:
                if clause.dep_ == "relcl" and any(child.lower_ in ("under", "by") for child in clause.lefts):
                    return [clause, *self.complements(clause, skip=None)]
        return []

    def quantity_top(self, token: Token) -> Token:
        """The highest token of the quantity that a token belongs to."""
        while token.head.i in self.taken and token.head != token:
            token = token.head
        return token

    def of_preposition(self, preposition: Token) -> list[Token]:
        """The words that a quantity is tied to by a preposition: "a loss of", "rose to", "a deal valued at"."""
        above = preposition.head
        while above.dep_ == "prep":
            above = above.head
        if above.lemma_ == "end" and above.tag_ == "VBN" and above.dep_ == "acl" and above.head.dep_ == "pobj":
            # "net income for the quarter ended June 30 of"
            above = above.head.head.head
        if above.i in self.taken and above.pos_ == "VERB":
            # "orders doubled to"
            return self.subject_of(above) or self.clause(above, preposition)
        if above.i in self.taken:
            return self.governor(self.quantity_top(above))
        verb = self.place.verb
        if preposition.lower_ == "for" and verb is not None and verb.lemma_ in _SALES:
            objects = self.objects_of(verb)
            if objects and above != objects[0]:
                return [verb, *self.phrase(objects[0])]
        if above.pos_ in ("NOUN", "PROPN"):
            return self.noun(above)
        if (
            above.tag_ == "VBN"
            and above.dep_ in ("conj", "acl", "advcl", "pcomp")
            and (told := self.noun_before(above)) is not None
        ):
            return [*self.phrase(told, without=above), above]
        if above.tag_ in ("VBN", "VBG") and above.dep_ == "acl" and above.head.pos_ in ("NOUN", "PROPN"):
            noun = above.head
            if noun.dep_ == "pobj" and noun.pos_ == "PROPN" and noun.head.head.pos_ == "NOUN":
                # "an order from Kestrel valued at": the order is.
                noun = noun.head.head
            return [*self.phrase(noun, without=above), above, *self.dealt(noun)]
        return self.clause(above, preposition)

    def noun_before(self, participle: Token) -> Token | None:
        """The noun right before a participle that the tree puts elsewhere: "losses pegged at"."""
        before = self.place.doc[participle.i - 1] if participle.i else None
        bare = not any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in participle.lefts)
        return before if bare and before is not None and before.pos_ == "NOUN" and before.tag_ == "NNS" else None

    def noun(self, head: Token) -> list[Token]:
        """A noun that the quantity tells the size of, with its owner's verb where the noun alone says little."""
        above = head.head.head
        if head.dep_ == "pobj" and above.pos_ == "NOUN" and word_of_change(above) in directions():
            # "a decline in trade of 3 percent": the decline is what has a size.
            head = above
        before = self.place.doc[head.head.i - 1] if head.head.i else None
        if (
            head.dep_ == "pobj"
            and head.head.lower_ in ("after", "before")
            and before is not None
            and before.pos_ == "NOUN"
        ):
            # "a profit after tax of 3 million"
            return [*self.phrase(before, without=head.head), head.head, head]
        if head.dep_ == "pobj" and head.lemma_ in ("total", "average") and above.pos_ in ("VERB", "AUX"):
            return self.of_preposition(head.head)
        words = self.phrase(head)
        if len(words) <= 1 and head.dep_ == "appos" and head.head.pos_ == "NOUN":
            # "a second line, a link of 190 kilometres"
            words = [*self.phrase(head.head, without=head), *words]
        if len(words) <= 1 and head.dep_ in ("dobj", "attr", "nsubj", "nsubjpass"):
            verb = self.place.verb
            if verb is not None and verb.lemma_ in FORESEEING:
                return words
            if verb is not None:
                return [*words, *self.subject_of(verb)[:4], *self.complements(verb, skip=head)]
        if (
            len(words) <= 1
            and head.dep_ == "pobj"
            and self.place.quantity.kind == "quantity"
            and head.head.head.pos_ == "VERB"
        ):
            # "struck at a depth of 10 km": the depth of what struck.
            return [*self.subject_of(head.head.head)[:4], *words]
        if len(words) <= 1 and head.dep_ == "pobj" and head.head.head.pos_ == "VERB":
            verb = head.head.head
            return [*words, verb, *self.complements(verb, skip=head.head)]
        return [*words, *self.dealt(head), *self.talked(head)] if len(words) <= 2 else words

    def talked(self, noun: Token) -> list[Token]:
        """With whom the thing is talked about: "talks with the bank on a 3 million loan"."""
        above = noun.head.head
        if noun.dep_ != "pobj" or noun.head.lower_ not in ("on", "about", "over", "for") or above.pos_ != "NOUN":
            return []
        other = next((child for child in above.rights if child.dep_ == "prep" and child.lower_ == "with"), None)
        return self.subtree(other)[:8] if other is not None else []

    def dealt(self, noun: Token) -> list[Token]:
        """What is done by the "deal" or "plan" of "purchase engines in a deal": the verb and its object."""
        if (
            noun.dep_ != "pobj"
            or noun.head.head.pos_ != "VERB"
            or noun.head.lower_ not in ("in", "under", "through", "with", "as")
        ):
            return []
        verb = noun.head.head
        return [verb, *(self.complements(verb, skip=noun.head)[:12])]

    def clause(self, verb: Token, skip: Token) -> list[Token]:
        """Subject, verb and complements of a clause that the quantity completes; the verb only where it adds something."""
        if verb.dep_ == "relcl" and verb.head.i in self.taken:
            return self.governor(self.quantity_top(verb.head))
        subj = self.subject_of(verb)
        if verb.lemma_ == "be" and subj and skip.dep_ == "prep" and self.place.quantity.kind == "duration":
            # "he had been in custody for", "the road was passable on"
            return [*(subj if len(subj) <= 4 else []), *self.complements(verb, skip=skip)]
        if verb.lemma_ in LEVEL_VERBS and subj:
            return subj
        # "fell 3 percent to 20 million": the result is of what fell.
        moved = verb.lemma_ in MOVES or word_of_change(verb) in directions()
        if subj and moved and self.place.led_by in ("to", "from", "at") and not self.objects_of(verb):
            return subj
        objects = self.objects_of(verb)
        if objects and skip.dep_ == "prep" and skip.lower_ in ("to", "from", "at", "by"):
            if skip.lower_ == "by":
                return [*([] if verb.lemma_ in LIGHT else [verb]), *self.phrase(objects[0])]
            return [*(subj if len(subj) <= 4 else []), *self.phrase(objects[0])]
        way = particle(verb) if word_of_change(verb) not in directions() else None
        return [
            *(subj if len(subj) <= 8 else subj[-4:]),
            verb,
            *([way] if way else []),
            *self.complements(verb, skip=skip),
        ]

    def objects_of(self, verb: Token) -> list[Token]:
        """The objects of a verb that are no quantities."""
        return [
            child for child in verb.children if child.dep_ in ("dobj", "attr", "oprd") and child.i not in self.taken
        ]

    # -- things counted -----------------------------------------------------------------------------------------

    def counted(self, noun: Token) -> list[Token]:
        """The noun with its modifiers, and what is done to the things or what they do."""
        words = self.phrase(noun)
        top = noun
        if among := next((child for child in noun.lefts if child.dep_ == "prep" and _takes_up(child)), None):
            # "40 people, among them six children, were hurt"
            words = [token for token in words if token.head != among and token != among]
            top = noun.head if noun.dep_ == "appos" else noun
        for _ in range(4):
            if top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN", "NUM"):
                top = top.head
            elif top.dep_ == "pobj" and top.head.head.i in self.place.inside:
                top = top.head.head
        verb = top.head if top.head.pos_ in ("VERB", "AUX") else None
        if top.dep_ == "pobj":
            above = top.head.head
            if top.head.lower_ == "including" and above.head.pos_ == "VERB":
                # "23 people, including six policemen, were hurt"
                return [*words, above.head, *self.complements(above.head, skip=above)][:12]
            before = self.place.doc[self.place.quantity.start - 1] if self.place.quantity.start else None
            if before is not None and before.dep_ == "cc" and self.place.verb is not None:
                # "sales of $3 million and 400 hands": the hands are no sales.
                return [*words, *self.subject_of(self.place.verb)[:4]]
            if above.pos_ in ("NOUN", "PROPN"):
                return [*words, *self.phrase(above)[:6]] if len(words) <= 2 else words
            verb = above if above.pos_ == "VERB" else None
            if top.head.lower_ == "with" and verb is not None and len(words) <= 1:
                return [*words, verb]
            if top.head.lower_ == "for" and verb is not None and len(words) <= 1 and (given := self.objects_of(verb)):
                # "with aid for 9 counties"
                return [*words, *self.phrase(given[0])[:6]]
            if (
                top.head.lower_ == "to"
                and verb is not None
                and verb.tag_ in ("VBN", "VBD")
                and not self.objects_of(verb)
            ):
                # "water was restored to 400 homes"
                return [*words, verb, *self.subject_of(verb)[:4]]
            if top.head.lower_ in ("for", "to", "among", "with", "on"):
                return words
            if verb is not None:
                objects = self.objects_of(verb) if top.head.lower_ in ("in", "against", "at") else []
                return [*words, verb, *(self.phrase(objects[0]) if objects else self.subject_of(verb))[:6]]
        if verb is not None and verb.lemma_ == "be" and top.dep_ == "nsubj":
            return [*words, *self.complements(verb, skip=top)][:12]
        if verb is not None and verb.lemma_ == "have" and top.dep_ == "nsubj":
            return [*words, verb, *self.complements(verb, skip=top)][:12]
        if verb is not None and verb.lemma_ in STATES and top.dep_ in ("dobj", "attr"):
            # "employment reached 70 million people", "the line has 40 ships"
            owner = self.subject_of(verb)
            return [*words, *(owner if len(owner) <= 4 else [])]
        if verb is not None and verb.lemma_ == "see" and len(words) <= 2:
            # "the cities will see 400 visitors"
            return [*words, *self.subject_of(verb)[-4:]]
        if verb is None or verb.lemma_ in _SAYING_LITTLE:
            return words
        if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "pcomp") and top.dep_ == "dobj":
            # "..., supporting 400 jobs": who does it stands far off.
            return [*words, verb, *self.complements(verb, skip=top, objects=False)][:12]
        if top.dep_ in ("nsubj", "nsubjpass"):
            return [*words, verb, *self.complements(verb, skip=top)][:12]
        doer = object_before(verb) if verb.tag_ == "VB" and verb.dep_ in ("advcl", "xcomp", "acl") else None
        subj = self.phrase(doer)[:8] if doer is not None else self.subject_of(verb)
        if 0 < len(subj) <= (8 if doer is not None else 4):
            return [*words, verb, *subj][:14]
        return [*words, verb, *self.complements(verb, skip=top, objects=False)][:14]


def _takes_up(preposition: Token) -> bool:
    """Whether a preposition only takes up those counted before: "among them", "of whom"."""
    return any(child.lower_ in ("them", "whom", "these", "those") for child in preposition.rights)
