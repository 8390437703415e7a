"""Recovering the second factor of somebody who lost it: two keepers of people, one after the other, on one page."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import OneClick
from ppid.desk.people.forms import WhyRecoverForm
from ppid.desk.people.views import OnPerson, PeoplePage
from ppid.notices import recovering
from ppid.organisation.models import FactorRecovery
from ppid.organisation.second_factor import has_second_factor
from ppid.web.moments import in_words
from ppid.web.refusals import Refused


class RecoverFactor(OnPerson):
    """Where a recovery begins, and where it waits for the second keeper."""

    form_class = WhyRecoverForm
    template_name = "desk/people/recovery.html"

    @cached_property
    def recovery(self) -> FactorRecovery | None:
        return recovering.open_recovery(self.person, at=self.now)

    def act(self, form):
        return recovering.begin(self.person, why=form.cleaned_data["why"], actor=self.request.user)

    def onward(self, result):
        return self.request.path

    def told(self, result):
        return f"Pemulihan dimulai. Sekarang pengelola lain mengonfirmasinya sebelum {in_words(result.until)}."

    def get_context_data(self, **kwargs):
        shown = {
            "recovery": self.recovery,
            "has_factor": has_second_factor(self.person),
            "is_mine": self.recovery is not None and self.recovery.asked_by_id == self.request.user.pk,
            "ended": self.person.factor_recoveries.exclude(end="").order_by("-pk")[:5],
        }
        return super().get_context_data(**shown | kwargs)


class OnRecovery(Weighty, PeoplePage, OneClick):
    @property
    def back(self):
        return reverse("desk:person-recovery", args=[self.kwargs["pk"]])

    @cached_property
    def recovery(self) -> FactorRecovery:
        found = FactorRecovery.objects.filter(person=self.kwargs["pk"], pk=self.kwargs["recovery"]).first()
        if found is None:
            raise Http404
        return found


class ConfirmRecovery(OnRecovery):
    def act(self):
        if "pasti" not in self.request.POST:
            raise Refused("Centang dahulu bahwa Anda sendiri sudah memastikan orangnya.")
        done = recovering.confirm(self.recovery, actor=self.request.user)
        return f"Langkah kedua {done.person.name} dilepas. Ia memasangnya lagi saat masuk berikutnya."


class CancelRecovery(OnRecovery):
    def act(self):
        ended = recovering.cancel(self.recovery, actor=self.request.user)
        return f"Pemulihan untuk {ended.person.name} dihentikan."
