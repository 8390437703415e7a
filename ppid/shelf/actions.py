"""The only door to the public: what puts things on the shelf and takes them off.

Every function runs inside the transaction of the act that causes it (a step, an adoption, an approval).
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from ppid.content_store import BytesLost, ContentStore, StoreAway, store
from ppid.shelf import covering, known_bytes
from ppid.shelf.known_bytes import KnownBytes
from ppid.shelf.lock import one_writer_at_a_time
from ppid.shelf.models import (
    BoardSheet,
    BundlePart,
    Category,
    DikEntry,
    DutyFill,
    EditionFile,
    FormerFile,
    PagePicture,
    PublishedAnnex,
    PublishedEdition,
    PublishedFile,
    PublishedItem,
    PublishedRegister,
    PublishedRegisterRow,
    PublishedSop,
    PublishedSopFile,
    PublishedSopQuerySet,
    ReadFile,
    ReopenedEntry,
    Tombstone,
)
from ppid.shelf.register_fields import DIK, DIP, Row, digest, row_of_entry, row_of_item
from ppid.shelf.register_models import rows_of_part
from ppid.shelf.search import index
from ppid.shelf.sheet_names import sheet_name
from ppid.shelf.units import ShelfUnit

logger = logging.getLogger(__name__)


class NotOnShelf(Exception):
    """The item doesn't stand on the shelf, so nothing can point to it."""


@dataclass(frozen=True, slots=True)
class ApprovedFile:
    """A file to publish: the SHA-256 is the one that was approved. Its bytes come from ``source``.

    ``key`` is its part of the address, which belongs to this document and its successors for ever.
    """

    key: str
    title: str
    filename: str
    media_type: str
    size: int
    sha256: str
    source: ContentStore


@dataclass(frozen=True, slots=True)
class SopFile:
    """A file of an SOP's version besides its kept PDF; ``filename`` is the end of its address."""

    kind: PublishedSopFile.Kind
    filename: str
    media_type: str
    size: int
    sha256: str


def public_store() -> ContentStore:
    """Return the store of the public files."""
    return store(settings.PUBLIC_FILES)


@transaction.atomic(savepoint=False)
def put(item: PublishedItem, files: Iterable[ApprovedFile], *, continues: bool = False) -> PublishedItem:
    """Put an item on the shelf as its next edition; what stood there under its number becomes an earlier edition.

    It ``continues`` the edition that stands there when nothing of it changed but its process. Copies each file into the
    public store and raises BytesLost when the approved bytes are nowhere to be had.
    The address of a file that stood there and is none of ``files`` leads from now on to that edition.
    """
    one_writer_at_a_time()
    before = _before(item.number)
    item.edition, item.written_at = before.edition + 1 if before else 1, timezone.now()
    unused: set[str] = set()
    if isinstance(before, PublishedItem):
        if continues:
            item.edition = before.edition
        else:
            _keep_as_edition(before, at=item.published_at)
            known_bytes.end_item(item.number, at=item.published_at, why=KnownBytes.Why.REPLACED)
            unused = _drop_announcement(item.number)
        unused |= _drop_item(before, at=item.published_at)
    elif before:
        before.delete()
    if item.category == Category.PERIODIC and item.rhythm:
        item.renew_by = renewal_day(timezone.localdate(item.published_at), item.rhythm)
    item.save(force_insert=True)
    rows = [_row(item, position, file) for position, file in enumerate(files, start=1)]
    PublishedFile.objects.bulk_create(rows)
    if before:
        FormerFile.objects.filter(number=item.number, key__in=[row.key for row in rows]).delete()
    found = [(row.key, row.sha256) for row in rows]
    known_bytes.note("item", item.number, item.edition, found, at=item.published_at, unit_name=item.unit_name)
    forget_later(unused)
    index.renew_items([item.number])
    return item


def renewal_day(since: date, rhythm: int) -> date:
    """Return the last day on which an item of this day is to be renewed or confirmed; ``rhythm`` counts months."""
    return since + relativedelta(months=rhythm)


