"""``script/bench``: what the project promises about speed and memory, as ratios measured within one run."""

import argparse
import os
import sys

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one object a line: name, value, unit, aim, ok")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.settings")
    django.setup()

    from tests.bench import (
        closing,
        deciding,
        editions,
        figures,
        find,
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
        taking_over,
        terms,
        uploads,
    )
    from tests.bench.measure import json_lines, table
    from tests.bench.office import offices

    _quiet_settings()
    parts = (
        sheet,
        importing,
        uploads,
        pages,
        kept,
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
        served,
    )
    is_ok = True
    with offices() as databases:
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


sys.exit(main())
