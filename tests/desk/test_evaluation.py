"""The evaluation of a version: three cases whose times are known, and every figure worked out by hand.

All days are weekdays without holidays; the week starts on the first Monday after today.

case  1 isi (no time)  2 (1 hari)  3 (1 hari)        4 (3 hari)                5 (1 hari)  6 (20 menit)  7 (10 menit)
A     60 menit         1           1                 1                         1           10            20
B     30 menit         1           2                 tidak: 1, then ya: 0      0           20            10
      (after the return, 3 is done again: 1)
C     90 menit         3           1                 5                         1           40            5
"""

import io
from dataclasses import replace
from datetime import datetime, time, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from ppid.flows.actions import open_publication, take_step
from ppid.flows.evaluation import evaluate, in_words, without_small_counts
from ppid.web.percentiles import percentile
from ppid.worktime.models import Holiday
from sop.models import SopVersion
from sop.versions import actions
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

SLUG = "pengumuman-informasi-publik"


def moment(day: int, clock: str) -> datetime:
    """Return a moment of the working day ``day``: 0 is the Monday, 5 the Monday after."""
    today = timezone.localdate()
    monday = today + timedelta(days=7 - today.weekday())
    date = monday + timedelta(days=day % 5 + day // 5 * 7)
    return timezone.make_aware(datetime.combine(date, time.fromisoformat(clock)))


def walk(moves: list[tuple[str, str, int, str]]):
    """Open a publication on Monday at 08:00 and take the moves: key, person, day and time."""
    case = open_publication(make.information(), actor=make.demo("bidang"), at=moment(0, "08:00"))
    for key, who, day, clock in moves:
        if key == "return_for_repair":
            take_step(case, key, actor=make.demo(who), note="Perbaiki.", at=moment(day, clock))
            case = make.again(case)
        else:
            case = make.step(case, key, actor=who, at=moment(day, clock))
    return case


A = [
    ("update_content", "bidang", 0, "09:00"),
    ("coordinate", "bidang", 1, "09:00"),
    ("prepare", "dinsos", 2, "09:00"),
    ("clarify", "utama", 3, "09:00"),
    ("release", "bidang", 4, "09:00"),
    ("renew", "operator", 4, "09:10"),
    ("publish", "operator", 4, "09:30"),
]
B = [
    ("update_content", "bidang", 0, "08:30"),
    ("coordinate", "bidang", 1, "08:30"),
    ("prepare", "dinsos", 3, "08:30"),
    ("return_for_repair", "utama", 4, "08:30"),
    ("prepare", "dinsos", 5, "08:30"),
    ("clarify", "utama", 5, "10:00"),
    ("release", "bidang", 5, "11:00"),
    ("renew", "operator", 5, "11:20"),
    ("publish", "operator", 5, "11:30"),
]
C = [
    ("update_content", "bidang", 0, "09:30"),
    ("coordinate", "bidang", 3, "09:30"),
    ("prepare", "dinsos", 4, "09:30"),
    ("clarify", "utama", 9, "09:30"),
    ("release", "bidang", 10, "09:00"),
    ("renew", "operator", 10, "09:40"),
    ("publish", "operator", 10, "09:45"),
]


@pytest.fixture
def version(db) -> SopVersion:
    Holiday.objects.all().delete()
    return SopVersion.objects.get(sop__slug=SLUG, version=1)


@pytest.fixture
def walked(version) -> SopVersion:
    for moves in (A, B, C):
        walk(moves)
    walk(A[:3])  # still running: it counts nowhere
    return version


def test_every_figure_is_as_worked_out_by_hand(walked):
    found = evaluate(walked)
    told = [
        (s.number, s.unit, s.planned, s.median, s.cases, s.taken, s.returns, s.on_time, s.timed) for s in found.steps
    ]
    assert told == [
        (1, "menit", None, 60, 3, 3, 0, 0, 0),
        (2, "hari", 1, 1, 3, 3, 0, 2, 3),
        (3, "hari", 1, 1, 3, 4, 0, 3, 4),
        (4, "hari", 3, 1, 3, 4, 1, 3, 4),
        (5, "hari", 1, 1, 3, 3, 0, 3, 3),
        (6, "menit", 20, 20, 3, 3, 0, 2, 3),
        (7, "menit", 10, 10, 3, 3, 0, 2, 3),
    ]
    # 1: 30 60 90 · 2: 1 1 3 · 3: 1 1 1 2 · 4: 0 1 1 5 · 5: 0 1 1 · 6: 10 20 40 · 7: 5 10 20
    assert [round(s.p90, 2) for s in found.steps] == [84, 2.6, 1.7, 3.8, 1, 36, 18]
    # Opened on Monday; ended after 4, 5 and 10 working days.
    assert (found.cases, found.median, round(found.p90, 2)) == (3, 5, 9)
    assert found.first_opened == moment(0, "08:00")
    assert found.last_ended == moment(10, "09:45")


def test_what_is_overdue_and_not_yet_taken_stands_beside_what_was_taken(walked, sign_in):
    # The fourth case waits for step 4 since day 2, 9:00: three days, so until day 5 at closing.
    assert [(s.number, s.overdue) for s in evaluate(walked, at=moment(5, "15:45")).steps if s.overdue] == []
    found = evaluate(walked, at=moment(6, "07:15"))
    assert (found.cases, found.running, found.overdue) == (3, 1, 1)
    assert [(s.number, s.on_time, s.timed, s.overdue) for s in found.steps if s.overdue] == [(4, 3, 4, 1)]
    long_ago = moment(0, "08:00") - timedelta(days=28)
    late = open_publication(make.information(), actor=make.demo("bidang"), at=long_ago)
    make.step(late, "update_content", actor="bidang", at=long_ago)
    response = sign_in("dinsos").get(address("desk:sop-evaluation"))
    assert "2 proses masih berjalan, 1 di antaranya sedang terlambat." in text(response)
    assert soup(response).select("#angka tbody tr")[1].find_all("td")[-1].get_text(strip=True) == (
        "2 dari 3, 1 sedang terlambat"
    )


def test_a_late_return_is_late(version):
    # Step 4 received on day 2; due on day 5 at closing; sent back on day 6.
    case = walk([*A[:3], ("return_for_repair", "utama", 6, "09:00")])
    take_step(case, "withdraw", actor=make.demo("bidang"), note="Tidak jadi.", at=moment(7, "09:00"))
    assert [(s.number, s.on_time, s.timed) for s in evaluate(version).steps if s.timed] == [
        (2, 1, 1),
        (3, 1, 1),
        (4, 0, 1),
    ]


def test_a_case_given_up_counts_with_the_steps_it_took(version):
    case = walk(A[:2])
    take_step(case, "withdraw", actor=make.demo("bidang"), note="Tidak jadi.", at=moment(9, "09:00"))
    found = evaluate(version)
    assert found.cases == 1
    assert [step.taken for step in found.steps] == [1, 1, 0, 0, 0, 0, 0]
    assert found.steps[2].median is None, "giving up is no measure of the step that was awaited"


def test_another_version_s_cases_do_not_count(walked):
    exclusion = SopVersion.objects.exclude(sop__slug=SLUG).first()
    assert evaluate(exclusion).cases == 0


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.5, None),
        ([7], 0.9, 7),
        ([1, 2], 0.5, 1.5),
        ([3, 1, 2], 0.5, 2),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 0.9, 10),
        ([1, 2, 5], 0.9, 4.4),
    ],
)
def test_the_percentile_lies_between_the_values_in_proportion(values, share, expected):
    assert percentile(values, share) == pytest.approx(expected)


