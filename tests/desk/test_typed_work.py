"""Typed work is never lost: each answer that is not the expected one gives it back, to its author alone."""

import errno
import re
from datetime import timedelta

import psycopg
import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ppid.desk.typed.keeping import Typed, lay_by, mark_of, opened
from ppid.desk.typed.models import MOST, TypedDraft
from ppid.information.models import Information
from ppid.upkeep.management.commands.daily import TASKS
from ppid.web import uploads
from tests import make
from tests.desk.pages import fields, soup, text

pytestmark = pytest.mark.django_db

PASSWORD = "sandi-yang-panjang"
TYPED = {"title": "Laporan yang panjang", "summary": "Dua paragraf\nyang saya ketik sejam.", "has_softcopy": "on"}


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


def officer(role="ppid_pelaksana"):
    user = make.person(role)
    user.set_password(PASSWORD)
    user.save()
    return user


def browser(user, **options) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def filled(client, url, **typed) -> dict:
    """What the form at ``url`` would send with these fields typed, as its page stands now."""
    return fields(client.get(url), action=None) | typed


def sign_in_again(client, page, email):
    """Send the sign-in page with the right password, and everything that it carries."""
    sent = fields(page, action=reverse("account_login")) | {"login": email, "password": PASSWORD}
    return client.post(reverse("account_login"), sent)


OPEN = "desk:open-publication"


def test_a_form_whose_session_ended_comes_back_after_signing_in():
    author = officer()
    client = browser(author)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    client.session.flush()
    page = client.post(url, sent)
    assert page.status_code == 403
    assert "Yang Anda ketik tidak hilang: masuk lagi" in text(page)
    assert TYPED["title"] not in text(page)  # whoever stands at this screen now reads nothing
    answer = sign_in_again(client, page, author.email)
    assert answer.url == url
    form = client.get(url)
    assert fields(form, action=None) | TYPED == fields(form, action=None)
    assert "belum tersimpan" in text(form)
    assert client.post(url, fields(form, action=None)).status_code == 302
    assert "belum tersimpan" not in text(client.get(url))
    assert fields(client.get(url), action=None)["title"] == ""


def test_a_wrong_password_in_between_loses_nothing():
    author = officer()
    client = browser(author)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    client.session.flush()
    page = client.post(url, sent)
    wrong = fields(page, action=reverse("account_login")) | {"login": author.email, "password": "salah"}
    again = client.post(reverse("account_login"), wrong)
    sign_in_again(client, again, author.email)
    assert fields(client.get(url), action=None)["summary"] == TYPED["summary"]


def test_nobody_else_gets_it():
    author, colleague = officer(), officer()
    client = browser(author)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    client.session.flush()
    answer = sign_in_again(client, client.post(url, sent), colleague.email)
    inbox = client.get(answer.url)
    assert "diketik orang lain" in text(inbox)
    assert TYPED["title"] not in client.get(url).content.decode()


def test_a_form_without_its_authors_mark_is_not_kept():
    """No other site can plant a text in somebody's form: the mark stands on the author's own pages alone."""
    url = reverse(OPEN)
    assert Client().post(url, TYPED).headers["Location"].startswith(reverse("account_login"))
    assert Client().post(url, TYPED | {"penulis": "1:forged"}).status_code == 302


def test_text_can_be_thrown_away():
    author = officer()
    client = browser(author)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    client.session.flush()
    sign_in_again(client, client.post(url, sent), author.email)
    assert fields(client.get(f"{url}?isian=buang"), action=None)["title"] == ""
    assert fields(client.get(url), action=None)["title"] == ""


def give_back(client, page):
    return client.post(reverse("desk:give-back"), fields(page, action=reverse("desk:give-back")))


def test_signed_in_again_in_another_tab():
    author = officer()
    client = browser(author, enforce_csrf_checks=True)
    url = reverse(OPEN)
    old = filled(client, url, **TYPED)
    client.force_login(author)
    client.cookies.pop("csrftoken", None)  # signing in gives a new one
    page = client.post(url, old)
    assert page.status_code == 403
    assert "kedaluwarsa" in text(page)
    assert TYPED["title"] in text(page)
    assert give_back(client, page).url == url
    form = client.get(url)
    assert fields(form, action=None) | TYPED == fields(form, action=None)


