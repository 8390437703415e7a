"""Binding an SOP to a flow, releasing it, and marking the city's sheet. Rules: ``sop.drafts.binding``."""

from django.urls import reverse

from ppid.desk.library.act_forms import BindForm, ReasonForm
from ppid.desk.library.act_views import ActOnVersion, ApproversAct, KeepersAct
from sop.drafts import binding
from sop.models import Sop, SopVersion
from sop.versions.followed import takes_effect


class ActOnSop(ActOnVersion):
    """An act on the SOP of the version whose page one comes from."""

    def act(self, form):
        return type(self).do(self.version.sop, actor=self.request.user, **form.cleaned_data)

    def onward(self, result):
        return self.back

    def masters(self) -> dict[str, Sop]:
        return {sop.flow: sop for sop in Sop.objects.filter(is_master=True).select_related("unit")}

    def get_context_data(self, **kwargs):
        sop = self.version.sop
        running = sop.flow and takes_effect(sop, sop.flow)
        return super().get_context_data(**{"masters": self.masters(), "is_running": running} | kwargs)


class Bind(ActOnSop, KeepersAct):
    template_name = "desk/library/bind.html"
    form_class = BindForm
    do = staticmethod(binding.bind)

    def told(self, result):
        words = f"SOP ini diikat pada alur {result.get_flow_display().lower()}"
        if takes_effect(result, result.flow):
            return f"{words}, dan berlaku sejak sekarang."
        return f"{words}. Itu berlaku begitu PPID Utama menyetujui versi yang membawa seluruh langkahnya."

    def onward(self, result):
        if self.version.state == SopVersion.State.DRAFT:
            return reverse("desk:sop-edit", args=[result.slug, self.version.version, "langkah"])
        return self.back


class Release(ActOnSop, KeepersAct):
    template_name = "desk/library/release.html"
    form_class = ReasonForm
    do = staticmethod(binding.release)
    done = "SOP ini tidak lagi diikat pada alur."


class MakeMaster(ActOnSop, ApproversAct):
    template_name = "desk/library/make_master.html"
    form_class = ReasonForm
    do = staticmethod(binding.make_master)
    done = "«{result.title}» sekarang lembar induk."
