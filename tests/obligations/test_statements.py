"""«Nihil» and «tidak wajib»: the unit states it with its reason, another person approves it, and it stays readable."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ppid.chain.models import Link
from ppid.flows.closing import close_unit
from ppid.notices.models import Notice
from ppid.obligations import statements
from ppid.obligations.cells import named
from ppid.obligations.models import Statement
from ppid.obligations.refusals import DutyChanged, DutyForbidden, DutyRefused
from ppid.organisation.models import Unit
from ppid.shelf.models import DutyWord
from tests import make
from tests.obligations import said
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def duty():
    return shelf_rows.duty()


def test_nothing_is_answered_before_another_person_approves_it():
    waiting = said.stated(because="  Tidak ada\n pejabat yang wajib lapor. ")
    assert said.cell().state == "belum-ada"
    approved = statements.approve(waiting, actor=make.demo("utama"))
    assert (approved.number, approved.because) == (1, "Tidak ada pejabat yang wajib lapor.")
    found = said.cell()
    assert (found.state, found.word.reason, found.word.since) == ("nihil", approved.because, timezone.localdate())
    assert said.cell(unit="dinkes").state == "belum-ada"


def test_a_duty_that_is_another_bodys_names_it():
    said.stands("not_required", because="Dihimpun badan lain.", held_by="Badan Pusat Statistik")
    found = said.cell()
    assert (found.state, found.word.held_by) == ("tidak-wajib", "Badan Pusat Statistik")


@pytest.mark.parametrize("who", ["utama", "operator", "bidang", "pengelola", "atasan", "disdukcapil"])
def test_a_unit_is_spoken_for_by_its_own_ppid_pelaksana(who):
    with pytest.raises(DutyForbidden, match="PPID Pelaksananya sendiri"):
        said.stated(actor=make.demo(who))


def test_the_city_is_spoken_for_by_the_bureau():
    said.stated("not_required", unit="kota", actor=make.demo("bidang"))
    with pytest.raises(DutyForbidden):
        said.stated("not_required", unit="kota")


@pytest.mark.parametrize("who", ["operator", "bidang", "dinsos", "pengelola", "atasan"])
@pytest.mark.parametrize(
    "act", [statements.approve, lambda each, actor: statements.send_back(each, actor=actor, reason="x")]
)
def test_only_ppid_utama_decides(act, who):
    with pytest.raises(DutyForbidden, match="PPID Utama"):
        act(said.stated(), actor=make.demo(who))


def test_nobody_approves_their_own_statement_also_not_through_an_account_they_made():
    both = make.person("ppid_pelaksana", "ppid_utama")
    own = said.stated(actor=both)
    with pytest.raises(DutyForbidden, match="pekerjaannya sendiri"):
        statements.approve(own, actor=both)
    with pytest.raises(DatabaseError, match="nobody decides on their own work"), transaction.atomic():
        Statement.objects.filter(pk=own.pk).update(
            decision="approved", decided_by=both, decided_name="x", decided_as="x", decided_at=timezone.now(), number=1
        )
    assert said.cell().state == "belum-ada"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"because": "  "}, "Tulis alasannya"),
        ({"because": "a" * 1001}, "paling banyak 1000 huruf"),
        ({"until": None}, "Pilih sampai kapan"),
        ({"until": timezone.localdate() - DAY}, "paling lama sampai"),
        ({"until": timezone.localdate() + timedelta(days=200)}, "paling lama sampai"),
        ({"kind": "perhaps"}, "nihil atau tidak wajib"),
        ({"period": "2026"}, "periode yang ada"),
        ({"duty": "tidak-ada"}, "tidak ada dalam daftar"),
        ({"unit": "tidak-ada"}, "PPID Pelaksananya"),
    ],
)
def test_what_can_not_be_stated_is_told(given, sentence):
    with pytest.raises(DutyRefused, match=sentence):
        said.stated(**given)
    assert not Statement.objects.exists()


def test_what_always_exists_is_never_nil():
    shelf_rows.duty("bk-profil-struktur", nil_possible=False)
    with pytest.raises(DutyRefused, match="selalu ada isinya"):
        said.stated(duty="bk-profil-struktur")
    said.stated("not_required", duty="bk-profil-struktur")
    with pytest.raises(DatabaseError, match="«nihil» of one that allows it"), transaction.atomic():
        make.twin(said.stated(), duty_code="bk-profil-struktur", period="x")


def test_a_duty_that_is_not_this_units_is_not_answered():
    shelf_rows.duty("ss-bencana", scope="some", unit_codes=["dinkes"])
    with pytest.raises(DutyRefused, match="bukan untuk"):
        said.stated(duty="ss-bencana")
    shelf_rows.duty("ss-lama", ended_on=timezone.localdate(), ended_because="Dicabut.")
    with pytest.raises(DutyRefused, match="sudah berakhir"):
        said.stated(duty="ss-lama")


def test_one_statement_of_a_cell_waits_at_a_time():
    said.stated()
    with pytest.raises(DutyChanged, match="masih menunggu"):
        said.stated("not_required")
    said.stated(duty=shelf_rows.duty("bk-lain").code)


def test_nil_of_what_has_no_period_ends_with_its_day():
    said.stands(until=timezone.localdate() + 3 * DAY)
    assert said.cell(on=timezone.localdate() + 3 * DAY).state == "nihil"
    assert said.cell(on=timezone.localdate() + 4 * DAY).state == "belum-ada"


def test_nil_of_a_year_is_said_of_that_year():
    shelf_rows.duty("bk-laporan", **said.REPORT)
    made = said.stands(duty="bk-laporan", period="2025", until=timezone.localdate())
    assert made.until is None, "the period says it"
    assert said.cell("bk-laporan", on=date(2026, 11, 27)).state == "nihil"
    assert said.cell("bk-laporan", on=date(2027, 4, 1)).state == "belum-ada"


def test_a_new_statement_takes_the_place_of_the_one_that_stands():
    first = said.stands("not_required")
    second = said.stands("nil")
    first.refresh_from_db()
    assert (second.number, first.ended_because) == (2, "Diganti pernyataan nomor 2.")
    assert said.cell().state == "nihil"
    assert list(DutyWord.objects.values_list("kind", flat=True)) == ["nil"]


@pytest.mark.parametrize("who", ["utama", "dinsos", "bidang"])
def test_what_stands_is_ended_with_a_reason_and_the_cell_falls_back(who):
    standing = said.stands("not_required")
    with pytest.raises(DutyRefused, match="mengapa"):
        statements.end(standing, actor=make.demo(who), because=" ")
    statements.end(standing, actor=make.demo(who), because="Kini dipegang unit ini.")
    assert said.cell().state == "belum-ada"
    with pytest.raises(DutyChanged, match="sudah mengakhirinya"):
        statements.end(standing, actor=make.demo("utama"), because="Lagi.")


def test_others_end_nothing():
    standing = said.stands()
    for who in ("operator", "disdukcapil", "pengelola", "atasan"):
        with pytest.raises(DutyForbidden):
            statements.end(standing, actor=make.demo(who), because="x")
    with pytest.raises(DutyChanged, match="tidak sedang berlaku"):
        statements.end(said.stated(duty=shelf_rows.duty("bk-lain").code), actor=make.demo("utama"), because="x")


def test_sent_back_with_its_reason_and_withdrawn_by_its_writer_it_answers_nothing():
    sent = said.stated()
    with pytest.raises(DutyRefused, match="perlu diperbaiki"):
        statements.send_back(sent, actor=make.demo("utama"), reason=" ")
    statements.send_back(sent, actor=make.demo("utama"), reason="Sebut tahunnya.")
    own = said.stated()
    with pytest.raises(DutyForbidden, match="yang mengajukannya"):
        statements.withdraw(own, actor=make.person("ppid_pelaksana"))
    statements.withdraw(own, actor=make.demo("dinsos"))
    assert said.cell().state == "belum-ada"
    with pytest.raises(DutyChanged, match="sudah"):
        statements.approve(own, actor=make.demo("utama"))
    told = Notice.objects.filter(event__startswith="statement:").values_list("kind", "person__email")
    assert set(told) == {
        ("arrived", "utama@demo.example"),
        ("arrived", "wakil@demo.example"),
        ("returned", "dinsos@demo.example"),
    }


def test_a_nil_whose_day_has_passed_is_not_approved():
    waiting = said.stated()
    tomorrow = timezone.now() + DAY
    with pytest.raises(DutyRefused, match="sudah lewat"):
        statements.approve(waiting, actor=make.demo("utama"), at=tomorrow)


def test_nil_names_nobody_who_holds_it():
    assert said.stated(held_by="Badan Pusat Statistik").held_by == ""


def test_a_unit_that_has_closed_is_not_answered_for():
    held = make.person("ppid_pelaksana", unit="dlh")
    close_unit(
        make.unit("dlh"),
        successor=make.unit("pupr"),
        last_day=timezone.localdate(),
        because="Digabung.",
        actor=make.demo("utama"),
    )
    with pytest.raises(DutyRefused):
        said.stated(unit="dlh", actor=held)
    with pytest.raises(DutyRefused, match="sudah ditutup"):
        named(said.DUTY, "dlh", "", on=timezone.localdate())


def test_a_nil_of_a_duty_that_allows_none_any_more_is_not_approved():
    waiting = said.stated()
    shelf_rows.duty(nil_possible=False)
    with pytest.raises(DutyRefused, match="tidak dapat dijawab nihil"):
        statements.approve(waiting, actor=make.demo("utama"))


def test_an_item_that_is_there_answers_before_any_statement():
    said.stands()
    item = shelf_rows.item(published_at=timezone.now())
    shelf_rows.fill(item.number)
    assert said.cell().state == "ada"


def test_each_hand_in_decision_and_end_is_a_link_of_the_chain():
    standing = said.stands()
    statements.end(standing, actor=make.demo("utama"), because="Keliru.")
    make.at_the_end()
    parts = Link.objects.filter(ledger="obligations_statement", row_id=standing.pk).order_by("position")
    assert list(parts.values_list("part", flat=True)) == ["written", "decided", "ended"]


@pytest.mark.parametrize("change", [{"because": "Lain."}, {"number": 2}, {"decision": "returned", "reason": "x"}])
def test_the_database_keeps_what_was_stated_and_decided(change):
    made = said.stands()
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()
    make.at_the_end()
    with pytest.raises(DatabaseError, match="never emptied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE obligations_statement")


def test_the_database_lets_one_statement_of_a_cell_wait_and_one_stand():
    said.stands()
    said.stated()
    with pytest.raises(DatabaseError), transaction.atomic():
        make.twin(Statement.objects.waiting().get())
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.waiting().update(
            decision="approved",
            decided_by=make.demo("utama"),
            decided_name="x",
            decided_as="x",
            decided_at=timezone.now(),
            number=2,
        )


def test_no_unit_has_the_citys_code():
    with pytest.raises(DatabaseError), transaction.atomic():
        Unit.objects.create(code="kota", name="Unit Kota", short_name="Kota")
