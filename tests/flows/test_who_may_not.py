"""Every act of the flows and of the calendar against everybody who may not do it, asked at the domain.

The acts, the people who may, and those who may not are written out by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone

from ppid.flows.actions import open_exclusion, open_publication, register_information, take_step
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.documents import add_document, add_evidence, describe, remove_document, replace_document
from ppid.flows.ledger import MovedDeadline, StepRecord
from ppid.flows.models import Case
from ppid.flows.opening import open_case, open_new
from ppid.flows.steps import StepOutOfOrder
from ppid.information.models import Document, Information
from ppid.organisation.models import User
from ppid.web.refusals import Forbidden, Refused
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday
from tests import make

pytestmark = pytest.mark.django_db

HERE, ELSEWHERE = "disdukcapil", "dinsos"
ALL_ROLES = {"ppid_utama", "ppid_pelaksana", "ppid_pembantu", "opd", "bidang_layanan", "operator", "atasan_ppid"}
CITY = {"ppid_utama", "bidang_layanan", "operator", "atasan_ppid"}
OFFICE = ALL_ROLES  # whoever acts for the unit, in any role
KNOW = {"ppid_utama", "atasan_ppid", "bidang_layanan", "opd", "ppid_pembantu"}  # whoever may see an exclusion of it


@dataclass(frozen=True)
class Doing:
    """An act, where its case stands, and the roles that may do it at the item's unit."""

    may: set[str]
    act: Callable
    at: str = ""
    flow: str = "publication"

    def case(self, standing: dict[tuple[str, str], Case]) -> Case | None:
        return make.again(standing[self.flow, self.at]) if self.at else None


def taking(key: str, at: str, may: set[str], flow: str = "publication") -> Doing:
    def act(case, who):
        inputs = {"category": "periodic"} if key == "clarify" else {}
        proof = case.information.documents.first()
        evidence = {"requirement": proof, "output": proof} if proof else {}
        return take_step(case, key, actor=who, note="Karena perlu.", evidence=evidence, **inputs)

    return Doing(may, act, at, flow)


def content(case: Case) -> Document:
    return case.information.documents.current().content().first()


def another_day(who: User) -> Holiday:
    return Holiday(date=date(2026, 12, 1) + timedelta(days=who.pk % 20), name="Libur", kind="local")


def a_holiday() -> Holiday:
    return Holiday.objects.earliest("date")


def change_a_holiday(case: None, who: User) -> int:
    return holidays.change(a_holiday(), actor=who, seen=a_holiday().mark)


CHANGES_AT_STEP_3 = {"ppid_pelaksana"}
KEEPERS = {"ppid_utama", "bidang_layanan", "operator"}

DOINGS = {
    "open a publication": Doing(OFFICE, lambda case, who: open_publication(make.information(unit=HERE), actor=who)),
    "open an exclusion": Doing(KNOW, lambda case, who: open_exclusion(make.information(unit=HERE), actor=who)),
    "open for an item": Doing(KNOW, lambda case, who: open_case("exclusion", make.information(unit=HERE), actor=who)),
    "open for a new item": Doing(
        OFFICE, lambda case, who: open_new("publication", unit=make.unit(HERE), actor=who, title="Baru")
    ),
    "write an item down": Doing(
        OFFICE, lambda case, who: register_information(unit=make.unit(HERE), actor=who, title="Baru")
    ),
    "1 update": taking("update_content", "updating", {"bidang_layanan"}),
    "2 coordinate": taking("coordinate", "coordinating", {"bidang_layanan"}),
    "3 prepare": taking("prepare", "preparing", {"ppid_pelaksana"}),
    "4 clarify": taking("clarify", "clarifying", {"ppid_utama"}),
    "4 return": taking("return_for_repair", "clarifying", {"ppid_utama"}),
    "4 divert": taking("divert", "clarifying", {"ppid_utama"}),
    "5 release": taking("release", "releasing", {"bidang_layanan"}),
    "6 renew": taking("renew", "renewing", {"operator"}),
    "7 publish": taking("publish", "publishing", {"operator"}),
    "reopen": taking("reopen", "clarifying", {"ppid_pelaksana"}),
    "6 send back": taking("send_back", "renewing", {"operator"}),
    "announce first": taking("publish_first", "preparing", {"ppid_utama"}),
    "withdraw": taking("withdraw", "releasing", {"ppid_utama"}),
    "retract": taking("retract", "published", {"ppid_utama"}),
    "1 collect": taking("collect", "collecting", {"bidang_layanan"}, "exclusion"),
    "2 screen": taking("screen", "screening", {"ppid_utama"}, "exclusion"),
    "2 return": taking("return_to_collecting", "screening", {"ppid_utama"}, "exclusion"),
    "3 test": taking("test_consequences", "testing", {"opd", "ppid_pembantu"}, "exclusion"),
    "4 accept": taking("accept", "reviewing", {"ppid_utama"}, "exclusion"),
    "4 return to the test": taking("return_to_testing", "reviewing", {"ppid_utama"}, "exclusion"),
    "5 adopt": taking("adopt", "adopting", {"bidang_layanan"}, "exclusion"),
    "reopen an exclusion": taking("reopen", "reviewing", {"opd", "ppid_pembantu"}, "exclusion"),
    "5 send an exclusion back": taking("send_back", "adopting", {"bidang_layanan", "atasan_ppid"}, "exclusion"),
    "4 conclude that it is open": taking("conclude_open", "reviewing", {"ppid_utama"}, "exclusion"),
    "withdraw an exclusion": taking("withdraw", "testing", {"ppid_utama"}, "exclusion"),
    "add a document": Doing(
        CHANGES_AT_STEP_3, lambda case, who: add_document(case, make.pdf(), title="A", actor=who), "preparing"
    ),
    "replace a document": Doing(
        {"ppid_pelaksana", "bidang_layanan"},
        lambda case, who: replace_document(case, content(case), make.pdf(), title="A", actor=who),
        "releasing",
    ),
    "remove a document": Doing(
        {"ppid_pelaksana", "operator"},
        lambda case, who: remove_document(case, content(case), actor=who),
        "renewing",
    ),
    "add a proof": Doing(
        {"operator"}, lambda case, who: add_evidence(case, make.pdf("bukti.pdf"), actor=who), "publishing"
    ),
    "describe": Doing(
        CHANGES_AT_STEP_3, lambda case, who: describe(case, {"summary": "Lain."}, actor=who), "preparing"
    ),
    "fill the test": Doing(
        {"opd", "ppid_pembantu"},
        lambda case, who: fill_test(case, make.test(), [make.participant()], actor=who),
        "testing",
        "exclusion",
    ),
    "record the decree": Doing(
        {"bidang_layanan"}, lambda case, who: record_decree(case, make.decree(), actor=who), "adopting", "exclusion"
    ),
    "add a holiday": Doing(KEEPERS, lambda case, who: holidays.add(another_day(who), actor=who)),
    "change a holiday": Doing(
        KEEPERS, lambda case, who: holidays.change(a_holiday(), actor=who, seen=a_holiday().mark)
    ),
    "remove a holiday": Doing(KEEPERS, lambda case, who: holidays.remove(a_holiday(), actor=who)),
    "predict a year": Doing(KEEPERS, lambda case, who: holidays.predict(2031, actor=who)),
}


