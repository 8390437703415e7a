"""What people do with a draft in the editor: each act is one edit (``sop.drafts.edits``) with its row in the ledger.

Rows and columns are named by their primary keys throughout, so an edit means the same row also after somebody else
moved it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import Unit, User
from sop.drafts.changes import Snapshot, untouched_and_clashing
from sop.drafts.doubts import settle_with_row
from sop.drafts.edits import DraftOvertaken, Edit, EditRefused, Saved, edit, opened, touches_reading
from sop.drafts.fields import Reading, agree, read, too_long
from sop.drafts.typed import plain
from sop.drafts.writing import APART, columns, hand_over, number_anew, place_anew, steps_in_words, write
from sop.guards import SopChanged, SopRefused, open_unit, require_keeper
from sop.models import Activity, Performer, Sop, SopVersion
from sop.sheet import LENGTHS, MAX_ACTIVITIES, MAX_PERFORMERS
from sop.versions.beginning import THEME_LENGTH, begin_sop


@transaction.atomic
def start_sop(*, title: str, unit: Unit, theme: str = "", actor: User, at: datetime | None = None) -> SopVersion:
    """Start a new SOP of a unit with an empty draft, version 1. Raises SopRefused, EditRefused."""
    at = at or timezone.now()
    unit = open_unit(unit)
    require_keeper(actor, unit, at)
    title, theme = (" ".join(plain(text).text.split()) for text in (title, theme))
    faults = {}
    if not title:
        faults["title"] = "Tulis nama SOP ini."
    elif len(title) > LENGTHS["title"]:
        faults["title"] = too_long(len(title), LENGTHS["title"])
    if len(theme) > THEME_LENGTH:
        faults["theme"] = too_long(len(theme), THEME_LENGTH)
    if faults:
        raise EditRefused(faults)
    sop = begin_sop(title=title, unit=unit, theme=theme)
    other = SopVersion.objects.filter(sop__unit=unit).exclude(letterhead="").order_by("-pk").first()
    letterhead = other.letterhead if other else unit.name.upper()
    return SopVersion.objects.create(
        sop=sop, version=1, title=title, letterhead=letterhead, begun_by=actor, changed_by=actor, changed_at=at
    )


def save(version: SopVersion, typed: Mapping[str, Any], *, actor: User, seen: int, at: datetime | None = None) -> Saved:
    """Write fields of a draft (keys of ``sop.drafts.changes``, values as typed). Nothing is written unless all can be.

    ``seen`` is the draft's revision as the person saw it. Raises SopRefused, EditRefused, DraftOvertaken.
    """
    with edit(version, actor=actor, seen=seen, at=at) as edited:
        _refuse_what_is_gone(typed, edited)
        reading = read(typed, edited.before)
        fresh, clashes = untouched_and_clashing(reading.values, edited.before, edited.saved.others)
        if clashes or _matched_with_other_rows(reading.values, edited):
            raise DraftOvertaken(edited.draft.revision, edited.saved.others, fresh, clashes)
        reading.values |= fresh
        _keep(reading, edited, edited.before)
    return edited.saved


def insert_activity(
    version: SopVersion,
    *,
    near: int | None = None,
    above: bool = False,
    typed: Mapping[str, Any] | None = None,
    actor: User,
    seen: int,
    at: datetime | None = None,
) -> Saved:
    """Add a row next to the row ``near``, or at the end; ``typed`` are its fields by their bare names."""
    with edit(version, actor=actor, seen=seen, at=at) as edited:
        order = [activity.pk for activity in edited.before.activities]
        if len(order) >= MAX_ACTIVITIES:
            raise SopRefused(
                f"Satu lembar memuat paling banyak {MAX_ACTIVITIES} aktivitas. "
                "Bagi prosedur ini menjadi dua SOP dan kaitkan keduanya."
            )
        kind = Activity.Kind.PROCESS if order else Activity.Kind.START
        new = Activity.objects.create(version=edited.draft, number=APART, text="", kind=kind)
        place = order.index(near) + (not above) if near in order else len(order)
        edited.saved.notices += number_anew(edited.draft, edited.before, [*order[:place], new.pk, *order[place:]])
        if typed:
            now = Snapshot(edited.draft)
            _keep(read({f"activity.{new.pk}.{name}": value for name, value in typed.items()}, now), edited, now)
        edited.mark("added", f"activity.{new.pk}", f"Langkah {place + 1}")
        edited.saved.pk = new.pk
    return edited.saved


def move_activity(
    version: SopVersion, pk: int, *, to: int, actor: User, seen: int, at: datetime | None = None
) -> Saved:
    """Make the row number ``to`` (1 is the first); all exits go on pointing at the same rows."""
    with edit(version, actor=actor, seen=seen, at=at) as edited:
        order = [activity.pk for activity in edited.before.activities]
        _require_present("activity", pk, order, edited)
        place = order.index(pk)
        target = min(max(to - 1, 0), len(order) - 1)
        if target != place:
            order.insert(target, order.pop(place))
            edited.saved.notices += number_anew(edited.draft, edited.before, order)
            edited.mark("moved", f"activity.{pk}", f"Langkah {place + 1}", f"nomor {place + 1}", f"nomor {target + 1}")
    return edited.saved


def delete_activity(version: SopVersion, pk: int, *, actor: User, seen: int, at: datetime | None = None) -> Saved:
    """Delete a row. Exits that led to it become empty, and that is told. Refused while others' changes are unseen."""
    with edit(version, actor=actor, seen=seen, at=at) as edited:
        order = [activity.pk for activity in edited.before.activities]
        _require_present("activity", pk, order, edited)
        _refuse_unseen(f"activity.{pk}.", edited)
        words = edited.before.activity_words(pk).capitalize()
        edited.mark("removed", f"activity.{pk}", words, edited.before.row(pk))
        order.remove(pk)
        for key, row in edited.before.fields.items():
            if key.startswith("carries.") and row == pk:
                edited.tell(f"{edited.before.label(key)} sekarang tidak dibawa baris mana pun.")
        Activity.objects.filter(pk=pk).delete()
        settle_with_row(edited, pk)
        edited.saved.notices += number_anew(edited.draft, edited.before, order)
    return edited.saved


