"""The shelf counts its editions: once for every transaction that writes it, whoever writes and however."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone

from ppid.shelf.edition import ShelfEdition, counted_tables, state
from ppid.shelf.models import PublishedItem
from tests import make
from tests.portal import shelf_rows
from tests.shelf.test_role import SHELF

pytestmark = pytest.mark.django_db


def edition() -> int:
    return state("default", at=timezone.now())[0]


def by_hand(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def in_a_transaction_of_its_own() -> None:
    """Let what follows count again: the test's own transaction has counted already."""
    by_hand("SELECT set_config('ppid.shelf_counted', '', true)")


def test_every_table_of_the_shelf_is_counted():
    assert set(counted_tables()) == SHELF - {"shelf_shelfedition"}


@pytest.mark.parametrize("table", sorted(SHELF - {"shelf_shelfedition"}))
def test_each_way_to_write_a_table_counts(table):
    if table != "shelf_ledgermark":
        in_a_transaction_of_its_own()
        before = edition()
        by_hand(f'DELETE FROM "{table}" WHERE false')
        assert edition() == before + 1, "DELETE"
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT string_agg(event, ' ' ORDER BY event) FROM pg_trigger, LATERAL (VALUES
                (4, 'INSERT'), (8, 'DELETE'), (16, 'UPDATE'), (32, 'TRUNCATE')
            ) each (bit, event) WHERE tgname = 'counts_its_edition' AND tgrelid = %s::regclass AND tgtype & bit <> 0
            AND tgtype & 2 <> 0 -- before any row is locked
            """,
            [table],
        )
        assert cursor.fetchone()[0] == "DELETE INSERT TRUNCATE UPDATE"


def test_a_transaction_counts_once_however_much_it_writes():
    in_a_transaction_of_its_own()
    before = edition()
    shelf_rows.item(files=[shelf_rows.file()])
    shelf_rows.dik()
    assert edition() == before + 1


def test_what_is_rolled_back_to_a_savepoint_does_not_count_and_what_follows_does():
    in_a_transaction_of_its_own()
    before = edition()
    with make.savepoint(undo=True):
        shelf_rows.dik()
    assert edition() == before
    shelf_rows.dik()
    assert edition() == before + 1


def test_who_writes_the_shelf_by_hand_holds_it_too():
    """Else whoever holds the shelf and whoever counted first would wait for each other for ever."""
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted"
    counts = []
    for statement in ("SELECT 1", "DELETE FROM shelf_dikentry WHERE false"):
        by_hand(statement)
        with connection.cursor() as cursor:
            cursor.execute(held)
            counts.append(cursor.fetchone()[0])
    assert counts == [0, 1]


def test_reading_counts_nothing():
    before = edition()
    list(PublishedItem.objects.all())
    assert edition() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shelf_shelfedition SET number = number - 1",
        "UPDATE shelf_shelfedition SET number = number",
        "DELETE FROM shelf_shelfedition",
        "TRUNCATE shelf_shelfedition",
    ],
)
def test_editions_only_grow(statement):
    shelf_rows.dik()
    assert ShelfEdition.objects.count() == 1
    with pytest.raises(ProgrammingError), make.savepoint():
        by_hand(statement)


def test_the_state_changes_at_the_minute_from_which_rows_are_late():
    now = timezone.now()
    announced = {"category": "immediate", "first_published_at": now - timedelta(hours=3), "opened_at": now}
    shelf_rows.item(**announced, follow_by=now, follow_from=1, follow_to=3)
    assert state("default", at=now)[1] is None
    assert state("default", at=now + timedelta(microseconds=1))[1] == now
