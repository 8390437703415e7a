"""The ledger of the items that passed from a unit that closed to its successor."""

from django.db import models

from ppid.organisation.unit_history import PassingOn, passing_triggers


class ItemPassedOn(PassingOn):
    """A line: the item passed on. Its number, and all that hangs on it, stayed as it was."""

    information = models.ForeignKey("information.Information", models.PROTECT, related_name="passed_on")

    class Meta:
        verbose_name = "informasi yang diteruskan"
        ordering = ["information", "pk"]
        triggers = passing_triggers("information_itempassedon", "information_id", "information_information")

    def __str__(self):
        return f"{self.from_name} → {self.to_name}"