def test_signed_in_as_somebody_else_in_another_tab():
    author, colleague = officer(), officer()
    client = browser(author, enforce_csrf_checks=True)
    old = filled(client, reverse(OPEN), **TYPED)
    client.force_login(colleague)
    client.cookies.pop("csrftoken", None)
    page = client.post(reverse(OPEN), old)
    assert page.status_code == 403
    assert TYPED["title"] not in page.content.decode()
    assert "diketik oleh orang lain" in text(page)


def test_a_fault_of_ours_gives_it_back(monkeypatch):
    client = browser(officer(), raise_request_exception=False)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    monkeypatch.setattr("ppid.desk.work.opening.open_new", lambda *_, **__: 1 / 0)
    page = client.post(url, sent)
    assert page.status_code == 500
    assert TYPED["summary"].splitlines()[1] in text(page)
    assert soup(page).select_one(".reference").text == page.headers["X-Reference"]
    assert give_back(client, page).url == url
    assert fields(client.get(url), action=None)["title"] == TYPED["title"]


def test_a_database_that_is_away_gives_it_back(monkeypatch):
    def away(*_):
        raise OperationalError("connection refused") from psycopg.OperationalError("connection refused")

    client = browser(officer(), raise_request_exception=False)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    with monkeypatch.context() as broken:
        broken.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
        page = client.post(url, sent)
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert "Basis data sedang tidak dapat dihubungi" in text(page)
    assert "mungkin belum tersimpan" in text(page)
    assert TYPED["title"] in text(page)
    assert give_back(client, page).url == url
    assert fields(client.get(url), action=None)["title"] == TYPED["title"]


def test_a_fault_while_giving_back_loses_nothing_either(monkeypatch):
    client = browser(officer(), raise_request_exception=False)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    with monkeypatch.context() as broken:
        broken.setattr("ppid.desk.work.opening.open_new", lambda *_, **__: 1 / 0)
        broken.setattr("ppid.desk.typed.views.take_up", lambda *_: 1 / 0)
        page = give_back(client, client.post(url, sent))
    assert page.status_code == 500
    assert give_back(client, page).url == url
    assert fields(client.get(url), action=None)["title"] == TYPED["title"]


def no_room(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_while_uploading_says_so_and_keeps_the_text(monkeypatch):
    client = browser(officer())
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    monkeypatch.setattr(uploads.TemporaryFileUploadHandler, "receive_data_chunk", no_room)
    large = make.pdf("besar.pdf", "x" * 3_000_000)
    page = client.post(url, {**sent, "documents": large})
    assert page.status_code == 507
    assert "Penyimpanan server penuh" in text(page)
    assert TYPED["title"] in text(page)
    assert give_back(client, page).url == url
    assert fields(client.get(url), action=None)["summary"] == TYPED["summary"]


def test_a_full_disk_while_storing_names_the_files_to_choose_again(monkeypatch):
    client = browser(officer(), raise_request_exception=False)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    monkeypatch.setattr("ppid.desk.work.opening.open_new", no_room)
    page = client.post(url, {**sent, "documents": make.pdf("Surat.pdf")})
    assert page.status_code == 507
    assert "Pilih lagi: Surat.pdf" in text(page)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO])
@pytest.mark.parametrize("place", ["while uploading", "while storing"])
def test_a_disk_that_takes_nothing_says_so_and_keeps_the_text(place, number, monkeypatch):
    def takes_nothing(*_, **__):
        raise OSError(number, "takes nothing")

    client = browser(officer(), raise_request_exception=False)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    if place == "while uploading":
        monkeypatch.setattr(uploads.TemporaryFileUploadHandler, "receive_data_chunk", takes_nothing)
    else:
        monkeypatch.setattr("ppid.desk.work.opening.open_new", takes_nothing)
    page = client.post(url, {**sent, "documents": make.pdf("besar.pdf", "x" * 3_000_000)})
    assert page.status_code == 503
    assert "Server tidak dapat menulis ke penyimpanannya" in text(page)
    assert TYPED["title"] in text(page)
    assert not Information.objects.filter(title=TYPED["title"]).exists()


def test_a_session_that_can_not_be_written_after_the_act_promises_nothing(monkeypatch):
    def interrupted(*_, **__):
        raise SessionInterrupted("The session was deleted.")

    client = browser(officer(), raise_request_exception=False)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    monkeypatch.setattr("ppid.desk.work.opening.open_new", interrupted)
    page = client.post(url, sent)
    assert page.status_code == 503
    assert "mungkin belum tersimpan" in text(page)
    assert TYPED["title"] in text(page)


