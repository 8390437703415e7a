"""What an export of the office holds, and what stays behind: written out by hand."""

import hashlib
import json
import tarfile

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from ppid.chain.models import Form
from ppid.upkeep.backups import restoring
from ppid.upkeep.backups.restoring import NotRestored
from ppid.upkeep.backups.sealing import MAGIC, Damaged, Key
from ppid.upkeep.backups.sets import StreamWriter
from ppid.upkeep.office import loading, tables
from ppid.upkeep.office.layout import OpenFolder, PlainFolder, opened, sums_of
from ppid.upkeep.office.reading import NotImported, Read, read, refuse_another_version
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


def test_every_sequence_goes_along_but_of_what_stays():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        found = {name for (name,) in cursor.fetchall() if not name.startswith("procrastinate_")}
    assert tables.sequences() == found - {f"{table}_id_seq" for table in STAY}
    assert "flows_case_id_seq" in found


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


def test_where_somebody_began_to_work_meanwhile_not_even_their_files_are_touched(tmp_path, settings):
    settings.PRIVATE_FILES, settings.PUBLIC_FILES = tmp_path / "private", tmp_path / "public"
    (tmp_path / "private" / "ab").mkdir(parents=True)
    (tmp_path / "private" / "ab" / "theirs").write_text("x")
    with pytest.raises(NotImported, match="This installation is in use"):
        loading.load(None, tables.tables(), (), account="a", because="b", forgiving=False)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["theirs"]


def test_what_is_asked_under_the_lock_is_asked_again():
    """Others may write until then, and nobody after it."""
    with transaction.atomic():
        loading._keep_others_out(tables.tables())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(DISTINCT relation) FROM pg_locks WHERE mode = 'ShareRowExclusiveLock' AND granted"
            )
            assert cursor.fetchone()[0] == len(tables.tables())


def test_one_place_is_not_filled_by_two_at_once(tmp_path):
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_advisory_lock(hashtext('ppid.upkeep.filling'))")
        with pytest.raises(NotRestored, match="is being restored or brought in here already"), restoring.alone():
            pytest.fail("it went on")
        with pytest.raises(CommandError, match="is being restored or brought in here already"):
            call_command("import_office", str(tmp_path), "--because", "Pindah")
        other.execute("SELECT pg_advisory_unlock(hashtext('ppid.upkeep.filling'))")
        with restoring.alone():
            pass
        with restoring.alone():
            pass
        free = other.execute("SELECT pg_try_advisory_lock(hashtext('ppid.upkeep.filling'))").fetchone()
        assert free == (True,), "whoever comes next may begin"


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
        (["--because", "a\u202eb"], "--because takes"),
        (["--because", "x", "--key-file", "/nowhere"], "/nowhere can't be read"),
    ],
)
def test_an_export_without_reason_or_key_is_not_begun(tmp_path, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("export_office", str(tmp_path), *arguments)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a\nb", "a\u202eb", "a\udcffb"])
def test_a_place_that_nobody_could_read_in_the_ledger_is_refused(tmp_path, name):
    for command in ("export_office", "import_office"):
        with pytest.raises(CommandError, match="holds a sign that can't be printed"):
            call_command(command, str(tmp_path / name), "--because", "x")


@pytest.mark.parametrize("name", ["nothing", "/dev/null"])
def test_what_is_no_export_is_refused(tmp_path, name):
    with pytest.raises(CommandError, match="There is no export at"):
        call_command("import_office", str(tmp_path / name), "--because", "x")


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 100_000, MAGIC, MAGIC + b"x" * 100_000])
def test_a_file_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "kantor.tar"
    path.write_bytes(content)
    with pytest.raises(Damaged, match=r"^(The stream|kantor\.tar) was "):
        read(opened(path, Key("a-key-of-this-export-alone-told-to-who-takes-it")))


