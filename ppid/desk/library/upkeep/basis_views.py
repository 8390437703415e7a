"""The legal bases on record: all of them, one of them with the sheets that rest on it, and mending it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from ppid.desk.acts import ActPage
from ppid.desk.library.sop_views import LibraryPage
from ppid.desk.library.upkeep.forms import LegalBasisForm
from ppid.web.paged import PagedList
from ppid.web.parameters import text
from sop import legal_bases
from sop.models import LegalBasis

NOT_YOURS = "Catatan dasar hukum diubah oleh Pengelola SOP dan PPID Utama."


class Bases(LibraryPage, PagedList):
    section = "legal-bases"
    template_name = "desk/library/bases.html"
    context_object_name = "bases"
    paginate_by = 50

    @property
    def words(self) -> str:
        return text(self.request.GET, "cari")

    def get_queryset(self):
        found = LegalBasis.objects.select_related("replaced_by")
        return found.filter(pk__in=[basis.pk for basis in legal_bases.suggestions(self.words, limit=1000)])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(words=self.words, **kwargs)
        context["why_not"] = NOT_YOURS
        used = legal_bases.uses()
        context["rows"] = [(basis, used.get(basis.pk, [])) for basis in context["bases"]]
        return context


class BasisPage(LibraryPage, ActPage):
    """A page that changes a record. The rule is in ``sop.legal_bases``; here it only keeps the form away."""

    section = "legal-bases"
    form_class = LegalBasisForm
    template_name = "desk/library/basis_form.html"
    not_yours = NOT_YOURS
    beside = "replaced_by"
    done = "Tersimpan: {result}."
    heading = ""
    basis = None

    def may(self):
        return bool(self.keeps_units)

    @property
    def back(self):
        return reverse("desk:legal-bases")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.basis}

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.heading, **kwargs)

    def act(self, form):
        return legal_bases.record(form.save(commit=False), actor=self.request.user)


class AddBasis(BasisPage):
    heading = "Tambah dasar hukum"


class ChangeBasis(BasisPage):
    heading = "Ubah dasar hukum"

    @cached_property
    def basis(self) -> LegalBasis:
        return get_object_or_404(LegalBasis, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(used_by=legal_bases.uses().get(self.basis.pk, []), **kwargs)
