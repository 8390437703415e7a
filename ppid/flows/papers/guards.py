"""What the database asks of an exclusion besides its rows: the signed papers, and the head's own word."""

import pgtrigger

from ppid.flows.models import Case
from ppid.flows.undone import was_undone

_SIGNED = """
    EXISTS (
        SELECT 1 FROM flows_evidence evidence
        JOIN flows_steprecord record ON record.id = evidence.record_id
        WHERE record.case_id = OLD.id AND record.done_at = NEW.received_at
          AND evidence.part = 'output' AND evidence.means = '{}'
    )
"""


def register() -> None:
    """Lay the triggers on the table of cases; call it once, before migrations look at the models."""
    pgtrigger.register(
        pgtrigger.Trigger(
            name="signed_papers_come_with_their_step",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("state"),
            func=f"""
                IF OLD.state = 'testing' AND NEW.state = 'reviewing' AND NOT {_SIGNED.format("test_sheet")} THEN
                    RAISE EXCEPTION 'a test goes on with its signed sheet';
                END IF;
                IF OLD.state = 'collecting' AND NEW.state = 'adopted' AND EXISTS (
                    SELECT 1 FROM flows_steprecord
                    WHERE case_id = OLD.id AND sequence = NEW.moves AND kind = 'takeover'
                ) THEN
                    RETURN NEW;  -- signed elsewhere: its list's scan is what was approved
                END IF;
                IF NEW.state = 'adopted' AND NOT {_SIGNED.format("decree")} THEN
                    RAISE EXCEPTION 'an exclusion is adopted with its signed decree';
                END IF;
                IF NEW.state = 'adopted' AND NOT EXISTS (
                    SELECT 1 FROM flows_headapproval approval
                    JOIN information_consequencetest test ON test.exclusion_id = OLD.exclusion_id
                    JOIN information_classificationdecree decree ON decree.exclusion_id = OLD.exclusion_id
                    WHERE approval.case_id = OLD.id AND approval.test_digest = test.digest
                      AND decree.approved_on = approval.approved_on
                      AND NOT EXISTS (
                          SELECT 1 FROM flows_steprecord record
                          WHERE record.case_id = OLD.id AND record.sequence > approval.moves
                            AND record.to_state NOT IN ('adopting', 'adopted') AND NOT {was_undone("record")}
                      )
                ) THEN
                    RAISE EXCEPTION 'an exclusion is adopted with the approval of the head';
                END IF;
                RETURN NEW;
            """,  # noqa: S608 - two keys of this house
        )
    )(Case)
