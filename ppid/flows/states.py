"""The states of the two flows: the lawful step being awaited, then the ends. Stored values are never renamed.

The lawful steps are the seven and the five of the two source sheets. Which row of a case's own sheet carries which of
them is data of that sheet (``sop.models.Activity.carries``).
"""

from django.db import models


class PublicationState(models.TextChoices):
    UPDATING = "updating", "1 · Pembaruan konten"
    COORDINATING = "coordinating", "2 · Koordinasi pengumpulan"
    PREPARING = "preparing", "3 · Penyiapan"
    CLARIFYING = "clarifying", "4 · Klarifikasi"
    RELEASING = "releasing", "5 · Koordinasi publikasi"
    RENEWING = "renewing", "6 · Pembaruan berkala"
    PUBLISHING = "publishing", "7 · Publikasi"
    PUBLISHED = "published", "Diumumkan"
    RETRACTED = "retracted", "Dicabut dari portal"
    DIVERTED = "diverted", "Dialihkan ke pengecualian"
    WITHDRAWN = "withdrawn", "Ditarik"


class ExclusionState(models.TextChoices):
    COLLECTING = "collecting", "1 · Pengumpulan"
    SCREENING = "screening", "2 · Pembahasan tim"
    TESTING = "testing", "3 · Uji konsekuensi"
    REVIEWING = "reviewing", "4 · Penerimaan hasil uji"
    ADOPTING = "adopting", "5 · Penetapan pedoman"
    ADOPTED = "adopted", "Ditetapkan dikecualikan"
    TESTED_OPEN = "tested_open", "Diuji, hasilnya terbuka"
    WITHDRAWN = "withdrawn", "Ditarik"


P, X = PublicationState, ExclusionState

# The number of each lawful step, which it has as its row on its source sheet.
STEP_NUMBERS: dict[str, int] = {
    P.UPDATING: 1,
    P.COORDINATING: 2,
    P.PREPARING: 3,
    P.CLARIFYING: 4,
    P.RELEASING: 5,
    P.RENEWING: 6,
    P.PUBLISHING: 7,
    X.COLLECTING: 1,
    X.SCREENING: 2,
    X.TESTING: 3,
    X.REVIEWING: 4,
    X.ADOPTING: 5,
}
RUNNING: dict[str, list[str]] = {
    "publication": [state for state in P if state in STEP_NUMBERS],
    "exclusion": [state for state in X if state in STEP_NUMBERS],
}
STATES: dict[str, type[models.TextChoices]] = {"publication": P, "exclusion": X}
# The lawful step that prepares and the one that decides on it, by flow: never done by one person.
PREPARES = {"publication": "prepare", "exclusion": "test_consequences"}
DECIDES = {"publication": "clarify", "exclusion": "accept"}
# The lawful steps whose row has its decision screen, and the states in which they are awaited.
DECISIONS: dict[str, list[str]] = {"publication": ["clarify"], "exclusion": ["screen", "accept"]}
AWAITING_DECISION: list[str] = [P.CLARIFYING, X.SCREENING, X.REVIEWING]
# What is decided there, and what the head sends back before the adoption, may be undone (``ppid.flows.undo``).
UNDONE_INTO: list[str] = [*AWAITING_DECISION, X.ADOPTING]
# Until here the item is being prepared: its description may change, and a change of a document sends nothing back.
BEING_PREPARED: list[str] = [state for state, number in STEP_NUMBERS.items() if number <= STEP_NUMBERS[P.PREPARING]]
# Nothing of these is taken while a document is unread, or what was found in it has no reason.
MAKES_READY = frozenset({"prepare", "publish_first"})
# From here on what goes on is what the deciding step approved.
DECIDED: list[str] = [state for state, number in STEP_NUMBERS.items() if number > STEP_NUMBERS[P.CLARIFYING]]
# What the last lawful step brings about; rows of a sheet may follow it.
ACHIEVED: dict[str, str] = {"publication": P.PUBLISHED, "exclusion": X.ADOPTED}

INITIAL = {"publication": P.UPDATING, "exclusion": X.COLLECTING}

# How a publication reads once a later case of its item, ended so, changed what stands on the shelf.
LEFT_THE_SHELF: dict[str, str] = {
    P.PUBLISHED: "Digantikan pengumuman yang lebih baru",
    P.RETRACTED: "Digantikan pengumuman yang lebih baru",
    X.ADOPTED: "Dikecualikan sesudah diumumkan",
}
# What an adopted exclusion is called once its term's last day has passed: then the information is public by itself.
TERM_IS_OVER = "Jangka waktu pengecualian sudah berakhir"
# What it is called once it was lifted before that, or extended by a new test.
LIFTED, CONTINUED = "Dibuka kembali", "Diperpanjang dengan uji baru"
CHANGES_THE_SHELF = list(LEFT_THE_SHELF)

# Every legal move, as the database enforces it; a test holds it against the methods of the two flows.
MOVES: list[tuple[str, str]] = [
    (P.UPDATING, P.COORDINATING),
    (P.COORDINATING, P.PREPARING),
    (P.PREPARING, P.CLARIFYING),
    (P.CLARIFYING, P.RELEASING),
    (P.RELEASING, P.RENEWING),
    (P.RENEWING, P.PUBLISHING),
    (P.PUBLISHING, P.PUBLISHED),
    (P.CLARIFYING, P.DIVERTED),
    (P.UPDATING, P.PUBLISHED),  # taken over from a list that was signed elsewhere
    (P.PUBLISHED, P.RETRACTED),
    *[(state, P.WITHDRAWN) for state in RUNNING["publication"]],
    (X.COLLECTING, X.SCREENING),
    (X.SCREENING, X.TESTING),
    (X.TESTING, X.REVIEWING),
    (X.REVIEWING, X.ADOPTING),
    (X.ADOPTING, X.ADOPTED),
    (X.COLLECTING, X.ADOPTED),  # taken over from a list that was signed elsewhere
    (X.REVIEWING, X.TESTED_OPEN),
    *[(state, X.WITHDRAWN) for state in RUNNING["exclusion"]],
    # Back from anywhere, to any earlier step.
    *[(late, early) for steps in RUNNING.values() for late in steps for early in steps[: steps.index(late)]],
]
# A return that is undone leads to where it was made, past the steps between: legal with the row of an undo alone.
UNDOING: list[tuple[str, str]] = [
    (early, late)
    for steps in RUNNING.values()
    for late in steps
    if late in UNDONE_INTO
    for early in steps[: steps.index(late)]
    if (early, late) not in MOVES
]
