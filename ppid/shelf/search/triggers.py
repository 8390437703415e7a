"""What the database itself does for the index: whatever leaves the shelf, or says something else, is not found by it.

The acts of the shelf write entries anew in the same transaction. Were one forgotten, or a row changed by hand, too
little would be found, and the daily look (``ppid.shelf.search.index``) would tell and mend it; never too much.
"""

import pgtrigger

from ppid.triggers import local_day, refuses

_ENTRIES = "DELETE FROM shelf_searchentry WHERE"
# What spelling and suggestions may know: plain words of titles and descriptions.
_WORDS = """
    SELECT word, count(*) AS n
    FROM {rows}, unnest(tsvector_to_array(ts_filter(words, '{{a,b}}'))) AS word
    WHERE kind <> 'page' AND word ~ '^[^0-9=]{{4,40}}$'
    GROUP BY word
"""

COUNTS_ITS_WORDS = pgtrigger.Trigger(
    name="its_words_are_known",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="written"),
    func=f"""
        INSERT INTO shelf_searchword AS known (word, entries)
        SELECT word, n FROM ({_WORDS.format(rows="written")}) new_words ORDER BY word
        ON CONFLICT (word) DO UPDATE SET entries = known.entries + EXCLUDED.entries;
        RETURN NULL;
    """,  # noqa: S608 - words of this module
)
FORGETS_ITS_WORDS = pgtrigger.Trigger(
    name="its_words_are_forgotten",
    when=pgtrigger.After,
    operation=pgtrigger.Delete,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(old="gone"),
    func=f"""
        WITH gone_words AS ({_WORDS.format(rows="gone")}), last AS (
            DELETE FROM shelf_searchword known USING gone_words
            WHERE known.word = gone_words.word AND known.entries <= gone_words.n
        )
        UPDATE shelf_searchword known SET entries = known.entries - gone_words.n FROM gone_words
        WHERE known.word = gone_words.word AND known.entries > gone_words.n;
        RETURN NULL;
    """,  # noqa: S608 - as above
)


