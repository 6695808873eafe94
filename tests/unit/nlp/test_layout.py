"""The head of a page: title, byline, publisher, dateline and date, and what of them the view keeps."""

import csv
import re
from importlib.resources import files

import pytest

from extractor.models import Article
from extractor.nlp.layout import Layout, read_layout


def layout(text: str, **given: str) -> Layout:
    return read_layout(Article(text=text, **given))  # type: ignore[arg-type]


def blocks(found: Layout) -> list[str]:
    return found.view.text.split("\n\n")


def published(found: Layout) -> str | None:
    return found.published.value if found.published else None


STORY = "Ministers of the two states signed an accord on trade. It covers 200 goods."


# Datelines

DATELINES = [
    # opening, place, date, publisher
    ("BEIJING, Sept. 2, 2025 (Xinhua) -- ", "BEIJING", "2025-09-02", "Xinhua"),
    ("LONDON, 3 May 2011 (AFP) - ", "LONDON", "2011-05-03", "AFP"),
    ("KUALA LUMPUR, May 4, 2011 (Bernama) -- ", "KUALA LUMPUR", "2011-05-04", "Bernama"),
    ("New Delhi, Feb 8, 2023 (PTI) ", "New Delhi", "2023-02-08", "PTI"),
    ("New Delhi [India], September 2, 2025 (ANI): ", "New Delhi [India]", "2025-09-02", "ANI"),
    ("MOSCOW, May 3, 2011. /TASS/. ", "MOSCOW", "2011-05-03", "TASS"),
    ("MOSCOW. Sept 2, 2025 (Interfax) - ", "MOSCOW", "2025-09-02", "Interfax"),
    ("TOKYO, Sept. 2, 2025, Kyodo - ", "TOKYO", "2025-09-02", "Kyodo"),
    ("Riyadh, September 2, 2025, SPA -- ", "Riyadh", "2025-09-02", "SPA"),
    ("ABU DHABI, 2nd September, 2025 (WAM) -- ", "ABU DHABI", "2025-09-02", "WAM"),
    ("NEW YORK, May 3, 2011 /PRNewswire/ -- ", "NEW YORK", "2011-05-03", "PRNewswire"),
    (
        "BENGALURU, Karnataka, Sept. 02, 2025 (GLOBE NEWSWIRE) -- ",
        "BENGALURU, Karnataka",
        "2025-09-02",
        "GLOBE NEWSWIRE",
    ),
    ("SAN FRANCISCO--(BUSINESS WIRE)--", "SAN FRANCISCO", None, "BUSINESS WIRE"),
    ("BEIJING/MOSCOW, Sept 2, 2025 (Reuters) - ", "BEIJING/MOSCOW", "2025-09-02", "Reuters"),
    ("SANAA, Sept 2, 2025 (Saba) - ", "SANAA", "2025-09-02", "Saba"),
    ("ST. PETERSBURG, Russia, June 5, 2024 — ", "ST. PETERSBURG, Russia", "2024-06-05", None),
    ("GENEVA (2 September 2025) – ", "GENEVA (2 September 2025)", "2025-09-02", None),
    ("Brussels, Tuesday, 2 September 2025 - ", "Brussels", "2025-09-02", None),
    ("2 September 2025, Beijing — ", "Beijing", "2025-09-02", None),
    ("WASHINGTON (AP) — ", "WASHINGTON", None, "AP"),
    ("Jakarta (ANTARA) - ", "Jakarta", None, "ANTARA"),
    ("Jakarta, Indonesia (CNN) — ", "Jakarta, Indonesia", None, "CNN"),
    ("WASHINGTON, D.C. – ", "WASHINGTON, D.C.", None, None),
    ("WASHINGTON—", "WASHINGTON", None, None),
    ("NEW DELHI: ", "NEW DELHI", None, None),
    ("Mumbai: ", "Mumbai", None, None),
    ("SINGAPORE – ", "SINGAPORE", None, None),
    ("VADUZ — ", "VADUZ", None, None),
]


@pytest.mark.parametrize(("opening", "place", "date", "publisher"), DATELINES)
def test_datelines(opening: str, place: str, date: str | None, publisher: str | None) -> None:
    found = layout(f"Two states sign trade accord\n\n{opening}{STORY}")
    assert found.dateline is not None
    assert found.dateline.place == place.split(" (")[0]
    assert (found.dateline.date.value if found.dateline.date else None) == date
    assert published(found) == date
    assert found.publisher == publisher
    assert blocks(found)[-1] == STORY
    assert found.dateline_span is not None
    assert found.view.text[slice(*found.dateline_span)].startswith(place.split(" (")[0].split(",")[0]) or date


