"""How uploads arrive: large ones in a temporary file, and no more of them on the disk than the portal would take."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Stop writing once a file is larger than allowed, and go on counting: its size is what the refusal is about."""

    def receive_data_chunk(self, raw_data, start):
        if start <= settings.MAX_UPLOAD_MB * 1024 * 1024:
            super().receive_data_chunk(raw_data, start)
