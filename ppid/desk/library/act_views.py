"""What is done with a version of a sheet: a page that says what it means, and the act. Rules: ``sop.versions``."""

from ppid.desk.acts import ActPage
from ppid.desk.library.act_forms import ApproveForm, ConfirmForm, ReasonForm
from ppid.desk.library.editor.findings import findings
from ppid.desk.library.sop_views import NOT_YOURS, VersionPage
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


class Approve(ApproversAct):
    template_name = "desk/library/approve.html"
    form_class = ApproveForm
    do = staticmethod(actions.approve)
    done = "Versi {result.version} disetujui, berlaku sejak {result.in_force_from:%d/%m/%Y}."

    def guard(self):
        if self.version.state == SopVersion.State.IN_REVIEW and self.own_work:
            raise SopRefused(self.own_work)

    def get_initial(self):
        return {"seen": self.version.moves}

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


class Retire(ApproversAct):
    template_name = "desk/library/retire.html"
    form_class = ReasonForm
    do = staticmethod(actions.retire)
    done = "Versi {result.version} dicabut."
