"""What the database asks of a case: states along the legal pairs, rows along its sheet, each move with its ledger row.

They repeat what ``ppid.flows.actions`` refuses with sentences. What is guarded of the item and its papers while cases
run stands in ``ppid.flows.guards``.
"""

import pgtrigger

from ppid.chain.triggers import chained
from ppid.flows import states
from ppid.flows.knowing import in_force_in_sql, knows_in_sql
from ppid.flows.undone import was_undone
from ppid.organisation.unit_history import belongs_to_an_open_unit, passes_with_its_ledger
from ppid.triggers import local_day, never_emptied, refuses


def _lawful_number(state: str) -> str:
    """Return SQL for the number of the lawful step that ``state`` (SQL) awaits; beyond all of them when none is."""
    whens = " ".join(f"WHEN '{each}' THEN {number}" for each, number in states.STEP_NUMBERS.items())
    return f"(CASE {state} {whens} ELSE 99 END)"


_SUBJECT = (
    *("flow", "number", "information", "sop_version", "exclusion", "diverted_from"),
    *("opened_by", "opened_because", "opened_at"),
)

# The appointments by which the person of ``news`` knows today of the exclusion NEW.
_TODAY = local_day("now()")
_KNOWS = f"""
    SELECT FROM organisation_appointment held
    JOIN organisation_role role ON role.id = held.role_id
    JOIN flows_case c ON c.id = NEW.id
    WHERE held.user_id = news.person_id AND {in_force_in_sql("held", _TODAY)}
      AND (role.scope = 'city' OR held.unit_id = c.unit_id) AND {knows_in_sql("role", _TODAY)}
"""

