"""Masih sesuai: a «berkala» item is renewed or confirmed before its day; what can't be late is never called late."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from ppid.flows.actions import confirm_row, open_publication, take_step
from ppid.flows.documents import add_document
from ppid.flows.knowing import held_by
from ppid.flows.life import StillRight
from ppid.flows.renewal import confirm_still_right, to_renew, with_cases
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.shelf.models import PublishedItem
from tests import make, make_sheets
from tests.desk.conftest import sign_in  # noqa: F401 - a fixture
from tests.make_sheets import row
from tests.portal.test_items import text_of
from tests.together import two_at_once

SITI = "dinsos"


def shown(case) -> PublishedItem:
    return PublishedItem.objects.get(number=case.information.number)


def due_in(case, days: int) -> list[str]:
    """Let the item's day come in so many days; return what Siti is asked for."""
    PublishedItem.objects.filter(number=case.information.number).update(
        renew_by=timezone.localdate() + timedelta(days=days), written_at=timezone.now()
    )
    return numbers(SITI)


def late(case) -> None:
    """Let the item's day have passed."""
    due_in(case, -1)


def numbers(who, on: date | None = None) -> list[str]:
    user = make.demo(who) if isinstance(who, str) else who
    day = on or timezone.localdate()
    return [item.number for item in to_renew(held_by(user, on=day), on=day)]


@pytest.mark.django_db
class TestItsDay:
    @pytest.mark.parametrize("rhythm", [1, 6])
    def test_a_periodic_item_is_to_be_renewed_after_its_rhythm(self, rhythm):
        case = make.publication(at="published", rhythm=rhythm)
        assert shown(case).renew_by == timezone.localdate() + relativedelta(months=rhythm)

    @pytest.mark.parametrize("rhythm", [0, 7])
    def test_no_rhythm_is_longer_than_the_law_lets_it_be(self, rhythm):
        with pytest.raises(DatabaseError, match="renewed_within_six_months"), make.savepoint():
            make.information(rhythm=rhythm)

    @pytest.mark.parametrize("category", ["immediate", "on_demand"])
    def test_what_cannot_be_late_has_no_day_and_nothing_to_confirm(self, category):
        case = make.publication(at="clarifying")
        case = make.walk(make.step(case, "clarify", actor="utama", category=category), to="published")
        assert shown(case).renew_by is None
        assert numbers(SITI) == []
        with pytest.raises(StepUnmet, match="Hanya informasi berkala"):
            confirm_still_right(case, actor=make.demo(SITI))


@pytest.mark.django_db
class TestTask:
    def test_it_asks_the_performers_of_the_unit_30_days_before(self):
        case = make.publication(at="published")
        assert due_in(case, 31) == []
        for days in (30, 0, -1, -400):
            assert due_in(case, days) == [case.information.number], days
        for who in ("disdukcapil", "utama", "operator", make.person("ppid_pelaksana", unit="dinkes")):
            assert numbers(who) == []
        ((item, of),) = with_cases(to_renew(held_by(make.demo(SITI), on=timezone.localdate()), on=timezone.localdate()))
        assert (item, of) == (shown(case), case)

    def test_it_asks_every_column_of_a_joint_row_and_only_by_the_item_s_own_sheet(self):
        rows = [row("bidang", 1, 2), row("operator", 3, to="pelaksana"), row("utama", 4), row("operator", 5, 6, 7)]
        make_sheets.in_force(make_sheets.sheet(rows))
        ratna, rina, other = make.person("ppid_pelaksana", unit="dinkes"), make.demo("operator"), make.publication()
        case = make.publication(unit="dinkes")
        take_step(case, "update_content", actor=make.demo("bidang"))
        add_document(make.again(case), make.pdf(), title="Laporan", actor=ratna)
        confirm_row(make.again(case), actor=rina)
        take_step(make.again(case), "prepare", actor=ratna)
        take_step(make.again(case), "clarify", actor=make.demo("utama"), category="periodic")
        take_step(make.again(case), "release", actor=rina)
        make.walk(other, to="published")
        PublishedItem.objects.update(renew_by=timezone.localdate(), written_at=timezone.now())
        assert [numbers(who) for who in (ratna, rina, SITI)] == [
            [case.information.number],
            [case.information.number],
            [other.information.number],
        ]

    def test_a_renewal_under_way_is_no_task_and_ends_the_lateness(self):
        case = make.publication(at="published")
        late(case)
        renewal = open_publication(case.information, actor=make.demo(SITI))
        assert numbers(SITI) == []
        make.walk(renewal, to="published")
        assert shown(case).renew_by > timezone.localdate()
        assert shown(case).edition == 2

    def test_the_inbox_shows_it_with_two_acts(self, sign_in):  # noqa: F811
        case = make.publication(at="published")
        late(case)
        client = sign_in(SITI)
        page = text_of(client.get(reverse("desk:inbox")))
        assert "Informasi berkala yang perlu diperbarui" in page
        assert "Perlu diperbarui seharusnya paling lambat" in page
        answer = client.post(reverse("desk:still-right", args=[case.number]), follow=True)
        assert "Dinyatakan masih sesuai per" in text_of(answer)
        assert "Informasi berkala yang perlu" not in text_of(client.get(reverse("desk:inbox")))
        late(case)
        answer = client.post(reverse("desk:open-publication-again"), {"number": case.information.number}, follow=True)
        assert case.information.cases.running().count() == 1
        assert "perlu diperbarui" not in text_of(sign_in("disdukcapil").get(reverse("desk:inbox")))

    def test_desk_and_portal_say_what_is_past_its_day(self, client, sign_in):  # noqa: F811
        case = make.publication(at="published")
        assert "Perlu diperbarui" not in text_of(client.get(shown(case).get_absolute_url()))
        late(case)
        for address in (shown(case).get_absolute_url(), "/informasi/", "/dip/"):
            assert "Perlu diperbarui" in text_of(client.get(address)), address
        desk = sign_in("utama")
        for address in (case.get_absolute_url(), f"{reverse('desk:dip')}?keadaan=perlu"):
            assert "Perlu diperbarui" in text_of(desk.get(address)), address


