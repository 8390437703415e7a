"""From whom a request is: the address behind the proxies that the settings trust."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return whom the request is from; behind proxies that don't tell it as set up, the nearest of them."""
    if settings.TRUSTED_PROXY_COUNT:
        told = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(told) >= settings.TRUSTED_PROXY_COUNT and told[-settings.TRUSTED_PROXY_COUNT]:
            return told[-settings.TRUSTED_PROXY_COUNT][:64]
    return request.META.get("REMOTE_ADDR", "")


def household(address: str) -> str:
    """Return the network of an IPv6 address, of which one caller has all; any other address as it is."""
    if ":" not in address:
        return address
    try:
        return str(ipaddress.ip_network((address.partition("%")[0], 64), strict=False))
    except ValueError:
        return address
