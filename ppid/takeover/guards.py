"""What the database asks of a list taken over: no item is shown as moved without its row in an approved list."""

import pgtrigger

from ppid.flows.ledger import StepRecord
from ppid.triggers import refuses


def register() -> None:
    """Lay the trigger on the ledger of cases; call it once, before migrations look at the models."""
    pgtrigger.register(
        refuses(
            "taken_over_by_an_approved_list",
            "an item is taken over as a row of a list that was approved",
            """
                NOT EXISTS (
                    SELECT 1 FROM takeover_takeoverrow taken
                    JOIN takeover_takeover list ON list.id = taken.takeover_id
                    WHERE taken.case_id = NEW.case_id AND list.way = 'moved' AND list.state IN ('running', 'done')
                      AND list.kind = CASE NEW.to_state WHEN 'adopted' THEN 'dik' ELSE 'dip' END
                      AND list.approved_by_id = NEW.actor_id AND list.approved_as_id = NEW.appointment_id
                )
            """,
            condition=pgtrigger.Condition("NEW.kind = 'takeover'"),
            at_commit=True,
        )
    )(StepRecord)
