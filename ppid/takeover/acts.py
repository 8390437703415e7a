"""The acts on a list that is taken over: upload, dry run, settle, propose, approve, and the work row by row.

Each locks the takeover, reads it again and refuses with sentences; its ledger row is written in the same transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.formats import date_format

from ppid.flows.models import Case
from ppid.flows.opening import open_new
from ppid.flows.taking_over import take_over_exclusion, take_over_item
from ppid.information.classification import ClassificationDecree, ConsequenceTest
from ppid.information.documents import keep, received
from ppid.information.models import Document, Information
from ppid.organisation.models import Unit, User
from ppid.shelf.models import DikEntry, PublishedItem
from ppid.takeover.columns import Columns, Table, chosen_twice, tables_in
from ppid.takeover.columns import propose as proposed_columns
from ppid.takeover.edition import awaits_edition, keep_edition
from ppid.takeover.excluded_rows import ExcludedReading
from ppid.takeover.matching import match
from ppid.takeover.models import Register, SettledDoubt, State, Takeover, TakeoverMove, TakeoverRow, Way
from ppid.takeover.permissions import approves_as, own_work_on, scope_of, sees, units_of
from ppid.takeover.reading import TakeoverRefused, read
from ppid.takeover.rows import DOUBTS, Read, Reading, Units, read_rows, squeezed
from ppid.takeover.store import as_upload, kept, takeover_store
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused

NOT_YOURS = (
    "Mengambil alih DIP adalah tugas PPID Utama, Bidang Pengelolaan, dan Operator, serta PPID Pelaksana untuk unitnya "
    "sendiri."
)
_LONGEST_TITLE = Document._meta.get_field("title").max_length
NOT_YOUR_DIK = (
    "Mengambil alih DIK adalah tugas PPID Utama dan petugas kota yang berkolom pada SOP pendokumentasian informasi "
    "yang dikecualikan."
)
_READINGS: dict[str, type[Reading]] = {Register.DIP: Reading, Register.DIK: ExcludedReading}
_WORDS = ("title", "summary", "responsible", "made_when", "made_place", "retention")


def upload(file: UploadedFile, *, actor: User, kind: str = Register.DIP, at: datetime | None = None) -> Takeover:
    """Keep the table and begin a takeover with it. Raises Forbidden and TakeoverRefused."""
    at = at or timezone.now()
    if kind not in Register.values:
        raise TakeoverRefused("Pilih daftar yang diambil alih: DIP atau DIK.", fields=["kind"])
    if scope_of(actor, on=timezone.localdate(at), kind=kind) is None:
        raise Forbidden(_not_yours(kind))
    read(file.file, file.name or "", file.size or 0)  # refused before anything is kept
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
        locked = _locked(takeover, actor, State.DRAFT, at=at)
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
        if locked.kind == Register.DIK:
            _doubt_what_is_public(reads, on=timezone.localdate(at))
        else:
            _doubt_what_is_there(reads, on=timezone.localdate(at))
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
    """Return the codes of the units by each of the names that they are called by, squeezed."""
    names: dict[str, str] = {}
    for unit in units:
        for name in (unit.name, unit.short_name, unit.code, *unit.everyday_names):
            names.setdefault(squeezed(name), unit.code)
    return names


@transaction.atomic
def leave_out(
    takeover: Takeover, rows: Collection[int], *, actor: User, out: bool = True, at: datetime | None = None
) -> int:
    """Leave these rows out, or take them after all; return how many changed. Raises as ``dry_run``."""
    locked = _locked(takeover, actor, State.DRAFT, at=at or timezone.now())
    return locked.rows.filter(pk__in=rows).exclude(left_out=out).update(left_out=out)


@transaction.atomic
def settle(takeover: Takeover, kind: str, *, actor: User, at: datetime | None = None) -> SettledDoubt:
    """Note that the person looked at all doubts of this kind and lets the rows be taken. Raises as ``dry_run``."""
    at = at or timezone.now()
    locked = _locked(takeover, actor, State.DRAFT, at=at)
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


@transaction.atomic
def begin(takeover: Takeover, *, actor: User, at: datetime | None = None) -> Takeover:
    """Begin to open a case for each row. Raises as ``dry_run``, and for what is moved: that is proposed."""
    at = at or timezone.now()
    locked = _locked(takeover, actor, State.DRAFT, at=at)
    if locked.way != Way.CASES:
        raise TakeoverRefused("Pindahan diajukan dahulu kepada PPID Utama.")
    _refuse_unready(locked)
    return _move(locked, State.RUNNING, actor=actor, at=at)


def propose(
    takeover: Takeover,
    *,
    actor: User,
    sk_number: str,
    sk_date: date | None,
    scan: UploadedFile | None,
    at: datetime | None = None,
) -> Takeover:
    """Propose the list to PPID Utama, with the decree by which it was set. Raises as ``dry_run``."""
    at = at or timezone.now()
    day, said, fields = timezone.localdate(at), [], []
    if not sk_number.strip():
        said, fields = [*said, f"Tulis nomor SK yang menetapkan {takeover.kind.upper()} ini."], [*fields, "sk_number"]
    if sk_date is None or sk_date > day:
        said, fields = [*said, "Tulis tanggal SK; paling akhir hari ini."], [*fields, "sk_date"]
    if scan is None:
        said, fields = [*said, "Unggah pindaian SK yang sudah ditandatangani."], [*fields, "scan"]
    if said or scan is None or sk_date is None:
        raise TakeoverRefused(*said, fields=fields)
    try:
        signed = kept(scan, actor=actor, at=at)
    except Refused as refusal:
        raise TakeoverRefused(*refusal.sentences, fields=["scan"] * len(refusal.sentences)) from refusal
    with transaction.atomic():
        locked = _locked(takeover, actor, State.DRAFT, at=at)
        if locked.way != Way.MOVED:
            raise TakeoverRefused("Hanya pindahan yang diajukan. Yang lain langsung menjadi proses.")
        _refuse_unready(locked)
        signed.takeover = locked
        signed.save()
        locked.sk_number, locked.sk_date, locked.scan = sk_number.strip(), sk_date, signed
        locked.proposed_by, locked.proposed_at = actor, at
        locked.save(update_fields=["sk_number", "sk_date", "scan", "proposed_by", "proposed_at"])
        return _move(locked, State.PROPOSED, actor=actor, at=at)


@transaction.atomic
def approve(takeover: Takeover, *, actor: User, at: datetime | None = None) -> Takeover:
    """Approve the list as a whole; its rows are put on the shelf from now on. Raises Forbidden, ChangedMeanwhile."""
    at = at or timezone.now()
    locked = _read_again(takeover)
    held = approves_as(actor, on=timezone.localdate(at))
    if held is None:
        raise Forbidden("Yang menyetujui pindahan adalah PPID Utama yang penugasannya berlaku.")
    if work := own_work_on(locked, actor):
        raise Forbidden(
            f"Anda {work}, dan tidak seorang pun menyetujui pekerjaannya sendiri. Minta PPID Utama yang lain, misalnya "
            "Plh, menyetujuinya."
        )
    _refuse_unless(locked, State.PROPOSED)
    locked.approved_by, locked.approved_as, locked.approved_name, locked.approved_at = actor, held, actor.name, at
    return _move(locked, State.RUNNING, actor=actor, at=at)


@transaction.atomic
def send_back(takeover: Takeover, *, actor: User, note: str, at: datetime | None = None) -> Takeover:
    """Send a proposed list back to those who prepare it, with a reason. Raises as ``approve``."""
    at = at or timezone.now()
    locked = _read_again(takeover)
    if approves_as(actor, on=timezone.localdate(at)) is None and actor.pk != locked.proposed_by_id:
        raise Forbidden("Daftar ini dikembalikan oleh PPID Utama, atau ditarik oleh yang mengajukannya.")
    _refuse_unless(locked, State.PROPOSED)
    if not note.strip():
        raise TakeoverRefused("Tuliskan alasannya.", fields=["note"])
    return _move(locked, State.DRAFT, actor=actor, at=at, note=note.strip())


@transaction.atomic
def give_up(takeover: Takeover, *, actor: User, note: str = "", at: datetime | None = None) -> Takeover:
    """Give up a list of which nothing was taken over yet. Raises as ``dry_run``."""
    at = at or timezone.now()
    locked = _locked(takeover, actor, State.DRAFT, at=at)
    return _move(locked, State.GIVEN_UP, actor=actor, at=at, note=note.strip())


@transaction.atomic
def try_again(takeover: Takeover, *, actor: User, at: datetime | None = None) -> Takeover:
    """Let the rows that could not be done be tried once more. Raises as ``dry_run``."""
    at = at or timezone.now()
    locked = _locked(takeover, actor, State.RUNNING, State.DONE, at=at)
    failed = locked.rows.taken().filter(done_at__isnull=True).exclude(failed="")
    if not failed.exists():
        raise ChangedMeanwhile("Tidak ada baris yang tertinggal.")
    if locked.state == State.DONE:
        locked = _move(locked, State.RUNNING, actor=actor, at=at)
    failed.update(failed="")
    return locked


def carry_on(takeover_pk: int, *, most: int = 200) -> bool:
    """Do up to ``most`` rows, each in a transaction of its own; return whether more are left.

    When all that was moved is done, it becomes an edition of the DIP.

    Broken off anywhere, it goes on with the rows that are not done; called twice at once, no row is done twice.
    """
    for _ in range(most):
        if not _next_row(takeover_pk):
            _end_when_done(takeover_pk)
            _keep_edition_when_whole(takeover_pk)
            return False
    return True


@transaction.atomic
def _next_row(takeover_pk: int) -> bool:
    rows = TakeoverRow.objects.waiting().filter(takeover=takeover_pk, takeover__state=State.RUNNING)
    locked = rows.select_for_update(skip_locked=True, of=("self",)).select_related(
        "takeover__uploaded_by", "takeover__approved_as__role", "takeover__approved_as__user"
    )
    row = locked.order_by("number").first()
    if row is None:
        return False
    at = timezone.now()
    try:
        with as_upload(row) as uploads, transaction.atomic():
            row.case = _done(row, uploads, at=at)
            row.information, row.done_at = row.case.information, at
            row.save(update_fields=["case", "information", "done_at"])
    except Refused as refusal:
        row.case = row.information = row.done_at = None
        row.failed = " ".join(refusal.sentences)
        row.save(update_fields=["failed"])
    return True


def _done(row: TakeoverRow, uploads: Sequence[UploadedFile], *, at: datetime) -> Case:
    takeover, values = row.takeover, row.values
    unit = Unit.objects.get(code=values["unit"])
    if takeover.kind == Register.DIK:
        return _excluded(takeover, values, unit=unit, at=at)
    words: dict[str, Any] = {name: values[name] for name in _WORDS}
    words |= {"has_hardcopy": values["has_hardcopy"], "has_softcopy": bool(uploads)}
    words["on_request"] = not values["has_hardcopy"] and not uploads
    if not takeover.is_moved:
        words["has_softcopy"] = values["has_softcopy"] or bool(uploads)
        return open_new("publication", unit=unit, actor=takeover.uploaded_by, uploads=uploads, at=at, **words)
    with ExitStack() as held:
        arrived = [held.enter_context(received(upload)) for upload in uploads]

        def bring(item: Information) -> None:
            for each in arrived:
                keep(
                    each,
                    information=item,
                    purpose=Document.Purpose.CONTENT,
                    title=words["title"][:_LONGEST_TITLE],
                    actor=takeover.uploaded_by,
                    at=at,
                )

        return take_over_item(
            words,
            unit=unit,
            category=values["category"],
            written_by=takeover.uploaded_by,
            appointment=takeover.approved_as,
            because=moved_because(takeover),
            at=at,
            bring=bring,
        )


def _excluded(takeover: Takeover, values: Mapping[str, Any], *, unit: Unit, at: datetime) -> Case:
    decided = date.fromisoformat(values["decree_date"]) if values["decree_date"] else takeover.sk_date
    if decided is None or takeover.approved_as is None:
        raise TakeoverRefused("Daftar ini belum disetujui dengan SK-nya.")
    ends_on = date.fromisoformat(values["ends_on"]) if values["ends_on"] else None
    if ends_on is None and values["months"]:
        ends_on = decided + relativedelta(months=values["months"])
    test = ConsequenceTest(
        subject=values["public_description"],
        public_description=values["public_description"],
        grounds=values["grounds"],
        other_statute=values["other_statute"],
        consequence_if_open=values["if_open"],
        consequence_if_closed=values["if_closed"],
        conclusion=values["scope"],
        redacted_parts=values["scope_said"],
        term=values["term"],
        ends_on=ends_on,
    )
    return take_over_exclusion(
        {"title": values["title"], "has_softcopy": False},
        test,
        ClassificationDecree(number=values["decree_number"] or takeover.sk_number, date=decided),
        unit=unit,
        written_by=takeover.uploaded_by,
        appointment=takeover.approved_as,
        because=moved_because(takeover),
        at=at,
    )


def moved_because(takeover: Takeover) -> str:
    """Return what ledger and passport of a moved item say in the place of steps, and an exclusion's test of itself."""
    left_out = "uji konsekuensinya" if takeover.kind == Register.DIK else "langkah SOP"
    written = date_format(takeover.sk_date) if takeover.sk_date else ""
    decree = f"SK nomor {takeover.sk_number} tanggal {written}"
    return (
        f"Pindahan dari {takeover.kind.upper()} yang ditetapkan dengan {decree}; {left_out} tidak dijalankan di "
        "portal ini."
    )


