"""Which versions wait for somebody: to be approved, to be mended after they came back, to be looked at once a year."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ppid.organisation.models import Appointment, User
from sop.import_records import ImportDoubt, ImportedFile
from sop.ledgers import DraftEdit, StateChange
from sop.models import SopVersion
from sop.permissions import APPROVER, KEEPER


def to_approve(user: User, *, on: date) -> "QuerySet[SopVersion]":
    """Keep the versions in review that the person, as PPID Utama, decides on, the longest waiting first.

    What they worked on waits for somebody else; only where nobody else may approve it, it waits for them to find one.
    """
    others = Appointment.objects.in_force(on=on).filter(role__code=APPROVER).exclude(user=user)
    free = others.filter(~_worked_on(OuterRef(OuterRef("pk")), OuterRef("user")))
    own = _worked_on(OuterRef("pk"), user.pk)
    versions = SopVersion.objects.filter(~own | ~Exists(free), state=SopVersion.State.IN_REVIEW)
    handed_in = StateChange.objects.filter(version=OuterRef("pk"), sequence=OuterRef("moves"))
    return _listed(versions, handed_in)


def sent_back(versions: "QuerySet[SopVersion]") -> "QuerySet[SopVersion]":
    """Keep the drafts that came back from review, with who sent them, when and why."""
    came_back = StateChange.objects.filter(version=OuterRef("pk"), sequence=OuterRef("moves"))
    drafts = versions.filter(state=SopVersion.State.DRAFT, moves__gt=0)
    return _listed(drafts, came_back)


def doubted(versions: "QuerySet[SopVersion]") -> "QuerySet[SopVersion]":
    """Keep the drafts with doubts of their import that nobody has settled."""
    open_doubts = ImportDoubt.objects.open().filter(version=OuterRef("pk"))
    drafts = versions.filter(Exists(open_doubts), state=SopVersion.State.DRAFT)
    return drafts.select_related("sop__unit").order_by("imported_from__kept_at", "pk")


def for_keeper(units: Collection[int], *, is_chief: bool, on: date) -> "QuerySet[SopVersion]":
    """Keep the versions of the units whose sheets the person keeps; units without a keeper are PPID Utama's."""
    mine = Q(sop__unit__in=units)
    if is_chief:
        keepers = Appointment.objects.in_force(on=on).filter(role__code=KEEPER, unit=OuterRef("sop__unit"))
        mine |= ~Exists(keepers)
    return SopVersion.objects.filter(mine)


def _worked_on(version: OuterRef, person: "OuterRef | int") -> Q:
    """Return whether the person worked on the version: in SQL what ``sop.own_work.worked_on`` says in words."""
    return (
        Q(Exists(SopVersion.objects.filter(Q(begun_by=person) | Q(confirmed_by=person), pk=version)))
        | Q(Exists(DraftEdit.objects.filter(version=version, actor=person)))
        | Q(Exists(ImportedFile.objects.filter(version=version, kept_by=person)))
        | Q(
            Exists(
                StateChange.objects.filter(
                    version=version,
                    actor=person,
                    to_state=SopVersion.State.IN_REVIEW,
                    sequence=F("version__moves"),
                )
            )
        )
    )


def _listed(versions: "QuerySet[SopVersion]", moved: "QuerySet[StateChange]") -> "QuerySet[SopVersion]":
    """Fetch along the SOP with its unit, and the newest row of the ledger."""
    told = {f"moved_{name}": moved.values(name)[:1] for name in ("actor_name", "at", "why")}
    return versions.select_related("sop__unit").annotate(**told).order_by("moved_at", "pk")
