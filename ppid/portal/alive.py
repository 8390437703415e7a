"""``/sehat/``: whether this portal answers, for a program that asks every minute. What is wrong, it tells nobody."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.generic import View

from ppid.portal.pages import OpenPage
from ppid.shelf.edition import state


class Alive(OpenPage, View):
    """«hidup» with 200 once the database answered; where it does not, the page of a database that is away, with 503."""

    def get(self, request):
        state(settings.PORTAL_DATABASE, at=timezone.now())
        return HttpResponse("hidup\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})
