"""Speaks with ClamAV's daemon: hands it bytes piece by piece (INSTREAM) and understands its answer."""

import select
import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

_PIECE = 1 << 16
_CONNECT, _ANSWER = 5, 120  # seconds
_LONGEST = 4096
# What the daemon says, where it is set to say so, of a file that it did not look through.
_NOT_THROUGH = "heuristics.limits.exceeded"


class Said(StrEnum):
    CLEAN = "clean"
    FOUND = "found"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the scanner says of a file; ``signature`` is what it found."""

    said: Said
    signature: str = ""


class ScannerAway(Exception):
    """The scanner can't be reached, or says nothing that could be understood: nothing is known of the file."""


class Clamd:
    """The daemon at ``tcp://host:port`` or ``unix:///path``."""

    def __init__(self, url: str):
        self._at = urlsplit(url)

    def definitions(self) -> str:
        """Return the daemon's version with that of its definitions and their day. Raises ScannerAway."""
        with self._connected() as connection:
            connection.sendall(b"zVERSION\0")
            return _answer(connection)

    def scan(self, pieces: Iterable[bytes]) -> Answer:
        """Return what the daemon says of the bytes. Raises ScannerAway."""
        with self._connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            try:
                for piece in pieces:
                    for start in range(0, len(piece), _PIECE):
                        part = piece[start : start + _PIECE]
                        if select.select([connection], [], [], 0)[0]:  # it answers before the end: it has enough
                            return _understood(_answer(connection))
                        connection.sendall(struct.pack(">L", len(part)) + part)
                connection.sendall(bytes(4))
            except (BrokenPipeError, ConnectionResetError):
                pass  # it closed its end; why, it has said
            return _understood(_answer(connection))

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        try:
            if self._at.scheme == "unix":
                connection = socket.socket(socket.AF_UNIX)
                connection.settimeout(_CONNECT)
                connection.connect(self._at.path)
            else:
                connection = socket.create_connection((self._at.hostname, self._at.port), _CONNECT)
            with connection:
                connection.settimeout(_ANSWER)
                yield connection
        except OSError as error:
            raise ScannerAway(str(error)) from error


def _answer(connection: socket.socket) -> str:
    data = b""
    while not data.endswith(b"\0") and len(data) < _LONGEST:
        piece = connection.recv(_LONGEST)
        if not piece:
            break
        data += piece
    if not data:
        raise ScannerAway("It closed the connection without an answer.")
    return data.rstrip(b"\0\n").decode("utf-8", "replace")


def _understood(answer: str) -> Answer:
    if "size limit exceeded" in answer:
        return Answer(Said.TOO_LARGE)
    if answer.endswith(" FOUND"):
        signature = answer.removesuffix(" FOUND").partition(": ")[2]
        if signature.casefold().startswith(_NOT_THROUGH):
            return Answer(Said.TOO_LARGE)
        return Answer(Said.FOUND, signature[:200])
    if answer == "stream: OK":
        return Answer(Said.CLEAN)
    raise ScannerAway(answer[:200])
