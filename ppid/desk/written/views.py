"""The office's own pages at the desk: what is there and what is missing, write, look, decide. Rules: ppid.pages."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import TemplateView, View

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage, OneClick
from ppid.desk.forms import ReasonForm
from ppid.desk.pages import AppointedPage
from ppid.desk.typed.keeping import others_at
from ppid.desk.written.forms import WriteForm
from ppid.pages import acts, permissions
from ppid.pages.first_texts import first_text
from ppid.pages.models import PageText
from ppid.shelf.page_kinds import BY_SLUG, GROUPS, PAGE_KINDS, PageKind
from ppid.web.markup import LONGEST, bad_links, plain
from ppid.web.word_changes import word_changes

NOT_WRITTEN_BY_YOU = "Halaman dan pengumuman ditulis oleh Bidang Pengelolaan dan Layanan Informasi Publik."
NOT_DECIDED_BY_YOU = "Naskah disetujui atau dikembalikan oleh PPID Utama."


class WrittenPage(AppointedPage):
    """A page of this room: who writes and who decides, asked once."""

    section = "written"

    @cached_property
    def writes(self) -> bool:
        return permissions.writes(self.request.user, on=self.today) is not None

    @cached_property
    def decides(self) -> bool:
        return permissions.decides(self.request.user, on=self.today) is not None

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"writes": self.writes, "decides": self.decides} | kwargs)


class Pages(WrittenPage, TemplateView):
    """All pages: what stands, what waits, and what an assessor will look for in vain."""

    template_name = "desk/written/pages.html"

    def get_context_data(self, **kwargs):
        texts = PageText.objects.defer("body").order_by("pk")
        last = {text.slug: text for text in texts}
        shown = {text.slug: text for text in texts if text.number}
        groups = [
            (group, [(kind, shown.get(kind.slug), last.get(kind.slug)) for kind in PAGE_KINDS if kind.group == group])
            for group in GROUPS
        ]
        missing = [kind for kind in PAGE_KINDS if kind.is_required and kind.slug not in shown]
        return super().get_context_data(groups=groups, missing=missing, **kwargs)


class OfPage(WrittenPage):
    """Mixin: what is about one page."""

    @cached_property
    def kind(self) -> PageKind:
        kind = BY_SLUG.get(self.kwargs["slug"])
        if kind is None:
            raise Http404
        return kind

    @cached_property
    def last(self) -> PageText | None:
        return acts.newest(self.kind.slug)

    @cached_property
    def current(self) -> PageText | None:
        return PageText.objects.editions().filter(slug=self.kind.slug).first()

    @property
    def back(self):
        return reverse("desk:page", args=[self.kind.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"kind": self.kind, "last": self.last, "current": self.current} | kwargs)


class PageAtDesk(OfPage, TemplateView):
    """A page: what stands, what waits with its changes, and how it came to be."""

    template_name = "desk/written/page.html"

    def get_context_data(self, **kwargs):
        waiting = self.last if self.last and self.last.is_waiting else None
        runs = deciders = None
        if waiting:
            deciders = acts.may_decide(waiting, on=self.today)
            if self.current:
                runs = word_changes(plain(self.current.body), plain(waiting.body))
        history = PageText.objects.filter(slug=self.kind.slug).defer("body").order_by("-pk")
        refusal = deciders.refusal_of(self.request.user, "memutuskan naskah ini") if deciders else ""
        return super().get_context_data(
            waiting=waiting, runs=runs, deciders=deciders, refusal=refusal, history=history, **kwargs
        )


class Write(OfPage, ActPage):
    """The editor: the words, a look at what they become, and handing them in."""

    form_class = WriteForm
    template_name = "desk/written/write.html"
    not_yours = NOT_WRITTEN_BY_YOU
    done = "Naskah diajukan. PPID Utama membacanya, lalu menyetujui atau mengembalikannya."
    beside = "body"

    def may(self):
        return self.writes

    def guard(self):
        if self.last and self.last.is_waiting and self.request.method == "GET":
            raise acts.PageRefused(
                f"Naskah {self.last.written_name} masih menunggu persetujuan. Halaman ini dapat ditulis lagi sesudah "
                "diputuskan atau ditarik."
            )

    @property
    def draft_path(self) -> str:
        return reverse("desk:page-write", args=[self.kind.slug])

    def get_initial(self):
        body = self.last.body if self.last else first_text(self.kind.slug)
        note = self.last.note if self.last and not self.last.number else ""
        return {"body": body, "note": note, "seen": self.last.pk if self.last else None}

    def post(self, request, *args, **kwargs):
        if request.POST.get("aksi") == "lihat":  # a look at it: nothing is judged and nothing is kept
            form = self.form_class.as_typed(request.POST, initial=self.get_initial())
            return self.render_to_response(self.get_context_data(form=form, preview=request.POST.get("body", "")))
        return super().post(request, *args, **kwargs)

    def act(self, form):
        typed = form.cleaned_data
        return acts.hand_in(
            self.kind.slug, typed["body"], actor=self.request.user, note=typed["note"], seen=typed["seen"]
        )

    def overtaken(self, form):
        newest = acts.newest(self.kind.slug)
        form.see(str(newest.pk) if newest else "")
        return {"newer": newest}

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        body = kwargs.pop("preview", None)
        if body is None:
            body = form["body"].value() or ""
        others = others_at(self.draft_path, but=self.request.user.pk)
        return super().get_context_data(
            **kwargs | {"form": form}, path=self.draft_path, **looked_at(body), others=others
        )


def looked_at(body: str) -> dict:
    """Return what a look at the words shows: what they become, and what will be refused."""
    body = body.replace("\r\n", "\n")[:LONGEST]
    return {"preview": body, "bad_links": bad_links(body), "blanks": acts.BLANK.findall(body)}


class Preview(WrittenPage, View):
    """What the words become, for the script that looks on while they are typed."""

    http_method_names = ["post"]

    def post(self, request):
        if not self.writes:
            raise PermissionDenied(NOT_WRITTEN_BY_YOU)
        sent: QueryDict = request.POST
        return render(request, "desk/written/preview.html", looked_at(sent.get("body", "")))


class OfText(OfPage):
    """Mixin: what is about one text of a page."""

    @cached_property
    def text(self) -> PageText:
        return get_object_or_404(PageText, slug=self.kind.slug, pk=self.kwargs["pk"])


class FormerText(OfText, TemplateView):
    """A text as it was handed in, whatever was decided on it."""

    template_name = "desk/written/text.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(text=self.text, **kwargs)


class DecidePage(OfText, ActPage):
    """Mixin: an act of who decides on the text."""

    not_yours = NOT_DECIDED_BY_YOU

    def may(self):
        return self.decides

    def guard(self):
        if not self.text.is_waiting:
            raise acts.PageChanged(f"Naskah ini sudah {self.text.get_decision_display().lower()}.")

    def get_context_data(self, **kwargs):
        refusal = acts.may_decide(self.text, on=self.today).refusal_of(self.request.user, "memutuskan naskah ini")
        return super().get_context_data(text=self.text, refusal=refusal, **kwargs)


class Approve(Weighty, DecidePage):
    template_name = "desk/written/approve.html"
    done = "Disetujui. Publik membaca edisi {result.number} sejak sekarang."

    def act(self, form):
        return acts.approve(self.text, actor=self.request.user)


class SendBack(DecidePage):
    form_class = ReasonForm
    template_name = "desk/written/send_back.html"
    done = "Naskah dikembalikan kepada {result.written_name}."

    def act(self, form):
        return acts.send_back(self.text, actor=self.request.user, reason=form.cleaned_data["reason"])


class Withdraw(OfText, OneClick):
    """Take one's own text back while it waits."""

    def act(self):
        acts.withdraw(self.text, actor=self.request.user)
        return "Naskah ditarik. Anda dapat menulisnya lagi."
