"""Whether the rows of a sheet carry the lawful steps of a flow; the database asks the same when it approves."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ppid.organisation.models import Role
from sop.check.carrying import faults
from sop.ledgers import StateChange
from sop.models import PerformerRole
from sop.sheet import SheetRow
from tests import make_sheets
from tests.sop.conftest import EXCLUSION_STEPS, PUBLICATION_STEPS, approved, person
from tests.sop.test_check import with_rows

SEVEN = {n: (n,) for n in range(1, 8)}


def row(number, *, column=0, last=None, kind="process", **exits):
    return SheetRow(number, f"Langkah {number}", column, column if last is None else last, kind, **exits)


def rows_of(count, *, decider=4, **others):
    """Make ``count`` rows: the first column performs all of them but ``decider``, which is the second column's."""
    made = {n: row(n, column=int(n == decider)) for n in range(1, count + 1)}
    made[1], made[count] = row(1, kind="start"), row(count, kind="end")
    return [others.get(f"r{n}", made[n]) for n in made]


def said(rows, carried, shape=PUBLICATION_STEPS, roles=()):
    return [(fault.field, fault.number, fault.sentence) for fault in faults(with_rows(*rows), carried, shape, roles)]


def places(*args, **kwargs):
    return [(field, number) for field, number, _ in said(*args, **kwargs)]


def test_the_source_sheets_carry_their_flows():
    assert said(rows_of(7), SEVEN) == []
    assert said(rows_of(5), {n: (n,) for n in range(1, 6)}, EXCLUSION_STEPS) == []


@pytest.mark.parametrize(
    ("count", "carried"),
    [
        (5, {1: (1, 2), 2: (3,), 4: (4,), 5: (5, 6, 7)}),
        (9, {1: (1,), 2: (2,), 3: (3,), 4: (4,), 5: (5,), 7: (6,), 9: (7,)}),
        (12, {2: (1, 2), 3: (3,), 4: (4,), 9: (5, 6), 11: (7,)}),
    ],
)
def test_a_sheet_of_its_own_length_carries_the_same_steps(count, carried):
    assert said(rows_of(count), carried) == []


def test_a_step_that_no_row_carries_is_named_with_what_to_do():
    assert said(rows_of(7), {**SEVEN, 6: ()}) == [
        (
            "carries.6",
            None,
            "Langkah hukum 6 «Pembaruan berkala» belum dibawa baris mana pun. Pilih baris yang membawanya.",
        )
    ]


def test_a_step_that_two_rows_carry_is_named():
    assert said(rows_of(7), {**SEVEN, 6: (5, 6)}) == [
        (
            "carries.5",
            None,
            "Langkah hukum 5 «Koordinasi publikasi» dibawa lebih dari satu baris (nomor 5 dan 6). Pilih satu saja.",
        )
    ]


def test_steps_out_of_order_are_named():
    assert said(rows_of(7), {**SEVEN, 5: (6,), 6: (5,)}) == [
        (
            "carries.5",
            None,
            "Langkah hukum 5 «Koordinasi publikasi» dibawa baris nomor 6, sesudah langkah hukum 6 «Pembaruan berkala» "
            "pada baris nomor 5. Pilih baris lain, supaya urutannya tetap 1 sampai 7.",
        )
    ]


def test_a_step_of_another_flow_is_named():
    assert places(rows_of(7), SEVEN, EXCLUSION_STEPS) == [("carries.6", None), ("carries.7", None)]


def test_a_way_forward_passes_by_no_row_that_carries_a_step():
    jumping = row(2, kind="decision", if_yes=5, if_no=3)
    assert said(rows_of(7, r2=jumping), SEVEN) == [
        (
            "if_yes",
            2,
            "Keputusan nomor 2 bila ya langsung menuju nomor 5 dan melewati baris nomor 3 dan 4 yang membawa langkah "
            "hukum 3 «Penyiapan», 4 «Klarifikasi». Ubah jalan keluarnya, atau pilih baris lain untuk langkah itu.",
        )
    ]


def test_a_way_forward_may_pass_by_plain_rows_and_lead_back_anywhere():
    carried = {1: (1,), 2: (2,), 3: (3,), 4: (4,), 7: (5, 6, 7)}
    deciding = row(4, column=1, kind="decision", if_yes=7, if_no=5)
    returning = row(6, kind="decision", if_yes=7, if_no=1)
    assert said(rows_of(7, r4=deciding, r6=returning), carried) == []


def test_a_sheet_does_not_end_before_its_last_lawful_step():
    assert places(rows_of(7, r5=row(5, kind="end")), SEVEN) == [("kind", 5)]
    stuck = row(5, kind="decision", if_yes=1, if_no=2)
    assert places(rows_of(7, r5=stuck), SEVEN) == [("if_yes", 5)]


def test_plain_rows_may_follow_the_last_lawful_step():
    assert said(rows_of(8, r7=row(7)), SEVEN) == []


def test_nobody_both_prepares_and_decides():
    assert said(rows_of(7, r4=row(4, column=0)), SEVEN) == [
        (
            "performer",
            4,
            "«Petugas Loket» mengerjakan langkah hukum 3 «Penyiapan» (baris nomor 3) dan langkah hukum 4 "
            "«Klarifikasi» (baris nomor 4). Yang menyiapkan tidak boleh memutuskan: pilih pelaksana lain untuk salah "
            "satunya.",
        )
    ]


def test_a_joint_row_shares_no_performer_with_the_row_that_decides():
    assert places(rows_of(7, r3=row(3, column=0, last=1)), SEVEN) == [("performer", 4)]


def test_one_row_never_carries_both():
    assert places(rows_of(7), {**SEVEN, 3: (), 4: (3, 4)}) == [("performer", 4)]


