"""What is done with a version of a sheet: a page that says what it means, and the act. Rules: ``sop.versions``."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.generic import FormView

from ppid.desk.library.act_forms import ActForm, ApproveForm, ReasonForm
from ppid.desk.library.sop_views import NOT_YOURS, VersionPage
from sop.check import check, errors, warnings
from sop.versions import actions


class ActOnVersion(VersionPage, FormView):
    """What the act means on GET, the act on POST; a refusal comes back as sentences above the same form."""

    form_class = ActForm
    act = None
    done = ""

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not self.may():
            raise PermissionDenied(NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            result = type(self).act(self.version, actor=self.request.user, **form.cleaned_data)
        except actions.SopRefused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        messages.success(self.request, self.done.format(version=result))
        return redirect(result)


class KeepersAct(ActOnVersion):
    def may(self):
        return self.keeps


class ApproversAct(ActOnVersion):
    def may(self):
        return self.approves


class ConfirmInterpretation(KeepersAct):
    template_name = "desk/library/confirm.html"
    act = staticmethod(actions.confirm_interpretation)
    done = "Penafsiran versi {version.version} dikonfirmasi."


class Submit(KeepersAct):
    template_name = "desk/library/submit.html"
    act = staticmethod(actions.submit)
    done = "Versi {version.version} diajukan. PPID Utama sekarang dapat meninjaunya."

    def get_context_data(self, **kwargs):
        findings = check(self.version)
        return super().get_context_data(errors=errors(findings), warnings=warnings(findings), **kwargs)


class NewDraft(KeepersAct):
    template_name = "desk/library/new_draft.html"
    act = staticmethod(actions.new_draft)
    done = "Versi {version.version} dibuat sebagai draf."


class SendBack(ApproversAct):
    template_name = "desk/library/send_back.html"
    form_class = ReasonForm
    act = staticmethod(actions.send_back)
    done = "Versi {version.version} dikembalikan kepada pengelolanya."


class Approve(ApproversAct):
    template_name = "desk/library/approve.html"
    form_class = ApproveForm
    act = staticmethod(actions.approve)
    done = "Versi {version.version} disetujui, berlaku sejak {version.in_force_from:%d/%m/%Y}."

    def get_context_data(self, **kwargs):
        in_force = self.version.sop.versions.in_force(on=self.today).first()
        return super().get_context_data(in_force=in_force, warnings=warnings(check(self.version)), **kwargs)


class Retire(ApproversAct):
    template_name = "desk/library/retire.html"
    form_class = ReasonForm
    act = staticmethod(actions.retire)
    done = "Versi {version.version} dicabut."
