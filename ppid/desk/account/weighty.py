"""Acts that want whoever sits there to prove again who they are: a mixin, first among a view's bases.

The answer to such an act is the page that asks, with what was typed kept in it; afterwards its form opens with that.
"""

from django.http import HttpRequest

from ppid.desk.account.again import SignInAgain
from ppid.desk.typed.keeping import typed_in
from ppid.organisation.identity import is_fresh


class Weighty:
    """Mixin over a view of the desk: its acts are weighty. ``asks_to_look`` says that seeing it is, too."""

    asks_to_look = False

    def is_weighty(self) -> bool:
        """Whether this act is, of a view that has lighter ones too."""
        return True

    def keep_before_asking(self) -> None:
        """Keep what the page that asks can't carry, such as files."""

    def dispatch(self, request, *args, **kwargs):
        looks = request.method in ("GET", "HEAD")
        if looks and not self.asks_to_look or is_fresh(request) or not self.is_weighty():
            return super().dispatch(request, *args, **kwargs)
        self.keep_before_asking()
        return ask(request)


def ask(request: HttpRequest):
    """Answer with the page that asks who sits there; it leads back to where one was."""
    typed = typed_in(request)
    page = SignInAgain(is_interrupted=request.method == "POST", interrupted=typed, onward_to=_back_to(request))
    page.setup(request)
    return page.render_to_response(page.get_context_data(form=page.empty_form()), status=403).render()


def _back_to(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else request.path
