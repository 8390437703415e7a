"""What the portal looks at by itself, for the decision screen and the working screen. No rule is decided here."""

from dataclasses import dataclass

from ppid.desk.work.case_view import CaseView
from ppid.desk.work.shown_findings import ShownReading


@dataclass(frozen=True, slots=True)
class Check:
    """Something that the portal looked at by itself: how it stands, in words. ``tone`` is "ok", "look" or "no".

    ``to`` is where it is mended, ``there`` what the way there is called.
    """

    tone: str
    words: str
    more: str = ""
    to: str = ""
    there: str = ""


def checks_of(view: CaseView) -> list[Check]:
    """Return what the portal looked at before: what is missing first, then what is there."""
    missing = [Check("no", sentence) for _, sentence in view.unmet_sentences]
    case, item = view.case, view.case.information
    found = []
    if not any(requirement.field == "" for requirement, _ in view.unmet_sentences):
        proofs = [f"{proof.words}" for proof in view.recorded if proof.words]
        found.append(Check("ok", "Bukti lengkap", "Dicatat sendiri: " + "; ".join(proofs) if proofs else ""))
    if not item.missing_dip_fields:
        found.append(Check("ok", "Keterangan terisi seluruhnya", "Semua kolom daftar informasi sudah diisi."))
    elif case.flow == "publication":
        found.append(Check("no", "Keterangan belum lengkap", f"Belum diisi: {', '.join(item.missing_dip_fields)}."))
    return missing + found


def finding_checks(findings: list[ShownReading]) -> list[Check]:
    """Return what reading the documents for personal data gave: nothing, or reasons to be read."""
    if not findings:
        return []
    if unread := sum(not each.is_read for each in findings):
        return [Check("look", "Belum semua dokumen dibaca untuk mencari data pribadi", f"{unread} dokumen.")]
    if kinds := sum(len(each.found) for each in findings):
        return [Check("look", "Ada temuan data pribadi yang diberi alasan", f"{kinds} temuan; baca alasannya.")]
    return [Check("ok", "Data pribadi tidak ditemukan", "Mesin dapat keliru; periksa juga sendiri.")]


def hand_over_checks(
    prepared: list[Check], findings: list[tuple[ShownReading, int]], open_points: list[str], unmet: list[str]
) -> list[Check]:
    """Return how far the work has come; "no" keeps it from being handed over.

    ``findings`` are the documents' readings, each with the number of reasons that are still empty, ``open_points`` the
    ids of the fields of what was asked and not answered, ``unmet`` the sentences of what else is missing.
    """
    found = [*prepared, *_personal(findings)]
    if open_points:
        words = f"{len(open_points)} hal dari pengembalian belum dijawab"
        more = "Boleh kosong, tetapi akan ditanyakan lagi."
        found.append(Check("look", words, more, f"#{open_points[0]}", "Ke jawaban"))
    return found + [Check("no", words) for words in unmet]


def _personal(findings: list[tuple[ShownReading, int]]) -> list[Check]:
    found = []
    for each, missing in findings:
        if not each.is_read:
            more = "Dibaca sekarang juga oleh portal, paling lambat saat diteruskan."
            found.append(Check("look", f"«{each.title}» belum dibaca untuk mencari data pribadi", more))
        elif missing:
            more = "Ganti berkasnya, atau jelaskan mengapa boleh diumumkan apa adanya."
            words = f"«{each.title}»: {missing} temuan perlu alasan"
            found.append(Check("no", words, more, f"#dokumen-{each.pk}", "Ke temuan"))
    if findings and not found:
        found.append(Check("ok", "Tidak ada temuan yang menunggu alasan", "Mesin dapat keliru; periksa juga sendiri."))
    return found
