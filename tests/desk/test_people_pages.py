"""The pages on which people and appointments change, and the one page of who holds what."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.flows.closing import close_unit
from ppid.organisation import actions, appointing
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.organisation.units import add_unit, rename
from tests import make
from tests.desk.pages import error_links, fields, soup, text

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

    def test_who_gives_a_password_is_told_what_follows_and_a_second_keeper_confirms(self, sign_in):
        person, client = make.person("operator", name="Lupa Sandi"), sign_in("utama")
        page = text(client.get(address("person-password", person.pk)))
        assert "pekerjaan Lupa Sandi terhitung juga sebagai pekerjaan Anda dan tidak dapat Anda putuskan" in page
        client.post(address("person-password", person.pk))
        assert client.post(address("person-confirm", person.pk)).status_code == 403
        client = sign_in("wakil")
        page = text(client.get(address("person", person.pk)))
        assert "terhitung juga sebagai pekerjaan drs. H. Uray Ahmad, M.Si., yang tidak dapat memutuskannya" in page
        assert "kata sandinya terakhir diberikan drs. H. Uray Ahmad" in text(client.get(reverse("desk:appointments")))
        assert "dikonfirmasi." in text(client.post(address("person-confirm", person.pk), follow=True))
        assert "Lupa Sandi · kata" not in text(client.get(reverse("desk:appointments")))

    def test_an_admin_who_gives_one_is_told_of_no_work_that_they_decide_on(self, client):
        client.force_login(make.person("admin_ppid"))
        page = text(client.get(address("person-password", make.demo("dinsos").pk)))
        assert "Kata sandinya yang lama tidak berlaku lagi" in page
        assert "terhitung" not in page

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
        assert "Tanpa pengganti, sesudah itu tidak ada lagi pemegang: PPID Pelaksana, Disdukcapil ." in page
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


class TestHandingOver:
    """Who leaves is closed out, and others follow in the same act."""

    ORDER = {"kind": "definitive", "starts_on": TODAY.isoformat(), "order_number": "800/12/2026"}

    def leaving(self) -> tuple[User, Appointment, Appointment]:
        person = make.person("ppid_pelaksana", "sop_keeper", unit="dinkes", name="Pamit")
        seat, keeping = person.appointments.order_by("pk")
        return person, seat, keeping

    def test_each_task_goes_to_whom_it_is_given_and_the_account_closes(self, sign_in):
        person, seat, keeping = self.leaving()
        one, other = make.person(name="Penerus"), make.person(name="Penerus Lain")
        make.publication(at="preparing", unit="dinkes")
        client, url = sign_in("utama"), address("person-deactivate", person.pk)
        page = soup(client.get(url))
        assert [each["name"] for each in page.select("input[name^=follower]")] == [
            "follower",
            f"follower_{keeping.pk}",
            f"follower_{seat.pk}",
        ]
        assert "1 proses menunggu langkahnya sekarang; penggantinya menerima semuanya." in text(client.get(url))
        typed = self.ORDER | {"follower": one.email, f"follower_{keeping.pk}": other.email.upper()}
        said = text(client.post(url, typed, follow=True))
        assert (
            "Akun Pamit dinonaktifkan. Penggantinya: Penerus Lain sebagai Pengelola SOP, Dinas Kesehatan dan "
            "Penerus sebagai PPID Pelaksana, Dinas Kesehatan." in said
        )
        held = Appointment.objects.in_force(on=TODAY).filter(unit__code="dinkes", user__in=[person, one, other])
        assert sorted(held.values_list("user__name", "role__code")) == [
            ("Penerus", "ppid_pelaksana"),
            ("Penerus Lain", "sop_keeper"),
        ]
        assert "diserahterimakan kepada Penerus mulai" in said
        assert client.get(url, follow=True).redirect_chain == [(address("person", person.pk), 302)]

    def test_what_does_not_fit_is_told_beside_its_field_and_nothing_is_done(self, sign_in):
        person, seat, keeping = self.leaving()
        closed = make.change(make.person(name="Tutup"), is_active=False)
        typed = self.ORDER | {"order_number": "", f"follower_{seat.pk}": "tak.ada@example.test", "note": "Pensiun."}
        client, url = sign_in("utama"), address("person-deactivate", person.pk)
        first = client.post(url, typed | {f"follower_{keeping.pk}": closed.email})
        assert first.status_code == 422
        assert error_links(first) == [f"#id_follower_{seat.pk}", "#id_order_number"]
        typed |= {f"follower_{seat.pk}": person.email, f"follower_{keeping.pk}": closed.email, "order_number": "1"}
        second = client.post(url, typed)
        assert second.status_code == 422
        assert error_links(second) == [f"#id_follower_{keeping.pk}", f"#id_follower_{seat.pk}"]
        assert "Akun inilah yang ditutup. Pilih orang lain, atau kosongkan." in text(second)
        assert "Akun Tutup tidak aktif." in text(second)
        kept = fields(second, action=None)
        assert {name: kept[name] for name in typed} == typed
        assert User.objects.get(pk=person.pk).is_active
        assert not person.changes.exists()
        assert not seat.changes.exists()

    def test_an_order_that_does_not_fit_names_the_seat(self, sign_in):
        person, seat, _ = self.leaving()
        typed = self.ORDER | {"kind": "plh", "ends_on": "", "follower": make.person(name="Plh").email}
        response = sign_in("utama").post(address("person-deactivate", person.pk), typed)
        assert error_links(response) == ["#id_ends_on", "#id_ends_on"]
        assert f"{seat}: Penugasan Plt atau Plh harus punya tanggal akhir." in text(response)

    def test_an_admin_neither_follows_nor_fills_the_chief_s_seat(self, client):
        person, seat, _ = self.leaving()
        admin = make.person("admin_ppid", name="Admin")
        client.force_login(admin)
        url = address("person-deactivate", person.pk)
        response = client.post(url, self.ORDER | {f"follower_{seat.pk}": admin.email})
        assert response.status_code == 422
        assert "Admin PPID tidak memberi penugasan kepada dirinya sendiri." in text(response)
        assert User.objects.get(pk=person.pk).is_active
        assert client.get(address("person-deactivate", make.demo("wakil").pk)).status_code == 403

    def test_an_appointment_that_ended_meanwhile_is_told_and_nothing_typed_is_dropped_unseen(self, sign_in):
        person, seat, keeping = self.leaving()
        appointing.stop(keeping, actor=make.demo("utama"))
        typed = self.ORDER | {f"follower_{keeping.pk}": make.person(name="Telat").email}
        client, url = sign_in("utama"), address("person-deactivate", person.pk)
        response = client.post(url, typed)
        assert response.status_code == 422
        assert "baru saja berakhir. Periksa lagi." in text(response)
        assert User.objects.get(pk=person.pk).is_active

    def test_whoever_holds_nothing_is_closed_without_an_order(self, sign_in):
        person = make.person(name="Tanpa Tugas")
        client, url = sign_in("utama"), address("person-deactivate", person.pk)
        assert not soup(client.get(url)).select("input[name=order_number]")
        assert "Akun Tanpa Tugas dinonaktifkan." in text(client.post(url, {"note": "Pindah."}, follow=True))


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


class TestUnitOfItsDay:
    """What is past names its unit as it was called on its last day, and says once what it is called now."""

    FORMER, NOW = "Dinas Sosial Kota Pontianak", "Dinas Sosial dan Pemberdayaan Perempuan"

    @pytest.fixture
    def held(self) -> dict[str, Appointment]:
        person, began = make.person(name="Lama di Dinsos"), {"starts_on": TODAY - 90 * DAY}
        held = {
            "before": make.appoint(person, "opd", ends_on=TODAY - 30 * DAY, **began),
            "since": make.appoint(person, "sop_keeper", ends_on=TODAY - DAY, **began),
            "now": make.appoint(person, "ppid_pembantu", **began),
        }
        words = {"name": self.NOW, "short_name": "Dinsos PP", "because": "Perwa 71/2026"}
        rename(make.unit("dinsos"), starts_on=TODAY - 10 * DAY, actor=make.demo("utama"), **words)
        return held

    def test_on_the_page_of_the_person_and_in_the_list(self, held, sign_in):
        person, client = held["now"].user, sign_in("bidang")
        page = soup(client.get(address("person", person.pk)))
        assert page.find("td", {"data-label": "Perangkat daerah"}).get_text(strip=True) == self.NOW
        since, before = (" ".join(row.text.split()) for row in page.select("details .held li"))
        assert since.startswith("Pengelola SOP, Dinsos PP ")
        assert before.startswith("PPID Pendukung (OPD), Dinas Sosial, kini Dinsos PP ")
        rows = soup(client.get(f"{reverse('desk:people')}?q=Lama+di")).select(".person .held li")
        assert [row.text.count("kini Dinsos PP") for row in rows] == [0, 0, 1]

    def test_on_the_page_of_the_appointment_and_of_the_unit(self, held, sign_in):
        client = sign_in("utama")
        page = text(client.get(address("appointment-scan-add", held["before"].pk)))
        assert f"{self.FORMER}, kini {self.NOW}" in page
        assert "kini" not in text(client.get(address("appointment-scan-add", held["since"].pk)))
        lines = soup(client.get(reverse("desk:unit", args=["dinsos"]))).select(".terms li li")
        named = [line.find("a").text for line in lines if f"saat bernama {self.FORMER}" in line.text]
        assert named == ["Lama di Dinsos"]

    def test_what_was_annulled_names_the_unit_of_the_day_on_which_it_was(self, held, sign_in):
        late = TODAY - 20 * DAY
        mistaken = make.appoint(make.person(), "opd", starts_on=TODAY - 90 * DAY)
        appointing.annul(mistaken, because="Keliru.", actor=make.demo("utama"), at=timezone.now() - timedelta(days=20))
        assert Appointment.objects.get(pk=mistaken.pk).unit_named(on=TODAY).name == self.FORMER
        assert Appointment.objects.get(pk=held["now"].pk).unit_named(on=late).name == self.FORMER
        assert Appointment.objects.get(pk=held["now"].pk).unit_named(on=TODAY).name == self.NOW

    def test_where_the_unit_has_closed_it_says_which_one_it_is_now(self, held, sign_in):
        because = {"because": "Perwa 9/2026", "last_day": TODAY}
        close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), actor=make.demo("utama"), **because)
        page = text(sign_in("bidang").get(address("person", held["now"].user_id)))
        assert "Dinsos PP, kini Dinas Kesehatan" in page
        assert "Dinas Sosial, kini Dinas Kesehatan" in page


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
        former = make.person(name="Aaa Pernah di Banyak Unit")
        Appointment.objects.bulk_create(
            Appointment(user=former, role=role, unit=unit, starts_on=TODAY - 9 * DAY, ends_on=TODAY - DAY)
            for unit in units
        )
        client = sign_in("utama")
        pages = (reverse("desk:appointments"), reverse("desk:people"), address("person", people[0].pk))
        for url in (*pages, address("person", former.pk)):
            with django_assert_max_num_queries(12 + 1):  # and whether the session still counts
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
