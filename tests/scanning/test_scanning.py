"""What a virus scanner finds is not taken, or held; what it has not seen goes nowhere; without one nothing changes."""

import os
import socket
import threading
from datetime import timedelta

import pytest
from django.core.checks import ERROR, INFO, WARNING
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError
from django.urls import reverse
from django.utils import timezone

from ppid.flows.documents import add_document, replace_document
from ppid.flows.steps import StepUnmet
from ppid.information.documents import private_store
from ppid.information.found_files import declare_false_alarm
from ppid.information.media_types import UploadRefused
from ppid.information.models import Document
from ppid.notices.models import Notice
from ppid.scanning import signed_scans, verdicts
from ppid.scanning.checks import files_are_scanned
from ppid.scanning.clamd import Answer, Clamd, Said, ScannerAway
from ppid.scanning.models import FalseAlarm, FileScan
from ppid.shelf.models import HeldFile, PublishedFile
from ppid.takeover.store import kept
from ppid.upkeep.scanning import let_nothing_wait, rescan, scan_waiting
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused
from tests import make, make_pdf
from tests.clamd import EICAR, STREAM_MAX_MB
from tests.office_packages import archive, office

INFECTED_ZIP = archive({"a.csv": EICAR})
INFECTED_WORD = office("docx", main="word/document.xml", parts={"word/media/1.txt": EICAR.decode()})
LARGE = b"a;b\n" + b"1;2\n" * (STREAM_MAX_MB << 18)
State = FileScan.State


def nested(deep):
    """Return an archive in an archive, so many times: more than the daemon opens."""
    content = b"a;b\n"
    for _ in range(deep):
        content = archive({"a.zip": content})
    return content


def csv(content, name="a.csv"):
    return SimpleUploadedFile(name, content)


class TestTheDaemon:
    def test_it_says_clean_found_and_too_large(self, daemon):
        clamd = Clamd(daemon)
        assert clamd.scan([b"nama;jumlah\n"]).said == Said.CLEAN
        found = clamd.scan([EICAR[:20], EICAR[20:]])
        assert (found.said, found.signature) == (Said.FOUND, "Eicar-Test-Signature.UNOFFICIAL")
        assert clamd.scan([bytes(1 << 16)] * 64).said == Said.TOO_LARGE
        assert clamd.scan([INFECTED_WORD]).said == Said.FOUND
        assert clamd.scan([nested(30)]) == Answer(Said.TOO_LARGE), "it did not look through it, so it found nothing"
        assert clamd.definitions().startswith("ClamAV ")

    @pytest.mark.parametrize("url", ["unix:///nobody/there", "tcp://127.0.0.1:9"])
    def test_one_that_is_away_is_no_verdict(self, url):
        with pytest.raises(ScannerAway):
            Clamd(url).scan([b"a"])

    def test_an_answer_that_nobody_understands_is_no_verdict(self, monkeypatch, daemon):
        monkeypatch.setattr("ppid.scanning.clamd._answer", lambda connection: "stream: Can't allocate memory ERROR")
        with pytest.raises(ScannerAway, match="allocate"):
            Clamd(daemon).scan([b"a"])


