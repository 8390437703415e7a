"""Password rules of our own."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError

_LEAST_BESIDE_THE_NAME = 6


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