@transaction.atomic(savepoint=False)
def follow(number: str, *, first: int, last: int, by: datetime) -> None:
    """Say of an item announced first which rows of its sheet still follow, and until when. Raises NotOnShelf."""
    one_writer_at_a_time()
    _rewrite(number, follow_from=first, follow_to=last, follow_by=by)


@transaction.atomic(savepoint=False)
def tell(number: str, *, passport: list[dict[str, Any]]) -> None:
    """Show how the item went on after its publication, where its sheet has rows for that. Raises NotOnShelf."""
    one_writer_at_a_time()
    _rewrite(number, passport=passport)


@transaction.atomic(savepoint=False)
def confirm(number: str, *, on: date, renew_by: date) -> None:
    """Show that the item was confirmed to be still right, and until when. Raises NotOnShelf."""
    one_writer_at_a_time()
    _rewrite(number, confirmed_on=on, renew_by=renew_by)


@transaction.atomic(savepoint=False)
def correct(number: str, *, words: Mapping[str, Any], correction: Mapping[str, Any]) -> None:
    """Show corrected ``words``, and in ``correction`` what they were (``ShownItem.corrections``). Raises NotOnShelf."""
    one_writer_at_a_time()
    item = PublishedItem.objects.filter(number=number).only("corrections").first()
    corrections = [*(item.corrections if item else ()), dict(correction)]
    _rewrite(number, corrections=corrections, **words)
    index.renew_items([number])
    if not correction["changes"]:
        row = row_of_item(PublishedItem.objects.defer("passport").get(number=number))
        forget_later(covering.cover_former_words(DIP, row, on=timezone.localdate()))
        forget_later(covering.drop_bundles(number))


@transaction.atomic(savepoint=False)
def withdraw(
    number: str, *, reason: str, at: datetime, why: str = Tombstone.Why.WITHDRAWN, successor: str = ""
) -> Tombstone | None:
    """Take the item off the shelf and leave a tombstone with its title; return None when it wasn't there.

    What was replaced by the item ``successor`` stays readable as an earlier edition; of what was wrongly published no
    edition stays. Raises NotOnShelf when the successor isn't there.
    """
    one_writer_at_a_time()
    item = PublishedItem.objects.filter(number=number).first()
    if item is None:
        return None
    if successor and not PublishedItem.objects.filter(number=successor).exists():
        raise NotOnShelf(successor)
    if why == Tombstone.Why.REPLACED:
        _keep_as_edition(item, at=at)
    known_bytes.end_item(number, at=at, why=why)
    DutyFill.objects.filter(number=number).delete()
    forget_later(_drop_item(item, at=at) | _drop_announcement(number) | covering.drop_bundles(number))
    if why == Tombstone.Why.WRONGLY_PUBLISHED:
        _drop_editions(number)
        forget_later(covering.cover_wrong(number, on=timezone.localdate(at)))
    stone = Tombstone.objects.create(
        number=number,
        title=item.title,
        kind=Tombstone.Kind.WITHDRAWN,
        reason=reason,
        taken_off_at=at,
        why=why,
        successor=successor,
        edition=item.edition,
    )
    index.renew_tombstones([number])
    return stone


@transaction.atomic(savepoint=False)
def exclude(
    number: str, *, called: str, reason: str, at: datetime, ends_on: date | None, dik: str = ""
) -> Tombstone | None:
    """Take the item and all its editions off the shelf and leave a tombstone; return None when it never was there.

    The tombstone says ``called``, the words of the DIK, and never the item's title: neither the one on the shelf nor
    the one on the tombstone that an earlier withdrawal left, which it replaces. ``ends_on`` is the term's last day,
    ``dik`` the number of the entry of the DIK. What was excluded already keeps the day since which
    it is.
    """
    one_writer_at_a_time()
    before = _before(number)
    if before is None:
        return None
    if isinstance(before, PublishedItem):
        forget_later(_drop_item(before, at=at) | _drop_announcement(number))
    else:
        if before.is_excluded(on=timezone.localdate(at)):
            at = before.taken_off_at  # excluded on, without a gap
        before.delete()
    _drop_editions(number)
    DutyFill.objects.filter(number=number).delete()
    known_bytes.end_item(number, at=at, why=KnownBytes.Why.EXCLUDED)
    forget_later(covering.drop_bundles(number))
    forget_later(covering.cover_excluded(number, called=called, on=timezone.localdate(at)))
    stone = Tombstone.objects.create(
        number=number,
        title=called,
        kind=Tombstone.Kind.EXCLUDED,
        reason=reason,
        taken_off_at=at,
        ends_on=ends_on,
        dik=dik,
        edition=before.edition,
    )
    index.renew_tombstones([number])
    return stone


