"""Deciding on a list: begin it as cases, propose it with its decree, approve, send back, give up; what of it is left.

Each act locks the list, reads it again and refuses with sentences; its ledger row is written in the same transaction,
and the work that it sets going is asked for there, too.
"""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import User
from ppid.takeover.excluded_rows import broken_by
from ppid.takeover.models import Register, State, Takeover, Way
from ppid.takeover.moving import locked_list, move, read_again, refuse_unless
from ppid.takeover.permissions import approves_as, own_work_on
from ppid.takeover.preparing import open_doubts
from ppid.takeover.reading import TakeoverRefused
from ppid.takeover.store import kept
from ppid.takeover.tasks import carry_on_later
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused

_MOST_SAID, _MOST_NAMED = 10, 20


@transaction.atomic
def begin(takeover: Takeover, *, actor: User, at: datetime | None = None) -> Takeover:
    """Begin to open a case for each row. Raises as ``dry_run``, and for what is moved: that is proposed."""
    at = at or timezone.now()
    locked = locked_list(takeover, actor, State.DRAFT, at=at)
    if locked.way != Way.CASES:
        raise TakeoverRefused("Pindahan diajukan dahulu kepada PPID Utama.")
    _refuse_unready(locked)
    return _set_to_work(locked, actor=actor, at=at)


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
        said, fields = [*said, f"Tulis nomor SK yang menetapkan {takeover.register} ini."], [*fields, "sk_number"]
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
        locked = locked_list(takeover, actor, State.DRAFT, at=at)
        if locked.way != Way.MOVED:
            raise TakeoverRefused("Hanya pindahan yang diajukan. Yang lain langsung menjadi proses.")
        _refuse_unready(locked)
        _refuse_broken_terms(locked, sk_date, on=day)
        signed.takeover = locked
        signed.save()
        locked.sk_number, locked.sk_date, locked.scan = sk_number.strip(), sk_date, signed
        locked.proposed_by, locked.proposed_at = actor, at
        locked.save(update_fields=["sk_number", "sk_date", "scan", "proposed_by", "proposed_at"])
        return move(locked, State.PROPOSED, actor=actor, at=at)


@transaction.atomic
def approve(takeover: Takeover, *, actor: User, at: datetime | None = None) -> Takeover:
    """Approve the list as a whole; its rows are put on the shelf from now on. Raises Forbidden, ChangedMeanwhile."""
    at = at or timezone.now()
    locked = read_again(takeover)
    held = approves_as(actor, on=timezone.localdate(at))
    if held is None:
        raise Forbidden("Yang menyetujui pindahan adalah PPID Utama yang penugasannya berlaku.")
    if work := own_work_on(locked, actor):
        raise Forbidden(
            f"Anda {work}, dan tidak seorang pun menyetujui pekerjaannya sendiri. Minta PPID Utama yang lain, misalnya "
            "Plh, menyetujuinya."
        )
    refuse_unless(locked, State.PROPOSED)
    locked.approved_by, locked.approved_as, locked.approved_name, locked.approved_at = actor, held, actor.name, at
    return _set_to_work(locked, actor=actor, at=at)


@transaction.atomic
def send_back(takeover: Takeover, *, actor: User, note: str, at: datetime | None = None) -> Takeover:
    """Send a proposed list back to those who prepare it, with a reason. Raises as ``approve``."""
    at = at or timezone.now()
    locked = read_again(takeover)
    if approves_as(actor, on=timezone.localdate(at)) is None and actor.pk != locked.proposed_by_id:
        raise Forbidden("Daftar ini dikembalikan oleh PPID Utama, atau ditarik oleh yang mengajukannya.")
    refuse_unless(locked, State.PROPOSED)
    if not note.strip():
        raise TakeoverRefused("Tuliskan alasannya.", fields=["note"])
    return move(locked, State.DRAFT, actor=actor, at=at, note=note.strip())


