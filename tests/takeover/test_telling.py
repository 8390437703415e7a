"""Who is told of what happens to a list taken over: once each, and of a DIK its number alone."""

import pytest

from ppid.notices.models import Notice
from ppid.takeover import deciding
from ppid.takeover.models import Takeover
from tests import make
from tests.takeover import office

pytestmark = pytest.mark.django_db


def told(takeover: Takeover, kind: str) -> set[str]:
    found = Notice.objects.filter(number=f"Pindahan {takeover.pk}", kind=kind).select_related("person")
    return {notice.person.email.split("@")[0] for notice in found}


def count(takeover: Takeover) -> int:
    return Notice.objects.filter(number=f"Pindahan {takeover.pk}").count()


def test_a_draft_is_told_to_nobody():
    assert count(office.read()) == 0


def test_what_is_proposed_is_told_to_every_ppid_utama():
    takeover = office.proposed()
    assert told(takeover, "arrived") == {"utama", "wakil"}
    notice = Notice.objects.filter(number=f"Pindahan {takeover.pk}").first()
    assert (notice.title, notice.url) == ("Pindahan DIP: dip.csv", takeover.get_absolute_url())
    assert ["Dari", make.demo("bidang").name] in notice.facts


def test_whoever_proposed_it_as_ppid_utama_is_asked_for_nothing():
    assert told(office.proposed(by="utama"), "arrived") == {"wakil"}


def test_what_comes_back_is_told_with_its_reason_to_those_who_worked_on_it():
    takeover = office.proposed()
    deciding.send_back(takeover, actor=make.demo("utama"), note="SK-nya yang lama.")
    assert told(takeover, "returned") == {"bidang"}
    [notice] = Notice.objects.filter(number=f"Pindahan {takeover.pk}", kind="returned")
    assert ["Alasan", "SK-nya yang lama."] in notice.facts


def test_what_is_approved_is_told_once_to_those_who_worked_on_it_and_not_to_who_approved():
    takeover = office.carried_out(deciding.approve(office.proposed(), actor=make.demo("utama")))
    assert told(takeover, "decided") == {"bidang"}
    assert told(takeover, "arrived") == {"utama", "wakil"}
    assert count(takeover) == 3


def test_proposed_again_it_is_another_event():
    takeover = office.proposed()
    deciding.send_back(takeover, actor=make.demo("utama"), note="SK-nya yang lama.")
    takeover.refresh_from_db()
    deciding.propose(takeover, actor=make.demo("bidang"), **office.decree())
    assert Notice.objects.filter(number=f"Pindahan {takeover.pk}", kind="arrived").count() == 4


def test_of_a_dik_the_number_alone_is_told():
    takeover = office.carried_out(deciding.approve(office.proposed_dik(), actor=make.demo("utama")))
    found = Notice.objects.filter(number=f"Pindahan {takeover.pk}")
    assert told(takeover, "arrived") == {"utama", "wakil"}
    assert told(takeover, "decided") == {"bidang"}
    assert {(each.title, str(each.facts), each.is_secret) for each in found} == {("", "[]", True)}


def test_who_holds_no_appointment_any_more_is_told_nothing():
    worker = make.person("bidang_layanan", unit="diskominfo")
    takeover = office.read(by=worker)
    for kind, _, _ in office.preparing.open_doubts(takeover):
        office.preparing.settle(takeover, kind, actor=worker)
    proposed = deciding.propose(takeover, actor=make.demo("bidang"), **office.decree())
    make.change(worker, is_active=False)
    deciding.send_back(proposed, actor=make.demo("utama"), note="SK-nya yang lama.")
    assert told(takeover, "returned") == {"bidang"}
