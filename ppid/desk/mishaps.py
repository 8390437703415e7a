"""What the desk answers when it can't do what was asked: a page of its own, that gives back what was typed.

The portal's pages answer as ``ppid.web.errors`` says; they have no session.
"""

import logging
import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views import defaults
from django.views.generic import TemplateView
from psycopg.errors import DiskFull

from ppid.desk.account.views import interrupted
from ppid.desk.no_store import DESK
from ppid.desk.pages import DeskPage
from ppid.desk.typed.offering import offer
from ppid.web import errors, reference
from ppid.web.away import what_is_away
from ppid.web.too_long import was_broken_off
from ppid.web.uploads import cannot_write, is_disk_full

logger = logging.getLogger(__name__)

_NOT_SHOWN = "Halaman ini tidak dapat ditampilkan. Coba lagi beberapa saat lagi."
# The answer is what failed: whether the act stood by then, nobody can say for certain.
_LOST = (
    "Yang terakhir Anda kirim mungkin belum tersimpan. Coba lagi beberapa saat lagi: buka dahulu halamannya, dan kirim "
    "sekali lagi hanya bila belum tercatat di sana."
)


class Mishap(DeskPage, TemplateView):
    """A page of the desk, with its menu."""

    template_name = "desk/mishap.html"


def _answer(request, status: int, title: str, *sentences: str, reopen: bool = True) -> HttpResponse:
    """Answer with a page of the desk for whoever is signed in, and a bare one for others."""
    words = {"status": status, "heading": title, "sentences": sentences, "offer": offer(request, reopen=reopen)}
    if not request.user.is_authenticated:
        return HttpResponse(render_to_string("desk/mishap_bare.html", words, request), status=status)
    page = Mishap()
    page.setup(request)
    return page.render_to_response(page.get_context_data(**words), status=status).render()


def is_desk(request) -> bool:
    return request.path.startswith(DESK)


def not_found(request, exception):
    if not is_desk(request):
        return errors.not_found(request, exception)
    sentence = (
        "Alamat ini salah ketik, atau yang Anda cari tidak ada atau tidak terbuka bagi penugasan Anda. "
        "Cari lewat menu atau register."
    )
    return _answer(request, 404, "Halaman tidak ditemukan", sentence, reopen=False)


def forbidden(request, exception):
    if not is_desk(request):
        return defaults.permission_denied(request, exception)
    sentence = str(exception) or (
        "Tindakan ini menjadi tugas petugas lain. Bila menurut Anda seharusnya Anda dapat melakukannya, hubungi PPID "
        "Utama agar penugasan Anda diperiksa."
    )
    return _answer(request, 403, "Anda tidak berwenang untuk ini", sentence, reopen=False)


def bad_request(request, exception):
    if not is_desk(request) or not hasattr(request, "user"):  # a wrong host is refused before anybody is asked for
        return errors.bad_request(request, exception)
    if isinstance(exception, SessionInterrupted):  # it was written down after the act, and could not be
        return _answer(request, 503, "Sesi Anda terputus", _LOST)
    status, sentence = errors.why_unreadable(exception)
    return _answer(request, status, "Kiriman ini tidak dapat diterima", sentence)


def csrf_failure(request, reason=""):
    """Answer a form that was opened before its sender signed in again, mostly in another tab."""
    if not is_desk(request):
        return defaults.permission_denied(request, PermissionDenied())
    if not request.user.is_authenticated:
        return interrupted(request)
    sentence = "Sejak halamannya dibuka, Anda masuk lagi, mungkin di tab lain. Belum ada yang tersimpan."
    return _answer(request, 403, "Formulir ini sudah kedaluwarsa", sentence)


def not_written(request, error: BaseException):
    """Answer an act for which a file could not be written: what was typed is given back."""
    if _is_disk_full(error):
        status, title, why = 507, "Penyimpanan penuh", "Penyimpanan server penuh"
    else:
        status, title, why = 503, "Penyimpanan tidak dapat ditulisi", "Server tidak dapat menulis ke penyimpanannya"
        logger.error("A file could not be written: %s", error)
    sentence = (
        f"{why}, jadi belum ada yang tersimpan. Beri tahu admin PPID, lalu kirim lagi sesudah dibereskan. "
        f"Nomor rujukan: {reference.current()}"
    )
    return _answer(request, status, title, sentence)


def server_error(request):
    """Answer an error of ours. Neither session nor database may work any more."""
    if not is_desk(request):
        return errors.server_error(request)
    try:
        error = sys.exc_info()[1]
        if _is_disk_full(error) or (request.method == "POST" and cannot_write(error)):
            return not_written(request, error)
        status, heading, sentence = _of(error, sent=request.method == "POST")
        words = {
            "status": status,
            "heading": heading,
            "sentences": [sentence],
            "offer": offer(request, reopen=True),
            "reference": reference.current(),
        }
        answer = HttpResponse(render_to_string("desk/mishap_bare.html", words, request), status=status)
        if status == 503:
            answer["Retry-After"] = "60"
        return answer
    except Exception:
        return errors.server_error(request)


def _of(error: BaseException | None, *, sent: bool) -> tuple[int, str, str]:
    """Return status, heading and sentence for an error of ours, or one that may be waited for."""
    sentence = _LOST if sent else _NOT_SHOWN
    if away := what_is_away(error):
        return 503, away, sentence
    if was_broken_off(error):
        return (
            503,
            "Terlalu lama dikerjakan",
            "Yang Anda minta memakan waktu terlalu lama, jadi dihentikan, dan belum ada yang tersimpan. Tunggu satu "
            "menit, lalu coba lagi; bila sedang mencari atau menyaring, persempit dahulu.",
        )
    return 500, "Maaf, ada gangguan di pihak kami", sentence


def _is_disk_full(error: BaseException | None) -> bool:
    return is_disk_full(error) or isinstance(getattr(error, "__cause__", None), DiskFull)
