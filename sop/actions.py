"""What happens to a version: confirming its interpretation, approving it, and starting the next one.

Each act is one transaction, refused in whole sentences (``SopRefused``).
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ppid.content_store import ContentStore
from ppid.organisation.models import User
from ppid.shelf.actions import put_sop, take_off_sop
from ppid.shelf.models import PublishedSop
from sop import pdf
from sop.bindings import flow_shape
from sop.drawing import draw
from sop.models import Activity, Performer, PerformerRole, Sop, SopVersion, StateChange
from sop.permissions import approves, keeps

# A version of an SOP that is neither in force nor past; there is one at a time.
UNDECIDED = [SopVersion.State.DRAFT, SopVersion.State.IN_REVIEW]

_COPIED = [
    "title",
    "heading",
    "letterhead",
    "number",
    "created",
    "revised",
    "effective",
    "signatory",
    "legal_bases",
    "qualifications",
    "related",
    "equipment",
    "warnings",
    "records",
    "captions",
]


class SopRefused(Exception):
    """An act on a version was refused; ``sentences`` say why and what to do."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@transaction.atomic
def submit(version: SopVersion, *, actor: User, at: datetime | None = None) -> SopVersion:
    """Hand a draft in for review; from here on it can't be changed unless it is sent back. Raises SopRefused."""
    at = at or timezone.now()
    draft = _locked(version, SopVersion.State.DRAFT)
    _require_keeper(actor, draft, at)
    if sentences := _faults(draft):
        raise SopRefused(*sentences)
    return _move(draft, draft.submit, actor=actor, at=at)


@transaction.atomic
def send_back(version: SopVersion, *, actor: User, why: str, at: datetime | None = None) -> SopVersion:
    """Give a version in review back to its keepers, with the reason. Raises SopRefused."""
    at = at or timezone.now()
    reviewed = _locked(version, SopVersion.State.IN_REVIEW)
    _require_approver(actor, at)
    return _move(reviewed, reviewed.send_back, actor=actor, at=at, why=_reason(why))


