"""Sealed files: AES-256-GCM piece by piece, so that neither their size nor their being read needs memory.

A file begins with what it is, which key it wants (a few bytes of a digest, which tell nothing of it) and 32 random
bytes, from which and from the key its own key is derived. So a piece's number is nonce enough, and binds its place.
The name of the file and whether this is its last piece are authenticated with each: no piece can be changed, left
out, put elsewhere or taken from another file, and no file can be cut short, without its being told. No Django here:
``unseal.py`` opens a set on a machine that has nothing yet.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"PPID sealed 1\n"
PIECE = 1 << 20
_TAG, _SALT, _WHICH = 16, 32, 8
_STREAM = "The stream"  # what is sealed as a whole has no name


class Damaged(Exception):
    """What was kept is not what is read; the text is the sentence."""


class Key:
    """The secret of sealed backups: a random text of the office, from which every key is derived."""

    def __init__(self, secret: str):
        self._secret = secret.encode()
        self.which = self._digest(b"which key")[:_WHICH]

    def name(self, sha256: str) -> str:
        """Return the name under which a sealed file lies: who has no key can't tell by it what the file is."""
        return self._digest(b"name " + sha256.encode()).hex()

    def cipher(self, salt: bytes) -> AESGCM:
        return AESGCM(HKDF(SHA256(), length=32, salt=salt, info=b"ppid backup").derive(self._secret))

    def _digest(self, of: bytes) -> bytes:
        return hmac.digest(self._secret, of, hashlib.sha256)


class Sealer:
    """Seals a file that belongs under ``name``, as its bytes come: the head first, then the pieces, then the last."""

    def __init__(self, key: Key, name: str):
        salt = os.urandom(_SALT)
        self.head = MAGIC + key.which + salt
        self._cipher, self._name = key.cipher(salt), name
        self._number, self._rest = 0, bytearray()

    def add(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the pieces that are full by now, and keep the rest: nobody knows yet which is the last."""
        self._rest += chunk
        while len(self._rest) > PIECE:
            yield self._sealed(bytes(self._rest[:PIECE]), is_last=False)
            del self._rest[:PIECE]

    def end(self) -> bytes:
        """Return the last piece, which is empty only for an empty file."""
        return self._sealed(bytes(self._rest), is_last=True)

    def _sealed(self, piece: bytes, *, is_last: bool) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._number), piece, _bound(self._name, is_last=is_last))
        self._number += 1
        return sealed


def seal(key: Key, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sealed file of ``chunks``, which belongs under ``name``."""
    sealer = Sealer(key, name)
    yield sealer.head
    for chunk in chunks:
        yield from sealer.add(chunk)
    yield sealer.end()


def unseal(key: Key, name: str, file: BinaryIO) -> Iterator[bytes]:
    """Yield what was sealed under ``name``. Raises Damaged at the first piece that is not as it was sealed."""
    if file.read(len(MAGIC)) != MAGIC:
        raise Damaged(f"{name or _STREAM} is not sealed, or its beginning was changed.")
    if file.read(_WHICH) != key.which:
        raise Damaged(f"{name or _STREAM} was sealed with another key, or its beginning was changed.")
    cipher = key.cipher(file.read(_SALT))
    number, sealed = 0, _whole(file)
    while True:
        following = _whole(file)
        try:
            yield cipher.decrypt(_nonce(number), sealed, _bound(name, is_last=not following))
        except InvalidTag as error:
            raise Damaged(f"{name or _STREAM} was cut short or changed.") from error
        if not following:
            return
        number, sealed = number + 1, following


def sealed_size(size: int) -> int:
    """Return the bytes that a file of ``size`` bytes takes once it is sealed."""
    return len(MAGIC) + _WHICH + _SALT + size + _TAG * max(1, -(-size // PIECE))


def _whole(file: BinaryIO) -> bytes:
    """Read a sealed piece, also from a stream that gives less than it is asked for."""
    wanted, found = PIECE + _TAG, bytearray()
    while len(found) < wanted and (some := file.read(wanted - len(found))):
        found += some
    return bytes(found)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _bound(name: str, *, is_last: bool) -> bytes:
    return MAGIC + name.encode() + (b"\x00last" if is_last else b"\x00more")
