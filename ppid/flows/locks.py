"""What must not change while cases are opened, held in the one order of this house."""

from ppid.organisation.units import hold_units
from ppid.worktime.calendar import hold_calendar


def hold_to_open() -> None:
    """Let neither the working calendar change nor a unit close until the transaction ends.

    Before the case or the item is locked: who changes the calendar or closes a unit takes them in this order, too.
    """
    hold_calendar()
    hold_units()
