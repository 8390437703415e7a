"""PDFs: the text of each page, what was filled into forms, remarks, attachments, author and signature; in the child."""

import re
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from ppid.web.reading.pages import open_pdf
from ppid.web.reading.pieces import LOCKED, Pieces, ReadText, Unread, What

_MOST_PAGES = 5_000
_MOST_REMARKS = 2_000
_MOST_FIELDS = 5_000
_MOST_NAMES = 200  # attachments
_AUTHORS = ("/Author", "/Manager", "/Company", "/LastModifiedBy")
_XMP = re.compile(
    rb"<(?:dc:creator|pdf:Author|xmp:LastModifiedBy|photoshop:AuthorsPosition|Iptc4xmpCore:CiEmailWork)\b[^>]*>(.*?)</",
    re.S,
)
_TAG = re.compile(rb"<[^>]*>")
_MOST_XMP = 1024 * 1024
_REMARKS = {"/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Popup", "/Caret", "/Stamp"}
_SHORT = 400  # letters: a stamp or a header over a scan, no text of a page
_MOST_OF_IT = 0.5
_HIDDEN, _NO_VIEW = 2, 32  # flags of an annotation


def read(file: BinaryIO) -> ReadText:
    pieces = Pieces()
    with open_pdf(file) as document:
        pages = len(document)
        unseen, scanned = _texts(document, min(pages, _MOST_PAGES), pieces)
        pieces.is_cut |= pages > _MOST_PAGES
    if unseen:
        pieces.add(What.UNSEEN, "Halaman " + _in_words(unseen), "Hanya gambar atau hasil pindaian, tanpa teks.")
    if scanned:
        pieces.add(What.UNSEEN, "Halaman " + _in_words(scanned), "Hampir seluruhnya gambar atau hasil pindaian.")
    file.seek(0)
    is_signed = add_structure(file, pieces)
    return ReadText(pieces.found, pages, pieces.is_cut, is_signed)


def _texts(document, most: int, pieces: Pieces) -> tuple[list[int], list[int]]:
    """Add the text of each page; return the numbers of those that show something and have no text, or hardly any."""
    unseen, scanned = [], []
    for number, text, is_picture in page_by_page(document, most):
        if is_picture:
            (scanned if text.strip() else unseen).append(number)
        if not pieces.add(What.TEXT, f"Halaman {number}", text):
            break
    return unseen, scanned


def page_by_page(document, most: int) -> Iterator[tuple[int, str, bool]]:
    """Yield the number and the text of each page, and whether what it shows is all or nearly all a picture."""
    for number in range(1, most + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            yield number, "", True
            continue
        words = page.get_textpage()
        text = words.get_text_bounded()
        words.close()
        if text.strip():
            is_picture = len(text) < _SHORT and _is_covered(page)
        else:
            is_picture = any(True for _ in page.get_objects(filter=_SHOWN, max_depth=2))
        page.close()
        yield number, text, is_picture


def _is_covered(page) -> bool:
    """Whether a picture covers most of the page, as that of a scan does."""
    width, height = page.get_size()
    for picture in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        try:
            left, bottom, right, top = picture.get_bounds()
        except pypdfium2.PdfiumError:
            return True
        if (right - left) * (top - bottom) > _MOST_OF_IT * width * height:
            return True
    return False


_SHOWN = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM)


def add_structure(file: BinaryIO, pieces: Pieces) -> bool:
    """Add what isn't text of a page; return whether the file bears a signature."""
    try:
        with pikepdf.open(file, attempt_recovery=True) as document:
            _remarks(document, pieces)
            is_signed = _fields(document, pieces)
            _attachments(document, pieces)
            _author(document, pieces)
            return is_signed
    except pikepdf.PasswordError as error:
        raise Unread(LOCKED) from error
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError, NotImplementedError):
        pieces.add(What.UNSEEN, "Catatan dan data penulis", "Susunan PDF ini tidak lazim, jadi tidak terbaca semua.")
        return True  # nothing is changed in a file that isn't understood


def _remarks(document: pikepdf.Pdf, pieces: Pieces) -> None:
    left = _MOST_REMARKS
    for number, page in enumerate(document.pages, start=1):
        for remark in page.obj.get("/Annots", []):
            kind = str(remark.get("/Subtype", ""))
            if kind in _REMARKS:
                said = " ".join(str(remark[key]) for key in ("/Contents", "/T") if key in remark)
                what = What.HIDDEN_TEXT if int(remark.get("/F", 0)) & (_HIDDEN | _NO_VIEW) else What.COMMENT
                pieces.add(what, f"Halaman {number}", said or kind.removeprefix("/"))
            elif kind == "/FileAttachment":
                pieces.add(What.ATTACHED, f"Halaman {number}", "Lampiran di dalam PDF")
            left -= 1
            if left < 0:
                pieces.is_cut = True
                return


def _fields(document: pikepdf.Pdf, pieces: Pieces) -> bool:
    """Add what was filled into the form; return whether one of its fields is a signature that was given."""
    form = document.Root.get("/AcroForm")
    is_signed = False
    waiting = list(form.get("/Fields", [])) if form is not None else []
    left = _MOST_FIELDS
    while waiting and left:
        left -= 1
        field = waiting.pop()
        waiting += list(field.get("/Kids", []))[:_MOST_FIELDS]
        value = field.get("/V")
        if value is None:
            continue
        if field.get("/FT") == "/Sig" or isinstance(value, pikepdf.Dictionary):
            is_signed = True
        elif isinstance(value, pikepdf.String):
            pieces.add(What.TEXT, "Isian formulir", f"{field.get('/T', '')} {value}")
    permissions = document.Root.get("/Perms")
    return is_signed or permissions is not None and "/DocMDP" in permissions


def _attachments(document: pikepdf.Pdf, pieces: Pieces) -> None:
    for name in list(document.attachments)[:_MOST_NAMES]:
        pieces.add(What.ATTACHED, "Lampiran di dalam PDF", name)


def _author(document: pikepdf.Pdf, pieces: Pieces) -> None:
    said = [str(document.docinfo[key]) for key in _AUTHORS if key in document.docinfo]
    metadata = document.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        found = bytes(metadata.read_bytes())[:_MOST_XMP]
        said += [_TAG.sub(b" ", each).decode("utf-8", "replace") for each in _XMP.findall(found)]
    for each in dict.fromkeys(" ".join(words.split()) for words in said):
        pieces.add(What.AUTHOR, "Sifat berkas", each)


def _in_words(numbers: list[int]) -> str:
    """Return «2–4, 7» for 2, 3, 4, 7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    return ", ".join("–".join(str(each) for each in span) for span in spans)
