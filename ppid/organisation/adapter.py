"""How allauth signs people in here."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignup(DefaultAccountAdapter):
    """Accounts are made by the city's IT person, never by a visitor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Surel atau kata sandi salah. Periksa keduanya, lalu coba lagi.",
        "enter_current_password": "Kata sandi yang sekarang salah.",
        "too_many_login_attempts": "Terlalu banyak percobaan masuk yang gagal. Tunggu lima menit, lalu coba lagi.",
    }

    def is_open_for_signup(self, request):
        return False
