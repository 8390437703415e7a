"""The list of duties: changed by two people, its articles read once both compared them, ended and never deleted."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ppid.flows import fulfilling
from ppid.obligations import duties
from ppid.obligations.models import DutyText
from ppid.obligations.refusals import DutyChanged, DutyForbidden, DutyRefused
from ppid.shelf import obligation_actions
from ppid.shelf.models import ShownDuty
from ppid.shelf.obligations import keys_of_parts
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


@pytest.mark.parametrize(
    ("parts", "keys"),
    [
        (["a", "b", "c"], [0, 1, 2]),
        (["b", "a", "c"], [1, 0, 2]),
        (["c", "a", "b"], [2, 0, 1]),
        (["x", "b", "c"], [0, 1, 2]),
        (["x", "y", "z"], [0, 1, 2]),
        (["x", "b", "c", "d"], [0, 1, 2, 3]),
        (["d", "a", "b", "c"], [3, 0, 1, 2]),
        (["a", "d", "c", "b", "e"], [0, 3, 2, 1, 4]),
        (["b", "x", "c"], None),  # «a» went to the second place, or «b» was mended and «x» came
        (["d", "x", "b", "c"], None),
        (["a", "b"], None),
        (["a", "b", "b", "c"], None),
    ],
)
def test_a_part_keeps_its_key_by_its_words_or_else_by_its_place(parts, keys):
    assert keys_of_parts(parts, ["a", "b", "c"], [0, 1, 2]) == keys


def test_a_key_is_never_given_again():
    assert keys_of_parts(["b", "a", "x"], ["a", "b"], [7, 3]) == [3, 7, 8]
    assert keys_of_parts(["a", "b"], [], []) == [0, 1]


def test_what_fills_a_part_goes_with_its_words_when_parts_change_their_places():
    approved(parts=["rencana", "laporan"], scope="all")
    item = make.publication(at="published").information
    filled = said.linked(item, duty="ss-rapat-terbuka", parts=[1])
    fulfilling.approve(filled, actor=make.demo("utama"))
    assert held() == {"laporan"}
    approved(parts=["laporan", "rencana"])
    assert held() == {"laporan"}
    approved(parts=["laporan tahunan", "rencana", "lampiran"])
    assert held() == {"laporan tahunan"}
    approved(parts=["lampiran", "rencana", "laporan tahunan"])
    assert held() == {"laporan tahunan"}
    assert said.cell("ss-rapat-terbuka").covered == 1


def held() -> set[str]:
    """Return the words of the parts that items hold at the unit."""
    duty = ShownDuty.objects.get(code="ss-rapat-terbuka")
    words = dict(zip(duty.part_keys, duty.parts, strict=True))
    return {words[key] for source in said.cell(duty.code).sources for key in source.parts}


def test_words_that_are_mended_and_moved_at_once_are_refused():
    approved(parts=["rencana", "laporan"])
    with pytest.raises(DutyRefused, match="tidak dapat dikenali") as refusal:
        said.changed(parts=["laporan", "rencana kerja"])
    assert refusal.value.fields == ("parts",)
    with pytest.raises(DutyRefused, match="satu kali"):
        said.changed(parts=["rencana", "laporan", "rencana"])
    with pytest.raises(ValueError, match="can't be told"):
        obligation_actions.show_duty("ss-rapat-terbuka", parts=["laporan", "rencana kerja"])
    assert ShownDuty.objects.get().part_keys == [0, 1]


def test_the_database_takes_no_key_away_and_gives_none_twice():
    shown = shelf_rows.duty(parts=["rencana", "laporan"])
    rows = ShownDuty.objects.filter(pk=shown.pk)
    for parts, keys in ((["rencana", "laporan"], [0, 2]), (["rencana"], [0]), (["a", "b", "c"], [0, 1, 1])):
        with pytest.raises(DatabaseError, match="given once"), transaction.atomic():
            rows.update(parts=parts, part_keys=keys)
    rows.update(part_keys=[1, 0])


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
