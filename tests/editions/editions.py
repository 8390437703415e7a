"""Builders of editions, each made by the people whose act it is."""

from datetime import timedelta

from django.utils import timezone

from ppid.editions import acts
from ppid.editions.acts import Decree
from ppid.editions.models import RegisterEdition
from ppid.shelf.models import PublishedRegister
from tests import make


def prepared(register: str = "dip") -> RegisterEdition:
    return acts.prepare(register, actor=make.demo("bidang"), year=2026)


def approved(register: str = "dip") -> RegisterEdition:
    edition = prepared(register)
    acts.approve_as_head(edition, actor=make.demo("atasan"))
    return edition


def set_here(register: str = "dip", *, number: str = "1/PPID/2026") -> PublishedRegister:
    decree = Decree(number, timezone.localdate())
    return acts.set_by_decree(approved(register), decree, make.pdf(), actor=make.demo("utama"))


def taken_over(rows, *, register: str = "dip", **given) -> PublishedRegister:
    today = timezone.localdate()
    given = {
        "year": today.year - 1,
        "as_of": today - timedelta(days=400),
        "decree": Decree("44/PPID", today - timedelta(days=390)),
        "origin": "Pindahan dari DIP yang ditetapkan sebelum portal ini dipakai.",
        "prepared_by": make.demo("bidang"),
        "set_by": make.demo("utama"),
    } | given
    return acts.freeze(register, rows, **given)
