"""The import at the desk: upload, preview beside the source, draft; nothing is stored before the last step."""

from pathlib import Path

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sop.models import Sop, SopVersion
from tests import make
from tests.compound_files import compound_file
from tests.desk.pages import error_links, soup, text

pytestmark = pytest.mark.django_db
DOCUMENTS = Path(__file__).parents[1] / "sop" / "documents"
UPLOAD, KEEP = reverse("desk:sop-import"), reverse("desk:sop-import-keep")


def upload(client, name="kolom-tambahan.docx", data=None):
    data = (DOCUMENTS / name).read_bytes() if data is None else data
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})


def decided(page, **changes):
    dinsos = str(make.unit("dinsos").pk)
    forms = soup(page).find_all("form", action=KEEP)
    sent = {
        each["name"]: each.get("value", "") for each in forms[-1].find_all("input") if each.get("type") != "checkbox"
    }
    return {**sent, "unit": dinsos, "seen": "on", **changes}


@pytest.mark.parametrize(
    ("who", "status"), [("pengelola", 200), ("utama", 200), ("operator", 403), ("dinsos", 403), ("bidang", 403)]
)
def test_only_keepers_import(who, status, sign_in):
    client = sign_in(who)
    assert client.get(UPLOAD).status_code == status
    assert upload(client).status_code == status
    assert client.post(KEEP, {}).status_code == (302 if status == 200 else 403)


def test_strangers_sign_in_first():
    assert Client().get(UPLOAD).headers["Location"].startswith(reverse("account_login"))


def test_from_the_file_to_the_draft(sign_in):
    client, before = sign_in("pengelola"), Sop.objects.count()
    page = upload(client)
    said = text(page)
    for words in ("PENYALURAN BANTUAN", "065/19", "Pendamping", "Mendata penerima", "belum disimpan"):
        assert words in said
    assert "3 teks tidak mendapat tempat" in said
    assert {each.text for each in soup(page).select(".import-source mark")} == {"Risiko", "Data ganda", "Salah sasaran"}
    links = [link["href"].removeprefix("#") for link in soup(page).select(".import-doubts a")]
    assert links
    assert all(soup(page).find(id=link).select(".import-mark") for link in links), "each doubt is marked at its field"
    assert Sop.objects.count() == before, "looking stores nothing"

    done = client.post(KEEP, decided(page, title="Penyaluran Bantuan Sosial"))
    draft = SopVersion.objects.get(sop__title="Penyaluran Bantuan Sosial")
    assert done.headers["Location"] == draft.get_absolute_url()
    assert [each.text for each in draft.activities.all()] == ["Mendata penerima", "Menyalurkan bantuan"]
    assert "disimpan sebagai draf" in text(client.get(draft.get_absolute_url()))


def test_what_found_no_place_has_to_be_read_first(sign_in):
    client = sign_in("pengelola")
    page = client.post(KEEP, decided(upload(client), title="Nama yang diketik", seen=""))
    assert page.status_code == 422
    assert error_links(page) == ["#id_seen"]
    assert soup(page).find(id="id_title")["value"] == "Nama yang diketik", "what was typed is kept"
    assert "Data ganda" in text(page)


def test_a_unit_of_others_is_not_offered_and_not_taken(sign_in):
    client, before = sign_in("pengelola"), Sop.objects.count()
    page = upload(client)
    offered = {option.text for option in soup(page).select("#id_unit option") if option["value"]}
    assert offered == {make.unit("dinsos").name, make.unit("disdukcapil").name}
    refused = client.post(KEEP, decided(page, unit=str(make.unit("diskominfo").pk)))
    assert refused.status_code == 422
    assert Sop.objects.count() == before


def test_of_several_sops_each_can_be_kept(sign_in):
    client = sign_in("utama")
    page = upload(client, "dua-sop.docx")
    assert "Berkas ini memuat 2 SOP" in text(page)
    other = client.post(KEEP, {"payload": decided(page)["payload"], "show": "1"})
    assert "065/18" in text(other)
    client.post(KEEP, decided(other))
    assert Sop.objects.filter(title="SURAT KELUAR").exists()
    assert not Sop.objects.filter(title="SURAT MASUK").exists()


def test_the_second_sop_of_a_file_needs_no_second_upload(sign_in):
    client = sign_in("utama")
    first = upload(client, "dua-sop.docx")
    second = client.post(KEEP, decided(first))
    assert "«SURAT MASUK» disimpan sebagai draf" in text(second)
    assert "065/18" in text(second)
    assert soup(second).select_one("#id_unit option[selected]")["value"] == str(make.unit("dinsos").pk)
    assert "(sudah disimpan)" in soup(second).select(".import-choice button")[0].text
    done = client.post(KEEP, decided(second))
    assert done.headers["Location"] == SopVersion.objects.get(sop__title="SURAT KELUAR").get_absolute_url()


def test_the_same_file_twice_says_who_kept_it_and_leads_there(sign_in):
    client = sign_in("pengelola")
    sent = decided(upload(client))
    client.post(KEEP, sent)
    draft = SopVersion.objects.get(sop__title="PENYALURAN BANTUAN")
    again = upload(client, name="kolom-tambahan.docx")
    said = text(again)
    assert f"sudah disimpan dari berkas yang sama oleh {make.demo('pengelola').name}" in said
    assert soup(again).find("a", href=draft.get_absolute_url())
    for form in (sent, decided(again)):
        refused = client.post(KEEP, form)
        assert refused.status_code == 422
        assert error_links(refused) == ["#id_again"]
    assert Sop.objects.filter(title="PENYALURAN BANTUAN").count() == 1
    client.post(KEEP, decided(again, again="on"))
    assert Sop.objects.filter(title="PENYALURAN BANTUAN").count() == 2


