"""The inbox: what waits for me, most urgent first, in as many queries for 60 cases as for 3."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.amendments import AmendmentKind, propose
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db


def inbox(client, **query):
    return client.get(reverse("desk:inbox"), query)


def test_it_shows_what_waits_for_me_and_nothing_else(sign_in):
    make.publication(at="clarifying", title="Menunggu PPID Utama")
    make.publication(title="Menunggu Bidang")
    page = text(inbox(sign_in("utama")))
    assert "Menunggu PPID Utama" in page
    assert "Menunggu Bidang" not in page
    assert "langkah 4 dari 7" in page
    assert "Tentukan jenisnya dan setujui, atau kembalikan." in page
    assert "standar 3 hari" in page


def test_another_units_case_is_not_in_it(sign_in):
    make.publication(at="preparing", unit="disdukcapil", title="Urusan Disdukcapil")
    assert "Urusan Disdukcapil" not in text(inbox(sign_in("dinsos")))
    assert "Urusan Disdukcapil" in text(inbox(sign_in("disdukcapil")))


def test_the_most_urgent_stands_first_and_lateness_is_said_in_words(sign_in):
    make.publication(at="coordinating", title="Belum lama")
    long_ago = timezone.now() - timedelta(days=30)
    late = open_publication(make.information(title="Sudah lama"), actor=make.demo("bidang"), at=long_ago)
    take_step(late, "update_content", actor=make.demo("bidang"), at=long_ago)
    page = inbox(sign_in("bidang"))
    titles = [title.get_text(strip=True) for title in soup(page).select(".rows__title")]
    assert titles == ["Sudah lama", "Belum lama"]
    assert "Terlambat" in soup(page).select_one(".asks .status--late").text
    assert "hari kerja" in soup(page).select_one(".asks .status--late").text
    assert "Belum lama" not in text(inbox(sign_in("bidang"), tampil="terlambat"))


def test_a_step_without_a_time_has_no_deadline(sign_in):
    make.publication()
    assert "Tanpa batas waktu" in text(inbox(sign_in("bidang")))


def test_an_empty_inbox_says_what_to_do(sign_in):
    page = text(inbox(sign_in("operator")))
    assert "Tidak ada yang menunggu Anda" in page
    assert "Mulai pengumuman" in page


def test_without_an_appointment_nothing_can_be_started(sign_in):
    nobody = make.person()
    page = text(inbox(sign_in(nobody)))
    assert "Anda belum punya penugasan" in page
    assert "Mulai pengumuman" not in page
    assert sign_in(nobody).get(reverse("desk:open-publication")).status_code == 403


def test_an_appointment_that_has_ended_shows_nothing(sign_in):
    yesterday = timezone.localdate() - timedelta(days=1)
    former = make.person("bidang_layanan", unit="diskominfo", ends_on=yesterday)
    make.appoint(former, "ppid_pembantu", unit="dinkes")  # else the account itself has ended
    make.publication(title="Bukan urusannya lagi")
    client = sign_in(former)
    assert "Bukan urusannya lagi" not in text(inbox(client))
    assert "Bukan urusannya lagi" not in text(client.get("/meja/berjalan/"))


def test_a_page_beyond_the_last_is_the_last(sign_in):
    make.publication(title="Satu-satunya")
    assert "Satu-satunya" in text(inbox(sign_in("bidang"), halaman="99"))
    assert "Satu-satunya" in text(inbox(sign_in("bidang"), halaman="x"))


@pytest.mark.parametrize("address", ["/meja/", "/meja/berjalan/"])
def test_the_number_of_queries_does_not_grow(address, sign_in):
    client = sign_in("bidang")
    for _ in range(3):
        make.publication()
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(57):
        open_publication(make.information(), actor=make.demo("bidang"))
    with CaptureQueriesContext(connection) as many:
        assert "Halaman 1 dari 3" in text(client.get(address))
    assert len(many) == len(few)
    assert len(few) <= 16


def test_who_has_no_row_to_take_but_something_to_decide_is_not_told_that_nothing_waits(sign_in):
    assert "Tidak ada yang menunggu Anda" in text(inbox(sign_in("atasan")))
    case = make.exclusion(at="reviewing")
    make.supply(case, "accept", make.demo("utama"))
    take_step(case, "accept", actor=make.demo("utama"), evidence=make.evidence(case, make.demo("utama")))
    page = text(inbox(sign_in("atasan")))
    assert "Menunggu persetujuan Anda sebagai pimpinan" in page
    assert "Tidak ada yang menunggu Anda" not in page


def test_the_number_beside_it_counts_what_only_this_person_may_decide(sign_in):
    def waiting(who: str) -> str:
        return soup(inbox(sign_in(who))).select_one(".side .side__n").text

    case = make.exclusion(at="reviewing")
    take_step(case, "accept", actor=make.demo("utama"), evidence=make.evidence(case, make.demo("utama")))
    assert [waiting(who) for who in ("atasan", "utama")] == ["1", "0"]
    adopted = make.exclusion(at="adopted")
    better = {**AmendmentKind.kinds["correct_dik"].before(adopted), "information": "Kata yang lebih jelas"}
    propose(adopted, "correct_dik", actor=make.demo("bidang"), after=better, reason="Keliru.")
    assert [waiting(who) for who in ("atasan", "utama", "operator")] == ["2", "1", "0"]
