"""A sheet of another shape carries the same lawful steps in the same order; the case waits at its rows."""

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from ppid.flows.actions import confirm_row, open_exclusion, open_publication, take_step
from ppid.flows.documents import add_document, describe, replace_document
from ppid.flows.ledger import Confirmation
from ppid.flows.models import Case
from ppid.flows.passport import passport
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.flows.urgency import mark_urgent
from ppid.shelf.models import PublishedItem
from sop.versions import actions as library
from tests import make, make_sheets
from tests.make_sheets import row

pytestmark = pytest.mark.django_db

# Five rows: the first takes two steps at once, the last three.
FIVE = [
    row("bidang", 1, 2),
    row("pelaksana", 3),
    row("utama", 4, kind="decision", if_yes=4, if_no=2),
    row("bidang", 5),
    row("operator", 6, 7),
]
# Twelve rows: plain ones before, between and after; a decision with two ways onward; a joint row.
TWELVE = [
    row("bidang", text="Mencatat permintaan"),
    row("bidang", 1),
    row("bidang", 2, duration_text="1 hari", duration_value=1, duration_unit="day"),
    row("bidang", kind="decision", if_yes=5, if_no=6, text="Perlu rapat?"),
    row("bidang", text="Mengadakan rapat"),
    row("pelaksana", 3),
    row("utama", 4, kind="decision", if_yes=8, if_no=6),
    row("bidang", 5, to="operator", text="Menyerahkan bersama"),
    row("operator", text="Memeriksa tautan"),
    row("operator", 6),
    row("operator", 7),
    row("bidang", text="Mengarsipkan berkas"),
]
WORKS = {"bidang": "bidang", "operator": "operator", "pelaksana": "pelaksana", "utama": "utama"}


@pytest.fixture
def pelaksana():
    return make.person("ppid_pelaksana", unit="dinkes")


def opened(rows) -> Case:
    make_sheets.in_force(make_sheets.sheet(rows))
    return make.again(open_publication(make.information(unit="dinkes"), actor=make.demo("bidang")))


def take(case: Case, actor, **inputs) -> Case:
    """Take the row where the case waits, with what its lawful steps need."""
    if "prepare" in [move.key for move in case.carried]:
        add_document(case, make.pdf(), title="Laporan", actor=actor)
    if case.decides:
        inputs.setdefault("category", "periodic")
    take_step(case, case.next_step.key, actor=actor, **inputs)
    return make.again(case)


def ledger(case: Case) -> list[tuple]:
    return [(each.sequence, each.step, each.key, each.to_state, each.to_step) for each in case.records.all()]


