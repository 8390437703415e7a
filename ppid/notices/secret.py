"""Which items are secret, in SQL: said once here, below everything that asks it.

The tables are those of ``ppid.flows`` and ``ppid.information``; in words ``CaseQuerySet.visible_with`` says the same.
"""


def secret_cases_in_sql(of_the_item: str, day: str) -> str:
    """Return SQL, from its FROM on, for the cases ``s`` by which an item is secret on the day (SQL).

    An exclusion of it runs or is in force. ``of_the_item`` is SQL that says of ``s.information_id`` whether it is that
    item's.
    """
    return f"""
        flows_case s JOIN information_exclusion e ON e.id = s.exclusion_id
        WHERE {of_the_item} AND (s.ended_at IS NULL OR (
            e.adopted_at IS NOT NULL AND e.continued_by_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= {day})
            AND (e.opened_on IS NULL OR e.opened_on > {day})
        ))
    """
