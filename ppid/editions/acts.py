"""What is done with an edition: prepare, approve as head, set by a decree, cancel, and freeze one that was taken over.

Every act holds the one lock of all editions and looks only then, so two people never pass each other by.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from ppid.content_store import Incoming
from ppid.editions import permissions, telling
from ppid.editions.models import EditionAct, EditionRow, RegisterEdition
from ppid.editions.registers import standing
from ppid.editions.store import edition_store
from ppid.editions.tasks import print_annexes
from ppid.flows.papers.people import in_words
from ppid.jobs import ask
from ppid.organisation.deciding import Deciders, listed
from ppid.organisation.models import Appointment, User
from ppid.organisation.puppets import count_for_makers, hands
from ppid.scanning.signed_scans import received
from ppid.shelf import actions as shelf
from ppid.shelf.models import PublishedRegister
from ppid.shelf.register_fields import FIELDS, Row, digest
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused

Kind, How, State = EditionAct.Kind, EditionAct.How, RegisterEdition.State

_MOST_ROWS = 20_000


class EditionRefused(Refused):
    """An act on an edition was refused."""


class EditionForbidden(EditionRefused, Forbidden):
    """It is not this person's to do."""


class EditionChanged(EditionRefused, ChangedMeanwhile):
    """Somebody else decided on this edition meanwhile."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed paper that is kept in the editions' store already; ``size`` in bytes."""

    filename: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Decree:
    """The SK that sets an edition, as it is numbered and dated outside."""

    number: str
    date: date


@transaction.atomic
def prepare(register: str, *, actor: User, year: int, note: str = "", at: datetime | None = None) -> RegisterEdition:
    """Keep the register as it stands on the shelf, as an edition to be decided on. Raises EditionRefused."""
    at = at or timezone.now()
    _one_at_a_time()
    today = timezone.localdate(at)
    appointment = permissions.prepares(actor, on=today)
    if appointment is None:
        raise EditionForbidden("Edisi disiapkan oleh Bidang Pengelolaan dan Layanan Informasi atau Operator PPID.")
    waiting = RegisterEdition.objects.filter(register=register, state=State.PREPARED).first()
    if waiting:
        raise EditionRefused(
            f"Edisi {waiting.get_register_display()} per {date_format(waiting.as_of)} masih menunggu ditetapkan. "
            "Tunggu sampai ditetapkan, atau batalkan dahulu yang itu."
        )
    _refuse_bad_year(year, today)
    rows = list(standing(register, on=today))
    if not rows:
        raise EditionRefused("Daftar ini masih kosong, jadi belum ada yang ditetapkan.")
    edition = _with_rows(RegisterEdition(register=register, year=year, as_of=today), rows)
    _note(edition, Kind.PREPARED, appointment, at=at, note=note)
    return edition


@transaction.atomic
def approve_as_head(edition: RegisterEdition, *, actor: User, note: str = "", at: datetime | None = None) -> EditionAct:
    """Note the head's own word at the desk. Raises EditionRefused."""
    at = at or timezone.now()
    edition = _prepared(edition)
    appointment = permissions.approves(actor, on=timezone.localdate(at))
    if appointment is None:
        raise EditionForbidden("Persetujuan ini milik Atasan PPID. Anda tidak memegang penugasan itu hari ini.")
    _refuse_twice(edition, Kind.APPROVED)
    _refuse_own_work(edition, appointment, "menyetujui edisi ini", on=timezone.localdate(at))
    return _note(edition, Kind.APPROVED, appointment, at=at, note=note, how=How.DESK, approved_by=in_words(appointment))


