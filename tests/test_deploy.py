"""The files of deploy/ fit each other, the guide and the project; script/test-install is what walks them."""

import re
import socket
import ssl
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from tests import serve
from tests.test_settings import named_in_code

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "operasi.md").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
UNITS = {file.name: file.read_text() for file in DEPLOY.iterdir() if file.suffix in {".service", ".socket", ".timer"}}


def test_who_asks_while_the_portal_starts_anew_waits_and_is_answered(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), socket.create_server(("127.0.0.1", 0)) as handed:
        with serve.gunicorn(handed=handed) as server:
            assert server.answers()
        with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as meanwhile:
            meanwhile.request("GET", "/robots.txt")
            with serve.gunicorn(handed=handed):
                assert meanwhile.getresponse().status == 200


def test_nginx_systemd_and_the_container_mean_one_socket():
    place = re.search(r"^ListenStream=(\S+)$", UNITS["ppid.socket"], re.MULTILINE)[1]
    assert f"server unix:{place};" in (DEPLOY / "nginx.conf").read_text()
    assert f'"--bind", "unix:{place}"' in CONTAINERFILE
    assert {place.rpartition("/")[0]} == {
        volume.split(":")[1]
        for name in ("portal", "nginx")
        for volume in SERVICES[name]["volumes"]
        if "socket:" in volume
    }


def test_nobody_but_nginx_may_write_to_the_portals_socket():
    said = dict(line.split("=") for line in UNITS["ppid.socket"].splitlines() if "=" in line and line[0] != "#")
    assert (said["SocketUser"], said["SocketGroup"], said["SocketMode"]) == ("root", "www-data", "0660")


def test_tls_is_forward_secret_and_authenticated():
    suites = re.search(r"^ *ssl_ciphers (\S+);$", (DEPLOY / "nginx.conf").read_text(), re.MULTILINE)[1]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(suites)
    agreed = [each for each in context.get_ciphers() if each["protocol"] != "TLSv1.3"]
    assert agreed
    assert all(each["kea"].startswith("kx-ecdhe") and each["aead"] for each in agreed)


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_a_unit_runs_what_exists(unit):
    for command in re.findall(r"^Exec\w+=(.+)$", UNITS[unit], re.MULTILINE):
        program, *words = command.split()
        assert program in {"/opt/ppid/.venv/bin/python", "/usr/local/sbin/ppid-manage", "/usr/local/sbin/ppid-backup"}
        asked = {"ppid-manage": 0, "python": 1}.get(program.rpartition("/")[2])
        if asked is not None and "gunicorn" not in words:
            assert words[asked] in get_commands()


def test_every_unit_is_started_by_the_guide_or_by_another():
    started = set(re.search(r"^systemctl enable --now (ppid.+)$", GUIDE, re.MULTILINE)[1].split())
    by_timer = {name.replace(".timer", ".service") for name in UNITS if name.endswith(".timer")}
    assert {name if "." in name else f"{name}.service" for name in started} | by_timer == set(UNITS)


def test_the_containers_are_told_settings_that_exist():
    told = {name for service in SERVICES.values() for name in service.get("environment", {})}
    ours = {name.removesuffix("_FILE") for name in told if not name.startswith("POSTGRES_")}
    assert ours <= named_in_code()
    assert {"SECRET_KEY", "MFA_KEY", "DATABASE_URL", "PORTAL_DATABASE_URL", "BEHIND_PROXY"} <= ours


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_container_reads_its_own_secrets_and_no_other(name):
    service = SERVICES[name]
    read = {value.rpartition("/")[2] for value in service.get("environment", {}).values() if "/run/secrets/" in value}
    if name == "db":  # its roles are made with the words of everybody who signs in
        read |= {"owner_database_url", "desk_database_url", "portal_database_url"}
    assert read == set(service.get("secrets", ()))
    if name not in {"db", "prepare", "backup"}:
        assert not read & {"owner_database_url", "backup_key", "admin_password"}


def test_every_secret_is_made_by_the_guide():
    made = re.search(r"^umask 077\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)[1]
    for secret in COMPOSE["secrets"]:
        assert re.search(rf"\b{secret}\b", made)


def test_what_containers_are_made_of_exists():
    kept = (DEPLOY / "Containerfile.dockerignore").read_text().splitlines()
    copied = [line.split()[1] for line in CONTAINERFILE.splitlines() if line.startswith("COPY") and ". ." not in line]
    mounted = [volume.split(":")[0] for volume in SERVICES["db"]["volumes"] if volume.startswith("./")]
    assert [name for name in kept if name[:1] == "!" and not (ROOT / name[1:]).exists()] == []
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert [name for name in mounted if not (DEPLOY / name).exists()] == []
    stages = set(re.findall(r"^FROM \S+ AS (\w+)$", CONTAINERFILE, re.MULTILINE))
    assert {service["build"]["target"] for service in SERVICES.values() if "build" in service} == stages


def test_containers_run_commands_that_exist():
    ran = {tuple(service["command"]) for service in SERVICES.values() if "command" in service}
    named = {next(word for word in words if word.isidentifier()) for words in ran}
    assert named <= set(get_commands())
