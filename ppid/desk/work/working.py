"""The one working screen of the row that prepares: the return that led here, documents, description, and handing over.

What is typed is a draft of its author (``ppid.desk.typed``) until it is handed over; files are kept as they arrive.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from ppid.desk.typed.keeping import Typed, lay_by, others_at, own_typed, typed_in
from ppid.desk.typed.offering import offer_of
from ppid.desk.work import preview, sentences
from ppid.desk.work.cases import CasePage
from ppid.desk.work.checks import hand_over_checks
from ppid.desk.work.confirming import Confirming, confirming
from ppid.desk.work.forms import DescribeForm
from ppid.desk.work.shown_findings import ShownReading, shown_reading
from ppid.desk.work.talk import at_work_on, talk_of
from ppid.desk.work.working_forms import PublicationWork, Work
from ppid.desk.work.working_test_forms import ExclusionWork
from ppid.flows.actions import refuse_unless_allowed
from ppid.flows.documents import add_document
from ppid.flows.exclusion import ExclusionCase
from ppid.flows.findings import field_of
from ppid.flows.fulfilling import withdraw
from ppid.flows.points import parts
from ppid.flows.states import PREPARES
from ppid.flows.steps import Act, StepForbidden, StepOutOfOrder
from ppid.information.findings import Finding
from ppid.information.media_types import UploadRefused
from ppid.information.models import Document
from ppid.obligations.models import Fulfilment
from ppid.web.parameters import whole
from ppid.web.refusals import ChangedMeanwhile, Refused, pour

UNMARKED = "Isian belum tersimpan sebagai draf: formulirnya dibuka terlalu lama. Simpan sekali lagi dari halaman ini."
WORKS: dict[str, type[Work]] = {"publication": PublicationWork, "exclusion": ExclusionWork}


@dataclass(frozen=True, slots=True)
class OneDocument:
    """A document to be published, what was found in it, and the fields for the reasons that are missing."""

    document: Document
    shown: ShownReading
    reasons: list[Any] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many of the reasons are empty."""
        return sum(not (each.value() or "").strip() for each in self.reasons)


