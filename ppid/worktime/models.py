"""The days that are not worked, and those on which other hours are, each with its legal source.

Deadlines are reckoned by these rows. They hold for the whole city: a case goes from desk to desk across its units, so
a day off of one unit alone would have no deadline to move.
"""

import hashlib
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from ppid.triggers import never_emptied, refuses

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat")
MOST_DAYS = 62  # of a stretch of special hours: a month of Ramadan, and room to spare

_LACKS_A_WEEKDAY = """
    EXISTS (SELECT 1 FROM worktime_specialhours WHERE id = {row})
    AND (SELECT count(*) FROM worktime_specialday WHERE hours_id = {row}) <> 5
"""


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
            ),
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


class SpecialHours(models.Model):
    """A stretch of days on which other hours are worked («jam kerja Ramadan»), with its legal source.

    It has the hours of each weekday from Monday to Friday; no two of them overlap.
    """

    name = models.CharField("nama", max_length=150)
    first = models.DateField("mulai")
    last = models.DateField("sampai")
    source = models.CharField("dasar hukum", max_length=250)

    class Meta:
        verbose_name = "jam kerja khusus"
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(
                name="special_hours_last_some_days",
                condition=Q(first__lte=F("last")) & Q(last__lte=F("first") + Value(MOST_DAYS - 1)),
                violation_error_message=f"Hari terakhir paling awal hari pertama, dan paling lama {MOST_DAYS} hari.",
                violation_error_code="last",
            ),
            models.CheckConstraint(
                name="special_hours_name_their_source",
                condition=~Q(source=""),
                violation_error_message="Sebut dasar hukumnya, misalnya surat edaran wali kota.",
                violation_error_code="source",
            ),
            ExclusionConstraint(
                name="special_hours_never_overlap",
                expressions=[
                    (
                        Func(F("first"), F("last"), Value("[]"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_message="Sebagian hari ini sudah punya jam kerja khusus lain. Ubah yang sudah ada.",
            ),
        ]
        triggers = [
            refuses(
                "special_hours_have_five_weekdays",
                "special hours say when each weekday is worked",
                _LACKS_A_WEEKDAY.format(row="NEW.id"),
                on=pgtrigger.Insert | pgtrigger.Update,
                at_commit=True,
            ),
            never_emptied(),
        ]

    def __str__(self):
        return f"{self.name} {self.first}–{self.last}"

    @property
    def mark(self) -> str:
        """A short mark of what it says now, its weekdays too, to notice that someone else changed it."""
        week = [(day.weekday, day.starts, day.break_starts, day.break_ends, day.ends) for day in self.days.all()]
        says = (self.first.isoformat(), self.last.isoformat(), self.name, self.source, week)
        return hashlib.sha256(repr(says).encode()).hexdigest()[:16]


class SpecialDay(models.Model):
    """The hours of a weekday (0 is Monday) within special hours: from when to when, and the break, if there is one."""

    hours = models.ForeignKey(SpecialHours, models.CASCADE, related_name="days")
    weekday = models.PositiveSmallIntegerField("hari", choices=list(enumerate(WEEKDAYS)))
    starts = models.TimeField("mulai")
    break_starts = models.TimeField("istirahat mulai", null=True, blank=True)
    break_ends = models.TimeField("istirahat selesai", null=True, blank=True)
    ends = models.TimeField("selesai")

    class Meta:
        ordering = ["hours", "weekday"]
        constraints = [
            models.UniqueConstraint(fields=["hours", "weekday"], name="special_weekday_once"),
            models.CheckConstraint(name="special_weekday_is_a_working_one", condition=Q(weekday__lte=4)),
            models.CheckConstraint(
                name="special_day_ends_after_it_starts",
                condition=Q(break_starts=None, break_ends=None, starts__lt=F("ends"))
                | Q(break_starts__isnull=False, break_ends__isnull=False)
                & Q(starts__lt=F("break_starts"), break_starts__lt=F("break_ends"), break_ends__lt=F("ends")),
            ),
        ]
        triggers = [
            refuses(
                "special_weekday_stays_with_its_hours",
                "special hours say when each weekday is worked",
                _LACKS_A_WEEKDAY.format(row="OLD.hours_id"),
                on=pgtrigger.Delete | pgtrigger.Update,
                at_commit=True,
            ),
            never_emptied(),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.starts:%H.%M}–{self.ends:%H.%M}"

    @property
    def words(self) -> str:
        """«08.00–15.00, istirahat 12.00–12.30»."""
        told = f"{self.starts:%H.%M}–{self.ends:%H.%M}"
        if self.break_starts is None or self.break_ends is None:
            return f"{told}, tanpa istirahat"
        return f"{told}, istirahat {self.break_starts:%H.%M}–{self.break_ends:%H.%M}"
