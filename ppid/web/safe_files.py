"""Files that somebody uploaded: the name that one is kept under, and how it is answered, unable to do anything."""

import re
from pathlib import PurePath

from django.http import HttpResponseBase

from ppid.web.letters import without_forbidden

PDF = "application/pdf"
# What a browser shows by itself; anything else is downloaded.
SHOWN = {PDF, "image/png", "image/jpeg", "image/gif", "image/webp"}

# PDF goes without the sandbox, in which the viewers of Safari and of older Chromiums stay blank; they bring their
# styles along and embed the file in themselves.
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'self'"
_PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"

_STUMBLING = re.compile(r"[^\w.()\- ]+")
_LONGEST_NAME, _LONGEST_ENDING = 150, 10
# Names of devices: Windows opens no file that is called so, whatever its ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def safe_filename(name: str, *, ending: str = "", otherwise: str = "berkas") -> str:
    """Return the name with nothing in it that a header, an address or a file system could stumble over.

    At most 161 letters. ``ending`` takes the place of its own; ``otherwise`` stands where nothing is left of the name.
    """
    path = PurePath(name.replace("\\", "/"))
    stem, own = path.stem, path.suffix.lower()
    if not re.fullmatch(rf"\.[a-z0-9]{{1,{_LONGEST_ENDING}}}", own):
        stem, own = path.name, ""
    stem = _STUMBLING.sub("-", stem).strip(" .-")[:_LONGEST_NAME].rstrip(" .-") or otherwise
    if _DEVICE.fullmatch(stem):
        stem = f"{otherwise}-{stem}"[:_LONGEST_NAME]
    return f"{stem}{ending or own}"


def title_of(name: str, *, most: int) -> str:
    """Return what a file is called when nobody gives it a title: its name without the ending, ``most`` letters."""
    stem = PurePath(name.replace("\\", "/")).stem
    return " ".join(without_forbidden(stem).split())[:most].rstrip() or "berkas"


def make_harmless(response: HttpResponseBase, media_type: str, *, is_public: bool = False) -> HttpResponseBase:
    """Forbid the file to run or load anything, and the browser to take it for something else.

    Only what ``is_public`` may be shown in pages of others.
    """
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin" if is_public else "same-origin"
    response["Content-Security-Policy"] = _PDF_POLICY if media_type == PDF else _POLICY
    return response
