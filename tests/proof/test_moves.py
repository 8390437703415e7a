"""An export of the whole office leaves its trace before its first byte, and PPID Utama hears of it."""

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from ppid.notices.models import Notice
from ppid.proof import moves
from ppid.proof.moves import OfficeMove
from tests import make
from tests.desk.conftest import sign_in  # noqa: F401 - a fixture
from tests.desk.pages import text

pytestmark = pytest.mark.django_db
SUMS = "ab" * 32


def begun(**said) -> OfficeMove:
    given = {"account": "budi", "because": "Surat 12/2026", "place": "/srv/kantor", "is_sealed": False}
    return moves.begin(**given | said)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.filter(kind="office_moved").order_by("pk").values_list("person__email", "title"))


def test_who_is_chief_alone_is_told_when_it_begins_and_when_it_is_made():
    chiefs = sorted([make.demo("utama").email, make.demo("wakil").email])
    row = begun()
    assert sorted(told()) == [(each, "Seluruh data kantor sedang diekspor") for each in chiefs]
    moves.end(row, rows=12, files=3, sums=SUMS)
    assert sorted(told()[2:]) == [(each, "Seluruh data kantor telah diekspor") for each in chiefs]
    facts = dict(Notice.objects.filter(kind="office_moved").latest("pk").facts)
    assert facts["Oleh"] == "akun mesin budi"
    assert facts["Sidik"] == SUMS


def test_the_page_of_the_ledgers_shows_it(sign_in):  # noqa: F811
    page = sign_in("utama").get(reverse("desk:ledger"))
    assert "Belum pernah." in text(page)
    row = begun()
    page = text(sign_in("utama").get(reverse("desk:ledger")))
    assert "Dimulai, belum selesai" in page
    moves.end(row, rows=12, files=3, sums=SUMS)
    page = text(sign_in("utama").get(reverse("desk:ledger")))
    assert "akun mesin budi: Surat 12/2026" in page
    assert SUMS in page
    assert "belum selesai" not in page


def test_an_export_that_brought_the_office_here_does_not_look_unfinished(sign_in):  # noqa: F811
    begun()
    said = {"account": "root", "because": "Pindah", "place": "/srv/kantor", "is_sealed": True}
    moves.bring_in(**said, rows=12, files=3, sums=SUMS)
    assert told()[-1][1] == "Kantor ini dibawa masuk dari pemasangan lain"
    page = text(sign_in("utama").get(reverse("desk:ledger")))
    assert "Dibawa masuk" in page
    assert "Dimulai di pemasangan asal" in page
    assert "belum selesai" not in page
    begun()
    assert "Dimulai, belum selesai" in text(sign_in("utama").get(reverse("desk:ledger")))


def test_nobody_waits_for_the_morning_to_read_of_it():
    begun()
    assert set(Notice.objects.filter(kind="office_moved").values_list("is_urgent", flat=True)) == {True}


@pytest.mark.parametrize("other", [{"because": "Surat 13/2026"}, {"account": "lain"}, {"is_sealed": True}])
def test_what_is_made_is_what_was_begun(other):
    row = begun()
    said = {"account": "budi", "because": "Surat 12/2026", "place": "/srv/kantor", "is_sealed": False} | other
    with pytest.raises(DatabaseError, match="an export is made that was begun, with the same words"):
        OfficeMove.objects.create(what="made", at=row.at, begun=row, sums=SUMS, **said)


def test_a_place_of_a_long_name_is_written_down_as_far_as_it_goes():
    assert begun(place=f"/srv/{'x' * 600}").place == f"/srv/{'x' * 495}"


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE proof_officemove SET account = 'siapa'",
        "DELETE FROM proof_officemove",
        "TRUNCATE proof_officemove CASCADE",
        f"INSERT INTO proof_officemove (what, at, account, because, place, is_sealed, begun_id, rows, files, sums) "
        f"SELECT 'made', now(), 'lain', because, place, is_sealed, id, 1, 1, '{SUMS}' FROM proof_officemove",
    ],
)
def test_its_row_stays_as_it_is(act):
    begun()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(act)
