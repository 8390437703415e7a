"""Files under their SHA-256 in a bucket of a server that speaks S3. Imported only where the settings name one.

A file is uploaded from a temporary one of this machine whose bytes were counted and compared, straight under its name:
an object stands whole from one moment on or not at all, and takes the place of a damaged one. What stands there is
compared again wherever it is read to be worked with.
"""

import base64
import hashlib
import io
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, BinaryIO, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, ReadTimeoutError
from botocore.parsers import ResponseParserError
from urllib3.exceptions import HTTPError, TimeoutError

from ppid.content_store import (
    BytesChanged,
    BytesMissing,
    ContentStore,
    Incoming,
    Standing,
    StoreAway,
    is_sha256,
    older,
    required_sha256,
    written_out,
)
from ppid.s3_place import S3Place

_CHUNK = 1 << 20
_PART = 8 << 20  # what is larger goes in parts of this size, of which memory holds one
_CONNECT, _ANSWER = 3, 10  # seconds, each of them twice at most
_REMEMBERED = 10  # seconds for which nobody waits for a bucket that let somebody wait in vain
_MISSING = {"NoSuchKey", "NoSuchUpload"}
_FOLDER = re.compile(r"[0-9a-f]{2}/")


class S3Store(ContentStore):
    """The names in a bucket that begin with the place's prefix, and nothing else there."""

    def __init__(self, place: S3Place):
        self.place = place

    def __str__(self) -> str:
        return str(self.place)

    def where(self, sha256: str) -> str:
        return f"s3://{self.place.bucket}/{self._key(sha256)}"

    def open(self, sha256: str) -> BinaryIO:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
        try:
            with _reached(self.place, sha256):
                written_out(self._chunks(sha256), cast(BinaryIO, file))
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return cast(BinaryIO, file)

    def check(self, sha256: str) -> None:
        digest = hashlib.sha256()
        with _reached(self.place, sha256):
            for chunk in self._chunks(sha256):
                digest.update(chunk)
        self._compare(sha256, digest.hexdigest())

    @contextmanager
    def readable(self, sha256: str) -> Iterator[Path]:
        with self._temporary() as (path, file):
            with _reached(self.place, sha256):
                found, _ = written_out(self._chunks(sha256), file)
            self._compare(sha256, found)
            file.close()
            yield path

    def part(self, sha256: str, first: int, count: int) -> BinaryIO:
        key = self._key(sha256)
        if count <= 0:
            return io.BytesIO()
        with _reached(self.place, sha256):
            asked = f"bytes={first}-{first + count - 1}"
            found = self._client.get_object(Bucket=self.place.bucket, Key=key, Range=asked)
            if not found.get("ContentRange", "").startswith(f"bytes {first}-"):
                found["Body"].close()
                raise StoreAway(f"{self.place} gives other bytes of a file than it was asked for.")
        return cast(BinaryIO, _Stream(found["Body"], self.place))

    def standing(self, sha256: str) -> Standing:
        key = self._key(sha256)
        with _reached(self.place, sha256):
            found = self._client.head_object(Bucket=self.place.bucket, Key=key)
            mark = (found["ETag"], found["ContentLength"], found["LastModified"].isoformat())
        return Standing(found["ContentLength"], mark)

    @contextmanager
    def incoming(self, chunks: Iterable[bytes]) -> Iterator[Incoming]:
        with self._temporary() as (path, file):
            sha256, size = written_out(chunks, file)
            file.close()
            yield _InBucket(sha256, size, path, partial(self._upload, sha256, size))

    def remove(self, sha256: str) -> None:
        key = self._key(sha256)
        with _reached(self.place):
            self._client.delete_object(Bucket=self.place.bucket, Key=key)

    def names(self, *, before: datetime | None = None) -> Iterator[str]:
        prefix = self.place.prefix
        for page in self._pages("list_objects_v2", Prefix=prefix, Delimiter="/"):
            for folder in page.get("CommonPrefixes", []):
                if _FOLDER.fullmatch(folder["Prefix"].removeprefix(prefix)):
                    for each in self._objects(folder["Prefix"]):
                        name = each["Key"].rpartition("/")[2]
                        if self._is_ours(each["Key"]) and (before is None or each["LastModified"] < before):
                            yield name

    def leftovers(self, *, before: datetime) -> Iterator[Callable[[], None]]:
        """Yield uploads in parts that were never ended, and temporary files of this machine."""
        for page in self._pages("list_multipart_uploads", Prefix=self.place.prefix):
            for each in page.get("Uploads", []):
                if self._is_ours(each["Key"]) and each["Initiated"] < before:
                    yield partial(self._abort, each["Key"], each["UploadId"])
        for path in older(Path(tempfile.gettempdir()).glob(f"{self._incoming}*"), before):
            yield partial(path.unlink, missing_ok=True)

    def anything(self) -> str | None:
        found = next(self._objects(self.place.prefix), None)
        return found["Key"].removeprefix(self.place.prefix) if found else None

    def mark(self, name: str) -> None:
        with _reached(self.place):
            self._client.put_object(Bucket=self.place.bucket, Key=self.place.prefix + name, Body=b"")

    def is_marked(self, name: str) -> bool:
        key = self.place.prefix + name
        return any(each["Key"] == key for each in self._objects(key))

    def unmark(self, name: str) -> None:
        with _reached(self.place):
            self._client.delete_object(Bucket=self.place.bucket, Key=self.place.prefix + name)

    def empty(self, *, but: str) -> None:
        for each in self._objects(self.place.prefix):
            if each["Key"] != self.place.prefix + but:
                with _reached(self.place):
                    self._client.delete_object(Bucket=self.place.bucket, Key=each["Key"])

    def keeps_versions(self) -> bool:
        try:
            said = self._client.get_bucket_versioning(Bucket=self.place.bucket)
        except (ClientError, BotoCoreError):
            return False  # not every server knows the question, and not everybody may ask it
        return said.get("Status") == "Enabled"

    @property
    def _client(self) -> Any:
        return _client_of(self.place)

    @property
    def _incoming(self) -> str:
        return f".incoming-{hashlib.sha256(str(self.place).encode()).hexdigest()[:16]}-"

    def _key(self, sha256: str) -> str:
        return f"{self.place.prefix}{required_sha256(sha256)[:2]}/{sha256}"

    def _is_ours(self, key: str) -> bool:
        name = key.rpartition("/")[2]
        return is_sha256(name) and key == self._key(name)

    def _chunks(self, sha256: str) -> Iterator[bytes]:
        found = self._client.get_object(Bucket=self.place.bucket, Key=self._key(sha256))
        with found["Body"]:
            _ = found["ETag"]  # what has none is no object but some page
            yield from found["Body"].iter_chunks(_CHUNK)

    def _compare(self, sha256: str, found: str) -> None:
        if found != sha256:
            raise BytesChanged(sha256, f"{self.where(sha256)} holds other bytes: {found}.")

    @contextmanager
    def _temporary(self) -> Iterator[tuple[Path, BinaryIO]]:
        with tempfile.NamedTemporaryFile(prefix=self._incoming, delete=False) as file:
            path = Path(file.name)
            try:
                yield path, cast(BinaryIO, file)
            finally:
                path.unlink(missing_ok=True)

    def _objects(self, prefix: str) -> Iterator[dict[str, Any]]:
        for page in self._pages("list_objects_v2", Prefix=prefix):
            yield from page.get("Contents", [])

    def _pages(self, question: str, **asked: str) -> Iterator[dict[str, Any]]:
        pages = iter(self._client.get_paginator(question).paginate(Bucket=self.place.bucket, **asked))
        while True:
            with _reached(self.place):
                page = next(pages, None)
            if page is None:
                return
            yield page

    def _upload(self, sha256: str, size: int, path: Path) -> None:
        with path.open("rb") as file, _reached(self.place):
            if size <= _PART:
                content = file.read(_PART)
                self._compare_sent(sha256, hashlib.sha256(content).hexdigest())
                where = {"Bucket": self.place.bucket, "Key": self._key(sha256)}
                told = base64.b64encode(bytes.fromhex(sha256)).decode()
                _ = self._client.put_object(**where, Body=content, ContentMD5=_md5(content), ChecksumSHA256=told)[
                    "ETag"
                ]
            else:
                self._upload_in_parts(sha256, file)

    def _upload_in_parts(self, sha256: str, file: BinaryIO) -> None:
        where = {"Bucket": self.place.bucket, "Key": self._key(sha256)}
        where["UploadId"] = self._client.create_multipart_upload(**where)["UploadId"]
        try:
            digest, parts = hashlib.sha256(), []
            while content := file.read(_PART):
                digest.update(content)
                number = len(parts) + 1
                told = self._client.upload_part(**where, PartNumber=number, Body=content, ContentMD5=_md5(content))
                parts.append({"PartNumber": number, "ETag": told["ETag"]})
            self._compare_sent(sha256, digest.hexdigest())
            self._client.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
        except BaseException:
            with suppress(StoreAway):  # then the sweep takes it away
                self._abort(where["Key"], where["UploadId"])
            raise

    def _compare_sent(self, sha256: str, found: str) -> None:
        """Raise BytesChanged where the temporary file no longer holds what arrived: nothing has its name yet."""
        if found != sha256:
            raise BytesChanged(sha256, f"What arrived as {sha256} is now {found}: the disk of this machine fails.")

    def _abort(self, key: str, upload: str) -> None:
        try:
            with _reached(self.place, key):
                self._client.abort_multipart_upload(Bucket=self.place.bucket, Key=key, UploadId=upload)
        except BytesMissing:
            pass  # ended or taken away meanwhile


