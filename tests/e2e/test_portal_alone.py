"""The portal on a machine of its own: a database that holds nothing but the shelf, fed by logical replication."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from ppid.embedded_postgres import Server
from ppid.shelf import actions
from tests import serve
from tests.portal import shelf_rows

SECONDS = 30  # until what was published must have arrived


@pytest.fixture(scope="module")
def replica(portal, tmp_path_factory):
    """A second PostgreSQL with the tables of the shelf alone, which follows the first; gives its address."""
    with ExitStack() as until_the_end:
        folder = tmp_path_factory.mktemp("replica")
        address = until_the_end.enter_context(Server(folder / "postgres", throwaway=True).held())
        prepared = {**os.environ, **_alone(address), "PPID_VAR": str(folder)}
        subprocess.run([sys.executable, "manage.py", "prepare"], env=prepared, cwd=settings.BASE_DIR, check=True)
        call_command("publish_shelf")
        call_command("publish_shelf")  # again, as after an update
        here = connection.settings_dict
        source = f"host={here['HOST']} dbname={here['NAME']} user={here['USER']}"
        with psycopg.connect(address, autocommit=True) as there:
            # A slot belongs to the whole server, which several runs of tests share.
            there.execute(
                f"CREATE SUBSCRIPTION ppid_public CONNECTION '{source}' PUBLICATION ppid_public "
                f"WITH (slot_name = '{here['NAME']}')"
            )
            until_the_end.callback(_stop_following, address)
            yield address


@pytest.fixture(scope="module")
def alone(replica):
    """The portal that stands alone, served from the replica."""
    with serve.gunicorn(environment=_alone(replica)) as server:
        yield server


def _alone(address: str) -> dict[str, str]:
    return {"PPID_SITE": "portal", "DATABASE_URL": address, "PPID_DEMO": "1"}


def _stop_following(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as there:
        there.execute("DROP SUBSCRIPTION ppid_public")
    connections.close_all()


def _get(server, address: str, **headers) -> tuple[int, str, str]:
    """Return status, text and ETag of what the server answers."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as line:
        line.request("GET", address, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode(errors="replace"), answer.getheader("ETag", "")


def _until(holds, otherwise: str):
    for _ in range(SECONDS * 20):
        if found := holds():
            return found
        time.sleep(0.05)
    raise AssertionError(otherwise)


def _arrived(server, address: str, status: int) -> tuple[int, str, str]:
    def answered():
        found = _get(server, address)
        return found if found[0] == status else None

    return _until(answered, f"{address} did not answer {status}")


def _held(server, address: str) -> str:
    """Return the ETag with which the page is not sent again; "" while tables still arrive, which counts editions."""
    etag = _get(server, address)[2]
    return etag if _get(server, address, **{"If-None-Match": etag})[0] == 304 else ""


def test_what_is_published_at_the_desk_arrives_with_its_file_and_what_is_excluded_goes(alone):
    item = shelf_rows.item(title="Laporan yang menyeberang", files=[shelf_rows.file(b"%PDF-1.7 menyeberang")])
    address = item.get_absolute_url()
    _, page, _ = _arrived(alone, address, 200)
    assert "Laporan yang menyeberang" in page
    etag = _until(lambda: _held(alone, address), "304 was never answered")
    assert "menyeberang" in _get(alone, item.files.get().get_absolute_url())[1]

    actions.exclude(item.number, called="Data pribadi", reason="UU", at=timezone.now(), ends_on=None)
    _, page, _ = _arrived(alone, address, 410)
    assert "Laporan yang menyeberang" not in page
    assert _get(alone, address, **{"If-None-Match": etag})[0] == 410


@pytest.mark.parametrize("address", ["/meja/", "/meja/akun/masuk/", "/meja/perkara/2026-0001/"])
def test_there_is_no_desk(alone, address):
    assert _get(alone, address)[0] == 404


def test_no_page_leads_to_a_desk(alone):
    assert "/meja/" not in _get(alone, "/")[1]


def test_the_database_holds_nothing_but_the_shelf(replica):
    with psycopg.connect(replica) as there:
        names = {name for (name,) in there.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert {name for name in names if not name.startswith("shelf_")} == {"django_migrations"}


@pytest.mark.parametrize("address", ["/", "/informasi/", "/dip/", "/dip.csv", "/dik/", "/sop/", "/sitemap.xml"])
def test_what_it_shows_is_what_the_whole_site_shows(alone, server, address):
    def alike():
        own, whole = _get(alone, address), _get(server, address)
        return own[0] == whole[0] == 200 and len(own[1]) > 200

    _until(alike, f"{address} differs")
