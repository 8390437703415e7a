"""What must hold of this machine before the portal starts: the database is prepared, files can be kept."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from ppid.web.examinations import examination

OLDEST_POSTGRES = 15


@examination("The database is prepared")
def database_is_prepared(databases):
    """Refuse to start on an old PostgreSQL, or while migrations wait."""
    if connection.pg_version < OLDEST_POSTGRES * 10000:
        found = connection.pg_version // 10000
        return [Error(f"The database is PostgreSQL {found}; {OLDEST_POSTGRES} or newer is needed.", id="ppid.E005")]
    if settings.PORTAL_ALONE:
        return []  # its sign-in sees the shelf alone, which ppid.shelf.checks looks through
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return []
    return [Error(f"{len(waiting)} migrations wait.", hint="Run manage.py prepare.", id="ppid.E006")]


@examination("Files can be kept")
def files_can_be_kept(databases):
    """Refuse to start where uploads or publications would find no place to write."""
    return [
        Error(
            f"{name}: {folder} can't be written by the account that runs this.",
            hint=f"Make the folder and give it to that account: install -d -o ppid -g ppid -m 750 {folder}",
            id="ppid.E007",
        )
        for name in (("LETTERBOX",) if settings.PORTAL_ALONE else ("PRIVATE_FILES", "PUBLIC_FILES", "LETTERBOX"))
        if not os.access(_nearest_existing(folder := getattr(settings, name)), os.W_OK | os.X_OK)
    ]


@examination("Static files are in place")
def static_files_are_in_place(databases):
    """Warn when pages would be drawn without their style."""
    if settings.STATIC_ROOT.joinpath("staticfiles.json").exists() or "Manifest" not in _static_backend():
        return []
    return [Warning("The static files have not been collected.", hint="Run manage.py prepare.", id="ppid.W004")]


@examination("The address on paper is the portal's own")
def address_on_paper_is_ours(databases):
    """Warn when QR codes would lead nowhere, or to a host that the portal refuses."""
    if settings.DEMO:
        return []
    if not settings.SITE_URL:
        return [Warning("SITE_URL is not set: sheets are printed without a QR code.", id="ppid.W005")]
    if validate_host(urlsplit(settings.SITE_URL).hostname, settings.ALLOWED_HOSTS):
        return []
    return [Warning(f"SITE_URL is {settings.SITE_URL}, which is not among ALLOWED_HOSTS.", id="ppid.W006")]


def _nearest_existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


def _static_backend() -> str:
    return settings.STORAGES["staticfiles"]["BACKEND"]