def add_performer(version: SopVersion, *, actor: User, seen: int, at: datetime | None = None) -> Saved:
    """Add an empty column at the right."""
    with edit(version, actor=actor, seen=seen, at=at) as edited:
        count = len(edited.before.performers)
        if count >= MAX_PERFORMERS:
            raise SopRefused(
                f"Satu lembar memuat paling banyak {MAX_PERFORMERS} kolom pelaksana. Gabungkan pelaksana yang sejenis."
            )
        position = max((performer.position for performer in edited.before.performers), default=0) + 1
        edited.saved.pk = Performer.objects.create(version=edited.draft, position=position, label="").pk
        edited.mark("added", f"performer.{edited.saved.pk}", f"Kolom {count + 1}")
    return edited.saved


def move_performer(
    version: SopVersion, pk: int, *, to: int, actor: User, seen: int, at: datetime | None = None
) -> Saved:
    """Make the column number ``to`` from the left. Joint activities whose columns change thereby are told."""
    with edit(version, actor=actor, seen=seen, at=at) as edited:
        order = [performer.pk for performer in edited.before.performers]
        _require_present("performer", pk, order, edited)
        place = order.index(pk)
        target = min(max(to - 1, 0), len(order) - 1)
        if target != place:
            order.insert(target, order.pop(place))
            edited.saved.notices += place_anew(edited.draft, edited.before, order)
            label = f"Pelaksana «{edited.before.performer_words(pk)}»"
            edited.mark("moved", f"performer.{pk}", label, f"kolom {place + 1}", f"kolom {target + 1}")
    return edited.saved


def delete_performer(
    version: SopVersion, pk: int, *, heir: int | None = None, actor: User, seen: int, at: datetime | None = None
) -> Saved:
    """Delete a column. One that has steps needs an ``heir``, the column that its steps go to."""
    with edit(version, actor=actor, seen=seen, at=at) as edited:
        order = [performer.pk for performer in edited.before.performers]
        _require_present("performer", pk, order, edited)
        _refuse_unseen(f"performer.{pk}.", edited)
        label = edited.before.performer_words(pk)
        steps = [activity for activity in edited.before.activities if pk in columns(activity, order)]
        if steps and (heir == pk or heir not in order):
            raise SopRefused(
                f"«{label}» masih mengerjakan {steps_in_words(steps)}. Pilih kolom yang mengambil alih langkahnya, "
                "atau ubah pelaksana langkah itu dahulu."
            )
        for activity in steps:
            hand_over(activity, pk, heir)
        edited.mark("removed", f"performer.{pk}", f"Pelaksana «{label}»", label)
        order.remove(pk)
        edited.saved.notices += place_anew(edited.draft, edited.before, order)
        Performer.objects.filter(pk=pk).delete()
        if steps:
            edited.tell(f"{steps_in_words(steps).capitalize()} pindah ke «{edited.before.performer_words(heir)}».")
    return edited.saved


