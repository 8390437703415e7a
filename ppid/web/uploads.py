"""How uploads arrive: large ones in a temporary file, and no more of them on the disk than the portal would take."""

import errno
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

# In one form. Beyond it the form says how many there were; far beyond it Django stops reading (settings).
MAX_FILES = 20
_BESIDE_FILES = 16 * 1024 * 1024  # of a form: its texts


class UploadsTooBig(RequestDataTooBig):
    """A form says that it is larger than so many files of the largest size."""


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Write no file that is larger than allowed and none beyond the most, and go on counting for the refusal.

    On a full disk the file is let go and ``request.disk_full`` set: the other fields of the form are still read.
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
        with self._while_there_is_room():
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        if self._files <= MAX_FILES and start <= settings.MAX_UPLOAD_MB * 1024 * 1024:
            with self._while_there_is_room():
                super().receive_data_chunk(raw_data, start)

    @contextmanager
    def _while_there_is_room(self):
        try:
            yield
        except OSError as error:
            if not is_disk_full(error):
                raise
            self.request.disk_full = True
            raise SkipFile from error


def is_disk_full(error: BaseException | None) -> bool:
    """Whether there was no room to write a file."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def wrong_size(upload: UploadedFile) -> str:
    """Return the sentence about a file that is empty or too large, or ""."""
    if not upload.size:
        return "Berkas ini kosong."
    if upload.size > settings.MAX_UPLOAD_MB * 1024 * 1024:
        return f"Berkas terlalu besar. Ukuran paling besar {settings.MAX_UPLOAD_MB} MB."
    return ""
