"""The icons of heroicons, each drawn once: a list shows the same five a hundred times.

Templates load it under the package's own name (``TEMPLATES`` in the settings), so the package is no app here.
"""

from collections.abc import Callable
from functools import lru_cache

from django import template
from heroicons.templatetags import heroicons

register = template.Library()


def _kept(draw: Callable[..., str]) -> Callable[..., str]:
    @lru_cache(maxsize=256)
    def drawn(name: str, attributes: tuple[tuple[str, object], ...]) -> str:
        return draw(name, **dict(attributes))

    def icon(name: str, **attributes: object) -> str:
        return drawn(name, tuple(sorted(attributes.items())))

    return icon


for _name in ("heroicon_micro", "heroicon_mini", "heroicon_outline", "heroicon_solid"):
    register.simple_tag(_kept(getattr(heroicons, _name)), name=_name)
