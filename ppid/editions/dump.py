"""The copy of everything public as data: lines of JSON, packed, in parts; files by their address and SHA-256."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Prefetch

from ppid.editions.register_paper import digest
from ppid.shelf import open_data
from ppid.shelf.bundles import DUMP, Bundle
from ppid.shelf.bundling import Made
from ppid.shelf.held import unheld
from ppid.shelf.models import (
    DikEntry,
    EditionFile,
    PublishedEdition,
    PublishedFile,
    PublishedItem,
    PublishedRegister,
    PublishedSop,
    ReopenedEntry,
    Tombstone,
)

PART = 5_000  # records of a part


@dataclass(frozen=True, slots=True)
class Shelf:
    """A table of the copy: its rows by ``field``, which none has twice, and what is told of one."""

    name: str
    rows: Callable[[date], Any]
    field: str
    told: Callable[[Any, str], dict]
    key: Callable[[Any], str] = lambda row: row.number


SHELVES = (
    Shelf(
        "informasi",
        lambda on: PublishedItem.objects.defer("passport").prefetch_related(
            Prefetch("files", unheld(PublishedFile.objects.all()))
        ),
        "number",
        open_data.item_data,
    ),
    Shelf(
        "edisi",
        lambda on: PublishedEdition.objects.defer("passport").prefetch_related(
            Prefetch("files", unheld(EditionFile.objects.all()))
        ),
        "pk",
        open_data.edition_data,
    ),
    Shelf("penarikan", lambda on: Tombstone.objects.all(), "number", open_data.withdrawal_data),
    Shelf("dikecualikan", lambda on: DikEntry.objects.in_force(on=on).leading_on(), "number", open_data.dik_data),
    Shelf(
        "dibuka-kembali",
        lambda on: ReopenedEntry.objects.reopened(on=on).leading_on(),
        "number",
        open_data.reopened_data,
    ),
    Shelf(
        "sop",
        lambda on: PublishedSop.objects.for_data(),
        "pk",
        open_data.sop_data,
        lambda sop: f"{sop.slug}/{sop.version}",
    ),
    Shelf(
        "daftar",
        lambda on: PublishedRegister.objects.all(),
        "pk",
        open_data.register_data,
        lambda edition: f"{edition.register}/{edition.number}",
    ),
)


class DumpMaker:
    """Copies everything once a day at most; at once where what there was had to go."""

    kind = DUMP

    def wanted(self, finished: Bundle | None, *, on: date) -> tuple[str, int, int] | None:
        if finished and finished.as_of >= on:
            return None
        counts = [shelf.rows(on).order_by().count() for shelf in SHELVES]
        newest = PublishedItem.objects.aggregate(n=Count("pk"), last=Max("written_at"), key=Max("pk"))
        stones = Tombstone.objects.aggregate(last=Max("taken_off_at"))
        drawn = digest([counts, [str(each) for each in (*newest.values(), *stones.values(), on)]])
        total = sum(-(-count // PART) for count in counts)
        return (drawn, sum(counts), total) if total else None

    def parts(self, bundle: Bundle) -> Iterator[Made]:
        part = 0
        for shelf in SHELVES:
            after: Any = None
            while rows := _rows(shelf, bundle.as_of, after):
                lines, since = _lines(shelf, rows), after
                after, part = getattr(rows[-1], shelf.field), part + 1
                yield Made(
                    part,
                    f"{part:04}-{shelf.name}.ndjson.gz",
                    "application/gzip",
                    gzip.compress("".join(lines).encode(), mtime=0),
                    [shelf.key(row) for row in rows],
                    len(rows),
                    lambda shelf=shelf, since=since, lines=lines: (
                        _lines(shelf, _rows(shelf, bundle.as_of, since)) == lines
                    ),
                )


def _rows(shelf: Shelf, on: date, after: Any) -> list[Any]:
    rows = shelf.rows(on).order_by(shelf.field)
    return list((rows if after is None else rows.filter(**{f"{shelf.field}__gt": after}))[:PART])


def _lines(shelf: Shelf, rows: list[Any]) -> list[str]:
    return [json.dumps(shelf.told(row, settings.SITE_URL), ensure_ascii=False, sort_keys=True) + "\n" for row in rows]
