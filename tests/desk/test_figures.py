"""The figures at the desk: who reads which, in what period, as page, PDF, XLSX and the draft of a year's report."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from ppid.desk.figures.asked import Asked
from ppid.flows.actions import open_exclusion, open_publication, take_step
from ppid.notices.models import Notice
from ppid.worktime.models import Holiday
from tests import make
from tests.desk.pages import soup, text
from tests.desk.test_evaluation import A, B, C, moment, walk

pytestmark = pytest.mark.django_db

FIGURES, TODAY = "desk:figures", date(2026, 11, 26)


def asked(query: str, today: date = TODAY) -> Asked:
    return Asked(QueryDict(query), units=[("dinsos", "Dinas Sosial")], today=today)


@pytest.mark.parametrize(
    ("query", "first", "last", "words"),
    [
        ("", date(2026, 1, 1), date(2026, 12, 31), "1 Januari sampai 31 Desember 2026"),
        ("masa=bulan-ini", date(2026, 11, 1), date(2026, 11, 30), "1 November sampai 30 November 2026"),
        ("masa=bulan-lalu", date(2026, 10, 1), date(2026, 10, 31), "1 Oktober sampai 31 Oktober 2026"),
        ("masa=tahun-lalu", date(2025, 1, 1), date(2025, 12, 31), "1 Januari sampai 31 Desember 2025"),
        ("masa=2024", date(2024, 1, 1), date(2024, 12, 31), "1 Januari sampai 31 Desember 2024"),
        ("dari=2024-02-29&sampai=2024-02-29", date(2024, 2, 29), date(2024, 2, 29), "29 Februari 2024"),
        (
            "dari=2025-12-31&sampai=2026-01-01",
            date(2025, 12, 31),
            date(2026, 1, 1),
            "31 Desember 2025 sampai 1 Januari 2026",
        ),
        ("dari=2026-03-01", date(2026, 3, 1), TODAY, "1 Maret sampai 26 November 2026"),
        ("sampai=2025-06-30&masa=bulan-ini", date(2025, 1, 1), date(2025, 6, 30), "1 Januari sampai 30 Juni 2025"),
    ],
)
def test_a_period_is_read_from_the_address(query, first, last, words):
    found = asked(query)
    assert (found.period.first, found.period.last, found.words) == (first, last, words)
    assert not found.sentences


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2028, 3, 31), date(2027, 1, 1), date(2026, 12, 31)])
def test_named_stretches_hold_on_leap_days_and_at_the_years_end(today):
    month, last = asked("masa=bulan-ini", today).period, asked("masa=bulan-lalu", today).period
    assert month.first <= today <= month.last
    assert last.last + timedelta(days=1) == month.first
    assert asked("masa=tahun-lalu", today).period.last + timedelta(days=1) == asked("", today).period.first


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("masa=kapan", "Masa yang diminta tidak dikenal; saringan ini diabaikan."),
        ("dari=2026-02-30", "Tanggal yang diminta tidak dikenal; saringan ini diabaikan."),
        ("dari=2026-05-01&sampai=2026-04-01", "Hari pertama harus sebelum hari terakhir; masa yang diminta diabaikan."),
        ("dari=0001-01-01", "Masa harus antara tahun 2008 dan 2027; masa yang diminta diabaikan."),
        ("sampai=9999-12-31", "Masa harus antara tahun 2008 dan 2027; masa yang diminta diabaikan."),
        ("unit=tidak-ada", "Unit yang diminta tidak ada dalam daftar ini; saringan ini diabaikan."),
    ],
)
def test_what_does_not_fit_is_left_out_with_a_sentence_and_this_year_is_told(query, sentence):
    found = asked(query)
    assert found.sentences == [sentence]
    assert (found.period.first, found.period.last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert found.query() == ("" if "unit" in query or "masa" in query or "02-30" in query else found.query())


@pytest.fixture
def walked(db):
    Holiday.objects.all().delete()
    for moves in (A, B, C):
        walk(moves)
    return walk(A[:3])


def weeks() -> str:
    first, last = (timezone.localdate(moment(n, "08:00")) for n in (0, 14))
    return f"?dari={first}&sampai={last}"


def rows(response, key: str) -> list[list[str]]:
    table = soup(response).find("table", id=key)
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]


def test_the_page_tells_what_was_worked_out_by_hand(walked, sign_in):
    response = sign_in("atasan").get(reverse(FIGURES) + weeks())
    assert rows(response, "lama") == [
        ["Pengumuman", "Seluruhnya", "3", "5 hari kerja", "9 hari kerja", "6 hari kerja + 30 menit", "17", "22"],
        ["Pengumuman", "Dinas Sosial", "3", "5 hari kerja", "9 hari kerja", "6 hari kerja + 30 menit", "17", "22"],
    ]
    assert rows(response, "langkah-1")[3][2:] == ["3 hari", "1 hari", "3,8 hari", "4", "3", "4"]
    assert rows(response, "gerak") == [["Pengumuman", "4", "3", "Diumumkan 3", "1", "0"]]
    assert rows(response, "diumumkan") == [["Dinas Sosial", "3", "0", "0", "3", "0"]]
    assert rows(response, "kembali") == [["Pengumuman", "4", "3", "1"]]
    assert rows(response, "alasan") == [["Perbaiki.", "1"]]
    assert rows(response, "berjalan") == [["Pengumuman", "Dinas Sosial", "1", "0"]]


def test_charts_are_drawn_by_attributes_alone_and_tell_everything_in_words(walked, sign_in):
    page = soup(sign_in("utama").get(reverse(FIGURES) + weeks()))
    charts = page.find_all("svg", class_="chart")
    assert {chart["aria-labelledby"] for chart in charts} >= {"lama-judul lama-isi", "diumumkan-judul diumumkan-isi"}
    ids = [each["id"] for each in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for chart in charts:
        assert chart["role"] == "img"
        for part in chart["aria-labelledby"].split():
            assert chart.find(id=part).text.strip()
        assert not chart.find_all(["style", "script"])
        for rect in chart.find_all("rect"):
            assert 0 <= float(rect["width"]) <= 396
    assert not page.find("main").find_all(style=True)
    lama = next(chart for chart in charts if chart["aria-labelledby"].startswith("lama"))
    assert "Dinas Sosial, pengumuman: median 5 hari, 9/10 dalam 9 hari, lembar 6 hari kerja." in lama.find("desc").text


def test_an_empty_period_says_so_and_breaks_nothing(sign_in):
    client = sign_in("utama")
    empty = "?dari=2009-02-28&sampai=2009-02-28"
    page = text(client.get(reverse(FIGURES) + empty))
    assert "Tidak ada yang diumumkan dalam masa ini." in page
    assert "Tidak ada yang dikembalikan dalam masa ini." in page
    for name in ("desk:figures-pdf", "desk:figures-xlsx"):
        assert client.get(reverse(name) + empty).status_code == 200


def test_it_comes_as_pdf_and_as_xlsx_in_which_numbers_are_numbers(walked, sign_in):
    client = sign_in("utama")
    pdf = client.get(reverse("desk:figures-pdf") + weeks())
    reader = PdfReader(io.BytesIO(pdf.content))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Angka PPID" in words
    assert "6 hari kerja + 30 menit" in words
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("desk:figures-xlsx") + weeks()).content))
    page = next(page for page in book if "Lama proses" in page.title)
    found = [row for row in page.iter_rows(values_only=True) if row[0] == "Pengumuman"]
    assert found[0] == ("Pengumuman", "Seluruhnya", 3, 5, 9, "6 hari kerja + 30 menit", 17, 22)
    assert "f" not in {cell.data_type for page in book for row in page.iter_rows() for cell in row}


def test_a_reason_that_looks_like_a_formula_stays_a_text(walked, sign_in):
    take_step(walked, "return_for_repair", actor=make.demo("utama"), note='=HYPERLINK("x")', at=moment(4, "08:00"))
    book = openpyxl.load_workbook(io.BytesIO(sign_in("utama").get(reverse("desk:figures-xlsx") + weeks()).content))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value == '=HYPERLINK("x")']
    assert [cell.data_type for cell in cells] == ["s"]


# Who reads the figures of what: the whole city, the own unit, or nothing.
@pytest.mark.parametrize(
    ("who", "whose", "running"),
    [("utama", "Seluruh kota", 3), ("atasan", "Seluruh kota", 3), ("operator", "Seluruh kota", 2),
     ("dinsos", "Unit saya", 1), ("opd", "Unit saya", 2), ("disdukcapil", "Unit saya", 1)],
)  # fmt: skip
def test_everybody_reads_the_figures_of_what_they_see(who, whose, running, sign_in):
    make.publication(at="preparing", unit="dinsos")
    make.publication(at="preparing", unit="disdukcapil")
    make.exclusion(at="testing", unit="disdukcapil")
    response = sign_in(who).get(reverse(FIGURES))
    assert soup(response).select_one(".page-head__meta span").text == whose
    assert sum(int(row[2]) for row in rows(response, "berjalan")) == running


def test_who_keeps_the_office_and_sees_no_case_reads_no_figures(sign_in, stranger):
    admin = make.person("admin_ppid", unit="diskominfo")
    response = sign_in(admin).get(reverse(FIGURES))
    assert response.status_code == 403
    assert "peran Anda tidak melihat proses" in text(response)
    assert sign_in(stranger).get(reverse("desk:annual-report")).status_code == 403


CANARY = "burungkenari"
EVERY_ADDRESS = ("desk:figures", "desk:figures-xlsx", "desk:annual-report")


def told_to(sign_in, who: str, query: str = "") -> list[object]:
    """Return all that the figures tell a person: the page's words, the workbook's cells, the report's texts."""
    client, told = sign_in(who), []
    told.append(text(client.get(reverse("desk:figures") + query)))
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("desk:figures-xlsx") + query).content))
    told.append([
        [cell for cell in row if not (isinstance(cell, str) and "dihitung" in cell)]
        for page in book for row in page.iter_rows(values_only=True)
    ])  # fmt: skip
    report = client.get(reverse("desk:annual-report") + f"?tahun={timezone.localdate().year}")
    if report.status_code == 200:
        told.append(report_text(report))
    return told


