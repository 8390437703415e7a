"""Late orders, ends at any moment, mistakes taken back, one definitive holder of a seat, and terms out of the usual."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.steps import StepForbidden
from ppid.organisation import appointing
from ppid.organisation.actions import PeopleForbidden, PeopleRefused
from ppid.organisation.models import Appointment, AppointmentChange, Role, Unit, User
from tests import make

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)
EMPTY = "dinkes"  # a unit whose seat nobody holds


def order(person: User | None = None, *, role: str = "ppid_pelaksana", unit: str = EMPTY, **fields) -> Appointment:
    given = {"starts_on": TODAY, "order_number": "800/9/2026", **fields}
    role, unit = Role.objects.get(code=role), Unit.objects.get(code=unit)
    return Appointment(user=person or make.person(), role=role, unit=unit, **given)


def appointed(*args, **fields) -> Appointment:
    return appointing.appoint(order(*args, **fields), actor=make.demo("utama"))


def holds(appointment: Appointment, on: date = TODAY) -> bool:
    return Appointment.objects.in_force(on=on).filter(pk=appointment.pk).exists()


def the_only_change(appointment: Appointment) -> AppointmentChange:
    return appointment.changes.get()


class TestLate:
    def test_an_order_that_came_late_is_written_from_its_first_day(self):
        kept = appointed(starts_on=TODAY - 9 * DAY, order_date=TODAY - 12 * DAY)
        assert (kept.starts_on, kept.order_date, kept.was_recorded_late) == (TODAY - 9 * DAY, TODAY - 12 * DAY, True)
        assert timezone.localdate(kept.recorded_at) == TODAY
        assert holds(kept)
        assert not appointed(unit="setda").was_recorded_late

    def test_an_end_that_came_late_is_written_as_its_day_and_says_who_wrote_it_when(self):
        kept = appointed(starts_on=TODAY - 9 * DAY)
        appointing.end_appointment(kept, last_day=TODAY - 3 * DAY, actor=make.demo("utama"), because="SK 821/9/2026")
        assert not holds(kept)
        assert holds(kept, TODAY - 3 * DAY)
        change = the_only_change(kept)
        assert (change.ends_on, timezone.localdate(change.at)) == (TODAY - 3 * DAY, TODAY)
        assert (change.actor, change.because) == (make.demo("utama"), "SK 821/9/2026")

    def test_a_last_day_before_the_first_is_refused(self):
        kept = appointed()
        with pytest.raises(PeopleRefused, match="nyatakan keliru"):
            appointing.end_appointment(kept, last_day=TODAY - DAY, actor=make.demo("utama"))


class TestStopped:
    def test_it_ends_at_this_moment_and_held_until_yesterday(self):
        kept = appointed(starts_on=TODAY - 9 * DAY)
        appointing.stop(kept, actor=make.demo("utama"), because="Dilantik di tempat lain.")
        assert not holds(kept)
        assert holds(kept, TODAY - DAY)
        assert the_only_change(kept).kind == "stop"

    def test_who_follows_begins_on_the_same_day_also_the_same_person(self):
        person = make.person()
        acting = appointed(person, kind="plt", starts_on=TODAY - 9 * DAY, ends_on=TODAY + 9 * DAY)
        appointing.stop(acting, actor=make.demo("utama"))
        definitive = appointed(person)
        appointing.stop(definitive, actor=make.demo("utama"))
        assert holds(appointed(make.person()))

    def test_what_does_not_hold_today_is_not_stopped(self):
        with pytest.raises(PeopleRefused, match="tidak sedang berlaku"):
            appointing.stop(appointed(starts_on=TODAY + DAY), actor=make.demo("utama"))

    def test_the_last_ppid_utama_is_not_stopped(self):
        appointing.stop(make.demo("wakil").appointments.get(role__code="ppid_utama"), actor=make.demo("utama"))
        with pytest.raises(PeopleRefused, match="tidak ada lagi PPID Utama"):
            appointing.stop(make.demo("utama").appointments.get(), actor=make.demo("utama"))


class TestMistaken:
    def test_before_its_first_day_it_is_cancelled_and_may_be_written_anew(self):
        person = make.person()
        mistaken = appointed(person, starts_on=TODAY + DAY)
        appointing.cancel(mistaken, actor=make.demo("utama"))
        assert not holds(mistaken, TODAY + DAY)
        assert holds(appointed(person, starts_on=TODAY + DAY), TODAY + DAY)

    def test_after_it_has_begun_it_is_annulled_with_a_reason_and_holds_on_no_day(self):
        mistaken = appointed(starts_on=TODAY - 9 * DAY)
        with pytest.raises(PeopleRefused, match="sudah mulai"):
            appointing.cancel(mistaken, actor=make.demo("utama"))
        with pytest.raises(PeopleRefused, match="mengapa penugasan ini keliru"):
            appointing.annul(mistaken, because=" ", actor=make.demo("utama"))
        appointing.annul(mistaken, because="Nama yang tertukar.", actor=make.demo("utama"))
        assert not holds(mistaken)
        assert not holds(mistaken, TODAY - DAY)
        assert the_only_change(mistaken).because == "Nama yang tertukar."

    def test_before_its_first_day_nothing_is_annulled(self):
        with pytest.raises(PeopleRefused, match="belum mulai"):
            appointing.annul(appointed(starts_on=TODAY + DAY), because="Keliru.", actor=make.demo("utama"))

    def test_nothing_that_was_decided_by_it_disappears(self):
        case, chief = make.publication(at="clarifying"), make.person("ppid_utama")
        make.step(case, "clarify", actor=chief)
        appointing.annul(chief.appointments.get(), because="Keliru.", actor=make.demo("utama"))
        record = make.again(case).records.get(key="clarify")
        assert (record.actor, record.appointment, make.again(case).state) == (
            chief,
            chief.appointments.get(),
            "releasing",
        )

    def test_annulled_while_its_holder_is_on_a_form_the_step_is_refused(self):
        case, chief = make.publication(at="clarifying"), make.person("ppid_utama")
        proof = make.evidence(case, chief)
        appointing.annul(chief.appointments.get(), because="Keliru.", actor=make.demo("utama"))
        with pytest.raises(StepForbidden):
            take_step(case, "clarify", actor=chief, evidence=proof, category="periodic")
        assert make.again(case).state == "clarifying"

    def test_what_is_closed_changes_no_more(self):
        kept = appointed()
        appointing.annul(kept, because="Keliru.", actor=make.demo("utama"))
        for act in (
            lambda: appointing.stop(kept, actor=make.demo("utama")),
            lambda: appointing.annul(kept, because="Keliru.", actor=make.demo("utama")),
            lambda: appointing.end_appointment(kept, last_day=TODAY, actor=make.demo("utama")),
        ):
            with pytest.raises(PeopleRefused, match="sudah ditutup"):
                act()


class TestSeat:
    @pytest.mark.parametrize(
        ("role", "unit", "other"),
        [
            ("ppid_utama", "diskominfo", "dinkes"),
            ("atasan_ppid", "setda", "setda"),
            ("ppid_pelaksana", "dinkes", "dinkes"),
        ],
    )
    def test_two_definitive_holders_of_one_seat_are_refused(self, role, unit, other):
        if role == "ppid_pelaksana":
            appointed(role=role, unit=unit)
        second = order(role=role, unit=other, starts_on=TODAY + DAY)
        with pytest.raises(PeopleRefused, match="memegang jabatan ini secara definitif"):
            appointing.appoint(second, actor=make.demo("utama"))
        with pytest.raises(DatabaseError, match="two definitive holders"), transaction.atomic():
            second.save()

    def test_roles_of_which_there_are_many_and_other_units_are_free(self):
        appointed(role="operator", unit="diskominfo")
        appointed(role="ppid_pelaksana", unit="dinkes")
        appointed(role="ppid_pelaksana", unit="setda")

    def test_the_seat_is_free_from_the_day_after(self):
        before = appointed(starts_on=TODAY - 9 * DAY, ends_on=TODAY + DAY)
        with pytest.raises(PeopleRefused):
            appointed(starts_on=before.ends_on)
        appointed(starts_on=before.ends_on + DAY)

    def test_replacing_ends_the_one_the_day_before_in_one_act(self):
        person = make.person(name="Plt Lama")
        acting = appointed(person, kind="plt", starts_on=TODAY - 9 * DAY, ends_on=TODAY + 9 * DAY)
        new = appointing.replace(acting, order(), actor=make.demo("utama"))
        assert (Appointment.objects.get(pk=acting.pk).ends_on, new.starts_on) == (TODAY - DAY, TODAY)
        handed = person.changes.get()
        assert (handed.kind, handed.actor) == ("handed_over", make.demo("utama"))
        assert new.user.name in handed.note

    def test_a_plt_becomes_definitive_on_its_day_and_hands_over_to_nobody(self):
        person = make.person()
        acting = appointed(person, kind="plt", starts_on=TODAY - 9 * DAY, ends_on=TODAY + 9 * DAY)
        new = appointing.replace(acting, order(person, starts_on=TODAY - 2 * DAY), actor=make.demo("utama"))
        assert Appointment.objects.get(pk=acting.pk).ends_on == TODAY - 3 * DAY
        assert holds(new)
        assert not person.changes.exists()

    def test_a_replacement_that_does_not_fit_leaves_everything(self):
        before = appointed(starts_on=TODAY)
        with pytest.raises(PeopleRefused, match="mulai paling awal"):
            appointing.replace(before, order(starts_on=TODAY), actor=make.demo("utama"))
        with pytest.raises(PeopleRefused, match="peran yang sama"):
            appointing.replace(before, order(role="opd", starts_on=TODAY + DAY), actor=make.demo("utama"))
        assert not before.changes.exists()

    def test_an_admin_neither_replaces_ppid_utama_nor_themselves(self):
        admin = make.person("admin_ppid")
        chief = make.demo("utama").appointments.get()
        with pytest.raises(PeopleForbidden):
            appointing.replace(chief, order(role="ppid_utama", unit="diskominfo"), actor=admin)


class TestOutOfTheUsual:
    def test_a_plh_beside_a_serving_holder_says_why(self):
        appointed(starts_on=TODAY - 9 * DAY)
        plh = order(kind="plh", ends_on=TODAY + 5 * DAY)
        with pytest.raises(PeopleRefused, match="masih memegang jabatan ini"):
            appointing.appoint(plh, actor=make.demo("utama"))
        with pytest.raises(DatabaseError, match="says why"), transaction.atomic():
            plh.save()
        plh.reason = "Cuti tahunan pejabat definitif."
        assert appointing.appoint(plh, actor=make.demo("utama")).reason == "Cuti tahunan pejabat definitif."

    @pytest.mark.parametrize(
        ("kind", "first", "last", "asks"),
        [
            ("plh", date(2026, 12, 1), date(2026, 12, 30), False),
            ("plh", date(2026, 12, 1), date(2026, 12, 31), True),
            ("plt", date(2026, 12, 1), date(2027, 2, 28), False),
            ("plt", date(2026, 12, 1), date(2027, 3, 1), True),
            ("definitive", date(2026, 12, 1), date(2036, 12, 1), False),
        ],
    )
    def test_longer_than_usual_wants_a_sentence(self, kind, first, last, asks):
        new = order(kind=kind, starts_on=first, ends_on=last)
        assert bool(appointing.reasons_to_give(new)) is asks
        if asks:
            with pytest.raises(PeopleRefused, match="lebih lama"):
                appointing.appoint(new, actor=make.demo("utama"))
            with pytest.raises(DatabaseError, match="says why"), transaction.atomic():
                new.save()
            new.reason = "Seleksi terbuka belum selesai."
        assert appointing.appoint(new, actor=make.demo("utama"))

    def test_a_plt_is_extended_once_without_a_word_and_a_second_time_with_one(self):
        person = make.person()
        appointed(person, kind="plt", starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28))
        appointed(person, kind="plt", starts_on=date(2027, 3, 1), ends_on=date(2027, 5, 31))
        third = order(person, kind="plt", starts_on=date(2027, 6, 1), ends_on=date(2027, 6, 30))
        with pytest.raises(PeopleRefused, match="sudah Plt sejak 1 Desember 2026"):
            appointing.appoint(third, actor=make.demo("utama"))


class TestDatabase:
    """What no act does, the database refuses."""

    def refuses(self, match: str, appointment: Appointment, *, move: dict | None = None, **row) -> None:
        given = {"ends_on_before": appointment.ends_on, "ends_on": appointment.ends_on, "at": timezone.now(), **row}
        if given["kind"] != "end":
            given.setdefault("closed_at", given["at"])

        def write():
            AppointmentChange.objects.create(appointment=appointment, actor=make.demo("utama"), **given)
            if move:
                Appointment.objects.filter(pk=appointment.pk).update(**move)
            make.at_the_end()

        with pytest.raises(DatabaseError, match=match), transaction.atomic():
            write()

    def test_a_change_closes_what_it_says(self):
        kept, to_come = appointed(), appointed(role="opd", starts_on=TODAY + DAY)
        self.refuses("starts where", kept, kind="cancel")
        self.refuses("starts where", to_come, kind="annul", because="Keliru.")
        self.refuses("starts where", to_come, kind="stop", ends_on=TODAY)
        self.refuses("starts where", kept, kind="stop", ends_on=TODAY + DAY)
        self.refuses("without its change", kept, kind="annul", because="Keliru.")
        self.refuses("ledger row only", kept, kind="annul", because="Keliru.", move={"is_void": True})

    def test_nothing_is_closed_or_void_without_its_row(self):
        kept = appointed()
        for written in ({"closed_at": timezone.now()}, {"is_void": True, "closed_at": timezone.now()}):
            with pytest.raises(DatabaseError, match="ledger row only"), transaction.atomic():
                Appointment.objects.filter(pk=kept.pk).update(**written)
        appointing.annul(kept, because="Keliru.", actor=make.demo("utama"))
        with pytest.raises(DatabaseError, match="ledger row only"), transaction.atomic():
            Appointment.objects.filter(pk=kept.pk).update(is_void=False, closed_at=None)
