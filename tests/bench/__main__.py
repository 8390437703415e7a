"""``script/bench``: what the project promises about speed and memory, as ratios measured within one run."""

import argparse
import gc
import os
import sys

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one object a line: name, value, unit, aim, ok")
    parser.add_argument(
        "--items",
        type=int,
        default=0,
        help="measure the portal on a shelf of so many items too; a million take a quarter of an hour to make",
    )
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.settings")
    django.setup()

    from tests.bench import (
        backups,
        closing,
        deciding,
        editions,
        figures,
        find,
        finding,
        importing,
        item,
        kept,
        ledger,
        library,
        notices,
        obligations,
        pages,
        people,
        reading,
        served,
        sheet,
        steps,
        takeaway,
        taking_over,
        terms,
        uploads,
        whole,
    )
    from tests.bench.measure import json_lines, table
    from tests.bench.office import offices
    from tests.bench.shelf import SIZES

    _quiet_settings()
    parts = (
        sheet,
        importing,
        uploads,
        pages,
        kept,
        finding,
        takeaway,
        item,
        steps,
        library,
        reading,
        editions,
        obligations,
        people,
        find,
        closing,
        deciding,
        notices,
        ledger,
        taking_over,
        terms,
        figures,
        backups,
        served,
        whole,
    )
    is_ok = True
    sizes = (*SIZES, options.items) if options.items > SIZES[-1] else SIZES
    with offices(sizes) as databases:
        for part in parts:
            measured = part.figures(databases)
            is_ok &= all(figure.ok for figure in measured)
            # Part by part: what is measured is told, also when a later one fails.
            for line in json_lines(measured) if options.json else table(measured):
                print(line, flush=True)
    return 0 if is_ok else 1


def _quiet_settings() -> None:
    """Measure what production runs, but on files of the bench's own."""
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    settings.PRIVATE_FILES, settings.PUBLIC_FILES = settings.VAR / "private", settings.VAR / "public"
    call_command("collectstatic", interactive=False, verbosity=0)
    gc.collect()
    gc.freeze()  # as ppid.serving does


sys.exit(main())