def _emptied(name: str, *statements: str) -> pgtrigger.Trigger:
    """Return what happens when the table is emptied by TRUNCATE, which passes by what guards the rows."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func=f"{' '.join(f'{each};' for each in statements)} RETURN NULL;",
    )


NO_WORDS_LEFT = _emptied("no_entry_no_words", "DELETE FROM shelf_searchword")


def _leaves(kind: str, key: str, *, emptied: str) -> list[pgtrigger.Trigger]:
    """Return the triggers of a table whose deleted rows are found no more."""
    return [
        pgtrigger.Trigger(
            name="found_no_more",
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            func=f"{_ENTRIES} {kind} AND {key}; RETURN NULL;",
        ),
        _emptied("nothing_found_once_emptied", f"{_ENTRIES} {emptied}"),
    ]


def _changes(
    kind: str, key: str, words: tuple[str, ...], marks: dict[str, str], of_pages: str = ""
) -> pgtrigger.Trigger:
    """Return the trigger by which an entry goes whose ``words`` changed, and bears the row's ``marks`` otherwise.

    ``marks`` are the columns of the entry, each with SQL over NEW that says it.
    """
    said = ", ".join(f"OLD.{each}" for each in words), ", ".join(f"NEW.{each}" for each in words)
    columns, values = ", ".join(marks), ", ".join(marks.values())
    return pgtrigger.Trigger(
        name="found_as_it_is",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        func=f"""
            IF ROW({said[0]}) IS DISTINCT FROM ROW({said[1]}) THEN
                {_ENTRIES} kind = '{kind}' AND {key};
            END IF;
            UPDATE shelf_searchentry SET ({columns}) = ROW({values}),
                words = ts_delete(words, '=' || unit_code) || ('''=' || NEW.unit_code || '''')::tsvector
            WHERE kind IN ('{kind}'{of_pages}) AND {key} AND ROW({columns}) IS DISTINCT FROM ROW({values});
            RETURN NULL;
        """,  # noqa: S608 - as above
    )


_ITEM_DAY = local_day("NEW.published_at")
OF_ITEMS = [
    *_leaves("kind IN ('item', 'page')", "number = OLD.number", emptied="kind IN ('item', 'page')"),
    _changes(
        "item",
        "number = OLD.number",
        ("number", "title", "summary", "unit_name", "responsible"),
        {"unit_code": "NEW.unit_code", "category": "NEW.category", "day": _ITEM_DAY},
        of_pages=", 'page'",
    ),
]
OF_DIK = [
    *_leaves("kind = 'dik'", "key = OLD.number", emptied="kind = 'dik'"),
    _changes(
        "dik",
        "key = OLD.number",
        (
            "number",
            "information",
            "legal_basis",
            "consequence_if_open",
            "consequence_if_closed",
            "unit_name",
            "decree_number",
            "reopened_because",
            "item_number",
        ),
        {
            "unit_code": "NEW.unit_code",
            "day": "NEW.decree_date",
            "open_since": "COALESCE(NEW.reopened_on, NEW.ends_on + 1)",
        },
    ),
]
OF_SOPS = [
    *_leaves("kind = 'sop'", "key = OLD.slug || ':' || OLD.version", emptied="kind = 'sop'"),
    _changes(
        "sop",
        "key = OLD.slug || ':' || OLD.version",
        ("slug", "version", "title", "number", "steps", "theme", "unit_name"),
        {
            "unit_code": "NEW.unit_code",
            "day": "NEW.in_force_from",
            "is_current": "NEW.status = 'in_force'",
        },
    ),
]
OF_TOMBSTONES = [
    *_leaves("kind = 'tombstone'", "key = OLD.number", emptied="kind = 'tombstone'"),
    pgtrigger.Trigger(
        name="found_as_it_is",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        func=f"{_ENTRIES} kind = 'tombstone' AND key = OLD.number; RETURN NULL;",
    ),
]

_OF_FILE = """
    e.kind IN ('item', 'page') AND e.number = i.number AND i.id = OLD.item_id AND e.file_key IN ('', OLD.key)
"""
# The text of a file goes with its last place on the shelf, once the transaction is over: an item put anew has it again.
_TEXTS = ("shelf_documentpage", "shelf_documenttext")
OF_FILES = [
    pgtrigger.Trigger(
        name="found_no_more",
        when=pgtrigger.After,
        operation=pgtrigger.Delete | pgtrigger.Update,
        func=f"""
            DELETE FROM shelf_searchentry e USING shelf_publisheditem i WHERE {_OF_FILE};
            RETURN NULL;
        """,  # noqa: S608 - as above
    ),
    pgtrigger.Trigger(
        name="its_text_goes",
        when=pgtrigger.After,
        operation=pgtrigger.Delete | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        func=f"""
            IF NOT EXISTS (SELECT 1 FROM shelf_publishedfile WHERE sha256 = OLD.sha256) THEN
                {" ".join(f"DELETE FROM {table} WHERE sha256 = OLD.sha256;" for table in _TEXTS)}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 - as above
    ),
    _emptied(
        "nothing_found_once_emptied",
        f"{_ENTRIES} kind IN ('item', 'page')",
        *(f"DELETE FROM {table}" for table in _TEXTS),  # noqa: S608 - as above
    ),
]


def _never_left_alone(family: str, on: pgtrigger.Operation) -> pgtrigger.Trigger:
    return refuses(
        "never_left_alone",
        "a family of words has two at least",
        f"""
            EXISTS (SELECT 1 FROM shelf_wordfamily WHERE id = {family})
            AND (SELECT count(*) FROM shelf_familyword WHERE family_id = {family}) < 2
        """,  # noqa: S608 - as above
        on=on,
        at_commit=True,
    )


NEVER_LEFT_ALONE = {
    "family": _never_left_alone("NEW.id", pgtrigger.Insert),
    "word": _never_left_alone("OLD.family_id", pgtrigger.Delete | pgtrigger.Update),
}
