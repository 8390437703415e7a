"""The addresses that take a POST, read off the project's own patterns."""

from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver


def callbacks(resolver=None, namespace=""):
    """Yield every pattern's name with its view, also tomorrow's."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from callbacks(each, f"{namespace}{each.namespace}:" if each.namespace else namespace)
        elif isinstance(each, URLPattern):
            yield f"{namespace}{each.name}", each.callback


def takes_post(callback) -> bool:
    """Whether a view answers POST; a view that is a function counts as one that does."""
    view = getattr(callback, "view_class", None)
    return view is None or (hasattr(view, "post") and "post" in view.http_method_names)


@cache
def posts() -> list[str]:
    return list(dict.fromkeys(name for name, callback in callbacks() if takes_post(callback)))
