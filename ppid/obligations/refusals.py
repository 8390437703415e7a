"""Why something is not done: sentences for people (``ppid.web.refusals``)."""

from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused


class DutyRefused(Refused):
    """An act on duties, statements or fulfilments was refused."""


class DutyForbidden(DutyRefused, Forbidden):
    """It is not this person's to do."""


class DutyChanged(DutyRefused, ChangedMeanwhile):
    """Somebody else handed in or decided meanwhile."""
