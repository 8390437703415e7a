"""The QR code that papers print, so that whoever holds one finds what it is."""

import segno


def qr_code(url: str) -> str:
    """Return the address as a QR code, a data URI of an SVG."""
    return segno.make(url, error="m", micro=False).svg_data_uri(border=2, scale=4, omit_charset=True)
