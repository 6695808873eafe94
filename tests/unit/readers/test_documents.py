"""Pages, PDF, Word and mail: one article a file."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractor.errors import Issue
from extractor.models import Article
from formats import as_docx, as_eml, as_html, as_pdf
from reading import article, code, only, put, results

PARAGRAPHS = [
    "LIMA, May 5 (Sample News) — Ministers of the two states signed an accord on trade, which covers 200 goods.",
    "It is to raise trade between them by 12 percent, to 4.5 billion dollars a year, the ministry said on Monday.",
    "“We have waited for this day,” Trade Minister Ana Sol told reporters. Fishing and wood are left out of it.",
]
STORY = Article(
    text="\n".join(["Neighbours sign an accord on trade", *PARAGRAPHS]),
    title="Neighbours sign an accord on trade",
    published="2025-05-05",
    publisher="The Example Gazette",
    url="https://gazette.example/accord",
)


# Metadata


@pytest.mark.parametrize(("form", "make"), [("html", as_html), ("pdf", as_pdf), ("docx", as_docx), ("eml", as_eml)])
def test_metadata_beside_a_document_beats_its_own(tmp_path: Path, form: str, make: object) -> None:
    path = put(tmp_path / f"a.{form}", make(STORY))  # type: ignore[operator]
    put(tmp_path / "a.meta.json", '{"id": "7", "title": "Given", "published": "2024-01-02", "desk": "asia"}')
    found = article(path)
    assert (found.external_id, found.title, found.published) == ("7", "Given", "2024-01-02")
    assert found.metadata["desk"] == "asia"
    put(tmp_path / "a.meta.json", "{ broken")
    assert code(path) == "E106"


@pytest.mark.parametrize(("form", "make"), [("html", as_html), ("pdf", as_pdf), ("docx", as_docx), ("eml", as_eml)])
def test_a_wrong_suffix_does_no_harm(tmp_path: Path, form: str, make: object) -> None:
    data = make(STORY)  # type: ignore[operator]
    right = article(put(tmp_path / f"a.{form}", data))
    for name in ("a.txt", "a.csv", "a.pdf", "a.html", "a"):
        wrong = article(put(tmp_path / "other" / name, data))
        assert wrong == right.model_copy(update={"source": wrong.source})


@pytest.mark.parametrize(
    "suffix", [".html", ".pdf", ".docx", ".eml", ".zip", ".gz", ".zst", ".warc", ".parquet", ".tar"]
)
def test_plain_text_under_another_suffix(tmp_path: Path, suffix: str) -> None:
    assert article(put(tmp_path / f"a{suffix}", "Trade rose by 3 percent.")).text == "Trade rose by 3 percent."
    assert code(put(tmp_path / f"b{suffix}", b"")) == "E101"


# HTML


def test_a_page_without_what_stands_around_its_article(tmp_path: Path) -> None:
    found = article(put(tmp_path / "a.html", as_html(STORY)))
    assert found.text == STORY.text
    assert (found.title, found.published, found.publisher) == (STORY.title, "2025-05-05", "The Example Gazette")
    assert found.url == "https://gazette.example/accord"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8-sig"), ("iso-8859-1", "cp1252"), ("windows-1251", "utf-16"), ("none-such", "utf-8")],
)
def test_encodings_of_pages(tmp_path: Path, declared: str, encoding: str) -> None:
    page = as_html(STORY).decode().replace('charset="utf-8"', f'charset="{declared}"')
    assert PARAGRAPHS[2] in article(put(tmp_path / "a.html", page.encode(encoding))).text


def test_a_site_that_is_the_name_of_its_host_is_no_publisher(tmp_path: Path) -> None:
    page = as_html(STORY.model_copy(update={"publisher": "gazette.example"}))
    assert article(put(tmp_path / "a.html", page)).publisher is None


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<!DOCTYPE html><html><head><title>Index</title></head><body><ul><li><a href='/'>Home</a></li></ul></body></html>",
        "<html>" + "<div>" * 50,
    ],
)
def test_a_page_without_an_article(tmp_path: Path, page: str) -> None:
    assert code(put(tmp_path / "a.html", page)) == "E113"


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "p", "font"])
def test_a_deeply_nested_page(tmp_path: Path, tag: str) -> None:
    end = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = "<html><body>" + f"<{tag}>" * 50_000 + story + end * 50_000 + "</body></html>"
    assert isinstance(only(put(tmp_path / "a.html", page)), Article | Issue)


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{LAUGHS}]>'


def test_a_page_of_entities_that_unfold(tmp_path: Path) -> None:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    found = only(put(tmp_path / "a.html", f"{LAUGHS}<html><body><p>&l11;</p>{story}</body></html>"))
    assert isinstance(found, Issue) or len(found.text) < 10_000


# PDF


def test_a_newspaper_page(tmp_path: Path) -> None:
    long = STORY.model_copy(update={"text": "\n".join([str(STORY.title), *PARAGRAPHS * 40])})
    found = article(put(tmp_path / "a.pdf", as_pdf(long, columns=3)))
    first, *rest = found.text.split("\n\n")
    assert first == STORY.title
    joined = [paragraph.replace("-\n", "").replace("\n", " ") for paragraph in rest]
    assert joined == PARAGRAPHS * 40


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
def test_columns_that_end_where_they_end(tmp_path: Path, columns: int) -> None:
    for count in (1, 5, 11, 17):
        story = STORY.model_copy(update={"text": "\n".join([str(STORY.title), *PARAGRAPHS * count])})
        text = article(put(tmp_path / "a.pdf", as_pdf(story, columns))).text
        assert "".join(text.replace("-\n", "").split()) == "".join(story.text.split())


def pdf(*lines: tuple[float, float, str], size: float = 10, **given: object) -> bytes:
    """A page with lines at places."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800), **given)
    canvas.setFont("Times-Roman", size)
    for left, up, line in lines:
        canvas.drawString(left, up, line)
    canvas.save()
    return out.getvalue()


