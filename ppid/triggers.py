"""Triggers that the tables of several apps share: what a ledger or a frozen table refuses, and the day in SQL."""

import pgtrigger
from django.conf import settings


def kept() -> pgtrigger.Trigger:
    """Return the trigger of a ledger: a row that stands is never changed and never deleted."""
    return pgtrigger.Protect(name="row_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)


def never_emptied() -> pgtrigger.Trigger:
    """Return the trigger that refuses TRUNCATE, which passes by what guards the rows."""
    return pgtrigger.Trigger(
        name="never_emptied",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION '% is kept, never emptied', TG_TABLE_NAME;",
    )


def local_day(moment: str) -> str:
    """Return SQL for the day of ``moment`` as the office's clock shows it."""
    return f"({moment} AT TIME ZONE '{settings.TIME_ZONE}')::date"
