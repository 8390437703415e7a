"""Goes through nginx by TLS, as people do."""

import http.cookiejar
import re
import ssl
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

HOST = "ppid.contoh.go.id"
CHIEF, FIRST, OWN = "kepala@contoh.go.id", "sandi-pertama-yang-panjang", "kapuas mengalir ke laut"


class Browser:
    """A browser that trusts this one certificate and keeps cookies."""

    def __init__(self, certificate: Path = Path("/etc/ssl/ppid/sertifikat.pem")):
        context = ssl.create_default_context(cafile=certificate)
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), jar)

    def get(self, path: str, **typed: str) -> tuple[int, str, str]:
        """Return status, address and text of the page; with ``typed`` its form is sent."""
        data = urllib.parse.urlencode(typed).encode() if typed else None
        request = urllib.request.Request(f"https://{HOST}{path}", data, {"Referer": f"https://{HOST}{path}"})
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, urllib.parse.urlsplit(answer.url).path, answer.read().decode(errors="replace")

    def send(self, path: str, **typed: str) -> tuple[int, str, str]:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path)[2])[1]
        return self.get(path, csrfmiddlewaretoken=token, **typed)

    def enter_first(self, email: str) -> tuple[int, str]:
        """Sign in by the first password and choose one's own; return where the first led to."""
        status, path, _ = self.send("/meja/akun/masuk/", login=email, password=FIRST)
        self.send("/meja/akun/kata-sandi/", oldpassword=FIRST, password1=OWN, password2=OWN)
        return status, path