def test_it_reckons_as_postgresql_does(db):
    from django.db import connection

    values = [1, 2, 5, 9, 40]
    with connection.cursor() as cursor:
        cursor.execute("SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY v) FROM unnest(%s::float[]) v", [values])
        assert percentile(values, 0.9) == pytest.approx(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("value", "words"), [(None, "–"), (0, "0 hari"), (1.0, "1 hari"), (1.5, "1,5 hari"), (1234.04, "1.234 hari")]
)
def test_times_are_told_as_people_write_them(value, words):
    assert in_words(value, "hari") == words


def address(name: str, version=1) -> str:
    return reverse(name, args=[SLUG, version])


def test_the_page_shows_the_sheet_s_rows_beside_what_happened(walked, sign_in):
    response = sign_in("dinsos").get(address("desk:sop-evaluation"))
    page = text(response)
    assert "3 proses selesai menurut versi ini" in page
    assert "median 5 hari kerja, sembilan dari sepuluh dalam 9 hari kerja" in page
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in soup(response).select("#angka tbody tr")
    ]
    assert rows[3][0] == "4"
    assert rows[3][1].startswith("Mengklarifikasi jenis informasi publik")
    assert rows[3][3:] == ["3 hari", "1 hari", "3,8 hari", "3 (4 kali dikerjakan)", "1", "3 dari 4"]
    assert rows[0][3:] == ["–", "60 menit", "84 menit", "3", "–", "–"]