@transaction.atomic(savepoint=False)
def call(number: str, called: str) -> None:
    """Let the tombstone of an excluded item say ``called``, the words of the DIK as they are now; editions too."""
    one_writer_at_a_time()
    forget_later(covering.rename_covered(number, called=called, on=timezone.localdate()))
    forget_later(covering.drop_bundles(number))
    Tombstone.objects.filter(number=number, kind=Tombstone.Kind.EXCLUDED).update(title=called)
    index.renew_tombstones([number])


@dataclass(frozen=True, slots=True)
class Reopened:
    """An entry of the DIK that is open again: its own number, its item's, since when, by what."""

    number: str
    item_number: str
    on: date
    because: str


@transaction.atomic(savepoint=False)
def reopen(found: Sequence[Reopened]) -> None:
    """Move these entries of the DIK to the list of what is open again; the items' tombstones say so too."""
    one_writer_at_a_time()
    columns: list[Any] = [
        [each.number for each in found],
        [each.item_number for each in found],
        [each.on for each in found],
        [each.because for each in found],
    ]
    opened = "unnest(%s::text[], %s::text[], %s::date[], %s::text[]) AS opened (number, item, since, because)"
    with connection.cursor() as cursor:  # one statement for thousands of rows: the daily job may open so many
        cursor.execute(
            f"""UPDATE shelf_dikentry entry
                SET reopened_on = since, reopened_because = because, item_number = item
                FROM {opened} WHERE entry.number = opened.number""",  # noqa: S608 - words of this function
            columns,
        )
        cursor.execute(
            f"""UPDATE shelf_tombstone stone SET reopened_on = since, reopened_because = because
                FROM {opened} WHERE stone.number = item AND kind = 'excluded'""",  # noqa: S608 - as above
            columns,
        )
    index.renew_dik([each.number for each in found])
    index.renew_tombstones([each.item_number for each in found])


@transaction.atomic(savepoint=False)
def drop_dik(number: str) -> None:
    """Take an entry off the DIK that another one continues."""
    one_writer_at_a_time()
    DikEntry.objects.filter(number=number).delete()


@transaction.atomic(savepoint=False)
def put_dik(entry: DikEntry) -> DikEntry:
    """Put an entry on the DIK, replacing the one under its number."""
    hides_former_words = bool(entry.corrections) and not entry.corrections[-1]["before"]
    one_writer_at_a_time()
    DikEntry.objects.filter(number=entry.number).delete()
    entry.save(force_insert=True)
    index.renew_dik([entry.number])
    if hides_former_words:
        forget_later(covering.cover_former_words(DIK, row_of_entry(entry), on=timezone.localdate()))
        forget_later(covering.drop_bundles(entry.number))
    return entry


@transaction.atomic(savepoint=False)
def put_register(edition: PublishedRegister, rows: Iterable[Row]) -> PublishedRegister:
    """Show an edition of the DIP or the DIK; what was closed since its day is covered from the first moment."""
    one_writer_at_a_time()
    edition.save(force_insert=True)
    known_bytes.short_address("annex", edition.register, edition.number, at=edition.set_at)
    today = timezone.localdate(edition.set_at)
    PublishedRegisterRow.objects.bulk_create(
        (
            PublishedRegisterRow(
                edition=edition,
                position=position,
                key=row.key,
                unit_code="" if why in covering.CLOSED else row.unit_code,
                values=row.values,
                covered=why,
                covered_on=today if why else None,
            )
            for position, (row, why) in enumerate(
                covering.as_readable(edition.register, rows, since=edition.as_of), start=1
            )
        ),
        batch_size=1000,
    )
    return edition


