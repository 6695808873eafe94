"""An office phrase, and what its reading needs to see of the article."""

from dataclasses import dataclass, field

from extractor.models.leader import Role, Tenure
from extractor.nlp.entities.atoms import Atom
from extractor.nlp.entities.body_span import BodySpan
from extractor.nlp.entities.gazetteer import Region, StateWord, Title, gazetteer
from extractor.nlp.entities.words import Words


@dataclass(slots=True)
class Office:
    """One office phrase. All offsets are words, half-open; `span` covers modifiers, country and body too.

    `pointed`: the noun by which the body or country is only pointed at ("the company's president", "its chief").
    """

    entry: Title
    span: tuple[int, int]
    title_span: tuple[int, int]
    title: str
    role: Role
    tenure: Tenure = "current"
    countries: tuple[str, ...] = ()
    country_span: tuple[int, int] | None = None
    body: BodySpan | None = None
    pointed: str = ""
    #: The person whose office it serves: "Trump" in "Trump's envoy".
    owner: str = ""
    #: The country is told by a place of it: "the mayor of London".
    local: bool = False
    deputy: bool = False
    #: Words of what a minister is in charge of.
    matter: list[str] = field(default_factory=list)

    @property
    def plural(self) -> bool:
        """Whether the title names several holders."""
        return self.entry.plural

    def set_country(self, codes: tuple[str, ...], span: tuple[int, int] | None) -> None:
        """Set the country unless words nearer to the title told it before; no span where metadata tells it."""
        if not self.countries and codes:
            self.countries, self.country_span = codes, span

    def stretch(self, end: int) -> None:
        """Let title and phrase end here."""
        self.span = (self.span[0], end)
        self.title_span = (self.title_span[0], end)


class Scene:
    """Words, gazetteer entries and bodies, by where they begin and end."""

    def __init__(self, words: Words, atoms: dict[int, Atom], bodies: list[BodySpan]) -> None:
        self.words = words
        self.atoms = atoms
        self.body_at = {body.start: body for body in bodies}
        self.body_before = {body.end: body for body in bodies}
        self.inside = {i: body for body in bodies for i in range(body.start, body.end)}
        self.state_before = {atom.end: atom for atom in atoms.values() if isinstance(atom.value, (StateWord, Region))}


def place_country(name: str) -> str | None:
    """Home state of a city or of a state of the United States, by name."""
    if name in gazetteer().us_states:
        return "USA"
    city = gazetteer().cities.get(name)
    return city.country or None if city is not None else None
