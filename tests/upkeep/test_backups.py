"""Sealed files and sets: whatever is changed, cut or taken from elsewhere is told, and nothing is touched by it."""

import hashlib
import shutil
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.core.management import CommandError
from django.db import OperationalError, connection
from hypothesis import given
from hypothesis import strategies as st

from ppid import backup_marks
from ppid.content_store import FolderStore
from ppid.upkeep.backups import keeping, programs, restoring, sealing, sets
from ppid.upkeep.backups.reading import faults
from ppid.upkeep.backups.restoring import NotRestored, refuse_a_newer_one
from ppid.upkeep.backups.sealing import Damaged, Key
from ppid.upkeep.backups.sets import FolderWriter, StreamWriter, opened
from ppid.upkeep.backups.snapshot import counted, snapshot
from ppid.upkeep.stores import all_stores
from tests.upkeep.a_set import CONTENT, KEY, OTHER, files_of, sealed, told, unsealed, write

SEALED = "It is sealed: name the key that it was made with (BACKUP_KEY_FILE; of an export of the office --key-file)."
SMALL = 64  # so that a few bytes are many pieces


@pytest.fixture(autouse=True, scope="module")
def small_pieces():
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sealing, "PIECE", SMALL)
        yield


class TestSealing:
    @given(st.lists(st.binary(max_size=3 * SMALL), max_size=6))
    def test_what_is_sealed_comes_back_however_it_was_cut(self, chunks):
        found = b"".join(sealing.seal(KEY, "x", chunks))
        assert unsealed(found) == b"".join(chunks)
        assert len(found) == sealing.sealed_size(len(b"".join(chunks)))

    @given(st.binary(max_size=5 * SMALL), st.data())
    def test_a_byte_that_is_changed_anywhere_is_told(self, content, data):
        found = bytearray(sealed(content))
        found[data.draw(st.integers(0, len(found) - 1))] ^= data.draw(st.integers(1, 255))
        with pytest.raises(Damaged):
            unsealed(bytes(found))

    @given(st.binary(max_size=5 * SMALL), st.data())
    def test_a_file_that_is_cut_short_anywhere_is_told(self, content, data):
        found = sealed(content)
        with pytest.raises(Damaged):
            unsealed(found[: data.draw(st.integers(0, len(found) - 1))])

    @pytest.mark.parametrize("pieces", [1, 2])
    def test_a_file_that_is_cut_short_between_two_pieces_is_told(self, pieces):
        head, piece = len(sealed(b"")) - 16, SMALL + 16
        with pytest.raises(Damaged, match="cut short or changed"):
            unsealed(sealed(bytes(3 * SMALL))[: head + pieces * piece])

    @given(st.binary(max_size=3 * SMALL), st.binary(min_size=1, max_size=2 * SMALL))
    def test_nothing_is_added(self, content, more):
        with pytest.raises(Damaged):
            unsealed(sealed(content) + more)

    def test_pieces_are_not_put_elsewhere(self):
        found, head, piece = sealed(bytes(4 * SMALL)), len(sealed(b"")) - 16, SMALL + 16
        swapped = found[:head] + found[head + piece : head + 2 * piece] + found[head : head + piece]
        with pytest.raises(Damaged, match="cut short or changed"):
            unsealed(swapped + found[head + 2 * piece :])

    def test_a_file_under_another_name_and_with_another_key_is_told(self):
        with pytest.raises(Damaged, match="changed"):
            unsealed(sealed(b"words"), name="y")
        with pytest.raises(Damaged, match="another key"):
            unsealed(sealed(b"words"), key=OTHER)

    def test_the_same_bytes_are_never_sealed_alike_and_names_tell_nothing(self):
        assert sealed(b"words") != sealed(b"words")
        assert b"words" not in sealed(b"words")
        sha256 = hashlib.sha256(b"words").hexdigest()
        assert KEY.name(sha256) not in (sha256, OTHER.name(sha256))


