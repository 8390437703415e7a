"""The one door through which a draft is written: lock, keeper, draft, what others wrote, write, ledger, revision + 1.

What an edit changed is found by comparing the draft before and after, so no act of the editor can leave it out of the
ledger. Refusals are whole sentences (``SopRefused``); ``DraftOvertaken`` brings along what others wrote meanwhile.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import User
from sop.drafts.changes import Clash, Snapshot, changed, edits_since
from sop.guards import SopChanged, SopRefused, elsewhere, locked, require_keeper
from sop.ledgers import DraftEdit
from sop.models import SopVersion

# Who performs what and what follows it: whoever confirmed the reading confirmed these.
READING = {"performer", "last_performer", "if_yes", "if_no", "label", "roles"}


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
class Edit:
    """An edit under way. ``draft`` is locked; its own fields are set here and saved as the edit closes."""

    draft: SopVersion
    actor: User
    at: datetime
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


@contextmanager
def edit(
    version: SopVersion, *, actor: User, seen: int | None, at: datetime | None = None, is_typed: bool = True
) -> Iterator[Edit]:
    """Open a draft for one edit and close it with its row in the ledger, all or nothing. Raises SopRefused.

    ``seen`` is the draft's revision as the person saw it; None when the act asks nothing of what they saw.
    ``is_typed`` says that they would lose a text with a refusal.
    """
    at = at or timezone.now()
    with transaction.atomic():
        draft = opened(version, actor, at, is_typed=is_typed)
        others = [] if seen is None else edits_since(draft, seen)
        edited = Edit(draft, actor, at, Snapshot(draft), Saved(draft.revision, others))
        yield edited
        changes = [*edited.marks, *changed(edited.before, Snapshot(draft))]
        if not changes:
            return
        if draft.confirmed_at and touches_reading(changes):
            draft.confirmed_by = draft.confirmed_at = None
            edited.tell("Pembagian langkah berubah, jadi perlu dikonfirmasi lagi sebelum diajukan.")
        draft.revision += 1
        draft.changed_by, draft.changed_at = actor, at
        # The ledger's row first: the database lets a draft change only together with it.
        DraftEdit.objects.create(version=draft, revision=draft.revision, actor=actor, at=at, changes=changes)
        draft.save()
        edited.saved.revision = draft.revision


def opened(version: SopVersion, actor: User, at: datetime, *, is_typed: bool = True) -> SopVersion:
    """Return the draft as it stands, locked, for one of its keepers. Raises SopRefused."""
    draft = locked(version, SopVersion.State.DRAFT, sentence=_too_late if is_typed else elsewhere)
    require_keeper(actor, draft.sop.unit, at)
    return draft


def touches_reading(changes: list[dict]) -> bool:
    """Whether these changes of a ledger row are about who performs what or what follows it."""
    return any(change["what"] != "changed" or change["key"].rpartition(".")[2] in READING for change in changes)


def _too_late(kept: SopVersion, state: SopVersion.State) -> str:
    return (
        f"Versi {kept.version} sekarang {kept.get_state_display().lower()}, jadi tidak dapat disunting lagi. "
        "Salin yang Anda ketik sebelum meninggalkan halaman ini."
    )
