"""All that can wait for people, in one list; what is counted here is what the inbox shows. A new kind is one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from ppid.desk.waiting import cases, editions, ledgers, lists, obligations, office, pages, questions, reports, sheets
from ppid.desk.waiting.kind import NONE, Kind, Reader, Task

KINDS: tuple[Kind, ...] = (
    cases.CaseRow(),
    cases.ParticipantsWord(),
    cases.HeadsApproval(),
    cases.Proposal(),
    questions.QuestionToAnswer(),
    sheets.SheetToApprove(),
    sheets.SheetSentBack(),
    sheets.DoubtedImport(),
    sheets.SheetToReview(),
    editions.EditionToApprove(),
    editions.EditionToSet(),
    cases.UnsignedPaper(),
    cases.EndingExclusion(),
    cases.ItemToRenew(),
    reports.ReportedProblem(),
    lists.ListToApprove(),
    lists.ListSentBack(),
    pages.PageToApprove(),
    pages.AnnouncementToApprove(),
    pages.PageSentBack(),
    obligations.StatementToApprove(),
    obligations.FulfilmentToApprove(),
    obligations.DutyToApprove(),
    obligations.StatementSentBack(),
    obligations.DutySentBack(),
    obligations.OpenDuties(),
    office.EndingAppointment(),
    office.EmptySeat(),
    office.UnconfirmedYear(),
    ledgers.LedgerFault(),
)

# ?hal= → what the filter is called, in the order in which they stand, with its icon.
GROUPS = {
    "proses": ("Proses", "megaphone"),
    "tanya": ("Pertanyaan", "chat-bubble-left-right"),
    "sop": ("SOP", "clipboard-document-check"),
    "surat": ("Surat", "document-check"),
    "tenggat": ("Tenggat hukum", "calendar-days"),
    "penugasan": ("Penugasan", "identification"),
    "register": ("Register", "queue-list"),
    "laporan": ("Laporan publik", "flag"),
    "halaman": ("Halaman", "document-text"),
    "kewajiban": ("Kewajiban", "table-cells"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things wait, how many of them are late, and how many came back."""

    waiting: int = 0
    late: int = 0
    sent_back: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.waiting + other.waiting, self.late + other.late, self.sent_back + other.sent_back)


def tally(reader: Reader, **others: QuerySet[Any]) -> dict[str, Tally]:
    """Return how many of each kind wait for the reader, and how many ``others`` there are, in one query."""
    counted = [_counted(rows, key) for key, rows in others.items()]
    for kind in KINDS:
        rows = kind.rows(reader)
        if not rows.query.is_empty():
            counted.append(_counted(rows, kind.key, late=kind.late(reader), sent_back=kind.sent_back(reader)))
    one, *more = counted
    return {key: Tally(*numbers) for key, *numbers in one.union(*more, all=True)}


def first(reader: Reader, counts: dict[str, Tally], *, section: str, group: str, most: int) -> list[tuple[Kind, Task]]:
    """Return the first rows to do, of the kinds that have any, in one order across all kinds.

    ``section`` is a field of ``Tally``; ``group`` one of GROUPS, or "" for all.
    """
    found: list[tuple[Kind, Task]] = []
    for kind in KINDS:
        if getattr(counts.get(kind.key, Tally()), section) and group in ("", kind.group):
            rows = kind.rows(reader).filter(_of(kind, section, reader))[:most]
            found += [(kind, task) for task in kind.tasks(rows, reader)]
    return sorted(found, key=lambda row: row[1].order)[:most]


def next_decisions(reader: Reader, counts: dict[str, Tally], *, most: int) -> list[tuple[Kind, Task]]:
    """Return the first rows that ask for a decision, in one order across all kinds."""
    found: list[tuple[Kind, Task]] = []
    for kind in KINDS:
        if counts.get(kind.key, Tally()).waiting and (rows := kind.decisions(reader)) is not None:
            found += [(kind, task) for task in kind.tasks(rows[:most], reader)]
    return sorted(found, key=lambda row: row[1].order)[:most]


def total(counts: dict[str, Tally], group: str = "") -> Tally:
    """Return how many wait in all, or in one group."""
    of_group: Iterable[Tally] = (counts.get(kind.key, Tally()) for kind in KINDS if group in ("", kind.group))
    return sum(of_group, Tally())


def _counted(rows: QuerySet[Any], key: str, *, late: Q = NONE, sent_back: Q = NONE) -> QuerySet[Any]:
    numbers = {"n_waiting": Q(), "n_late": late, "n_sent_back": sent_back}
    counts = {name: Count("pk", filter=which) for name, which in numbers.items()}
    return rows.order_by().values_list(Value(key)).annotate(**counts)


def _of(kind: Kind, section: str, reader: Reader) -> Q:
    return {"waiting": Q, "late": lambda: kind.late(reader), "sent_back": lambda: kind.sent_back(reader)}[section]()