@transaction.atomic(savepoint=False)
def put_annex(edition: PublishedRegister, part: int, pdf: bytes, *, drawn: str) -> bool:
    """Offer a part of the annex of an edition as PDF; ``drawn`` is the digest of the rows that it shows.

    Returns False, and offers nothing, when a row was covered meanwhile, or another printed it: then look again.
    """
    one_writer_at_a_time()
    is_there = PublishedAnnex.objects.filter(edition=edition, part=part).exists()
    if is_there or digest(rows_of_part(edition, part).values_list("key", "values")) != drawn:
        return False
    stored = public_store().put([pdf])
    PublishedAnnex.objects.create(edition=edition, part=part, sha256=stored.sha256, size=stored.size)
    found = [(str(part), stored.sha256)]
    known_bytes.note("annex", edition.register, edition.number, found, at=timezone.now())
    return True


@transaction.atomic
def put_sop(sop: PublishedSop, files: Iterable[SopFile] = (), *, source: ContentStore) -> PublishedSop:
    """Show this version of the SOP with its kept PDF and its other files, replacing what was shown of this version.

    When it is in force, the version that was in force until now stays visible as superseded.
    """
    one_writer_at_a_time()
    files = list(files)
    shown = PublishedSop.objects.filter(slug=sop.slug)
    unused = _drop_sop(shown.filter(version=sop.version))
    if sop.is_in_force:
        shown.in_force().update(status=PublishedSop.Status.SUPERSEDED, ended_on=sop.in_force_from)
    _copy(source, sop.pdf_sha256)
    sop.name = sheet_name(sop.title)
    sop.save(force_insert=True)
    for file in files:
        _copy(source, file.sha256)
        sop.files.create(
            kind=file.kind, filename=file.filename, media_type=file.media_type, size=file.size, sha256=file.sha256
        )
    found = [("lembar.pdf", sop.pdf_sha256), *((file.filename, file.sha256) for file in files)]
    known_bytes.end_sop_files(sop.slug, sop.version, at=timezone.now(), left=[sha256 for _, sha256 in found])
    known_bytes.note("sop", sop.slug, sop.version, found, at=sop.approved_at, unit_name=sop.unit_name)
    forget_later(unused)
    index.renew_sops([sop.slug])
    return sop


@transaction.atomic
def retire_sop(slug: str, *, on: date, reason: str) -> None:
    """Show from now on that this SOP has ended without a successor, and why. Its sheet can still be read."""
    one_writer_at_a_time()
    in_force = PublishedSop.objects.in_force().filter(slug=slug)
    in_force.update(status=PublishedSop.Status.RETIRED, ended_on=on, ended_because=reason)


@transaction.atomic
def bind_sop(slug: str, *, flow: str, is_master: bool) -> None:
    """Say from now on which flow the SOP in force runs ("" for none), and whether the whole city follows it."""
    one_writer_at_a_time()
    PublishedSop.objects.in_force().filter(slug=slug).update(flow=flow, is_master=is_master)


@transaction.atomic
def pass_unit_on(code: str, *, to: str) -> None:
    """Let another unit answer from now on for all that is shown of this one. Its old address leads there."""
    one_writer_at_a_time()
    for model in (PublishedItem, DikEntry, ReopenedEntry, PublishedSop):
        model.objects.filter(unit_code=code).update(unit_code=to)
    ShelfUnit.objects.filter(Q(code=code) | Q(successor_code=code)).update(successor_code=to)


def _drop_sop(shown: PublishedSopQuerySet) -> set[str]:
    """Delete the rows; return the SHA-256 of their bytes."""
    hashes = set(shown.values_list("pdf_sha256", flat=True))
    hashes |= set(PublishedSopFile.objects.filter(sop__in=shown).values_list("sha256", flat=True))
    shown.delete()
    return hashes


def _drop_item(item: PublishedItem, *, at: datetime) -> set[str]:
    """Delete the item's rows and note which addresses they had; return the SHA-256 of its files."""
    files = list(item.files.values_list("key", "sha256"))
    FormerFile.objects.bulk_create(FormerFile(number=item.number, key=key, taken_out_at=at) for key, _ in files)
    PublishedItem.objects.filter(pk=item.pk).delete()
    return {sha256 for _, sha256 in files}


