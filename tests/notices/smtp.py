"""A mail server for tests: it takes mails, or does what real ones do on a bad day."""

import socket
import threading
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Mailbox:
    """Keeps what came. ``refuses`` are addresses with the answer to each; ``answers`` is what is said to the mail."""

    def __init__(self):
        self.came, self.refuses, self.answers = [], {}, "250 OK"
        self.after_taking = lambda: None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answers.startswith("250"):
            self.came.append((envelope.rcpt_tos[0], envelope.content.decode()))
        self.after_taking()
        return self.answers


class _Controller(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True)


@contextmanager
def server(settings):
    """Run a server and let the portal send there."""
    box = Mailbox()
    controller = _Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    use(settings, controller.port)
    try:
        yield box
    finally:
        controller.stop()


@contextmanager
def silent_server(settings, *, timeout: int = 1):
    """Take connections and never say a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        use(settings, listener.getsockname()[1], timeout=timeout)
        yield


@contextmanager
def mute_after_data(settings, *, timeout: int = 1):
    """Take one whole mail and never answer: whether it was kept nobody knows."""
    got = threading.Event()

    def serve(listener):
        peer, _ = listener.accept()
        with peer, peer.makefile("rwb") as line:
            for answer in (b"220 hello", b"250 ok", b"250 ok", b"250 ok", b"354 go on"):
                line.write(answer + b"\r\n")
                line.flush()
                line.readline()
            while line.readline() != b".\r\n":
                pass
            got.set()
            got_away.wait(10)

    got_away = threading.Event()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        use(settings, listener.getsockname()[1], timeout=timeout)
        try:
            yield got
        finally:
            got_away.set()
            thread.join(5)


def use(settings, port: int, *, timeout: int = 5) -> None:
    settings.EMAIL_BACKEND = "ppid.notices.post.SmtpPost"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, timeout
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
