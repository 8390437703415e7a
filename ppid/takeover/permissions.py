"""Who takes lists over: those who prepare a list, and PPID Utama, who approves one that is no work of theirs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ppid.flows.opening import with_exclusions
from ppid.organisation.models import Appointment, Unit, User
from ppid.organisation.puppets import in_hands_of, work_of
from ppid.takeover.models import Register, Takeover

UTAMA = "ppid_utama"
CITY = (UTAMA, "bidang_layanan", "operator")
OF_A_UNIT = ("ppid_pelaksana",)


@dataclass(frozen=True, slots=True)
class Scope:
    """For which units somebody takes lists over: all of them (``units`` None), or their own, as cases only."""

    units: frozenset[int] | None

    @property
    def is_city(self) -> bool:
        return self.units is None


def scope_of(user: User, *, on: date, kind: str = Register.DIP) -> Scope | None:
    """Return for which units the person takes lists of this kind over; None when for none.

    A DIK is taken over by those of the city who may open exclusions: nobody lists what they may not see.
    """
    held = Appointment.objects.of(user, on=on).filter(role__code__in=(*CITY, *OF_A_UNIT))
    if kind == Register.DIK:
        held = with_exclusions(held.filter(role__code__in=CITY), on=on).filter(opens_exclusions=True)
    roles = list(held.values_list("role__code", "unit"))
    if any(role in CITY for role, _ in roles):
        return Scope(None)
    units = frozenset(unit for _, unit in roles)
    return Scope(units) if units else None


def units_of(scope: Scope) -> list[Unit]:
    """Return the units whose items a list may hold."""
    units = Unit.objects.filter(is_active=True).order_by("name")
    return list(units if scope.units is None else units.filter(pk__in=scope.units))


def sees(user: User, takeover: Takeover, *, on: date) -> bool:
    """Whether the person may look at the takeover: their own, or any in a role of the city."""
    scope = scope_of(user, on=on, kind=takeover.kind)
    return scope is not None and (scope.is_city or takeover.uploaded_by_id == user.pk)


def approves_as(user: User, *, on: date) -> Appointment | None:
    """Return the appointment as PPID Utama by which the person approves lists."""
    held = Appointment.objects.of(user, on=on).filter(role__code=UTAMA)
    return held.select_related("role", "user").definitive_first().first()


def own_work_on(takeover: Takeover, user: User) -> str:
    """Return what the person did on the list, in words that follow their name; "" when nothing.

    The work of an account for which they alone vouch is theirs (``ppid.organisation.puppets``).
    """
    return work_of(user, lambda each: _did(takeover, each))


def worked_on_by(user: User) -> QuerySet[Takeover]:
    """Return the lists on which the person worked, by themselves or through accounts for which they alone vouch."""
    people = in_hands_of(user)
    did = Q(uploaded_by__in=people) | Q(proposed_by__in=people) | Q(settled__settled_by__in=people)
    did |= Q(files__is_content=True, files__uploaded_by__in=people)
    return Takeover.objects.filter(did)


def _did(takeover: Takeover, user: User) -> str:
    if user.pk == takeover.uploaded_by_id:
        return "mengunggah tabel ini"
    if user.pk == takeover.proposed_by_id:
        return "mengajukan daftar ini"
    if takeover.settled.filter(settled_by=user).exists():
        return "memeriksa keraguan daftar ini"
    if takeover.files.filter(is_content=True, uploaded_by=user).exists():
        return "mengirim berkas untuk daftar ini"
    return ""
