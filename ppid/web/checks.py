"""What is examined of this machine: the database, the place for files, the clock, the certificate."""

import os
import secrets
import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import ERROR, CheckMessage, Error, Info, Tags, Warning, register
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format

from ppid.content_store import StoreAway, store
from ppid.s3_place import S3Place
from ppid.web.certificates import NoCertificate, end_of_certificate
from ppid.web.examinations import examination

OLDEST_POSTGRES = 15
GB = 1024**3
# What is left on a disk: below the one it is time to act, below the other uploads fail soon.
_LITTLE, _SHARE, _TOO_LITTLE = 20 * GB, 0.1, 2 * GB
_CLOCKS = timedelta(seconds=30)
_RENEW, _TOO_LATE = timedelta(days=21), timedelta(days=3)


@examination("Basis data menjawab", at_start=False)
def database_answers(databases):
    """Tell which database it is, and find one that has hardly a connection left."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_user, current_database(), current_setting('server_version'),
                pg_database_size(current_database()),
                (SELECT count(*) FROM pg_stat_activity WHERE datid IS NOT NULL), -- their kind is hidden from others
                current_setting('max_connections')::int
            """
        )
        user, name, version, size, used, most = cursor.fetchone()
    said = f"{user}@{name}, PostgreSQL {version}, {filesizeformat(size)}, {used} dari {most} sambungan terpakai."
    if used < 0.8 * most:
        return [Info(said)]
    hint = "Naikkan max_connections, kurangi WEB_CONCURRENCY, atau pasang PgBouncer (docs/operasi.md)."
    return [Warning(said, hint=hint, id="ppid.H020")]


@examination("Jam mesin ini dan jam basis data sama", at_start=False)
def clocks_agree(databases):
    """Find a clock that is off: due dates, sessions and codes of sign-in are reckoned by it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(timezone.now() - cursor.fetchone()[0])
    if apart < _CLOCKS:
        return []
    said = f"Jam mesin ini dan jam basis data berselisih {round(apart.total_seconds())} detik."
    return [Error(said, hint="Nyalakan penyesuai jam di kedua mesin: timedatectl set-ntp true.", id="ppid.H021")]


@examination("Cakram masih lapang", at_start=False)
def disk_has_room(databases):
    """Tell how much room is left where files are written; find a disk that is nearly full."""
    found, seen = [], set()
    for name in ("LETTERBOX",) if settings.PORTAL_ALONE else ("VAR", "PRIVATE_FILES", "PUBLIC_FILES", "LETTERBOX"):
        if isinstance(place := getattr(settings, name), S3Place):
            continue
        folder = _nearest_existing(Path(place).absolute())
        if (device := folder.stat().st_dev) in seen:
            continue
        seen.add(device)
        disk = shutil.disk_usage(folder)
        said = f"{folder}: {filesizeformat(disk.free)} kosong dari {filesizeformat(disk.total)}."
        hint = f"Lihat yang besar: du -xhd1 {folder} | sort -h. Perbesar cakram, atau pindahkan cadangan ke mesin lain."
        if disk.free < _TOO_LITTLE:
            found.append(Error(said, hint=hint, id=f"ppid.H022.{name}"))
        elif disk.free < min(_LITTLE, _SHARE * disk.total):
            found.append(Warning(said, hint=hint, id=f"ppid.H022.{name}"))
        else:
            found.append(Info(said))
    return found


@examination("Sertifikat TLS masih berlaku", at_start=False)
def certificate_is_valid(databases):
    """Tell until when the certificate of SITE_URL is valid, as this machine sees it."""
    address = urlsplit(settings.SITE_URL)
    if address.scheme != "https":
        return [Info("SITE_URL tanpa https: tidak ada sertifikat yang diperiksa.")]
    try:
        ends_at = end_of_certificate(address.hostname or "", address.port or 443)
    except NoCertificate as error:
        hint = "Periksa nginx (nginx -t, systemctl status nginx) dan rantai sertifikatnya (docs/operasi.md, bagian 7)."
        return [
            Warning(f"Sertifikat {settings.SITE_URL} tidak terbaca dari mesin ini: {error}.", hint=hint, id="ppid.H023")
        ]
    left = ends_at - timezone.now()
    said = f"Berlaku sampai {date_format(timezone.localtime(ends_at), 'j F Y')}."
    if left > _RENEW:
        return [Info(said)]
    level = Error if left < _TOO_LATE else Warning
    return [level(said, hint="Perbarui sertifikatnya, lalu: systemctl reload nginx.", id="ppid.H023")]


@examination("Basis data sudah disiapkan")
def database_is_prepared(databases):
    """Refuse to start on an old PostgreSQL, or while migrations wait."""
    if connection.pg_version < OLDEST_POSTGRES * 10000:
        found = connection.pg_version // 10000
        return [
            Error(f"Basis data ini PostgreSQL {found}; dibutuhkan {OLDEST_POSTGRES} atau lebih baru.", id="ppid.E005")
        ]
    if settings.PORTAL_ALONE:
        return []  # its sign-in sees the shelf alone, which ppid.shelf.checks looks through
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return []
    return [Error(f"{len(waiting)} migrasi menunggu.", hint="Jalankan manage.py prepare.", id="ppid.E006")]


@examination("Berkas dapat disimpan")
def files_can_be_kept(databases):
    """Refuse to start where uploads or publications would find no place to write."""
    return [
        Error(
            f"{name}: {folder} tidak dapat ditulis oleh akun yang menjalankan ini.",
            hint=f"Buat foldernya dan berikan kepada akun itu: install -d -o ppid -g ppid -m 750 {folder}",
            id="ppid.E007",
        )
        for name in (("LETTERBOX",) if settings.PORTAL_ALONE else ("PRIVATE_FILES", "PUBLIC_FILES", "LETTERBOX"))
        if not isinstance(folder := getattr(settings, name), S3Place)
        and not os.access(_nearest_existing(folder), os.W_OK | os.X_OK)
    ]


@examination("Penyimpanan S3 menjawab", at_start=False)
def buckets_answer(databases):
    """Write, see and take away a mark in each bucket where files lie; the portal alone only looks into its own."""
    found = []
    for name in ("PUBLIC_FILES",) if settings.PORTAL_ALONE else ("PRIVATE_FILES", "PUBLIC_FILES"):
        place = getattr(settings, name)
        if not isinstance(place, S3Place):
            continue
        try:
            found.append(_bucket(name, place))
        except StoreAway as away:
            found.append(
                Error(
                    f"{name}: {place} tidak menjawab sebagaimana mestinya ({away.why}).",
                    hint="Periksa server S3, jaringan ke sana, nama bucket, dan kuncinya (docs/operasi.md, bagian 15).",
                    id=f"ppid.H024.{name}",
                )
            )
    return found


@register(Tags.database)
def away_at_the_start(app_configs, databases=None, **kwargs):
    """Say at a start which bucket doesn't answer. It stops nothing: most pages need no file, and it may come back."""
    found = buckets_answer(databases) if databases else []
    return [Warning(each.msg, hint=each.hint, id=each.id) for each in found if each.level >= ERROR]


