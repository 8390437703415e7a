"""Every page of the portal, also tomorrow's, for everyone: by keyboard, narrow, enlarged, in forced colours, on paper.

The pages come from the addresses themselves (``tests/portal/addresses.py``), so a new one is looked at by itself.
"""

import pytest

from tests.e2e.visit import DESKTOP, PHONE, Visit
from tests.portal import shelf_rows
from tests.portal.addresses import PAGES, every_address

pytestmark = pytest.mark.e2e

LONG = "Pertanggungjawaban-pelaksanaan-anggaran pendapatan dan belanja daerah Kecamatan Pontianak Tenggara"
IN_MOTION = """
    () => [...document.querySelectorAll('*')].filter(each => {
        const style = getComputedStyle(each);
        return [style.animationDuration, style.transitionDuration].some(said => parseFloat(said) > 0.01);
    }).map(each => each.outerHTML.slice(0, 120))
"""
OVER_THE_EDGE = """
    () => [...document.querySelectorAll('body *')].filter(each =>
        each.getBoundingClientRect().right > document.documentElement.clientWidth
    ).map(each => each.outerHTML.slice(0, 120))
"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What a person with a keyboard sees of where they are.
FOCUS = """
    () => {
        const focused = document.activeElement, style = getComputedStyle(focused);
        const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        const box = focused.getBoundingClientRect();
        return {
            name: focused.outerHTML.slice(0, 120), is_body: focused === document.body,
            is_seen: shown || style.boxShadow !== 'none', has_room: box.width > 0 && box.height > 0,
        };
    }
"""
ON_PAPER = """
    () => ({
        words: document.querySelector('main').innerText.trim().length,
        menus: [...document.querySelectorAll('nav, form, .skip, .actbar')]
            .filter(each => each.offsetParent !== null && getComputedStyle(each).position !== 'static')
            .map(each => each.outerHTML.slice(0, 120)),
    })
"""


@pytest.fixture(scope="module")
def addresses(portal) -> dict[str, str]:
    """Something of everything on the shelf; returns the address of each page."""
    item = shelf_rows.everything(title=LONG)
    shelf_rows.dik(information=LONG)
    every = every_address(item)
    return {name: every[name] for name in PAGES}


@pytest.fixture
def reader(browser, portal):
    with Visit(browser, portal) as reader:
        yield reader


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everyone(reader, addresses, name):
    page, address = reader.page, addresses[name]
    page.emulate_media(media="screen", reduced_motion="no-preference", forced_colors="none")
    for scheme, width in (("light", DESKTOP), ("light", PHONE), ("dark", PHONE)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        reader.go(address)  # axe looks, and nothing runs out of the page

    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert page.evaluate(IN_MOTION) == [], "moves although the reader asked for rest"

    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(SIDEWAYS) <= 0, f"runs out of a page of 320 px: {page.evaluate(OVER_THE_EDGE)}"
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(SIDEWAYS) <= 0, f"letters twice as large run out: {page.evaluate(OVER_THE_EDGE)}"
    page.evaluate("document.documentElement.style.fontSize = ''")

    page.emulate_media(forced_colors="active")
    _walk_by_keyboard(page)
    page.emulate_media(forced_colors="none", media="print")
    paper = page.evaluate(ON_PAPER)
    assert paper["words"] > 30, "nothing to read on paper"
    assert paper["menus"] == [], "a menu lies over the paper"


def _walk_by_keyboard(page) -> None:
    """Come by Tab from the skip link on; each stop is seen, and none is a trap."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert "skip" in page.evaluate("document.activeElement.className"), "the first stop leads to the content"
    for _ in range(25):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["is_body"]:
            return
        assert stop["has_room"], f"focus goes where nothing is: {stop['name']}"
        assert stop["is_seen"], f"focus is not seen: {stop['name']}"


def test_the_skip_link_leads_to_the_content(browser, portal):
    with Visit(browser, portal) as reader:
        reader.go("/glosarium/")
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.press("Enter")
        reader.page.wait_for_url("**/#isi")
        assert reader.page.evaluate("document.activeElement.id") == "isi"


def test_the_search_is_in_reach_everywhere(browser, portal, addresses):
    with Visit(browser, portal) as reader:
        page = reader.page
        reader.go("/dip/")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "cari-atas"
        page.keyboard.type("pert")
        page.locator("header .suggestions a").first.wait_for()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.closest('.suggestions') !== null")
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")
        page.wait_for_url("**/cari/?q=pert")
    with Visit(browser, portal, width=PHONE) as reader:
        page = reader.page
        for width in (PHONE, 320):
            page.set_viewport_size({"width": width, "height": 640})
            reader.go("/dip/")
            assert page.locator(".city__bar").bounding_box()["height"] < 80, "the header is one row"
            page.get_by_role("link", name="Cari informasi publik").click()
            page.wait_for_url("**/cari/#cari")
            assert page.evaluate("document.activeElement.id") == "cari"
