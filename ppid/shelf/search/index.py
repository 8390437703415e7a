"""Writes the index from what stands on the shelf, and tells where it says something else.

``renew_…`` belong to the acts of the shelf and run in their transaction, while the shelf is held.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from ppid.shelf.models import DikEntry, PublishedFile, PublishedItem, PublishedSop, Tombstone
from ppid.shelf.search.models import Kind, SearchEntry
from ppid.shelf.search.vectors import unit_mark, vector
from ppid.triggers import local_day

_AT_ONCE = 500
_MARKS = ("unit_code", "category", "day", "open_since", "is_current")


def renew_items(numbers: Collection[str]) -> None:
    """Write the entries of these items and of the pages of their documents anew."""
    SearchEntry.objects.filter(kind=Kind.PAGE, number__in=numbers).delete()
    _renew(Kind.ITEM, numbers, entries_of_items(PublishedItem.objects.filter(number__in=numbers)))
    _write_pages(Q(item__number__in=numbers))


def renew_dik(numbers: Collection[str]) -> None:
    _renew(Kind.DIK, numbers, entries_of_dik(DikEntry.objects.filter(number__in=numbers)))


def renew_tombstones(numbers: Collection[str]) -> None:
    stones = Tombstone.objects.filter(number__in=numbers)
    _renew(Kind.TOMBSTONE, numbers, entries_of_tombstones(stones))


def renew_sops(slugs: Collection[str]) -> None:
    entries = list(entries_of_sops(PublishedSop.objects.filter(slug__in=slugs)))
    _renew(Kind.SOP, [each.key for each in entries], entries)


def renew_pages(sha256: str) -> None:
    """Write the entries of the pages of this file anew, in all items that show it."""
    SearchEntry.objects.filter(kind=Kind.PAGE, sha256=sha256).delete()
    _write_pages(Q(sha256=sha256))


def _renew(kind: str, keys: Collection[str], entries: Iterable[SearchEntry]) -> None:
    SearchEntry.objects.filter(kind=kind, key__in=keys).delete()
    SearchEntry.objects.bulk_create(entries, batch_size=_AT_ONCE)


def entries_of_items(items: models.QuerySet[PublishedItem]) -> Iterator[SearchEntry]:
    files = Prefetch("files", PublishedFile.objects.order_by("position"), to_attr="shown_files")
    for item in items.defer("passport", "corrections").prefetch_related(files).iterator(chunk_size=_AT_ONCE):
        of_files = " ".join(f"{file.title} {file.filename}" for file in item.shown_files)
        yield _entry(
            Kind.ITEM,
            item.number,
            (f"{item.title} · {item.number}", "A", "C"),
            (item.summary, "B", "C"),
            (f"{item.unit_name} · {item.responsible} · {of_files}", "D", "D"),
            number=item.number,
            title=item.title,
            text=item.summary,
            unit_code=item.unit_code,
            unit_name=item.unit_name,
            category=item.category,
            formats=list(dict.fromkeys(file.kind[:20] for file in item.shown_files)),
            day=timezone.localdate(item.published_at),
        )


def entries_of_dik(entries: models.QuerySet[DikEntry]) -> Iterator[SearchEntry]:
    for entry in entries.iterator(chunk_size=_AT_ONCE):
        reasons = [entry.legal_basis, entry.consequence_if_open, entry.consequence_if_closed, entry.reopened_because]
        text = " ".join(each for each in reasons if each)
        yield _entry(
            Kind.DIK,
            entry.number,
            (f"{entry.information} · {entry.number} · {entry.item_number}", "A", "C"),
            (text, "B", "C"),
            (f"{entry.unit_name} · {entry.decree_number}", "D", "D"),
            title=entry.information,
            text=text,
            unit_code=entry.unit_code,
            unit_name=entry.unit_name,
            day=entry.decree_date,
            open_since=entry.reopened_on or (entry.ends_on and entry.ends_on + timedelta(days=1)),
        )


def entries_of_sops(sops: models.QuerySet[PublishedSop]) -> Iterator[SearchEntry]:
    for sop in sops.defer("sheet", "related").iterator(chunk_size=_AT_ONCE):
        yield _entry(
            Kind.SOP,
            f"{sop.slug}:{sop.version}",
            (f"{sop.title} · {sop.number}", "A", "C"),
            (sop.steps, "B", "C"),
            (f"{sop.theme} · {sop.unit_name}", "D", "D"),
            title=sop.title,
            text=sop.steps,
            unit_code=sop.unit_code,
            unit_name=sop.unit_name,
            formats=["PDF"],
            day=sop.in_force_from,
            is_current=sop.is_in_force,
        )


def entries_of_tombstones(stones: models.QuerySet[Tombstone]) -> Iterator[SearchEntry]:
    for stone in stones.iterator(chunk_size=_AT_ONCE):
        yield _entry(
            Kind.TOMBSTONE,
            stone.number,
            (f"{stone.title} · {stone.number}", "A", "C"),
            (f"{stone.reason} · {stone.reopened_because}", "B", "C"),
            number=stone.number,
            title=stone.title,
            text=stone.reason,
            day=timezone.localdate(stone.taken_off_at),
            open_since=stone.open_since if stone.kind == Tombstone.Kind.EXCLUDED else None,
        )


def _entry(kind: str, key: str, *texts: tuple[str, str, str], **fields: Any) -> SearchEntry:
    entry = SearchEntry(kind=kind, key=key, **fields)
    plain = vector(*texts)
    entry.words = vector(*texts, marks=[unit_mark(entry.unit_code)] if entry.unit_code else ())
    said = [entry.number, entry.title, entry.text, entry.unit_name, *entry.formats, plain]
    entry.digest = hashlib.blake2b("\0".join(said).encode(), digest_size=16).hexdigest()
    return entry


def _write_pages(which: Q) -> None:
    """Write the entries of pages of the files, from their texts: no word is looked at again."""
    files = list(PublishedFile.objects.filter(which).values_list("pk", flat=True))
    if files:
        with connection.cursor() as cursor:
            cursor.execute(f"{_WRITE_PAGES} {_PAGES} WHERE file.id = ANY(%s)", [files])


_PAGE_COLUMNS = """
    kind, key, number, file_key, filename, sha256, page, title, text, unit_code, unit_name, category, formats, day,
    is_current, words, digest