def kept_draft(client) -> SopVersion:
    client.post(KEEP, decided(upload(client)))
    return SopVersion.objects.get(sop__title="PENYALURAN BANTUAN")


def editor(draft, page="identitas", **query) -> str:
    return reverse("desk:sop-edit", args=[draft.sop.slug, draft.version, page], query=query or None)


def test_every_open_doubt_stands_in_the_editor_with_its_button_or_the_way_to_it(sign_in):
    client = sign_in("pengelola")
    draft = kept_draft(client)
    doubts = list(draft.doubts.all())
    assert len(doubts) > 4
    page = soup(client.get(editor(draft)))
    panel = page.find("section", attrs={"aria-labelledby": "keraguan"})
    assert f"Dari impor: {len(doubts)} hal perlu diperiksa" in panel.text
    assert "Data ganda" in panel.text, "a text without a place stays with the draft"
    for doubt in doubts:
        elsewhere = panel.select_one(f"button[value$='#keraguan-{doubt.pk}']")  # it saves before it leads there
        there = soup(client.get(elsewhere["value"].removeprefix("ke:"))) if elsewhere else page
        assert there.select_one(f"#keraguan-{doubt.pk} button[value='tuntas:{doubt.pk}']"), doubt.sentence


def test_settling_saves_what_was_typed_and_takes_the_doubt_away(sign_in):
    client = sign_in("pengelola")
    draft = kept_draft(client)
    row = draft.activities.get(number=1)
    doubt = draft.doubts.get(key=f"activity.{row.pk}.kind")
    address = editor(draft, "aktivitas", baris=row.pk)
    form = soup(client.get(address)).find("form", id="isian")
    typed = {
        each["name"]: each.get("value", "") for each in form.select("input[name]") if each.get("type") != "checkbox"
    }
    typed |= {each["name"]: each.text.strip() for each in form.select("textarea[name]")}
    for each in form.select("select[name]"):
        chosen = each.select_one("option[selected]")
        typed[each["name"]] = chosen["value"] if chosen else ""
    typed |= {f"activity.{row.pk}.text": "Mendata penerima bantuan", "aksi": f"tuntas:{doubt.pk}"}
    page = client.post(editor(draft, "aktivitas"), typed, follow=True)
    assert "Tersimpan." in text(page)
    row.refresh_from_db()
    doubt.refresh_from_db()
    assert (row.text, doubt.settled_by) == ("Mendata penerima bantuan", make.demo("pengelola"))
    assert not soup(page).select(f"#keraguan-{doubt.pk}")
    twice = client.post(editor(draft, "aktivitas"), {"aksi": f"tuntas:{doubt.pk}", "revisi": "99"})
    assert "sudah diselesaikan" in text(twice)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.docx", b"halo", "Berkas ini rusak"),
        ("a.pdf", b"%PDF-1.7", "Jenis berkas ini tidak dapat diimpor"),
        (
            "a.docx",
            compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
            "dikunci dengan kata sandi",
        ),
        ("a.txt", b"Daftar belanja", "Tidak ada lembar SOP"),
        ("a.docx", b"", "kosong"),
        ("a.txt", b"0" * (21 * 1024 * 1024), "lebih besar dari 20 MB"),
    ],
)
def test_a_refusal_is_a_sentence_at_the_field(name, data, sentence, sign_in):
    page = upload(sign_in("pengelola"), name, data)
    assert page.status_code == 422
    assert sentence in text(page)
    assert error_links(page) == ["#id_file"]


def test_a_page_that_would_be_too_long_is_refused(sign_in, monkeypatch):
    monkeypatch.setattr("ppid.desk.library.importing.payload.MAX_BYTES", 100)
    page = upload(sign_in("pengelola"))
    assert page.status_code == 422
    assert "terlalu panjang untuk satu kali impor" in text(page)


def test_nobody_keeps_what_another_person_uploaded_or_changed(sign_in):
    before = Sop.objects.count()
    sent = decided(upload(sign_in("pengelola")))
    for payload in (sent["payload"], sent["payload"][:-3] + "abc", signing.dumps([]), ""):
        page = sign_in("utama").post(KEEP, {**sent, "payload": payload}, follow=True)
        assert "Unggah berkasnya sekali lagi" in text(page)
        assert f"Nama yang Anda ketik: «{sent['title']}»." in text(page)
    assert Sop.objects.count() == before


def test_the_source_is_shown_as_text_and_never_as_markup(sign_in):
    named = b"<table><tr><td>Nama SOP</td><td>&lt;script&gt;alert(1)&lt;/script&gt;</td></tr></table>"
    evil = named + b"<script>alert(2)</script>"
    page = upload(sign_in("pengelola"), "a.html", evil)
    assert b"<script>alert" not in page.content
    assert "<script>alert(1)</script>" in soup(page).find("dd", id="baca-title").text
    assert not soup(page).find_all(style=True)


def test_looking_again_leads_to_the_upload(sign_in):
    assert sign_in("pengelola").get(KEEP).headers["Location"] == UPLOAD


def test_the_form_names_its_file_types(sign_in):
    page = sign_in("pengelola").get(UPLOAD)
    assert ".docx" in soup(page).find(id="id_file")["accept"]
    assert "tidak disimpan" in text(page)