away_at_the_start.title = "Penyimpanan S3 menjawab"  # doctor tells ours from Django's own by it


def _bucket(name: str, place: S3Place) -> CheckMessage:
    bucket, mark = store(place), f".tried-{secrets.token_hex(8)}"  # another may be trying at the same moment
    if settings.PORTAL_ALONE:
        bucket.anything()
    else:
        bucket.mark(mark)
        try:
            is_there = bucket.is_marked(mark)
        finally:
            bucket.unmark(mark)
        if not is_there:
            raise StoreAway(f"{place} takes what is written and doesn't show it.", "yang ditulis tidak terlihat")
    if bucket.keeps_versions():
        said = f"{name}: {place} menyimpan versi lama, jadi berkas yang dihapus portal tetap ada di sana."
        return Warning(said, hint="Matikan versioning bucket itu, lalu hapus versi lamanya.", id=f"ppid.H024.{name}")
    return Info(f"{place}: {'terbaca' if settings.PORTAL_ALONE else 'terbaca dan dapat ditulis'}.")


@examination("Berkas statis di tempatnya")
def static_files_are_in_place(databases):
    """Warn when pages would be drawn without their style."""
    if settings.STATIC_ROOT.joinpath("staticfiles.json").exists() or "Manifest" not in _static_backend():
        return []
    return [Warning("Berkas statis belum dikumpulkan.", hint="Jalankan manage.py prepare.", id="ppid.W004")]


@examination("Alamat pada cetakan milik portal ini")
def address_on_paper_is_ours(databases):
    """Warn when QR codes would lead nowhere, or to a host that the portal refuses."""
    if settings.DEMO:
        return []
    if not settings.SITE_URL:
        return [Warning("SITE_URL belum diisi: lembar dicetak tanpa kode QR.", id="ppid.W005")]
    if validate_host(urlsplit(settings.SITE_URL).hostname, settings.ALLOWED_HOSTS):
        return []
    return [Warning(f"SITE_URL berisi {settings.SITE_URL}, yang tidak ada di ALLOWED_HOSTS.", id="ppid.W006")]


def _nearest_existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


def _static_backend() -> str:
    return settings.STORAGES["staticfiles"]["BACKEND"]
