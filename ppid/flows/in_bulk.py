"""Which rows may be taken for several cases in one act, and why the others are taken one by one.

Together go on alone the rows of a publication that hand the case on: nobody decides there, nothing is prepared, and
no file has to be chosen. Whoever approves, prepares, tests or publishes reads that very case first, so no list does it;
and what the public has read can't be taken back. Each case moves through ``take_step`` in a transaction of its own.
"""

from datetime import datetime

from ppid.flows.actions import take_step
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import PLAIN_ROW, StepOutOfOrder, StepUnmet
from ppid.organisation.models import User
from sop.models import Activity

# The lawful steps that hand a publication on.
HAND_ON = frozenset({"update_content", "coordinate", "release", "renew"})

_WHY = {
    "prepare": "Yang disiapkan dibaca dan diisi untuk proses itu sendiri.",
    "clarify": "Sebuah keputusan diambil sesudah membaca proses itu sendiri.",
    "publish": "Yang sudah dibaca publik tidak dapat ditarik dari ingatan, jadi diumumkan satu per satu.",
}


def why_one_by_one(case: Case) -> str:
    """Return why the row at which the case waits is not taken for several at once, as a sentence; "" when it may be."""
    if not case.is_running:
        return f"Proses ini sudah berakhir: {case.state_label}."
    if case.flow != "publication":
        return "Pengecualian dikerjakan satu per satu: setiap langkahnya menimbang isi yang tertutup."
    keys = [move.key for move in case.carried] or [PLAIN_ROW.key]
    for key in keys:
        if key not in HAND_ON and key != PLAIN_ROW.key:
            return _WHY.get(key, "Langkah ini dikerjakan pada halaman prosesnya.")
    if case.awaited.kind == Activity.Kind.DECISION or len(case.onward) > 1:
        return _WHY["clarify"]
    if len(case.awaited.columns) > 1:
        return "Langkah bersama dikonfirmasi setiap kolomnya pada halaman prosesnya."
    asked = [proof.wanted or proof.words for proof in case.proofs.values() if not proof.is_recorded]
    if asked:
        return f"Langkah ini meminta bukti yang dipilih untuk proses itu sendiri: {', '.join(asked)}."
    return ""


def hand_on(case: Case, *, actor: User, seen: int, note: str = "", at: datetime | None = None) -> StepRecord:
    """Take the row at which the case waits, as one of several. ``seen`` is its ``moves`` as the actor saw it.

    Raises what ``take_step`` raises, and StepUnmet where the row is taken one by one.
    """
    now = Case.objects.get(pk=case.pk)
    if now.moves != seen or now.next_step is None:
        raise StepOutOfOrder("Proses ini sudah bergerak sejak Anda memilihnya. Periksa keadaannya yang sekarang.")
    if why := why_one_by_one(now):
        raise StepUnmet(why)
    # What was judged stands: the lock reads the case again and refuses once it has moved.
    return take_step(now, now.next_step.key, actor=actor, note=note, seen=seen, at=at)
