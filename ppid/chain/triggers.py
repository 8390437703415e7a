"""The triggers by which a table's rows enter the chain. Whoever adds a ledger adds ``chained()`` to its triggers.

What happened to a row is noted in its own transaction (``Noted``) and becomes a link as that transaction commits. A row
that is decided once has two parts, each of columns that are written once and never change: what it said first, and what
was decided. So both moments stay provable from the row as it stands. Which columns a part has is data (``Form``),
taken from these triggers by ``ppid.chain.forms``.
"""

from collections.abc import Collection

import pgtrigger
from django.db import models

WRITTEN, GONE = "written", "gone"

_XACT = "pg_current_xact_id()::text::bigint"
# One row a transaction: its trigger makes the links of all that was noted.
_ASK_FOR_LINKS = f"INSERT INTO chain_turn (xact, round) VALUES ({_XACT}, 1) ON CONFLICT DO NOTHING;"  # noqa: S608


def _note(what: str) -> str:
    return f"INSERT INTO chain_noted (xact, ledger, row_id, part) {what};"


class Chained(pgtrigger.Trigger):
    """A trigger by which a part of a row enters the chain.

    ``part`` names it, ``mark`` the column that is NULL until that part has happened ("" for what every row has).
    """

    part: str
    mark: str = ""
    only: Collection[str] = ()
    leaving: Collection[str] = ()

    def columns(self, model: type[models.Model]) -> list[str]:
        """Return the columns whose values the links of this part prove."""
        if self.part == GONE:
            return []
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        names = {field.name for field in fields} & set(self.only) if self.only else {field.name for field in fields}
        names = names - set(self.leaving) | {model._meta.pk.name}
        return sorted(field.column for field in fields if field.name in names)


def chained(*, only: Collection[str] = (), leaving: Collection[str] = ()) -> Chained:
    """Return the trigger of a ledger: each row that is written gets its link in the chain.

    ``only`` are the fields that never change where others do; ``leaving`` those that ``chained_later`` takes up.
    """
    trigger = Chained(
        name="row_enters_the_chain",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="written"),
        func=f"""
            {_note(f"SELECT {_XACT}, TG_TABLE_NAME, id, '{WRITTEN}' FROM written ORDER BY id")}
            IF FOUND THEN {_ASK_FOR_LINKS} END IF;
            RETURN NULL;
        """,  # noqa: S608
    )
    trigger.part, trigger.only, trigger.leaving = WRITTEN, only, leaving
    return trigger


def chained_later(part: str, *fields: str, mark: str, leaving: Collection[str] = ()) -> Chained:
    """Return the trigger of a row to which something happens once: ``fields`` get a link of their own by then.

    ``mark`` is the column that is NULL until it has happened. Without fields it is all of them but ``leaving``.
    """
    trigger = Chained(
        name=f"{part}_enters_the_chain",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NEW.{mark} IS NOT NULL THEN
                IF TG_OP = 'INSERT' OR OLD.{mark} IS NULL THEN
                    {_note(f"VALUES ({_XACT}, TG_TABLE_NAME, NEW.id, '{part}')")}
                    {_ASK_FOR_LINKS}
                END IF;
            END IF;
            RETURN NULL;
        """,
    )
    trigger.part, trigger.mark, trigger.only, trigger.leaving = part, mark, fields, leaving
    return trigger


def chained_as_it_goes() -> Chained:
    """Return the trigger of a row that may lawfully be deleted, as a draft's: that it went has its link too."""
    trigger = Chained(
        name="row_leaves_with_a_link",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="gone"),
        func=f"""
            {_note(f"SELECT {_XACT}, TG_TABLE_NAME, id, '{GONE}' FROM gone ORDER BY id")}
            IF FOUND THEN {_ASK_FOR_LINKS} END IF;
            RETURN NULL;
        """,  # noqa: S608
    )
    trigger.part = GONE
    return trigger