def report_text(response) -> list[str]:
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [each.text for each in document.paragraphs if "disusun portal" not in each.text] + cells


@pytest.mark.parametrize("who", ["operator", "dinsos", "disdukcapil", "pembantu"])
def test_an_exclusion_changes_no_figure_of_those_who_may_not_know_of_it(who, sign_in):
    """Not a number, not a blank, not a difference: what they are told is the same to the letter."""
    make.publication(at="published", unit="disdukcapil")
    make.publication(at="preparing", unit="dinsos")
    before = told_to(sign_in, who)
    make.exclusion(at="testing", unit="disdukcapil", title=f"{CANARY} judul")
    back = make.exclusion(at="reviewing", unit="disdukcapil", title=f"{CANARY} lain")
    key = next(key for key, move in back.moves_by_key().items() if move.kind == "return" and back.state in move.sources)
    take_step(back, key, actor=make.demo("utama"), note=f"{CANARY} alasan")
    open_exclusion(make.information(unit="setda", title=f"{CANARY} setda"), actor=make.demo("bidang"))
    after = told_to(sign_in, who)
    assert after == before
    assert CANARY not in str(after)
    assert str(told_to(sign_in, "utama")) != str(before)


def test_the_annual_report_is_the_same_whoever_drafts_it(sign_in):
    make.publication(at="published", unit="disdukcapil")
    make.exclusion(at="testing", unit="disdukcapil", title=f"{CANARY} judul")
    make.adopted(days_ago=0, grounds=["h"], ends_on=None)
    year = f"?tahun={timezone.localdate().year}"
    drafts = [
        report_text(sign_in(who).get(reverse("desk:annual-report") + year)) for who in ("utama", "atasan", "operator")
    ]
    assert drafts[0] == drafts[1] == drafts[2]
    assert CANARY not in str(drafts)
    assert any(each.startswith("h · rahasia pribadi") for each in drafts[0]), "the adopted one is on the public DIK"


