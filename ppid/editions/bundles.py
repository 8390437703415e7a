"""Makes what is taken away in parts, in the background: a kind at a time, and only what has changed.

Its progress is written once a minute at most: every write to the shelf makes all pages of the portal new.
"""

import time
from collections.abc import Iterator
from datetime import date
from typing import Protocol

from django.utils import timezone

from ppid.editions.dump import DumpMaker
from ppid.editions.register_paper import MOST, PART, REGISTERS, Register, digest
from ppid.shelf import bundling
from ppid.shelf.bundles import Bundle
from ppid.shelf.bundling import Made

PAUSE = 60.0  # seconds between two writes of progress
_GATHERED = 32 << 20  # bytes of parts that wait to be written


class Maker(Protocol):
    """How a kind of bundle is made."""

    kind: str

    def wanted(self, finished: Bundle | None, *, on: date) -> tuple[str, int, int] | None:
        """Return what is to be made: what it would show, its rows and its parts; None when nothing is."""

    def parts(self, bundle: Bundle) -> Iterator[Made]:
        """Yield the parts."""


class RegisterMaker:
    """Prints a register whenever its rows, or the words that stand in them, have changed."""

    def __init__(self, register: Register):
        self.register, self.kind = register, register.kind

    def wanted(self, finished: Bundle | None, *, on: date) -> tuple[str, int, int] | None:
        lines = self.register.lines(on, count=MOST + 1)
        if not lines or len(lines) > MOST:
            bundling.drop(Bundle.objects.filter(kind=self.kind))
            return None
        drawn = digest(lines)
        if finished and finished.drawn == drawn:
            return None
        return drawn, len(lines), -(-len(lines) // PART)

    def parts(self, bundle: Bundle) -> Iterator[Made]:
        for part in range(1, bundle.total + 1):
            lines = self._lines(bundle, part)
            drawn = digest(lines)
            pdf = self.register.pdf(lines, rows=bundle.rows, on=bundle.as_of, part=part, parts=bundle.total)
            yield Made(
                part,
                f"{self.kind}-bagian-{part}.pdf" if bundle.total > 1 else f"{self.kind}.pdf",
                "application/pdf",
                pdf,
                [key for key, _ in lines],
                len(lines),
                lambda part=part, drawn=drawn: digest(self._lines(bundle, part)) == drawn,
            )

    def _lines(self, bundle: Bundle, part: int) -> list[tuple[str, list[str]]]:
        return self.register.lines(bundle.as_of, first=(part - 1) * PART, count=PART)


MAKERS: dict[str, Maker] = {each.kind: each for each in (*map(RegisterMaker, REGISTERS), DumpMaker())}


def bring_about(maker: Maker, *, on: date | None = None) -> bool:
    """Make the bundle if what it would show has changed; return whether a new one is there now.

    One that was in the making when its worker was killed is begun anew. When something changes meanwhile it is dropped,
    and the next run of the clock begins again: so that no act makes more than one run of ten minutes begin.
    """
    on = on or timezone.localdate()
    finished = Bundle.objects.finished().filter(kind=maker.kind).first()
    if finished and not bundling.is_whole(finished):  # a restore brings no public bytes back
        bundling.drop(Bundle.objects.filter(pk=finished.pk))
        finished = None
    if (wanted := maker.wanted(finished, on=on)) is None:
        bundling.drop(Bundle.objects.unfinished().filter(kind=maker.kind))
        return False
    drawn, rows, total = wanted
    bundle = bundling.begin(maker.kind, drawn=drawn, rows=rows, total=total, on=on)
    made: list[Made] = []
    since = time.monotonic()
    for each in maker.parts(bundle):
        # The one before is no longer the last: it may be written, if it is time.
        if made and (time.monotonic() - since > PAUSE or sum(len(one.content) for one in made) > _GATHERED):
            if not bundling.add(bundle, made, is_last=False):
                return False
            made, since = [], time.monotonic()
        made.append(each)
    return bundling.add(bundle, made, is_last=True)