@pytest.mark.django_db
class TestArrival:
    @pytest.mark.parametrize(
        ("name", "content"), [("a.csv", EICAR), ("a.zip", INFECTED_ZIP), ("a.docx", INFECTED_WORD)]
    )
    def test_what_is_infected_is_refused_and_not_kept(self, scanner, name, content):
        case, before = make.publication(at="preparing"), set(private_store().names())
        with pytest.raises(UploadRefused, match="Pemindai virus menemukan «Eicar"):
            add_document(case, csv(content, name), title="A", actor=make.demo("dinsos"))
        assert set(private_store().names()) == before
        assert not FileScan.objects.exclude(state=State.CLEAN).exists()

    def test_a_replacement_is_scanned_too(self, scanner):
        case = make.publication(at="preparing")
        document = case.content[0] if case.content else add_document(
            case, make.pdf(), title="A", actor=make.demo("dinsos")
        )  # fmt: skip
        with pytest.raises(UploadRefused, match="Eicar"):
            replace_document(make.again(case), document, csv(EICAR), title="B", actor=make.demo("dinsos"))

    def test_a_file_of_a_list_is_scanned_too(self, scanner):
        with pytest.raises(UploadRefused, match="Eicar"):
            kept(csv(EICAR), actor=make.demo("dinsos"), at=timezone.now())

    def test_the_scan_of_a_signed_paper_is_scanned_too(self, scanner):
        """An order of appointment, a decree of a DIP: they are whole PDFs and come by a door of their own."""
        before = set(private_store().names())
        paper = SimpleUploadedFile("surat.pdf", make_pdf.pages("Surat perintah", mark=EICAR.decode()))
        scan = signed_scans.received(paper, private_store(), otherwise="surat", refused=Refused)
        with pytest.raises(Refused, match="Eicar") as refusal, scan:
            pass
        assert refusal.value.fields == ("file",)
        assert set(private_store().names()) == before

    def test_a_clean_one_is_kept_and_noted(self, scanner):
        case = make.publication(at="preparing")
        document = add_document(case, csv(b"nama;jumlah\n"), title="A", actor=make.demo("dinsos"))
        scan = FileScan.objects.get(sha256=document.sha256)
        assert (scan.state, scan.words) == (State.CLEAN, "")
        assert scan.definitions.startswith("ClamAV ")

    def test_one_too_large_for_the_scanner_is_kept_and_that_is_said(self, scanner):
        case = make.publication(at="preparing")
        document = add_document(case, csv(LARGE), title="A", actor=make.demo("dinsos"))
        scan = FileScan.objects.get(sha256=document.sha256)
        assert scan.words == "Terlalu besar untuk pemindai virus, jadi tidak diperiksa"
        assert not verdicts.unmet([(document.sha256, "A")])

    def test_without_a_scanner_nothing_is_written(self):
        case = make.publication(at="preparing")
        add_document(case, csv(b"nama;jumlah\n"), title="A", actor=make.demo("dinsos"))
        assert not FileScan.objects.exists()
        assert verdicts.facts() == verdicts.Facts(is_installed=False)


@pytest.mark.django_db
class TestWaiting:
    def test_a_file_waits_while_the_scanner_is_away_and_goes_nowhere_before(self, nobody, daemon, settings):
        case = make.publication(at="preparing")
        settings.CLAMAV_URL = nobody
        document = add_document(case, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
        assert FileScan.objects.get(sha256=document.sha256).state == State.WAITING
        with pytest.raises(StepUnmet, match="«Laporan» belum diperiksa pemindai virus"):
            make.step(case, "prepare", actor="dinsos")
        with pytest.raises(ScannerAway):
            scan_waiting(within=5)
        waiting = verdicts.facts().waiting
        assert waiting >= 1
        settings.CLAMAV_URL = daemon
        assert scan_waiting(within=5).scanned == waiting
        assert FileScan.objects.get(sha256=document.sha256).state == State.CLEAN
        facts = verdicts.facts()
        assert (facts.is_reachable, facts.waiting, facts.found) == (True, 0, 0)

    def test_what_waited_and_is_infected_is_held(self, nobody, daemon, settings):
        case = make.publication(at="preparing")
        settings.CLAMAV_URL = nobody
        document = add_document(case, csv(EICAR), title="Tabel", actor=make.demo("dinsos"))
        settings.CLAMAV_URL = daemon
        assert scan_waiting(within=5).found == 1
        with pytest.raises(StepUnmet, match="«Tabel» ditahan"):
            make.step(case, "prepare", actor="dinsos")
        assert private_store().path(document.sha256).exists()

    def test_what_no_row_names_any_more_stops_waiting(self, scanner):
        FileScan.objects.create(sha256="a" * 64, state=State.WAITING, since=timezone.now())
        scan_waiting(within=5)
        assert not FileScan.objects.exists()

    def test_what_is_lost_goes_on_waiting(self, scanner, nobody, settings):
        """Its row is all that keeps it from the portal, once it is found again in a backup."""
        settings.CLAMAV_URL = nobody
        case = make.publication(at="preparing")
        document = add_document(case, csv(b"nama;jumlah\n"), title="A", actor=make.demo("dinsos"))
        private_store().remove(document.sha256)
        settings.CLAMAV_URL = scanner
        scan_waiting(within=60)
        assert FileScan.objects.get(sha256=document.sha256).state == State.WAITING

    def test_without_a_scanner_nothing_waits_for_one(self, nobody, settings):
        case = make.publication(at="preparing")
        settings.CLAMAV_URL = nobody
        add_document(case, make.pdf(), title="A", actor=make.demo("dinsos"))
        assert let_nothing_wait() == 0
        settings.CLAMAV_URL = ""
        assert let_nothing_wait() == 1

    def test_the_database_keeps_both_off_the_shelf(self):
        case = make.publication(at="published")
        file = PublishedFile.objects.get(item__number=case.information.number)
        for state, more in (
            (State.WAITING, {}),
            (State.FOUND, {"signature": "Eicar", "scanned_at": timezone.now()}),
        ):
            FileScan.objects.filter(sha256=file.sha256).delete()
            FileScan.objects.create(sha256=file.sha256, state=state, since=timezone.now(), **more)
            with pytest.raises(DatabaseError, match="has not seen yet"), make.savepoint():
                PublishedFile.objects.create(
                    item=file.item, position=9, key="abcdef", title="x", filename="x.pdf",
                    media_type="application/pdf", size=1, sha256=file.sha256,
                )  # fmt: skip


def published(content=EICAR, *, to="published"):
    """Publish an item with a CSV before there was a scanner; or take it as far as ``to``."""
    case = make.publication(at="preparing")
    add_document(case, csv(content), title="Tabel", actor=make.demo("dinsos"))
    return make.walk(make.again(case), to=to)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "more", "said"),
    [
        (State.WAITING, {}, "«Tabel» belum diperiksa pemindai virus"),
        (State.FOUND, {"signature": "Eicar", "scanned_at": timezone.now()}, "«Tabel» ditahan"),
    ],
)
def test_what_was_approved_and_is_stopped_since_is_not_published(state, more, said):
    case = published(b"a;b\n", to="publishing")
    sha256 = Document.objects.get(information=case.information, media_type="text/csv").sha256
    FileScan.objects.create(sha256=sha256, state=state, since=timezone.now(), **more)
    with pytest.raises(StepUnmet, match=said):
        make.walk(case, to="published")
    assert not PublishedFile.objects.filter(sha256=sha256).exists()


