"""The legal bases on record: all of them, one of them with the sheets that rest on it, and mending it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.generic import CreateView, ListView, UpdateView

from ppid.desk.library.sop_views import LibraryPage
from ppid.desk.library.upkeep.forms import LegalBasisForm
from sop import legal_bases
from sop.guards import SopRefused
from sop.models import LegalBasis

NOT_YOURS = "Catatan dasar hukum diubah oleh Pengelola SOP dan PPID Utama."


class Bases(LibraryPage, ListView):
    section = "legal-bases"
    template_name = "desk/library/bases.html"
    context_object_name = "bases"
    paginate_by = 50

    @property
    def words(self) -> str:
        return self.request.GET.get("cari", "").strip()[:200]

    def get_queryset(self):
        found = LegalBasis.objects.select_related("replaced_by")
        return found.filter(pk__in=[basis.pk for basis in legal_bases.suggestions(self.words, limit=1000)])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(words=self.words, **kwargs)
        context["why_not"] = NOT_YOURS
        used = legal_bases.uses()
        context["rows"] = [(basis, used.get(basis.pk, [])) for basis in context["bases"]]
        return context


class BasisPage(LibraryPage):
    """A page that changes a record. The rule is in ``sop.legal_bases``; here it only keeps the form away."""

    section = "legal-bases"
    model = LegalBasis
    form_class = LegalBasisForm
    template_name = "desk/library/basis_form.html"

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not self.keeps_units:
            raise PermissionDenied(NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            basis = legal_bases.record(form.save(commit=False), actor=self.request.user)
        except SopRefused as refusal:
            for sentence in refusal.sentences:
                form.add_error("replaced_by", sentence)
            return self.form_invalid(form)
        messages.success(self.request, f"Tersimpan: {basis}.")
        return redirect("desk:legal-bases")


class AddBasis(BasisPage, CreateView):
    extra_context = {"heading": "Tambah dasar hukum"}


class ChangeBasis(BasisPage, UpdateView):
    extra_context = {"heading": "Ubah dasar hukum"}

    def get_context_data(self, **kwargs):
        return super().get_context_data(used_by=legal_bases.uses().get(self.object.pk, []), **kwargs)
