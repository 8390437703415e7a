"""The lawful steps of each flow, told to the SOP library so that a sheet can be held against the flow it runs."""

from ppid.flows.models import Case
from ppid.flows.states import DECIDES, PREPARES
from sop.bindings import FlowShape, LawfulStep, register_flow
from sop.models import Sop

# Parts of the words by which offices call what a step does, wherever a prefix leaves them («menyiapkan»: «iapkan»).
WORDS: dict[str, tuple[str, ...]] = {
    "update_content": ("updating", "update", "mutakhir", "konten", "identifikasi", "inventaris", "usul"),
    "coordinate": ("koordinasi", "umpul", "himpun", "minta"),
    "prepare": ("iapkan", "usun", "olah", "rancang", "konsep"),
    "clarify": ("klarifikasi", "verifikasi", "eriksa", "etuju", "klasifikasi", "elaah", "validasi", "etapkan"),
    "release": ("koordinasi", "ublikasi", "erahkan", "eruskan", "disposisi", "ampaikan"),
    "renew": ("perbaharui", "perbarui", "unggah", "upload", "input", "entri"),
    "publish": ("ublikasi", "umumkan", "ayangkan", "ebarluas", "terbit"),
    "collect": ("umpul", "inventaris", "identifikasi", "usul"),
    "screen": ("bahas", "rapat", "eleksi", "layak", "elaah"),
    "test_consequences": ("uji", "konsekuensi", "kosekwensi", "konsekwensi", "analis"),
    "accept": ("hasil", "erima", "eriksa", "verifikasi", "etuju"),
    "adopt": ("etapkan", "pedoman", "keputusan", "dokumentasikan", "arsip"),
}


def shape(key: str) -> FlowShape:
    """Return the flow's lawful steps, read off its methods."""
    flow = Case.flows[key]
    steps = flow.lawful_steps()
    numbers = {step.key: number for number, step in enumerate(steps, start=1)}
    return FlowShape(
        Sop.Flow(key).label,
        tuple(LawfulStep(numbers[step.key], step.key, step.title, WORDS[step.key]) for step in steps),
        prepares=numbers[PREPARES[key]],
        decides=numbers[DECIDES[key]],
    )


def register() -> None:
    for key in Case.flows:
        register_flow(key, shape(key))
