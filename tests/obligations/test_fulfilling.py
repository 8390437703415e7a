"""Which item fills which duty: with its publication, afterwards, and never what is excluded."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.flows import answering, fulfilling
from ppid.flows.actions import open_publication, take_step
from ppid.flows.documents import add_document
from ppid.flows.models import Case
from ppid.flows.steps import StepUnmet
from ppid.notices.models import Notice
from ppid.obligations.models import Fulfilment
from ppid.obligations.refusals import DutyChanged, DutyForbidden, DutyRefused
from ppid.shelf.models import DutyFill, DutyWord
from tests import make, make_sheets
from tests.flows import test_rows
from tests.obligations import said
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DIP = {
    "summary": "Kedudukan, tugas, dan fungsi.",
    "responsible": "Sekretaris Dinas Sosial",
    "made_place": "Pontianak",
    "made_when": "5 November 2026",
    "retention": "5 tahun",
}


@pytest.fixture(autouse=True)
def duty():
    return shelf_rows.duty()


def started(**more) -> Case:
    given = {"of": make.unit("dinsos"), "title": "Profil Dinas Sosial", "actor": make.demo("bidang"), **DIP, **more}
    return answering.start(said.DUTY, given.pop("unit", said.UNIT), given.pop("period", ""), **given)


def test_an_empty_cell_starts_a_publication_and_says_by_when():
    due = TODAY + timedelta(days=20)
    case = started(wanted_by=due)
    assert (case.flow, case.state) == ("publication", "updating")
    found = said.cell()
    assert (found.state, found.on, found.work.until) == ("dikerjakan", TODAY, due)
    assert "Profil" not in str(DutyWord.objects.values())


def test_with_step_7_it_is_there_approved_by_whoever_approved_the_item():
    case = started()
    assert not Notice.objects.filter(event__startswith="fulfilment").exists(), "it is decided with the item"
    case = make.walk(case, to="published")
    (filled,) = Fulfilment.objects.all()
    assert (filled.decision, filled.decided_by, filled.number) == ("approved", make.demo("utama"), 1)
    assert filled.decided_at == case.approval.done_at
    found = said.cell()
    assert (found.state, found.url, found.work) == ("ada", f"/informasi/{case.information.number}/", None)


def test_before_it_is_public_it_fills_nothing():
    make.walk(started(), to="publishing")
    assert (said.cell().state, DutyFill.objects.count()) == ("dikerjakan", 0)


def test_what_its_approver_wrote_waits_for_somebody_else():
    both = make.person("bidang_layanan", "ppid_utama", unit="diskominfo")
    case = make.publication()
    said.linked(case.information, actor=both)
    make.walk(case, to="published", hands={**make.PUBLICATION, "prepare": "dinsos", "clarify": both})
    assert said.cell().state == "belum-ada"
    (waiting,) = Fulfilment.objects.waiting()
    with pytest.raises(DutyForbidden, match="pekerjaannya sendiri"):
        fulfilling.approve(waiting, actor=both)
    fulfilling.approve(waiting, actor=make.demo("utama"))
    assert said.cell().state == "ada"


def test_afterwards_it_is_handed_in_and_approved_by_ppid_utama():
    case = make.publication(at="published")
    waiting = said.linked(case.information, actor=make.demo("dinsos"))
    assert said.cell().state == "belum-ada"
    for who in ("bidang", "dinsos", "operator", "atasan", "pengelola"):
        with pytest.raises(DutyForbidden):
            fulfilling.approve(waiting, actor=make.demo(who))
    fulfilling.approve(waiting, actor=make.demo("utama"))
    assert said.cell().state == "ada"
    told = Notice.objects.filter(event__startswith="fulfilment").values_list("kind", "person__email")
    assert set(told) == {
        ("arrived", "utama@demo.example"),
        ("arrived", "wakil@demo.example"),
        ("decided", "dinsos@demo.example"),
    }


@pytest.mark.parametrize("who", ["utama", "operator", "disdukcapil", "pengelola", "atasan"])
def test_others_link_nothing(who):
    with pytest.raises(DutyForbidden, match="PPID Pelaksana unit itu"):
        said.linked(make.information(), actor=make.demo(who))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"unit": "disdukcapil"}, "milik Dinas Sosial"),
        ({"duty": "tidak-ada"}, "tidak ada dalam daftar"),
        ({"period": "2026"}, "periode yang ada"),
        ({"parts": [0]}, "Pilih bagian"),
        ({"wanted_by": TODAY - timedelta(days=1)}, "sudah lewat"),
    ],
)
def test_what_does_not_fit_is_told(given, sentence):
    with pytest.raises(DutyRefused, match=sentence):
        said.linked(make.information(), **given)
    assert not Fulfilment.objects.exists()


def test_an_item_fills_a_cell_of_the_city_as_well_and_each_once():
    item = make.information()
    said.linked(item)
    said.linked(item, unit="kota")
    with pytest.raises(DutyChanged, match="sudah dikaitkan"):
        said.linked(item)
    with pytest.raises(DatabaseError), transaction.atomic():
        make.twin(Fulfilment.objects.first())
    with pytest.raises(DatabaseError, match="own unit, or of the city"), transaction.atomic():
        make.twin(Fulfilment.objects.first(), unit_code="dinkes")
    with pytest.raises(DatabaseError, match="parts that the duty has"), transaction.atomic():
        make.twin(Fulfilment.objects.first(), unit_code="kota", parts=[0])


def test_parts_are_named_by_their_keys_wherever_they_stand():
    shelf_rows.duty("bk-anggaran", parts=["RKA", "DPA"])
    shelf_rows.duty("bk-anggaran", parts=["LRA", "DPA", "RKA"])
    with pytest.raises(DutyRefused, match="Pilih bagian"):
        said.linked(make.information(), duty="bk-anggaran", parts=[3])
    assert said.linked(make.information(), duty="bk-anggaran", parts=[2, 0]).parts == [0, 2]


def test_parts_that_are_all_of_it_are_the_whole():
    shelf_rows.duty("bk-anggaran", parts=["RKA", "DPA"])
    first, second = make.publication(at="published"), make.publication(at="published")
    for case, parts in ((first, [0]), (second, [1, 0])):
        fulfilling.approve(said.linked(case.information, duty="bk-anggaran", parts=parts), actor=make.demo("utama"))
    assert list(Fulfilment.objects.order_by("pk").values_list("parts", flat=True)) == [[0], []]
    fulfilling.end(Fulfilment.objects.get(parts=[]), actor=make.demo("utama"), because="Bukan ini.")
    assert (said.cell("bk-anggaran").state, said.cell("bk-anggaran").covered) == ("sebagian", 1)


@pytest.mark.parametrize("who", ["utama", "bidang", "dinsos"])
def test_what_fills_is_ended_with_a_reason(who):
    make.walk(started(), to="published")
    (filled,) = Fulfilment.objects.all()
    with pytest.raises(DutyRefused, match="mengapa"):
        fulfilling.end(filled, actor=make.demo(who), because="")
    fulfilling.end(filled, actor=make.demo(who), because="Salah kewajiban.")
    assert (said.cell().state, DutyFill.objects.count()) == ("belum-ada", 0)


def test_a_publication_that_is_withdrawn_is_no_longer_being_prepared():
    case = started()
    make.step(case, "withdraw", actor="bidang", note="Ganda.")
    assert said.cell().state == "belum-ada"


def test_a_publication_that_is_diverted_says_nothing_more_about_it():
    case = make.walk(started(), to="clarifying")
    make.step(case, "divert", actor="utama", note="Memuat data pribadi.")
    assert said.cell().state == "belum-ada"
    assert not DutyWord.objects.exists()
    assert said.cell().work is None


def test_what_is_excluded_fills_nothing_and_takes_its_fills_off_the_shelf():
    case = started(of=make.unit("disdukcapil"), unit="disdukcapil")
    case = make.walk(case, to="published", hands={**make.PUBLICATION, "prepare": "disdukcapil"})
    assert said.cell(unit="disdukcapil").state == "ada"
    make.adopted(of=case.information)
    assert (said.cell(unit="disdukcapil").state, DutyFill.objects.count()) == ("belum-ada", 0)
    with pytest.raises(DutyRefused, match="dikecualikan"):
        said.linked(case.information, unit="kota")


def test_what_is_taken_off_the_shelf_fills_nothing_and_does_again_once_it_is_back():
    case = make.walk(started(), to="published")
    make.step(case, "retract", actor="utama", note="Keliru.")
    assert (said.cell().state, DutyFill.objects.count()) == ("belum-ada", 0)
    again = make.publication(information=case.information)
    assert said.cell().state == "dikerjakan"
    make.walk(again, to="published", hands={**make.PUBLICATION, "prepare": "dinsos"})
    assert said.cell().state == "ada"


def test_two_items_at_one_cell_tell_the_first_day_until_both_are_through():
    first = started()
    second = started(title="Profil lain", wanted_by=TODAY + timedelta(days=3))
    make.step(first, "withdraw", actor="bidang", note="Ganda.")
    found = said.cell()
    assert (found.state, found.work.until) == ("dikerjakan", TODAY + timedelta(days=3))
    make.step(second, "withdraw", actor="bidang", note="Ganda.")
    assert said.cell().state == "belum-ada"


def test_withdrawn_or_sent_back_nothing_is_being_prepared_for_it():
    case = make.publication()
    own = said.linked(case.information)
    with pytest.raises(DutyForbidden, match="yang mengajukannya"):
        fulfilling.withdraw(own, actor=make.demo("dinsos"))
    fulfilling.withdraw(own, actor=make.demo("bidang"))
    assert said.cell().state == "belum-ada"
    other = said.linked(case.information)
    fulfilling.send_back(other, actor=make.demo("utama"), reason="Bukan kewajiban ini.")
    assert said.cell().state == "belum-ada"


def test_what_is_old_is_renewed_and_its_work_shown():
    case = make.walk(started(), to="published")
    again = answering.renew(said.DUTY, said.UNIT, "", information=case.information, actor=make.demo("bidang"))
    assert (again.flow, said.cell().state) == ("publication", "ada")
    assert said.cell().work.since == TODAY


def test_a_report_is_renewed_for_its_next_year():
    shelf_rows.duty("bk-laporan", **said.REPORT)
    case = make.publication()
    said.linked(case.information, duty="bk-laporan", period="2024")
    case = make.walk(case, to="published", hands={**make.PUBLICATION, "prepare": "dinsos"})
    assert said.cell("bk-laporan", on=date(2026, 11, 27)).state == "usang"
    answering.renew("bk-laporan", said.UNIT, "2025", information=case.information, actor=make.demo("bidang"))
    assert Fulfilment.objects.waiting().get().period == "2025"


def test_a_cell_that_can_not_be_answered_begins_nothing():
    before = Case.objects.count()
    with pytest.raises(DutyRefused):
        started(unit="dinkes")
    with pytest.raises(DutyForbidden):
        started(actor=make.demo("operator"))
    assert Case.objects.count() == before


def test_a_second_publication_of_an_item_is_refused_and_nothing_is_handed_in():
    case = started()
    with pytest.raises(StepUnmet, match="sudah berjalan"):
        answering.renew(said.DUTY, "kota", "", information=case.information, actor=make.demo("bidang"))
    assert Fulfilment.objects.count() == 1


def test_what_is_linked_after_the_item_was_approved_waits_for_its_own_decision():
    case = make.publication(at="releasing")
    said.linked(case.information)
    make.walk(case, to="published", hands={**make.PUBLICATION, "prepare": "dinsos"})
    assert (said.cell().state, Fulfilment.objects.get().decision) == ("belum-ada", "")
    arrived = Notice.objects.filter(event__startswith="fulfilment", kind="arrived")
    assert set(arrived.values_list("person__email", flat=True)) == {"utama@demo.example", "wakil@demo.example"}


def test_what_is_approved_before_its_item_is_public_fills_nothing_yet():
    case = make.publication()
    fulfilling.approve(said.linked(case.information), actor=make.demo("utama"))
    assert (said.cell().state, DutyFill.objects.count()) == ("dikerjakan", 0)
    make.walk(case, to="published", hands={**make.PUBLICATION, "prepare": "dinsos"})
    assert said.cell().state == "ada"


def test_a_cell_holds_so_many_items_and_then_asks_for_one_that_lists_them(monkeypatch):
    monkeypatch.setattr(fulfilling, "MOST_FILLS", 1)
    said.linked(make.information())
    with pytest.raises(DutyRefused, match="Umumkan satu informasi yang mendaftar semuanya"):
        said.linked(make.information())


def test_what_opens_by_itself_is_being_prepared_again():
    case = started(of=make.unit("disdukcapil"), unit="disdukcapil")
    case = make.walk(case, to="published", hands={**make.PUBLICATION, "prepare": "disdukcapil"})
    make.lifted(make.adopted(of=case.information))
    assert said.cell(unit="disdukcapil").state == "dikerjakan"


def test_what_is_announced_first_fills_its_duty_at_once():
    case = open_publication(make.information(), actor=make.demo("bidang"), urgent_because="Pipa induk pecah.")
    add_document(case, make.pdf(), title="Pemberitahuan", actor=make.demo("bidang"))
    said.linked(case.information)
    take_step(make.again(case), "publish_first", actor=make.demo("utama"), note="Warga harus tahu sekarang.")
    assert said.cell().state == "ada"


def test_what_is_public_while_a_row_of_its_sheet_still_waits_is_prepared_no_more():
    case = test_rows.opened([*make_sheets.SEVEN, make_sheets.row("bidang", text="Mengarsipkan")])
    said.linked(case.information, unit="dinkes")
    pelaksana = make.person("ppid_pelaksana", unit="dinkes")
    for who in ("bidang", "bidang", pelaksana, "utama", "bidang", "operator", "operator"):
        actor = make.demo(who) if isinstance(who, str) else who
        case = test_rows.take(case, actor, **({"exit": "yes"} if who == "utama" else {}))
    assert (case.state, case.is_running) == ("published", True)
    found = said.cell(unit="dinkes")
    assert (found.state, found.work) == ("ada", None)


def test_a_renewal_that_runs_decides_along_with_its_item_and_nobody_is_asked_apart():
    case = make.walk(started(), to="published")
    shelf_rows.duty("bk-laporan", **said.REPORT)
    answering.renew("bk-laporan", said.UNIT, "2025", information=case.information, actor=make.demo("bidang"))
    assert not fulfilling.to_decide().exists()
    make.step(case.information.cases.running().get(), "withdraw", actor="bidang", note="Tidak jadi.")
    assert fulfilling.to_decide().get().period == "2025"