def keep_approval_scan(
    edition: RegisterEdition, upload: UploadedFile, *, head: Appointment, actor: User, at: datetime | None = None
) -> EditionAct:
    """Keep the scan of the approval that the head signed on paper. Raises EditionRefused."""
    at = at or timezone.now()
    with _arrived(upload) as (incoming, paper), transaction.atomic():
        edition = _prepared(edition)
        appointment = permissions.prepares(actor, on=timezone.localdate(at))
        if appointment is None:
            raise EditionForbidden("Pindaian persetujuan diunggah oleh petugas yang menyiapkan edisi.")
        if head.role.code != permissions.HEAD or not head.holds(on=timezone.localdate(at)):
            raise EditionRefused("Pilih pejabat yang hari ini memegang penugasan Atasan PPID.", fields=["head"])
        _refuse_twice(edition, Kind.APPROVED)
        act = _note(edition, Kind.APPROVED, appointment, at=at, how=How.SCAN, approved_by=in_words(head), paper=paper)
        incoming.place()
    return act


def set_by_decree(
    edition: RegisterEdition, decree: Decree, upload: UploadedFile, *, actor: User, at: datetime | None = None
) -> PublishedRegister:
    """Set the edition by its signed SK and show it to the public. Raises EditionRefused."""
    at = at or timezone.now()
    with _arrived(upload) as (incoming, paper), transaction.atomic():
        edition = _prepared(edition)
        today = timezone.localdate(at)
        appointment = permissions.sets(actor, on=today)
        if appointment is None:
            raise EditionForbidden("Edisi ditetapkan oleh PPID Utama.")
        _refuse_own_work(edition, appointment, "menetapkan edisi ini", on=today)
        if not edition.acts.filter(kind=Kind.APPROVED).exists():
            raise EditionRefused(
                "Atasan PPID belum menyetujui edisi ini. Minta persetujuannya di meja, atau unggah pindaiannya."
            )
        _refuse_bad_decree(edition, decree, today)
        _note(edition, Kind.SET, appointment, at=at, paper=paper)
        edition.state, edition.number = State.SET, _next_number(edition.register)
        edition.decree_number, edition.decree_date = decree.number.strip(), decree.date
        edition.save(update_fields=["state", "number", "decree_number", "decree_date"])
        incoming.place()
        return _show(edition, appointment, at=at)


@transaction.atomic
def cancel(edition: RegisterEdition, *, actor: User, reason: str, at: datetime | None = None) -> RegisterEdition:
    """Let the prepared edition go; another may be prepared then. Raises EditionRefused."""
    at = at or timezone.now()
    edition = _prepared(edition)
    today = timezone.localdate(at)
    appointment = permissions.acting(actor, *permissions.PREPARERS, permissions.UTAMA, permissions.HEAD, on=today)
    if appointment is None:
        raise EditionForbidden("Edisi dibatalkan oleh yang menyiapkannya, Atasan PPID, atau PPID Utama.")
    if not reason.strip():
        raise EditionRefused("Tulis alasan pembatalannya.", fields=["reason"])
    _note(edition, Kind.CANCELLED, appointment, at=at, note=reason.strip())
    edition.state = State.CANCELLED
    edition.save(update_fields=["state"])
    return edition


