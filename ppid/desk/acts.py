"""The two ways in which the desk does something: a page whose GET says what it means, or a button of one click.

Done: told, and on to the next page. Refused: the same page again, each sentence beside its field, 422; overtaken by
somebody else, 409; not this person's to do, 403. Whatever was typed is there each time.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.shortcuts import redirect
from django.views.generic import FormView, View

from ppid.desk.forms import DeskForm
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused, pour


class OneClick(View):
    """An act of one click, from wherever its button stands: done or refused, and told where it goes on.

    Whoever comes by an address alone, as after a sign-in in between, is led to where the button stands.
    """

    http_method_names = ["get", "post"]

    def act(self) -> str:
        """Do it and return what is told, or raise Refused."""
        raise NotImplementedError

    @property
    def back(self) -> str:
        """Where the button stands."""
        raise NotImplementedError

    @property
    def onward(self) -> str:
        """Where it goes on once it is done."""
        return self.back

    def get(self, request, *args, **kwargs):
        return redirect(self.back)

    def post(self, request, *args, **kwargs):
        try:
            told = self.act()
        except Forbidden as refusal:
            raise PermissionDenied(*refusal.sentences) from refusal
        except Refused as refusal:
            messages.warning(request, " ".join(refusal.sentences))
            return redirect(self.back)
        messages.success(request, told)
        return redirect(self.onward)


class ActPage(FormView):
    """A page that does one thing. The rule is in the domain; a page says which act, and what it did."""

    form_class = DeskForm
    template_name = "desk/act.html"
    not_yours = "Ini tugas petugas lain."
    beside = ""  # the field for the sentences of a refusal that name none
    done = ""  # what is said afterwards, with {result} of the act

    def may(self) -> bool:
        """Whether the page is shown to this person at all; the domain asks again."""
        return True

    def guard(self) -> None:
        """Raise Refused while there is nothing to be filled in here, whatever is typed."""

    def act(self, form: BaseForm):
        """Do it, or raise Refused."""
        raise NotImplementedError

    @property
    def back(self) -> str:
        """The page from which one came: where «Batal» leads."""
        raise NotImplementedError

    def onward(self, result):
        """Return where it goes on."""
        return self.back

    def dispatch(self, request, *args, **kwargs):
        if not self.may():
            raise PermissionDenied(self.not_yours)
        try:
            self.guard()
        except Forbidden as refusal:
            raise PermissionDenied(*refusal.sentences) from refusal
        except Refused as refusal:
            if request.method == "POST":
                return self.refused(self.get_form(), refusal)
            messages.warning(request, " ".join(refusal.sentences))
            return redirect(self.back)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class=None):
        form_class = form_class or self.get_form_class()
        if typed := self.given_back():
            return form_class.as_typed(typed, **self.get_form_kwargs())
        return form_class(**self.get_form_kwargs())

    def form_valid(self, form):
        try:
            result = self.act(form)
        except Refused as refusal:
            return self.refused(form, refusal)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        return self.finished(result)

    def finished(self, result):
        messages.success(self.request, self.told(result))
        return redirect(self.onward(result))

    def told(self, result) -> str:
        return self.done.format(result=result)

    def form_invalid(self, form, status: int = 422, **context):
        return self.render_to_response(self.get_context_data(form=form, **context), status=status)

    def refused(self, form, refusal: Refused):
        if isinstance(refusal, Forbidden):
            raise PermissionDenied(*refusal.sentences) from refusal
        pour(refusal, form, beside=self.beside)
        context = self.overtaken(form) if isinstance(refusal, ChangedMeanwhile) else {}
        return self.form_invalid(form, refusal.status, **context)

    def overtaken(self, form) -> dict:
        """Let what stands there now count as seen, so that sending again means it; return more for the page."""
        return {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"back": self.back} | kwargs)
