"""The pages on which people and appointments change, and the one page of who holds what."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.organisation import actions, appointing
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.organisation.units import add_unit
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)


def address(name: str, pk: int) -> str:
    return reverse(f"desk:{name}", args=[pk])


def pelaksana(**fields) -> Appointment:
    return make.person("ppid_pelaksana", unit="dinkes", **fields).appointments.get()


class TestPerson:
    def test_a_name_is_mended_and_the_nip_typed_as_letters_print_it(self, sign_in):
        person, client = make.person(name="Siti S.Sos"), sign_in("utama")
        form = soup(client.get(address("person-edit", person.pk)))
        typed = {"name": "Siti, S.Sos.", "nip": "19850909 201001 2 016", "email": person.email, "note": "Gelar keliru."}
        seen = form.find("input", {"name": "seen"})["value"]
        page = text(client.post(address("person-edit", person.pk), typed | {"seen": seen}, follow=True))
        assert "Data Siti, S.Sos. diubah." in page
        assert "dahulu Siti S.Sos" in page
        assert User.objects.get(pk=person.pk).nip == "198509092010012016"

    def test_what_does_not_fit_stays_as_typed(self, sign_in):
        person = make.person(name="Ani")
        typed = {"name": "Ani", "nip": "12 34", "email": "bidang@demo.example"}
        response = sign_in("utama").post(address("person-edit", person.pk), typed)
        assert response.status_code == 422
        assert "18 angka" in text(response)
        assert "Surel ini sudah dipakai orang lain." in text(response)
        assert User.objects.get(pk=person.pk).email == person.email

    def test_an_older_page_does_not_undo_what_somebody_else_wrote(self, sign_in):
        person, client = make.person(name="Ani"), sign_in("utama")
        seen = soup(client.get(address("person-edit", person.pk))).find("input", {"name": "seen"})["value"]
        actions.edit_person(person, name="Ani, S.E.", email=person.email, actor=make.demo("wakil"))
        typed = {"name": "Ani Lain", "nip": "", "email": person.email, "seen": seen}
        response = client.post(address("person-edit", person.pk), typed)
        assert response.status_code == 409
        assert "baru saja diubah orang lain" in text(response)
        again = soup(response).find("input", {"name": "seen"})["value"]
        assert client.post(address("person-edit", person.pk), typed | {"seen": again}).status_code == 302

    def test_a_new_password_is_shown_once(self, sign_in):
        person, client = make.person("operator"), sign_in("utama")
        response = client.post(address("person-password", person.pk))
        assert User.objects.get(pk=person.pk).check_password(soup(response).find(class_="passphrase").text)
        assert not soup(client.get(address("person", person.pk))).find(class_="passphrase")

    def test_a_second_keeper_confirms_the_account(self, sign_in):
        utama = make.demo("utama")
        person, _ = actions.add_person(name="Baru", email="baru@example.test", actor=utama)
        role, unit = Role.objects.get(code="operator"), Unit.objects.get(code="diskominfo")
        new = Appointment(user=person, role=role, unit=unit, starts_on=TODAY, order_number="800/1/2026")
        appointing.appoint(new, actor=utama)
        assert sign_in("utama").post(address("person-confirm", person.pk)).status_code == 403
        client = sign_in("wakil")
        assert "belum dikonfirmasi pengelola kedua" in text(client.get(address("person", person.pk)))
        assert "Baru" in text(client.get(reverse("desk:appointments")))
        assert "Akun Baru dikonfirmasi." in text(client.post(address("person-confirm", person.pk), follow=True))
        assert "belum dikonfirmasi" not in text(client.get(address("person", person.pk)))

    def test_closing_an_account_says_which_seats_stand_empty_and_what_waits(self, sign_in):
        page = text(sign_in("utama").get(address("person-deactivate", make.demo("disdukcapil").pk)))
        assert "Sesudah itu tidak ada lagi pemegang: PPID Pelaksana, Disdukcapil ( gantikan dahulu )" in page
        make.publication(at="preparing")
        page = text(sign_in("utama").get(address("person-deactivate", make.demo("dinsos").pk)))
        assert "1 proses menunggu langkahnya sekarang" in page

    def test_an_admin_keeps_people_but_not_their_chief(self, sign_in, client):
        client.force_login(make.person("admin_ppid"))
        page = text(client.get(address("person", make.demo("dinsos").pk)))
        assert "Ubah data" in page
        response = client.post(address("person-password", make.demo("utama").pk))
        assert response.status_code == 403
        assert not make.demo("utama").must_change_password


class TestAppointment:
    @pytest.mark.parametrize(
        ("act", "typed", "said"),
        [
            ("end", {"ends_on": (TODAY - DAY).isoformat(), "because": "SK 9"}, "bertugas sebagai PPID Pelaksana"),
            ("stop", {"because": "Pindah."}, "dihentikan"),
            ("annul", {"because": "Salah orang."}, "dinyatakan keliru"),
        ],
    )
    def test_each_act_is_done_and_told(self, act, typed, said, sign_in):
        held, client = pelaksana(), sign_in("utama")
        assert client.get(address(f"appointment-{act}", held.pk)).status_code == 200
        page = text(client.post(address(f"appointment-{act}", held.pk), typed, follow=True))
        assert said in page
        assert typed["because"] in page
        assert not Appointment.objects.in_force(on=TODAY).filter(pk=held.pk).exists()

    def test_what_has_not_begun_is_cancelled(self, sign_in):
        held = pelaksana(starts_on=TODAY + DAY)
        page = text(sign_in("utama").post(address("appointment-cancel", held.pk), follow=True))
        assert "dibatalkan" in page
        assert "tidak berlaku" in page

    def test_a_mistake_without_a_reason_is_asked_for_it(self, sign_in):
        held = pelaksana()
        response = sign_in("utama").post(address("appointment-annul", held.pk), {"because": " "})
        assert response.status_code == 422
        assert "Tulis mengapa penugasan ini keliru." in text(response)

    def test_somebody_follows_in_one_act(self, sign_in):
        held, next_one = pelaksana(), make.person(name="Penerus")
        typed = {"who": next_one.email.upper(), "kind": "definitive", "starts_on": TODAY.isoformat()}
        typed |= {"order_number": "800/9/2026", "order_date": "2026-11-02"}
        url = address("appointment-replace", held.pk)
        client = sign_in("utama")
        unknown = client.post(url, typed | {"who": "tak.ada@example.test"})
        assert "Tidak ada orang dengan surel atau NIP ini." in text(unknown)
        assert "800/9/2026" in str(soup(unknown).find("input", {"name": "order_number"}))
        assert "Penerus menggantikan sebagai PPID Pelaksana" in text(client.post(url, typed, follow=True))
        assert Appointment.objects.get(pk=held.pk).ends_on == TODAY - DAY

    def test_a_taken_seat_is_told_beside_the_role(self, sign_in):
        pelaksana(name="Sudah Ada")
        role, unit = Role.objects.get(code="ppid_pelaksana"), Unit.objects.get(code="dinkes")
        typed = {"role": role.pk, "unit": unit.pk, "kind": "definitive", "starts_on": TODAY.isoformat()}
        typed |= {"order_number": "800/9/2026"}
        response = sign_in("utama").post(address("appoint", make.person().pk), typed)
        assert response.status_code == 422
        assert "Sudah Ada memegang jabatan ini secara definitif" in text(response)

    def test_an_order_recorded_late_says_so(self, sign_in):
        role, unit = Role.objects.get(code="operator"), Unit.objects.get(code="diskominfo")
        person = make.person()
        new = Appointment(
            user=person, role=role, unit=unit, starts_on=TODAY - 3 * DAY, order_number="1", order_date=TODAY
        )
        appointing.appoint(new, actor=make.demo("utama"))
        assert "sesudah mulai berlaku" in text(sign_in("bidang").get(address("person", person.pk)))


class TestAllAppointments:
    def test_it_says_who_holds_what_what_ends_and_what_is_empty(self, sign_in):
        pelaksana(name="Sebentar Lagi", ends_on=TODAY + 9 * DAY)
        make.appoint(make.person(name="Lama"), "ppid_pelaksana", unit="satpolpp", ends_on=TODAY - DAY)
        page = text(sign_in("bidang").get(reverse("desk:appointments")))
        assert "Sebentar Lagi , PPID Pelaksana, Dinas Kesehatan" in page
        assert "kosong sejak" in page
        assert "terakhir Lama" in page
        assert "drs. H. Uray Ahmad, M.Si." in page

    def test_its_filters_are_kept(self, sign_in):
        page = soup(sign_in("bidang").get(f"{reverse('desk:appointments')}?peran=operator&unit=diskominfo&q=rina"))
        assert [row.find("a").text for row in page.select("table.ledger tbody tr")] == ["Rina Marlina, A.Md."]
        assert sign_in("bidang").get(f"{reverse('desk:appointments')}?peran=x&unit=%00&halaman=-1").status_code == 200

    def test_the_pages_of_people_ask_at_most_twelve_times_with_100_units_and_2000_people(
        self, sign_in, django_assert_max_num_queries
    ):
        utama, role = make.demo("utama"), Role.objects.get(code="opd")
        for n in range(100 - Unit.objects.count()):
            add_unit(code=f"u{n}", name=f"Dinas Nomor {n}", short_name=f"Dinas {n}", actor=utama)
        units = list(Unit.objects.all())
        people = User.objects.bulk_create(
            User(email=f"p{n}@example.test", name=f"Orang {n:04}", password="!") for n in range(2000)
        )
        Appointment.objects.bulk_create(
            Appointment(
                user=each,
                role=role,
                unit=units[n % 100],
                starts_on=TODAY,
                ends_on=TODAY + (n % 60) * DAY,
                order_number="1",
            )
            for n, each in enumerate(people)
        )
        client = sign_in("utama")
        for url in (reverse("desk:appointments"), reverse("desk:people"), address("person", people[0].pk)):
            with django_assert_max_num_queries(12):
                assert client.get(url).status_code == 200


def test_pages_print_the_name_that_people_bore_when_they_did_it(sign_in):
    exclusion = make.exclusion(at="adopted")
    case = make.publication(at="clarifying")
    for key in ("dinsos", "opd", "bidang", "pengelola", "utama"):
        former = make.demo(key)
        make.change(former, name=f"Nama Baru {key}")
    client = sign_in("wakil")
    told = {
        reverse("desk:case", args=[case.number]): ["Siti Aminah, S.Sos.", "Budi Hartono, S.Kom."],
        reverse("desk:test-sheet", args=[exclusion.number]): ["Fransiskus Andi, S.IP."],
        reverse("desk:decree", args=[exclusion.number]): ["Budi Hartono, S.Kom."],
        reverse("desk:sop-version", args=["pengumuman-informasi-publik", 1]): ["drs. H. Uray Ahmad, M.Si."],
    }
    for url, names in told.items():
        page = soup(client.get(url)).find("main").text
        assert [name for name in names if name not in page] == [], url
    case_page = client.get(reverse("desk:case", args=[case.number]))
    documents = soup(case_page).find(id="dokumen").text
    assert re.search(r"· Siti Aminah, S\.Sos\., \d+ \w+ \d{4}", documents)
