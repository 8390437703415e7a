"""``take_step()`` with its ledger row, against the same writes as plain SQL in one transaction."""

from django.db import connection, transaction
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.models import Case
from tests import make
from tests.bench.measure import Figure, paired
from tests.bench.office import SMALL, inside

TIMES = 60


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
                """INSERT INTO flows_steprecord (case_id, sequence, kind, key, step, from_state, to_state, actor_id,
                   actor_name, appointment_id, acting_as, unit_id, received_at, done_at, due_at, note)
                   VALUES (%s, 1, 'step', 'update_content', 1, 'updating', 'coordinating', %s, %s, %s, %s, %s, %s, %s,
                   %s, '')""",
                [
                    *(case.pk, bidang.pk, bidang.name, appointment.pk, "Bidang"),
                    *(case.unit_id, case.received_at, now, case.due_at),
                ],
            )
            cursor.execute(
                "UPDATE flows_case SET state = 'coordinating', moves = 1, received_at = %s, due_at = %s WHERE id = %s",
                [now, now, case.pk],
            )

    every = list(cases)
    waiting_for_flow, waiting_for_sql = iter(every[::2]), iter(every[1::2])
    flow, sql = paired(by_the_flow, by_plain_sql, times=min(TIMES, len(every) // 2 - 5))
    return [
        Figure("take_step() against the same writes as plain SQL", flow / sql, "×", 3.5),
        Figure("  one take_step()", flow * 1000, "ms"),
    ]
