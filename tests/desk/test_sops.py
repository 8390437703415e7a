"""The officers' list of SOPs: found by unit, theme, state, review date and words, and where a new sheet begins."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sop.models import Activity, Sop, SopVersion
from sop.versions import actions
from sop.versions.upkeep import confirm_still_right
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

FIRST, SECOND = "Pengumuman Informasi Publik", "Pendokumentasian Informasi yang Dikecualikan oleh PPID Pembantu"


def titles(response) -> list[str]:
    return [each.get_text(strip=True) for each in soup(response).select(".rows__title")]


def sheet(title: str, *, unit="dinkes", theme="", steps=()) -> SopVersion:
    sop = Sop.objects.create(slug=f"sop-{Sop.objects.count()}", title=title, unit=make.unit(unit), theme=theme)
    version = SopVersion.objects.create(sop=sop, version=1, title=title, letterhead="Kop", number="9/SOP/2026")
    Activity.objects.bulk_create(Activity(version=version, number=n, text=text) for n, text in enumerate(steps, 1))
    return version


@pytest.fixture
def look(sign_in):
    client = sign_in("dinsos")
    return lambda query="": client.get(f"{reverse('desk:sops')}?{query}")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [SECOND, FIRST, "Vaksinasi Anak"]),
        ("unit=dinkes", ["Vaksinasi Anak"]),
        ("tema=Kesehatan", ["Vaksinasi Anak"]),
        ("keadaan=draf", ["Vaksinasi Anak"]),
        ("keadaan=berlaku", [SECOND, FIRST]),
        ("keadaan=ditinjau", []),
        ("keadaan=digantikan", []),
        ("keadaan=dicabut", []),
        ("keadaan=perlu-ditinjau", []),
        ("q=vaksinasi", ["Vaksinasi Anak"]),
        ("q=menimbang+berat", ["Vaksinasi Anak"]),
        ("q=mengklarifikasi", [FIRST]),
        ("q=gajah", []),
    ],
)
def test_it_is_narrowed_by_the_address(look, query, found):
    sheet("Vaksinasi Anak", theme="Kesehatan", steps=["Menimbang berat badan", "Menyuntik"])
    assert titles(look(query)) == found


def test_what_does_not_fit_is_left_out_with_a_sentence(look):
    response = look("keadaan=x&tema=y&unit=z")
    for sentence in ("Keadaan yang diminta tidak dikenal", "Tema yang diminta", "Unit yang diminta"):
        assert sentence in text(response)
    assert len(titles(response)) == 2


def test_what_is_due_for_review_is_said_marked_and_listed(look):
    assert "perlu ditinjau ulang:" not in text(look())
    due, before = timezone.localdate() - timedelta(days=1), timezone.now() - timedelta(days=9)
    confirm_still_right(
        SopVersion.objects.get(sop__title=FIRST), actor=make.demo("pengelola"), review_on=due, at=before
    )
    page = text(look())
    assert "1 SOP perlu ditinjau ulang:" in page
    assert page.count("Perlu ditinjau ") >= 1
    assert titles(look("keadaan=perlu-ditinjau")) == [FIRST]


def test_a_version_in_review_and_a_retired_one_are_found(look):
    draft = actions.new_draft(SopVersion.objects.get(sop__title=FIRST), actor=make.demo("utama"))
    actions.submit(draft, actor=make.demo("pengelola"))
    assert titles(look("keadaan=ditinjau")) == [FIRST]


def test_an_empty_search_says_what_to_do(look):
    assert "Tidak ada yang cocok" in text(look("q=gajah"))


def test_it_has_pages_that_keep_the_filters(look):
    for n in range(21):
        sheet(f"Vaksin {n:02}", theme="Kesehatan")
    response = look("tema=Kesehatan&halaman=2")
    assert titles(response) == ["Vaksin 20"]
    assert soup(response).find("a", rel="prev")["href"] == "?tema=Kesehatan&halaman=1"


def test_it_takes_as_many_queries_for_many_as_for_few(look):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            look("q=informasi")
        return len(captured)

    few = queries()
    for n in range(15):
        sheet(f"Informasi {n}", steps=["Mencatat informasi"])
    assert queries() == few


def test_a_version_leads_to_its_evaluation_and_to_its_public_page(sign_in, client):
    page = soup(sign_in("dinsos").get(reverse("desk:sop-version", args=["pengumuman-informasi-publik", 1])))
    links = {link["href"] for link in page.select(".page-head__acts a")}
    public = reverse("portal:sop_version", args=["pengumuman-informasi-publik", 1])
    assert {reverse("desk:sop-evaluation", args=["pengumuman-informasi-publik", 1]), public} <= links
    assert client.get(public).status_code == 200
