"""Preparing a list: its table kept, read anew in a dry run, its doubts settled. Nothing else happens yet.

Each act locks the list, reads it again and refuses with sentences.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import Unit, User
from ppid.takeover.columns import Columns, Table, chosen_twice, register_told, tables_in
from ppid.takeover.columns import propose as proposed_columns
from ppid.takeover.excluded_rows import ExcludedReading
from ppid.takeover.matching import match
from ppid.takeover.models import Register, SettledDoubt, State, Takeover, TakeoverRow, Way
from ppid.takeover.moving import locked_list, not_yours
from ppid.takeover.permissions import scope_of, units_of
from ppid.takeover.reading import TakeoverRefused, read
from ppid.takeover.rows import DOUBTS, Read, Reading, Units, read_rows, squeezed
from ppid.takeover.standing import doubt_what_is_there
from ppid.takeover.store import kept, takeover_store
from ppid.web.refusals import ChangedMeanwhile, Forbidden

_READINGS: dict[str, type[Reading]] = {Register.DIP: Reading, Register.DIK: ExcludedReading}


def upload(file: UploadedFile, *, actor: User, kind: str = Register.DIP, at: datetime | None = None) -> Takeover:
    """Keep the table and begin a takeover with it; no ``kind`` lets the heads of its columns tell the register.

    Raises Forbidden, and TakeoverRefused, also when the heads are plainly those of the other register.
    """
    at = at or timezone.now()
    if kind not in ("", *Register.values):
        raise TakeoverRefused("Pilih daftar yang diambil alih: DIP atau DIK.", fields=["kind"])
    if scope_of(actor, on=timezone.localdate(at), kind=kind or Register.DIP) is None:
        raise Forbidden(not_yours(kind))
    told = register_told(read(file.file, file.name or "", file.size or 0))  # refused before anything is kept
    if told == Register.DIK and scope_of(actor, on=timezone.localdate(at), kind=told) is None:
        raise TakeoverRefused(f"Judul kolomnya adalah kolom DIK. {not_yours(told)}", fields=["file"])
    kind = _register(kind, told)
    row = kept(file, actor=actor, at=at)
    with transaction.atomic():
        row.save()
        by = {"uploaded_by": actor, "uploaded_name": actor.name, "uploaded_at": at}
        return Takeover.objects.create(kind=kind, table=row, **by)


def tables_of(takeover: Takeover) -> list[Table]:
    """Return the tables of the file that was uploaded."""
    file = takeover.table
    with takeover_store().open_checked(file.sha256) as opened:
        return tables_in(read(opened, file.filename, file.size), takeover.kind)


def dry_run(
    takeover: Takeover,
    *,
    actor: User,
    place: int,
    targets: Mapping[int, str] | None = None,
    way: str,
    default_unit: Unit | None = None,
    unit_names: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Takeover:
    """Read the table at ``place`` of the file anew by these columns, and keep each row with its sentences.

    ``unit_names`` says of names that no unit has which unit they mean, by its code. Nothing else happens; what was read
    before is forgotten. Raises Forbidden, ChangedMeanwhile when it is no draft any more, TakeoverRefused.
    """
    at = at or timezone.now()
    table = _table_at(tables_of(takeover), place)
    columns = Columns(dict(targets)) if targets is not None else proposed_columns(table)
    with transaction.atomic():
        locked = locked_list(takeover, actor, State.DRAFT, at=at)
        scope = scope_of(actor, on=timezone.localdate(at), kind=locked.kind)
        units = units_of(scope) if scope else []
        if way == Way.MOVED and not (scope and scope.is_city):
            raise TakeoverRefused("Pindahan disiapkan oleh petugas kota. Pilih «sebagai proses».", fields=["way"])
        if way not in Way.values:
            raise TakeoverRefused("Pilih cara mengambil alihnya.", fields=["way"])
        if locked.kind == Register.DIK and way != Way.MOVED:
            raise TakeoverRefused("DIK diambil alih sebagai pindahan: isinya sudah ditetapkan.", fields=["way"])
        if default_unit is not None and default_unit not in units:
            raise TakeoverRefused("Pilih unit yang Anda wakili.", fields=["default_unit"])
        if said := chosen_twice(columns.targets, locked.kind):
            raise TakeoverRefused(*said)
        called = {squeezed(name): code for name, code in (unit_names or {}).items() if code}
        known = Units(names_of(units) | called, default_unit.code if default_unit else "")
        how = {"reading": _READINGS[locked.kind], "on": timezone.localdate(at)}
        reads = list(read_rows(table, columns, known, moved=way == Way.MOVED, **how))
        if not reads:
            raise TakeoverRefused("Tidak ada baris berisi di tabel ini. Pilih tabel lain, atau periksa artinya kolom.")
        doubt_what_is_there(reads, locked.kind, moved=way == Way.MOVED, on=timezone.localdate(at))
        locked.rows.all().delete()
        TakeoverRow.objects.bulk_create([_row(locked, each) for each in reads], batch_size=500)
        locked.way, locked.default_unit = way, default_unit
        locked.targets = {str(column): target for column, target in columns.targets.items()}
        locked.unit_names = called
        locked.sheet, locked.head_row, locked.read_at = table.sheet.name[:200], table.head_row, at
        locked.save(update_fields=["way", "default_unit", "targets", "unit_names", "sheet", "head_row", "read_at"])
        match(locked)
    return locked


def names_of(units: Collection[Unit]) -> dict[str, str]:
    """Return the codes of the units by each of the names that they are called by, squeezed.

    Tables leave out whose unit it is («Kota Pontianak»). A name that two units bear means neither.
    """
    whose = " " + squeezed(settings.GOVERNMENT.removeprefix("Pemerintah "))
    bearers: dict[str, set[str]] = defaultdict(set)
    for unit in units:
        for name in (unit.name, unit.short_name, unit.code, *unit.everyday_names):
            bearers[squeezed(name)].add(unit.code)
            bearers[squeezed(name).removesuffix(whose)].add(unit.code)
    return {name: code for name, (code, *others) in bearers.items() if not others}


@transaction.atomic
def leave_out(
    takeover: Takeover, rows: Collection[int], *, actor: User, out: bool = True, at: datetime | None = None
) -> int:
    """Leave these rows out, or take them after all; return how many changed. Raises as ``dry_run``."""
    locked = locked_list(takeover, actor, State.DRAFT, at=at or timezone.now())
    return locked.rows.filter(pk__in=rows).exclude(left_out=out).update(left_out=out)


@transaction.atomic
def settle(takeover: Takeover, kind: str, *, actor: User, at: datetime | None = None) -> SettledDoubt:
    """Note that the person looked at all doubts of this kind and lets the rows be taken. Raises as ``dry_run``."""
    at = at or timezone.now()
    locked = locked_list(takeover, actor, State.DRAFT, at=at)
    rows = locked.rows.taken().filter(doubt_kinds__contains=[kind]).count()
    if kind not in DOUBTS or not rows:
        raise ChangedMeanwhile("Tidak ada lagi keraguan semacam itu. Lihat hasil pembacaan yang sekarang.")
    return SettledDoubt.objects.create(
        takeover=locked, kind=kind, rows=rows, settled_by=actor, settled_name=actor.name, settled_at=at
    )


def open_doubts(takeover: Takeover) -> list[tuple[str, str, int]]:
    """Return the kinds of doubts that nobody has looked at yet, each with its name and its rows."""
    counts: dict[str, int] = {}
    for kinds in takeover.rows.taken().exclude(doubt_kinds=[]).values_list("doubt_kinds", flat=True):
        for kind in kinds:
            counts[kind] = counts.get(kind, 0) + 1
    settled = takeover.settled_kinds
    return [(kind, DOUBTS[kind], counts[kind]) for kind in DOUBTS if kind in counts and kind not in settled]


def _register(chosen: str, told: str) -> str:
    """Return the register that was chosen, or else the one that the heads tell. Raises TakeoverRefused."""
    if not (chosen or told):
        raise TakeoverRefused(
            "Dari judul kolomnya tidak jelas apakah tabel ini DIP atau DIK. Pilih daftarnya.", fields=["kind"]
        )
    if chosen and told and chosen != told:
        raise TakeoverRefused(
            f"Judul kolomnya adalah kolom {told.upper()}, bukan {chosen.upper()}. Pilih {told.upper()}, atau unggah "
            "tabel yang dimaksud.",
            fields=["kind"],
        )
    return chosen or told


def _table_at(tables: list[Table], place: int) -> Table:
    if not 0 <= place < len(tables):
        raise TakeoverRefused("Pilih tabel yang akan dibaca.", fields=["place"])
    return tables[place]


def _row(takeover: Takeover, each: Read) -> TakeoverRow:
    return TakeoverRow(
        takeover=takeover,
        number=each.number,
        values=each.values,
        problems=each.problems,
        doubts=[list(doubt) for doubt in each.doubts],
        doubt_kinds=list(dict.fromkeys(kind for kind, _ in each.doubts)),
    )
