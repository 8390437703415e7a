"""Each office runs on its own sheet: a case follows its unit's, else the city's, and keeps it to its end."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.models import Case
from ppid.shelf.models import PublishedItem
from sop.drafts.binding import bind, make_master, release
from sop.models import SopVersion
from sop.versions import actions as library
from tests import make, make_sheets
from tests.make_sheets import row
from tests.together import two_at_once

SHORT = [row("bidang", 1, 2), row("pelaksana", 3), row("utama", 4), row("operator", 5, 6, 7)]


def opened(unit="dinkes") -> Case:
    item = make.information(unit=unit, actor=make.demo("bidang"))
    return make.again(open_publication(item, actor=make.demo("bidang")))


def master() -> SopVersion:
    return SopVersion.objects.get(sop__flow="publication", sop__is_master=True)


@pytest.mark.django_db
class TestWhichSheet:
    def test_a_unit_with_a_sheet_of_its_own_follows_it_and_the_others_the_city_s(self):
        own = make_sheets.in_force(make_sheets.sheet(SHORT))
        assert opened().sop_version == own
        assert opened("dinsos").sop_version == opened("disdukcapil").sop_version == master()

    def test_a_sheet_that_is_bound_but_not_in_force_is_not_followed(self):
        make_sheets.sheet(SHORT)
        assert opened().sop_version == master()

    def test_a_case_keeps_its_sheet_when_the_unit_gets_another(self):
        case = opened()
        make_sheets.in_force(make_sheets.sheet(SHORT))
        take_step(case, "update_content", actor=make.demo("bidang"))
        assert (make.again(case).sop_version, make.again(case).step) == (master(), 2)

    def test_a_case_keeps_its_sheet_when_that_is_released_or_replaced(self):
        own = make_sheets.in_force(make_sheets.sheet(SHORT))
        case = opened()
        release(own.sop, actor=make.demo("utama"), why="Kembali ke lembar induk.")
        take_step(case, "update_content", actor=make.demo("bidang"))
        assert (make.again(case).sop_version, make.again(case).step) == (own, 2)
        assert opened().sop_version == master()

    def test_another_master_leads_the_units_without_a_sheet(self):
        own = make_sheets.in_force(make_sheets.sheet(SHORT))
        former = master()
        make_master(own.sop, actor=make.demo("utama"), why="Lebih baru.")
        assert (opened("disdukcapil").sop_version, opened("dinsos").sop_version) == (own, former)

    @pytest.mark.parametrize("unit", ["dinkes", "disdukcapil"])
    def test_the_database_lets_no_case_follow_another_sheet(self, unit):
        own = make_sheets.in_force(make_sheets.sheet(SHORT))
        item, wrong = make.information(unit=unit), master() if unit == "dinkes" else own
        with (
            pytest.raises(DatabaseError, match="the sheet of its unit, else the one of the city"),
            transaction.atomic(),
        ):
            Case.objects.create(
                flow="publication",
                number="P-2026-9999",
                information=item,
                unit=item.unit,
                sop_version=wrong,
                opened_by=make.demo("bidang"),
                opened_at=(now := timezone.now()),
                received_at=now,
                state="updating",
                step=1,
            )


@pytest.mark.django_db
def test_the_passport_names_the_sheet_that_was_followed():
    own = make_sheets.in_force(make_sheets.sheet(SHORT))
    item = make.publication(at="published", unit="dinkes", hands={"release": make.demo("operator")}).information
    shown = PublishedItem.objects.get(number=item.number)
    assert (shown.sop_slug, shown.sop_version, shown.sop_title) == (own.sop.slug, 1, own.sop.title)
    assert shown.sop_unit == "Dinas Kesehatan Kota Pontianak"
    assert [each["number"] for each in shown.passport] == [1, 2, 3, 4]


class TestTwoAtOnce:
    def test_a_case_opened_while_its_sheet_is_released_follows_what_stands_then(self, committed_database):
        own = make_sheets.in_force(make_sheets.sheet(SHORT))
        item, bidang, chief = make.information(unit="dinkes"), make.demo("bidang"), make.demo("utama")
        _, case = two_at_once(
            lambda: release(own.sop, actor=chief, why="Kembali."), lambda: open_publication(item, actor=bidang)
        )
        assert case.sop_version == master()

    def test_a_case_opened_while_its_sheet_is_retired_follows_what_stands_then(self, committed_database):
        own = make_sheets.in_force(make_sheets.sheet(SHORT))
        item, bidang, chief = make.information(unit="dinkes"), make.demo("bidang"), make.demo("utama")
        _, case = two_at_once(
            lambda: library.retire(own, actor=chief, why="Tidak dipakai lagi."),
            lambda: open_publication(item, actor=bidang),
        )
        assert case.sop_version == master()

    @pytest.mark.parametrize("by", ["approval", "its day"])
    def test_a_case_opened_while_its_sheet_is_replaced_follows_the_new_one(self, committed_database, by):
        own = make_sheets.in_force(make_sheets.sheet(SHORT))
        item, bidang, chief = make.information(unit="dinkes"), make.demo("bidang"), make.demo("utama")
        keeper, today, now = make.person("sop_keeper", unit="dinkes"), timezone.localdate(), timezone.now()
        draft = library.new_draft(own, actor=keeper)
        library.submit(draft, actor=keeper)
        approve = partial(library.approve, draft, actor=chief, why="Lebih ringkas.")
        if by == "its day":
            approve(in_force_from=today, at=now - timedelta(days=1))
            act = partial(library.bring_into_force, on=today)
        else:
            act = approve
        _, case = two_at_once(act, lambda: open_publication(item, actor=bidang))
        assert (case.sop_version.sop, case.sop_version.version) == (own.sop, 2)

    def test_two_sheets_of_a_unit_are_not_bound_at_once(self, committed_database):
        one, other = (make_sheets.sheet(SHORT, slug=slug, is_bound=False) for slug in ("satu", "dua"))
        chief = make.demo("utama")
        first, second = two_at_once(
            lambda: bind(one.sop, "publication", actor=chief), lambda: bind(other.sop, "publication", actor=chief)
        )
        assert first.flow == "publication"
        assert "sudah menjalankan alur ini menurut «SOP satu»" in str(second)

    def test_two_sheets_are_not_made_the_city_s_at_once(self, committed_database):
        one = make_sheets.in_force(make_sheets.sheet(SHORT, unit="dinkes"))
        other = make_sheets.in_force(make_sheets.sheet(SHORT, unit="disdikbud"))
        chief = make.demo("utama")
        two_at_once(
            lambda: make_master(one.sop, actor=chief, why="Satu."),
            lambda: make_master(other.sop, actor=chief, why="Dua."),
        )
        assert master() == other
        assert [row.is_master for row in one.sop.bindings.order_by("pk")] == [False, True, False]