@dataclass(slots=True)
class _InBucket(Incoming):
    upload: Callable[[Path], None]
    is_placed: bool = False

    def place(self) -> None:
        if not self.is_placed:
            self.upload(self.temporary)
            self.is_placed = True


class _Stream(io.RawIOBase):
    """The body of an answer, read forwards."""

    def __init__(self, body: Any, place: S3Place):
        self._body, self._place = body, place

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _reached(self._place):
            content = self._body.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._body.close()
        super().close()


def _client_of(place: S3Place) -> Any:
    # Each process has its own: what serves forks after the application was loaded.
    return _client(place.endpoint, place.region, place.key_id, place.secret, os.getpid())


@lru_cache(maxsize=8)
def _client(endpoint: str, region: str, key_id: str, secret: str, process: int) -> Any:
    """Return what speaks with a server, in this process. One that hangs costs half a minute, once."""
    session = boto3.session.Session(aws_access_key_id=key_id, aws_secret_access_key=secret, region_name=region)
    config = Config(
        connect_timeout=_CONNECT,
        read_timeout=_ANSWER,
        retries={"total_max_attempts": 2, "mode": "standard"},
        s3={"addressing_style": "path" if endpoint else "auto"},
        signature_version="s3v4",
        max_pool_connections=32,
        # What we send is told with MD5, which every server knows; their newer sums are not known everywhere.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return session.client("s3", endpoint_url=endpoint or None, config=config)


class _Silent:
    """The buckets that let somebody wait in vain a moment ago, as this process knows: nobody waits there meanwhile.

    Once that is over one alone tries, and the others are told no until it has an answer.
    """

    def __init__(self) -> None:
        self._until: dict[tuple[str, str], float] = {}
        self._lock = threading.Lock()

    def ask(self, place: S3Place) -> bool:
        """Say whether to go there."""
        where, now = (place.endpoint, place.bucket), time.monotonic()
        with self._lock:
            until = self._until.get(where)
            if until is not None and now < until:
                return False
            if until is not None:
                self._until[where] = now + 2 * (_CONNECT + _ANSWER)
            return True

    def answered(self, place: S3Place) -> None:
        if self._until:
            with self._lock:
                self._until.pop((place.endpoint, place.bucket), None)

    def was_waited_for(self, place: S3Place) -> None:
        with self._lock:
            self._until[place.endpoint, place.bucket] = time.monotonic() + _REMEMBERED


_silent = _Silent()


@contextmanager
def _reached(place: S3Place, name: str = "") -> Iterator[None]:
    """Let what the server answers, or that it doesn't, be an error of the store; ``name`` is of what may be missing."""
    if not _silent.ask(place):
        raise StoreAway(f"{place} doesn't answer: it did not a moment ago.", "tidak menjawab")
    try:
        yield
        _silent.answered(place)
    except ClientError as error:
        _silent.answered(place)
        code = str(error.response.get("Error", {}).get("Code", ""))
        if name and code == "404":  # told without a body: the bucket may be what is gone, or the server none of S3
            with _reached(place):
                _client_of(place).list_objects_v2(Bucket=place.bucket, Prefix=place.prefix, MaxKeys=1)
            code = "NoSuchKey"
        if name and code in _MISSING:
            raise BytesMissing(name, f"No file {name} in {place}.") from error
        raise StoreAway(f"{place} refuses what is asked of it: {code}.", code) from error
    except (BotoCoreError, HTTPError) as error:
        if isinstance(error, ConnectTimeoutError | ReadTimeoutError | TimeoutError):
            _silent.was_waited_for(place)
        else:
            _silent.answered(place)  # it is away, and says so at once
        raise StoreAway(f"{place} doesn't answer: {type(error).__name__}.", type(error).__name__) from error
    except (ResponseParserError, KeyError) as error:
        _silent.answered(place)
        raise StoreAway(f"{place} is reached, and what answers there doesn't speak S3.", "bukan S3") from error


def _md5(content: bytes) -> str:
    return base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
