"""How what a system runs begins, and which endings it runs when such a file is opened."""

import re

PROGRAMS = re.compile(
    rb"MZ.{0,61}\x00|\x7fELF|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]|#!\s*/"
    rb"|L\x00\x00\x00\x01\x14\x02\x00",
    re.DOTALL,
)
RUN_BY_ENDING = frozenset(
    ("bat", "chm", "cmd", "com", "cpl", "dll", "exe", "hta", "jar", "js", "jse", "lnk", "msi", "pif", "ps1", "psm1")
    + ("reg", "scf", "scr", "vbe", "vbs", "wsf", "wsh")
)
