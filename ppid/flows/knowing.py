"""Who needs to know of an exclusion: those who perform in it at its unit, PPID Utama and Atasan PPID; nobody else.

Once in words, once in SQL.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from ppid.notices.secret import secret_cases_in_sql
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.triggers import local_day
from sop.models import PerformerRole, SopVersion

# Who knows of every exclusion: the one decides on them, the other approves them.
KNOW_ALL = frozenset({"ppid_utama", "atasan_ppid"})


class Held(NamedTuple):
    """What an appointment in force lets its holder see."""

    code: str
    role: int
    scope: str
    unit: int

    @classmethod
    def by(cls, appointment: Appointment) -> "Held":
        """Return what this appointment lets its holder see."""
        role = appointment.role
        return cls(role.code, role.pk, role.scope, appointment.unit_id)

    @property
    def is_city_wide(self) -> bool:
        return self.scope == Role.Scope.CITY

    @property
    def is_of_a_unit(self) -> bool:
        """Whether it shows what is the unit's own; an office that keeps people and units shows no case."""
        return self.scope == Role.Scope.UNIT


def held_by(user: User, *, on: date) -> list[Held]:
    """Return what the person's appointments in force let them see."""
    held = Appointment.objects.of(user, on=on).select_related("role")
    return [Held.by(each) for each in held]


def knows_all(held: Collection[Held]) -> bool:
    """Whether one of these is an office that knows of every exclusion."""
    return any(each.code in KNOW_ALL for each in held)


def performed(held: Collection[Held]) -> Q:
    """Return the cases in whose sheet one of these has a column, at the case's unit."""
    found = Q(pk__in=[])
    for each in held:
        column = Q(sop_version__in=PerformerRole.objects.filter(role=each.role).values("performer__version"))
        found |= column if each.is_city_wide else column & Q(unit=each.unit)
    return found


def would_know(user: User, version: SopVersion, unit: Unit | int, *, on: date) -> bool:
    """Whether the person would be among those who know of an exclusion of ``unit`` by this sheet."""
    held = held_by(user, on=on)
    key = unit.pk if isinstance(unit, Unit) else unit
    roles = [each.role for each in held if each.is_city_wide or each.unit == key]
    return knows_all(held) or PerformerRole.objects.filter(performer__version=version, role__in=roles).exists()


def in_force_in_sql(held: str, day: str) -> str:
    """Return SQL that says whether the appointment ``held`` holds on the day (SQL), the person's account aside."""
    return f"""
        NOT {held}.is_void AND {held}.starts_on <= {day} AND ({held}.ends_on IS NULL OR {held}.ends_on >= {day})
        AND ({held}.closed_at IS NULL OR {local_day(f"{held}.closed_at")} > {day})
    """


def knows_in_sql(role: str, day: str) -> str:
    """Return SQL that says whether the role (an alias of its table) may know of the case ``c`` on the day (SQL).

    As ``CaseQuerySet.visible_with`` has it.
    """
    everything = ", ".join(f"'{code}'" for code in sorted(KNOW_ALL))
    secret = secret_cases_in_sql("s.information_id = c.information_id", day)
    return f"""
        {role}.scope <> 'office' AND ({role}.code IN ({everything}) OR (
            (c.flow <> 'exclusion' OR {_has_column(f"{role}.id", "c.sop_version_id")})
            AND (NOT EXISTS (SELECT 1 FROM {secret})
                 OR EXISTS (SELECT 1 FROM {secret} AND {_has_column(f"{role}.id", "s.sop_version_id")}))
        ))
    """  # noqa: S608 - names of this house


def _has_column(role: str, version: str) -> str:
    """Return SQL that says whether the role has a column in the sheet's version."""
    return f"""EXISTS (
        SELECT 1 FROM sop_performerrole link JOIN sop_performer p ON p.id = link.performer_id
        WHERE p.version_id = {version} AND link.role_id = {role}
    )"""  # noqa: S608 - names of this house