def newer(monkeypatch, words="ClamAV 9/9/Fri Nov 27 08:31:09 2026"):
    monkeypatch.setattr(Clamd, "definitions", lambda self: words)


@pytest.mark.django_db
class TestRescanning:
    def test_a_published_file_is_held_told_and_kept(self, scanner, settings, client):
        url, settings.CLAMAV_URL = settings.CLAMAV_URL, ""
        case = published()
        file = PublishedFile.objects.get(item__number=case.information.number, media_type="text/csv")
        assert client.get(file.get_absolute_url()).status_code == 200
        settings.CLAMAV_URL = url
        with pytest.raises(CommandError, match="something in 1 files"):
            call_command("rescan_files")
        answer = client.get(file.get_absolute_url())
        assert answer.status_code == 403
        assert "ditahan sementara" in answer.content.decode()
        assert EICAR not in answer.content
        assert private_store().path(file.sha256).exists()
        told = set(Notice.objects.filter(kind="infected").values_list("person__email", flat=True))
        assert {make.demo("utama").email, make.demo("dinsos").email} <= told
        client.force_login(make.demo("dinsos"))
        document = Document.objects.get(sha256=file.sha256)
        answer = client.get(f"/meja/proses/{case.number}/dokumen/{document.pk}/")
        assert answer.status_code in (403, 404)

    def test_the_items_page_says_that_it_is_held_and_offers_nothing_that_is_refused(self, scanner, settings, client):
        url, settings.CLAMAV_URL = settings.CLAMAV_URL, ""
        case = published()
        file = PublishedFile.objects.get(item__number=case.information.number, media_type="text/csv")
        page = f"/informasi/{case.information.number}/?dokumen={file.key}"
        assert f"{file.get_absolute_url()}?unduh" in client.get(page).content.decode()
        settings.CLAMAV_URL = url
        rescan(within=60)
        held = client.get(page).content.decode()
        assert "Berkas ini ditahan sementara" in held
        assert "belum dapat dibaca dan diunduh" in held
        assert f"{file.get_absolute_url()}?unduh" not in held
        assert f'href="{file.get_absolute_url()}"' not in held
        assert "<td>" not in held.split('id="dokumen"')[1].split("</figure>")[0], "nor its rows"

    def test_the_desk_says_who_decides_in_the_place_of_its_pages(self, scanner, settings, client):
        url, settings.CLAMAV_URL = settings.CLAMAV_URL, ""
        case = published(to="clarifying")
        settings.CLAMAV_URL = url
        document = Document.objects.get(information=case.information, media_type="text/csv")
        page = f"{reverse('desk:decide', args=[case.number])}?dokumen={document.pk}"
        client.force_login(make.demo("utama"))
        before = client.get(page)
        assert (before.status_code, "Berkas ini ditahan." in before.content.decode()) == (200, False)
        rescan(within=60)
        shown = client.get(page).content.decode()
        assert "Berkas ini ditahan." in shown
        assert 'href="/meja/berkas-tertahan/"' in shown
        reader = shown.split('id="baca"')[1].split("</figure>")[0]
        assert "Buka berkas" not in reader
        assert client.get(reverse("desk:document-page", args=[case.number, document.pk, 1])).status_code == 404

    def test_only_what_was_scanned_with_other_definitions_is_scanned_again(self, scanner, monkeypatch):
        add_document(make.publication(at="preparing"), csv(b"a;b\n"), title="A", actor=make.demo("dinsos"))
        rescan(within=60)
        assert rescan(within=60).scanned == 0
        newer(monkeypatch)
        assert rescan(within=60).scanned == FileScan.objects.count() > 0
        age = verdicts.facts().definitions_age
        assert isinstance(age, timedelta)

    def test_it_stops_in_time_and_goes_on_the_next_time(self, scanner, settings):
        url, settings.CLAMAV_URL = settings.CLAMAV_URL, ""
        published(b"a;b\n")
        settings.CLAMAV_URL = url
        first = rescan(within=-1)
        assert (first.scanned, first.left) == (0, FileScan.objects.count())
        assert first.left > 0
        assert rescan(within=60).left == 0

    def test_a_scanner_that_is_away_fails_the_daily_task_with_a_sentence(self, nobody, settings):
        settings.CLAMAV_URL = nobody
        with pytest.raises(CommandError, match="doesn't answer"):
            call_command("rescan_files")

    def test_what_newer_definitions_find_no_more_is_let_go(self, scanner, settings, monkeypatch):
        settings.CLAMAV_URL, url = "", settings.CLAMAV_URL
        case = published()
        settings.CLAMAV_URL = url
        rescan(within=60)
        assert HeldFile.objects.count() == 1
        newer(monkeypatch)
        monkeypatch.setattr(Clamd, "scan", lambda self, pieces: Answer(Said.CLEAN))
        rescan(within=60)
        assert not HeldFile.objects.exists()
        assert case


