"""A list that was set by a signed decree stands on the shelf once PPID Utama approves it as a whole, and says so."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ppid.desk.waiting.lists import ListToApprove
from ppid.flows.actions import open_publication, take_step
from ppid.flows.closing import close_unit
from ppid.flows.ledger import Tally
from ppid.flows.models import Case
from ppid.flows.steps import StepOutOfOrder
from ppid.flows.taking_over import take_over_item
from ppid.information.models import Information
from ppid.organisation import actions as people
from ppid.organisation.models import Unit
from ppid.organisation.units import call
from ppid.shelf.models import PublishedItem
from ppid.takeover import deciding, preparing, working
from ppid.takeover.models import State, Takeover, TakeoverRow
from ppid.takeover.permissions import approves_as
from ppid.takeover.reading import TakeoverRefused
from ppid.web.refusals import ChangedMeanwhile, Forbidden
from tests import make
from tests.desk.test_waiting import reader_of
from tests.takeover import office
from tests.takeover.tables import ROW

pytestmark = pytest.mark.django_db

SAID = (
    "Pindahan dari DIP yang ditetapkan dengan SK nomor 12/PPID/2025 tanggal 6 Januari 2025; langkah SOP tidak "
    "dijalankan di portal ini."
)


def refused(act, *args, **how) -> str:
    with pytest.raises((Forbidden, ChangedMeanwhile, TakeoverRefused)) as refusal:
        act(*args, **how)
    return str(refusal.value)


def breaks(said: str):
    return pytest.raises(DatabaseError, match=said)


def test_an_approved_list_stands_on_the_shelf_and_its_passport_says_so_plainly():
    takeover = office.carried_out(office.approved())

    items = PublishedItem.objects.filter(title__startswith="Laporan nomor").order_by("number")
    assert takeover.state == State.DONE
    assert [(item.title, item.category, item.retention) for item in items] == [
        (f"Laporan nomor {n}", "periodic", "5 tahun") for n in (1, 2, 3)
    ]
    assert [step["text"] for step in items[0].passport] == [SAID]
    assert items[0].passport[0]["standard"] == ""
    assert items[0].passport[0]["on_time"] is None
    assert items[0].lead_days is None
    assert items[0].form_text == "Hardcopy"


def test_no_step_of_the_sheet_was_taken_so_none_is_evaluated():
    before = list(Tally.objects.values_list())
    row = office.carried_out(office.approved()).rows.first()

    assert row.case.state == "published"
    assert [record.kind for record in row.case.records.all()] == ["takeover"]
    assert row.case.worked_days is None
    assert list(Tally.objects.values_list()) == before


def test_what_was_taken_over_is_renewed_and_taken_down_like_any_other():
    case = office.carried_out(office.approved()).rows.first().case
    renewal = open_publication(case.information, actor=make.demo("bidang"))
    take_step(renewal, "withdraw", actor=make.demo("bidang"), note="Belum perlu.")
    take_step(case, "retract", actor=make.demo("utama"), note="Salah pindah.")

    assert not PublishedItem.objects.filter(number=case.information.number).exists()


def test_who_uploaded_proposed_or_settled_does_not_approve():
    deputy = make.person("ppid_utama", kind="plh")
    own = office.proposed(by="utama")
    assert "mengunggah tabel ini" in refused(deciding.approve, own, actor=make.demo("utama"))

    takeover = office.read([*ROW[:6], "", ROW[7]])
    preparing.settle(takeover, "empty", actor=make.demo("utama"))
    deciding.propose(takeover, actor=make.demo("bidang"), **office.decree())
    assert "memeriksa keraguan" in refused(deciding.approve, takeover, actor=make.demo("utama"))

    assert deciding.approve(takeover, actor=deputy).state == State.RUNNING


@pytest.fixture
def puppet():
    """Return an account that PPID Utama made and appointed on one day."""
    return make.maker_and_puppet("operator", unit="diskominfo")[1]


def through_it(who: str, puppet) -> Takeover:
    """Return a proposed list with which the puppet did one thing, ``who`` says which, and Bidang the others."""
    hands = {each: puppet if each == who else make.demo("bidang") for each in ("uploads", "settles", "proposes")}
    takeover = office.read([*ROW[:6], "", ROW[7]], by=hands["uploads"])
    preparing.settle(takeover, "empty", actor=hands["settles"])
    return deciding.propose(takeover, actor=hands["proposes"], **office.decree())


@pytest.mark.parametrize("who", ["uploads", "settles", "proposes"])
def test_who_vouches_alone_for_an_account_does_not_approve_its_work(who, puppet):
    takeover, utama = through_it(who, puppet), make.demo("utama")

    assert "akun Boneka, yang" in refused(deciding.approve, takeover, actor=utama)
    assert takeover not in ListToApprove().rows(reader_of(utama))
    held = approves_as(utama, on=timezone.localdate())
    with breaks("nobody approves their own work"), transaction.atomic():
        Takeover.objects.filter(pk=takeover.pk).update(
            approved_by=utama, approved_as=held, approved_name="U", approved_at=timezone.now()
        )
    assert deciding.approve(takeover, actor=make.demo("wakil")).state == State.RUNNING


def test_once_a_second_keeper_has_confirmed_the_account_its_maker_approves(puppet):
    takeover = through_it("uploads", puppet)
    people.confirm_person(puppet, actor=make.demo("wakil"))
    assert deciding.approve(takeover, actor=make.demo("utama")).state == State.RUNNING


@pytest.mark.parametrize("who", ["bidang", "operator", "dinsos", "atasan"])
def test_nobody_but_ppid_utama_approves(who):
    assert "PPID Utama" in refused(deciding.approve, office.proposed(by="bidang"), actor=make.demo(who))


def test_a_list_is_approved_once_and_only_when_proposed():
    takeover = office.approved()

    assert "sedang dikerjakan" in refused(deciding.approve, takeover, actor=make.demo("utama"))
    assert "disiapkan" in refused(deciding.approve, office.read(), actor=make.demo("utama"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"sk_number": " "}, "sk_number"),
        ({"sk_date": None}, "sk_date"),
        ({"sk_date": timezone.localdate() + timedelta(days=1)}, "sk_date"),
        ({"scan": None}, "scan"),
    ],
)
def test_a_list_is_proposed_with_number_day_and_scan_of_its_decree(changed, field):
    with pytest.raises(TakeoverRefused) as refusal:
        deciding.propose(office.read(), actor=make.demo("bidang"), **office.decree(**changed))
    assert refusal.value.fields == (field,)


def test_a_doubt_that_nobody_looked_at_stands_in_the_way():
    takeover = office.read([*ROW[:6], "", ROW[7]])
    said = refused(deciding.propose, takeover, actor=make.demo("bidang"), **office.decree())
    assert "Kolom kosong (1 baris)" in said

    preparing.settle(takeover, "empty", actor=make.demo("bidang"))
    deciding.propose(takeover, actor=make.demo("bidang"), **office.decree())


def test_what_was_settled_counts_for_what_was_read_then():
    takeover = office.read([*ROW[:6], "", ROW[7]])
    preparing.settle(takeover, "empty", actor=make.demo("bidang"))
    preparing.dry_run(takeover, actor=make.demo("bidang"), place=0, way="moved", at=timezone.now())

    assert [kind for kind, _, _ in preparing.open_doubts(Takeover.objects.get(pk=takeover.pk))] == ["empty"]


def test_a_list_sent_back_is_a_draft_again_with_the_reason():
    takeover = deciding.send_back(office.proposed(), actor=make.demo("utama"), note="SK-nya yang lama.")

    assert takeover.state == State.DRAFT
    assert takeover.ledger.last().note == "SK-nya yang lama."
    assert "alasannya" in refused(deciding.send_back, office.proposed(), actor=make.demo("utama"), note=" ")


def test_bad_rows_and_those_left_out_are_not_taken():
    bad = [*ROW[:7], "rahasia"]
    takeover = office.read(*office.rows(2), bad)
    preparing.leave_out(takeover, [takeover.rows.first().pk], actor=make.demo("bidang"))
    deciding.propose(takeover, actor=make.demo("bidang"), **office.decree())
    deciding.approve(takeover, actor=make.demo("utama"))
    office.carried_out(takeover)

    assert [row.case_id is not None for row in takeover.rows.all()] == [False, True, False]
    assert takeover.rows.tally() == {
        "all": 3, "bad": 1, "out": 1, "doubtful": 0, "taken": 1, "done": 1, "failed": 0, "left_behind": 0,
        "with_file": 0,
    }  # fmt: skip


def test_broken_off_in_the_middle_it_goes_on_and_nothing_comes_twice():
    takeover = office.approved(*office.rows(5))

    assert working.carry_on(takeover.pk, most=2)
    assert takeover.rows.filter(done_at__isnull=False).count() == 2
    office.carried_out(takeover)
    assert not working.carry_on(takeover.pk)

    titles = Information.objects.filter(title__startswith="Laporan nomor").values_list("title", flat=True)
    assert sorted(titles) == [f"Laporan nomor {n}" for n in range(1, 6)]


def test_a_row_that_fails_says_why_holds_nothing_up_and_is_tried_again():
    takeover = office.approved(*office.rows(2))
    row = takeover.rows.first()
    with pgtrigger.ignore("takeover.TakeoverRow:row_stays_as_it_was_proposed"):
        TakeoverRow.objects.filter(pk=row.pk).update(values=row.values | {"category": ""})
    office.carried_out(takeover)

    row.refresh_from_db()
    assert "Pilih jenis informasi" in row.failed
    assert takeover.rows.tally()["done"] == 1
    assert deciding.try_again(takeover, actor=make.demo("bidang")).state == State.RUNNING


def test_as_cases_each_row_waits_at_step_one_of_its_sheet():
    takeover = office.read([*ROW[:7], ""], way="cases", by="dinsos")
    for kind, _, _ in preparing.open_doubts(takeover):
        preparing.settle(takeover, kind, actor=make.demo("dinsos"))
    deciding.begin(takeover, actor=make.demo("dinsos"))
    [row] = office.carried_out(takeover).rows.all()

    assert (row.case.state, row.case.step, row.case.moves) == ("updating", 1, 0)
    assert row.case.opened_by == make.demo("dinsos")
    assert not PublishedItem.objects.filter(number=row.information.number).exists()


def test_a_unit_takes_over_its_own_as_cases_only():
    actor = make.demo("dinsos")
    other = office.read([*ROW[:2], "Disdukcapil", *ROW[3:]], way="cases", by="dinsos")

    assert "tidak dikenal" in other.rows.get().problems[0]
    assert "Pindahan disiapkan oleh petugas kota" in refused(office.read, by=actor)
    assert "Mengambil alih DIP" in refused(preparing.dry_run, office.read(), actor=actor, place=0, way="cases")
    assert "Mengambil alih DIP" in refused(preparing.upload, office.table(ROW), actor=make.demo("atasan"))


@pytest.mark.parametrize("act", ["approve", "begin", "try_again", "leave_behind"])
def test_the_work_is_asked_for_in_the_transaction_that_sets_a_list_to_work(act):
    def jobs() -> int:
        return ProcrastinateJob.objects.filter(task_name="ppid.takeover.tasks.carry_on", status="todo").count()

    chief = make.demo("utama")
    if act == "begin":
        takeover, how = office.read(*office.rows(1), way="cases"), {"actor": make.demo("bidang")}
    elif act == "approve":
        takeover, how = office.proposed(*office.rows(1)), {"actor": chief}
    else:
        takeover, how = office.approved(*office.rows(1)), {"actor": chief}
        takeover.rows.update(failed="Belum ada SOP yang berlaku.")
        takeover = office.carried_out(takeover)
        how |= {"note": "Dimusnahkan."} if act == "leave_behind" else {}
        with connection.cursor() as cursor:  # as a worker would that did it
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    before = jobs()
    with transaction.atomic():
        getattr(deciding, act)(takeover, **how)
        assert jobs() == before + 1
        transaction.set_rollback(True)
    assert jobs() == before


def test_a_name_that_no_unit_has_is_told_which_unit_it_means():
    row = [*ROW[:2], "Dinas Sosial, Pemberdayaan", *ROW[3:]]
    assert "tidak dikenal" in office.read(row).rows.get().problems[0]

    mapped = office.read(row, unit_names={"Dinas Sosial, Pemberdayaan": "dinsos"})
    assert (mapped.rows.get().problems, mapped.rows.get().values["unit"]) == ([], "dinsos")


@pytest.mark.parametrize(
    "called",
    ["Dinas Sosial Kota Pontianak", "dinas sosial", "DINAS SOSIAL,", "Dinas Sosial Kota  Pontianak.", "dinsos"],
)
def test_a_unit_is_known_by_its_names_with_and_without_whose_it_is(called):
    row = office.read([*ROW[:2], called, *ROW[3:]]).rows.get()
    assert (row.problems, row.values["unit"]) == ([], "dinsos")


def test_a_name_that_two_units_bear_means_neither():
    for code in ("dinsos", "dinkes"):
        unit = make.unit(code)
        call(unit, short_name=unit.short_name, everyday_names=["bansos"], actor=make.demo("utama"))
    assert "unit «Bansos» di kolom C" in office.read([*ROW[:2], "Bansos", *ROW[3:]]).rows.get().problems[0]


def test_a_title_that_the_register_has_is_a_doubt_unless_it_is_secret():
    make.information(title="Laporan nomor 1")
    make.exclusion(unit="dinsos", title="Laporan nomor 2")

    assert [row.doubt_kinds for row in office.read(*office.rows(2)).rows.all()] == [["twice_in_register"], []]


@pytest.mark.parametrize("way", ["moved", "cases"])
def test_a_row_of_a_unit_that_closed_since_the_approval_says_so_and_the_others_go_on(way):
    there = [ROW[0], "Laporan kesehatan", "Dinas Kesehatan", *ROW[3:]]
    if way == "moved":
        takeover = office.approved(ROW, there)
    else:
        takeover = deciding.begin(office.read(ROW, there, way="cases"), actor=make.demo("bidang"))
    close_unit(
        make.unit("dinsos"),
        successor=make.unit("dinkes"),
        last_day=timezone.localdate(),
        because="Perwa 71/2026",
        actor=make.demo("utama"),
    )
    takeover = office.carried_out(takeover)

    gone, stayed = takeover.rows.order_by("number")
    assert "Dinas Sosial" in gone.failed
    assert "sudah ditutup dan diteruskan oleh Dinas Kesehatan" in gone.failed
    assert gone.case is None
    assert (stayed.failed, stayed.case.unit.code) == ("", "dinkes")
    make.at_the_end()


def test_nobody_takes_this_move_by_themselves():
    case = make.publication()
    with pytest.raises(StepOutOfOrder):
        take_step(case, "take_over", actor=make.demo("utama"), note="Begitu saja.", category="periodic")


def test_the_database_takes_over_nothing_without_its_row_in_an_approved_list():
    held = approves_as(make.demo("utama"), on=timezone.localdate())
    words = {"title": "Begitu saja", "has_softcopy": False, "has_hardcopy": True}
    with breaks("a row of a list that was approved"), transaction.atomic():
        take_over_item(
            words,
            unit=Unit.objects.get(code="dinsos"),
            category="periodic",
            written_by=make.demo("bidang"),
            appointment=held,
            because=SAID,
            at=timezone.now(),
        )
        make.at_the_end()
    assert not Case.objects.filter(information__title="Begitu saja").exists()


def test_the_database_keeps_what_was_proposed_and_what_was_done():
    takeover = office.carried_out(office.approved())
    row = takeover.rows.first()
    make.at_the_end()

    for said, act in [
        ("what was proposed stays", lambda: Takeover.objects.filter(pk=takeover.pk).update(sk_number="13")),
        ("with its ledger row only", lambda: Takeover.objects.filter(pk=takeover.pk).update(moves=9)),
        ("Invalid transition|transition", lambda: Takeover.objects.filter(pk=takeover.pk).update(state="draft")),
        ("while its takeover is a draft", lambda: TakeoverRow.objects.filter(pk=row.pk).update(values={})),
        ("while its takeover is a draft", lambda: TakeoverRow.objects.filter(pk=row.pk).delete()),
        ("a row is done once", lambda: TakeoverRow.objects.filter(pk=row.pk).update(done_at=timezone.now())),
        ("kept|Cannot delete", lambda: Takeover.objects.filter(pk=takeover.pk)._raw_delete("default")),
        ("kept, never emptied", lambda: truncate("takeover_takeoverrow")),
        ("kept, never emptied", lambda: truncate("takeover_takeovermove")),
    ]:
        with breaks(said), transaction.atomic():
            act()


def truncate(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")
