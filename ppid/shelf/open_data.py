"""What is public, as data for machines: once for the API, the copy of everything and the catalogue.

Names and stored codes are English and stay; labels are what people read. ``base`` is the portal's address, without the
stroke at its end.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.http import urlencode

from ppid.shelf.models import (
    DikEntry,
    PublishedRegister,
    ReopenedEntry,
    Tombstone,
)
from ppid.shelf.units import ShelfUnit

Data = dict[str, Any]


def json_text(data: Data) -> str:
    """Return the data as JSON that people can read too."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def _moment(value: Any) -> str | None:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def file_data(file: Any, base: str) -> Data:
    """Return a file of an item or of an edition."""
    return {
        "title": file.title,
        "filename": file.filename,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "url": base + file.get_absolute_url(),
    }


def shown_data(shown: Any, base: str, files: Iterable[Any] | None = None) -> Data:
    """Return what an item and an earlier edition have in common; ``files`` where they were read already."""
    files = shown.files.all() if files is None else files
    forms = {"softcopy": shown.has_softcopy, "hardcopy": shown.has_hardcopy, "on_request": shown.on_request}
    return {
        "number": shown.number,
        "edition": shown.edition,
        "title": shown.title,
        "summary": shown.summary,
        "category": shown.category,
        "category_label": shown.get_category_display(),
        "unit": {"code": shown.unit_code, "name": shown.unit_name},
        "responsible": shown.responsible,
        "made": {
            "place": shown.made_place,
            "when": shown.made_when,
            "from": _day(shown.made_from),
            "to": _day(shown.made_to),
        },
        "forms": [name for name, has in forms.items() if has],
        "retention": shown.retention,
        "published_at": _moment(shown.published_at),
        "corrections": [
            {"on": _day(day), "note": note, "changes": [list(change) for change in changes]}
            for day, note, changes in shown.corrected
        ],
        "files": [file_data(file, base) for file in files],
    }


def item_data(item: Any, base: str, files: Iterable[Any] | None = None) -> Data:
    """Return an item with its files; ``files`` where they were read already. It may be one in plain words."""
    return {
        "type": "item",
        **shown_data(item, base, files),
        "changed_at": _moment(item.written_at),
        "renew_by": _day(item.renew_by),
        "confirmed_on": _day(item.confirmed_on),
        "url": base + item.get_absolute_url(),
    }


def edition_data(edition: Any, base: str) -> Data:
    """Return an earlier edition of an item, with its files."""
    return {
        "type": "edition",
        **shown_data(edition, base),
        "ended_at": _moment(edition.ended_at),
        "url": base + edition.edition_url,
    }


def withdrawal_data(stone: Tombstone, base: str) -> Data:
    """Return what a tombstone says, and nothing else."""
    return {
        "type": "withdrawal",
        "number": stone.number,
        "kind": stone.kind,
        "kind_label": stone.get_kind_display(),
        "why": stone.why or None,
        "why_label": stone.get_why_display() or None,
        "title": stone.title,
        "reason": stone.reason,
        "withdrawn_at": _moment(stone.taken_off_at),
        "ends_on": _day(stone.ends_on),
        "open_since": _day(stone.open_since),
        "successor": stone.successor or None,
        "url": f"{base}/informasi/{stone.number}/",
    }


def dik_data(entry: DikEntry, base: str) -> Data:
    """Return an entry of the list of excluded information."""
    return {
        "type": "excluded",
        "number": entry.number,
        "information": entry.information,
        "unit": {"code": entry.unit_code, "name": entry.unit_name},
        "legal_basis": entry.legal_basis,
        "consequence_if_open": entry.consequence_if_open,
        "consequence_if_closed": entry.consequence_if_closed,
        "scope": entry.scope,
        "term": entry.term,
        "ends_on": _day(entry.ends_on),
        "decree": {"number": entry.decree_number, "date": _day(entry.decree_date)},
        "continues": entry.continues or None,
        "open_part": entry.open_part_to_read or None,
        "url": f"{base}/dik/?{urlencode({'q': entry.number})}",
    }


def reopened_data(entry: ReopenedEntry, base: str) -> Data:
    """Return an entry that is open again."""
    return {
        **dik_data(entry, base),
        "type": "reopened",
        "open_since": _day(entry.since),
        "because": entry.because,
        "item": entry.item_number or None,
        "url": f"{base}/dik/dibuka-kembali/?{urlencode({'q': entry.number})}",
    }


def sop_data(sop: Any, base: str) -> Data:
    """Return a version of an SOP, read ``for_data``."""
    pdf = {"size": sop.pdf_size, "sha256": sop.pdf_sha256, "url": f"{base}{sop.version_url}lembar.pdf"}
    return {
        "type": "sop",
        "slug": sop.slug,
        "version": sop.version,
        "title": sop.title,
        "number": sop.number,
        "theme": sop.theme,
        "unit": {"code": sop.unit_code, "name": sop.unit_name},
        "status": sop.status,
        "status_label": sop.get_status_display(),
        "in_force_from": _day(sop.in_force_from),
        "ended_on": _day(sop.ended_on),
        "pdf": None if sop.pdf_is_held else pdf,
        "url": base + sop.version_url,
    }


def register_data(edition: PublishedRegister, base: str) -> Data:
    """Return a dated edition of the DIP or the DIK."""
    url = base + edition.get_absolute_url()
    return {
        "type": "register_edition",
        "register": edition.register,
        "number": edition.number,
        "year": edition.year,
        "as_of": _day(edition.as_of),
        "decree": {"number": edition.decree_number, "date": _day(edition.decree_date)},
        "rows": edition.size,
        "csv": f"{url}daftar.csv",
        "url": url,
    }


def unit_data(unit: ShelfUnit, base: str) -> Data:
    """Return a unit that the public meets."""
    return {
        "type": "unit",
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "everyday_names": sorted(unit.everyday_names),
        "successor": unit.successor_code or None,
        "contact": {name: getattr(unit, name) for name in ("address", "phone", "email", "hours")}
        if unit.contact
        else None,
        "url": f"{base}/informasi/?{urlencode({'unit': unit.code})}",
    }
