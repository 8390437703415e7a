"""Naming the item that holds what a partial exclusion leaves open, so that the two lead to each other."""

from django.utils import timezone

from ppid.flows import dik, shelving
from ppid.flows.amendments import AmendmentKind
from ppid.flows.steps import StepOutOfOrder, StepUnmet
from ppid.information.classification import ConsequenceTest
from ppid.information.models import Exclusion, Information


class NameOpenPart(AmendmentKind, key=dik.OPEN_PART):
    """Name the open part, by the number of an item of the same unit; an empty number takes the name back.

    It is another item, never the excluded one: publishing that would publish its documents.
    """

    title = "Bagian yang terbuka"
    effects = ("Tautan ke bagian yang terbuka tampil pada DIK saat itu juga.",)
    labels = {"open_part": "Nomor informasi yang memuat bagian terbuka"}

    def before(self, case):
        return {"open_part": dik.open_part(case)}

    def refuse_unless_open(self, case, *, at):
        dik.refuse_unless_in_force(case, at=at)
        if dik.adopted_test(case).conclusion != ConsequenceTest.Conclusion.PART:
            raise StepOutOfOrder("Informasi ini dikecualikan seluruhnya, jadi tidak ada bagian yang terbuka.")

    def refuse_unless_fit(self, case, amendment, *, at):
        number = amendment.after["open_part"]
        if number == amendment.before["open_part"]:
            raise StepUnmet("Nomor ini sudah tercatat. Tulis nomor yang lain.", fields=("open_part",))
        if not number:
            return
        item = Information.objects.filter(number=number, unit=case.unit_id).first()
        if item is None:
            raise StepUnmet(
                f"Tidak ada informasi bernomor {number} pada {case.unit.name}. Periksa nomornya pada DIP.",
                fields=("open_part",),
            )
        if item.pk == case.information_id:
            raise StepUnmet(
                "Ini informasi yang dikecualikan itu sendiri. Bagian terbukanya diumumkan sebagai informasi lain, "
                "dengan dokumen yang sudah dihitamkan.",
                fields=("open_part",),
            )
        if Exclusion.objects.in_force(on=timezone.localdate(at)).filter(information=item).exists():
            raise StepUnmet("Informasi itu juga dikecualikan, jadi bukan bagian yang terbuka.", fields=("open_part",))

    def apply(self, case, amendment, *, at):
        shelving.show_on_dik(case, dik.adopted_test(case))
