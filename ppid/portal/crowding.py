"""No more than fifty searches a second from one address: a search costs more than a page. In memory, for a second."""

from django.http import JsonResponse
from django.shortcuts import render

from ppid.web.callers import address_of
from ppid.web.rate import Rate

A_SECOND = 50
SEARCHES = "/cari/"
TOO_MANY = "Terlalu banyak pencarian dari alamat Anda dalam satu detik. Tunggu sebentar, lalu coba lagi."


class SearchCrowdMiddleware:
    """Ask whoever searches too often to wait, before a page that was kept is looked for.

    The answer stands in the view's place, so it goes out with the headers that every answer has.
    """

    rate = Rate(most=A_SECOND, seconds=1)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.is_one_too_many = request.path_info.startswith(SEARCHES) and not self.rate.allows(address_of(request))
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        return too_many(request) if request.is_one_too_many else None


def too_many(request):
    """Answer with 429, a sentence, and when to try again."""
    headers = {"Retry-After": "1", "Cache-Control": "no-store"}
    if request.path_info != SEARCHES:
        return JsonResponse({"sentence": TOO_MANY}, status=429, headers=headers)
    page = render(request, "portal/too_many.html", {"sentence": TOO_MANY}, status=429)
    for name, value in headers.items():
        page[name] = value
    return page
