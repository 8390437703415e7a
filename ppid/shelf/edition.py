"""The shelf counts its editions: every transaction that writes it counts up by one, whoever writes and however.

So what the portal shows is a function of the address, the edition and the day, and can be kept under the three. The
trigger stands on every table of the shelf, also tomorrow's: it is made sure of after each ``migrate``, not in a
migration. On a replica it does not fire; the counter arrives there with the transaction that counted.
"""

from datetime import datetime

import pgtrigger
from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from ppid.triggers import never_emptied, refuses


class ShelfEdition(models.Model):
    """How often the shelf was written, in one row. No row: never."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_counter_of_editions", condition=Q(id=1))]
        triggers = [
            never_emptied(),
            refuses(
                "editions_only_grow",
                "the shelf counts its editions up, and never forgets them",
                "TG_OP = 'DELETE' OR NEW.number <= OLD.number",
                on=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


_FUNCTION = """
    CREATE OR REPLACE FUNCTION shelf_counts_its_edition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        -- Before any row is locked, so that nobody who holds the shelf waits for a row that waits for the shelf.
        PERFORM pg_advisory_xact_lock(hashtext('ppid.shelf'));
        IF COALESCE(current_setting('ppid.shelf_counted', true), '') = '' THEN
            INSERT INTO shelf_shelfedition AS counter (id, number) VALUES (1, 1)
            ON CONFLICT (id) DO UPDATE SET number = counter.number + 1;
            PERFORM set_config('ppid.shelf_counted', 'yes', true);
        END IF;
        RETURN NULL;
    END $$
"""
_NAME = "counts_its_edition"
_TRIGGER = """
    CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION shelf_counts_its_edition()
"""
_NOT_COUNTED = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s) AND NOT EXISTS (
        SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = %s AND tgenabled = 'O'
    )
"""


def counted_tables() -> list[str]:
    """Return the names of the tables that a page of the portal may read."""
    models_ = apps.get_app_config("shelf").get_models()
    names = dict.fromkeys(model._meta.db_table for model in models_ if model is not ShelfEdition)
    return list(names)


def count_every_write(connection: BaseDatabaseWrapper) -> None:
    """Make sure that each table of the shelf counts; a table that does so already is not locked for it."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
        cursor.execute(_NOT_COUNTED, [counted_tables(), _NAME])
        for (table,) in cursor.fetchall():
            cursor.execute(_TRIGGER.format(name=_NAME, table=connection.ops.quote_name(table)))


# What was announced first says at a certain minute, not day, that its rows are late: the only thing that does.
_STATE = """
    SELECT (SELECT number FROM shelf_shelfedition),
           (SELECT max(follow_by) FROM shelf_publisheditem WHERE follow_by < %s)
"""


def state(using: str, *, at: datetime) -> tuple[int, datetime | None]:
    """Return the edition of the shelf, and the last moment before ``at`` at which a page changed by itself.

    Ask before anything else is read: what is drawn then is never older than its edition.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_STATE, [at])
        number, moment = cursor.fetchone()
    return number or 0, moment
