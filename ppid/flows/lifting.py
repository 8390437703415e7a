"""Lifting an exclusion, by two people and a letter; and the end of its term, which nobody decides.

A ruling of the Komisi Informasi or of a court opens any exclusion, the written consent of whom it protects those under
letters g and h, PPID's own declaration those with a term. A new test opens by its own flow (``conclude_open``).
"""

import gc
import logging
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from ppid.flows.actions import open_what_was_reopened, waiting_for_publication
from ppid.flows.afterwards import ExclusionOpening
from ppid.flows.amendments import AmendmentKind
from ppid.flows.dik import refuse_unless_in_force
from ppid.flows.knowing import Held, knows_all, performed
from ppid.flows.locks import hold_to_open
from ppid.flows.models import Case, CaseQuerySet
from ppid.flows.reopened import Ground, lapse, open_up
from ppid.flows.steps import StepUnmet
from ppid.information.classification import ClassificationDecree, ConsequenceTest
from ppid.information.models import Exclusion, Information
from ppid.worktime.calendar import WorkingCalendar


class LapseFailed(RuntimeError):
    """Some terms that are over could not be written down; they are open all the same."""


logger = logging.getLogger(__name__)

# PP 61/2010: PPID declares what it excluded open at the latest so many working days before the term's end.
WORKING_DAYS_TO_DECLARE = 30
# The task stands that many working days earlier, so that there is time to decide.
WORKING_DAYS_OF_NOTICE = 10

# What two people may lift an exclusion by, each with its letter.
GROUNDS = {
    Ground.DECLARED: "Alasannya sudah tidak ada, atau jangka waktunya akan berakhir",
    Ground.RULING_KI: "Putusan Komisi Informasi",
    Ground.RULING_COURT: "Putusan pengadilan",
    Ground.CONSENT: "Persetujuan tertulis pemilik data (huruf g dan h saja)",
}
_OF_PERSONS = {"g", "h"}
_BATCH = 200


class LiftExclusion(AmendmentKind, key="lift_exclusion"):
    """Open an exclusion before its term is over. The amendment's ground, letter and document say by what."""

    title = "Pembukaan kembali"
    effects = (
        "Pengecualian berakhir hari ini: barisnya pindah ke daftar yang dibuka kembali, dengan sebabnya.",
        "Pengumuman informasi ini dimulai dengan proses baru.",
    )
    labels = {"state": "Keadaan"}
    opens_a_case = True

    BEFORE, AFTER = {"state": "dikecualikan"}, {"state": "dibuka kembali"}

    def before(self, case):
        return self.BEFORE

    def refuse_unless_open(self, case, *, at):
        refuse_unless_in_force(case, at=at)

    def refuse_unless_fit(self, case, amendment, *, at):
        test = ConsequenceTest.objects.get(exclusion=case.exclusion_id)
        decree = ClassificationDecree.objects.get(exclusion=case.exclusion_id)
        letter = amendment.letter_date
        rules = [
            (amendment.ground not in GROUNDS, "ground", "Pilih dasar pembukaannya."),
            (
                amendment.ground == Ground.CONSENT and not set(test.grounds) <= _OF_PERSONS,
                "ground",
                "Persetujuan pemilik data hanya membuka pengecualian menurut huruf g dan h. Untuk huruf lain: putusan, "
                "atau uji konsekuensi baru.",
            ),
            (
                amendment.ground == Ground.DECLARED and test.ends_on is None,
                "ground",
                "Pengecualian ini tidak berjangka waktu, jadi hanya terbuka karena putusan, persetujuan tertulis, atau "
                "uji konsekuensi baru.",
            ),
            (not amendment.letter_number, "letter_number", "Tulis nomor surat atau putusannya."),
            (letter is None, "letter_date", "Isi tanggal surat atau putusannya."),
            (
                letter is not None and letter < decree.date,
                "letter_date",
                f"Surat penetapan bertanggal {date_format(decree.date)}: yang membukanya tidak mungkin lebih dahulu.",
            ),
            (amendment.document is None, "document", "Unggah hasil pindaian surat atau putusannya."),
        ]
        broken = [(field, sentence) for is_broken, field, sentence in rules if is_broken]
        if broken:
            raise StepUnmet(*[sentence for _, sentence in broken], fields=[field for field, _ in broken])

    def apply(self, case, amendment, *, at):
        open_up(case, amendment.ground, at=at, amendment=amendment)
        open_what_was_reopened([case.information], at=at)


