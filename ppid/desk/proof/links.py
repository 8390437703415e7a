"""Auditors' links at the desk: which there are, give one, revoke one, and each use. Rules: ppid.proof.giving."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage
from ppid.desk.pages import AppointedPage
from ppid.desk.proof.forms import GiveForm
from ppid.flows.knowing import knows_all
from ppid.proof.giving import NOT_YOURS, after_working_days, end_of, give, gives_as, revoke
from ppid.proof.links import AuditorLink
from ppid.web.paged import PagedList
from ppid.web.parameters import text

READ_BY = "Daftar tautan pemeriksa menyebut proses seluruh kota, jadi hanya dibuka PPID Utama dan Atasan PPID."


class LinksPage(AppointedPage):
    section = "auditor-links"

    @cached_property
    def gives(self) -> bool:
        return gives_as(self.request.user, on=self.today) is not None

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not knows_all(self.offices):
            raise PermissionDenied(READ_BY)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(gives=self.gives, **kwargs)


class Links(LinksPage, PagedList):
    template_name = "desk/proof/links.html"
    paginate_by = 25

    def get_queryset(self):
        used = AuditorLink.objects.annotate(times=Count("uses", distinct=True), last_use=Max("uses__at"))
        return used.prefetch_related("linked__case").order_by("-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for link in context["object_list"]:
            link.leads = link.is_open(at=self.now)
        return context


class LinkPage(LinksPage, TemplateView):
    """One link with its cases and each use."""

    template_name = "desk/proof/link.html"

    def get_context_data(self, pk, **kwargs):
        link = get_object_or_404(AuditorLink, pk=pk)
        link.leads = link.is_open(at=self.now)
        uses = list(link.uses.select_related("case")[:500])
        linked = list(link.linked.select_related("case__information"))
        return super().get_context_data(link=link, uses=uses, linked=linked, **kwargs)


class Give(Weighty, LinksPage, ActPage):
    """Give a link; its address is shown once, on the page that answers."""

    form_class = GiveForm
    template_name = "desk/proof/give.html"
    not_yours = NOT_YOURS
    beside = "cases"

    @property
    def back(self):
        return reverse("desk:auditor-links")

    def may(self):
        return self.gives

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"cases": self.visible, "today": self.today}

    def get_initial(self):
        asked = text(self.request.GET, "proses", most=20)
        known = self.visible.filter(number=asked).exists()
        return super().get_initial() | {"cases": asked if known else "", "days": 10}

    def act(self, form):
        typed = form.cleaned_data
        ends_on, days = typed["ends_on"], typed["days"]
        return give(
            typed["cases"],
            for_whom=typed["for_whom"],
            purpose=typed["purpose"],
            ends_at=end_of(ends_on) if ends_on else after_working_days(days, at=self.now),
            actor=self.request.user,
            exclusions_because=typed["exclusions_because"] if typed["exclusions_yes"] else "",
            at=self.now,
        )

    def finished(self, result):
        link, secret = result
        address = self.request.build_absolute_uri(reverse("desk:auditor", args=[secret]))
        self.template_name = "desk/proof/given.html"
        return self.render_to_response(self.get_context_data(form=None, link=link, address=address))


class Revoke(LinksPage, ActPage):
    """End a link at once."""

    template_name = "desk/proof/revoke.html"
    not_yours = NOT_YOURS
    done = "Tautan dicabut. Siapa pun yang membukanya membaca bahwa tautan itu sudah dicabut."

    @cached_property
    def link(self) -> AuditorLink:
        return get_object_or_404(AuditorLink, pk=self.kwargs["pk"])

    @property
    def back(self):
        return reverse("desk:auditor-link", args=[self.link.pk])

    def may(self):
        return self.gives

    def act(self, form):
        return revoke(self.link, actor=self.request.user, at=self.now)

    def get_context_data(self, **kwargs):
        return super().get_context_data(link=self.link, **kwargs)
