"""``backup``, ``verify_backup`` and ``restore``: nothing half, nothing lost, and a sentence for each refusal."""

import errno
import hashlib
import io
import json
import re
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ppid import backup_marks
from ppid.upkeep.backups import keeping, programs, restoring
from ppid.upkeep.backups.restoring import NotRestored
from ppid.upkeep.backups.sets import FolderWriter, opened
from ppid.upkeep.stores import all_stores
from tests import make
from tests.upkeep.a_set import unsealed

SEALED = "It is sealed: name the key that it was made with (BACKUP_KEY_FILE; of an export of the office --key-file)."


class TestTheCommand:
    """In a database of its own: it reads one moment, outside any other transaction."""

    def backed_up(self, *arguments) -> str:
        said = io.StringIO()
        call_command("backup", *map(str, arguments), stderr=said)
        return said.getvalue()

    @pytest.fixture(autouse=True)
    def a_machine(self, committed_database, settings, tmp_path):
        settings.VAR = tmp_path / "var"

    def test_a_disk_that_is_full_half_way_leaves_nothing_and_harms_nothing(self, tmp_path, monkeypatch):
        self.backed_up(tmp_path / "all")
        before = sorted(path for path in (tmp_path / "all").rglob("*") if path.is_file())
        first = backup_marks.last(backup_marks.MADE)

        def full(*args):
            raise OSError(errno.ENOSPC, "No space left on device")

        stray = tmp_path / "all" / "files" / "ab" / "of-the-one-that-fails"
        stray.parent.mkdir(exist_ok=True)
        stray.touch()
        monkeypatch.setattr(FolderWriter, "finish", full)
        with pytest.raises(CommandError, match="is full: nothing of this backup was kept, and the older ones are"):
            self.backed_up(tmp_path / "all")
        assert sorted(path for path in (tmp_path / "all").rglob("*") if path.is_file()) == before
        assert backup_marks.last(backup_marks.MADE) == first

    def test_a_file_that_is_lost_in_the_portal_is_told_and_the_rest_is_kept(self, tmp_path, settings, own_stores):
        stores = own_stores()
        sha256, _ = next(stores[1].promised())
        for store in stores:
            store.files.remove(sha256)
        with pytest.raises(CommandError, match="whole but for 1 files that are lost in the portal itself"):
            self.backed_up(tmp_path / "all")
        assert backup_marks.last(backup_marks.MADE).faults == 1
        call_command("verify_backup", tmp_path / "all", stdout=io.StringIO())

    @pytest.mark.parametrize("fault", ["missing", "damaged"])
    def test_a_file_that_is_lost_in_one_store_is_backed_up_from_its_twin(self, tmp_path, own_stores, fault):
        _, sheets, public, *_ = own_stores()
        sha256 = next(each for each, _ in sheets.promised() if public.files.exists(each))
        sheets.files.remove(sha256)
        if fault == "damaged":
            sheets.files.path(sha256).write_bytes(b"busuk")
        self.backed_up(tmp_path / "all")
        (kept,) = (tmp_path / "all").glob(f"files/*/{sha256}")
        assert hashlib.sha256(kept.read_bytes()).hexdigest() == sha256

    def test_a_file_that_an_earlier_one_holds_cut_short_is_written_anew(self, tmp_path, own_stores):
        own_stores()
        self.backed_up(tmp_path / "all")
        (one,) = keeping.sets_in(tmp_path / "all")
        one.rename(one.with_name("2026-01-02_030405"))
        kept = next((tmp_path / "all").glob("files/??/*"))
        whole = kept.read_bytes()
        kept.write_bytes(whole[:-1])
        self.backed_up(tmp_path / "all")
        assert kept.read_bytes() == whole

    def dump_by(self, script: str, tmp_path, monkeypatch) -> None:
        """Let a program of our own stand for PostgreSQL's."""
        path = tmp_path / "pg_dump"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(programs, "program", lambda name, *, at_least: (path, at_least))

    def test_a_dump_that_breaks_off_is_no_backup(self, tmp_path, monkeypatch):
        self.dump_by("printf half; echo 'the server went away' >&2; exit 1", tmp_path, monkeypatch)
        with pytest.raises(CommandError, match="pg_dump ended with an error: the server went away"):
            self.backed_up(tmp_path / "all")
        assert keeping.sets_in(tmp_path / "all") == []
        assert backup_marks.last(backup_marks.MADE) is None

    def test_the_dump_sees_the_moment_that_the_rest_of_the_set_sees(self, tmp_path, monkeypatch):
        asked = tmp_path / "asked"
        self.dump_by(f'echo "$@" >{asked}', tmp_path, monkeypatch)
        self.backed_up(tmp_path / "all")
        assert re.search(r"--snapshot=[0-9A-F]{8}-[0-9A-F]{8}-[0-9]+ ", asked.read_text())

    def test_settings_go_along_sealed_only(self, tmp_path, settings):
        (tmp_path / "etc.tar").write_bytes(b"SECRET_KEY=" * 100)
        with pytest.raises(CommandError, match="Settings hold secrets and go along sealed only"):
            self.backed_up(tmp_path / "all", "--with-settings", tmp_path / "etc.tar")
        settings.BACKUP_KEY = "a-key-of-the-office-that-lies-in-a-safe"
        self.backed_up(tmp_path / "all", "--with-settings", tmp_path / "etc.tar")
        (one,) = keeping.sets_in(tmp_path / "all")
        assert b"SECRET_KEY" not in (one / "settings.tar").read_bytes()
        assert unsealed((one / "settings.tar").read_bytes(), "settings.tar") == b"SECRET_KEY=" * 100

    def test_a_trial_restores_the_rows_beside_ours_and_takes_them_away(self, tmp_path, settings):
        self.backed_up(tmp_path / "all")
        said = io.StringIO()
        call_command("verify_backup", tmp_path / "all", "--trial", stdout=said)
        assert "is whole and can be restored" in said.getvalue()
        assert backup_marks.last(backup_marks.TRIED).faults == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE '%_coba_pulih'")
            assert cursor.fetchall() == []

    def says(self, folder: Path, **said) -> None:
        """Let the manifest of the newest say something else, and its sum go along with it."""
        one = keeping.sets_in(folder)[-1]
        manifest = json.dumps(json.loads((one / "manifest.json").read_bytes()) | said).encode()
        (one / "manifest.json").write_bytes(manifest)
        (one / "SHA256").write_text(hashlib.sha256(manifest).hexdigest())

    def emptied(self, settings, tmp_path) -> None:
        """Stand on a new machine: no table, no file."""
        settings.PRIVATE_FILES, settings.PUBLIC_FILES = tmp_path / "new" / "private", tmp_path / "new" / "public"
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        restoring.refuse_a_full_place()

    def test_a_trial_compares_the_rows_with_what_the_backup_says(self, tmp_path):
        self.backed_up(tmp_path / "all")
        self.says(tmp_path / "all", rows={"organisation_role": 999})
        said = io.StringIO()
        with pytest.raises(CommandError, match="can't be relied on: 1 faults"):
            call_command("verify_backup", tmp_path / "all", "--trial", stdout=said)
        assert re.match(r"organisation_role holds \d+ rows, not 999\.", said.getvalue())

    def test_a_trial_reads_the_ledgers(self, tmp_path):
        make.publication(at="coordinating")
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE flows_steprecord DISABLE TRIGGER USER")
            cursor.execute("UPDATE flows_steprecord SET actor_name = 'Orang lain'")
            cursor.execute("ALTER TABLE flows_steprecord ENABLE TRIGGER USER")
        self.backed_up(tmp_path / "all")
        said = io.StringIO()
        with pytest.raises(CommandError, match="can't be relied on"):
            call_command("verify_backup", tmp_path / "all", "--trial", stdout=said)
        assert "diubah" in said.getvalue()
        assert backup_marks.last(backup_marks.TRIED) is None

    def test_what_is_restored_is_there_with_each_file_in_each_of_its_stores(self, tmp_path, settings, own_stores):
        own_stores()
        self.backed_up(tmp_path / "all")
        self.emptied(settings, tmp_path)
        said = io.StringIO()
        call_command("restore", tmp_path / "all", stdout=said)
        assert said.getvalue().startswith("Restored what stood at ")
        promised = [(store, sha256) for store in all_stores() for sha256, _ in store.promised()]
        assert len(promised) > len({sha256 for _, sha256 in promised}) > 0
        for store, sha256 in promised:
            store.files.check(sha256)

    def test_a_damaged_one_is_told_before_anything_is_restored(self, tmp_path, settings, own_stores):
        own_stores()
        self.backed_up(tmp_path / "all")
        next((tmp_path / "all").glob("files/??/*")).write_bytes(b"other bytes")
        self.emptied(settings, tmp_path)
        with pytest.raises(CommandError, match=r"is damaged \(1 faults\), nothing was restored:\n.* was changed"):
            call_command("restore", tmp_path / "all")
        restoring.refuse_a_full_place()

    def test_one_of_a_newer_version_is_told_before_the_place_is_looked_at(self, tmp_path):
        self.backed_up(tmp_path / "all")
        self.says(tmp_path / "all", format=2)
        with pytest.raises(CommandError, match="made by a newer version"):
            call_command("restore", tmp_path / "all")

    def test_rows_that_are_others_than_the_backup_says_are_told_once_they_are_restored(
        self, tmp_path, settings, own_stores
    ):
        own_stores()
        self.backed_up(tmp_path / "all")
        self.says(tmp_path / "all", rows={"organisation_role": 999})
        self.emptied(settings, tmp_path)
        with pytest.raises(CommandError, match="The database holds something else than the backup says"):
            call_command("restore", tmp_path / "all", stdout=io.StringIO())

    def test_a_dump_that_breaks_off_while_it_is_restored_leaves_no_table(self, tmp_path, settings):
        self.backed_up(tmp_path / "all")
        (path,) = keeping.sets_in(tmp_path / "all")
        part = path / "database" / "000001"
        part.write_bytes(part.read_bytes()[:-1000])  # the tables stand by then
        self.emptied(settings, tmp_path)
        with pytest.raises(NotRestored, match="pg_restore ended with an error"):
            restoring.rows_into(opened(path, None), connection.settings_dict)
        restoring.refuse_a_full_place()

    @pytest.mark.parametrize("how", [("--keep", 0), ("--keep", 1001), ("--months", -1), ("--months", 1001)])
    def test_how_many_are_kept_is_a_number_that_makes_sense(self, tmp_path, how):
        with pytest.raises(CommandError, match="--keep takes a number from 1, --months one from 0, to 1000"):
            self.backed_up(tmp_path / "all", *how)

    def older(self, folder: Path) -> str:
        """Let the newest have been made in January; return its name."""
        keeping.sets_in(folder)[-1].rename(folder / "2026-01-02_030405")
        return "2026-01-02_030405"

    def test_old_ones_go_with_the_files_that_they_alone_hold(self, tmp_path):
        self.backed_up(tmp_path / "all")
        old, alone = self.older(tmp_path / "all"), tmp_path / "all" / "files" / "ab" / "alone"
        alone.parent.mkdir(parents=True, exist_ok=True)
        alone.touch()
        assert "; 1 old ones deleted." in self.backed_up(tmp_path / "all", "--keep", 1, "--months", 0)
        (new,) = keeping.sets_in(tmp_path / "all")
        assert new.name != old
        assert not alone.exists()

    def test_an_old_one_that_cannot_be_read_is_told_and_the_new_one_stands(self, tmp_path, settings):
        settings.BACKUP_KEY = "a-key-of-the-office-that-lies-in-a-safe"
        self.backed_up(tmp_path / "all")
        old, settings.BACKUP_KEY = self.older(tmp_path / "all"), ""
        said = self.backed_up(tmp_path / "all")
        assert f"Files that no backup needs were left alone: {old} can't be read." in said
        assert len(keeping.sets_in(tmp_path / "all")) == 2

    def test_of_many_the_newest_is_read(self, tmp_path):
        self.backed_up(tmp_path / "all")
        self.older(tmp_path / "all")
        self.backed_up(tmp_path / "all")
        call_command("verify_backup", tmp_path / "all", stdout=io.StringIO())
        assert backup_marks.last(backup_marks.READ).name == keeping.sets_in(tmp_path / "all")[-1].name

    def test_what_is_far_too_large_to_be_settings_is_not_backed_up(self, tmp_path, settings):
        settings.BACKUP_KEY = "a-key-of-the-office-that-lies-in-a-safe"
        with (tmp_path / "etc.tar").open("wb") as file:
            file.truncate((16 << 20) + 1)
        with pytest.raises(CommandError, match="far too large to be settings"):
            self.backed_up(tmp_path / "all", "--with-settings", tmp_path / "etc.tar")
        assert keeping.sets_in(tmp_path / "all") == []

    def test_a_damaged_one_is_told_and_nothing_is_restored(self, tmp_path, settings):
        self.backed_up(tmp_path / "all")
        (one,) = keeping.sets_in(tmp_path / "all")
        part = one / "database" / "000001"
        part.write_bytes(part.read_bytes()[:-1])
        said = io.StringIO()
        with pytest.raises(CommandError, match="can't be relied on: 1 faults"):
            call_command("verify_backup", tmp_path / "all", "--trial", stdout=said)
        assert said.getvalue().startswith("database/000001 was changed")
        assert backup_marks.last(backup_marks.TRIED) is None

    def test_a_place_that_is_not_empty_is_refused(self, tmp_path, settings):
        self.backed_up(tmp_path / "all")
        with pytest.raises(CommandError, match="The database is not empty"):
            call_command("restore", tmp_path / "all")

    def test_two_are_not_restored_at_once(self, tmp_path):
        self.backed_up(tmp_path / "all")
        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
            other.execute("SELECT pg_advisory_lock(hashtext('ppid.upkeep.filling'))")
            with pytest.raises(CommandError, match="is being restored or brought in here already"):
                call_command("restore", tmp_path / "all")

    def test_a_folder_without_a_backup_and_one_among_the_files_are_sentences(self, tmp_path, settings):
        (tmp_path / "all").mkdir()
        with pytest.raises(CommandError, match="There is no backup in"):
            call_command("verify_backup", tmp_path / "all")
        with pytest.raises(CommandError, match="There is nothing at"):
            call_command("verify_backup", tmp_path / "none")
        with pytest.raises(CommandError, match="lies among the files that are backed up"):
            self.backed_up(Path(settings.PRIVATE_FILES) / "all")
        (tmp_path / "a file").touch()
        with pytest.raises(CommandError, match="can't be written to"):
            self.backed_up(tmp_path / "a file")
