"""allauth's forms with our words and our layout, and the forms of second factors."""

import json

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from ppid.desk.account import passkeys
from ppid.desk.forms import DeskForm
from ppid.organisation.first_password import FirstPasswordEnded, require_in_time
from ppid.organisation.leaving import may_sign_in
from ppid.organisation.second_factor import use_code
from ppid.organisation.sign_in import TooManyTries, count_try
from ppid.web.refusals import Refused

_LABELS = {
    "login": "Surel",
    "password": "Kata sandi",
    "oldpassword": "Kata sandi sekarang",
    "password1": "Kata sandi baru",
    "password2": "Kata sandi baru, sekali lagi",
}
_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20, "spellcheck": "false"}


class _OurLook:
    use_required_attribute = False

    def dress(self):
        for name, field in self.fields.items():
            field.label = _LABELS[name]
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = f"Isi {field.label.lower()}."
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True


class SignInForm(_OurLook, LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.dress()
        self.fields["login"].error_messages["invalid"] = "Tulis surel lengkap, misalnya nama@pontianakkota.go.id."

    def clean(self):
        cleaned = super().clean()
        if self.user is not None and not may_sign_in(self.user, on=timezone.localdate()):
            # The same words: who has left is no stranger's business.
            raise get_adapter().validation_error("email_password_mismatch")
        if self.user is not None:  # said to whoever has the right one alone
            try:
                require_in_time(self.user)
            except FirstPasswordEnded as refusal:
                raise ValidationError(list(refusal.sentences)) from refusal
        return cleaned


class NewPasswordForm(_OurLook, ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.dress()
        self.fields["password1"].help_text = (
            "Paling sedikit 12 huruf, misalnya beberapa kata yang mudah Anda ingat. "
            "Jangan angka saja, dan jangan nama, surel, atau NIP Anda."
        )

    def clean_oldpassword(self):
        """Look at the password, unless too many were wrong: an officer may have left the desk open."""
        with counted(self.user):
            return super().clean_oldpassword()

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        if self.user.check_password(password):
            raise forms.ValidationError("Kata sandi baru harus lain dari yang sekarang.")
        return password


class counted:
    """Count a try of somebody who is signed in, until it has succeeded; a refusal becomes the form's sentence."""

    def __init__(self, user):
        self.user = user

    def __enter__(self):
        try:
            self.tried = count_try(self.user.email, address="", browser="signed in")
        except TooManyTries as refusal:
            raise ValidationError(list(refusal.sentences)) from refusal

    def __exit__(self, kind, error, traceback):
        if error is None:
            self.tried.succeeded()
        elif isinstance(error, Refused):
            raise ValidationError(list(error.sentences)) from error


def code_field(label: str, **more) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.TextInput(_CODE),
        error_messages={"required": "Ketik kodenya.", "max_length": "Kode ini terlalu panjang."},
        **more,
    )


class CodeForm(DeskForm):
    """The second step of signing in: a code of the app, or a recovery code."""

    code = code_field("Kode", help_text="Enam angka dari aplikasi, atau delapan angka kode pemulihan.")


class FirstCodeForm(DeskForm):
    """The first code of an app that is being set up."""

    code = code_field("Kode dari aplikasi", help_text="Enam angka yang sedang tampil untuk portal ini.")


class AgainForm(DeskForm):
    """Proves who sits there: by password or code, whichever is at hand."""

    password = forms.CharField(
        label="Kata sandi",
        required=False,
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    code = code_field("Kode dari aplikasi", required=False)
    by_second_factor = False

    def __init__(self, *args, user, by_password: bool, by_code: bool, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        for name, asked in (("password", by_password), ("code", by_code)):
            if not asked:
                del self.fields[name]
        if by_password and by_code:
            self.fields["password"].help_text = "Isi salah satu saja: kata sandi, atau kode di bawah."

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        password, code = cleaned.get("password", ""), cleaned.get("code", "")
        if not (password or code):
            labels = " atau ".join(field.label.lower() for field in self.fields.values())
            raise ValidationError(f"Isi {labels}." if labels else "Pakai kunci sandi Anda.")
        with counted(self.user):
            if code:
                use_code(self.user, code, codes_too=False)
                self.by_second_factor = True
            elif not self.user.check_password(password):
                raise Refused("Kata sandi ini salah.")
        return cleaned


class CredentialField(forms.CharField):
    """What a browser answers for a passkey, as JSON; whatever else comes is refused with the field's sentence."""

    widget = forms.HiddenInput

    def clean(self, value):
        text = super().clean(value)
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits, a list a thousand deep
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class PasskeyForm(DeskForm):
    """What the browser answered for a passkey of somebody who is signed in."""

    credential = CredentialField(error_messages={"invalid": passkeys.UNKNOWN, "required": passkeys.UNKNOWN})
    by_second_factor = True

    def __init__(self, *args, user, **kwargs):
        self.user = user
        for name in ("by_password", "by_code"):
            kwargs.pop(name, None)
        super().__init__(*args, **kwargs)

    def clean_credential(self):
        return passkeys.proved_by(self.user, self.cleaned_data["credential"])


class AddPasskeyForm(DeskForm):
    """A new passkey, and what its person calls the device."""

    name = forms.CharField(
        label="Nama perangkat",
        max_length=60,
        help_text="Agar Anda mengenalinya, misalnya «ponsel saya» atau «kunci USB di laci».",
        error_messages={"required": "Beri nama, misalnya «ponsel saya»."},
    )
    credential = CredentialField(
        error_messages={
            "invalid": passkeys.UNKNOWN,
            "required": "Perangkat Anda belum menjawab. Tekan tombolnya dan ikuti yang diminta peramban.",
        },
    )

    def clean_credential(self):
        return passkeys.added(self.cleaned_data["credential"])
