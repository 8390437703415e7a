"""A server that speaks S3, run for the tests: each place in it is a bucket of its own.

python -m tests.s3 PORT
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

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
            [sys.executable, "-m", "tests.s3", str(port)],
            stdout=nowhere,
            stderr=nowhere,
            cwd=Path(__file__).parent.parent,
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


def as_settings(private: S3Place, public: S3Place) -> dict[str, str]:
    """Return the settings by which a machine keeps its files in these places."""
    return {
        "PRIVATE_FILES": str(private),
        "PUBLIC_FILES": str(public),
        "S3_ENDPOINT_URL": private.endpoint,
        "S3_ACCESS_KEY_ID": KEY_ID,
        "S3_SECRET_ACCESS_KEY": SECRET,
    }


@contextmanager
def only_reads(endpoint: str, place: S3Place) -> Iterator[S3Place]:
    """Give the place with the keys of somebody who may list and read there, on a server that asks for rights."""
    keys = {"aws_access_key_id": KEY_ID, "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
    iam = boto3.client("iam", endpoint_url=endpoint, **keys)
    iam.create_user(UserName="portal")
    bucket = f"arn:aws:s3:::{place.bucket}"
    allowed = [{"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"], "Resource": [bucket, f"{bucket}/*"]}]
    policy = json.dumps({"Version": "2012-10-17", "Statement": allowed})
    iam.put_user_policy(UserName="portal", PolicyName="membaca", PolicyDocument=policy)
    key = iam.create_access_key(UserName="portal")["AccessKey"]
    _ask_for_rights_after(endpoint, "0")
    try:
        yield replace(place, key_id=key["AccessKeyId"], secret=key["SecretAccessKey"])
    finally:
        _ask_for_rights_after(endpoint, "inf")


def _ask_for_rights_after(endpoint: str, actions: str) -> None:
    asked = Request(f"{endpoint}/moto-api/reset-auth", actions.encode(), {"Content-Type": "text/plain"})
    with urlopen(asked, timeout=10):
        pass


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError("The S3 server did not answer within half a minute")


def _serve(port: int) -> None:
    """Serve moto. It isn't made for several who write at once, which a real server is: they take turns here."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
    from werkzeug.serving import run_simple

    os.environ["MOTO_PORT"] = str(port)
    application, turn = DomainDispatcherApplication(create_backend_app), threading.Lock()

    def one_at_a_time(environ, start_response):
        with turn:
            return application(environ, start_response)

    run_simple("127.0.0.1", port, one_at_a_time, threaded=True, request_handler=MotoRequestHandler)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
