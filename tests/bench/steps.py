"""``take_step()`` with its ledger row, against the same writes as plain SQL in one transaction."""

from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.documents import add_document
from ppid.flows.models import Case
from tests import make, make_sheets
from tests.bench.measure import Figure, paired
from tests.bench.office import SMALL, inside
from tests.make_sheets import SEVEN, row

TIMES = 60

# The seven steps among five plain rows, with nothing asked for; and the seven alone.
TWELVE = [
    row("bidang"),
    *SEVEN[:2],
    row("bidang"),
    SEVEN[2],
    {**SEVEN[3], "if_yes": 7, "if_no": 5},
    row("bidang"),
    SEVEN[4],
    row("operator"),
    *SEVEN[5:],
    row("bidang"),
]


def figures(databases) -> list[Figure]:
    inside(databases[SMALL])
    bidang, appointment = make.demo("bidang"), make.demo("bidang").appointments.get()
    # Each run moves a case of its own; both ways write a ledger row and move the case, and both meet the triggers.
    cases = iter(list(Case.objects.filter(state="updating").order_by("pk")[: 2 * (TIMES + 10)]))

    def by_the_flow():
        take_step(next(waiting_for_flow), "update_content", actor=bidang)

    def by_plain_sql():
        case, now = next(waiting_for_sql), timezone.now()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM flows_case WHERE id = %s FOR UPDATE", [case.pk])
            cursor.execute(
                """INSERT INTO flows_steprecord (case_id, sequence, kind, key, step, to_step, from_state, to_state,
                   actor_id, actor_name, appointment_id, acting_as, unit_id, received_at, done_at, due_at,
                   note, is_urgent, used_days)
                   VALUES (%s, 1, 'step', 'update_content', 1, 2, 'updating', 'coordinating', %s, %s, %s, %s, %s, %s,
                   %s, %s, '', false, 0) RETURNING id""",
                [
                    *(case.pk, bidang.pk, bidang.name, appointment.pk, "Bidang"),
                    *(case.unit_id, case.received_at, now, case.due_at),
                ],
            )
            (record,) = cursor.fetchone()
            cursor.execute(
                """INSERT INTO flows_heldtime
                   (record_id, person_id, appointment_id, since, until, due_at, minutes, days, took_it)
                   VALUES (%s, %s, %s, %s, %s, %s, 0, 0, true)""",
                [record, bidang.pk, appointment.pk, case.received_at, now, case.due_at],
            )
            cursor.execute(
                """UPDATE flows_case SET state = 'coordinating', step = 2, moves = 1, received_at = %s, due_at = %s
                   WHERE id = %s""",
                [now, now, case.pk],
            )

    every = list(cases)
    waiting_for_flow, waiting_for_sql = iter(every[::2]), iter(every[1::2])
    flow, sql = paired(by_the_flow, by_plain_sql, times=min(TIMES, len(every) // 2 - 5))
    twelve, seven = _rows_of_twelve_against_seven()
    return [
        Figure("a row of a sheet of 12 against one of 7, all the way", twelve / seven, "×", 1.2),
        Figure("take_step() against the same writes as plain SQL", flow / sql, "×", 3.5),
        Figure("  one take_step()", flow * 1000, "ms"),
    ]


def _rows_of_twelve_against_seven() -> tuple[float, float]:
    """Return the seconds of a row, of cases that walk all the way on a sheet of 12 and on one of 7 rows."""
    walks = [_walk(rows, unit) for rows, unit in ((TWELVE, "dinkes"), (SEVEN, "dlh"))]
    twelve, seven = paired(*walks, times=8)
    return twelve / len(TWELVE), seven / len(SEVEN)


def _walk(rows: list[dict], unit: str) -> Callable[[], None]:
    make_sheets.in_force(make_sheets.sheet(rows, unit=unit))
    hands = {name: make.demo(name) for name in ("bidang", "operator", "utama")}
    hands["pelaksana"] = make.person("ppid_pelaksana", unit=unit)

    def walk() -> None:
        case = open_publication(make.information(unit=unit), actor=hands["bidang"])
        for each in rows:
            actor = hands[each["by"]]
            if 3 in each["carries"]:
                add_document(case, make.pdf(), title="Laporan", actor=actor)
            inputs = {"category": "periodic"} if 4 in each["carries"] else {}
            take_step(case, case.next_step.key, actor=actor, **inputs)
            case = make.again(case)

    return walk
