"""The page of last resort. It must work when nothing else does: no session, no database, no request context."""

from django.http import HttpResponseServerError
from django.template.loader import render_to_string

from ppid.web import reference

_PLAIN = """<!doctype html><html lang="id"><meta charset="utf-8"><title>Ada gangguan</title>
<h1>Maaf, ada gangguan di pihak kami</h1><p>Coba lagi beberapa saat lagi. Nomor rujukan: {}</p></html>"""


def server_error(request):
    """Answer an error of ours with the reference number that is in the log."""
    try:
        page = render_to_string("500.html", {"reference": reference.current()})
    except Exception:  # the template itself may be what is broken, and the visitor still needs the number
        page = _PLAIN.format(reference.current())
    return HttpResponseServerError(page)
