"""The one decision screen: what is decided, why it is here, how the public will read it, and the choice.

A case's row that decides is shown here to whoever decides; its forms are the case's own moves (``cases.CaseStep``).
"""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ppid.desk.pages import DeskPage
from ppid.desk.typed.keeping import AUTHOR
from ppid.desk.waiting.registry import next_decisions
from ppid.desk.work import preview
from ppid.desk.work.checks import checks_of, finding_checks
from ppid.desk.work.decision_kinds import BY_STEP, DecisionKind
from ppid.desk.work.second_look import second_look
from ppid.desk.work.shown_findings import shown_findings
from ppid.desk.work.talk import talk_of
from ppid.flows.models import Case
from ppid.flows.reasons import Reason
from ppid.flows.steps import Kind, Move
from ppid.web.parameters import whole

# What the forms of the screen carry, so that their answers come back to it.
FROM_THE_SCREEN = "putusan"
NEXT = 3  # rows that are told as next


class DecisionScreen(DeskPage):
    """What every decision's page has: the way back, what comes next, the sentences for sending back."""

    kind: DecisionKind
    is_decision = True

    def also_counted(self):
        return super().also_counted() | {"deciding": self.awaiting_me.deciding()}

    @property
    def here(self) -> str:
        """The address of this decision in the inbox, which is not among what comes next."""
        return self.request.path

    def decision_context(self) -> dict[str, Any]:
        tasks = next_decisions(self.reader, self.waiting, most=NEXT + 1)
        coming = [task for task in tasks if task[1].url != self.here]
        counted = sum(self.number_of(key) for key in ("deciding", "head", "proposal", "sheet"))
        return {
            "kind": self.kind,
            "coming": coming[:NEXT],
            "n_coming": max(counted - (len(coming) != len(tasks)), len(coming)),
            "reasons": list(Reason.objects.current().filter(of=self.kind.reasons)),
        }

    def picked(self, name: str = "note") -> str:
        """Return what was typed as reason, with the sentence that was picked from the library in a line of its own."""
        key = whole(self.request.POST, "pakai", otherwise=0)
        reason = Reason.objects.current().filter(of=self.kind.reasons, pk=key).first()
        typed = self.request.POST.get(name, "").rstrip()
        return "\n".join(part for part in (typed, reason.text if reason else "") if part)


def kind_of(case: Case) -> DecisionKind:
    """Return the kind of decision that the awaited row carries."""
    return next(BY_STEP[move.key] for move in case.carried if move.key in BY_STEP)


class CaseDecision(DecisionScreen):
    """The decision screen of a case; a mixin over ``cases.CasePage``, whose forms and view of the case it takes."""

    @cached_property
    def kind(self) -> DecisionKind:
        return kind_of(self.case)

    @property
    def here(self):
        return reverse("desk:decide", args=[self.case.number])

    def case_decision(self, **context) -> dict[str, Any]:
        """Return what the screen shows of this case."""
        view = self.case_view
        content, mine = view.content, view.mine  # the documents first: the case takes its own from them
        step = next((each for each in mine if each.kind == Kind.CONCLUSION), None) or view.step
        back = next((each for each in mine if each.kind == Kind.RETURN and self.has_form(each)), None)
        forms = [self.form_of(move) for move in mine if self.has_form(move)]
        findings = shown_findings(view) if self.case.flow == "publication" else []
        reader = preview.reader_of(self.case, content, self.request.GET, address=self.here)
        shown = {
            "case_view": view,
            "look": second_look(view),
            "findings": [each for each in findings if each.found or not each.is_read],
            "checks": (checks := checks_of(view) + finding_checks(findings)),
            "are_fine": all(check.tone == "ok" for check in checks),
            "approve": next((form for form in forms if form.move == step), None),
            "back": next((form for form in forms if form.move == back), None),
            "others": [form for form in forms if form.move not in (step, back, view.step)],
            "approve_url": step and reverse("desk:step", args=[self.case.number, step.key]),
            "back_url": back and reverse("desk:step", args=[self.case.number, back.key]),
            "pick_url": self.here,
            "approve_hidden": [],
            "back_hidden": [("langkah", back.key)] if back else [],
            "back_word": next((form.button for form in forms if form.move == back), ""),
            "approve_word": self.kind.approve if step and step.kind == Kind.STEP else "Akhiri: hasil uji terbuka",
            "opens": self.form is not None
            and self.form.move == back
            and (self.form.errors or "pakai" in self.request.POST),
            "reader": reader,
            "talk": talk_of(self.case, self.request.user, now=self.now),
            "whole_url": self.case.get_absolute_url(),
            "failed": self.form if self.form is not None and self.form.errors else None,
            **self.preview_context(reader),
        }
        return self.decision_context() | shown | context

    def full_preview(self) -> dict[str, Any]:
        """Return the context of the portal's page of the item, with its files as the portal lists them."""
        reader = preview.Reader(preview.shown_files(self.case, self.case_view.content))
        shown = preview.item_as_read(self.case, reader, at=self.now)
        return shown | {"undecided": True, "preview_back": self.here}

    def preview_context(self, reader: preview.Reader) -> dict[str, Any]:
        if self.case.flow == "publication":
            return {"shown": preview.item_as_read(self.case, reader, at=self.now), "undecided": True}
        if self.case.test is None:
            return {}
        return {
            "test": self.case.test,
            **preview.dik_as_read(self.case, self.case.test, on=self.today, at=self.now),
        }


def typed_so_far(data: Any, picked: str) -> dict[str, Any]:
    """Return what was typed into the return's form, with the picked sentence in it."""
    to = whole(data, "to", otherwise=0)
    return {"note": picked, "parts": data.getlist("parts"), **({"to": to} if to else {})}


def sent(form: Any) -> list[tuple[str, str]]:
    """Return what the form was sent, field by field, to be sent once more."""
    ours = {"csrfmiddlewaretoken", AUTHOR}
    return [(name, value) for name, values in form.data.lists() if name not in ours for value in values]


def gone_on(request, case: Case) -> HttpResponse:
    """Lead whoever decides nothing here to the case's page, and say so."""
    if case.is_running and not case.has_decision:
        messages.warning(request, f"Proses ini tidak menunggu putusan: sedang pada langkah {case.state_label}.")
    return redirect(case)


def final_lines(case: Case, move: Move, form: Any) -> list[str]:
    """Return what will happen when a move is made that can't be taken back."""
    lines = [] if move.kind == Kind.DIVERSION else [form.meaning] * bool(form.meaning)
    if move.kind == Kind.DIVERSION:
        lines += ["Pengumuman ini berakhir.", "Proses pengecualian informasi yang sama dibuka pada langkah 1."]
        lines += ["Yang sudah diumumkan lebih dahulu dicabut dari portal."] * form.takes_off
    if move.kind == Kind.STEP and "publish" in [each.key for each in case.carried]:
        lines.append("Informasi ini langsung terbuka untuk umum, dengan dokumen dan keterangan seperti sekarang.")
    if move.kind == Kind.STEP and "adopt" in [each.key for each in case.carried]:
        lines.append("Pengecualian ini berlaku saat itu juga: barisnya tercantum dalam DIK.")
    if len(case.awaited.columns) > 1 and move.kind == Kind.STEP:
        lines.append("Langkah ini dikonfirmasi bersama, jadi tidak ada yang mengurungkannya sendiri.")
    return [*lines, "Tercatat tetap dalam riwayat atas nama Anda."]
