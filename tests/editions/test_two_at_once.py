"""What two people do to one edition at the same moment. Each test falls without its lock."""

from django.utils import timezone

from ppid.editions import acts
from ppid.editions.acts import Decree, EditionChanged, EditionRefused
from ppid.editions.models import RegisterEdition
from tests import make
from tests.editions import editions
from tests.portal import shelf_rows
from tests.together import two_at_once


def test_two_who_prepare_at_once_make_one(committed_database):
    shelf_rows.item()
    bidang, operator = make.demo("bidang"), make.demo("operator")
    first, second = two_at_once(
        lambda: acts.prepare("dip", actor=bidang, year=2026), lambda: acts.prepare("dip", actor=operator, year=2026)
    )
    assert isinstance(first, RegisterEdition)
    assert isinstance(second, EditionRefused)
    assert "masih menunggu" in str(second)


def test_setting_and_cancelling_at_once_leave_one_of_both(committed_database):
    shelf_rows.item()
    edition = editions.approved("dip")
    bidang, utama = make.demo("bidang"), make.demo("utama")
    first, second = two_at_once(
        lambda: acts.cancel(edition, actor=bidang, reason="Keliru."),
        lambda: acts.set_by_decree(edition, Decree("1", timezone.localdate()), make.pdf(), actor=utama),
    )
    assert first.state == "cancelled"
    assert isinstance(second, EditionChanged)
