"""Small PDFs for tests: as much of one as the upload door looks at."""

import zlib


def pdf(
    *objects: bytes,
    packed: bytes = b"",
    trailer: bytes = b"",
    filters: bytes = b"/Filter /FlateDecode",
    broken: bool = False,
) -> bytes:
    """Return a PDF with these objects; ``packed`` are further ones, inside an object stream."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(objects, start=3))
    if packed:
        data = b"damaged" if broken else zlib.compress(packed)
        head = b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 %s /Length %d >>\n" % (filters, len(data))
        body += head + b"stream\r\n" + data + b"\nendstream\nendobj\n"
    return b"%%PDF-1.7\n%strailer\n<< /Root 3 0 R %s >>\nstartxref\n0\n%%%%EOF\n" % (body, trailer)


def pages(*texts: str | bytes, info: str = "", mark: str = "") -> bytes:
    """Return a whole PDF that a reader opens, a page for each text; bytes stand for a page's own operators.

    ``info`` is the inside of its information dictionary; ``mark`` makes the bytes differ.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for text in texts:
        content = text if isinstance(text, bytes) else _lines(text)
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    objects.append(b"<< %s >>" % info.encode("latin-1"))
    written, places = b"%%PDF-1.7\n%% %s\n" % mark.encode(), []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(objects),
        )
        + b"startxref\n%d\n%%%%EOF\n" % len(written)
    )


def _lines(text: str) -> bytes:
    shown = "".join(f"({line.translate(_ESCAPED)}) Tj T*\n" for line in text.splitlines())
    return f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET".encode("latin-1")


_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
