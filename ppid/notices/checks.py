"""What is examined of mail: that there is a server, that it answers, and that nothing waits too long."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import Error, Info, Warning
from django.core.mail import get_connection
from django.db.models import Max
from django.utils import timezone

from ppid.notices.outcomes import NotSent
from ppid.web.examinations import examination
from ppid.web.moments import in_words

_PATIENCE = 3  # seconds: the start waits for this
_SLOW, _STUCK = timedelta(hours=1), timedelta(days=1)


@examination("Surel dapat dikirim")
def mails_are_sent(databases):
    """Warn in production without a mail server, and wherever there is one that does not answer or let us in."""
    if not settings.EMAIL_HOST:
        if settings.DEMO:
            return []
        said = f"EMAIL_HOST belum diisi: surel menjadi berkas di {settings.EMAIL_FILE_PATH}, dan tidak sampai."
        return [
            Warning(
                said,
                hint="Isi EMAIL_HOST, EMAIL_FROM, dan yang dibutuhkannya (docs/operasi.md, bagian 11).",
                id="ppid.W021",
            )
        ]
    post = get_connection(timeout=_PATIENCE)
    try:
        post.open()
    except NotSent as error:
        server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        return [Warning(f"Server surel {server} tidak dapat dipakai: {error.because}", id="ppid.W022")]
    finally:
        post.close()
    return []


@examination("Surel keluar pada waktunya", at_start=False)
def mails_leave_in_time(databases):
    """Tell when the last mail left; find mails that wait too long, and those that failed."""
    from ppid.notices.models import Dispatch
    from ppid.notices.sending import oldest_waiting

    now = timezone.now()
    mails, oldest = Dispatch.objects.filter(channel="mail"), oldest_waiting(now)
    unsent, last = mails.unsent().count(), mails.aggregate(at=Max("sent_at"))["at"]
    found = []
    if oldest is not None and oldest[1] > _SLOW:
        waiting = oldest[0]
        said = f"Surel tertua menunggu dikirim sejak {in_words(waiting)}."
        hint = "Periksa pekerjanya (systemctl status ppid-worker) dan server surelnya («Surel keluar» di meja)."
        found.append((Error if now - waiting > _STUCK else Warning)(said, hint=hint, id="ppid.H030"))
    if unsent:
        hint = "Buka «Surel keluar» di meja: sebabnya tertulis di sana, dengan tombol «Kirim lagi»."
        found.append(Warning(f"{unsent} surel tidak terkirim.", hint=hint, id="ppid.H031"))
    if found:
        return found
    return [Info(f"Surel terakhir keluar {in_words(last)}." if last else "Belum ada surel yang keluar.")]
