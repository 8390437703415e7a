"""What happens to a version: handing it in, approving it, its end, and the start of the next one.

Each act is one transaction, refused in whole sentences (``SopRefused``).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, prefetch_related_objects
from django.utils import timezone

from ppid.organisation.models import User
from ppid.shelf.actions import retire_sop
from ppid.shelf.models import PublishedSop
from sop.check import Finding, check, errors, warnings
from sop.guards import SopChanged, SopRefused, a_year_after, locked, reason, require_approver, require_keeper
from sop.ledgers import StateChange
from sop.models import UNDECIDED, Activity, Performer, PerformerRole, Sop, SopVersion
from sop.own_work import approvers, worked_on
from sop.paper import pdf
from sop.sheet import LISTS, TEXTS
from sop.versions import telling
from sop.versions.followed import hold_bindings, refuse_to_end
from sop.versions.shelving import address_of, foot_of, show
from sop.versions.store import sheet_store

# What a version says besides its performers and activities: the next version begins with it.
_COPIED = [*TEXTS, *LISTS, "captions", "origin"]


@transaction.atomic
def submit(version: SopVersion, *, actor: User, at: datetime | None = None) -> SopVersion:
    """Hand a draft in for review; from here on it can't be changed unless it is sent back. Raises SopRefused."""
    at = at or timezone.now()
    draft = locked(version, SopVersion.State.DRAFT)
    require_keeper(actor, draft.sop.unit, at)
    _require_faultless(check(_whole(draft)))
    _move(draft, draft.submit, actor=actor, at=at)
    telling.handed_in(draft, actor=actor, at=at)
    return draft


@transaction.atomic
def send_back(version: SopVersion, *, actor: User, why: str, at: datetime | None = None) -> SopVersion:
    """Give a version in review back to its keepers, with the reason. Raises SopRefused."""
    at = at or timezone.now()
    reviewed = locked(version, SopVersion.State.IN_REVIEW)
    require_approver(actor, at)
    because = reason(why)
    _move(reviewed, reviewed.send_back, actor=actor, at=at, why=because)
    telling.sent_back(reviewed, actor=actor, why=because, at=at)
    return reviewed


@transaction.atomic
def approve(
    version: SopVersion,
    *,
    actor: User,
    at: datetime | None = None,
    in_force_from: date | None = None,
    why: str = "",
    seen: int | None = None,
) -> SopVersion:
    """Approve a version in review, with the PDF that is kept from now on, and show it to the public.

    It is in force from ``in_force_from`` on (by default from today), and due for review a year later. ``why`` goes into
    the ledger and is asked for when the sheet check warns. The row is locked and read again first, so ``version``
    itself is left unchanged. ``seen`` are its ``moves`` as they were read: since then it may have come back and been
    mended. Raises SopRefused, also for whoever worked on it.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    hold_bindings(to_change=True)
    reviewed = _whole(locked(version, SopVersion.State.IN_REVIEW))
    require_approver(actor, at)
    if work := worked_on(reviewed, actor):
        raise SopRefused(approvers(reviewed, on=day).refusal("menyetujui versi ini", work))
    if seen not in (None, reviewed.moves):
        raise SopChanged("Lembar ini dikembalikan dan diajukan lagi sesudah Anda membukanya. Baca lagi lembarnya.")
    if in_force_from is not None and in_force_from < day:
        raise SopRefused("Tanggal mulai berlaku tidak boleh sebelum hari ini.", fields=["in_force_from"])
    findings = check(reviewed)
    _require_faultless(findings)
    if warnings(findings) and not why.strip():
        raise SopRefused(
            f"Pemeriksaan lembar memberi {len(warnings(findings))} peringatan. "
            "Tuliskan mengapa lembar ini tetap disetujui.",
            fields=["why"],
        )

    starts = in_force_from or day
    if starts == day:
        for previous in reviewed.sop.versions.filter(state=SopVersion.State.APPROVED):
            _move(previous, previous.supersede, actor=actor, at=at, why=f"Digantikan versi {reviewed.version}.")
    sheet = reviewed.sheet()
    kept = sheet_store().put([pdf.render(sheet, address=foot_of(reviewed), url=address_of(reviewed))])
    approved = _move(
        reviewed,
        lambda: reviewed.approve(actor=actor, at=at, pdf=kept, in_force_from=starts, review_on=a_year_after(starts)),
        actor=actor,
        at=at,
        why=why.strip(),
    )
    telling.approved(approved, actor=actor, at=at)
    if starts == day:
        show(approved)
    return approved


def bring_into_force(*, on: date, at: datetime | None = None) -> list[SopVersion]:
    """Let the approved versions whose day has come take the place of the older ones; return them.

    Run every day (``manage.py daily``), SOP after SOP. Whoever approved the newer version is the one who acts.
    """
    at = at or timezone.now()
    sops = SopVersion.objects.in_force(on=on).order_by("sop_id").values_list("sop_id", flat=True)
    return [version for sop_id in sops if (version := _bring_into_force(sop_id, on=on, at=at))]


@transaction.atomic
def _bring_into_force(sop_id: int, *, on: date, at: datetime) -> SopVersion | None:
    """Return the SOP's version whose day has come; None when it stands on the shelf already or was called off."""
    hold_bindings(to_change=True)
    Sop.objects.select_for_update().get(pk=sop_id)
    version = SopVersion.objects.in_force(on=on).with_sheet().filter(sop=sop_id).first()
    if version is None:
        return None
    replaced = version.sop.versions.filter(state=SopVersion.State.APPROVED, version__lt=version.version)
    why = f"Digantikan versi {version.version}."
    moved = [_move(each, each.supersede, actor=version.approved_by, at=at, why=why) for each in replaced]
    if not moved and PublishedSop.objects.filter(slug=version.sop.slug, version=version.version).exists():
        return None
    show(version)
    return version


