"""The search over everything public: what it finds, how it narrows, and how it answers whatever is typed."""

import json
from datetime import date, timedelta

import pgtrigger
import pytest
from bs4 import BeautifulSoup

from ppid.portal.crowding import SearchCrowdMiddleware
from ppid.shelf import actions
from ppid.shelf.search import finding, nearest
from ppid.shelf.search.documents import Page, put_text
from ppid.shelf.search.families import keep_family
from ppid.shelf.search.question import read
from ppid.shelf.units import ShelfUnit
from ppid.web import drawn, rate
from tests.portal.queries import at_most

pytestmark = pytest.mark.django_db


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def search(client, words: str, **narrowed) -> BeautifulSoup:
    return soup(client.get("/cari/", {"q": words, **narrowed}))


def titles(page: BeautifulSoup) -> list[str]:
    return [" ".join(each.get_text().split()) for each in page.select(".results h3")]


def found(client, words: str, **narrowed) -> list[str]:
    return titles(search(client, words, **narrowed))


def tabs(page: BeautifulSoup) -> dict[str, str]:
    return dict(each.get_text(" ", strip=True).rsplit(" ", 1) for each in page.select(".kinds a") if each.b)


@pytest.fixture
def city(shelf):
    """A shelf with one thing of each kind about the same."""
    shelf.item(number="2026-0001", title="Laporan bantuan sosial 2026", summary="Penerima menurut kelurahan.")
    shelf.item(
        number="2026-0002",
        title="Profil kependudukan",
        summary="Jumlah jiwa per kecamatan.",
        category="on_demand",
        unit_code="disdukcapil",
        unit_name="Dinas Kependudukan dan Pencatatan Sipil",
    )
    shelf.item(number="2026-0003", title="Bantuan sosial yang ditarik")
    actions.withdraw("2026-0003", reason="Keliru angka", at=shelf.NOW)
    shelf.dik(number="2026-0101", information="Nama penerima bantuan sosial", unit_code="dinsos")
    shelf.dik(number="2026-0102", information="Rekening penerima bantuan sosial", ends_on=date(2026, 1, 1))
    shelf.sop(slug="penyaluran", title="PENYALURAN BANTUAN SOSIAL", steps="Memeriksa berkas\nMenyalurkan")
    return shelf


def test_one_search_finds_all_kinds_with_true_counts(client, city):
    page = search(client, "bantuan sosial")
    assert set(titles(page)) == {
        "Laporan bantuan sosial 2026",
        "Nama penerima bantuan sosial",
        "Rekening penerima bantuan sosial",
        "PENYALURAN BANTUAN SOSIAL",
        "Bantuan sosial yang ditarik",
    }
    assert tabs(page) == {
        "Semua": "5",
        "Informasi": "1",
        "Dikecualikan": "1",
        "Dibuka kembali": "1",
        "SOP": "1",
        "Tidak lagi diumumkan": "1",
    }
    for tab in page.select(".kinds a"):
        alone = soup(client.get(f"/cari/{tab['href']}"))
        assert len(alone.select(".results > li")) == int(tab.b.get_text()), tab


def test_each_leads_to_its_page(client, city):
    for link in search(client, "bantuan sosial").select(".results h3 a"):
        assert client.get(link["href"]).status_code in (200, 410), link


def test_words_of_one_root_are_found_and_marked(client, city):
    page = search(client, "penduduk")
    assert titles(page)[0] == "Profil kependudukan"
    assert [each.get_text() for each in page.select("li:first-child h3 mark")] == ["kependudukan"]


def test_everyday_names_widen_and_say_so(client, city):
    keep_family(["bansos", "bantuan sosial"])
    ShelfUnit.objects.update_or_create(
        code="disdukcapil",
        defaults={"name": "Dinas Kependudukan", "short_name": "Disdukcapil", "everyday_names": ["capil"]},
    )
    page = search(client, "bansos 2026")
    assert "Laporan bantuan sosial 2026" in titles(page)
    assert "Ikut dicari: bantuan sosial" in page.get_text()
    assert "Profil kependudukan" in found(client, "capil")
    assert found(client, "bansos", persis="1") == []


