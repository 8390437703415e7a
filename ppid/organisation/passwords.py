"""Password rules of our own."""

from django.conf import settings
from django.core.exceptions import ValidationError


class NotADemoPassword:
    """Refuse the demo people's password outside the demo: it is printed in the README."""

    def validate(self, password, user=None):
        if not settings.DEMO and password == settings.DEMO_PASSWORD:
            raise ValidationError("Kata sandi ini dipakai akun peragaan dan diketahui umum. Pilih yang lain.")

    def get_help_text(self):
        return "Jangan memakai kata sandi akun peragaan."
