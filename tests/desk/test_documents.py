"""The documents of a case: kept with their history, private, and bound to what step 4 approves."""

import pytest
from django.urls import reverse

from ppid.information.documents import private_store
from sop.models import SopVersion
from sop.versions.store import sheet_store
from tests import make
from tests.desk.pages import error_links, soup, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    case = make.publication()
    make.add_document(case, make.pdf("laporan.pdf"), title="Laporan", actor=make.demo("bidang"))
    return make.walk(case, to="preparing")


def url(case, what, document=None):
    return reverse(f"desk:{what}", args=[case.number, *([document.pk] if document else [])])


def test_a_document_is_added(case, sign_in):
    response = sign_in("dinsos").post(url(case, "document-add"), {"file": make.pdf(), "title": "Lampiran"}, follow=True)
    assert "Dokumen «Lampiran» ditambahkan." in text(response)
    assert [each.title for each in case.information.documents.current().content()] == ["Laporan", "Lampiran"]


def test_the_same_file_sent_twice_is_there_once(case, sign_in):
    same = make.pdf("sama.pdf")
    client = sign_in("dinsos")
    client.post(url(case, "document-add"), {"file": same, "title": "Lampiran"})
    same.seek(0)
    response = client.post(url(case, "document-add"), {"file": same, "title": "Lampiran"})
    assert response.status_code == 422
    assert "Berkas yang sama sudah ada: «Lampiran»." in text(response)
    assert case.information.documents.current().content().count() == 2


def test_a_form_without_a_file_asks_for_it_and_keeps_the_title(case, sign_in):
    response = sign_in("dinsos").post(url(case, "document-add"), {"title": "Lampiran"})
    assert response.status_code == 422
    assert "Pilih berkas yang akan diunggah." in text(response)
    assert error_links(response) == ["#id_file"]
    assert soup(response).find(id="id_title")["value"] == "Lampiran"


def test_replacing_keeps_the_old_one_in_the_history(case, sign_in):
    old = case.information.documents.content().get()
    client = sign_in("dinsos")
    client.post(url(case, "document-replace", old), {"file": make.pdf("baru.pdf"), "title": "Laporan"})
    assert "Riwayat dokumen (1)" in text(client.get(url(case, "case")))
    assert client.get(url(case, "document", old)).status_code == 200
    assert case.information.documents.current().content().get().replaces == old


def test_what_was_replaced_is_not_replaced_again(case, sign_in):
    old = case.information.documents.content().get()
    client = sign_in("dinsos")
    client.post(url(case, "document-replace", old), {"file": make.pdf(), "title": "Laporan"})
    response = client.post(url(case, "document-replace", old), {"file": make.pdf(), "title": "Laporan"}, follow=True)
    assert "sudah diganti atau dikeluarkan" in text(response)


def test_a_document_is_removed_after_a_question(case, sign_in):
    document = case.information.documents.content().get()
    client = sign_in("dinsos")
    assert "Keluarkan dokumen ini?" in text(client.get(url(case, "document-remove", document)))
    client.post(url(case, "document-remove", document))
    assert not case.information.documents.current().content().exists()


def test_a_change_after_step_three_sends_the_case_back_and_says_so_first(case, sign_in):
    case = make.walk(case, to="clarifying")
    client = sign_in("dinsos")
    assert "mengembalikan proses ke langkah 3" in text(client.get(url(case, "document-add")))
    response = client.post(url(case, "document-add"), {"file": make.pdf(), "title": "Susulan"}, follow=True)
    assert "Proses kembali ke langkah 3." in text(response)
    assert make.again(case).state == "preparing"


def test_a_pdf_is_shown_and_can_run_nothing(case, sign_in):
    response = sign_in("dinsos").get(url(case, "document", case.information.documents.content().get()))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="laporan.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_anything_else_is_downloaded_and_sandboxed(case, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    table = SimpleUploadedFile("data.csv", b"nama;jumlah\na;1\n")
    document = make.add_document(case, table, title="Data", actor=make.demo("dinsos"))
    response = sign_in("dinsos").get(url(case, "document", document))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"].startswith("sandbox")


def test_evidence_is_named_as_what_never_becomes_public(sign_in):
    case = make.publication(at="preparing")
    page = text(sign_in("dinsos").get(url(case, "case")))
    assert "Bukti langkah (2) Tidak pernah ikut diumumkan." in page


