"""The rows of a draft beside the lawful steps: proposed, changed, stored, shown; and the acts of binding."""

import pytest
from django.urls import reverse

from sop.models import Sop, SopVersion
from sop.versions import actions
from tests import make, make_sheets
from tests.desk.pages import fields, soup, text

pytestmark = pytest.mark.django_db

TEXTS = [
    "Memutakhirkan konten",
    "Mengkoordinasikan pengumpulan",
    "Menyiapkan dokumen",
    "Mengklarifikasi jenis informasi",
    "Meneruskan dokumen untuk dipublikasikan",
    "Mengunggah informasi",
    "Mengumumkan informasi",
]


@pytest.fixture
def keeper(db):
    return make.person("sop_keeper", unit="dinkes")


@pytest.fixture
def draft(db) -> SopVersion:
    rows = zip(make_sheets.SEVEN, TEXTS, strict=True)
    return make_sheets.sheet([{**row, "text": words, "carries": []} for row, words in rows])


def page(draft):
    return reverse("desk:sop-edit", args=[draft.sop.slug, draft.version, "langkah"])


def of(draft, name):
    return reverse(f"desk:{name}", args=[draft.sop.slug, draft.version])


def carried(draft):
    return [row.carries for row in draft.activities.order_by("number")]


def sent(client, draft):
    return fields(client.get(page(draft)), page(draft))


def test_what_is_only_proposed_is_marked_and_not_stored(draft, keeper, sign_in):
    client = sign_in(keeper)
    shown = client.get(page(draft))
    assert "Portal mengusulkan baris untuk 7 langkah" in text(shown)
    assert "Usulan baris 4 · Mengklarifikasi jenis informasi (dari kata «…klarifikasi…»)" in text(shown)
    assert "Tersimpan" not in text(shown)
    client.post(page(draft), {**sent(client, draft), "aksi": "simpan"})
    client.post(page(draft), {**sent(client, draft), "aksi": f"ke:{draft.get_absolute_url()}"})
    assert not any(carried(draft))


def test_taking_all_proposals_stores_them(draft, keeper, sign_in):
    client = sign_in(keeper)
    answer = client.post(page(draft), {**sent(client, draft), "aksi": "usulan"}, follow=True)
    assert carried(draft) == [[n] for n in range(1, 8)]
    assert "Usulan" not in text(answer)
    assert text(answer).count("Tersimpan") >= 7


def test_one_proposal_is_taken_and_another_row_chosen(draft, keeper, sign_in):
    client = sign_in(keeper)
    client.post(page(draft), {**sent(client, draft), "aksi": "usulan:4"})
    assert carried(draft) == [[], [], [], [4], [], [], []]
    rows = {row.number: row.pk for row in draft.activities.all()}
    client.post(page(draft), {**sent(client, draft), "carries.1": rows[2], "aksi": "simpan"})
    assert carried(draft) == [[], [1], [], [4], [], [], []]


def test_whoever_was_overtaken_keeps_what_they_chose(draft, keeper, sign_in):
    from sop.drafts import editing

    client, other = sign_in(keeper), make.person("sop_keeper", unit="dinkes", name="Rekan, S.Sos.")
    old = sent(client, draft)
    first = draft.activities.get(number=1)
    editing.move_activity(draft, draft.activities.get(number=7).pk, to=6, actor=other, seen=0)
    answer = client.post(page(draft), {**old, "carries.1": first.pk, "aksi": "simpan"})
    assert answer.status_code == 409
    assert "Rekan, S.Sos." in text(answer)
    assert not any(carried(draft))
    again = fields(answer, page(draft))
    assert again["carries.1"] == str(first.pk)
    client.post(page(draft), {**again, "aksi": "simpan"})
    assert carried(draft)[0] == [1]


def test_findings_lead_to_the_field_of_their_step(draft, keeper, sign_in):
    client = sign_in(keeper)
    for address in (page(draft), draft.get_absolute_url(), of(draft, "sop-submit")):
        way = soup(client.get(address)).find(string=lambda said: said and "4 «Klarifikasi» belum dibawa" in said)
        assert way, address
        link = way.find_parent(["a", "button"])
        assert link is not None, address
        leads = link.get("href") or link.get("value") or link.get("hx-get") or ""
        assert "id_carries.4" in leads or link.get("data-field") == "id_carries.4", str(link)
    assert soup(client.get(page(draft))).find(id="id_carries.4")


