"""What became of the demo's adopted exclusions: corrected, lifted by a ruling, and ended by their term."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ppid.flows.amendments import decide, propose
from ppid.flows.dik import dik_words
from ppid.flows.lifting import lapse_due
from ppid.flows.models import Case
from ppid.information.models import Exclusion, Information
from ppid.organisation.models import User
from ppid.worktime.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Fate:
    """What is excluded and for how long, and what became of it; ``ends_in`` and ``lifted_ago`` are working days.

    ``slip`` is the wording that was adopted, before it was corrected to the story's own; ``open_part`` the title of
    the item that holds what is not excluded.
    """

    ends_in: int | None = None
    term: str = "Selama tidak ada persetujuan tertulis dari pemilik data"
    redacted: str = ""
    slip: str = ""
    open_part: str = ""
    lifted_ago: int | None = None
    if_open: str = "Mengungkap rahasia pribadi seseorang dan dapat disalahgunakan."
    if_closed: str = "Melindungi hak pribadi warga; layanan tetap berjalan seperti biasa."
    because: str = "Melindungi rahasia pribadi menurut hasil uji konsekuensi."


FOR_GOOD = Fate()


def live_on(
    case: Case,
    fate: Fate,
    *,
    words: str,
    bidang: User,
    utama: User,
    now: datetime,
    working: WorkingCalendar,
    letter: Callable[[str], SimpleUploadedFile],
) -> None:
    """Let what the story says become of the adopted exclusion."""
    if fate.slip:
        after = {**dik_words(case, case.exclusion.test), "information": words, "hides_former": False}
        seen = min(case.ended_at + timedelta(days=1), now)
        slip = propose(case, "correct_dik", actor=bidang, after=after, reason="Salah ketik pada uraian.", at=seen)
        decide(slip, approve=True, actor=utama, at=min(seen + timedelta(hours=3), now))
    if fate.open_part:
        seen = min(case.ended_at + timedelta(days=1), now)
        number = Information.objects.get(title=fate.open_part, unit=case.unit).number
        reason = "Jumlah dan nilainya terbuka dalam laporan ini."
        named = propose(case, "name_open_part", actor=bidang, after={"open_part": number}, reason=reason, at=seen)
        decide(named, approve=True, actor=utama, at=min(seen + timedelta(hours=3), now))
    if fate.lifted_ago is not None:
        day = _back(now, fate.lifted_ago, working)
        lift = propose(
            case,
            "lift_exclusion",
            actor=bidang,
            after={"state": "dibuka kembali"},
            reason="Komisi Informasi memutus informasi ini terbuka; putusannya berkekuatan hukum tetap.",
            ground="ruling_ki",
            letter_number="014/PTS-A/KI-KALBAR/2026",
            letter_date=timezone.localdate(day),
            document=letter("Putusan Komisi Informasi"),
            at=day,
        )
        decide(lift, approve=True, actor=utama, at=min(day + timedelta(hours=2), now))


def end_terms(now: datetime) -> None:
    """Run the daily job on each day after which a term was over."""
    for ends_on in sorted(Exclusion.objects.lapsed(on=timezone.localdate(now)).values_list("ends_on", flat=True)):
        night = timezone.make_aware(datetime.combine(ends_on + timedelta(days=1), time(0, 20)))
        list(lapse_due(at=min(night, now)))


def _back(now: datetime, days: int, working: WorkingCalendar) -> datetime:
    """Return half past nine, so many working days ago."""
    day = timezone.localdate(now)
    while days:
        day -= timedelta(days=1)
        days -= working.is_working_day(day)
    return min(timezone.make_aware(datetime.combine(day, time(9, 30))), now)