@transaction.atomic
def approve(
    version: SopVersion, *, actor: User, at: datetime | None = None, in_force_from: date | None = None, why: str = ""
) -> SopVersion:
    """Approve a version in review, with the PDF that is kept from now on, and show it to the public.

    It is in force from ``in_force_from`` on (by default from today), and due for review a year later. The row is locked
    and read again first, so ``version`` itself is left unchanged. Raises SopRefused, also for who handed it in.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    reviewed = _locked(version, SopVersion.State.IN_REVIEW)
    _require_approver(actor, at)
    if _submitter(reviewed) == actor:
        raise SopRefused("Yang mengajukan lembar ini tidak boleh menyetujuinya sendiri. Minta PPID Utama yang lain.")
    if in_force_from is not None and in_force_from < day:
        raise SopRefused("Tanggal mulai berlaku tidak boleh sebelum hari ini.")
    if sentences := _faults(reviewed):
        raise SopRefused(*sentences)

    starts = in_force_from or day
    if starts == day:
        for previous in reviewed.sop.versions.select_for_update().filter(state=SopVersion.State.APPROVED):
            _move(previous, previous.supersede, actor=actor, at=at, why=f"Digantikan versi {reviewed.version}.")
    sheet = reviewed.sheet()
    kept = _private_store().put([pdf.render(sheet, address=_address(reviewed), url=address_of(reviewed))])
    approved = _move(
        reviewed,
        lambda: reviewed.approve(actor=actor, at=at, pdf=kept, in_force_from=starts, review_on=_a_year_after(starts)),
        actor=actor,
        at=at,
        why=why,
    )
    if starts == day:
        show(approved)
    return approved


@transaction.atomic
def bring_into_force(*, on: date, at: datetime | None = None) -> list[SopVersion]:
    """Let the approved versions whose day has come take the place of the older ones; return them.

    Run every day (``manage.py bring_sops_into_force``). Whoever approved the newer version is the one who acts.
    """
    at = at or timezone.now()
    come = []
    for version in SopVersion.objects.in_force(on=on).with_sheet():
        older = version.sop.versions.select_for_update().filter(state=SopVersion.State.APPROVED)
        replaced = list(older.filter(version__lt=version.version))
        for previous in replaced:
            why = f"Digantikan versi {version.version}."
            _move(previous, previous.supersede, actor=version.approved_by, at=at, why=why)
        if replaced or not PublishedSop.objects.filter(slug=version.sop.slug, version=version.version).exists():
            show(version)
            come.append(version)
    return come


@transaction.atomic
def retire(version: SopVersion, *, actor: User, why: str, at: datetime | None = None) -> SopVersion:
    """End an SOP without a successor and take its sheet off the shelf. Raises SopRefused."""
    at = at or timezone.now()
    approved = _locked(version, SopVersion.State.APPROVED)
    _require_approver(actor, at)
    if approved.sop.flow:
        raise SopRefused("SOP ini sedang dijalankan portal sebagai alur. Setujui versi penggantinya, jangan dicabut.")
    retired = _move(approved, approved.retire, actor=actor, at=at, why=_reason(why))
    take_off_sop(approved.sop.slug)
    return retired


def show(version: SopVersion) -> PublishedSop:
    """Put an approved version on the shelf. Fetch it ``with_sheet()``."""
    return put_sop(
        PublishedSop(
            slug=version.sop.slug,
            flow=version.sop.flow,
            title=version.sop.title,
            unit_code=version.sop.unit.code,
            unit_name=version.sop.unit.name,
            number=version.number,
            version=version.version,
            effective=version.effective,
            sheet=draw(version.sheet()),
            pdf_sha256=version.pdf_sha256,
            pdf_size=version.pdf_size,
            approved_at=version.approved_at,
        ),
        source=_private_store(),
    )


@transaction.atomic
def confirm_interpretation(version: SopVersion, *, actor: User, at: datetime | None = None) -> SopVersion:
    """Record that ``actor`` read who performs which step and found it right. Raises SopRefused."""
    at = at or timezone.now()
    draft = _locked(version, SopVersion.State.DRAFT)
    _require_keeper(actor, draft, at)
    draft.confirmed_by, draft.confirmed_at = actor, at
    draft.save(update_fields=["confirmed_by", "confirmed_at"])
    return draft


@transaction.atomic
def new_draft(version: SopVersion, *, actor: User) -> SopVersion:
    """Copy the whole sheet into the next version, as a draft. Raises SopRefused when a draft exists.

    The confirmation of who performs which step isn't copied: the draft can be changed, so it is confirmed anew.
    """
    sop = Sop.objects.select_for_update().get(pk=version.sop_id)
    _require_keeper(actor, version, timezone.now())
    if draft := sop.versions.filter(state__in=UNDECIDED).first():
        raise SopRefused(
            f"SOP ini sudah punya versi {draft.version} yang {draft.get_state_display().lower()}. "
            "Selesaikan atau hapus itu dahulu."
        )
    source = SopVersion.objects.with_sheet().get(pk=version.pk)
    newest = sop.versions.aggregate(newest=Max("version"))["newest"]
    draft = SopVersion.objects.create(sop=sop, version=newest + 1, **{name: getattr(source, name) for name in _COPIED})
    performers = {}
    for performer in source.performers.all():
        copy = Performer.objects.create(version=draft, position=performer.position, label=performer.label)
        PerformerRole.objects.bulk_create(PerformerRole(performer=copy, role=role) for role in performer.roles.all())
        performers[performer.pk] = copy
    kept = {"id", "version", "performer", "last_performer"}
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


def _locked(version: SopVersion, state: SopVersion.State) -> SopVersion:
    # The SOP's row first: two versions of one SOP are never approved or copied side by side.
    Sop.objects.select_for_update().get(pk=version.sop_id)
    SopVersion.objects.select_for_update().get(pk=version.pk)
    locked = SopVersion.objects.with_sheet().get(pk=version.pk)
    if locked.state != state:
        raise SopRefused(
            f"Ini hanya dapat dilakukan pada versi yang {state.label.lower()}; versi {locked.version} sekarang "
            f"{locked.get_state_display().lower()}. Muat ulang halaman untuk melihat keadaannya."
        )
    return locked


def _move(version: SopVersion, transition, *, actor: User, at: datetime, why: str = "") -> SopVersion:
    """Make the transition and write it into the version's ledger, both inside the caller's transaction."""
    before = version.state
    transition()
    version.save()
    StateChange.objects.create(version=version, from_state=before, to_state=version.state, actor=actor, at=at, why=why)
    return version


def _submitter(version: SopVersion) -> User | None:
    handed_in = version.changes.filter(to_state=SopVersion.State.IN_REVIEW).order_by("-pk").first()
    return handed_in.actor if handed_in else None


def _require_keeper(actor: User, version: SopVersion, at: datetime) -> None:
    if not keeps(actor, version.sop.unit, on=timezone.localdate(at)):
        raise SopRefused(f"Hanya Pengelola SOP {version.sop.unit.name} atau PPID Utama yang dapat melakukan ini.")


def _require_approver(actor: User, at: datetime) -> None:
    if not approves(actor, on=timezone.localdate(at)):
        raise SopRefused("Hanya PPID Utama yang sedang bertugas yang dapat melakukan ini.")


def _reason(why: str) -> str:
    if not why.strip():
        raise SopRefused("Tuliskan alasannya.")
    return why.strip()


def _a_year_after(day: date) -> date:
    """Return the same day a year later; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _private_store() -> ContentStore:
    return ContentStore(settings.PRIVATE_FILES)