def test_the_chart_says_the_same_in_words_and_has_nothing_inline(walked, sign_in):
    page = soup(sign_in("dinsos").get(address("desk:sop-evaluation")))
    chart = page.find("svg", class_="chart")
    assert chart["role"] == "img"
    for part in chart["aria-labelledby"].split():
        assert chart.find(id=part).text.strip()
    assert "Langkah 4: median 33%, 9 dari 10 dalam 127% dari waktu pada lembar." in chart.find("desc").text
    assert "Langkah 1:" not in chart.find("desc").text, "the sheet sets it no time"
    assert "langkah 1." in page.select_one(".evaluation-notes").text
    assert len(chart.find_all("rect")) == 6
    assert not page.find_all(style=True)
    for rect in chart.find_all("rect"):
        assert 0 <= float(rect["width"]) <= 396


def test_it_comes_as_pdf(walked, sign_in):
    response = sign_in("dinsos").get(address("desk:sop-evaluation-pdf"))
    assert response["Content-Disposition"] == f'attachment; filename="evaluasi-{SLUG}-v1.pdf"'
    reader = PdfReader(io.BytesIO(response.content))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Evaluasi SOP PENGUMUMAN INFORMASI PUBLIK" in words
    assert "3,8 hari" in words
    assert "Halaman 1 dari" in words
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_it_comes_as_xlsx_with_numbers_and_without_formulas(walked, sign_in):
    response = sign_in("dinsos").get(address("desk:sop-evaluation-xlsx"))
    page = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = list(page.iter_rows(min_row=4, values_only=True))
    assert rows[0][:4] == ("No.", "Aktivitas", "Pelaksana", "Waktu pada lembar")
    assert rows[4][0] == 4
    assert rows[4][3:] == ("3 hari", "hari", 3, 1, 3.8, 3, 4, 1, 3, 4, 0)
    assert rows[0][-1] == "Sedang terlambat"
    assert "f" not in {cell.data_type for row in page.iter_rows() for cell in row}


def test_a_version_without_ended_cases_says_so(version, sign_in):
    response = sign_in("dinsos").get(address("desk:sop-evaluation"))
    assert "Belum ada proses yang selesai" in text(response)
    assert sign_in("dinsos").get(address("desk:sop-evaluation-pdf")).status_code == 200


def test_a_draft_has_none_and_may_still_change(version, sign_in):
    draft = actions.new_draft(version, actor=make.demo("utama"))
    assert "Belum ada proses yang selesai" in text(sign_in("dinsos").get(address("desk:sop-evaluation", 2)))
    draft.activities.filter(number=1).update(text="Lain")
    assert evaluate(SopVersion.objects.with_sheet().get(pk=draft.pk)).steps[0].text == "Lain"


def test_the_list_leads_to_it_only_where_there_is_something_to_read(walked, sign_in):
    hrefs = [link["href"] for link in soup(sign_in("dinsos").get(reverse("desk:sops"))).select(".sop-versions a")]
    assert address("desk:sop-evaluation") in hrefs
    assert sum("evaluasi" in href for href in hrefs) == 1


def test_a_stranger_is_refused_and_an_unknown_version_not_found(version, sign_in):
    assert sign_in(make.person()).get(address("desk:sop-evaluation")).status_code == 403
    assert sign_in("dinsos").get(address("desk:sop-evaluation", 99)).status_code == 404


