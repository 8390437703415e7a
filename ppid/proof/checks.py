"""What is examined of the proofs: that the ledgers hold, by their last reading."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import Error, Info, Warning
from django.utils import timezone

from ppid.web.examinations import examination
from ppid.web.moments import in_words

_A_DAY = timedelta(hours=26)


@examination("Buku besar utuh", at_start=False)
def ledgers_hold(databases):
    """Tell what the last reading of all ledgers found, and find that it was long ago."""
    from ppid.proof.models import Examination

    last = Examination.objects.ended().first()
    if last is None:
        if settings.DEMO:
            return [Info("Belum pernah dibaca ulang. Pada peragaan, jalankan sendiri: manage.py verify_ledger.")]
        hint = "Jalankan: ppid-manage verify_ledger, dan pasang ppid-daily.timer."
        return [Warning("Buku besar belum pernah dibaca ulang.", hint=hint, id="ppid.H050")]
    read = f"dibaca {in_words(last.ended_at)}"
    if last.faults:
        hint = (
            "Jangan ubah apa pun. Simpan cadangan hari ini, bandingkan dengan yang sebelumnya, dan laporkan kepada "
            "PPID Utama dan Atasan PPID; temuannya di «Buku besar»."
        )
        return [Error(f"{last.faults} temuan pada buku besar, {read}.", hint=hint, id="ppid.H051")]
    if timezone.now() - last.ended_at > _A_DAY and not settings.DEMO:
        hint = "Jalankan: ppid-manage verify_ledger, dan lihat systemctl status ppid-daily.timer."
        return [Warning(f"Buku besar terakhir {read}.", hint=hint, id="ppid.H052")]
    return [Info(f"{last.read} catatan {read}, tidak ada temuan.")]
