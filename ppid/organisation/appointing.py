"""The acts on appointments: appoint, replace, end, stop, cancel, annul. Each leaves its row in a ledger."""

import logging
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from ppid.organisation.actions import (
    NOBODY_LEFT,
    PeopleForbidden,
    PeopleRefused,
    leads,
    one_act_at_a_time,
    require_keeper,
    somebody_leads,
    write_handover,
)
from ppid.organisation.appointment_rules import CHIEF, FILLED_BY_THE_CHIEF, HEAD, PLH_USUALLY, PLT_USUALLY
from ppid.organisation.leaving import has_lapsed, open_again
from ppid.organisation.models import Appointment, AppointmentChange, User

_DAY = timedelta(days=1)
_TERM = relativedelta(months=PLT_USUALLY)
_ONE_TERM_APART = relativedelta(months=PLT_USUALLY)

log = logging.getLogger(__name__)


@transaction.atomic
def appoint(appointment: Appointment, *, actor: User | None, at: datetime | None = None) -> Appointment:
    """Appoint a person, also from a day that is past where the order came late.

    ``actor`` None is the operator at the terminal (``manage.py appoint``).
    Raises PeopleRefused, and ValidationError for a field that doesn't fit.
    """
    one_act_at_a_time()
    if actor is not None:
        _require_may_fill(appointment, actor)
    return _record(appointment, actor, at or timezone.now())


@transaction.atomic
def replace(before: Appointment, appointment: Appointment, *, actor: User, at: datetime | None = None) -> Appointment:
    """Let ``appointment`` follow ``before`` in the same seat: that one's last day is the day before. One act.

    Raises PeopleRefused, and ValidationError for a field that doesn't fit.
    """
    at = at or timezone.now()
    one_act_at_a_time()
    leaving = _standing(before)
    require_may_change(leaving, actor)
    _require_may_fill(appointment, actor)
    if (appointment.role_id, appointment.unit_id) != (leaving.role_id, leaving.unit_id):
        raise PeopleRefused("Pengganti memegang peran yang sama di perangkat daerah yang sama.")
    last_day = appointment.starts_on - _DAY
    if last_day < leaving.starts_on:
        raise PeopleRefused(
            f"{leaving.user.name} baru bertugas sejak {date_format(leaving.starts_on)}: penggantinya mulai paling awal "
            "sehari sesudah itu. Bila penugasan itu keliru, nyatakan keliru.",
            fields=["starts_on"],
        )
    if leaving.ends_on is None or last_day < leaving.ends_on:
        _change(leaving, AppointmentChange.Kind.END, actor, at, ends_on=last_day, because=_order_of(appointment))
    kept = _record(appointment, actor, at)
    _refuse_without_a_chief(leaving, after=max(last_day, timezone.localdate(at) - _DAY), field="starts_on")
    if leaving.user_id != kept.user_id:
        note = f"{leaving}: diserahterimakan kepada {kept.user.name} mulai {date_format(kept.starts_on)}."
        write_handover(leaving.user, actor=actor, at=at, note=note)
    return kept


@transaction.atomic
def end_appointment(
    appointment: Appointment, *, last_day: date, actor: User, because: str = "", at: datetime | None = None
) -> Appointment:
    """Let the appointment hold up to and including ``last_day``, a past one where the order came late.

    What was done by it since stays. Raises PeopleRefused.
    """
    at = at or timezone.now()
    one_act_at_a_time()
    ending = _standing(appointment)
    require_may_change(ending, actor)
    if ending.ends_on and last_day > ending.ends_on:
        raise PeopleRefused(
            "Penugasan ini berakhir lebih awal dari tanggal itu. Perpanjangan memerlukan surat dan penugasan baru.",
            fields=["ends_on"],
        )
    if last_day < ending.starts_on:
        raise PeopleRefused(
            f"Penugasan ini mulai {date_format(ending.starts_on)}, jadi hari terakhirnya paling awal hari itu. "
            f"{_taken_back_instead(ending, at)}",
            fields=["ends_on"],
        )
    if last_day == ending.ends_on:
        raise PeopleRefused("Penugasan ini sudah berakhir pada tanggal itu.", fields=["ends_on"])
    _refuse_without_a_chief(ending, after=max(last_day, timezone.localdate(at) - _DAY), field="ends_on")
    return _change(ending, AppointmentChange.Kind.END, actor, at, ends_on=last_day, because=because)


