"""The tables are sound: codes exist, roles are roles, forms do not clash."""

import pycountry

from extractor.models.codes import party_codes
from extractor.nlp.entities.gazetteer import gazetteer
from extractor.nlp.entities.names import family, family_first, same_person
from extractor.nlp.entities.phrases import pieces
from extractor.nlp.gazetteers import rows


def test_every_country_in_force_has_a_row() -> None:
    codes = [row["alpha3"] for row in rows("countries")]
    assert len(codes) == len(set(codes))
    assert set(codes) <= party_codes()
    assert {country.alpha_3 for country in pycountry.countries} | {"XKX", "EU"} <= set(codes)


def test_titles_stand_once() -> None:
    titles = [row["title"] for row in rows("titles")]
    assert sorted(titles) == sorted(set(titles))
    assert all(title == title.lower() for title in titles)


def test_codes_of_bodies_and_regions_exist() -> None:
    for table in ("bodies", "regions"):
        assert {row["country"] for row in rows(table)} - {""} <= party_codes()


def test_a_form_of_a_state_is_found_longest_first() -> None:
    words = pieces("the Democratic Republic of the Congo said")
    end, word = gazetteer().states.at(words, 1) or (0, None)
    assert end == 6
    assert word is not None
    assert word.codes == ("COD",)


def test_names() -> None:
    assert family("Xi Jinping") == "xi"
    assert family("Joseph R. Biden, Jr.") == "biden"
    assert family_first("Lee Hsien Loong")
    assert same_person("Joe Biden", "Joseph R. Biden, Jr.") is not None
    assert same_person("Donald Trump", "Donald J. Trump") is not None
    assert same_person("George H. W. Bush", "George W. Bush") is None
    assert same_person("Kim Jong-un", "Kim Yo-jong") is None
    assert same_person("Bill Clinton", "Hillary Clinton") is None
    assert same_person("Volodymyr Zelensky", "Volodymyr Zelenskyy") == "name.alias.spelling"