def test_an_agency_alone_is_the_publisher() -> None:
    found = layout(f"(Reuters) - {STORY}")
    assert (found.publisher, found.dateline, found.view.text) == ("Reuters", None, STORY)


@pytest.mark.parametrize(
    "line",
    ["Novgorod, Example Region, 2022-04-19", "The Castle, Prague, 19 April 2022", "Brussels, 19 April 2022"],
)
def test_a_dateline_on_its_own_line(line: str) -> None:
    found = layout(f"Talks with the premier\n\n{line}\n\n{STORY}")
    assert found.dateline is not None
    assert found.dateline.place == line.rsplit(", ", 1)[0]
    assert published(found) == "2022-04-19"
    assert blocks(found) == ["Talks with the premier", line, STORY]


@pytest.mark.parametrize(
    "text",
    [
        "Success — it is said — has many fathers. " + STORY,
        "BACKGROUND: The two states have traded for long. " + STORY,
        "CUTTING COSTS FOR FAMILIES: Today, the minister signed an order. " + STORY,
        "President Example: We must work together. " + STORY,
        "Paris — a city of light — was dark on Monday. " + STORY,
        "May 3 was the day of the talks. " + STORY,
        "India: Parliament passes trade bill\n\n" + STORY,
        "London bombings: What we know\n\n" + STORY,
        "UPDATE — Ministers sign accord on trade. " + STORY,
        "Example (EXC) - shares rose on Monday. " + STORY,
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert layout(text).dateline is None


# The year of a dateline

REPRINT = (
    "The Example International\n  Saturday, April 25th 2026\n\nTwo states sign accord\n"
    " Beijing, {date} — Ministers of the two states on {day} signed an accord\non trade, at the Trade Summit 2025 in Beijing.\n"
)


@pytest.mark.parametrize(
    ("opening", "shown"),
    [
        ("GOTHENBURG, Sweden, July 18, 2024 (Sample\nBusiness News) - ", "GOTHENBURG, Sweden, July 18, 2024"),
        ("GOTHENBURG, Sweden, July\n18, 2024 (Reuters) - ", "GOTHENBURG, Sweden, July 18, 2024"),
        ("GOTHENBURG, Sweden, July 18, 2024 (Reuters) -\n", "GOTHENBURG, Sweden, July 18, 2024"),
    ],
)
def test_a_dateline_that_runs_over_a_line_end(opening: str, shown: str) -> None:
    found = layout(
        f"Carmaker lifts margin\n\n{opening}The carmaker earned 8 billion crowns in the second\nquarter of the year."
    )
    assert published(found) == "2024-07-18"
    assert blocks(found)[1:] == [shown, "The carmaker earned 8 billion crowns in the second quarter of the year."]


def test_blank_lines_part_the_paragraphs_of_a_printed_page() -> None:
    paragraphs = [
        "HARBOUR TOWNS MEET: As President\nJohn P. Doe and the mayors of nine harbour towns\nended their talks on the coast, a plan for piers was\nsigned.",
        "The plan would cost five million and take\nthree years, of which the first is for the design of the\npiers and the roads that lead to them.",
        "Mayors said that they were content. They will\nmeet again in the spring, when the roads are to be\nopened by the state.",
        "Fishermen had asked for more. Their union\ncalled the plan a first step and will ask the council\nof the region for another.",
    ]
    found = layout("Harbour towns agree on piers\n\n" + "\n\n".join(paragraphs))
    assert blocks(found)[1:] == [paragraph.replace("\n", " ") for paragraph in paragraphs]


def test_a_reprint_takes_the_year_in_which_the_weekday_fits() -> None:
    found = layout(REPRINT.format(date="September 2", day="Tuesday"))
    date = found.published
    assert date is not None
    assert (date.value, date.how, date.anchor, date.text) == ("2025-09-02", "resolved", "2026-04-25", "September 2")
    assert found.publisher == "The Example International"
    assert found.title == "Two states sign accord"
    shown = [(item.text, item.rule, item.how) for item in found.evidence if item.field == "published"]
    assert shown == [
        ("September 2", "layout.dateline.date", "normalized"),
        ("Tuesday", "layout.dateline.weekday_year", "inferred"),
        ("Saturday, April 25th 2026", "layout.header.date", "inferred"),
    ]


@pytest.mark.parametrize(
    ("date", "day", "value"),
    [
        ("April 24", "Friday", "2026-04-24"),
        ("April 24", "Thursday", "2026-04-24"),
        ("April 25", "Monday", "2026-04-25"),
        ("September 3", "Tuesday", "2025-09-03"),
        ("Nov. 5", "Wednesday", "2025-11-05"),
    ],
)
def test_fresh_and_older_datelines_under_a_header(date: str, day: str, value: str) -> None:
    assert published(layout(REPRINT.format(date=date, day=day))) == value


@pytest.mark.parametrize(
    ("given", "value"),
    [("2024-01-02", "2023-12-31"), ("2023-12-31", "2023-12-31"), ("2023-12-30", "2023-12-31"), ("2024", "2024-12-31")],
)
def test_the_year_nearest_to_the_date_given(given: str, value: str) -> None:
    found = layout(f"PARIS, Dec. 31 (AFP) - {STORY}", published=given)
    assert found.dateline is not None
    assert found.dateline.date is not None
    assert found.dateline.date.value == value
    assert published(found) == given


def test_a_year_named_in_the_text_when_the_weekday_bears_it_out() -> None:
    lead = "PARIS, Sept. 2 (AFP) - Ministers signed an accord on {}. Trade rose in 2024 and may double by 2030."
    assert published(layout(lead.format("Tuesday"))) == "2025-09-02"
    assert published(layout(lead.format("Monday"))) == "2024-09-02"
    assert published(layout(lead.format("Friday"))) is None


def test_an_unknown_year_stays_unknown() -> None:
    found = layout(f"PARIS, Sept. 2 (AFP) - {STORY} Trade rose in 2024.")
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.date, found.published) == ("PARIS", None, None)


# Dates of the page


@pytest.mark.parametrize(
    "line",
    [
        "May 3, 2011", "Tuesday, May 3, 2011", "3 May 2011", "2011-05-03", "03/05/2011", "Published: 3 May 2011, 10:14 IST", "Tue 3 May 2011 10.14 BST",
        "Updated: May 4, 2011 | Published: May 3, 2011 10:14 am", "By Jane Doe | May 3, 2011", "Posted On: 03 MAY 2011 10:14AM by PIB Delhi",
        "May 03, 2011 05:12 am | Updated 09:10 am IST - NEW DELHI", "First Published: 2011-05-03T10:14:00Z", "May 3rd 2011 | 5 min read",
    ],
)  # fmt: skip
def test_date_lines(line: str) -> None:
    found = layout(f"Two states sign accord\n\n{line}\n\n{STORY}")
    if line == "03/05/2011":  # the third of May or the fifth of March
        assert found.published is None
    else:
        assert published(found) == "2011-05-03"
    assert found.title == "Two states sign accord"
    assert blocks(found)[-1] == STORY
    assert "IST" not in found.view.text


def test_metadata_beats_the_dateline_which_beats_the_header() -> None:
    text = f"Two states sign accord\n\nMay 4, 2011\n\nPARIS, May 3, 2011 (AFP) - {STORY}"
    assert published(layout(text)) == "2011-05-03"
    found = layout(text, published="2011-05-05")
    assert published(found) == "2011-05-05"
    assert [item.how for item in found.evidence if item.field == "published"] == ["metadata"]


def test_a_date_below_the_title_stays_in_the_view_and_a_page_header_does_not() -> None:
    assert blocks(layout(f"Two states sign accord\n\nMay 3, 2011\n\n{STORY}"))[1] == "May 3, 2011"
    assert "2011" not in layout(f"The Example Times\nMay 3, 2011\n\nTwo states sign accord\n\n{STORY}").view.text


# Titles and mastheads


@pytest.mark.parametrize(
    "head",
    [
        "Two states sign accord",
        "TWO STATES SIGN ACCORD",
        "Will two states sign an accord?",
        "Example Corp to buy Sample Inc.",
        "“A good deal”: two states sign accord",
        "By 2030, two states will trade freely",
        "Analysis: Why the accord matters",
    ],
)
def test_titles(head: str) -> None:
    found = layout(f"{head}\n\n{STORY}")
    assert found.title == head
    assert found.title_span is not None
    assert found.view.text[slice(*found.title_span)] == head
    assert blocks(found) == [head, STORY]


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Two states sign accord",
        "Ministers met.\nThey signed an accord.",
        "Ladies and gentlemen,\n\n" + STORY,
        "- a point\n- another point\n\n" + STORY,
        "The accord covers:\n\n" + STORY,
        "President Example: We agree.\n\nPresident Sample: Yes.",
    ],
)
def test_texts_without_a_title(text: str) -> None:
    assert layout(text).title is None


