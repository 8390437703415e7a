"""What the database holds at one moment: counts, sequences, migrations, the chain's end, and the files it names."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from ppid.chain.models import Link
from ppid.upkeep.stores import Store


@contextmanager
def snapshot() -> Iterator[str]:
    """Read the database as it is now, whatever others write meanwhile; yield the name by which pg_dump sees the same.

    Not inside another transaction.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def facts() -> dict:
    """Return what a restored database is compared with."""
    last = Link.objects.order_by("-position").first()
    migrations = MigrationRecorder.Migration.objects.order_by("app", "name")
    return counted() | {
        "migrations": [f"{app}.{name}" for app, name in migrations.values_list("app", "name")],
        "chain": {"position": last.position, "hash": last.hash} if last else None,
        "postgresql": server_version(),
    }


def counted() -> dict:
    """Return the rows of each table, and where each sequence stands."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
        )
        tables = [table for (table,) in cursor.fetchall()]
        rows = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {quote(table)}")  # noqa: S608 - the database's own name
            rows[table] = cursor.fetchone()[0]
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1")
        return {"rows": rows, "sequences": dict(cursor.fetchall())}


def server_version() -> int:
    """Return the major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return cursor.fetchone()[0]


def named_files(stores: Sequence[Store]) -> dict[bytes, int]:
    """Return each file that a row names by its SHA-256, with the stores that have to hold it: bit n for the nth."""
    named = dict[bytes, int]()
    for nth, store in enumerate(stores):
        for sha256, _ in store.promised():
            digest = bytes.fromhex(sha256)
            named[digest] = named.get(digest, 0) | 1 << nth
    return named