def _faults(version: SopVersion) -> list[str]:
    """Return what keeps this version from being put in force, one sentence each."""
    activities = list(version.activities.all())
    if not activities:
        return ["Lembar ini belum punya aktivitas. Isi bagian prosedurnya dahulu."]
    faults = [
        f"Pelaksana «{performer.label}» belum dipetakan ke peran mana pun. Pilih sedikitnya satu peran."
        for performer in version.performers.all()
        if version.sop.flow and not performer.roles.all()
    ]
    faults += [
        f"Aktivitas nomor {activity.number} belum punya pelaksana." for activity in activities if not activity.performer
    ]
    faults += [
        f"Keputusan nomor {activity.number} belum punya dua jalan keluar, ya dan tidak."
        for activity in activities
        if activity.kind == Activity.Kind.DECISION and not (activity.if_yes and activity.if_no)
    ]
    if activities[0].kind != Activity.Kind.START:
        faults.append(f"Aktivitas pertama (nomor {activities[0].number}) harus berbentuk Mulai.")
    if activities[-1].kind != Activity.Kind.END:
        faults.append(f"Aktivitas terakhir (nomor {activities[-1].number}) harus berbentuk Selesai.")
    numbers = {activity.number for activity in activities}
    for activity in activities:
        for answer, target in (("ya", activity.if_yes), ("tidak", activity.if_no)):
            if target is not None and target not in numbers:
                faults.append(
                    f"Keputusan nomor {activity.number} bila {answer} menuju nomor {target}, "
                    "padahal aktivitas itu tidak ada. Ubah tujuannya."
                )
    return faults + _disagreements(version, activities)


def _disagreements(version: SopVersion, activities: list[Activity]) -> list[str]:
    """Return where the sheet and the running flow that follows it differ."""
    if not version.sop.flow:
        return []
    try:
        shape = flow_shape(version.sop.flow)
    except KeyError:
        return [f"Alur «{version.sop.get_flow_display()}» tidak dijalankan oleh portal ini."]
    faults = []
    if len(activities) != shape.steps:
        faults.append(
            f"Alur «{shape.name}» berjalan dalam {shape.steps} langkah, sedangkan lembar ini punya "
            f"{len(activities)} aktivitas. Samakan dahulu."
        )
    returns = {
        activity.number: target
        for activity in activities
        for target in (activity.if_yes, activity.if_no)
        if target is not None and target < activity.number
    }
    if returns != dict(shape.returns):
        faults.append(
            f"Jalan kembali pada lembar ini ({_in_words(returns)}) berbeda dari alur «{shape.name}» "
            f"({_in_words(shape.returns)}). Samakan dahulu."
        )
    return faults


def _in_words(returns) -> str:
    return ", ".join(f"{decision} → {target}" for decision, target in sorted(returns.items())) or "tidak ada"


def address_of(version: SopVersion) -> str:
    """Return where the portal shows exactly this version, for its QR code; empty when the portal's address isn't set."""
    if not settings.SITE_URL:
        return ""
    return f"{settings.SITE_URL}/sop/{version.sop.slug}/versi/{version.version}/"


def _address(version: SopVersion) -> str:
    return f"{settings.SITE_NAME} · /sop/{version.sop.slug}/"