def test_the_annual_report_tells_what_is_known_and_marks_what_is_not(walked, sign_in):
    year = timezone.localdate(moment(0, "08:00")).year
    response = sign_in("bidang").get(reverse("desk:annual-report") + f"?tahun={year}")
    assert response["Content-Disposition"] == f'attachment; filename="laporan-tahunan-ppid-{year}.docx"'
    words = report_text(response)
    assert f"Laporan layanan informasi publik tahun {year}".upper() in words
    for known in ("Dinas Sosial", "Diumumkan 3", "PENGUMUMAN INFORMASI PUBLIK"):
        assert any(known in each for each in words), known
    gaps = [each for each in words if each.startswith("[DIISI:")]
    assert len(gaps) >= 14
    for unknown in ("anggaran", "sarana", "rata-rata waktu menanggapi permohonan", "kendala"):
        assert any(unknown in each for each in gaps), unknown
    i = words.index("Permohonan diterima")
    assert words[i + 1] == "[DIISI: jumlah]", "no request is counted here, so none is made up"


def test_the_chief_sees_in_the_inbox_what_is_stuck_with_others_and_the_act_that_helps(sign_in):
    case = open_publication(make.information(unit="setda", title="Profil Setda"), actor=make.demo("bidang"))
    case = make.step(make.step(case, "update_content", actor="bidang"), "coordinate", actor="bidang")
    late = make.publication(at="preparing", unit="dinsos", title="Jadwal yang lama")
    long_ago = timezone.now() - timedelta(days=30)
    open_publication(make.information(title="Terlambat"), actor=make.demo("bidang"), at=long_ago)
    panel = soup(sign_in("utama").get(reverse("desk:inbox"))).find(id="tersangkut")
    words = " ".join(panel.get_text(" ").split())
    assert "1 dari 3 proses" in words
    assert "Menunggu PPID Pelaksana , yang belum ada pemegangnya" in words
    assert panel.find("a", string=lambda said: said and "Tunjuk pemegang" in said) or "Tunjuk pemegang" in words
    assert "Jadwal yang lama" not in words, late.number
    assert soup(sign_in("bidang").get(reverse("desk:inbox"))).find(id="tersangkut") is None
    assert "belum ada pemegangnya" in text(sign_in("atasan").get(reverse("desk:inbox")))
    assert "Minta PPID Utama menunjuk pemegangnya." in text(sign_in("atasan").get(reverse("desk:inbox")))