@transaction.atomic
def retire(version: SopVersion, *, actor: User, why: str, at: datetime | None = None) -> SopVersion:
    """End an SOP without a successor; the public then reads why. Raises SopRefused.

    A version whose day has not come yet is only called off: the one before it stays in force and on the shelf. A unit's
    own sheet of a flow may end while the city's is in force; running cases keep the version that they follow.
    """
    at = at or timezone.now()
    hold_bindings(to_change=True)
    approved = locked(version, SopVersion.State.APPROVED)
    require_approver(actor, at)
    in_force = approved.in_force_from <= timezone.localdate(at)
    if in_force and approved.sop.flow:
        refuse_to_end(approved.sop, at)
    retired = _move(approved, approved.retire, actor=actor, at=at, why=reason(why))
    if in_force:
        retire_sop(approved.sop.slug, on=timezone.localdate(at), reason=reason(why))
    return retired


@transaction.atomic
def new_draft(version: SopVersion, *, actor: User, at: datetime | None = None) -> SopVersion:
    """Copy the whole sheet into the next version, as a draft. Raises SopRefused when a draft exists.

    The confirmation of who performs which step isn't copied: the draft can be changed, so it is confirmed anew.
    Which lawful steps the rows carry is copied from a version that ran the flow to which the SOP is bound.
    """
    at = at or timezone.now()
    sop = Sop.objects.select_for_update().select_related("unit").get(pk=version.sop_id)
    require_keeper(actor, sop.unit, at)
    if draft := sop.versions.filter(state__in=UNDECIDED).first():
        raise SopRefused(
            f"SOP ini sudah punya versi {draft.version} yang belum diputuskan (keadaan: {draft.get_state_display()}). "
            "Selesaikan versi itu dahulu."
        )
    source = SopVersion.objects.with_sheet().get(pk=version.pk)
    newest = sop.versions.aggregate(newest=Max("version"))["newest"]
    copied = {name: getattr(source, name) for name in _COPIED}
    draft = SopVersion.objects.create(sop=sop, version=newest + 1, changed_by=actor, changed_at=at, **copied)
    performers = {}
    for performer in source.performers.all():
        copy = Performer.objects.create(version=draft, position=performer.position, label=performer.label)
        PerformerRole.objects.bulk_create(PerformerRole(performer=copy, role=role) for role in performer.roles.all())
        performers[performer.pk] = copy
    kept = {"id", "version", "performer", "last_performer"}
    if not source.runs or source.runs != sop.flow:
        kept.add("carries")  # which are the steps of another flow, or of none
    fields = [field.attname for field in Activity._meta.concrete_fields if field.name not in kept]
    Activity.objects.bulk_create(
        Activity(
            version=draft,
            performer=performers.get(activity.performer_id),
            last_performer=performers.get(activity.last_performer_id),
            **{name: getattr(activity, name) for name in fields},
        )
        for activity in source.activities.all()
    )
    return draft


def _move(version: SopVersion, transition, *, actor: User, at: datetime, why: str = "") -> SopVersion:
    """Make the transition and write it into the version's ledger, both inside the caller's transaction."""
    before = version.state
    transition()
    version.moves += 1
    # The ledger's row first: the database lets a version move only together with it.
    StateChange.objects.create(
        version=version,
        sequence=version.moves,
        from_state=before,
        to_state=version.state,
        actor=actor,
        actor_name=actor.name,
        at=at,
        why=why,
    )
    version.save()
    return version


def _whole(version: SopVersion) -> SopVersion:
    """Fetch along all that the sheet prints, as ``with_sheet`` does, from inside the lock."""
    prefetch_related_objects([version], "performers__roles", "activities__performer")
    return version


def _require_faultless(findings: list[Finding]) -> None:
    if faults := errors(findings):
        raise SopRefused(*(finding.sentence for finding in faults))
