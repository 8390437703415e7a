"""What the database guards of an item and its papers while cases run: each is written at its step, or not at all.

These triggers lie on tables of ``ppid.information``, which knows no case; so the flows register them.
"""

from collections.abc import Iterable

import pgtrigger

from ppid.flows.head_approval import HEAD
from ppid.flows.knowing import in_force_in_sql, knows_in_sql
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.states import BEING_PREPARED, DECIDES, MAKES_READY, STEP_NUMBERS, ExclusionState
from ppid.information.classification import YEARS_OF_GROUND_A, ClassificationDecree, ConsequenceTest, Participant
from ppid.information.findings import unread_or_unanswered
from ppid.information.models import Document, Exclusion, Information
from ppid.shelf.models import PublishedItem
from ppid.triggers import local_day, refuses

# The item's new words are those of the amendment.
_AS_CORRECTED = " AND ".join(
    f"amendment.after->>'{name}' = NEW.{name}::text" for name in Information.DESCRIPTION_FIELDS
)
# What makes ready for the decision, and the decision itself: what came in past the former goes no further.
_GOES_ON = [*MAKES_READY, DECIDES["publication"]]
_WRITES = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def _written_while(name: str, state: str, exclusion_id: str) -> pgtrigger.Trigger:
    """Return a trigger that lets a paper of an exclusion be written only while its case stands at ``state``.

    ``exclusion_id`` is SQL for the exclusion's key, with {row} where OLD or NEW goes.
    """
    awaited = "(EXISTS (SELECT 1 FROM flows_case WHERE exclusion_id = {} AND state = '{}') OR {})"
    keys = (exclusion_id.format(row=row) for row in ("OLD", "NEW"))
    old, new = (awaited.format(key, state, _being_taken_over(key)) for key in keys)
    return refuses(
        name,
        "a paper of an exclusion never changes but at its step",
        f"TG_OP <> 'INSERT' AND NOT {old} OR TG_OP <> 'DELETE' AND NOT {new}",
        on=_WRITES,
    )


def _being_taken_over(exclusion_id: str) -> str:
    """Return SQL for: the case is taken over by a row that is written already, and stands where it began still.

    So it is only inside the transaction that takes it over: no such row is committed without its move.
    """
    return f"""EXISTS (
        SELECT 1 FROM flows_case c JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = 1
        WHERE c.exclusion_id = {exclusion_id} AND c.moves = 0 AND record.kind = 'takeover'
    )"""  # noqa: S608 - a column of this house


def _rests_under_the_decree(exclusion_id: str) -> pgtrigger.Trigger:
    """Return a trigger that keeps the test as it is while a decree rests on it. ``exclusion_id`` is SQL as above."""
    decided = "EXISTS (SELECT 1 FROM information_classificationdecree WHERE exclusion_id = {})"
    old, new = (decided.format(exclusion_id.format(row=row)) for row in ("OLD", "NEW"))
    return refuses(
        "stays_while_a_decree_rests_on_it",
        "a paper of an exclusion never changes but at its step, before its decree",
        f"TG_OP <> 'INSERT' AND {old} OR TG_OP <> 'DELETE' AND {new}",
        on=_WRITES,
    )


def _decree_is_recorded_at_its_step() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="decree_decides_on_this_test",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NOT EXISTS (SELECT 1 FROM flows_case WHERE exclusion_id = NEW.exclusion_id AND state = 'adopting')
            AND NOT {_being_taken_over("NEW.exclusion_id")} THEN
                RAISE EXCEPTION 'a paper of an exclusion never changes but at its step';
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM information_consequencetest
                WHERE exclusion_id = NEW.exclusion_id AND digest = NEW.test_digest
                  AND (NEW.date >= tested_on AND NEW.approved_on >= tested_on
                       OR taken_over <> '' AND NEW.approved_on IS NULL AND (
                           NOT 'a' = ANY (grounds) OR ends_on <= NEW.date + interval '{YEARS_OF_GROUND_A} years'
                       ))
            ) THEN
                RAISE EXCEPTION 'a decree decides on this test, and after it';
            END IF;
            IF NEW.date > {local_day("NEW.recorded_at")} THEN
                RAISE EXCEPTION 'a decree that was not signed yet is not recorded';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - a time zone of the settings
    )