def test_paragraphs_by_indent_and_by_distance(tmp_path: Path) -> None:
    lines = ["First line of one", "goes on here", "  Second by indent", "goes on", "", "Third by distance", "goes on"]
    places = [(50.0 + 15 * line.startswith(" "), 700.0 - 12 * i, line.strip()) for i, line in enumerate(lines) if line]
    text = article(put(tmp_path / "a.pdf", pdf(*places))).text
    assert text.split("\n\n") == [
        "First line of one\ngoes on here",
        "Second by indent\ngoes on",
        "Third by distance\ngoes on",
    ]


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [("Revenue", "100", "120"), ("Costs", "80", "90"), ("Profit", "20", "30"), ("Tax", "5", "7")]
    places = [(50.0 + 120 * j, 700.0 - 12 * i, cell) for i, row in enumerate(rows) for j, cell in enumerate(row)]
    assert article(put(tmp_path / "a.pdf", pdf(*places))).text == "\n".join(" ".join(row) for row in rows)


def test_a_running_head_that_tells_the_day_stays_once(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800))
    for page in range(1, 4):
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(50, 770, f"The Example Gazette, 5 May 2025 {page}")
        for i in range(20):
            canvas.drawString(50, 650 - 12 * i, f"Line {i} of page {page} is a line of the story")
        canvas.drawString(290, 20, str(page))
        canvas.showPage()
    canvas.save()
    lines = article(put(tmp_path / "a.pdf", out.getvalue())).text.split("\n")
    assert lines[0] == "The Example Gazette, 5 May 2025 1"
    assert sum(line.startswith("The Example Gazette") for line in lines) == 1
    assert not {"1", "2", "3"} & set(lines)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_turned(tmp_path: Path, turn: int) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800))
    canvas.translate(300, 400)
    canvas.rotate(turn)
    canvas.drawString(-200, 12, "First line here")
    canvas.drawString(-200, 0, "and the second")
    canvas.setPageRotation(turn)
    canvas.save()
    assert article(put(tmp_path / "a.pdf", out.getvalue())).text == "First line here\nand the second"


def test_the_title_of_a_pdf_counts_when_it_is_on_the_page(tmp_path: Path) -> None:
    def titled(title: str) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out)
        canvas.setTitle(title)
        canvas.drawString(50, 700, "Neighbours sign an accord on trade")
        canvas.save()
        return out.getvalue()

    assert article(put(tmp_path / "a.pdf", titled("Neighbours Sign an Accord"))).title == "Neighbours Sign an Accord"
    assert article(put(tmp_path / "b.pdf", titled("Microsoft Word - draft 7.doc"))).title is None