class TestAFolderThatSomebodyMadeUp:
    """Every sum fits; what it says of itself does not."""

    def made_up(self, folder, **said) -> OpenFolder:
        """Return an export without a row, in which ``said`` stands in place of what this house writes."""
        whole = as_made_here()
        about = {"kind": "ppid office", "office": "x", "rows": {}, "sequences": {}, "files": 0, "lost": []}
        about |= {"chain": None} | whole.about
        schema = {"tables": []}
        for name, value in said.items():
            (schema if name == "tables" else about)[name] = value
        texts = {"kantor.json": json.dumps(about), "schema.json": json.dumps(schema)}
        if "text" in said:
            texts["kantor.json"] = said["text"]
        sums = [f"{hashlib.sha256(text.encode()).hexdigest()}  {name}" for name, text in texts.items()]
        for name, text in {**texts, "SHA256SUMS": "\n".join(sums) + "\n"}.items():
            (folder / name).write_text(text)
        return opened(folder, None)

    def test_one_as_we_write_it_is_read(self, tmp_path):
        assert read(self.made_up(tmp_path)).about["office"] == "x"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("kind", "else"),
            ("office", None),
            ("made_at", 3),
            ("product", {}),
            ("format", "1"),
            ("format", True),
            ("migrations", [[]]),
            ("migrations", None),
            ("rows", {"flows_case": "3"}),
            ("rows", []),
            ("sequences", {"flows_case_id_seq": "3; DROP TABLE"}),
            ("sequences", None),
            ("lost", [1]),
            ("files", None),
            ("chain", {}),
            ("chain", {"position": "1", "hash": "x"}),
            ("tables", [{}]),
            ("tables", {"x": 1}),
            ("tables", [{"table": "flows_case", "member": "tables/001.ndjson", "columns": []}]),
            ("tables", [{"table": "flows_case", "member": "../../etc/passwd", "columns": []}]),
            ("tables", [{"table": "x", "member": "schema.json", "columns": [{"name": 1, "type": ""}]}]),
            ("text", "[" * 100_000),
            ("text", "1" * 10_000),
            ("text", "null"),
            ("text", "{"),
        ],
    )
    def test_what_can_not_be_understood_is_refused_in_a_sentence(self, tmp_path, name, value):
        export = self.made_up(tmp_path, **{name: value})
        with pytest.raises(Damaged, match=r"can't be understood|is none of an office|which is not there"):
            read(export)

    def test_two_tables_do_not_lie_in_one_member(self, tmp_path):
        tables = [{"table": name, "member": "schema.json", "columns": []} for name in ("a", "b")]
        with pytest.raises(Damaged, match="is none of an office"):
            read(self.made_up(tmp_path, rows={"a": 0, "b": 0}, tables=tables))

    def test_a_file_lies_under_its_own_sha256(self, tmp_path):
        export = self.made_up(tmp_path)
        name = f"files/ab/ab{'0' * 62}"
        (tmp_path / "files" / "ab").mkdir(parents=True)
        (tmp_path / name).write_bytes(b"words")
        with (tmp_path / "SHA256SUMS").open("a") as sums:
            sums.write(f"{hashlib.sha256(b'words').hexdigest()}  {name}\n")
        with pytest.raises(Damaged, match=f"{name} does not lie under its own SHA-256"):
            read(export)

    def test_what_says_nothing_of_itself_is_none(self, tmp_path):
        with pytest.raises(Damaged, match=r"kantor\.json is missing: it is no export of an office"):
            read(opened(tmp_path, None))

    def test_nothing_is_there_twice(self, tmp_path):
        with (tmp_path / "kantor.tar").open("wb") as file:
            writer = StreamWriter(file, None)
            for content in (b"one", b"two"):
                writer.put("x", [content], 3)
            writer.finish(b"", "SHA256SUMS")
        with pytest.raises(Damaged, match="x is there twice"):
            read(opened(tmp_path / "kantor.tar", None))

    def test_links_lead_nowhere(self, tmp_path):
        export = self.made_up(tmp_path)
        (tmp_path / "passwd").symlink_to("/etc/passwd")
        with pytest.raises(Damaged, match="passwd is no file of an export"):
            read(export)

    @pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
    def test_nor_do_they_in_a_stream(self, tmp_path, kind):
        with (tmp_path / "kantor.tar").open("wb") as file:
            writer = StreamWriter(file, None)
            link = tarfile.TarInfo("files/x")
            link.type, link.linkname = kind, "/etc/passwd"
            writer._tar.addfile(link)
            writer.finish(b"", "SHA256SUMS")
        with pytest.raises(Damaged, match="files/x in kantor.tar is no file"):
            read(opened(tmp_path / "kantor.tar", None))


