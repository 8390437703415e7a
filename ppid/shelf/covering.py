"""Rows of an edition that must not be read any more, or not in these words: once for what stands and what is put.

An edition is a public list that outlives what it names. So whatever takes an item's words off the shelf takes them out
of every edition, too. Call these while holding the shelf; each returns the hashes of the files that go with them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ppid.shelf import known_bytes
from ppid.shelf.bundles import Bundle, BundlePart
from ppid.shelf.models import DikEntry, PublishedItem, Tombstone
from ppid.shelf.register_fields import DIK, DIP, FIELDS, SUBJECT, Row, row_of_entry, row_of_item
from ppid.shelf.register_models import PublishedAnnex, PublishedRegisterRow, part_of

Covered = PublishedRegisterRow.Covered
CLOSED = (Covered.EXCLUDED, Covered.WRONGLY_PUBLISHED)
WRONG = "Informasi ini salah terbit dan sudah ditarik; kata-katanya tidak ditampilkan lagi."


def cover_excluded(number: str, *, called: str, on: date) -> set[str]:
    """Let every edition of the DIP say of this item what its tombstone says, ``called``, and nothing else."""
    return _cover(DIP, number, Covered.EXCLUDED, _closed(number, called), on)


def cover_wrong(number: str, *, on: date) -> set[str]:
    """Let every edition of the DIP say of this item that it was wrongly published, and nothing else."""
    return _cover(DIP, number, Covered.WRONGLY_PUBLISHED, _closed(number, WRONG), on)


def rename_covered(number: str, *, called: str, on: date) -> set[str]:
    """Let the rows of an excluded item say the words of the DIK as they are now."""
    excluded = PublishedRegisterRow.objects.filter(key=number, covered=Covered.EXCLUDED)
    return cover_excluded(number, called=called, on=on) if excluded.exists() else set()


def cover_former_words(register: str, row: Row, *, on: date) -> set[str]:
    """Let every edition say this row in its present words, because the former ones must not be read."""
    open_rows = PublishedRegisterRow.objects.filter(covered__in=["", Covered.CORRECTED])
    return _cover(register, row.key, Covered.CORRECTED, row.values, on, among=open_rows)


def drop_bundles(key: str) -> set[str]:
    """Drop what was made to be taken away, or is being made, that names what is known by ``key``."""
    bundles = Bundle.objects.naming(key)
    hashes = set(BundlePart.objects.filter(bundle__in=bundles).values_list("sha256", flat=True))
    bundles.delete()
    return hashes


def as_readable(register: str, rows: Iterable[Row], *, since: date) -> list[tuple[Row, str]]:
    """Return rows noted on the day ``since`` as they may be read now, each with why it is covered ("" when not)."""
    instead = _instead(register, since)
    found: list[tuple[Row, str]] = []
    for row in rows:
        values, why = instead.get(row.key, (row.values, ""))
        found.append((Row(row.key, values, row.unit_code), why))
    return found


def _instead(register: str, since: date) -> dict[str, tuple[dict[str, str], str]]:
    today = timezone.localdate()
    if register == DIK:
        entries = DikEntry.objects.exclude(corrections=[])
        return {e.number: (row_of_entry(e).values, Covered.CORRECTED) for e in entries if _hides(e.corrections, since)}
    items = PublishedItem.objects.exclude(corrections=[]).defer("passport")
    instead: dict[str, tuple[dict[str, str], str]] = {
        item.number: (row_of_item(item).values, Covered.CORRECTED) for item in items if _hides(item.corrections, since)
    }
    for stone in Tombstone.objects.filter(why=Tombstone.Why.WRONGLY_PUBLISHED):
        instead[stone.number] = _closed(stone.number, WRONG), Covered.WRONGLY_PUBLISHED
    for stone in Tombstone.objects.filter(kind=Tombstone.Kind.EXCLUDED):
        if stone.is_excluded(on=today):
            instead[stone.number] = _closed(stone.number, stone.title), Covered.EXCLUDED
    return instead


def _hides(corrections: Sequence[dict[str, Any]], since: date) -> bool:
    """Whether a correction since that day hides what was said before."""
    return any(
        date.fromisoformat(each["on"]) >= since and not (each.get("changes") or each.get("before"))
        for each in corrections
    )


def _closed(number: str, words: str) -> dict[str, str]:
    return {field.key: "" for field in FIELDS[DIP]} | {"number": number, SUBJECT[DIP]: words}


def _cover(register: str, key: str, why: str, values: dict[str, str], on: date, *, among: Any = None) -> set[str]:
    rows = PublishedRegisterRow.objects.all() if among is None else among
    rows = rows.filter(edition__register=register, key=key).exclude(values=values)
    places = list(rows.values_list("edition_id", "position"))
    if not places:
        return set()
    unit = {} if why == Covered.CORRECTED else {"unit_code": ""}
    rows.update(covered=why, covered_on=on, values=values, **unit)
    parts = Q()
    for edition, position in places:
        parts |= Q(edition=edition, part=part_of(position))
    annexes = PublishedAnnex.objects.filter(parts)
    hashes = set(annexes.values_list("sha256", flat=True))
    annexes.delete()
    known_bytes.end_annexes(hashes, at=timezone.now())
    return hashes