@pytest.mark.django_db
class TestDeciding:
    def held(self, scanner, settings):
        settings.CLAMAV_URL = ""
        case = published()
        settings.CLAMAV_URL = scanner
        rescan(within=60)
        return case, FileScan.objects.get(state=State.FOUND)

    def test_ppid_utama_declares_it_wrong_with_a_reason(self, scanner, settings, client):
        case, scan = self.held(scanner, settings)
        file = PublishedFile.objects.get(item__number=case.information.number, media_type="text/csv")
        client.force_login(make.demo("utama"))
        assert "Eicar" in client.get("/meja/berkas-tertahan/").content.decode()
        page = f"/meja/berkas-tertahan/{scan.pk}/"
        assert client.get(page).status_code == 200
        assert client.post(page, {"reason": "pendek"}).status_code == 422
        assert client.post(page, {"reason": "Berkas uji dari produsen pemindai."}).status_code == 302
        scan.refresh_from_db()
        assert (scan.state, FalseAlarm.objects.get().actor) == (State.CLEARED, make.demo("utama"))
        assert client.get(file.get_absolute_url()).status_code == 200
        assert client.get(page).status_code == 404
        assert "Dinyatakan keliru" in client.get("/meja/berkas-tertahan/").content.decode()
        newer_scan = verdicts.note(scan.sha256, Clamd(scanner).scan([EICAR]), "newer")
        assert newer_scan.state == State.CLEARED

    def test_what_else_is_found_in_it_later_is_not_decided_by_that(self, scanner, settings):
        _, scan = self.held(scanner, settings)
        declare_false_alarm(scan, "Berkas uji dari produsen.", actor=make.demo("utama"))
        found = verdicts.note(scan.sha256, Answer(Said.FOUND, "Win.Trojan.Lain"), "newer")
        assert (found.state, found.signature) == (State.FOUND, "Win.Trojan.Lain")

    def test_nobody_else_does(self, scanner, settings, client):
        _, scan = self.held(scanner, settings)
        with pytest.raises(Forbidden):
            declare_false_alarm(scan, "Berkas uji dari produsen.", actor=make.demo("dinsos"))
        client.force_login(make.demo("dinsos"))
        assert client.get("/meja/berkas-tertahan/").status_code == 200
        assert client.get(f"/meja/berkas-tertahan/{scan.pk}/").status_code == 403

    def test_a_second_decision_is_overtaken(self, scanner, settings):
        _, scan = self.held(scanner, settings)
        declare_false_alarm(scan, "Berkas uji dari produsen.", actor=make.demo("utama"))
        with pytest.raises(ChangedMeanwhile):
            declare_false_alarm(scan, "Berkas uji dari produsen.", actor=make.demo("utama"))
        with pytest.raises((Refused, DatabaseError)), make.savepoint():
            FalseAlarm.objects.update(reason="lain")

    def test_nothing_is_cleared_without_a_decision(self):
        scan = FileScan.objects.create(
            sha256="b" * 64, state=State.FOUND, signature="X", since=timezone.now(), scanned_at=timezone.now()
        )
        with pytest.raises(DatabaseError, match="cleared by a decision"), make.savepoint():
            FileScan.objects.filter(pk=scan.pk).update(state=State.CLEARED)
        with pytest.raises(IntegrityError, match="what_was_found_has_a_name"), make.savepoint():
            FileScan.objects.filter(pk=scan.pk).update(signature="")

    def test_nothing_is_cleared_from_the_first_or_by_a_decision_about_another_find(self):
        now, one = timezone.now(), make.demo("utama")
        FalseAlarm.objects.create(
            sha256="c" * 64, signature="X", reason="Uji.", actor=one, actor_name="U", acting_as="PPID Utama", at=now
        )
        cleared = {"state": State.CLEARED, "since": now, "scanned_at": now}
        for sha256, signature in (("d" * 64, "X"), ("c" * 64, "Y")):
            with pytest.raises(DatabaseError, match="cleared by a decision"), make.savepoint():
                FileScan.objects.create(sha256=sha256, signature=signature, **cleared)
        FileScan.objects.create(sha256="c" * 64, signature="X", **cleared)


