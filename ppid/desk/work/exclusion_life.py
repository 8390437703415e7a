"""The life of an adopted exclusion at the desk: the line of its days, and what may be done with it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from ppid.flows.afterwards import ExclusionOpening
from ppid.flows.amendments import refuse_unless_proposable
from ppid.flows.dik import dik_words, open_part
from ppid.flows.lifting import last_day_to_declare
from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.organisation.models import User
from ppid.shelf.models import PublishedItem
from ppid.web.refusals import Refused
from ppid.worktime.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Stage:
    """A day of an exclusion's life. ``tone`` is "done", "now", "soon" or "" for what is to come."""

    day: date
    icon: str
    words: str
    tone: str = ""
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """An act that may be begun, and why this person may not begin it ("" when they may)."""

    url: str
    icon: str
    title: str
    words: str
    why: str = ""


class ExclusionLife:
    """An adopted exclusion as one person sees it at one moment."""

    def __init__(self, case: Case, user: User, *, now: datetime, today: date, working: WorkingCalendar):
        self.case, self.user, self.now, self.today, self.working = case, user, now, today, working
        self.exclusion, self.test, self.decree = case.exclusion, case.exclusion.test, case.exclusion.decree

    @cached_property
    def opening(self) -> ExclusionOpening | None:
        rows = ExclusionOpening.objects.filter(exclusion=self.exclusion)
        return rows.select_related("amendment__document", "by_case").first()

    @cached_property
    def continued_by(self) -> Case | None:
        return Case.objects.filter(exclusion=self.exclusion.continued_by_id or 0).first()

    @cached_property
    def continues(self) -> Case | None:
        return Case.objects.filter(exclusion__continued_by=self.exclusion).first()

    @property
    def is_in_force(self) -> bool:
        return not (self.case.is_continued or self.case.is_lifted or self.case.term_is_over)

    @property
    def because(self) -> str:
        """Why it is open; true also before the end of its term is written down."""
        return self.opening.because if self.opening else "ketentuan PP 61/2010, karena jangka waktunya berakhir"

    @cached_property
    def last_day_to_declare(self) -> date | None:
        return last_day_to_declare(self.exclusion.ends_on, self.working) if self.exclusion.ends_on else None

    @property
    def is_urgent(self) -> bool:
        """Whether the last day to declare it open is near or gone by."""
        last = self.last_day_to_declare
        return bool(self.is_in_force and last and self.working.working_days_between(self.today, last) <= 10)

    @property
    def stages(self) -> list[Stage]:
        """The days of its life, the first one first, today among them."""
        stages = self._behind()
        if self.is_in_force:
            return [*stages, *sorted(self._ahead(), key=lambda stage: (stage.day, not stage.is_today))]
        if self.continued_by:
            day = self.continued_by.ended_at.date() if self.continued_by.ended_at else self.today
            return [*stages, Stage(day, "arrow-path", f"Diperpanjang dengan {self.continued_by.number}", "done")]
        since = self.opening.opened_on if self.opening else self.exclusion.ends_on
        return [*stages, Stage(since, "lock-open", f"Terbuka: {self.because}", "done")]

    def _behind(self) -> list[Stage]:
        if self.test.taken_over:
            moved_on = timezone.localdate(self.exclusion.adopted_at)
            decided = f"Ditetapkan dengan surat nomor {self.decree.number}"
            return [
                Stage(self.decree.date, "scale", decided, "done"),
                Stage(moved_on, "arrow-down-tray", "Dipindahkan dari DIK yang sudah ditetapkan", "done"),
            ]
        took_part = self.test.participants.count()
        return [
            Stage(self.test.tested_on, "beaker", f"Diuji konsekuensi, {took_part} peserta", "done"),
            Stage(self.decree.date, "scale", "Ditetapkan, masuk DIK", "done"),
        ]

    def _ahead(self):
        ends_on, last = self.exclusion.ends_on, self.last_day_to_declare
        if ends_on is None or last is None:
            return [Stage(self.today, "map-pin", "berlaku tanpa batas tanggal", "now", is_today=True)]
        left = self.working.working_days_between(self.today, ends_on)
        passed = last < self.today
        return [
            Stage(self.today, "map-pin", f"berlaku {left} hari kerja lagi", "now", is_today=True),
            Stage(last, "megaphone", "Hari terakhir menyatakan terbuka", "done" if passed else "soon"),
            Stage(ends_on, "lock-open", "Hari terakhir; sesudahnya terbuka dengan sendirinya"),
        ]

    @property
    def doors(self) -> list[Door]:
        """What may be done with it while it is in force; nothing once it is not."""
        if not self.is_in_force:
            return []
        number = self.case.number
        doors = [
            Door(
                reverse("desk:lift", args=[number]),
                "lock-open",
                "Buka kembali",
                "Nyatakan terbuka: karena putusan, persetujuan tertulis, atau pernyataan PPID",
                self._why_not("lift_exclusion"),
            ),
            Door(
                reverse("desk:extend", args=[number]),
                "arrow-path",
                "Perpanjang dengan uji baru",
                "Jangka waktu tidak dapat diperpanjang tanpa uji; uji baru juga dapat menyimpulkan terbuka",
                self._why_not_extend(),
            ),
            Door(
                reverse("desk:correct-dik", args=[number]),
                "pencil-square",
                "Perbaiki kata pada DIK",
                "Salah ketik saja; arti, dasar hukum, dan jangka waktu tidak berubah",
                self._why_not("correct_dik"),
            ),
        ]
        if self.test.conclusion == self.test.Conclusion.PART:
            doors.append(
                Door(
                    reverse("desk:name-open-part", args=[number]),
                    "link",
                    "Tunjuk bagian yang terbuka",
                    "Informasi yang memuat bagian yang tidak dikecualikan; keduanya saling menautkan",
                    self._why_not("name_open_part"),
                )
            )
        return doors

    def _why_not(self, kind: str) -> str:
        try:
            refuse_unless_proposable(self.case, kind, actor=self.user, at=self.now)
        except Refused as refusal:
            return " ".join(refusal.sentences)
        return ""

    @cached_property
    def running(self) -> Case | None:
        """The case of the item that runs now: the new test, most often."""
        return Case.objects.running().filter(information=self.case.information_id).exclude(pk=self.case.pk).first()

    def _why_not_extend(self) -> str:
        if self.running:
            return f"Proses {self.running.number} sudah berjalan untuk informasi ini."
        return ""

    @cached_property
    def publication(self) -> Case | None:
        """The publication that began because this is open again."""
        if self.opening is None:
            return None
        cases = Case.objects.filter(information=self.case.information_id, flow="publication")
        return cases.filter(opened_at__gte=self.opening.recorded_at).order_by("pk").first()

    @cached_property
    def words(self) -> dict[str, str]:
        """What the DIK says of it."""
        return dik_words(self.case, self.test)

    @cached_property
    def open_part(self) -> Information | None:
        """The item that holds what is not excluded, as officers named it."""
        number = open_part(self.case)
        return Information.objects.filter(number=number).first() if number else None

    @cached_property
    def open_part_on_shelf(self) -> PublishedItem | None:
        return PublishedItem.objects.filter(number=self.open_part.number).first() if self.open_part else None
