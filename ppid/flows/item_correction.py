"""Ralat: correcting the description of a published item, without the seven steps; its class and files stay."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from ppid.flows import shelving
from ppid.flows.amendments import AmendmentKind
from ppid.flows.models import Case
from ppid.flows.states import PublicationState
from ppid.flows.steps import StepOutOfOrder, StepUnmet
from ppid.information.descriptions import rewrite
from ppid.information.models import Information
from ppid.shelf.models import PublishedItem

CORRECTION = "correct_item"
HIDES_FORMER = "hides_former"


def labels() -> dict[str, str]:
    """Return what the words of the description are called."""
    fields = {field.name: field for field in Information._meta.concrete_fields}
    return {name: str(fields[name].verbose_name).capitalize() for name in Information.DESCRIPTION_FIELDS}


class CorrectItem(AmendmentKind, key=CORRECTION):
    """Correct the description. ``after`` also has ``hides_former``: the public must not read the former words."""

    title = "Ralat keterangan"
    effects = ("Keterangan di portal berubah saat itu juga.", "Ralatnya, dengan alasannya, dibaca publik.")
    labels = {**labels(), HIDES_FORMER: "Kata lama disembunyikan dari publik"}

    def before(self, case):
        return {**_words(case.information), HIDES_FORMER: False}

    def refuse_unless_open(self, case, *, at):
        if case.state != PublicationState.PUBLISHED or case.followed_by is not None or _shown(case) is None:
            raise StepOutOfOrder(f"Yang dapat diralat hanyalah yang ada di portal dari proses ini: {case.state_label}.")
        if running := case.information.cases.running().first():
            raise StepOutOfOrder(
                f"Informasi ini sedang diproses dalam {running.number}. Perbaiki keterangannya lewat proses itu."
            )
        if case.information.exclusions.in_force(on=timezone.localdate(at)).exists():
            raise StepOutOfOrder("Informasi ini dikecualikan, jadi tidak ada yang diralat di portal.")

    def refuse_unless_fit(self, case, amendment, *, at):
        after = dict(amendment.after)
        hides = after.pop(HIDES_FORMER, None)
        if set(after) != set(Information.DESCRIPTION_FIELDS) or not isinstance(hides, bool):
            raise ValueError(f"Not the words of a description: {sorted(after)}")
        _refuse_bad_words(_stripped(after))
        if after == {name: amendment.before[name] for name in after}:
            raise StepUnmet("Tidak ada kata yang berubah. Perbaiki dahulu katanya.", fields=("title",))
        has_files = PublishedItem.objects.filter(number=case.information.number, files__isnull=False).exists()
        if has_files != after["has_softcopy"]:
            raise StepUnmet(
                "Softcopy berarti ada berkas di portal. Berkas ditambah atau dikeluarkan dengan memperbarui "
                "informasi ini, bukan dengan ralat.",
                fields=("has_softcopy",),
            )

    def apply(self, case, amendment, *, at):
        words = {name: amendment.after[name] for name in Information.DESCRIPTION_FIELDS}
        rewrite(case.information, words, author=amendment.proposed_by, at=at)
        changes = [
            [label, _said(amendment.before[name]), _said(words[name])]
            for name, label in labels().items()
            if amendment.before[name] != words[name]
        ]
        shelving.correct(
            case.information,
            note=amendment.reason,
            changes=[] if amendment.after[HIDES_FORMER] else changes,
            at=at,
        )


def _words(information: Information) -> dict[str, Any]:
    return {name: getattr(information, name) for name in Information.DESCRIPTION_FIELDS}


def _shown(case: Case) -> PublishedItem | None:
    return PublishedItem.objects.filter(number=case.information.number).only("pk").first()


def _said(value: object) -> str:
    return {True: "ya", False: "tidak"}[value] if isinstance(value, bool) else str(value)


def _stripped(words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in words.items()}


def _refuse_bad_words(words: Mapping[str, Any]) -> None:
    candidate = Information(**words)
    others = {field.name for field in Information._meta.fields} - set(words)
    try:
        candidate.clean_fields(exclude=others)
    except ValidationError as error:
        sentences = [(sentence, name) for name, found in error.message_dict.items() for sentence in found]
        raise StepUnmet(*[each for each, _ in sentences], fields=[name for _, name in sentences]) from error
    if missing := candidate.missing_dip_fields:
        raise StepUnmet(f"Belum diisi: {', '.join(missing)}. Keterangan di portal selalu lengkap.", fields=("summary",))
