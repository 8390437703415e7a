"""Changing what the DIP says about the item of a case."""

from functools import cached_property

from ppid.desk.typed.keeping import others_at
from ppid.desk.work.cases import PreparesCase
from ppid.desk.work.forms import DescribeForm
from ppid.flows.documents import describe, refuse_unless_describable
from ppid.information.models import Information


class Describe(PreparesCase):
    heading = "Ubah keterangan informasi"
    template_name = "desk/work/describe.html"
    form_class = DescribeForm
    done = "Keterangan informasi disimpan."

    def guard(self):
        refuse_unless_describable(self.case, actor=self.request.user, at=self.now)

    @cached_property
    def stored(self) -> Information:
        return Information.objects.get(pk=self.case.information_id)

    def get_form_kwargs(self):
        instance = Information.objects.get(pk=self.case.information_id)
        return super().get_form_kwargs() | {"flow": self.case.flow, "instance": instance}

    def get_context_data(self, **kwargs):
        others = others_at(self.request.path, but=self.request.user.pk)
        return super().get_context_data(**{"others": others} | kwargs)

    def act(self, form):
        seen = form.cleaned_data["seen"]
        return describe(self.case, form.described(), actor=self.request.user, seen=seen)

    def onward(self, result):
        return f"{self.back}#keterangan"

    def overtaken(self, form):
        """Show what is stored beside what was typed."""
        form.see(self.stored.description_mark)
        return {"differing": form.differing(self.stored)}
