"""``python -m tests.sop.documents``: write the test documents anew, in the shapes that offices use.

Needs LibreOffice (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui); the tests need only the files beside this.
"""

import subprocess
import tempfile
from pathlib import Path

from tests.sop.documents import flat, pages
from tests.sop.documents.vml import only_vml

HERE = Path(__file__).parent
# Flat OpenDocument and HTML → what LibreOffice's own filters are called.
FILTERS = {"docx": "docx:Office Open XML Text", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
IMPORTS = {("html", "docx"): ["--infilter=HTML (StarWriter)"], ("html", "xlsx"): ["--infilter=HTML (StarCalc)"]}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**pages.DOCUMENTS, **flat.DOCUMENTS}.items():
            wanted, source = name.rsplit(".", 1)[1], "html" if name in pages.DOCUMENTS else "fodt"
            source = "fods" if source == "fodt" and wanted == "xlsx" else source
            path = Path(folder) / f"{name.rsplit('.', 1)[0]}.{source}"
            path.write_text(text, encoding="utf-8")
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
            command += [
                *IMPORTS.get((source, wanted), []),
                "--convert-to",
                FILTERS[wanted],
                "--outdir",
                str(HERE),
                path,
            ]
            subprocess.run(command, check=True, capture_output=True)
            print(name)
    only_vml(HERE / "bentuk-melayang.docx", HERE / "bentuk-vml.docx")


main()
