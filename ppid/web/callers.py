"""From whom a request is: the address behind the proxies that the settings trust."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return whom the request is from; behind proxies that don't tell it as set up, the nearest of them."""
    if settings.TRUSTED_PROXY_COUNT:
        told = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(told) >= settings.TRUSTED_PROXY_COUNT and told[-settings.TRUSTED_PROXY_COUNT]:
            return told[-settings.TRUSTED_PROXY_COUNT][:60]
    return request.META.get("REMOTE_ADDR", "")
