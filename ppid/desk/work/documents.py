"""The documents of a case's item: add, replace, remove, and look at them."""

from functools import cached_property

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from ppid.content_store import BytesLost
from ppid.desk.forms import DeskForm
from ppid.desk.kept_files import SendsKeptFile
from ppid.desk.work import sentences
from ppid.desk.work.cases import OfCase, PreparesCase
from ppid.desk.work.forms import DocumentForm
from ppid.flows.documents import add_document, refuse_unless_changeable, remove_document, replace_document
from ppid.flows.models import Case
from ppid.information.cleaned import DocumentCleaning
from ppid.information.documents import private_store
from ppid.information.models import Document
from ppid.information.pictures import page_picture
from ppid.scanning import verdicts
from ppid.web.reading import Unreadable


class OfDocument(OfCase):
    @cached_property
    def document(self):
        documents = Document.objects.in_case(self.case).select_related("replaced_by")
        return get_object_or_404(documents, pk=self.kwargs["pk"])


class ChangesDocuments(PreparesCase):
    """An act on the item's documents; what it did is said, also when it sent the case back to be prepared again."""

    template_name = "desk/work/document_form.html"
    form_class = DocumentForm
    document = None

    def guard(self):
        refuse_unless_changeable(self.case, actor=self.request.user, at=self.now)

    def get_context_data(self, **kwargs):
        about = {"document": self.document, "prepares": self.case_view.prepares}
        return super().get_context_data(
            sends_back=self.case.is_running and not self.case.is_being_prepared, **about, **kwargs
        )

    def told(self, result):
        case = Case.objects.for_page().get(pk=self.case.pk)
        done = self.done.format(result=result)
        if case.moves == self.case.moves:
            return done
        return f"{done} Proses kembali ke langkah {case.step_number}. {sentences.waits_for(case)}"

    def onward(self, result):
        return f"{self.back}#dokumen"


class WritesDocument(ChangesDocuments):
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"flow": self.case.flow}

    def sent(self, form):
        typed = form.cleaned_data
        return {"upload": typed["file"], "title": typed["title"], "cleans": typed.get("cleans", False)}

    def told(self, result):
        done = DocumentCleaning.objects.filter(document=result).first()
        return " ".join(filter(None, [super().told(result), done and done.words]))


class AddDocument(WritesDocument):
    heading = "Tambah dokumen"
    done = "Dokumen «{result.title}» ditambahkan."

    def act(self, form):
        return add_document(self.case, **self.sent(form), actor=self.request.user)


class ReplaceDocument(OfDocument, WritesDocument):
    heading = "Ganti dokumen"
    done = "Dokumen «{result.title}» diganti. Yang lama tetap tersimpan dalam riwayat dokumen."

    def get_initial(self):
        return {"title": self.document.title}

    def act(self, form):
        return replace_document(self.case, self.document, **self.sent(form), actor=self.request.user)


class RemoveDocument(OfDocument, ChangesDocuments):
    template_name = "desk/work/document_remove.html"
    form_class = DeskForm
    heading = "Keluarkan dokumen"
    done = "Dokumen «{result.title}» dikeluarkan. Berkasnya tetap tersimpan dalam riwayat dokumen."

    def act(self, form):
        remove_document(self.case, self.document, actor=self.request.user)
        return self.document


class SendDocument(SendsKeptFile, OfDocument, View):
    """Send a private file to those who may see the case."""

    def get(self, request, *args, **kwargs):
        kept = self.document
        return self.send(private_store(), kept.sha256, media_type=kept.media_type, filename=kept.filename)


class DocumentPage(OfDocument, View):
    """A page of a document as a picture, for those who may see the case."""

    def get(self, request, *args, **kwargs):
        if verdicts.is_held(self.document.sha256):
            raise Http404
        try:
            picture = page_picture(self.document, self.kwargs["page"])
        except (Unreadable, BytesLost) as error:
            raise Http404 from error
        return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, no-store"})
