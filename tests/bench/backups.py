"""What a backup of 1 GB takes of memory over an idle process, and how long: sealed, into a folder and as a stream."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.bench.measure import Figure, grown

_FILES, _SIZE = 16, 64 << 20  # 1 GB
_READ = 1 << 20


def figures(databases) -> list[Figure]:
    """Return the peak of each way, in a process of its own, and its speed."""
    from tests.bench.office import SMALL, inside  # needs Django, which the child sets up for itself

    inside(databases[SMALL])
    parts = connection.settings_dict
    address = make_conninfo(dbname=parts["NAME"], user=parts["USER"], host=parts["HOST"], password=parts["PASSWORD"])
    found = []
    with tempfile.TemporaryDirectory(dir=os.environ.get("PPID_VAR")) as folder:
        fill(Path(folder, "store"))
        for way in ("folder", "stream"):
            told = subprocess.run(
                [sys.executable, "-m", "tests.bench.backups", way, folder],
                env=os.environ | {"DATABASE_URL": address},
                capture_output=True,
                text=True,
                check=True,
            )
            peak, seconds = map(float, told.stdout.split()[-2:])
            found += [
                Figure(f"backup of 1 GB, sealed, as a {way}: memory over idle", peak, "MB", 100),
                Figure(f"backup of 1 GB, sealed, as a {way}", seconds, "s"),
            ]
    return found


def fill(root: Path) -> None:
    from ppid.content_store import FolderStore

    for _ in range(_FILES):
        FolderStore(root).put(os.urandom(_READ) for _ in range(_SIZE // _READ))


def _back_up(way: str, folder: Path) -> None:
    from ppid.content_store import FolderStore
    from ppid.upkeep.backups.making import make
    from ppid.upkeep.backups.sealing import Key
    from ppid.upkeep.backups.sets import FolderWriter, StreamWriter
    from ppid.upkeep.stores import Store

    @dataclass(frozen=True)
    class Full(Store):
        """A store of which every file is named."""

        def promised(self):
            return ((name, "") for name in self.files.names())

    files = FolderStore(folder / "store")
    store = Full("documents", files, (), lambda hashes: hashes)
    key = Key("a-key-of-the-bench-that-nobody-keeps-in-a-safe")

    def act() -> None:
        if way == "folder":
            made = make(FolderWriter(folder, "2026-01-01_000000", key), [store])
        else:
            with open(os.devnull, "wb") as nowhere:
                made = make(StreamWriter(nowhere, key), [store])
        assert made.files == _FILES

    began = time.perf_counter()
    peak = grown(act)
    print(peak, time.perf_counter() - began)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.settings")
    os.environ.setdefault("PPID_DEMO", "1")
    django.setup()
    _back_up(sys.argv[1], Path(sys.argv[2]))
