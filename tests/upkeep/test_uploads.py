"""Large uploads arrive beside our other data, and what a killed process left of them is swept."""

import errno
import io
import os
import time

import pytest
from django.core.management import call_command
from django.test import RequestFactory

from ppid.web import uploads
from ppid.web.uploads import ArrivingFile, BoundedFileUploadHandler, arriving


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


def handler() -> BoundedFileUploadHandler:
    one = BoundedFileUploadHandler(RequestFactory().post("/"))
    one.new_file("file", "besar.pdf", "application/pdf", None)
    return one


def test_a_large_upload_arrives_where_the_sweep_looks_and_goes_with_its_request():
    one = handler()
    one.receive_data_chunk(b"%PDF", 0)
    assert [each.parent for each in arriving().iterdir()] == [arriving()]
    assert arriving().stat().st_mode & 0o077 == 0
    file = one.file_complete(4)
    assert file.read() == b"%PDF"
    file.close()
    assert list(arriving().iterdir()) == []


@pytest.mark.django_db
def test_what_a_killed_process_left_is_swept_once_it_is_old(stores):
    old, young = (arriving() / name for name in ("lama.upload.pdf", "baru.upload.pdf"))
    arriving().mkdir()
    for path in (old, young):
        path.write_bytes(b"%PDF")
    aged = time.time() - 25 * 3600
    os.utime(old, (aged, aged))
    out = io.StringIO()
    call_command("sweep", "--dry-run", stdout=out)
    assert "uploads: 1 broken off, to be deleted" in out.getvalue()
    assert old.exists()
    call_command("sweep", stdout=out)
    assert "uploads: 1 broken off, deleted" in out.getvalue()
    assert [old.exists(), young.exists()] == [False, True]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO])
def test_the_last_bytes_that_find_no_room_let_the_file_go_and_say_so(number, monkeypatch):
    one = handler()

    def fails(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(uploads.TemporaryFileUploadHandler, "file_complete", fails)
    assert one.file_complete(4) is None
    assert one.request.cannot_write.errno == number


def test_a_file_whose_last_bytes_find_no_room_is_closed_without_a_word(monkeypatch):
    file = ArrivingFile("besar.pdf", "application/pdf", 0, None)

    def fails():
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(file.file, "close", fails)
    file.close()


def test_other_mistakes_of_files_are_ours_and_stay_loud(monkeypatch):
    one = handler()

    def fails(*_):
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr(uploads.TemporaryFileUploadHandler, "file_complete", fails)
    with pytest.raises(OSError, match="Bad file"):
        one.file_complete(4)


def test_the_twentieth_file_is_written_and_the_next_is_counted_alone():
    one = BoundedFileUploadHandler(RequestFactory().post("/"))
    written = []
    for n in range(21):
        one.new_file("file", f"{n}.csv", "text/csv", None)
        one.receive_data_chunk(b"a;b", 0)
        written.append(one.file.tell())
        one.file.close()
    assert written == [3] * 20 + [0]


def test_of_a_file_that_is_too_large_no_more_is_written(settings):
    settings.MAX_UPLOAD_MB = 1
    one = handler()
    one.receive_data_chunk(b"a", 1024 * 1024)
    one.receive_data_chunk(b"b", 1024 * 1024 + 1)
    assert one.file.tell() == 1
    one.file.close()