def test_one_role_under_two_labels_is_one_performer():
    roles = [frozenset({"PPID Pelaksana", "PPID Utama"}), frozenset({"PPID Utama"})]
    assert places(rows_of(7), SEVEN, roles=roles) == [("performers", None)]
    assert places(rows_of(7), SEVEN, roles=[frozenset({"PPID Pelaksana"}), frozenset({"PPID Utama"})]) == []


def bound(kinds, carried, *, exits=None, columns=None):
    """Make a draft, bound to the publication, with rows of these kinds."""
    rows = []
    for n, kind in enumerate(kinds, 1):
        yes, no = (exits or {}).get(n, (None, None))
        by, to = (columns or {}).get(n, ("pelaksana", ""))
        rows.append(make_sheets.row(by, *carried.get(n, ()), to=to, kind=kind, if_yes=yes, if_no=no))
    return make_sheets.sheet(rows)


def refusal(version, *, runs: str = "publication") -> str:
    """Return why the database does not let the version be approved, by hand and past all of the domain."""
    actor = person("penguji@contoh.id", "ppid_utama")
    try:
        with transaction.atomic():
            for n, (was, now) in enumerate([("draft", "in_review"), ("in_review", "approved")], 1):
                who = actor if now == "approved" else person("penyusun@contoh.id", "sop_keeper", unit="dinkes")
                StateChange.objects.create(
                    version=version, sequence=n, from_state=was, to_state=now, actor=who, at=timezone.now()
                )
                approval = (
                    ", approved_by_id = %s, approved_at = now(), pdf_sha256 = 'x', pdf_size = 1, "
                    "in_force_from = now(), review_on = now(), runs = %s"
                    if now == "approved"
                    else ""
                )
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"UPDATE sop_sopversion SET state = %s, moves = moves + 1{approval} WHERE id = %s",
                        [now, *([actor.pk, runs] if approval else []), version.pk],
                    )
    except DatabaseError as error:
        return str(error)
    return ""


WHOLE = "carries each of its lawful steps once and in order"
KINDS = ["start", *["process"] * 5, "end"]
FOUR = {4: ("utama", "")}  # who decides


@pytest.mark.parametrize(
    ("kinds", "carried", "more", "is_good"),
    [
        (KINDS, SEVEN, {}, True),
        (["start", "process", "process", "end"], {1: (1, 2), 2: (3,), 3: (4, 5), 4: (6, 7)}, {3: ("utama", "")}, True),
        (["start", *["process"] * 7, "end"], {n: (n,) for n in range(1, 8)}, {}, True),
        (KINDS, {**SEVEN, 6: ()}, {}, False),
        (KINDS, {**SEVEN, 6: (5, 6)}, {}, False),
        (KINDS, {**SEVEN, 5: (6,), 6: (5,)}, {}, False),
        (KINDS, {**SEVEN, 7: (7, 8)}, {}, False),
        (["start", *["process"] * 3, "end", "process", "end"], SEVEN, {}, False),
        (KINDS, SEVEN, {4: ("pelaksana", "")}, False),
        (KINDS, SEVEN, {3: ("pelaksana", "utama")}, False),
        (KINDS, {}, {}, False),
        ([], {}, {}, False),
    ],
)
def test_the_database_approves_a_bound_sheet_only_when_it_carries_its_flow(library, kinds, carried, more, is_good):
    said = refusal(bound(kinds, carried, columns={**FOUR, **more}))
    assert said == "" if is_good else WHOLE in said


@pytest.mark.parametrize(
    ("exits", "is_good"), [((5, 2), True), ((5, 6), False), ((6, 5), False), ((2, 3), False), ((5, 1), True)]
)
def test_the_database_looks_at_every_way_forward(library, exits, is_good):
    kinds = [*KINDS[:3], "decision", *KINDS[4:]]
    said = refusal(bound(kinds, SEVEN, columns=FOUR, exits={4: exits}))
    assert said == "" if is_good else WHOLE in said


def test_the_database_knows_one_role_under_two_labels(library):
    draft = bound(KINDS, SEVEN, columns=FOUR)
    both = Role.objects.get(code="ppid_utama")
    PerformerRole.objects.create(performer=draft.performers.get(label="PPID Pelaksana"), role=both)
    assert WHOLE in refusal(draft)


@pytest.mark.parametrize("runs", ["", "exclusion"])
def test_a_version_is_approved_for_the_flow_that_its_sop_is_bound_to_and_no_other(library, runs):
    assert "runs the flow that its SOP is bound to" in refusal(bound(KINDS, SEVEN, columns=FOUR), runs=runs)


@pytest.mark.parametrize("carries", [[0], [21], [2, 1], [1, 1]])
def test_a_row_carries_each_step_once_in_order_with_a_number_that_there_is(publication, carries):
    with pytest.raises(DatabaseError), transaction.atomic():
        publication.activities.filter(number=1).update(carries=carries)


def test_a_version_says_which_flow_it_was_approved_to_run(publication, ppid_utama, quick_pdf):
    assert approved(publication, by=ppid_utama).runs == "publication"


@given(st.lists(st.lists(st.integers(1, 7), unique=True, max_size=3).map(sorted), min_size=1, max_size=9))
def test_without_a_fault_the_steps_read_one_to_seven_down_the_rows(carried):
    numbered = {n: tuple(each) for n, each in enumerate(carried, 1)}
    found = list(faults(with_rows(*rows_of(len(carried), decider=0)), numbered, PUBLICATION_STEPS))
    whole = [n for each in carried for n in each] == [1, 2, 3, 4, 5, 6, 7]
    assert any(fault.field.startswith("carries") for fault in found) is not whole
