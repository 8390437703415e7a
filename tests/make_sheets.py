"""Builders of sheets of an office's own, row by row: how many rows, who, what each carries."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from ppid.organisation.models import Role, Unit
from sop.models import Activity, Performer, PerformerRole, Sop, SopVersion
from sop.versions import actions
from tests import make

# The columns of the two source sheets, by short names, with the roles that act in them.
COLUMNS: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "publication": {
        "bidang": ("Bidang Pengelolaan dan Layanan Informasi Publik", ("bidang_layanan",)),
        "operator": ("Petugas Informasi/Operator PPID", ("operator",)),
        "pelaksana": ("PPID Pelaksana", ("ppid_pelaksana",)),
        "utama": ("PPID Utama", ("ppid_utama",)),
    },
    "exclusion": {
        "bidang": ("Pejabat Bidang Pelayanan Informasi dan Dokumentasi", ("bidang_layanan",)),
        "utama": ("PPID Utama", ("ppid_utama",)),
        "opd": ("PPID Pendukung (OPD)", ("opd", "ppid_pembantu")),
    },
}


def row(by: str, *carries: int, to: str = "", text: str = "", **fields: Any) -> dict[str, Any]:
    """Describe a row: the column ``by`` (joint up to the column ``to``) performs it; it carries these lawful steps."""
    return {"by": by, "to": to, "text": text, "carries": list(carries), **fields}


# The seven rows of the source sheet, with nothing asked for and no time set.
SEVEN = [
    row("bidang", 1),
    row("bidang", 2),
    row("pelaksana", 3),
    row("utama", 4, kind="decision", if_yes=5, if_no=3),
    row("bidang", 5),
    row("operator", 6),
    row("operator", 7),
]

# The five lawful steps of an exclusion in seven rows: a plain one before them, and one after.
EXCLUSION_IN_SEVEN = [
    row("bidang", text="Menerima usul"),
    row("bidang", 1),
    row("utama", 2, kind="decision", if_yes=4, if_no=2),
    row("opd", 3),
    row("utama", 4, kind="decision", if_yes=6, if_no=4),
    row("bidang", 5),
    row("bidang", text="Mengarsipkan"),
]


def sheet(
    rows: Iterable[dict[str, Any]],
    *,
    unit: str = "dinkes",
    flow: str = "publication",
    slug: str = "",
    is_bound: bool = True,
    is_master: bool = False,
) -> SopVersion:
    """Make a draft with these rows, of an SOP of the unit that is bound to the flow."""
    slug = slug or f"{flow}-{unit}"
    sop = Sop.objects.create(slug=slug, title=f"SOP {slug}", unit=Unit.objects.get(code=unit))
    if is_bound:
        sop = make.bind(sop, flow, is_master=is_master)
    draft = SopVersion.objects.create(sop=sop, version=1, title=sop.title, letterhead="PEMERINTAH KOTA PONTIANAK")
    columns = {}
    for position, (name, (label, roles)) in enumerate(COLUMNS[flow].items(), start=1):
        columns[name] = Performer.objects.create(version=draft, position=position, label=label)
        for code in roles:
            PerformerRole.objects.create(performer=columns[name], role=Role.objects.get(code=code))
    rows = list(rows)
    for number, fields in enumerate(rows, start=1):
        kind = "start" if number == 1 else "end" if number == len(rows) else "process"
        made = {"kind": kind, **fields, "text": fields["text"] or f"Mengerjakan baris {number}"}
        last = made.pop("to")
        Activity.objects.create(
            version=draft,
            number=number,
            performer=columns[made.pop("by")],
            last_performer=columns[last] if last else None,
            **made,
        )
    return draft


def in_force(draft: SopVersion) -> SopVersion:
    """Hand the draft in and approve it, in force from today."""
    keeper = make.person("sop_keeper", unit=draft.sop.unit.code)
    actions.submit(draft, actor=keeper)
    return actions.approve(draft, actor=make.demo("utama"), why="Sudah sesuai.", at=timezone.now())
