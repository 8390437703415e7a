"""How the desk sends a file that it keeps: after reading all of it, so that nobody works with damaged bytes."""

import logging

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from ppid.content_store import BytesLost, ContentStore
from ppid.scanning import verdicts
from ppid.web.handed_over import handed_over
from ppid.web.safe_files import SHOWN, make_harmless

logger = logging.getLogger(__name__)


class SendsKeptFile:
    """Mixin of a view of the desk that sends a kept file; ``?unduh`` asks for a download instead of a view."""

    def send(self, store: ContentStore, sha256: str, *, media_type: str, filename: str) -> HttpResponse:
        """Answer with the file, or with a sentence when its bytes are lost: then IT has to bring them back."""
        if verdicts.is_held(sha256):
            context = self.get_context_data(filename=filename, sha256=sha256)
            return render(self.request, "desk/file_held.html", context, status=403)
        try:
            file = store.open_checked(sha256)
        except BytesLost as lost:
            logger.error("%s", lost)
            context = self.get_context_data(filename=filename, sha256=sha256)
            return render(self.request, "desk/file_lost.html", context, status=404)
        shown = media_type in SHOWN and "unduh" not in self.request.GET
        if response := handed_over(store.on_disk(sha256)):
            file.close()
            response["Content-Type"] = media_type
            response["Content-Disposition"] = content_disposition_header(not shown, filename) or "inline"
        else:
            response = FileResponse(file, as_attachment=not shown, filename=filename, content_type=media_type)
        response["Cache-Control"] = "private, no-store"
        return make_harmless(response, media_type)
