"""Evidence is true and costs nothing: what the portal records by itself, and what only a file of its own proves."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import Error
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.consequence import fill_test
from ppid.flows.documents import add_document, add_evidence
from ppid.flows.ledger import Evidence
from ppid.flows.papers.kinds import KINDS
from ppid.flows.papers.numbering import attach_scan, cancel_number, number_paper
from ppid.flows.steps import StepUnmet
from tests import make

pytestmark = pytest.mark.django_db


def bound(case, key) -> list[tuple[str, str, str, bool]]:
    """Return what the newest taking of ``key`` bound: part, title, what it is, whether the portal recorded it."""
    record = case.records.filter(key=key).order_by("-sequence").first()
    rows = record.evidence.select_related("document").exclude(part="approved")
    return [(row.part, row.document.title, row.means, row.by_portal) for row in rows]


class TestRecordedByThePortal:
    def test_the_items_documents_are_recorded_all_of_them_by_name_and_hash(self):
        case, siti = make.publication(at="preparing"), make.demo("dinsos")
        for title in ("Laporan", "Tabel"):
            add_document(case, make.pdf(), title=title, actor=siti)
        take_step(case, "prepare", actor=siti)
        assert bound(case, "prepare") == [
            ("requirement", "Laporan", "item", True),
            ("requirement", "Tabel", "item", True),
            ("output", "Laporan", "item", True),
            ("output", "Tabel", "item", True),
        ]
        assert all(row.sha256 == row.document.sha256 for row in Evidence.objects.filter(record__key="prepare"))

    def test_from_step_three_on_a_publication_asks_for_no_file(self):
        case = make.publication(at="clarifying")
        take_step(case, "clarify", actor=make.demo("utama"), category="periodic")
        for key, who in [("release", "bidang"), ("renew", "operator"), ("publish", "operator")]:
            take_step(make.again(case), key, actor=make.demo(who))
        assert make.again(case).state == "published"

    def test_an_item_on_paper_alone_is_proven_without_a_file(self):
        case = make.publication(at="preparing", has_softcopy=False, has_hardcopy=True)
        take_step(case, "prepare", actor=make.demo("dinsos"))
        assert bound(case, "prepare") == []

    def test_what_an_earlier_row_brought_goes_on(self):
        case = make.exclusion(at="screening")
        add_document(case, make.pdf(), title="Berkas", actor=make.demo("opd"))
        take_step(make.again(case), "screen", actor=make.demo("utama"))
        handed = Evidence.objects.get(record__case=case, record__key="collect", part="output")
        assert bound(case, "screen") == [
            ("requirement", "Berkas", "item", True),
            ("output", handed.document.title, "earlier", True),
        ]

    def test_while_the_item_has_no_document_the_row_asks(self):
        case = make.exclusion()
        with pytest.raises(StepUnmet) as refusal:
            take_step(case, "collect", actor=make.demo("bidang"))
        assert refusal.value.fields == ("requirement", "output")


class TestBornAtTheRow:
    def test_the_items_document_is_no_report(self):
        case, bidang = make.publication(at="coordinating"), make.demo("bidang")
        content = add_document(case, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
        letter = add_evidence(case, make.pdf(), actor=bidang)
        with pytest.raises(StepUnmet, match="Output: Berkas itu bukan yang diminta") as refusal:
            take_step(case, "coordinate", actor=bidang, evidence={"requirement": letter, "output": content})
        assert refusal.value.fields == ("output",)

    def test_one_file_is_not_both_the_letter_and_the_report(self):
        case, bidang = make.publication(at="coordinating"), make.demo("bidang")
        one = add_evidence(case, make.pdf(), actor=bidang)
        with pytest.raises(StepUnmet, match="bukan yang diminta"):
            take_step(case, "coordinate", actor=bidang, evidence={"requirement": one, "output": one})
        assert make.again(case).state == "coordinating"

    def test_an_exclusion_is_not_adopted_with_one_pdf_in_every_slot(self):
        case, bidang = make.exclusion(), make.demo("bidang")
        one = add_evidence(case, make.pdf(), actor=bidang)
        take_step(case, "collect", actor=bidang, evidence={"requirement": one, "output": one})
        take_step(make.again(case), "screen", actor=make.demo("utama"), evidence={"requirement": one})
        make.supply(make.again(case), "test_consequences", make.demo("opd"))
        with pytest.raises(StepUnmet, match="bukan yang diminta"):
            take_step(
                make.again(case),
                "test_consequences",
                actor=make.demo("opd"),
                evidence={"requirement": one, "output": one},
            )
        with pytest.raises(StepUnmet, match="Lampirkan output"):
            take_step(make.again(case), "test_consequences", actor=make.demo("opd"), evidence={"requirement": one})

    def test_what_was_signed_before_the_sheet_was_filled_in_again_is_of_another_test(self):
        case, opd = make.exclusion(at="testing"), make.demo("opd")
        fill_test(case, make.test(), [make.participant()], actor=opd)
        old = add_evidence(case, make.pdf(), actor=opd)
        test = make.again(case).test
        fill_test(case, test, [make.participant()], actor=opd, at=timezone.now() + timedelta(seconds=1))
        case = make.again(case)
        evidence = {**make.evidence(case, opd), "output": old}
        with pytest.raises(StepUnmet, match="bukan yang diminta"):
            take_step(case, "test_consequences", actor=opd, evidence=evidence)

    def test_the_portals_own_paper_is_bound_once_it_is_numbered(self):
        case, bidang = make.publication(at="coordinating"), make.demo("bidang")
        papers = [
            number_paper(case, KINDS[key], number=f"{n}/2026", date=timezone.localdate(), actor=bidang)
            for n, key in enumerate(("coordination_letter", "coordination_report"), 1)
        ]
        letter, report = (paper.document for paper in papers)
        with pytest.raises(StepUnmet, match="bukan yang diminta"):
            take_step(case, "coordinate", actor=bidang, evidence={"requirement": report, "output": letter})
        take_step(case, "coordinate", actor=bidang, evidence={"requirement": letter, "output": report})
        assert bound(case, "coordinate") == [
            ("requirement", "Surat koordinasi, nomor 1/2026", "coordination_letter", False),
            ("output", "Laporan koordinasi, nomor 2/2026", "coordination_report", False),
        ]

    def test_a_cancelled_number_proves_nothing(self):
        case, bidang = make.publication(at="coordinating"), make.demo("bidang")
        paper = number_paper(case, KINDS["coordination_letter"], number="1", date=timezone.localdate(), actor=bidang)
        cancel_number(paper, because="Salah.", actor=bidang)
        report = add_evidence(case, make.pdf(), actor=bidang)
        with pytest.raises(StepUnmet, match="Kelengkapan: Berkas itu bukan yang diminta"):
            take_step(
                make.again(case), "coordinate", actor=bidang, evidence={"requirement": paper.document, "output": report}
            )

    def test_a_sheet_that_has_to_be_signed_is_proven_by_its_scan_not_by_the_paper(self):
        case, opd = make.exclusion(at="testing"), make.demo("opd")
        make.supply(case, "test_consequences", opd)
        paper = number_paper(make.again(case), KINDS["test_sheet"], number="1/LU", date=timezone.localdate(), actor=opd)
        other = make.evidence(case, opd)
        with pytest.raises(StepUnmet, match="bukan yang diminta"):
            take_step(case, "test_consequences", actor=opd, evidence={**other, "output": paper.document})
        scan = attach_scan(paper, make.pdf("pindaian.pdf"), actor=opd)
        take_step(make.again(case), "test_consequences", actor=opd, evidence={**other, "output": scan.document})
        assert ("output", scan.document.title, "test_sheet", False) in bound(case, "test_consequences")


class TestTheDatabase:
    def test_what_is_born_is_no_document_of_the_item_there_either(self, monkeypatch):
        case, bidang = make.publication(at="coordinating"), make.demo("bidang")
        content = add_document(case, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
        letter = add_evidence(case, make.pdf(), actor=bidang)
        monkeypatch.setattr("ppid.flows.proving.Proving.fits", lambda *_: True)
        with pytest.raises(Error, match="no document of the item"), make.savepoint():
            take_step(case, "coordinate", actor=bidang, evidence={"requirement": letter, "output": content})
        monkeypatch.setattr("ppid.flows.proving.Proving.proves_what_it_says", lambda *_: True)
        with pytest.raises(Error, match="proves nothing else"), make.savepoint():
            take_step(case, "coordinate", actor=bidang, evidence={"requirement": letter, "output": letter})

    @pytest.mark.parametrize(
        ("state", "key", "who", "match"),
        [
            ("testing", "test_consequences", "opd", "with its signed sheet"),
            ("adopting", "adopt", "bidang", "with its signed decree"),
        ],
    )
    def test_it_lets_no_test_and_no_adoption_pass_without_what_was_signed(self, state, key, who, match, monkeypatch):
        case, actor = make.exclusion(at=state), make.demo(who)
        make.supply(case, key, actor)
        evidence = make.evidence(case, actor)
        del evidence["output"]
        monkeypatch.setattr("ppid.flows.proving.Proving.is_proven", lambda *_: True)
        with pytest.raises(Error, match=match), make.savepoint():
            take_step(make.again(case), key, actor=actor, evidence=evidence)

    def test_it_lets_no_adoption_pass_without_the_heads_approval(self):
        case, bidang = make.exclusion(at="adopting"), make.demo("bidang")
        make.supply(case, "adopt", bidang)
        evidence = make.evidence(case, bidang)
        with pgtrigger.ignore("flows.HeadApproval:row_is_kept"):
            case.head_approvals.all().update(test_digest="0" * 64)
        with pytest.raises(StepUnmet, match="Mintakan persetujuan pimpinan"):
            take_step(make.again(case), "adopt", actor=bidang, evidence=evidence)
