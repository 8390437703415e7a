"""The lists of an export that people read: DIP, DIK, cases, sheets, people, and what each file is."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from ppid.flows.models import Case
from ppid.organisation.models import Appointment
from ppid.shelf import registers as shelf
from ppid.shelf.models import DikEntry, PublishedItem, PublishedSop
from ppid.upkeep.office.layout import file_member
from ppid.upkeep.stores import Store
from ppid.web.columns import Column
from ppid.web.csv_lines import csv_lines

_AT_A_TIME = 500


def _moment(value) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


_CASES = (
    Column("Nomor proses", lambda case: case.number),
    Column("Alur", lambda case: case.get_flow_display()),
    Column("Nomor informasi", lambda case: case.information.number),
    Column("Judul", lambda case: case.information.title),
    Column("Perangkat daerah", lambda case: case.unit.name),
    Column("Menurut SOP", lambda case: f"{case.sop_version.sop.title}, versi {case.sop_version.version}"),
    Column("Keadaan", lambda case: case.state_label),
    Column("Dibuka", lambda case: _moment(case.opened_at)),
    Column("Tenggat", lambda case: _moment(case.due_at)),
    Column("Berakhir", lambda case: _moment(case.ended_at)),
)
_HELD = (
    Column("Nama", lambda held: held.user.name),
    Column("NIP", lambda held: held.user.nip),
    Column("Peran", lambda held: held.role.name),
    Column("Perangkat daerah", lambda held: held.unit.name if held.unit_id else ""),
    Column("Mulai", lambda held: held.starts_on.isoformat()),
    Column("Sampai", lambda held: held.ends_on.isoformat() if held.ends_on else ""),
    Column("Dibatalkan", lambda held: "ya" if held.is_void else ""),
)
_FILES = (
    Column("Berkas", lambda row: row[0]),
    Column("Nama semula", lambda row: row[1]),
    Column("Jenis", lambda row: row[2]),
    Column("Ukuran (bita)", lambda row: row[3]),
    Column("Milik tabel", lambda row: row[4]),
    Column("Baris", lambda row: row[5]),
    Column("Keterangan", lambda row: row[6]),
)


def registers() -> Iterator[tuple[str, Iterator[str]]]:
    """Yield each list by its name, as the lines of its CSV. DIP and DIK have the columns that Perki 1/2021 names."""
    yield (
        "dip.csv",
        csv_lines((*shelf.DIP, *shelf.DIP_DAYS), PublishedItem.objects.order_by("number").iterator(_AT_A_TIME)),
    )
    yield (
        "dik.csv",
        csv_lines(shelf.DIK_CSV, DikEntry.objects.leading_on().order_by("number").iterator(_AT_A_TIME)),
    )
    yield (
        "sop.csv",
        csv_lines(shelf.SOP_FILE, PublishedSop.objects.order_by("slug", "version").iterator(_AT_A_TIME)),
    )
    # The label of a case reads the rows of its sheet, which cases of one version share.
    cases = Case.objects.select_related("information", "unit", "sop_version__sop").order_by("pk")
    yield "proses.csv", csv_lines(_CASES, cases.iterator(_AT_A_TIME))
    held = Appointment.objects.select_related("user", "role", "unit").order_by("pk")
    yield "penugasan.csv", csv_lines(_HELD, held.iterator(_AT_A_TIME))


def index_of_files(stores: Sequence[Store]) -> Iterator[str]:
    """Yield the lines that say of each file which row names it, and what it was called."""

    def rows() -> Iterator[tuple[str, ...]]:
        for store in stores:
            for naming in store.namings:
                table = naming.rows.model._meta.db_table
                for row in naming.rows.defer(None).order_by(naming.field, "pk").iterator(chunk_size=_AT_A_TIME):
                    said = [str(getattr(row, name, "") or "") for name in ("filename", "media_type", "size")]
                    sha256 = getattr(row, naming.field)
                    yield (file_member(sha256), *said, table, str(row.pk), naming.words(row))

    yield from csv_lines(_FILES, rows())
