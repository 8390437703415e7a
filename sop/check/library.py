"""What only the library knows: whether the legal bases are in force, and whether the sheet carries its flow."""

from sop.bindings import flow_shape
from sop.check.carrying import faults
from sop.check.rules import At, rule
from sop.legal_bases import recognise_all
from sop.models import LegalBasis


@rule("W9", "Setiap dasar hukum masih berlaku.")
def bases_are_in_force(version):
    for item, (words, basis) in enumerate(zip(version.legal_bases, recognise_all(version.legal_bases), strict=True)):
        if basis is None or (basis.status != LegalBasis.Status.REVOKED and not basis.replaced_by):
            continue
        gone = "sudah dicabut" if basis.status == LegalBasis.Status.REVOKED else "sudah digantikan"
        by = f" Penggantinya: {basis.replaced_by}." if basis.replaced_by else ""
        yield At(f"Dasar hukum nomor {item + 1} («{_short(words)}») {gone}.{by}", "legal_bases", item=item)


@rule("W10", "Setiap keraguan dari impor sudah diperiksa orang.")
def import_was_looked_at(version):
    if count := version.doubts.open().count():
        yield At(
            f"Masih ada {count} hal dari impor yang belum diperiksa. Cocokkan dengan naskahnya, lalu selesaikan satu "
            "per satu di penyunting.",
            "doubts",
        )


@rule("E7", "Pada SOP yang dijalankan portal, setiap pelaksana dipetakan ke sedikitnya satu peran.")
def performers_have_roles(version):
    for performer in version.performers.all():
        if version.sop.flow and not performer.roles.all():
            yield At(
                f"Pelaksana «{performer.label}» belum dipetakan ke peran mana pun. Pilih sedikitnya satu peran.",
                "performers",
            )


@rule(
    "E8",
    "Lembar yang dijalankan portal membawa setiap langkah hukum alurnya satu kali dan berurutan, dan yang menyiapkan "
    "bukan yang memutuskan.",
)
def carries_its_flow(version):
    if not version.sop.flow:
        return
    try:
        shape = flow_shape(version.sop.flow)
    except KeyError:
        yield At(f"Alur «{version.sop.get_flow_display()}» tidak dijalankan oleh portal ini.", "activities")
        return
    carried = {activity.number: tuple(activity.carries) for activity in version.activities.all()}
    roles = [frozenset(role.name for role in performer.roles.all()) for performer in version.performers.all()]
    yield from faults(version.sheet(), carried, shape, roles)


def _short(text: str, length: int = 80) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


RULES = [performers_have_roles, carries_its_flow, bases_are_in_force, import_was_looked_at]
