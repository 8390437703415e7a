"""Every row of a ledger has its link in one chain, and whatever is changed behind its back is found."""

import hashlib
import json
import subprocess
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from ppid.chain.models import Link, Noted, Turn
from ppid.chain.verify import Mark, faults
from ppid.embedded_postgres import _programs
from ppid.flows.ledger import StepRecord
from ppid.information.models import Document
from tests import make

pytestmark = pytest.mark.usefixtures("committed_database")


def sentences(*marks: Mark) -> list[str]:
    return [fault.sentence for fault in faults(marks)]


@contextmanager
def a_superuser():
    """Do as somebody does who may do all: no trigger and no key stands in the way."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield cursor.execute
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


def last_record(case) -> StepRecord:
    return StepRecord.objects.filter(case=case).latest("sequence")


def link_of(row, part: str = "written") -> Link:
    return Link.objects.get(ledger=row._meta.db_table, row_id=row.pk, part=part)


def test_an_office_that_works_has_a_whole_chain():
    case = make.publication(at="published")
    make.adopted()
    assert sentences() == []
    records = StepRecord.objects.filter(case=case)
    assert Link.objects.filter(ledger="flows_steprecord", row_id__in=records.values("pk")).count() == 7
    assert list(Link.objects.values_list("position", flat=True)) == list(range(1, Link.objects.count() + 1))
    assert not Noted.objects.exists()
    assert not Turn.objects.exists()
    call_command("verify_ledger")


def test_every_ledger_is_in_the_chain():
    """Whoever adds a table that is kept adds ``chained()`` to it, or says here why not."""
    models = [model for model in apps.get_models() if not model._meta.proxy]
    named = {model._meta.db_table: {each.name for each in getattr(model._meta, "triggers", [])} for model in models}
    kept = {table for table, triggers in named.items() if "row_is_kept" in triggers}
    left_out = {"chain_link", "shelf_ledgermark"}  # the chain itself, and what is published of it
    left_out |= {"shelf_publishedpage", "shelf_dutyscore", "shelf_shortaddress"}  # and copies and counts on the shelf
    left_out |= {"organisation_factorrecovery"}  # each of its moments is a row of the ledger of people
    assert kept - {table for table, triggers in named.items() if "row_enters_the_chain" in triggers} == left_out


def test_a_link_can_be_reckoned_again_without_the_database():
    make.publication(at="coordinating")
    links = list(Link.objects.order_by("-position")[:2])
    last, before = links
    at = last.at.strftime("%Y-%m-%dT%H:%M:%S.%f")
    said = [before.hash, last.position, last.ledger, last.row_id, last.part, last.form_id, last.digest, at]
    assert hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest() == last.hash


def test_the_digest_is_that_of_the_named_columns():
    case = make.publication()
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute("SELECT to_jsonb(c) FROM flows_case c WHERE id = %s", [case.pk])
        row = json.loads(cursor.fetchone()[0])
        named = ["diverted_from_id", "exclusion_id", "flow", "id", "information_id", "number", "opened_at"]
        named += ["opened_because", "opened_by_id", "sop_version_id"]
        cursor.execute("SELECT %s::jsonb::text", [json.dumps({name: row[name] for name in named})])
        assert hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest() == link_of(case).digest


def test_a_changed_row_is_found():
    case = make.publication(at="clarifying")
    record = last_record(case)
    with a_superuser() as sql:
        sql("UPDATE flows_steprecord SET note = 'Tidak pernah ditulis.' WHERE id = %s", [record.pk])
    assert sentences() == [
        f"Riwayat nomor {record.pk} (proses {case.number}) diubah: isinya bukan lagi isi yang dibuktikan catatan "
        f"ke-{link_of(record).position}."
    ]
    with pytest.raises(CommandError):
        call_command("verify_ledger")


def test_a_deleted_row_is_found():
    record = last_record(make.publication(at="clarifying"))
    with a_superuser() as sql:
        sql("DELETE FROM flows_steprecord WHERE id = %s", [record.pk])
    assert sentences() == [
        f"Riwayat nomor {record.pk} dihapus: catatan ke-{link_of(record).position} membuktikan bahwa baris itu pernah "
        "ada."
    ]


def test_a_link_that_says_that_a_row_went_excuses_nothing_where_rows_stay():
    record = last_record(make.publication(at="clarifying"))
    with a_superuser() as sql:
        sql("DELETE FROM flows_steprecord WHERE id = %s", [record.pk])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO chain_form (ledger, part, columns, mark, since) "
            "VALUES ('flows_steprecord', 'gone', '{}', '', now())"
        )
        cursor.execute(
            "INSERT INTO chain_noted (xact, ledger, row_id, part) "
            "VALUES (pg_current_xact_id()::text::bigint, 'flows_steprecord', %s, 'gone')",
            [record.pk],
        )
    assert link_of(record, "gone")
    found = sentences()
    assert any(f"Riwayat nomor {record.pk} dihapus" in each for each in found)
    assert any("menyebut bagian «gone» dari flows_steprecord, yang tidak dikenal portal" in each for each in found)


def test_a_row_that_came_past_the_chain_is_found():
    case = make.publication(at="clarifying")
    with a_superuser() as sql:
        sql(
            "INSERT INTO flows_moveddeadline (id, case_id, kind, moves, because, actor_name, moved_at) "
            "VALUES (900001, %s, 'calendar', 0, 'x', '', now())",
            [case.pk],
        )
    assert sentences() == [
        f"Tenggat yang bergeser nomor 900001 (proses {case.number}) tidak tercatat dalam rantai: baris itu ditambahkan "
        "dengan melewatinya."
    ]


def test_a_link_that_was_taken_out_is_found():
    record = last_record(make.publication(at="clarifying"))
    gone = link_of(record).position
    make.publication()
    with a_superuser() as sql:
        sql("DELETE FROM chain_link WHERE position = %s", [gone])
    assert f"Catatan ke-{gone} hilang dari rantai." in sentences()
    assert any("tidak tercatat dalam rantai" in each for each in sentences())


def test_a_row_deleted_with_its_link_is_found():
    record = last_record(make.publication(at="clarifying"))
    gone = link_of(record).position
    make.publication()
    with a_superuser() as sql:
        sql("DELETE FROM chain_link WHERE position = %s", [gone])
        sql("DELETE FROM flows_steprecord WHERE id = %s", [record.pk])
    assert sentences() == [f"Catatan ke-{gone} hilang dari rantai."]


def test_links_that_changed_places_are_found():
    make.publication(at="clarifying")
    first, second = Link.objects.order_by("-position")[3:5]
    with a_superuser() as sql:
        for position, other in [(first.position, -1), (second.position, first.position), (-1, second.position)]:
            sql("UPDATE chain_link SET position = %s WHERE position = %s", [other, position])
    found = sentences()
    assert [f"Catatan ke-{position} (" in " ".join(found) for position in (first.position, second.position)] == [
        True,
        True,
    ]
    assert all("urutannya ditukar" in each for each in found)


@pytest.mark.parametrize(
    "change", ["at = at - interval '1 day'", "part = 'x'", "row_id = row_id + 900000", "digest = repeat('0', 64)"]
)
def test_a_changed_link_is_found(change):
    position = link_of(last_record(make.publication(at="clarifying"))).position
    with a_superuser() as sql:
        sql(f"UPDATE chain_link SET {change} WHERE position = %s", [position])
    assert any(each.startswith(f"Catatan ke-{position} (") for each in sentences())


def test_a_row_changed_with_its_own_link_is_found_by_the_next_one():
    record = last_record(make.publication(at="clarifying"))
    position = link_of(record).position
    make.publication()
    with a_superuser() as sql:
        sql("UPDATE chain_link SET hash = repeat('a', 64) WHERE position = %s", [position])
    found = [each.split(" (")[0] for each in sentences()]
    assert found == [f"Catatan ke-{position}", f"Catatan ke-{position + 1}"]


def test_a_tail_that_was_cut_is_found_by_a_mark_kept_outside():
    case = make.publication(at="clarifying")
    last = Link.objects.latest("position")
    mark = Mark(last.position, last.hash, "Tanda 26 November 2026")
    assert sentences(mark) == []
    cut = link_of(last_record(case)).position
    with a_superuser() as sql:
        for ledger, row_id in Link.objects.filter(position__gte=cut).values_list("ledger", "row_id"):
            sql(f"DELETE FROM {ledger} WHERE id = %s", [row_id])
        sql("DELETE FROM chain_link WHERE position >= %s", [cut])
    assert sentences() == []  # nothing inside tells it
    assert sentences(mark) == [
        f"Tanda 26 November 2026 menyebut catatan ke-{last.position}, tetapi rantai tidak lagi memilikinya: ujungnya "
        "dipotong."
    ]


def test_a_chain_that_was_reckoned_anew_is_found_by_a_mark_kept_outside():
    make.publication(at="clarifying")
    last = Link.objects.latest("position")
    with a_superuser() as sql:
        sql("UPDATE chain_link SET hash = repeat('b', 64) WHERE position = %s", [last.position])
    assert sentences(Mark(last.position, last.hash, "Surat 12/PPID"))[-1] == (
        f"Surat 12/PPID menyebut sidik lain untuk catatan ke-{last.position}: rantai sampai catatan itu pernah "
        "ditulis ulang."
    )


def test_both_moments_of_a_row_that_is_decided_once_are_proved():
    case = make.publication(at="clarifying")
    document = Document.objects.filter(information=case.information).latest("pk")
    link = link_of(document)
    from ppid.flows.documents import remove_document

    remove_document(case, document, actor=make.demo("dinsos"))
    later = link_of(document, "removed")
    assert later.position > link.position
    assert sentences() == []
    with a_superuser() as sql:
        sql("UPDATE information_document SET title = 'Lain' WHERE id = %s", [document.pk])
        sql("UPDATE information_document SET removed_at = removed_at - interval '1 day' WHERE id = %s", [document.pk])
    assert [each.rpartition(" ")[2] for each in sentences()] == [f"ke-{link.position}.", f"ke-{later.position}."]


def test_what_was_decided_and_is_undone_behind_the_chain_is_found():
    case = make.publication(at="clarifying")
    document = Document.objects.filter(information=case.information).latest("pk")
    from ppid.flows.documents import remove_document

    remove_document(case, document, actor=make.demo("dinsos"))
    with a_superuser() as sql:
        sql("UPDATE information_document SET removed_at = NULL, removed_by_id = NULL WHERE id = %s", [document.pk])
    assert len(sentences()) == 1
    assert "diubah" in sentences()[0]


def test_a_switched_off_guard_of_the_chain_is_told():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE flows_steprecord DISABLE TRIGGER USER")
    assert any("row_enters_the_chain» pada flows_steprecord" in each for each in sentences())


def test_what_the_session_is_set_to_changes_no_digest():
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'Asia/Pontianak'")
        cursor.execute("SET extra_float_digits = -3")
        cursor.execute("SET IntervalStyle = 'sql_standard'")
        cursor.execute("SET DateStyle = 'SQL, DMY'")
        cursor.execute(
            "INSERT INTO sop_acknowledgement (version_id, user_id, at) "
            "SELECT (SELECT min(id) FROM sop_sopversion), (SELECT min(id) FROM organisation_user), now()"
        )
        cursor.execute("RESET ALL")
    assert Link.objects.latest("position").ledger == "sop_acknowledgement"
    assert sentences() == []


def test_a_column_that_a_migration_adds_changes_no_link_before_it():
    from ppid.chain.forms import write_forms

    before = make.publication(at="coordinating")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE flows_steprecord ADD COLUMN further text NOT NULL DEFAULT 'x'")
        write_forms()
        assert sentences() == []
        cursor.execute(
            "INSERT INTO chain_form (ledger, part, columns, mark, since) "
            "SELECT ledger, part, array_append(columns, 'further'), mark, now() FROM chain_form "
            "WHERE ledger = 'flows_steprecord' ORDER BY id DESC LIMIT 1"
        )
    after = make.publication(at="coordinating")
    assert sentences() == []
    assert link_of(last_record(before)).form_id < link_of(last_record(after)).form_id
    with a_superuser() as sql:
        sql("UPDATE flows_steprecord SET further = 'y'")
    assert len(sentences()) == 1
    assert f"nomor {last_record(after).pk} " in sentences()[0]


def test_a_backup_that_is_restored_verifies_as_it_did(tmp_path):
    make.publication(at="coordinating")
    last, name = Link.objects.latest("position"), connection.settings_dict["NAME"]
    dump, where = (
        tmp_path / "ppid.dump",
        ["-h", connection.settings_dict["HOST"], "-U", connection.settings_dict["USER"]],
    )

    def run(program, *arguments):
        subprocess.run([_programs() / program, *where, *arguments], check=True, capture_output=True)

    run("pg_dump", "-Fc", "-f", dump, name)
    restored = f"{name}_restored"
    try:
        run("createdb", "--template=template0", "--encoding=UTF8", restored)
        run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={restored}", dump)
        connection.close()
        connection.settings_dict["NAME"] = restored
        assert sentences(Mark(last.position, last.hash, "Tanda")) == []
        make.publication(at="coordinating")
        assert sentences() == []
        assert Link.objects.count() > last.position
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        run("dropdb", "--force", "--if-exists", restored)


@pytest.mark.parametrize("act", ["UPDATE chain_link SET at = at", "DELETE FROM chain_link", "TRUNCATE chain_link"])
def test_a_link_is_never_changed(act):
    from django.db import DatabaseError

    make.publication()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(act)


def test_nobody_writes_a_link_that_does_not_follow():
    from django.db import DatabaseError

    last = Link.objects.latest("position")
    with pytest.raises(DatabaseError, match="a link follows the last one"):
        make.twin(last, position=last.position + 1, row_id=1, part="x")
    with pytest.raises(DatabaseError, match="a link follows the last one"):
        make.twin(last, position=last.position + 2, row_id=1, part="x")
