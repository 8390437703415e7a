"""A large unit that closes: all that it had passes on in one act, on a copy of the large office."""

import time

from django.db import connection, transaction
from django.utils import timezone

from ppid.flows.closing import close_unit
from ppid.information.models import Information
from tests import make
from tests.bench.measure import Figure
from tests.bench.office import LARGE, inside, twin


def figures(databases) -> list[Figure]:
    with twin(databases[LARGE]) as name:
        inside(name)
        unit, items = make.unit("dinsos"), Information.objects.filter(unit__code="dinsos").count()
        start = time.perf_counter()
        with transaction.atomic():
            because = {"because": "Perwa 71/2026", "actor": make.demo("utama")}
            close_unit(unit, successor=make.unit("dinkes"), last_day=timezone.localdate(), **because)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # gunicorn gives a request 60 s.
        return [Figure(f"a unit with {items:,} items and as many cases closes", time.perf_counter() - start, "s", 30)]
