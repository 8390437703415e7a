"""The documents of a case's item: add, replace, remove, and look at them."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, View

from ppid.desk.kept_files import SendsKeptFile
from ppid.desk.work import sentences
from ppid.desk.work.cases import OfCase
from ppid.desk.work.forms import DocumentForm, EmptyForm
from ppid.flows.documents import add_document, refuse_unless_changeable, remove_document, replace_document
from ppid.flows.models import Case
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.documents import private_store
from ppid.information.media_types import UploadRefused
from ppid.information.models import Document


class OfDocument(OfCase):
    @cached_property
    def document(self):
        of_item = Document.objects.filter(information=self.case.information_id)
        return get_object_or_404(of_item.select_related("replaced_by"), pk=self.kwargs["pk"])


class ChangesDocuments(OfCase, FormView):
    """An act on the item's documents; what it did is said, also when it sent the case back to be prepared again."""

    template_name = "desk/work/document_form.html"
    form_class = DocumentForm
    heading = ""
    document = None

    def dispatch(self, request, *args, **kwargs):
        try:
            refuse_unless_changeable(self.case, actor=request.user, at=self.now)
            return super().dispatch(request, *args, **kwargs)
        except StepForbidden as refusal:
            raise PermissionDenied(*refusal.sentences) from refusal
        except (StepOutOfOrder, StepUnmet) as refusal:
            messages.warning(request, " ".join(refusal.sentences))
            return redirect(self.case)

    def get_context_data(self, **kwargs):
        sends_back = self.case.step_number > Case.PREPARING_STEP
        context = {"heading": self.heading, "document": self.document, "sends_back": sends_back}
        return super().get_context_data(**(context | kwargs))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"flow": self.case.flow}

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form):
        try:
            done = self.act(form)
        except UploadRefused as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        case = Case.objects.for_page().get(pk=self.case.pk)
        back = f" Perkara kembali ke langkah {case.step_number}. {sentences.waits_for(case)}"
        messages.success(self.request, done + (back if case.moves > self.case.moves else ""))
        return redirect(f"{case.get_absolute_url()}#dokumen")


class AddDocument(ChangesDocuments):
    heading = "Tambah dokumen"

    def act(self, form):
        upload, title = form.cleaned_data["file"], form.cleaned_data["title"]
        document = add_document(self.case, upload, title=title, actor=self.request.user)
        return f"Dokumen «{document.title}» ditambahkan."


class ReplaceDocument(OfDocument, ChangesDocuments):
    heading = "Ganti dokumen"

    def get_initial(self):
        return {"title": self.document.title}

    def act(self, form):
        upload, title = form.cleaned_data["file"], form.cleaned_data["title"]
        document = replace_document(self.case, self.document, upload, title=title, actor=self.request.user)
        return f"Dokumen «{document.title}» diganti. Yang lama tetap tersimpan dalam riwayat dokumen."


class RemoveDocument(OfDocument, ChangesDocuments):
    template_name = "desk/work/document_remove.html"
    form_class = EmptyForm
    heading = "Keluarkan dokumen"

    def act(self, form):
        remove_document(self.case, self.document, actor=self.request.user)
        return f"Dokumen «{self.document.title}» dikeluarkan. Berkasnya tetap tersimpan dalam riwayat dokumen."


class SendDocument(SendsKeptFile, OfDocument, View):
    """Send a private file to those who may see the case."""

    def get(self, request, *args, **kwargs):
        kept = self.document
        return self.send(private_store(), kept.sha256, media_type=kept.media_type, filename=kept.filename)