"""
_WRITE_PAGES = f"INSERT INTO shelf_searchentry ({_PAGE_COLUMNS})"
_PAGES = f"""
    SELECT 'page', item.number || '/' || file.key || '/' || page.page, item.number, file.key, file.filename,
        file.sha256, page.page, '', '', item.unit_code, item.unit_name, item.category,
        ARRAY[left(upper(substring(file.filename FROM '[^.]*$')), 20)]::varchar[], {local_day("item.published_at")},
        true, page.words || ('''=' || item.unit_code || '''')::tsvector, md5(page.text)
    FROM shelf_publishedfile file
    JOIN shelf_publisheditem item ON item.id = file.item_id
    JOIN shelf_documentpage page ON page.sha256 = file.sha256
"""  # noqa: S608 - as above


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that is missing, says something else than the shelf, or stands for what is not there."""

    kind: str
    key: str
    what: str


def faults() -> Iterator[Fault]:
    """Yield where the index says something else than the shelf: everything is read and compared."""
    for kind, (model, build) in _BUILDERS.items():
        entries = build(model.objects.order_by("pk"))
        shown = 0
        while chunk := list(islice(entries, _AT_ONCE)):
            shown += len(chunk)
            yield from _compared(kind, chunk)
        if SearchEntry.objects.filter(kind=kind).count() != shown:
            known = {each.key for each in build(model.objects.all())}
            for key in SearchEntry.objects.filter(kind=kind).values_list("key", flat=True).iterator():
                if key not in known:
                    yield Fault(kind, key, EXTRA)
    yield from _faults_of_pages()


MISSING, WRONG, EXTRA = "missing", "wrong", "extra"


def _compared(kind: str, entries: Sequence[SearchEntry]) -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT said.key, entry.id IS NULL FROM unnest(
                %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::date[], %s::boolean[]
            ) AS said (key, digest, words, unit_code, category, day, open_since, is_current)
            LEFT JOIN shelf_searchentry entry ON entry.kind = %s AND entry.key = said.key
            WHERE ROW(entry.digest, entry.words, entry.unit_code, entry.category, entry.day, entry.open_since,
                      entry.is_current)
                IS DISTINCT FROM ROW(said.digest, said.words::tsvector, said.unit_code, said.category, said.day,
                                     said.open_since, said.is_current)
            """,
            [[getattr(each, name) for each in entries] for name in ("key", "digest", "words", *_MARKS)] + [kind],
        )
        for key, is_missing in cursor.fetchall():
            yield Fault(kind, key, MISSING if is_missing else WRONG)


def _faults_of_pages() -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH said AS ({_PAGES}), told ({_PAGE_COLUMNS}) AS (SELECT * FROM said),
                 entry AS (SELECT * FROM shelf_searchentry WHERE kind = 'page')
            SELECT COALESCE(told.key, entry.key), entry.key IS NULL, told.key IS NULL
            FROM told FULL JOIN entry ON entry.key = told.key
            WHERE ROW(entry.digest, entry.words, entry.unit_code, entry.category, entry.day, entry.filename)
                IS DISTINCT FROM ROW(told.digest, told.words, told.unit_code, told.category, told.day, told.filename)
            """  # noqa: S608 - as above
        )
        for key, is_missing, is_extra in cursor.fetchall():
            yield Fault(Kind.PAGE, key, MISSING if is_missing else EXTRA if is_extra else WRONG)


def mend() -> int:
    """Write anew what is missing or wrong, and delete what stands for nothing; return how many entries that were.

    The first entry that is deleted takes the shelf (``ppid.shelf.edition``), so what is written is what stands then.
    """
    found = list(faults())
    for start in range(0, len(found), _AT_ONCE):
        with transaction.atomic():
            for kind, renew in _RENEWERS.items():
                keys = {each.key for each in found[start : start + _AT_ONCE] if each.kind == kind}
                if keys:
                    SearchEntry.objects.filter(kind=kind, key__in=keys).delete()
                    renew({_owner(kind, key) for key in keys})
    return len(found)


def _owner(kind: str, key: str) -> str:
    """Return by what the entry is renewed: the number of its item, the name of its sheet."""
    return {Kind.PAGE: key.partition("/")[0], Kind.SOP: key.rpartition(":")[0]}.get(Kind(kind), key)


_BUILDERS: dict[str, tuple[Any, Callable[[Any], Iterator[SearchEntry]]]] = {
    Kind.ITEM: (PublishedItem, entries_of_items),
    Kind.DIK: (DikEntry, entries_of_dik),
    Kind.SOP: (PublishedSop, entries_of_sops),
    Kind.TOMBSTONE: (Tombstone, entries_of_tombstones),
}
_RENEWERS: dict[str, Callable[[Collection[str]], None]] = {
    Kind.ITEM: renew_items,
    Kind.PAGE: renew_items,
    Kind.DIK: renew_dik,
    Kind.SOP: renew_sops,
    Kind.TOMBSTONE: renew_tombstones,
}
