"""The working calendar at the desk, and the running deadlines that move with it."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.web.refusals import ChangedMeanwhile
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday, SpecialHours
from tests import make
from tests.desk.pages import error_links, fields, soup, text
from tests.flows.test_calendar_files import ics

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
    client, add = sign_in("bidang"), reverse("desk:holiday-add")
    shown = client.post(add, {**FIFTH, "date": "2026-11-24"})
    assert "1 tenggat berjalan bergeser" in text(client.post(add, fields(shown, action=None), follow=True))


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


@pytest.mark.parametrize("year", ["2030.0", " 2030 ", "٢٠٣٠"])
def test_a_year_written_otherwise_is_that_year(year, sign_in):
    page = text(sign_in("utama").post(reverse("desk:holiday-predict"), {"tahun": year}, follow=True))
    assert "ditambahkan untuk 2030." in page
    assert "Semua hari libur 2030 masih perkiraan." in page


def test_pages_carry_no_script_or_style_of_their_own(sign_in):
    page = soup(sign_in("utama").get(reverse("desk:calendar")))
    assert not page.find_all("style")
    assert not page.find_all(style=True)
    assert all(script.get("src") for script in page.find_all("script"))


TUESDAY = {**FIFTH, "date": "2026-11-24", "name": "Libur daerah"}


def test_what_moves_is_shown_before_it_is_saved(case, sign_in):
    client, add = sign_in("bidang"), reverse("desk:holiday-add")
    shown = client.post(add, TUESDAY)
    assert shown.status_code == 200
    assert not Holiday.objects.filter(date=date(2026, 11, 24)).exists()
    page = text(shown)
    assert "1 tenggat berjalan akan bergeser" in page
    assert "Selasa, 24 November 2026, 15.45 → menjadi Rabu, 25 November 2026, 15.45 (lebih lambat)" in page
    assert case.number in page
    assert "Simpan dan geser 1 tenggat" in page
    saved = client.post(add, fields(shown, action=None), follow=True)
    assert "«Libur daerah» ditambahkan. 1 tenggat berjalan bergeser" in text(saved)
    assert make.again(case).due_at == at(2026, 11, 25, 15, 45)


def test_what_is_typed_anew_is_looked_at_anew(case, sign_in):
    client, add = sign_in("bidang"), reverse("desk:holiday-add")
    shown = client.post(add, TUESDAY)
    other = {**fields(shown, action=None), "name": "Nama lain"}
    again = client.post(add, other)
    assert not Holiday.objects.filter(date=date(2026, 11, 24)).exists()
    client.post(add, fields(again, action=None))
    assert Holiday.objects.get(date=date(2026, 11, 24)).name == "Nama lain"


def test_what_a_colleague_changed_since_the_look_is_looked_at_anew(case, sign_in):
    client, add = sign_in("bidang"), reverse("desk:holiday-add")
    shown = fields(client.post(add, TUESDAY), action=None)
    holidays.add(Holiday(date=date(2026, 11, 25), name="Lain", kind="local"), actor=make.demo("operator"))
    again = client.post(add, shown)
    assert "Kamis, 26 November 2026, 15.45" in text(again)
    assert not Holiday.objects.filter(date=date(2026, 11, 24)).exists()
    client.post(add, fields(again, action=None))
    assert make.again(case).due_at == at(2026, 11, 26, 15, 45)


def test_a_removal_shows_on_its_page_what_comes_earlier(case, sign_in):
    day = Holiday(date=date(2026, 11, 24), name="Libur daerah", kind="local")
    holidays.add(day, actor=make.demo("operator"))
    client, url = sign_in("operator"), reverse("desk:holiday-remove", args=[day.pk])
    page = client.get(url)
    assert "Rabu, 25 November 2026, 15.45 → menjadi Selasa, 24 November 2026, 15.45 (lebih cepat)" in text(page)
    unseen = client.post(url, {})
    assert Holiday.objects.filter(pk=day.pk).exists()
    client.post(url, fields(unseen, action=None))
    assert make.again(case).due_at == at(2026, 11, 24, 15, 45)


def test_a_year_of_predictions_shows_what_it_moves_over_the_years_end(sign_in):
    new_years_eve = at(2027, 12, 30, 9, 0)
    case = open_publication(make.information(), actor=make.demo("bidang"), at=new_years_eve)
    take_step(case, "update_content", actor=make.demo("bidang"), at=new_years_eve)
    case = make.step(make.again(case), "coordinate", actor="bidang", at=at(2027, 12, 31, 9, 0))
    assert case.due_at == at(2028, 1, 3, 15, 45), "a day from Friday 31 December: Monday"
    Holiday.objects.of_year(2028).delete()
    client, url = sign_in("utama"), reverse("desk:holiday-add")
    shown = client.post(url, {**FIFTH, "date": "2028-01-03", "name": "Libur awal tahun"})
    assert "Senin, 3 Januari 2028, 15.45 → menjadi Selasa, 4 Januari 2028, 15.45" in text(shown)


def test_nobody_sees_by_the_calendar_an_exclusion_that_is_not_theirs_to_know(sign_in):
    secret = make.exclusion(at="testing", unit="disdukcapil", title="burungkenari")
    day = timezone.localtime(make.again(secret).due_at).date()
    typed = {**FIFTH, "date": day.isoformat(), "name": "Libur uji"}
    shown = sign_in("utama").post(reverse("desk:holiday-add"), typed)
    assert "burungkenari" in text(shown)
    told = sign_in("operator").post(reverse("desk:holiday-add"), typed, follow=True)
    assert "«Libur uji» ditambahkan. Tidak ada tenggat berjalan yang bergeser." in text(told)
    assert "burungkenari" not in text(told)
    assert make.again(secret).due_at > secret.due_at, "it moved all the same"


HOURS = {
    "name": "Jam kerja Ramadan 1448 H", "first": "2026-11-24", "last": "2026-12-10", "source": "SE Wali Kota 3/2026",
    **{f"{name}_{day}": value for day in range(4)
       for name, value in [("starts", "08:00"), ("break_starts", "12:00"), ("break_ends", "12:30"), ("ends", "15:00")]},
    "starts_4": "08:00", "break_starts_4": "11:30", "break_ends_4": "12:30", "ends_4": "15:30",
}  # fmt: skip


def test_ramadan_hours_are_proposed_looked_at_saved_changed_and_ended(case, sign_in):
    client, add = sign_in("bidang"), reverse("desk:hours-add")
    proposed = fields(client.get(add), action=None)
    assert (proposed["starts_0"], proposed["ends_0"], proposed["ends_4"]) == ("08:00", "15:00", "15:30")
    shown = client.post(add, HOURS)
    assert "Selasa, 24 November 2026, 15.45 → menjadi Selasa, 24 November 2026, 15.00 (lebih cepat)" in text(shown)
    assert not SpecialHours.objects.exists()
    done = client.post(add, fields(shown, action=None), follow=True)
    assert "«Jam kerja Ramadan 1448 H» tersimpan. 1 tenggat berjalan bergeser" in text(done)
    assert "08.00–15.00, istirahat 12.00–12.30" in text(done)
    assert make.again(case).due_at == at(2026, 11, 24, 15, 0)
    kept = SpecialHours.objects.get()
    url = reverse("desk:hours", args=[kept.pk])
    typed = {**fields(client.get(url), action=None), "ends_1": "14:00"}
    client.post(url, fields(client.post(url, typed), action=None))
    assert make.again(case).due_at == at(2026, 11, 24, 14, 0)
    end = reverse("desk:hours-remove", args=[kept.pk])
    client.post(end, fields(client.get(end), action=None))
    assert make.again(case).due_at == at(2026, 11, 24, 15, 45)
    assert not SpecialHours.objects.exists()


def test_special_hours_that_a_colleague_changed_meanwhile_are_told_and_what_was_typed_stays(sign_in):
    first, second = sign_in("bidang"), sign_in("operator")
    first.post(reverse("desk:hours-add"), HOURS)
    url = reverse("desk:hours", args=[SpecialHours.objects.get().pk])
    mine = {**fields(first.get(url), action=None), "source": "SE 9/2026"}
    second.post(url, {**fields(second.get(url), action=None), "source": "SE 8/2026"})
    answer = first.post(url, mine)
    assert answer.status_code == 409
    assert "diubah rekan Anda sesudah Anda membukanya" in text(answer)
    again = fields(answer, action=None)
    assert again["source"] == "SE 9/2026"
    assert SpecialHours.objects.get().source == "SE 8/2026"
    first.post(url, again)
    assert SpecialHours.objects.get().source == "SE 9/2026"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": ""}, "id_name", "Tulis namanya"),
        ({"source": ""}, "id_source", "Sebut dasar hukumnya"),
        ({"last": "2026-11-23"}, "id_last", "Hari terakhir paling awal hari pertama, dan paling lama 62 hari."),
        ({"last": "2027-11-23"}, "id_last", "Hari terakhir paling awal hari pertama, dan paling lama 62 hari."),
        ({"first": "2019-11-23", "last": "2019-11-24"}, "id_first", "Tahun harus antara 2024 dan 2099."),
        ({"ends_2": "07:00"}, "id_ends_2", "Jam Rabu tidak berurutan: mulai, istirahat, lalu selesai."),
        ({"break_ends_0": ""}, "id_break_ends_0", "Isi kedua jam istirahat Senin, atau kosongkan keduanya."),
        ({"starts_3": ""}, "id_starts_3", "Isi kapan Kamis mulai."),
        ({"starts_3": "25:99"}, "id_starts_3", "Tulis jam yang benar, misalnya 08:00."),
    ],
)
def test_hours_that_cannot_be_get_a_sentence_and_stay_typed(change, field, sentence, sign_in):
    response = sign_in("operator").post(reverse("desk:hours-add"), {**HOURS, **change})
    assert response.status_code == 422
    assert sentence in text(response)
    assert f"#{field}" in error_links(response)
    assert fields(response, action=None)["ends_4"] == "15:30"


def test_hours_over_others_are_refused_with_a_sentence(sign_in):
    client = sign_in("operator")
    client.post(reverse("desk:hours-add"), HOURS)
    response = client.post(reverse("desk:hours-add"), {**HOURS, "first": "2026-12-10", "last": "2026-12-12"})
    assert response.status_code == 422
    assert "Sebagian hari ini sudah punya jam kerja khusus lain" in text(response)


def calendar_file(*events: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("libur.ics", ics(*events), "text/calendar")


def test_a_calendar_file_is_looked_at_day_by_day_before_it_is_saved(case, sign_in):
    client, url = sign_in("bidang"), reverse("desk:calendar-import")
    Holiday.objects.create(date=date(2026, 11, 25), name="Perkiraan lama", kind="national")
    Holiday.objects.create(date=date(2026, 12, 2), name="Perkiraan yang tidak jadi", kind="national")
    read = client.post(url, {"file": calendar_file(
        "DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261126\r\nSUMMARY:Pilkada",
        "DTSTART;VALUE=DATE:20260101\r\nSUMMARY:Tahun Baru",
        "DTSTART;VALUE=DATE:20261222\r\nSUMMARY:Hari Ibu\r\nDESCRIPTION:Perayaan",
        "DTSTART:20261201T020000Z\r\nDTEND:20261201T040000Z\r\nSUMMARY:Rapat",
    )})  # fmt: skip
    page = text(read)
    assert "«Rapat»: bukan acara sehari penuh." in page
    assert "Perkiraan yang tidak jadi" in page
    assert "sudah ada sebagai perkiraan «Perkiraan lama»" in page
    boxes = {box["value"]: box.has_attr("checked") for box in soup(read).select("input[name=hari]")}
    assert boxes == {"2026-01-01": False, "2026-11-24": True, "2026-11-25": True, "2026-12-22": False}
    assert not Holiday.objects.filter(date=date(2026, 11, 24)).exists()
    typed = {
        "muatan": fields(read, action=None)["muatan"], "hari": ["2026-11-24", "2026-11-25"],
        "kind": "", "is_confirmed": "on", "source": "SKB 3 Menteri 2026",
    }  # fmt: skip
    shown = client.post(url, typed)
    assert "1 tenggat berjalan akan bergeser" in text(shown)
    assert "Kamis, 26 November 2026, 15.45" in text(shown)
    assert not Holiday.objects.filter(date=date(2026, 11, 24)).exists()
    done = client.post(url, {**typed, "dilihat": fields(shown, action=None)["dilihat"]}, follow=True)
    assert "1 hari libur ditambahkan, 1 perkiraan ditetapkan. 1 tenggat berjalan bergeser" in text(done)
    rows = Holiday.objects.filter(date__in=["2026-11-24", "2026-11-25"]).order_by("date")
    assert [(day.name, day.is_confirmed, day.source) for day in rows] == [
        ("Pilkada", True, "SKB 3 Menteri 2026"),
        ("Perkiraan lama", True, "SKB 3 Menteri 2026"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"bukan kalender", "Berkas ini bukan kalender (.ics) yang dapat dibaca."),
        (b"", "Berkas ini kosong."),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "Tidak ada hari libur dari"),
        (b"x" * (600 * 1024), "Berkas kalender paling besar 512 KB."),
    ],
)
def test_a_file_that_is_no_calendar_is_answered(content, sentence, sign_in):
    sent = {"file": SimpleUploadedFile("x.ics", content)}
    response = sign_in("bidang").post(reverse("desk:calendar-import"), sent)
    assert response.status_code == 422
    assert sentence in text(response)


def test_a_look_that_somebody_else_had_or_that_was_changed_is_no_look(sign_in):
    url = reverse("desk:calendar-import")
    event = "DTSTART;VALUE=DATE:20270505\r\nSUMMARY:Libur"
    sealed = fields(sign_in("bidang").post(url, {"file": calendar_file(event)}), action=None)["muatan"]
    for who, sent in (("operator", sealed), ("bidang", sealed + "x"), ("bidang", "")):
        response = sign_in(who).post(url, {"muatan": sent, "hari": ["2027-05-05"]})
        assert "Pratinjau ini sudah kedaluwarsa. Unggah berkasnya sekali lagi." in text(response)
    assert not Holiday.objects.filter(date=date(2027, 5, 5)).exists()
    typed = {"muatan": sealed, "hari": ["2027-05-06"]}
    assert "Pilih hari dari berkasnya." in text(sign_in("bidang").post(url, typed))
