"""Questions, notes and claims as people meet them: on the case's page, in the inbox, in lists."""

import pytest

from ppid.flows.claiming import claim
from ppid.flows.claims import Claim
from ppid.flows.questions import answer, ask
from ppid.flows.remarks import Remark
from ppid.organisation.models import Role
from tests import make
from tests.desk.pages import fields, soup, text

pytestmark = pytest.mark.django_db


def asked(case, *, of: str = "ppid_pelaksana", by: str = "utama", words: str = "Berapa jumlahnya?", **more) -> Remark:
    return ask(case, words, role=Role.objects.get(code=of), actor=make.demo(by), **more)


def test_a_question_goes_from_the_case_to_the_inbox_and_its_answer_back(sign_in):
    case = make.publication()
    asker, asked_one = sign_in("utama"), sign_in("dinsos")
    url = f"/meja/perkara/{case.number}/tanya/"
    role = Role.objects.get(code="ppid_pelaksana")
    sent = asker.post(url, {"to": f"r{role.pk}", "text": "Berapa jumlahnya?"}, follow=True)
    assert "Pertanyaan terkirim kepada PPID Pelaksana Dinas Sosial." in text(sent)
    question = Remark.objects.get()

    inbox = asked_one.get("/meja/")
    assert "Berapa jumlahnya?" in text(inbox)
    assert f"Pertanyaan untuk PPID Pelaksana Dinas Sosial, {case.number}" in text(inbox)
    link = f"/meja/perkara/{case.number}/tanya/{question.pk}/"
    assert soup(inbox).find("a", href=link)
    page = asked_one.get(link)
    assert "Berapa jumlahnya?" in text(page)
    done = asked_one.post(link, {"text": "Seratus dua."}, follow=True)
    assert "Jawaban terkirim kepada drs. H. Uray Ahmad, M.Si." in text(done)

    assert "Seratus dua." in text(asker.get(f"/meja/perkara/{case.number}/"))
    assert "Berapa jumlahnya?" not in text(asked_one.get("/meja/"))


def test_the_number_on_every_page_counts_the_question(sign_in):
    client = sign_in("disdukcapil")
    before = waiting_number(client)
    asked(make.publication(unit="disdukcapil"))
    assert waiting_number(client) == before + 1


def waiting_number(client) -> int:
    return int(soup(client.get("/meja/")).select_one(".side .side__n").text)


def test_who_decides_sees_that_a_question_is_open(sign_in):
    case = make.publication(at="clarifying")
    asked(case, by="bidang")
    page = text(sign_in("utama").get(f"/meja/perkara/{case.number}/"))
    assert "1 pertanyaan belum dijawab" in page
    assert "Langkah ini tidak menunggunya" in page


def test_what_was_typed_stays_when_it_is_refused(sign_in):
    case, client = make.publication(), sign_in("utama")
    url = f"/meja/perkara/{case.number}/tanya/"
    long = "kata " * 2500
    page = client.post(url, {"to": f"r{Role.objects.get(code='ppid_pelaksana').pk}", "text": long})
    assert page.status_code == 422
    assert "Paling banyak 4.000 huruf" in text(page)
    assert fields_of(page)["text"].strip() == long.strip()
    page = client.post(url, {"to": "", "text": "Berapa?"})
    assert "Pilih kepada siapa" in text(page)
    assert fields_of(page)["text"] == "Berapa?"
    assert not Remark.objects.exists()


def fields_of(page) -> dict:
    form = soup(page).select_one("main form[method=post]")
    return {each["name"]: each.text.lstrip("\n") for each in form.find_all("textarea")}


def test_only_those_who_may_know_are_offered_and_taken(sign_in):
    case, client = make.exclusion(), sign_in("utama")
    url = f"/meja/perkara/{case.number}/tanya/"
    options = {each.text for each in soup(client.get(url)).select("option")}
    assert not [each for each in options if "Operator" in each]
    assert [each for each in options if "PPID Pendukung (OPD)" in each]
    operator = Role.objects.get(code="operator")
    page = client.post(url, {"to": f"r{operator.pk}", "text": "Berapa?"})
    assert page.status_code == 422
    assert "tidak boleh mengetahui proses ini" in text(page)


def test_an_answer_given_meanwhile_is_told_and_the_words_stay(sign_in):
    case = make.publication()
    question, colleague = asked(case), make.person("ppid_pelaksana", kind="plh")
    url = f"/meja/perkara/{case.number}/tanya/{question.pk}/"
    answer(question, "Satu.", actor=make.demo("dinsos"))
    page = sign_in(colleague).post(url, {"text": "Dua."})
    assert page.status_code == 409
    assert "sudah selesai" in text(page)
    assert fields_of(page)["text"] == "Dua."