def _decree_goes_into_the_ledger() -> pgtrigger.Trigger:
    return refuses(
        "decree_goes_into_the_ledger",
        "a paper of an exclusion never changes but at its step: a decree is voided by its row",
        """
            TG_OP = 'UPDATE' OR NOT EXISTS (
                SELECT 1 FROM information_voideddecree voided
                JOIN flows_case c ON c.exclusion_id = voided.exclusion_id
                WHERE voided.exclusion_id = OLD.exclusion_id AND voided.recorded_at = OLD.recorded_at
                  AND c.state IN ('testing', 'adopting')
            )
        """,
        on=pgtrigger.Update | pgtrigger.Delete,
    )


def _texts(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


def _may_take_part() -> str:
    """Return SQL that says whether the person of the participant NEW, in these words, may be named on its test.

    It is somebody who may know of the exclusion as it is filled in, and neither decides on it nor approves it as head.
    """
    day, decides = local_day("test.filled_at"), STEP_NUMBERS[ExclusionState.REVIEWING]
    return f"""EXISTS (
        SELECT 1 FROM information_consequencetest test
        JOIN flows_case c ON c.exclusion_id = test.exclusion_id
        JOIN organisation_user person ON person.id = NEW.person_id AND person.name = NEW.name
         AND person.is_active AND NOT person.must_change_password
        CROSS JOIN LATERAL (
            SELECT bool_or({knows_in_sql("role", day)}) AS knows, bool_or(role.code = '{HEAD}' OR EXISTS (
                SELECT 1 FROM sop_activity here
                JOIN sop_performer first_column ON first_column.id = here.performer_id
                LEFT JOIN sop_performer last_column ON last_column.id = here.last_performer_id
                JOIN sop_performer each_column ON each_column.version_id = here.version_id
                 AND each_column.position BETWEEN first_column.position
                     AND COALESCE(last_column.position, first_column.position)
                JOIN sop_performerrole link ON link.performer_id = each_column.id AND link.role_id = role.id
                WHERE here.version_id = c.sop_version_id AND {decides} = ANY (here.carries)
            )) AS decides
            FROM organisation_appointment held JOIN organisation_role role ON role.id = held.role_id
            WHERE held.user_id = person.id AND (role.scope = 'city' OR held.unit_id = c.unit_id)
              AND {in_force_in_sql("held", day)}
        ) office
        WHERE test.id = NEW.test_id AND office.knows AND NOT office.decides
    )"""  # noqa: S608 - names of this house


def _being_prepared() -> str:
    return ", ".join(f"'{state}'" for state in BEING_PREPARED)


def register() -> None:
    """Lay the triggers on the tables; call it once, before migrations look at the models."""
    pgtrigger.register(
        refuses(
            "description_is_written_while_prepared",
            "a description changes only while it is prepared, or by a correction",
            f"""
                NOT EXISTS (
                    SELECT 1 FROM flows_case
                    WHERE information_id = OLD.id AND ended_at IS NULL AND state IN ({_being_prepared()})
                ) AND NOT EXISTS (
                    SELECT 1 FROM flows_amendment amendment JOIN flows_case c ON c.id = amendment.case_id
                    WHERE c.information_id = OLD.id AND amendment.kind = 'correct_item'
                      AND amendment.decision = 'approved' AND {_AS_CORRECTED}
                      AND NOT EXISTS (SELECT 1 FROM flows_case WHERE information_id = OLD.id AND id > c.id)
                      AND NOT EXISTS (
                          SELECT 1 FROM flows_amendment later
                          WHERE later.case_id = c.id AND later.kind = amendment.kind AND later.id > amendment.id
                            AND later.decision = 'approved'
                      )
                )
            """,  # noqa: S608 - states of this house
            on=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*Information.DESCRIPTION_FIELDS),
        ),
        refuses(
            "class_comes_with_the_approval",
            "a class comes with the approval that chose it",
            """
                NOT EXISTS (
                    SELECT 1 FROM flows_case c
                    JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = c.moves + 1
                    WHERE c.information_id = OLD.id AND (record.approved->>'category' = NEW.category OR EXISTS (
                        SELECT 1 FROM flows_steprecord undone
                        WHERE record.kind = 'undo' AND undone.case_id = c.id AND undone.key = 'clarify'
                          AND undone.sequence BETWEEN record.back_to + 1 AND record.sequence
                          AND undone.stood->>'category' = NEW.category
                    ))
                )
            """,
            on=pgtrigger.Update,
            condition=pgtrigger.AnyChange("category"),
        ),
    )(Information)
    pgtrigger.register(
        pgtrigger.Trigger(
            name="exclusion_is_adopted_with_its_row",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("adopted_at", "ends_on"),
            func=f"""
                IF OLD.adopted_at IS NOT NULL THEN RAISE EXCEPTION 'an adopted exclusion never changes'; END IF;
                IF NOT EXISTS (
                    SELECT 1 FROM flows_case c
                    JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = c.moves + 1
                    JOIN information_consequencetest test ON test.exclusion_id = OLD.id
                    WHERE c.exclusion_id = OLD.id AND record.to_state = 'adopted'
                      AND record.done_at = NEW.adopted_at AND test.ends_on IS NOT DISTINCT FROM NEW.ends_on
                ) THEN
                    RAISE EXCEPTION 'an exclusion is adopted with its row of the ledger only';
                END IF;
                IF NEW.ends_on < {local_day("NEW.adopted_at")} THEN
                    RAISE EXCEPTION 'a term that is over excludes nothing';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM flows_exclusionopening opening
                    JOIN information_exclusion opened ON opened.id = opening.exclusion_id
                    JOIN information_consequencetest test ON test.exclusion_id = OLD.id
                    WHERE opened.information_id = OLD.information_id AND opening.ground <> 'term'
                      AND opening.recorded_at >= test.filled_at
                ) THEN
                    RAISE EXCEPTION 'what was opened by a decision is excluded by a newer test only';
                END IF;
                IF NOT EXISTS (
                    SELECT 1 FROM information_classificationdecree decree
                    JOIN information_consequencetest test ON test.exclusion_id = decree.exclusion_id
                    WHERE decree.exclusion_id = OLD.id AND decree.test_digest = test.digest
                      AND decree.date <= {local_day("NEW.adopted_at")}
                ) THEN
                    RAISE EXCEPTION 'a decree decides on this test';
                END IF;
                RETURN NEW;
            """,  # noqa: S608 - a time zone of the settings
        ),
    )(Exclusion)
    pgtrigger.register(
        refuses(
            "evidence_of_an_exclusion_is_its_paper",
            "evidence that is born in an exclusion is a paper of that exclusion",
            """
                NEW.exclusion_id IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM information_exclusion
                    WHERE id = NEW.exclusion_id AND information_id = NEW.information_id
                ) OR NEW.exclusion_id IS NULL AND NEW.purpose <> 'content' AND (
                    SELECT flow = 'exclusion' AND (ended_at IS NULL OR state = 'adopted') FROM flows_case
                    WHERE information_id = NEW.information_id ORDER BY id DESC LIMIT 1
                )
            """,
        )
    )(Document)
    pgtrigger.register(
        refuses(
            "item_is_confirmed_with_its_row",
            "an item is confirmed to be still right with its row of the ledger only",
            """
                NOT EXISTS (
                    SELECT 1 FROM flows_stillright confirmation
                    JOIN flows_case c ON c.id = confirmation.case_id
                    JOIN information_information item ON item.id = c.information_id
                    WHERE item.number = NEW.number AND confirmation.confirmed_on = NEW.confirmed_on
                      AND confirmation.renew_by = NEW.renew_by
                )
            """,
            on=pgtrigger.Update,
            condition=pgtrigger.AnyChange("confirmed_on"),
        ),
    )(PublishedItem)
    pgtrigger.register(
        refuses(
            "documents_were_read_and_answered",
            "nothing goes on to be published while its documents are unread, or a finding in them has no reason",
            unread_or_unanswered("(SELECT information_id FROM flows_case WHERE id = NEW.case_id)"),
            condition=pgtrigger.Condition(f"NEW.key IN ({_texts(_GOES_ON)}) AND NEW.kind IN ('step', 'first')"),
        ),
    )(StepRecord)
    pgtrigger.register(
        refuses(
            "retraction_says_why",
            "a retraction says why",
            "NOT EXISTS (SELECT 1 FROM flows_withdrawal WHERE record_id = NEW.id)",
            condition=pgtrigger.Condition("NEW.kind = 'retraction'"),
            at_commit=True,
        ),
    )(StepRecord)
    pgtrigger.register(
        refuses(
            "item_is_shown_with_the_row_that_published_it",
            "an item stands on the shelf only with the ledger row that published it",
            """
                EXISTS (SELECT 1 FROM information_information WHERE number = NEW.number) AND NOT EXISTS (
                    SELECT 1 FROM flows_steprecord record
                    JOIN flows_case c ON c.id = record.case_id
                    JOIN information_information information ON information.id = c.information_id
                    WHERE information.number = NEW.number
                      AND (record.kind = 'step' AND record.to_state = 'published'
                           OR record.kind IN ('first', 'takeover'))
                )
            """,
        )
    )(PublishedItem)
    pgtrigger.register(
        pgtrigger.Trigger(
            name="exclusion_is_opened_with_its_row",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("opened_on", "continued_by"),
            func="""
                IF OLD.opened_on IS NOT NULL OR OLD.continued_by_id IS NOT NULL THEN
                    RAISE EXCEPTION 'an exclusion ends once';
                END IF;
                IF NEW.opened_on IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM flows_exclusionopening WHERE exclusion_id = OLD.id AND opened_on = NEW.opened_on
                ) THEN
                    RAISE EXCEPTION 'an exclusion is opened with its row of the ledger only';
                END IF;
                IF NEW.continued_by_id IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM flows_case c
                    JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence = c.moves + 1
                    WHERE c.exclusion_id = NEW.continued_by_id AND c.information_id = OLD.information_id
                      AND record.to_state = 'adopted'
                      AND (OLD.ends_on IS NULL OR OLD.ends_on >= {day})
                ) THEN
                    RAISE EXCEPTION 'an exclusion is continued by another of its item, while it is in force';
                END IF;
                RETURN NEW;
            """.replace("{day}", local_day("record.done_at")),
        ),
        refuses(
            "what_continues_is_adopted",
            "an exclusion is continued by one that was adopted",
            """
                NOT EXISTS (
                    SELECT 1 FROM information_exclusion WHERE id = NEW.continued_by_id AND adopted_at IS NOT NULL
                )
            """,
            on=pgtrigger.Update,
            condition=pgtrigger.Condition("NEW.continued_by_id IS DISTINCT FROM OLD.continued_by_id"),
            at_commit=True,
        ),
    )(Exclusion)
    of_test = "(SELECT exclusion_id FROM information_consequencetest WHERE id = {row}.test_id)"
    pgtrigger.register(_written_while("test_is_written_at_its_step", "testing", "{row}.exclusion_id"))(ConsequenceTest)
    pgtrigger.register(
        _written_while("participants_are_written_with_it", "testing", of_test),
        refuses(
            "who_takes_part_may_know",
            "who takes part as a person of the portal may know of the exclusion, and does not decide on it",
            f"NOT {_may_take_part()}",
            on=pgtrigger.Insert | pgtrigger.Update,
            condition=pgtrigger.Condition("NEW.person_id IS NOT NULL"),
        ),
    )(Participant)
    pgtrigger.register(
        refuses(
            "test_goes_on_once_confirmed",
            "a test goes on once each participant has confirmed its words",
            """
                EXISTS (
                    SELECT 1 FROM information_consequencetest test
                    JOIN information_participant named ON named.test_id = test.id
                    WHERE test.exclusion_id = OLD.exclusion_id AND named.person_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM flows_participantconfirmation said
                        WHERE said.case_id = OLD.id AND said.actor_id = named.person_id
                          AND said.digest = test.words_digest
                    )
                )
            """,
            on=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.state = 'testing' AND NEW.state = 'reviewing'"),
        ),
    )(Case)
    for table, exclusion_id in ((ConsequenceTest, "{row}.exclusion_id"), (Participant, of_test)):
        pgtrigger.register(_rests_under_the_decree(exclusion_id))(table)
    pgtrigger.register(
        refuses(
            "test_says_that_it_was_taken_over",
            "a test says that it was taken over, when it was and only then",
            f"(NEW.taken_over <> '') <> {_being_taken_over('NEW.exclusion_id')}",
            on=pgtrigger.Insert | pgtrigger.Update,
        )
    )(ConsequenceTest)
    pgtrigger.register(_decree_is_recorded_at_its_step(), _decree_goes_into_the_ledger())(ClassificationDecree)
    pgtrigger.register(
        refuses(
            "reopened_test_voids_its_decree",
            "a test that is open again has no decree",
            """
                NEW.ended_at IS NULL AND EXISTS (
                    SELECT 1 FROM information_classificationdecree WHERE exclusion_id = NEW.exclusion_id
                )
            """,
            on=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.state = 'adopting' AND NEW.state NOT IN ('adopting', 'adopted')"),
        )
    )(Case)