@pytest.mark.parametrize("fault", ["damaged", "missing"])
def test_a_lost_file_is_never_sent_and_the_page_says_what_to_do(case, sign_in, settings, tmp_path, fault):
    settings.PRIVATE_FILES = tmp_path
    document = make.add_document(case, make.pdf("surat.pdf"), title="Surat", actor=make.demo("dinsos"))
    kept = private_store().path(document.sha256)
    if fault == "damaged":
        kept.write_bytes(b"%PDF-1.7 lain")
    else:
        kept.unlink()
    answer = sign_in("dinsos").get(url(case, "document", document))
    assert answer.status_code == 404
    assert "«surat.pdf» hilang atau rusak di tempat penyimpanan" in text(answer)
    assert document.sha256 in text(answer)


@pytest.mark.parametrize("fault", ["damaged", "missing"])
def test_a_lost_sheet_is_never_sent(sign_in, settings, tmp_path, fault):
    version = SopVersion.objects.get(sop__flow="publication", version=1)
    settings.PRIVATE_FILES = tmp_path
    if fault == "damaged":
        other = sheet_store().path(version.pdf_sha256)
        other.parent.mkdir(parents=True)
        other.write_bytes(b"%PDF-1.7 lain")
    answer = sign_in("utama").get(reverse("desk:sop-version-pdf", args=[version.sop.slug, 1]))
    assert answer.status_code == 404
    assert "hilang atau rusak" in text(answer)


@pytest.mark.parametrize("address", ["document-add", "describe"])
def test_an_empty_form_that_comes_too_late_is_refused_in_words(sign_in, address):
    ended = make.publication(at="published")
    answer = sign_in("dinsos").post(reverse(f"desk:{address}", args=[ended.number]))
    assert answer.status_code == 409
    assert "Proses ini sudah berakhir" in text(answer)
    prepared = make.publication(at="clarifying")
    answer = sign_in("dinsos").post(reverse(f"desk:{address}", args=[prepared.number]))
    assert answer.status_code == (422 if address == "document-add" else 409)


def test_a_private_file_is_handed_to_nginx_only_once_it_may_be_had(case, sign_in, settings):
    settings.X_ACCEL = True
    document = case.information.documents.content().get()
    answer = sign_in("dinsos").get(url(case, "document", document))
    assert answer["X-Accel-Redirect"] == f"/_berkas/meja/{document.sha256[:2]}/{document.sha256}"
    assert answer.content == b""
    assert answer["Content-Disposition"] == 'inline; filename="laporan.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    refused = sign_in("disdukcapil").get(url(case, "document", document))
    assert refused.status_code in (403, 404)
    assert "X-Accel-Redirect" not in refused


def test_a_form_of_four_gigabytes_is_refused_before_it_is_read(case, sign_in, monkeypatch):
    """It says so itself; one that is sent in chunks says nothing, and Django reads nothing of it."""
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *args, **kwargs: pytest.fail("written to the disk"))
    client, address = sign_in("dinsos"), url(case, "document-add")
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    sent = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(4 << 30)}
    refused = client.generic("POST", address, body, **sent)
    assert refused.status_code == 413
    assert "Setiap berkas paling besar 50 MB" in refused.content.decode()
    chunked = client.generic("POST", address, body, "multipart/form-data; boundary=x", CONTENT_LENGTH="")
    assert chunked.status_code == 422


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.pdf",
        "a\r\nSet-Cookie: x=1.pdf",
        "laporan\u202efdp.pdf",
        "\u200f\u2066.pdf",
        "x" * 251 + ".pdf",
        "..pdf",
        "../../etc/passwd.pdf",
        "NUL.pdf",
        "a.exe.pdf",
        "\u0000.pdf",
    ],
)
def test_whatever_a_file_is_called_it_is_kept_under_a_name_that_says_what_it_is(case, sign_in, name):
    client = sign_in("dinsos")
    file = make.pdf("a.pdf", text=repr(name))
    file._name = name  # what the browser sends, before Django looks at it
    answer = client.post(url(case, "document-add"), {"file": file, "title": ""})
    assert answer.status_code in (302, 422)
    for document in case.information.documents.current().content().exclude(title="Laporan"):
        assert document.filename.endswith(".pdf")
        assert not set(document.filename + document.title) & set("\r\n\0\u202e\u200f\u2066/\\")
        sent = client.get(url(case, "document", document))
        assert sent.status_code == 200
        assert "\n" not in sent["Content-Disposition"]
    assert client.get(url(case, "case")).status_code == 200
