"""The list of duties: changed by two people, its articles read once both compared them, ended and never deleted."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ppid.obligations import duties
from ppid.obligations.models import DutyText
from ppid.obligations.refusals import DutyChanged, DutyForbidden, DutyRefused
from ppid.shelf.models import ShownDuty
from tests import make
from tests.obligations import said
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db
LAW = "Perki 1/2021 pasal 14 huruf a"


def approved(code="ss-rapat-terbuka", **words):
    return duties.approve(said.changed(code, **words), actor=make.demo("utama"))


def test_a_new_duty_is_in_the_matrix_once_another_person_approves_it():
    waiting = said.changed()
    assert not ShownDuty.objects.exists()
    duties.approve(waiting, actor=make.demo("utama"))
    assert said.cell("ss-rapat-terbuka").state == "belum-ada"
    shown = ShownDuty.objects.get()
    assert (shown.name, shown.category, shown.max_months) == ("Daftar rapat yang terbuka", "on_demand", 12)


def test_an_article_is_read_only_once_it_was_compared_with_the_law_by_both():
    approved(law=LAW)
    assert ShownDuty.objects.get().law == "", "nobody has compared it"
    text = approved(law=LAW, law_checked=True)
    shown = ShownDuty.objects.get()
    assert (shown.law, shown.law_confirmed_on, text.number) == (LAW, timezone.localdate(), 2)
    with pytest.raises(DutyRefused, match="Tulis pasal"):
        said.changed(law=" ", law_checked=True)


def test_what_comes_with_the_portal_begins_with_its_article_unconfirmed():
    from django.core.management import call_command

    call_command("load_duties", verbosity=0)
    words = duties.first_words("bk-profil-kedudukan")
    assert "art 14 huruf a" in words["law"]
    assert words["law_checked"] is False
    assert ShownDuty.objects.exclude(law="").count() == 0
    assert duties.first_words("tidak-ada") == {}


def test_a_duty_of_some_units_concerns_those_that_were_chosen():
    approved(scope="some", unit_codes=["dinsos"])
    assert said.cell("ss-rapat-terbuka").state == "belum-ada"
    with pytest.raises(StopIteration):
        said.cell("ss-rapat-terbuka", "dinkes")
    with pytest.raises(DutyRefused, match="Pilih unit"):
        said.changed(scope="some", unit_codes=["kota"])


def test_a_duty_is_ended_with_its_day_and_reason_and_comes_back():
    approved()
    with pytest.raises(DutyRefused, match="beserta alasannya"):
        said.changed(ended_on=timezone.localdate())
    approved(ended_on=timezone.localdate(), ended_because="Dicabut Perki yang baru.")
    with pytest.raises(StopIteration):
        said.cell("ss-rapat-terbuka")
    assert ShownDuty.objects.get().ended_because == "Dicabut Perki yang baru."
    approved()
    assert said.cell("ss-rapat-terbuka").state == "belum-ada"


def test_the_database_deletes_and_renames_no_duty():
    shown = shelf_rows.duty()
    for act in (shown.delete, lambda: ShownDuty.objects.update(code="lain")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises(DatabaseError, match="never emptied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE shelf_shownduty")


def test_parts_are_added_and_never_taken_away():
    approved(parts=["rencana", "laporan"])
    with pytest.raises(DutyRefused, match="tidak dihapus"):
        said.changed(parts=["rencana"])
    approved(parts=["rencana kerja", "laporan", "lampiran"])
    with pytest.raises(DutyRefused, match="paling banyak 40"):
        said.changed(parts=[str(n) for n in range(41)])


@pytest.mark.parametrize("code", ["", "Rapat", "ss rapat", "-ss", "s" * 51, "../x", "ss_rapat"])
def test_a_code_is_an_address(code):
    with pytest.raises(DutyRefused, match="Kode terdiri"):
        said.changed(code)


def test_the_same_words_are_not_handed_in_again():
    approved()
    with pytest.raises(DutyRefused, match="Tidak ada yang berubah"):
        said.changed()


def test_who_began_before_somebody_elses_change_is_told():
    approved()
    with pytest.raises(DutyChanged, match="mengajukan perubahan lain"):
        said.changed(name="Lain", seen=None)
    said.changed(name="Lain")
    with pytest.raises(DutyChanged, match="masih menunggu"):
        said.changed(name="Lain lagi")


@pytest.mark.parametrize("who", ["utama", "operator", "dinsos", "pengelola", "atasan"])
def test_only_the_bureau_keeps_the_list(who):
    with pytest.raises(DutyForbidden, match="Bidang Pengelolaan"):
        said.changed(actor=make.demo(who))


@pytest.mark.parametrize("who", ["bidang", "operator", "dinsos", "pengelola", "atasan"])
def test_only_ppid_utama_decides(who):
    waiting = said.changed()
    with pytest.raises(DutyForbidden, match="PPID Utama"):
        duties.approve(waiting, actor=make.demo(who))
    with pytest.raises(DutyForbidden, match="PPID Utama"):
        duties.send_back(waiting, actor=make.demo(who), reason="x")


def test_nobody_approves_their_own_words():
    both = make.person("bidang_layanan", "ppid_utama", unit="diskominfo")
    own = said.changed(actor=both)
    with pytest.raises(DutyForbidden, match="pekerjaannya sendiri"):
        duties.approve(own, actor=both)
    with pytest.raises(DatabaseError, match="nobody decides"), transaction.atomic():
        DutyText.objects.update(
            decision="approved", decided_by=both, decided_name="x", decided_as="x", decided_at=timezone.now(), number=1
        )


def test_sent_back_or_withdrawn_it_changes_nothing():
    duties.send_back(said.changed(), actor=make.demo("utama"), reason="Kurang jelas.")
    assert duties.first_words("ss-rapat-terbuka")["name"] == "Daftar rapat yang terbuka", "the editor begins with it"
    own = said.changed()
    with pytest.raises(DutyForbidden, match="yang mengajukannya"):
        duties.withdraw(own, actor=make.person("bidang_layanan", unit="diskominfo"))
    duties.withdraw(own, actor=make.demo("bidang"))
    assert not ShownDuty.objects.exists()


@pytest.mark.parametrize("change", [{"name": "Lain"}, {"number": 5}, {"decision": "returned", "reason": "x"}])
def test_the_database_keeps_what_was_approved(change):
    text = approved()
    with pytest.raises(DatabaseError), transaction.atomic():
        DutyText.objects.filter(pk=text.pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"category": "x"},
        {"law_checked": True},
        {"ended_because": "x"},
        {"due_months": 0},
        {"max_months": 61},
        {"name": ""},
    ],
)
def test_the_database_refuses_a_duty_that_makes_no_sense(change):
    waiting = said.changed()
    duties.withdraw(waiting, actor=make.demo("bidang"))
    waiting.refresh_from_db()
    empty = {"decision": "", "decided_by": None, "decided_name": "", "decided_as": "", "decided_at": None}
    with pytest.raises(DatabaseError), transaction.atomic():
        make.twin(waiting, **empty, **change)
    make.twin(waiting, **empty)
