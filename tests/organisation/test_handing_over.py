"""Who leaves is closed out while others follow in each seat: one act, or nothing of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from ppid.organisation import appointing
from ppid.organisation.actions import PeopleForbidden, PeopleRefused
from ppid.organisation.handing_over import Handover, close_and_hand_over
from ppid.organisation.models import Appointment, User
from tests import make

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)


def follows(before: Appointment, who: User, **fields) -> Handover:
    given = {"starts_on": TODAY, "order_number": "800/12/2026", **fields}
    return Handover(before, Appointment(user=who, role=before.role, unit=before.unit, **given))


def stands() -> tuple:
    """Return all that such an act writes."""
    people = User.objects.order_by("pk").values_list("pk", "is_active", "changes")
    return list(people), list(Appointment.objects.order_by("pk").values_list("pk", "ends_on", "closed_at", "changes"))


def test_each_seat_has_its_follower_and_every_act_its_row():
    person, utama = make.person("ppid_pelaksana", "sop_keeper", unit="dinkes", name="Pamit"), make.demo("utama")
    seat, keeping = person.appointments.order_by("pk")
    one = make.person(name="Penerus")
    (kept,) = close_and_hand_over(person, [follows(seat, one, order_date=TODAY)], actor=utama, note="Pensiun.")
    assert (kept.user, kept.role.code, kept.unit.code, kept.starts_on) == (one, "ppid_pelaksana", "dinkes", TODAY)
    assert (kept.appointed_by, kept.order_number, kept.order_date) == (utama, "800/12/2026", TODAY)
    assert not User.objects.get(pk=person.pk).is_active
    assert [(row.kind, row.actor, row.note.partition(": ")[2] or row.note) for row in person.changes.all()] == [
        ("handed_over", utama, f"diserahterimakan kepada Penerus mulai {date_format(TODAY)}."),
        ("deactivated", utama, "Pensiun."),
    ]
    (ended,) = seat.changes.all()
    assert (ended.kind, ended.ends_on, ended.actor) == ("end", TODAY - DAY, utama)
    assert not keeping.changes.exists(), "nobody follows in it: it holds again once the account is open"


def test_one_seat_that_does_not_fit_leaves_everything_as_it_was():
    person = make.person("ppid_pelaksana", "sop_keeper", unit="dinkes")
    seat, keeping = person.appointments.order_by("pk")
    closed = make.change(make.person(name="Tutup"), is_active=False)
    before = stands()
    with pytest.raises(PeopleRefused) as refused:
        close_and_hand_over(
            person,
            [follows(seat, make.person(), order_number=""), follows(keeping, closed)],
            actor=make.demo("utama"),
        )
    assert refused.value.fields == ("order_number", f"follower_{keeping.pk}")
    assert stands()[1] == before[1]
    assert not person.changes.exists()
    assert User.objects.get(pk=person.pk).is_active


def test_a_seat_that_somebody_else_holds_is_told_beside_who_would_follow():
    serving = make.person("ppid_pelaksana", unit="dinkes", name="Definitif")
    person = make.person("ppid_pelaksana", unit="dinkes", name="Plh")
    seat = person.appointments.get()
    with pytest.raises(PeopleRefused, match="Definitif memegang jabatan ini secara definitif") as refused:
        close_and_hand_over(person, [follows(seat, make.person())], actor=make.demo("utama"))
    assert refused.value.fields == (f"follower_{seat.pk}",)
    assert serving.is_active


def test_nobody_follows_themselves_or_in_what_has_ended():
    person, utama = make.person("operator", "bidang_layanan", unit="diskominfo"), make.demo("utama")
    seat, other = person.appointments.order_by("pk")
    with pytest.raises(PeopleRefused, match="Akun inilah yang ditutup"):
        close_and_hand_over(person, [follows(seat, person)], actor=utama)
    past = make.appoint(person, "opd", unit="dinkes", ends_on=TODAY - DAY)
    with pytest.raises(PeopleRefused, match="baru saja berakhir"):
        close_and_hand_over(person, [follows(past, make.person())], actor=utama)


def test_a_chief_whose_last_day_is_today_lets_the_next_one_in_as_the_other_goes():
    """The follower leads from today on, so somebody leads tomorrow though both of those who do now are gone."""
    utama, wakil = make.demo("utama"), make.demo("wakil")
    of_wakil = wakil.appointments.get(role__code="ppid_utama")
    appointing.end_appointment(of_wakil, last_day=TODAY, actor=utama)
    seat = utama.appointments.get(role__code="ppid_utama")
    with pytest.raises(PeopleRefused, match="tidak ada lagi PPID Utama"):
        close_and_hand_over(utama, [], actor=wakil)
    close_and_hand_over(utama, [follows(seat, make.person(name="Kepala Baru"))], actor=wakil)
    assert not User.objects.get(pk=utama.pk).is_active
    led = Appointment.objects.in_force(on=TODAY + DAY).filter(role__code="ppid_utama")
    assert [each.user.name for each in led] == ["Kepala Baru"]


def test_an_admin_hands_over_what_an_admin_may_fill():
    admin, person = make.person("admin_ppid"), make.person("ppid_pelaksana", unit="dinkes")
    seat = person.appointments.get()
    with pytest.raises(PeopleRefused, match="tidak memberi penugasan kepada dirinya sendiri") as refused:
        close_and_hand_over(person, [follows(seat, admin)], actor=admin)
    assert not isinstance(refused.value, PeopleForbidden), "a sentence beside the field, not a closed page"
    assert close_and_hand_over(person, [follows(seat, make.person())], actor=admin)
    chief = make.demo("wakil")
    of_chief = chief.appointments.get(role__code="ppid_utama")
    with pytest.raises(PeopleForbidden, match="hanya dapat diubah oleh PPID Utama"):
        close_and_hand_over(chief, [follows(of_chief, make.person())], actor=admin)
    with pytest.raises(PeopleForbidden):
        close_and_hand_over(make.person(), [], actor=make.demo("bidang"))
