"""A DIP of 5,000 rows in an Excel workbook, from the file to its dry run in the database, with the memory it takes."""

import io
from threading import Event, Thread

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from psutil import Process

from ppid.organisation.models import Unit, User
from ppid.takeover import acts
from ppid.web.archives import MB
from tests import make
from tests.bench.measure import Figure, seconds
from tests.bench.office import SMALL, inside

ROWS = 5_000
_HEAD = [
    "No",
    "Ringkasan isi informasi",
    "Perangkat daerah",
    "Penanggung jawab",
    "Waktu dan tempat pembuatan informasi",
]
_HEAD += ["Bentuk informasi yang tersedia", "Retensi arsip", "Jenis informasi"]


def figures(databases) -> list[Figure]:
    inside(databases[SMALL])
    return measured(make.demo("bidang"))


def measured(actor: User) -> list[Figure]:
    file = _workbook()

    def dry_run() -> None:
        takeover = acts.upload(SimpleUploadedFile("dip.xlsx", file), actor=actor)
        acts.dry_run(takeover, actor=actor, place=0, way="moved")
        assert takeover.rows.tally()["taken"] == ROWS

    with _Watched() as watched:
        taken = seconds(dry_run, times=1, warm=0)
    return [
        Figure(f"dry run of a DIP of {ROWS:,} rows in .xlsx", taken, "s", 10),
        Figure("  memory that it takes besides", watched.most / MB, "MB", 150),
    ]


class _Watched(Thread):
    """Looks every few milliseconds how much more memory the process has than at the beginning."""

    def __init__(self):
        super().__init__(daemon=True)
        self.process, self.over, self.most = Process(), Event(), 0
        self.began = self.process.memory_info().rss

    def run(self):
        while not self.over.wait(0.02):
            self.most = max(self.most, self.process.memory_info().rss - self.began)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *raised):
        self.over.set()
        self.join()


def _workbook() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("DIP")
    sheet.append(_HEAD)
    units = list(Unit.objects.filter(is_active=True).values_list("name", flat=True))
    for n in range(ROWS):
        title = f"Laporan pelaksanaan kegiatan nomor {n} pada tahun berjalan, dengan lampiran dan rekapitulasinya"
        place = f"{2015 + n % 10}, Pontianak"
        sheet.append([n + 1, title, units[n % len(units)], "Sekretaris", place, "Hardcopy", "5 tahun", "Berkala"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
