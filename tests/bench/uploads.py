"""What the upload door takes of memory over an idle process, for the files that would like it to take most."""

import os
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.bench.measure import Figure, grown
from tests.compound_files import word
from tests.make_pdf import pdf
from tests.office_packages import archive, office, open_document

_LARGE = 50 * 1024 * 1024  # bytes, the most that is taken


def figures(databases) -> list[Figure]:
    """Return the door's worst peak, and of which file."""
    with tempfile.TemporaryDirectory() as folder:
        peaks = {}
        for name, content in FILES.items():
            path = Path(folder, name)
            path.write_bytes(content())
            peaks[name] = peak(path)
            path.unlink()
    worst = max(peaks, key=peaks.get)
    return [Figure(f"upload door, over idle, worst of {len(peaks)} files ({worst})", peaks[worst], "MB", 60)]


def peak(path: Path) -> float:
    """Return by how many MB a fresh process grows at most while it recognises the file."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.uploads", str(path)], capture_output=True, text=True, check=True
    )
    return float(told.stdout.split()[-1])


def _two_gigabytes_of_mimetype() -> bytes:
    """Return a file of 2 MB whose member unpacks to 2 GB and whose directory owns up to 100 bytes of it."""
    packer, packed = zlib.compressobj(9, wbits=-15), []
    for _ in range(2000):
        packed.append(packer.compress(bytes(1 << 20)))
    data = b"".join([*packed, packer.flush()])
    sizes = len(data).to_bytes(4, "little") + (100).to_bytes(4, "little")
    common = bytes.fromhex("14000000080000002100") + bytes(4) + sizes
    local = b"PK\x03\x04" + common + (8).to_bytes(2, "little") + bytes(2) + b"mimetype"
    entry = b"PK\x01\x02\x14\x00" + common + (8).to_bytes(2, "little") + bytes(16) + b"mimetype"
    place = len(local) + len(data)
    end = (
        b"PK\x05\x06" + bytes(4) + b"\x01\x00\x01\x00" + len(entry).to_bytes(4, "little") + place.to_bytes(4, "little")
    )
    return local + data + entry + end + b"\x00\x00"


def _nothing_but_directory() -> bytes:
    """Return a ZIP of 50 MB that lists a million members."""
    entry = b"PK\x01\x02" + bytes(24) + b"\x02\x00" + bytes(16) + b"ab"
    entries = entry * (_LARGE // len(entry))
    end = b"PK\x05\x06" + bytes(8) + len(entries).to_bytes(4, "little") + bytes(6)
    return entries + end


def _compound_directory() -> bytes:
    """Return an OLE2 file of 50 MB that is nothing but directory."""
    sound = bytearray(word())
    sectors = (_LARGE - 512) // 512
    fat_sectors = -(-sectors // 128) + 1
    chain = b"".join((n + 1).to_bytes(4, "little") for n in range(fat_sectors, sectors - 1)) + b"\xfe\xff\xff\xff"
    fat = (b"\xfd\xff\xff\xff" * fat_sectors + chain).ljust(fat_sectors * 512, b"\xff")
    header = sound[:48] + fat_sectors.to_bytes(4, "little") + sound[52:76]
    header += b"".join(n.to_bytes(4, "little") for n in range(min(109, fat_sectors)))
    entry = bytes(sound[1024 + 128 : 1024 + 256])
    return bytes(header.ljust(512, b"\xff")) + fat + entry * ((sectors - fat_sectors) * 4)


FILES: dict[str, Callable[[], bytes]] = {
    "a mimetype of 2 GB.odt": _two_gigabytes_of_mimetype,
    "a million members.zip": _nothing_but_directory,
    "nothing but directory.doc": _compound_directory,
    "a million content types.docx": lambda: archive({"[Content_Types].xml": b"<a>" + b"<a/>" * 1_000_000}, packed=True),
    "long content types.docx": lambda: archive({"[Content_Types].xml": b"<a>" + b"<b c='d'/>" * 49_000 + b"</a>"}),
    "large parts.docx": lambda: office("docx", main="word/document.xml", parts={"word/media/1.png": "x" * 45_000_000}),
    "large manifest.odt": lambda: open_document("text", **{"META-INF__manifest.xml": b" " * 40_000_000}),
    "packed objects.pdf": lambda: pdf(packed=bytes(200_000_000)),
    "noise.pdf": lambda: pdf(os.urandom(_LARGE - 1000)),
    "noise.png": lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + os.urandom(_LARGE - 100),
    "lines.csv": lambda: b"Pontianak;12\n" * (_LARGE // 13),
    "one line.csv": lambda: b"a" * _LARGE,
    "many members.zip": lambda: archive([f"data/{n}.txt" for n in range(10_000)]),
}


def _recognise(path: str) -> float:
    from ppid.information.media_types import UploadRefused, recognise

    def look() -> None:
        with open(path, "rb") as file:
            try:
                print(recognise(file, path).title)
            except UploadRefused as refusal:
                print(refusal)

    return grown(look)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.settings")
    os.environ.setdefault("DATABASE_URL", "postgresql:///none")
    os.environ.setdefault("PPID_DEMO", "1")
    django.setup()
    print(_recognise(sys.argv[1]))
