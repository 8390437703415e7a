"""How much of an archive is unpacked: members, bytes together and each, times its size; all inner ones together."""

import io

import pytest

from ppid.web import active_content, archives
from ppid.web.archives import Archive, ArchiveRefused, Bounds, Package
from tests.office_packages import archive, office

KB = 1024


def opened(content: bytes, **bounds: int) -> Archive:
    return Archive(io.BytesIO(content), bounds_of(**bounds))


def bounds_of(**bounds: int) -> Bounds:
    return Bounds(**{"members": 3, "unpacked": 100 * KB, "member": 60 * KB, "times": 10, "small": 50 * KB} | bounds)


def refusal(content: bytes, **bounds: int) -> str:
    with pytest.raises(ArchiveRefused) as refused:
        opened(content, **bounds)
    return str(refused.value)


def test_so_many_members_and_no_more():
    assert opened(archive(["a", "b", "c"]))
    assert refusal(archive(["a", "b", "c", "d"])) == archives.BLOATED


def test_so_many_bytes_together_and_no_more():
    assert opened(archive({"a": bytes(50 * KB), "b": bytes(50 * KB)}))
    assert refusal(archive({"a": bytes(50 * KB), "b": bytes(50 * KB + 1)})) == archives.BLOATED


def test_so_many_bytes_of_a_member_and_no_more():
    assert opened(archive({"a": bytes(60 * KB)}))
    assert refusal(archive({"a": bytes(60 * KB + 1)})) == archives.BLOATED


def test_what_swells_is_refused_and_a_short_text_may():
    assert opened(archive({"a": bytes(50 * KB)}, packed=True))
    assert refusal(archive({"a": bytes(51 * KB)}, packed=True)) == archives.BLOATED


def test_what_is_read_again_and_again_is_counted_together():
    one = opened(archive({"a": bytes(60 * KB)}))
    one.read("a")
    with pytest.raises(ArchiveRefused, match="membengkak"):
        one.read("a")


def test_the_xml_of_a_package_has_a_bound_of_its_own():
    content = office("docx", main="word/document.xml", content="<x/>" + " " * 2 * KB)
    package = Package(io.BytesIO(content), bounds_of(members=9), xml_most=2 * KB)
    with pytest.raises(ArchiveRefused, match="membengkak"):
        package.read("word/document.xml")


def test_archives_inside_an_archive_are_counted_together():
    """Each alone is within the bounds; what they unpack to together is not."""
    inner = archive({"a": bytes(40 * KB)}, packed=True)
    names = ("1.zip", "2.zip", "3.zip")
    for many, is_taken in ((2, True), (3, False)):
        outer = opened(archive(dict.fromkeys(names[:many], inner)))
        if is_taken:
            active_content.refuse_active(outer, bounds_of())
        else:
            with pytest.raises(ArchiveRefused, match="membengkak"):
                active_content.refuse_active(outer, bounds_of())
