"""The editor at the desk: keepers edit, colleagues are told, strangers stay outside; nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from sop.drafts import editing
from sop.models import Activity, LegalBasis, Performer, Sop, SopVersion
from sop.versions import actions
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

SLUG = "pengumuman-informasi-publik"
PAGES = ["identitas", "daftar", "pelaksana", "aktivitas", "langkah"]


@pytest.fixture
def draft(db) -> SopVersion:
    return actions.new_draft(SopVersion.objects.get(sop__slug=SLUG, version=1), actor=make.demo("utama"))


@pytest.fixture
def colleague(db):
    return make.person("sop_keeper", unit="dinsos", name="Siti Aminah, S.Sos.")


def address(page, version=2):
    return reverse("desk:sop-edit", args=[SLUG, version, page])


def again(draft) -> SopVersion:
    return SopVersion.objects.get(pk=draft.pk)


def step(draft, number) -> Activity:
    return Activity.objects.get(version=draft, number=number)


def fields(response) -> dict:
    """Return what a browser would send of the page's form, without its buttons."""
    sent = {}
    for each in soup(response).select("form.editor__form input, form.editor__form textarea, form.editor__form select"):
        kind, name = each.get("type"), each.get("name")
        if not name or kind in ("checkbox", "radio") and not each.has_attr("checked"):
            continue
        if each.name == "select":
            chosen = each.select_one("option[selected]") or each.select_one("option")
            value = chosen["value"]
        elif each.name == "textarea":
            value = each.text.removeprefix("\n")
        else:
            value = each.get("value", "on" if kind == "checkbox" else "")
        sent.setdefault(name, []).append(value)
    return sent


def press(client, page, aksi, *, query="", fields_of=None, **typed):
    """Open a page of the editor (or take the fields of ``fields_of``), type, and press a button."""
    sent = fields(fields_of or client.get(address(page) + query)) | {"aksi": [aksi]} | typed
    return client.post(address(page), sent)


def told(client, response) -> str:
    assert response.status_code == 302, text(response)
    return text(client.get(response.url))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("who", "status"), [("pengelola", 200), ("utama", 200), ("dinsos", 403), ("operator", 403)])
def test_keepers_open_every_page_and_others_are_told_no(who, status, page, draft, sign_in):
    response = sign_in(who).get(address(page))
    assert response.status_code == status
    if status == 200:
        assert soup(response).select("article.sheet")
        assert not soup(response).find_all(style=True)
        assert not soup(response).select("style, script:not([src])")


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_edits_nothing(page, draft, sign_in):
    keeper_elsewhere = make.person("sop_keeper", unit="dinkes")
    nobody = make.person()
    for who in (keeper_elsewhere, nobody):
        client = sign_in(who)
        assert client.get(address(page)).status_code == 403
        assert client.post(address(page), {"aksi": "simpan", "revisi": "0"}).status_code == 403
    assert again(draft).revision == 0


def test_without_a_sign_in_there_is_no_editor(client, draft):
    assert client.get(address("identitas")).status_code == 302
    assert "login" in client.get(address("identitas")).url or "masuk" in client.get(address("identitas")).url


def test_what_does_not_exist_is_not_found(draft, sign_in):
    client = sign_in("pengelola")
    for url in (address("lain"), address("identitas", 9), reverse("desk:sop-edit", args=["tidak-ada", 1, "daftar"])):
        assert client.get(url).status_code == 404


def test_an_approved_version_leads_back_to_its_page(draft, sign_in):
    response = sign_in("pengelola").get(address("identitas", 1))
    assert response.url == reverse("desk:sop-version", args=[SLUG, 1])


def test_the_version_page_leads_to_the_editor(draft, sign_in):
    page = soup(sign_in("pengelola").get(reverse("desk:sop-version", args=[SLUG, 2])))
    assert page.find("a", href=address("identitas"))
    assert not soup(sign_in("dinsos").get(reverse("desk:sop-version", args=[SLUG, 2]))).find(
        "a", href=address("identitas")
    )