def confirm_interpretation(
    version: SopVersion, *, actor: User, seen: int | None = None, at: datetime | None = None
) -> SopVersion:
    """Record that ``actor`` read who performs which step and found it right. Raises SopRefused.

    ``seen`` is the draft's revision that they read: what others changed in the reading since would be confirmed unread.
    """
    with edit(version, actor=actor, seen=seen, at=at, is_typed=False) as edited:
        draft = edited.draft
        if draft.origin == SopVersion.Origin.WRITTEN:
            raise SopRefused("Lembar ini disusun di portal ini, jadi tidak ada penafsiran yang perlu dikonfirmasi.")
        if draft.confirmed_at:
            raise SopRefused(f"Penafsirannya sudah dikonfirmasi oleh {draft.confirmed_by.name_at(draft.confirmed_at)}.")
        for each in edited.saved.others:
            if touches_reading(each.changes):
                raise SopRefused(
                    f"{each.actor.name} mengubah pembagian langkah sementara Anda melihat halaman ini. "
                    "Muat ulang halaman, periksa lagi, lalu konfirmasi."
                )
        draft.confirmed_by, draft.confirmed_at = actor, edited.at
        edited.mark("changed", "confirmed", "Penafsiran", "belum dikonfirmasi", "dikonfirmasi")
    return edited.draft


@transaction.atomic
def delete_draft(version: SopVersion, *, actor: User, seen: int, at: datetime | None = None) -> Sop | None:
    """Delete a draft that was never handed in. Return its SOP, or None when that went along, being empty."""
    at = at or timezone.now()
    draft = opened(version, actor, at)
    if draft.revision != seen:
        raise SopChanged(
            "Draf ini diubah setelah Anda membuka halaman ini. Lihat dahulu perubahannya, lalu hapus lagi."
        )
    if draft.changes.exists():
        raise SopRefused("Draf ini pernah diajukan, jadi riwayatnya disimpan dan draf ini tidak dapat dihapus.")
    sop = draft.sop
    Activity.objects.filter(version=draft).delete()
    draft.delete()
    if sop.versions.exists():
        return sop
    sop.delete()
    return None


def _keep(reading: Reading, edited: Edit, current: Snapshot) -> None:
    agree(reading, current)
    if reading.faults:
        raise EditRefused(reading.faults)
    edited.saved.notices += reading.notices
    write(edited.draft, reading.values, current)


def _matched_with_other_rows(values: Mapping[str, Any], edited: Edit) -> bool:
    """Whether lawful steps were given to rows while rows came, went or moved, or said something else."""
    gives = any(key.startswith("carries.") and edited.before.fields.get(key) != now for key, now in values.items())
    return gives and any(
        change["key"].startswith("activity.") and (change["what"] != "changed" or change["key"].endswith(".text"))
        for each in edited.saved.others
        if each.actor_id != edited.actor.pk
        for change in each.changes
    )


def _require_present(kind: str, pk: int, order: list[int], edited: Edit) -> None:
    if pk not in order:
        thing = "Langkah" if kind == "activity" else "Kolom pelaksana"
        raise SopRefused(f"{thing} ini sudah dihapus{_by_whom(f'{kind}.{pk}', edited)}.")


def _refuse_what_is_gone(typed: Mapping[str, Any], edited: Edit) -> None:
    for key in typed:
        if key not in edited.before.fields:
            kind, pk, _ = key.split(".")
            _require_present(kind, int(pk), [], edited)


def _refuse_unseen(prefix: str, edited: Edit) -> None:
    """Refuse to delete what somebody changed since this person looked."""
    for each in edited.saved.others:
        if each.actor_id == edited.actor.pk:
            continue
        said = [change for change in each.changes if change["key"].startswith(prefix)]
        if said:
            raise SopRefused(
                f"{each.actor.name} mengubahnya sementara Anda melihat halaman ini: "
                f"{said[0]['label'].lower()} menjadi «{said[0]['said'][1]}». Periksa dahulu, lalu hapus lagi."
            )


def _by_whom(key: str, edited: Edit) -> str:
    for each in edited.saved.others:
        if any(change["key"] == key and change["what"] == "removed" for change in each.changes):
            return f" oleh {each.actor.name}"
    return ""