@transaction.atomic
def give_up(takeover: Takeover, *, actor: User, note: str = "", at: datetime | None = None) -> Takeover:
    """Give up a list of which nothing was taken over yet. Raises as ``dry_run``."""
    at = at or timezone.now()
    locked = locked_list(takeover, actor, State.DRAFT, at=at)
    return move(locked, State.GIVEN_UP, actor=actor, at=at, note=note.strip())


@transaction.atomic
def try_again(takeover: Takeover, *, actor: User, at: datetime | None = None) -> Takeover:
    """Let the rows that could not be done be tried once more. Raises as ``dry_run``."""
    at = at or timezone.now()
    locked = locked_list(takeover, actor, State.RUNNING, State.DONE, at=at)
    failed = locked.rows.held_back()
    if not failed.exists():
        raise ChangedMeanwhile("Tidak ada baris yang tertinggal.")
    if locked.state == State.DONE:
        locked = _set_to_work(locked, actor=actor, at=at)
    else:
        carry_on_later(locked.pk)
    failed.update(failed="")
    return locked


@transaction.atomic
def leave_behind(takeover: Takeover, *, actor: User, note: str, at: datetime | None = None) -> Takeover:
    """Let the rows that could not be done stay undone for good, for a reason; the list ends without them.

    What was approved as a whole is cut short by PPID Utama alone. Raises as ``dry_run``.
    """
    at = at or timezone.now()
    locked = locked_list(takeover, actor, State.DONE, at=at)
    if approves_as(actor, on=timezone.localdate(at)) is None:
        raise Forbidden("Baris yang tertinggal ditinggalkan oleh PPID Utama yang penugasannya berlaku.")
    if not note.strip():
        raise TakeoverRefused("Tuliskan alasannya.", fields=["note"])
    rows = list(locked.rows.held_back().order_by("number").values_list("pk", "number"))
    if not rows:
        raise ChangedMeanwhile("Tidak ada baris yang tertinggal.")
    numbers = ", ".join(str(number) for _, number in rows[:_MOST_NAMED])
    more = f" dan {len(rows) - _MOST_NAMED} lagi" if len(rows) > _MOST_NAMED else ""
    locked = _set_to_work(locked, actor=actor, at=at, note=f"Ditinggalkan, baris {numbers}{more}: {note.strip()}")
    locked.rows.filter(pk__in=[pk for pk, _ in rows]).update(left_behind=note.strip())
    return locked


def _set_to_work(takeover: Takeover, *, actor: User, at: datetime, note: str = "") -> Takeover:
    carry_on_later(takeover.pk)
    return move(takeover, State.RUNNING, actor=actor, at=at, note=note)


def _refuse_broken_terms(takeover: Takeover, sk_date: date, *, on: date) -> None:
    """Refuse a DIK of which a row's term can't be, now that the day of its SK is known."""
    if takeover.kind != Register.DIK:
        return
    broken = [(row.number, broken_by(row.values, sk_date, on=on)) for row in takeover.rows.taken()]
    said = [f"Baris {number}: {sentence}" for number, sentence in broken if sentence]
    if not said:
        return
    more = [f"Dan {len(said) - _MOST_SAID} baris lagi seperti itu."] if len(said) > _MOST_SAID else []
    advice = "Periksa tanggal SK, atau jangan ambil baris itu."
    sentences = [*said[:_MOST_SAID], *more, advice]
    raise TakeoverRefused(*sentences, fields=["sk_date"] * len(sentences))


def _refuse_unready(takeover: Takeover) -> None:
    said = [
        f"Masih ada keraguan yang belum diperiksa: {name} ({rows} baris)." for _, name, rows in open_doubts(takeover)
    ]
    if not takeover.rows.taken().exists():
        said.append("Tidak ada baris yang dapat diambil. Perbaiki tabelnya, lalu unggah lagi.")
    if said:
        raise TakeoverRefused(*said)