def test_too_many_fields_are_given_back(settings):
    client = browser(officer())
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED)
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    body = "&".join(f"{name}={value}" for name, value in sent.items()).replace("\n", "%0A")
    page = client.post(url, body, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 413
    assert TYPED["title"] in text(page)


def test_whose_appointment_ended_meanwhile_keeps_the_text_to_copy():
    author = make.person()
    page = browser(author).post(reverse(OPEN), {**TYPED, "penulis": mark_of(author)})
    assert page.status_code == 403
    assert TYPED["title"] in soup(page).select_one("textarea[readonly]").text
    assert not soup(page).find("form", action=reverse("desk:give-back"))  # the form would be refused again


def test_passwords_are_never_kept():
    author = officer()
    client = browser(author, enforce_csrf_checks=True)
    page = client.get(reverse("account_change_password"))
    sent = fields(page, action=None) | {"oldpassword": PASSWORD, "password1": "pontianak-di-khatulistiwa"}
    client.cookies.pop("csrftoken")
    answer = client.post(reverse("account_change_password"), sent)
    assert answer.status_code == 403
    assert "khatulistiwa" not in answer.content.decode()


def test_a_document_is_added_in_the_midst_of_a_step_and_the_note_is_there_again(sign_in):
    case = make.publication(title="Laporan")
    dinsos = sign_in("bidang")
    page = dinsos.get(reverse("desk:case", args=[case.number]))
    step = reverse("desk:step", args=[case.number, "update_content"])
    add = next(button for button in soup(page).select("button[formaction]") if "Tambah dokumen" in button.text)
    sent = fields(page, action=step) | {"note": "Tabel kelurahan menyusul."}
    away = dinsos.post(add["formaction"], sent)
    assert away.url == reverse("desk:document-add", args=[case.number])
    dinsos.post(away.url, {"file": make.pdf(), "title": "Laporan"})
    page = dinsos.get(reverse("desk:case", args=[case.number]))
    assert fields(page, action=step)["note"] == "Tabel kelurahan menyusul."


def test_a_field_that_is_called_a_password_is_not_kept_wherever_it_is(sign_in):
    dinsos = sign_in("dinsos")
    sent = {"note": "x", "password1": "rahasia", "penulis": mark_of(make.demo("dinsos"))}
    dinsos.post(f"{reverse('desk:set-aside')}?untuk=/meja/x/&lalu=/meja/", sent)
    [draft] = TypedDraft.objects.all()
    assert (draft.path, draft.fields, draft.files) == ("/meja/x/", [["note", "x"]], [])


@pytest.mark.parametrize("onward", ["https://example.com/", "//example.com", "/informasi/", ""])
def test_the_way_aside_leads_nowhere_but_to_the_desk(onward, sign_in):
    url = f"{reverse('desk:set-aside')}?untuk=/meja/&lalu={onward}"
    assert sign_in("dinsos").post(url, {"note": "x"}).status_code == 400


def test_a_person_keeps_the_newest_of_so_many_forms():
    dinsos = make.demo("dinsos")
    for number in range(MOST + 2):
        lay_by(Typed(dinsos.pk, f"/meja/{number}/", [("note", "x")]))
    assert TypedDraft.objects.filter(person=dinsos).count() == MOST
    assert not TypedDraft.objects.filter(path__in=["/meja/0/", "/meja/1/"]).exists()


def draft_of(client, url) -> dict:
    return fields(client.get(url), action=None)


def test_a_draft_outlives_the_sign_out_and_is_there_on_another_device(sign_in):
    case = make.publication(at="preparing")
    url = reverse("desk:describe", args=[case.number])
    desktop = sign_in("dinsos")
    save = next(each for each in soup(desktop.get(url)).select("button[formaction]") if "Simpan draf" in each.text)
    sent = draft_of(desktop, url) | {"summary": "Ringkasan setengah jadi."}
    assert desktop.post(save["formaction"], sent).url == url
    desktop.logout()
    phone = sign_in("dinsos")
    assert draft_of(phone, url)["summary"] == "Ringkasan setengah jadi."
    assert "Tersimpan" in phone.get(url).content.decode()
    phone.post(url, draft_of(phone, url))
    assert make.again(case).information.summary == "Ringkasan setengah jadi."
    assert not TypedDraft.objects.exists()


def test_saving_as_it_is_typed_answers_with_the_time_alone(sign_in):
    url = f"{reverse('desk:set-aside')}?untuk=/meja/x/&lalu=/meja/"
    sent = {"note": "x\0y", "penulis": mark_of(make.demo("dinsos"))}
    answer = sign_in("dinsos").post(url, sent, headers={"X-Requested-With": "fetch"})
    assert re.fullmatch(r"Tersimpan \d\d\.\d\d", answer.content.decode())
    assert TypedDraft.objects.get().fields == [["note", "xy"]]


def test_two_people_at_one_form_have_each_their_own_and_are_told(sign_in):
    case = make.publication(at="preparing")
    url = reverse("desk:describe", args=[case.number])
    plt = make.person("ppid_pelaksana", name="Rina Wati")
    lay_by(Typed(plt.pk, url, [("summary", "Punya Rina, rahasia.")]))
    shown = sign_in("dinsos").get(url).content.decode()
    assert "Rina Wati juga sedang mengisi" in shown
    assert "Punya Rina" not in shown


def test_a_draft_of_a_case_that_moved_meanwhile_is_given_back_and_not_applied_blindly(sign_in):
    case = make.publication(at="coordinating")
    step, bidang = reverse("desk:step", args=[case.number, "coordinate"]), sign_in("bidang")
    seen = fields(bidang.get(reverse("desk:case", args=[case.number])), action=step)
    lay_by(Typed(make.demo("bidang").pk, step, [*({**seen, "note": "Lama."}.items())]))
    moved = make.step(case, "coordinate", actor="bidang")
    make.take_step(moved, "send_back", actor=make.demo("dinsos"), note="Perbaiki.", to=2)
    again = fields(bidang.get(reverse("desk:case", args=[case.number])), action=step)
    assert again["note"] == "Lama."
    answer = bidang.post(step, again)
    assert answer.status_code == 409
    assert "Lama." in answer.content.decode()
    assert make.again(case).state == "coordinating"


def test_nobody_lays_by_for_somebody_else_and_is_told(sign_in):
    sent, dinsos = {"note": "x", "penulis": mark_of(make.demo("utama"))}, sign_in("dinsos")
    url = f"{reverse('desk:set-aside')}?untuk=/meja/x/&lalu=/meja/"
    assert "Isian itu tidak disimpan" in text(dinsos.post(url, sent, follow=True))
    quietly = dinsos.post(url, sent, headers={"X-Requested-With": "fetch"})
    assert "Isian itu tidak disimpan" in quietly.content.decode()
    assert not TypedDraft.objects.exists()


def test_a_draft_saved_after_the_session_ended_comes_back_in_its_form():
    author, url = officer(), reverse(OPEN)
    client = browser(author)
    sent = filled(client, url, **TYPED)
    client.session.flush()
    page = client.post(f"{reverse('desk:set-aside')}?untuk={url}&lalu=/meja/", sent)
    assert page.status_code == 403
    assert sign_in_again(client, page, author.email).url == url
    form = client.get(url)
    assert fields(form, action=None) | TYPED == fields(form, action=None)


def test_an_address_that_is_none_of_the_desk_is_not_where_a_draft_comes_back_to():
    author = officer()
    client = browser(author)
    sent = filled(client, reverse(OPEN), **TYPED)
    client.session.flush()
    page = client.post(f"{reverse('desk:set-aside')}?untuk=https://example.com/&lalu=/meja/", sent)
    assert sign_in_again(client, page, author.email).url == "/meja/"


def test_a_send_that_was_refused_leaves_the_draft_and_one_that_was_taken_lets_it_go(sign_in):
    case = make.publication(at="preparing")
    url, dinsos = reverse("desk:describe", args=[case.number]), sign_in("dinsos")
    sent = draft_of(dinsos, url) | {"summary": "Ringkasan setengah jadi."}
    lay_by(Typed(make.demo("dinsos").pk, url, list(sent.items())))
    assert dinsos.post(url, sent | {"title": ""}).status_code == 422
    assert TypedDraft.objects.filter(path=url).exists()
    assert dinsos.post(url, sent).status_code == 302
    assert not TypedDraft.objects.exists()


def test_drafts_of_long_ago_go_whoever_typed_them():
    now = timezone.now()
    for who, days in (("dinsos", 31), ("utama", 29)):
        lay_by(Typed(make.demo(who).pk, "/meja/x/", [("note", "x")]), at=now - timedelta(days=days))
    call_command("forget_drafts", verbosity=0)
    assert [draft.person for draft in TypedDraft.objects.all()] == [make.demo("utama")]
    assert "forget_drafts" in TASKS


def test_an_address_without_end_is_none_of_the_desk(sign_in):
    url = f"{reverse('desk:set-aside')}?untuk=/meja/{'x' * 400}/&lalu=/meja/"
    assert sign_in("dinsos").post(url, {"note": "x"}).status_code == 400


def test_a_draft_of_long_ago_is_forgotten():
    dinsos, now = make.demo("dinsos"), timezone.now()
    lay_by(Typed(dinsos.pk, "/meja/lama/", [("note", "x")]), at=now - timedelta(days=31))
    lay_by(Typed(dinsos.pk, "/meja/baru/", [("note", "x")]), at=now)
    assert [draft.path for draft in TypedDraft.objects.all()] == ["/meja/baru/"]


def test_what_is_sealed_comes_back_whole_and_only_so():
    typed = Typed(7, "/meja/", [("a", "ä\n€"), ("a", ""), ("b", "x" * 100_000)], ["Surat.pdf"])
    assert opened(typed.sealed()) == typed
    assert opened(typed.sealed()[:-1] + "x") is None
    assert opened("") is None


@pytest.mark.parametrize("who", ["dinsos", None])
def test_a_404_of_the_desk_is_a_page_of_the_desk(who, sign_in):
    client = sign_in(who) if who else Client()
    page = client.get("/meja/tidak-ada/")
    assert page.status_code == 404
    assert "Halaman tidak ditemukan" in text(page)
    assert bool(soup(page).find("nav", attrs={"aria-label": "Meja"})) == bool(who)


def test_a_403_of_the_desk_has_its_menu(sign_in):
    page = sign_in("dinsos").get(reverse("desk:person-add"))
    assert page.status_code == 403
    assert soup(page).find("nav", attrs={"aria-label": "Meja"})


def test_the_portals_404_reads_no_session():
    page = Client().get("/tidak-ada/")
    assert page.status_code == 404
    assert "Cookie" not in page.headers.get("Vary", "")


def test_the_skip_link_leads_past_the_menu(sign_in):
    page = soup(sign_in("dinsos").get(reverse("desk:inbox")))
    target = page.find(id=page.select_one("a.skip")["href"].removeprefix("#"))
    assert not target.find("nav", attrs={"aria-label": "Meja"})
    assert target.find("h1")


def test_no_page_of_the_desk_stays_in_a_cache(sign_in):
    for url in (reverse("desk:inbox"), reverse("account_login"), "/meja/tidak-ada/", reverse("desk:dip")):
        assert "no-store" in sign_in("dinsos").get(url).headers["Cache-Control"]
    assert "no-store" not in Client().get("/").headers.get("Cache-Control", "")


def test_every_form_of_the_desk_carries_the_mark_of_its_author(sign_in):
    case = make.publication(at="preparing")
    pages = [
        ("dinsos", reverse("desk:case", args=[case.number])),
        ("dinsos", reverse("desk:work", args=[case.number])),
        ("dinsos", reverse("desk:describe", args=[case.number])),
        ("dinsos", reverse("desk:document-add", args=[case.number])),
        ("bidang", reverse("desk:holiday-add")),
        ("utama", reverse("desk:person-add")),
        ("pengelola", reverse("desk:sop-new")),
        ("pengelola", reverse("desk:sop-import")),
    ]
    for who, url in pages:
        for form in soup(sign_in(who).get(url)).select("main form[method=post]"):
            assert form.find("input", attrs={"name": "penulis"}), url


def test_documents_and_papers_open_beside_what_is_typed(sign_in):
    case = make.publication(at="preparing")
    make.add_document(case, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
    page = soup(sign_in("dinsos").get(reverse("desk:work", args=[case.number])))
    links = [link for link in page.select("main a[href]") if "/dokumen/" in link["href"]]
    assert links
    for link in links:
        assert (link["target"], link["rel"]) == ("_blank", ["noopener"])
        assert "terbuka di tab baru" in link.text


@pytest.mark.parametrize("name", ["password", "new_password1", "kata_sandi", "sandi_lama"])
def test_no_password_is_kept_whatever_its_field_is_called(name):
    author = officer()
    client = browser(author)
    url = reverse(OPEN)
    sent = filled(client, url, **TYPED) | {name: "rahasia-sekali"}
    client.session.flush()
    sign_in_again(client, client.post(url, sent), author.email)
    laid_by = str(list(TypedDraft.objects.values()))
    assert TYPED["title"] in laid_by
    assert "rahasia-sekali" not in laid_by
