"""``deploy/nginx.conf`` in a real nginx: what it answers itself is as well protected as what the portal answers."""

import datetime
import http.client
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.test_laws import ROOT

# What a browser has to be told, each once, whoever answers.
PROTECTS = {
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "content-security-policy": None,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
}
OF_THE_PORTAL = {
    "X-Reference": "AB12CD34",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}


class Portal(BaseHTTPRequestHandler):
    """Stands in for gunicorn: answers with the portal's headers, and under /mati not at all."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/mati":
            self.close_connection = True
            return
        own = {"X-Content-Type-Options": "nosniff"} if self.path.startswith("/tanpa") else OF_THE_PORTAL
        self.send_response(413 if self.path == "/besar" else 200)
        for name, value in {**own, "Content-Length": "2"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *args):
        pass


def free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def make_a_certificate(folder) -> None:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=1))
    pem = serialization.Encoding.PEM
    (folder / "sertifikat.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "kunci.pem").write_bytes(private)


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    """Run nginx by the file that offices copy; only ports and paths are others. Gives both ports."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    assert program, "nginx is missing: script/bootstrap dev installs Debian's nginx-light"
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    make_a_certificate(folder)
    portal = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=portal.serve_forever, daemon=True).start()
    plain, tls = free_port(), free_port()
    conf = (ROOT / "deploy" / "nginx.conf").read_text()
    for line in ("listen [::]:80;", "listen [::]:443 ssl http2;"):
        conf = conf.replace(line, "")
    conf = re.sub(r"unix:/run/ppid/\S+\.sock|127\.0\.0\.1:8000", f"127.0.0.1:{portal.server_port}", conf)
    conf = conf.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    conf = conf.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{tls} ssl http2;")
    conf = conf.replace("/etc/ssl/ppid", str(folder)).replace("/var/log/nginx", str(folder))
    places = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("proxy", "client_body", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\nhttp {{ {places}\n{conf}\n}}\n"
    )
    process = subprocess.Popen([program, "-c", main, "-e", folder / "error.log"])
    try:
        until = time.monotonic() + 20
        while not answers(tls):
            assert process.poll() is None, (folder / "error.log").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        yield plain, tls
    finally:
        process.terminate()
        process.wait(20)
        portal.shutdown()
        portal.server_close()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def by_tls(port: int) -> http.client.HTTPSConnection:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=context)


def ask(port: int, path: str, **headers: str) -> tuple[int, list[tuple[str, str]], str]:
    """Return status, headers by small names, and body."""
    with closing(by_tls(port)) as connection:
        connection.request("GET", path, headers={"Host": "ppid.contoh.go.id", **headers})
        answer = connection.getresponse()
        return answer.status, [(name.lower(), value) for name, value in answer.getheaders()], answer.read().decode()


def flood(port: int, path: str, times: int) -> list[http.client.HTTPResponse]:
    answers = []
    with closing(by_tls(port)) as connection:
        for _ in range(times):
            connection.request("GET", path)
            answers.append(connection.getresponse())
            answers[-1].body = answers[-1].read().decode()
    return answers


def is_protected(headers: list[tuple[str, str]]) -> None:
    for name, value in PROTECTS.items():
        told = [each for header, each in headers if header == name]
        assert len(told) == 1, f"{name}: {told}"
        assert value in (None, told[0])


@pytest.mark.parametrize(
    ("path", "sends", "status", "says"),
    [
        ("/meja/", {"Content-Length": str(300 * 1024 * 1024)}, 413, "Kiriman ini terlalu besar"),
        ("/mati", {}, 502, "Portal sedang tidak menjawab"),
        ("/_berkas/umum/aa/x", {}, 404, ""),
        ("/", {"Host": "a b"}, 400, ""),
    ],
)
def test_what_nginx_answers_itself_bears_the_headers_once(nginx, path, sends, status, says):
    answered, headers, body = ask(nginx[1], path, **sends)
    assert answered == status
    assert says in body
    is_protected(headers)
    assert "nginx/" not in body + str(headers), "nor which version it is"


@pytest.mark.parametrize("path", ["/", "/besar", "/meja/akun/masuk/", "/static/css/a.css"])
def test_what_the_portal_answers_bears_its_own_once(nginx, path):
    status, headers, body = ask(nginx[1], path)
    assert (status, body) == (413 if path == "/besar" else 200, "ok"), "and its own page"
    is_protected(headers)
    assert ("content-security-policy", OF_THE_PORTAL["Content-Security-Policy"]) in headers


def test_whoever_floods_the_sign_in_waits(nginx):
    answers = flood(nginx[1], "/meja/akun/masuk/", 40)
    assert answers[0].status == 200
    (last,) = answers[-1:]
    assert (last.status, "Tunggu sebentar" in last.body) == (429, True)
    is_protected([(name.lower(), value) for name, value in last.getheaders()])


def test_an_office_behind_one_address_goes_on_and_a_flood_waits(nginx):
    told = [answer.status for answer in flood(nginx[1], "/informasi/", 300)]
    assert set(told) == {200}
    told = [answer.status for answer in flood(nginx[1], "/informasi/", 1500)]
    assert 429 in told
    assert {answer.status for answer in flood(nginx[1], "/static/css/a.css", 30)} == {200}


def test_without_tls_people_are_led_on_and_what_holds_secrets_is_refused(nginx):
    def plain(path):
        with closing(http.client.HTTPConnection("127.0.0.1", nginx[0], timeout=20)) as connection:
            connection.request("GET", path, headers={"Host": "ppid.contoh.go.id"})
            answer = connection.getresponse()
            return answer, answer.read().decode()

    for path in ("/", "/informasi/", "/apiculture/"):
        led, _ = plain(path)
        assert (led.status, led.headers["Location"]) == (301, f"https://ppid.contoh.go.id{path}")
    for path in ("/api/v1/informasi", "/meja/", "/meja", "/meja/tenggat/abc.ics"):
        refused, body = plain(path)
        assert (refused.status, refused.headers["Location"]) == (403, None)
        assert 'href="https://ppid.contoh.go.id/meja/"' in body
        assert refused.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert refused.headers["Strict-Transport-Security"] is None, "it means nothing without TLS"


def test_only_suites_with_forward_secrecy_are_spoken(nginx):
    def speaks(suites: str) -> bool:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(suites)
        try:
            with socket.create_connection(("127.0.0.1", nginx[1]), 5) as raw, context.wrap_socket(raw):
                return True
        except ssl.SSLError:
            return False

    assert speaks("ECDHE-ECDSA-AES128-GCM-SHA256")
    assert not speaks("ECDHE-ECDSA-AES128-SHA")
    assert not speaks("AES128-GCM-SHA256")
