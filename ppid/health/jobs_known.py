"""What runs by the clock, as data: what each job is called and how often it begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ppid.health.models import JobRun
from ppid.web.elapsed import elapsed

MINUTE, TEN_MINUTES, QUARTER = timedelta(minutes=1), timedelta(minutes=10), timedelta(minutes=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_OFTEN = {
    MINUTE: "tiap menit",
    TEN_MINUTES: "tiap 10 menit",
    QUARTER: "tiap 15 menit",
    HOUR: "tiap jam",
    DAY: "tiap hari",
}
# How long after the last good run a job counts as late: those of the worker wait for each other.
_PATIENCE = {
    MINUTE: timedelta(minutes=30),
    TEN_MINUTES: timedelta(hours=1),
    QUARTER: timedelta(hours=1),
    HOUR: timedelta(hours=3),
    DAY: timedelta(hours=26),
}

# In the order in which ``manage.py daily`` runs them.
DAILY: Mapping[str, str] = {
    "verify_files": "Membandingkan setiap berkas dengan sidiknya",
    "rescan_files": "Memeriksa ulang berkas yang tersimpan dengan definisi virus yang baru",
    "bring_units_about": "Mengganti nama dan menutup unit yang waktunya tiba",
    "bring_sops_into_force": "Memberlakukan lembar SOP yang waktunya tiba",
    "lapse_exclusions": "Membuka pengecualian yang jangka waktunya habis",
    "reckon_deadlines": "Menghitung ulang tenggat",
    "remind": "Mengingatkan yang jatuh tempo, terlambat, atau berakhir",
    "freeze_scores": "Membekukan nilai triwulan yang baru mulai",
    "count_gaps": "Menghitung kewajiban yang terbuka",
    "mark_ledger": "Menerbitkan tanda buku besar",
    "verify_ledger": "Membaca ulang seluruh buku besar",
    "compare_shelf": "Membandingkan portal dengan meja",
    "print_editions": "Mencetak lampiran edisi yang belum ada",
    "put_downloads": "Menghitung unduhan",
    "renew_search": "Membandingkan pencarian dengan portal",
    "sweep": "Membuang berkas yang tidak dipakai",
    "end_accounts": "Menutup akun yang penugasan terakhirnya berakhir",
    "clearsessions": "Membuang sesi yang sudah berakhir",
    "sweep_sessions": "Mengakhiri sesi masuk yang habis waktunya",
    "forget_sign_in_tries": "Melupakan percobaan masuk yang lama",
    "forget_drafts": "Melupakan ketikan yang tidak dikirim",
    "forget_reporters": "Melupakan kontak pelapor",
}
BY_THE_WORKER: Mapping[str, tuple[str, timedelta]] = {
    "ppid.notices.tasks.send": ("Mengirim surel", MINUTE),
    "ppid.upkeep.tasks.scan_what_waits": ("Memeriksa berkas yang menunggu pemindai virus", MINUTE),
    "ppid.upkeep.tasks.tell_what_is_due": ("Mengabarkan tenggat", MINUTE),
    "ppid.upkeep.tasks.tell_what_ends": ("Mengabarkan yang akan berakhir", HOUR),
    "ppid.desk.tasks.digest": ("Menulis ringkasan pagi", QUARTER),
    "ppid.showing.tasks.show": ("Menggambar halaman dokumen yang diumumkan", HOUR),
    "ppid.showing.tasks.make_lost_ones_anew": ("Membuat lagi gambar dan salinan yang hilang", DAY),
    "ppid.editions.tasks.print_annexes": ("Mencetak lampiran edisi", TEN_MINUTES),
    "ppid.editions.tasks.make_bundles": ("Membuat salinan data lengkap", TEN_MINUTES),
    "ppid.obligations.tasks.count": ("Menghitung kewajiban yang terbuka", TEN_MINUTES),
    "ppid.reports.tasks.take_in": ("Menerima laporan publik", MINUTE),
    "ppid.downloads.tasks.take_downloads_in": ("Menerima hitungan unduhan", MINUTE),
    "ppid.upkeep.tasks.take_up_stalled_jobs": ("Melanjutkan pekerjaan yang terputus", MINUTE),
    "ppid.upkeep.tasks.forget_old_jobs": ("Melupakan pekerjaan lama", DAY),
}


@dataclass(frozen=True, slots=True)
class Job:
    """A job of the clock with its last run, as it stands at a moment."""

    name: str
    words: str
    every: timedelta
    run: JobRun | None
    at: datetime

    @property
    def often(self) -> str:
        return _OFTEN[self.every]

    @property
    def is_running(self) -> bool:
        return self.run is not None and self.run.ended_at is None

    @property
    def took(self) -> str:
        """How long the last run took, in words; "" while it is under way, and when it took no time to speak of."""
        took = self.run.took if self.run else None
        if took is None or took < timedelta(seconds=1):
            return ""
        return (
            elapsed(self.run.started_at, self.run.ended_at) if took >= timedelta(minutes=1) else f"{took.seconds} detik"
        )

    @property
    def failed(self) -> bool:
        return self.run is not None and self.run.failed

    @property
    def is_late(self) -> bool:
        """Whether no run went well for longer than it may take; what never began is late, too."""
        if self.run is None:
            return True
        return self.at - (self.run.done_at or self.run.started_at) > _PATIENCE[self.every]

    @property
    def is_well(self) -> bool:
        return not (self.failed or self.is_late)


def daily_jobs(at: datetime) -> list[Job]:
    """Return the tasks of ``manage.py daily`` in their order."""
    return _with_runs({name: (words, DAY) for name, words in DAILY.items()}, at)


def worker_jobs(at: datetime) -> list[Job]:
    """Return the periodic tasks of the worker."""
    return _with_runs(BY_THE_WORKER, at)


def _with_runs(known: Mapping[str, tuple[str, timedelta]], at: datetime) -> list[Job]:
    runs = JobRun.objects.in_bulk(known)
    return [Job(name, words, every, runs.get(name), at) for name, (words, every) in known.items()]
