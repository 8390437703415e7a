"""A sheet that was read, kept as the first draft of a new SOP: the only thing here that writes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import Unit, User
from sop.durations import read_duration
from sop.guards import SopRefused
from sop.importing.limits import MAX_ACTIVITIES, MAX_PERFORMERS, too_large
from sop.models import Activity, Performer, Sop, SopVersion
from sop.permissions import keeps
from sop.sheet import LISTS, Sheet


@transaction.atomic
def keep(sheet: Sheet, *, unit: Unit, actor: User | None, title: str = "", at: datetime | None = None) -> SopVersion:
    """Keep the sheet as version 1 of a new SOP of the unit, as a draft; ``title`` replaces the sheet's own.

    Who performs which step is an interpretation until a person confirms it, whatever the file said. ``actor`` None is
    the operator at the terminal (``manage.py import_sop``). Raises SopRefused.
    """
    at = at or timezone.now()
    if actor is not None and not keeps(actor, unit, on=timezone.localdate(at)):
        raise SopRefused(f"Hanya Pengelola SOP {unit.name} atau PPID Utama yang dapat mengimpor SOP untuk {unit.name}.")
    title = " ".join((title or sheet.title).split())
    if not title:
        raise SopRefused("Nama SOP tidak terbaca dari naskah. Tulis nama SOP.")
    if len(title) > 250:
        raise SopRefused("Nama SOP paling panjang 250 huruf.")
    if len(sheet.rows) > MAX_ACTIVITIES or len(sheet.performers) > MAX_PERFORMERS:
        raise SopRefused(too_large(sheet))
    sop = Sop.objects.create(slug=Sop.objects.free_slug(title), title=title, unit=unit)
    draft = SopVersion.objects.create(
        sop=sop,
        version=1,
        title=title,
        heading=sheet.heading,
        letterhead="\n".join(sheet.letterhead),
        number=sheet.number,
        created=sheet.created,
        revised=sheet.revised,
        effective=sheet.effective,
        signatory="\n".join(sheet.signatory),
        captions={name: text for name, text in sheet.captions.items() if name in LISTS and text != LISTS[name]},
        changed_by=actor,
        changed_at=at,
        **{name: list(sheet.lists.get(name, ())) for name in LISTS},
    )
    _keep_procedure(draft, sheet)
    return draft


def _keep_procedure(draft: SopVersion, sheet: Sheet) -> None:
    performers = Performer.objects.bulk_create(
        Performer(version=draft, position=n, label=label) for n, label in enumerate(sheet.performers, start=1)
    )
    activities = []
    for row in sheet.rows:
        value, unit = read_duration(row.duration) or (None, "")
        is_joint = row.first is not None and row.last != row.first
        activities.append(
            Activity(
                version=draft,
                number=row.number,
                text=row.text,
                performer=None if row.first is None else performers[row.first],
                last_performer=performers[row.last] if is_joint else None,
                kind=row.kind,
                requirement=row.requirement,
                duration_text=row.duration,
                duration_value=value,
                duration_unit=unit,
                output=row.output,
                note=row.note,
                if_yes=row.if_yes,
                if_no=row.if_no,
                return_is_addition=row.return_is_addition,
            )
        )
    Activity.objects.bulk_create(activities)
