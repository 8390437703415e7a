"""Who takes lists over and who sees them, and that PPID Utama approves one that is no work of theirs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ppid.flows.knowing import Held, held_by, knows_all
from ppid.organisation.models import Appointment, Unit, User
from ppid.organisation.puppets import in_hands_of, work_of
from ppid.takeover.models import Register, Takeover, TakeoverRow
from sop.models import PerformerRole, Sop, SopVersion

UTAMA = "ppid_utama"
CITY = (UTAMA, "bidang_layanan", "operator")
OF_A_UNIT = ("ppid_pelaksana",)


@dataclass(frozen=True, slots=True)
class Scope:
    """For which units somebody takes lists over (``units`` None for all), and whether in a role of the city.

    Who is of a unit takes lists over as cases only.
    """

    units: frozenset[int] | None
    is_city: bool


def scope_of(user: User, *, on: date, kind: str = Register.DIP) -> Scope | None:
    """Return for which units the person takes lists of this kind over; None when for none."""
    held = held_by(user, on=on)
    is_city = any(each.code in CITY for each in held)
    if kind == Register.DIK:
        return _scope_of_exclusions(held, on) if is_city else None
    if is_city:
        return Scope(None, is_city=True)
    units = frozenset(each.unit for each in held if each.code in OF_A_UNIT)
    return Scope(units, is_city=False) if units else None


def _scope_of_exclusions(held: Collection[Held], on: date) -> Scope | None:
    """A DIK is taken over by those of the city who need to know of the exclusions of its units.

    Nobody lists what they may not see: who has no column in the sheet by which a unit excludes takes nothing of it.
    """
    if knows_all(held):
        return Scope(None, is_city=True)
    mine = set(_sheets(on).filter(pk__in=_with_a_column(held)).values_list("pk", flat=True))
    if not mine:
        return None
    own, master = {}, None
    for pk, unit, is_master in _sheets(on).values_list("pk", "sop__unit", "sop__is_master"):
        own[unit], master = pk, pk if is_master else master
    active = Unit.objects.filter(is_active=True).values_list("pk", flat=True)
    known = frozenset(unit for unit in active if own.get(unit, master) in mine)
    return Scope(None if len(known) == len(active) else known, is_city=True) if known else None


def _sheets(on: date) -> "QuerySet[SopVersion]":
    """Return the sheets by which units exclude."""
    return SopVersion.objects.in_force(on=on).filter(sop__flow=Sop.Flow.EXCLUSION, runs=Sop.Flow.EXCLUSION)


def _with_a_column(held: Collection[Held]) -> "QuerySet[PerformerRole]":
    """Return the keys of the sheets in which one of these roles of the city has a column."""
    roles = {each.role for each in held if each.code in CITY}
    return PerformerRole.objects.filter(role__in=roles).values("performer__version")


def units_of(scope: Scope) -> list[Unit]:
    """Return the units whose items a list may hold."""
    units = Unit.objects.filter(is_active=True).order_by("name")
    return list(units if scope.units is None else units.filter(pk__in=scope.units))


def lists_seen_by(user: User, *, on: date) -> "QuerySet[Takeover]":
    """Return the lists that the person may look at: their own, or any in a role of the city.

    A DIK only whose every row is of a unit of whose exclusions they need to know.
    """
    seen = Q(pk__in=[])
    for kind in Register.values:
        if scope := scope_of(user, on=on, kind=kind):
            seen |= Q(kind=kind) & (Q(uploaded_by=user) | _seen_in(scope))
    return Takeover.objects.filter(seen)


def uploads_of(user: User, held: Collection[Held], *, on: date) -> "QuerySet[Takeover]":
    """Return the lists that the person uploaded and may still look at with what they hold now; asks nothing before."""
    seen = Q(pk__in=[])
    if any(each.code in (*CITY, *OF_A_UNIT) for each in held):
        seen |= Q(kind=Register.DIP)
    if any(each.code in CITY for each in held):
        knows = Q() if knows_all(held) else Q(Exists(_sheets(on).filter(pk__in=_with_a_column(held))))
        seen |= Q(kind=Register.DIK) & knows
    return Takeover.objects.filter(seen, uploaded_by=user)


def sees(user: User, takeover: Takeover, *, on: date) -> bool:
    """Whether the person may look at the list (``lists_seen_by``)."""
    scope = scope_of(user, on=on, kind=takeover.kind)
    if scope is None:
        return False
    is_plain = takeover.uploaded_by_id == user.pk or (scope.is_city and scope.units is None)
    return is_plain or Takeover.objects.filter(_seen_in(scope), pk=takeover.pk).exists()


def _seen_in(scope: Scope) -> Q:
    if not scope.is_city:
        return Q(pk__in=[])
    if scope.units is None:
        return Q(pk__isnull=False)  # an empty Q would vanish beside another
    known = list(Unit.objects.filter(pk__in=scope.units).values_list("code", flat=True))
    rows = TakeoverRow.objects.filter(takeover=OuterRef("pk"))
    return Q(Exists(rows), ~Exists(rows.exclude(values__unit__in=known)))


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
