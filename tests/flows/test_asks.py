"""What waits for a person says in plain words what is asked; the words of the sheet stand on the case's own page."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db

PUBLICATION = {
    "updating": "Lengkapi apa yang akan diumumkan, lalu teruskan.",
    "coordinating": "Minta dokumennya kepada unit yang menguasainya.",
    "preparing": "Unggah dokumennya dan isi keterangan untuk DIP, lalu teruskan.",
    "clarifying": "Tentukan jenisnya dan setujui, atau kembalikan.",
    "releasing": "Lepaskan yang sudah disetujui untuk diumumkan.",
    "renewing": "Siapkan pengumumannya dari yang sudah disetujui.",
    "publishing": "Umumkan di portal.",
}
EXCLUSION = {
    "collecting": "Kumpulkan yang diusulkan dikecualikan, lalu teruskan.",
    "screening": "Putuskan apakah informasi ini layak diuji.",
    "testing": "Isi lembar uji konsekuensi bersama pesertanya, lalu teruskan.",
    "reviewing": "Terima hasil ujinya, atau kembalikan bila belum lengkap.",
    "adopting": "Lengkapi surat penetapannya, lalu tetapkan pengecualiannya.",
}


@pytest.mark.parametrize("state", PUBLICATION)
def test_each_step_of_a_publication_says_what_it_asks(state):
    assert make.publication(at=state).asks == PUBLICATION[state]


@pytest.mark.parametrize("state", EXCLUSION)
def test_each_step_of_an_exclusion_says_what_it_asks(state):
    assert make.exclusion(at=state).asks == EXCLUSION[state]
