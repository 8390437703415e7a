"""What stands before every act on a version: the row is locked and read again, and whoever may not is told why."""

from datetime import date, datetime

from django.utils import timezone

from ppid.organisation.models import Unit, User
from ppid.web.refusals import ChangedMeanwhile, Refused
from sop.models import Sop, SopVersion
from sop.permissions import approves, keeps


class SopRefused(Refused):
    """An act on a version was refused."""


class SopChanged(ChangedMeanwhile, SopRefused):
    """Somebody else moved or wrote the version since this person looked."""


def locked(version: SopVersion, state: SopVersion.State) -> SopVersion:
    """Return the version as it stands, its row and its SOP's held. Raises SopChanged when it isn't in ``state``."""
    # The SOP's row first: two versions of one SOP are never approved or copied side by side.
    Sop.objects.select_for_update().get(pk=version.sop_id)
    SopVersion.objects.select_for_update().get(pk=version.pk)
    locked = SopVersion.objects.with_sheet().get(pk=version.pk)
    if locked.state != state:
        raise SopChanged(
            f"Ini hanya dapat dilakukan pada versi dengan keadaan «{state.label}»; keadaan versi {locked.version} "
            f"sekarang «{locked.get_state_display()}». Muat ulang halaman untuk melihatnya."
        )
    return locked


def require_keeper(actor: User, unit: Unit, at: datetime) -> None:
    """Raise SopRefused unless the person keeps the unit's sheets."""
    if not keeps(actor, unit, on=timezone.localdate(at)):
        raise SopRefused(f"Hanya Pengelola SOP {unit.name} atau PPID Utama yang dapat melakukan ini.")


def require_approver(actor: User, at: datetime) -> None:
    """Raise SopRefused unless the person approves sheets."""
    if not approves(actor, on=timezone.localdate(at)):
        raise SopRefused("Hanya PPID Utama yang sedang bertugas yang dapat melakukan ini.")


def reason(why: str) -> str:
    """Return the reason as it is kept. Raises SopRefused when there is none."""
    if not why.strip():
        raise SopRefused("Tuliskan alasannya.")
    return why.strip()


def a_year_after(day: date) -> date:
    """Return the same day a year later; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
