"""Who holds which role at a unit, month by month: bars with their gaps, and the same in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from ppid.organisation.models import Appointment

MONTHS = 6
_BEFORE = 2  # of them


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the line: a person, or where ``kind`` is "gap" nobody. Places are in percent of the width."""

    kind: str
    x: float
    width: float
    label: str

    @property
    def text_x(self) -> float:
        return self.x + 1.5

    @property
    def has_room(self) -> bool:
        """Whether its words fit; they stand beside the line in any case."""
        return self.width > (9 if self.kind == "gap" else 1.1 * len(self.label))


@dataclass(slots=True)
class RoleLine:
    """The appointments to one role, newest first, with the stretches of the window and the gaps in it."""

    role: str
    held: list[Appointment]
    stretches: list[Stretch] = field(default_factory=list)
    gaps: list[tuple[date, date | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Window:
    """The months that are drawn."""

    first: date
    last: date
    today: date

    @classmethod
    def around(cls, today: date) -> "Window":
        first = today.replace(day=1) - relativedelta(months=_BEFORE)
        return cls(first, first + relativedelta(months=MONTHS) - timedelta(days=1), today)

    @property
    def months(self) -> list[date]:
        return [self.first + relativedelta(months=n) for n in range(MONTHS)]

    @property
    def now(self) -> float:
        return self.place(self.today)

    def place(self, day: date) -> float:
        """Return where the morning of the day lies, in percent."""
        days = (self.last - self.first).days + 1
        return round(100 * min(max((day - self.first).days, 0), days) / days, 2)


def lines(appointments: Iterable[Appointment], window: Window, *, closed_on: date | None = None) -> list[RoleLine]:
    """Return one line for each role that anybody ever held there. A unit that has closed has no gap after its end."""
    by_role: dict[str, list[Appointment]] = {}
    for each in sorted(appointments, key=lambda held: (held.starts_on, held.pk), reverse=True):
        by_role.setdefault(each.role.name, []).append(each)
    found = []
    for role in sorted(by_role):
        line = RoleLine(role, by_role[role])
        line.gaps = _gaps(line.held, window, closed_on)
        line.stretches = [_drawn(each, window) for each in reversed(line.held) if _is_seen(each, window)]
        line.stretches += [_gap(first, last, window) for first, last in line.gaps]
        found.append(line)
    return found


def _is_seen(held: Appointment, window: Window) -> bool:
    return held.user.is_active and held.starts_on <= window.last and (held.ends_on or window.last) >= window.first


def _drawn(held: Appointment, window: Window) -> Stretch:
    start, end = window.place(held.starts_on), window.place((held.ends_on or window.last) + timedelta(days=1))
    acting = held.kind != Appointment.Kind.DEFINITIVE
    label = f"{held.user.name}, {held.get_kind_display()}" if acting else held.user.name
    return Stretch("acting" if acting else "held", start, round(end - start, 2), label)


def _gap(first: date, last: date | None, window: Window) -> Stretch:
    start, end = window.place(first), window.place((last or window.last) + timedelta(days=1))
    return Stretch("gap", start, round(end - start, 2), "kosong")


def _gaps(held: list[Appointment], window: Window, closed_on: date | None) -> list[tuple[date, date | None]]:
    """Return the days of the window on which nobody held the role, after the first who ever did."""
    last = min(window.last, closed_on) if closed_on else window.last
    day, gaps = max(window.first, min(each.starts_on for each in held)), []
    terms = sorted((each.starts_on, each.ends_on or date.max) for each in held if each.user.is_active)
    for starts_on, ends_on in terms:
        if starts_on > day and day <= last:
            gaps.append((day, min(starts_on - timedelta(days=1), last)))
        if ends_on == date.max:
            return gaps
        day = max(day, ends_on + timedelta(days=1))
    if day <= last:
        gaps.append((day, closed_on if closed_on and closed_on <= window.last else None))
    return gaps
