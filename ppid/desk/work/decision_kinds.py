"""What each kind of decision shows and asks: plain data, by the lawful step that the row carries or the thing decided.

Which row of a sheet decides is the sheet's to say (``Case.has_decision``); nothing here knows a row's number.
"""

from dataclasses import dataclass

from ppid.flows.reasons import Reason


@dataclass(frozen=True, slots=True)
class DecisionKind:
    """How one kind of decision reads.

    ``read`` draws what is decided; ``done`` says afterwards what was decided, ``undo`` names taking it back.
    """

    reasons: Reason.Of
    question: str
    approve: str
    send_back: str
    read: str
    done: str
    sent_back: str
    undo: str = "Urungkan persetujuan"
    undo_return: str = "Urungkan pengembalian"


CLARIFY = DecisionKind(
    reasons=Reason.Of.CLARIFY,
    question="Apa jenis informasinya?",
    approve="Setujui",
    send_back="Kembalikan",
    read="desk/decision/preview_item.html",
    done="Disetujui.",
    sent_back="Dikembalikan.",
)
SCREEN = DecisionKind(
    reasons=Reason.Of.SCREEN,
    question="Layak diuji konsekuensinya?",
    approve="Layak diuji, teruskan",
    send_back="Tidak layak",
    read="desk/decision/preview_secret.html",
    done="Dinyatakan layak diuji.",
    sent_back="Dikembalikan: tidak layak diuji.",
    undo="Urungkan",
)
ACCEPT = DecisionKind(
    reasons=Reason.Of.ACCEPT,
    question="Hasil uji konsekuensi lengkap?",
    approve="Terima hasil uji",
    send_back="Kembalikan",
    read="desk/decision/preview_dik.html",
    done="Hasil uji diterima.",
    sent_back="Hasil uji dikembalikan.",
    undo="Urungkan penerimaan",
)
HEAD = DecisionKind(
    reasons=Reason.Of.HEAD,
    question="Setujui pengecualian ini?",
    approve="Setujui pengecualian",
    send_back="Kembalikan",
    read="desk/decision/read_head.html",
    done="Persetujuan Anda tercatat.",
    sent_back="Dikembalikan kepada pengujinya.",
)
AMENDMENT = DecisionKind(
    reasons=Reason.Of.AMENDMENT,
    question="Setujui usul ini?",
    approve="Setujui usul",
    send_back="Tolak",
    read="desk/decision/read_amendment.html",
    done="Usul disetujui.",
    sent_back="Usul tidak disetujui.",
)
SHEET = DecisionKind(
    reasons=Reason.Of.SHEET,
    question="Sahkan lembar ini?",
    approve="Setujui lembar",
    send_back="Kembalikan",
    read="desk/decision/read_sheet.html",
    done="Lembar disetujui.",
    sent_back="Lembar dikembalikan kepada pengelolanya.",
)

# The lawful steps that decide, in the order of both flows.
BY_STEP = {"clarify": CLARIFY, "screen": SCREEN, "accept": ACCEPT}
