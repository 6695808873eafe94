"""Named initiatives and who proposed them."""

from extractor import Article, ArticleRecord, Extractor


def read(extractor: Extractor, text: str) -> ArticleRecord:
    [record] = extractor.run([Article(text=text, published="2024-03-15")])
    assert isinstance(record, ArticleRecord)
    return record


def test_name_acronym_and_proposer(extractor: Extractor) -> None:
    record = read(
        extractor, "Kenyan President William Ruto launched the Green Cities Initiative (GCI) on Monday. The GCI is new."
    )
    [found] = record.initiatives
    assert (found.name, found.acronym) == ("Green Cities Initiative", "GCI")
    assert found.proposer is not None
    assert found.proposer.name == "William Ruto"
    assert len(found.mentions) == 2


def test_a_list_gives_one_each(extractor: Extractor) -> None:
    text = "The minister praised the Clean River Initiative, Safe Road Initiative, and Open School Initiative."
    names = [item.name for item in read(extractor, text).initiatives]
    assert names == ["Clean River Initiative", "Safe Road Initiative", "Open School Initiative"]


def test_two_joined_by_and_are_two(extractor: Extractor) -> None:
    text = "Critics of the Clean River Initiative and the Safe Road Initiative met in Quito."
    names = [item.name for item in read(extractor, text).initiatives]
    assert names == ["Clean River Initiative", "Safe Road Initiative"]


def test_whoever_is_named_first_proposed_nothing(extractor: Extractor) -> None:
    text = "William Ruto spoke on Monday. The plan follows the Clean River Initiative and the Safe Road Initiative."
    assert all(item.proposer is None for item in read(extractor, text).initiatives)


def test_a_common_noun_is_none(extractor: Extractor) -> None:
    assert not read(extractor, "The initiative failed and the plan was dropped.").initiatives


def test_the_name_is_its_own_words(extractor: Extractor) -> None:
    text = "The minister praised the Clean River Plan's Open School Program and the Green Roads Act Working Group."
    assert [item.name for item in read(extractor, text).initiatives] == ["Clean River Plan", "Open School Program"]


def test_a_name_cut_short_is_the_same(extractor: Extractor) -> None:
    text = "Kenya launched the East African Clean Water Program. The Clean Water Program will run for years."
    [found] = read(extractor, text).initiatives
    assert (found.name, len(found.mentions)) == ("East African Clean Water Program", 2)


def test_an_agreement_is_none(extractor: Extractor) -> None:
    assert not read(extractor, "They hailed the Treaty on Comprehensive Strategic Partnership.").initiatives
