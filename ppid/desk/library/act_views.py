"""What is done with a version of a sheet: a page that says what it means, and the act. Rules: ``sop.versions``."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage
from ppid.desk.library.act_forms import ApproveForm, ConfirmForm, ReasonForm
from ppid.desk.library.editor.findings import findings
from ppid.desk.library.second_look import edits_since, sheets_second_look
from ppid.desk.library.sop_views import NOT_YOURS, VersionPage
from ppid.desk.work.decision import FROM_THE_SCREEN
from ppid.desk.work.decision_kinds import SHEET
from ppid.desk.work.two_ways import TwoWays
from sop.check import Level
from sop.drafts.editing import confirm_interpretation
from sop.drawing.drawn import draw
from sop.guards import SopRefused
from sop.models import SopVersion
from sop.versions import actions
from sop.versions.compare import compare
from sop.versions.followed import standing_before


class ActOnVersion(VersionPage, ActPage):
    """What the act means on GET, the act on POST. Its form's fields are the keywords of ``do``."""

    not_yours = NOT_YOURS
    do = None

    @property
    def back(self):
        return self.version.get_absolute_url()

    def act(self, form):
        return type(self).do(self.version, actor=self.request.user, **form.cleaned_data)

    def onward(self, result):
        return result.get_absolute_url()


class KeepersAct(ActOnVersion):
    def may(self):
        return self.keeps


class ApproversAct(ActOnVersion):
    def may(self):
        return self.approves


class ConfirmInterpretation(KeepersAct):
    template_name = "desk/library/confirm.html"
    form_class = ConfirmForm
    do = staticmethod(confirm_interpretation)
    done = "Penafsiran versi {result.version} dikonfirmasi."

    def get_initial(self):
        return {"seen": self.version.revision}


class Submit(KeepersAct):
    template_name = "desk/library/submit.html"
    do = staticmethod(actions.submit)
    done = "Versi {result.version} diajukan. PPID Utama sekarang dapat meninjaunya."

    def get_context_data(self, **kwargs):
        found = findings(self.version)
        of_level = {level: [each for each in found if each.finding.level == level] for level in Level}
        return super().get_context_data(errors=of_level[Level.ERROR], warnings=of_level[Level.WARNING], **kwargs)


class NewDraft(KeepersAct):
    template_name = "desk/library/new_draft.html"
    do = staticmethod(actions.new_draft)
    done = "Versi {result.version} dibuat sebagai draf."


class SendBack(ApproversAct):
    template_name = "desk/library/send_back.html"
    form_class = ReasonForm
    do = staticmethod(actions.send_back)
    done = "Versi {result.version} dikembalikan kepada pengelolanya."

    def finished(self, result):
        if self.request.POST.get("dari") == FROM_THE_SCREEN:
            messages.success(self.request, self.told(result))
            return redirect("desk:next-decision")
        return super().finished(result)


class Approve(Weighty, TwoWays, ApproversAct):
    """The decision screen of a sheet that was handed in; sending back has its own address."""

    kind = SHEET
    note = "why"
    template_name = "desk/library/approve.html"
    form_class = ApproveForm
    do = staticmethod(actions.approve)
    done = "Versi {result.version} disetujui, berlaku sejak {result.in_force_from:%d/%m/%Y}."

    def guard(self):
        if self.version.state == SopVersion.State.IN_REVIEW and self.own_work:
            raise SopRefused(self.own_work)

    def get_initial(self):
        return {"seen": self.version.moves}

    def decides_here(self):
        return self.version.state == SopVersion.State.IN_REVIEW

    def final_lines(self, *, is_back):
        lines = [
            f"Versi {self.version.version} tidak dapat diubah lagi; perubahan dibuat sebagai versi baru.",
            "Lembar dan PDF-nya tampil di portal publik sejak berlaku.",
        ]
        if self.version.sop.flow:
            lines.append("Proses yang dibuka sejak berlaku berjalan menurut versi ini.")
        return lines

    def lacks(self, form):
        warned = any(each.finding.level == Level.WARNING for each in findings(self.version))
        return warned and not form.cleaned_data["why"].strip()

    def shown(self):
        act = [self.version.sop.slug, self.version.version]
        look = sheets_second_look(self.version)
        return {
            "about": f"{self.version.title}, versi {self.version.version}",
            "number": f"{self.version.number}",
            "meta": [self.version.sop.unit.short_name, "Lembar SOP"],
            "whole_url": self.version.get_absolute_url(),
            "look": look,
            "edits": edits_since(self.version, look),
            "approve_word": f"Setujui versi {self.version.version}",
            "back": ReasonForm(auto_id="id_kembali_%s", initial={"why": self.picked("why")}),
            "back_url": reverse("desk:sop-send-back", args=act),
            "back_word": "Kembalikan kepada pengelola",
            "opens": "pakai" in self.request.POST,
            "case_view": None,
        }

    def finished(self, result):
        if self.request.POST.get("dari") == FROM_THE_SCREEN:
            messages.success(self.request, self.told(result))
            return redirect("desk:next-decision")
        return super().finished(result)

    def get_context_data(self, **kwargs):
        found, before = findings(self.version), standing_before(self.version, on=self.today)
        sheet = self.version.sheet()
        return super().get_context_data(
            in_force=before if before and before.sop_id == self.version.sop_id else None,
            before=before,
            comparison=compare(before.sheet(), sheet) if before else None,
            findings=found,
            warnings=[each.finding for each in found if each.finding.level == Level.WARNING],
            sheet=draw(sheet),
            **kwargs,
        )


class Retire(Weighty, ApproversAct):
    template_name = "desk/library/retire.html"
    form_class = ReasonForm
    do = staticmethod(actions.retire)
    done = "Versi {result.version} dicabut."
