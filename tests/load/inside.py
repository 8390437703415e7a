"""What needs the product's own code, in a process of its own: ``python -m tests.load.inside build|compare FOLDER …``.

The database, its owner and the folders are those that the environment names.
"""

import json
import os
import sys
from datetime import datetime
from pathlib import Path

import django


def main(act: str, folder: str, *more: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.settings")
    django.setup()
    place = Path(folder)
    if act == "build":
        from django.core.management import call_command

        from tests.load import office

        call_command("prepare")
        share, items = more
        (place / "plan.json").write_text(json.dumps(office.build(float(share), items=int(items))))
        return 0
    from tests.load import acknowledged

    plan, done = (json.loads((place / name).read_text()) for name in ("plan.json", "done.json"))
    lost = acknowledged.lost(done, since=datetime.fromisoformat(plan["made"]))
    for line in lost:
        print(line)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