def evaluated(client, name: str = "desk:sop-evaluation"):
    slug = SopVersion.objects.exclude(sop__slug=SLUG).get().sop.slug
    return client.get(reverse(name, args=[slug, 1]))


# Who performs in exclusions or decides on them, and who may read the library without that.
KNOWS = ["utama", "atasan", "bidang"]
KNOWS_NOT = ["dinsos", "operator"]


@pytest.fixture
def four_exclusions():
    for _ in range(4):
        make.adopted()
    make.exclusion(at="reviewing")


@pytest.mark.parametrize("who", KNOWS)
def test_whoever_knows_of_all_exclusions_reads_every_count(who, four_exclusions, sign_in):
    page = text(evaluated(sign_in(who)))
    assert "4 proses selesai menurut versi ini, dibuka sejak" in page
    assert "1 proses masih berjalan" in page


@pytest.mark.parametrize("who", KNOWS_NOT)
def test_of_exclusions_that_one_may_not_know_nothing_is_told_before_there_are_five(who, four_exclusions, sign_in):
    client = sign_in(who)
    page = text(evaluated(client))
    assert "Angkanya belum ditampilkan" in page
    assert "proses selesai" not in page
    assert "masih berjalan" not in page
    assert not soup(evaluated(client)).select("#angka, svg.chart")
    printed = PdfReader(io.BytesIO(evaluated(client, "desk:sop-evaluation-pdf").content)).pages[0].extract_text()
    assert "4 proses" not in printed
    book = openpyxl.load_workbook(io.BytesIO(evaluated(client, "desk:sop-evaluation-xlsx").content)).active
    assert [row for row in book.iter_rows(min_row=5, values_only=True) if any(row)] == []
    assert "kurang dari 5 proses selesai" in book["A2"].value


@pytest.mark.parametrize("who", KNOWS_NOT)
def test_then_they_read_the_counts_that_are_not_small(who, four_exclusions, sign_in):
    make.adopted()
    client = sign_in(who)
    page = text(evaluated(client))
    assert "5 proses selesai menurut versi ini. Satu proses" in page
    assert "Kurang dari lima proses masih berjalan." in page
    assert "yang dapat menunjuk satu informasi" in page
    assert client.get(address("desk:sop-evaluation")).status_code == 200  # of publications all is told
    assert "kurang dari 5" not in text(client.get(address("desk:sop-evaluation")))


def test_who_tests_at_one_unit_alone_is_told_no_small_count_of_another_units(four_exclusions, sign_in):
    tester = make.person("opd", unit="disdukcapil")
    assert "4 proses selesai" in text(evaluated(sign_in(tester)))  # all of them are of that unit
    assert "Angkanya belum ditampilkan" in text(evaluated(sign_in(make.person("opd", unit="dinsos"))))


def test_small_counts_are_withheld_each(version):
    step = evaluate(version).steps[1]
    counts = {"cases": 9, "taken": 12, "returns": 3, "timed": 12, "on_time": 9, "overdue": 1}
    one = replace(step, **counts, median=2.0, p90=4.0)
    rare = replace(one, cases=4, taken=4, returns=0, timed=0, on_time=0, overdue=0)
    found = replace(evaluate(version), cases=9, running=6, overdue=2, median=8.0, p90=9.0, steps=(one, rare))
    told = without_small_counts(found)
    assert (told.cases, told.running, told.overdue, told.median) == (9, 6, None, 8.0)
    assert (told.first_opened, told.last_ended) == (None, None)
    first, second = told.steps
    # Three of twelve were late: what was on time would tell it.
    assert (first.cases, first.taken, first.returns, first.timed, first.on_time) == (9, 12, None, None, None)
    assert (first.median, first.overdue) == (2.0, None)
    assert (second.cases, second.taken, second.returns, second.median) == (None, None, 0, None)
    even = without_small_counts(replace(found, steps=(replace(one, on_time=7),)))
    assert (even.steps[0].timed, even.steps[0].on_time) == (12, 7)
    assert without_small_counts(replace(found, cases=4)).steps == ()
