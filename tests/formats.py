"""Articles written in every format that is read: as files, pages, printed newspapers and archives."""

import csv
import gzip
import html
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import docx
import pyarrow as pa
import zstandard
from fastwarc.warc import WarcRecord, WarcRecordType
from pyarrow import parquet
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extractor import Article

#: Keys of a row or metadata file and the fields of an article they fill.
KEYS = {"id": "external_id", **{key: key for key in ("title", "published", "publisher", "byline", "url")}}


def metadata(article: Article) -> dict[str, str]:
    """What came with an article, as a metadata file or a row has it."""
    given = {key: getattr(article, field) for key, field in KEYS.items()}
    return {key: value for key, value in given.items() if value} | article.metadata


def row(article: Article) -> dict[str, str]:
    """An article as a row."""
    return {"text": article.text, **metadata(article)}


def blocks(article: Article) -> list[str]:
    """The paragraphs of an article."""
    return [" ".join(line.split()) for line in article.text.splitlines() if line.strip()]


# Tables


def as_jsonl(articles: Sequence[Article]) -> bytes:
    """One article a line."""
    return "".join(json.dumps(row(article), ensure_ascii=False) + "\n" for article in articles).encode()


def as_csv(articles: Sequence[Article]) -> bytes:
    """One article a row."""
    rows = [row(article) for article in articles]
    names = list(dict.fromkeys(name for item in rows for name in item))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_parquet(articles: Sequence[Article]) -> bytes:
    """One article a row."""
    rows = [row(article) for article in articles]
    names = list(dict.fromkeys(name for item in rows for name in item))
    out = io.BytesIO()
    parquet.write_table(pa.table({name: [item.get(name) for item in rows] for name in names}), out)
    return out.getvalue()


# Archives


def members(articles: Sequence[Article]) -> Iterator[tuple[str, bytes]]:
    """Articles as text files with their metadata beside them."""
    for i, article in enumerate(articles, 1):
        yield f"news/{i:04}.txt", article.text.encode()
        yield f"news/{i:04}.meta.json", json.dumps(metadata(article)).encode()


def as_zip(files: Iterator[tuple[str, bytes]]) -> bytes:
    """Files in a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def as_tar(files: Iterator[tuple[str, bytes]]) -> bytes:
    """Files in a compressed tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def as_zstd(data: bytes) -> bytes:
    """Bytes in a .zst."""
    return zstandard.ZstdCompressor().compress(data)


def as_warc(pages: Sequence[tuple[str, bytes]]) -> bytes:
    """Pages, by their addresses, as a crawler keeps them: each record compressed on its own."""
    out = io.BytesIO()
    for i, (address, page) in enumerate(pages, 1):
        record = WarcRecord()
        record.init_headers(
            record_type=WarcRecordType.response, record_urn=f"uuid:00000000-0000-4000-8000-{i:012}".encode()
        )
        record.headers["WARC-Target-URI"] = address
        record.headers["Content-Type"] = "application/http; msgtype=response"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n"
        record.set_bytes_content(head.encode() + page)
        member = io.BytesIO()
        record.write(member)
        out.write(gzip.compress(member.getvalue()))
    return out.getvalue()


# Documents


