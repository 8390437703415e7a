"""Walked again by its ledger alone, every case stands where it says it stands; a tampered one is named."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ppid.flows import replay
from ppid.flows.actions import open_publication, take_step
from ppid.flows.models import Case
from ppid.flows.replay import unlike_their_ledger
from ppid.flows.undo import undo
from ppid.flows.urgency import mark_urgent
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday
from tests import make, make_sheets
from tests.flows.test_random_sheets import approved, sheets, take

pytestmark = pytest.mark.django_db


def told(case: Case) -> list[str]:
    return list(unlike_their_ledger(Case.objects.filter(pk=case.pk)))


def tamper(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_every_way_of_a_case_is_walked_again():
    make.publication(at="published")
    make.publication(at="preparing")
    make.exclusion(at="reviewing")
    make.adopted()
    back = make.publication(at="clarifying")
    make.step(back, "return_for_repair", actor="utama", note="Perbaiki.")
    make.step(make.publication(at="clarifying"), "divert", actor="utama", note="Rahasia.")
    gone = make.publication(at="published")
    make.step(gone, "retract", actor="utama", note="Keliru.", why="withdrawn")
    mark_urgent(make.publication(at="coordinating"), because="Banjir.", actor=make.demo("utama"))
    assert list(unlike_their_ledger()) == []


def test_what_was_undone_is_walked_again():
    utama = make.demo("utama")
    case = make.publication(at="clarifying")
    make.step(case, "return_for_repair", actor="utama", note="Perbaiki.")
    undo(make.again(case), actor=utama)
    assert told(case) == []
    make.step(make.again(case), "clarify", actor="utama", category="periodic")
    undo(make.again(case), actor=utama)
    assert make.again(case).state == "clarifying"
    assert told(case) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            "state = 'releasing', step = 5",
            "keadaannya «5 · Koordinasi publikasi», padahal menurut riwayatnya «4 · Klarifikasi»",
        ),
        ("step = 6", "langkah yang ditunggunya 6, padahal menurut riwayatnya 4"),
        ("moves = moves + 1", "jumlah geraknya 4, padahal menurut riwayatnya 3"),
        ("received_at = received_at - interval '1 day'", "saat diterimanya "),
        ("due_at = due_at + interval '9 days'", "tenggatnya "),
        ("due_at = NULL", "tenggatnya tidak ada"),
        ("urgent_since = now(), published_first_at = now()", "saat diumumkan lebih dahulu "),
        ("unit_id = (SELECT max(id) FROM organisation_unit)", "perangkat daerahnya bukan yang disebut riwayatnya"),
    ],
)
def test_a_case_that_was_tampered_with_is_named(change, sentence):
    case = make.publication(at="clarifying")
    assert told(case) == []
    tamper(f"UPDATE flows_case SET {change} WHERE id = %s", case.pk)
    assert told(case)[0].startswith(f"Proses {case.number}: {sentence}")


def test_an_end_that_never_was_is_found():
    case = make.publication(at="clarifying")
    tamper(
        "UPDATE flows_case SET state = 'published', step = NULL, ended_at = received_at, due_at = NULL WHERE id = %s",
        case.pk,
    )
    assert any("akhirnya" in each and "padahal menurut riwayatnya tidak ada" in each for each in told(case))


def test_a_row_taken_out_of_the_middle_is_found():
    case = make.publication(at="clarifying")
    make.at_the_end()
    gone = case.records.get(sequence=2).pk
    for table, key in [("flows_evidence", "record_id"), ("flows_heldtime", "record_id"), ("flows_steprecord", "id")]:
        tamper(f"DELETE FROM {table} WHERE {key} = %s", gone)
    assert told(case)[0] == f"Proses {case.number}: riwayat ke-2 tidak ada."


def test_a_row_that_goes_where_its_flow_does_not_is_found():
    case = make.publication(at="clarifying")
    tamper("UPDATE flows_steprecord SET to_state = 'published' WHERE case_id = %s AND sequence = 3", case.pk)
    assert f"Proses {case.number}: riwayat ke-3 melangkah ke keadaan yang tidak dibolehkan alurnya." in told(case)


def test_a_due_date_that_moved_without_its_line_is_found():
    case = make.publication(at="clarifying")
    tamper(
        "UPDATE flows_steprecord SET due_at = due_at + interval '1 day' WHERE case_id = %s AND sequence = 3", case.pk
    )
    tamper(
        "INSERT INTO flows_moveddeadline (case_id, kind, moves, due_before, due_after, because, actor_name, moved_at) "
        "VALUES (%s, 'calendar', 3, %s, %s, 'x', '', now())",
        case.pk,
        case.due_at,
        case.due_at + timedelta(days=1),
    )
    moved = moment(case.due_at + timedelta(days=1))
    assert told(case) == [
        f"Proses {case.number}: tenggatnya {moment(case.due_at)}, padahal menurut riwayat dan kalender kerja {moved}."
    ]


def test_what_people_do_meanwhile_is_no_difference(monkeypatch):
    monkeypatch.setattr(replay, "_AT_ONCE", 1)
    tampered = make.publication(at="clarifying")
    make.at_the_end()
    tamper("UPDATE flows_case SET due_at = due_at + interval '9 days' WHERE id = %s", tampered.pk)
    reading = unlike_their_ledger()
    assert tampered.number in next(reading)
    day = timezone.localdate(make.publication(at="preparing").due_at)
    holidays.add(Holiday(date=day, name="Pemilihan ulang", kind="local"), actor=make.demo("bidang"))
    case = make.publication(at="preparing")
    assert timezone.localdate(case.due_at) > day
    assert list(reading) == []


def moment(at) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H.%M.%S}"


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=sheets(), data=st.data())
def test_whatever_way_a_case_takes_its_ledger_tells_where_it_stands(rows, data):
    with transaction.atomic():
        approved(rows)
        hands = {name: make.demo(name) for name in ("bidang", "operator", "utama")}
        hands["pelaksana"] = make.person("ppid_pelaksana", unit="dinkes")
        case = make.again(open_publication(make.information(unit="dinkes"), actor=hands["bidang"]))
        returns = 2
        for _ in range(data.draw(st.integers(0, 3 * len(rows)))):
            if case.step is None:
                break
            if returns and case.earlier_rows and data.draw(st.booleans()):
                returns -= 1
                first = case.awaited.columns[0].label
                name = next(name for name, (label, _) in make_sheets.COLUMNS["publication"].items() if label == first)
                to = data.draw(st.sampled_from(case.earlier_rows))
                take_step(case, "send_back", actor=hands[name], note="Keliru.", to=to)
                case = make.again(case)
            else:
                case = take(case, hands)
            assert told(case) == []
        transaction.set_rollback(True)
