"""Serta merta on the desk: the opening form, the gold panel of the inbox, the case's page, the register."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.documents import add_document
from ppid.flows.models import Case
from ppid.shelf.models import PublishedItem
from tests import make
from tests.desk.pages import error_links, fields, soup, text

pytestmark = pytest.mark.django_db

WHY = "Pipa induk pecah di Jalan Tanjung Raya."
OPEN = "desk:open-publication"


def urgent(title="Gangguan distribusi air bersih", *, ago=timedelta(minutes=12)):
    at = timezone.now() - ago
    case = open_publication(make.information(title=title), actor=make.demo("bidang"), at=at, urgent_because=WHY)
    add_document(case, make.pdf(), title="Pemberitahuan", actor=make.demo("bidang"), at=at)
    return make.again(case)


def opening(**typed):
    return {"unit": make.unit("dinsos").pk, "title": "Gangguan air bersih", "has_softcopy": "on", **typed}


def test_an_urgent_item_is_marked_at_opening_with_its_reason(sign_in):
    response = sign_in("bidang").post(reverse(OPEN), opening(is_urgent="on", urgent_because=f" {WHY} "), follow=True)
    case = Case.objects.get(information__title="Gangguan air bersih")
    assert (case.is_urgent, case.urgent_because) == (True, WHY)
    page = text(response)
    assert "Serta merta, jangan ditunda" in page
    assert WHY in page
    assert f"Serta merta: {WHY}" in soup(response).find(id="riwayat").parent.text


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"is_urgent": "on"}, "urgent_because", "Tulis satu kalimat mengapa"),
        ({"urgent_because": WHY}, "is_urgent", "Centang serta merta"),
        ({"is_urgent": "on", "urgent_because": "a" * 201}, "urgent_because", "200"),
    ],
)
def test_half_of_it_is_refused_with_what_was_typed(typed, field, sentence, sign_in):
    response = sign_in("bidang").post(reverse(OPEN), opening(**typed))
    assert response.status_code == 422
    assert sentence in text(response)
    assert any(field in link for link in error_links(response))
    assert not Case.objects.filter(information__title="Gangguan air bersih").exists()


def test_an_exclusion_is_not_asked(sign_in):
    assert "Bila mendesak" in text(sign_in("bidang").get(reverse(OPEN)))
    assert "Bila mendesak" not in text(sign_in("bidang").get(reverse("desk:open-exclusion")))


def test_it_stands_on_top_in_the_one_gold_panel_of_every_inbox_it_reaches(sign_in):
    long_ago = timezone.now() - timedelta(days=30)
    late = open_publication(make.information(title="Sudah lama"), actor=make.demo("bidang"), at=long_ago)
    take_step(late, "update_content", actor=make.demo("bidang"), at=long_ago)
    urgent()
    page = soup(sign_in("bidang").get(reverse("desk:inbox")))
    titles = [title.get_text(strip=True) for title in page.select(".rows__title")]
    assert titles == ["Gangguan distribusi air bersih", "Sudah lama"]
    (panel,) = page.select(".urgent")
    assert "Serta merta, sudah 12 menit" in panel.text
    assert WHY in panel.text


def test_alone_it_leaves_no_empty_page(sign_in):
    urgent()
    assert "Selain yang serta merta di atas, tidak ada yang menunggu Anda." in text(
        sign_in("bidang").get(reverse("desk:inbox"))
    )


def test_ppid_utama_announces_it_first_and_the_page_says_what_follows(sign_in):
    case = urgent()
    client = sign_in("utama")
    page = client.get(case.get_absolute_url())
    address = reverse("desk:step", args=[case.number, "publish_first"])
    assert soup(page).find("a", href=f"{address}#tindakan-publish_first")
    sent = fields(page, address) | {"note": "Warga harus tahu sekarang."}
    response = client.post(address, sent, follow=True)
    assert "Informasi ini sekarang terbuka untuk umum. Langkah 1 sampai 7 menyusul paling lambat" in text(response)
    assert "Diumumkan lebih dahulu karena mendesak" in text(response)
    assert PublishedItem.objects.filter(number=case.information.number).exists()
    item = client.get(reverse("portal:item", args=[case.information.number]))
    said = text(item)
    assert "Diumumkan lebih dahulu karena mendesak. Langkah 1 sampai 7 menyusul paling lambat" in said
    assert "Serta merta: diumumkan dalam 12 menit sejak dibuka" in said
    assert "tepat waktu" not in said
    assert WHY not in said, "what the office wrote for itself"
    assert "Sudah diumumkan lebih dahulu karena mendesak" in text(sign_in("bidang").get(reverse("desk:inbox")))


def test_others_are_told_who_may(sign_in):
    case = urgent()
    assert "Hanya PPID Utama yang dapat mengumumkan lebih dahulu." in text(
        sign_in("bidang").get(case.get_absolute_url())
    )
    assert sign_in("bidang").post(reverse("desk:step", args=[case.number, "publish_first"])).status_code == 403


def test_a_reason_is_asked_for_at_its_field(sign_in):
    case = urgent()
    response = sign_in("utama").post(
        reverse("desk:step", args=[case.number, "publish_first"]), {"note": "", "moves": case.moves}
    )
    assert response.status_code == 422
    assert "Tuliskan alasannya." in text(response)


def test_a_running_case_is_marked_on_a_page_of_its_own(sign_in):
    case = make.publication(at="preparing")
    address = reverse("desk:mark-urgent", args=[case.number])
    client = sign_in("utama")
    assert soup(client.get(case.get_absolute_url())).find("a", href=address)
    response = client.post(address, {"because": "", "moves": case.moves})
    assert response.status_code == 422
    assert "Tulis dalam satu kalimat" in text(response)
    done = client.post(address, {"because": WHY, "moves": case.moves}, follow=True)
    assert "ditandai serta merta" in text(done)
    assert "Ditandai serta merta" in soup(done).find(id="riwayat").parent.text
    assert sign_in("dinsos").get(address).status_code == 403
    again = client.post(address, {"because": WHY, "moves": case.moves})
    assert (again.status_code, "sudah ditandai serta merta" in text(again)) == (409, True)


def test_giving_up_what_is_public_says_that_it_goes_off_the_portal(sign_in):
    case = urgent()
    take_step(case, "publish_first", actor=make.demo("utama"), note="Sekarang.")
    page = text(sign_in("utama").get(case.get_absolute_url()))
    assert "Yang sudah diumumkan lebih dahulu sekaligus dicabut dari portal." in page
    opener = text(sign_in("bidang").get(case.get_absolute_url()))
    assert "menarik prosesnya juga mencabutnya dari portal. Minta PPID Utama melakukannya." in opener


def test_the_register_s_csv_tells_the_law_s_view(sign_in):
    case = urgent(ago=timedelta(minutes=40))
    take_step(case, "publish_first", actor=make.demo("utama"), note="Sekarang.", at=timezone.now())
    response = sign_in("utama").get(reverse("desk:publications-csv"))
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    (line,) = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert line["Serta merta karena"] == WHY
    assert line["Diumumkan lebih dahulu"]
    assert line["Menurut hukum"] == "diumumkan dalam 40 menit sejak dibuka"


def test_the_case_s_page_asks_no_more_than_a_few_queries_more(sign_in, django_assert_max_num_queries):
    case = urgent()
    client = sign_in("utama")
    client.get(case.get_absolute_url())
    with django_assert_max_num_queries(38):
        client.get(case.get_absolute_url())