def test_its_key_is_long_and_none_of_ours(tmp_path, settings):
    key = tmp_path / "key"
    key.write_text("short")
    with pytest.raises(CommandError, match="shorter than 32"):
        call_command("export_office", str(tmp_path), "--because", "x", "--key-file", str(key))
    settings.BACKUP_KEY = "the-key-of-all-backups-of-this-installation"
    key.write_text(settings.BACKUP_KEY)
    with pytest.raises(CommandError, match="one of this installation's own"):
        call_command("export_office", str(tmp_path), "--because", "x", "--key-file", str(key))
    settings.SECRET_KEY = "the-secret-of-this-installation-that-signs-sessions"
    key.write_text(settings.SECRET_KEY)
    with pytest.raises(CommandError, match="one of this installation's own"):
        call_command("export_office", str(tmp_path), "--because", "x", "--key-file", str(key))


def test_an_export_is_not_written_among_the_files_that_it_holds(settings):
    for place in (settings.PRIVATE_FILES, settings.PUBLIC_FILES):
        with pytest.raises(CommandError, match="lies among the files that are exported"):
            call_command("export_office", str(place / "kantor"), "--because", "x")


def test_a_table_that_changed_since_it_was_read_or_ends_in_a_row_is_told():
    made = Read(None, {}, {}, {"tables/001.ndjson": hashlib.sha256(b"{}\n").hexdigest()}, "")
    assert list(loading._same("tables/001.ndjson", [b"{}\n"], made)) == [b"{}\n"]
    with pytest.raises(Damaged, match="was changed while it was brought in"):
        list(loading._same("tables/001.ndjson", [b"[]\n"], made))
    assert list(loading._batches([b'{"a": ', b"1}\n{}\n"])) == [[b'{"a": 1}', b"{}"]]
    with pytest.raises(Damaged, match="ends in the middle of a row"):
        list(loading._batches([b"{}\n{"]))


def test_only_its_owner_reads_a_plain_export_while_and_once_it_is_written(tmp_path):
    writer = PlainFolder(tmp_path / "kantor")
    writer.put("x", [b"words"], 5)
    assert writer.half.stat().st_mode & 0o777 == 0o700
    writer.finish(b"", "SHA256SUMS")
    assert (tmp_path / "kantor").stat().st_mode & 0o777 == 0o700


