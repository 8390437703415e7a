"""What was moved becomes, once all of it is done, the edition of its register that the decree of the list had set.

Each row of a DIK names its own decree in it, where it has one.
"""

from django.db import transaction
from django.utils import timezone

from ppid.editions.acts import Decree, Paper, freeze
from ppid.editions.models import RegisterEdition
from ppid.editions.store import edition_store
from ppid.shelf.models import DikEntry, PublishedItem
from ppid.shelf.register_fields import Row, row_of_entry, row_of_item
from ppid.takeover.models import Register, State, Takeover
from ppid.takeover.reading import TakeoverRefused
from ppid.takeover.store import takeover_store
from ppid.web.safe_files import safe_filename


def awaits_edition(takeover: Takeover) -> bool:
    """Whether all that was moved is done, and no edition was kept of it yet."""
    return takeover.is_moved and takeover.state == State.DONE and takeover.edition_id is None


@transaction.atomic
def keep_edition(takeover: Takeover, *, origin: str) -> Takeover:
    """Freeze the rows that were taken, once; ``origin`` is what people read. Raises TakeoverRefused, EditionRefused.

    It was set when the list was approved, by those who were in office then.
    """
    locked = Takeover.objects.select_for_update(of=("self",)).get(pk=takeover.pk)
    if not awaits_edition(locked):
        raise TakeoverRefused("Daftar ini belum selesai, atau sudah tersimpan sebagai edisi.")
    if left := locked.rows.waiting_or_held_back().count():
        raise TakeoverRefused(
            f"Masih ada {left} baris yang tertinggal. Coba lagi, atau minta PPID Utama meninggalkannya dengan alasan."
        )
    if behind := locked.rows.exclude(left_behind="").count():
        origin = f"{origin} {behind} baris daftar itu tidak ikut dipindahkan."
    numbers, shown = _dik(locked) if locked.kind == Register.DIK else _dip(locked)
    scan = locked.scan
    edition_store().copy_from(takeover_store(), scan.sha256)
    published = freeze(
        locked.kind,
        [shown[number] for number in numbers if number in shown],
        year=locked.sk_date.year,
        as_of=locked.sk_date,
        decree=Decree(locked.sk_number, locked.sk_date),
        origin=origin,
        prepared_by=locked.uploaded_by,
        set_by=locked.approved_by,
        paper=Paper(safe_filename(scan.filename, ending=".pdf", otherwise="sk-penetapan"), scan.sha256, scan.size),
        at=locked.approved_at,
    )
    locked.edition = RegisterEdition.objects.get(register=published.register, number=published.number)
    locked.save(update_fields=["edition"])
    return locked


def _dip(takeover: Takeover) -> tuple[list[str], dict[str, Row]]:
    """Return the numbers that the list's rows have now, in its order, and what stands on the shelf of them."""
    numbers = list(takeover.rows.filter(done_at__isnull=False).values_list("information__number", flat=True))
    return numbers, {item.number: row_of_item(item) for item in PublishedItem.objects.filter(number__in=numbers)}


def _dik(takeover: Takeover) -> tuple[list[str], dict[str, Row]]:
    numbers = list(takeover.rows.filter(done_at__isnull=False).values_list("case__number", flat=True))
    entries = DikEntry.objects.in_force(on=timezone.localdate()).filter(number__in=numbers)
    return numbers, {entry.number: row_of_entry(entry) for entry in entries}
