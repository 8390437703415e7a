"""The drill: an office works, is backed up, loses its machine, and stands again on a new one, row by row."""

import re
import subprocess
from http.cookiejar import CookieJar
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from psycopg.conninfo import make_conninfo

from ppid.organisation.models import User
from ppid.upkeep.stores import all_stores
from sop.models import fixed_activities
from tests import make, serve
from tests.machine import PROGRAMS, machine

KEY = "a-key-of-the-office-that-lies-in-a-safe-elsewhere"
PASSWORD = "kapuas mengalir ke laut"
# What each role may do with each table, sequence and the database, and who is a member of whom.
GRANTS = """
    SELECT relname, grantee::regrole::text, privilege_type FROM pg_class, aclexplode(relacl)
    WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT datname, grantee::regrole::text, privilege_type FROM pg_database, aclexplode(datacl)
    WHERE datname = 'ppid'
    UNION ALL SELECT roleid::regrole::text, member::regrole::text, 'member' FROM pg_auth_members
    WHERE roleid::regrole::text LIKE 'ppid%'
    UNION ALL SELECT relname, relowner::regrole::text, 'owner' FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
"""
MADE_OF = """
    SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
    WHERE NOT tgisinternal
    UNION ALL SELECT 'constraint', conrelid::regclass::text, pg_get_constraintdef(oid), conname FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', tablename, indexdef, '' FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'function', proname, prosrc, '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def everything(one) -> dict:
    """Return all that an office is: each row, sequence, grant, trigger and file."""
    tables = [name for (name,) in one.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]
    return {
        "rows": {table: sorted(row for (row,) in one.rows(f'SELECT t::text FROM "{table}" t')) for table in tables},
        "sequences": sorted(one.rows("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")),
        "grants": sorted(one.rows(GRANTS)),
        "made of": sorted(one.rows(MADE_OF)),
        "files": {
            str(path.relative_to(one.folder)): path.read_bytes()
            for store in ("private", "public")
            for path in sorted((one.folder / store).rglob("*"))
            if path.is_file()
        },
    }


@pytest.fixture(scope="module")
def office(short_folder, django_db_setup, django_db_blocker):
    """What an office was, once it had worked and was backed up, four ways, and lost its machine."""
    with django_db_blocker.unblock(), machine(short_folder / "old") as old:
        bring(old, short_folder / "office.dump")
        old.managed("prepare", served=True)
        with old.led_to():
            work()
        was = everything(old)
        for name, key in (("plain", ""), ("sealed", KEY)):
            said = old.managed("backup", str(short_folder / name), BACKUP_KEY=key)
            assert f", {'' if key else 'not '}sealed." in said
            (short_folder / f"{name}.tar").write_bytes(old.manage("backup", "-", BACKUP_KEY=key).stdout)
        assert everything(old) == was, "a backup changes nothing"
        old.destroy()
    return was


def bring(one, dump: Path) -> None:
    """Bring the office that every test begins with: its rows, and the files that they name."""
    parts = connection.settings_dict
    address = make_conninfo(dbname=parts["NAME"], user=parts["USER"], host=parts["HOST"])
    options = ["--no-owner", "--no-privileges"]
    subprocess.run(
        [PROGRAMS / "pg_dump", *options, "--format=custom", f"--file={dump}", f"--dbname={address}"], check=True
    )
    options += ["--exit-on-error", "--single-transaction"]
    subprocess.run([PROGRAMS / "pg_restore", *options, "-d", one.url("ppid_owner"), dump], check=True)
    filled = all_stores()
    with override_settings(PRIVATE_FILES=one.folder / "private", PUBLIC_FILES=one.folder / "public"):
        for store, empty in zip(filled, all_stores(), strict=True):
            for sha256, _ in store.promised():
                empty.files.copy_from(store.files, sha256)


def work() -> None:
    """Let the office do what it does, signed in by the desk's role alone."""
    fixed_activities.cache_clear()
    User.objects.filter(is_demo=True).update(password=make_password(PASSWORD, hasher=Argon2PasswordHasher()))
    make.publication(at="published")
    make.publication(at="updating", unit="dinkes")
    make.adopted()
    make.person("operator", name="Petugas Baru")
    call_command("daily", stdout=StringIO(), stderr=StringIO())
    fixed_activities.cache_clear()


@pytest.mark.parametrize("name", ["plain", "sealed", "plain.tar", "sealed.tar"])
def test_everything_comes_back_on_a_new_machine(office, short_folder, django_db_blocker, name):
    key = KEY if name.startswith("sealed") else ""
    with machine(short_folder / f"new-{name}") as new:
        assert "Now run manage.py prepare" in new.managed("restore", str(short_folder / name), BACKUP_KEY=key)
        assert "administrator" not in new.managed("prepare", served=True)
        found = everything(new)
        for what in office:
            assert found[what] == office[what], what
        new.managed("verify_files", served=True)
        new.managed("verify_ledger", served=True)
        if name == "sealed":
            examined = new.manage("doctor", served=True).stdout.decode()
            for title in (
                "Portal hanya dapat membaca yang diumumkan",
                "Cara masuk meja hanya membaca dan menulis baris",
            ):
                assert f"baik   {title}" in examined
            portal = {"PORTAL_DATABASE_URL": new.url("ppid_web")}
            with django_db_blocker.unblock(), new.led_to(), serve.gunicorn(environment=portal) as server:
                assert "Menunggu saya" in signed_in(server.url, "utama")


def signed_in(url: str, who: str) -> str:
    """Return the desk's first page for somebody who signs in over HTTP."""
    address, page = answer_to(url, make.demo(who).email, PASSWORD)
    assert address == f"{url}/meja/"
    return page


def answer_to(url: str, email: str, password: str) -> tuple[str, str]:
    """Return the address at which somebody arrives who signs in over HTTP, and its page."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{url}/meja/akun/masuk/", timeout=60).read().decode()
    typed = {
        "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1],
        "login": email,
        "password": password,
    }
    with browser.open(f"{url}/meja/akun/masuk/", urlencode(typed).encode(), timeout=60) as answer:
        return answer.url, answer.read().decode()
