"""The ledger of the cases that passed from a unit that closed to its successor, those that had ended included."""

from django.db import models

from ppid.organisation.unit_history import PassingOn, passing_triggers


class PassedOn(PassingOn):
    """A line of the case's history: another unit answers for it from here on. Where it stood, it stayed."""

    case = models.ForeignKey("flows.Case", models.PROTECT, related_name="passed_on")
    moves = models.PositiveIntegerField("jumlah gerak")

    class Meta:
        verbose_name = "proses yang diteruskan"
        ordering = ["case", "pk"]
        triggers = passing_triggers("flows_passedon", "case_id", "flows_case")

    def __str__(self):
        return f"{self.from_name} → {self.to_name}"