@transaction.atomic
def _end_when_done(takeover_pk: int) -> None:
    """End the takeover when no row waits any more."""
    locked = Takeover.objects.select_for_update().get(pk=takeover_pk)
    if locked.state == State.RUNNING and not locked.rows.waiting().exists():
        _move(locked, State.DONE, actor=None, at=timezone.now())


def _keep_edition_when_whole(takeover_pk: int) -> None:
    takeover = Takeover.objects.get(pk=takeover_pk)
    if awaits_edition(takeover):
        with suppress(Refused):  # the list's page says that it waits, and on asking why
            keep_edition(takeover, origin=moved_because(takeover))


def keep_as_edition(takeover: Takeover, *, actor: User, at: datetime | None = None) -> Takeover:
    """Keep what was moved as an edition after all. Raises as ``dry_run``, and EditionRefused."""
    with transaction.atomic():
        locked = _locked(takeover, actor, State.DONE, at=at or timezone.now())
        return keep_edition(locked, origin=moved_because(locked))


def _move(takeover: Takeover, to: State, *, actor: User | None, at: datetime, note: str = "") -> Takeover:
    TakeoverMove.objects.create(
        takeover=takeover,
        sequence=takeover.moves + 1,
        from_state=takeover.state,
        to_state=to,
        actor=actor,
        actor_name=actor.name if actor else "",
        at=at,
        note=note,
    )
    takeover.state, takeover.moves = to, takeover.moves + 1
    takeover.save(update_fields=["state", "moves", "approved_by", "approved_as", "approved_name", "approved_at"])
    return takeover


