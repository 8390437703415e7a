"""The nearest spelling of what found nothing, among the words of what its reader may see."""

import re
from difflib import get_close_matches

from ppid.desk.find.kinds import Seeker
from ppid.organisation.models import Unit
from sop.models import Sop

READ = 2000  # of the newest titles: a suggestion is no search
_SHORTEST, _LIKE = 4, 0.75


def nearest_to(seeker: Seeker) -> str:
    """Return what was probably meant, "" when nothing is near."""
    known = _words_of(seeker)
    meant = [_nearest(word, known) for word in seeker.asked.words]
    return " ".join(meant) if meant != list(seeker.asked.words) else ""


def _nearest(word: str, known: set[str]) -> str:
    if word in known or len(word) < _SHORTEST or any(letter.isdigit() for letter in word):
        return word
    return next(iter(get_close_matches(word, known, n=1, cutoff=_LIKE)), word)


def _words_of(seeker: Seeker) -> set[str]:
    titles = list(seeker.items.order_by("-created_at").values_list("title", flat=True)[:READ])
    titles += Sop.objects.order_by("-pk").values_list("title", flat=True)[:READ]
    for name, short_name, everyday in Unit.objects.open().values_list("name", "short_name", "everyday_names"):
        titles += [name, short_name, *everyday]
    return {word for title in titles for word in re.findall(r"[^\W\d_]{4,}", title.casefold())}
