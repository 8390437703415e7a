"""Databases to measure on: the same office with 100 and with 10,000 items."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.shelf.models import PublishedFile, PublishedItem
from tests import make

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


@contextmanager
def offices() -> Iterator[dict[int, str]]:
    """Give the names of two databases by their number of items; ``inside`` switches to one of them."""
    databases = setup_databases(verbosity=0, interactive=False, aliases={"default", "portal"})
    make.office()
    small = connection.settings_dict["NAME"]
    fill(0, SMALL)
    large = f"{small}_large"
    _maintain(f'DROP DATABASE IF EXISTS "{large}"', f'CREATE DATABASE "{large}" TEMPLATE "{small}"')
    inside(large)
    fill(SMALL, LARGE)
    inside(small)
    try:
        yield {SMALL: small, LARGE: large}
    finally:
        inside(small)
        _maintain(f'DROP DATABASE "{large}"')
        teardown_databases(databases, verbosity=0)


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
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
        made_on=timezone.localdate(),
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