def test_a_keeper_starts_an_sop_for_an_own_unit(sign_in):
    client = sign_in("pengelola")
    dinkes = make.unit("dinkes")
    page = client.get(reverse("desk:sop-new"))
    assert "Dinas Sosial" in text(page)
    assert not soup(page).select(f"option[value='{dinkes.pk}']")
    refused = client.post(reverse("desk:sop-new"), {"title": "Layanan", "unit": dinkes.pk, "theme": ""})
    assert refused.status_code == 422
    response = client.post(
        reverse("desk:sop-new"), {"title": "Layanan Santunan", "unit": make.unit("dinsos").pk, "theme": "Bantuan"}
    )
    assert response.url == reverse("desk:sop-edit", args=["layanan-santunan", 1, "identitas"])
    assert Sop.objects.get(slug="layanan-santunan").theme == "Bantuan"
    for page in PAGES:  # an empty sheet is drawn too
        assert client.get(reverse("desk:sop-edit", args=["layanan-santunan", 1, page])).status_code == 200


@pytest.mark.parametrize(("title", "sentence"), [("", "Tulis nama SOP"), ("x" * 300, "Paling banyak 250 huruf")])
def test_a_refused_start_keeps_what_was_typed(title, sentence, sign_in):
    sent = {"title": title, "unit": make.unit("dinsos").pk, "theme": "Bantuan"}
    response = sign_in("pengelola").post(reverse("desk:sop-new"), sent)
    assert sentence in text(response)
    assert soup(response).select_one("input[name=theme]")["value"] == "Bantuan"


def test_who_keeps_no_sheets_starts_none(sign_in):
    assert sign_in("operator").get(reverse("desk:sop-new")).status_code == 403


def test_the_identity_is_saved_and_the_drawn_sheet_follows(draft, sign_in):
    client = sign_in("pengelola")
    response = press(client, "identitas", "simpan", number="7/SOP/2026", revised="-", effective="2026", created="")
    assert "Tersimpan." in told(client, response)
    saved = again(draft)
    assert (saved.number, saved.revised, saved.effective, saved.created) == ("7/SOP/2026", "-", "2026", "")
    sheet = soup(client.get(address("identitas"))).select_one("article.sheet")
    assert "7/SOP/2026" in sheet.text


def test_nothing_changed_says_nothing(draft, sign_in):
    client = sign_in("pengelola")
    for page in PAGES:
        assert "Tersimpan." not in told(client, press(client, page, "simpan"))
    assert again(draft).revision == 0


def test_a_list_is_moved_added_to_and_shortened_by_plain_buttons(draft, sign_in):
    client = sign_in("pengelola")
    items = draft.equipment
    press(client, "daftar", "turun:0.equipment")
    assert again(draft).equipment == [items[1], items[0], items[2]]
    press(client, "daftar", "naik:2.equipment")
    assert again(draft).equipment == [items[1], items[2], items[0]]
    press(client, "daftar", "hapus:0.equipment")
    assert again(draft).equipment == [items[2], items[0]]
    page = fields(client.get(address("daftar")))
    press(client, "daftar", "tambah", equipment=[*page["equipment"], "Mesin antrean"])
    assert again(draft).equipment == [items[2], items[0], "Mesin antrean"]
    press(client, "daftar", "naik:99.equipment")
    assert len(again(draft).equipment) == 3


def test_legal_bases_on_record_are_suggested(draft, sign_in):
    LegalBasis.objects.get_or_create(kind="uu", number="14", year=2008, title="Keterbukaan Informasi Publik")
    page = soup(sign_in("pengelola").get(address("daftar")))
    suggested = [option["value"] for option in page.select("datalist#dasar-hukum option")]
    assert any("14" in words and "2008" in words for words in suggested)
    assert page.select_one("input[name=legal_bases]")["list"] == "dasar-hukum"


def test_a_row_opens_in_place_and_is_saved(draft, sign_in):
    client = sign_in("pengelola")
    row = step(draft, 2)
    opened = client.get(press(client, "aktivitas", f"buka:{row.pk}").url)
    assert soup(opened).select_one(f"#langkah-{row.pk} textarea[autofocus]")
    key = f"activity.{row.pk}"
    response = press(client, "aktivitas", "simpan", fields_of=opened, **{f"{key}.note": "Catatan baru"})
    assert "Tersimpan." in told(client, response)
    assert step(draft, 2).note == "Catatan baru"


