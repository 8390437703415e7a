"""The ledgers at the desk: what the last reading found, the marks, and a mark from paper compared with the chain."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from ppid.chain.models import Link
from ppid.chain.verify import Mark, of_marks
from ppid.desk.acts import ActPage
from ppid.desk.pages import AppointedPage
from ppid.desk.proof.forms import MarkForm
from ppid.flows.knowing import knows_all
from ppid.jobs import somebody_works
from ppid.proof.examining import ask_for_one
from ppid.proof.models import Examination
from ppid.proof.moves import OfficeMove
from ppid.shelf.models import LedgerMark

MOVES_SHOWN = 10
NOT_YOURS = (
    "Hasil pemeriksaan buku besar menyebut semua proses, juga pengecualian, jadi hanya dibuka PPID Utama dan Atasan "
    "PPID."
)


class LedgerPage(AppointedPage):
    """Only for those who know of everything: a finding may name any case."""

    section = "ledger"

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not knows_all(self.offices):
            raise PermissionDenied(NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)


class Ledger(LedgerPage, TemplateView):
    template_name = "desk/proof/ledger.html"

    @cached_property
    def form(self) -> MarkForm:
        return MarkForm(self.request.GET) if "sidik" in self.request.GET else MarkForm()

    @property
    def compared(self) -> dict | None:
        """Whether the chain bears out the mark that was typed; None when none was, or not a whole one."""
        if not self.form.is_bound or not self.form.is_valid():
            return None
        typed = self.form.cleaned_data
        faults = list(of_marks([Mark(typed["catatan"], typed["sidik"], "Kertas itu")]))
        return {"holds": not faults, "sentences": [fault.sentence for fault in faults], "position": typed["catatan"]}

    def get_context_data(self, **kwargs):
        under_way = Examination.objects.under_way().first()
        return super().get_context_data(
            last=Link.objects.order_by("-position").first(),
            mark=LedgerMark.objects.first(),
            under_way=under_way,
            nobody_works=under_way is not None and not somebody_works(),
            ended=Examination.objects.ended().first(),
            form=self.form,
            compared=self.compared,
            moves=OfficeMove.objects.as_told()[:MOVES_SHOWN],
            **kwargs,
        )


class Examine(LedgerPage, ActPage):
    """Have all ledgers read again, by the worker; whoever asks twice gets the reading that is under way."""

    done = "Pemeriksaan dimulai. Halaman ini menunjukkan sampai mana pembacaannya."

    @property
    def back(self):
        return reverse("desk:ledger")

    def get(self, request, *args, **kwargs):
        return redirect(self.back)

    def act(self, form):
        return ask_for_one(self.request.user.name)