def _drop_announcement(number: str) -> set[str]:
    """Delete the item's announcement; return the SHA-256 of its bytes."""
    announced = BoardSheet.objects.filter(number=number)
    hashes = set(announced.values_list("sha256", flat=True))
    announced.delete()
    return hashes


def _rewrite(number: str, **fields: Any) -> None:
    if not PublishedItem.objects.filter(number=number).update(written_at=timezone.now(), **fields):
        raise NotOnShelf(number)


def _before(number: str) -> PublishedItem | Tombstone | None:
    """Return what stands under the number, or what tells that something did; None when nothing ever did."""
    item = PublishedItem.objects.filter(number=number).first()
    return item or Tombstone.objects.filter(number=number).first()


def _keep_as_edition(item: PublishedItem, *, at: datetime) -> None:
    """Keep what stands there as an earlier edition, with its files."""
    kept = {name: getattr(item, name) for name in PublishedItem.words()}
    edition = PublishedEdition.objects.create(ended_at=max(at, item.published_at), **kept)
    EditionFile.objects.bulk_create(
        EditionFile(item=edition, **{name: getattr(file, name) for name in PublishedFile.words()})
        for file in item.files.all()
    )


def _drop_editions(number: str) -> None:
    """Leave no earlier edition of the item, and none of its bytes. The addresses of its files are noted already."""
    editions = PublishedEdition.objects.filter(number=number)
    hashes = set(EditionFile.objects.filter(item__in=editions).values_list("sha256", flat=True))
    editions.delete()
    forget_later(hashes)


def _row(item: PublishedItem, position: int, file: ApprovedFile) -> PublishedFile:
    _copy(file.source, file.sha256)
    return PublishedFile(
        item=item,
        position=position,
        key=file.key,
        title=file.title,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
    )


def _copy(source: ContentStore, sha256: str) -> None:
    """Make sure that the public store holds these bytes; a damaged file that stands there is replaced."""
    public = public_store()
    try:
        public.check(sha256)
    except BytesLost:
        public.copy_from(source, sha256)


def forget_later(hashes: set[str]) -> None:
    """Delete public files once nothing on the shelf refers to them, after the transaction has held.

    What was made of them for the pages, pictures and tables, goes at once: it holds their words.
    """
    if not hashes:
        return
    gone = hashes - _files_among(hashes)
    ReadFile.objects.filter(sha256__in=gone).delete()
    pictures = PagePicture.objects.filter(file_sha256__in=gone)
    hashes = hashes | set(pictures.values_list("sha256", flat=True))
    pictures.delete()
    transaction.on_commit(lambda: _forget_or_leave_to_the_sweep(hashes))


def _forget_or_leave_to_the_sweep(hashes: set[str]) -> None:
    """Delete them now. A store that is away must not make an act look refused that has held: the sweep deletes them."""
    try:
        forget_unless_shown(hashes)
    except StoreAway:
        logger.exception("%s public files that nothing shows any more are left to the sweep.", len(hashes))


@transaction.atomic
def forget_unless_shown(hashes: set[str]) -> set[str]:
    """Delete those public files that nothing on the shelf refers to; return which they were."""
    one_writer_at_a_time()
    unused = hashes - shown_among(hashes)
    for sha256 in unused:
        public_store().remove(sha256)
    return unused


def shown_among(hashes: set[str]) -> set[str]:
    """Return those that something on the shelf refers to."""
    shown = _files_among(hashes)
    for model in (PublishedAnnex, PagePicture, BoardSheet, BundlePart):
        shown |= set(model.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    shown |= set(PublishedSop.objects.filter(pdf_sha256__in=hashes).values_list("pdf_sha256", flat=True))
    return shown | set(PublishedSopFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))


def _files_among(hashes: set[str]) -> set[str]:
    """Return those that are of a file of an item or of an edition."""
    files = set(PublishedFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    return files | set(EditionFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
