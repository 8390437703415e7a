"""Databases to measure on: the same office with 100 and with 10,000 items."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pgtrigger
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.shelf.models import PublishedFile, PublishedItem
from ppid.shelf.search import index
from tests import make
from tests.bench import shelf

SMALL, LARGE = 100, 10_000
WORDS = [
    "laporan",
    "kinerja",
    "anggaran",
    "bantuan",
    "pelayanan",
    "kependudukan",
    "statistik",
    "rencana",
    "daftar",
    "profil",
]
ROADS = [
    "Kapuas",
    "Landak",
    "Siantan",
    "Tanjungpura",
    "Gajahmada",
    "Imam",
    "Bonjol",
    "Veteran",
    "Sudirman",
    "Khatulistiwa",
    "Sungai",
]


class Offices(dict[int, str]):
    """The names of two databases by the number of their items; ``inside`` switches to one of them.

    ``sizes`` are those of the shelves that pages are measured on.
    """

    def __init__(self, names: dict[int, str], stack: ExitStack, sizes: tuple[int, ...]):
        super().__init__(names)
        self.sizes, self._stack, self._shelves = sizes, stack, dict[int, str]()

    def shelf(self, items: int) -> str:
        """Return the name of the database whose shelf holds so many items; it is made when it is first asked for."""
        if items not in self._shelves:
            name = self._stack.enter_context(twin(self[SMALL], f"shelf_{items}"))
            inside(name)
            shelf.fill(items)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
            self._shelves[items] = name
        return self._shelves[items]


@contextmanager
def offices(sizes: tuple[int, ...] = shelf.SIZES) -> Iterator[Offices]:
    """Give an office with 100 and one with 10,000 items, and shelves that hold more."""
    databases = setup_databases(verbosity=0, interactive=False, aliases={"default", "portal"})
    make.office()
    small = connection.settings_dict["NAME"]
    fill(0, SMALL)
    try:
        with twin(small, "large") as large, ExitStack() as stack:
            inside(large)
            fill(SMALL, LARGE)
            inside(small)
            yield Offices({SMALL: small, LARGE: large}, stack, sizes)
    finally:
        teardown_databases(databases, verbosity=0)


@contextmanager
def twin(name: str, called: str = "twin") -> Iterator[str]:
    """Give the name of a database that holds what ``name`` holds, for as long; every connection leads back then."""
    copy = f"{name}_{called}"
    _maintain(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    try:
        yield copy
    finally:
        inside(name)
        _maintain(f'DROP DATABASE "{copy}"')


def inside(name: str) -> None:
    """Let every connection lead to the database ``name``."""
    connections.close_all()
    for each in connections.all():
        each.settings_dict["NAME"] = name


def fill(start: int, stop: int) -> None:
    """Add items ``start`` to ``stop``: each published, and each with a case that waits for step 1 of another."""
    now, bidang, unit = timezone.now(), make.demo("bidang"), make.unit("dinsos")
    version = make.publication(title=f"Contoh {start}").sop_version
    numbers = range(start + 1, stop + 1)
    items = Information.objects.bulk_create(
        Information(
            number=f"B-{n:06}", title=_title(n), summary=_summary(n), unit=unit, created_by=bidang, created_at=now
        )
        for n in numbers
    )
    Case.objects.bulk_create(_case(n, item, version, bidang, now) for n, item in zip(numbers, items, strict=True))
    _end_as_many(numbers, make.publication(at="published", title=f"Contoh berakhir {start}"))
    with pgtrigger.ignore("shelf.PublishedItem:item_is_shown_with_the_row_that_published_it"):
        published = PublishedItem.objects.bulk_create(_published(n, unit, now) for n in numbers)
    PublishedFile.objects.bulk_create(
        PublishedFile(
            item=item,
            position=1,
            key="a",
            title=item.title,
            filename="a.pdf",
            media_type="application/pdf",
            size=1,
            sha256="0" * 64,
        )
        for item in published
    )
    index.mend()  # rows that no act of the shelf wrote are not found yet
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _end_as_many(numbers: range, walked: Case) -> None:
    """Add as many ended cases, each with the ledger of the one that was really walked and times of its own."""
    moving = ("case_moves_by_the_sheet", "case_moves_with_its_ledger", "case_walks_along_its_sheet")
    around = [f"flows.Case:{name}" for name in moving]
    around += [f"flows.StepRecord:{name}" for name in ("ledger_follows_the_case", "ledger_row_moves_its_case")]
    around.append("flows.StepRecord:measured_stay_says_whose_it_was")
    around.append("flows.StepRecord:what_stood_is_kept_with_a_decision")
    items = Information.objects.bulk_create(
        Information(
            number=f"E-{n:06}",
            title=_title(n),
            unit=walked.unit,
            created_by=walked.opened_by,
            created_at=walked.opened_at,
        )
        for n in numbers
    )
    cases = Case.objects.bulk_create(
        Case(
            flow="publication",
            number=f"E-{n:06}",
            information=item,
            unit=walked.unit,
            sop_version=walked.sop_version,
            opened_by=walked.opened_by,
            opened_at=walked.opened_at,
            received_at=walked.opened_at,
            state="updating",
            step=1,
        )
        for n, item in zip(numbers, items, strict=True)
    )
    keys = [case.pk for case in cases]
    with pgtrigger.ignore(*around), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO flows_steprecord (case_id, sequence, kind, key, step, to_step, from_state, to_state,
               actor_id, actor_name, appointment_id, acting_as, unit_id, received_at, done_at, due_at, note, approved,
               stood, used_days, used_minutes, allowed_days, is_urgent)
               SELECT c.id, sequence, kind, key, r.step, r.to_step, from_state, to_state, actor_id, actor_name,
               appointment_id, acting_as, r.unit_id, r.received_at, r.done_at, r.due_at, note, approved,
               stood, (c.id * sequence) %% 9,
               CASE WHEN used_minutes IS NOT NULL THEN (c.id * sequence) %% 480 END, allowed_days, r.is_urgent
               FROM flows_case c CROSS JOIN flows_steprecord r WHERE r.case_id = %s AND c.id = ANY(%s)""",
            [walked.pk, keys],
        )
        cursor.execute("ANALYZE")
        # Cases end one by one: many in one transaction would heap up versions of the rows that tally them.
        for some in (keys[n : n + 20] for n in range(0, len(keys), 20)):
            cursor.execute(
                """UPDATE flows_case SET state = 'published', step = NULL, moves = %s, received_at = %s, ended_at = %s,
                   worked_days = id %% 30 WHERE id = ANY(%s)""",
                [walked.moves, walked.received_at, walked.ended_at, some],
            )


