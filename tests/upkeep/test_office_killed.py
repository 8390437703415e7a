"""An import is killed half way: the place says that it isn't whole, nothing of it holds, and it is begun again."""

import io
import signal
import time

import psycopg
import pytest
from django.core.checks import ERROR
from django.core.management import call_command
from django.db import connection

from ppid.upkeep.backups import restoring
from ppid.upkeep.checks import nothing_is_half_filled
from ppid.upkeep.stores import all_stores
from tests import make, s3
from tests.machine import machine
from tests.upkeep.test_office_drill import WHY

HALF = "Pemulihan atau impor ke sini tidak sampai selesai: isinya tidak utuh, dan tidak ada yang berlaku."
COUNTS = "SELECT (SELECT count(*) FROM organisation_unit), (SELECT count(*) FROM chain_link)"


def killed_once_its_files_lie_there(new, *command: str, **there: str) -> None:
    """Kill an import that has taken in rows and files and is held up by a lock before its end."""
    with psycopg.connect(new.url("postgres")) as holding:
        holding.execute("LOCK TABLE procrastinate_jobs IN EXCLUSIVE MODE")  # which asks for the telling of its end
        process = new.begin(*command, **there)
        waits = "SELECT pid FROM pg_stat_activity WHERE usename = 'ppid_owner' AND wait_event_type = 'Lock'"
        while not new.rows(waits):
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL
    while new.rows("SELECT 1 FROM pg_stat_activity WHERE usename = 'ppid_owner'"):
        time.sleep(0.1)


@pytest.mark.parametrize("where", ["folders", "buckets"])
def test_what_is_killed_half_way_is_told_and_begun_again(committed_database, own_stores, settings, short_folder, where):
    own_stores()
    make.publication(at="published")
    folder = short_folder / where
    call_command("export_office", str(folder), because=WHY, stderr=io.StringIO())
    (export,) = folder.iterdir()
    with s3.s3_server() as endpoint, machine(short_folder / f"new-{where}") as new:
        places = new.folder / "private", new.folder / "public"
        there = {}
        if where == "buckets":
            places = s3.new_place(endpoint, ""), s3.new_place(endpoint, "umum/")
            there = s3.as_settings(*places)
        new.managed("prepare", served=True, **there)
        new.managed("check", "--database", "default", served=True, **there)
        before = new.rows(COUNTS)
        bring = ["import_office", str(export), "--because", WHY]
        killed_once_its_files_lie_there(new, *bring, **there)

        assert new.rows(COUNTS) == before
        assert new.rows("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'") == [(0,)]
        settings.PRIVATE_FILES, settings.PUBLIC_FILES = places
        assert any(list(each.files.names()) for each in all_stores()), "files of it lie there"
        start = new.manage("check", "--database", "default", served=True, **there)
        assert start.returncode == 1  # so nothing serves here
        assert HALF in start.stderr.decode()
        assert HALF in new.manage("doctor", served=True, **there).stdout.decode()

        assert "Brought in" in new.managed(*bring, **there)
        start = new.manage("check", "--database", "default", served=True, **there)
        assert HALF not in start.stderr.decode()  # but that the people of this office are the demo's
        new.managed("verify_files", served=True, **there)
        assert not any(place.is_marked(".restoring") for place in restoring._places())


@pytest.mark.django_db
def test_killed_after_the_rows_stood_it_is_whole_and_the_mark_goes_with_the_next_sweep(stores):
    for place in restoring._places():
        place.mark(".restoring")
    assert nothing_is_half_filled(["default"]) == []
    call_command("sweep", dry_run=True, stdout=io.StringIO())
    assert restoring._places()[0].is_marked(".restoring")
    call_command("sweep", stdout=io.StringIO())
    assert not any(place.is_marked(".restoring") for place in restoring._places())


@pytest.mark.django_db
def test_a_restore_that_was_killed_before_there_was_any_table_is_told_too(stores, monkeypatch):
    monkeypatch.setattr(type(connection.introspection), "table_names", lambda self, *args, **how: [])
    assert nothing_is_half_filled(["default"]) == []
    restoring._places()[1].mark(".restoring")
    (found,) = nothing_is_half_filled(["default"])
    assert (found.level, found.msg) == (ERROR, HALF)
    restoring.forget_marks_of_what_ended()
    assert restoring._places()[1].is_marked(".restoring")
    assert "ppid-manage restore" in found.hint
