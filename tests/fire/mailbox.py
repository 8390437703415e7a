"""A mail server that counts how often each mail came, by the id that it bears."""

import asyncio
import threading
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Mailbox:
    """``came`` counts mails by what stands before the @ of their Message-ID, ``words`` keeps what they say.

    Each takes ``pause`` seconds.

    ``is_taking`` while one is taken that its sender was not told of yet.
    """

    def __init__(self, pause: float = 0.0):
        self.came: Counter[str] = Counter()
        self.words: dict[str, str] = {}
        self.pause = pause
        self.is_taking = False
        self._lock = threading.Lock()

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content)
        token = str(mail["Message-ID"]).strip("<>").partition("@")[0]
        said = [part.get_payload(decode=True) or b"" for part in mail.walk()]
        with self._lock:
            self.came[token] += 1
            self.words[token] = b" ".join(said).decode(errors="replace")
        self.is_taking = True
        await asyncio.sleep(self.pause)  # taken, and not said yet: a sender that dies here knows nothing
        self.is_taking = False
        return "250 OK"


class _Controller(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True)


@contextmanager
def mail_server(port: int, box: Mailbox | None = None, pause: float = 0.0):
    """Take mails at the port until the block ends, into this box or a new one."""
    box = box or Mailbox(pause)
    controller = _Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
