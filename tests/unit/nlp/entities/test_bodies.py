"""Which organisations a text names, how their forms are tied, and which state they are of."""

import pytest

from extractor import Article, ArticleRecord, Extractor

#: Texts with the organisations that they name: name, and the state where one is told.
CASES: list[tuple[str, list[tuple[str, str | None]]]] = [
    # told by a noun beside them
    ("The Belgian brewer Malvane said profit rose. Malvane shares gained 2%.", [("Malvane", "BEL")]),
    ("Malvane, a Ghent-based brewer, cut 300 jobs.", [("Malvane", None)]),
    ("Quellmark Industries Inc. (NYSE: QMK) bought a mill. Quellmark fell 3%.", [("Quellmark Industries Inc.", None)]),
    ("OKL rebels attacked the town of Dembe on Monday.", [("OKL", None)]),
    ("Police blamed the Los Cuervos gang for the raid.", [("Los Cuervos", None)]),
    ("The manufacturer John Miller said prices rose.", []),
    ("Syrian rebels left the town.", []),
    # short forms
    ("Zorland Resources will buy a mine. Zorland said so.", [("Zorland Resources", None)]),
    (
        "Apple sold phones. It opened Apple Stores in May. Apple said so.",
        [("Apple", None), ("Apple Stores", None)],
    ),
    ("The Commission on Polls (Compol) met. Compol said so.", [("Commission on Polls", None)]),
    # of and for
    ("The Front for the Defence of Tamba took a base.", [("Front for the Defence of Tamba", None)]),
    ("The Cotton Board of India fined nine firms.", [("Cotton Board of India", "IND")]),
    ("The Food and Consumer Commission sued nine firms.", [("Food and Consumer Commission", None)]),
    # the state of a ministry
    ("PHV said so. Romania's State Port Agency (PHV) sold a stake. PHV is new.", [("State Port Agency", "ROU")]),
    (
        "MANILA, May 3 (Palm Wire) - The Department of Agriculture said rice was dear. The Philippines imports it.",
        [("Department of Agriculture", "PHL")],
    ),
    (
        "WASHINGTON, May 3 (Oak Wire) - The Department of Agriculture said corn was dear.",
        [("Department of Agriculture", "USA")],
    ),
    (
        "MOSCOW, May 3 (Birch Wire) - The Ministry of Finance of Japan sold yen. The Ministry of Finance agreed.",
        [("Ministry of Finance", "JPN")],
    ),
    ("Pune | June 3, 2021\n\nThe Ministry of Works said the bridge was safe.", [("Ministry of Works", "IND")]),
    # what is none
    ("The typhoon Ompah struck. Typhoon Ompah killed nine.", []),
    ("The Ministers responsible for Transport of Austria met.", []),
    ("Colonel Aliou Ag Mossa spoke.", []),
]


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> list[ArticleRecord]:
    articles = [Article(text=text, source=f"case-{number}") for number, (text, _) in enumerate(CASES)]
    return [record for record in extractor.run(articles) if isinstance(record, ArticleRecord)]


@pytest.mark.parametrize("number", range(len(CASES)), ids=[text[:40] for text, _ in CASES])
def test_organizations_of_a_text(records: list[ArticleRecord], number: int) -> None:
    found = [(body.name, body.country) for body in records[number].organizations]
    assert found == CASES[number][1]
