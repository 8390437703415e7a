"""The working calendar at the desk, and the running deadlines that move with it."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.web.refusals import ChangedMeanwhile
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday
from tests import make
from tests.desk.pages import error_links, fields, soup, text

pytestmark = pytest.mark.django_db

FIFTH = {"date": "2027-05-06", "name": "Libur uji", "kind": "local", "source": "", "is_confirmed": ""}


def at(*moment) -> datetime:
    return datetime(*moment, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def case(db):
    """A publication that reached step 2 (1 hari) on Monday 23 November 2026: due on Tuesday at 15.45."""
    monday = at(2026, 11, 23, 9, 0)
    item = make.information()
    case = open_publication(item, actor=make.demo("bidang"), at=monday)
    take_step(case, "update_content", actor=make.demo("bidang"), at=monday)
    case = make.again(case)
    assert case.due_at == at(2026, 11, 24, 15, 45)
    return case


def test_a_new_day_off_moves_a_running_deadline_and_its_removal_moves_it_back(case):
    day = Holiday(date=date(2026, 11, 24), name="Libur daerah", kind="local")
    assert holidays.add(day, actor=make.demo("operator")) == 1
    assert make.again(case).due_at == at(2026, 11, 25, 15, 45)
    assert holidays.remove(day, actor=make.demo("operator")) == 1
    assert make.again(case).due_at == at(2026, 11, 24, 15, 45)


def test_a_moved_day_off_moves_the_deadline_to_a_friday_closing(case):
    days = [Holiday(date=date(2026, 11, n), name=f"Libur {n}", kind="local") for n in (24, 25, 26)]
    for day in days:
        holidays.add(day, actor=make.demo("utama"))
    assert make.again(case).due_at == at(2026, 11, 27, 16, 15)
    seen = days[0].mark
    days[0].date = date(2026, 11, 30)
    assert holidays.change(days[0], actor=make.demo("utama"), seen=seen) == 1
    assert make.again(case).due_at == at(2026, 11, 24, 15, 45)


def test_a_day_that_no_running_step_waits_over_moves_nothing(case):
    assert holidays.add(Holiday(date=date(2026, 11, 27), name="x", kind="local"), actor=make.demo("bidang")) == 0


def test_the_ledger_and_cases_that_ended_stay_as_they_were(case):
    take_step(
        case,
        "coordinate",
        actor=make.demo("bidang"),
        evidence=make.evidence(case, make.demo("bidang")),
        at=at(2026, 11, 24, 9, 0),
    )
    before = list(case.records.values_list("sequence", "due_at", "on_time"))
    ended = make.publication(at="published")
    due = ended.due_at
    holidays.add(Holiday(date=date(2026, 11, 24), name="Libur daerah", kind="local"), actor=make.demo("utama"))
    assert list(case.records.values_list("sequence", "due_at", "on_time")) == before
    assert make.again(ended).due_at == due
    assert make.again(case).due_at == at(2026, 11, 25, 15, 45), "step 3, received on the 24th"


@pytest.mark.parametrize("keeper", ["utama", "bidang", "operator"])
def test_the_keepers_write_it(keeper, sign_in):
    response = sign_in(keeper).post(reverse("desk:holiday-add"), FIFTH, follow=True)
    assert "«Libur uji» ditambahkan. Tidak ada tenggat berjalan yang bergeser." in text(response)
    assert Holiday.objects.get(date=date(2027, 5, 6)).name == "Libur uji"


@pytest.fixture(autouse=True)
def free_day(db):
    Holiday.objects.filter(date=date(2027, 5, 6)).delete()


def test_the_message_says_how_many_deadlines_moved(case, sign_in):
    response = sign_in("bidang").post(reverse("desk:holiday-add"), {**FIFTH, "date": "2026-11-24"}, follow=True)
    assert "1 tenggat berjalan bergeser" in text(response)


def test_colleagues_read_it_and_may_not_write(sign_in, stranger):
    row = Holiday.objects.first()
    addresses = [
        reverse("desk:holiday-add"),
        reverse("desk:holiday", args=[row.pk]),
        reverse("desk:holiday-remove", args=[row.pk]),
    ]
    for person in ("dinsos", stranger, "atasan"):
        client = sign_in(person)
        page = text(client.get(reverse("desk:calendar")))
        assert "Kalender kerja hanya dapat diubah oleh PPID Utama, Bidang, atau Operator." in page
        for address in addresses:
            assert client.get(address).status_code == 403
            assert client.post(address, FIFTH).status_code == 403
        client.post(reverse("desk:holiday-predict"), {"tahun": "2030"})
    assert not Holiday.objects.of_year(2030).exists()
    assert Client().get(addresses[0]).status_code == 302


def test_whoever_is_not_appointed_is_told_why(sign_in):
    response = sign_in(make.person()).get(reverse("desk:calendar"))
    assert response.status_code == 403
    assert "Anda tidak punya penugasan yang berlaku." in text(response)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"date": ""}, "id_date", "Pilih tanggalnya."),
        ({"date": "2026-01-01"}, "id_date", "Tanggal ini sudah ada dalam kalender."),
        ({"date": "1999-01-01"}, "id_date", "Tahun harus antara 2024 dan 2099."),
        ({"name": ""}, "id_name", "Tulis nama hari liburnya."),
        ({"kind": ""}, "id_kind_0", "Pilih jenisnya."),
        ({"is_confirmed": "on"}, "id_source", "Hari libur yang sudah ditetapkan harus menyebut dasar hukumnya."),
    ],
)
def test_bad_input_gets_a_sentence_and_stays(change, field, sentence, sign_in):
    typed = {**FIFTH, **change}
    response = sign_in("operator").post(reverse("desk:holiday-add"), typed)
    assert sentence in text(response)
    assert f"#{field}" in error_links(response)
    assert fields(response, action=None)["name"] == typed["name"]


def test_a_colleagues_change_is_not_overwritten_unseen(sign_in):
    row = Holiday.objects.create(date=date(2027, 5, 6), name="Libur lama", kind="local")
    url, client = reverse("desk:holiday", args=[row.pk]), sign_in("operator")
    sent = {**FIFTH, "seen": fields(client.get(url), action=None)["seen"]}
    Holiday.objects.filter(pk=row.pk).update(name="Libur rekan")
    first = client.post(url, sent)
    assert "sekarang tersimpan: 06/05/2027, Libur rekan" in text(first)
    assert fields(first, action=None)["name"] == "Libur uji"
    client.post(url, {**sent, "seen": fields(first, action=None)["seen"]})
    assert Holiday.objects.get(pk=row.pk).name == "Libur uji"
    with pytest.raises(ChangedMeanwhile):
        holidays.change(row, actor=make.demo("operator"), seen="lama")


def test_a_removal_asks_first(sign_in):
    row = Holiday.objects.create(date=date(2027, 5, 6), name="Libur lama", kind="local")
    url, client = reverse("desk:holiday-remove", args=[row.pk]), sign_in("operator")
    assert "Hapus hari libur ini?" in text(client.get(url))
    assert Holiday.objects.filter(pk=row.pk).exists()
    assert "«Libur lama» dihapus." in text(client.post(url, follow=True))
    assert not Holiday.objects.filter(pk=row.pk).exists()
    assert client.get(url).status_code == 404


def test_a_year_is_filled_with_predictions_once(sign_in):
    client = sign_in("utama")
    assert "Belum ada hari libur untuk 2030." in text(client.get(f"{reverse('desk:calendar')}?tahun=2030"))
    page = text(client.post(reverse("desk:holiday-predict"), {"tahun": "2030"}, follow=True))
    assert "Semua hari libur 2030 masih perkiraan." in page
    rows = Holiday.objects.of_year(2030)
    assert rows.get(date=date(2030, 8, 17)).name == "Hari Kemerdekaan Republik Indonesia"
    assert not rows.filter(is_confirmed=True).exists()
    count = rows.count()
    assert "sudah ada" in text(client.post(reverse("desk:holiday-predict"), {"tahun": "2030"}, follow=True))
    assert rows.count() == count


def test_filling_leaves_confirmed_days_alone(sign_in):
    confirmed = Holiday.objects.create(
        date=date(2030, 8, 17), name="Proklamasi", kind="national", source="SKB", is_confirmed=True
    )
    sign_in("utama").post(reverse("desk:holiday-predict"), {"tahun": "2030"})
    kept = Holiday.objects.get(pk=confirmed.pk)
    assert (kept.name, kept.is_confirmed) == ("Proklamasi", True)


@pytest.mark.parametrize("year", ["", "x", "1900", "3000", "²", "99999999999"])
def test_an_odd_year_is_a_sentence_or_this_year(year, sign_in):
    client = sign_in("utama")
    assert client.get(f"{reverse('desk:calendar')}?tahun={year}").status_code == 200
    page = client.post(reverse("desk:holiday-predict"), {"tahun": year}, follow=True)
    assert "Tahun harus antara 2024 dan 2099." in text(page)


def test_pages_carry_no_script_or_style_of_their_own(sign_in):
    page = soup(sign_in("utama").get(reverse("desk:calendar")))
    assert not page.find_all("style")
    assert not page.find_all(style=True)
    assert all(script.get("src") for script in page.find_all("script"))
