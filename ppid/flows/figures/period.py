"""A stretch of days that figures are of."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both of them in it, by local time."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return _midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The moment at which it is over, no more in it."""
        return _midnight(self.last + timedelta(days=1))

    def of(self, moment: str) -> Q:
        """Return what holds for rows whose moment, a field's name, lies in the period."""
        return self._between(moment, self.begins, self.ends)

    def of_day(self, day: str) -> Q:
        """Return what holds for rows whose day, a field's name, lies in the period."""
        return self._between(day, self.first, self.last + timedelta(days=1))

    @staticmethod
    def _between(field: str, begins: Any, ends: Any) -> Q:
        return Q(**{f"{field}__gte": begins, f"{field}__lt": ends})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
