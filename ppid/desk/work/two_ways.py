"""The decision screen of what is no row of a case: the head's approval, an amendment, a sheet. Two forms, one page."""

from typing import Any

from django.shortcuts import render

from ppid.desk.work.checks import Check
from ppid.desk.work.decision import FROM_THE_SCREEN, DecisionScreen, sent


class TwoWays(DecisionScreen):
    """Mixin over ``ActPage``: approving and sending back, each with a form of the page's own class.

    ``back_sent`` is the field that says which of the two was sent, and its values; ``note`` the field of the reason.
    """

    screen = "desk/decision/two_ways.html"
    ways: tuple[str, str, str] = ("putusan", "setujui", "kembalikan")
    note = "note"

    def decides_here(self) -> bool:
        """Whether this person decides now; whoever doesn't reads the page that everybody has."""
        raise NotImplementedError

    def final_lines(self, *, is_back: bool) -> list[str]:
        """Return what will happen, where this way can't be taken back; nothing where it can."""
        return []

    def shown(self) -> dict[str, Any]:
        """Return what the screen of this kind shows."""
        raise NotImplementedError

    @property
    def goes_back(self) -> bool:
        """Whether what was sent sends back."""
        name, _, back = self.ways
        return self.request.POST.get(name) == back

    def get_template_names(self):
        return [self.screen] if self.decides_here() else super().get_template_names()

    def post(self, request, *args, **kwargs):
        if "pakai" in request.POST and self.decides_here():
            return self.render_to_response(self.get_context_data(form=self.get_form_class()(**self.unbound())))
        return super().post(request, *args, **kwargs)

    def unbound(self, **initial: Any) -> dict[str, Any]:
        """Return what a form is made with that nothing was sent to."""
        return {"initial": self.get_initial() | initial}

    def form_valid(self, form):
        came_from_here = self.request.POST.get("dari") == FROM_THE_SCREEN and "pasti" not in self.request.POST
        if came_from_here and (lines := self.final_lines(is_back=self.goes_back)) and not self.lacks(form):
            return render(
                self.request, "desk/decision/sure.html", self.get_context_data(form=form) | self.sure(form, lines)
            )
        return super().form_valid(form)

    def lacks(self, form) -> bool:
        """Whether the form lacks what the rule will ask for, so that it is asked before anything is repeated."""
        return self.goes_back and not form.cleaned_data.get(self.note, "").strip()

    def sure(self, form, lines: list[str]) -> dict[str, Any]:
        act = self.kind.send_back if self.goes_back else self.kind.approve
        reason = form.cleaned_data.get(self.note, "")
        return {"act": act, "act_url": self.request.path, "lines": lines, "reason": reason, "sent": sent(form)} | {
            "back": self.request.path,
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | (self.screen_context(context["form"]) if self.decides_here() else {})

    def screen_context(self, form) -> dict[str, Any]:
        name, yes, back = self.ways
        is_back = form.is_bound and self.goes_back
        picked = {self.note: self.picked(self.note)} if "pakai" in self.request.POST else {}
        blank = type(form)(**self.unbound())
        returning = form if is_back else type(form)(**self.unbound(**picked))
        returning.auto_id = "id_kembali_%s"
        checks: list[Check] = self.shown().get("checks", [])
        return {
            **self.decision_context(),
            "approve": blank if is_back else form,
            "approve_url": self.request.path,
            "approve_hidden": [(name, yes)],
            "approve_word": self.kind.approve,
            "back": returning,
            "back_url": self.request.path,
            "back_hidden": [(name, back)],
            "back_word": self.kind.send_back,
            "pick_url": self.request.path,
            "opens": is_back or bool(picked),
            "failed": form if form.errors else None,
            "are_fine": all(check.tone == "ok" for check in checks),
            **self.shown(),
        }