@transaction.atomic
def freeze(
    register: str,
    rows: Sequence[Row],
    *,
    year: int,
    as_of: date,
    decree: Decree,
    origin: str,
    prepared_by: User,
    set_by: User,
    paper: Paper | None = None,
    note: str = "",
    at: datetime | None = None,
) -> PublishedRegister:
    """Keep an edition that was set elsewhere by a signed SK, and show it: what a takeover of a DIP or DIK calls.

    ``rows`` stand in the list's own order; ``Row.key`` is the number under which the portal knows the row from now on,
    or any other that is the row's alone; ``Row.values`` may leave out fields (``FIELDS``). ``origin`` says in a
    sentence that people read where the edition comes from. ``set_by`` is PPID Utama and never ``prepared_by``. A paper
    lies in ``edition_store()`` already. Raises EditionRefused.
    """
    at = at or timezone.now()
    _one_at_a_time()
    today = timezone.localdate(at)
    preparer = permissions.acting(prepared_by, *permissions.PREPARERS, permissions.UTAMA, on=today)
    chief = permissions.sets(set_by, on=today)
    if preparer is None:
        raise EditionForbidden("Daftar diambil alih oleh Bidang, Operator PPID, atau PPID Utama.")
    if chief is None:
        raise EditionForbidden("Edisi ditetapkan oleh PPID Utama.")
    if not origin.strip():
        raise ValueError("A taken-over edition says where it comes from.")
    if not rows:
        raise EditionRefused("Daftar ini kosong, jadi tidak ada edisi yang disimpan.")
    _refuse_bad_year(year, today)
    edition = RegisterEdition(register=register, year=year, as_of=as_of, origin=origin.strip())
    edition.decree_number, edition.decree_date = decree.number.strip(), decree.date
    if set_by == prepared_by or prepared_by in hands().get(set_by.pk, []):
        raise EditionForbidden("Edisi ditetapkan oleh orang lain daripada yang menyiapkannya.")
    if as_of > today:
        raise EditionRefused("Keadaan daftar tidak mungkin sesudah hari ini.", fields=["as_of"])
    _refuse_bad_decree(edition, decree, today)
    edition.state, edition.number = State.SET, _next_number(register)
    edition = _with_rows(edition, rows)
    _note(edition, Kind.PREPARED, preparer, at=at, note=note)
    words = f"SK nomor {edition.decree_number} tanggal {date_format(decree.date)}"
    _note(edition, Kind.APPROVED, chief, at=at, how=How.DECREE, approved_by=words)
    _note(edition, Kind.SET, chief, at=at, paper=paper)
    return _show(edition, None, at=at)


def may_be_set_by(edition: RegisterEdition, *, on: date) -> Deciders:
    """Return who holds the office that sets it, each with what they did on it themselves."""
    return _deciders(edition, "PPID Utama", permissions.UTAMA, on)


def _deciders(edition: RegisterEdition, office: str, role: str, on: date) -> Deciders:
    work = {act.actor_id: [did] for act in edition.acts.all() if (did := _did(act))}
    count_for_makers(work)
    held = Appointment.objects.in_force(on=on).filter(role__code=role).select_related("user", "role", "unit")
    return Deciders.among(office, held.definitive_first(), lambda person: listed(work.get(person.pk, ())))


def _did(act: EditionAct) -> str:
    if act.kind == Kind.PREPARED:
        return "menyiapkan edisi ini"
    return "menyetujui edisi ini sebagai Atasan PPID" if act.how == How.DESK else ""


def _refuse_own_work(edition: RegisterEdition, appointment: Appointment, act: str, *, on: date) -> None:
    office = "PPID Utama" if appointment.role.code == permissions.UTAMA else "Atasan PPID"
    found = _deciders(edition, office, appointment.role.code, on).refusal_of(appointment.user, act)
    if found:
        raise EditionForbidden(found)


