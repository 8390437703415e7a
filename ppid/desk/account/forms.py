"""allauth's forms with our words and our layout."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from ppid.organisation.leaving import may_sign_in
from ppid.organisation.sign_in import TooManyTries, count_try

_LABELS = {
    "login": "Surel",
    "password": "Kata sandi",
    "oldpassword": "Kata sandi sekarang",
    "password1": "Kata sandi baru",
    "password2": "Kata sandi baru, sekali lagi",
}


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
        account = self.user.email
        try:
            tried = count_try(account, address="", browser="signed in")
        except TooManyTries as refusal:
            raise forms.ValidationError(refusal.sentences) from refusal
        password = super().clean_oldpassword()
        tried.succeeded()
        return password

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        if self.user.check_password(password):
            raise forms.ValidationError("Kata sandi baru harus lain dari yang sekarang.")
        return password