def test_a_pdf_of_pictures(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(2):
        canvas.rect(50, 50, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    issue = only(put(tmp_path / "a.pdf", out.getvalue()))
    assert isinstance(issue, Issue)
    assert issue.code == "E113"
    assert "OCR" in issue.hint


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    locked = pdf((50, 700, "Trade rose."), encrypt=StandardEncryption("secret", ownerPassword="owner"))
    assert code(put(tmp_path / "a.pdf", locked)) == "E112"
    open_to_all = pdf((50, 700, "Trade rose."), encrypt=StandardEncryption("", ownerPassword="owner"))
    assert article(put(tmp_path / "b.pdf", open_to_all)).text == "Trade rose."


def test_a_pdf_that_is_cut_short_or_broken(tmp_path: Path) -> None:
    whole = pdf((50, 700, "Trade rose."))
    assert code(put(tmp_path / "a.pdf", whole[: len(whole) // 3])) in {"E111", "E113"}
    assert code(put(tmp_path / "b.pdf", b"%PDF-1.7\n" + b"x" * 2_000)) == "E111"


LOOP = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Count 1000000000/Kids[2 0 R 3 0 R]>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>> endobj
4 0 obj <</Length 5>> stream
/A Do
endstream endobj
5 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</A 5 0 R>>>>/Length 11>> stream
/A Do /A Do
endstream endobj
trailer <</Root 1 0 R>>
"""


def test_a_pdf_that_loops_costs_itself_alone(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf", LOOP)
    put(tmp_path / "b.pdf", pdf((50, 700, "Trade rose.")))
    issue, found = results(tmp_path, seconds=3)
    assert isinstance(issue, Issue)
    assert issue.code == "E203"
    assert isinstance(found, Article)


def test_a_pdf_with_more_text_than_an_article(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf", pdf(*((50.0, 700.0 - i, "Trade rose again.") for i in range(0, 600, 12))))
    assert code(path, max_chars=100) == "E105"


# Word


def test_a_word_document(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Neighbours sign an accord", 0)
    document.add_paragraph("Trade rose by 3 percent.").add_run(" It fell later.")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Year", "Trade", "2024", "4.5bn"), strict=True
    ):
        cell.text = text
    document.add_paragraph("")
    document.add_paragraph("The end.\tOr\nnot.", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "Confidential"
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert article(path).text.split("\n\n") == [
        "Neighbours sign an accord",
        "Trade rose by 3 percent. It fell later.",
        "Year\tTrade\n2024\t4.5bn",
        "The end.\tOr\nnot.",
    ]


def with_document(xml: str) -> bytes:
    """A Word document with another main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx(STORY))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = xml.encode() if info.filename == "word/document.xml" else old.read(info)
            new.writestr(info.filename, data)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_changes_that_are_tracked_are_accepted(tmp_path: Path) -> None:
    xml = (
        f"<w:document {W}><w:body><w:p><w:r><w:t>Trade </w:t></w:r><w:del><w:r><w:delText>fell</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>rose</w:t></w:r></w:ins><w:hyperlink><w:r><w:t> a lot</w:t></w:r></w:hyperlink></w:p></w:body></w:document>"
    )
    assert article(put(tmp_path / "a.docx", with_document(xml))).text == "Trade rose a lot"


def test_word_documents_that_attack(tmp_path: Path) -> None:
    laughs = LAUGHS.replace("DOCTYPE html", "DOCTYPE w:document")
    entity = f"{laughs}<w:document {W}><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>"
    outside = (
        f'<!DOCTYPE w:document [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p><w:r><w:t>Trade &f;'
        "</w:t></w:r></w:p></w:body></w:document>"
    )
    deep = f"<w:document {W}><w:body>" + "<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000
    for xml in (entity, outside, f"{deep}</w:body></w:document>"):
        found = only(put(tmp_path / "a.docx", with_document(xml)))
        assert isinstance(found, Issue) or ("root:" not in found.text and len(found.text) < 1_000)
    big = with_document(f"<w:document {W}><w:body>{' ' * 300_000_000}</w:body></w:document>")
    assert code(put(tmp_path / "b.docx", big)) == "E114"


def test_word_documents_that_cannot_be_read(tmp_path: Path) -> None:
    assert code(put(tmp_path / "a.docx", as_docx(STORY)[:-500])) == "E111"
    assert code(put(tmp_path / "b.docx", with_document("<broken"))) == "E111"
    assert code(put(tmp_path / "c.docx", with_document(f"<w:document {W}><w:body/></w:document>"))) == "E101"
    assert code(put(tmp_path / "d.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)) == "E103"


# Mail


def test_a_message(tmp_path: Path) -> None:
    found = article(put(tmp_path / "a.eml", as_eml(STORY)))
    assert found.text.rstrip("\n") == STORY.text
    assert (found.title, found.published, found.byline) == (STORY.title, "2025-05-05", "News Desk")
    assert (found.external_id, found.metadata["from"]) == ("1@news.example", "desk@news.example")


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "desk@news.example"
    made["Message-ID"] = "<1@news.example>"
    for name, value in headers.items():
        made[name] = value
    return made


def test_the_subject_stands_above_the_text_unless_it_is_there(tmp_path: Path) -> None:
    made = message(Subject="Fwd: RE: Café “talks” go on")
    made.set_content("Trade rose.")
    found = article(put(tmp_path / "a.eml", made.as_bytes()))
    assert (found.title, found.byline) == ("Café “talks” go on", "desk@news.example")
    assert found.text == "Café “talks” go on\n\nTrade rose.\n"


def test_the_page_of_a_message_counts_when_it_has_no_plain_text(tmp_path: Path) -> None:
    made = message(Subject="Accord signed")
    made.set_content(" \n")
    made.add_alternative(as_html(STORY).decode(), subtype="html")
    made.add_attachment(b"not this", maintype="text", subtype="plain", filename="a.txt")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    found = article(put(tmp_path / "a.eml", b"From desk@news.example Mon May  5 08:00:00 2025\r\n" + made.as_bytes()))
    assert PARAGRAPHS[1] in found.text
    assert "not this" not in found.text
    assert (found.title, found.publisher) == ("Accord signed", "The Example Gazette")


def test_headers_and_bodies_in_old_encodings(tmp_path: Path) -> None:
    head = "From: José Núñez <jn@news.example>\r\nMessage-ID: <x>\r\nSubject: Los niños y la educación en España\r\n"
    body = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nLa educación."
    found = article(put(tmp_path / "a.eml", (head + body).encode("latin-1")))
    assert (found.title, found.byline) == ("Los niños y la educación en España", "José Núñez")
    assert found.text.endswith("La educación.")
    encoded = b"From: =?utf-8?q?Jos=C3=A9?= <a@b.example>\nMessage-ID: <y>\nSubject: =?utf-8?b?Q2Fmw6k=?= talks\n\nTrade rose."
    found = article(put(tmp_path / "b.eml", encoded))
    assert (found.title, found.byline) == ("Café talks", "José")


@pytest.mark.parametrize(
    "head",
    [
        "Date: not a date",
        "Date: Mon, 99 Foo 20255 99:99:99 +9999",
        "Subject: =?utf-8?b?%%%?= =?none-such?q?x?=",
        "From: <<<>>>,,;",
        "Content-Type: text/plain; charset=none-such",
        "Content-Type: multipart/mixed; boundary=",
        "Content-Transfer-Encoding: base64",
    ],
)
def test_odd_headers(tmp_path: Path, head: str) -> None:
    *_, found = results(
        put(tmp_path / "a.eml", f"Message-ID: <1>\nFrom: a@b.example\n{head}\n\nTrade rose by 3 percent.\n")
    )
    if isinstance(found, Article):
        assert found.published is None
    else:
        assert found.code in {"E113", "E103", "E104"}


def test_a_message_of_attachments_alone(tmp_path: Path) -> None:
    made = message(Subject="See attached")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    assert code(put(tmp_path / "a.eml", made.as_bytes())) == "E113"


def test_a_memo_is_no_message(tmp_path: Path) -> None:
    memo = "From: the desk\nSubject: trade\n\nTrade rose."
    assert article(put(tmp_path / "a.txt", memo)).text == memo


def test_notes_about_a_document(tmp_path: Path) -> None:
    page = as_html(STORY).replace(b"200 goods", b"200\x00 goods")
    note, found = results(put(tmp_path / "a.html", page))
    assert isinstance(note, Issue)
    assert note.code == "N101"
    assert isinstance(found, Article)
