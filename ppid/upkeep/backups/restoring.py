"""Restores a backup into an empty place, whole or not at all; and on trial, into a database beside."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from ppid.content_store import BytesLost, ContentStore, store
from ppid.organisation.models import Unit
from ppid.upkeep.backups import programs
from ppid.upkeep.backups.making import FORMAT
from ppid.upkeep.backups.sealing import Damaged
from ppid.upkeep.backups.sets import DATABASE, FILES, Set, listed
from ppid.upkeep.backups.snapshot import counted, server_version
from ppid.upkeep.stores import Store
from ppid.web.database_away import is_away

LOCK = "ppid.upkeep.filling"  # while a backup is restored or an office is brought in
_UNDER_WAY = ".restoring"  # beside the files while they are laid there: what a broken-off restore has left
_NOT_EMPTY = """
    SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace LIMIT 1
"""


class NotRestored(Exception):
    """Nothing was restored; the text says why and what to do."""


def refuse_a_newer_one(of: Set) -> None:
    """Raise NotRestored for a set that this version does not understand."""
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    unknown = sorted(set(of.manifest["migrations"]) - ours)
    if of.manifest["format"] > FORMAT or unknown:
        what = f"it knows {unknown[0]}" if unknown else f"its form is {of.manifest['format']}"
        raise NotRestored(
            f"The backup was made by a newer version ({of.manifest.get('product')}; {what}): install that version "
            "first, then restore."
        )
    if of.manifest["postgresql"] > server_version():
        raise NotRestored(
            f"The backup comes from PostgreSQL {of.manifest['postgresql']}, this server is {server_version()}: restore "
            "into one that is at least as new."
        )


def refuse_a_full_place() -> None:
    """Raise NotRestored unless database and stores are empty."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_EMPTY)
        if found := cursor.fetchone():
            raise NotRestored(
                f"The database is not empty: there is {found[0]}. A backup is restored into a new database; make one "
                "(docs/operasi.md, part 4), or set DATABASE_URL to one that is empty."
            )
    refuse_full_folders()


def refuse_full_folders() -> None:
    """Raise NotRestored unless no file lies in the stores, once what a broken-off restore left is cleared."""
    for place in _places():
        _clear_what_was_broken_off(place)
        if found := place.anything():
            raise NotRestored(
                f"The folder {place} is not empty: there is {found}. Move it away; a backup is restored into empty "
                "folders."
            )


def restore(of: Set, stores: Sequence[Store]) -> int:
    """Lay the files, then let the database take all rows in one transaction; return how many files it was.

    Look at the set and the place first. What was laid is taken away again where it does not come to its end.
    """
    with places_filled_or_emptied():
        laid = _lay_files(of, stores)
        rows_into(of, connection.settings_dict)
    return laid


