"""A list moved as a whole is the edition of the DIP that its decree had set: once, with the rows that were taken."""

from datetime import date

import pytest
from django.db import DatabaseError

from ppid.editions.models import RegisterEdition
from ppid.shelf.models import PublishedRegister
from ppid.takeover import deciding, preparing, working
from ppid.takeover.models import State, Takeover
from ppid.takeover.reading import TakeoverRefused
from ppid.takeover.store import takeover_store
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused
from tests import make
from tests.takeover import office
from tests.takeover.tables import ROW

pytestmark = pytest.mark.django_db


def left_out_one() -> Takeover:
    takeover = office.read(*office.rows(3), [*ROW[:7], "rahasia"])
    preparing.leave_out(takeover, [takeover.rows.first().pk], actor=make.demo("bidang"))
    deciding.propose(takeover, actor=make.demo("bidang"), **office.decree())
    return office.carried_out(deciding.approve(takeover, actor=make.demo("utama")))


def test_the_rows_that_were_taken_are_the_edition_of_their_decree():
    takeover = left_out_one()

    shown = PublishedRegister.objects.get(register="dip")
    edition = takeover.edition
    assert (shown.number, shown.decree_number, shown.decree_date, shown.year, shown.as_of) == (
        1, "12/PPID/2025", date(2025, 1, 6), 2025, date(2025, 1, 6),
    )  # fmt: skip
    assert [row.values["title"] for row in edition.rows.order_by("position")] == ["Laporan nomor 2", "Laporan nomor 3"]
    assert [row.key for row in edition.rows.order_by("position")] == [
        row.information.number for row in takeover.rows.filter(done_at__isnull=False)
    ]
    assert edition.origin == working.moved_because(takeover)
    acts_of = {act.kind: (act.actor, act.at) for act in edition.acts.all()}
    assert acts_of["prepared"][0] == make.demo("bidang")
    assert acts_of["set"] == (make.demo("utama"), takeover.approved_at)


def test_it_becomes_one_once():
    takeover = left_out_one()
    assert not working.carry_on(takeover.pk)
    with pytest.raises(TakeoverRefused, match="sudah tersimpan sebagai edisi"):
        working.keep_as_edition(takeover, actor=make.demo("bidang"))

    assert RegisterEdition.objects.count() == 1
    with pytest.raises(DatabaseError, match="becomes an edition once"), make.savepoint():
        Takeover.objects.filter(pk=takeover.pk).update(edition=None)


def one_held_back() -> Takeover:
    """Return a list of two rows, done but for the second one."""
    takeover = office.read(*office.rows(2))
    deciding.propose(takeover, actor=make.demo("bidang"), **office.decree())
    deciding.approve(takeover, actor=make.demo("utama"))
    working.carry_on(takeover.pk, most=1)
    takeover.rows.filter(done_at__isnull=True).update(failed="Belum ada SOP yang berlaku.")
    return office.carried_out(takeover)


def test_with_rows_held_back_it_waits_for_them():
    takeover = one_held_back()
    assert (takeover.state, takeover.edition) == (State.DONE, None)
    with pytest.raises(TakeoverRefused, match="1 baris yang tertinggal"):
        working.keep_as_edition(takeover, actor=make.demo("bidang"))

    deciding.try_again(takeover, actor=make.demo("bidang"))
    assert office.carried_out(takeover).edition.size == 2


class TestLeftBehind:
    """A row that can't be done keeps no list from ending: PPID Utama leaves it behind, with a reason."""

    def test_the_edition_is_kept_without_it_and_says_so(self):
        takeover = one_held_back()
        deciding.leave_behind(takeover, actor=make.demo("utama"), note="Dokumennya sudah dimusnahkan. ")
        takeover = office.carried_out(takeover)

        assert takeover.state == State.DONE
        assert takeover.rows.get(number=3).left_behind == "Dokumennya sudah dimusnahkan."
        assert takeover.edition.size == 1
        assert takeover.edition.origin.endswith("di portal ini. 1 baris daftar itu tidak ikut dipindahkan.")
        move = takeover.ledger.get(from_state="done")
        assert (move.actor, move.note) == (make.demo("utama"), "Ditinggalkan, baris 3: Dokumennya sudah dimusnahkan.")

    def test_it_is_not_tried_again(self):
        takeover = one_held_back()
        deciding.leave_behind(takeover, actor=make.demo("utama"), note="Dimusnahkan.")
        takeover = office.carried_out(takeover)
        with pytest.raises(ChangedMeanwhile, match="Tidak ada baris yang tertinggal"):
            deciding.try_again(takeover, actor=make.demo("bidang"))
        with pytest.raises(ChangedMeanwhile, match="Tidak ada baris yang tertinggal"):
            deciding.leave_behind(takeover, actor=make.demo("utama"), note="Sekali lagi.")

    def test_it_needs_a_reason_and_ppid_utama_and_something_to_leave(self):
        takeover = one_held_back()
        with pytest.raises(TakeoverRefused, match="Tuliskan alasannya"):
            deciding.leave_behind(takeover, actor=make.demo("utama"), note="  ")
        with pytest.raises(Forbidden, match="ditinggalkan oleh PPID Utama"):
            deciding.leave_behind(takeover, actor=make.demo("bidang"), note="Dimusnahkan.")
        with pytest.raises(ChangedMeanwhile, match="Tidak ada baris yang tertinggal"):
            deciding.leave_behind(left_out_one(), actor=make.demo("utama"), note="Dimusnahkan.")
        assert not takeover.rows.exclude(left_behind="").exists()

    def test_the_database_leaves_none_behind_without_the_ledger_nor_twice(self):
        takeover = one_held_back()
        rows = takeover.rows.filter(number=3)
        with pytest.raises(DatabaseError, match="left behind once"), make.savepoint():
            rows.update(left_behind="Diam-diam.")
        deciding.leave_behind(takeover, actor=make.demo("utama"), note="Dimusnahkan.")
        for words in ("", "Lain."):
            with pytest.raises(DatabaseError, match="left behind once"), make.savepoint():
                rows.update(left_behind=words)


def test_a_second_list_of_the_same_decree_is_no_second_edition_and_says_why():
    left_out_one()
    other = office.carried_out(office.approved(*[[*row[:1], f"Lain {row[0]}", *row[2:]] for row in office.rows(1)]))

    assert (other.state, other.edition) == (State.DONE, None)
    with pytest.raises(Refused, match="SK ini sudah menetapkan edisi 1"):
        working.keep_as_edition(other, actor=make.demo("bidang"))


def test_cases_become_no_edition():
    takeover = office.read([*ROW[:7], ""], way="cases", by="dinsos")
    for kind, _, _ in preparing.open_doubts(takeover):
        preparing.settle(takeover, kind, actor=make.demo("dinsos"))
    deciding.begin(takeover, actor=make.demo("dinsos"))
    office.carried_out(takeover)
    assert not RegisterEdition.objects.exists()


def test_its_decree_lies_with_the_editions():
    takeover = left_out_one()
    act = takeover.edition.acts.get(kind="set")
    assert act.sha256 == takeover.scan.sha256
    assert takeover_store().path(act.sha256).exists()
