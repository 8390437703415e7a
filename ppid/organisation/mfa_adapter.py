"""How allauth's second factors are kept here: encrypted by a key that is in no dump, drawn by our own QR."""

import base64
from functools import lru_cache

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ppid.web.refusals import Refused


class KeyIsAnother(Refused):
    """A secret was encrypted with a key that MFA_KEY doesn't hold any more."""

    def __init__(self):
        super().__init__(
            "Langkah kedua Anda tidak dapat dibaca, karena kunci portal (MFA_KEY) bukan lagi yang dahulu. "
            "Beri tahu petugas TI; sesudah kunci lama dikembalikan, kode Anda berlaku lagi."
        )


class SecondFactors(DefaultMFAAdapter):
    """Second factors of the people of this office."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": "Kunci sandi ini tidak dikenali."}

    def get_totp_issuer(self):
        return settings.SITE_NAME

    def build_totp_svg(self, url):
        """Return allauth's picture; ours is ``qr``, which no page has to mark as safe."""
        return segno.make(url, error="m", micro=False).svg_inline()

    def qr(self, url: str) -> str:
        """Return the QR as an address for ``img``."""
        return segno.make(url, error="m", micro=False).svg_data_uri(border=2, scale=5, omit_charset=True)

    def encrypt(self, text):
        return _box(tuple(settings.MFA_KEYS)).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return _box(tuple(settings.MFA_KEYS)).decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise KeyIsAnother from error

    def renew(self, encrypted_text: str) -> str:
        """Return the same secret, encrypted by the newest key."""
        return self.encrypt(self.decrypt(encrypted_text))

    def generate_authenticator_name(self, user, type):
        return "Kunci sandi"


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    derived = (HKDF(SHA256(), 32, salt=None, info=b"ppid second factors").derive(key.encode()) for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
