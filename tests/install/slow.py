"""Hundreds of slow clients at nginx, from addresses of their own, while the portal goes on answering others."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

ASKING, SENDING, READING = 200, 100, 50
WITHIN = 2  # seconds in which a page has to come
LOOKS = 10  # at the portal, a second apart


def slow_clients(
    holds: Callable[[bool, str], None],
    answers: Callable[[], bool],
    *,
    host: str,
    large: str,
    port: int = 443,
    ended_after: float = 15,
) -> None:
    """Let slow clients come; ``answers`` asks for a page, ``large`` is the address of something to be read slowly.

    ``ended_after``: the seconds of client_header_timeout.
    """
    with ExitStack() as until_they_go:
        tls = ssl.create_default_context()
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        began = time.monotonic()
        head = f"GET / HTTP/1.1\r\nHost: {host}\r\nX-Slow: "
        sent = f"POST /meja/akun/masuk/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000\r\n"
        sent += "Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin="
        read = f"GET {large} HTTP/1.1\r\nHost: {host}\r\n\r\n"

        def come(number: int, first: str, *, buffer: int = 0) -> list[ssl.SSLSocket]:
            # Each ten from an address of their own: a limit for each address alone would not help.
            opened = (_line(tls, host, port, n // 10, buffer) for n in range(number))
            return [until_they_go.enter_context(_said(line, first)) for line in opened]

        dribbling = come(ASKING, head) + come(SENDING, sent)
        come(READING, read, buffer=4096)
        until_they_go.enter_context(_now_and_then(dribbling))
        waited = []
        for _ in range(LOOKS):
            asked = time.monotonic()
            is_there = answers()
            waited.append(time.monotonic() - asked if is_there else float("inf"))
            time.sleep(1)
        number = ASKING + SENDING + READING
        holds(max(waited) < WITHIN, f"{number} slow clients wait at nginx; a page takes {max(waited):.2f} s at most")
        time.sleep(max(0.0, began + ended_after + 10 - time.monotonic()))
        gone = sum(_is_closed(line) for line in dribbling[:ASKING])
        holds(gone == ASKING, f"nginx lets go whoever does not finish asking within {ended_after} s ({gone} are gone)")


def _line(tls: ssl.SSLContext, host: str, port: int, address: int, buffer: int) -> ssl.SSLSocket:
    plain = socket.socket()
    if buffer:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    plain.settimeout(30)
    plain.bind((f"127.0.1.{1 + address}", 0))
    plain.connect(("127.0.0.1", port))
    return tls.wrap_socket(plain, server_hostname=host)


@contextmanager
def _said(line: ssl.SSLSocket, words: str) -> Iterator[ssl.SSLSocket]:
    with line:
        line.sendall(words.encode())
        yield line


@contextmanager
def _now_and_then(lines: list[ssl.SSLSocket]) -> Iterator[None]:
    """Send a letter on each of the lines every two seconds, as long as somebody is there."""
    over = threading.Event()

    def dribble() -> None:
        alive = list(lines)
        while not over.wait(2):
            alive = [line for line in alive if _sends(line)]

    thread = threading.Thread(target=dribble, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _sends(line: ssl.SSLSocket) -> bool:
    try:
        line.sendall(b"a")
    except OSError:
        return False
    return True


def _is_closed(line: ssl.SSLSocket) -> bool:
    line.settimeout(1)
    try:
        return line.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True
