"""What was undone, and what the database asks of an undo: by who decided, soon, while nothing has happened since.

It repeats what ``ppid.flows.undo`` refuses with sentences.
"""

from datetime import timedelta
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import models

from ppid.flows import states

UNDO_WITHIN = timedelta(minutes=10)


def undoing(record: str = "") -> "models.QuerySet[Any]":
    """Return the rows that undo the ledger row of the outer query; ``record`` leads to it, with its "__"."""
    case, sequence = models.OuterRef(f"{record}case"), models.OuterRef(f"{record}sequence")
    rows = apps.get_model("flows", "StepRecord")._default_manager
    return rows.filter(kind="undo", case=case, back_to__lt=sequence, sequence__gt=sequence)


def was_undone(record: str) -> str:
    """Return SQL that says whether the ledger row with this alias was undone."""
    return f"""EXISTS (
        SELECT 1 FROM flows_steprecord undo WHERE undo.case_id = {record}.case_id AND undo.kind = 'undo'
          AND undo.back_to < {record}.sequence AND undo.sequence > {record}.sequence
    )"""  # noqa: S608 - an alias of this house


# What came of an item and its case since a moment: SQL over the decision's last row ``made`` and its case ``c``. What
# was let in by a move bears no earlier moment than it, so the moment itself counts.
SINCE = {
    "documents": """
        SELECT 1 FROM information_document document WHERE document.information_id = c.information_id
        AND (document.uploaded_at >= made.done_at OR document.removed_at >= made.done_at)
    """,
    "description": """
        SELECT 1 FROM information_descriptionchange line
        WHERE line.information_id = c.information_id AND line.at >= made.done_at
    """,
    "test": """
        SELECT 1 FROM information_fillingoftest filling
        WHERE filling.exclusion_id = c.exclusion_id AND filling.filled_at >= made.done_at
    """,
    "decree": """
        SELECT 1 FROM information_classificationdecree decree
        WHERE decree.exclusion_id = c.exclusion_id AND decree.recorded_at >= made.done_at
    """,
    "voided": """
        SELECT 1 FROM information_voideddecree voided
        WHERE voided.exclusion_id = c.exclusion_id AND voided.voided_at >= made.done_at
    """,
    "confirmation": """
        SELECT 1 FROM flows_confirmation part WHERE part.case_id = c.id AND part.moves = c.moves
    """,
    "head": """
        SELECT 1 FROM flows_headapproval approval WHERE approval.case_id = c.id AND approval.moves = c.moves
    """,
    "paper": """
        SELECT 1 FROM flows_papernumber paper
        WHERE paper.case_id = c.id AND (paper.recorded_at >= made.done_at OR paper.cancelled_at >= made.done_at)
    """,
    "urgent": """
        SELECT 1 FROM flows_moveddeadline line
        WHERE line.case_id = c.id AND line.moves = c.moves AND line.kind = 'urgent'
    """,
    "claim": """
        SELECT 1 FROM flows_claim claim WHERE claim.case_id = c.id AND claim.moves = c.moves
    """,
    "question": """
        SELECT 1 FROM flows_remark remark WHERE remark.case_id = c.id AND remark.moves = c.moves
    """,
    "passed_on": """
        SELECT 1 FROM flows_passedon line WHERE line.case_id = c.id AND line.at >= made.done_at
    """,
}


def happened_since() -> str:
    """Return SQL that says whether anything has happened since ``made``, a ledger row of the case ``c``."""
    return " OR ".join(f"EXISTS ({each})" for each in SINCE.values())


def _texts(values: list[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def undone_by_who_decided() -> pgtrigger.Trigger:
    """Return the trigger of the ledger that lets no other undo in."""
    decisions = [key for keys in states.DECISIONS.values() for key in keys]
    return pgtrigger.Trigger(
        name="undone_by_who_decided",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition("NEW.kind = 'undo'"),
        declare=[("made", "flows_steprecord%ROWTYPE"), ("first", "flows_steprecord%ROWTYPE"), ("begins", "INTEGER")],
        func=f"""
            SELECT * INTO made FROM flows_steprecord WHERE case_id = NEW.case_id AND sequence = NEW.sequence - 1;
            SELECT COALESCE(max(sequence), NEW.back_to) + 1 INTO begins FROM flows_steprecord
            WHERE case_id = NEW.case_id AND kind = 'undo' AND sequence > NEW.back_to;
            SELECT * INTO first FROM flows_steprecord WHERE case_id = NEW.case_id AND sequence = begins;
            IF made.id IS NULL OR first.id IS NULL OR made.actor_id <> NEW.actor_id
            OR NEW.done_at > made.done_at + interval '{int(UNDO_WITHIN.total_seconds())} seconds' THEN
                RAISE EXCEPTION 'who decided takes it back, within ten minutes';
            END IF;
            IF NEW.back_to <> COALESCE((
                SELECT COALESCE(back_to, sequence) FROM flows_steprecord
                WHERE case_id = NEW.case_id AND sequence = begins - 1
            ), 0) OR NEW.to_state <> first.from_state OR NEW.to_step IS DISTINCT FROM first.step
            OR first.from_state NOT IN ({_texts([*states.UNDONE_INTO, *states.BEING_PREPARED])})
            OR NEW.from_state NOT IN ({_texts(list(states.STEP_NUMBERS))})
            OR NOT (made.kind = 'return' AND made.from_state IN ({_texts(states.UNDONE_INTO)}) OR EXISTS (
                SELECT 1 FROM flows_steprecord decided
                WHERE decided.case_id = NEW.case_id AND decided.sequence BETWEEN begins AND made.sequence
                  AND decided.kind = 'step' AND decided.key IN ({_texts(decisions)})
            )) OR EXISTS (
                SELECT 1 FROM flows_steprecord part
                WHERE part.case_id = NEW.case_id AND part.sequence BETWEEN begins AND made.sequence
                  AND (part.kind <> made.kind OR part.done_at <> made.done_at OR part.actor_id <> made.actor_id
                       OR part.step IS DISTINCT FROM first.step)
            ) OR EXISTS (
                SELECT 1 FROM flows_steprecord before
                WHERE before.case_id = NEW.case_id AND before.sequence = NEW.back_to
                  AND (before.kind = 'undo' OR before.kind = 'step' AND before.to_step = before.step)
            ) OR EXISTS (
                SELECT 1 FROM flows_steprecord other
                WHERE other.case_id = NEW.case_id AND other.kind = 'undo' AND other.sequence < begins
                  AND NEW.back_to BETWEEN other.back_to + 1 AND other.sequence
            ) OR EXISTS (
                SELECT 1 FROM flows_case c
                JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = first.step
                WHERE c.id = NEW.case_id AND here.last_performer_id <> here.performer_id
            ) THEN
                RAISE EXCEPTION 'a decision is taken back whole, where it can be, and nothing before it';
            END IF;
            IF EXISTS (SELECT 1 FROM flows_case c WHERE c.id = NEW.case_id AND ({happened_since()})) THEN
                RAISE EXCEPTION 'nothing is taken back once something came of it';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - states and keys of this house
    )