def test_opening_another_row_saves_the_open_one(draft, sign_in):
    client = sign_in("pengelola")
    first, second = step(draft, 2), step(draft, 3)
    response = press(
        client, "aktivitas", f"buka:{second.pk}", query=f"?baris={first.pk}", **{f"activity.{first.pk}.note": "Dulu"}
    )
    assert f"baris={second.pk}" in response.url
    assert step(draft, 2).note == "Dulu"


def test_rows_are_inserted_moved_and_deleted_by_plain_buttons(draft, sign_in):
    client = sign_in("pengelola")
    decision, target = step(draft, 4), step(draft, 3)
    press(client, "aktivitas", f"sisip-atas:{target.pk}")
    assert step(draft, 5).pk == decision.pk
    assert step(draft, 5).if_no == 4
    press(client, "aktivitas", f"sisip-bawah:{decision.pk}")
    assert step(draft, 6).text == ""
    press(client, "aktivitas", f"naik:{decision.pk}")
    assert step(draft, 4).pk == decision.pk
    assert step(draft, 4).if_no == 5
    response = press(client, "aktivitas", f"hapus:{target.pk}")
    assert "jalan keluar «tidak» sekarang kosong" in told(client, response)
    assert step(draft, 4).if_no is None


def test_a_refused_row_keeps_all_that_was_typed_and_nothing_else_happens(draft, sign_in):
    client = sign_in("pengelola")
    row = step(draft, 4)
    key = f"activity.{row.pk}"
    typed = {
        f"{key}.text": "Menelaah 📄 مكتب",
        f"{key}.requirement": "x" * 2000,
        f"{key}.duration_value": "1000000000",
        f"{key}.note": "Catatan",
    }
    response = press(client, "aktivitas", f"turun:{row.pk}", query=f"?baris={row.pk}", **typed)
    assert response.status_code == 422
    page = soup(response)
    assert "sekarang 2.000" in text(response)
    assert "paling banyak 1.000" in text(response)
    assert page.select_one(f"textarea[name='{key}.text']").text.strip() == "Menelaah 📄 مكتب"
    assert page.select_one(f"input[name='{key}.duration_value']")["value"] == "1000000000"
    assert len(page.select_one(f"textarea[name='{key}.requirement']").text.strip()) == 2000
    for link in page.select(".errors a"):
        assert page.find(id=link["href"].removeprefix("#")), link
    assert step(draft, 4).pk == row.pk
    assert again(draft).revision == 0


def test_html_and_control_characters_are_taken_out_with_a_sentence(draft, sign_in):
    client = sign_in("pengelola")
    row = step(draft, 2)
    typed = {f"activity.{row.pk}.text": '<p class="MsoNormal">Menerima <b>surat</b>\x00</p>'}
    page = told(client, press(client, "aktivitas", "simpan", query=f"?baris={row.pk}", **typed))
    assert "Kode HTML" in page
    assert "Karakter kendali" in page
    assert step(draft, 2).text == "Menerima surat"


def test_markup_that_is_kept_as_text_is_never_rendered(draft, sign_in):
    client = sign_in("pengelola")
    Activity.objects.filter(version=draft, number=2).update(text="<script>alert(1)</script>")
    page = client.get(address("aktivitas"))
    assert b"<script>alert" not in page.content


def test_a_duration_is_proposed_and_taken_only_by_its_button(draft, sign_in):
    client = sign_in("pengelola")
    Activity.objects.filter(version=draft, number=4).update(
        duration_text="5 hari kerja", duration_value=3, duration_unit="day"
    )
    row = step(draft, 4)
    page = client.get(address("aktivitas") + f"?baris={row.pk}")
    assert "biasanya dibaca 5 hari kerja" in text(page)
    press(client, "aktivitas", "simpan", fields_of=page)
    assert step(draft, 4).duration_value == 3
    press(client, "aktivitas", "pakai", fields_of=page)
    assert (step(draft, 4).duration_value, step(draft, 4).duration_unit) == (5, "working_day")


