"""What is known of public bytes stays for ever and changes by its end alone; so does a short address."""

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from ppid.shelf import actions, known_bytes
from ppid.shelf.models import KnownBytes, ShortAddress
from tests import make
from tests.portal import shelf_rows as shelf

pytestmark = pytest.mark.django_db

FROZEN = {
    "shelf_knownbytes": [
        "UPDATE shelf_knownbytes SET sha256 = repeat('0', 64)",
        "UPDATE shelf_knownbytes SET number = '2026-0001'",
        "UPDATE shelf_knownbytes SET published_at = now()",
        "UPDATE shelf_knownbytes SET ended_at = now() + interval '1 day' WHERE ended_at IS NOT NULL",
        "UPDATE shelf_knownbytes SET ended_at = NULL, why = '' WHERE ended_at IS NOT NULL",
        "UPDATE shelf_knownbytes SET ended_at = now(), why = 'replaced', unit_name = 'Lain' WHERE ended_at IS NULL",
        "UPDATE shelf_knownbytes SET why = 'replaced' WHERE why = 'excluded'",
        "DELETE FROM shelf_knownbytes",
        "TRUNCATE shelf_knownbytes",
    ],
    "shelf_shortaddress": [
        "UPDATE shelf_shortaddress SET number = number",
        "DELETE FROM shelf_shortaddress",
        "TRUNCATE shelf_shortaddress",
    ],
}


@pytest.mark.parametrize("statement", [each for some in FROZEN.values() for each in some])
def test_by_hand_nothing_of_it_is_changed(statement):
    shelf.item(files=[shelf.file(b"%PDF satu")])
    gone = shelf.item(files=[shelf.file(b"%PDF dua")])
    actions.exclude(gone.number, called="Data pribadi", reason="x", at=timezone.now(), ends_on=None)
    with pytest.raises(DatabaseError), make.savepoint(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_was_withdrawn_may_still_be_excluded_and_then_loses_its_unit():
    item = shelf.item(files=[shelf.file()])
    actions.withdraw(item.number, reason="x", at=timezone.now())
    before = KnownBytes.objects.get(number=item.number)
    assert (before.why, before.unit_name) == ("withdrawn", "Dinas Sosial")
    actions.exclude(item.number, called="Data pribadi", reason="x", at=timezone.now(), ends_on=None)
    after = KnownBytes.objects.get(number=item.number)
    assert (after.why, after.unit_name, after.ended_at) == ("excluded", "", before.ended_at)


def test_a_process_that_goes_on_changes_nothing_of_it():
    file = shelf.file()
    item = shelf.item(files=[file])
    again = actions.PublishedItem.objects.get(pk=item.pk)
    again.pk, again._state.adding = None, True
    actions.put(again, [file], continues=True)
    row = KnownBytes.objects.get(number=item.number)
    assert (row.edition, row.ended_at) == (1, None)


def test_an_act_that_is_rolled_back_knows_nothing():
    with make.savepoint(undo=True):
        shelf.item(number="2026-0999", files=[shelf.file()])
    assert not KnownBytes.objects.filter(number="2026-0999").exists()
    assert not ShortAddress.objects.filter(number="2026-0999").exists()


def test_the_code_of_a_thing_is_known_before_it_is_printed_and_is_none_of_anothers():
    first, second, *_ = known_bytes.codes("item", "2026-0001", 1)
    assert (first, len(first)) == (next(iter(known_bytes.codes("item", "2026-0001", 1))), 10)
    ShortAddress.objects.create(kind="sop", number="lain", edition=1, code=first, published_at=timezone.now())
    shelf.item(number="2026-0001")
    assert ShortAddress.objects.get(kind="item", number="2026-0001").code == second