def test_the_page_of_a_version_shows_what_its_rows_carry(sign_in):
    version = SopVersion.objects.get(sop__slug="pengumuman-informasi-publik")
    said = text(sign_in("utama").get(version.get_absolute_url()))
    assert "Lembar induk" in said
    assert "oleh Dinas Sosial Kota Pontianak dan oleh unit tanpa lembar sendiri berjalan menurut versi ini" in said
    assert "4 · Klarifikasi 4 · Mengklarifikasi jenis informasi publik" in said


def test_a_column_in_which_nobody_acts_is_named_with_the_way_to_mend_it(draft, sign_in):
    shown = sign_in("utama").get(draft.get_absolute_url())
    said = "Belum ada petugas Dinas Kesehatan Kota Pontianak yang dapat bertindak sebagai «PPID Pelaksana»"
    assert said in text(shown)
    assert soup(shown).find("a", href=reverse("desk:people"), string="Catat penugasannya")
    make.person("ppid_pelaksana", unit="dinkes")
    assert "Belum ada petugas" not in text(sign_in("utama").get(draft.get_absolute_url()))


def test_a_keeper_binds_maps_and_hands_in_and_ppid_utama_releases(keeper, sign_in):
    draft = make_sheets.sheet([{**row, "carries": []} for row in make_sheets.SEVEN], slug="milik", is_bound=False)
    client, chief = sign_in(keeper), sign_in("utama")
    assert "belum" not in fields(client.get(of(draft, "sop-bind")), None)
    answer = client.post(of(draft, "sop-bind"), {"flow": "publication", "why": ""}, follow=True)
    assert "Itu berlaku begitu PPID Utama menyetujui versi" in text(answer)
    assert answer.redirect_chain[-1][0] == page(draft)
    client.post(page(draft), {**sent(client, draft), "aksi": "usulan"})
    version = make_sheets.in_force(SopVersion.objects.get(pk=draft.pk))
    said = text(client.get(version.get_absolute_url()))
    assert "oleh Dinas Kesehatan Kota Pontianak berjalan menurut versi ini" in said
    assert "wewenang PPID Utama" in said
    assert client.post(of(draft, "sop-release"), {"why": "Sudah."}).status_code == 403
    assert chief.post(of(draft, "sop-release"), {"why": ""}).status_code == 422
    answer = chief.post(of(draft, "sop-release"), {"why": "Kembali ke induk."}, follow=True)
    assert "tidak lagi diikat pada alur" in text(answer)
    assert "Kembali ke induk." in text(answer)


def test_ppid_utama_makes_another_sheet_the_city_s(sign_in):
    version = make_sheets.in_force(make_sheets.sheet(make_sheets.SEVEN))
    chief = sign_in("utama")
    answer = chief.post(of(version, "sop-make-master"), {"why": "Lebih baru."}, follow=True)
    assert "sekarang lembar induk" in text(answer)
    assert Sop.objects.get(flow="publication", is_master=True) == version.sop
    assert chief.post(of(version, "sop-make-master"), {"why": "Lagi."}).status_code == 409


def test_the_city_s_sheet_is_not_retired_and_a_unit_s_own_is(sign_in):
    chief = sign_in("utama")
    master = SopVersion.objects.get(sop__slug="pengumuman-informasi-publik")
    assert "Cabut SOP ini" not in text(chief.get(master.get_absolute_url()))
    answer = chief.post(of(master, "sop-retire"), {"why": "Tidak dipakai."})
    assert answer.status_code == 422
    assert "Ini lembar induk" in text(answer)
    own = make_sheets.in_force(make_sheets.sheet(make_sheets.SEVEN))
    assert "Proses yang sudah berjalan tetap menurut versi ini" in text(chief.get(of(own, "sop-retire")))
    chief.post(of(own, "sop-retire"), {"why": "Cukup lembar induk."})
    assert actions.SopVersion.objects.get(pk=own.pk).state == "retired"