@transaction.atomic
def stop(appointment: Appointment, *, actor: User, because: str = "", at: datetime | None = None) -> Appointment:
    """End the appointment at this moment: whoever follows may begin today. Raises PeopleRefused."""
    at = at or timezone.now()
    one_act_at_a_time()
    ending, today = _standing(appointment), timezone.localdate(at)
    require_may_change(ending, actor)
    if not ending.holds(on=today):
        raise PeopleRefused("Penugasan ini tidak sedang berlaku, jadi tidak ada yang dihentikan.")
    _refuse_without_a_chief(ending, after=today - _DAY)
    return _change(ending, AppointmentChange.Kind.STOP, actor, at, ends_on=today, because=because)


@transaction.atomic
def cancel(appointment: Appointment, *, actor: User, because: str = "", at: datetime | None = None) -> Appointment:
    """Take back an appointment that has not begun. Raises PeopleRefused."""
    at = at or timezone.now()
    one_act_at_a_time()
    mistaken = _standing(appointment)
    require_may_change(mistaken, actor)
    if mistaken.starts_on <= timezone.localdate(at):
        raise PeopleRefused("Penugasan ini sudah mulai. Nyatakan keliru dengan alasannya, atau akhiri.")
    return _change(mistaken, AppointmentChange.Kind.CANCEL, actor, at, because=because)


@transaction.atomic
def annul(appointment: Appointment, *, because: str, actor: User, at: datetime | None = None) -> Appointment:
    """Say that the appointment was a mistake: from now on nobody holds anything by it. Raises PeopleRefused.

    What was decided by it stays, under the names and the order of its day.
    """
    at = at or timezone.now()
    one_act_at_a_time()
    mistaken = _standing(appointment)
    require_may_change(mistaken, actor)
    if mistaken.starts_on > timezone.localdate(at):
        raise PeopleRefused("Penugasan ini belum mulai. Batalkan saja.")
    if not because.strip():
        raise PeopleRefused("Tulis mengapa penugasan ini keliru.", fields=["because"])
    _refuse_without_a_chief(mistaken, after=timezone.localdate(at) - _DAY)
    return _change(mistaken, AppointmentChange.Kind.ANNUL, actor, at, because=because.strip())


def require_may_change(appointment: Appointment, actor: User) -> None:
    """Raise PeopleForbidden unless the actor keeps the appointment: that of who leads is PPID Utama's to keep."""
    require_keeper(actor)
    if appointment.role.code in (CHIEF, HEAD) and not leads(actor, on=timezone.localdate()):
        raise PeopleForbidden(f"Penugasan {appointment.role.name} hanya dapat diubah oleh PPID Utama.")


def reasons_to_give(appointment: Appointment) -> list[str]:
    """Return why the appointment wants a reason, as sentences; none when it is as usual.

    Usual is a Plh for a short absence and a Plt for a vacancy, three months and once three more.
    """
    found, first, last = [], appointment.starts_on, appointment.ends_on
    if appointment.kind == Appointment.Kind.DEFINITIVE or last is None:
        return found
    for beside in definitive_beside(appointment):
        found.append(
            f"{beside.user.name} masih memegang jabatan ini secara definitif. Tulis mengapa ia diwakili, misalnya cuti "
            "atau dinas luar."
        )
    if appointment.kind == Appointment.Kind.PLH and (last - first).days >= PLH_USUALLY:
        found.append(f"Plh biasanya paling lama {PLH_USUALLY} hari. Tulis mengapa kali ini lebih lama.")
    if appointment.kind == Appointment.Kind.PLT:
        began = _began_as_plt(appointment)
        if last >= first + _TERM:
            found.append(f"Plt biasanya {PLT_USUALLY} bulan. Tulis mengapa kali ini lebih lama.")
        elif last >= began + _TERM + _TERM:
            found.append(
                f"Plt biasanya {PLT_USUALLY} bulan dan satu kali diperpanjang {PLT_USUALLY} bulan; ia sudah Plt sejak "
                f"{date_format(began)}. Tulis mengapa diperpanjang lagi."
            )
    return found


def definitive_beside(appointment: Appointment) -> list[Appointment]:
    """Return who holds the seat definitively on a day of ``appointment``; none for a role of which a unit has many."""
    if not appointment.role.single_seat:
        return []
    held = Appointment.objects.recorded().exclude(pk=appointment.pk).filter(kind=Appointment.Kind.DEFINITIVE)
    return list(held.at_the_seat_of(appointment).overlapping(appointment).select_related("user", "role", "unit"))


