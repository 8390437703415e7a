"""The lawful steps of each flow, told to the SOP library so that a sheet can be held against the flow it runs."""

from ppid.flows.models import Case
from ppid.flows.steps import Kind
from sop.bindings import FlowShape, LawfulStep, register_flow
from sop.models import Sop

# Stems of the words by which offices call what a step does, wherever in a row they stand.
WORDS: dict[str, tuple[str, ...]] = {
    "update_content": ("updating", "update", "mutakhir", "konten", "usul", "identifikasi"),
    "coordinate": ("koordinasi", "kumpul", "minta", "surat"),
    "prepare": ("siap", "susun", "himpun", "olah"),
    "clarify": ("klarifikasi", "verifikasi", "periksa", "jenis", "setuju", "klasifikasi", "telaah"),
    "release": ("koordinasi", "publikasi", "serah", "terus", "disposisi"),
    "renew": ("perbaharu", "perbarui", "berkala", "unggah", "upload", "input"),
    "publish": ("publikasi", "umum", "tayang", "sebarluas", "terbit"),
    "collect": ("kumpul", "inventaris", "himpun", "identifikasi"),
    "screen": ("bahas", "rapat", "seleksi", "layak", "telaah", "terus"),
    "test_consequences": ("uji", "konsekuensi", "kosekwensi", "konsekwensi", "analisis"),
    "accept": ("terima", "hasil", "periksa", "verifikasi", "setuju"),
    "adopt": ("tetap", "pedoman", "dokumentasi", "arsip", "keputusan"),
}


def shape(key: str) -> FlowShape:
    """Return the flow's lawful steps, read off its methods."""
    flow = Case.flows[key]
    moves = [move for move in flow.moves_by_key().values() if move.kind == Kind.STEP]
    steps = tuple(LawfulStep(n, move.key, move.title, WORDS[move.key]) for n, move in enumerate(moves, start=1))
    return FlowShape(Sop.Flow(key).label, steps, prepares=flow.PREPARING_STEP, decides=flow.APPROVING_STEP)


def register() -> None:
    for key in Case.flows:
        register_flow(key, shape(key))
