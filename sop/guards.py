"""What stands before every act on a version: its SOP's row is locked, it is read again, and who may not is told."""

from collections.abc import Callable
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from ppid.organisation.models import Unit, User
from ppid.organisation.units import UnitRefused, hold_units, require_open
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused
from sop.models import Sop, SopVersion
from sop.permissions import approves, keeps


class SopRefused(Refused):
    """An act on a version was refused."""


class SopForbidden(Forbidden, SopRefused):
    """It is not this person's to do."""


class SopChanged(ChangedMeanwhile, SopRefused):
    """Somebody else moved or wrote the version since this person looked."""


def elsewhere(kept: SopVersion, state: SopVersion.State) -> str:
    """Say that the version isn't in the state that an act is for."""
    return (
        f"Ini hanya dapat dilakukan pada versi dengan keadaan «{state.label}»; keadaan versi {kept.version} "
        f"sekarang «{kept.get_state_display()}». Muat ulang halaman untuk melihatnya."
    )


def locked(
    version: SopVersion,
    state: SopVersion.State,
    *,
    sentence: Callable[[SopVersion, SopVersion.State], str] = elsewhere,
) -> SopVersion:
    """Return the version as it stands, its SOP's row held. Raises SopChanged when it isn't in ``state``.

    The SOP's row is the one lock of all its versions: no two of them are edited, approved or copied side by side.
    """
    Sop.objects.select_for_update().filter(pk=version.sop_id).first()
    kept = SopVersion.objects.select_related("sop__unit").filter(pk=version.pk).first()
    if kept is None:
        raise SopChanged("Draf ini sudah dihapus orang lain. Salin yang Anda ketik sebelum meninggalkan halaman ini.")
    if kept.state != state:
        raise SopChanged(sentence(kept, state))
    return kept


def open_unit(unit: Unit) -> Unit:
    """Return the unit as it stands; it doesn't close until the transaction ends. Raises SopRefused when it has."""
    hold_units()
    try:
        return require_open(unit)
    except UnitRefused as closed:
        raise SopRefused(*closed.sentences, fields=closed.fields) from closed


def require_keeper(actor: User, unit: Unit, at: datetime) -> None:
    """Raise SopForbidden unless the person keeps the unit's sheets."""
    if not keeps(actor, unit, on=timezone.localdate(at)):
        raise SopForbidden(f"Hanya Pengelola SOP {unit.name} atau PPID Utama yang dapat melakukan ini.")


def require_approver(actor: User, at: datetime) -> None:
    """Raise SopForbidden unless the person approves sheets."""
    if not approves(actor, on=timezone.localdate(at)):
        raise SopForbidden("Hanya PPID Utama yang sedang bertugas yang dapat melakukan ini.")


def reason(why: str) -> str:
    """Return the reason as it is kept. Raises SopRefused when there is none."""
    if not why.strip():
        raise SopRefused("Tuliskan alasannya.", fields=["why"])
    return why.strip()


def a_year_after(day: date) -> date:
    """Return the same day a year later; the last of February for a leap day."""
    return day + relativedelta(years=1)
