"""How a draft is edited. Each act is one transaction: lock, keeper, draft, what others wrote, write, revision + 1.

Rows and columns are named by their primary keys throughout, so an edit means the same row also after somebody else
moved it. Refusals are whole sentences (``SopRefused``); ``DraftOvertaken`` brings along what others wrote meanwhile.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import Unit, User
from sop.drafts.changes import Clash, Snapshot, changed, edits_since, untouched_and_clashing
from sop.drafts.fields import Reading, agree, read, too_long
from sop.drafts.typed import plain
from sop.drafts.writing import APART, columns, hand_over, number_anew, place_anew, steps_in_words, write
from sop.guards import SopChanged, SopRefused
from sop.models import Activity, DraftEdit, Performer, Sop, SopVersion
from sop.permissions import keeps

MAX_ACTIVITIES = 40
MAX_PERFORMERS = 10

# Who performs what and what follows it: whoever confirmed the reading confirmed these.
_READING = {"performer", "last_performer", "if_yes", "if_no", "label", "roles"}


class EditRefused(SopRefused):
    """What was typed can't be kept as it is; ``faults`` are sentences by the key of the field."""

    def __init__(self, faults: Mapping[str, str]):
        super().__init__(*faults.values(), fields=list(faults))
        self.faults = dict(faults)


class DraftOvertaken(SopChanged):
    """Others wrote the same fields since this person looked. Saved again with ``revision``, it is written over them.

    ``fresh`` are the fields that this person had left as they were, with what stands there now.
    """

    def __init__(self, revision: int, edits: list[DraftEdit], fresh: dict[str, Any], clashes: dict[str, Clash]):
        super().__init__("Sementara Anda menyunting, isian yang sama diubah orang lain.")
        self.revision, self.edits, self.fresh, self.clashes = revision, edits, fresh, clashes


@dataclass(slots=True)
class Saved:
    """What an edit did: the draft's revision now, what others did since the person looked, what to tell, a new row."""

    revision: int = 0
    others: list[DraftEdit] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    pk: int | None = None


@dataclass(slots=True)
class _Edit:
    draft: SopVersion
    actor: User
    before: Snapshot
    saved: Saved
    marks: list[dict] = field(default_factory=list)

    def tell(self, sentence: str) -> None:
        if sentence not in self.saved.notices:
            self.saved.notices.append(sentence)

    def mark(self, what: str, key: str, label: str, was: str = "", now: str = "") -> None:
        """Write into the ledger what no single field shows: a row or column that came, went or moved."""
        entry = {"key": key, "label": label, "what": what, "before": None, "after": None, "said": [was, now]}
        self.marks.append(entry)


@transaction.atomic
def start_sop(*, title: str, unit: Unit, theme: str = "", actor: User, at: datetime | None = None) -> SopVersion:
    """Start a new SOP of a unit with an empty draft, version 1. Raises SopRefused, EditRefused."""
    at = at or timezone.now()
    _require_keeper(actor, unit, at)
    title, theme = (" ".join(plain(text).text.split()) for text in (title, theme))
    faults = {}
    if not title:
        faults["title"] = "Tulis nama SOP ini."
    elif len(title) > 250:
        faults["title"] = too_long(len(title), 250)
    if len(theme) > 80:
        faults["theme"] = too_long(len(theme), 80)
    if faults:
        raise EditRefused(faults)
    sop = Sop.objects.create(slug=Sop.objects.free_slug(title), title=title, unit=unit, theme=theme)
    other = SopVersion.objects.filter(sop__unit=unit).exclude(letterhead="").order_by("-pk").first()
    letterhead = other.letterhead if other else unit.name.upper()
    return SopVersion.objects.create(
        sop=sop, version=1, title=title, letterhead=letterhead, changed_by=actor, changed_at=at
    )


def save(version: SopVersion, typed: Mapping[str, Any], *, actor: User, seen: int, at: datetime | None = None) -> Saved:
    """Write fields of a draft (keys of ``sop.drafts.changes``, values as typed). Nothing is written unless all can be.

    ``seen`` is the draft's revision as the person saw it. Raises SopRefused, EditRefused, DraftOvertaken.
    """
    with _edit(version, actor=actor, seen=seen, at=at) as edit:
        _refuse_what_is_gone(typed, edit)
        reading = read(typed, edit.before)
        fresh, clashes = untouched_and_clashing(reading.values, edit.before, edit.saved.others)
        if clashes:
            raise DraftOvertaken(edit.draft.revision, edit.saved.others, fresh, clashes)
        reading.values |= fresh
        _keep(reading, edit, edit.before)
    return edit.saved


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
    with _edit(version, actor=actor, seen=seen, at=at) as edit:
        order = [activity.pk for activity in edit.before.activities]
        if len(order) >= MAX_ACTIVITIES:
            raise SopRefused(
                f"Satu lembar memuat paling banyak {MAX_ACTIVITIES} aktivitas. "
                "Bagi prosedur ini menjadi dua SOP dan kaitkan keduanya."
            )
        kind = Activity.Kind.PROCESS if order else Activity.Kind.START
        new = Activity.objects.create(version=edit.draft, number=APART, text="", kind=kind)
        place = order.index(near) + (not above) if near in order else len(order)
        edit.saved.notices += number_anew(edit.draft, edit.before, [*order[:place], new.pk, *order[place:]])
        if typed:
            now = Snapshot(edit.draft)
            _keep(read({f"activity.{new.pk}.{name}": value for name, value in typed.items()}, now), edit, now)
        edit.mark("added", f"activity.{new.pk}", f"Langkah {place + 1}")
        edit.saved.pk = new.pk
    return edit.saved


