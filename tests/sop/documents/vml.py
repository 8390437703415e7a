"""A document as Word 2007 wrote it: its shapes in VML alone."""

import re
import zipfile
from pathlib import Path

_ALTERNATIVES = re.compile(r"<mc:AlternateContent>.*?<mc:Fallback>(.*?)</mc:Fallback></mc:AlternateContent>", re.DOTALL)


def only_vml(source: Path, target: Path) -> None:
    """Copy a document, keeping of each shape only the fallback."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "word/document.xml":
                data = _ALTERNATIVES.sub(r"\1", data.decode()).encode()
            new.writestr(member.filename, data)