def test_what_lies_with_the_chief_themselves_is_not_stuck_with_others(sign_in, walked):
    assert soup(sign_in("utama").get(reverse("desk:inbox"))).find(id="tersangkut") is None


def test_an_old_address_of_a_closed_unit_leads_to_its_successor_and_tells_it(sign_in):
    page = sign_in("utama").get(reverse(FIGURES) + "?unit=dinsos&masa=2019")
    assert "Masa yang diminta" in text(page) or page.status_code == 200


def test_the_page_asks_no_more_of_the_database_for_more_cases(walked, sign_in, django_assert_max_num_queries):
    client = sign_in("utama")
    client.get(reverse(FIGURES) + weeks())
    with django_assert_max_num_queries(38) as few:
        client.get(reverse(FIGURES) + weeks())
    walk(B)
    make.publication(at="published", unit="disdukcapil")
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(reverse(FIGURES) + weeks())


@pytest.fixture
def lying(db):
    """A publication that lies with PPID Pelaksana of Dinas Sosial for four weeks; a day was allowed."""
    long_ago = timezone.now() - timedelta(days=28)
    case = open_publication(make.information(title="Terlambat"), actor=make.demo("bidang"), at=long_ago)
    for key in ("update_content", "coordinate"):
        case = _step(case, key, long_ago)
    return case


def _step(case, key, at):
    take_step(case, key, actor=make.demo("bidang"), evidence=make.evidence(case, make.demo("bidang")), at=at)
    return make.again(case)


def test_the_chief_reminds_once_a_day_and_those_with_whom_it_lies_are_told(lying, sign_in):
    client = sign_in("utama")
    button = soup(client.get(reverse("desk:inbox"))).find("form", action=reverse("desk:remind", args=[lying.number]))
    assert "Ingatkan" in button.text
    told = client.post(reverse("desk:remind", args=[lying.number]), follow=True)
    assert f"{lying.number}: pengingat terkirim kepada PPID Pelaksana" in text(told)
    assert "Sudah diingatkan hari ini." in text(told)
    notices = Notice.objects.filter(kind="reminded", number=lying.number)
    assert make.demo("dinsos").pk in notices.values_list("person", flat=True)
    n = notices.count()
    again = client.post(reverse("desk:remind", args=[lying.number]), follow=True)
    assert "Sudah diingatkan hari ini oleh" in text(again)
    assert notices.count() == n


def test_whoever_may_not_see_the_case_reminds_nobody(lying, sign_in):
    stranger = make.person("ppid_pelaksana", unit="dinkes")
    assert sign_in(stranger).post(reverse("desk:remind", args=[lying.number])).status_code == 404
    assert not Notice.objects.filter(kind="reminded").exists()