class WorkPage(CasePage):
    """The working screen, for whoever takes the row that prepares; others are led to the case."""

    template_name = "desk/working/working.html"
    form_class = DescribeForm  # names the fields of a draft whose screen is gone
    forms: Work
    left_over = ""  # what answered an earlier return, and lies by in a draft

    @property
    def here(self) -> str:
        return reverse("desk:work", args=[self.case.number])

    @property
    def work(self) -> type[Work]:
        """The kind of what is prepared in this flow."""
        return WORKS[self.case.flow]

    @cached_property
    def findings(self) -> list[Finding]:
        """What was found in the documents and has no reason yet."""
        _ = self.case_view.content  # the case takes its documents from there
        return [each for reading in self.case.readings.values() for each in reading.found if each.answer is None]

    def get(self, request, *args, **kwargs):
        if not self.case_view.works_here:
            return self.gone_on(200)
        typed = self.given_back(self.here)
        self.forms = self.typed_forms(typed) if typed else self.work.blank(self.case_view, self.findings)
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        if not self.case_view.works_here:
            return self.refused_entrance()
        if "tambah" in request.POST or "hapus" in request.POST:
            self.forms = self.work.as_typed(self.case_view, self.findings, request.POST)
            return self.render_to_response(self.get_context_data())
        self.forms = self.work.sent(self.case_view, self.findings, request.POST, request.FILES)
        is_valid = self.forms.is_valid()
        hands_over = not {"draf", "simpan", "lepas"} & set(request.POST)
        try:
            if hands_over and is_valid:
                self.forms.before_files(self.case, request.user)
            refused = self.keep_files()
            if "lepas" in request.POST:
                return self.set_aside(refused + self.let_go())
            if "draf" in request.POST:
                return self.set_aside(refused)
            if "simpan" in request.POST and not refused and self.case.flow == "exclusion":
                return self.save_test()
            if refused or not is_valid:
                return self.again(422, refused)
            record = self.forms.hand_over(self.case, request.user)
        except StepForbidden as refusal:
            raise PermissionDenied(*refusal.sentences) from refusal
        except StepOutOfOrder as refusal:
            return self.overtaken(refusal)
        except Refused as refusal:
            return self.again(refusal.status, refusal=refusal)
        messages.success(request, sentences.moved(record.case, record))
        return redirect(record.case)

    def typed_forms(self, typed: QueryDict) -> Work:
        """Return the forms with a draft in them. What answered another return than the present one is told apart."""
        if typed.get("moves") != str(self.case.moves):
            typed = typed.copy()
            names = [name for name in typed if name.startswith("answer-")]
            self.left_over = "\n".join(answer for name in names if (answer := typed.pop(name)[-1].strip()))
            typed["moves"] = str(self.case.moves)
        return self.work.as_typed(self.case_view, self.findings, typed)

    def keep_files(self) -> list[str]:
        """Keep the files that came along, each whatever becomes of the others; return why some were not."""
        if not (form := self.forms.files).is_valid():
            return [sentence for errors in form.errors.values() for sentence in errors]
        cleans, refused = form.cleaned_data.get("cleans", False), []
        for upload in form.cleaned_data["files"]:
            try:
                add_document(self.case, upload, title="", actor=self.request.user, cleans=cleans)
            except (UploadRefused, Refused) as refusal:
                refused.append(f"«{upload.name}»: {refusal}")
        if self.forms.answer.is_valid():
            self.forms.answer.keep_uploads(self.request.user)
        return refused

    def let_go(self) -> list[str]:
        """Take back what this person said that the item is to fill; return why it was not."""
        key = whole(self.request.POST, "lepas", otherwise=0)
        given = Fulfilment.objects.filter(information=self.case.information_id, pk=key).first()
        try:
            if given is None:
                raise Refused("Kaitan itu tidak ada pada informasi ini.")
            withdraw(given, actor=self.request.user)
        except Refused as refusal:
            return list(refusal.sentences)
        messages.success(self.request, "Dilepas: informasi ini tidak lagi dikaitkan dengan kewajiban itu.")
        return []

    def set_aside(self, refused: list[str]):
        """Keep what is typed as the draft of this person, and show the page again."""
        try:
            typed = own_typed(self.request)
        except Refused as refusal:
            refused = [*refused, *refusal.sentences]
        else:
            if typed is None:  # nothing says who opened the form: it is not laid by, and not thrown away
                return self.again(422, [*refused, UNMARKED])
            kept = {part: [key] for part in self.forms.answer.parts if (key := self.forms.answer.data.get(part))}
            left = {"draf", "lepas", *kept}
            fields = [(name, value) for name, value in typed.fields if name not in left]
            lay_by(Typed(typed.author, self.here, fields + [(part, key) for part, [key] in kept.items()]))
            self.request.is_sent_form = False  # set aside, not sent: it goes on lying by
        for sentence in refused:
            messages.warning(self.request, sentence)
        return redirect(self.here)

    def again(self, status: int, refused: list[str] | None = None, *, refusal: Refused | None = None):
        """Show what was sent again, over what the database has now, each sentence beside its field."""
        data, evidence = self.forms.answer.data, self.forms.answer.errors
        self.look_again()
        self.forms = self.work.sent(self.case_view, self.findings, data, {})
        self.forms.is_valid()
        for name in evidence:
            if name.endswith("_file"):
                # A file that was just kept may be the proof, which is not asked for then.
                self.forms.add_error(name if name in self.forms.fields else "files", evidence[name][0])
        for sentence in refused or []:
            self.forms.add_error("files", sentence)
        context = {}
        if refusal is not None:
            pour(refusal, self.forms)
            if isinstance(refusal, ChangedMeanwhile):
                context = self.forms.overtaken(self.case)
        return self.render_to_response(self.get_context_data(**context), status=status)

    def save_test(self):
        """Write the lembar uji for everybody, without handing it over; what else is typed stays a draft."""
        test = self.forms.save(self.case, self.request.user)
        if test is None:
            return self.again(422)
        if self.forms.answer.is_begun and (typed := typed_in(self.request)) and typed.author == self.request.user.pk:
            fields = [(name, value) for name, value in typed.fields if name not in ("simpan", "seen")]
            lay_by(Typed(typed.author, self.here, [*fields, ("seen", test.filled_at.isoformat())]))
            self.request.is_sent_form = False
        messages.success(self.request, "Lembar uji konsekuensi tersimpan.")
        return redirect(f"{self.here}#isian")

    def overtaken(self, refusal: StepOutOfOrder):
        """Show what was typed over the case as it has become, to be read and sent again; nothing was done."""
        self.look_again()
        if not self.case_view.works_here:
            return self.gone_on(409, refusal)
        self.forms = self.typed_forms(self.forms.answer.data)
        return self.render_to_response(self.get_context_data(stale=refusal.sentences), status=409)

    def look_again(self) -> None:
        """Forget what was read of the case."""
        for name in ("case", "case_view", "findings"):
            self.__dict__.pop(name, None)

    def refused_entrance(self):
        """Answer what was sent by somebody whose work this is not, or no longer is."""
        try:
            refuse_unless_allowed(
                self.case, self.case.move_called(PREPARES[self.case.flow]), Act(self.request.user, self.now)
            )
        except StepForbidden as refusal:
            raise PermissionDenied(*refusal.sentences) from refusal
        except StepOutOfOrder as refusal:
            return self.gone_on(409, refusal)
        return redirect(self.case)

    def gone_on(self, status: int, refusal: Refused | None = None):
        """Lead to the case; what lies by or was just sent is shown first, to be copied."""
        sent = typed_in(self.request) if self.request.method == "POST" else None
        if sent is None and (fields := self.given_back(self.here)):
            pairs = [(name, each) for name, values in fields.lists() for each in values]
            sent = Typed(self.request.user.pk, self.here, pairs)
        if sent is not None and sent.author != self.request.user.pk:
            sent = None
        if sent is None and self.request.method == "GET":
            return redirect(self.case)
        context = super(CasePage, self).get_context_data(offer=sent and offer_of(sent), refusal=refusal)
        return render(self.request, "desk/working/gone_on.html", context, status=status)

    def get_context_data(self, **kwargs):
        view, back = self.case_view, self.case_view.sent_back
        documents = [self.one(document) for document in view.content]
        checks = hand_over_checks(
            self.forms.lacks(view),
            [(each.shown, each.missing) for each in documents] if self.case.flow == "publication" else [],
            self.forms.answer.unanswered,
            [words for each, words in view.unmet_sentences if not self.forms.tells(each)],
        )
        context = {
            "work": self.forms,
            "problems": (wrong := self.forms.problems),
            "failed": bool(wrong),
            "back": back,
            "back_parts": parts(back.record.note) if back else [],
            "left_over": self.left_over,
            "documents": documents,
            "checks": checks,
            "lacking": sum(check.tone == "no" for check in checks),
            "others": others_at(self.here, but=self.request.user.pk),
            "talk": talk_of(self.case, self.request.user, now=self.now),
            "at_work": at_work_on(self.case, self.request.user, may=True, now=self.now),
            "confirming": self.confirming,
            "here": self.here,
            "preview_url": reverse("desk:work-preview", args=[self.case.number]),
        }
        return super(CasePage, self).get_context_data(**context | kwargs)

    @property
    def confirming(self) -> Confirming | None:
        """What is asked of this person as a participant of the test, besides filling it in."""
        if not isinstance(self.case, ExclusionCase):
            return None
        return confirming(self.case, self.request.user, now=self.now)

    def one(self, document: Document) -> OneDocument:
        reading = self.case.readings.get(document.pk)
        mine = [each for each in self.findings if each.reading.document_id == document.pk]
        form = getattr(self.forms, "reasons", None)  # of an exclusion nothing is asked: none of it will be public
        fields = [form[field_of(each)] for each in mine if field_of(each) in form.fields] if form else []
        return OneDocument(document, shown_reading(document, reading), fields)


class WorkPreview(CasePage):
    """The portal's whole page of the item as the public would read it, in the words of the draft."""

    template_name = "portal/item.html"

    def get(self, request, *args, **kwargs):
        if not self.case_view.works_here or self.case.flow != "publication":
            return redirect(self.case)
        here = reverse("desk:work", args=[self.case.number])
        if typed := self.given_back(here):
            words = PublicationWork.sent(self.case_view, [], typed, {}).words
            words.is_valid()
            self.case.information.tell(**words.described())
        reader = preview.Reader(preview.shown_files(self.case, self.case_view.content))
        shown = preview.item_as_read(self.case, reader, at=self.now)
        return render(request, self.template_name, shown | {"undecided": True, "preview_back": here})
