"""The DIP taken away as CSV and as XLSX: of 100,000 rows it needs the memory that 1,000 rows need."""

import os
import subprocess
import sys

from django.test import Client

from tests.bench.measure import Figure, grown
from tests.bench.office import SMALL, inside

FEW, MANY = 1_000, 100_000
FORMS = ("csv", "xlsx")

_MEASURED = """
import sys, django
django.setup()
from tests.bench.takeaway import measured
print(measured(*sys.argv[1:]))
"""


def figures(databases) -> list[Figure]:
    """Return how much more memory the long list takes, each in a process of its own."""
    found = []
    for form in FORMS:
        few, many = (_child(databases.shelf(rows), form) for rows in (FEW, MANY))
        found.append(Figure(f"{form.upper()} of {MANY:,} rows: MB more than of {FEW:,} rows", many - few, "MB", 10))
        found.append(Figure(f"  memory for {FEW:,} rows; for {MANY:,}", few, f"MB, {many:.1f}"))
    inside(databases[SMALL])
    return found


def _child(database: str, form: str) -> float:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "ppid.settings"}
    child = [sys.executable, "-c", _MEASURED, database, form]
    return float(subprocess.run(child, env=environment, check=True, capture_output=True, text=True).stdout)


def measured(database: str, form: str) -> float:
    """Return by how many MB the process grows that writes the list of the database."""
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    inside(database)
    client = Client()
    client.get("/glosarium/")  # what every page loads

    def take() -> None:
        answer = client.get(f"/dip.{form}")
        assert answer.status_code == 200
        assert sum(len(part) for part in answer.streaming_content)

    return grown(take)