def test_the_passage_of_a_page_leads_to_that_page(client, shelf):
    file = shelf.file(b"%PDF-1.7 a", filename="lkpj.pdf")
    item = shelf.item(title="Laporan pertanggungjawaban", files=[file])
    pages = [Page(n, f"Halaman {n}", f"halaman ke-{n} tentang retribusi parkir tepi jalan") for n in range(1, 8)]
    put_text(file.sha256, pages, state="read")
    page = search(client, "retribusi parkir")
    assert titles(page) == ["Laporan pertanggungjawaban"]
    links = [(each.get_text(), each["href"]) for each in page.select(".in-doc a")]
    url = item.files.get().get_absolute_url()
    assert links[:2] == [("Hal. 1", f"{url}#page=1"), ("Hal. 2", f"{url}#page=2")]
    rest = page.select_one("details.in-doc-rest")
    assert rest.summary.get_text(" ", strip=True).startswith("5 lagi")
    assert [(each.get_text(), each["href"]) for each in rest.select("a")] == [
        (f"Hal. {n}", f"{url}#page={n}") for n in range(3, 8)
    ]
    assert page.select_one(".in-doc mark").get_text() == "retribusi parkir"
    assert tabs(page) == {"Semua": "1", "Isi dokumen": "1"}


def test_of_very_many_pages_the_best_are_named_and_it_says_so(client, shelf):
    file = shelf.file(b"a;b", filename="data.csv", media_type="text/csv")
    shelf.item(title="Data", files=[file])
    put_text(file.sha256, [Page(n, f"Bagian {n}", "retribusi") for n in range(1, 61)], state="read")
    rest = search(client, "retribusi").select_one("details.in-doc-rest")
    assert rest.summary.get_text(" ", strip=True).startswith("58 lagi")
    assert len(rest.select("a")) == 40
    assert rest.select_one("a").get_text() == "Bagian 3"
    assert "40 yang paling sesuai" in rest.get_text()


def test_filters_narrow_and_the_numbers_beside_them_are_true(client, city):
    ShelfUnit.objects.get_or_create(code="dinsos", defaults={"name": "Dinas Sosial", "short_name": "Dinsos"})
    page = search(client, "penerima")
    for name in ("jenis", "tahun", "bentuk", "unit"):
        for option in page.select(f"select[name={name}] option")[1:]:
            n = int(option.get_text().rpartition("(")[2].rstrip(")"))
            assert len(found(client, "penerima", **{name: option["value"]})) == n, option


def test_where_nothing_is_found_the_nearest_spelling_and_wider_questions_help(client, city):
    page = search(client, "kependudukn")
    assert "Maksud Anda kependudukan?" in " ".join(page.get_text().split())
    page = search(client, "bantuan sosial gampong")
    assert "bantuan sosial" in [each.get_text() for each in page.select(".line strong")]
    assert "Hubungi PPID" in page.get_text()


def test_suggestions_complete_the_last_word(client, city):
    told = client.get("/cari/saran/", {"q": "laporan ban"}).json()
    assert told["questions"] == ["laporan bantuan"]
    assert [each["title"] for each in told["items"]] == ["Laporan bantuan sosial 2026"]
    assert client.get("/cari/saran/", {"q": "x"}).json() == {"questions": [], "items": []}


WILD = [
    "a" * 10_000,
    "OR " * 10_000,
    "!!! ??? ((",
    "\x00\x01\u202e",
    "'; DROP TABLE shelf_searchentry; --",
    '"' * 500,
    "'a' | 'b' & !c:* <-> d",
    "\\",
    "%" * 300,
    "kata " * 3000,
    "١٢٣ ｆｕｌｌ ﬁ ß İ",
    "😀 🇮🇩",
]


@pytest.mark.parametrize("words", WILD, ids=range(len(WILD)))
@pytest.mark.parametrize("address", ["/cari/", "/cari/saran/", "/informasi/", "/dik/", "/sop/", "/dip.csv"])
def test_whatever_is_typed_has_an_answer(client, city, address, words):
    assert client.get(address, {"q": words}).status_code == 200


@pytest.mark.parametrize(
    "wild",
    [
        {"hal": "xyz"},
        {"jenis": "\x00"},
        {"unit": "tidak-ada"},
        {"tahun": "99999"},
        {"tahun": "0"},
        {"bentuk": "EXE"},
        {"urut": "acak"},
        {"halaman": "99999999999999999999"},
        {"halaman": "-1"},
        {"persis": "ya"},
        {"hal": "sop", "bentuk": "ZIP", "tahun": "2008", "halaman": "7"},
    ],
    ids=str,
)
def test_nonsense_narrows_nothing_or_says_that_nothing_fits(client, city, wild):
    search(client, "bantuan", **wild)


