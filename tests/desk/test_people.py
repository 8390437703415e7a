"""People and appointments: PPID Utama changes them, everybody appointed sees them."""

from datetime import date, timedelta
from io import StringIO

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ppid.organisation import actions, appointing
from ppid.organisation.actions import PeopleRefused
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.organisation.unit_history import UnitName
from ppid.organisation.units import call as call_unit
from tests import make
from tests.desk.pages import error_links, fields, soup, text

pytestmark = pytest.mark.django_db

SITI = {"name": "Siti Rahma, S.E.", "nip": "199001012015012001", "email": "Siti.Rahma@pontianak.go.id"}


def order(**change) -> dict:
    """Return an appointment as it is typed."""
    role, unit = Role.objects.get(code="ppid_pelaksana"), Unit.objects.get(code="dinkes")
    typed = {"role": role.pk, "unit": unit.pk, "kind": "definitive", "starts_on": "2026-11-01", "ends_on": ""}
    return {**typed, "order_number": "800/77/2026", **change}


def held(who: str, role: str) -> Appointment:
    return Appointment.objects.get(user=make.demo(who), role__code=role)


def test_a_person_is_added_with_a_password_that_is_shown_once(sign_in):
    client = sign_in("utama")
    response = client.post(reverse("desk:person-add"), SITI)
    passphrase = soup(response).find(class_="passphrase").text
    person = User.objects.get(email="siti.rahma@pontianak.go.id")
    assert person.check_password(passphrase)
    assert response.headers["Cache-Control"] == "no-store"
    assert passphrase not in client.get(reverse("desk:person", args=[person.pk])).content.decode()
    assert Client().login(username=person.email, password=passphrase)


def test_passwords_are_never_the_same():
    assert len({actions.new_passphrase() for _ in range(200)}) == 200
    assert all(len(actions.new_passphrase()) == 19 for _ in range(20))


def test_others_see_people_and_may_not_change_them(sign_in, stranger):
    person, appointment = make.demo("dinsos"), held("dinsos", "ppid_pelaksana")
    addresses = [
        reverse("desk:person-add"),
        reverse("desk:appoint", args=[person.pk]),
        reverse("desk:appointment-end", args=[appointment.pk]),
        reverse("desk:person-deactivate", args=[person.pk]),
        reverse("desk:person-reactivate", args=[person.pk]),
    ]
    for who in ("bidang", stranger, "atasan"):
        client = sign_in(who)
        assert "Siti Aminah, S.Sos." in text(client.get(reverse("desk:people")))
        page = text(client.get(reverse("desk:person", args=[person.pk])))
        assert actions.manages_people(client_user(client), on=timezone.localdate()) is False
        assert "hanya dapat diubah oleh PPID Utama" in page
        assert person.nip not in page
        for address in addresses:
            assert client.get(address).status_code == 403
            assert client.post(address, {**SITI, **order()}).status_code == 403
    assert not User.objects.filter(name=SITI["name"]).exists()
    assert User.objects.get(pk=person.pk).is_active
    assert Client().get(addresses[0]).status_code == 302


def client_user(client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_whoever_is_not_appointed_is_told_why(sign_in):
    response = sign_in(make.person()).get(reverse("desk:people"))
    assert response.status_code == 403
    assert "Anda tidak punya penugasan yang berlaku." in text(response)


def test_a_ppid_utama_whose_order_ended_may_do_nothing(sign_in):
    former = make.person(
        "ppid_utama", unit="diskominfo", starts_on=date(2024, 1, 1), ends_on=timezone.localdate() - timedelta(days=1)
    )
    make.appoint(former, "atasan_ppid", unit="setda")
    assert sign_in(former).post(reverse("desk:person-add"), SITI).status_code == 403
    with pytest.raises(PeopleRefused):
        actions.add_person(name="x", email="x@example.test", actor=former)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": ""}, "id_name", "Tulis nama lengkapnya."),
        ({"email": "siti"}, "id_email", "Alamat surel ini belum lengkap"),
        ({"email": "UTAMA@demo.example"}, "id_email", "Surel ini sudah dipakai orang lain."),
        ({"nip": "12345"}, "id_nip", "NIP terdiri atas 18 angka tanpa spasi."),
        ({"nip": "196904121995031002"}, "id_nip", "NIP ini sudah dipakai orang lain."),
    ],
)
def test_bad_input_about_a_person_gets_a_sentence_and_stays(change, field, sentence, sign_in):
    typed = {**SITI, **change}
    response = sign_in("utama").post(reverse("desk:person-add"), typed)
    assert sentence in text(response)
    assert f"#{field}" in error_links(response)
    kept = fields(response, action=None)
    assert {name: kept[name] for name in typed} == typed