def _one_at_a_time() -> None:
    """Hold all editions until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ppid.editions'))")


def _prepared(edition: RegisterEdition) -> RegisterEdition:
    """Return the edition as it stands under the lock. Raises EditionChanged once it was decided on."""
    _one_at_a_time()
    edition = RegisterEdition.objects.prefetch_related("acts").get(pk=edition.pk)
    if not edition.is_prepared:
        last = edition.acts.last()
        raise EditionChanged(
            f"Edisi ini sudah {edition.get_state_display().lower()} oleh {last.actor_name}, jadi tidak ada lagi yang "
            "diputuskan padanya."
        )
    return edition


def _refuse_twice(edition: RegisterEdition, kind: str) -> None:
    done = next((act for act in edition.acts.all() if act.kind == kind), None)
    if done:
        raise EditionChanged(f"Persetujuan {done.approved_by} sudah tercatat.")


def _refuse_bad_year(year: int, today: date) -> None:
    if not 2008 <= year <= today.year + 1:
        raise EditionRefused(f"Tulis tahun antara 2008 dan {today.year + 1}.", fields=["year"])


def _refuse_bad_decree(edition: RegisterEdition, decree: Decree, today: date) -> None:
    if not decree.number.strip():
        raise EditionRefused("Isi nomor SK penetapannya.", fields=["number"])
    if decree.date > today:
        raise EditionRefused("Tanggal SK tidak mungkin sesudah hari ini.", fields=["date"])
    if not edition.origin and decree.date < edition.as_of:
        raise EditionRefused(
            f"SK ini bertanggal sebelum edisinya disiapkan ({date_format(edition.as_of)}), jadi tidak mungkin "
            "menetapkan isinya. Periksa tanggalnya.",
            fields=["date"],
        )
    same = RegisterEdition.objects.filter(
        register=edition.register, decree_number=decree.number.strip(), decree_date=decree.date
    ).first()
    if same:
        raise EditionRefused(f"SK ini sudah menetapkan edisi {same.number}. Periksa nomornya.", fields=["number"])


def _next_number(register: str) -> int:
    last = RegisterEdition.objects.filter(register=register, number__isnull=False).order_by("-number").first()
    return last.number + 1 if last else 1


def _with_rows(edition: RegisterEdition, rows: Sequence[Row]) -> RegisterEdition:
    known = {field.key for field in FIELDS[edition.register]}
    if len(rows) > _MOST_ROWS:
        raise EditionRefused(f"Satu edisi memuat paling banyak {_MOST_ROWS} baris; daftar ini {len(rows)} baris.")
    if len({row.key for row in rows}) < len(rows):
        raise ValueError("Two rows of an edition under one key.")
    if wrong := {name for row in rows for name in row.values} - known:
        raise ValueError(f"Not fields of a row of the {edition.register}: {sorted(wrong)}")
    edition.size, edition.digest = len(rows), digest((row.key, row.values) for row in rows)
    edition.save(force_insert=True)
    EditionRow.objects.bulk_create(_numbered(edition, rows), batch_size=1000)
    return edition


def _numbered(edition: RegisterEdition, rows: Iterable[Row]) -> Iterator[EditionRow]:
    for position, row in enumerate(rows, start=1):
        yield EditionRow(edition=edition, position=position, key=row.key, unit_code=row.unit_code, values=row.values)


def _note(
    edition: RegisterEdition,
    kind: str,
    appointment: Appointment,
    *,
    at: datetime,
    note: str = "",
    how: str = "",
    approved_by: str = "",
    paper: Paper | None = None,
) -> EditionAct:
    act = EditionAct.objects.create(
        edition=edition,
        kind=kind,
        how=how,
        actor=appointment.user,
        actor_name=appointment.user.name,
        acting_as=appointment.acting_as,
        at=at,
        note=note.strip(),
        approved_by=approved_by,
        filename=paper.filename if paper else "",
        sha256=paper.sha256 if paper else "",
        size=paper.size if paper else 0,
    )
    telling.acted(edition, act, at=at)
    return act


def _show(edition: RegisterEdition, signatory: Appointment | None, *, at: datetime) -> PublishedRegister:
    """Put the edition on the shelf; ``signatory`` signed its annex here, nobody one that was taken over."""
    signed = {}
    if signatory:
        signed = {"position": signatory.acting_as, "name": signatory.user.name, "nip": signatory.user.nip}
    shown = PublishedRegister(
        register=edition.register,
        number=edition.number,
        year=edition.year,
        as_of=edition.as_of,
        decree_number=edition.decree_number,
        decree_date=edition.decree_date,
        set_at=at,
        size=edition.size,
        origin=edition.origin,
        signatory=signed,
    )
    rows = (Row(each.key, each.values, each.unit_code) for each in edition.rows.order_by("position"))
    shelf.put_register(shown, rows)
    ask(print_annexes, once="print annexes")
    return shown


def is_intact(edition: RegisterEdition) -> bool:
    """Say whether the rows are those that were prepared, by their digest."""
    return digest(edition.rows.order_by("position").values_list("key", "values")) == edition.digest


@contextmanager
def _arrived(upload: UploadedFile) -> Iterator[tuple[Incoming, Paper]]:
    """Hold the scan until the act keeps it. Raises EditionRefused."""
    with received(upload, edition_store(), otherwise="sk-penetapan", refused=EditionRefused) as scan:
        yield scan.incoming, Paper(scan.filename, scan.incoming.sha256, scan.incoming.size)
