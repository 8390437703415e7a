"""The door for what is made of public things after they became public: pictures, tables, announcements.

What it is made of may have been taken off the shelf meanwhile; then nothing is put, and none of its bytes are placed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ppid.shelf import known_bytes
from ppid.shelf.actions import forget_later, public_store
from ppid.shelf.lock import one_writer_at_a_time
from ppid.shelf.models import BoardSheet, EditionFile, PagePicture, PublishedFile, PublishedItem, ReadFile


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page: its bytes, and its size in pixels."""

    page: int
    content: bytes
    width: int
    height: int


@transaction.atomic
def put_reading(read: ReadFile, pictures: Sequence[Picture] = ()) -> bool:
    """Show what was read of a file. Returns False, and shows nothing, when the file is public no longer."""
    one_writer_at_a_time()
    if not is_public(read.sha256):
        return False
    before = PagePicture.objects.filter(file_sha256=read.sha256)
    unused = set(before.values_list("sha256", flat=True))
    before.delete()
    ReadFile.objects.filter(sha256=read.sha256).delete()
    read.save(force_insert=True)
    PagePicture.objects.bulk_create(
        PagePicture(
            file_sha256=read.sha256,
            page=each.page,
            sha256=public_store().put([each.content]).sha256,
            width=each.width,
            height=each.height,
        )
        for each in pictures
    )
    forget_later(unused)
    return True


@transaction.atomic
def put_announcement(number: str, edition: int, pdf: bytes) -> bool:
    """Offer the announcement of an item. Returns False, and offers none, when another edition stands there by now."""
    one_writer_at_a_time()
    item = PublishedItem.objects.filter(number=number, edition=edition).only("number", "unit_name").first()
    if item is None:
        return False
    before = BoardSheet.objects.filter(number=number)
    unused = set(before.values_list("sha256", flat=True))
    before.delete()
    stored = public_store().put([pdf])
    BoardSheet.objects.create(number=number, edition=edition, sha256=stored.sha256, size=stored.size)
    known_bytes.note(
        "announcement", number, edition, [("", stored.sha256)], at=timezone.now(), unit_name=item.unit_name
    )
    forget_later(unused)
    return True


@transaction.atomic
def forget_what_is_lost() -> int:
    """Forget what was made and has no bytes any more, so that it is made anew; return how much that was."""
    one_writer_at_a_time()
    lost = [each for each in PagePicture.objects.all() if not public_store().exists(each.sha256)]
    files = {each.file_sha256 for each in lost}
    pictures = PagePicture.objects.filter(file_sha256__in=files)
    unused = set(pictures.values_list("sha256", flat=True))
    pictures.delete()
    ReadFile.objects.filter(sha256__in=files).delete()
    announced = [each for each in BoardSheet.objects.all() if not public_store().exists(each.sha256)]
    BoardSheet.objects.filter(pk__in=[each.pk for each in announced]).delete()
    forget_later(unused)
    return len(files) + len(announced)


def is_public(sha256: str) -> bool:
    """Say whether a file with these bytes belongs to an item or to an edition that can be read."""
    files = PublishedFile.objects.filter(sha256=sha256)
    return files.exists() or EditionFile.objects.filter(sha256=sha256).exists()
