"""The library of sentences for sending back and refusing: read by all, kept by PPID Utama (``ppid.flows.reasons``)."""

from functools import cached_property
from itertools import groupby

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from ppid.desk.acts import ActPage
from ppid.desk.forms import DeskForm
from ppid.desk.pages import AppointedPage
from ppid.flows.reasons import KEEPER, MAX_TEXT, Reason, retire_reason, write_reason


class ReasonForm(DeskForm):
    of = forms.ChoiceField(
        label="Dipakai untuk",
        choices=[("", "Pilih"), *Reason.Of.choices],
        error_messages={"required": "Pilih untuk putusan yang mana kalimat ini dipakai."},
    )
    text = forms.CharField(
        label="Kalimat",
        widget=forms.Textarea({"rows": 3}),
        help_text=f"Satu hal, satu kalimat, paling banyak {MAX_TEXT} huruf. Yang memakainya masih dapat mengubahnya.",
        error_messages={"required": "Tulis kalimatnya."},
    )


class EditForm(ReasonForm):
    """Editing a sentence: it keeps what it is used for."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["of"]


class ReasonsPage(AppointedPage):
    section = "reasons"

    @cached_property
    def keeps(self) -> bool:
        return any(each.role.code == KEEPER for each in self.appointments)

    def get_context_data(self, **kwargs):
        return super().get_context_data(keeps=self.keeps, **kwargs)


class Reasons(ReasonsPage, TemplateView):
    """All that are offered, by what they are for; what they replaced, and what was retired, folded beneath."""

    template_name = "desk/decision/reasons.html"

    def get_context_data(self, **kwargs):
        reasons = list(Reason.objects.select_related("replaces", "replaced_by").order_by("pk"))
        offered = [each for each in reasons if each.retired_at is None and not hasattr(each, "replaced_by")]
        order = list(Reason.Of)
        offered.sort(key=lambda each: order.index(each.of))
        groups = [(Reason.Of(of).label, list(each)) for of, each in groupby(offered, key=lambda each: each.of)]
        former = [each for each in reversed(reasons) if each not in offered]
        return super().get_context_data(groups=groups, former=former, **kwargs)


class KeepsReasons(ReasonsPage, ActPage):
    """An act of whoever keeps the library."""

    template_name = "desk/decision/reason_act.html"
    not_yours = "Kalimat alasan disimpan oleh PPID Utama."

    @property
    def back(self):
        return reverse("desk:reasons")

    def may(self):
        return self.keeps


class AddReason(KeepsReasons):
    form_class = ReasonForm
    extra_context = {"heading": "Tambah kalimat", "button": "Simpan kalimat"}
    done = "Kalimat tersimpan; sejak sekarang ditawarkan saat memutuskan."

    def act(self, form):
        return write_reason(form.cleaned_data["of"], form.cleaned_data["text"], actor=self.request.user)


class OfReason(KeepsReasons):
    @cached_property
    def reason(self) -> Reason:
        return get_object_or_404(Reason, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(reason=self.reason, **kwargs)


class EditReason(OfReason):
    form_class = EditForm
    extra_context = {"heading": "Ubah kalimat", "button": "Simpan perubahan"}
    done = "Kalimat diubah. Yang lama tetap tersimpan, dan putusan yang memakainya tidak berubah."

    def get_initial(self):
        return {"text": self.reason.text}

    def act(self, form):
        return write_reason(self.reason.of, form.cleaned_data["text"], actor=self.request.user, replaces=self.reason)


class RetireReason(OfReason):
    extra_context = {"heading": "Hentikan kalimat", "button": "Hentikan"}
    done = "Kalimat tidak ditawarkan lagi. Putusan yang memakainya tidak berubah."

    def act(self, form):
        return retire_reason(self.reason, actor=self.request.user)
