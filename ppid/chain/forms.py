"""The forms of the chain as data: written from the models' own triggers after each migration."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper

from ppid.chain.models import Turn
from ppid.chain.triggers import GONE, WRITTEN, Chained

_XACT = "pg_current_xact_id()::text::bigint"


def chained_parts() -> Iterator[tuple[type[models.Model], Chained]]:
    """Yield each table of the chain with each trigger by which a part of its rows enters it."""
    for model in apps.get_models():
        if not model._meta.proxy:
            for trigger in getattr(model._meta, "triggers", []):
                if isinstance(trigger, Chained):
                    yield model, trigger


def installed_triggers(cursor: CursorWrapper) -> dict[tuple[str, str], bool]:
    """Return the triggers that the database has, by table and name, and whether each is switched on."""
    cursor.execute(
        "SELECT relname, tgname, tgenabled IN ('O', 'A') FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
        "WHERE NOT tgisinternal"
    )
    return {(table, name): is_on for table, name, is_on in cursor.fetchall()}


def write_forms(using: str = "default") -> None:
    """Write a form for each part whose columns are others than those of its newest form.

    The rows that stand when a part comes to be chained are linked then. Nothing happens while the chain's own triggers
    are missing: the migrations write them.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal"
        )
        installed = set(cursor.fetchall())
        if not all((Turn._meta.db_table, each.get_pgid(Turn)) in installed for each in Turn._meta.triggers):
            return
        cursor.execute(
            "SELECT DISTINCT ON (ledger, part) ledger, part, columns, mark FROM chain_form ORDER BY 1, 2, id DESC"
        )
        known = {(ledger, part): (columns, mark) for ledger, part, columns, mark in cursor.fetchall()}
        for model, trigger in chained_parts():
            ledger = model._meta.db_table
            says = (trigger.columns(model), trigger.mark)
            if (ledger, trigger.get_pgid(model)) not in installed or known.get((ledger, trigger.part)) == says:
                continue
            cursor.execute(
                "INSERT INTO chain_form (ledger, part, columns, mark, since) VALUES (%s, %s, %s, %s, now())",
                [ledger, trigger.part, *says],
            )
            if (ledger, trigger.part) not in known and trigger.part != GONE and ledger != "chain_form":
                _note_all(cursor, ledger, trigger)


def _note_all(cursor: CursorWrapper, ledger: str, trigger: Chained) -> None:
    """Let the rows of a part that has just come to be chained have their links."""
    happened = "" if trigger.part == WRITTEN else f'WHERE "{trigger.mark}" IS NOT NULL'
    cursor.execute(
        f"""
        INSERT INTO chain_noted (xact, ledger, row_id, part)
        SELECT {_XACT}, %s, id, %s FROM "{ledger}" {happened} ORDER BY id
        """,  # noqa: S608 - names of this house
        [ledger, trigger.part],
    )
    cursor.execute(f"INSERT INTO chain_turn (xact, round) VALUES ({_XACT}, 1) ON CONFLICT DO NOTHING")  # noqa: S608