def test_a_title_given_is_the_first_line() -> None:
    found = layout(f"Two states sign accord - The Example Times\n\n{STORY}", title="Two States Sign Accord")
    assert found.title == "Two States Sign Accord"
    assert found.title_span == (0, len("Two states sign accord - The Example Times"))
    assert [item.how for item in found.evidence if item.field == "title"] == ["metadata", "verbatim"]


def test_a_title_given_that_is_not_in_the_text() -> None:
    found = layout(f"Some other line\n\n{STORY}", title="Two states sign accord")
    assert (found.title, found.title_span) == ("Two states sign accord", None)


@pytest.mark.parametrize(
    "head",
    [
        "The Example Times",
        "THE DAILY EXAMPLE\nDhaka, Saturday, May 3, 2011",
        "Example International\nTuesday, May 3, 2011",
        "example.com",
        "U.S. Department of Examples\nOffice of the Spokesperson\nFor Immediate Release",
        "The Example Post\n\nJakarta   ●   Tue, May 3, 2011\n",
    ],
)
def test_mastheads(head: str) -> None:
    found = layout(f"{head}\n\nTwo states sign accord\n\n{STORY}")
    assert found.publisher == head.split("\n")[0]
    assert found.title == "Two states sign accord"
    assert blocks(found) == ["Two states sign accord", STORY]


