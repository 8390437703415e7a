"""«Nihil» and «tidak wajib»: handed in by the unit, approved by PPID Utama, ended with a reason."""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from ppid.obligations import deciding, permissions, telling
from ppid.obligations.cells import Named, named
from ppid.obligations.models import Statement
from ppid.obligations.refusals import DutyChanged, DutyForbidden, DutyRefused
from ppid.organisation.models import User
from ppid.organisation.proposed import Proposed, decide, next_number, write_end, written
from ppid.shelf.lock import one_writer_at_a_time
from ppid.shelf.models import DutyWord
from ppid.shelf.obligation_actions import say

MAX_BECAUSE = 1000
LONGEST = 12  # months for which «nihil» is said of what has no period, where the duty names none


def last_until(cell: Named, on: date) -> date | None:
    """Return the last day for which «nihil» may be said from this day on; None where the period says it."""
    return None if cell.period else on + relativedelta(months=cell.duty.max_months or LONGEST)


@transaction.atomic
def state(
    duty: str,
    unit: str,
    period: str,
    kind: str,
    *,
    because: str,
    actor: User,
    held_by: str = "",
    until: date | None = None,
    at: datetime | None = None,
) -> Statement:
    """Hand in that the unit has nothing to publish, or need not, to be approved by PPID Utama. Raises DutyRefused."""
    at = at or timezone.now()
    one_writer_at_a_time()
    today = timezone.localdate(at)
    appointment = permissions.states(actor, unit, on=today)
    if appointment is None:
        raise DutyForbidden(
            "Pernyataan sebuah unit diajukan oleh PPID Pelaksananya sendiri; yang menyangkut kota, oleh Bidang "
            "Pengelolaan dan Layanan Informasi Publik."
        )
    cell = named(duty, unit, period, on=today)
    because, held_by = " ".join(because.split()), " ".join(held_by.split())
    if kind not in Statement.Kind.values:
        raise DutyRefused("Pilih jawabannya: nihil atau tidak wajib.", fields=["kind"])
    if not because or len(because) > MAX_BECAUSE:
        raise DutyRefused(f"Tulis alasannya, paling banyak {MAX_BECAUSE} huruf. Publik membacanya.", fields=["because"])
    if kind == Statement.Kind.NIL:
        held_by = ""
        until = _until(cell, until, today)
    else:
        until = None
    if waiting := Statement.objects.waiting().of(duty, unit, period).first():
        raise DutyChanged(f"Pernyataan {waiting.written_name} untuk kewajiban ini masih menunggu persetujuan.")
    made = Statement.objects.create(
        **cell.key, kind=kind, because=because, held_by=held_by, until=until, **written(appointment, at)
    )
    telling.handed_in(made, at=at)
    return made


@transaction.atomic
def approve(statement: Statement, *, actor: User, at: datetime | None = None) -> Statement:
    """Approve it: the public reads it from now on, in the place of what was stated before. Raises DutyRefused."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    held = deciding.held_waiting(statement)
    appointment = deciding.decider(held, actor, "menyetujui pernyataan ini", at)
    cell = named(held.duty_code, held.unit_code, held.period, on=today)
    if held.kind == Statement.Kind.NIL and not cell.duty.nil_possible:
        raise DutyRefused("Kewajiban ini tidak dapat dijawab nihil. Kembalikan kepada unitnya.")
    if held.until is not None and held.until < today:
        raise DutyRefused(f"Hari terakhirnya, {date_format(held.until)}, sudah lewat. Kembalikan kepada unitnya.")
    number = next_number(Statement.objects.of(*cell.key.values()))
    for former in Statement.objects.standing().of(*cell.key.values()):
        write_end(former, actor, because=f"Diganti pernyataan nomor {number}.", at=at)
        say(*cell.key.values(), former.kind, None)
    approved = decide(held, Proposed.Decision.APPROVED, appointment, at=at, number=number)
    word = DutyWord(since=today, until=held.until, reason=held.because, held_by=held.held_by)
    say(*cell.key.values(), held.kind, word)
    telling.decided(approved, at=at)
    return approved


@transaction.atomic
def send_back(statement: Statement, *, actor: User, reason: str, at: datetime | None = None) -> Statement:
    """Send it back to its writer, with the reason. Raises DutyRefused."""
    return deciding.returned(statement, actor=actor, reason=reason, at=at or timezone.now())


@transaction.atomic
def withdraw(statement: Statement, *, actor: User, at: datetime | None = None) -> Statement:
    """Take one's own statement back while it waits. Raises DutyRefused."""
    at = at or timezone.now()
    appointment = permissions.states(actor, statement.unit_code, on=timezone.localdate(at))
    return deciding.withdrawn(statement, appointment, actor=actor, at=at)


@transaction.atomic
def end(statement: Statement, *, actor: User, because: str, at: datetime | None = None) -> Statement:
    """End what stands: the cell says again what the shelf holds. Raises DutyRefused."""
    held = deciding.ended(statement, actor=actor, because=because, at=at or timezone.now())
    say(held.duty_code, held.unit_code, held.period, held.kind, None)
    return held


def _until(cell: Named, until: date | None, today: date) -> date | None:
    """Return the last day of a «nihil»: none where it is said of a period. Raises DutyRefused."""
    if not cell.duty.nil_possible:
        raise DutyRefused(
            "Kewajiban ini selalu ada isinya, jadi tidak dapat dijawab nihil. Bila unit Anda tidak memegangnya, pilih "
            "«tidak wajib».",
            fields=["kind"],
        )
    last = last_until(cell, today)
    if last is None:
        return None
    if until is None:
        raise DutyRefused("Pilih sampai kapan pernyataan nihil ini berlaku.", fields=["until"])
    if not today <= until <= last:
        raise DutyRefused(
            f"Pernyataan nihil berlaku paling lama sampai {date_format(last)}, lalu diperiksa lagi. Pilih hari antara "
            "hari ini dan hari itu.",
            fields=["until"],
        )
    return until
