"""Pictures: what they say about who took them and where; the writing in them is not read. In the child."""

import io
import re
import warnings
from collections.abc import Iterator
from typing import BinaryIO

from PIL import ExifTags, Image

from ppid.web.reading.pages import BROKEN_PICTURE, FORMATS
from ppid.web.reading.pieces import BROKEN, Pieces, ReadText, Unread, What

_MOST = 60 * 1024 * 1024
_AUTHORS = (ExifTags.Base.Artist, ExifTags.Base.XPAuthor, ExifTags.Base.CameraOwnerName, ExifTags.Base.XPComment)
_XMP = re.compile(
    rb"<(?:dc:creator|photoshop:Credit|Iptc4xmpCore:CiEmailWork)\b[^>]*>(.*?)</(?:dc|photoshop|Iptc)", re.S
)
_XMP_PLACE = re.compile(rb"exif:GPSL(?:atitude|ongitude)")
_TAG = re.compile(rb"<[^>]*>")


def read(file: BinaryIO) -> ReadText:
    pieces = Pieces()
    file.seek(0)
    for what, said in said_by(file.read(_MOST), must_open=True):
        pieces.add(what, "Sifat gambar", said)
    pieces.add(What.UNSEEN, "Gambar", "Tulisan dan wajah di dalam gambar tidak terbaca portal.")
    return ReadText(pieces.found)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return how many pixels a picture has, across and down; None when it can't be opened."""
    try:
        return Image.open(io.BytesIO(data), formats=(*FORMATS, "BMP")).size
    except (*BROKEN_PICTURE, Image.DecompressionBombError):
        return None


def said_by(data: bytes, *, must_open: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what a picture says besides its pixels: who made it, and that it knows where."""
    warnings.simplefilter("ignore")  # of damaged EXIF
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
        exif = picture.getexif()
        authors = [_words(exif.get(tag)) for tag in _AUTHORS]
        authors += [_words(exif.get_ifd(ExifTags.IFD.Exif).get(tag)) for tag in _AUTHORS]
        text = getattr(picture, "text", {}) if picture.format == "PNG" else {}
        authors += [_words(value) for key, value in text.items() if str(key).casefold() in ("author", "artist")]
        has_place = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except BROKEN_PICTURE as error:
        if must_open:
            raise Unread(BROKEN) from error
        return
    authors += [_words(_TAG.sub(b" ", each)) for each in _XMP.findall(data[: 4 * 1024 * 1024])]
    for author in dict.fromkeys(each for each in authors if each):
        yield What.AUTHOR, author
    if has_place or _XMP_PLACE.search(data[: 4 * 1024 * 1024]):
        yield What.LOCATION, "Tempat pengambilan gambar (GPS)"


def _words(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-16-le" if value[1:2] == b"\0" else "utf-8", "replace")
    return " ".join(str(value or "").replace("\0", " ").split())[:500]
