"""Writing into a draft: fields by their keys, rows and columns in a new order with all that points at them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import F

from ppid.organisation.models import Role
from sop.drafts.changes import Snapshot
from sop.models import UNDECIDED, Activity, Performer, PerformerRole, Sop, SopVersion

# Above any number that a row can have, while rows are numbered anew.
APART = 10_000


def columns(activity: Activity, order: list[int]) -> list[int]:
    """Return the columns that perform the activity, of those in ``order``: one, or all from the first to the last."""
    if activity.performer_id not in order:
        return []
    first = order.index(activity.performer_id)
    last = order.index(activity.last_performer_id) if activity.last_performer_id in order else first
    return order[min(first, last) : max(first, last) + 1]


def steps_in_words(steps: list[Activity]) -> str:
    """Return «langkah 2, 5, dan 6»."""
    *front, last = [str(step.number) for step in steps]
    joined = f"{', '.join(front)}{',' if len(front) > 1 else ''} dan {last}" if front else last
    return f"langkah {joined}"


def write(draft: SopVersion, values: Mapping[str, Any], current: Snapshot) -> None:
    """Write the values that differ from what stands there; the draft's own fields are set and left to be saved."""
    rows: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    numbers = {activity.pk: activity.number for activity in current.activities}
    for key, value in values.items():
        if current.fields.get(key) == value:
            continue
        kind, _, rest = key.partition(".")
        if kind == "captions":
            draft.captions = {name: text for name, text in (draft.captions | {rest: value}).items() if text}
        elif kind == "carries":
            _carry(int(rest), value, current)
        elif kind in ("performer", "activity"):
            pk, _, name = rest.partition(".")
            rows[kind, int(pk)][name] = value
        else:
            setattr(draft, key, value)
            if key == "title":
                _rename(draft.sop, value)
    for (kind, pk), fields in rows.items():
        if kind == "performer":
            _write_performer(pk, fields)
        else:
            targets = {name: numbers.get(fields.pop(name)) for name in ("if_yes", "if_no") if name in fields}
            named = {f"{name}_id": fields.pop(name) for name in ("performer", "last_performer") if name in fields}
            Activity.objects.filter(pk=pk).update(**fields, **targets, **named)


def _carry(step: int, pk: int | None, current: Snapshot) -> None:
    """Let the row ``pk``, and no other, carry the lawful step."""
    for activity in current.activities:
        carries = sorted({*activity.carries} - {step} | ({step} if activity.pk == pk else set()))
        if carries != activity.carries:
            activity.carries = carries
            Activity.objects.filter(pk=activity.pk).update(carries=carries)


def _write_performer(pk: int, fields: dict[str, Any]) -> None:
    if "label" in fields:
        Performer.objects.filter(pk=pk).update(label=fields["label"])
    if "roles" in fields:
        links = PerformerRole.objects.filter(performer=pk)
        links.exclude(role__code__in=fields["roles"]).delete()
        missing = Role.objects.filter(code__in=fields["roles"]).exclude(pk__in=links.values("role"))
        PerformerRole.objects.bulk_create(PerformerRole(performer_id=pk, role=role) for role in missing)


def _rename(sop: Sop, title: str) -> None:
    """Let the SOP's own name follow while it has never been approved."""
    if not sop.versions.exclude(state__in=UNDECIDED).exists():
        Sop.objects.filter(pk=sop.pk).update(title=title)


def number_anew(draft: SopVersion, old: Snapshot, order: list[int]) -> list[str]:
    """Number the rows in this order, and lead each exit to the number that its row has now.

    Return a sentence for each exit whose row is no more.
    """
    told = []
    number = {pk: place for place, pk in enumerate(order, start=1)}
    rows = {activity.pk: activity for activity in Activity.objects.filter(version=draft)}
    for pk, place in number.items():
        row = rows[pk]
        for name, word in (("if_yes", "ya"), ("if_no", "tidak")):
            target = getattr(row, name)
            if target is not None:
                new = number.get(old.by_number.get(target))
                setattr(row, name, new)
                if new is None:
                    told.append(f"Langkah {place}: jalan keluar «{word}» sekarang kosong, karena tujuannya tidak ada.")
        row.number = place
    # In two passes, since no two rows may have the same number at any moment.
    Activity.objects.filter(version=draft, number__lt=APART).update(number=APART + 1 + F("number"))
    Activity.objects.bulk_update(rows.values(), ["number", "if_yes", "if_no"])
    return told


def place_anew(draft: SopVersion, old: Snapshot, order: list[int]) -> list[str]:
    """Put the columns in this order; a joint activity still goes from its left to its right end.

    Return a sentence for each joint activity that other columns perform now.
    """
    told = []
    was = [performer.pk for performer in old.performers]
    Performer.objects.filter(version=draft).update(position=APART + F("position"))
    performers = Performer.objects.in_bulk(order)
    for place, pk in enumerate(order, start=1):
        performers[pk].position = place
    Performer.objects.bulk_update(performers.values(), ["position"])
    for activity in Activity.objects.filter(version=draft, performer__isnull=False, last_performer__isnull=False):
        first, last = activity.performer_id, activity.last_performer_id
        if order.index(first) > order.index(last):
            activity.performer_id, activity.last_performer_id = last, first
            activity.save(update_fields=["performer", "last_performer"])
        before = set(columns(activity, was)) & set(order)
        if set(columns(activity, order)) != before:
            names = " dan ".join(old.performer_words(pk) for pk in columns(activity, order))
            told.append(
                f"Langkah {activity.number} sekarang dikerjakan bersama oleh {names}. Periksa apakah ini benar."
            )
    return told


def hand_over(activity: Activity, pk: int, heir: int | None) -> None:
    """Give the ends of an activity that stand in the column ``pk`` to the column ``heir``."""
    first = heir if activity.performer_id == pk else activity.performer_id
    last = heir if activity.last_performer_id == pk else activity.last_performer_id
    Activity.objects.filter(pk=activity.pk).update(performer=first, last_performer=None if last == first else last)
