"""Items as data for machines: read as plain words in one query, and written once for all that say the same."""

import json
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse

from ppid.shelf import open_data
from ppid.shelf.held import NOT_HELD
from ppid.shelf.models import Category, PublishedItem
from ppid.web.drawn import once

_CORRECTIONS = "shelf_publisheditem.corrections::text"
_FILES = f"""
    (
        SELECT COALESCE(jsonb_agg(jsonb_build_array(file.title, file.filename, file.media_type, file.size, file.sha256,
                                                    file.key) ORDER BY file.position), '[]')::text
        FROM shelf_publishedfile file WHERE file.item_id = shelf_publisheditem.id AND {NOT_HELD}
    )
"""  # noqa: S608 - words of our own
# In place of the portal's address, for one portal may be asked under several: no text of the shelf holds it.
_BASE = "\0"
_BASE_WRITTEN = '"\\u0000/'


class ToldFile(NamedTuple):
    """A file of an item, as data."""

    number: str
    title: str
    filename: str
    media_type: str
    size: int
    sha256: str
    key: str

    def get_absolute_url(self) -> str:
        return reverse("portal:file", args=[self.number, self.key, self.filename])


class ToldItem(NamedTuple):
    """An item as data: what ``open_data`` tells of it; ``corrections_told`` and ``files_told`` are JSON."""

    pk: int
    number: str
    edition: int
    title: str
    summary: str
    category: str
    unit_code: str
    unit_name: str
    responsible: str
    made_place: str
    made_when: str
    made_from: date | None
    made_to: date | None
    has_softcopy: bool
    has_hardcopy: bool
    on_request: bool
    retention: str
    published_at: datetime
    written_at: datetime
    renew_by: date | None
    confirmed_on: date | None
    corrections_told: str
    files_told: str

    def get_absolute_url(self) -> str:
        return reverse("portal:item", args=[self.number])

    def get_category_display(self) -> str:
        return str(Category(self.category).label)

    @property
    def corrected(self) -> list[tuple[date, str, list[list[str]]]]:
        found = json.loads(self.corrections_told)
        return [(date.fromisoformat(each["on"]), each["note"], each["changes"]) for each in found]

    @property
    def files(self) -> list[ToldFile]:
        return [ToldFile(self.number, *each) for each in json.loads(self.files_told)]


def told(rows: "QuerySet[PublishedItem]") -> list[ToldItem]:
    """Return the items of these rows with their files, in one query."""
    words = rows.annotate(corrections_told=RawSQL(_CORRECTIONS, ()), files_told=RawSQL(_FILES, ()))  # noqa: S611
    return [ToldItem(*row) for row in words.values_list(*ToldItem._fields)]


def written(item: ToldItem, base: str) -> str:
    """Return the item as JSON text, with the portal's address in it."""
    return once(_written, item).replace(_BASE_WRITTEN, f'"{base}/')


def _written(item: ToldItem) -> str:
    return open_data.json_text(open_data.item_data(item, _BASE, item.files))
