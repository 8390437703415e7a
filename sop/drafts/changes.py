"""What a draft says, field by field, and what an edit changed in it.

Every field of a draft has a key that stays the same while rows and columns move: ``number``, ``legal_bases``,
``captions.records``, ``performer.5.label``, ``activity.7.output`` (5 and 7 are primary keys), ``carries.4`` (which row
carries the lawful step 4). Values are plain data; performers, rows and the targets of exits are primary keys, roles
their codes. ``DraftEdit.changes`` is a list of
``{key, label, what, before, after, said}``: ``what`` is changed, added, removed or moved; ``label`` and ``said``
(before, after) are words for people as they were at that time. ``confirmed`` is no field that anybody types.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from ppid.worktime.durations import DurationUnit
from sop.bindings import lawful_steps
from sop.ledgers import DraftEdit
from sop.models import MOST_LAWFUL_STEPS, Activity, Performer, SopVersion
from sop.sheet import LISTS, TEXTS

ACTIVITY = [
    "text",
    "performer",
    "last_performer",
    "kind",
    "if_yes",
    "if_no",
    "return_is_addition",
    "requirement",
    "duration_text",
    "duration_value",
    "duration_unit",
    "output",
    "note",
]
_EXITS, _COLUMNS = ("if_yes", "if_no"), ("performer", "last_performer")


class Clash(NamedTuple):
    """A field that both wrote: what stands there now, and who wrote it when."""

    theirs: str
    edit: DraftEdit


class Snapshot:
    """A draft as it stands: ``fields`` by key, and the words in which a person would read them."""

    def __init__(self, draft: SopVersion):
        self.performers = list(Performer.objects.filter(version=draft).prefetch_related("roles").order_by("position"))
        self.activities = list(Activity.objects.filter(version=draft).order_by("number"))
        self.by_number = {activity.number: activity.pk for activity in self.activities}
        self._columns = {performer.pk: performer for performer in self.performers}
        self._steps = {activity.pk: activity for activity in self.activities}
        self.fields: dict[str, Any] = {name: getattr(draft, name) for name in TEXTS}
        self.fields |= {name: list(getattr(draft, name)) for name in LISTS}
        self.fields |= {f"captions.{name}": draft.captions.get(name, "") for name in LISTS}
        for performer in self.performers:
            self.fields[f"performer.{performer.pk}.label"] = performer.label
            self.fields[f"performer.{performer.pk}.roles"] = sorted(role.code for role in performer.roles.all())
        for activity in self.activities:
            for name in ACTIVITY:
                self.fields[f"activity.{activity.pk}.{name}"] = self._value(activity, name)
        self.lawful = lawful_steps(draft.sop)
        carried = {n: activity.pk for activity in reversed(self.activities) for n in activity.carries}
        self.fields |= {f"carries.{n}": carried.get(n) for n in range(1, MOST_LAWFUL_STEPS + 1)}

    def _value(self, activity: Activity, name: str):
        if name in _EXITS:
            return self.by_number.get(getattr(activity, name))
        return getattr(activity, f"{name}_id" if name in _COLUMNS else name)

    @property
    def carried(self) -> dict[int, int | None]:
        """The row of each lawful step that the flow asks for or that a row carries; None where no row does."""
        rows = {n: self.fields[f"carries.{n}"] for n in range(1, MOST_LAWFUL_STEPS + 1)}
        return {n: pk for n, pk in rows.items() if pk or n in self.lawful}

    def performer_words(self, pk: int) -> str:
        performer = self._columns.get(pk)
        if performer is None:
            return "kolom yang sudah dihapus"
        return performer.label or f"kolom {self.performers.index(performer) + 1} (belum bernama)"

    def activity_words(self, pk: int) -> str:
        activity = self._steps.get(pk)
        return f"langkah {activity.number}" if activity else "langkah yang sudah dihapus"

    def label(self, key: str) -> str:
        """Return the name of a field as it stands on the pages of the editor."""
        kind, _, rest = key.partition(".")
        if kind == "captions":
            return f"Judul kotak {LISTS[rest]}"
        if kind == "carries":
            return f"Langkah hukum {self.lawful.get(int(rest), rest)}"
        if kind == "performer":
            pk, _, name = rest.partition(".")
            column = f"Pelaksana «{self.performer_words(int(pk))}»"
            return f"{column}, peran" if name == "roles" else column
        if kind == "activity":
            pk, _, name = rest.partition(".")
            step = self.activity_words(int(pk)).capitalize()
            return f"{step}, {Activity._meta.get_field(name).verbose_name}" if name else step
        name = str(SopVersion._meta.get_field(key).verbose_name)
        return name[0].upper() + name[1:]

    def said(self, key: str, value: Any) -> str:
        """Return the value of a field in words; "" when it is empty."""
        name = key.rpartition(".")[2]
        if value is None or value == "" or value == []:
            return ""
        if name in _EXITS:
            return self.activity_words(value)
        if key.startswith("carries."):
            return self.activity_words(value).replace("langkah", "baris")
        if name in _COLUMNS:
            return self.performer_words(value)
        if name == "kind":
            return str(Activity.Kind(value).label)
        if name == "duration_unit":
            return str(DurationUnit(value).label)
        if isinstance(value, bool):
            return "ya" if value else "tidak"
        return "; ".join(value) if isinstance(value, list) else str(value)

    def row(self, pk: int) -> str:
        """Return what an activity says, in one line, so that a deleted one is not lost."""
        named = ((name, self.said(f"activity.{pk}.{name}", self.fields[f"activity.{pk}.{name}"])) for name in ACTIVITY)
        skipped = {"kind", "return_is_addition"}
        return " · ".join(said for name, said in named if said and name not in skipped)


def changed(before: Snapshot, after: Snapshot) -> list[dict]:
    """Return the fields that both have and that say something else now."""
    return [
        {
            "key": key,
            "label": after.label(key),
            "what": "changed",
            "before": value,
            "after": after.fields[key],
            "said": [before.said(key, value), after.said(key, after.fields[key])],
        }
        for key, value in before.fields.items()
        if key in after.fields and after.fields[key] != value
    ]


def edits_since(draft: SopVersion, revision: int) -> list[DraftEdit]:
    """Return what was saved in the draft after the revision that somebody saw, the oldest first."""
    return list(draft.edits.filter(revision__gt=revision).select_related("actor").order_by("revision"))


def untouched_and_clashing(
    mine: dict[str, Any], current: Snapshot, edits: Iterable[DraftEdit]
) -> tuple[dict[str, Any], dict[str, Clash]]:
    """Tell the fields apart that others wrote since: those left as they were seen, and those written by both.

    The first come with the value that stands there now, so that saving doesn't undo it.
    """
    seen: dict[str, Any] = {}
    last: dict[str, DraftEdit] = {}
    for edit in edits:
        for change in edit.changes:
            if change["what"] == "changed" and change["key"] in mine:
                seen.setdefault(change["key"], change["before"])
                last[change["key"]] = edit
    fresh, clashes = {}, {}
    for key, before in seen.items():
        now = current.fields[key]
        if now == before:
            continue
        if mine[key] == before:
            fresh[key] = now
        elif mine[key] != now:
            clashes[key] = Clash(current.said(key, now), last[key])
    return fresh, clashes
