"""«Akun saya» and its second factors: an app with codes, passkeys, recovery codes."""

import base64

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_variables
from django.views.generic import TemplateView

from ppid.desk.account import passkeys
from ppid.desk.account.forms import AddPasskeyForm, FirstCodeForm, counted
from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage, OneClick
from ppid.desk.pages import DeskPage
from ppid.notices import recovering, second_factors
from ppid.organisation import second_factor
from ppid.organisation.adapter import SESSION
from ppid.organisation.identity import prove
from ppid.organisation.mfa_adapter import SecondFactors
from ppid.web.refusals import Refused

_SETTING_UP = "second_factor_being_set_up"
_SECRET_FOR = 60 * 60  # seconds that a page with a QR stays good


class AccountPage(DeskPage):
    section = "account"
    goes_before_second_factor = True

    @cached_property
    def standing(self) -> second_factor.Standing:
        return second_factor.standing_of(self.request.user)

    @property
    def token(self) -> str:
        """What this session is known by: it goes on where others end."""
        return self.request.session.get(SESSION, "")

    @cached_property
    def required_for(self) -> list[str]:
        """The person's roles for which a second factor is required."""
        return second_factor.roles_that_need_it(self.request.user, on=self.today)

    def get_context_data(self, **kwargs):
        shown = {
            "standing": self.standing,
            "required_for": self.required_for,
            "is_owed": bool(self.required_for) and not self.standing.has_any,
            "passkeys_possible": passkeys.are_possible(self.request),
        }
        return super().get_context_data(**shown | kwargs)


class Account(AccountPage, TemplateView):
    """Everything of the person's own account, on one page."""

    template_name = "account/home.html"
    goes_before_second_factor = False

    def get_context_data(self, **kwargs):
        apps = [self.standing.app] if self.standing.app else []
        rows = [*apps, *self.standing.passkeys]
        for row in rows:
            row.called, row.since = second_factor.name_of(row), second_factor.since_words(row)
        shown = {
            "rows": rows,
            "recovery": recovering.open_recovery(self.request.user, at=self.now),
        }
        return super().get_context_data(**shown | kwargs)


def _opens(sealed: str) -> bool:
    """Whether the portal's keys still open it: they may have been changed meanwhile."""
    try:
        second_factor.secret_in(sealed)
    except Refused:
        return False
    return True


class Choose(AccountPage, TemplateView):
    """Why a second factor, and which: where somebody for whom it is required comes first."""

    template_name = "account/choose.html"


class SetsUp(Weighty, AccountPage, ActPage):
    """A page that adds a second factor; new recovery codes are shown on its answer, this once."""

    asks_to_look = True

    @property
    def back(self):
        return reverse("account_home" if self.standing.has_any else "second_factor_setup")

    def finished(self, result):
        prove(self.request, second_factor=True)
        self.__dict__.pop("standing", None)
        if not result:
            messages.success(self.request, self.done)
            return redirect("account_home")
        return shown_once(self, result, said=self.done)


@sensitive_variables("codes")
def shown_once(page, codes, *, said: str):
    """Answer with the recovery codes: kept in no session and no message, they are gone when the page is left."""
    grouped = [f"{code[:4]} {code[4:]}" for code in codes]
    page.template_name = "account/codes.html"
    lines = ["Kode pemulihan, setiap kode satu kali pakai:", "", *grouped, ""]
    file = base64.b64encode("\r\n".join(lines).encode()).decode()
    context = page.get_context_data(codes=grouped, said=said, form=None, file=f"data:text/plain;base64,{file}")
    return page.render_to_response(context)


