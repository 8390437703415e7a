"""What is examined of backups: that there is a new one, that it was sound, one restored on trial, and none half way."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import Error, Info, Warning
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from ppid import backup_marks
from ppid.content_store import StoreAway
from ppid.upkeep.backups.restoring import is_half_filled
from ppid.web.examinations import examination
from ppid.web.moments import in_words

_A_DAY, _TOO_OLD, _A_SEASON = timedelta(hours=26), timedelta(days=3), timedelta(days=100)
_MAKE = "Jalankan: ppid-backup, dan lihat systemctl status ppid-daily.timer."
_TRY = "Jalankan: ppid-manage verify_backup /var/backups/ppid --trial. Cadangan baru terbukti sesudah dipulihkan."


@examination("Ada cadangan yang baru dan terbukti", at_start=False)
def there_is_a_backup(databases):
    """Tell when the last backup was made and tried; find one that is old, damaged, or was never restored on trial."""
    made, tried = backup_marks.last(backup_marks.MADE), backup_marks.last(backup_marks.TRIED)
    read = backup_marks.last(backup_marks.READ)
    if made is None:
        if settings.DEMO:
            return [Info("Peragaan tidak dicadangkan.")]
        return [Error("Belum pernah ada cadangan.", hint=_MAKE, id="ppid.H070")]
    age, said = timezone.now() - made.at, f"Terakhir dibuat {in_words(made.at)}"
    said += f", {filesizeformat(made.size)}." if made.size else "."
    found = []
    if made.faults:
        hint = "Kembalikan berkas yang hilang dari cadangan sebelumnya; ppid-manage verify_files menyebutnya."
        found.append(Error(f"{said} {made.faults} berkas tidak dapat dicadangkan.", hint=hint, id="ppid.H071"))
    elif age > _A_DAY:
        found.append((Error if age > _TOO_OLD else Warning)(said, hint=_MAKE, id="ppid.H072"))
    if read is not None and read.faults and read.at >= made.at:
        found.append(Error(f"{read.faults} kerusakan pada cadangan {read.name}.", hint=_MAKE, id="ppid.H073"))
    if tried is None:
        found.append(Warning("Cadangan belum pernah dicoba dipulihkan.", hint=_TRY, id="ppid.H074"))
    elif timezone.now() - tried.at > _A_SEASON:
        found.append(Warning(f"Pemulihan terakhir dicoba {in_words(tried.at)}.", hint=_TRY, id="ppid.H074"))
    return found or [Info(f"{said} Pemulihannya dicoba {in_words(tried.at)}.")]


@examination("Tidak ada pemulihan atau impor yang terputus")
def nothing_is_half_filled(databases):
    """Refuse to start where a restore or an import of an office did not come to its end, or is still under way."""
    try:
        if not is_half_filled():
            return []
    except StoreAway:
        return []  # «Penyimpanan S3 menjawab» says so
    hint = (
        "Bila masih berjalan, tunggu. Bila terputus, jalankan lagi perintah yang sama dari awal (ppid-manage restore … "
        "atau import_office …): sisanya dibersihkan dahulu."
    )
    said = "Pemulihan atau impor ke sini tidak sampai selesai: isinya tidak utuh, dan tidak ada yang berlaku."
    return [Error(said, hint=hint, id="ppid.E075")]