def draft_of(takeover: Takeover, actor: User, *, at: datetime) -> Takeover:
    """Return the list, locked, as a draft on which the person works. Raises as ``dry_run``."""
    return _locked(takeover, actor, State.DRAFT, at=at)


def _read_again(takeover: Takeover) -> Takeover:
    return Takeover.objects.select_for_update(of=("self",)).select_related("table").get(pk=takeover.pk)


def _locked(takeover: Takeover, actor: User, *states: State, at: datetime) -> Takeover:
    locked = _read_again(takeover)
    if not sees(actor, locked, on=timezone.localdate(at)):
        raise Forbidden(_not_yours(locked.kind))
    _refuse_unless(locked, *states)
    return locked


def _refuse_unless(takeover: Takeover, *states: State) -> None:
    if takeover.state not in states:
        raise ChangedMeanwhile(
            f"Ini tidak dapat dilakukan sekarang: ambil alih ini {takeover.get_state_display().lower()}."
        )


def _refuse_unready(takeover: Takeover) -> None:
    said = [
        f"Masih ada keraguan yang belum diperiksa: {name} ({rows} baris)." for _, name, rows in open_doubts(takeover)
    ]
    if not takeover.rows.taken().exists():
        said.append("Tidak ada baris yang dapat diambil. Perbaiki tabelnya, lalu unggah lagi.")
    if said:
        raise TakeoverRefused(*said)


