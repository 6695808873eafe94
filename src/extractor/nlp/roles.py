"""The roles around the word that tells of an event or an agreement: its phrase, its verb, subjects and objects.

Found by syntax alone. Offsets are token offsets, half-open.
"""

from collections.abc import Container, Iterator

from spacy.tokens import Token

from extractor.nlp.context import words

#: Left dependents that belong to a noun phrase.
_LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "npadvmod", "advmod"})


def phrase(head: Token) -> tuple[int, int]:
    """The noun phrase of a noun, without what follows its head; a verb stands with its particle."""
    start, end = head.i, head.i + 1
    if head.pos_ == "VERB":
        for child in head.children:
            if child.dep_ == "prt":
                end = max(end, child.i + 1)
        return start, end if end - start <= 4 else head.i + 1
    for child in head.lefts:
        if child.dep_ in _LEFT:
            start = min(start, child.left_edge.i)
    sent_start = head.sent.start
    start = max(start, sent_start, head.i - 15)
    while start < head.i and (head.doc[start].is_space or head.doc[start].is_punct):
        start += 1
    return start, end


#: Nouns that count events as one: "three days of mourning", "a second round of talks".
_COUNTING = frozenset(
    {"round", "series", "wave", "day", "week", "number", "string", "spate", "set", "month", "spell", "start", "end"}
    | {"beginning", "opening", "outbreak", "resumption", "cycle", "bout", "flurry", "couple", "night", "hour", "result"}
    | {"package", "raft"}
)


def whole(noun: Token) -> Token:
    """The noun that counts an event, or the event's own: "a round of talks"."""
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in _COUNTING:
        return head.head
    return noun


def governor(noun: Token) -> Token | None:
    """The verb whose argument a noun is, or the one that modifies it: "a strike called by unions", "floods, which killed"."""
    node = whole(noun)
    while node.dep_ in ("conj", "appos") and node.head.pos_ in ("NOUN", "PROPN") and node.head != node:
        node = node.head
    head = node.head
    if head.pos_ == "VERB" and node.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "oprd", "dative", "npadvmod"):
        return head
    if node.dep_ == "pobj" and head.head.pos_ == "VERB":
        return head.head
    return next((c for c in noun.rights if (c.dep_ == "acl" and c.tag_ == "VBN") or c.dep_ == "relcl"), None)


def answers(verb: Token | None, among: Container[str]) -> bool:
    """Whether a verb is one of some, by its lemma or, where that is cut too short ("staged", "stag"), its form."""
    if verb is None:
        return False
    return verb.lemma_ in among or (verb.lower_.endswith("ed") and verb.lower_[:-1] in among)


def tellers(noun: Token) -> Iterator[Token]:
    """The verbs that may tell of a noun's taking place: the one it is an argument of and those that modify it."""
    verb = governor(noun)
    if verb is not None:
        yield verb
    for child in noun.rights:
        if child != verb and (child.dep_ == "relcl" or (child.dep_ == "acl" and child.tag_ == "VBN")):
            yield child


def light_verb(noun: Token) -> Token | None:
    """The verb that tells of the noun's taking place: "held talks", "the summit opened", "arrived on a visit"."""
    noun = whole(noun)
    head, dep = noun.head, noun.dep_
    while dep == "conj" and head.pos_ in ("NOUN", "PROPN"):
        head, dep = head.head, head.dep_
    if (
        dep in ("dobj", "nsubj", "nsubjpass")
        and head.pos_ == "VERB"
        and head.lemma_ != "be"
        and answers(head, words("support"))
    ):
        return head
    for _ in range(3):
        if dep != "pobj" or head.dep_ != "prep" or head.lower_ not in _ATTENDING:
            return None
        if head.head.pos_ == "VERB":
            told = head.lower_ in ("on", "of", "for", "to") and head.head.lemma_ in _TELLING
            return None if told else head.head
        # "at an event at the summit"
        dep, head = head.head.dep_, head.head.head
    return None


#: Verbs whose subject speaks of an event and takes no part: "commented on the reshuffle", "warned of a strike".
_TELLING = frozenset(
    {"comment", "warn", "speak", "talk", "report", "agree", "focus", "centre", "center", "insist", "call"}
    | {"follow", "look", "hope", "press", "push", "refer", "respond", "react", "decide", "build", "rely", "ask", "wait"}
)
#: Prepositions by which the subject of a verb takes part in an event.
_ATTENDING = frozenset({"at", "during", "in", "on", "for", "to", "into", "of"})


def conjuncts(token: Token) -> Iterator[Token]:
    """A token and what is joined to it by "and" or a comma."""
    yield token
    for child in token.rights:
        if child.dep_ == "conj":
            yield from conjuncts(child)


#: Verbs whose object does what the infinitive below them says: "forced the bank to file".
_OBJECT_CONTROL = frozenset(
    {"force", "urge", "ask", "allow", "order", "lead", "cause", "invite", "tell", "enable", "require"}
)


