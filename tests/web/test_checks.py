"""What is examined of the machine: room on the disk, clocks, the certificate of a real server over TLS."""

import os
import shutil
import socket
import ssl
import threading
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.checks import ERROR, INFO, WARNING
from django.db import connection
from django.utils import timezone

from ppid.web import checks
from ppid.web.certificates import NoCertificate, end_of_certificate

GB = 1024**3
Disk = namedtuple("Disk", "total used free")


def levels(found) -> list[int]:
    return [each.level for each in found]


@pytest.mark.parametrize(
    ("total", "free", "level"),
    [
        (250, 100, INFO),
        (250, 19, WARNING),
        (250, 21, INFO),  # less than a tenth, but a lot
        (40, 5, INFO),
        (40, 3, WARNING),
        (40, 1, ERROR),
        (1000, 1.9, ERROR),
    ],
)
def test_a_disk_that_fills_is_told_before_it_is_full(monkeypatch, settings, tmp_path, total, free, level):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(total * GB, 0, free * GB))
    settings.VAR = settings.PRIVATE_FILES = settings.PUBLIC_FILES = settings.LETTERBOX = tmp_path / "not" / "yet"
    found = checks.disk_has_room(["default"])
    assert levels(found) == [level]  # one disk is told once
    assert str(tmp_path) in found[0].msg


@pytest.mark.django_db
@pytest.mark.parametrize(("off", "wrong"), [(0, 0), (25, 0), (35, 1), (-35, 1), (-7 * 3600, 1)])
def test_clocks_that_differ_are_told_in_both_directions(monkeypatch, off, wrong):
    now = timezone.now
    monkeypatch.setattr(checks.timezone, "now", lambda: now() + timedelta(seconds=off))
    assert len(checks.clocks_agree(["default"])) == wrong


@pytest.mark.django_db
def test_the_database_says_who_it_is():
    (fact,) = checks.database_answers(["default"])
    assert fact.level == INFO
    assert "PostgreSQL" in fact.msg


def certificate(folder, *, days: int):
    """Write a certificate that ends in so many days, issued by nobody; return its path."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=100))
        .not_valid_after(now + timedelta(days=days, minutes=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()) + made.public_bytes(pem)
    )
    return path


@pytest.fixture
def served(tmp_path):
    """Serve TLS with a certificate that ends in so many days; return the port."""
    listeners = []

    def serve(days: int) -> int:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate(tmp_path, days=days))
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def answer():
            try:
                connection, _ = listener.accept()
                with context.wrap_socket(connection, server_side=True) as secured:
                    secured.recv(1)
            except OSError:
                pass

        threading.Thread(target=answer, daemon=True).start()
        return listener.getsockname()[1]

    yield serve
    for each in listeners:
        each.close()


@pytest.mark.parametrize(
    ("days", "level"), [(90, INFO), (22, INFO), (20, WARNING), (4, WARNING), (2, ERROR), (-1, ERROR)]
)
def test_a_certificate_is_told_before_it_ends(settings, served, days, level):
    settings.SITE_URL = f"https://127.0.0.1:{served(days)}"
    found = checks.certificate_is_valid(["default"])
    assert levels(found) == [level]


def test_a_server_without_tls_or_none_at_all_is_a_sentence(settings):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NoCertificate):
        end_of_certificate("127.0.0.1", port)
    settings.SITE_URL = f"https://127.0.0.1:{port}"
    (found,) = checks.certificate_is_valid(["default"])
    assert (found.level, "tidak terbaca" in found.msg) == (WARNING, True)


def test_without_https_there_is_none_to_look_at(settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert levels(checks.certificate_is_valid(["default"])) == [INFO]


@pytest.mark.django_db
def test_a_postgresql_that_is_too_old_stops_the_start(monkeypatch):
    for version, found in ((140_012, ["ppid.E005"]), (150_000, [])):
        monkeypatch.setitem(connection.__dict__, "pg_version", version)
        assert [each.id for each in checks.database_is_prepared(["default"])] == found


@pytest.mark.django_db
def test_migrations_that_wait_stop_the_start():
    assert checks.database_is_prepared(["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'upkeep' OR app = 'downloads'")
    (found,) = checks.database_is_prepared(["default"])
    assert (found.level, found.id, "migrasi menunggu" in found.msg) == (ERROR, "ppid.E006", True)


@pytest.mark.parametrize("name", ["PRIVATE_FILES", "PUBLIC_FILES", "LETTERBOX"])
def test_a_folder_that_takes_no_file_stops_the_start(monkeypatch, settings, tmp_path, name):
    for each in ("PRIVATE_FILES", "PUBLIC_FILES", "LETTERBOX"):
        (tmp_path / each).mkdir()
        setattr(settings, each, tmp_path / each)
    assert checks.files_can_be_kept(["default"]) == []
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path / name)
    (found,) = checks.files_can_be_kept(["default"])
    assert (found.level, found.msg.startswith(f"{name}: ")) == (ERROR, True)


def test_pages_without_their_style_are_told(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    assert levels(checks.static_files_are_in_place(["default"])) == [WARNING]
    (tmp_path / "staticfiles.json").write_text("{}")
    assert checks.static_files_are_in_place(["default"]) == []


@pytest.mark.parametrize(
    ("demo", "url", "found"),
    [
        (False, "https://ppid.example.go.id", []),
        (False, "", ["ppid.W005"]),
        (False, "https://ppid.contoh.example", ["ppid.W006"]),
        (True, "", []),
    ],
)
def test_an_address_on_paper_that_is_not_ours_is_told(settings, demo, url, found):
    settings.DEMO, settings.SITE_URL, settings.ALLOWED_HOSTS = demo, url, ["ppid.example.go.id"]
    assert [each.id for each in checks.address_on_paper_is_ours(["default"])] == found