def _began_as_plt(appointment: Appointment) -> date:
    """Return since when the person is Plt of this seat, without more than a term's gap before this one."""
    earlier = Appointment.objects.recorded().filter(user=appointment.user_id, kind=Appointment.Kind.PLT)
    earlier = earlier.at_the_seat_of(appointment).filter(starts_on__lt=appointment.starts_on)
    began = appointment.starts_on
    for starts_on, ends_on in earlier.order_by("-starts_on").values_list("starts_on", "ends_on"):
        if ends_on < began - _ONE_TERM_APART:
            break
        began = starts_on
    return began


def _record(appointment: Appointment, actor: User | None, at: datetime) -> Appointment:
    person = User.objects.get(pk=appointment.user_id)
    if not person.is_active and not has_lapsed(person):
        raise PeopleRefused(f"Akun {person.name} tidak aktif. Aktifkan dahulu sebelum memberi penugasan.")
    if not appointment.unit.is_active:
        raise PeopleRefused(f"{appointment.unit.name} sudah ditutup. Pilih perangkat daerah lain.", fields=["unit"])
    appointment.appointed_by, appointment.recorded_at = actor, at
    appointment.appointed_by_name = actor.name if actor else ""
    appointment.reason = appointment.reason.strip()
    appointment.full_clean()
    _refuse_a_taken_seat(appointment)
    if not appointment.reason and (sentences := reasons_to_give(appointment)):
        raise PeopleRefused(*sentences, fields=["reason"] * len(sentences))
    appointment.save(force_insert=True)
    if not person.is_active:
        open_again(person, actor=actor, at=at)
    log.info(
        "%s appointed account %s: appointment %s.",
        f"Account {actor.pk}" if actor else "The terminal",
        person.pk,
        appointment.pk,
    )
    return appointment


def _refuse_a_taken_seat(appointment: Appointment) -> None:
    if appointment.kind != Appointment.Kind.DEFINITIVE:
        return
    for other in definitive_beside(appointment):
        until = f"sampai {date_format(other.ends_on)}" if other.ends_on else "tanpa batas akhir"
        raise PeopleRefused(
            f"{other.user.name} memegang jabatan ini secara definitif {until}. Akhiri penugasannya lebih dahulu, "
            "gantikan dari halamannya, atau catat sebagai Plt atau Plh.",
            fields=["role"],
        )


def _require_may_fill(appointment: Appointment, actor: User) -> None:
    require_keeper(actor)
    if leads(actor, on=timezone.localdate()):
        return
    if appointment.user_id == actor.pk:
        raise PeopleForbidden("Admin PPID tidak memberi penugasan kepada dirinya sendiri. Minta PPID Utama.")
    if appointment.role.code in FILLED_BY_THE_CHIEF:
        raise PeopleForbidden(f"Penugasan {appointment.role.name} hanya dapat dicatat oleh PPID Utama.")


def _standing(appointment: Appointment) -> Appointment:
    standing = Appointment.objects.select_related("role", "unit", "user").get(pk=appointment.pk)
    if standing.closed_at is not None:
        raise PeopleRefused("Penugasan ini sudah ditutup, jadi tidak berubah lagi.")
    return standing


def _taken_back_instead(appointment: Appointment, at: datetime) -> str:
    if appointment.starts_on > timezone.localdate(at):
        return "Bila tidak jadi, batalkan penugasan ini."
    return "Bila penugasannya keliru, nyatakan keliru."


def _refuse_without_a_chief(ending: Appointment, *, after: date, field: str = "") -> None:
    others = Appointment.objects.exclude(pk=ending.pk)
    if ending.role.code == CHIEF and not somebody_leads(others, after=after):
        raise PeopleRefused(NOBODY_LEFT, fields=[field])


def _order_of(appointment: Appointment) -> str:
    return f"Digantikan menurut surat nomor {appointment.order_number}."


def _change(
    standing: Appointment,
    kind: AppointmentChange.Kind,
    actor: User,
    at: datetime,
    *,
    ends_on: date | None = None,
    because: str = "",
) -> Appointment:
    """Write the ledger's row, then what it says: the database lets the appointment change only together with it."""
    closes = kind != AppointmentChange.Kind.END
    until = ends_on or standing.ends_on
    AppointmentChange.objects.create(
        appointment=standing,
        kind=kind,
        ends_on_before=standing.ends_on,
        ends_on=until,
        closed_at=at if closes else None,
        because=because.strip(),
        actor=actor,
        actor_name=actor.name,
        at=at,
    )
    standing.ends_on = until
    if closes:
        standing.closed_at = at
        standing.is_void = kind in (AppointmentChange.Kind.CANCEL, AppointmentChange.Kind.ANNUL)
    standing.save(update_fields=["ends_on", "closed_at", "is_void"])
    log.info("Account %s: appointment %s, %s.", actor.pk, standing.pk, kind)
    return standing
