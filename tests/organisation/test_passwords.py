"""Which passwords are guessed in a moment here, and which are not."""

import time

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ppid.organisation.actions import new_passphrase
from ppid.organisation.passwords import NotCommon, common_words

GUESSED = [
    "Bismillah123!",
    "Pontianak2024",
    "sayangkamu12",
    "P0nt14n4k2026",
    "S4y4ngKu!!1234",
    "2024-Indonesia-Raya!",
    "merdeka17081945",
    "MERDEKA.MERDEKA.MERDEKA",
    "Persib_Bandung_1933",
    "qwertyuiop123",
    "1q2w3e4r5t6y7u8i",
    "q1w2e3r4asdf",
    "Alhamdulillah99",
    "akucintakamu7",
    "@dm1nPPID2026",
    "adminpontianak",
    "Diskominfo#2026",
    "sitiaminah1990",
    "Muhammad12345",
    "aaaaaaaaaaaa1",
    "abcabcabcabc",
    "manchesterunited7",
    "Semangat45Semangat45",
    "garuda.di.hati.2026"[:15],
    "Ｐｏｎｔｉａｎａｋ２０２４",
    "pontianakxyz1",
]
TAKEN = [
    "pontianak-di-khatulistiwa",
    "siti suka sungai kapuas",
    "k7mp-x3vh-2qrt-wz9a",
    "jembatan-kapuas-dua",
    "sandi-yang-panjang",
    "etalase-pontianak",
    "keladi tumpul menari riang",
    "Tongkang berlabuh sebelum subuh",
    "gerobak jagung empat puluh dua",
]


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_guessed_in_a_moment_is_refused_with_a_sentence(password):
    with pytest.raises(ValidationError, match="mudah ditebak"):
        NotCommon().validate(password)


@pytest.mark.parametrize("password", TAKEN)
def test_several_words_that_are_not_common_together_are_taken(password):
    NotCommon().validate(password)


def test_it_is_asked_wherever_a_password_is_chosen():
    with pytest.raises(ValidationError, match="mudah ditebak"):
        validate_password("Bismillah123!")


def test_no_password_that_the_portal_makes_is_refused():
    for _ in range(500):
        NotCommon().validate(new_passphrase())


def test_the_list_is_words_in_small_letters_each_once():
    assert len(common_words()) > 1000
    assert all(word.isalpha() and word == word.lower() for word in common_words())


@given(st.text(max_size=400) | st.lists(st.sampled_from(sorted(GUESSED + TAKEN))).map("".join))
def test_whatever_is_typed_is_taken_or_refused(password):
    try:
        NotCommon().validate(password)
    except ValidationError as refusal:
        said = refusal.messages
    else:
        said = []
    assert all(each.endswith(".") for each in said)


def test_a_very_long_one_takes_no_longer():
    NotCommon().validate("keladi tumpul menari riang")
    began = time.perf_counter()
    for password in ("sayang" * 100_000, "x" * 1_000_000, "ab1@" * 250_000):
        with pytest.raises(ValidationError):
            NotCommon().validate(password)
    assert time.perf_counter() - began < 1