def sql(statement: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_plain_row_asks_in_the_words_of_its_sheet(pelaksana):
    assert opened(TWELVE).asks == "Mencatat permintaan"


class TestFiveRows:
    def test_a_row_takes_what_it_carries_at_once_each_with_its_ledger_row(self, pelaksana):
        bidang, operator = make.demo("bidang"), make.demo("operator")
        case = opened(FIVE)
        assert (case.step, case.state) == (1, "updating")
        case = take(case, bidang)
        assert (case.step, case.state, case.moves) == (2, "preparing", 2)
        case = take(take(case, pelaksana), make.demo("utama"))
        case = take(take(case, bidang), operator)
        assert ledger(case) == [
            (1, 1, "update_content", "coordinating", 1),
            (2, 1, "coordinate", "preparing", 2),
            (3, 2, "prepare", "clarifying", 3),
            (4, 3, "clarify", "releasing", 4),
            (5, 4, "release", "renewing", 5),
            (6, 5, "renew", "publishing", 5),
            (7, 5, "publish", "published", None),
        ]
        assert case.ended_at is not None
        assert PublishedItem.objects.filter(number=case.information.number).exists()

    def test_nothing_of_a_row_is_taken_when_a_later_step_of_it_lacks_something(self, pelaksana):
        rows = [row("bidang", 1, 2), row("bidang", 3), *FIVE[2:]]
        case = take(opened(rows), make.demo("bidang"))
        with pytest.raises(StepUnmet, match="sekurang-kurangnya satu dokumen"):
            take_step(case, "prepare", actor=make.demo("bidang"))
        assert make.again(case).moves == 2

    def test_a_row_asks_in_plain_words_for_all_that_it_carries(self, pelaksana):
        case = opened(FIVE)
        assert case.asks == (
            "Lengkapi apa yang akan diumumkan, lalu teruskan. Minta dokumennya kepada unit yang menguasainya."
        )

    def test_the_second_step_of_a_row_is_not_taken_by_itself(self):
        case = opened(FIVE)
        with pytest.raises(StepOutOfOrder):
            take_step(case, "coordinate", actor=make.demo("bidang"))

    def test_a_row_has_its_time_once(self, pelaksana):
        case = take(opened(FIVE), make.demo("bidang"))
        first, second = case.records.all()
        assert first.used_days == 0
        assert (second.used_days, second.used_minutes, second.due_at) == (None, None, None)

    def test_the_passport_tells_each_row_once(self, pelaksana):
        case = opened(FIVE)
        for who in (make.demo("bidang"), pelaksana, make.demo("utama"), make.demo("bidang"), make.demo("operator")):
            case = take(case, who)
        assert [each["number"] for each in passport(case)] == [1, 2, 3, 4, 5]


class TestTwelveRows:
    def walk(self, pelaksana, to: int, *, meet: str = "yes") -> Case:
        case, hands = opened(TWELVE), {**WORKS, "pelaksana": pelaksana}
        while case.step is not None and case.step < to:
            here = case.step
            who = hands[TWELVE[here - 1]["by"]]
            who = make.demo(who) if isinstance(who, str) else who
            if here == 8:
                confirm_row(case, actor=make.demo("operator"))
            case = take(case, who, **({"exit": meet} if here == 4 else {}))
        return case

    def test_a_plain_row_leaves_its_ledger_row_and_moves_the_position_alone(self, pelaksana):
        case = self.walk(pelaksana, 2)
        assert (case.step, case.state, case.moves) == (2, "updating", 1)
        assert ledger(case) == [(1, 1, "row", "updating", 2)]
        assert case.records.get().title == "Mencatat permintaan"

    def test_a_lawful_step_is_not_taken_while_a_plain_row_before_it_waits(self):
        case = opened(TWELVE)
        with pytest.raises(
            StepOutOfOrder, match="Langkah 2 belum dapat dikerjakan: proses ini sedang menunggu langkah 1"
        ):
            take_step(case, "update_content", actor=make.demo("bidang"))

    def test_a_decision_with_two_ways_onward_wants_its_answer(self, pelaksana):
        case = self.walk(pelaksana, 4)
        with pytest.raises(StepUnmet, match="ya atau tidak") as refusal:
            take_step(case, "row", actor=make.demo("bidang"))
        assert refusal.value.fields == ("exit",)
        assert take(case, make.demo("bidang"), exit="no").step == 6

    @pytest.mark.parametrize(
        ("meet", "rows"),
        [("yes", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), ("no", [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12])],
    )
    def test_all_the_way(self, pelaksana, meet, rows):
        case = self.walk(pelaksana, 99, meet=meet)
        assert [each.step for each in case.records.all()] == rows
        assert (case.state, case.step) == ("published", None)

    def test_the_item_is_public_while_the_last_plain_row_still_waits(self, pelaksana):
        case = self.walk(pelaksana, 12)
        assert (case.step, case.state, case.is_running) == (12, "published", True)
        assert PublishedItem.objects.filter(number=case.information.number).exists()
        assert list(Case.objects.awaiting(make.demo("bidang"), on=timezone.localdate())) == [case]
        with pytest.raises(StepOutOfOrder):
            take_step(case, "withdraw", actor=make.demo("utama"), note="Tidak jadi.")
        assert case.earlier_rows == []

    def test_the_passport_goes_on_with_the_rows_after_the_publication(self, pelaksana):
        case = self.walk(pelaksana, 12)
        on_shelf = PublishedItem.objects.get(number=case.information.number)
        assert [each["number"] for each in on_shelf.passport][-1] == 11
        case = take(case, make.demo("bidang"))
        on_shelf = PublishedItem.objects.get(number=case.information.number)
        assert [each["number"] for each in on_shelf.passport][-2:] == [11, 12]
        assert on_shelf.published_at == make.again(case).records.get(key="publish").done_at

    @pytest.mark.parametrize(
        ("number", "told"),
        [
            (1, "1 · Mencatat permintaan"),
            (3, "3 · Koordinasi pengumpulan"),
            (12, "Diumumkan, 12 · Mengarsipkan berkas"),
        ],
    )
    def test_where_it_stands_is_told_by_the_rows_of_its_own_sheet(self, pelaksana, number, told):
        assert self.walk(pelaksana, number).state_label == told

    def test_what_is_urgent_by_its_class_names_the_row_of_its_own_sheet(self, pelaksana):
        case = take(self.walk(pelaksana, 7), make.demo("utama"), category="immediate")
        assert case.urgent_because == "Jenisnya ditetapkan serta merta pada langkah 7."

    def test_a_class_that_was_chosen_is_chosen_anew_at_the_row_of_its_own_sheet(self, pelaksana):
        case = take(self.walk(pelaksana, 7), make.demo("utama"), category="periodic")
        with pytest.raises(StepOutOfOrder, match="Kembalikan proses ini ke langkah 7 untuk menetapkannya"):
            mark_urgent(case, because="Banjir.", actor=make.demo("bidang"))

    def test_a_row_is_due_by_its_own_time(self, pelaksana):
        case = self.walk(pelaksana, 3)
        assert case.due_at is not None
        assert self.walk_on(case).due_at is None

    def walk_on(self, case: Case) -> Case:
        return take(case, make.demo("bidang"))


class TestJointRows:
    def at_the_joint_row(self, pelaksana) -> Case:
        return TestTwelveRows().walk(pelaksana, 8)

    def test_it_waits_for_a_person_of_each_column(self, pelaksana):
        case = self.at_the_joint_row(pelaksana)
        today = timezone.localdate()
        for who in ("bidang", "operator"):
            assert list(Case.objects.awaiting(make.demo(who), on=today)) == [case]
        with pytest.raises(StepUnmet, match="dikerjakan bersama"):
            take_step(case, "release", actor=make.demo("bidang"))
        (confirmed,) = confirm_row(case, actor=make.demo("operator"), note="Sudah saya terima.")
        assert (confirmed.label, confirmed.actor_name) == ("Petugas Informasi/Operator PPID", "Rina Marlina, A.Md.")
        assert list(Case.objects.awaiting(make.demo("operator"), on=today)) == []
        assert list(Case.objects.awaiting(make.demo("bidang"), on=today)) == [case]
        case = take(case, make.demo("bidang"))
        assert (case.step, case.state) == (9, "renewing")
        said = Confirmation.objects.filter(case=case).values_list("label", "step")
        assert sorted(said) == [
            ("Bidang Pengelolaan dan Layanan Informasi Publik", 8),
            ("Petugas Informasi/Operator PPID", 8),
        ]

    def test_either_column_may_be_the_last(self, pelaksana):
        case = self.at_the_joint_row(pelaksana)
        confirm_row(case, actor=make.demo("bidang"))
        assert take(case, make.demo("operator")).step == 9

    def test_a_column_between_the_first_and_the_last_confirms_too(self, pelaksana):
        # From «Bidang» to «PPID Pelaksana» stands «Operator».
        rows = [*FIVE[:3], row("bidang", 5, to="pelaksana"), FIVE[4]]
        case = take(take(take(opened(rows), make.demo("bidang")), pelaksana), make.demo("utama"))
        confirm_row(case, actor=make.demo("bidang"))
        with pytest.raises(StepUnmet, match="dikerjakan bersama"):
            take_step(case, "release", actor=pelaksana)
        confirm_row(case, actor=make.demo("operator"))
        assert take(case, pelaksana).step == 5

    def test_nobody_else_confirms_and_nobody_twice(self, pelaksana):
        case = self.at_the_joint_row(pelaksana)
        with pytest.raises(StepForbidden):
            confirm_row(case, actor=pelaksana)
        confirm_row(case, actor=make.demo("operator"))
        with pytest.raises(StepOutOfOrder, match="sudah dikonfirmasi"):
            confirm_row(case, actor=make.demo("operator"))
        with pytest.raises(StepUnmet, match="Anda yang terakhir"):
            confirm_row(case, actor=make.demo("bidang"))

    def test_a_row_of_one_column_is_not_confirmed(self):
        with pytest.raises(StepOutOfOrder, match="tidak dikerjakan bersama"):
            confirm_row(make.publication(), actor=make.demo("bidang"))

    def test_a_return_makes_it_confirmed_anew(self, pelaksana):
        case = self.at_the_joint_row(pelaksana)
        confirm_row(case, actor=make.demo("operator"))
        take_step(case, "send_back", actor=make.demo("bidang"), note="Kelas keliru.", to=7)
        case = take(make.again(case), make.demo("utama"))
        with pytest.raises(StepUnmet, match="dikerjakan bersama"):
            take_step(case, "release", actor=make.demo("bidang"))

    def test_what_changed_after_a_confirmation_is_confirmed_anew(self, pelaksana):
        rows = [row("bidang", 1, to="operator"), row("bidang", 2), *FIVE[1:]]
        rows[3] = {**rows[3], "if_yes": 5, "if_no": 3}
        case = opened(rows)
        document = add_document(case, make.pdf(), title="A", actor=make.demo("bidang"))
        confirm_row(case, actor=make.demo("operator"))
        replace_document(case, document, make.pdf(), title="A", actor=make.demo("bidang"))
        with pytest.raises(StepUnmet, match="dikerjakan bersama"):
            take_step(case, "update_content", actor=make.demo("bidang"))
        assert list(Case.objects.awaiting(make.demo("operator"), on=timezone.localdate())) == [case]
        confirm_row(case, actor=make.demo("operator"))
        assert take(case, make.demo("bidang")).step == 2

    def test_a_changed_description_is_confirmed_anew(self):
        case = opened(
            [
                row("bidang", 1, to="operator"),
                row("bidang", 2),
                FIVE[1],
                {**FIVE[2], "if_yes": 5, "if_no": 3},
                *FIVE[3:],
            ]
        )
        confirm_row(case, actor=make.demo("operator"))
        describe(case, {"summary": "Lain sama sekali."}, actor=make.demo("bidang"))
        with pytest.raises(StepUnmet, match="dikerjakan bersama"):
            take_step(case, "update_content", actor=make.demo("bidang"))
        assert list(Case.objects.awaiting(make.demo("operator"), on=timezone.localdate())) == [case]

    def test_the_database_takes_no_joint_row_without_each_column(self, pelaksana):
        case = self.at_the_joint_row(pelaksana)
        last = case.records.last()
        last.pk, last.sequence, last.step, last.to_step = None, last.sequence + 1, 8, 9
        last.key, last.kind, last.from_state, last.to_state = "release", "step", "releasing", "renewing"
        last.received_at, last.due_at, last.approved = case.received_at, case.due_at, None
        with pytest.raises(DatabaseError, match="a person of each column"), make.savepoint():
            last.save(force_insert=True)

    def test_the_database_keeps_confirmations_and_takes_them_where_the_case_stands(self, pelaksana):
        case = self.at_the_joint_row(pelaksana)
        (confirmed,) = confirm_row(case, actor=make.demo("operator"))
        for statement in (
            "UPDATE flows_confirmation SET note = 'lain'",
            "DELETE FROM flows_confirmation",
            "TRUNCATE flows_confirmation",
        ):
            with pytest.raises(DatabaseError), make.savepoint():
                sql(statement)
        with pytest.raises(DatabaseError, match="where the case stands"), make.savepoint():
            make.twin(confirmed, column=1, step=7)
        confirmed.pk, confirmed.column = None, 4
        with pytest.raises(DatabaseError, match="where the case stands"), make.savepoint():
            confirmed.save(force_insert=True)
        confirmed.column, confirmed.moves = 1, 1
        with pytest.raises(DatabaseError, match="where the case stands"), make.savepoint():
            confirmed.save(force_insert=True)


ROUNDABOUT = {
    "forward over a row": "UPDATE flows_case SET step = 4 WHERE id = %s",
    "back without a return": "UPDATE flows_case SET step = 1 WHERE id = %s",
    "to a row that is not there": "UPDATE flows_case SET step = 44 WHERE id = %s",
    "to no row": "UPDATE flows_case SET step = NULL WHERE id = %s",
    "counted along": "UPDATE flows_case SET step = 3, moves = moves + 1 WHERE id = %s",
}


@pytest.mark.parametrize("way", ROUNDABOUT)
def test_no_way_leads_around_the_rows(way):
    case = opened(FIVE)
    case = take(case, make.demo("bidang"))
    with pytest.raises(DatabaseError), make.savepoint():
        sql(ROUNDABOUT[way], case.pk)


# A forged row of the ledger does not help either: from row 2 of five, awaiting «prepare».
FORGED = {
    "a step over a row": ({"kind": "step", "key": "row", "to_step": 4, "to_state": "preparing"}, "along the rows"),
    "a step backward": ({"kind": "step", "key": "row", "to_step": 1, "to_state": "preparing"}, "along the rows"),
    "a step that ends early": (
        {"kind": "step", "key": "row", "to_step": None, "to_state": "preparing"},
        "case_ends_with_its_state",
    ),
    "a row that leaves its step behind": (
        {"kind": "step", "key": "row", "to_step": 3, "to_state": "preparing"},
        "carries its lawful step",
    ),
    "a step that stays on its row": (
        {"kind": "step", "key": "prepare", "to_step": 2, "to_state": "clarifying"},
        "carries its lawful step",
    ),
    "a return onward": (
        {"kind": "return", "key": "send_back", "to_step": 3, "to_state": "preparing", "note": "x"},
        "earlier row",
    ),
    "a return to a row without its state": (
        {"kind": "return", "key": "send_back", "to_step": 1, "to_state": "preparing", "note": "x"},
        "carries its lawful step",
    ),
}


@pytest.mark.parametrize("way", FORGED)
def test_not_even_a_forged_row_leads_off_the_sheet(way):
    fields, said = FORGED[way]
    case = take(opened(FIVE), make.demo("bidang"))
    forged = case.records.last()
    forged.pk, forged.sequence, forged.step = None, 3, 2
    forged.from_state, forged.received_at, forged.due_at = case.state, case.received_at, case.due_at
    for name, value in fields.items():
        setattr(forged, name, value)

    def move():
        forged.save(force_insert=True)
        sql(
            "UPDATE flows_case SET state = %s, step = %s, moves = moves + 1, received_at = %s WHERE id = %s",
            fields["to_state"],
            fields["to_step"],
            forged.done_at,
            case.pk,
        )

    with pytest.raises(DatabaseError, match=said), make.savepoint():
        move()


def test_an_exclusion_on_a_sheet_of_seven_rows(pelaksana):
    make_sheets.in_force(make_sheets.sheet(make_sheets.EXCLUSION_IN_SEVEN, flow="exclusion"))
    case = make.again(open_exclusion(make.information(unit="dinkes"), actor=make.demo("bidang")))
    tester = make.person("opd", unit="dinkes")
    hands = (
        [make.demo(who) for who in ("bidang", "bidang", "utama")]
        + [tester]
        + [make.demo(w) for w in ("utama", "bidang", "bidang")]
    )
    for who in hands:
        key = case.next_step.key
        if key == "adopt":
            make.heads_word(case)
        make.supply(case, key, who)
        take_step(case, key, actor=who, evidence=make.evidence(case, who))
        case = make.again(case)
    assert (case.state, case.step) == ("adopted", None)
    assert [each.key for each in case.records.all()] == [
        "row", "collect", "screen", "test_consequences", "accept", "adopt", "row",
    ]  # fmt: skip


def test_a_case_keeps_its_sheet_and_goes_back_to_a_row_that_the_newer_one_has_no_more(pelaksana):
    rows = [
        row("bidang", 1, 2),
        row("bidang", text="Mengadakan rapat"),
        row("pelaksana", 3),
        row("utama", 4, kind="decision", if_yes=5, if_no=3),
        *FIVE[3:],
    ]
    case = opened(rows)
    for who in (make.demo("bidang"), make.demo("bidang"), pelaksana, make.demo("utama")):
        case = take(case, who)
    newer = library.new_draft(case.sop_version, actor=make.person("sop_keeper", unit="dinkes"))
    newer.activities.filter(number=2).delete()
    newer.activities.filter(number=4).update(number=0, if_yes=4, if_no=2)
    for number, becomes in ((3, 2), (0, 3), (5, 4), (6, 5)):
        newer.activities.filter(number=number).update(number=becomes)
    make_sheets.in_force(newer)
    other = open_publication(make.information(unit="dinkes"), actor=make.demo("bidang"))
    assert (len(case.activities), len(other.activities)) == (6, 5)
    take_step(case, "send_back", actor=make.demo("bidang"), note="Rapat belum diadakan.", to=2)
    case = make.again(case)
    assert (case.step, case.state) == (2, "preparing")
    assert take(case, make.demo("bidang")).step == 3
