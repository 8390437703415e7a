"""What the import doubted, held against the draft as it stands: where each doubt points, and a person's settling it."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from ppid.organisation.models import User
from sop.drafts.changes import Snapshot
from sop.drafts.edits import Edit, Saved, edit
from sop.guards import SopRefused
from sop.import_records import ImportDoubt
from sop.models import SopVersion

# What is wider than one field of the draft.
_WIDE = {"rows": "Prosedur", "performers": "Pelaksana", "source": "Naskah"}


class OpenDoubt(NamedTuple):
    """A doubt that nobody has settled, and the name of its place as people know it."""

    doubt: ImportDoubt
    place: str


def open_doubts(draft: SopVersion, current: Snapshot) -> list[OpenDoubt]:
    """Return the draft's open doubts in the order of its pages."""
    order = {key: n for n, key in enumerate(current.fields)}
    found = [OpenDoubt(doubt, place(doubt.key, current)) for doubt in ImportDoubt.objects.open().filter(version=draft)]
    return sorted(found, key=lambda each: (order.get(each.doubt.key, len(order)), each.doubt.pk))


def place(key: str, current: Snapshot) -> str:
    """Return where a doubt points, in words."""
    return _WIDE.get(key) or current.label(key)


def settle(version: SopVersion, pks: Collection[int], *, actor: User, seen: int, at: datetime | None = None) -> Saved:
    """Settle doubts: somebody held them against the source, and the draft is right now. Raises SopRefused."""
    with edit(version, actor=actor, seen=seen, at=at) as edited:
        doubts = list(ImportDoubt.objects.open().filter(version=edited.draft, pk__in=pks))
        if not doubts:
            raise SopRefused("Keraguan ini sudah diselesaikan. Muat ulang halaman untuk melihatnya.")
        for doubt in doubts:
            label = f"Keraguan impor, {place(doubt.key, edited.before).lower()}"
            edited.mark("changed", f"doubt.{doubt.pk}", label, doubt.text or doubt.sentence, "sudah diperiksa")
        ImportDoubt.objects.filter(pk__in=[doubt.pk for doubt in doubts]).update(settled_by=actor, settled_at=edited.at)
    return edited.saved


def settle_with_row(edited: Edit, pk: int) -> None:
    """Settle the doubts about a row that this edit deletes: there is nothing left to look at."""
    of_row = Q(key=f"activity.{pk}") | Q(key__startswith=f"activity.{pk}.")
    doubts = ImportDoubt.objects.open().filter(of_row, version=edited.draft)
    doubts.update(settled_by=edited.actor, settled_at=edited.at)