class TestPeriksa:
    """The program that goes along writes rows as PostgreSQL does, and proves the chain over them."""

    NAMES = ("chain_form", "chain_link", "shelf_ledgermark", "notes")

    def small(self, folder, change=lambda rows, about: None, last=lambda folder: None) -> list[str]:
        """Return what it finds in an office of two notes, after a change that every sum and count goes along with."""
        rows = {name: [] for name in self.NAMES}
        rows["chain_form"] = [{"id": 1, "ledger": "notes", "part": "written", "columns": ["id", "text"], "mark": ""}]
        rows["notes"] = [{"id": 1, "text": "satu"}, {"id": 2, "text": "dua"}]
        before = "0" * 64
        for nth, row in enumerate(rows["notes"], start=1):
            digest = periksa.sha256(periksa.written({"id": periksa.Number(nth), "text": row["text"]}))
            said = [before, nth, "notes", nth, "written", 1, digest, "2026-11-27T10:00:00.000000"]
            before = periksa.sha256("\n".join(map(str, said)))
            link = dict(zip(("position", "ledger", "row_id", "part", "form_id", "digest"), said[1:7], strict=True))
            rows["chain_link"].append(link | {"at": "2026-11-27T10:00:00+00:00", "hash": before})
        rows["shelf_ledgermark"] = [{"id": 1, "day": "2026-11-27", "position": 2, "hash": before}]
        about = {"chain": {"position": 2, "hash": before}, "rows": {name: len(rows[name]) for name in self.NAMES}}
        change(rows, about)
        texts = {"kantor.json": json.dumps(about)}
        texts["schema.json"] = json.dumps({"tables": [{"table": name, "member": name} for name in self.NAMES]})
        texts |= {name: "".join(f"{json.dumps(row)}\n" for row in rows[name]) for name in self.NAMES}
        for name, text in texts.items():
            (folder / name).write_text(text)
        sums = [f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in texts.items()]
        (folder / "SHA256SUMS").write_text("".join(sums))
        last(folder)
        return list(periksa.faults(folder, [f"1:{rows['chain_link'][0]['hash']}"] if rows["chain_link"] else []))

    def test_what_is_whole_is_whole(self, tmp_path):
        assert self.small(tmp_path) == []

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (lambda rows, about: rows["notes"][0].update(text="SATU"), "notes nomor 1 diubah"),
            (lambda rows, about: rows["notes"].pop(), "notes memuat 1 baris, bukan 2"),
            (lambda rows, about: (rows["notes"].pop(), about["rows"].update(notes=1)), "notes nomor 2 dihapus"),
            (
                lambda rows, about: (rows["notes"].append({"id": 3, "text": "x"}), about["rows"].update(notes=3)),
                "notes nomor 3 tidak tercatat dalam rantai",
            ),
            (lambda rows, about: rows["chain_link"][1].update(digest="0" * 64), "sidik rantainya tidak cocok"),
            (lambda rows, about: rows["chain_link"].pop(), "Rantai berakhir pada catatan ke-1, bukan pada"),
            (lambda rows, about: rows["chain_link"].pop(0), "Catatan ke-1 hilang dari rantai"),
            (lambda rows, about: about["chain"].update(hash="0" * 64), "Rantai berakhir pada catatan ke-2"),
            (
                lambda rows, about: rows["shelf_ledgermark"][0].update(hash="0" * 64),
                "Tanda 2026-11-27: rantai sampai catatan itu pernah ditulis ulang",
            ),
            (
                lambda rows, about: rows["shelf_ledgermark"][0].update(position=9),
                "Tanda 2026-11-27: rantai tidak memiliki catatan itu",
            ),
            (lambda rows, about: rows["chain_link"][0].update(at="kemarin"), "tidak dapat dipahami"),
            (lambda rows, about: about.pop("rows"), "tidak dapat dipahami"),
            (lambda rows, about: rows["chain_form"].append([]), "tidak dapat dipahami"),
        ],
    )
    def test_what_is_not_is_told(self, tmp_path, change, sentence):
        assert any(sentence in said for said in self.small(tmp_path, change))

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (lambda folder: (folder / "more").write_text("x"), "more bukan bagian dari kumpulan ini"),
            (lambda folder: (folder / "link").symlink_to("/etc"), "link bukan bagian dari kumpulan ini"),
            (lambda folder: (folder / "notes").unlink(), "notes tidak terbaca"),
            (lambda folder: (folder / "notes").write_text("x"), "notes diubah"),
            (lambda folder: (folder / "SHA256SUMS").write_text("x  y"), "SHA256SUMS diubah"),
            (lambda folder: (folder / "SHA256SUMS").write_text(f"{'a' * 64}  ../x"), "SHA256SUMS diubah"),
            (lambda folder: (folder / "SHA256SUMS").unlink(), "SHA256SUMS tidak terbaca"),
        ],
    )
    def test_files_that_are_others_are_told(self, tmp_path, change, sentence):
        assert any(sentence in said for said in self.small(tmp_path, last=change))

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