def test_an_appointment_lets_a_person_act(sign_in):
    person = make.person()
    url = reverse("desk:appoint", args=[person.pk])
    response = sign_in("utama").post(url, order(kind="plh", ends_on="2027-01-31", reason="Cuti besar."), follow=True)
    assert "ditugaskan sebagai Plh PPID Pelaksana, Dinas Kesehatan" in text(response)
    appointment = Appointment.objects.get(user=person)
    assert (appointment.kind, appointment.ends_on) == ("plh", date(2027, 1, 31))
    assert Appointment.objects.in_force(on=date(2026, 11, 22)).filter(user=person).exists()


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"kind": "plt"}, "id_ends_on", "Penugasan Plt atau Plh harus punya tanggal akhir."),
        ({"ends_on": "2026-10-01"}, "id_ends_on", "Tanggal akhir penugasan tidak boleh sebelum tanggal mulainya."),
        ({"role": ""}, "id_role", "Pilih perannya."),
        ({"unit": ""}, "id_unit", "Pilih perangkat daerahnya."),
        ({"starts_on": ""}, "id_starts_on", "Pilih hari pertamanya."),
        ({"starts_on": "kemarin"}, "id_starts_on", "Masukkan tanggal yang valid."),
        ({"order_number": ""}, "id_order_number", "Tulis nomor suratnya."),
    ],
)
def test_bad_input_about_an_appointment_gets_a_sentence_and_stays(change, field, sentence, sign_in):
    typed = {**order(), "order_number": "800/88/2026", **change}
    response = sign_in("utama").post(reverse("desk:appoint", args=[make.person().pk]), typed)
    assert sentence in text(response)
    assert f"#{field}" in error_links(response)
    assert fields(response, action=None)["order_number"] == typed["order_number"]


def test_the_same_role_twice_at_once_is_refused(sign_in):
    person, role, unit = make.demo("dinsos"), Role.objects.get(code="ppid_pelaksana"), Unit.objects.get(code="dinsos")
    url = reverse("desk:appoint", args=[person.pk])
    response = sign_in("utama").post(url, order(role=role.pk, unit=unit.pk))
    assert "Orang ini sudah memegang peran itu" in text(response)


def test_an_appointment_ends_on_a_day(sign_in):
    appointment = held("opd", "opd")
    url = reverse("desk:appointment-end", args=[appointment.pk])
    today = timezone.localdate()
    response = sign_in("utama").post(url, {"ends_on": today.isoformat()}, follow=True)
    assert f"sampai dan termasuk {today:%d/%m/%Y}" in text(response)
    in_force = Appointment.objects.filter(pk=appointment.pk)
    assert in_force.in_force(on=today).exists()
    assert not in_force.in_force(on=today + timedelta(days=1)).exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Pilih hari terakhirnya."),
        ("besok", "Tulis tanggal seperti 31/12/2026."),
        ("2025-01-01", "jadi hari terakhirnya paling awal hari itu"),
        ("2028-01-01", "Perpanjangan memerlukan surat dan penugasan baru."),
    ],
)
def test_a_last_day_that_does_not_fit_gets_a_sentence(day, sentence, sign_in):
    appointment = held("dinsos", "ppid_pelaksana")
    response = sign_in("utama").post(reverse("desk:appointment-end", args=[appointment.pk]), {"ends_on": day})
    assert sentence in text(response)
    assert error_links(response) == ["#id_ends_on"]
    assert Appointment.objects.get(pk=appointment.pk).ends_on == appointment.ends_on