@contextmanager
def alone() -> Iterator[None]:
    """Keep out whoever else fills this place: they would clear the files of the first as left behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [LOCK])
        if not cursor.fetchone()[0]:
            raise NotRestored("Something is being restored or brought in here already: wait until that ends.")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [LOCK])


def is_half_filled() -> bool:
    """Say whether a restore or an import began here and did not end: rows come last, at once. Raises StoreAway."""
    return any(place.is_marked(_UNDER_WAY) for place in _places()) and not _holds_an_office()


def forget_marks_of_what_ended() -> None:
    """Take away what marks a place as being filled, where the process was killed after the rows stood.

    Left there, it would let a later restore take the files for the rest of a broken-off one.
    """
    if _holds_an_office():
        for place in _places():
            place.unmark(_UNDER_WAY)


@contextmanager
def places_filled_or_emptied() -> Iterator[None]:
    """Let the places of files be filled, which were empty; they are again where it does not come to its end.

    Where the database was lost at its very end the rows may stand, and they name these files: then all stays as it is,
    marked, until a next try clears it or the sweep finds the rows.
    """
    places = _places()
    try:
        for place in places:
            place.mark(_UNDER_WAY)
        yield
    except BaseException as error:
        if not is_away(error):
            for place in places:
                _clear_what_was_broken_off(place)
        raise
    for place in places:
        place.unmark(_UNDER_WAY)


def differences(of: Set) -> list[str]:
    """Return what the restored database holds otherwise than the backup says, in sentences."""
    found, told = counted(), of.manifest
    return [
        f"{table} holds {found['rows'].get(table, 'no')} rows, not {rows}."
        for table, rows in told["rows"].items()
        if found["rows"].get(table) != rows
    ] + [
        f"The sequence {name} stands at {found['sequences'].get(name)}, before {value}."
        for name, value in told["sequences"].items()
        if (found["sequences"].get(name) or 0) < (value or 0)
    ]


@contextmanager
def on_trial(of: Set) -> Iterator[None]:
    """Restore the rows into a database beside the portal's, which is led to meanwhile and taken away afterwards."""
    ours = connection.settings_dict["NAME"]
    trial = f"{ours[:40]}_coba_pulih"
    _maintain("DROP DATABASE IF EXISTS {}", "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name=trial)
    try:
        rows_into(of, connection.settings_dict | {"NAME": trial})
        connections.close_all()
        connection.settings_dict["NAME"] = trial
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = ours
        _maintain("DROP DATABASE IF EXISTS {} WITH (FORCE)", name=trial)


def verify_ledger_apart() -> subprocess.CompletedProcess:
    """Read the ledgers of the database that is led to, in a process of its own."""
    address, environment = programs.way(connection.settings_dict)
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL"):
        environment.pop(f"{name}_FILE", None)
        environment.pop(name, None)
    environment |= {"DATABASE_URL": address, "PPID_DEMO": str(int(settings.DEMO))}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "verify_ledger"]
    return subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603


def rows_into(of: Set, target: dict) -> None:
    """Let pg_restore make the tables and rows in one transaction. Raises NotRestored; then there is nothing."""
    path, _ = programs.program("pg_restore", at_least=of.manifest["client"])
    address, environment = programs.way(target)
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--dbname={address}"]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen([path, *options], env=environment, stdin=subprocess.PIPE, stderr=said) as process:  # noqa: S603
            try:
                for _, content in of.members(DATABASE):
                    for chunk in content:
                        process.stdin.write(chunk)
                process.stdin.close()
            except BrokenPipeError:
                pass  # it says why
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            said.seek(0)
            words = said.read(4000).decode(errors="replace").strip()
            raise NotRestored(f"pg_restore ended with an error, and the database was left empty: {words}")


def _lay_files(of: Set, stores: Sequence[Store]) -> int:
    by_name = {store.name: store for store in stores}
    belongs = {bytes.fromhex(sha256): names for sha256, _, names in listed(of)}
    laid = 0
    for name, content in of.members(FILES):
        sha256 = name.removeprefix(FILES)
        first, *others = belongs[bytes.fromhex(sha256)]
        try:
            by_name[first].files.put(content, expect=sha256)
            for other in others:
                by_name[other].files.copy_from(by_name[first].files, sha256)
        except BytesLost as lost:
            raise Damaged(str(lost)) from lost
        laid += 1
    return laid


def _holds_an_office() -> bool:
    return Unit._meta.db_table in connection.introspection.table_names() and Unit.objects.exists()


def _places() -> list[ContentStore]:
    """Return where all files lie: the stores of the desk are parts of the first."""
    return [store(settings.PRIVATE_FILES), store(settings.PUBLIC_FILES)]


def _clear_what_was_broken_off(place: ContentStore) -> None:
    """Empty a place in which a restore was under way: it was empty as that began."""
    if place.is_marked(_UNDER_WAY):
        place.empty(but=_UNDER_WAY)
        place.unmark(_UNDER_WAY)


def _maintain(*statements: str, name: str) -> None:
    """Run what makes and drops databases, outside of any transaction and any database of ours."""
    address, environment = programs.way(connection.settings_dict)
    connections.close_all()
    password = environment.get("PGPASSWORD")
    with psycopg.connect(address, password=password, dbname="postgres", autocommit=True) as maintenance:
        for statement in statements:
            maintenance.execute(sql.SQL(statement).format(sql.Identifier(name)))
