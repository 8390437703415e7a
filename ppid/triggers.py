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


def refuses(
    name: str,
    sentence: str,
    what: str,
    *,
    on: pgtrigger.Operation = pgtrigger.Insert,
    condition: pgtrigger.Condition | None = None,
    at_commit: bool = False,
) -> pgtrigger.Trigger:
    """Return a trigger that refuses a row with the sentence where ``what``, SQL over NEW and OLD, is true.

    It looks before the row is written; ``at_commit`` once all rows of the transaction stand.
    """
    words = sentence.replace("'", "''")
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After if at_commit else pgtrigger.Before,
        operation=on,
        condition=condition,
        timing=pgtrigger.Deferred if at_commit else None,
        func=f"IF {what} THEN RAISE EXCEPTION '{words}'; END IF; RETURN COALESCE(NEW, OLD);",
    )


def acts_with_own_password(column: str) -> pgtrigger.Trigger:
    """Return the trigger of a ledger by which nobody acts with a password that somebody else has seen."""
    return refuses(
        "nobody_acts_with_a_first_password",
        "a first password is changed before its person does anything",
        f"EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.{column} AND must_change_password)",  # noqa: S608
    )


def local_day(moment: str) -> str:
    """Return SQL for the day of ``moment`` as the office's clock shows it."""
    return f"({moment} AT TIME ZONE '{settings.TIME_ZONE}')::date"
