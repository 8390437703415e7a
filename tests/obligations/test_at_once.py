"""What two people do to one cell at the same moment. Each test falls without its lock."""

from ppid.flows import fulfilling
from ppid.obligations import duties, statements
from ppid.obligations.models import DutyText, Fulfilment, Statement
from ppid.obligations.refusals import DutyChanged
from ppid.shelf.models import DutyWord
from tests import make
from tests.obligations import said
from tests.portal import shelf_rows
from tests.together import two_at_once


def test_of_two_statements_at_once_one_waits_and_the_other_is_told(committed_database):
    shelf_rows.duty()
    other = make.person("ppid_pelaksana")
    first, second = two_at_once(said.stated, lambda: said.stated("not_required", actor=other))
    assert isinstance(first, Statement)
    assert isinstance(second, DutyChanged)


def test_withdrawing_and_approving_at_once_leave_one_of_both(committed_database):
    shelf_rows.duty()
    waiting, dinsos, utama = said.stated(), make.demo("dinsos"), make.demo("utama")
    first, second = two_at_once(
        lambda: statements.withdraw(waiting, actor=dinsos), lambda: statements.approve(waiting, actor=utama)
    )
    assert first.decision == "withdrawn"
    assert isinstance(second, DutyChanged)
    assert not DutyWord.objects.exists()


def test_two_ends_at_once_are_one(committed_database):
    shelf_rows.duty()
    standing, dinsos, utama = said.stands(), make.demo("dinsos"), make.demo("utama")
    _, second = two_at_once(
        lambda: statements.end(standing, actor=dinsos, because="Satu."),
        lambda: statements.end(standing, actor=utama, because="Dua."),
    )
    assert isinstance(second, DutyChanged)


def test_of_two_texts_of_a_duty_at_once_one_waits(committed_database):
    other = make.person("bidang_layanan", unit="diskominfo")
    first, second = two_at_once(said.changed, lambda: said.changed(actor=other, name="Lain"))
    assert isinstance(first, DutyText)
    assert isinstance(second, DutyChanged)


def test_two_approvals_of_a_text_at_once_are_one(committed_database):
    waiting, utama, wakil = said.changed(), make.demo("utama"), make.demo("wakil")
    first, second = two_at_once(
        lambda: duties.approve(waiting, actor=utama), lambda: duties.approve(waiting, actor=wakil)
    )
    assert first.number == 1
    assert isinstance(second, DutyChanged)


def test_an_item_linked_twice_at_once_fills_the_cell_once(committed_database):
    shelf_rows.duty()
    item, dinsos = make.information(), make.demo("dinsos")
    first, second = two_at_once(lambda: said.linked(item), lambda: said.linked(item, actor=dinsos))
    assert isinstance(first, Fulfilment)
    assert isinstance(second, DutyChanged)


def test_two_items_begun_for_one_cell_at_once_say_so_once(committed_database):
    shelf_rows.duty()
    one, two = make.publication().information, make.publication().information
    first, second = two_at_once(lambda: said.linked(one), lambda: said.linked(two))
    assert isinstance(first, Fulfilment)
    assert isinstance(second, Fulfilment)
    assert DutyWord.objects.get().kind == "worked_on"


def test_publishing_and_sending_back_what_it_fills_at_once_leave_one_of_both(committed_database):
    shelf_rows.duty()
    case = make.publication()
    linked, utama = said.linked(case.information), make.demo("utama")
    case = make.walk(case, to="publishing")
    make.supply(case, "publish", make.demo("operator"))
    two_at_once(
        lambda: make.step(case, "publish", actor="operator"),
        lambda: fulfilling.send_back(linked, actor=utama, reason="Bukan ini."),
    )
    linked.refresh_from_db()
    assert (linked.decision, said.cell().state) in {("approved", "ada"), ("returned", "belum-ada")}
