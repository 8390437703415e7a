"""Two who write the shelf at the same moment: both count, and nobody waits for ever."""

from django.db import connection
from django.utils import timezone

from ppid.shelf.edition import state
from tests.portal import shelf_rows
from tests.together import two_at_once


def edition() -> int:
    return state("default", at=timezone.now())[0]


def test_two_who_write_the_shelf_at_once_count_two_editions(committed_database):
    before = edition()
    answers = two_at_once(shelf_rows.dik, shelf_rows.dik)
    assert not any(isinstance(each, Exception) for each in answers)
    assert edition() == before + 2


def test_who_writes_a_table_by_hand_waits_for_whoever_holds_the_shelf_and_nobody_waits_for_ever(committed_database):
    entry = shelf_rows.dik()

    def first():
        shelf_rows.item()

    def second():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE shelf_dikentry SET information = 'x' WHERE number = '{entry.number}'")

    before = edition()
    answers = two_at_once(first, second)
    assert not any(isinstance(each, Exception) for each in answers)
    assert edition() == before + 2
