"""The ledger of the SOPs that passed from a unit that closed to its successor."""

from django.db import models

from ppid.organisation.unit_history import PassingOn, passing_triggers


class SopPassedOn(PassingOn):
    """A line: the SOP passed on with all its versions; what they print stayed as it was."""

    sop = models.ForeignKey("sop.Sop", models.PROTECT, related_name="passed_on")

    class Meta:
        verbose_name = "SOP yang diteruskan"
        ordering = ["sop", "pk"]
        triggers = passing_triggers("sop_soppassedon", "sop_id", "sop_sop")

    def __str__(self):
        return f"{self.from_name} → {self.to_name}"
