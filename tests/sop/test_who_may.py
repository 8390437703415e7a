"""Every act on the library × who may do it, written out by hand and asked at the domain, not at the page."""

import inspect
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import User
from sop import legal_bases
from sop.drafts import doubts, editing, numbering
from sop.guards import SopForbidden, SopRefused
from sop.importing import drafting
from sop.importing.imported import Imported
from sop.models import LegalBasis, SopVersion
from sop.sheet import Sheet
from sop.versions import actions, signed, upkeep
from tests import make

pytestmark = pytest.mark.django_db

PEOPLE = {
    "nobody": [],
    "staff of the unit": [("opd", "dinsos", None, None)],
    "keeper": [("sop_keeper", "dinsos", None, None)],
    "keeper elsewhere": [("sop_keeper", "dinkes", None, None)],
    "keeper until yesterday": [("sop_keeper", "dinsos", -90, -1)],
    "keeper from tomorrow": [("sop_keeper", "dinsos", 1, None)],
    "keeper whose account is closed": [("sop_keeper", "dinsos", None, None)],
    "chief": [("ppid_utama", "diskominfo", None, None)],
    "chief until yesterday": [("ppid_utama", "diskominfo", -90, -1)],
    "chief from tomorrow": [("ppid_utama", "diskominfo", 1, None)],
    "chief whose account is closed": [("ppid_utama", "diskominfo", None, None)],
    "Atasan PPID": [("atasan_ppid", "setda", None, None)],
    "all other roles": [
        ("bidang_layanan", "diskominfo", None, None),
        ("operator", "diskominfo", None, None),
        ("ppid_pelaksana", "dinkes", None, None),
        ("ppid_pembantu", "dinkes", None, None),
    ],
}
KEEPERS, CHIEFS = {"keeper", "chief"}, {"chief"}

# Each act with who may do it; it is given the library and the person.
ACTS = {
    editing.start_sop: (lambda at, who: editing.start_sop(title="Baru", unit=at.unit, actor=who), KEEPERS),
    editing.save: (lambda at, who: editing.save(at.draft, {"number": "9"}, actor=who, seen=0), KEEPERS),
    editing.insert_activity: (lambda at, who: editing.insert_activity(at.draft, actor=who, seen=0), KEEPERS),
    editing.move_activity: (lambda at, who: editing.move_activity(at.draft, at.row, to=1, actor=who, seen=0), KEEPERS),
    editing.delete_activity: (lambda at, who: editing.delete_activity(at.draft, at.row, actor=who, seen=0), KEEPERS),
    editing.add_performer: (lambda at, who: editing.add_performer(at.draft, actor=who, seen=0), KEEPERS),
    editing.move_performer: (
        lambda at, who: editing.move_performer(at.draft, at.column, to=1, actor=who, seen=0),
        KEEPERS,
    ),
    editing.delete_performer: (
        lambda at, who: editing.delete_performer(at.draft, at.column, actor=who, seen=0),
        KEEPERS,
    ),
    editing.confirm_interpretation: (lambda at, who: editing.confirm_interpretation(at.draft, actor=who), KEEPERS),
    editing.delete_draft: (lambda at, who: editing.delete_draft(at.draft, actor=who, seen=0), KEEPERS),
    doubts.settle: (lambda at, who: doubts.settle(at.draft, [1], actor=who, seen=0), KEEPERS),
    numbering.assign_number: (lambda at, who: numbering.assign_number(at.draft, actor=who), KEEPERS),
    numbering.set_pattern: (lambda at, who: numbering.set_pattern(at.unit, "{nomor}", actor=who), KEEPERS),
    drafting.keep: (lambda at, who: drafting.keep(Imported(SHEET), unit=at.unit, actor=who), KEEPERS),
    actions.submit: (lambda at, who: actions.submit(at.draft, actor=who), KEEPERS),
    actions.new_draft: (lambda at, who: actions.new_draft(at.in_force, actor=who), KEEPERS),
    actions.send_back: (lambda at, who: actions.send_back(at.in_review, actor=who, why="Perbaiki."), CHIEFS),
    actions.approve: (lambda at, who: actions.approve(at.in_review, actor=who, why="Sesuai."), CHIEFS),
    actions.retire: (lambda at, who: actions.retire(at.in_force, actor=who, why="Usang."), CHIEFS),
    signed.attach_signed: (lambda at, who: signed.attach_signed(at.in_force, make.pdf(), who), KEEPERS),
    upkeep.confirm_still_right: (lambda at, who: upkeep.confirm_still_right(at.in_force, actor=who), KEEPERS),
    upkeep.acknowledge: (lambda at, who: upkeep.acknowledge(at.in_force, actor=who), {"keeper", "staff of the unit"}),
    legal_bases.record: (lambda at, who: legal_bases.record(law(), actor=who), {*KEEPERS, "keeper elsewhere"}),
}

SHEET = Sheet("CONTOH", "", (), "", "", "", "", (), (), (), {})


def law() -> LegalBasis:
    return LegalBasis(kind="perwal", number="77", year=2020, title="Contoh")


class Library:
    """A sheet in force with a draft or a version in review beside it."""

    def __init__(self):
        self.in_force = SopVersion.objects.get(sop__slug="pengumuman-informasi-publik", version=1)
        self.unit = self.in_force.sop.unit
        self.draft = actions.new_draft(self.in_force, actor=make.demo("pengelola"))
        self.row = self.draft.activities.get(number=2).pk
        self.column = self.draft.performers.get(position=2).pk

    @property
    def in_review(self) -> SopVersion:
        return actions.submit(self.draft, actor=make.demo("pengelola"))


def person(who: str) -> User:
    today = timezone.localdate()
    someone = make.person()
    for role, unit, first, last in PEOPLE[who]:
        make.appoint(
            someone,
            role,
            unit=unit,
            starts_on=today + timedelta(days=-365 if first is None else first),
            ends_on=None if last is None else today + timedelta(days=last),
        )
    if who.endswith("closed"):
        make.change(someone, is_active=False)
    return someone


class Undone(Exception):
    """What was done is taken back, so that the next person finds the library as it was."""


def is_forbidden(act, *args) -> bool:
    try:
        with transaction.atomic():
            act(*args)
            raise Undone
    except SopForbidden:
        return True
    except (SopRefused, Undone):
        return False


@pytest.fixture
def quick_papers(monkeypatch):
    monkeypatch.setattr("sop.versions.actions.show", lambda version: None)
    monkeypatch.setattr("sop.versions.signed.show", lambda version: None)
    monkeypatch.setattr("sop.paper.pdf.render", lambda sheet, **foot: b"%PDF")


@pytest.mark.parametrize("name", [act.__name__ for act in ACTS])
def test_who_may(name, quick_papers):
    act, may = next(row for function, row in ACTS.items() if function.__name__ == name)
    library = Library()
    if name == "new_draft":
        editing.delete_draft(library.draft, actor=make.demo("pengelola"), seen=0)
    assert {who for who in PEOPLE if not is_forbidden(act, library, person(who))} == may


def test_no_act_is_left_out():
    modules = [editing, doubts, numbering, drafting, actions, signed, upkeep, legal_bases]
    acts = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if "actor" in inspect.signature(function).parameters
    }
    assert acts == set(ACTS)