def test_the_last_ppid_utama_can_neither_end_nor_be_closed(sign_in):
    today = timezone.localdate()
    own, other = held("utama", "ppid_utama"), held("wakil", "ppid_utama")
    client = sign_in("utama")
    url = reverse("desk:appointment-end", args=[own.pk])
    # While the deputy acts the head may end, and not on the deputy's last day, after which there would be nobody.
    assert "tidak ada lagi PPID Utama" in text(client.post(url, {"ends_on": other.ends_on.isoformat()}))
    appointing.end_appointment(other, last_day=today, actor=make.demo("utama"))
    assert "tidak ada lagi PPID Utama" in text(client.post(url, {"ends_on": today.isoformat()}))
    assert Appointment.objects.get(pk=own.pk).ends_on is None
    closing = client.post(reverse("desk:person-deactivate", args=[make.demo("utama").pk]))
    assert "Anda tidak dapat menonaktifkan akun Anda sendiri." in text(closing)
    with pytest.raises(PeopleRefused, match="tidak ada lagi PPID Utama"):
        actions.deactivate(make.demo("utama"), actor=make.demo("wakil"))
    assert make.demo("utama").is_active


def test_the_head_may_end_while_a_deputy_acts(sign_in):
    own = held("utama", "ppid_utama")
    appointing.end_appointment(own, last_day=timezone.localdate(), actor=make.demo("utama"))
    assert Appointment.objects.get(pk=own.pk).ends_on == timezone.localdate()


def test_a_closed_account_is_out_at_once_and_can_come_back(sign_in):
    person, victim = make.demo("dinsos"), sign_in("dinsos")
    client = sign_in("utama")
    url = reverse("desk:person-deactivate", args=[person.pk])
    assert "Nonaktifkan akun Siti Aminah, S.Sos.?" in text(client.get(url))
    assert victim.get(reverse("desk:inbox")).status_code == 200
    assert "dinonaktifkan" in text(client.post(url, follow=True))
    assert victim.get(reverse("desk:inbox")).status_code == 302
    with pytest.raises(PeopleRefused, match="tidak aktif"):
        appointing.appoint(Appointment(user=person), actor=make.demo("utama"))
    client.post(reverse("desk:person-reactivate", args=[person.pk]))
    assert make.demo("dinsos").is_active


def test_past_appointments_are_folded_and_filters_kept(sign_in):
    person = make.person(name="Mantan Petugas")
    day = timezone.localdate() - timedelta(days=1)
    make.appoint(person, "operator", unit="diskominfo", starts_on=date(2024, 1, 1), ends_on=day)
    client = sign_in("bidang")
    page = soup(client.get(f"{reverse('desk:people')}?q=mantan"))
    (row,) = page.select(".person")
    assert "Tanpa penugasan yang berlaku" in row.text
    assert "Operator" in row.find("details").text
    assert page.find("main").find("input", {"name": "q"})["value"] == "mantan"
    assert len(soup(client.get(f"{reverse('desk:people')}?unit=dinsos")).select(".person")) == 3
    assert client.get(f"{reverse('desk:people')}?unit=%00&keadaan=x&halaman=-3").status_code == 200


def test_the_list_asks_the_same_number_of_times_for_many_people(sign_in, django_assert_max_num_queries):
    for _ in range(25):
        make.person("operator", "bidang_layanan")
    client = sign_in("utama")
    with django_assert_max_num_queries(14):
        client.get(reverse("desk:people"))


