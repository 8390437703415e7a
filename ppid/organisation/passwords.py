"""Password rules of our own."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

_LEAST_BESIDE_THE_NAME = 6
_LOOKED_AT = 128  # letters of a password; nobody types more, and more takes no longer
# So many common words, with hardly anything beside them, are guessed in a moment; each counts once.
_MOST_COMMON_WORDS = 3
_LEAST_BESIDE_COMMON_WORDS = 4
_SHORTEST_WORD = 2
# What is written for letters; «1» is read both ways.
_WRITTEN_FOR = [
    str.maketrans({"0": "o", "1": one, "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i"})
    for one in "il"
]


class NotADemoPassword:
    """Refuse the demo people's password outside the demo: it is printed in the README."""

    def validate(self, password, user=None):
        if not settings.DEMO and password == settings.DEMO_PASSWORD:
            raise ValidationError("Kata sandi ini dipakai akun peragaan dan diketahui umum. Pilih yang lain.")

    def get_help_text(self):
        return "Jangan memakai kata sandi akun peragaan."


class HasLetters:
    """Refuse digits alone, also with strokes between them: dates, telephone numbers, a NIP."""

    def validate(self, password, user=None):
        if not any(letter.isalpha() for letter in password):
            raise ValidationError("Kata sandi tidak boleh hanya angka. Pakailah beberapa kata yang mudah Anda ingat.")

    def get_help_text(self):
        return "Jangan memakai angka saja."


class NotOnesOwnName:
    """Refuse a password that is one's name, e-mail address or NIP with hardly anything beside it."""

    def validate(self, password, user=None):
        if user is None:
            return
        left = password.lower()
        own = re.findall(r"[^\W\d_]{3,}|\d{4,}", f"{user.name} {user.email.partition('@')[0]} {user.nip}".lower())
        for word in sorted(own, key=len, reverse=True):
            left = left.replace(word, " ")
        beside = sum(letter.isalnum() for letter in left)
        if left != password.lower() and beside < _LEAST_BESIDE_THE_NAME:
            raise ValidationError("Kata sandi ini hampir sama dengan nama, surel, atau NIP Anda. Pilih yang lain.")

    def get_help_text(self):
        return "Jangan memakai nama, surel, atau NIP sendiri."


class NotCommon:
    """Refuse what many people here choose: a few common words, with digits, years and signs before and behind them."""

    def validate(self, password, user=None):
        if any(_is_common(letters) for letters in _readings(password)):
            raise ValidationError(
                "Kata sandi ini mudah ditebak: banyak orang memakai kata seperti ini, juga dengan angka, tahun, atau "
                "tanda di belakangnya. Pakailah empat kata atau lebih yang tidak biasa bersama-sama."
            )

    def get_help_text(self):
        return "Jangan memakai kata yang banyak dipakai orang, juga bila ditambah angka atau tahun."


@cache
def common_words() -> frozenset[str]:
    """Return the words that many people here choose, as they stand in ``common_words.txt``."""
    lines = Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _readings(password: str) -> set[str]:
    """Return the small letters of a password: as they stand, and with what is written for letters read as such."""
    plain = unicodedata.normalize("NFKD", password[:_LOOKED_AT]).casefold()
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    read = [plain, *(core.translate(table) for table in _WRITTEN_FOR)]
    return {"".join(letter for letter in each if letter.isalpha()) for each in read}


def _is_common(letters: str) -> bool:
    if len(set(letters)) <= 3:  # «aaaaaaaaaaaa», «abcabcabcabc»
        return True
    beside, words = _as_words(letters)
    return beside < _LEAST_BESIDE_COMMON_WORDS and len(words) <= _MOST_COMMON_WORDS


def _as_words(letters: str) -> tuple[int, frozenset[str]]:
    """Return how few letters stand beside common words, and the fewest different words with which it is so."""
    known = common_words()
    longest = max(map(len, known))
    best: list[tuple[int, frozenset[str]]] = [(0, frozenset())]
    for end in range(1, len(letters) + 1):
        beside, words = best[end - 1]
        found = [(beside + 1, words)]
        for start in range(max(0, end - longest), end - _SHORTEST_WORD + 1):
            if (word := letters[start:end]) in known:
                beside, words = best[start]
                found.append((beside, words | {word}))
        best.append(min(found, key=lambda each: (each[0], len(each[1]))))
    return best[-1]
