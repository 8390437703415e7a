"""When a backup was made last, and when one was last read or restored on trial: marks that the commands leave.

They lie in the folder of data (``PPID_VAR``), because the database would be as old as its backup after a restore.
``manage.py backup`` and ``verify_backup`` write them; who signs in at the desk can't.
"""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

MADE, READ, TRIED = "backup-made", "backup-read", "backup-tried"
_MOST = 10_000  # bytes


@dataclass(frozen=True, slots=True)
class Mark:
    """What was done with a backup: when, with which set, of how many bytes, how long it took, and the faults found."""

    at: datetime
    name: str = ""
    size: int = 0
    seconds: int = 0
    faults: int = 0
    is_sealed: bool = False


def note(kind: str, **facts: object) -> Mark:
    """Leave the mark of something that was done just now, whole, over the one before."""
    mark = Mark(datetime.now(UTC), **facts)
    content = json.dumps(asdict(mark) | {"at": mark.at.isoformat(timespec="seconds")})
    folder = Path(settings.VAR)
    folder.mkdir(parents=True, exist_ok=True)
    # A new file that takes the old one's place: nothing that lies there is written through.
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=f".{kind}-")
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, folder / kind)
    return mark


def last(kind: str) -> Mark | None:
    """Return the last mark of this kind; None when there is none. One that says nothing tells its own time."""
    path = Path(settings.VAR) / kind
    if not path.is_file():
        return None
    with path.open("rb") as file:
        content = file.read(_MOST)
    try:
        said = json.loads(content)
        return Mark(**(said | {"at": datetime.fromisoformat(said["at"])}))
    except (ValueError, TypeError, KeyError):
        return Mark(datetime.fromtimestamp(path.stat().st_mtime, UTC))
