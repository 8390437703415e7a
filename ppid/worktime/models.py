"""The days that are not worked, each with its legal source. Deadlines are reckoned by these rows."""

import hashlib
from typing import Self

from django.db import models
from django.db.models import Q


class HolidayManager(models.Manager["Holiday"]):
    def get_by_natural_key(self, date: str) -> "Holiday":
        return self.get(date=date)


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def of_year(self, year: int) -> Self:
        return self.filter(date__year=year)

    def years(self) -> list[int]:
        """Return the years that have any days."""
        return [day.year for day in self.order_by().dates("date", "year")]


class Holiday(models.Model):
    """A day that is not worked, with its legal source. Unconfirmed rows are predictions until the decree appears."""

    class Kind(models.TextChoices):
        NATIONAL = "national", "Hari libur nasional"
        JOINT_LEAVE = "joint_leave", "Cuti bersama"
        LOCAL = "local", "Libur daerah"

    date = models.DateField("tanggal", unique=True)
    name = models.CharField("nama", max_length=150)
    kind = models.CharField("jenis", max_length=12, choices=Kind)
    source = models.CharField("dasar hukum", max_length=250, blank=True)
    is_confirmed = models.BooleanField("sudah ditetapkan", default=False)

    objects = HolidayManager.from_queryset(HolidayQuerySet)()

    class Meta:
        verbose_name = "hari libur"
        ordering = ["date"]
        constraints = [
            models.CheckConstraint(
                name="confirmed_holiday_names_its_source",
                condition=Q(is_confirmed=False) | ~Q(source=""),
                violation_error_message="Hari libur yang sudah ditetapkan harus menyebut dasar hukumnya.",
                violation_error_code="source",
            )
        ]

    def __str__(self):
        return f"{self.date} {self.name}"

    def natural_key(self):
        return (self.date,)

    @property
    def mark(self) -> str:
        """A short mark of what the row says now, to notice that someone else changed it."""
        says = (self.date.isoformat(), self.name, self.kind, self.source, self.is_confirmed)
        return hashlib.sha256(repr(says).encode()).hexdigest()[:16]