def last_day_to_declare(ends_on: date, working: WorkingCalendar) -> date:
    """Return the last working day on which PPID declares open what is excluded until ``ends_on``."""
    day, left = ends_on, WORKING_DAYS_TO_DECLARE
    while left:
        left -= working.is_working_day(day)
        day -= timedelta(days=1)
    while not working.is_working_day(day):
        day -= timedelta(days=1)
    return day


def too_late_to_declare(on: date, working: WorkingCalendar) -> date:
    """Return the first last day of a term that can still be declared open in time: of those before, the day is past."""
    day = on
    while last_day_to_declare(day, working) < on:
        day += timedelta(days=1)
    return day


def near_their_end(held: Collection[Held], *, on: date, working: WorkingCalendar) -> CaseQuerySet:
    """Return the exclusions in force that end soon and are for those who hold this to decide on, the next to end first.

    They are PPID Utama's, and those of whoever performs a row of the exclusion's sheet at its unit.
    """
    soon = working.add_working_days(on, WORKING_DAYS_TO_DECLARE + WORKING_DAYS_OF_NOTICE)
    ending = Exclusion.objects.in_force(on=on).filter(ends_on__lte=soon)
    cases = Case.objects.filter(exclusion__in=ending)
    if not knows_all(held):
        cases = cases.filter(performed(held))
    return cases.select_related("information", "unit", "exclusion").order_by("exclusion__ends_on", "pk")


def lapse_due(*, at: datetime | None = None) -> Iterator[ExclusionOpening]:
    """Write down every term that is over by now, and yield each; run it as often as one likes, and as late.

    Some hundred at a time, each batch in a transaction of its own. A batch that fails is tried one by one, so that one
    exclusion keeps no other closed; what fails then is told at the end by LapseFailed.
    """
    at = at or timezone.now()
    last, failed = (date.min, 0), []
    while batch := _due_after(last, on=timezone.localdate(at)):
        last = batch[-1]
        gc.collect()  # a batch's rows refer to each other, so they would wait for Python's own turn, by the thousand
        keys = [key for _, key in batch]
        try:
            yield from _lapse(keys, at)
        except Exception:
            logger.exception("A batch of terms that are over failed; they are tried one by one.")
            for key in keys:
                try:
                    yield from _lapse([key], at)
                except Exception:
                    logger.exception("The term of exclusion %s is over, but could not be written down.", key)
                    failed.append(key)
    if failed:
        raise LapseFailed(f"{len(failed)} terms that are over could not be written down: {failed[:20]}.")


def open_waiting_publications(*, at: datetime | None = None) -> int:
    """Open the publications of what was opened again and could not be before; return how many there were."""
    at, last, opened = at or timezone.now(), 0, 0
    waiting = waiting_for_publication(on=timezone.localdate(at)).order_by("pk").values_list("pk", flat=True)
    while keys := list(waiting.filter(pk__gt=last)[:_BATCH]):
        last = keys[-1]
        with transaction.atomic():
            hold_to_open()
            items = list(Information.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
            opened += len(open_what_was_reopened(items, at=at))
    return opened


def _due_after(last: tuple[date, int], *, on: date) -> list[tuple[date, int]]:
    """Return the next exclusions whose term is over, by their last day and key."""
    day, key = last
    due = Exclusion.objects.lapsed(on=on).filter(Q(ends_on__gt=day) | Q(ends_on=day, pk__gt=key))
    return list(due.order_by("ends_on", "pk").values_list("ends_on", "pk")[:_BATCH])


@transaction.atomic
def _lapse(keys: list[int], at: datetime) -> list[ExclusionOpening]:
    hold_to_open()
    locked = Case.objects.select_for_update(of=("self", "information")).select_related("information__unit", "exclusion")
    cases = list(locked.filter(exclusion__in=keys).order_by("pk"))
    openings = lapse(cases, at=at)
    open_what_was_reopened([case.information for case in cases], at=at)
    return openings
