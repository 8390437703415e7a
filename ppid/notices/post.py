"""How mails leave: to the office's server, which says of each whether it took it, or as files where none is set."""

import os
import smtplib
import ssl
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

from ppid.notices.outcomes import Later, OutcomeUnknown, Refused

_PERMANENT = range(500, 600)
_KEPT = 2000  # files of mails, the newest ones


class _Attentive:
    """Notes whether the whole message was handed over: an error after that leaves open whether it arrived."""

    handed_over = False

    def send(self, s):
        if isinstance(s, bytes) and s.endswith(b"\r\n.\r\n"):
            self.handed_over = True
        super().send(s)


class _Smtp(_Attentive, smtplib.SMTP):
    pass


class _SmtpOverTls(_Attentive, smtplib.SMTP_SSL):
    pass


class SmtpPost(EmailBackend):
    """Django's SMTP with one difference: each error says what it means for the mail. One mail at a time."""

    @property
    def connection_class(self):
        return _SmtpOverTls if self.use_ssl else _Smtp

    def open(self):
        try:
            return super().open()
        except smtplib.SMTPAuthenticationError as error:
            why = f"Server surel menolak nama pengguna atau kata sandinya ({_said(error)}). Periksa EMAIL_HOST_USER."
            raise Later(why, is_everywhere=True) from error
        except ssl.SSLError as error:
            raise Later(f"Sambungan TLS ke server surel gagal ({error.reason}).", is_everywhere=True) from error
        except OSError as error:  # smtplib's own errors are of this kind
            raise Later(f"Server surel tidak dapat dihubungi ({_said(error)}).", is_everywhere=True) from error

    def send_messages(self, email_messages):
        """Send one mail. A server that closed a connection after some mails gets a new one, once."""
        reused = self.connection is not None
        try:
            return self._send_once(email_messages)
        except Later:
            if not reused:
                raise
        self.close()
        return self._send_once(email_messages)

    def close(self):
        try:
            super().close()
        except OSError:
            self.connection = None  # it was gone already

    def _send_once(self, email_messages):
        self.open()
        self.connection.handed_over = False
        try:
            return super().send_messages(email_messages)
        except smtplib.SMTPException as error:
            raise self._outcome(error) from error
        except OSError as error:
            raise self._broken_off(error) from error

    def _outcome(self, error):
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, said = next(iter(error.recipients.values()))
            why = f"Alamatnya ditolak server surel: {_text(code, said)}."
            return Refused(why, is_address=True) if code in _PERMANENT else Later(why)
        if isinstance(error, smtplib.SMTPSenderRefused):
            return Later(f"Server surel menolak pengirimnya: {_said(error)}. Periksa EMAIL_FROM.", is_everywhere=True)
        if isinstance(error, smtplib.SMTPResponseException):
            why = f"Server surel menolak suratnya: {_said(error)}."
            return Refused(why) if error.smtp_code in _PERMANENT else Later(why)
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return Refused("Server surel tidak menerima huruf yang ada dalam alamat ini.", is_address=True)
        return self._broken_off(error)

    def _broken_off(self, error):
        if self.connection is not None and self.connection.handed_over:
            return OutcomeUnknown(
                "Surel sudah diserahkan, tetapi server surel tidak menjawab; tidak diketahui apakah surel ini sampai."
            )
        return Later(f"Sambungan ke server surel terputus ({_said(error)}).", is_everywhere=True)


class FilePost(BaseEmailBackend):
    """Each mail as a file of its own, which any mail program opens; the oldest make room."""

    def send_messages(self, email_messages):
        folder = Path(settings.EMAIL_FILE_PATH)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for message in email_messages:
                _write(folder, message)
        except OSError as error:
            raise Later(f"Surel tidak dapat ditulis ke {folder} ({error.strerror}).", is_everywhere=True) from error
        for old in sorted(folder.glob("*.eml"))[:-_KEPT]:
            old.unlink(missing_ok=True)
        return len(email_messages)


def _write(folder: Path, message) -> None:
    content = message.message().as_bytes()
    name = f"{timezone.localtime():%Y%m%d-%H%M%S-%f}-{os.getpid()}"
    unfinished = folder / f"{name}.part"
    unfinished.write_bytes(content)
    unfinished.rename(folder / f"{name}.eml")


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _text(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "tidak menjawab pada waktunya"
    return getattr(error, "strerror", None) or str(error)


def _text(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}"[:160].strip()
