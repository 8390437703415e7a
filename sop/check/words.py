"""A small reading of Indonesian words: does an activity begin with a verb, or with whoever acts?

It looks at prefixes and at short lists, so it can err; what it finds is a warning and never more.
"""

import re


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# me-, ber- and di- make verbs; loan words often take a hyphen («meng-upload»).
_VERB = re.compile(r"(?:me(?:m|n|ng|ny|l|r|w|y)?-?|ber?-?|di-?)[a-z]{3,}")
_HYPHENED = re.compile(r"(?:me|mem|men|meng|meny|ber|di)-[a-z]+")

# Nouns and adjectives that only look like verbs.
_NO_VERBS = _listed(
    """
    meja media medali medan mei mekanisme mekanik melati melayu memo memorandum menara mental menteri menu menit merah
    merek merdeka mesin mesjid meskipun meter meterai metode metodologi mewah
    berita berkas beras berat berani berlian beranda bersama besar besok beda bea bebas beberapa begitu belanja
    belum benar benda bendahara bentuk bencana benih bensin berikut berikutnya berdasarkan
    dia diagnosa diagnosis diagram dialog digital diklat diktum dimensi dinas dinsos dipa diploma direksi direktorat
    direktur disdik disdukcapil disiplin diskominfo diskon diskusi display disposisi distribusi divisi dirjen
    """
)

# Verbs that carry no prefix, and the imperatives that sheets use instead of the me- form.
_BARE_VERBS = _listed(
    """
    mulai selesai minta terima buat kirim periksa catat susun tulis baca ambil cek datang hadir masuk keluar tunggu
    simpan pilih isi bawa cetak serah tanda tandatangan unggah unduh verifikasi lapor
    siapkan lakukan sampaikan serahkan tetapkan umumkan arsipkan kembalikan teruskan tandatangani ajukan berikan
    """
)

# How people and offices are called at the head of a sentence.
_ACTORS = _listed(
    """
    admin anggota asisten atasan badan bagian bendahara bidang bupati camat dinas direktur disdukcapil diskominfo dinsos
    gubernur inspektorat instansi jabatan kabag kabid kadis kasi kasubag kasubbag kasubbid kecamatan kelurahan kepala
    ketua koordinator lurah masyarakat menteri opd operator panitia pegawai pejabat pelaksana pelapor pemohon pemeriksa
    pengadu pengelola penanggung pengguna petugas pihak pimpinan ppid sekda sekretariat sekretaris seksi skpd staf staff
    subbagian tamu tim unit verifikator wakil wali walikota warga
    """
)


def letters(text: str) -> str:
    """Return the text as it is compared: small letters and digits, single blanks."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def starts_with_verb(text: str) -> bool:
    """Whether the first word looks like a verb."""
    found = re.match(r"[\W\d_]*([^\W\d_]+(?:-[^\W\d_]+)*)", text.casefold())
    if not found:
        return False
    word = found.group(1)
    if word in _BARE_VERBS or _HYPHENED.fullmatch(word):
        return True
    return word not in _NO_VERBS and bool(_VERB.match(word))


def actor_at_start(text: str, labels: tuple[str, ...]) -> str:
    """Return with which of the performers, or with what other actor, the text begins; "" with none."""
    plain = letters(text)
    names = {name: letters(name) for label in labels for name in [label, *_parts(label)]}
    for name, looked_for in sorted(names.items(), key=lambda pair: -len(pair[1])):
        if looked_for and f"{plain} ".startswith(f"{looked_for} "):
            return name
    first = text.split()[0].strip(".,:;()«»\"'") if text.split() else ""
    return first if first.casefold() in _ACTORS else ""


def _parts(label: str) -> list[str]:
    """Return the other names within a label: «PPID Pendukung (OPD)», «Petugas Informasi /Operator PPID»."""
    return [part.strip() for part in re.split(r"[/()]", label) if part.strip()]