@pytest.mark.django_db
class TestConfirming:
    def test_it_is_dated_public_and_moves_the_day(self, client):
        case, siti = make.publication(at="published", rhythm=3), make.demo(SITI)
        late(case)
        row = confirm_still_right(case, actor=siti)
        today = timezone.localdate()
        assert (row.confirmed_on, row.renew_by) == (today, today + relativedelta(months=3))
        assert (row.actor, row.actor_name, row.appointment.user) == (siti, siti.name, siti)
        page = text_of(client.get(shown(case).get_absolute_url()))
        assert "masih sesuai per" in page
        assert "Perlu diperbarui" not in page
        assert siti.name not in page, "offices, no persons"

    def test_it_is_for_those_who_prepare_the_item(self):
        case = make.publication(at="published")
        for who in ("disdukcapil", "operator", "utama", "bidang"):
            with pytest.raises(StepForbidden, match="petugas yang menyiapkannya"):
                confirm_still_right(case, actor=make.demo(who))

    def test_not_twice_a_day_and_not_while_it_is_being_renewed(self):
        case, siti = make.publication(at="published"), make.demo(SITI)
        confirm_still_right(case, actor=siti)
        with pytest.raises(StepOutOfOrder, match="sudah menyatakannya masih sesuai hari ini"):
            confirm_still_right(case, actor=siti)
        other = make.publication(at="published")
        renewal = open_publication(other.information, actor=siti)
        with pytest.raises(StepUnmet, match=renewal.number):
            confirm_still_right(other, actor=siti)

    @pytest.mark.parametrize("after", ["retracted", "excluded", "renewed"])
    def test_what_left_the_shelf_or_was_replaced_is_not_confirmed_any_more(self, after):
        case, siti = make.publication(at="published"), make.demo(SITI)
        if after == "retracted":
            take_step(case, "retract", actor=make.demo("utama"), note="Keliru.")
        elif after == "excluded":
            make.exclusion(at="adopted", information=case.information, hands={"test_consequences": "pembantu"})
        else:
            make.publication(at="published", information=case.information)
        with pytest.raises(StepOutOfOrder, match="hanyalah yang ada di portal"):
            confirm_still_right(make.again(case), actor=siti)

    def test_the_database_keeps_it(self):
        case, siti = make.publication(at="published"), make.demo(SITI)
        confirm_still_right(case, actor=siti)
        tomorrow = timezone.localdate() + timedelta(days=1)
        for act in (
            lambda: StillRight.objects.update(actor_name="Lain"),
            lambda: StillRight.objects.all().delete(),
            lambda: PublishedItem.objects.update(confirmed_on=tomorrow),
        ):
            with pytest.raises(DatabaseError), make.savepoint():
                act()

    def test_the_database_lets_nothing_be_confirmed_but_what_stands_on_the_shelf_on_its_day(self):
        case, siti = make.publication(at="published"), make.demo(SITI)
        with make.savepoint(undo=True):
            row = confirm_still_right(case, actor=siti)
        day, half_a_year = row.confirmed_on, relativedelta(months=6)
        unasked = {
            "on another day than it was": {
                "confirmed_on": day + timedelta(days=1),
                "renew_by": day + timedelta(days=1) + half_a_year,
            },
            "before the case had ended": {"confirmed_at": case.ended_at - timedelta(microseconds=1)},
            "until another day than its rhythm says": {"renew_by": row.renew_by - timedelta(days=1)},
            "of what was never public": {"case": make.publication(at="publishing")},
        }
        for fields in unasked.values():
            with pytest.raises(DatabaseError, match="a periodic item that its case put on the shelf"), make.savepoint():
                forged(row, **fields)
        renewal = open_publication(case.information, actor=siti)
        for there, of in (("updating", case), ("published", case)):
            make.walk(make.again(renewal), to=there)
            with pytest.raises(DatabaseError, match="a periodic item that its case put on the shelf"), make.savepoint():
                forged(row, case=of)
        assert forged(row, case=make.again(renewal), confirmed_at=timezone.now()).renew_by == row.renew_by


def forged(row: StillRight, **fields) -> StillRight:
    names = [field.name for field in StillRight._meta.concrete_fields if field.name != "id"]
    return StillRight.objects.create(**({name: getattr(row, name) for name in names} | fields))


def test_two_who_confirm_at_once_leave_one_row(committed_database):
    case = make.publication(at="published")
    siti, colleague = make.demo(SITI), make.person("ppid_pelaksana")
    first, second = two_at_once(
        lambda: confirm_still_right(case, actor=siti), lambda: confirm_still_right(case, actor=colleague)
    )
    assert isinstance(first, StillRight)
    assert isinstance(second, StepOutOfOrder)
    assert StillRight.objects.count() == 1
