"""Where it comes from who performs which step: written here, read from a drawing, or read from text alone."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.organisation.models import User
from sop.drafts import editing
from sop.drawing.drawn import draw
from sop.export import json
from sop.importing import drafting
from sop.importing.imported import Imported
from sop.models import SopVersion
from sop.sheet import Sheet
from sop.versions.actions import new_draft
from tests import make
from tests.sop.test_import_documents import one

pytestmark = pytest.mark.django_db

UNCONFIRMED = "Pembagian langkah kepada pelaksana adalah penafsiran portal dan belum dikonfirmasi."
SAID = {
    "written": "",
    "drawing": f"{UNCONFIRMED} Gambar alir pada naskah sumber dibaca oleh portal.",
    "text": f"{UNCONFIRMED} Gambar alir tidak ada pada naskah sumber.",
}


@pytest.fixture
def keeper(db) -> User:
    return make.demo("pengelola")


def written_here(keeper) -> SopVersion:
    return editing.start_sop(title="Pelayanan Santunan", unit=make.unit("dinsos"), actor=keeper)


def imported(name, keeper) -> SopVersion:
    return drafting.keep(one(name), unit=make.unit("dinsos"), actor=keeper)


def source(keeper) -> SopVersion:
    return new_draft(SopVersion.objects.get(sop__slug="pengumuman-informasi-publik"), actor=keeper)


@pytest.mark.parametrize(
    ("begin", "origin"),
    [
        (written_here, "written"),
        (lambda keeper: imported("bentuk.docx", keeper), "drawing"),
        (lambda keeper: imported("bentuk-melayang.docx", keeper), "drawing"),
        (lambda keeper: imported("tanda-x.xlsx", keeper), "text"),
        (source, "text"),
    ],
    ids=["editor", "shapes in cells", "shapes that float", "marks", "the source sheets and their next versions"],
)
def test_a_sheet_says_where_its_reading_comes_from_until_it_is_confirmed(begin, origin, keeper):
    version = begin(keeper)
    sheet = version.sheet()
    assert (version.origin, sheet.origin, sheet.reading) == (origin, origin, SAID[origin])
    assert draw(sheet)["reading"] == SAID[origin]
    if origin == "written":
        return
    editing.confirm_interpretation(version, actor=keeper)
    confirmed = SopVersion.objects.get(pk=version.pk).sheet()
    assert (confirmed.origin, confirmed.reading) == (origin, "")


def test_a_file_cannot_say_that_it_was_written_here(keeper):
    claimed = Sheet("CONTOH", "", (), "", "", "", "", (), (), (), {}, origin="written")
    again = json.read(json.write(claimed))
    assert again == claimed
    kept = drafting.keep(Imported(again), unit=make.unit("dinsos"), actor=keeper)
    assert (kept.origin, kept.is_interpretation) == ("drawing", True)


def test_what_was_written_here_is_never_confirmed_and_an_origin_never_guessed(keeper):
    sop = written_here(keeper).sop
    for fields in (
        {"origin": "written", "confirmed_by": keeper, "confirmed_at": timezone.now()},
        {"origin": "text", "confirmed_at": timezone.now()},
        {"origin": "dream"},
    ):
        with pytest.raises(DatabaseError, match="only_what_was_read|origin_is_known"), transaction.atomic():
            SopVersion.objects.create(sop=sop, version=9, title="x", letterhead="x", **fields)