@pytest.mark.django_db
class TestWhatIsExamined:
    def said(self):
        return [(each.level, each.msg) for each in files_are_scanned(["default"])]

    def test_none_is_installed(self):
        assert self.said() == [(INFO, "Tidak dipasang.")]

    def test_one_that_answers_says_its_definitions(self, scanner):
        ((level, said),) = self.said()
        assert level == INFO
        assert said.startswith("ClamAV ")

    def test_one_that_is_away_is_an_error(self, nobody, settings):
        settings.CLAMAV_URL = nobody
        assert self.said() == [(ERROR, "Pemindai virus tidak menjawab; 0 berkas menunggunya.")]

    def test_old_definitions_long_waits_and_held_files_are_told(self, scanner, monkeypatch):
        newer(monkeypatch, "ClamAV 1.4.6/27000/Thu Jan 02 08:31:09 2025")
        ago = timezone.now() - timedelta(hours=2)
        FileScan.objects.create(sha256="a" * 64, state=State.WAITING, since=ago)
        FileScan.objects.create(sha256="b" * 64, state=State.FOUND, signature="X", since=ago, scanned_at=ago)
        said = self.said()
        assert {level for level, _ in said} == {WARNING}
        assert [said.split(" ")[0:2] for _, said in said] == [["1", "berkas"], ["1", "berkas"], ["Definisi", "virus"]]

    @pytest.mark.parametrize(("minutes", "found"), [(59, INFO), (61, WARNING)])
    def test_a_wait_is_long_after_an_hour(self, scanner, monkeypatch, minutes, found):
        newer(monkeypatch, f"ClamAV 1.4.6/27000/{timezone.now():%a %b %d %H:%M:%S %Y}")
        since = timezone.now() - timedelta(minutes=minutes)
        FileScan.objects.create(sha256="a" * 64, state=State.WAITING, since=since)
        assert [level for level, _ in self.said()] == [found]


def test_a_scanner_that_closes_in_the_middle_is_away(tmp_path):
    path = str(tmp_path / "s")
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen()

    def close():
        server.accept()[0].close()

    thread = threading.Thread(target=close)
    thread.start()
    try:
        with pytest.raises(ScannerAway):
            Clamd(f"unix://{path}").scan([os.urandom(1 << 20)] * 8)
    finally:
        thread.join()
        server.close()
