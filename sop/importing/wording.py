"""The names by which people know the fields that doubts point at."""

from sop.importing.imported import Doubt
from sop.sheet import LISTS

FIELDS = {
    "title": "Nama SOP",
    "heading": "Nomor urut judul",
    "letterhead": "Kop",
    "number": "Nomor SOP",
    "created": "Tanggal Pembuatan",
    "revised": "Tanggal Revisi",
    "effective": "Tanggal Efektif",
    "signatory": "Disahkan Oleh",
    "performers": "Pelaksana",
    "rows": "Prosedur",
    "source": "Berkas",
    **LISTS,
}
OF_ROW = {
    "number": "nomor",
    "text": "aktivitas",
    "performer": "pelaksana",
    "kind": "bentuk",
    "requirement": "kelengkapan",
    "duration": "waktu",
    "output": "output",
    "note": "keterangan",
    "if_yes": "tujuan bila ya",
    "if_no": "tujuan bila tidak",
}


def where(doubt: Doubt) -> str:
    """Return where a doubt points, in words: «Langkah 3, pelaksana»."""
    if doubt.row is None:
        return FIELDS[doubt.field]
    return f"Langkah {doubt.row}, {OF_ROW[doubt.field]}"
