"""The markup of the office's pages: what each mark becomes, and that nothing becomes a tag that is not ours."""

import re
import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from ppid.web.markup import bad_links, draw, is_safe, plain


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Satu\n\nDua", "<p>Satu</p><p>Dua</p>"),
        ("Satu\nDua", "<p>Satu<br>Dua</p>"),
        ("# Judul", "<h2>Judul</h2>"),
        ("## Judul", "<h2>Judul</h2>"),
        ("### Judul", "<h3>Judul</h3>"),
        ("#### Judul", "<h4>Judul</h4>"),
        ("###### Judul", "<h4>Judul</h4>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("**a** *b*", "<p><strong>a</strong> <em>b</em></p>"),
        ("[a](/sop/)", '<p><a href="/sop/">a</a></p>'),
        ("[a](https://x.example/?b=1&c=2)", '<p><a href="https://x.example/?b=1&amp;c=2">a</a></p>'),
        ("[**a**](mailto:a@b.example)", '<p><a href="mailto:a@b.example"><strong>a</strong></a></p>'),
        (r"\*a\*", "<p>*a*</p>"),
        ("<b>a</b> & <!-- x -->", "<p>&lt;b&gt;a&lt;/b&gt; &amp; &lt;!-- x --&gt;</p>"),
        ("`kode`", "<p>`kode`</p>"),
        ("> kutipan", "<p>&gt; kutipan</p>"),
        ("![a](/b.png)", '<p>!<a href="/b.png">a</a></p>'),
        ("[a](javascript:alert(1))", "<p>a</p>"),
        ('[a](/b "judul")', '<p><a href="/b">a</a></p>'),
        ("", ""),
    ],
)
def test_what_each_mark_becomes(text, html):
    assert draw(text) == html


def test_a_table_has_its_heads_and_can_be_reached_by_keyboard():
    page = BeautifulSoup(draw("| Hari | Jam |\n|---|---|\n| Senin | 8 |\n| | <i> |"), "html.parser")
    assert page.div.attrs == {"class": ["written__scroll"], "tabindex": "0", "role": "group", "aria-label": "Tabel"}
    assert [(th["scope"], th.text) for th in page.select("thead th")] == [("col", "Hari"), ("col", "Jam")]
    assert [[td.text for td in tr.select("td")] for tr in page.select("tbody tr")] == [["Senin", "8"], ["", "<i>"]]


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/", True),
        ("/dip/?q=a", True),
        ("https://ppid.example/a", True),
        ("http://ppid.example", True),
        ("mailto:a@b.example", True),
        ("tel:+62561000000", True),
        ("//jahat.example", False),
        ("/\\jahat.example", False),
        ("javascript:alert(1)", False),
        ("JaVaScript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("vbscript:x", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https:", False),
        ("https://[", False),
        ("mailto:", False),
        ("halaman/", False),
        ("#a", False),
        ("", False),
        ("/" + "a" * 1000, False),
    ],
)
def test_where_a_link_may_lead(address, safe):
    assert is_safe(address) is safe


def test_links_that_lead_nowhere_are_named():
    assert bad_links("[a](javascript:x) [b](/ok/) [c](&#106;avascript:y) [d](//e)") == [
        "javascript:x",
        "javascript:y",
        "//e",
    ]


def test_the_words_alone_a_line_for_each_part():
    assert plain("## Judul\n\n- a **b** [c](/d)\n- e\n\nf\ng") == "Judul\na b c\ne\nf\ng"


OURS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br"),
    *("div", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope"},
    "div": {"class", "tabindex", "role", "aria-label"},
}
MARKS = st.lists(
    st.sampled_from(
        [
            *(
                "[",
                "]",
                "(",
                ")",
                "*",
                "**",
                "_",
                "`",
                "#",
                "- ",
                "1. ",
                "|",
                "|-|",
                "\n",
                "\n\n",
                "    ",
                "\\",
                "<",
                ">",
            ),
            *(
                "a",
                "<script>",
                "</p>",
                "&lt;",
                "&#60;",
                '"',
                "'",
                "javascript:",
                "https://x.example",
                "/sop/",
                "![",
                "](",
            ),
            *("<a href=x>", "onclick=", "\t", "0", "éà", "\u202e", "\x00"),
        ]
    )
).map("".join)


@given(MARKS | st.text())
@example("[a](<javascript:x>)")
@example('[a](/"onmouseover=x)')
@example("[a]( /sop/ )")
@example("[<b>](/x)")
def test_no_tag_and_no_attribute_but_ours_whatever_is_typed(text):
    html = draw(text)
    for tag, attributes in re.findall(r"<\s*/?\s*([^\s>/]+)([^>]*)>", html):
        assert tag in OURS, html
        names = set(re.findall(r'\s([a-z-]+)="[^"<>]*"', attributes))
        assert names <= ATTRIBUTES.get(tag, set()), html
        assert not re.sub(r'\s[a-z-]+="[^"<>]*"', "", attributes).strip(), html
    page = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in page.find_all()} <= OURS
    assert all(is_safe(link["href"]) for link in page.find_all("a"))
    assert str(plain(text)) is not None


NESTED = {
    "brackets": "[" * 10_000,
    "closed brackets": "[" * 5000 + "]" * 5000,
    "links in links": "[a](" * 2500,
    "emphasis": "*" * 10_000,
    "mixed emphasis": "*a_ " * 2500,
    "bold that never ends": "**a " * 2500,
    "quotes": "> " * 5000,
    "lists in lists": "- " * 5000,
    "deeper and deeper": "".join(" " * (2 * n) + "- a\n" for n in range(95)),
    "a wide table": "|a" * 2500 + "\n" + "|-" * 2500,
    "a long table": "|a|\n|-|\n" + "|b|\n" * 3000,
    "numbers": "1. " * 3000,
    "backslashes": "\\" * 10_000,
    "titles": '[a](b "' * 1400,
    "headings": "# " * 5000,
    "one word": "a" * 20_000,
    "lines": "a\n" * 10_000,
}


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_a_text_made_to_be_slow_is_answered_at_once(text):
    began = time.process_time()
    draw(text)
    plain(text)
    bad_links(text)
    assert time.process_time() - began < 2.0
