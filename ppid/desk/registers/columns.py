"""The columns of the desk's registers, on pages and as CSV; those of DIP and DIK come from ``ppid.shelf.registers``."""

from operator import attrgetter

from django.utils import timezone
from django.utils.formats import date_format

from ppid.shelf import registers
from ppid.web.columns import Column


def _moment(value) -> str:
    return date_format(timezone.localtime(value), "Y-m-d H:i") if value else ""


def _day(value) -> str:
    return date_format(timezone.localtime(value), "j M Y") if value else ""


def _sheet(version) -> str:
    """Name the sheet that a case follows: whose, which, and in which version."""
    return f"{version.sop.title} ({version.sop.unit.short_name}), versi {version.version}"


def _late(case) -> str:
    """Say how many steps were late, and whether the present one is: what is not yet taken is late, too."""
    return ", ".join([str(case.late_steps)] * bool(case.late_steps) + ["1 sedang terlambat"] * case.is_overdue)


_LATE = Column("Langkah terlambat", _late)

CASES_PAGE = (
    Column("Nomor", lambda case: case.number, width="w-number", cell="desk/registers/cells/case_link.html"),
    Column(
        "Informasi",
        lambda case: case.information.title,
        width="w-wide",
        cell="desk/registers/cells/case_information.html",
    ),
    Column("Keadaan", lambda case: case.state_label, cell="desk/registers/cells/case_state.html"),
    Column("Dibuka", lambda case: _day(case.opened_at)),
    Column("Berakhir", lambda case: _day(case.ended_at)),
    _LATE,
)
CASES_CSV = (
    Column("Nomor proses", lambda case: case.number),
    Column("Nomor informasi", lambda case: case.information.number),
    Column("Judul", lambda case: case.information.title),
    Column("Perangkat daerah", lambda case: case.unit_of_its_day["name"]),
    Column("Menurut SOP", lambda case: _sheet(case.sop_version)),
    Column("Keadaan", lambda case: case.state_label),
    Column("Dibuka", lambda case: _moment(case.opened_at)),
    Column("Diterima pada langkah ini", lambda case: _moment(case.received_at) if case.is_running else ""),
    Column("Tenggat", lambda case: _moment(case.due_at)),
    Column("Berakhir", lambda case: _moment(case.ended_at)),
    Column("Langkah terlambat", lambda case: case.late_steps),
    Column("Sedang terlambat", lambda case: "ya" if case.is_overdue else ""),
    Column("Serta merta karena", lambda case: case.urgent_because if case.is_urgent else ""),
    Column("Diumumkan lebih dahulu", lambda case: _moment(case.published_first_at)),
    Column("Menurut hukum", lambda case: case.law_words),
    Column("Menunggu", lambda case: case.awaited_column if case.is_running else ""),
    Column("Sedang dikerjakan", lambda case: ", ".join(claim.actor_name for claim in case.standing_claims)),
)

# The columns of the annex (Perki 1/2021), of what stands on the shelf or is being prepared.
_DIP = tuple(column.of(attrgetter("shown")) for column in registers.DIP)
DIP_PAGE = (
    Column("Nomor", lambda row: row.number, width="w-number", cell="desk/registers/cells/dip_number.html"),
    *_DIP[1:],
)
DIP_CSV = (
    *_DIP,
    *(column.of(attrgetter("shown")) for column in registers.DIP_DAYS),
    Column("Keadaan", lambda row: row.state),
)

DIK_PAGE = (
    Column("Nomor", lambda entry: entry.number, width="w-number", cell="desk/registers/cells/dik_number.html"),
    *registers.DIK_PAGE[1:],
)
DIK_CSV = registers.DIK_CSV