def test_more_than_fifty_requests_a_second_from_one_address_are_asked_to_wait(client, city, monkeypatch):
    monkeypatch.setattr(rate, "monotonic", lambda: 1.0)
    monkeypatch.setattr(SearchCrowdMiddleware, "rate", rate.Rate(most=50, seconds=1))
    answers = [client.get("/cari/saran/", {"q": "ban"}).status_code for _ in range(51)]
    assert answers == [200] * 50 + [429]
    refused = client.get("/cari/", {"q": "ban"})
    assert refused.status_code == 429
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):  # as every answer has
        assert name in refused
    assert "Tunggu sebentar" in refused.content.decode()
    assert refused["Retry-After"] == "1"
    assert refused["Cache-Control"] == "no-store"
    assert json.loads(client.get("/cari/saran/").content)["sentence"].startswith("Terlalu banyak pencarian")
    assert client.get("/cari/", {"q": "ban"}, REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/informasi/", {"q": "ban"}).status_code == 200


def test_of_what_is_excluded_no_word_is_found_suggested_or_spelled(client, shelf):
    file = shelf.file(b"%PDF-1.7 rahasia", filename="burungkenari.pdf")
    item = shelf.item(title="Daftar burungkenari", summary="kenaribiru", files=[file])
    put_text(file.sha256, [Page(1, "Halaman 1", "kenarimerah di dalam")], state="read")
    assert found(client, "burungkenari") == ["Daftar burungkenari"]
    actions.exclude(item.number, called="Data satwa", reason="Pasal 17", at=shelf.NOW, ends_on=None)
    for words in ("burungkenari", "kenaribiru", "kenarimerah", "burungkenarj", "burungkenari daftar", "burung"):
        page = search(client, words)
        assert page.select(".results, .line") == []
        assert client.get("/cari/saran/", {"q": words}).json() == {"questions": [], "items": []}
    assert found(client, item.number) == ["Data satwa"]


def test_a_search_needs_at_most_four_queries(client, city):
    for words in ("bantuan sosial", "kependudukn", "bantuan sosial gampong", "capil 2026 laporan"):
        with at_most(4):
            search(client, words)
        with at_most(4):
            search(client, words, unit="dinsos", urut="terbaru")


def test_more_matches_than_are_read_say_so_and_narrow_in_the_database(client, city, monkeypatch):
    monkeypatch.setattr(finding, "BOUND", 3)
    page = search(client, "bantuan sosial")
    assert "Lebih dari 3 hasil" in page.get_text()
    assert "Lebih dari" not in search(client, "bantuan sosial", hal="sop").get_text()
    assert found(client, "bantuan sosial", hal="sop") == ["PENYALURAN BANTUAN SOSIAL"]


class TestMoreThanIsRead:
    """Where more match than are read, what is asked narrows them in the database, and nothing else is left out."""

    @pytest.fixture
    def many(self, shelf, monkeypatch):
        """One old match of another year, unit, form and class, under five newer ones."""
        monkeypatch.setattr(finding, "BOUND", 3)
        file = shelf.file(b"a;b", filename="data.ods")
        old = shelf.NOW.replace(year=2024)
        shelf.item(
            title="Zamrud lama", category="on_demand", unit_code="dinkes", unit_name="X", published_at=old, files=[file]
        )
        shelf.dik(information="Zamrud tertutup", decree_date=old.date())
        shelf.dik(information="Zamrud yang dibuka", decree_date=old.date(), ends_on=date(2025, 1, 1))
        for n in range(5):
            shelf.item(title=f"Zamrud baru {n}")
        ShelfUnit.objects.get_or_create(code="dinkes", defaults={"name": "Dinas Kesehatan", "short_name": "Dinkes"})

    @pytest.mark.parametrize(
        ("narrowed", "titles"),
        [
            ({"tahun": "2024", "jenis": "setiap-saat"}, ["Zamrud lama"]),
            ({"unit": "dinkes"}, ["Zamrud lama"]),
            ({"bentuk": "ODS"}, ["Zamrud lama"]),
            ({"jenis": "setiap-saat"}, ["Zamrud lama"]),
            ({"hal": "dikecualikan"}, ["Zamrud tertutup"]),
            ({"hal": "dibuka-kembali"}, ["Zamrud yang dibuka"]),
        ],
        ids=str,
    )
    def test_each_filter_narrows_in_the_database(self, client, many, narrowed, titles):
        page = search(client, "zamrud", **narrowed)
        assert found(client, "zamrud", **narrowed) == titles
        assert "Lebih dari" not in page.select_one("#hasil").get_text()

    def test_by_the_year_alone(self, client, many):
        assert set(found(client, "zamrud", tahun="2024")) == {"Zamrud lama", "Zamrud tertutup", "Zamrud yang dibuka"}

    def test_no_more_are_read(self, client, many):
        with at_most(4) as queries:
            search(client, "zamrud")
        assert any(each["sql"].endswith("LIMIT 4") for each in queries.captured_queries)


def test_a_superseded_sheet_is_not_found(client, shelf):
    shelf.sop(title="PENYALURAN ZAMRUD LAMA")
    shelf.sop(title="PENYALURAN ZAMRUD", version=2)
    assert found(client, "zamrud") == ["PENYALURAN ZAMRUD"]


def test_the_newest_first_whatever_answers_better(client, shelf):
    shelf.item(title="Zamrud zamrud zamrud", published_at=shelf.NOW - timedelta(days=9))
    shelf.item(title="Laporan", summary="Tentang zamrud.", published_at=shelf.NOW - timedelta(days=2))
    assert found(client, "zamrud") == ["Zamrud zamrud zamrud", "Laporan"]
    assert found(client, "zamrud", urut="terbaru") == ["Laporan", "Zamrud zamrud zamrud"]


@pytest.mark.parametrize("words", ["lap", "laporan2", "zzzzzz"])
def test_what_is_too_short_or_no_word_is_never_spelled_otherwise(client, shelf, words):
    shelf.item(title="Lapo laporan")
    assert search(client, words).select(".line") == []


def test_a_word_whose_root_is_known_is_spelled_rightly(shelf):
    shelf.item(title="Laporan penduduk")
    assert nearest.spelled(read("penduduknya laporann"), using="default") == "penduduknya laporan"


def test_nothing_is_suggested_for_one_letter_nor_what_finds_nothing(client, shelf):
    shelf.item(title="Laporan")
    shelf.item(title="Bantuan")
    nothing = {"questions": [], "items": []}
    assert client.get("/cari/saran/", {"q": "la"}).json() != nothing
    assert client.get("/cari/saran/", {"q": "l"}).json() == nothing
    assert client.get("/cari/saran/", {"q": "bantuan la"}).json() == nothing


def test_a_question_of_many_words_is_not_asked_again_without_each_of_them(client, shelf):
    shelf.item(title="satu dua tiga empat lima enam tujuh delapan sembilan")
    eight = "satu dua tiga empat lima enam tujuh xyzxyz"
    assert search(client, eight).select(".line")
    assert not search(client, f"{eight} delapan").select(".line")


@pytest.mark.parametrize("changed", ["title", "summary", "category", "unit_name", "published_at"])
def test_a_result_that_says_something_else_is_drawn_anew(client, shelf, changed):
    said = {"title": "Bantuan", "summary": "Uraian bantuan.", "category": "periodic", "unit_name": "Dinas Lama"}
    item = shelf.item(number="2026-7001", unit_code="tanpa-nama", **said, published_at=shelf.NOW)
    before = str(search(client, "bantuan").select_one(".results"))
    other = {
        "title": "Bantuan lain",
        "summary": "Uraian bantuan lain.",
        "category": "on_demand",
        "unit_name": "Dinas Baru",
        "published_at": shelf.NOW - timedelta(days=1),
    }
    with pgtrigger.ignore():
        item.delete()
    now = said | {"published_at": shelf.NOW} | {changed: other[changed]}
    shelf.item(number="2026-7001", unit_code="tanpa-nama", **now)
    after = search(client, "bantuan").select_one(".results")
    assert str(after) != before
    drawn.kept.clear()
    assert str(search(client, "bantuan").select_one(".results")) == str(after)


def test_the_same_result_of_another_question_has_other_words_marked(client, shelf):
    shelf.item(title="Laporan bantuan sosial")
    marked = [[each.text for each in search(client, words).select("h3 mark")] for words in ("bantuan", "laporan")]
    assert marked == [["bantuan"], ["Laporan"]]


def test_what_is_written_in_a_title_a_summary_or_a_document_is_never_markup(client, shelf):
    file = shelf.file()
    shelf.item(title="<i>Akta</i> lahir", summary="<img src=x> akta & kartu", files=[file])
    put_text(file.sha256, [Page(1, "Hal. 1", "akta <script>alert(1)</script> & <b>lain</b>")], state="read")
    page = search(client, "akta")
    results = page.select_one(".results")
    assert not results.select("script, img, i, b")
    assert "<i>Akta</i> lahir" in titles(page)
    assert "<img src=x> akta & kartu" in results.text
    assert "<script>alert(1)</script> & <b>lain</b>" in results.text


def test_what_is_open_again_says_since_when(client, shelf):
    shelf.dik(information="Rekening penerima", decree_date=date(2025, 1, 2), ends_on=date(2026, 3, 4))
    [row] = search(client, "rekening").select(".results > li")
    assert "sejak 5 Maret 2026" in " ".join(row.text.split())


def test_beside_what_is_chosen_the_numbers_of_its_like_stay_as_they_were(client, city):
    chosen = search(client, "bantuan sosial", hal="dikecualikan")
    assert tabs(chosen)["Informasi"] == tabs(search(client, "bantuan sosial"))["Informasi"] == "1"
