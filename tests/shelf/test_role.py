"""The portal's database role reads the shelf, and is refused everything else."""

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ProgrammingError

from ppid.shelf import portal_role
from tests import make

pytestmark = pytest.mark.django_db

# Written out, so that a table granted by mistake shows here.
SHELF = {
    "shelf_publisheditem",
    "shelf_publishedfile",
    "shelf_publishededition",
    "shelf_editionfile",
    "shelf_formerfile",
    "shelf_dikentry",
    "shelf_publishedsop",
    "shelf_publishedsopfile",
    "shelf_publishedregister",
    "shelf_publishedregisterrow",
    "shelf_publishedannex",
    "shelf_ledgermark",
    "shelf_tombstone",
    "shelf_itemcount",
    "shelf_monthcount",
    "shelf_leadtimecount",
    "shelf_monthlydownloads",
    "shelf_publishedpage",
    "shelf_publishedannouncement",
    "shelf_shelfedition",
    "shelf_readfile",
    "shelf_pagepicture",
    "shelf_boardsheet",
    "shelf_knownbytes",
    "shelf_shortaddress",
    "shelf_shelfunit",
    "shelf_searchentry",
    "shelf_searchword",
    "shelf_documenttext",
    "shelf_documentpage",
    "shelf_wordfamily",
    "shelf_familyword",
    "shelf_shownduty",
    "shelf_dutyfill",
    "shelf_dutyword",
    "shelf_dutyscore",
    "shelf_bundle",
    "shelf_bundlepart",
    "shelf_sitemappart",
    "shelf_heldfile",
}


@pytest.fixture
def as_portal():
    """Let the test speak as the portal's role, until its transaction is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.PORTAL_ROLE}")
        yield cursor
        cursor.execute("RESET ROLE")


def tables():
    return set(connection.introspection.table_names())


def test_it_reads_every_table_of_the_shelf(as_portal):
    for table in SHELF:
        as_portal.execute(f'SELECT count(*) FROM "{table}"')


def test_it_is_refused_on_every_other_table(as_portal):
    desk = tables() - SHELF
    assert {"flows_case", "flows_steprecord", "information_document", "organisation_user"} <= desk
    for table in sorted(desk):
        with pytest.raises(ProgrammingError, match="permission denied"), make.savepoint():
            as_portal.execute(f'SELECT 1 FROM "{table}" LIMIT 1')


@pytest.mark.parametrize("table", sorted(SHELF))
def test_it_writes_nothing(as_portal, table):
    column = connection.introspection.get_table_description(as_portal, table)[0].name
    for statement in (
        f'INSERT INTO "{table}" DEFAULT VALUES',
        f'DELETE FROM "{table}"',
        f'UPDATE "{table}" SET "{column}" = "{column}"',
        f'TRUNCATE "{table}" CASCADE',
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), make.savepoint():
            as_portal.execute(statement)


def test_it_makes_nothing(as_portal):
    with pytest.raises(ProgrammingError, match="permission denied"), make.savepoint():
        as_portal.execute("CREATE TABLE intruder (id int)")


# Every right that PostgreSQL knows of a table, a column and a sequence, and who has it: the server itself is asked.
RIGHTS = """
    SELECT relname, verb FROM pg_class,
        unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) verb
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
    AND (has_table_privilege(%(role)s, oid, verb)
        OR verb IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege(%(role)s, oid, verb))
    UNION ALL SELECT relname, verb FROM pg_class, unnest(ARRAY['USAGE', 'SELECT', 'UPDATE']) verb
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' AND has_sequence_privilege(%(role)s, oid, verb)
"""


def rights() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, {"role": settings.PORTAL_ROLE})
        return set(cursor.fetchall())


def test_of_all_rights_that_there_are_it_has_one_and_on_the_shelf_alone():
    assert rights() == {(table, "SELECT") for table in SHELF}


BY_HAND = [
    *("GRANT ALL ON flows_case TO {}", "GRANT SELECT (email) ON organisation_user TO {}"),
    *("GRANT TRIGGER, TRUNCATE ON shelf_publisheditem TO {}", "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {}"),
]


@pytest.mark.parametrize("who", ["ppid_portal", "PUBLIC"])
@pytest.mark.parametrize("granted", BY_HAND)
def test_what_was_granted_by_hand_is_taken_back(granted, who):
    with connection.cursor() as cursor:
        cursor.execute(granted.format(who))
    assert rights() > {(table, "SELECT") for table in SHELF}
    portal_role.grant(connection)
    assert rights() == {(table, "SELECT") for table in SHELF}


def test_it_makes_nothing_where_that_was_granted_by_hand():
    with connection.cursor() as cursor:
        cursor.execute("GRANT CREATE ON SCHEMA public TO ppid_portal")
        portal_role.grant(connection)
        cursor.execute("SELECT has_schema_privilege('ppid_portal', 'public', 'CREATE')")
        assert cursor.fetchone() == (False,)
