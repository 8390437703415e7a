"""Running numbers without gaps: one row a series, locked while the number is taken."""

from django.db import connection


def next_number(prefix: str, year: int) -> str:
    """Return the next number of the series, like ``P-2026-0001``; call it inside the transaction that uses it."""
    series = f"{prefix}{year}-"
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO information_numberseries (series, last) VALUES (%s, 1)
            ON CONFLICT (series) DO UPDATE SET last = information_numberseries.last + 1
            RETURNING last
            """,
            [series],
        )
        (last,) = cursor.fetchone()
    return f"{series}{last:04}"
