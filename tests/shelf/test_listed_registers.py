"""Rows of the registers as plain words: they say what the rows of the tables say."""

from datetime import date

import pytest
from django.utils import timezone

from ppid.shelf.listed_registers import listed_entries, listed_reopened, listed_sops
from ppid.shelf.models import DikEntry, PublishedSop, ReopenedEntry
from ppid.shelf.registers import DIK_CSV, SOP
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db
PAST = date(2026, 1, 1)
FILES_ALONE = "Bagian yang terbuka"  # a column; pages print its title beside the information
CORRECTIONS = [{"on": "2026-11-20", "before": ["lama", "«x»"]}, {"on": "2026-11-21", "before": []}]


def said(columns, rows) -> list[list[str]]:
    return [[column.text(row) for column in columns if column.heading != FILES_ALONE] for row in rows]


def test_entries_say_what_their_rows_say_and_name_the_open_part_only_once_it_can_be_read():
    part = shelf_rows.item(title="Bagian terbuka")
    shelf_rows.dik(open_part=part.number, corrections=CORRECTIONS)
    shelf_rows.dik(open_part="2026-9999")
    rows = DikEntry.objects.leading_on().order_by("pk")
    listed = listed_entries(DikEntry.objects.order_by("pk"))
    assert said(DIK_CSV, listed) == said(DIK_CSV, rows)
    assert [each.open_part_title for each in listed] == ["Bagian terbuka", None]
    assert len({hash(each) for each in listed}) == 2


def test_what_is_open_again_says_since_when_and_why_and_whether_it_can_be_read():
    shelf_rows.dik(ends_on=PAST)
    rows = ReopenedEntry.objects.reopened(on=timezone.localdate())
    listed = listed_reopened(rows)
    assert [each.is_published for each in listed] == [False]
    for name in ("number", "information", "legal_basis", "since", "because"):
        assert [getattr(each, name) for each in listed] == [getattr(each, name) for each in rows]


def test_sheets_say_what_their_rows_say():
    shelf_rows.sop()
    rows = PublishedSop.objects.order_by("pk")
    listed = listed_sops(rows)
    assert said(SOP, listed) == said(SOP, rows)
    for name in ("version_url", "is_in_force", "pdf_size"):
        assert [getattr(each, name) for each in listed] == [getattr(each, name) for each in rows]