def subjects(verb: Token) -> list[Token]:
    """The subjects of a verb, each conjunct apart; that of the verb above where a clause has none of its own."""
    if _reduced_main(verb):
        return list(conjuncts(verb.head))
    if verb.dep_ == "csubj" and verb.tag_ == "VBG" and verb.i < verb.head.i:
        # "Taking part in the meeting were the ministers of"
        return [t for child in verb.head.rights if child.dep_ == "attr" for t in conjuncts(child)]
    node = verb
    for _ in range(5):
        passive = any(child.dep_ == "auxpass" for child in node.children)
        for child in node.children:
            if child.dep_ == "nsubj" or (child.dep_ == "nsubjpass" and (node != verb or not passive)):
                found = child
                if child.lower_ in ("who", "that", "which") and node.dep_ == "relcl":
                    found = node.head
                    if child.lower_ == "which" and found.ent_type_ == "PERSON" and child.i > 1:
                        # "Ann Lee, head of Lakeside Motors, which": no person is a "which"
                        near = child.nbor(-1) if not child.nbor(-1).is_punct else child.nbor(-2)
                        found = near if near.tag_ in ("NNP", "NNPS") else found
                out = list(conjuncts(found))
                if child.tag_ == "NNP":
                    # "Japan, Korea agree to": headlines join without a word.
                    out += [t for t in node.lefts if t.dep_ == "nsubj" and t.tag_ == "NNP" and t.i > child.i]
                    before = child.left_edge.i - 2
                    if before >= 0 and child.doc[before].dep_ == "npadvmod" and child.doc[before].tag_ == "NNP":
                        out.insert(0, child.doc[before])
                return out
            if child.dep_ == "agent":
                return [t for inner in child.children if inner.dep_ == "pobj" for t in conjuncts(inner)]
        if node.dep_ == "acl" and node.head.pos_ in ("NOUN", "PROPN", "PRON") and node.tag_ == "VBG":
            return list(conjuncts(node.head))
        if node.dep_ in ("acl", "advcl", "xcomp") and node.tag_ == "VB":
            meant = _who_intends(node)
            if meant:
                return meant
        if passive and node == verb:
            return []
        if node.dep_ == "xcomp" and node.head.lemma_ in _OBJECT_CONTROL:
            controlled = [child for child in node.head.children if child.dep_ == "dobj"]
            if controlled:
                return list(conjuncts(controlled[0]))
        if node.dep_ in ("conj", "xcomp", "advcl", "pcomp", "acl") or (node.dep_ == "ccomp" and node.tag_ == "VBG"):
            node = node.head
            while node.pos_ in ("ADP", "SCONJ", "ADJ", "NOUN") and node.head != node:
                node = node.head
        else:
            return []
    return []


#: Nouns of what someone would do, whose owner does what the infinitive behind them says.
_OF_WILL = frozenset(
    {"offer", "decision", "plan", "proposal", "pledge", "promise", "commitment", "intention", "bid", "move", "refusal"}
    | {"willingness", "readiness", "threat", "request", "attempt", "effort", "vow", "desire", "ambition"}
)


def _who_intends(verb: Token) -> list[Token]:
    """Whose offer or plan an infinitive tells of: "the offer of Chile to host talks", "Chile's plan to host them"."""
    noun = verb.head
    if noun.pos_ == "VERB":
        noun = next((t for t in noun.rights if t.dep_ in ("dobj", "pobj") and t.i < verb.i), noun)
    if noun.lemma_ not in _OF_WILL:
        return []
    for child in noun.children:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            return list(conjuncts(child))
        if child.dep_ == "prep" and child.lower_ in ("of", "by", "from") and child.i < verb.i:
            return [t for inner in child.children if inner.dep_ == "pobj" for t in conjuncts(inner)]
    return []


def _determined(noun: Token) -> bool:
    return any(child.dep_ == "det" for child in noun.lefts)


def _reduced_main(verb: Token) -> bool:
    """Whether the parser took the main verb of a sentence for a participle: "The board named Maria Lopez"."""
    head = verb.head
    return (
        verb.dep_ == "acl"
        and verb.tag_ == "VBN"
        and head.dep_ == "ROOT"
        and head.pos_ in ("NOUN", "PROPN")
        and verb.i == head.i + 1
        and any(child.dep_ in ("dobj", "oprd") for child in verb.rights)
    )


def objects(verb: Token) -> list[Token]:
    """The objects of a verb, or the subjects of its passive, each conjunct apart."""
    out: list[Token] = []
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            if child.lower_ in ("who", "that", "which") and verb.dep_ == "relcl":
                out.extend(conjuncts(verb.head))
            else:
                out.extend(conjuncts(child))
    if not out:
        # "named Maria Lopez as chairman": the parser takes the name for the role.
        out = [c for c in verb.children if c.dep_ == "oprd" and c.tag_ == "NNP" and not _determined(c)][:1]
    if not out and verb.dep_ == "xcomp" and any(child.dep_ == "auxpass" for child in verb.children):
        # "is due to be briefed", "is expected to be sacked"
        above = verb.head if verb.head.pos_ != "ADJ" else verb.head.head
        out = subjects(above) or objects(above)
    if not out and verb.dep_ in ("acl", "relcl") and verb.tag_ == "VBN" and not _reduced_main(verb):
        out.extend(conjuncts(verb.head))
    return out


def prepositional(token: Token, prepositions: frozenset[str] | set[str]) -> list[Token]:
    """The objects of these prepositions below a token, each conjunct apart."""
    out: list[Token] = []
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ in prepositions:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    out.extend(conjuncts(inner))
                elif inner.dep_ == "prep":
                    out.extend(prepositional(child, {inner.lower_}))
    return out
