"""People change with a row of their ledger; first passwords bar every act; nobody decides through a puppet."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.own_work import own_work, worked_on
from ppid.flows.permissions import deciders
from ppid.flows.steps import StepForbidden
from ppid.organisation import actions, appointing
from ppid.organisation.actions import PeopleForbidden, PeopleRefused, PersonChangedMeanwhile
from ppid.organisation.first_password import FirstPasswordEnded, ends_at, require_in_time
from ppid.organisation.models import Appointment, PersonChange, Role, Unit, User
from ppid.organisation.people_ledger import as_it_stands, mark_of
from ppid.organisation.puppets import hands, in_hands_of, to_be_confirmed, waits_for_confirmation
from sop.permissions import keeps
from tests import make

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)


def rows(person: User) -> list[tuple]:
    return list(person.changes.values_list("kind", "actor_name", "note"))


class TestEdited:
    def test_name_nip_and_address_are_written_anew_with_what_stood_before(self):
        person = make.person(name="Siti Aminah S.Sos")
        words = {"name": " Siti  Aminah, S.Sos.", "nip": "19850909 201001 2 016", "email": "Siti.Aminah@example.test"}
        actions.edit_person(person, **words, actor=make.demo("utama"), note="Gelar keliru.")
        change = person.changes.get()
        assert change.before["name"] == "Siti Aminah S.Sos"
        assert change.after == {
            "name": "Siti Aminah, S.Sos.",
            "nip": "198509092010012016",
            "email": "siti.aminah@example.test",
            "is_active": True,
        }
        assert (change.kind, change.actor, change.note) == ("edited", make.demo("utama"), "Gelar keliru.")
        assert as_it_stands(User.objects.get(pk=person.pk)) == change.after

    def test_what_they_did_keeps_the_name_they_had(self):
        case = make.publication(at="clarifying")
        actions.edit_person(
            make.demo("dinsos"), name="Nama Baru", email="dinsos@demo.example", actor=make.demo("utama")
        )
        assert make.again(case).records.get(key="prepare").actor_name == "Siti Aminah, S.Sos."

    def test_the_name_of_a_moment_is_the_one_borne_then(self):
        person, utama, now = make.person(name="Ani"), make.demo("utama"), timezone.now()
        for days, name in ((20, "Ani, S.E."), (10, "Ani, M.M.")):
            actions.edit_person(person, name=name, email=person.email, actor=utama, at=now - timedelta(days=days))
        person = User.objects.get(pk=person.pk)
        borne = [person.name_at(now - timedelta(days=days)) for days in (30, 20, 15, 5)]
        assert borne == ["Ani", "Ani, S.E.", "Ani, S.E.", "Ani, M.M."]

    def test_nobody_writes_former_names(self):
        person = make.person(name="Ani")
        User.objects.filter(pk=person.pk).update(former_names=[{"name": "Orang lain", "until": "2030-01-01T00:00Z"}])
        assert User.objects.get(pk=person.pk).former_names == []

    def test_what_does_not_fit_is_refused_and_leaves_no_row(self):
        person, utama = make.person(name="Ani"), make.demo("utama")
        with pytest.raises(ValidationError, match="18 angka"):
            actions.edit_person(person, name="Ani", email=person.email, nip="123", actor=utama)
        with pytest.raises(ValidationError, match="sudah dipakai orang lain"):
            actions.edit_person(person, name="Ani", email="bidang@demo.example", actor=utama)
        with pytest.raises(PeopleRefused, match="Tidak ada yang berubah"):
            actions.edit_person(person, name="Ani", email=person.email, actor=utama)
        assert not person.changes.exists()

    def test_who_changed_meanwhile_is_not_overwritten_unseen(self):
        person, utama = make.person(name="Ani"), make.demo("utama")
        seen = mark_of(person)
        actions.edit_person(person, name="Ani, S.E.", email=person.email, actor=utama, seen=seen)
        with pytest.raises(PersonChangedMeanwhile):
            actions.edit_person(person, name="Ani Lain", email=person.email, actor=utama, seen=seen)


class TestDaysOfAFirstPassword:
    def test_it_ends_after_its_days_and_a_new_one_can_be_given(self, settings):
        settings.FIRST_PASSWORD_DAYS = 3
        person, utama, now = make.person("operator"), make.demo("utama"), timezone.now()
        given, _ = actions.give_password(person, actor=utama, at=now - 3 * DAY + timedelta(minutes=1))
        require_in_time(given)
        given, _ = actions.give_password(person, actor=utama, at=now - 3 * DAY)
        with pytest.raises(FirstPasswordEnded, match="Minta yang baru kepada PPID Utama atau Admin PPID"):
            require_in_time(given)
        with pytest.raises(FirstPasswordEnded):
            actions.keep_own_password(given)
        given, _ = actions.give_password(person, actor=utama)
        actions.keep_own_password(given)
        assert User.objects.get(pk=person.pk).first_password_at is None

    def test_who_is_added_has_the_same_days(self):
        person, _ = actions.add_person(name="Ani", email="ani@example.test", actor=make.demo("utama"))
        assert ends_at(person) == person.first_password_at + 3 * DAY

    def test_its_moment_is_that_of_its_row_and_nobody_puts_it_off(self):
        person, _ = actions.give_password(make.person("operator"), actor=make.demo("utama"))
        with pytest.raises(DatabaseError, match="a first password is given by somebody"), transaction.atomic():
            User.objects.filter(pk=person.pk).update(first_password_at=timezone.now() + DAY)


class TestLedger:
    @pytest.mark.parametrize(
        "fields", [{"name": "Lain"}, {"nip": "1" * 18}, {"email": "lain@example.test"}, {"is_active": False}], ids=str
    )
    def test_nobody_changes_without_a_row(self, fields):
        with pytest.raises(DatabaseError, match="row of the ledger of people only"), transaction.atomic():
            User.objects.filter(pk=make.person().pk).update(**fields)

    def test_each_act_leaves_its_row(self):
        person, _ = actions.add_person(name="Ani", email="ani@example.test", actor=make.demo("utama"))
        actions.give_password(person, actor=make.demo("utama"))
        actions.deactivate(person, actor=make.demo("utama"), note="Pindah.")
        actions.reactivate(person, actor=make.demo("utama"))
        actions.confirm_person(person, actor=make.demo("wakil"), note="Bertemu langsung.")
        assert [(row.kind, row.actor.email, row.note) for row in person.changes.all()] == [
            ("added", "utama@demo.example", ""),
            ("password", "utama@demo.example", "Kata sandi sementara diberikan."),
            ("deactivated", "utama@demo.example", "Pindah."),
            ("reactivated", "utama@demo.example", ""),
            ("confirmed", "wakil@demo.example", "Bertemu langsung."),
        ]

    def test_a_row_without_its_change_and_from_elsewhere_is_refused(self):
        person, now = make.person(), timezone.now()
        stands = as_it_stands(person)

        def write(before, after, kind="edited"):
            PersonChange.objects.create(person=person, kind=kind, before=before, after=after, at=now)
            make.at_the_end()

        with pytest.raises(DatabaseError, match="starts where its person stands"), transaction.atomic():
            write(stands | {"name": "Lain"}, stands)
        with pytest.raises(DatabaseError, match="without its change"), transaction.atomic():
            write(stands, stands | {"name": "Lain"})
        with pytest.raises(DatabaseError, match="starts where its person stands"), transaction.atomic():
            write(stands, stands, kind="reactivated")

    def test_closing_and_opening_twice_is_told(self):
        person, utama = make.person(), make.demo("utama")
        with pytest.raises(PeopleRefused, match="sudah aktif"):
            actions.reactivate(person, actor=utama)
        actions.deactivate(person, actor=utama)
        with pytest.raises(PeopleRefused, match="sudah tidak aktif"):
            actions.deactivate(person, actor=utama)


class TestFirstPassword:
    def test_given_anew_it_is_shown_once_ends_the_sessions_and_must_be_changed(self):
        person = make.person("operator")
        before = person.get_session_auth_hash()
        given, passphrase = actions.give_password(person, actor=make.demo("utama"))
        kept = User.objects.get(pk=person.pk)
        assert kept.check_password(passphrase)
        assert kept.must_change_password
        assert kept.get_session_auth_hash() != before

    def test_nobody_gives_themselves_one_or_one_to_a_closed_account(self):
        utama = make.demo("utama")
        with pytest.raises(PeopleRefused, match="Kata sandi Anda sendiri"):
            actions.give_password(utama, actor=utama)
        person = make.change(make.person(), is_active=False)
        with pytest.raises(PeopleRefused, match="tidak aktif"):
            actions.give_password(person, actor=utama)

    def test_it_is_dropped_by_its_person_alone(self):
        person = make.first_password(make.person("operator"))
        with pytest.raises(DatabaseError, match="changed by the person themselves"), transaction.atomic():
            User.objects.filter(pk=person.pk).update(must_change_password=False)
        person.set_password("jembatan-kapuas-dua")
        actions.keep_own_password(person)
        kept = User.objects.get(pk=person.pk)
        assert not kept.must_change_password
        assert rows(person)[-1] == ("password", person.name, "Kata sandi pertama diganti pemiliknya.")

    def test_until_then_no_act_is_theirs(self):
        case = make.publication(at="clarifying")
        chief, keeper = make.person("ppid_utama"), make.person("sop_keeper")
        proof = make.evidence(case, chief)
        make.first_password(chief)
        make.first_password(keeper)
        with pytest.raises(StepForbidden):
            take_step(case, "clarify", actor=chief, evidence=proof, category="periodic")
        with pytest.raises(StepForbidden):
            open_publication(make.information(), actor=chief)
        with pytest.raises(PeopleForbidden):
            actions.add_person(name="Ani", email="ani@example.test", actor=chief)
        assert not keeps(keeper, Unit.objects.get(code="dinsos"), on=TODAY)

    def test_no_ledger_takes_a_row_of_theirs(self):
        case = make.publication(at="clarifying")
        record, document = case.records.last(), case.information.documents.first()
        for who in (record.actor, document.uploaded_by):
            make.first_password(who)
        with pytest.raises(DatabaseError, match="first password is changed before"), make.savepoint():
            make.twin(document, address_key="b" * 12, sha256="1" * 64)
        with pytest.raises(DatabaseError, match="first password is changed before"), make.savepoint():
            make.twin(case.information, number="99/2026", created_by=record.actor)


class TestPuppets:
    def decided_by(self, case, chief: User):
        take_step(case, "clarify", actor=chief, evidence=make.evidence(case, chief), category="periodic")

    def test_their_maker_does_not_decide_on_their_work(self):
        utama, puppet = make.maker_and_puppet()
        case = make.publication(at="clarifying", unit="dinkes", hands={"prepare": puppet})
        assert "akun Boneka" in worked_on(case, utama)
        assert utama not in [each.user for each in deciders(case, on=TODAY).free]
        with pytest.raises(StepForbidden, match="belum dikonfirmasi"):
            self.decided_by(case, utama)
        self.decided_by(case, make.demo("wakil"))

    def test_once_a_second_keeper_has_confirmed_them_it_is_nobody_s_own_work(self):
        utama, puppet = make.maker_and_puppet()
        case = make.publication(at="clarifying", unit="dinkes", hands={"prepare": puppet})
        with pytest.raises(PeopleForbidden, match="Anda sendiri yang m"):
            actions.confirm_person(puppet, actor=utama)
        assert waits_for_confirmation(puppet)
        actions.confirm_person(puppet, actor=make.person("admin_ppid"))
        assert not waits_for_confirmation(puppet)
        self.decided_by(case, utama)

    def test_appointed_on_another_day_they_are_nobody_s_puppet(self):
        utama, puppet = make.maker_and_puppet(same_day=False)
        case = make.publication(at="clarifying", unit="dinkes", hands={"prepare": puppet})
        self.decided_by(case, utama)

    def test_a_puppet_that_keeps_people_makes_no_way_round(self):
        utama = make.demo("utama")
        admin, _ = actions.add_person(name="Boneka Admin", email="ba@example.test", actor=utama)
        admin.set_password("jembatan-kapuas-tiga")
        actions.keep_own_password(admin)
        role, unit = Role.objects.get(code="admin_ppid"), Unit.objects.get(code="diskominfo")
        new = Appointment(user=admin, role=role, unit=unit, starts_on=TODAY, order_number="800/1/2026")
        appointing.appoint(new, actor=utama)
        _, puppet = make.maker_and_puppet(by=admin)
        case = make.publication(at="clarifying", unit="dinkes", hands={"prepare": puppet})
        with pytest.raises(StepForbidden, match="akun Boneka"):
            self.decided_by(case, utama)
        _, other = actions.add_person(name="Lain", email="lain@example.test", actor=utama)
        with pytest.raises(PeopleForbidden, match="belum dikonfirmasi"):
            actions.confirm_person(User.objects.get(email="lain@example.test"), actor=admin)

    def test_the_database_says_the_same(self):
        utama, puppet = make.maker_and_puppet()
        case = make.publication(at="clarifying", unit="dinkes", hands={"prepare": puppet})

        def asks(who: User) -> bool:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {own_work(str(case.pk), str(who.pk))}")
                return cursor.fetchone()[0]

        assert asks(puppet)
        assert asks(utama)
        assert not asks(make.demo("wakil"))
        row = dict.fromkeys(["before", "after"], as_it_stands(puppet))
        with pytest.raises(DatabaseError, match="confirmed by a keeper who neither made it"), transaction.atomic():
            PersonChange.objects.create(person=puppet, kind="confirmed", actor=utama, at=timezone.now(), **row)


class TestGivenPassword:
    """Whoever gave an officer the latest password could act as them: nobody decides on work done through it."""

    def given(self, person: User, by: User | None) -> User:
        """Give the person a password, which is then changed: by its holder, or by who saw it."""
        person, _ = actions.give_password(person, actor=by)
        person.set_password("jembatan-kapuas-empat")
        actions.keep_own_password(person)
        return User.objects.get(pk=person.pk)

    def prepared(self):
        return make.publication(at="clarifying")  # by the Plt of Dinas Sosial

    def decides(self, case, chief: User):
        take_step(case, "clarify", actor=chief, evidence=make.evidence(case, chief), category="periodic")

    def confirmed_row(self, person: User, actor: User):
        row = dict.fromkeys(["before", "after"], as_it_stands(person))
        return PersonChange.objects.create(person=person, kind="confirmed", actor=actor, at=timezone.now(), **row)

    def test_who_gave_it_does_not_decide_on_the_work_of_the_account(self):
        utama, officer = make.demo("utama"), self.given(make.demo("dinsos"), make.demo("utama"))
        case = self.prepared()
        with pytest.raises(StepForbidden, match="memberi kata sandi terakhir untuk akun Siti Aminah"):
            self.decides(case, utama)
        assert [each.user.name for each in deciders(case, on=TODAY).free] == [make.demo("wakil").name]
        with connection.cursor() as cursor:
            asked = [own_work(str(case.pk), str(make.demo(who).pk)) for who in ("dinsos", "utama", "wakil")]
            cursor.execute(f"SELECT {', '.join(asked)}")
            assert cursor.fetchone() == (True, True, False)
        assert waits_for_confirmation(officer)
        self.decides(case, make.demo("wakil"))

    def test_a_second_keeper_confirms_also_one_who_recorded_the_appointment(self):
        utama, admin, officer = make.demo("utama"), make.person("admin_ppid"), make.person(name="Petugas")
        role, unit = Role.objects.get(code="opd"), Unit.objects.get(code="dinsos")
        new = Appointment(user=officer, role=role, unit=unit, starts_on=TODAY, order_number="800/1/2026")
        appointing.appoint(new, actor=admin)
        officer = self.given(officer, utama)
        with pytest.raises(PeopleForbidden, match="Anda sendiri yang memberi kata sandinya yang terakhir"):
            actions.confirm_person(officer, actor=utama)
        with pytest.raises(DatabaseError, match="confirmed by a keeper who neither made it"), transaction.atomic():
            self.confirmed_row(officer, utama)
        actions.confirm_person(officer, actor=admin)
        assert not waits_for_confirmation(officer)
        with pytest.raises(PeopleRefused, match="sudah dikonfirmasi"):
            actions.confirm_person(officer, actor=admin)

    def test_once_confirmed_who_gave_it_decides_until_they_give_another(self):
        utama, wakil, officer = make.demo("utama"), make.demo("wakil"), self.given(make.demo("dinsos"), None)
        self.given(officer, utama)
        actions.confirm_person(officer, actor=wakil)
        case = self.prepared()
        self.given(officer, utama)
        with pytest.raises(StepForbidden, match="memberi kata sandi terakhir"):
            self.decides(case, utama)
        actions.confirm_person(officer, actor=wakil)
        self.decides(case, utama)

    @pytest.mark.parametrize("by", ["wakil", None], ids=["another keeper", "the terminal"])
    def test_a_password_that_somebody_else_gave_since_is_theirs_to_answer_for(self, by):
        utama, officer = make.demo("utama"), self.given(make.demo("dinsos"), make.demo("utama"))
        self.given(officer, by and make.demo(by))
        case = self.prepared()
        assert waits_for_confirmation(officer) == bool(by)
        self.decides(case, utama)

    def test_who_works_by_a_password_of_somebody_s_is_no_second_keeper(self):
        utama, admin = make.demo("utama"), make.person("admin_ppid")
        self.given(admin, utama)
        officer = self.given(make.demo("dinsos"), utama)
        with pytest.raises(PeopleForbidden, match="Akun Anda sendiri belum dikonfirmasi"):
            actions.confirm_person(officer, actor=admin)
        with pytest.raises(DatabaseError, match="confirmed by a keeper who neither made it"), transaction.atomic():
            self.confirmed_row(officer, admin)
        actions.confirm_person(admin, actor=make.demo("wakil"))
        actions.confirm_person(officer, actor=admin)

    def test_words_and_database_name_the_same_hands(self):
        utama, admin = make.demo("utama"), make.person("admin_ppid")
        _, puppet = make.maker_and_puppet()
        self.given(admin, utama)
        through_admin = self.given(make.demo("opd"), admin)
        self.given(make.demo("dinsos"), make.demo("wakil"))
        told = {person: {each.pk for each in theirs} | {person} for person, theirs in hands().items()}
        assert told[utama.pk] == {utama.pk, puppet.pk, admin.pk, through_admin.pk}
        for user in User.objects.all():
            counted = User.objects.filter(pk__in=in_hands_of(user)).values_list("pk", flat=True)
            assert set(counted) == told.get(user.pk, {user.pk}), user.name

    def test_an_admin_who_decides_nothing_leaves_nothing_to_confirm(self):
        self.given(make.demo("dinsos"), make.person("admin_ppid"))
        assert not to_be_confirmed(on=TODAY)
        self.given(make.demo("opd"), make.demo("utama"))
        assert [row.person for row in to_be_confirmed(on=TODAY)] == [make.demo("opd")]