def move_activity(
    version: SopVersion, pk: int, *, to: int, actor: User, seen: int, at: datetime | None = None
) -> Saved:
    """Make the row number ``to`` (1 is the first); all exits go on pointing at the same rows."""
    with _edit(version, actor=actor, seen=seen, at=at) as edit:
        order = [activity.pk for activity in edit.before.activities]
        _require_present("activity", pk, order, edit)
        place = order.index(pk)
        target = min(max(to - 1, 0), len(order) - 1)
        if target != place:
            order.insert(target, order.pop(place))
            edit.saved.notices += number_anew(edit.draft, edit.before, order)
            edit.mark("moved", f"activity.{pk}", f"Langkah {place + 1}", f"nomor {place + 1}", f"nomor {target + 1}")
    return edit.saved


def delete_activity(version: SopVersion, pk: int, *, actor: User, seen: int, at: datetime | None = None) -> Saved:
    """Delete a row. Exits that led to it become empty, and that is told. Refused while others' changes are unseen."""
    with _edit(version, actor=actor, seen=seen, at=at) as edit:
        order = [activity.pk for activity in edit.before.activities]
        _require_present("activity", pk, order, edit)
        _refuse_unseen(f"activity.{pk}.", edit)
        words = edit.before.activity_words(pk).capitalize()
        edit.mark("removed", f"activity.{pk}", words, edit.before.row(pk))
        order.remove(pk)
        Activity.objects.filter(pk=pk).delete()
        edit.saved.notices += number_anew(edit.draft, edit.before, order)
    return edit.saved


def add_performer(version: SopVersion, *, actor: User, seen: int, at: datetime | None = None) -> Saved:
    """Add an empty column at the right."""
    with _edit(version, actor=actor, seen=seen, at=at) as edit:
        count = len(edit.before.performers)
        if count >= MAX_PERFORMERS:
            raise SopRefused(
                f"Satu lembar memuat paling banyak {MAX_PERFORMERS} kolom pelaksana. Gabungkan pelaksana yang sejenis."
            )
        position = max((performer.position for performer in edit.before.performers), default=0) + 1
        edit.saved.pk = Performer.objects.create(version=edit.draft, position=position, label="").pk
        edit.mark("added", f"performer.{edit.saved.pk}", f"Kolom {count + 1}")
    return edit.saved


def move_performer(
    version: SopVersion, pk: int, *, to: int, actor: User, seen: int, at: datetime | None = None
) -> Saved:
    """Make the column number ``to`` from the left. Joint activities whose columns change thereby are told."""
    with _edit(version, actor=actor, seen=seen, at=at) as edit:
        order = [performer.pk for performer in edit.before.performers]
        _require_present("performer", pk, order, edit)
        place = order.index(pk)
        target = min(max(to - 1, 0), len(order) - 1)
        if target != place:
            order.insert(target, order.pop(place))
            edit.saved.notices += place_anew(edit.draft, edit.before, order)
            label = f"Pelaksana «{edit.before.performer_words(pk)}»"
            edit.mark("moved", f"performer.{pk}", label, f"kolom {place + 1}", f"kolom {target + 1}")
    return edit.saved