def test_a_title_that_names_the_press_is_no_masthead() -> None:
    found = layout(f"Minister Meets Press\nMay 3, 2011\n\n{STORY}")
    assert (found.title, found.publisher) == ("Minister Meets Press", None)


# Bylines and sources


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By JANE DOE and JOHN ROE", "JANE DOE and JOHN ROE"),
        ("By Jane Doe and John Roe in Delhi", "Jane Doe and John Roe"),
        ("By Jane Doe, Political Editor", "Jane Doe"),
        ("Jane Doe, Staff Writer", "Jane Doe"),
        ("By Our Correspondent", "Our Correspondent"),
        ("by Xinhua writers Li Wei, Wang Bo", "Xinhua writers Li Wei, Wang Bo"),
        ("Written by Jane Doe | New Delhi | Updated: May 3, 2011", "Jane Doe"),
        ("Jane Doe in Vienna and John Roe\nWed 5 Oct 2022 16.14 BST", "Jane Doe in Vienna and John Roe"),
        ("Jane Doe\nBusiness reporter", "Jane Doe"),
        ("Example News Service", "Example News Service"),
    ],
)
def test_bylines(line: str, byline: str) -> None:
    found = layout(f"Two states sign accord\n\n{line}\n\n{STORY}")
    assert found.byline == byline
    assert "Doe" not in found.view.text
    assert blocks(found)[-1] == STORY


@pytest.mark.parametrize(
    "line", ["By land and sea", "By the numbers", "By Friday the talks were over", "Joint Statement of Ministers"]
)
def test_what_is_no_byline(line: str) -> None:
    found = layout(f"Two states sign accord\n\n{line}\n\n{STORY}")
    assert found.byline is None
    assert line in found.view.text


@pytest.mark.parametrize("line", ["Source: Xinhua", "Reuters | May 3, 2011", "(PTI)"])
def test_source_lines(line: str) -> None:
    assert layout(f"Two states sign accord\n\n{line}\n\n{STORY}").publisher in ("Xinhua", "Reuters", "PTI")


def test_credits_below_the_report() -> None:
    found = layout(f"Two states sign accord\n\n{STORY}\n\n(Reporting by Jane Doe in London; Editing by John Roe)")
    assert found.byline == "Jane Doe"
    assert blocks(found) == ["Two states sign accord", STORY]


# Furniture


def test_each_pattern_of_furniture_keeps_to_its_examples() -> None:
    with (files("extractor") / "data" / "furniture.csv").open(encoding="utf-8") as handle:  # type: ignore[call-arg]
        for row in csv.DictReader(handle):
            pattern = re.compile(row["pattern"], re.IGNORECASE)
            assert pattern.fullmatch(row["example"]), row
            assert not pattern.fullmatch(row["counterexample"]), row


def test_a_page_out_of_a_browser() -> None:
    found = layout(
        "Home > World > Asia\nThe Example Times\nWORLD NEWS\nMinisters agree on tariff cuts\n"
        "By Jane Doe | Published: 3 May 2011, 10:14 IST\nShare this article\nFacebook Twitter WhatsApp\nAdvertisement\n"
        f"JAKARTA: {STORY}\nRead more: Rupee falls\nMore goods will follow.\nhttps://www.example.org/a\nCopyright 2011 The Example Times\nPage 1 of 2\n- 3 -"
    )
    assert found.title == "Ministers agree on tariff cuts"
    assert (found.publisher, found.byline, published(found)) == ("The Example Times", "Jane Doe", "2011-05-03")
    assert blocks(found) == [
        "Ministers agree on tariff cuts",
        "3 May 2011",
        "JAKARTA",
        STORY,
        "More goods will follow.",
    ]


def test_furniture_in_mid_sentence_does_not_part_it() -> None:
    text = "The accord covers trade, transport, the rule of law,\n\nPage 2 of 3\n\nand tourism. It runs for ten years."
    assert (
        layout(text).view.text
        == "The accord covers trade, transport, the rule of law, and tourism. It runs for ten years."
    )
