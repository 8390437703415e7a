"""What is examined of the virus scanner: that it answers and is up to date, that nothing waits long, what is held."""

from datetime import timedelta

from django.core.checks import CheckMessage, Error, Info, Warning
from django.utils import timezone

from ppid.web.examinations import examination
from ppid.web.moments import in_words

_OLD, _LONG = timedelta(days=3), timedelta(hours=1)
_START = "Jalankan: systemctl restart clamav-daemon, lalu systemctl status clamav-daemon."


@examination("Pemindai virus menjawab, dan tidak ada berkas yang ditahan", at_start=False)
def files_are_scanned(databases):
    """Tell how the scanner does, and find one that is away or knows old viruses only, and files that are held."""
    from ppid.scanning.verdicts import facts

    now = facts()
    found: list[CheckMessage] = []
    if now.found:
        hint = "PPID Utama memutuskan di meja: «Berkas tertahan» (/meja/berkas-tertahan/)."
        found.append(Warning(f"{now.found} berkas ditahan karena temuan pemindai virus.", hint=hint, id="ppid.H060"))
    if not now.is_installed:
        return found or [Info("Tidak dipasang.")]
    if not now.is_reachable:
        said = f"Pemindai virus tidak menjawab; {now.waiting} berkas menunggunya."
        found.append(Error(said, hint=_START, id="ppid.H061"))
    elif now.waiting_since and timezone.now() - now.waiting_since > _LONG:
        since = in_words(now.waiting_since)
        hint = "Pekerja latar belakang memeriksanya: systemctl status ppid-worker."
        found.append(Warning(f"{now.waiting} berkas menunggu pemindai virus sejak {since}.", hint=hint, id="ppid.H062"))
    if now.definitions_age and now.definitions_age > _OLD:
        hint = "Periksa pembaruannya: systemctl status clamav-freshclam."
        said = f"Definisi virus sudah {now.definitions_age.days} hari tidak diperbarui."
        found.append(Warning(said, hint=hint, id="ppid.H063"))
    too_large = f" {now.too_large} berkas terlalu besar baginya dan tidak diperiksa." if now.too_large else ""
    return found or [Info(f"{now.definitions}.{too_large}")]
