"""Acts on auditors' links: PPID Utama gives and revokes them, whoever has the secret uses them."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from ppid.flows.knowing import held_by, knows_all
from ppid.flows.models import Case
from ppid.organisation.models import Appointment, User
from ppid.proof.links import LONGEST, AuditorLink, AuditorUse, LinkedCase
from ppid.web.refusals import Forbidden, Refused
from ppid.web.secret_addresses import digest_of, new_secret
from ppid.worktime.calendar import calendar

CHIEF = "ppid_utama"
MOST_CASES = 50
TOO_LONG = "Tautan berlaku paling lama satu tahun."
NOT_YOURS = "Tautan untuk pemeriksa dibuat dan dicabut PPID Utama."


class LinkRefused(Refused):
    """A link can't be given so."""


class LinkEnded(Refused):
    """The link leads nowhere any more, or not to this."""

    status = 410


class LinkUnknown(Refused):
    """There is no link of this secret."""

    status = 404


def gives_as(user: User, *, on) -> Appointment | None:
    """Return the appointment as PPID Utama under which the person gives links; None when there is none."""
    return Appointment.objects.of(user, on=on).filter(role__code=CHIEF).select_related("role", "unit").first()


def reads_links(user: User, *, on) -> bool:
    """Whether the person may read which links there are: they name cases of the whole city, exclusions too."""
    return knows_all(held_by(user, on=on))


def after_working_days(days: int, *, at: datetime) -> datetime:
    """Return the closing of the ``days``-th working day after this moment."""
    reckoning = calendar(since=at)
    return reckoning.closing(reckoning.add_working_days(timezone.localdate(at), days))


def end_of(day) -> datetime:
    """Return the moment at which the day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def is_or_was_excluded(case: Case) -> bool:
    """Whether the case, or another one of its item, tests or tested an exclusion: its dossier tells of that."""
    return Case.objects.filter(information=case.information_id, flow="exclusion").exists()


@transaction.atomic
def give(
    cases: Collection[Case],
    *,
    for_whom: str,
    purpose: str,
    ends_at: datetime,
    actor: User,
    exclusions_because: str = "",
    at: datetime | None = None,
) -> tuple[AuditorLink, str]:
    """Give a link to the dossiers of these cases; return it with its secret, which is kept nowhere.

    Raises Forbidden unless the person is PPID Utama, LinkRefused with sentences.
    """
    at = at or timezone.now()
    appointment = gives_as(actor, on=timezone.localdate(at))
    if appointment is None:
        raise Forbidden(NOT_YOURS)
    for_whom, purpose, because = " ".join(for_whom.split()), purpose.strip(), exclusions_because.strip()
    faults = {}
    if not cases:
        faults["cases"] = "Pilih paling sedikit satu proses."
    elif len(cases) > MOST_CASES:
        faults["cases"] = f"Satu tautan memuat paling banyak {MOST_CASES} proses. Buat beberapa tautan."
    if not for_whom:
        faults["for_whom"] = "Tuliskan untuk siapa tautan ini, dengan lembaganya."
    if not purpose:
        faults["purpose"] = "Tuliskan keperluannya, misalnya nomor surat permintaannya."
    if ends_at <= at:
        faults["ends_on"] = "Pilih hari berakhir sesudah hari ini."
    elif ends_at > at + LONGEST:
        faults["ends_on"] = TOO_LONG
    secret_cases = [case.number for case in cases if is_or_was_excluded(case)]
    if secret_cases and not because:
        faults["exclusions_because"] = (
            f"Proses {', '.join(secret_cases)} memuat informasi yang dikecualikan atau diuji untuk itu. Tuliskan "
            "alasan mengapa pemeriksa ini boleh membacanya, atau keluarkan proses itu."
        )
    if faults:
        raise LinkRefused(*faults.values(), fields=tuple(faults))
    secret = new_secret()
    link = AuditorLink.objects.create(
        secret_sha256=digest_of(secret),
        for_whom=for_whom,
        purpose=purpose,
        exclusions_because=because if secret_cases else "",
        made_by=actor,
        made_name=actor.name,
        made_as=appointment.acting_as,
        appointment=appointment,
        made_at=at,
        ends_at=ends_at,
    )
    LinkedCase.objects.bulk_create(LinkedCase(link=link, case=case) for case in cases)
    return link, secret


@transaction.atomic
def revoke(link: AuditorLink, *, actor: User, at: datetime | None = None) -> AuditorLink:
    """End the link at once. Raises Forbidden unless the person is PPID Utama, LinkRefused when it has ended."""
    at = at or timezone.now()
    if gives_as(actor, on=timezone.localdate(at)) is None:
        raise Forbidden(NOT_YOURS)
    locked = AuditorLink.objects.select_for_update().get(pk=link.pk)
    if locked.revoked_at is not None:
        raise LinkRefused(f"Tautan ini sudah dicabut {locked.revoked_name}.")
    locked.revoked_at, locked.revoked_by, locked.revoked_name = max(at, locked.made_at), actor, actor.name
    locked.save(update_fields=["revoked_at", "revoked_by", "revoked_name"])
    return locked


def link_of(secret: str, *, at: datetime) -> AuditorLink:
    """Return the open link of this secret, leaving no trace. Raises LinkUnknown, or LinkEnded with a sentence."""
    link = AuditorLink.objects.filter(secret_sha256=digest_of(secret)).first()
    return _open(link, at)


@transaction.atomic
def use(secret: str, what: str, *, number: str = "", at: datetime | None = None) -> tuple[AuditorLink, Case | None]:
    """Write down that the link is used, and return it with the case of that number.

    Raises LinkUnknown or LinkEnded; also when the case came to be excluded since the link was given.
    """
    at = at or timezone.now()
    link = _open(AuditorLink.objects.select_for_update().filter(secret_sha256=digest_of(secret)).first(), at)
    case = None
    if number:
        case = Case.objects.for_page().filter(auditor_links__link=link, number=number).first()
        if case is None:
            raise LinkUnknown("Proses itu tidak termasuk tautan ini.")
        if is_hidden(link, case):
            raise LinkEnded(
                f"Informasi pada proses {case.number} sejak tautan ini dibuat diproses untuk dikecualikan, jadi "
                "berkasnya tidak dapat dibuka lagi dengan tautan ini. Mintalah PPID membuat tautan baru."
            )
    AuditorUse.objects.create(link=link, case=case, what=what, at=at)
    return link, case


def is_hidden(link: AuditorLink, case: Case) -> bool:
    """Whether the case came to be excluded since the link was given: its reason is for what was excluded by then."""
    exclusions = Case.objects.filter(information=case.information_id, flow="exclusion")
    if link.exclusions_because:
        exclusions = exclusions.filter(opened_at__gt=link.made_at)
    return exclusions.exists()


def _open(link: AuditorLink | None, at: datetime) -> AuditorLink:
    if link is None:
        raise LinkUnknown(
            "Tautan ini tidak dikenal. Periksa apakah alamatnya tersalin seluruhnya, atau mintalah tautan baru kepada "
            "PPID."
        )
    if link.revoked_at is not None:
        raise LinkEnded(
            f"Tautan ini dicabut pada {timezone.localtime(link.revoked_at):%d/%m/%Y pukul %H.%M}. Bila pemeriksaan "
            "belum selesai, mintalah tautan baru kepada PPID."
        )
    if at >= link.ends_at:
        raise LinkEnded(
            f"Tautan ini berakhir pada {timezone.localtime(link.ends_at):%d/%m/%Y pukul %H.%M}. Bila pemeriksaan belum "
            "selesai, mintalah tautan baru kepada PPID."
        )
    return link
