"""«Dengarkan»: what a reader meets whose device has no voice, one of its own, or only one that sends the text away."""

import pytest
from playwright.sync_api import Page, expect

from tests import make

pytestmark = pytest.mark.e2e

# A device that speaks as fast as it is told, and writes down what it says; ``VOICES`` is put in.
_DEVICE = """
    const said = [], waiting = [];
    window.said = said;
    class Utterance { constructor(text) { this.text = text; } }
    window.SpeechSynthesisUtterance = Utterance;
    Object.defineProperty(window, "speechSynthesis", { value: {
        getVoices: () => VOICES,
        addEventListener() {},
        speak(words) { said.push(words.text); waiting.push(words); },
        cancel() { waiting.length = 0; },
    } });
    window.finishOne = () => waiting.shift()?.onend();
"""
LOCAL = '[{name: "Andika", lang: "id-ID", localService: true}]'
REMOTE = '[{name: "Jauh", lang: "id-ID", localService: false}, {name: "Sam", lang: "en-US", localService: true}]'


@pytest.fixture(scope="module")
def item(portal) -> str:
    """Publish an item; return its address."""
    case = make.publication(at="published", title="Laporan bantuan sosial")
    return f"{portal}/informasi/{case.information.number}/"


@pytest.fixture
def page(browser):
    page = browser.new_page(locale="id-ID")
    page.failures = []
    page.on("pageerror", lambda error: page.failures.append(str(error)))
    yield page
    assert page.failures == []
    page.close()


def with_voices(page: Page, voices: str) -> None:
    page.add_init_script(_DEVICE.replace("VOICES", voices))


def test_a_device_without_a_voice_is_told_where_to_get_one(page, item):
    page.goto(item)
    start = page.get_by_role("button", name="Dengarkan")
    expect(start).to_be_visible()
    start.click()
    expect(page.locator("[data-listen] [role=status]")).to_contain_text("belum punya suara bahasa Indonesia")
    expect(start).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("button", name="Jeda")).to_be_hidden()


def test_a_voice_that_sends_the_text_away_is_not_used(page, item):
    with_voices(page, REMOTE)
    page.goto(item)
    page.get_by_role("button", name="Dengarkan").click()
    expect(page.locator("[data-listen] [role=status]")).to_contain_text("belum punya suara bahasa Indonesia")
    assert page.evaluate("said") == []


def test_a_browser_that_cannot_speak_shows_no_button(page, item):
    page.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    page.goto(item)
    expect(page.locator("[data-listen]")).to_be_hidden()


@pytest.mark.parametrize("kind", ["", "pengumuman/"])
def test_it_is_read_paused_gone_on_with_and_stopped_by_keyboard(page, item, kind):
    with_voices(page, LOCAL)
    page.goto(item + kind)
    start, stop = (page.get_by_role("button", name=name) for name in ("Dengarkan", "Berhenti"))
    start.focus()
    page.keyboard.press("Enter")
    status = page.locator("[data-listen] [role=status]")
    expect(status).to_have_text("Sedang dibacakan.")
    pause = page.get_by_role("button", name="Jeda")
    expect(pause).to_be_focused()
    expect(start).to_be_hidden()
    page.evaluate("finishOne()")
    second = page.evaluate("said.at(-1)")
    page.keyboard.press("Space")
    expect(status).to_have_text("Dijeda.")
    go_on = page.get_by_role("button", name="Lanjutkan")
    expect(go_on).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Space")
    expect(status).to_have_text("Sedang dibacakan.")
    assert page.evaluate("said.at(-1)") == second, "it goes on where it paused"
    expect(stop).to_be_visible()
    page.keyboard.press("Escape")
    expect(status).to_have_text("Dihentikan.")
    expect(start).to_be_focused()


def test_it_reads_the_title_and_the_summary_to_the_end_and_says_so(page, item):
    with_voices(page, LOCAL)
    page.goto(item)
    page.get_by_role("button", name="Dengarkan").click()
    status = page.locator("[data-listen] [role=status]")
    expect(status).to_have_text("Sedang dibacakan.")
    for _ in range(200):
        page.evaluate("finishOne()")
    expect(status).to_have_text("Selesai dibacakan.")
    said = page.evaluate("said")
    assert said[0] == "Laporan bantuan sosial"
    assert any("Ringkasan isi" in each for each in said)
    assert max(map(len, said)) <= 201
    expect(page.get_by_role("button", name="Dengarkan")).to_be_visible()