@pytest.fixture(scope="module")
def standing(built_once) -> dict[tuple[str, str], Case]:
    """A case of this unit wherever an act is done."""
    build = {"publication": make.publication, "exclusion": make.exclusion}
    places = sorted({(doing.flow, doing.at) for doing in DOINGS.values() if doing.at})
    return {(flow, at): build[flow](at=at, unit=HERE) for flow, at in places}


def people_who_may_not(doing: Doing) -> dict[str, User]:
    """Return one of each kind: the right role at the wrong time, or place, and every wrong role in force."""
    today, role = timezone.localdate(), sorted(doing.may)[0]
    closed = make.person(role, unit=HERE)
    make.change(closed, is_active=False)
    people = {
        "of no appointment": make.person(),
        "whose appointment ended yesterday": make.person(role, unit=HERE, ends_on=today - timedelta(days=1)),
        "whose acting for another ended": make.person(
            role, unit=HERE, kind="plh", starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
        ),
        "whose appointment begins tomorrow": make.person(role, unit=HERE, starts_on=today + timedelta(days=1)),
        "whose account is closed": closed,
    }
    for here in sorted(doing.may - CITY):
        people[f"{here} of another unit"] = make.person(here, unit=ELSEWHERE)
    for other in sorted(ALL_ROLES - doing.may):
        people[other] = make.person(other, unit=HERE)
    return people


def what_there_is() -> list:
    """Return what a refused act must leave as it was."""
    return [
        list(Case.objects.order_by("pk").values_list("pk", "state", "moves", "due_at")),
        list(Information.objects.order_by("pk").values()),
        list(Document.objects.order_by("pk").values()),
        list(Holiday.objects.order_by("pk").values()),
        StepRecord.objects.count(),
        MovedDeadline.objects.count(),
    ]


@pytest.mark.parametrize("name", DOINGS)
def test_nobody_does_what_is_not_theirs(name, standing):
    doing = DOINGS[name]
    case, people = doing.case(standing), people_who_may_not(doing)
    before = what_there_is()
    for who, person in people.items():
        with pytest.raises(Refused) as refusal, make.savepoint():
            doing.act(case and make.again(case), person)
        assert isinstance(refusal.value, Forbidden) or "hanya dapat diubah oleh" in str(refusal.value), who
        assert refusal.value.sentences[0].endswith("."), who
    assert what_there_is() == before


@pytest.mark.parametrize("name", DOINGS)
def test_whoever_may_is_not_refused_for_who_they_are(name, standing):
    doing = DOINGS[name]
    case = doing.case(standing)
    for role in sorted(doing.may):
        person = make.person(role, unit=HERE, ends_on=timezone.localdate())  # their last day counts
        with pytest.raises((Undone, Refused)) as ended, make.savepoint():
            undone(lambda person=person: doing.act(case and make.again(case), person))
        assert not isinstance(ended.value, Forbidden), (role, ended.value)
        assert "hanya dapat diubah oleh" not in str(ended.value), role


def undone(act: Callable) -> None:
    act()
    raise Undone


class Undone(Exception):
    """The act was done; the savepoint takes it back."""


def test_every_move_of_both_flows_stands_in_the_table():
    keys = {key for flow in Case.flows.values() for key in flow.moves_by_key()}
    written = {
        "update_content", "coordinate", "prepare", "clarify", "return_for_repair", "divert", "release", "renew",
        "publish", "reopen", "withdraw", "retract", "collect", "screen", "return_to_collecting", "test_consequences",
        "accept", "return_to_testing", "adopt", "send_back",
        "publish_first", "conclude_open",
    }  # fmt: skip
    assert keys == written | {"take_over"}


def test_nobody_takes_an_item_over_by_a_step_of_its_case():
    case = make.publication()
    for key in ("utama", "wakil", "bidang", "operator", "dinsos"):
        with pytest.raises(StepOutOfOrder):
            take_step(make.again(case), "take_over", actor=make.demo(key), note="Pindahan")
