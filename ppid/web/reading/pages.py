"""Pages of PDFs and pictures, counted and drawn; runs in the child."""

import io
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from ppid.web.reading.pieces import BROKEN, HEAVY, NO_PAGES, Unread

MOST_WIDTH, LEAST_WIDTH = 2400, 50  # pixels
_MOST_PIXELS = 12_000_000  # of a drawn page
_PASSWORD = 4  # FPDF_ERR_PASSWORD
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF")
# What Pillow raises for bytes that are none of its pictures, besides its own errors.
BROKEN_PICTURE = (OSError, ValueError, SyntaxError, TypeError, IndexError, EOFError, ZeroDivisionError)
Image.MAX_IMAGE_PIXELS = 60_000_000  # twice as many are refused


def is_pdf(file: BinaryIO) -> bool:
    file.seek(0)
    found = b"%PDF-" in file.read(1024)
    file.seek(0)
    return found


def count(file: BinaryIO) -> int:
    """Return how many pages there are."""
    if not is_pdf(file):
        return _opened_picture(file)[1]
    with open_pdf(file) as document:
        return len(document)


def draw(file: BinaryIO, number: int, width: int) -> bytes:
    """Return the page as PNG, no wider than asked for and no larger than bounded."""
    return _packed(_drawn(file, number, width), "PNG", optimize=False)


def picture(file: BinaryIO, number: int, width: int) -> tuple[tuple[int, int], bytes]:
    """Return the size of the page's picture, and the picture as WebP: small enough for a telephone."""
    drawn = _drawn(file, number, width)
    return drawn.size, _packed(drawn, "WEBP", quality=80, method=4)


def _packed(drawn: Image.Image, kind: str, **how: bool | int) -> bytes:
    written = io.BytesIO()
    drawn.save(written, kind, **how)
    return written.getvalue()


def _drawn(file: BinaryIO, number: int, width: int) -> Image.Image:
    width = max(LEAST_WIDTH, min(width, MOST_WIDTH))
    return _drawn_pdf(file, number, width) if is_pdf(file) else _drawn_picture(file, number, width)


def open_pdf(file: BinaryIO):
    """Open a PDF; the caller closes it. Raises Unread."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
        if not len(document):
            raise Unread(BROKEN)
    except pypdfium2.PdfiumError as error:
        from ppid.web.reading.pieces import LOCKED

        raise Unread(LOCKED if getattr(error, "err_code", 0) == _PASSWORD else BROKEN) from error
    return document


def _drawn_pdf(file: BinaryIO, number: int, width: int) -> Image.Image:
    import pypdfium2

    with open_pdf(file) as document:
        _refuse_unless_there(number, len(document))
        try:
            document.init_forms()  # or what was filled into fields stays unseen
            page = document[number - 1]
            across, down = page.get_size()
            if across <= 0 or down <= 0:
                raise Unread(BROKEN)
            scale = min(width / across, (_MOST_PIXELS / (across * down)) ** 0.5)
            if across * scale < 1 or down * scale < 1:
                raise Unread(BROKEN)
            return page.render(scale=scale).to_pil().convert("RGB")
        except pypdfium2.PdfiumError as error:
            raise Unread(BROKEN) from error


def _drawn_picture(file: BinaryIO, number: int, width: int) -> Image.Image:
    picture, frames = _opened_picture(file)
    _refuse_unless_there(number, frames)
    try:
        picture.seek(number - 1)
        picture.draft("RGB", (width, width * 4))
        picture = ImageOps.exif_transpose(picture)
        on_white = Image.new("RGB", picture.size, "white")
        shown = picture.convert("RGBA")
        on_white.paste(shown, mask=shown.getchannel("A"))
    except BROKEN_PICTURE as error:
        raise Unread(BROKEN) from error
    across, down = on_white.size
    scale = min(1, width / across, (_MOST_PIXELS / (across * down)) ** 0.5)
    return on_white.resize((max(1, round(across * scale)), max(1, round(down * scale))))


def _opened_picture(file: BinaryIO) -> tuple[Image.Image, int]:
    """Return the picture, its pixels not read yet, and how many pages it has: scans as TIFF have several."""
    try:
        picture = Image.open(file, formats=FORMATS)
        frames = picture.n_frames if picture.format == "TIFF" else 1
    except UnidentifiedImageError as error:
        raise Unread(NO_PAGES) from error
    except Image.DecompressionBombError as error:
        raise Unread(HEAVY) from error
    except BROKEN_PICTURE as error:
        raise Unread(BROKEN) from error
    return picture, frames


def _refuse_unless_there(number: int, pages: int) -> None:
    if not 1 <= number <= pages:
        raise Unread(f"Tidak ada halaman {number}: berkas ini {pages} halaman.")
