"""A DIK taken over beside what the portal announces: they never contradict each other, and it becomes an edition."""

from datetime import date

import pytest
from django.utils import timezone

from ppid.desk.waiting.cases import EndingExclusion
from ppid.flows.actions import take_step
from ppid.shelf.models import DikEntry, PublishedItem, PublishedRegister
from ppid.takeover import deciding, working
from ppid.takeover.models import State, Takeover
from ppid.takeover.reading import TakeoverRefused
from ppid.worktime.calendar import calendar
from tests import make
from tests.desk.test_waiting import reader_of
from tests.takeover import office
from tests.takeover.tables import ROW

pytestmark = pytest.mark.django_db

ASSETS = office.excluded(c1="Daftar aset")


def announced(title: str = "Daftar aset"):
    return make.publication(at="published", title=title)


class TestWhatThePortalAnnounces:
    def test_is_not_excluded_beside_it_and_what_is_withdrawn_then_is(self):
        case = announced()
        takeover = office.carried_out_dik(ASSETS, office.DIK_ROW)
        held_back, done = takeover.rows.order_by("pk")

        assert takeover.state == State.DONE
        assert "DIK tidak boleh mengecualikan yang masih diumumkan" in held_back.failed
        assert done.case is not None
        assert not DikEntry.objects.filter(information="Daftar aset").exists()
        assert PublishedItem.objects.filter(title="Daftar aset").exists()

        take_step(
            make.again(case), "retract", actor=make.demo("utama"), note="Dikecualikan sejak 2024.", why="withdrawn"
        )
        office.carried_out(deciding.try_again(takeover, actor=make.demo("bidang")))
        assert DikEntry.objects.filter(information="Daftar aset").exists()

    def test_also_when_it_was_announced_after_the_dry_run(self):
        takeover = deciding.approve(office.proposed_dik(ASSETS), actor=make.demo("utama"))
        announced("daftar ASET")
        office.carried_out(takeover)

        assert "lalu coba lagi" in takeover.rows.get().failed
        assert not DikEntry.objects.exists()

    def test_is_doubted_beforehand(self):
        announced()
        row = office.read_dik(ASSETS).rows.get()
        assert row.doubt_kinds == ["public"]
        assert "Selama itu baris ini tidak dikerjakan" in row.doubt_sentences[0]

    def test_of_another_unit_is_another_matter(self):
        make.publication(at="published", title="Daftar aset", unit="disdukcapil")
        assert office.read_dik(ASSETS).rows.get().doubts == []


class TestWhatTheDikExcludes:
    def test_is_not_announced_by_a_list_that_is_taken_over(self):
        office.carried_out_dik(ASSETS)
        takeover = office.proposed(["1", "Daftar aset", *ROW[2:]])
        assert takeover.rows.get().doubt_kinds == ["in_dik"]

        office.carried_out(deciding.approve(takeover, actor=make.demo("utama")))
        assert "yang dikecualikan tidak diumumkan" in takeover.rows.get().failed
        assert not PublishedItem.objects.exists()

    def test_is_doubted_where_it_becomes_a_case(self):
        office.carried_out_dik(ASSETS)
        row = office.read(["1", "Daftar aset", *ROW[2:]], way="cases").rows.get()
        assert "periksa sebelum diumumkan" in dict(row.doubts)["in_dik"]


class TestTheEdition:
    def test_is_of_the_lists_decree_and_each_row_names_its_own(self):
        takeover = office.carried_out_dik(office.DIK_ROW, office.excluded(c1="Data lain", c7=""))
        shown = PublishedRegister.objects.get(register="dik")

        assert (shown.number, shown.decree_number, shown.decree_date) == (1, "12/PPID/2025", date(2025, 1, 6))
        rows = list(takeover.edition.rows.order_by("position"))
        assert [row.key for row in rows] == [row.case.number for row in takeover.rows.order_by("number")]
        assert [row.values["decree"] for row in rows] == ["7/DIK/2024, 5 Februari 2024", "12/PPID/2025, 6 Januari 2025"]
        assert rows[0].values["information"] == office.DIK_ROW[1]
        assert takeover.edition.origin == working.moved_because(takeover)

    def test_waits_for_a_row_that_is_held_back(self):
        announced()
        takeover = office.carried_out_dik(ASSETS, office.DIK_ROW)

        assert Takeover.objects.get(pk=takeover.pk).edition is None
        with pytest.raises(TakeoverRefused, match="Masih ada 1 baris"):
            working.keep_as_edition(takeover, actor=make.demo("bidang"))

    def test_does_not_name_what_has_come_open_before_it_was_kept(self):
        announced()
        takeover = office.carried_out_dik(ASSETS, office.excluded(c1="Data lain"), office.DIK_ROW)
        make.lifted(takeover.rows.get(values__title="Data lain").case)
        PublishedItem.objects.all().delete()
        takeover = office.carried_out(deciding.try_again(takeover, actor=make.demo("bidang")))

        assert takeover.edition.rows.count() == 2


def test_its_end_is_told_before_it_comes_as_of_any_other():
    ends_on = calendar().add_working_days(timezone.localdate(), 30)
    takeover = office.carried_out_dik(office.excluded(c6=f"sampai dengan {ends_on:%d-%m-%Y}"))

    kind = EndingExclusion()
    for who, knows in {"utama": True, "bidang": True, "operator": False, "dinsos": False}.items():
        tasks = list(kind.tasks(kind.rows(reader_of(make.demo(who))), reader_of(make.demo(who))))
        assert [task.title for task in tasks] == ([takeover.rows.get().information.title] if knows else []), who
