"""A partial exclusion names the item that holds what stays open: another one of its unit, which is not excluded."""

import pytest

from ppid.flows.amendments import decide, propose
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.shelf.models import DikEntry
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return make.adopted(conclusion="part", redacted_parts="Nama dan NIK pemohon")


@pytest.fixture
def item():
    return make.information(unit="disdukcapil", title="Rekapitulasi permohonan akta")


def named(case, number, *, actor="bidang"):
    return propose(
        make.again(case), "name_open_part", actor=make.demo(actor), after={"open_part": number}, reason="Terbuka."
    )


def open_part(case) -> str:
    return DikEntry.objects.get(number=case.number).open_part


def test_one_names_it_another_agrees_and_the_name_may_be_taken_back(part, item):
    with pytest.raises(StepForbidden):
        decide(named(part, item.number, actor="utama"), approve=True, actor=make.demo("utama"))
    decide(part.amendments.get(), approve=True, actor=make.demo("atasan"))
    assert open_part(part) == item.number
    with pytest.raises(StepUnmet, match="Nomor ini sudah tercatat"):
        named(part, item.number)
    decide(named(part, ""), approve=True, actor=make.demo("utama"))
    assert open_part(part) == ""


def test_what_is_excluded_as_a_whole_has_none(item):
    with pytest.raises(StepOutOfOrder, match="dikecualikan seluruhnya"):
        named(make.adopted(), item.number)


def test_it_is_an_item_that_there_is_and_of_the_same_unit(part):
    for number in ("2026-9999", make.information(unit="dinsos").number):
        with pytest.raises(StepUnmet, match=f"Tidak ada informasi bernomor {number} pada") as refusal:
            named(part, number)
        assert refusal.value.fields == ("open_part",)


def test_it_is_never_the_excluded_item_itself(part):
    with pytest.raises(StepUnmet, match="informasi yang dikecualikan itu sendiri"):
        named(part, part.information.number)


def test_nor_one_that_is_excluded_too(part):
    other = make.adopted()
    with pytest.raises(StepUnmet, match="juga dikecualikan"):
        named(part, other.information.number)
