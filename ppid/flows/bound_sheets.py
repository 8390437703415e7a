"""What the database asks of a sheet that runs a flow: as it is approved, its rows carry the flow's lawful steps.

The library knows no flow, so the flows lay this trigger on its table; ``sop.check.carrying`` says it in sentences.
"""

import pgtrigger

from ppid.flows.models import Case
from ppid.flows.shape import shape
from sop.models import SopVersion


def register() -> None:
    """Lay the trigger on the table; call it once, before migrations look at the models."""
    known = {key: shape(key) for key in Case.flows}
    shapes = ", ".join(f"('{key}', {len(of.steps)}, {of.prepares}, {of.decides})" for key, of in known.items())
    # ``way`` walks forward only: to the row below, or where a decision leads further down; ``done`` counts the steps.
    pgtrigger.register(
        pgtrigger.Trigger(
            name="approved_to_run_a_flow_it_carries_it",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__state="in_review", new__state="approved"),
            func=f"""
                IF NEW.runs <> (SELECT flow FROM sop_sop WHERE id = NEW.sop_id) THEN
                    RAISE EXCEPTION 'a version runs the flow that its SOP is bound to';
                END IF;
                IF NEW.runs <> '' AND NOT EXISTS (
                    WITH RECURSIVE sheet AS (
                        SELECT *, ARRAY(
                            SELECT target::int FROM unnest(CASE kind
                                WHEN 'end' THEN NULL WHEN 'decision' THEN ARRAY[if_yes, if_no] ELSE ARRAY[below]
                            END) target WHERE target > number
                        ) AS forward
                        FROM (
                            SELECT *, lead(number) OVER (ORDER BY number) AS below
                            FROM sop_activity WHERE version_id = NEW.id
                        ) activity
                    ), way(number, done) AS (
                        SELECT min(number)::int, 0 FROM sheet
                        UNION
                        SELECT target, done + cardinality(carries)
                        FROM way JOIN sheet USING (number), unnest(forward) target
                    ), bearing AS (
                        SELECT step, mine.id, mine.position
                        FROM sheet, unnest(carries) step, sop_performer one, sop_performer other, sop_performer mine
                        WHERE one.id = performer_id AND other.id = COALESCE(last_performer_id, performer_id)
                          AND mine.version_id = NEW.id AND mine.position BETWEEN one.position AND other.position
                    )
                    SELECT 1 FROM (VALUES {shapes}) AS shape(flow, steps, prepares, decides)
                    WHERE flow = NEW.runs AND EXISTS (TABLE sheet) AND NOT EXISTS (
                        SELECT 1 FROM way JOIN sheet USING (number)
                        WHERE carries::int[] <> ARRAY(SELECT generate_series(done + 1, done + cardinality(carries)))
                           OR forward = '{{}}' AND done + cardinality(carries) <> steps
                    ) AND NOT EXISTS (
                        SELECT 1 FROM bearing one, bearing other
                        WHERE one.step = prepares AND other.step = decides AND (one.id = other.id OR EXISTS (
                            SELECT 1 FROM sop_performerrole mine JOIN sop_performerrole theirs USING (role_id)
                            WHERE mine.performer_id = one.id AND theirs.performer_id = other.id
                        ))
                    )
                ) THEN
                    RAISE EXCEPTION 'a sheet that runs a flow carries each of its lawful steps once and in order';
                END IF;
                RETURN NEW;
            """,  # noqa: S608 - keys and numbers of this house
        )
    )(SopVersion)
