"""One writer of the shelf at a time."""

from django.db import connection


def one_writer_at_a_time() -> None:
    """Hold the shelf until the transaction ends, so that no sweep deletes bytes which are being put back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ppid.shelf'))")
