"""Correcting the wording of an adopted exclusion on the DIK; what it means, rests on and lasts stays."""

from ppid.flows import dik, shelving
from ppid.flows.amendments import AmendmentKind
from ppid.flows.steps import StepUnmet

# As long as the field of the lembar uji.
_MOST = {"information": 1000, "consequence_if_open": 4000, "consequence_if_closed": 4000}
_SENTENCES = {
    "information": "Tulis uraian informasinya untuk DIK.",
    "consequence_if_open": "Tulis konsekuensi bila dibuka.",
    "consequence_if_closed": "Tulis konsekuensi atau manfaat bila ditutup.",
}


class CorrectDik(AmendmentKind, key=dik.CORRECTION):
    """Correct a slip in the DIK's words. ``after`` also has ``hides_former``: the public must not read the old ones."""

    title = "Perbaikan kata pada DIK"
    effects = ("Baris DIK berubah saat itu juga.",)
    labels = {
        "information": "Informasi",
        "consequence_if_open": "Konsekuensi bila dibuka",
        "consequence_if_closed": "Konsekuensi bila ditutup",
        "hides_former": "Kata lama disembunyikan dari publik",
    }

    def before(self, case):
        return {**dik.dik_words(case, dik.adopted_test(case)), "hides_former": False}

    def refuse_unless_open(self, case, *, at):
        dik.refuse_unless_in_force(case, at=at)

    def refuse_unless_fit(self, case, amendment, *, at):
        after = amendment.after
        if set(after) != {*dik.WORDS, "hides_former"} or not isinstance(after["hides_former"], bool):
            raise ValueError(f"Not the words of the DIK: {sorted(after)}")
        empty = [name for name in dik.WORDS if not after[name].strip()]
        if empty:
            raise StepUnmet(*[_SENTENCES[name] for name in empty], fields=empty)
        for name, most in _MOST.items():
            if len(after[name]) > most:
                raise StepUnmet(f"Paling banyak {most} huruf.", fields=(name,))
        if all(after[name] == amendment.before[name] for name in dik.WORDS):
            raise StepUnmet("Tidak ada kata yang berubah. Perbaiki dahulu katanya.", fields=("information",))

    def apply(self, case, amendment, *, at):
        shelving.show_on_dik(case, dik.adopted_test(case))
