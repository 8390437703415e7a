"""The desk's database role reads and writes rows, and is refused everything else; the owner signs in apart."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ProgrammingError

from ppid.shelf import desk_role
from ppid.shelf.models import LedgerMark
from tests import make
from tests.machine import machine

# Written out, so that a ledger that may be changed by whoever serves shows here.
KEPT = {
    "scanning_falsealarm",
    *("chain_form", "chain_link", "editions_editionact", "editions_editionrow", "flows_claim", "flows_confirmation"),
    *("flows_evidence", "flows_exclusionopening", "flows_headapproval", "flows_heldtime", "flows_moveddeadline"),
    *("flows_participantconfirmation", "flows_passedon", "flows_remark", "flows_signedpaper", "flows_steprecord"),
    *("flows_stillright", "flows_undoneapproval", "flows_withdrawal", "information_descriptionchange"),
    *("information_documentcleaning", "information_documentreading", "information_fillingoftest"),
    *("information_finding", "information_findinganswer", "information_itempassedon", "information_voideddecree"),
    *("organisation_appointmentchange", "organisation_orderscan", "organisation_personchange"),
    *("organisation_unitchange", "organisation_unitname", "proof_auditoruse", "proof_linkedcase", "reports_handling"),
    "proof_officemove",
    *("reports_problem", "shelf_dutyscore", "shelf_ledgermark", "shelf_publishedpage", "shelf_shortaddress"),
    *("sop_acknowledgement", "sop_sheetreview", "sop_signedsheet", "sop_soppassedon", "sop_statechange"),
    *("takeover_settleddoubt", "takeover_takeovermove"),
}
NEVER_DELETED = {
    *("flows_case", "flows_amendment", "flows_papernumber", "flows_reason", "flows_tally", "information_document"),
    *("information_exclusion", "information_information", "information_numberseries", "obligations_dutytext"),
    *("organisation_appointment", "organisation_unit", "pages_pagetext", "pages_announcement", "proof_auditorlink"),
    *("shelf_knownbytes", "shelf_shownduty", "takeover_takeover", "editions_registeredition"),
}
REFUSED = [
    "CREATE TABLE intruder (id int)",
    "CREATE TEMPORARY TABLE organisation_user (id int)",
    "CREATE SCHEMA intruder",
    "CREATE FUNCTION intruder() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE flows_case ADD COLUMN intruder int",
    "ALTER TABLE flows_steprecord DISABLE TRIGGER ALL",
    "ALTER TABLE flows_steprecord OWNER TO CURRENT_USER",
    "DROP TABLE flows_remark",
    "DROP FUNCTION public._pgtrigger_should_ignore(name)",
    "CREATE TRIGGER intruder BEFORE INSERT ON flows_case FOR EACH ROW EXECUTE FUNCTION shelf_counts_its_edition()",
    "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE sql "
    "AS 'SELECT true'",
    "CREATE INDEX intruder ON flows_case (id)",
    "SET session_replication_role = replica",
    "COPY flows_case TO PROGRAM 'cat'",
    "COPY flows_case FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('flows', 'x', now())",
]


@pytest.fixture
def as_desk(db):
    """Let the test speak as the desk's role, until its transaction is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.DESK_ROLE}")
        yield cursor
        cursor.execute("RESET ROLE")


def refused(cursor, statement: str, match: str = "permission denied|must be (owner|superuser)|only .* may") -> None:
    with pytest.raises(ProgrammingError, match=match), make.savepoint():
        cursor.execute(statement)


def test_what_is_kept_is_written_out(db):
    with connection.cursor() as cursor:
        allowed = desk_role.allowed(cursor)
    assert {table for table, verbs in allowed.items() if verbs == ("SELECT", "INSERT")} == KEPT
    assert {table for table, verbs in allowed.items() if "DELETE" not in verbs} >= KEPT | NEVER_DELETED
    assert allowed["django_migrations"] == ("SELECT",)
    assert allowed["django_session"] == allowed["procrastinate_jobs"] == ("SELECT", "INSERT", "UPDATE", "DELETE")


