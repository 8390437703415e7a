"""Deciding on what units handed in: approve, send back, take back, end. Two kinds, one set of pages."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage, OneClick
from ppid.desk.forms import ReasonForm
from ppid.desk.obligations.pages import DutiesPage, cell_url
from ppid.flows import fulfilling
from ppid.obligations import deciding, permissions, statements
from ppid.obligations.models import Statement
from ppid.shelf.models import ShownDuty

NOT_DECIDED_BY_YOU = "Ini disetujui atau dikembalikan oleh PPID Utama."


class OfGiven(DutiesPage):
    """Mixin: what is about one statement or fulfilment; ``acts`` is the module of its rules."""

    acts: Any = statements

    @cached_property
    def given(self):
        rows = Statement.objects.all() if self.acts is statements else self.fulfilments
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def back(self) -> str:
        return cell_url(self.given.duty_code, self.given.unit_code)

    def get_context_data(self, **kwargs):
        whole = self.matrix_of(unit=self.given.unit_code, duty=self.given.duty_code)
        cell = whole.cells[0] if whole.cells else None
        duty = ShownDuty.objects.filter(code=self.given.duty_code).first()
        return super().get_context_data(**{"given": self.given, "cell": cell, "duty": duty} | kwargs)


class Decides(Weighty, OfGiven, ActPage):
    """Mixin: an act of who decides."""

    template_name = "desk/obligations/decide.html"
    not_yours = NOT_DECIDED_BY_YOU
    heading = button = ""

    def may(self):
        return self.decides

    def get_context_data(self, **kwargs):
        refusal = deciding.may_decide(self.given, on=self.today).refusal_of(self.request.user, "memutuskan ini")
        about = {"heading": self.heading, "button": self.button, "refusal": refusal}
        return super().get_context_data(**about | kwargs)


class ApproveGiven(Decides):
    heading, button = "Setujui", "Setujui"
    done = "Disetujui. Tabel kewajiban sudah menampilkannya."

    def act(self, form):
        return self.acts.approve(self.given, actor=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"approves": True} | kwargs)


class SendGivenBack(Decides):
    form_class = ReasonForm
    heading, button = "Kembalikan", "Kembalikan"
    done = "Dikembalikan kepada {result.written_name}."
    beside = "reason"

    def act(self, form):
        return self.acts.send_back(self.given, actor=self.request.user, reason=form.cleaned_data["reason"])


class EndGiven(Weighty, OfGiven, ActPage):
    form_class = ReasonForm
    template_name = "desk/obligations/decide.html"
    extra_context = {"heading": "Akhiri", "button": "Akhiri sekarang"}
    not_yours = (
        "Yang mengakhirinya adalah PPID Utama, Bidang Pengelolaan dan Layanan Informasi Publik, atau PPID Pelaksana "
        "unit itu."
    )
    done = "Diakhiri. Tabel kewajiban menghitung lagi dari yang ada di portal."
    beside = "reason"

    def may(self):
        return permissions.ends(self.request.user, self.given.unit_code, on=self.today) is not None

    def act(self, form):
        return self.acts.end(self.given, actor=self.request.user, because=form.cleaned_data["reason"])


class WithdrawGiven(OfGiven, OneClick):
    def act(self):
        self.acts.withdraw(self.given, actor=self.request.user)
        return "Ditarik kembali."


def of(acts: Any, page: type[OfGiven]) -> Any:
    """Return the view of the page for statements or for fulfilments."""
    return page.as_view(acts=acts)


PAGES = {"setujui": ApproveGiven, "kembalikan": SendGivenBack, "tarik": WithdrawGiven, "akhiri": EndGiven}
NAMES = {"setujui": "approve", "kembalikan": "send-back", "tarik": "withdraw", "akhiri": "end"}
KINDS = {"pernyataan": ("statement", statements), "pemenuhan": ("fulfilment", fulfilling)}
