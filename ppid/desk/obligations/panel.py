"""The panel of a publication's pages that says which duties its item fills, read along with the case."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.dateparse import parse_date

from ppid.flows.models import Case
from ppid.obligations import permissions
from ppid.organisation.models import Appointment, User
from ppid.shelf.obligations import CITY
from ppid.shelf.periods import in_words


@dataclass(frozen=True, slots=True)
class Filled:
    """A duty that the item fills, or is to fill once it is public."""

    duty: str
    name: str
    unit: str
    period: str
    waits: bool
    wanted_by: date | None
    key: int
    may_let_go: bool

    @property
    def is_citys(self) -> bool:
        return self.unit == CITY


@dataclass(frozen=True, slots=True)
class Panel:
    filled: list[Filled]
    may_link: bool


def panel_of(case: Case, user: User, appointments: Collection[Appointment]) -> Panel | None:
    """Return the panel as this person sees it; None for an exclusion. Fetch the case ``for_page``."""
    if case.flow != "publication":
        return None
    filled = [
        Filled(
            each["duty"],
            each["name"] or each["duty"],
            each["unit"],
            in_words(each["period"]),
            each["waits"],
            parse_date(each["wanted_by"]) if each["wanted_by"] else None,
            each["key"],
            each["waits"] and each["by"] == user.pk and permissions.may_link(appointments, each["unit"]),
        )
        for each in case.fulfils
    ]
    return Panel(filled, permissions.may_link(appointments, case.information.unit.code))