def delete_performer(
    version: SopVersion, pk: int, *, heir: int | None = None, actor: User, seen: int, at: datetime | None = None
) -> Saved:
    """Delete a column. One that has steps needs an ``heir``, the column that its steps go to."""
    with _edit(version, actor=actor, seen=seen, at=at) as edit:
        order = [performer.pk for performer in edit.before.performers]
        _require_present("performer", pk, order, edit)
        _refuse_unseen(f"performer.{pk}.", edit)
        label = edit.before.performer_words(pk)
        steps = [activity for activity in edit.before.activities if pk in columns(activity, order)]
        if steps and (heir == pk or heir not in order):
            raise SopRefused(
                f"«{label}» masih mengerjakan {steps_in_words(steps)}. Pilih kolom yang mengambil alih langkahnya, "
                "atau ubah pelaksana langkah itu dahulu."
            )
        for activity in steps:
            hand_over(activity, pk, heir)
        edit.mark("removed", f"performer.{pk}", f"Pelaksana «{label}»", label)
        order.remove(pk)
        edit.saved.notices += place_anew(edit.draft, edit.before, order)
        Performer.objects.filter(pk=pk).delete()
        if steps:
            edit.tell(f"{steps_in_words(steps).capitalize()} pindah ke «{edit.before.performer_words(heir)}».")
    return edit.saved


@transaction.atomic
def delete_draft(version: SopVersion, *, actor: User, seen: int, at: datetime | None = None) -> Sop | None:
    """Delete a draft that was never handed in. Return its SOP, or None when that went along, being empty."""
    at = at or timezone.now()
    draft = _locked(version, actor, at)
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


@contextmanager
def _edit(version: SopVersion, *, actor: User, seen: int, at: datetime | None) -> Iterator[_Edit]:
    at = at or timezone.now()
    with transaction.atomic():
        draft = _locked(version, actor, at)
        edit = _Edit(draft, actor, Snapshot(draft), Saved(draft.revision, edits_since(draft, seen)))
        yield edit
        changes = [*edit.marks, *changed(edit.before, Snapshot(draft))]
        if not changes:
            return
        if draft.confirmed_at and any(
            change["what"] != "changed" or change["key"].rpartition(".")[2] in _READING for change in changes
        ):
            draft.confirmed_by = draft.confirmed_at = None
            edit.tell("Pembagian langkah berubah, jadi perlu dikonfirmasi lagi sebelum diajukan.")
        draft.revision += 1
        draft.changed_by, draft.changed_at = actor, at
        draft.save()
        DraftEdit.objects.create(version=draft, revision=draft.revision, actor=actor, at=at, changes=changes)
        edit.saved.revision = draft.revision


def _keep(reading: Reading, edit: _Edit, current: Snapshot) -> None:
    agree(reading, current)
    if reading.faults:
        raise EditRefused(reading.faults)
    edit.saved.notices += reading.notices
    write(edit.draft, reading.values, current)


def _locked(version: SopVersion, actor: User, at: datetime) -> SopVersion:
    # The SOP's row first, as in sop.versions.actions.
    Sop.objects.select_for_update().get(pk=version.sop_id)
    draft = SopVersion.objects.select_for_update(of=["self"]).select_related("sop__unit").filter(pk=version.pk).first()
    if draft is None:
        raise SopRefused("Draf ini sudah dihapus orang lain. Salin yang Anda ketik sebelum meninggalkan halaman ini.")
    _require_keeper(actor, draft.sop.unit, at)
    if draft.state != SopVersion.State.DRAFT:
        raise SopRefused(
            f"Versi {draft.version} sekarang {draft.get_state_display().lower()}, jadi tidak dapat disunting lagi. "
            "Salin yang Anda ketik sebelum meninggalkan halaman ini."
        )
    return draft


def _require_keeper(actor: User, unit: Unit, at: datetime) -> None:
    if not keeps(actor, unit, on=timezone.localdate(at)):
        raise SopRefused(f"Hanya Pengelola SOP {unit.name} atau PPID Utama yang dapat menyunting lembarnya.")


def _require_present(kind: str, pk: int, order: list[int], edit: _Edit) -> None:
    if pk not in order:
        thing = "Langkah" if kind == "activity" else "Kolom pelaksana"
        raise SopRefused(f"{thing} ini sudah dihapus{_by_whom(f'{kind}.{pk}', edit)}.")


def _refuse_what_is_gone(typed: Mapping[str, Any], edit: _Edit) -> None:
    for key in typed:
        if key not in edit.before.fields:
            kind, pk, _ = key.split(".")
            _require_present(kind, int(pk), [], edit)


def _refuse_unseen(prefix: str, edit: _Edit) -> None:
    """Refuse to delete what somebody changed since this person looked."""
    for each in edit.saved.others:
        if each.actor_id == edit.actor.pk:
            continue
        said = [change for change in each.changes if change["key"].startswith(prefix)]
        if said:
            raise SopRefused(
                f"{each.actor.name} mengubahnya sementara Anda melihat halaman ini: "
                f"{said[0]['label'].lower()} menjadi «{said[0]['said'][1]}». Periksa dahulu, lalu hapus lagi."
            )


def _by_whom(key: str, edit: _Edit) -> str:
    for each in edit.saved.others:
        if any(change["key"] == key and change["what"] == "removed" for change in each.changes):
            return f" oleh {each.actor.name}"
    return ""