def test_a_column_with_steps_goes_only_with_a_heir(draft, sign_in):
    client = sign_in("pengelola")
    operator = Performer.objects.get(version=draft, position=2)
    heir = Performer.objects.get(version=draft, position=3)
    refused = press(client, "pelaksana", f"hapus:{operator.pk}")
    assert "masih mengerjakan langkah 6 dan 7" in text(refused)
    moved = press(client, "pelaksana", f"hapus:{operator.pk}", **{f"pindah.{operator.pk}": str(heir.pk)})
    assert "pindah ke «PPID Pelaksana»" in told(client, moved)
    assert not Performer.objects.filter(pk=operator.pk).exists()


def test_columns_are_added_renamed_and_moved(draft, sign_in):
    client = sign_in("pengelola")
    press(client, "pelaksana", "tambah")
    added = Performer.objects.get(version=draft, position=5)
    press(
        client,
        "pelaksana",
        f"naik:{added.pk}",
        **{f"performer.{added.pk}.label": "Sekretariat", f"performer.{added.pk}.roles": ["opd"]},
    )
    added = Performer.objects.get(pk=added.pk)
    assert (added.position, added.label, [role.code for role in added.roles.all()]) == (4, "Sekretariat", ["opd"])


def test_limits_are_told_in_a_sentence(draft, sign_in, monkeypatch):
    monkeypatch.setattr(editing, "MAX_ACTIVITIES", 7)
    monkeypatch.setattr(editing, "MAX_PERFORMERS", 4)
    client = sign_in("pengelola")
    assert "paling banyak 7 aktivitas" in text(press(client, "aktivitas", "tambah"))
    assert "paling banyak 4 kolom" in text(press(client, "pelaksana", "tambah"))


def test_the_second_of_two_loses_nothing_and_sees_what_the_other_wrote(draft, sign_in, colleague):
    keeper, other = sign_in("pengelola"), sign_in(colleague)
    row = step(draft, 4)
    key = f"activity.{row.pk}"
    opened = keeper.get(address("aktivitas") + f"?baris={row.pk}")
    press(other, "aktivitas", "simpan", query=f"?baris={row.pk}", **{f"{key}.output": "Memo", f"{key}.note": "Nota"})
    refused = press(keeper, "aktivitas", "simpan", fields_of=opened, **{f"{key}.output": "Surat"})
    assert refused.status_code == 409
    page, words = soup(refused), text(refused)
    assert "Siti Aminah, S.Sos." in words
    assert "Tersimpan oleh Siti Aminah, S.Sos.: «Memo»" in words
    assert page.select_one(f"textarea[name='{key}.output']").text.strip() == "Surat"
    assert page.select_one(f"textarea[name='{key}.note']").text.strip() == "Nota"  # the other's, untouched here
    assert step(draft, 4).output == "Memo"
    press(keeper, "aktivitas", "simpan", fields_of=refused)
    assert (step(draft, 4).output, step(draft, 4).note) == ("Surat", "Nota")


def test_who_edits_another_part_is_told_and_saves(draft, sign_in, colleague):
    keeper, other = sign_in("pengelola"), sign_in(colleague)
    opened = keeper.get(address("identitas"))
    press(other, "daftar", "hapus:0.related")
    words = told(keeper, press(keeper, "identitas", "simpan", fields_of=opened, number="7"))
    assert "Tersimpan." in words
    assert "Sementara itu Siti Aminah, S.Sos." in words
    assert (again(draft).number, len(again(draft).related)) == ("7", 1)


def test_lists_changed_by_both_are_shown_beside_each_other(draft, sign_in, colleague):
    keeper, other = sign_in("pengelola"), sign_in(colleague)
    opened = keeper.get(address("daftar"))
    press(other, "daftar", "hapus:0.related")
    refused = press(keeper, "daftar", "tambah", fields_of=opened, related=[*draft.related, "SOP Arsip"])
    assert "Tersimpan oleh Siti Aminah" in text(refused)
    assert [each.text.strip() for each in soup(refused).select("textarea[name=related]")][:3] == [
        *draft.related,
        "SOP Arsip",
    ]