class SetUpApp(SetsUp):
    """An app with codes, or another one in its place."""

    form_class = FirstCodeForm
    template_name = "account/app.html"
    done = "Aplikasi kode terpasang."
    beside = "code"

    @cached_property
    def sealed(self) -> str:
        """The encrypted secret of this session's set-up; a new one where there is none, or an old one."""
        now, app = self.now.timestamp(), self.standing.app
        kept = self.request.session.get(_SETTING_UP)
        if kept and now - kept["at"] < _SECRET_FOR and _opens(kept["secret"]):
            if self.request.method == "GET":
                kept["replaces"] = app.pk if app else None
                self.request.session.modified = True
            return kept["secret"]
        secret = second_factor.new_secret()
        self.request.session[_SETTING_UP] = {"secret": secret, "at": now, "replaces": app.pk if app else None}
        return secret

    def guard(self):
        if self.request.method == "POST" and _SETTING_UP not in self.request.session:
            raise Refused("Halaman ini sudah terlalu lama, atau sudah dipakai. Pindai lagi kode QR yang baru.")

    def act(self, form):
        user, code, sealed = self.request.user, form.cleaned_data["code"], self.sealed
        replaces = self.request.session[_SETTING_UP]["replaces"]
        try:
            with counted(user):
                codes = second_factors.set_up_app(user, sealed, code, replaces=replaces, session=self.token)
        except ValidationError as error:
            raise Refused(*error.messages) from error
        del self.request.session[_SETTING_UP]
        return codes

    def get_context_data(self, **kwargs):
        if kwargs.get("codes"):
            return super().get_context_data(**kwargs)
        secret = second_factor.secret_in(self.sealed)
        url = SecondFactors().build_totp_url(self.request.user, secret)
        groups = [secret[n : n + 4] for n in range(0, len(secret), 4)]
        shown = {"qr": SecondFactors().qr(url), "secret": " ".join(groups), "app_url": url}
        return super().get_context_data(**shown | kwargs)


class AddPasskey(SetsUp):
    form_class = AddPasskeyForm
    template_name = "account/passkey.html"
    done = "Kunci sandi terpasang. Lain kali Anda dapat masuk dengannya tanpa kata sandi."

    def act(self, form):
        typed = form.cleaned_data
        return second_factors.add_passkey(self.request.user, typed["name"], typed["credential"])

    def get_context_data(self, **kwargs):
        shown = {} if kwargs.get("codes") else {"options": passkeys.options_to_add(self.request)}
        return super().get_context_data(**shown | kwargs)


class RemoveFactor(Weighty, AccountPage, ActPage):
    template_name = "account/remove.html"
    asks_to_look = True

    @cached_property
    def row(self):
        rows = [each for each in [self.standing.app, *self.standing.passkeys] if each]
        found = next((each for each in rows if each.pk == self.kwargs["pk"]), None)
        if found is None:
            raise Http404
        return found

    @property
    def back(self):
        return reverse("account_home")

    def act(self, form):
        return second_factors.remove(self.request.user, self.row.pk, session=self.token)

    def told(self, result):
        return f"{result} dihapus dari akun Anda. Sesi Anda di peramban dan perangkat lain diakhiri."

    def get_context_data(self, **kwargs):
        row = self.row
        is_last = len(self.standing.passkeys) + (self.standing.app is not None) == 1
        return super().get_context_data(called=second_factor.name_of(row), is_last=is_last, **kwargs)


class NewCodes(Weighty, AccountPage, ActPage):
    template_name = "account/new_codes.html"

    @property
    def back(self):
        return reverse("account_home")

    def act(self, form):
        return second_factors.renew_codes(self.request.user, session=self.token)

    def finished(self, result):
        return shown_once(
            self, result, said="Kode pemulihan yang baru dibuat; yang lama tidak berlaku lagi, dan sesi lain diakhiri."
        )


class CancelRecovery(AccountPage, OneClick):
    """Stop a recovery of one's own second factor that one did not ask for."""

    back = reverse_lazy("account_home")

    def act(self):
        recovery = recovering.open_recovery(self.request.user, at=timezone.now())
        if recovery is None:
            raise Refused("Tidak ada pemulihan yang sedang menunggu.")
        recovering.cancel(recovery, actor=self.request.user)
        return "Pemulihan dihentikan. Langkah kedua Anda tetap berlaku."
