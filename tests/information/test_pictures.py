"""Pictures of pages lie beside the private store: the document's own, drawn once, never more than so many."""

import os
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from ppid.content_store import BytesMissing
from ppid.flows.documents import add_document
from ppid.information import pictures
from ppid.information.documents import private_store
from ppid.information.pictures import page_count, page_picture
from ppid.web.reading import Unreadable
from ppid.web.reading.pieces import BROKEN, HEAVY, SLOW
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(tmp_path, settings):
    settings.PRIVATE_FILES = tmp_path / "private"
    return add_document(make.publication(at="preparing"), make.pdf(), title="Laporan", actor=make.demo("dinsos"))


def kept():
    return sorted(path.name for path, _ in pictures._pictures())


def test_a_page_is_drawn_once(document, monkeypatch):
    drawn = page_picture(document, 1)
    assert drawn.startswith(b"\x89PNG")
    assert kept() == [f"{document.sha256}-1-1200.png"]
    monkeypatch.setattr(pictures, "draw_page", None)
    assert page_picture(document, 1) == drawn
    assert page_count(document) == 1


def test_what_cannot_be_drawn_leaves_nothing(document):
    with pytest.raises(Unreadable):
        page_picture(document, 7)
    assert kept() == []


@pytest.mark.parametrize("number", [0, -1, 2, int("9" * 300)])
def test_a_page_that_is_none_is_refused_before_a_file_is_named(document, number):
    with pytest.raises(Unreadable, match="Tidak ada halaman itu: berkas ini 1 halaman"):
        page_picture(document, number)


@pytest.mark.parametrize(("sentence", "is_asked_again"), [(SLOW, True), (HEAVY, True), (BROKEN, False)])
def test_a_failure_that_passes_is_not_kept_for_the_day(document, monkeypatch, sentence, is_asked_again):
    def fails(path):
        raise Unreadable(sentence)

    with monkeypatch.context() as once:
        once.setattr(pictures, "count_pages", fails)
        once.setattr(pictures, "_A_MINUTE", 0)
        with pytest.raises(Unreadable):
            page_count(document)
    if is_asked_again:
        assert page_count(document) == 1
    else:
        with pytest.raises(Unreadable):
            page_count(document)


def test_lost_bytes_are_no_picture(document):
    private_store().remove(document.sha256)
    with pytest.raises(BytesMissing):
        page_picture(document, 1)


def test_the_longest_not_looked_at_make_room(document, monkeypatch):
    monkeypatch.setattr(pictures, "_MOST", 3)
    for n, width in enumerate((100, 200, 300)):
        page_picture(document, 1, width=width)
        path = pictures._folder() / f"{document.sha256}-1-{width}.png"
        os.utime(path, (time.time() - 100 + n,) * 2)
    page_picture(document, 1, width=100)  # looked at again
    page_picture(document, 1, width=400)
    assert kept() == [f"{document.sha256}-1-{width}.png" for width in (100, 400)]


def test_the_sweep_takes_what_nobody_looks_at_and_what_has_no_document(document):
    page_picture(document, 1)
    (pictures._folder() / f"{'0' * 64}-1-1200.png").write_bytes(b"x")
    (pictures._folder() / "tmpabc").write_bytes(b"x")  # what a killed process left
    call_command("sweep", hours=24, force=True, verbosity=0)
    assert kept() == [f"{document.sha256}-1-1200.png"]
    later = timezone.now() + timedelta(days=40)
    assert pictures.sweep_pictures(before=later)[0] == 1
    assert kept() == []


def test_pictures_are_no_files_of_the_store(document):
    names = set(private_store().names())
    page_picture(document, 1)
    assert set(private_store().names()) == names
