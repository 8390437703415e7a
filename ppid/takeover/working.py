"""The work on a list, row by row: resumed where it was broken off, and kept as an edition when all of it is done."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from ppid.flows.models import Case
from ppid.flows.opening import open_new
from ppid.flows.taking_over import take_over_exclusion, take_over_item
from ppid.information.classification import ClassificationDecree, ConsequenceTest
from ppid.information.documents import keep, received
from ppid.information.models import Document, Information
from ppid.organisation.models import Unit, User
from ppid.takeover.edition import awaits_edition, keep_edition
from ppid.takeover.excluded_rows import decided_on, ends_on
from ppid.takeover.models import Register, State, Takeover, TakeoverRow
from ppid.takeover.moving import locked_list, move
from ppid.takeover.reading import TakeoverRefused
from ppid.takeover.standing import refuse_contradiction
from ppid.takeover.store import as_upload
from ppid.web.refusals import Refused

_LONGEST_TITLE = Document._meta.get_field("title").max_length
_WORDS = ("title", "summary", "responsible", "made_when", "made_place", "retention")


def carry_on(takeover_pk: int, *, most: int = 200) -> bool:
    """Do up to ``most`` rows, each in a transaction of its own; return whether more are left.

    When all that was moved is done, it becomes an edition of its register.
    Broken off anywhere, it goes on with the rows that are not done; called twice at once, no row is done twice.
    """
    for _ in range(most):
        if not _next_row(takeover_pk):
            _end_when_done(takeover_pk)
            _keep_edition_when_whole(takeover_pk)
            return False
    return True


@transaction.atomic
def _next_row(takeover_pk: int) -> bool:
    rows = TakeoverRow.objects.waiting().filter(takeover=takeover_pk, takeover__state=State.RUNNING)
    locked = rows.select_for_update(skip_locked=True, of=("self",)).select_related(
        "takeover__uploaded_by", "takeover__approved_as__role", "takeover__approved_as__user"
    )
    row = locked.order_by("number").first()
    if row is None:
        return False
    at = timezone.now()
    try:
        with as_upload(row) as uploads, transaction.atomic():
            row.case = _done(row, uploads, at=at)
            if row.takeover.is_moved:
                refuse_contradiction(row, on=timezone.localdate(at))
            row.information, row.done_at = row.case.information, at
            row.save(update_fields=["case", "information", "done_at"])
    except Refused as refusal:
        row.case = row.information = row.done_at = None
        row.failed = " ".join(refusal.sentences)
        row.save(update_fields=["failed"])
    return True


def _done(row: TakeoverRow, uploads: Sequence[UploadedFile], *, at: datetime) -> Case:
    takeover, values = row.takeover, row.values
    unit = Unit.objects.get(code=values["unit"])
    if takeover.kind == Register.DIK:
        return _excluded(takeover, values, unit=unit, at=at)
    words: dict[str, Any] = {name: values[name] for name in _WORDS}
    words |= {"has_hardcopy": values["has_hardcopy"], "has_softcopy": bool(uploads)}
    words["on_request"] = not values["has_hardcopy"] and not uploads
    if not takeover.is_moved:
        words["has_softcopy"] = values["has_softcopy"] or bool(uploads)
        return open_new("publication", unit=unit, actor=takeover.uploaded_by, uploads=uploads, at=at, **words)
    with ExitStack() as held:
        arrived = [held.enter_context(received(upload)) for upload in uploads]

        def bring(item: Information) -> None:
            for each in arrived:
                keep(
                    each,
                    information=item,
                    purpose=Document.Purpose.CONTENT,
                    title=words["title"][:_LONGEST_TITLE],
                    actor=takeover.uploaded_by,
                    at=at,
                )

        return take_over_item(
            words,
            unit=unit,
            category=values["category"],
            written_by=takeover.uploaded_by,
            appointment=takeover.approved_as,
            because=moved_because(takeover),
            at=at,
            bring=bring,
        )


def _excluded(takeover: Takeover, values: Mapping[str, Any], *, unit: Unit, at: datetime) -> Case:
    if takeover.sk_date is None or takeover.approved_as is None:
        raise TakeoverRefused("Daftar ini belum disetujui dengan SK-nya.")
    test = ConsequenceTest(
        subject=values["public_description"],
        public_description=values["public_description"],
        grounds=values["grounds"],
        other_statute=values["other_statute"],
        consequence_if_open=values["if_open"],
        consequence_if_closed=values["if_closed"],
        conclusion=values["scope"],
        redacted_parts=values["scope_said"],
        term=values["term"],
        ends_on=ends_on(values, takeover.sk_date),
    )
    return take_over_exclusion(
        {"title": values["title"], "has_softcopy": False},
        test,
        ClassificationDecree(
            number=values["decree_number"] or takeover.sk_number, date=decided_on(values, takeover.sk_date)
        ),
        unit=unit,
        written_by=takeover.uploaded_by,
        appointment=takeover.approved_as,
        because=moved_because(takeover),
        at=at,
    )


def moved_because(takeover: Takeover) -> str:
    """Return what ledger and passport of a moved item say in the place of steps, and an exclusion's test of itself."""
    left_out = "uji konsekuensinya" if takeover.kind == Register.DIK else "langkah SOP"
    written = date_format(takeover.sk_date) if takeover.sk_date else ""
    decree = f"SK nomor {takeover.sk_number} tanggal {written}"
    return (
        f"Pindahan dari {takeover.register} yang ditetapkan dengan {decree}; {left_out} tidak dijalankan di portal ini."
    )


@transaction.atomic
def _end_when_done(takeover_pk: int) -> None:
    """End the takeover when no row waits any more."""
    locked = Takeover.objects.select_for_update().get(pk=takeover_pk)
    if locked.state == State.RUNNING and not locked.rows.waiting().exists():
        move(locked, State.DONE, actor=None, at=timezone.now())


def _keep_edition_when_whole(takeover_pk: int) -> None:
    takeover = Takeover.objects.get(pk=takeover_pk)
    if awaits_edition(takeover):
        with suppress(Refused):  # the list's page says that it waits, and on asking why
            keep_edition(takeover, origin=moved_because(takeover))


def keep_as_edition(takeover: Takeover, *, actor: User, at: datetime | None = None) -> Takeover:
    """Keep what was moved as an edition after all. Raises as ``dry_run``, and EditionRefused."""
    with transaction.atomic():
        locked = locked_list(takeover, actor, State.DONE, at=at or timezone.now())
        return keep_edition(locked, origin=moved_because(locked))
