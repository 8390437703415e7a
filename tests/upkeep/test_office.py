"""What an export of the office holds, and what stays behind: written out by hand."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ppid.chain.models import Form
from ppid.upkeep.backups.sealing import Damaged
from ppid.upkeep.office import loading, tables
from ppid.upkeep.office.layout import sums_of
from ppid.upkeep.office.reading import NotImported, Read, refuse_another_version
from ppid.upkeep.office.reading_aids import periksa
from tests import make

pytestmark = pytest.mark.django_db
STAY = {
    *("account_emailaddress", "account_emailconfirmation", "auth_group", "auth_group_permissions", "auth_permission"),
    *("chain_noted", "chain_turn", "desk_typeddraft", "django_content_type", "django_migrations", "django_session"),
    *("health_jobrun", "health_trouble", "mfa_authenticator", "notices_calendarkey", "organisation_cityaccount"),
    *("organisation_factorrecovery", "organisation_signinsession", "organisation_signintry", "shelf_bundle"),
    *("shelf_bundlepart", "shelf_documentpage", "shelf_documenttext", "shelf_searchentry", "shelf_searchword"),
    *("socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken"),
}


def there() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name for (name,) in cursor.fetchall() if not name.startswith("procrastinate_")}


def test_every_table_but_these_goes_along():
    assert {table.name for table in tables.tables()} == there() - STAY
    assert tables.unknown_tables() == set()


def test_a_table_that_nobody_knows_is_told():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE stranger (id int)")
    assert tables.unknown_tables() == {"stranger"}


def test_what_goes_along_needs_nothing_that_stays():
    for table in tables.tables():
        for column in table.described()["columns"]:
            assert column.get("refers_to", {}).get("table") not in STAY


def test_nothing_that_the_chain_proves_stays_behind():
    going = {table.name: set(table.columns) for table in tables.tables()}
    for form in Form.objects.all():
        assert set(form.columns) <= going[form.ledger], form


def test_no_password_goes_along():
    (people,) = [table for table in tables.tables() if table.name == "organisation_user"]
    assert "password" not in people.columns
    assert people.described()["left_out"] == {"password": "cara masuk: sidik kata sandi"}


def test_each_table_and_column_says_what_it_is():
    for table in tables.tables():
        said = table.described()
        assert said["meaning"], table.name
        assert all(column["type"] and column["label"] for column in said["columns"])


def test_tables_come_after_those_that_they_refer_to():
    order = [table.name for table in tables.tables()]
    for before, after in [
        ("organisation_unit", "organisation_appointment"),
        ("information_information", "information_document"),
        ("flows_case", "flows_steprecord"),
        ("shelf_publisheditem", "shelf_publishedfile"),
    ]:
        assert order.index(before) < order.index(after)


@pytest.mark.parametrize(
    "line",
    [
        "ab  x",
        f"{'a' * 64} x",
        f"{'a' * 64}  ../x",
        f"{'a' * 64}  /etc/passwd",
        f"{'a' * 64}  a/b/c/d",
        f"{'a' * 64}  x\n{'a' * 64}  x",
    ],
)
def test_sums_that_are_none_are_refused(line):
    with pytest.raises(Damaged, match="SHA256SUMS was changed"):
        sums_of(line.encode())


def as_made_here() -> Read:
    """Return what an export of this very version says of itself."""
    from ppid.upkeep.office.making import FORMAT, _schema
    from ppid.upkeep.office.reading import MigrationLoader

    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    about = {"format": FORMAT, "migrations": [f"{app}.{name}" for app, name in known], "made_at": "x", "product": "y"}
    return Read(None, about, json.loads(json.dumps(_schema(tables.tables()))), {}, "")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda made: made.about.update(format=2), "its form is 2"),
        (lambda made: made.about["migrations"].append("flows.0099_later"), "it knows the migration flows.0099_later"),
        (lambda made: made.about["migrations"].remove("flows.0001_initial"), "this one knows the migration flows"),
        (lambda made: made.schema["tables"].pop(), "this one has the table"),
        (lambda made: made.schema["tables"][0]["columns"][0].update(type="money"), "is not .* in both"),
        (lambda made: made.schema["tables"][0]["columns"].pop(), "is not .* in both"),
    ],
)
def test_another_version_is_refused(change, sentence):
    made = as_made_here()
    refuse_another_version(made, tables.tables())
    change(made)
    with pytest.raises(NotImported, match=sentence):
        refuse_another_version(made, tables.tables())


def test_an_office_in_use_takes_in_nothing():
    with pytest.raises(NotImported, match="This installation is in use: .* holds rows"):
        loading.refuse_a_place_in_use(tables.tables())


def test_whoever_does_not_own_the_tables_brings_in_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE ppid_desk")
    with pytest.raises(NotImported, match="does not own"):
        loading.refuse_a_place_in_use(tables.tables())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--because", "  "], "--because says at whose request"),
        (["--because", "x" * 501], "500 letters at most"),
        (["--because", "x", "--key-file", "/nowhere"], "/nowhere can't be read"),
    ],
)
def test_an_export_without_reason_or_key_is_not_begun(tmp_path, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("export_office", str(tmp_path), *arguments)
    assert list(tmp_path.iterdir()) == []


def test_its_key_is_long_and_none_of_ours(tmp_path, settings):
    key = tmp_path / "key"
    key.write_text("short")
    with pytest.raises(CommandError, match="shorter than 32"):
        call_command("export_office", str(tmp_path), "--because", "x", "--key-file", str(key))
    settings.BACKUP_KEY = "the-key-of-all-backups-of-this-installation"
    key.write_text(settings.BACKUP_KEY)
    with pytest.raises(CommandError, match="one of this installation's own"):
        call_command("export_office", str(tmp_path), "--because", "x", "--key-file", str(key))


class TestPeriksa:
    """The program that goes along writes rows as PostgreSQL does."""

    @pytest.mark.parametrize(
        "value",
        [
            {"b": 1, "aa": [1.50, None, True, {"é": "ü", "zz": '\u2028\x7f\x01\t"\\/'}], "": {}},
            {"n": 10000000000000000000000.000100, "e": 1e-7, "text": "baris\nlain 😀"},
        ],
    )
    def test_it_writes_as_the_database_does(self, value):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::jsonb::text", [json.dumps(value)])
            (line,) = cursor.fetchone()
        assert periksa.written(periksa.read(line)) == line

    def test_moments_have_six_digits(self):
        assert periksa.moment("2026-11-27T18:34:07.5+00:00") == "2026-11-27T18:34:07.500000"
        assert periksa.moment("2026-11-27T18:34:07+00:00") == "2026-11-27T18:34:07.000000"


def test_what_a_case_is_can_be_read_from_the_rows_alone():
    from ppid.upkeep.office.making import rows_of

    case = make.publication(at="published")
    (cases,) = [table for table in tables.tables() if table.name == "flows_case"]
    said = [row for row in map(json.loads, rows_of(cases)) if row["id"] == case.pk]
    assert [(row["number"], row["state"]) for row in said] == [(case.number, "published")]