def as_html(article: Article) -> bytes:
    """A page of a news site: its navigation, adverts and teasers around the article."""
    said = {key: html.escape(value, quote=True) for key, value in metadata(article).items()}
    first, *rest = blocks(article)
    title = said.get("title", html.escape(first))
    site = said.get("publisher", "The Example Gazette")
    body = rest if html.escape(first) == title or "title" not in said else [first, *rest]
    meta = [f'<meta property="og:title" content="{title}">', f'<meta property="og:site_name" content="{site}">']
    if "published" in said:
        meta.append(f'<meta property="article:published_time" content="{said["published"]}T08:30:00Z">')
    if "url" in said:
        meta.append(f'<link rel="canonical" href="{said["url"]}">')
    paragraphs = "\n".join(f"<p>{html.escape(block)}</p>" for block in body)
    links = "".join(
        f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("World", "Business", "Politics", "Sport")
    )
    teasers = "".join(
        f'<div class="teaser"><a href="/{i}">Minister {i} to visit {i} countries</a><p>{i} million people watched.</p></div>'
        for i in range(31, 36)
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {site}</title>
{"".join(meta)}
<script>var shares = "4.5 million dollars";</script><style>p {{ margin: 12px }}</style></head>
<body><header><nav class="menu"><ul>{links}</ul></nav><div class="logo">{site}</div></header>
<main><article><h1>{title}</h1>
{paragraphs}
</article><aside class="related sidebar"><h3>Most read</h3>{teasers}</aside></main>
<footer class="footer"><p>Copyright 2026 {site}. All rights reserved. Terms of use. Privacy policy.</p></footer>
</body></html>""".encode()


def as_docx(article: Article) -> bytes:
    """A Word document."""
    document = docx.Document()
    for block in blocks(article):
        document.add_paragraph(block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_eml(article: Article) -> bytes:
    """A message."""
    message = EmailMessage()
    said = metadata(article)
    message["From"] = "News Desk <desk@news.example>"
    message["To"] = "readers@news.example"
    message["Message-ID"] = "<1@news.example>"
    message["Subject"] = said.get("title", blocks(article)[0])
    if "published" in said:
        day = datetime.fromisoformat(f"{said['published']}T08:30:00+05:30")
        message["Date"] = format_datetime(day)
    message.set_content(article.text)
    return message.as_bytes()


# Print


def printable(text: str) -> bool:
    """Whether the built-in fonts of PDF have all of the text's letters."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def as_pdf(article: Article, columns: int = 2, head: str = "The Example Gazette", font: str = "Times-Roman") -> bytes:
    """A newspaper's pages: a running head, the headline across justified columns, words broken at lines' ends."""
    width, height, margin, gutter, size, leading = 595.0, 842.0, 50.0, 18.0, 9.5, 11.5
    column = (width - 2 * margin - (columns - 1) * gutter) / columns
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=True)
    page = 0

    def turn() -> float:
        nonlocal page
        if page:
            canvas.showPage()
        page += 1
        canvas.setFont("Helvetica", 8)
        if page % 2:
            canvas.drawString(margin, height - 30, f"{head} {page}")
        else:
            canvas.drawRightString(width - margin, height - 30, f"{page} {head}")
        canvas.drawCentredString(width / 2, 28, f"Page {page}")
        return height - 60

    first, *rest = blocks(article)
    top = turn()
    for line, _ in _set(first, width - 2 * margin, "Times-Bold", 20):
        canvas.setFont("Times-Bold", 20)
        canvas.drawString(margin, top, " ".join(line))
        top -= 24
    at, top = 0, top - 8
    y = top
    for block in rest:
        for i, (words, full) in enumerate(_set(block, column, font, size, indent=10.0)):
            if y < 50:
                at += 1
                if at == columns:
                    at, top = 0, turn()
                y = top
            x, room = margin + at * (column + gutter), column
            if i == 0:
                x, room = x + 10, room - 10
            _draw(canvas, words, x, y, room if full else None, font, size)
            y -= leading
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, words: list[str], x: float, y: float, room: float | None, font: str, size: float) -> None:
    canvas.setFont(font, size)
    line = canvas.beginText(x, y)
    free = room - stringWidth(" ".join(words), font, size) if room is not None else 0.0
    line.setWordSpace(free / max(len(words) - 1, 1))
    line.textOut(" ".join(words))
    canvas.drawText(line)


_BREAK = re.compile(r"[a-z]{2,}?[aeiou][bcdfgklmnprstv](?=[bcdfgklmnprst][aeiou][a-z]+)")


def _set(text: str, room: float, font: str, size: float, indent: float = 0.0) -> Iterator[tuple[list[str], bool]]:
    """The words of each line, and whether it is filled; long words are broken where two consonants meet."""
    words = text.split()
    line: list[str] = []
    left = room - indent
    while words:
        word = words.pop(0)
        if stringWidth(" ".join([*line, word]), font, size) <= left:
            line.append(word)
            continue
        part = _BREAK.match(word)
        if part and stringWidth(" ".join([*line, part[0] + "-"]), font, size) <= left:
            line.append(part[0] + "-")
            word = word[part.end() :]
        elif not line:
            line, word = [word], ""
        yield line, True
        line, left = [], room
        if word:
            words.insert(0, word)
    if line:
        yield line, False


DOCUMENTS: dict[str, Callable[[Article], bytes]] = {
    "html": as_html,
    "pdf": as_pdf,
    "docx": as_docx,
    "eml": as_eml,
}


def write_documents(articles: Sequence[Article], folder: Path, form: str) -> None:
    """Each article as a document of its own, with the metadata beside those that cannot hold it."""
    folder.mkdir(parents=True, exist_ok=True)
    for i, article in enumerate(articles, 1):
        (folder / f"{i:04}.{form}").write_bytes(DOCUMENTS[form](article))
        if form != "html":
            (folder / f"{i:04}.meta.json").write_text(json.dumps(metadata(article)), encoding="utf-8")
