"""Tarik: a published item leaves the portal for one of three reasons, and its tombstone says which."""

import pytest
from django.db import connection
from django.db.utils import DatabaseError, IntegrityError
from django.urls import reverse

from ppid.flows.actions import take_step
from ppid.flows.life import Withdrawal
from ppid.flows.steps import StepOutOfOrder, StepUnmet
from ppid.shelf.models import PublishedEdition, PublishedItem, Tombstone
from tests import make
from tests.desk.conftest import sign_in  # noqa: F401 - a fixture
from tests.desk.pages import text
from tests.flows.test_guards import forged_row
from tests.portal.test_items import text_of
from tests.together import two_at_once


def retract(case, **inputs):
    return take_step(case, "retract", actor=make.demo("utama"), note="Alasan yang dibaca publik.", **inputs)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("why", "words"), [("wrongly_published", "Salah terbit"), ("withdrawn", "Ditarik"), ("replaced", "Digantikan")]
)
def test_the_tombstone_and_the_ledger_say_which_reason(client, why, words):
    case, other = make.publication(at="published"), make.publication(at="published", title="Yang baru")
    number = other.information.number
    record = retract(case, why=why, successor=number if why == "replaced" else "")
    assert (record.withdrawal.why, record.withdrawal.successor) == (
        why,
        other.information if why == "replaced" else None,
    )
    assert words in text_of(client.get(f"/informasi/{case.information.number}/"))
    if why == "replaced":
        assert "Digantikan oleh Yang baru" in text_of(client.get(f"/informasi/{case.information.number}/"))
        assert f"nomor {case.information.number}" in text_of(client.get(f"/informasi/{number}/"))


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["wrongly_published", "withdrawn"])
def test_of_what_was_wrongly_published_no_edition_is_left(why):
    case = make.publication(at="published")
    case = make.publication(at="published", information=case.information)
    retract(case, why=why)
    assert PublishedEdition.objects.exists() == (why == "withdrawn")


@pytest.mark.django_db
def test_what_replaces_an_item_stands_on_the_portal_and_is_another():
    case, draft = make.publication(at="published"), make.publication(at="publishing")
    for successor in ("", "2026-9999", draft.information.number, case.information.number):
        with pytest.raises(StepUnmet, match="nomor informasi di portal"):
            retract(case, why="replaced", successor=successor)
    with pytest.raises(StepUnmet, match="Pilih sebabnya"):
        retract(case, why="bosan")
    assert PublishedItem.objects.filter(number=case.information.number).exists()


@pytest.mark.django_db
def test_the_form_asks_for_the_reason_and_keeps_what_was_typed(sign_in):  # noqa: F811
    case, other = make.publication(at="published"), make.publication(at="published")
    client, url = sign_in("utama"), reverse("desk:step", args=[case.number, "retract"])
    answer = client.post(url, {"moves": case.moves, "note": "Alasan saya"})
    assert answer.status_code == 422
    assert "Pilih sebabnya" in text(answer)
    assert "Alasan saya" in answer.content.decode()
    answer = client.post(url, {"moves": case.moves, "note": "Alasan saya", "why": "replaced", "successor": "x"})
    assert "nomor informasi di portal" in text(answer)
    sent = {"moves": case.moves, "note": "Ada yang baru", "why": "replaced", "successor": other.information.number}
    assert client.post(url, sent).status_code == 302
    assert Tombstone.objects.get(number=case.information.number).successor == other.information.number


@pytest.mark.django_db
def test_the_database_wants_the_reason_and_keeps_it():
    case, other = make.publication(at="published"), make.publication(at="published")
    for act in (
        lambda: forged_withdrawal(case),
        lambda: forged_withdrawal(case, why="replaced"),
        lambda: forged_withdrawal(case, why="withdrawn", successor=other.information),
        lambda: forged_withdrawal(case, why="replaced", successor=case.information),
        lambda: forged_withdrawal(case, why="replaced", successor=make.information()),
    ):
        with pytest.raises(DatabaseError), make.savepoint():
            act()
    record = retract(case)
    for act in (
        lambda: Withdrawal.objects.update(why="wrongly_published"),
        lambda: Withdrawal.objects.all().delete(),
        lambda: Withdrawal.objects.create(record=other.records.last(), why="withdrawn"),
    ):
        with pytest.raises((DatabaseError, IntegrityError)), make.savepoint():
            act()
    assert record.withdrawal.why == "withdrawn"


def forged_withdrawal(case, **fields):
    """Take the item off by SQL: a ledger row and its move, with the withdrawal that ``fields`` give, or none."""
    record = forged_row(case, "retract", "retracted", kind="retraction", note="x", step=None)
    if fields:
        Withdrawal.objects.create(record=record, **fields)
    moment = record.done_at
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE flows_case SET state = 'retracted', moves = moves + 1, received_at = %s, ended_at = %s "
            "WHERE id = %s; SET CONSTRAINTS ALL IMMEDIATE",
            [moment, moment, case.pk],
        )


def test_a_successor_that_is_taken_off_at_the_same_moment_replaces_nothing(committed_database):
    case, other = make.publication(at="published"), make.publication(at="published")
    number = other.information.number
    first, second = two_at_once(lambda: retract(other), lambda: retract(case, why="replaced", successor=number))
    assert Tombstone.objects.get(number=number) is not None
    assert isinstance(second, StepUnmet | StepOutOfOrder), repr(second)
    assert PublishedItem.objects.filter(number=case.information.number).exists()
