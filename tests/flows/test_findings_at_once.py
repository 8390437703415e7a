"""A document is read by a worker and by a step, replaced and answered at once: each is written down once or refused."""

from django.utils import timezone
from procrastinate.contrib.django import app

from ppid.flows.documents import add_document, replace_document
from ppid.flows.steps import StepUnmet
from ppid.information.examining import keep_reading
from ppid.information.findings import Finding
from tests import make
from tests.flows.test_findings import NIK, answer, found_in
from tests.together import two_at_once


def test_a_worker_reads_what_was_uploaded(committed_database):
    case = make.publication(at="preparing")
    upload = make.pdf("data.pdf", "Rekening 1025341277 Bank Kalbar, NIK 6171034510900001")
    document = add_document(case, upload, title="Data", actor=make.demo("dinsos"))
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False)
    assert [each.kind for each in Finding.objects.of([document])] == ["nik", "account"]


def test_two_readers_of_one_document_write_it_down_once(committed_database):
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf(), title="Data", actor=make.demo("dinsos"))
    first, second = two_at_once(
        lambda: keep_reading(document, NIK, at=timezone.now()), lambda: keep_reading(document, NIK, at=timezone.now())
    )
    assert first == second
    assert Finding.objects.of([document]).count() == 1


def test_nobody_answers_for_a_document_that_is_replaced_meanwhile(committed_database):
    case = make.publication(at="preparing")
    document = found_in(case)
    replaced, refused = two_at_once(
        lambda: replace_document(case, document, make.pdf(), title="B", actor=make.demo("dinsos")),
        lambda: answer(case, document),
    )
    assert replaced.replaces == document
    assert isinstance(refused, StepUnmet)
