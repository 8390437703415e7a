"""What the start looks for on the shelf before anybody is let in."""

from django.db import connection

from ppid.shelf.checks import portal_reads_the_shelf_alone


def test_the_start_tells_a_table_that_is_missing_as_after_an_update_before_prepare(committed_database):
    assert portal_reads_the_shelf_alone(databases=["portal"]) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shelf_tombstone RENAME TO elsewhere")
        cursor.execute("REVOKE SELECT ON elsewhere FROM ppid_portal")
    assert "shelf_tombstone is missing" in portal_reads_the_shelf_alone(databases=["portal"])[0].msg