def test_a_row_that_the_other_deleted_stays_in_the_form_and_can_become_a_new_one(draft, sign_in, colleague):
    keeper, other = sign_in("pengelola"), sign_in(colleague)
    row = step(draft, 2)
    opened = keeper.get(address("aktivitas") + f"?baris={row.pk}")
    press(other, "aktivitas", f"hapus:{row.pk}")
    refused = press(keeper, "aktivitas", "simpan", fields_of=opened, **{f"activity.{row.pk}.note": "Jangan hilang"})
    assert "sudah dihapus oleh Siti Aminah" in text(refused)
    assert "Jangan hilang" in refused.content.decode()
    press(keeper, "aktivitas", "jadikan-baru", fields_of=refused)
    new = step(draft, 7)
    assert (new.note, new.text) == ("Jangan hilang", row.text)


def test_what_was_submitted_meanwhile_keeps_the_typed_text(draft, sign_in):
    client = sign_in("pengelola")
    opened = client.get(address("identitas"))
    actions.submit(draft, actor=make.demo("pengelola"))
    refused = press(client, "identitas", "simpan", fields_of=opened, number="Terketik")
    assert "tidak dapat disunting lagi" in text(refused)
    assert soup(refused).select_one("input[name=number]")["value"] == "Terketik"


@pytest.mark.parametrize("revision", ["", "x", "-1", "99999999999999", "٣"])
@pytest.mark.parametrize(
    "aksi", ["simpan", "naik:x", "hapus:999999", "buka:", "tambah:" + "9" * 40, "lain", "turun:0.x"]
)
def test_nonsense_never_breaks_a_page(aksi, revision, draft, sign_in):
    client = sign_in("pengelola")
    for page in PAGES:
        response = press(client, page, aksi, revisi=[revision], baris=["abc"])
        assert response.status_code in (302, 409, 422)


def test_a_draft_is_deleted_after_a_confirmation(draft, sign_in):
    client = sign_in("pengelola")
    url = reverse("desk:sop-delete-draft", args=[SLUG, 2])
    assert "tidak dapat dikembalikan" in text(client.get(url))
    assert again(draft)
    response = client.post(url, {"revisi": "0"})
    assert response.url == reverse("desk:sop-version", args=[SLUG, 1])
    assert not SopVersion.objects.filter(pk=draft.pk).exists()
    assert sign_in("dinsos").post(url).status_code in (403, 404)


def test_findings_lead_to_the_field_that_they_are_about(draft, sign_in):
    client = sign_in("pengelola")
    Activity.objects.filter(version=draft, number=2).update(performer=None)
    page = soup(client.get(address("aktivitas")))
    way = next(b for b in page.select(".findings button") if "nomor 2 belum punya pelaksana" in b.text)
    target, _, anchor = way["value"].removeprefix("ke:").partition("#")
    assert soup(client.get(target)).find(id=anchor)


def test_saving_costs_the_same_number_of_queries_for_a_long_sheet(draft, sign_in, django_assert_max_num_queries):
    client = sign_in("pengelola")
    for number in range(8, 41):
        Activity.objects.create(version=draft, number=number, text=f"Langkah {number}")
    with django_assert_max_num_queries(40):
        client.get(address("aktivitas"))


def test_every_label_and_control_has_a_name(draft, sign_in):
    client = sign_in("pengelola")
    row = step(draft, 4)
    for page in (*PAGES, f"aktivitas/?baris={row.pk}"):
        url = address("aktivitas") + page.partition("/")[2] if "/" in page else address(page)
        found = soup(client.get(url))
        ids = [each["id"] for each in found.select("[id]")]
        assert len(ids) == len(set(ids)), [each for each in ids if ids.count(each) > 1]
        for button in found.select("form.editor__form button"):
            assert re.search(r"\w", button.text), button
