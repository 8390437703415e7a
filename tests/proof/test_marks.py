"""The day's mark of the ledgers: on the portal, in the foot of papers, and compared at the desk and the terminal."""

import hashlib
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from ppid.chain.models import Link
from ppid.flows.papers import kinds
from ppid.flows.papers.description import read
from ppid.flows.papers.numbering import number_paper
from ppid.proof.examining import ask_for_one, begin, examine
from ppid.proof.marking import MarkRefused, mark_the_day
from ppid.proof.models import Examination
from ppid.proof.tasks import examine_all
from ppid.shelf.models import LedgerMark
from tests import make
from tests.desk.conftest import sign_in  # noqa: F401 - a fixture
from tests.desk.pages import text

pytestmark = pytest.mark.django_db
HEX = hashlib.sha256(b"").hexdigest()


def mark(day: date = date(2026, 3, 2), position: int = 7, hash: str = HEX) -> LedgerMark:
    return LedgerMark.objects.create(day=day, position=position, hash=hash, published_at=timezone.now())


def test_the_mark_of_the_day_is_the_last_link_once():
    last = Link.objects.latest("position")
    first = mark_the_day()
    assert (first.day, first.position, first.hash) == (timezone.localdate(), last.position, last.hash)
    make.publication(at="coordinating")
    make.at_the_end()
    assert Link.objects.latest("position").position > last.position
    assert mark_the_day() == first
    later = mark_the_day(at=timezone.now() + timedelta(days=1))
    assert later.position > first.position


def test_no_mark_follows_one_that_the_chain_does_not_bear_out():
    mark(date(2020, 1, 1), position=1)
    with pytest.raises(MarkRefused, match="01/01/2020 di portal menyebut sidik lain untuk catatan ke-1"):
        mark_the_day()
    with pytest.raises(CommandError):
        call_command("mark_ledger")


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE shelf_ledgermark SET hash = repeat('0', 64)",
        "DELETE FROM shelf_ledgermark",
        "TRUNCATE shelf_ledgermark",
        "INSERT INTO shelf_ledgermark (day, position, hash, published_at) "
        "VALUES ('2026-03-01', 8, repeat('0', 64), now())",
        "INSERT INTO shelf_ledgermark (day, position, hash, published_at) "
        "VALUES ('2026-03-03', 6, repeat('0', 64), now())",
    ],
)
def test_marks_only_grow(act):
    mark()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(act)


def test_the_portal_shows_the_marks_and_gives_them_away(client):
    mark()
    page = text(client.get(reverse("portal:ledger")))
    assert "2 Maret 2026" in page
    assert HEX in page
    sent = b"".join(client.get(reverse("portal:ledger_csv")).streaming_content).decode()
    assert sent.splitlines()[1] == f'"2026-03-02";"7";"{HEX}"'


def test_a_paper_bears_the_mark_of_its_day_and_keeps_it():
    case = make.publication(at="coordinating")
    kind = next(kind for kind in kinds.kinds_of(case) if not kind.lacks(case))
    mark(timezone.localdate())
    paper = number_paper(case, kind, number="1/PPID", date=timezone.localdate(), actor=make.demo("bidang"))
    words = f"catatan 7: {HEX}"
    assert words in paper.paper.ledger
    assert words in pdf_text(make.kept(paper.document))
    assert read({**paper.says, "ledger": ""}).ledger == ""
    older = {name: said for name, said in paper.says.items() if name != "ledger"}
    assert read(older).ledger == ""  # one numbered before there were marks


def pdf_text(data: bytes) -> str:
    import io

    from pypdf import PdfReader

    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_without_a_mark_a_paper_has_none():
    case = make.publication(at="coordinating")
    kind = next(kind for kind in kinds.kinds_of(case) if not kind.lacks(case))
    paper = number_paper(case, kind, number="1/PPID", date=timezone.localdate(), actor=make.demo("bidang"))
    assert paper.paper.ledger == ""


def test_a_reading_notes_what_it_found():
    make.publication(at="coordinating")
    make.at_the_end()
    mark_the_day()
    assert list(examine(begin("Utama"))) == []
    ended = Examination.objects.get()
    assert (ended.faults, ended.told, ended.read) == (0, [], Link.objects.count())
    assert ended.ended_at is not None
    mark(timezone.localdate() + timedelta(days=1), position=10**9)
    assert list(examine(begin())) == [Examination.objects.first().told[0]]
    assert "ujungnya dipotong" in Examination.objects.first().told[0]


def test_the_terminal_compares_a_mark_from_paper():
    last = Link.objects.latest("position")
    out = StringIO()
    call_command("verify_ledger", mark=[f"{last.position}:{last.hash}"], stdout=out)
    assert "0 faults" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("verify_ledger", mark=[f"{last.position}:{HEX}"], stdout=StringIO())
    with pytest.raises(CommandError, match="A mark is NUMBER:HASH"):
        call_command("verify_ledger", mark=["7"], stdout=StringIO())


def test_who_asks_twice_gets_the_reading_under_way():
    first = ask_for_one("Utama")
    assert ask_for_one("Atasan") == first
    examine_all(examination=first.pk)
    assert Examination.objects.get().ended_at is not None
    examine_all(examination=first.pk)  # broken off and taken up again: nothing is read twice
    assert ask_for_one("Atasan") != first


def test_a_reading_that_was_broken_off_counts_what_it_finds_once():
    first = ask_for_one("Utama")
    Examination.objects.update(faults=3)
    examine_all(examination=first.pk)
    assert Examination.objects.get().faults == 0


@pytest.mark.parametrize(("who", "status"), [("utama", 200), ("atasan", 200), ("bidang", 403), ("dinsos", 403)])
def test_findings_are_read_by_those_who_know_all(sign_in, who, status):  # noqa: F811
    client = sign_in(who)
    assert client.get(reverse("desk:ledger")).status_code == status
    assert client.post(reverse("desk:ledger-examine")).status_code == (302 if status == 200 else 403)


def test_the_page_tells_what_was_found_and_compares_a_mark(sign_in):  # noqa: F811
    client = sign_in("utama")
    assert "Belum pernah diperiksa" in text(client.get(reverse("desk:ledger")))
    list(examine(begin()))
    assert "Tidak ada yang diubah, dihapus, disisipkan, atau ditukar." in text(client.get(reverse("desk:ledger")))
    mark(position=10**9)
    list(examine(begin()))
    assert "1 temuan" in text(client.get(reverse("desk:ledger")))
    last = Link.objects.latest("position")

    def compared(**typed):
        return text(client.get(reverse("desk:ledger"), typed))

    assert "Cocok. Sampai catatan" in compared(catatan=last.position, sidik=last.hash.upper())
    assert "Tidak cocok. Kertas itu menyebut sidik lain" in compared(catatan=last.position, sidik=HEX)
    assert "Tidak cocok. Kertas itu menyebut catatan ke-999999" in compared(catatan=999999, sidik=HEX)
    assert "Sidik terdiri atas 64 angka" in compared(catatan=1, sidik="abc")
    assert "Tulis nomornya dengan angka saja" in compared(catatan="x", sidik=HEX)
    client.post(reverse("desk:ledger-examine"))
    assert "Sedang dibaca: 0 dari" in text(client.get(reverse("desk:ledger")))