@pytest.fixture(params=["folder", "sealed folder", "stream", "sealed stream"], scope="class")
def whole(request, tmp_path_factory) -> tuple[Path, Key | None]:
    """A set, and the key that it wants."""
    place, key = tmp_path_factory.mktemp("backups"), KEY if "sealed" in request.param else None
    if "folder" in request.param:
        write(FolderWriter(place, "2026-11-27_001000", key))
        return place / "2026-11-27_001000", key
    with (place / "ppid.tar").open("wb") as stream:
        write(StreamWriter(stream, key))
    return place / "ppid.tar", key


class TestASet:
    def test_it_is_whole(self, whole):
        assert told(*whole) == []

    def test_a_byte_that_is_changed_anywhere_is_told(self, whole):
        path, key = whole
        for file in files_of(path):
            content = file.read_bytes()
            for place in range(0, len(content), max(1, len(content) // 150)):
                file.write_bytes(content[:place] + bytes([content[place] ^ 0x41]) + content[place + 1 :])
                assert told(path, key), f"{file.name} at {place}"
            file.write_bytes(content)
        assert told(path, key) == []

    def test_whatever_is_cut_short_or_missing_is_told(self, whole):
        path, key = whole
        for file in files_of(path):
            content = file.read_bytes()
            for place in {0, 1, len(content) // 3, len(content) // 2, len(content) - 1}:
                file.write_bytes(content[:place])
                assert told(path, key), f"{file.name} up to {place}"
            if path.is_dir():
                file.unlink()
                assert told(path, key), f"{file.name} missing"
            file.write_bytes(content)

    @pytest.mark.parametrize(
        ("promised", "sentence"),
        [
            ("a member", "settings.tar is missing."),
            ("a number", "files.txt names 2 files, 3 were backed up."),
            ("a file", f"files/{'ab' * 32} is missing."),
        ],
    )
    def test_what_is_promised_and_is_not_there_is_told(self, tmp_path, promised, sentence):
        with (tmp_path / "x.tar").open("wb") as stream:
            write(StreamWriter(stream, None), promises=promised)
        assert told(tmp_path / "x.tar", None) == [sentence]

    @pytest.mark.parametrize("name", ["database/000009", f"files/{hashlib.sha256(b'more').hexdigest()}", "files/x"])
    def test_what_is_nobodys_is_told(self, tmp_path, name):
        with (tmp_path / "x.tar").open("wb") as stream:
            writer = StreamWriter(stream, None)
            writer.put(name, [b"more"], 4)
            write(writer)
        assert told(tmp_path / "x.tar", None) == [f"{name} is no part of this backup."]

    @pytest.mark.parametrize("manifest", [b"{", b"[]", b"7", b'{"format": 1}'])
    def test_a_manifest_that_does_not_say_what_ours_say_is_none(self, tmp_path, manifest):
        with (tmp_path / "x.tar").open("wb") as stream:
            StreamWriter(stream, None).finish(manifest)
        assert told(tmp_path / "x.tar", None) == ["manifest.json is none."]

    def test_a_stream_without_a_manifest_is_told(self, tmp_path):
        with (tmp_path / "x.tar").open("wb") as stream:
            StreamWriter(stream, None).finish(b"x", "else")
        assert told(tmp_path / "x.tar", None) == ["x.tar holds no manifest.json."]

    def test_what_ends_with_its_sha256_and_is_no_tar_is_told(self, tmp_path):
        content = b"no tar" * 200
        (tmp_path / "x.tar").write_bytes(content + f"SHA256 {hashlib.sha256(content).hexdigest()}\n".encode())
        [sentence] = told(tmp_path / "x.tar", None)
        assert sentence.startswith("x.tar was cut short or changed: ")

    def test_a_sum_that_is_no_sum_is_not_read_to_its_end(self, tmp_path):
        write(FolderWriter(tmp_path, "2026-11-01_001000", None))
        (tmp_path / "2026-11-01_001000" / "SHA256").write_bytes(b"0" * 300)
        assert told(tmp_path / "2026-11-01_001000", None) == ["SHA256 is far too large."]

    def test_a_stream_is_read_to_its_last_piece_also_where_its_members_end_before(self, tmp_path):
        with (tmp_path / "x.tar").open("wb") as stream:
            writer = StreamWriter(stream, KEY)
            writer.put("x", [bytes((1 << 20) - 4 * 512)], (1 << 20) - 4 * 512)  # a megabyte with all that ends a tar
            writer.finish(b"y", "y")

        def names() -> list[str]:
            return [name for name, content in sets.Stream(tmp_path / "x.tar", KEY).members("") if list(content)]

        assert names() == ["x", "y"]
        whole = (tmp_path / "x.tar").read_bytes()
        (tmp_path / "x.tar").write_bytes(whole[: -(SMALL + 16)])
        with pytest.raises(Damaged, match="cut short or changed"):
            names()

    def test_a_file_that_changes_after_the_set_was_read_is_not_laid(self, tmp_path):
        write(FolderWriter(tmp_path, "2026-11-01_001000", None))
        one = opened(tmp_path / "2026-11-01_001000", None)
        assert list(faults(one)) == []
        next(tmp_path.glob("files/??/*")).write_bytes(b"other bytes")
        empty = FolderStore(tmp_path / "store")
        with pytest.raises(Damaged):
            restoring._lay_files(one, [SimpleNamespace(name="documents", files=empty)])
        assert hashlib.sha256(b"other bytes").hexdigest() not in set(empty.names())

    def test_without_its_key_or_with_another_it_is_a_sentence(self, whole):
        path, key = whole
        if key is None:
            assert told(path, OTHER) == [], "a key that is not needed is not asked"
            return
        assert told(path, None) == [SEALED]
        assert "another key" in told(path, OTHER)[0]


class TestAFolderOfManyDays:
    def names(self, place) -> list[str]:
        return [path.name for path in keeping.sets_in(place)]

    def test_files_are_kept_once_for_all_days_and_go_with_the_last_that_names_them(self, tmp_path):
        for day in (1, 2, 3):
            write(FolderWriter(tmp_path, f"2026-11-0{day}_001000", KEY))
        assert len([each for each in (tmp_path / "files").rglob("*") if each.is_file()]) == 2
        (tmp_path / "files" / "ab").mkdir(exist_ok=True)
        (tmp_path / "files" / "ab" / "abandoned").touch()
        keeping.keep_only(tmp_path, days=1, months=0)
        assert self.names(tmp_path) == ["2026-11-03_001000"]
        assert keeping.sweep_files(tmp_path, KEY) == 1
        assert told(tmp_path / "2026-11-03_001000", KEY) == []

    def test_the_newest_days_are_kept_and_the_last_of_each_month(self, tmp_path):
        for name in ("2026-08-30", "2026-08-31", "2026-09-30", "2026-10-01", "2026-10-30", "2026-11-01", "2026-11-02"):
            (tmp_path / f"{name}_001000").mkdir()
        keeping.keep_only(tmp_path, days=2, months=3)
        kept = [name[:10] for name in self.names(tmp_path)]
        assert kept == ["2026-09-30", "2026-10-30", "2026-11-01", "2026-11-02"]

    def test_without_months_the_newest_days_alone_are_kept(self, tmp_path):
        for name in ("2026-09-30", "2026-10-30", "2026-11-01", "2026-11-02"):
            (tmp_path / f"{name}_001000").mkdir()
        keeping.keep_only(tmp_path, days=1, months=0)
        assert self.names(tmp_path) == ["2026-11-02_001000"]

    def test_a_set_that_goes_bears_no_sets_name_while_it_goes(self, tmp_path, monkeypatch):
        for name in ("2026-11-01", "2026-11-02"):
            (tmp_path / f"{name}_001000").mkdir()

        def killed(*args):
            raise KeyboardInterrupt

        monkeypatch.setattr(shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            keeping.keep_only(tmp_path, days=1, months=0)
        assert self.names(tmp_path) == ["2026-11-02_001000"]

    def test_files_of_a_set_that_is_not_sealed_stay_once_later_ones_are(self, tmp_path):
        write(FolderWriter(tmp_path, "2026-11-01_001000", None))
        write(FolderWriter(tmp_path, "2026-11-02_001000", KEY))
        assert keeping.sweep_files(tmp_path, KEY) == 0
        assert told(tmp_path / "2026-11-01_001000", None) == []
        assert told(tmp_path / "2026-11-02_001000", KEY) == []

    def test_a_sealed_file_that_an_earlier_set_holds_is_not_written_again(self, tmp_path):
        def written() -> dict[str, int]:
            return {path.name: path.stat().st_ino for path in (tmp_path / "files").glob("??/*")}

        write(FolderWriter(tmp_path, "2026-11-01_001000", KEY))
        before = written()
        write(FolderWriter(tmp_path, "2026-11-02_001000", KEY))
        assert written() == before

    def test_only_its_owner_and_their_group_read_a_backup(self, tmp_path):
        write(FolderWriter(tmp_path, "2026-11-01_001000", None))
        for folder in ("2026-11-01_001000", "files"):
            assert (tmp_path / folder).stat().st_mode & 0o007 == 0
        assert {path.stat().st_mode & 0o777 for path in (tmp_path / "files").glob("??/*")} == {0o640}

    def test_nothing_is_swept_while_a_set_cannot_be_read(self, tmp_path):
        write(FolderWriter(tmp_path, "2026-11-01_001000", KEY))
        write(FolderWriter(tmp_path, "2026-11-02_001000", None))
        with pytest.raises(Damaged, match="2026-11-01_001000 can't be read"):
            keeping.sweep_files(tmp_path, OTHER)
        assert told(tmp_path / "2026-11-01_001000", KEY) == []

    def test_what_a_killed_one_left_bears_no_sets_name_and_is_swept_by_the_next(self, tmp_path):
        write(FolderWriter(tmp_path, "2026-11-01_001000", None))
        killed = FolderWriter(tmp_path, "2026-11-02_001000", None)
        killed.put("database/000001", [b"half"], 4)
        (tmp_path / "files" / f"{sets.HALF}abc").touch()
        assert self.names(tmp_path) == ["2026-11-01_001000"]
        with keeping.held(tmp_path):
            assert not list(tmp_path.rglob(f"*{sets.HALF}*"))
            with pytest.raises(keeping.Busy), keeping.held(tmp_path):
                pass
        assert told(tmp_path / "2026-11-01_001000", None) == []


def test_one_of_a_newer_version_is_refused(db, tmp_path):
    write(FolderWriter(tmp_path, "2026-11-01_001000", None))
    one = opened(tmp_path / "2026-11-01_001000", None)
    refuse_a_newer_one(one)
    for newer, words in (
        ({"format": 2}, "made by a newer version"),
        ({"migrations": ["flows.0099_from_tomorrow"]}, r"it knows flows\.0099_from_tomorrow"),
        ({"postgresql": 99}, "PostgreSQL 99"),
    ):
        was = dict(one.manifest)
        one.manifest.update(newer)
        with pytest.raises(NotRestored, match=words):
            refuse_a_newer_one(one)
        one.manifest.update(was)


@pytest.mark.django_db
def test_rows_and_counters_that_are_others_than_the_backup_says_are_told():
    one = SimpleNamespace(manifest=counted())
    rows, counters = one.manifest["rows"], one.manifest["sequences"]
    assert restoring.differences(one) == []
    counters["organisation_unit_id_seq"] = 1  # what stands further gives no number twice
    assert restoring.differences(one) == []
    here = rows["organisation_unit"]
    rows["organisation_unit"], rows["gone"], counters["gone_seq"] = here + 1, 3, 7
    assert restoring.differences(one) == [
        f"organisation_unit holds {here} rows, not {here + 1}.",
        "gone holds no rows, not 3.",
        "The sequence gone_seq stands at None, before 7.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made", "named"),
    [
        ("CREATE TABLE rest (id int)", "public.rest"),
        ("CREATE SCHEMA other CREATE TABLE rest (id int)", "other.rest"),
        ("CREATE FUNCTION rest() RETURNS int LANGUAGE sql AS 'SELECT 1'", "rest"),
    ],
)
def test_whatever_a_database_holds_it_is_not_empty(settings, tmp_path, made, named):
    settings.PRIVATE_FILES, settings.PUBLIC_FILES = tmp_path / "private", tmp_path / "public"
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
        restoring.refuse_a_full_place()
        cursor.execute(made)
    with pytest.raises(NotRestored, match=f"The database is not empty: there is {named}\\. "):
        restoring.refuse_a_full_place()


def test_the_password_is_in_no_command_line_and_the_machines_own_ways_lead_nowhere(monkeypatch):
    monkeypatch.setenv("PGHOST", "elsewhere")
    monkeypatch.setenv("PGPASSFILE", "/root/.pgpass")
    told = {"NAME": "ppid", "USER": "ppid_owner", "PASSWORD": "rahasia", "HOST": "db", "PORT": "", "OPTIONS": {}}
    address, environment = programs.way(told)
    assert address == "dbname=ppid user=ppid_owner host=db"
    assert environment["PGPASSWORD"] == "rahasia"
    assert environment["PGPASSFILE"] == "/root/.pgpass"
    assert "PGHOST" not in environment


def test_what_is_written_meanwhile_is_no_part_of_the_moment(committed_database):
    with snapshot():
        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
            other.execute("INSERT INTO django_session VALUES ('a', 'b', now())")
        assert counted()["rows"]["django_session"] == 0
    assert counted()["rows"]["django_session"] == 1


class TestRestoring:
    @pytest.fixture
    def one(self, settings, tmp_path):
        settings.PRIVATE_FILES, settings.PUBLIC_FILES = tmp_path / "private", tmp_path / "public"
        write(FolderWriter(tmp_path, "2026-11-01_001000", KEY))
        return opened(tmp_path / "2026-11-01_001000", KEY)

    def left(self, settings) -> list[Path]:
        folders = (settings.PRIVATE_FILES, settings.PUBLIC_FILES)
        return [path for folder in folders for path in folder.rglob("*")]

    def test_what_fails_half_way_leaves_nothing(self, one, settings, monkeypatch):
        laid = []

        def fail(*args):
            laid.extend(self.left(settings))
            raise NotRestored("The database refuses.")

        monkeypatch.setattr(restoring, "rows_into", fail)
        with pytest.raises(NotRestored):
            restoring.restore(one, all_stores())
        assert {path.name for path in laid} >= {hashlib.sha256(content).hexdigest() for content in CONTENT}
        assert self.left(settings) == []

    def test_where_the_database_is_lost_nobody_knows_whether_the_rows_stand_so_their_files_stay(
        self, one, settings, monkeypatch
    ):
        def lose(*args):
            elsewhere = connection.copy()
            elsewhere.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1"}
            with elsewhere.wrap_database_errors:
                elsewhere.connect()

        monkeypatch.setattr(restoring, "rows_into", lose)
        with pytest.raises(OperationalError):
            restoring.restore(one, all_stores())
        left = {path.name for path in self.left(settings)}
        assert left >= {hashlib.sha256(content).hexdigest() for content in CONTENT}
        assert ".restoring" in left
        restoring.refuse_full_folders()  # the next try
        assert self.left(settings) == []

    def test_what_a_killed_one_left_is_cleared_and_anything_else_is_refused(self, one, settings, monkeypatch):
        monkeypatch.setattr(restoring, "rows_into", lambda *args: None)
        restoring.restore(one, all_stores())
        with pytest.raises(NotRestored, match=r"private is not empty: there is \w\w/"):
            restoring.refuse_full_folders()
        (settings.PRIVATE_FILES / ".restoring").touch()  # as if it had been killed before its end
        restoring.refuse_full_folders()
        assert self.left(settings) == []

    def test_a_program_that_is_too_old_is_a_sentence(self):
        with pytest.raises(CommandError, match="install the package postgresql-client-99"):
            programs.program("pg_dump", at_least=99)


def test_a_mark_from_before_says_its_time_alone(settings, tmp_path):
    settings.VAR = tmp_path
    assert backup_marks.last(backup_marks.MADE) is None
    (tmp_path / backup_marks.MADE).write_text("{")
    assert backup_marks.last(backup_marks.MADE).size == 0
    backup_marks.note(backup_marks.MADE, name="2026-11-27_001000", size=7, seconds=3)
    assert backup_marks.last(backup_marks.MADE).name == "2026-11-27_001000"
    shutil.rmtree(tmp_path)
