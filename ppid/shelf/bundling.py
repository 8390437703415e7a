"""The door for what is made in the background to be taken away: begun, added to part by part, and finished.

Each part is read once more while the shelf is held, so that nothing gets in that was closed while it was being made.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from ppid.shelf import actions
from ppid.shelf.bundles import Bundle, BundlePart, BundleQuerySet
from ppid.shelf.lock import one_writer_at_a_time


@dataclass(frozen=True, slots=True)
class Made:
    """A part that was made: its bytes, and ``is_still_so``, which reads again what it shows and compares."""

    part: int
    filename: str
    media_type: str
    content: bytes
    keys: Sequence[str]
    rows: int
    is_still_so: Callable[[], bool]


def is_whole(bundle: Bundle) -> bool:
    """Say whether the public store holds a file for each part."""
    store = actions.public_store()
    return all(store.exists(sha256) for sha256 in bundle.parts.values_list("sha256", flat=True))


@transaction.atomic
def begin(kind: str, *, drawn: str, rows: int, total: int, on: date) -> Bundle:
    """Begin a bundle; one of its kind in the making is dropped."""
    one_writer_at_a_time()
    drop(Bundle.objects.unfinished().filter(kind=kind))
    return Bundle.objects.create(kind=kind, drawn=drawn, rows=rows, total=total, as_of=on)


@transaction.atomic
def add(bundle: Bundle, made: Sequence[Made], *, is_last: bool) -> bool:
    """Add parts; with the last one the bundle takes the place of the finished one of its kind.

    Returns False, and drops the bundle, when something that they show has changed meanwhile; also when it was dropped
    already, or another added them.
    """
    one_writer_at_a_time()
    standing = Bundle.objects.unfinished().filter(pk=bundle.pk)
    if not standing.exists():
        return False
    there = BundlePart.objects.filter(bundle=bundle, part__in=[each.part for each in made])
    if there.exists() or not all(each.is_still_so() for each in made):
        drop(standing)
        return False
    for each in made:
        stored = actions.public_store().put([each.content])
        BundlePart.objects.create(
            bundle=bundle,
            part=each.part,
            filename=each.filename,
            media_type=each.media_type,
            rows=each.rows,
            size=stored.size,
            sha256=stored.sha256,
            keys=list(each.keys),
        )
    if is_last:
        drop(Bundle.objects.finished().filter(kind=bundle.kind))
        count = BundlePart.objects.filter(bundle=bundle).count()
        Bundle.objects.filter(pk=bundle.pk).update(finished_at=timezone.now(), total=count)
    return True


@transaction.atomic
def drop(bundles: BundleQuerySet) -> None:
    """Take bundles away, and their bytes once nothing refers to them; where there are none, write nothing."""
    if not bundles.exists():
        return
    one_writer_at_a_time()
    hashes = set(BundlePart.objects.filter(bundle__in=bundles).values_list("sha256", flat=True))
    bundles.delete()
    actions.forget_later(hashes)
