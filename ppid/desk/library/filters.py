"""What the officers' list of SOPs is narrowed to, from its address."""

from datetime import date

from ppid.web.filters import ThemeFilter, choice
from sop.models import SopVersion
from sop.versions import library

# The states as they stand in addresses.
STATES = {
    "draf": SopVersion.State.DRAFT,
    "ditinjau": SopVersion.State.IN_REVIEW,
    "berlaku": SopVersion.State.APPROVED,
    "digantikan": SopVersion.State.SUPERSEDED,
    "dicabut": SopVersion.State.RETIRED,
}
DUE = "perlu-ditinjau"


class SopFilter(ThemeFilter):
    """Words, unit, theme, and the state that one of an SOP's versions is in."""

    tahun = None
    keadaan = choice(
        "Keadaan",
        "Keadaan yang diminta tidak dikenal; saringan ini diabaikan.",
        choices=[
            ("", "Semua"),
            (DUE, "Perlu ditinjau ulang"),
            ("draf", "Draf"),
            ("ditinjau", "Sedang ditinjau"),
            ("berlaku", "Disetujui"),
            ("digantikan", "Ada yang digantikan"),
            ("dicabut", "Dicabut"),
        ],
    )
    field_order = ["q", "unit", "tema", "keadaan"]

    def apply(self, sops, *, today: date):
        """Return the SOPs that fit."""
        chosen = self.chosen
        if unit := chosen.get("unit"):
            sops = sops.filter(unit__code=unit)
        if theme := chosen.get("tema"):
            sops = sops.filter(theme=theme)
        if (state := chosen.get("keadaan")) == DUE:
            sops = library.due_for_review(sops, on=today)
        elif state:
            sops = library.in_state(sops, STATES[state])
        if words := chosen.get("q"):
            codes, left = self.spoken.meant(words)
            sops = library.matching(sops, words, of_units=codes, with_words=left)
        return sops
