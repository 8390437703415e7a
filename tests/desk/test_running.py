"""The running cases as a list that is narrowed by its address, and one act on several of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ppid.flows.actions import open_publication
from ppid.flows.claiming import claim
from ppid.flows.claims import Claim
from ppid.flows.in_bulk import why_one_by_one
from ppid.flows.questions import ask
from ppid.flows.remarks import Remark
from ppid.organisation.models import Role
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db
LIST, TOGETHER = "/meja/berjalan/", "/meja/berjalan/sekaligus/"


def numbers(client, **narrowed) -> set[str]:
    page = soup(client.get(LIST, narrowed))
    return {box["value"] for box in page.select("input[name=pilih]")}


def old(days: int, **fields):
    at = timezone.now() - timedelta(days=days)
    return open_publication(make.information(**fields), actor=make.demo("bidang"), at=at)


class TestTheList:
    def test_it_is_narrowed_by_state_unit_due_and_person(self, sign_in):
        new, late = make.publication(at="clarifying"), old(40, unit="disdukcapil")
        secret = make.exclusion()
        client = sign_in("utama")
        assert numbers(client) == {new.number, late.number, secret.number}
        assert numbers(client, alur="pengumuman") == {new.number, late.number}
        assert numbers(client, alur="pengecualian") == {secret.number}
        assert numbers(client, unit="disdukcapil") == {late.number, secret.number}
        assert late.number not in numbers(client, tenggat="tanpa") or late.due_at is None
        assert numbers(client, menunggu="saya") == {new.number}
        assert numbers(client, menunggu=str(make.demo("bidang").pk)) == {late.number, secret.number}
        claim(new, actor=make.demo("utama"))
        assert numbers(client, dikerjakan="saya") == {new.number}
        assert numbers(client, dikerjakan="belum") == {late.number, secret.number}
        assert numbers(client, dikerjakan=str(make.demo("bidang").pk)) == set()
        ask(late, "Berapa?", role=Role.objects.get(code="ppid_utama"), actor=make.demo("bidang"))
        assert numbers(client, keadaan="bertanya") == {late.number}

    def test_what_is_due_is_what_the_sheet_says(self, sign_in):
        case = make.publication(at="clarifying")
        client = sign_in("utama")
        assert numbers(client, tenggat="minggu-ini") == ({case.number} if case.due_at else set())
        assert numbers(client, tenggat="lewat") == set()

    def test_a_person_s_filter_shows_no_case_that_one_may_not_see(self, sign_in):
        make.exclusion()
        client = sign_in("disdukcapil")
        assert numbers(client, menunggu=str(make.demo("bidang").pk)) == set()

    def test_the_address_keeps_it_and_so_does_the_csv(self, sign_in):
        case, other = make.publication(unit="disdukcapil"), make.publication()
        page = soup(sign_in("utama").get(LIST, {"unit": "disdukcapil", "dikerjakan": "belum"}))
        csv = next(link["href"] for link in page.select("a") if "csv" in link["href"])
        assert "unit=disdukcapil" in csv
        assert "dikerjakan=belum" in csv
        body = b"".join(sign_in("utama").get(csv).streaming_content).decode()
        assert case.number in body
        assert other.number not in body
        assert "Bidang Pengelolaan dan Layanan Informasi Publik" in body

    def test_the_registers_and_their_csv_say_who_is_at_a_case(self, sign_in):
        claim(make.publication(), actor=make.demo("bidang"))
        client = sign_in("utama")
        assert f"Sedang dikerjakan {make.demo('bidang').name}" in text(client.get("/meja/register/pengumuman/"))
        body = b"".join(client.get("/meja/register/pengumuman/csv/").streaming_content).decode()
        assert make.demo("bidang").name in body

    def test_what_does_not_fit_is_left_out_with_a_sentence(self, sign_in):
        make.publication()
        page = sign_in("utama").get(LIST, {"menunggu": "999999", "tenggat": "kemarin", "dikerjakan": "x"})
        assert page.status_code == 200
        assert "saringan ini diabaikan" in text(page)

    def test_the_registers_are_narrowed_the_same(self, sign_in):
        case, client = make.publication(at="clarifying"), sign_in("utama")
        make.publication()
        assert case.number in text(client.get("/meja/register/pengumuman/", {"menunggu": "saya"}))
        assert "1 proses." in text(client.get("/meja/register/pengumuman/", {"menunggu": "saya"}))

    def test_the_old_address_goes_on(self, sign_in):
        answer = sign_in("utama").get("/meja/?tampil=unit")
        assert (answer.status_code, answer["Location"]) == (301, LIST)


def lines(page, section: str) -> str:
    found = soup(page).find("section", attrs={"aria-labelledby": section})
    return " ".join(found.get_text(" ").split()) if found else ""


def sent(page) -> dict:
    form = soup(page).select_one("main form[method=post]")
    fields: dict = {}
    for each in form.select("input[name], textarea[name]"):
        fields.setdefault(each["name"], []).append(each.get("value", ""))
    return fields


class TestSeveralAtOnce:
    def look(self, client, act: str, *cases):
        return client.get(TOGETHER, {"laku": act, "pilih": [case.number for case in cases]})

    def test_rows_that_hand_on_are_handed_on_each_with_its_ledger_row(self, sign_in):
        one, two, client = make.publication(), make.publication(), sign_in("bidang")
        page = self.look(client, "teruskan", one, two)
        assert make.again(one).moves == 0, "a look does nothing"
        answer = client.post(TOGETHER, sent(page) | {"note": "Lengkap."})
        assert "2 proses selesai" in text(answer)
        for case in (one, two):
            assert make.again(case).state == "coordinating"
            assert case.records.get().note == "Lengkap."

    def test_what_decides_prepares_or_publishes_goes_one_by_one(self, sign_in):
        deciding, preparing = make.publication(at="clarifying"), make.publication(at="preparing")
        publishing, closed = make.publication(at="publishing"), make.exclusion()
        assert "sesudah membaca proses itu sendiri" in why_one_by_one(deciding)
        assert "dibaca dan diisi" in why_one_by_one(preparing)
        assert "diumumkan satu per satu" in why_one_by_one(publishing)
        assert "isi yang tertutup" in why_one_by_one(closed)
        client = sign_in("utama")
        page = self.look(client, "teruskan", deciding, closed)
        assert not soup(page).select_one("main form[method=post]")
        forced = {"laku": "teruskan", "pilih": [f"{deciding.number}:{deciding.moves}"]}
        answer = client.post(TOGETHER, forced)
        assert "0 proses selesai" in text(answer)
        assert make.again(deciding).state == "clarifying"

    def test_a_row_that_wants_a_file_says_so(self):
        assert "Langkah ini meminta bukti" in why_one_by_one(make.publication(at="coordinating"))

    def test_sent_twice_it_is_done_once(self, sign_in):
        case, client = make.publication(), sign_in("bidang")
        fields = sent(self.look(client, "teruskan", case))
        client.post(TOGETHER, fields)
        again = client.post(TOGETHER, fields | {"note": "Catatan saya."})
        assert "sudah bergerak" in lines(again, "ditolak")
        assert make.again(case).moves == 1
        assert soup(again).find("textarea", attrs={"name": "note"}).text.strip() == "Catatan saya."

    def test_one_that_is_refused_keeps_none_of_the_others_back(self, sign_in):
        one, moved, hidden = make.publication(), make.publication(), make.exclusion()
        client = sign_in("bidang")
        fields = sent(self.look(client, "teruskan", one, moved))
        make.step(moved, "update_content", actor="bidang")
        fields["pilih"].append(f"{hidden.number}:0")
        answer = client.post(TOGETHER, fields)
        assert "1 proses selesai" in text(answer)
        assert one.number in lines(answer, "selesai")
        assert moved.number in lines(answer, "ditolak")
        assert make.again(moved).moves == 1

    def test_what_one_may_not_see_is_not_found(self, sign_in):
        secret = make.exclusion(title="Burungkenari")
        page = self.look(sign_in("operator"), "ingatkan", secret)
        assert "Proses ini tidak ditemukan." in text(page)
        assert "Burungkenari" not in page.content.decode()

    def test_several_are_reminded_of_once_a_day(self, sign_in):
        one, two, client = make.publication(at="preparing"), make.publication(at="preparing"), sign_in("utama")
        fields = sent(self.look(client, "ingatkan", one, two)) | {"note": "Tenggatnya besok."}
        assert "2 proses selesai" in text(client.post(TOGETHER, fields))
        assert set(Remark.objects.values_list("kind", "text")) == {("reminder", "Tenggatnya besok.")}
        again = client.post(TOGETHER, fields)
        assert "Sudah diingatkan hari ini" in lines(again, "ditolak")
        assert Remark.objects.count() == 2

    def test_several_are_taken_up_and_what_a_colleague_is_at_is_not(self, sign_in):
        one, two, client = make.publication(), make.publication(), sign_in("bidang")
        claim(two, actor=make.person("bidang_layanan", name="Rina, S.E."))
        page = self.look(client, "kerjakan", one, two)
        assert "Rina, S.E. sedang mengerjakannya" in lines(page, "ditolak")
        client.post(TOGETHER, sent(page))
        assert list(Claim.objects.filter(actor=make.demo("bidang")).values_list("case", flat=True)) == [one.pk]

    def test_too_many_and_none_are_told(self, sign_in):
        client = sign_in("bidang")
        many = client.get(TOGETHER, {"laku": "teruskan", "pilih": [f"P-2026-{n:04}" for n in range(51)]})
        assert "Paling banyak 50 proses" in text(many)
        assert "Belum ada proses yang dipilih" in text(client.get(TOGETHER, {"laku": "teruskan"}))
        assert client.get(TOGETHER, {"laku": "setujui"}).status_code == 404
        waits = make.publication(at="preparing")
        long = client.post(TOGETHER, {"laku": "ingatkan", "pilih": f"{waits.number}:3", "note": "a" * 10_000})
        assert long.status_code == 422
        assert "Paling banyak 4.000 huruf" in text(long)
        assert "a" * 10_000 in long.content.decode()
