"""A joint row beside the decision: confirming looks at no class, which whoever decides chooses last."""

import pytest
from django.db.utils import DatabaseError

from ppid.flows.actions import confirm_row, open_publication, take_step
from ppid.flows.documents import add_document, describe
from ppid.flows.steps import StepForbidden
from tests import make, make_sheets
from tests.make_sheets import row

pytestmark = pytest.mark.django_db


@pytest.fixture
def pelaksana():
    return make.person("ppid_pelaksana", unit="dinkes")


def prepared(pelaksana, *rows):
    """Open a case of the health office by these rows, with its first three steps taken."""
    make_sheets.in_force(make_sheets.sheet([row("bidang", 1, 2), row("pelaksana", 3), *rows]))
    case = make.again(open_publication(make.information(unit="dinkes"), actor=make.demo("bidang")))
    take_step(case, "update_content", actor=make.demo("bidang"))
    add_document(make.again(case), make.pdf(), title="Laporan", actor=pelaksana)
    take_step(make.again(case), "prepare", actor=pelaksana)
    return make.again(case)


def test_a_joint_row_may_stand_before_the_decision(pelaksana):
    rows = row("operator", to="pelaksana"), row("utama", 4), row("operator", 5, 6, 7)
    case = prepared(pelaksana, *rows)
    confirm_row(case, actor=make.demo("operator"))
    case = make.again(case)
    assert [each.actor for each in case.confirmations] == [make.demo("operator")]
    take_step(case, "row", actor=pelaksana)
    assert (make.again(case).step, make.again(case).state) == (4, "clarifying")


def test_a_joint_decision_is_confirmed_by_one_and_decided_by_the_other(pelaksana):
    rows = [row("bidang", 1, 2), row("bidang", 3), row("pelaksana", 4, to="utama"), row("operator", 5, 6, 7)]
    make_sheets.in_force(make_sheets.sheet(rows))
    case = make.again(open_publication(make.information(unit="dinkes"), actor=make.demo("bidang")))
    take_step(case, "update_content", actor=make.demo("bidang"))
    add_document(make.again(case), make.pdf(), title="Laporan", actor=make.demo("bidang"))
    take_step(make.again(case), "prepare", actor=make.demo("bidang"))
    confirm_row(make.again(case), actor=pelaksana)
    take_step(make.again(case), "clarify", actor=make.demo("utama"), category="on_demand")
    case = make.again(case)
    assert (case.state, case.information.category) == ("releasing", "on_demand")


def test_nobody_confirms_their_own_work_at_a_joint_decision(pelaksana):
    rows = [row("bidang", 1, 2), row("bidang", 3), row("pelaksana", 4, to="utama"), row("operator", 5, 6, 7)]
    make_sheets.in_force(make_sheets.sheet(rows))
    case = make.again(open_publication(make.information(unit="dinkes"), actor=make.demo("bidang")))
    take_step(case, "update_content", actor=make.demo("bidang"))
    describe(make.again(case), {"summary": "Ringkasan dari pelaksana."}, actor=make.demo("bidang"))
    add_document(make.again(case), make.pdf(), title="Laporan", actor=make.demo("bidang"))
    take_step(make.again(case), "prepare", actor=make.demo("bidang"))
    make.appoint(make.demo("bidang"), "ppid_pelaksana", unit="dinkes")
    with pytest.raises(StepForbidden, match="mengunggah"):
        confirm_row(make.again(case), actor=make.demo("bidang"))
    (confirmed,) = confirm_row(make.again(case), actor=pelaksana)
    with pytest.raises(DatabaseError, match="nobody approves their own work"), make.savepoint():
        make.twin(confirmed, actor=make.demo("bidang"), digest="0" * 64)


def test_nobody_who_tested_confirms_a_joint_adoption():
    rows = [
        row("bidang", 1),
        row("utama", 2, kind="decision", if_yes=3, if_no=1),
        row("opd", 3),
        row("utama", 4, kind="decision", if_yes=5, if_no=3),
        row("bidang", 5, to="opd"),
    ]
    make_sheets.in_force(make_sheets.sheet(rows, flow="exclusion"))
    tester = make.person("opd", unit="dinkes")
    item = make.information(unit="dinkes")
    case = make.exclusion(information=item, at="adopting", hands={"test_consequences": tester})
    with pytest.raises(StepForbidden, match="lembar uji"):
        confirm_row(case, actor=tester)
    (confirmed,) = confirm_row(case, actor=make.demo("bidang"))
    with pytest.raises(DatabaseError, match="nobody adopts what they tested"), make.savepoint():
        make.twin(confirmed, actor=tester, digest="0" * 64)


def test_whoever_tested_confirms_a_joint_row_that_adopts_nothing():
    rows = [
        row("bidang", 1),
        row("utama", 2, kind="decision", if_yes=3, if_no=1),
        row("opd", 3),
        row("utama", to="opd", text="Membahas hasil uji bersama"),
        row("utama", 4, kind="decision", if_yes=6, if_no=3),
        row("bidang", 5),
    ]
    make_sheets.in_force(make_sheets.sheet(rows, flow="exclusion"))
    tester = make.person("opd", unit="dinkes")
    item = make.information(unit="dinkes")
    case = make.exclusion(information=item, at="reviewing", hands={"test_consequences": tester})
    (confirmed,) = confirm_row(case, actor=tester)
    assert confirmed.step == 4
    take_step(make.again(case), "row", actor=make.demo("utama"))
    assert make.again(case).step == 5
