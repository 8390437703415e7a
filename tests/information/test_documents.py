"""Bytes and row are kept together, or neither is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from ppid.flows.documents import add_document, add_evidence
from ppid.flows.steps import StepForbidden
from ppid.information.documents import private_store, received
from ppid.information.models import Document
from sop.models import SopVersion
from sop.versions.store import sheet_store
from tests import make

pytestmark = pytest.mark.django_db


class BreaksOff(SimpleUploadedFile):
    """An upload whose connection is lost half way."""

    def chunks(self, chunk_size=None):
        yield self.read(4)
        raise OSError("connection lost")


def files():
    root = private_store().root
    return {path for path in root.rglob("*") if path.is_file()} if root.exists() else set()


def test_a_document_lies_under_its_sha256_and_is_found_by_its_row():
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf("Laporan.pdf"), title="Laporan", actor=make.demo("dinsos"))
    with private_store().open(document.sha256) as file:
        assert len(file.read()) == document.size
    assert (document.media_type, document.filename) == ("application/pdf", "Laporan.pdf")


def test_an_upload_that_breaks_off_leaves_no_row_and_no_file():
    case, before, rows = make.publication(at="preparing"), files(), Document.objects.count()
    with pytest.raises(OSError, match="connection lost"):
        add_document(case, BreaksOff("a.pdf", b"%PDF-1.7 %%EOF"), title="A", actor=make.demo("dinsos"))
    assert files() == before
    assert Document.objects.count() == rows


def test_a_refused_upload_leaves_no_row_and_no_file():
    case, before, rows = make.publication(at="preparing"), files(), Document.objects.count()
    with pytest.raises(StepForbidden):
        add_document(case, make.pdf(), title="A", actor=make.demo("disdukcapil"))
    assert files() == before
    assert Document.objects.count() == rows


def test_a_transaction_that_fails_at_its_end_leaves_no_file():
    case, before = make.publication(at="preparing"), files()

    def place_and_fail():
        with received(make.pdf()) as arrived, transaction.atomic():
            arrived.incoming.place()
            Document.objects.create(information=case.information)

    with pytest.raises(DatabaseError):
        place_and_fail()
    assert files() == before


def test_bytes_that_another_row_names_stay_when_an_upload_fails():
    upload = make.pdf()
    first = add_document(make.publication(at="preparing"), upload, title="A", actor=make.demo("dinsos"))
    upload.seek(0)
    with pytest.raises(StepForbidden):
        add_document(make.publication(at="preparing"), upload, title="B", actor=make.demo("disdukcapil"))
    assert private_store().path(first.sha256).exists()


def test_the_same_evidence_sent_twice_is_one_document():
    case, upload = make.publication(at="coordinating"), make.pdf("surat.pdf")
    first = add_evidence(case, upload, actor=make.demo("bidang"))
    upload.seek(0)
    assert add_evidence(case, upload, actor=make.demo("bidang")) == first


def test_a_sheet_stays_when_an_upload_of_its_very_bytes_fails():
    version = SopVersion.objects.get(sop__flow="publication", version=1)
    kept = sheet_store().path(version.pdf_sha256)
    upload = SimpleUploadedFile("lembar.pdf", kept.read_bytes(), "application/pdf")
    with pytest.raises(StepForbidden):
        add_document(make.publication(at="preparing"), upload, title="Lembar", actor=make.demo("disdukcapil"))
    assert kept.exists()
