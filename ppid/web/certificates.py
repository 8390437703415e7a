"""The certificate that a server shows: how long it is valid, as this machine sees it."""

import socket
import ssl
from datetime import UTC, datetime

_PATIENCE = 3  # seconds


class NoCertificate(Exception):
    """None could be read; the reason in words."""


def end_of_certificate(host: str, port: int) -> datetime:
    """Return until when the certificate of ``host`` is valid, whoever issued it. Raises NoCertificate.

    Trust is not asked for: that a certificate ends is to be told, too, where its chain is not complete.
    """
    from cryptography import x509

    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), timeout=_PATIENCE) as plain,
            context.wrap_socket(plain, server_hostname=host) as secured,
        ):
            shown = secured.getpeercert(binary_form=True)
    except (OSError, ValueError) as error:
        raise NoCertificate(getattr(error, "strerror", None) or str(error) or type(error).__name__) from error
    if not shown:
        raise NoCertificate("server itu tidak menunjukkan sertifikat")
    return x509.load_der_x509_certificate(shown).not_valid_after_utc.astimezone(UTC)
