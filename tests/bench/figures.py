"""The figures of a year over 10,000 ended and 10,000 running cases, and what a change of the calendar would move."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ppid.desk.figures.counted import Counted
from ppid.desk.figures.tables import now_tables, period_tables
from ppid.flows.figures.period import Period
from ppid.flows.models import Case
from ppid.worktime import actions
from ppid.worktime.models import Holiday
from tests import make
from tests.bench.measure import Figure, seconds
from tests.bench.office import LARGE, inside
from tests.bench.pages import _get, _queries

AIM, MOST = 300, 40


def figures(databases) -> list[Figure]:
    inside(databases[LARGE])
    now = timezone.now()
    year = now.year
    period = Period(now.date().replace(year=year, month=1, day=1), now.date().replace(year=year, month=12, day=31))

    def count(cases=None) -> None:
        counted = Counted(Case.objects.all() if cases is None else cases, period, now)
        now_tables(counted)
        period_tables(counted, knows_all=True)
        assert counted.stuck.running

    unit = Case.objects.visible_to(make.demo("dinsos"), on=timezone.localdate())
    client, address = Client(), reverse("desk:figures")
    client.force_login(make.demo("utama"))
    holiday = Holiday(date=timezone.localdate(), name="x", kind="local")
    found = [
        Figure(f"figures of a year over {LARGE:,} cases", seconds(count, times=5, warm=1) * 1000, "ms", AIM),
        Figure(
            "  of a unit that has all of them, for one who sees its cases alone",
            seconds(lambda: count(unit), times=5, warm=1) * 1000,
            "ms",
        ),
        Figure("  as a page", seconds(lambda: _get(client, address), times=5, warm=1) * 1000, "ms"),
        Figure("  as a page: queries", _queries(client, address), "", MOST),
    ]
    look = seconds(lambda: actions.ahead(actions.adding(holiday), actor=make.demo("utama")), times=3, warm=0)
    found.append(Figure(f"what a day off would move, of {LARGE:,} running cases", look, "s"))
    return found
