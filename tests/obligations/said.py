"""Builders of what is said of the matrix at the desk, each by the people whose act it is, and the cell it makes."""

from datetime import date

from django.utils import timezone

from ppid.flows import fulfilling
from ppid.obligations import duties, statements
from ppid.obligations.gaps import matrix_of
from ppid.obligations.models import DutyText, Fulfilment, Statement
from ppid.shelf.matrix import Cell
from tests import make

DUTY, UNIT = "bk-profil-kedudukan", "dinsos"
REPORT = {"rhythm": "yearly", "looks_back": True, "due_months": 3, "max_months": None}
WORDS = {
    "position": 70,
    "category": "on_demand",
    "group": "",
    "name": "Daftar rapat yang terbuka",
    "scope": "all",
    "unit_codes": [],
    "rhythm": "on_change",
    "looks_back": False,
    "due_months": 3,
    "max_months": 12,
    "parts": [],
    "nil_possible": True,
    "law": "",
    "seen_in": "",
    "confidence": "umum",
    "note": "",
    "itself": "",
    "ended_on": None,
    "ended_because": "",
    "law_checked": False,
}


def cell(duty: str = DUTY, unit: str = UNIT, *, on: date | None = None) -> Cell:
    """Return the cell as the public's matrix has it."""
    return next(each for each in matrix_of(on or timezone.localdate()).of(unit) if each.duty.code == duty)


def stated(kind: str = "nil", *, duty: str = DUTY, unit: str = UNIT, period: str = "", **more) -> Statement:
    filled = {"because": "Tidak ada pada unit ini.", "actor": make.demo("dinsos"), **more}
    if kind == "nil" and not period:
        filled.setdefault("until", timezone.localdate())
    return statements.state(duty, unit, period, kind, **filled)


def stands(kind: str = "nil", **more) -> Statement:
    return statements.approve(stated(kind, **more), actor=make.demo("utama"))


def changed(code: str = "ss-rapat-terbuka", **words) -> DutyText:
    last = duties.newest(code)
    filled = {"actor": make.demo("bidang"), "seen": last.pk if last else None, **WORDS, **words}
    return duties.hand_in(code, **filled)


def linked(information, *, duty: str = DUTY, unit: str = UNIT, period: str = "", **more) -> Fulfilment:
    return fulfilling.fulfil(information, duty, unit, period, **{"actor": make.demo("bidang"), **more})