def appoint(*arguments) -> str:
    out = StringIO()
    call_command("appoint", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_appoints_the_first_ppid_utama(monkeypatch):
    appointing.stop(held("utama", "ppid_utama"), actor=make.demo("utama"))
    monkeypatch.setenv("APPOINT_PASSWORD", "jembatan-kapuas-satu")
    said = appoint("Kepala@pontianak.go.id", "--name", "Dr. Kepala, M.Si.", "--order", "800/1/2026")
    assert "PPID Utama, Diskominfo" in said
    person = User.objects.get(email="kepala@pontianak.go.id")
    assert person.check_password("jembatan-kapuas-satu")
    assert Appointment.objects.in_force(on=timezone.localdate()).filter(user=person).exists()
    assert not actions.manages_people(person, on=timezone.localdate()), "the first password is not changed yet"
    said = appoint("kepala@pontianak.go.id", "--order", "2", "--role", "operator", "--from", "2026-12-01")
    assert "2026-12-01" in said


@pytest.mark.parametrize(
    ("password", "arguments", "sentence"),
    [
        ("pendek", ["--name", "Dr. Baru"], "12"),
        ("jembatan-kapuas-satu", [], "give --name"),
        ("jembatan-kapuas-satu", ["--name", "Dr. Baru", "--role", "raja"], "No role «raja»"),
        ("jembatan-kapuas-satu", ["--name", "Dr. Baru", "--nip", "1"], "18 angka"),
        ("jembatan-kapuas-satu", ["--name", "Dr. Baru", "--kind", "plt"], "harus punya tanggal akhir"),
    ],
)
def test_the_command_refuses_in_one_line_and_writes_nothing(password, arguments, sentence, monkeypatch):
    monkeypatch.setenv("APPOINT_PASSWORD", password)
    with pytest.raises(CommandError, match=sentence):
        appoint("baru@pontianak.go.id", "--order", "800/1/2026", *arguments)
    assert not User.objects.filter(email="baru@pontianak.go.id").exists()


def test_the_command_brings_units_and_roles_that_are_missing_and_leaves_the_others(monkeypatch):
    monkeypatch.setenv("APPOINT_PASSWORD", "jembatan-kapuas-satu")
    with pgtrigger.ignore("organisation.Unit:unit_is_kept", "organisation.UnitName:row_is_kept"):
        UnitName.objects.filter(unit__code="satpolpp").delete()
        Unit.objects.filter(code="satpolpp").delete()
    call_unit(make.unit("dinkes"), short_name="Dinas Sehat", everyday_names=[], actor=make.demo("utama"))
    appoint("baru@pontianak.go.id", "--name", "Dr. Baru", "--order", "800/1/2026", "--role", "operator")
    assert Unit.objects.filter(code="satpolpp").exists()
    assert Unit.objects.get(code="dinkes").short_name == "Dinas Sehat"


def test_whoever_is_added_changes_the_first_password(sign_in):
    response = sign_in("utama").post(reverse("desk:person-add"), SITI)
    person, client = User.objects.get(email=SITI["email"].lower()), Client()
    assert person.must_change_password
    typed = {"login": person.email, "password": soup(response).find(class_="passphrase").text}
    assert client.post(reverse("account_login"), typed).status_code == 302
    assert client.get(reverse("desk:inbox")).headers["Location"] == reverse("account_change_password")


def test_the_page_of_the_person_says_until_when_a_first_password_is_good(sign_in):
    utama, person = sign_in("utama"), make.person("operator")
    given = utama.post(reverse("desk:person-password", args=[person.pk]))
    until = date_format(timezone.localtime() + timedelta(days=3), "j F Y")
    assert f"paling lambat {until}" in text(given)
    page = reverse("desk:person", args=[person.pk])
    assert f"belum ia ganti; berlaku sampai {until}" in text(utama.get(page))
    assert "belum ia ganti" not in text(sign_in("bidang").get(page)), "nobody's business but theirs who keep people"
    make.first_password(person, at=timezone.now() - timedelta(days=4))
    assert "dan tidak berlaku lagi. Beri yang baru." in text(utama.get(page))
    utama.post(reverse("desk:person-password", args=[person.pk]))
    assert f"belum ia ganti; berlaku sampai {until}" in text(utama.get(page))
    actions.keep_own_password(User.objects.get(pk=person.pk))
    assert "kata sandi pertama" not in text(utama.get(page)).lower().split("riwayat akun")[0]


def test_whoever_is_appointed_at_the_terminal_changes_the_first_password(monkeypatch):
    monkeypatch.setenv("APPOINT_PASSWORD", "keladi-menari-nomor-satu")
    appoint("baru.sekali@pontianak.go.id", "--name", "Dr. Baru", "--order", "800/1/2026", "--role", "operator")
    person = User.objects.get(email="baru.sekali@pontianak.go.id")
    assert person.must_change_password
    assert timezone.now() - person.first_password_at < timedelta(minutes=1)
    assert not make.demo("utama").must_change_password, "the demo's people are known to everybody"


def test_whoever_forgot_the_password_gets_a_new_first_one():
    out = StringIO()
    call_command("first_password", "Bidang@demo.example", stdout=out)
    person = make.demo("bidang")
    assert person.must_change_password
    assert person.check_password(out.getvalue().split()[-1])
    with pytest.raises(CommandError, match="Nobody has the e-mail address"):
        call_command("first_password", "tak.ada@example.test")
