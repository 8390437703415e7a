"""The pages of last resort. They must work when nothing else does: no session, no database, no request context."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.views import defaults

from ppid.web import reference
from ppid.web.away import what_is_away
from ppid.web.too_long import was_broken_off
from ppid.web.uploads import MAX_FILES, UploadsTooBig

_PLAIN = """<!doctype html><html lang="id"><meta charset="utf-8"><title>Ada gangguan</title>
<h1>Maaf, ada gangguan di pihak kami</h1><p>Coba lagi beberapa saat lagi. Nomor rujukan: {}</p></html>"""

API = "/api/v1/"
NOT_IN_THE_API = f"Yang diminta tidak ada di portal ini. Alamat yang ada: {API}openapi.json."
_UNREADABLE = "Yang dikirim peramban tidak dapat dibaca, misalnya karena terpotong di jalan. Kirim sekali lagi."


def why_unreadable(exception=None) -> tuple[int, str]:
    """Return the status and the sentence for what could not even be read."""
    match exception:
        case TooManyFilesSent():
            return 413, f"Berkasnya terlalu banyak: sekali kirim paling banyak {MAX_FILES} berkas."
        case UploadsTooBig():
            return 413, (
                f"Kiriman ini terlalu besar. Setiap berkas paling besar {settings.MAX_UPLOAD_MB} MB, dan sekali kirim "
                f"paling banyak {MAX_FILES} berkas."
            )
        case RequestDataTooBig():
            most = f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1024 / 1024:.1f}".replace(".", ",")
            return 413, f"Teks yang dikirim terlalu panjang: semua isian bersama paling banyak {most} MB."
        case TooManyFieldsSent():
            most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
            return 413, f"Isian yang dikirim terlalu banyak: paling banyak {most} sekali kirim."
        case _:
            return 400, _UNREADABLE


def not_found(request, exception):
    """Answer for an address that isn't there: a page, and to machines what they read."""
    if not request.path_info.startswith(API):
        return defaults.page_not_found(request, exception)
    return JsonResponse({"error": NOT_IN_THE_API}, status=404, headers={"Access-Control-Allow-Origin": "*"})


def bad_request(request, exception=None):
    """Answer what could not even be read, with what to do about it."""
    status, sentence = why_unreadable(exception)
    return HttpResponse(render_to_string("400.html", {"sentence": sentence, "status": status}), status=status)


def server_error(request):
    """Answer an error of ours with the reference number that is in the log.

    What is away, and a database that broke off what took too long, are 503: to be tried again.
    """
    error = sys.exc_info()[1]
    away, too_long = what_is_away(error), was_broken_off(error)
    template = "503.html" if away else "503_too_long.html" if too_long else "500.html"
    try:
        sent = request.method not in ("GET", "HEAD")
        page = render_to_string(template, {"reference": reference.current(), "away": away, "sent": sent})
    except Exception:  # the template itself may be what is broken, and the visitor still needs the number
        page = _PLAIN.format(reference.current())
    if away or too_long:
        return HttpResponse(page, status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"})
    return HttpResponseServerError(page)
