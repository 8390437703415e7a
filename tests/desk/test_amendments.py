"""The pages on which a change of a finished case is proposed and decided."""

import pytest
from django.urls import reverse

from ppid.flows.afterwards import Amendment
from ppid.shelf.models import DikEntry
from tests import make
from tests.desk.pages import fields, soup, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    return make.exclusion(at="adopted")


@pytest.fixture
def proposed(case, sign_in):
    page = reverse("desk:correct-dik", args=[case.number])
    client = sign_in("bidang")
    typed = fields(client.get(page), action=None)
    typed |= {"information": "Data pribadi pemohon akta kelahiran", "reason": "Kata tertinggal."}
    response = client.post(page, typed)
    amendment = Amendment.objects.get()
    assert response.headers["Location"] == reverse("desk:amendment", args=[case.number, amendment.pk])
    return amendment


def of(amendment, name="desk:amendment") -> str:
    return reverse(name, args=[amendment.case.number, amendment.pk])


def test_the_form_begins_with_the_words_of_the_dik_and_says_who_decides(case, sign_in):
    client = sign_in("bidang")
    page = reverse("desk:correct-dik", args=[case.number])
    typed = fields(client.get(page), action=None)
    assert typed["information"] == "Data pribadi pemohon akta"
    assert typed["consequence_if_open"] == "Mengungkap rahasia pribadi pemohon."
    refused = client.post(page, typed | {"reason": "Salah ketik."})
    assert refused.status_code == 422
    assert "Tidak ada kata yang berubah" in text(refused)
    answer = client.post(page, typed | {"information": "Data lain", "reason": "Salah ketik."}, follow=True)
    told = text(answer)
    assert "Sekarang menunggu keputusan" in told
    assert make.demo("utama").name in told
    assert make.demo("atasan").name in told


def test_it_waits_in_the_inbox_of_whoever_decides(proposed, sign_in):
    inbox = reverse("desk:inbox")
    assert "Usul yang menunggu keputusan Anda" in text(sign_in("utama").get(inbox))
    assert "Usul yang menunggu keputusan Anda" not in text(sign_in("bidang").get(inbox))


def test_the_page_shows_both_wordings_and_takes_the_decision(proposed, sign_in):
    client = sign_in("utama")
    page = client.get(of(proposed))
    assert "Data pribadi pemohon akta" in text(page)
    assert " ".join(soup(page).select_one(".changes ins").text.split()) == "ditambahkan: kelahiran"
    assert not soup(page).select(".changes del"), "word by word: nothing went"
    nothing = client.post(of(proposed), {})
    assert nothing.status_code == 422
    assert "Pilih setuju atau tolak." in text(nothing)
    without = client.post(of(proposed), {"approve": "tidak"})
    assert "Tuliskan mengapa usul ini tidak disetujui." in text(without)
    client.post(of(proposed), {"approve": "ya"})
    assert DikEntry.objects.get().information == "Data pribadi pemohon akta kelahiran"
    late = client.post(of(proposed), {"approve": "ya"})
    assert late.status_code == 409
    assert "Usul ini sudah diputuskan" in text(late)


def test_its_proposer_reads_who_decides_and_may_withdraw_it(proposed, sign_in):
    client = sign_in("bidang")
    page = text(client.get(of(proposed)))
    assert "Keputusan Anda" not in page
    assert client.post(of(proposed), {"approve": "ya"}).status_code == 403
    assert client.post(of(proposed, "desk:amendment-withdraw")).status_code == 302
    assert Amendment.objects.get().decision == "withdrawn"
    assert sign_in("utama").post(of(proposed, "desk:amendment-withdraw")).status_code == 403


def test_others_read_it_and_strangers_find_nothing(proposed, sign_in, stranger):
    page = text(sign_in("opd").get(of(proposed)))
    assert "Menunggu keputusan" in page
    assert "Keputusan Anda" not in page
    assert sign_in(stranger).get(of(proposed)).status_code == 404
    assert sign_in(stranger).get(reverse("desk:correct-dik", args=[proposed.case.number])).status_code == 404
    other = make.exclusion(at="adopted")
    assert sign_in("utama").get(reverse("desk:amendment", args=[other.number, proposed.pk])).status_code == 404


def test_the_case_tells_what_was_changed_since(proposed, case, sign_in):
    page = text(sign_in("utama").get(case.get_absolute_url()))
    assert "Perubahan sesudah proses ini" in page
    assert "Perbaikan kata pada DIK" in page
