"""What must not change while cases are opened, held in the one order of this house."""

from ppid.flows.steps import StepUnmet
from ppid.organisation.models import Unit
from ppid.organisation.units import UnitRefused, hold_units, require_open
from ppid.worktime.calendar import hold_calendar


def hold_to_open() -> None:
    """Let neither the working calendar change nor a unit close until the transaction ends.

    Before the case or the item is locked: who changes the calendar or closes a unit takes them in this order, too.
    """
    hold_calendar()
    hold_units()


def hold_to_open_at(unit: Unit) -> Unit:
    """Hold the same, and return the unit as it stands now. Raises StepUnmet when it has closed."""
    hold_to_open()
    try:
        return require_open(unit)
    except UnitRefused as closed:
        raise StepUnmet(*closed.sentences, fields=closed.fields) from closed