def test_it_empties_no_table(as_desk):
    for table in connection.introspection.table_names():
        refused(as_desk, f'TRUNCATE "{table}"')


def test_of_no_table_it_makes_triggers_or_references(db):
    """The server itself is asked: a reference reads the rows of others, a trigger runs as whoever writes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, verb FROM pg_class, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) verb
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
            AND (has_table_privilege(%(role)s, oid, verb)
                OR verb = 'REFERENCES' AND has_any_column_privilege(%(role)s, oid, verb))
            """,
            {"role": settings.DESK_ROLE},
        )
        assert cursor.fetchall() == []


# Ledgers whose rows are locked, for which PostgreSQL asks for UPDATE of one column.
LOCKED = {("reports_problem", "id"), ("shelf_ledgermark", "id")}


def test_of_a_ledger_it_may_update_one_column_where_rows_are_locked(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
            WHERE relname = ANY(%s) AND relkind = 'r' AND NOT attisdropped
            AND has_column_privilege(%s, pg_class.oid, attnum, 'UPDATE')
            """,
            [sorted(KEPT), settings.DESK_ROLE],
        )
        assert set(cursor.fetchall()) == LOCKED


def test_of_a_ledger_it_changes_and_deletes_no_row(as_desk):
    for table in sorted(KEPT):
        refused(as_desk, f'DELETE FROM "{table}"')
        column = next(each for each in columns(table) if each != "id")
        refused(as_desk, f'UPDATE "{table}" SET "{column}" = "{column}"')
    for table in sorted(NEVER_DELETED):
        refused(as_desk, f'DELETE FROM "{table}"')


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [each.name for each in connection.introspection.get_table_description(cursor, table)]


@pytest.mark.parametrize("statement", REFUSED)
def test_it_changes_nothing_of_what_the_database_is(as_desk, statement):
    refused(as_desk, statement)


# What somebody may have granted by hand, and what it lets the desk do.
BY_HAND = [
    ("GRANT TRUNCATE ON flows_steprecord TO ppid_desk", "TRUNCATE flows_steprecord CASCADE"),
    ("GRANT UPDATE ON flows_steprecord TO ppid_desk", "UPDATE flows_steprecord SET note = note"),
    ("GRANT UPDATE (note) ON flows_steprecord TO ppid_desk", "UPDATE flows_steprecord SET note = note"),
    ("GRANT DELETE ON flows_steprecord TO ppid_desk", "DELETE FROM flows_steprecord"),
    (
        "GRANT TRIGGER ON flows_case TO ppid_desk",
        "CREATE TRIGGER intruder BEFORE INSERT ON flows_case FOR EACH ROW EXECUTE FUNCTION shelf_counts_its_edition()",
    ),
    ("GRANT CREATE ON SCHEMA public TO ppid_desk", "CREATE TABLE intruder (id int)"),
    ("GRANT CREATE ON SCHEMA public TO PUBLIC", "CREATE TABLE intruder (id int)"),
    ("GRANT CREATE ON DATABASE {database} TO ppid_desk", "CREATE SCHEMA intruder"),
    ("GRANT CREATE ON DATABASE {database} TO PUBLIC", "CREATE SCHEMA intruder"),
    ("GRANT TEMPORARY ON DATABASE {database} TO ppid_desk", "CREATE TEMPORARY TABLE intruder (id int)"),
    ("GRANT TEMPORARY ON DATABASE {database} TO PUBLIC", "CREATE TEMPORARY TABLE intruder (id int)"),
]


@pytest.mark.parametrize(("granted", "statement"), BY_HAND)
def test_what_was_granted_by_hand_is_taken_back(granted, statement, db):
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(granted.format(database=database))
        desk_role.grant(connection)
        cursor.execute(f"SET LOCAL ROLE {settings.DESK_ROLE}")
        refused(cursor, statement, "permission denied")
        cursor.execute("RESET ROLE")


def test_it_leaves_no_trigger_aside(as_desk, db):
    case = make.publication()
    move = f"UPDATE flows_case SET state = 'published' WHERE id = {case.pk}"
    for aside in ("{}", "{" + ",".join(names("flows_case")) + "}"):
        as_desk.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [aside])
        with pytest.raises(ProgrammingError, match="a case moves with its ledger row only"), make.savepoint():
            as_desk.execute(move)


def test_the_owner_still_can_as_the_tests_do(db):
    case = make.publication()
    with make.savepoint(undo=True), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names("flows_case")) + "}"])
        cursor.execute(f"UPDATE flows_case SET state = 'published' WHERE id = {case.pk}")
        assert cursor.rowcount == 1


def names(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
        return [name for (name,) in cursor.fetchall()]


def test_rows_that_never_change_can_be_locked(as_desk, db):
    list(LedgerMark.objects.select_for_update())


def test_every_flow_walks_as_this_role(as_desk, db):
    make.publication(at="published")
    make.adopted()
    make.person("operator")
    as_desk.execute("SELECT current_user::text")
    assert as_desk.fetchone() == (settings.DESK_ROLE,)


@pytest.fixture(scope="module")
def office(short_folder):
    """A machine whose database administrator ran ``deploy/roles.sql``, prepared."""
    with machine(short_folder / "one") as one:
        assert "administrator" not in one.managed("prepare", served=True)
        yield one


class TestSigningIn:
    """Each role signs in by itself, as on a real server."""

    @pytest.mark.parametrize(
        "statement",
        [
            *("SET ROLE ppid_owner", "SET ROLE postgres", "SET SESSION AUTHORIZATION ppid_owner"),
            *(
                "CREATE DATABASE intruder",
                "CREATE ROLE intruder",
                "ALTER ROLE ppid SUPERUSER",
                "ALTER SYSTEM SET work_mem = 1",
            ),
            *("GRANT ppid_owner TO ppid", "ALTER DATABASE ppid OWNER TO ppid", "TRUNCATE flows_case CASCADE"),
            *("SET session_replication_role = replica", "ALTER TABLE flows_case DISABLE TRIGGER ALL"),
            "CREATE TEMPORARY TABLE organisation_user (id int)",
        ],
    )
    @pytest.mark.parametrize("who", ["ppid", "ppid_web"])
    def test_nobody_who_serves_becomes_more(self, office, who, statement):
        with psycopg.connect(office.url(who), autocommit=True) as signed_in, pytest.raises(psycopg.Error):
            signed_in.execute(statement)

    def test_the_portal_reads_nothing_of_the_desk(self, office):
        with psycopg.connect(office.url("ppid_web"), autocommit=True) as signed_in:
            signed_in.execute("SELECT count(*) FROM shelf_publisheditem")
            for table in ("flows_case", "organisation_user", "django_session", "procrastinate_jobs"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    signed_in.execute(f"SELECT count(*) FROM {table}")

    def test_the_doctor_finds_it_good_and_says_what_was_granted_besides(self, office):
        good = "Cara masuk meja hanya membaca dan menulis baris"
        assert good in office.manage("doctor", served=True).stdout.decode()
        with psycopg.connect(office.url("postgres"), autocommit=True) as administrator:
            administrator.execute("GRANT TRUNCATE ON flows_case TO ppid")
            administrator.execute("GRANT pg_read_all_data TO ppid")
            said = office.manage("doctor", served=True).stdout.decode()
            assert (
                "boleh lebih dari membaca dan menulis baris: dapat menjadi pg_read_all_data, TRUNCATE flows_case"
                in said
            )
            administrator.execute("REVOKE TRUNCATE ON flows_case FROM ppid")
            administrator.execute("REVOKE pg_read_all_data FROM ppid")
            administrator.execute("REVOKE INSERT ON flows_case FROM ppid_desk")
            assert "kekurangan hak: INSERT flows_case" in office.manage("doctor", served=True).stdout.decode()
        office.managed("prepare", served=True)
        assert good in office.manage("doctor", served=True).stdout.decode()

    def test_an_owner_who_serves_is_told(self, office):
        said = office.manage("doctor").stdout.decode()
        assert "boleh lebih dari membaca dan menulis baris" in said
        assert "memiliki basis data" in said
