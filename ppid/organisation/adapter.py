"""How allauth signs people in here."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignup(DefaultAccountAdapter):
    """Accounts are made by the city's IT person, never by a visitor."""

    def is_open_for_signup(self, request):
        return False
