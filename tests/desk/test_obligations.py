"""What must be public, at the desk: an empty cell is answered, decided on, and the list changed, each by its people."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.flows import fulfilling
from ppid.flows.models import Case
from ppid.obligations import gaps, statements
from ppid.obligations.models import DutyText, Fulfilment, Statement
from tests import make
from tests.desk.pages import fields, soup, text
from tests.obligations import said
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CELL = f"/meja/kewajiban/sel/{said.DUTY}/dinsos/"


def at(name: str, *args) -> str:
    return reverse(f"desk:{name}", args=args)


@pytest.fixture(autouse=True)
def duty():
    return shelf_rows.duty(name="Kedudukan, alamat, tugas dan fungsi")


def test_an_empty_cell_is_walked_from_the_inbox_to_the_matrix(sign_in, client):
    dinsos, utama = sign_in("dinsos"), sign_in("utama")
    gaps.count(on=TODAY)
    inbox = dinsos.get(at("inbox"))
    assert "Dinas Sosial: 1 belum ada" in text(inbox)
    unit = dinsos.get(at("duties-of-unit", "dinsos"))
    assert "1 dari 1 kewajiban masih terbuka." in text(unit)
    start = soup(unit).find("a", href=f"{CELL}mulai/")["href"]
    page = dinsos.get(start)
    sent = fields(page)
    assert sent["title"] == "Kedudukan, alamat, tugas dan fungsi Dinas Sosial"
    assert sent["wanted_by"] == (TODAY + timedelta(days=30)).isoformat()
    opened = dinsos.post(start, sent, follow=True)
    case = Case.objects.get()
    assert f"{case.number} dibuka." in text(opened)
    assert "Kewajiban yang dipenuhi" in text(opened)
    assert "disetujui bersama informasinya; diminta selesai" in text(opened)
    public = text(client.get("/kewajiban/unit/dinsos/"))
    assert "Disiapkan sejak" in public
    assert "tugas dan fungsi Dinas Sosial" not in public
    assert utama.get(at("duties")).status_code == 200


def test_nil_is_stated_by_the_unit_and_read_once_it_is_approved(sign_in, client):
    dinsos, utama = sign_in("dinsos"), sign_in("utama")
    page = dinsos.get(f"{CELL}nyatakan/")
    sent = fields(page) | {"kind": "nil", "because": "Tidak ada."}
    assert sent["until"], "the longest that the law allows is proposed"
    assert "Pernyataan diajukan." in text(dinsos.post(f"{CELL}nyatakan/", sent, follow=True))
    waiting = Statement.objects.get()
    inbox = text(utama.get(at("inbox")))
    assert "Nihil, Dinas Sosial" in inbox
    deciding = utama.get(at("statement-approve", waiting.pk))
    assert "Publik membaca jawaban ini" in text(deciding)
    assert "Tidak ada." in text(deciding)
    assert "Disetujui." in text(utama.post(at("statement-approve", waiting.pk), follow=True))
    assert "Tidak ada." in text(client.get("/kewajiban/unit/dinsos/"))
    ended = dinsos.post(at("statement-end", waiting.pk), {"reason": "Kini ada."}, follow=True)
    assert "Diakhiri." in text(ended)
    assert "Kini ada." in text(ended), "the history tells it"


def test_what_is_refused_keeps_what_was_typed(sign_in):
    dinsos = sign_in("dinsos")
    late = {"kind": "nil", "because": "Alasan panjang.", "until": (TODAY + timedelta(days=999)).isoformat()}
    answer = dinsos.post(f"{CELL}nyatakan/", late)
    assert answer.status_code == 422
    assert "paling lama sampai" in text(answer)
    assert fields(answer)["because"] == "Alasan panjang."
    said.stated()
    answer = dinsos.post(f"{CELL}nyatakan/", late | {"until": TODAY.isoformat()})
    assert answer.status_code == 409
    assert fields(answer)["because"] == "Alasan panjang."
    answer = dinsos.post(f"{CELL}mulai/", {"title": "Judul saya", "wanted_by": "kemarin"})
    assert answer.status_code == 422
    assert fields(answer)["title"] == "Judul saya"
    assert "Tulis tanggal yang ada." in text(answer)
    assert not Case.objects.exists()


def test_an_item_that_is_public_is_linked_and_approved(sign_in):
    bidang, utama = sign_in("bidang"), sign_in("utama")
    case = make.publication(at="published")
    choose = bidang.get(f"{at('duties-of-unit', 'dinsos')}?informasi={case.information.number}")
    assert case.information.title in text(choose)
    link = soup(choose).find("a", href=f"{CELL}kaitkan/?informasi={case.information.number}")["href"]
    sent = fields(bidang.get(link))
    assert sent["number"] == case.information.number
    assert "sesudah PPID Utama menyetujui" in text(bidang.post(f"{CELL}kaitkan/", sent, follow=True))
    waiting = Fulfilment.objects.get()
    assert "Apakah «" in text(utama.get(at("inbox")))
    utama.post(at("fulfilment-approve", waiting.pk))
    assert said.cell().state == "ada"
    assert "disetujui" in text(bidang.get(case.get_absolute_url()))


def test_what_one_may_not_see_can_not_be_linked_and_is_not_told(sign_in):
    secret = make.exclusion(at="testing", unit="disdukcapil")
    shelf_rows.duty("bk-lain")
    answer = sign_in("dinsos").post(f"{CELL}kaitkan/", {"number": secret.information.number})
    assert answer.status_code == 422
    assert "Tidak ada informasi dengan nomor itu" in text(answer)
    assert secret.information.title not in answer.content.decode()
    chosen = f"{at('duties-of-unit', 'disdukcapil')}?informasi={secret.information.number}"
    assert sign_in("operator").get(chosen).status_code == 404


def test_what_a_diverted_item_was_to_fill_is_seen_by_those_alone_who_know_of_it(sign_in):
    case = make.publication()
    said.linked(case.information)
    case = make.walk(case, to="clarifying", hands={**make.PUBLICATION, "prepare": "dinsos"})
    make.step(case, "divert", actor="utama", note="Memuat data pribadi.")
    waiting = Fulfilment.objects.get()
    assert case.information.title in text(sign_in("utama").get(CELL))
    outsider = sign_in(make.person("sop_keeper", unit="dinkes"))
    assert case.information.title not in outsider.get(CELL).content.decode()
    assert outsider.get(at("fulfilment-end", waiting.pk)).status_code in (403, 404)


def test_something_old_is_renewed_from_its_cell(sign_in):
    case = make.publication(at="published")
    said.linked(case.information)
    fulfilling.approve(Fulfilment.objects.get(), actor=make.demo("utama"))
    bidang = sign_in("bidang")
    page = bidang.get(f"{CELL}perbarui/")
    sent = fields(page) | {"number": case.information.number}
    again = bidang.post(f"{CELL}perbarui/", sent, follow=True)
    assert "dibuka." in text(again)
    assert Case.objects.filter(information=case.information).count() == 2
    refused = bidang.post(f"{CELL}perbarui/", sent)
    assert refused.status_code == 422
    assert "sedang diproses" in text(refused)


def test_there_is_nothing_to_renew_where_nothing_fills_it(sign_in):
    answer = sign_in("bidang").get(f"{CELL}perbarui/", follow=True)
    assert "Mulai pengumumannya." in text(answer)


def test_the_citys_cell_asks_which_unit_prepares_it(sign_in):
    bidang = sign_in("bidang")
    url = f"/meja/kewajiban/sel/{said.DUTY}/kota/mulai/"
    sent = fields(bidang.get(url))
    assert bidang.post(url, sent).status_code == 422
    bidang.post(url, sent | {"of": "diskominfo"})
    assert Case.objects.get().unit == make.unit("diskominfo")
    assert Fulfilment.objects.get().unit_code == "kota"


def test_a_duty_is_written_approved_and_read(sign_in, client):
    bidang, utama = sign_in("bidang"), sign_in("utama")
    sent = fields(bidang.get(at("duty-new")))
    sent |= {"code": "ss-rapat", "name": "Rapat terbuka", "category": "on_demand", "parts": "Undangan\n\n Risalah "}
    sent |= {"law": "Perki 1/2021 pasal 21", "law_checked": "on"}
    assert "Diajukan." in text(bidang.post(at("duty-new"), sent, follow=True))
    waiting = DutyText.objects.get()
    assert waiting.parts == ["Undangan", "Risalah"]
    seen = text(utama.get(at("duty", "ss-rapat")))
    assert "menjadi: Rapat terbuka" in seen
    assert "pun menyatakan bahwa pasal itu sesuai" in text(utama.get(at("duty-approve", "ss-rapat", waiting.pk)))
    utama.post(at("duty-approve", "ss-rapat", waiting.pk))
    assert "Perki 1/2021 pasal 21" in text(client.get(reverse("portal:duty", args=["ss-rapat"])))
    assert "Pasal dicocokkan" in text(bidang.get(at("duty-list")))
    again = bidang.post(at("duty-new"), sent)
    assert again.status_code == 422
    assert "sudah ada dalam daftar" in text(again)


def test_a_duty_is_changed_sent_back_and_nothing_typed_is_lost(sign_in):
    bidang, utama = sign_in("bidang"), sign_in("utama")
    write = at("duty-write", said.DUTY)
    sent = fields(bidang.get(write))
    assert sent["name"] == "Kedudukan, alamat, tugas dan fungsi"
    unchanged = bidang.post(write, sent)
    assert unchanged.status_code == 422
    assert "Tidak ada yang berubah" in text(unchanged)
    bidang.post(write, sent | {"scope": "some", "unit_codes": ["dinkes"]})
    waiting = DutyText.objects.get()
    assert waiting.unit_codes == ["dinkes"]
    utama.post(at("duty-send-back", said.DUTY, waiting.pk), {"reason": "Juga Dinsos."})
    assert "Juga Dinsos." in text(bidang.get(at("inbox")))
    assert "Dikembalikan" in text(bidang.get(write))
    stale = bidang.post(write, sent | {"name": "Judul saya"})
    assert stale.status_code == 409
    assert fields(stale)["name"] == "Judul saya"
    assert bidang.post(write, fields(stale)).status_code == 302


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("statement-approve", {"utama"}),
        ("statement-send-back", {"utama"}),
        ("statement-end", {"utama", "bidang", "dinsos"}),
        ("duty-state", {"dinsos"}),
        ("duty-start", {"bidang", "dinsos"}),
        ("duty-link", {"bidang", "dinsos"}),
        ("duty-new", {"bidang"}),
        ("duty-approve", {"utama"}),
    ],
)
def test_each_page_is_there_for_whose_act_it_is(sign_in, name, whose):
    args = {"statement": [said.stated().pk], "duty-new": []}
    if name == "duty-approve":
        given = ["ss-rapat-terbuka", said.changed().pk]
    elif name.startswith("statement"):
        given = args["statement"]
    else:
        given = [] if name == "duty-new" else [said.DUTY, "dinsos"]
    for who in ("utama", "bidang", "dinsos", "operator", "disdukcapil", "atasan", "pengelola"):
        answer = sign_in(who).get(at(name, *given))
        assert answer.status_code == (200 if who in whose else 403), who


@pytest.mark.parametrize(
    "url",
    [
        "/meja/kewajiban/unit/tidak-ada/",
        "/meja/kewajiban/sel/tidak-ada/dinsos/",
        f"/meja/kewajiban/sel/{said.DUTY}/tidak-ada/",
        "/meja/kewajiban/daftar/tidak-ada/",
        "/meja/kewajiban/daftar/tidak-ada/tulis/",
        "/meja/kewajiban/pernyataan/99/setujui/",
        "/meja/kewajiban/pemenuhan/99/akhiri/",
    ],
)
def test_what_is_not_there_is_not_found(sign_in, url):
    who = sign_in("bidang") if "tulis" in url else sign_in("utama")
    assert who.get(url).status_code == 404


def test_one_withdraws_ones_own_statement_with_one_click(sign_in):
    waiting = said.stated()
    dinsos = sign_in("dinsos")
    assert "Tarik kembali" in text(dinsos.get(CELL))
    assert "Ditarik kembali." in text(dinsos.post(at("statement-withdraw", waiting.pk), follow=True))
    assert said.cell().state == "belum-ada"


def test_who_wrote_it_is_told_that_somebody_else_decides(sign_in):
    both = make.person("ppid_pelaksana", "ppid_utama")
    waiting = said.stated(actor=both)
    page = sign_in(both).get(at("statement-approve", waiting.pk))
    assert "pekerjaannya sendiri" in text(page)
    assert sign_in(both).post(at("statement-approve", waiting.pk)).status_code == 403
    statements.approve(waiting, actor=make.demo("utama"))


def test_an_empty_list_says_who_fills_it(sign_in):
    shelf_rows.duty(ended_on=TODAY, ended_because="Dicabut.")
    assert "Daftar kewajiban masih kosong" in text(sign_in("dinsos").get(at("duties")))
    assert "Tidak ada kewajiban di sini" in text(sign_in("dinsos").get(at("duties-of-unit", "dinsos")))


def test_the_parts_of_a_duty_are_ticked_by_their_keys(sign_in):
    for parts in (["RKA", "DPA"], ["LRA", "DPA", "RKA"]):
        shelf_rows.duty(parts=parts)
    page = soup(sign_in("dinsos").get(f"{CELL}kaitkan/"))
    boxes = [(box["value"], box.find_next("label").get_text(strip=True)) for box in page.select("input[name=parts]")]
    assert boxes == [("2", "LRA"), ("1", "DPA"), ("0", "RKA")]