def _title(n: int) -> str:
    return f"{WORDS[n % 10].title()} {WORDS[n // 10 % 10]} {ROADS[n // 100 % 10]} nomor{n}"


def _summary(n: int) -> str:
    return f"Ringkasan {WORDS[n // 7 % 10]} untuk wilayah {ROADS[n // 13 % 10]} menurut kelurahan."


def _case(n, item, version, bidang, now) -> Case:
    return Case(
        flow="publication",
        number=f"B-{n:06}",
        information=item,
        unit=item.unit,
        sop_version=version,
        opened_by=bidang,
        opened_at=now - timedelta(minutes=n),
        received_at=now - timedelta(minutes=n),
        due_at=now + timedelta(minutes=n),
        state="updating",
        step=1,
    )


def _published(n, unit, now) -> PublishedItem:
    passport = [
        {
            "number": step,
            "kind": "step",
            "text": f"Langkah {step} menurut lembar",
            "office": "PPID Pelaksana · Dinas Sosial",
            "standard": "1 hari",
            "used": "1 hari",
            "days": 1,
            "standard_days": 1,
            "on_time": True,
            "done_on": "2026-11-20",
        }
        for step in range(1, 8)
    ]
    return PublishedItem(
        number=f"B-{n:06}",
        title=_title(n),
        summary=_summary(n),
        category="periodic",
        unit_code=unit.code,
        unit_name=unit.name,
        responsible="Sekretaris",
        made_place="Pontianak",
        made_when="2026",
        rhythm=6,
        renew_by=timezone.localdate(now) + timedelta(days=180 - n % 200),
        written_at=now - timedelta(minutes=n),
        has_softcopy=True,
        has_hardcopy=False,
        retention="5 tahun",
        published_at=now - timedelta(minutes=n),
        passport=passport,
        sop_slug="pengumuman-informasi-publik",
        sop_number="/SOP.DINSOS/2023",
    )


def _maintain(*statements: str) -> None:
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
