"""Moments as the office writes them, by its own clock."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def in_words(moment: datetime) -> str:
    """Write a moment: «27 November 2026, 16.32»."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
