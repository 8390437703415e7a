"""The chain: its links, the forms that say which columns they prove, and what waits to become a link at commit."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from ppid.chain.triggers import GONE, chained
from ppid.triggers import kept, never_emptied

# Before the first link.
NOTHING = "0" * 64

# What would write a moment or a number otherwise in one session than in another.
_SPOKEN_ALIKE = (
    ("TimeZone", "UTC"),
    ("extra_float_digits", "1"),
    ("IntervalStyle", "iso_8601"),
    ("bytea_output", "hex"),
)


def said(row: str, columns: str) -> str:
    """Return SQL for the SQL that writes the named columns of ``row`` as one text, the same for every session.

    ``columns`` is SQL for an array of names. JSON as PostgreSQL stores it: keys in their order, no blank left to taste.
    """
    pairs = f"string_agg(format('%L, {row}.%I', named, named), ', ' ORDER BY named)"
    return f"(SELECT format('jsonb_build_object(%s)::text', {pairs}) FROM unnest({columns}) named)"  # noqa: S608


def sha256(text: str) -> str:
    """Return SQL for the SHA-256 of a text (SQL), in hexadecimal digits."""
    return f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"


def hash_of(link: str, before: str) -> str:
    """Return SQL for the hash of ``link``: of the hash before and of all that the link says, a line each."""
    at = f"to_char({link}.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
    parts = [before, f"{link}.position", f"{link}.ledger", f"{link}.row_id", f"{link}.part", f"{link}.form_id"]
    return sha256(f"concat_ws(E'\\n', {', '.join([*parts, f'{link}.digest', at])})")


def speak_alike() -> str:
    """Return SQL that has the rest of the transaction write moments and numbers as the chain does."""
    return " ".join(f"SELECT set_config('{name}', '{value}', true);" for name, value in _SPOKEN_ALIKE)


class Form(models.Model):
    """The columns that the links of a ledger's part prove, since when. A migration that adds a column adds a form.

    ``mark`` is the column that is NULL until the part has happened; "" for what every row has.
    """

    ledger = models.CharField(max_length=63)
    part = models.CharField(max_length=20)
    columns = ArrayField(models.CharField(max_length=63))
    mark = models.CharField(max_length=63, blank=True)
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["ledger", "part", "-id"], name="newest_form")]
        triggers = [kept(), never_emptied(), chained()]

    def __str__(self):
        return f"{self.ledger} {self.part}"


class Link(models.Model):
    """A link of the chain: a part of a row, proved by the ``digest`` of its columns and bound to the link before.

    Positions have no gap. ``hash`` is that of the hash before and of all that this link says (``hash_of``).
    """

    position = models.BigIntegerField(primary_key=True)
    ledger = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    part = models.CharField(max_length=20)
    form_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["ledger", "row_id", "part"], name="linked_once")]
        triggers = [
            kept(),
            never_emptied(),
            pgtrigger.Trigger(
                name="link_follows_the_last_one",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "chain_link%ROWTYPE")],
                func=f"""
                    SELECT * INTO last FROM chain_link ORDER BY position DESC LIMIT 1;
                    IF NEW.position <> COALESCE(last.position, 0) + 1
                    OR NEW.hash <> {hash_of("NEW", f"COALESCE(last.hash, '{NOTHING}')")} THEN
                        RAISE EXCEPTION 'a link follows the last one';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608
            ),
        ]

    def __str__(self):
        return f"{self.position} {self.ledger} {self.row_id} {self.part}"


class Noted(models.Model):
    """What happened in a transaction that has not committed yet. Empty whenever nobody is writing."""

    xact = models.BigIntegerField(db_index=True)
    ledger = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    part = models.CharField(max_length=20)

    def __str__(self):
        return f"{self.ledger} {self.row_id} {self.part}"


def _quoted(words: str) -> str:
    return words.replace("'", "''")


_SETTINGS = ", ".join(f"['{name}', '{value}']" for name, value in _SPOKEN_ALIKE)

