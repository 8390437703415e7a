"""How uploads arrive: large ones in a temporary file, and no more of them on the disk than the portal would take."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler

# In one form. Beyond it the form says how many there were; far beyond it Django stops reading (settings).
MAX_FILES = 20
_BESIDE_FILES = 16 * 1024 * 1024  # of a form: its texts


class UploadsTooBig(RequestDataTooBig):
    """A form says that it is larger than so many files of the largest size."""


class ArrivingFile(TemporaryUploadedFile):
    """An upload beside our other data: a process that is killed meanwhile leaves it where the sweep looks."""

    def __init__(self, name, content_type, size, charset, content_type_extra=None):
        folder = arriving()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        suffix = f".upload{os.path.splitext(name)[1]}"
        file = tempfile.NamedTemporaryFile(suffix=suffix, dir=folder)  # noqa: SIM115 - closed with the request
        UploadedFile.__init__(self, file, name, content_type, size, charset, content_type_extra)

    def close(self):
        """Let it go, also where what is still on its way to the disk finds no room there."""
        with suppress(OSError):
            super().close()


def arriving() -> Path:
    """Return the folder in which large uploads arrive."""
    return settings.VAR / "uploads"


def broken_off(*, before: datetime) -> Iterator[Path]:
    """Yield the uploads that began before that moment and are still there: their process was killed."""
    for path in arriving().glob("*.upload*"):
        try:
            if path.stat().st_mtime < before.timestamp():
                yield path
        except FileNotFoundError:  # taken or let go meanwhile
            continue


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Write no file that is larger than allowed and none beyond the most, and go on counting for the refusal.

    Where no file can be written, on a full disk above all, it is let go and ``request.cannot_write`` set to the error:
    the other fields of the form are still read.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self._files = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        """Refuse a form that says itself that it is larger than any of ours, before anything of it is read."""
        if content_length > MAX_FILES * settings.MAX_UPLOAD_MB * 1024 * 1024 + _BESIDE_FILES:
            raise UploadsTooBig("The form is larger than all its files may be.")

    def new_file(self, *args, **kwargs):
        self._files += 1
        FileUploadHandler.new_file(self, *args, **kwargs)
        with self._while_there_is_room():
            self.file = ArrivingFile(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data, start):
        if self._files <= MAX_FILES and start <= settings.MAX_UPLOAD_MB * 1024 * 1024:
            with self._while_there_is_room():
                super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        try:
            return super().file_complete(file_size)
        except OSError as error:  # what was still on its way to the disk
            if not cannot_write(error):
                raise
            self.request.cannot_write = error
            return None

    @contextmanager
    def _while_there_is_room(self):
        try:
            yield
        except OSError as error:
            if not cannot_write(error):
                raise
            self.request.cannot_write = error
            raise SkipFile from error


def is_disk_full(error: BaseException | None) -> bool:
    """Whether there was no room to write a file."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def cannot_write(error: BaseException | None) -> bool:
    """Whether a file could not be written for want of room, or because the disk or folder takes none."""
    kinds = (errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)
    return is_disk_full(error) or (isinstance(error, OSError) and error.errno in kinds)


def wrong_size(upload: UploadedFile) -> str:
    """Return the sentence about a file that is empty or too large, or ""."""
    if not upload.size:
        return "Berkas ini kosong."
    if upload.size > settings.MAX_UPLOAD_MB * 1024 * 1024:
        return f"Berkas terlalu besar. Ukuran paling besar {settings.MAX_UPLOAD_MB} MB."
    return ""
