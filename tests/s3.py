"""A server that speaks S3, run for the tests: each place in it is a bucket of its own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import boto3

from ppid.s3_place import S3Place

KEY_ID, SECRET = "kunci-uji", "rahasia-uji"


@contextmanager
def s3_server() -> Iterator[str]:
    """Run the server until the block ends; give its address. What lies in it is gone then."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # It keeps objects in files of its own beyond a size: they go with the folder.
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-p", str(port)],
            stdout=nowhere,
            stderr=nowhere,
            env={**os.environ, "TMPDIR": folder},
        )
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def client(endpoint: str):
    """Return what speaks with the server without our store, as its keeper would."""
    keys = {"aws_access_key_id": KEY_ID, "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
    return boto3.client("s3", endpoint_url=endpoint, **keys)


def new_place(endpoint: str, prefix: str = "berkas/") -> S3Place:
    """Make a bucket and return the place in it."""
    bucket = f"ppid-{uuid.uuid4().hex[:12]}"
    client(endpoint).create_bucket(Bucket=bucket)
    return S3Place(bucket, prefix, endpoint, "us-east-1", KEY_ID, SECRET)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError("The S3 server did not answer within half a minute")
