"""What happens to a version: confirming its interpretation, approving it, and starting the next one.

Each act is one transaction, refused in whole sentences (``SopRefused``).
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ppid.content_store import ContentStore
from ppid.organisation.models import Appointment, User
from ppid.shelf.actions import put_sop
from ppid.shelf.models import PublishedSop
from sop import pdf
from sop.bindings import flow_shape
from sop.drawing import draw
from sop.models import Activity, Performer, PerformerRole, Sop, SopVersion

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
def approve(version: SopVersion, *, actor: User, at: datetime | None = None) -> SopVersion:
    """Put a draft in force, with the PDF that is kept from now on, and show it to the public.

    The row is locked and read again first, so ``version`` itself is left unchanged. Raises SopRefused.
    """
    at = at or timezone.now()
    draft = _locked_draft(version)
    _require_ppid_utama(actor, at)
    if sentences := _faults(draft):
        raise SopRefused(*sentences)

    for previous in draft.sop.versions.select_for_update().in_force():
        previous.supersede()
        previous.save(update_fields=["state"])
    sheet = draft.sheet()
    store = ContentStore(settings.PRIVATE_FILES)
    kept = store.put([pdf.render(sheet, address=_address(draft))])
    draft.approve(actor=actor, at=at, pdf=kept)
    draft.save()
    put_sop(
        PublishedSop(
            slug=draft.sop.slug,
            flow=draft.sop.flow,
            title=draft.sop.title,
            unit_code=draft.sop.unit.code,
            unit_name=draft.sop.unit.name,
            number=draft.number,
            version=draft.version,
            effective=draft.effective,
            sheet=draw(sheet),
            pdf_sha256=kept.sha256,
            pdf_size=kept.size,
            approved_at=at,
        ),
        source=store,
    )
    return draft


@transaction.atomic
def confirm_interpretation(version: SopVersion, *, actor: User, at: datetime | None = None) -> SopVersion:
    """Record that ``actor`` read who performs which step and found it right. Raises SopRefused."""
    at = at or timezone.now()
    draft = _locked_draft(version)
    _require_ppid_utama(actor, at)
    draft.confirmed_by, draft.confirmed_at = actor, at
    draft.save(update_fields=["confirmed_by", "confirmed_at"])
    return draft


@transaction.atomic
def new_draft(version: SopVersion, *, actor: User) -> SopVersion:
    """Copy the whole sheet into the next version, as a draft. Raises SopRefused when a draft exists.

    The confirmation of who performs which step isn't copied: the draft can be changed, so it is confirmed anew.
    """
    _require_ppid_utama(actor, timezone.now())
    sop = Sop.objects.select_for_update().get(pk=version.sop_id)
    if draft := sop.versions.filter(state=SopVersion.State.DRAFT).first():
        raise SopRefused(
            f"SOP ini sudah punya draf, yaitu versi {draft.version}. Lanjutkan atau hapus draf itu dahulu."
        )
    source = SopVersion.objects.with_sheet().get(pk=version.pk)
    newest = sop.versions.aggregate(newest=Max("version"))["newest"]
    draft = SopVersion.objects.create(sop=sop, version=newest + 1, **{name: getattr(source, name) for name in _COPIED})
    performers = {}
    for performer in source.performers.all():
        copy = Performer.objects.create(version=draft, position=performer.position, label=performer.label)
        PerformerRole.objects.bulk_create(PerformerRole(performer=copy, role=role) for role in performer.roles.all())
        performers[performer.pk] = copy
    kept = {"id", "version", "performer"}
    fields = [field.attname for field in Activity._meta.concrete_fields if field.name not in kept]
    Activity.objects.bulk_create(
        Activity(
            version=draft,
            performer=performers[activity.performer_id],
            **{name: getattr(activity, name) for name in fields},
        )
        for activity in source.activities.all()
    )
    return draft


def _locked_draft(version: SopVersion) -> SopVersion:
    # The SOP's row first: two versions of one SOP are never approved or copied side by side.
    Sop.objects.select_for_update().get(pk=version.sop_id)
    SopVersion.objects.select_for_update().get(pk=version.pk)
    draft = SopVersion.objects.with_sheet().get(pk=version.pk)
    if draft.state != SopVersion.State.DRAFT:
        raise SopRefused(
            f"Versi {draft.version} sudah {draft.get_state_display().lower()} dan tidak dapat diubah lagi. "
            "Buat versi baru bila isinya perlu diubah."
        )
    return draft


def _require_ppid_utama(actor: User, at: datetime) -> None:
    day = timezone.localdate(at)
    appointments = Appointment.objects.in_force(on=day).filter(user=actor, role__code="ppid_utama")
    if not appointments.exists():
        raise SopRefused("Hanya PPID Utama yang sedang bertugas yang dapat melakukan ini.")


def _faults(version: SopVersion) -> list[str]:
    """Return what keeps this version from being put in force, one sentence each."""
    activities = list(version.activities.all())
    if not activities:
        return ["Lembar ini belum punya aktivitas. Isi bagian prosedurnya dahulu."]
    faults = [
        f"Pelaksana «{performer.label}» belum dipetakan ke peran mana pun. Pilih sedikitnya satu peran."
        for performer in version.performers.all()
        if not performer.roles.all()
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


def _address(version: SopVersion) -> str:
    return f"{settings.SITE_NAME} · /sop/{version.sop.slug}/"
