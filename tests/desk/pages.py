"""Reading a page as a person does."""

from bs4 import BeautifulSoup


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text(response) -> str:
    """Return the words of the page's main part, with single spaces."""
    return " ".join(soup(response).find("main").get_text(" ").split())


def fields(response, action: str | None = None) -> dict[str, str]:
    """Return what the form that posts to ``action`` would send as it stands; None: the form of the page itself."""
    form = soup(response).find("form", action=action) if action else soup(response).main.find("form", action=False)
    assert form is not None, f"no form for {action}"
    sent = {}
    for field in form.find_all(["input", "select", "textarea"]):
        if field.name == "select":
            chosen = field.find("option", selected=True)
            sent[field["name"]] = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            sent[field["name"]] = field.text.lstrip("\n")
        elif field.get("type") in ("radio", "checkbox"):
            if field.has_attr("checked"):
                sent[field["name"]] = field.get("value", "on")
        elif field.get("type") != "file":
            sent[field["name"]] = field.get("value", "")
    return sent


def error_links(response) -> list[str]:
    """Return where the error summary leads, each proved to be there."""
    page = soup(response)
    links = [link["href"] for link in page.select(".errors a")]
    for link in links:
        assert page.find(id=link.removeprefix("#")), f"{link} leads nowhere"
    return links
