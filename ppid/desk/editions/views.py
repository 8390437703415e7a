"""The editions of DIP and DIK at the desk: what would change, prepare, approve, set by the SK. Rules: ppid.editions."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView, View

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage
from ppid.desk.editions.forms import DecreeForm, NoteForm, PrepareForm, ReasonForm, ScanForm
from ppid.desk.kept_files import SendsKeptFile
from ppid.desk.pages import AppointedPage
from ppid.editions import acts, permissions, printing
from ppid.editions.acts import Decree, EditionRefused
from ppid.editions.models import EditionAct, RegisterEdition
from ppid.editions.registers import against_last, last_set, readable, would_change
from ppid.editions.store import edition_store
from ppid.shelf.models import PublishedRegister
from ppid.shelf.register_fields import NAMES
from ppid.shelf.register_models import columns_of
from ppid.web.paged import PagedList
from ppid.web.workbook import XLSX, xlsx

PDF = "application/pdf"
_SHOWN = 50  # differences on a page that asks something


class EditionsPage(AppointedPage):
    section = "editions"

    @cached_property
    def prepares(self) -> bool:
        return permissions.prepares(self.request.user, on=self.today) is not None


class Editions(EditionsPage, TemplateView):
    template_name = "desk/editions/editions.html"

    def get_context_data(self, **kwargs):
        editions = list(RegisterEdition.objects.prefetch_related("acts"))
        registers = [
            {
                "register": register,
                "name": name,
                "waiting": next((e for e in editions if e.register == register and e.is_prepared), None),
                "last": next((e for e in editions if e.register == register and e.number), None),
                "all": [e for e in editions if e.register == register],
            }
            for register, name in NAMES.items()
        ]
        return super().get_context_data(registers=registers, prepares=self.prepares, **kwargs)


class Prepare(EditionsPage, ActPage):
    """What would change since the last edition; then keep the register as it stands."""

    form_class = PrepareForm
    template_name = "desk/editions/prepare.html"
    not_yours = "Edisi disiapkan oleh Bidang Pengelolaan dan Layanan Informasi atau Operator PPID."
    done = "Edisi disiapkan. Sekarang Atasan PPID menyetujuinya, lalu PPID Utama menetapkannya dengan SK."
    beside = "year"

    @property
    def register(self) -> str:
        return self.kwargs["register"]

    @property
    def back(self):
        return reverse("desk:editions")

    def may(self):
        return self.prepares

    def guard(self):
        if RegisterEdition.objects.filter(register=self.register, state="prepared").exists():
            raise EditionRefused("Satu edisi daftar ini masih menunggu ditetapkan. Tetapkan atau batalkan dahulu.")

    def get_initial(self):
        return {"year": self.today.year}

    def act(self, form):
        return acts.prepare(self.register, actor=self.request.user, **form.cleaned_data)

    def onward(self, result):
        return reverse("desk:edition", args=[result.pk])

    def get_context_data(self, **kwargs):
        comparison = would_change(self.register, on=self.today)
        return super().get_context_data(
            register=self.register,
            name=NAMES[self.register],
            last=last_set(self.register),
            comparison=comparison,
            differences=comparison.differences[:_SHOWN],
            more=max(len(comparison.differences) - _SHOWN, 0),
            **kwargs,
        )


class OfEdition(EditionsPage):
    """Mixin: what is about one edition."""

    @cached_property
    def edition(self) -> RegisterEdition:
        return get_object_or_404(RegisterEdition.objects.prefetch_related("acts"), pk=self.kwargs["pk"])

    @property
    def back(self):
        return reverse("desk:edition", args=[self.edition.pk])

    @cached_property
    def keeps(self) -> bool:
        return permissions.keeps(self.request.user, on=self.today)

    def get_context_data(self, **kwargs):
        return super().get_context_data(edition=self.edition, keeps=self.keeps, **kwargs)


class EditionPage(OfEdition, PagedList):
    """An edition: where it stands, what was done with it, and what it changes since the last one."""

    template_name = "desk/editions/edition.html"
    paginate_by = 50

    @cached_property
    def comparison(self):
        if not self.edition.is_prepared:
            return None
        return against_last(self.edition.register, readable(self.edition))

    def get_queryset(self):
        return list(self.comparison.differences) if self.comparison else []

    def get_context_data(self, **kwargs):
        done = {act.kind: act for act in self.edition.acts.all()}
        shown = PublishedRegister.objects.filter(register=self.edition.register, number=self.edition.number).first()
        return super().get_context_data(
            comparison=self.comparison,
            last=last_set(self.edition.register),
            approval=done.get(EditionAct.Kind.APPROVED),
            shown=shown,
            prepares=self.prepares,
            approves=permissions.approves(self.request.user, on=self.today),
            sets=permissions.sets(self.request.user, on=self.today),
            deciders=acts.may_be_set_by(self.edition, on=self.today) if self.edition.is_prepared else None,
            intact=acts.is_intact(self.edition),
            **kwargs,
        )


class ActOnEdition(OfEdition, ActPage):
    def guard(self):
        if not self.edition.is_prepared:
            raise EditionRefused(f"Edisi ini sudah {self.edition.get_state_display().lower()}.")


class Approve(Weighty, ActOnEdition):
    form_class = NoteForm
    template_name = "desk/editions/approve.html"
    not_yours = "Persetujuan ini milik Atasan PPID. Anda tidak memegang penugasan itu hari ini."
    done = "Persetujuan Anda tercatat. PPID Utama sekarang dapat menetapkan edisi ini."

    def may(self):
        return permissions.approves(self.request.user, on=self.today) is not None

    def act(self, form):
        return acts.approve_as_head(self.edition, actor=self.request.user, note=form.cleaned_data["note"])


class KeepScan(ActOnEdition):
    form_class = ScanForm
    template_name = "desk/editions/scan.html"
    not_yours = "Pindaian persetujuan diunggah oleh petugas yang menyiapkan edisi."
    done = "Persetujuan {result.approved_by} tersimpan."

    def may(self):
        return self.prepares

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.today}

    def act(self, form):
        typed = form.cleaned_data
        return acts.keep_approval_scan(self.edition, typed["file"], head=typed["head"], actor=self.request.user)


class SetByDecree(Weighty, ActOnEdition):
    form_class = DecreeForm
    template_name = "desk/editions/set.html"
    not_yours = "Edisi ditetapkan oleh PPID Utama."
    done = "{result.title} ditetapkan dan dapat dibaca publik. Lampirannya dicetak di belakang layar."

    def may(self):
        return permissions.sets(self.request.user, on=self.today) is not None

    def get_initial(self):
        return {"date": self.today}

    def act(self, form):
        typed = form.cleaned_data
        decree = Decree(typed["number"], typed["date"])
        return acts.set_by_decree(self.edition, decree, typed["file"], actor=self.request.user)

    def get_context_data(self, **kwargs):
        refusal = acts.may_be_set_by(self.edition, on=self.today).refusal_of(self.request.user, "menetapkan edisi ini")
        return super().get_context_data(refusal=refusal, **kwargs)


class Cancel(ActOnEdition):
    form_class = ReasonForm
    template_name = "desk/editions/cancel.html"
    not_yours = "Edisi dibatalkan oleh yang menyiapkannya, Atasan PPID, atau PPID Utama."
    done = "Edisi dibatalkan. Yang baru dapat disiapkan."

    def may(self):
        return self.keeps

    def act(self, form):
        return acts.cancel(self.edition, actor=self.request.user, reason=form.cleaned_data["reason"])


class DraftPdf(OfEdition, View):
    """The annex as a draft, to be attached to the SK that is signed outside."""

    def get(self, request, **kwargs):
        if not self.edition.is_prepared:
            raise Http404
        return _file(printing.draft(self.edition), PDF, f"draf-{self.edition.register}.pdf", inline=True)


class DraftXlsx(OfEdition, View):
    def get(self, request, **kwargs):
        if not self.edition.is_prepared:
            raise Http404
        title = [f"{self.edition.name} {self.edition.year}", "DRAF, belum ditetapkan"]
        columns = columns_of(self.edition.register)
        book = xlsx(self.edition.register.upper(), title, columns, readable(self.edition))
        return _file(b"".join(book), XLSX, f"draf-{self.edition.register}.xlsx")


class Paper(OfEdition, SendsKeptFile, View):
    """The scan of an approval or of an SK; it may name what was closed since, so only those of the office read it."""

    def get(self, request, act, **kwargs):
        if not self.keeps:
            raise PermissionDenied("Pindaian ini dibaca oleh yang menyiapkan, menyetujui, dan menetapkan edisi.")
        found = get_object_or_404(EditionAct.objects.exclude(sha256=""), edition=self.edition, pk=act)
        return self.send(edition_store(), found.sha256, media_type=PDF, filename=found.filename)


def _file(content: bytes, media_type: str, filename: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    how = "inline" if inline else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response
