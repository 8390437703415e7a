"""The pages on which is seen and answered what was found in documents."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.flows.documents import add_document
from ppid.flows.findings import answer_findings
from ppid.information.examining import keep_reading
from ppid.information.findings import Finding, FindingAnswer
from tests import make
from tests.flows.test_findings import NIK

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.publication(at="preparing")


@pytest.fixture
def document(case):
    document = add_document(case, make.pdf("data.pdf"), title="Data penerima", actor=make.demo("dinsos"))
    keep_reading(document, NIK, at=timezone.now())
    return document


def page(client, case):
    return client.get(reverse("desk:case", args=[case.number])).content.decode()


def address(case, document):
    return reverse("desk:answer-findings", args=[case.number, document.pk])


def test_the_case_shows_where_and_a_mask(sign_in, case, document):
    shown = page(sign_in("dinsos"), case)
    assert "6171••••••••0001" in shown
    assert "Halaman 1" in shown
    assert address(case, document) in shown


def test_who_only_reads_is_offered_no_answer(sign_in, case, document):
    shown = page(sign_in("utama"), case)
    assert "6171••••••••0001" in shown
    assert address(case, document) not in shown
    assert sign_in("utama").get(address(case, document)).status_code == 403


def test_an_unread_document_says_so(sign_in, case):
    add_document(case, make.pdf(), title="Baru", actor=make.demo("dinsos"))
    assert "Belum dibaca" in page(sign_in("dinsos"), case)


def test_a_reason_is_kept_and_shown_with_its_name(sign_in, case, document):
    finding = Finding.objects.get(reading__document=document)
    client = sign_in("dinsos")
    answered = client.post(address(case, document), {f"reason-{finding.pk}": "Contoh saja."})
    assert answered.status_code == 302
    [row] = FindingAnswer.objects.all()
    assert (row.reason, row.actor, row.sha256) == ("Contoh saja.", make.demo("dinsos"), document.sha256)
    shown = page(sign_in("utama"), case)
    assert "Contoh saja." in shown
    assert row.actor_name in shown


@pytest.mark.parametrize(("typed", "sentence"), [("", "ganti berkasnya"), ("x" * 10_000, "2000")])
def test_an_empty_or_endless_reason_is_refused_and_kept_as_typed(sign_in, case, document, typed, sentence):
    finding = Finding.objects.get(reading__document=document)
    refused = sign_in("dinsos").post(address(case, document), {f"reason-{finding.pk}": typed})
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert sentence in shown
    assert typed in shown
    assert not FindingAnswer.objects.exists()


def test_another_reason_stands_beside_the_first_and_the_newest_is_shown(sign_in, case, document):
    finding = Finding.objects.select_related("reading").get(reading__document=document)
    for reason in ("Pertama.", "Kedua."):
        answer_findings(case, {finding: reason}, actor=make.demo("dinsos"))
    shown = page(sign_in("utama"), case)
    assert "Kedua." in shown
    assert "Pertama." not in shown
    assert finding.answers.count() == 2


def test_nothing_of_an_exclusions_documents_is_found_by_others(sign_in):
    excluded = make.exclusion(at="testing")
    document = add_document(excluded, make.pdf(), title="Rahasia", actor=make.demo("opd"))
    keep_reading(document, NIK, at=timezone.now())
    assert sign_in("operator").get(address(excluded, document)).status_code == 404


def test_the_box_that_cleans_is_ticked_and_offered_for_what_is_published_alone(sign_in, case):
    shown = sign_in("dinsos").get(reverse("desk:document-add", args=[case.number])).content.decode()
    assert 'name="cleans"' in shown
    assert "checked" in shown.partition('name="cleans"')[2].partition(">")[0]
    excluded = make.exclusion(at="testing")
    shown = sign_in("opd").get(reverse("desk:document-add", args=[excluded.number])).content.decode()
    assert 'name="cleans"' not in shown
