"""The obligations matrix: each state written out by hand, what never stands behind a cell, and what is frozen."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import IntegrityError, ProgrammingError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ppid.shelf import actions
from ppid.shelf.matrix import cell_of, matrix
from ppid.shelf.models import DutyFill, DutyScore, PublishedItem, ShownDuty
from ppid.shelf.obligation_actions import fill_with, freeze_quarter, show_duty
from ppid.shelf.periods import Calendar, in_words
from ppid.shelf.reading_obligations import read
from ppid.shelf.rubric import score
from tests import make
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 27)
REPORT = {"rhythm": "yearly", "looks_back": True, "due_months": 3, "max_months": None}


def rows(model):
    return model._default_manager.all()


def cell(duty="bk-profil-kedudukan", unit="dinsos", *, on=DAY, year=None):
    """Return the cell of the duty at the unit as the matrix of the day has it."""
    found = matrix(read(rows, on=on, year=year)[0], on=on, year=year)
    return next(each for each in found.of(unit) if each.duty.code == duty)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))


def published(day: date, **fields):
    return shelf_rows.item(published_at=at(day), **fields)


def test_without_anything_it_is_missing():
    shelf_rows.duty()
    assert cell().state == "belum-ada"


def test_an_item_on_the_shelf_makes_it_there_and_leads_to_it():
    shelf_rows.duty()
    item = published(date(2026, 7, 6))
    shelf_rows.fill(item.number)
    found = cell()
    assert (found.state, found.on, found.url) == ("ada", date(2026, 7, 6), f"/informasi/{item.number}/")
    assert cell(unit="dinkes").state == "belum-ada"


def test_after_six_months_it_is_old_and_a_confirmation_renews_it():
    shelf_rows.duty()
    item = published(date(2026, 5, 11))
    shelf_rows.fill(item.number)
    assert cell(on=date(2026, 11, 11)).state == "ada", "the last day counts"
    assert cell(on=date(2026, 11, 12)).state == "usang"
    (fill,) = DutyFill.objects.with_items(rows(PublishedItem))
    fill.item |= {"confirmed_on": "2026-11-12", "renew_by": "2027-05-12"}
    found = cell_of(ShownDuty.objects.get(), cell().column, "", [fill], [], on=DAY)
    assert (found.state, found.on) == ("ada", date(2026, 11, 12))


def test_what_is_published_at_the_end_of_august_is_old_after_the_last_of_february():
    shelf_rows.duty()
    shelf_rows.fill(published(date(2027, 8, 31)).number)
    assert cell(on=date(2028, 2, 29)).state == "ada"
    assert cell(on=date(2028, 3, 1)).state == "usang"


def test_a_report_is_old_once_the_next_one_is_due():
    shelf_rows.duty(**REPORT)
    shelf_rows.fill(published(date(2026, 2, 1)).number, period="2025")
    assert cell(on=date(2026, 11, 27)).state == "ada", "six months don't count for what has a period"
    assert cell(on=date(2027, 3, 31)).state == "ada"
    assert cell(on=date(2027, 4, 1)).state == "usang"


def test_a_report_that_is_early_counts():
    shelf_rows.duty(**REPORT)
    shelf_rows.fill(published(date(2027, 1, 5)).number, period="2026")
    found = cell(on=date(2027, 1, 6))
    assert (found.state, found.period) == ("ada", "2026")


def test_a_year_shows_what_was_said_of_it_alone():
    shelf_rows.duty(**REPORT)
    shelf_rows.fill(published(date(2026, 2, 1)).number, period="2025")
    assert cell(year=2025).state == "ada"
    assert cell(year=2024).state == "belum-ada"


def test_what_is_withdrawn_or_excluded_makes_the_cell_fall_back_by_itself():
    shelf_rows.duty()
    for take_off in (
        lambda number: actions.withdraw(number, reason="Keliru.", at=timezone.now()),
        lambda number: actions.exclude(number, called="Data", reason="UU", at=timezone.now(), ends_on=None),
    ):
        item = published(date(2026, 11, 1))
        shelf_rows.fill(item.number)
        assert cell().state == "ada"
        take_off(item.number)
        found = cell()
        assert (found.state, found.sources) == ("belum-ada", ())


def test_one_item_fills_several_cells():
    shelf_rows.duty()
    shelf_rows.duty("ss-agenda", category="on_demand")
    item = published(date(2026, 11, 1))
    fill_with(item.number, [("bk-profil-kedudukan", "dinsos", "", ()), ("ss-agenda", "kota", "", ())])
    assert cell().state == cell("ss-agenda", "kota").state == "ada"


def test_some_of_its_parts_are_a_part():
    shelf_rows.duty(parts=["RKA", "DPA", "LRA"])
    item = published(date(2026, 11, 1))
    shelf_rows.fill(item.number, parts=(0, 2))
    assert (cell().state, cell().covered, cell().of) == ("sebagian", 2, 3)
    shelf_rows.fill(item.number, parts=(0, 2, 9))
    assert (cell().state, cell().covered) == ("sebagian", 2), "a part that the duty doesn't have is none"
    shelf_rows.fill(published(date(2026, 11, 2)).number, parts=(1,))
    assert cell().state == "ada", "together they are the whole"


def test_running_work_says_since_when_and_until_when_alone():
    shelf_rows.duty()
    shelf_rows.word("worked_on", date(2026, 11, 2), until=date(2026, 12, 31))
    found = cell()
    assert (found.state, found.on, found.work.until) == ("dikerjakan", date(2026, 11, 2), date(2026, 12, 31))


def test_nil_counts_where_the_duty_allows_it_until_its_last_day():
    shelf_rows.duty()
    shelf_rows.word("nil", date(2026, 1, 5), until=date(2026, 12, 31))
    assert (cell().state, cell().on) == ("nihil", date(2026, 1, 5))
    assert cell(on=date(2027, 1, 1)).state == "belum-ada"
    show_duty("bk-profil-kedudukan", nil_possible=False)
    assert cell().state == "belum-ada"


def test_not_required_names_the_body_that_holds_it():
    shelf_rows.duty()
    shelf_rows.word("not_required", date(2026, 1, 5), held_by="BPBD")
    assert (cell().state, cell().word.held_by) == ("tidak-wajib", "BPBD")


def test_an_item_is_told_before_any_statement():
    shelf_rows.duty()
    shelf_rows.word("nil", date(2026, 1, 5))
    shelf_rows.fill(published(date(2026, 11, 1)).number)
    assert cell().state == "ada"


def test_a_statement_without_a_reason_is_refused():
    shelf_rows.duty()
    with pytest.raises(IntegrityError), make.savepoint():
        shelf_rows.word("nil", date(2026, 1, 5), reason="")
    with pytest.raises(IntegrityError), make.savepoint():
        shelf_rows.word("worked_on", date(2026, 1, 5), reason="P-2026-0001 Judul rahasia")


def test_a_duty_concerns_the_city_all_or_some():
    shelf_rows.duty("satu", scope="city")
    shelf_rows.duty("dua", scope="all")
    shelf_rows.duty("tiga", scope="some", unit_codes=["dinsos"])
    found = matrix(read(rows, on=DAY)[0], on=DAY)
    assert [each.duty.code for each in found.of("kota")] == ["satu", "dua"]
    assert [each.duty.code for each in found.of("dinsos")] == ["dua", "tiga"]
    assert [each.duty.code for each in found.of("dinkes")] == ["dua"]


def test_what_was_of_a_closed_unit_is_of_its_successor():
    shelf_rows.duty(scope="some", unit_codes=["dinsos"])
    shelf_rows.fill(published(date(2026, 11, 1)).number)
    actions.pass_unit_on("dinsos", to="dinkes")
    assert cell(unit="dinkes").state == "ada"
    assert "dinsos" not in {column.code for column in read(rows, on=DAY)[0].columns}


def test_an_edition_of_the_dip_fills_its_duty_for_the_units_that_it_lists():
    shelf_rows.duty("ss-dip", category="on_demand", itself="dip", rhythm="yearly", max_months=None)
    published(date(2026, 11, 1))
    shelf_rows.register_edition()
    assert cell("ss-dip").state == cell("ss-dip", "kota").state == "ada"
    assert cell("ss-dip", "dinkes").state == "belum-ada"
    assert cell("ss-dip", on=date(2027, 4, 1)).state == "usang"


def test_a_sheet_in_force_is_one_part_of_the_standards_of_service():
    parts = ["pengumuman", "maklumat"]
    shelf_rows.duty("ss-standar-layanan", category="on_demand", itself="sop", parts=parts)
    shelf_rows.sop(flow="publication")
    for each in (parts, parts[::-1]):  # whichever stands first
        shelf_rows.duty("ss-standar-layanan", category="on_demand", itself="sop", parts=each)
        found = cell("ss-standar-layanan")
        assert (found.state, found.covered, found.of) == ("sebagian", 1, 2)
        assert found.sources[0].parts == {0}


def test_the_full_version_is_there_once_every_periodic_duty_is_answered():
    shelf_rows.duty()
    shelf_rows.duty("ss-berkala-lengkap", category="on_demand", itself="periodic", max_months=None)
    assert cell("ss-berkala-lengkap").state == "belum-ada"
    shelf_rows.fill(published(date(2026, 11, 1)).number)
    assert cell("ss-berkala-lengkap").state == "ada"


def test_an_ended_duty_is_in_no_matrix_from_its_day_on():
    shelf_rows.duty(ended_on=date(2026, 11, 27))
    assert not matrix(read(rows, on=DAY)[0], on=DAY).cells
    assert matrix(read(rows, on=DAY - timedelta(days=1))[0], on=DAY - timedelta(days=1)).cells


def test_an_article_is_shown_with_the_day_of_its_confirmation_only():
    with pytest.raises(IntegrityError), make.savepoint():
        shelf_rows.duty(law="Perki 1/2021 pasal 14 huruf a")
    shelf_rows.duty(law="Perki 1/2021 pasal 14 huruf a", law_confirmed_on=DAY)


def test_a_cell_has_no_more_than_fifty_items():
    shelf_rows.duty()
    for number in range(50):
        shelf_rows.fill(f"2026-{number:05}")
    with pytest.raises(ProgrammingError, match="so many items"), make.savepoint():
        shelf_rows.fill("2026-99999")
    assert DutyFill.objects.count() == 50


def test_the_score_is_by_the_rubric_and_out_of_what_counts():
    states = ["ada", "ada", "usang", "nihil", "tidak-wajib", "dikerjakan", "belum-ada", "sebagian"]
    found = score(states)
    assert (found.points, found.of, found.percent) == (Decimal("4.0"), 7, Decimal("57.1"))
    assert score([]).percent is None


def test_a_quarter_is_frozen_on_its_first_day_and_once():
    shelf_rows.duty()
    shelf_rows.fill(published(date(2026, 12, 1)).number)
    assert freeze_quarter(on=date(2026, 11, 27)) == [], "nobody's first quarter begins in its middle"
    made = freeze_quarter(on=date(2027, 1, 1))
    assert made
    assert freeze_quarter(on=date(2027, 1, 2)) == []
    row = DutyScore.objects.get(unit_code="dinsos")
    assert (row.points, row.out_of, row.counts) == (Decimal(1), 1, {"ada": 1})
    assert row.cells == [["bk-profil-kedudukan", "", "ada", "2026-12-01"]]
    assert freeze_quarter(on=date(2027, 4, 3)), "a night that was missed is made up for"


def test_what_is_frozen_stays():
    shelf_rows.duty()
    freeze_quarter(on=date(2027, 1, 1))
    for change in (
        lambda: DutyScore.objects.update(points=0),
        lambda: DutyScore.objects.all().delete(),
        lambda: connection.cursor().execute("TRUNCATE shelf_dutyscore"),
    ):
        with pytest.raises(ProgrammingError), make.savepoint():
            change()


def test_the_duties_come_with_no_article_that_nobody_confirmed():
    call_command("load_duties")
    assert ShownDuty.objects.count() == 64
    assert set(ShownDuty.objects.values_list("law", flat=True)) == {""}
    show_duty("ss-dip", name="Diubah petugas")
    call_command("load_duties")
    assert ShownDuty.objects.get(code="ss-dip").name == "Diubah petugas"


CALENDARS = st.builds(
    Calendar, st.sampled_from(["yearly", "half_yearly"]), st.booleans(), st.integers(min_value=0, max_value=12)
)


@given(CALENDARS, st.dates(date(2010, 1, 1), date(2200, 12, 31)))
def test_the_expected_period_is_over_and_the_next_is_not(calendar, day):
    expected, following = calendar.expected(day), calendar.next(day)
    assert calendar.due(expected) < day <= calendar.due(following)
    assert expected < following
    assert calendar.is_period(expected)
    assert calendar.is_period(following)
    assert calendar.expected(day + timedelta(days=1)) >= expected


@given(st.text(max_size=8))
def test_no_nonsense_is_a_period(text):
    for calendar in (Calendar("yearly"), Calendar("half_yearly"), Calendar("always")):
        if calendar.is_period(text):
            assert text in ("", in_words(text)) or text[5:] in ("1", "2")