TRIGGERS = [
    pgtrigger.FSM(name="case_moves_by_the_sheet", field="state", transitions=[*states.MOVES, *states.UNDOING]),
    refuses(
        "past_the_steps_only_by_undoing",
        "a case goes on past a step only where its return is undone",
        f"""
            (OLD.state, NEW.state) IN ({", ".join(f"('{early}', '{late}')" for early, late in states.UNDOING)})
            AND NOT EXISTS (
                SELECT 1 FROM flows_steprecord WHERE case_id = OLD.id AND sequence = NEW.moves AND kind = 'undo'
            )
        """,  # noqa: S608 - states of this house
        on=pgtrigger.Update,
        condition=pgtrigger.AnyChange("state"),
    ),
    pgtrigger.ReadOnly(
        name="case_keeps_its_subject",
        fields=list(_SUBJECT),
    ),
    chained(only=_SUBJECT),
    passes_with_its_ledger("flows_passedon", "case_id"),
    refuses(
        "passes_at_the_moment_of_its_line",
        "what belongs to a unit passes on with its ledger row only",
        "NEW.passed_on_at IS DISTINCT FROM (SELECT max(at) FROM flows_passedon WHERE case_id = OLD.id)",
        on=pgtrigger.Update,
        condition=pgtrigger.AnyChange("unit", "passed_on_at"),
    ),
    belongs_to_an_open_unit("flows_case"),
    pgtrigger.Protect(name="case_is_kept", operation=pgtrigger.Delete),
    never_emptied(),
    pgtrigger.Trigger(
        name="case_starts_at_step_one",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NEW.moves <> 0 OR NEW.state NOT IN ('updating', 'collecting')
               OR NEW.received_at <> NEW.opened_at OR NEW.urgent_since <> NEW.opened_at
               OR NEW.is_urgent AND NEW.due_at IS DISTINCT FROM NEW.opened_at
               OR NEW.published_first_at IS NOT NULL THEN
                RAISE EXCEPTION 'a case starts at step 1, as it is opened';
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM sop_sopversion
                WHERE id = NEW.sop_version_id AND state = 'approved' AND runs = NEW.flow
            ) THEN
                RAISE EXCEPTION 'a case follows a version in force that runs its flow';
            END IF;
            IF NEW.sop_version_id <> (
                SELECT version.id FROM sop_sopversion version JOIN sop_sop sop ON sop.id = version.sop_id
                WHERE sop.flow = NEW.flow AND (sop.unit_id = NEW.unit_id OR sop.is_master)
                  AND version.state = 'approved' AND version.runs = NEW.flow
                  AND version.in_force_from <= {local_day("NEW.opened_at")}
                ORDER BY sop.unit_id = NEW.unit_id DESC, version.version DESC LIMIT 1
            ) THEN
                RAISE EXCEPTION 'a case follows the sheet of its unit, else the one of the city';
            END IF;
            IF NEW.step IS DISTINCT FROM (
                SELECT min(number) FROM sop_activity WHERE version_id = NEW.sop_version_id
            ) THEN
                RAISE EXCEPTION 'a case starts at the first row of its sheet';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - the zone of the settings
    ),
    pgtrigger.Trigger(
        name="case_moves_with_its_ledger",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("state", "step", "moves", "received_at", "ended_at"),
        func="""
            IF NEW.state = 'adopted' AND NOT EXISTS (
                SELECT 1 FROM information_exclusion exclusion
                JOIN information_consequencetest test ON test.exclusion_id = exclusion.id
                JOIN information_classificationdecree decree ON decree.exclusion_id = exclusion.id
                WHERE exclusion.id = NEW.exclusion_id AND exclusion.adopted_at IS NOT NULL
                  AND test.conclusion <> 'open'
            ) THEN
                RAISE EXCEPTION 'an exclusion is adopted with its test and its decree';
            END IF;
            IF NEW.moves <> OLD.moves + 1 OR NEW.ended_at <> NEW.received_at OR NOT EXISTS (
                SELECT 1 FROM flows_steprecord
                WHERE case_id = OLD.id AND sequence = NEW.moves
                  AND from_state = OLD.state AND to_state = NEW.state
                  AND NEW.received_at = CASE kind WHEN 'first' THEN OLD.received_at WHEN 'undo' THEN (
                      SELECT undone.received_at FROM flows_steprecord undone
                      WHERE undone.case_id = OLD.id AND undone.sequence = flows_steprecord.back_to + 1
                  ) ELSE done_at END
                  AND step IS NOT DISTINCT FROM OLD.step AND to_step IS NOT DISTINCT FROM NEW.step
            ) THEN
                RAISE EXCEPTION 'a case moves with its ledger row only';
            END IF;
            RETURN NEW;
        """,
    ),
    refuses(
        "urgency_comes_with_its_line",
        "a case becomes or ceases to be urgent with its line in the ledger only",
        """
            NOT (NEW.is_urgent AND NOT OLD.is_urgent AND NEW.moves = OLD.moves AND EXISTS (
                SELECT 1 FROM flows_moveddeadline
                WHERE case_id = OLD.id AND kind = 'urgent' AND moves = OLD.moves
                  AND moved_at = NEW.urgent_since AND because = NEW.urgent_because
            ) OR NEW.is_urgent AND NOT OLD.is_urgent AND EXISTS (
                SELECT 1 FROM flows_steprecord
                WHERE case_id = OLD.id AND sequence = NEW.moves AND sequence > OLD.moves AND key = 'clarify'
                  AND approved->>'category' = 'immediate' AND done_at = NEW.urgent_since
            ) OR OLD.is_urgent AND NOT NEW.is_urgent
             AND NEW.urgent_because = OLD.urgent_because AND NEW.urgent_since IS NOT DISTINCT FROM OLD.urgent_since
             AND EXISTS (
                SELECT 1 FROM flows_steprecord
                WHERE case_id = OLD.id AND sequence = NEW.moves AND sequence > OLD.moves AND key = 'clarify'
                  AND approved->>'category' <> 'immediate' AND note <> ''
            ) OR EXISTS (
                SELECT 1 FROM flows_steprecord undo
                JOIN flows_steprecord undone ON undone.case_id = undo.case_id AND undone.key = 'clarify'
                 AND undone.sequence BETWEEN undo.back_to + 1 AND undo.sequence
                WHERE undo.case_id = OLD.id AND undo.sequence = NEW.moves AND undo.sequence > OLD.moves
                  AND (undone.stood->>'is_urgent')::boolean = NEW.is_urgent
                  AND undone.stood->>'urgent_because' = NEW.urgent_because
                  AND (undone.stood->>'urgent_since')::timestamptz IS NOT DISTINCT FROM NEW.urgent_since
            ))
        """,
        on=pgtrigger.Update,
        condition=pgtrigger.AnyChange("is_urgent", "urgent_because", "urgent_since"),
    ),
    refuses(
        "announced_first_with_its_row",
        "an urgent case is announced first once, with its ledger row",
        """
            OLD.published_first_at IS NOT NULL OR NOT OLD.is_urgent OR NEW.step IS DISTINCT FROM OLD.step
               OR NOT EXISTS (
                SELECT 1 FROM flows_steprecord
                WHERE case_id = OLD.id AND sequence = NEW.moves AND sequence > OLD.moves AND kind = 'first'
                  AND done_at = NEW.published_first_at
            )
        """,
        on=pgtrigger.Update,
        condition=pgtrigger.AnyChange("published_first_at"),
    ),
    refuses(
        "what_was_announced_first_goes_with_its_case",
        "what was announced first is taken off the shelf as its case is given up",
        """
            EXISTS (
                SELECT 1 FROM shelf_publisheditem item
                JOIN information_information information ON information.number = item.number
                WHERE information.id = OLD.information_id
            )
        """,
        on=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.published_first_at IS NOT NULL AND OLD.ended_at IS NULL AND NEW.state IN ('withdrawn', 'diverted')"
        ),
    ),
    pgtrigger.Trigger(
        name="case_walks_along_its_sheet",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("state", "step", "moves"),
        declare=[("record", "flows_steprecord%ROWTYPE"), ("lawful", "INTEGER"), ("onward", "INTEGER[]")],
        func=f"""
            SELECT * INTO record FROM flows_steprecord WHERE case_id = OLD.id AND sequence = NEW.moves;
            IF record.kind = 'step' THEN
                SELECT CASE WHEN here.kind = 'end' THEN ARRAY[]::int[]
                            WHEN here.kind = 'decision' THEN ARRAY[here.if_yes, here.if_no]::int[]
                            ELSE ARRAY(SELECT min(number) FROM sop_activity below
                                       WHERE below.version_id = here.version_id AND below.number > here.number)
                       END INTO onward
                FROM sop_activity here WHERE version_id = OLD.sop_version_id AND number = OLD.step;
                IF NOT (NEW.step > OLD.step AND NEW.step = ANY (onward) OR NEW.step = OLD.step
                        OR NEW.step IS NULL AND NOT EXISTS (SELECT 1 FROM unnest(onward) n WHERE n > OLD.step))
                THEN
                    RAISE EXCEPTION 'a case goes on along the rows of its sheet';
                END IF;
            ELSIF record.kind IN ('return', 'reopening') AND NOT (NEW.step < OLD.step AND EXISTS (
                SELECT 1 FROM sop_activity WHERE version_id = OLD.sop_version_id AND number = NEW.step
            )) THEN
                RAISE EXCEPTION 'a case goes back to an earlier row of its sheet';
            END IF;
            IF record.kind = 'undo' AND NOT EXISTS (
                SELECT 1 FROM flows_steprecord undone
                WHERE undone.case_id = OLD.id AND undone.sequence = record.back_to + 1
                  AND undone.step = NEW.step AND undone.from_state = NEW.state AND NEW.ended_at IS NULL
                  AND (undone.due_at IS NOT DISTINCT FROM NEW.due_at OR EXISTS (
                      SELECT 1 FROM flows_moveddeadline
                      WHERE case_id = OLD.id AND moves BETWEEN undone.sequence AND OLD.moves
                  ))
            ) THEN
                RAISE EXCEPTION 'what is undone is as it was';
            END IF;
            lawful := {_lawful_number("NEW.state")};
            IF NEW.step = OLD.step AND NOT EXISTS (
                SELECT 1 FROM sop_activity
                WHERE version_id = NEW.sop_version_id AND number = NEW.step AND lawful = ANY (carries)
            ) OR NEW.step <> OLD.step AND lawful <> COALESCE((
                SELECT min(carried) FROM sop_activity, unnest(carries) carried
                WHERE version_id = NEW.sop_version_id AND number >= NEW.step
            ), 99) THEN
                RAISE EXCEPTION 'a case waits at the row that carries its lawful step';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - the numbers of this house's states
    ),
    pgtrigger.Trigger(
        name="ended_case_is_tallied",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL"),
        func=f"""
            INSERT INTO flows_tally (sop_version_id, step, measure, value, n)
            WITH record AS (
                SELECT * FROM flows_steprecord made
                WHERE case_id = NEW.id AND step IS NOT NULL AND NOT {was_undone("made")}
            ),
            taken AS (SELECT * FROM record WHERE kind IN ('step', 'return'))
            SELECT NEW.sop_version_id, step, measure, value, count(*) FROM (
                SELECT 0 AS step, 'days' AS measure, NEW.worked_days AS value
                UNION ALL SELECT step, 'days', used_days FROM taken
                UNION ALL SELECT step, 'minutes', used_minutes FROM taken
                UNION ALL SELECT step, 'allowed', allowed_days FROM taken
                UNION ALL SELECT step, 'on_time', on_time::int FROM taken
                UNION ALL SELECT DISTINCT step, 'cases', 0 FROM taken
                UNION ALL SELECT step, 'sent_back', 0 FROM record WHERE kind IN ('return', 'reopening')
            ) counted
            WHERE value IS NOT NULL GROUP BY step, measure, value ORDER BY step, measure, value
            ON CONFLICT (sop_version_id, step, measure, value)
            DO UPDATE SET n = flows_tally.n + EXCLUDED.n;
            RETURN NULL;
        """,  # noqa: S608 - a table of this house
    ),
    # From now on what was told of the item, at the desk and in what is still to be sent, is its number alone, and those
    # who need not know of the exclusion were told nothing. Who knows is asked today: an import opens in the past.
    # The index of what a notice is about holds none that is about nothing, so it is used where that is said.
    pgtrigger.Trigger(
        name="seals_what_was_told",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__flow="exclusion"),
        declare=[("unaware", "BIGINT[]")],
        func=f"""
            SELECT array_agg(news.id) INTO unaware FROM notices_notice news
            WHERE about = 'item:' || NEW.information_id AND about <> '' AND NOT is_secret AND NOT EXISTS ({_KNOWS});
            DELETE FROM notices_dispatch WHERE notice_id = ANY (unaware);
            DELETE FROM notices_notice WHERE id = ANY (unaware);
            UPDATE notices_notice SET title = '', facts = '[]', is_secret = true
            WHERE about = 'item:' || NEW.information_id AND about <> '' AND NOT is_secret;
            RETURN NULL;
        """,  # noqa: S608 - names of this house
    ),
    refuses(
        "due_date_moves_with_its_line",
        "a due date moves with its line in the ledger only",
        """
            NOT EXISTS (
                SELECT 1 FROM (
                    SELECT * FROM flows_moveddeadline WHERE case_id = OLD.id ORDER BY id DESC LIMIT 1
                ) line
                WHERE line.moves = OLD.moves AND line.due_before IS NOT DISTINCT FROM OLD.due_at
                  AND line.due_after IS NOT DISTINCT FROM NEW.due_at
            )
        """,
        on=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.due_at IS DISTINCT FROM NEW.due_at AND OLD.moves = NEW.moves"),
    ),
]
