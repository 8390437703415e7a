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