_LINK_ALL = f"""
    FOREACH spoken SLICE 1 IN ARRAY ARRAY[{_SETTINGS}] LOOP
        settings := settings || ARRAY[[spoken[1], current_setting(spoken[1])]];
        PERFORM set_config(spoken[1], spoken[2], true);
    END LOOP;
    SELECT string_agg(format(
        'SELECT n.id, n.ledger, n.row_id, n.part, %s::bigint AS form_id, {_quoted(sha256("%s"))} AS digest '
        'FROM chain_noted n %s WHERE n.xact = %s AND n.ledger = %L AND n.part = %L',
        form.id, COALESCE({said("r", "form.columns")}, '''{{}}'''),
        CASE each_part.part WHEN '{GONE}'
            THEN 'JOIN chain_link l ON l.ledger = n.ledger AND l.row_id = n.row_id AND l.part = ''written'''
            ELSE format('JOIN %I r ON r.id = n.row_id', each_part.ledger) END,
        NEW.xact, each_part.ledger, each_part.part
    ), ' UNION ALL ') INTO query
    FROM (SELECT DISTINCT ledger, part FROM chain_noted WHERE xact = NEW.xact) each_part
    LEFT JOIN LATERAL (
        SELECT * FROM chain_form WHERE ledger = each_part.ledger AND part = each_part.part ORDER BY id DESC LIMIT 1
    ) form ON TRUE;
    IF query IS NULL OR EXISTS (
        SELECT 1 FROM chain_noted n WHERE xact = NEW.xact
          AND NOT EXISTS (SELECT 1 FROM chain_form f WHERE f.ledger = n.ledger AND f.part = n.part)
    ) THEN
        RAISE EXCEPTION 'a ledger has no form in the chain: run manage.py prepare';
    END IF;
    FOR noted IN EXECUTE query || ' ORDER BY id' LOOP
        IF link.position IS NULL THEN
            PERFORM pg_advisory_xact_lock(hashtext('ppid.chain'));
            SELECT * INTO link FROM chain_link ORDER BY position DESC LIMIT 1;
            link.position := COALESCE(link.position, 0);
            link.hash := COALESCE(link.hash, '{NOTHING}');
        END IF;
        link.position := link.position + 1;
        link.ledger := noted.ledger;
        link.row_id := noted.row_id;
        link.part := noted.part;
        link.form_id := noted.form_id;
        link.digest := noted.digest;
        link.at := clock_timestamp();
        link.hash := {hash_of("link", "link.hash")};
        INSERT INTO chain_link VALUES (link.*);
    END LOOP;
    DELETE FROM chain_noted WHERE xact = NEW.xact;
    DELETE FROM chain_turn WHERE xact = NEW.xact;
    FOREACH spoken SLICE 1 IN ARRAY settings LOOP
        PERFORM set_config(spoken[1], spoken[2], true);
    END LOOP;
    RETURN NULL;
"""  # noqa: S608 - words of this house


class Turn(models.Model):
    """A transaction that wrote into ledgers: as it commits, all that it noted becomes links.

    In two rounds, because what waits for the commit is done in the order in which it was asked for: in the second one
    nothing is left that could wait for another's row (keys, other checks), so whoever holds the chain's lock waits for
    nobody, and two transactions never wait for each other.
    """

    xact = models.BigIntegerField(primary_key=True)
    round = models.PositiveSmallIntegerField()

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="everything_else_comes_first",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="UPDATE chain_turn SET round = 2 WHERE xact = NEW.xact; RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="what_was_noted_is_linked",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                declare=[
                    ("settings", "text[] := ARRAY[]::text[]"),
                    ("spoken", "text[]"),
                    ("query", "text"),
                    ("noted", "record"),
                    ("link", "chain_link%ROWTYPE"),
                ],
                func=_LINK_ALL,
            ),
        ]

    def __str__(self):
        return str(self.xact)
