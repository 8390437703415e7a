"""Somebody at a browser: goes to pages, presses what stands there, and has every page looked at on the way."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import Browser, Page, expect

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP, PHONE = 1280, 390

# What differs between two pages of one structure: digits, the CSRF token.
_WORDS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|\d+')
_JUDGED: set[tuple] = set()
# The cookies with which each person was let in last; another database knows nothing of them.
_SESSIONS: dict[str, list] = {}


@contextmanager
def without_script(browser: Browser, base: str, who: str) -> Iterator[Page]:
    """Give the page of somebody who has signed in with a browser that runs no script."""
    with browser.new_context(java_script_enabled=False) as plain:
        page = plain.new_page()
        page.goto(f"{base}/meja/")
        page.get_by_label("Surel").fill(f"{who}@demo.example")
        page.get_by_label("Kata sandi", exact=False).first.fill(settings.DEMO_PASSWORD)
        page.get_by_role("button", name="Masuk", exact=True).click()
        yield page


class Visit:
    """A person's browser. ``who`` signs in as that person of the demo; without, it is a visitor.

    Every page that it comes to must be free of violations of WCAG 2.2 AA, of messages in the console (the Content
    Security Policy speaks there), and of anything that runs out of the page sideways.
    """

    def __init__(self, browser: Browser, base: str, who: str = "", *, width: int = DESKTOP):
        self.base = base
        self.context = browser.new_context(viewport={"width": width, "height": 900}, locale="id-ID")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.said: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("response", self._receive)
        if who:
            self.sign_in(who)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def sign_in(self, who: str) -> None:
        """Come to the inbox: through the form, or with the session that this person's last browser still has there."""
        self.context.add_cookies(_SESSIONS.get(who, []))
        self.go("/meja/")
        if self.page.get_by_label("Surel").count():
            self._fill_in_the_door(who)
            _SESSIONS[who] = self.context.cookies()
        expect(self.page.get_by_role("heading", name="Menunggu Anda", exact=True)).to_be_visible()

    def _fill_in_the_door(self, who: str) -> None:
        self.page.get_by_label("Surel").fill(f"{who}@demo.example")
        self.page.get_by_label("Kata sandi", exact=False).first.fill(settings.DEMO_PASSWORD)
        self.press("Masuk")

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.look()

    def press(self, name: str) -> None:
        """Press the button of this name, and look at the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()
        self.look()

    def press_here(self, name: str) -> None:
        """Press the button of this name, which leads nowhere else."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str | re.Pattern) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()
        self.look()

    def decide(self, choose: str = "") -> None:
        """From a case's page to its decision screen; choose a class, where one is asked for, and approve."""
        self.follow("Baca dan putuskan")
        if choose:
            self.page.locator(f"[name=category][value={choose}]").check()
        with self.page.expect_navigation():
            self.page.locator(".actbar .btn-primary").click()
        self.look()
        self.sees("Dapat diurungkan sampai")

    def be_sure(self) -> None:
        """Say yes to what can't be undone."""
        self.sees("Putusan ini tidak dapat diurungkan.")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=re.compile("^Ya, ")).click()
        self.look()

    def fill(self, **fields: str) -> None:
        """Type into fields by their form name."""
        for name, value in fields.items():
            self.page.locator(f"[name='{name}']").first.fill(value)

    def sees(self, text: str | re.Pattern) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def look(self) -> None:
        self.page.wait_for_load_state()  # between two pages there is nothing to measure
        address = urlsplit(self.page.url).path
        width = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{address} runs out of the page by {width} px"
        if self._is_new():
            self._judge(address)
        assert not self.said, f"{address}: {self.said}"

    def _is_new(self) -> bool:
        """Whether no page of this structure was judged yet in this size and scheme; words don't matter to the rules."""
        structure = _WORDS.sub("", self.page.content())
        dark = self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        key = (hash(structure), self.page.viewport_size["width"], dark)
        return key not in _JUDGED and not _JUDGED.add(key)

    def _judge(self, address: str) -> None:
        """Let axe look at the page, at its foot: a bar that stays in reach covers something wherever else one is."""
        self.page.evaluate(AXE)
        self.page.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(document, options)", options)["violations"]
        self.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        told = [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
        assert not told, f"{address}: {told}"

    def _hear(self, message) -> None:
        # A page that refuses something answers 4xx on purpose; _receive() watches what belongs to a page.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.said.append(message.text)

    def _receive(self, response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= (500 if is_page else 400):
            self.said.append(f"{response.status} {response.url}")