def test_a_question_is_taken_back_and_stays_readable(sign_in):
    case = make.publication()
    question = asked(case)
    client = sign_in("utama")
    page = client.post(f"/meja/perkara/{case.number}/tanya/{question.pk}/tarik/", {"text": "Sudah tahu."}, follow=True)
    assert "Ditarik kembali: Sudah tahu." in text(page)
    assert "Berapa jumlahnya?" in text(page)
    assert sign_in("bidang").get(f"/meja/perkara/{case.number}/tanya/{question.pk}/tarik/").status_code == 403


def test_many_threads_have_a_page_of_their_own(sign_in):
    case = make.publication()
    for n in range(23):
        asked(case, words=f"Tanya nomor {n}?")
    client = sign_in("utama")
    page = soup(client.get(f"/meja/perkara/{case.number}/"))
    assert len(page.select(".talk__thread")) == 20
    all_of_it = client.get(page.find("a", string="Lihat 3 lagi")["href"])
    assert len(soup(all_of_it).select(".talk__thread")) == 23


class TestClaims:
    def test_who_is_at_a_row_is_seen_in_inbox_lists_and_case(self, sign_in):
        case, colleague = make.publication(), make.person("bidang_layanan", name="Rina, S.E.")
        mine = sign_in(colleague)
        page = mine.get(f"/meja/perkara/{case.number}/")
        sent = fields(page, f"/meja/perkara/{case.number}/kerjakan/")
        told = mine.post(f"/meja/perkara/{case.number}/kerjakan/", sent, follow=True)
        assert "sedang Anda kerjakan" in text(told)

        other = sign_in("bidang")
        assert "Sedang dikerjakan Rina, S.E. sejak" in text(other.get("/meja/"))
        assert "Sedang dikerjakan Rina, S.E. sejak" in text(other.get("/meja/berjalan/"))
        page = other.get(f"/meja/perkara/{case.number}/")
        assert "Sedang dikerjakan Rina, S.E. sejak" in text(page)
        assert "Anda tetap dapat mengerjakannya" in text(page)
        assert soup(page).find("form", id="kerja-form"), "it warns, it doesn't block"

    def test_it_is_taken_over_with_a_click_and_the_other_is_told(self, sign_in):
        case, colleague = make.publication(), make.person("bidang_layanan", name="Rina, S.E.")
        claim(case, actor=colleague)
        other, url = sign_in("bidang"), f"/meja/perkara/{case.number}/kerjakan/"
        other.post(url, fields(other.get(f"/meja/perkara/{case.number}/"), url))
        page = text(sign_in(colleague).get(f"/meja/perkara/{case.number}/"))
        assert f"{make.demo('bidang').name} mengambil alih langkah ini dari Anda" in page

    def test_a_click_on_an_old_page_takes_nothing_over_unseen(self, sign_in):
        case, colleague = make.publication(), make.person("bidang_layanan", name="Rina, S.E.")
        client, url = sign_in("bidang"), f"/meja/perkara/{case.number}/kerjakan/"
        old = fields(client.get(f"/meja/perkara/{case.number}/"), url)
        claim(case, actor=colleague)
        page = client.post(url, old, follow=True)
        assert "Rina, S.E. sedang mengerjakannya" in text(page)
        assert Claim.objects.count() == 1

    def test_it_is_let_go(self, sign_in):
        case, client = make.publication(), sign_in("bidang")
        claim(case, actor=make.demo("bidang"))
        url = f"/meja/perkara/{case.number}/lepaskan/"
        page = client.post(url, fields(client.get(f"/meja/perkara/{case.number}/"), url), follow=True)
        assert "Dilepaskan" in text(page)
        page = client.post(url, {}, follow=True)
        assert "tidak sedang tercatat" in text(page)

    def test_a_look_at_the_address_leads_to_the_case_and_does_nothing(self, sign_in):
        case = make.publication()
        answer = sign_in("bidang").get(f"/meja/perkara/{case.number}/kerjakan/")
        assert answer.url == f"{case.get_absolute_url()}#kerja"
        assert not case.claims.exists()


def test_an_appointment_that_ends_takes_the_question_along(sign_in):
    """The question waits for whoever holds the office, so its inbox row goes with it."""
    case, leaving = make.publication(unit="dinkes"), make.person("ppid_pelaksana", unit="dinkes")
    asked(case, person=leaving)
    assert "Berapa jumlahnya?" in text(sign_in(leaving).get("/meja/"))
    make.change(leaving, is_active=False)
    successor = make.person()
    make.appoint(successor, "ppid_pelaksana", unit="dinkes", kind="plt")
    assert "Berapa jumlahnya?" in text(sign_in(successor).get("/meja/"))