def _not_yours(kind: str) -> str:
    return NOT_YOUR_DIK if kind == Register.DIK else NOT_YOURS


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


def _doubt_what_is_there(reads: list[Read], *, on: date) -> None:
    """Doubt the rows whose title stands in the register already for their unit; of what is secret nothing is said."""
    titles = {each.values["title"].lower() for each in reads if each.values["title"]}
    secret = Case.objects.secret(on=on).values("information")
    there = Information.objects.annotate(lower=Lower("title")).filter(lower__in=titles).exclude(pk__in=secret)
    numbers = {(title, code): number for title, code, number in there.values_list("lower", "unit__code", "number")}
    for each in reads:
        if number := numbers.get((each.values["title"].lower(), each.values["unit"])):
            each.doubts.append(
                ("twice_in_register", f"Baris {each.number}: judulnya sama dengan informasi {number} di register.")
            )


def _doubt_what_is_public(reads: list[Read], *, on: date) -> None:
    """Doubt the rows that the portal announces, or excludes, in the same words: what is public already, and no more."""
    titles = {each.values["title"].lower() for each in reads if each.values["title"]}
    announced = PublishedItem.objects.annotate(lower=Lower("title")).filter(lower__in=titles)
    items = {(title, code): number for title, code, number in announced.values_list("lower", "unit_code", "number")}
    listed = DikEntry.objects.in_force(on=on).annotate(lower=Lower("information")).filter(lower__in=titles)
    entries = {(words, code): number for words, code, number in listed.values_list("lower", "unit_code", "number")}
    for each in reads:
        key = (each.values["title"].lower(), each.values["unit"])
        if number := items.get(key):
            each.doubts.append(
                (
                    "public",
                    f"Baris {each.number}: informasi {number} berjudul sama dan sedang diumumkan di portal; mengambil "
                    "baris ini tidak menurunkannya. Kecualikan informasi itu lewat prosesnya sendiri.",
                )
            )
        if number := entries.get(key):
            said = f"Baris {each.number}: DIK sudah memuatnya sebagai {number} untuk unit yang sama."
            each.doubts.append(("twice_in_dik", said))
