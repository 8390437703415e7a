"""Rows of the registers as lists print them: plain words, so that what says the same is drawn once.

Each list is read in one query, as those of items are (``ppid.shelf.listed``).
"""

import json
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse

from ppid.shelf.held import is_held
from ppid.shelf.models import DikEntry, PublishedSop, ReopenedEntry

# Written out, for Django takes longer to write them than PostgreSQL to answer.
_CORRECTIONS = "shelf_dikentry.corrections::text"
_OPEN_PART = "(SELECT title FROM shelf_publisheditem item WHERE item.number = shelf_dikentry.open_part)"
_PUBLISHED = "EXISTS (SELECT FROM shelf_publisheditem item WHERE item.number = shelf_dikentry.item_number)"


class ListedEntry(NamedTuple):
    """What the DIK prints of an entry; ``corrections_told`` is JSON."""

    number: str
    information: str
    unit_name: str
    legal_basis: str
    consequence_if_open: str
    consequence_if_closed: str
    scope: str
    term: str
    ends_on: date | None
    decree_number: str
    decree_date: date
    continues: str
    open_part: str
    open_part_title: str | None
    corrections_told: str

    @property
    def corrected(self) -> list[tuple[date, list[str]]]:
        return DikEntry(corrections=json.loads(self.corrections_told)).corrected


class ListedReopened(NamedTuple):
    """What the list of what is open again prints of an entry; ``is_published`` says whether its item can be read."""

    number: str
    information: str
    unit_name: str
    legal_basis: str
    open_since: date
    reopened_because: str
    item_number: str
    is_published: bool

    @property
    def since(self) -> date:
        return self.open_since

    @property
    def because(self) -> str:
        return ReopenedEntry(reopened_because=self.reopened_because).because


class ListedSop(NamedTuple):
    """What the library prints of a version of a sheet."""

    slug: str
    version: int
    status: str
    title: str
    number: str
    theme: str
    unit_name: str
    in_force_from: date
    ended_on: date | None
    pdf_size: int
    pdf_is_held: bool

    @property
    def version_url(self) -> str:
        return reverse("portal:sop_version", args=[self.slug, self.version])

    @property
    def is_in_force(self) -> bool:
        return self.status == PublishedSop.Status.IN_FORCE

    def get_status_display(self) -> str:
        return str(PublishedSop.Status(self.status).label)


def listed_entries(rows: "QuerySet[DikEntry]") -> list[ListedEntry]:
    """Return entries of the DIK."""
    told = rows.annotate(corrections_told=RawSQL(_CORRECTIONS, ()), open_part_title=RawSQL(_OPEN_PART, ()))  # noqa: S611
    return [ListedEntry(*row) for row in told.values_list(*ListedEntry._fields)]


def listed_reopened(rows: "QuerySet[ReopenedEntry]") -> list[ListedReopened]:
    """Return entries that are open again, which were asked for with ``reopened``."""
    told = rows.annotate(is_published=RawSQL(_PUBLISHED, ()))  # noqa: S611
    return [ListedReopened(*row) for row in told.values_list(*ListedReopened._fields)]


def listed_sops(rows: "QuerySet[PublishedSop]") -> list[ListedSop]:
    """Return versions of sheets."""
    told = rows.annotate(pdf_is_held=is_held("pdf_sha256"))
    return [ListedSop(*row) for row in told.values_list(*ListedSop._fields)]
