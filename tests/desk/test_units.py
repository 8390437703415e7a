"""The pages of units, and the pages on which their names stand: as they were on their day, and as they are now."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ppid.desk.units.terms import Window, lines
from ppid.flows.closing import close_unit
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.organisation.units import rename
from sop.models import Sop
from tests import make
from tests.desk.pages import soup

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
FORMER = "Dinas Sosial Kota Pontianak"


def test_the_page_of_a_case_shows_both_names_and_in_its_history_that_it_passed_on(sign_in):
    case = make.publication(at="published")
    chief = make.demo("utama")
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), last_day=TODAY, because="Perwa 71/2026", actor=chief)
    page = soup(sign_in("utama").get(reverse("desk:case", args=[case.number])))
    assert f"{FORMER}, kini Dinas Kesehatan Kota Pontianak" in page.find(class_="page-head__meta").text
    history = page.find(class_="ledger").text
    assert "Diteruskan ke unit lain" in history
    assert f"Dari {FORMER} ke Dinas Kesehatan Kota Pontianak." in history
    assert "untuk Dinas Sosial" in history


def units_page(client, code: str = ""):
    return client.get(reverse("desk:unit", args=[code]) if code else reverse("desk:units"))


CLOSING = {"last_day": TODAY.isoformat(), "because": "Perwa 71/2026"}


def close_at_the_desk(client, into: str = "dinkes", **typed):
    """Send the closing, and what it showed to pass back with it."""
    address = reverse("desk:unit-close", args=["dinsos"])
    typed = {**CLOSING, "successor": make.unit(into).pk, **typed}
    shown = client.post(address, typed)
    mark = soup(shown).find(attrs={"name": "confirmed"})
    return shown, client.post(address, {**typed, "confirmed": mark and mark["value"]})


def test_everybody_appointed_reads_units_and_only_who_keeps_the_office_is_offered_to_change_them(sign_in):
    for page in (units_page(sign_in("bidang")), units_page(sign_in("bidang"), "dinsos")):
        assert page.status_code == 200
        assert "tambah" not in "".join(link["href"] for link in soup(page).find(id="isi").find_all("a"))
        assert "tutup" not in "".join(link.get("href") for link in soup(page).find(id="isi").find_all("a"))
    for name in ("unit-rename", "unit-call", "unit-contact", "unit-close"):
        assert sign_in("bidang").get(reverse(f"desk:{name}", args=["dinsos"])).status_code == 403
    assert sign_in("bidang").get(reverse("desk:unit-add")).status_code == 403
    assert soup(units_page(sign_in("utama"), "dinsos")).find_all(class_="door")


def test_a_unit_is_found_by_its_everyday_and_its_former_name(sign_in):
    client = sign_in("utama")
    client.post(
        reverse("desk:unit-call", args=["dinsos"]), {"short_name": "Dinas Sosial", "everyday_names": "bansos; PKH"}
    )
    typed = {"name": "Dinas Baru", "short_name": "Baru", "starts_on": TODAY.isoformat(), "because": "Perwa 1/2026"}
    assert client.post(reverse("desk:unit-rename", args=["dinsos"]), typed).status_code == 302
    for words in ("pkh", "dinas sosial", "dinas baru"):
        found = soup(client.get(reverse("desk:units"), {"q": words}))
        assert [title.text for title in found.find_all(class_="rows__title")] == ["Dinas Baru"], words
    page = soup(units_page(client, "dinsos"))
    assert [row.find_all("span")[1].text.split(" (")[0] for row in page.find(class_="names").find_all("li")] == [
        "Dinas Baru",
        FORMER,
    ]
    assert f"Dari {FORMER} menjadi Dinas Baru" in page.find(class_="ledger").text


def test_a_refused_name_stands_beside_its_field_with_what_was_typed(sign_in):
    typed = {"name": "Dinas Kesehatan Kota Pontianak", "short_name": "Baru", "starts_on": TODAY, "because": "x"}
    page = sign_in("utama").post(reverse("desk:unit-rename", args=["dinsos"]), typed)
    assert page.status_code == 422
    assert soup(page).find(id="id_name")["value"] == "Dinas Kesehatan Kota Pontianak"
    assert "sudah dipakai unit lain" in page.content.decode()


def test_a_name_that_is_to_come_is_told_and_can_be_given_up(sign_in):
    client, day = sign_in("utama"), TODAY + timedelta(days=40)
    typed = {"name": "Dinas Besok", "short_name": "Besok", "starts_on": day.isoformat(), "because": "Perwa 1/2026"}
    client.post(reverse("desk:unit-rename", args=["dinsos"]), typed)
    page = soup(units_page(client, "dinsos"))
    assert "unit ini bernama Dinas Besok" in page.text
    cancel = next(link["href"] for link in page.find_all("a") if "batalkan" in link["href"])
    assert client.get(cancel).status_code == 200
    assert client.post(cancel).status_code == 302
    assert "Dinas Besok" not in soup(units_page(client, "dinsos")).find(id="isi").text
    assert client.post(cancel).status_code == 409


def an_act(client):
    return client.post(reverse("desk:holiday-add"), {})


def on_the_day_after(monkeypatch, days: int):
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY + timedelta(days=days))


def test_a_name_whose_day_has_come_is_borne_from_the_first_act_of_anybody_on(sign_in, monkeypatch):
    new = {"name": "Dinas Sosial dan Pemberdayaan", "short_name": "Dinsos P"}
    day = TODAY + timedelta(days=2)
    rename(make.unit("dinsos"), **new, starts_on=day, because="Perwa 71/2026", actor=make.demo("utama"))
    client = sign_in("bidang")
    an_act(client)
    assert make.unit("dinsos").short_name == "Dinas Sosial"
    on_the_day_after(monkeypatch, 2)
    client.get(reverse("desk:inbox"))
    assert make.unit("dinsos").short_name == "Dinas Sosial"
    an_act(client)
    assert make.unit("dinsos").short_name == "Dinsos P"


def test_a_closing_whose_last_day_is_over_is_done_by_the_first_act_of_anybody(sign_in, monkeypatch):
    case, client = make.publication(), sign_in("bidang")
    how = {"last_day": TODAY + timedelta(days=1), "because": "Perwa 71/2026", "actor": make.demo("utama")}
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), **how)
    on_the_day_after(monkeypatch, 1)
    an_act(client)
    assert make.again(case).unit.code == "dinsos"
    on_the_day_after(monkeypatch, 2)
    an_act(client)
    assert make.again(case).unit.code == "dinkes"


def test_nobody_without_a_sign_in_brings_a_plan_about(client, monkeypatch):
    how = {"last_day": TODAY + timedelta(days=1), "because": "Perwa 71/2026", "actor": make.demo("utama")}
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), **how)
    on_the_day_after(monkeypatch, 2)
    an_act(client)
    assert make.unit("dinsos").is_active


def test_a_planned_closing_that_can_not_be_says_why_on_its_page_and_stops_no_act(sign_in, monkeypatch):
    how = {"last_day": TODAY + timedelta(days=1), "because": "Perwa 71/2026", "actor": make.demo("utama")}
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), **how)
    late = make.appoint(make.person(), "opd", starts_on=TODAY + timedelta(days=20))
    client = sign_in("utama")
    on_the_day_after(monkeypatch, 2)
    assert an_act(client).status_code == 422
    assert make.unit("dinsos").is_active
    said = soup(units_page(client, "dinsos")).find(class_="notice--bad").text
    assert "Belum dapat dilaksanakan. Penugasan" in said
    assert f"baru mulai {date_format(late.starts_on)}" in said
    assert "Berlaku dengan sendirinya" not in said


def test_the_look_for_what_is_due_is_one_query_an_act_and_none_a_page(sign_in):
    client = sign_in("bidang")
    for send, asked in [(an_act, 1), (lambda client: client.get(reverse("desk:inbox")), 0)]:
        with CaptureQueriesContext(connection) as statements:
            send(client)
        assert sum("organisation_plannedchange" in each["sql"] for each in statements) == asked


def test_closing_says_beforehand_what_passes_and_does_it_once_confirmed(sign_in):
    make.publication()
    make.publication(at="published")
    shown, done = close_at_the_desk(sign_in("utama"))
    numbers = [(row.b.text, row.span.text) for row in soup(shown).find(class_="passes").find_all("li")]
    assert numbers[:3] == [("2", "informasi"), ("1", "proses berjalan"), ("1", "proses berakhir")]
    assert make.demo("dinsos").name in shown.content.decode()
    assert (shown.status_code, done.status_code) == (200, 302)
    assert make.unit("dinsos").successor == make.unit("dinkes")
    page = soup(units_page(sign_in("utama"), "dinsos")).find(id="isi").text
    assert "diteruskan Dinas Kesehatan Kota Pontianak" in page
    assert "Diteruskan: 2 informasi, 1 proses berjalan" in page


def test_what_came_since_it_was_shown_is_shown_again_before_it_passes(sign_in):
    client = sign_in("utama")
    address, typed = reverse("desk:unit-close", args=["dinsos"]), {**CLOSING, "successor": make.unit("dinkes").pk}
    mark = soup(client.post(address, typed)).find(attrs={"name": "confirmed"})["value"]
    make.information()
    page = client.post(address, {**typed, "confirmed": mark})
    assert "Periksa sekali lagi" in page.content.decode()
    assert make.unit("dinsos").is_active


def test_the_sheet_of_the_city_is_named_with_what_becomes_of_it(sign_in):
    owner = Sop.objects.get(flow="publication", is_master=True).unit
    successor = make.unit("dinkes" if owner.code != "dinkes" else "dinsos")
    make.appoint(make.person(), "ppid_utama", unit=successor.code)
    typed = {**CLOSING, "successor": successor.pk}
    page = sign_in("utama").post(reverse("desk:unit-close", args=[owner.code]), typed)
    assert "Tetap lembar induk" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"because": ""}, "Tulis dasar hukumnya"),
        ({"last_day": "2001-01-01"}, "paling awal hari ini"),
        ({"last_day": "besok"}, "Tulis tanggal seperti"),
        ({"successor": "dinsos"}, "tidak dapat dipilih"),
        ({"successor": ""}, "Pilih penerusnya"),
    ],
)
def test_a_closing_that_cannot_be_is_told_with_what_was_typed(sign_in, typed, sentence):
    address = reverse("desk:unit-close", args=["dinsos"])
    if typed.get("successor") == "dinsos":
        typed = {"successor": make.unit("dinsos").pk}
    page = sign_in("utama").post(address, {**CLOSING, "successor": make.unit("dinkes").pk, **typed})
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_a_unit_is_added_and_a_code_is_given_once(sign_in):
    typed = {"name": "Badan Pendapatan", "short_name": "Bapenda", "code": "Bapenda", "everyday_names": "pajak, PBB"}
    assert sign_in("utama").post(reverse("desk:unit-add"), typed).status_code == 302
    assert make.unit("bapenda").everyday_names == ["pajak", "PBB"]
    again = sign_in("utama").post(reverse("desk:unit-add"), typed)
    assert again.status_code == 422
    assert "Kode ini sudah dipakai" in again.content.decode()


def test_a_closed_unit_can_not_be_changed_and_leads_to_its_successor(sign_in):
    client = sign_in("utama")
    close_at_the_desk(client)
    answer = client.get(reverse("desk:unit-rename", args=["dinsos"]), follow=True)
    assert "diteruskan oleh Dinas Kesehatan" in answer.content.decode()


@pytest.mark.parametrize("name", ["publications", "exclusions", "dip", "dik", "sops", "people", "appointments"])
def test_a_list_offers_open_units_and_an_old_address_leads_on_to_the_successor(sign_in, name):
    make.exclusion(at="adopted")
    make.publication(at="published")
    chief = make.demo("utama")
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), last_day=TODAY, because="Perwa 71/2026", actor=chief)
    client = sign_in("utama")
    page = soup(client.get(reverse(f"desk:{name}"), {"unit": "dinsos"}))
    offered = {option["value"]: option for option in page.select("select[name=unit] option")}
    assert "dinsos" not in offered
    assert offered["dinkes"].has_attr("selected")
    assert "Dinas Sosial Kota Pontianak sudah ditutup; yang dimilikinya kini pada Dinas Kesehatan" in page.text


def test_who_holds_a_role_is_drawn_with_its_gaps_and_told_in_words():
    window = Window.around(date(2026, 11, 26))
    assert (window.first, window.last) == (date(2026, 9, 1), date(2027, 2, 28))
    agus = held("Agus", date(2024, 1, 2), date(2026, 10, 11))
    lestari = held("Lestari", date(2026, 11, 7), date(2026, 12, 31), kind="plt")
    (line,) = lines([agus, lestari], window)
    assert line.gaps == [(date(2026, 10, 12), date(2026, 11, 6)), (date(2027, 1, 1), None)]
    kinds = [(part.kind, part.label) for part in line.stretches]
    assert kinds == [("held", "Agus"), ("acting", "Lestari, Plt"), ("gap", "kosong"), ("gap", "kosong")]
    assert (line.stretches[0].x, line.stretches[0].width) == (0, 22.65)  # 41 of 181 days
    assert lines([agus], window, closed_on=date(2026, 10, 11))[0].gaps == []


def held(name: str, starts_on: date, ends_on: date | None, kind: str = "definitive") -> Appointment:
    role = Role.objects.get(code="opd")
    return Appointment(user=User(name=name), role=role, kind=kind, starts_on=starts_on, ends_on=ends_on)


def test_a_hundred_units_and_two_thousand_people_are_twelve_queries_at_most(sign_in, django_assert_max_num_queries):
    names = [f"Unit {n:03}" for n in range(94)]
    Unit.objects.bulk_create(Unit(code=f"unit-{n}", name=name, short_name=name) for n, name in enumerate(names))
    people = User.objects.bulk_create(User(email=f"orang{n}@banyak.test", name=f"Orang {n}") for n in range(2000))
    holders, codes = Role.objects.get(code="opd"), list(Unit.objects.all())
    Appointment.objects.bulk_create(
        Appointment(
            user=user,
            role=holders,
            unit=codes[n % 20],
            starts_on=TODAY - timedelta(days=n),
            ends_on=TODAY,
            order_number="800/1",
        )
        for n, user in enumerate(people)
    )
    client = sign_in("utama")
    units_page(client)
    for page in (lambda: units_page(client), lambda: units_page(client, codes[0].code)):
        with django_assert_max_num_queries(12):
            assert page().status_code == 200
