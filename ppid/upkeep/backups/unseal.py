"""Takes one member out of a set, on a machine that has no settings and no database yet: the settings, first of all.

``python -m ppid.upkeep.backups.unseal KEY_FILE SET/settings.tar > settings.tar``, and with ``--stream`` the whole of
what was sealed as one stream, a backup or an export of the office.
"""

import argparse
import sys
from pathlib import Path

from ppid.upkeep.backups.sealing import Damaged, Key, unseal


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ppid.upkeep.backups.unseal", description=__doc__)
    parser.add_argument("key", type=Path, help="the file of the key (BACKUP_KEY_FILE)")
    parser.add_argument("member", type=Path, help="a sealed file of a set")
    parser.add_argument("--stream", action="store_true", help="the file was sealed as one stream")
    options = parser.parse_args()
    try:
        key = Key(options.key.read_text().strip())
        with options.member.open("rb") as file:
            for piece in unseal(key, "" if options.stream else options.member.name, file):
                sys.stdout.buffer.write(piece)
    except (OSError, Damaged) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
