"""The portal's database role reads the shelf, and is refused everything else."""

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ProgrammingError

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
    for statement in (f'DELETE FROM "{table}"', f'UPDATE "{table}" SET id = id', f'TRUNCATE "{table}" CASCADE'):
        with pytest.raises(ProgrammingError), make.savepoint():
            as_portal.execute(statement)


def test_it_makes_nothing(as_portal):
    with pytest.raises(ProgrammingError), make.savepoint():
        as_portal.execute("CREATE TABLE intruder (id int)")
