"""An auditor's link: secret, read-only, written down each time, and at an end on its day."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ppid.flows.models import Case
from ppid.proof.giving import (
    LinkEnded,
    LinkRefused,
    LinkUnknown,
    after_working_days,
    end_of,
    give,
    link_of,
    revoke,
    use,
)
from ppid.proof.links import AuditorLink, AuditorUse, LinkedCase
from ppid.web.refusals import Forbidden
from tests import make
from tests.desk.conftest import sign_in  # noqa: F401 - a fixture
from tests.desk.pages import text

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


def given(*cases: Case, **fields):
    said = {
        "for_whom": "Inspektorat",
        "purpose": "Surat 12/2026",
        "ends_at": NOW + 10 * DAY,
        "actor": make.demo("utama"),
    }
    return give(cases or [make.publication(at="coordinating")], **said | {"at": NOW} | fields)


def test_of_the_secret_nothing_is_kept_but_its_hash():
    link, secret = given()
    assert len(secret) >= 43
    assert link.secret_sha256 == hashlib.sha256(secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(l)::text FROM proof_auditorlink l")
        assert secret not in cursor.fetchone()[0]
    assert given()[1] != secret


@pytest.mark.parametrize("who", ["bidang", "operator", "dinsos", "atasan", "pengelola"])
def test_only_the_chief_gives_and_revokes(who):
    with pytest.raises(Forbidden, match="dibuat dan dicabut PPID Utama"):
        given(actor=make.demo(who))
    link, _ = given()
    with pytest.raises(Forbidden):
        revoke(link, actor=make.demo(who))
    with pytest.raises(DatabaseError, match="given by PPID Utama"):
        make.twin(link, secret_sha256="0" * 64, made_by=make.demo(who))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"for_whom": "  "}, "Tuliskan untuk siapa"),
        ({"purpose": ""}, "Tuliskan keperluannya"),
        ({"ends_at": NOW}, "Pilih hari berakhir sesudah hari ini"),
        ({"ends_at": NOW + 367 * DAY}, "paling lama satu tahun"),
    ],
)
def test_what_is_missing_is_said(fields, sentence):
    with pytest.raises(LinkRefused, match=sentence):
        given(**fields)


def test_a_link_needs_a_case():
    with pytest.raises(LinkRefused, match="Pilih paling sedikit satu proses"):
        give([], for_whom="x", purpose="x", ends_at=NOW + DAY, actor=make.demo("utama"))


def test_a_link_holds_fifty_cases_and_lasts_a_leap_year_at_most():
    case = make.publication(at="coordinating")
    with pytest.raises(LinkRefused, match="paling banyak 50 proses"):
        given(*[case] * 51)
    assert given(case, ends_at=NOW + 366 * DAY)[0].ends_at == NOW + 366 * DAY


def test_no_case_comes_to_a_link_that_was_used():
    link, secret = given()
    use(secret, "opened", at=NOW)
    with pytest.raises(DatabaseError, match="the cases of a link come with it"):
        LinkedCase.objects.create(link=link, case=make.publication())


def test_what_is_excluded_needs_a_reason_of_its_own():
    secret = make.adopted()
    with pytest.raises(LinkRefused, match=f"Proses {secret.number} memuat informasi yang dikecualikan"):
        given(secret)
    now = timezone.now()
    link, address = given(secret, exclusions_because="Kewenangan Komisi Informasi.", at=now)
    assert use(address, "pdf", number=secret.number, at=now)[1] == secret
    plain, _ = given()
    with pytest.raises(DatabaseError, match="what is excluded with a reason of its own"):
        LinkedCase.objects.create(link=plain, case=secret)


def test_a_reason_for_nothing_excluded_is_not_kept():
    assert given(exclusions_because="Tidak perlu.")[0].exclusions_because == ""


def test_what_came_to_be_excluded_since_is_hidden():
    case = make.publication(at="clarifying")
    _, secret = given(case)
    make.step(case, "divert", actor="utama", note="Ternyata rahasia.")
    with pytest.raises(LinkEnded, match="diproses untuk dikecualikan"):
        use(secret, "pdf", number=case.number, at=NOW)
    answer = Client().post(reverse("desk:auditor", args=[secret]))
    assert case.information.title not in answer.content.decode()
    assert "tidak ditunjukkan" in text(answer)


def test_a_reason_opens_only_what_was_excluded_when_it_was_given():
    known, later, now = make.adopted(), make.publication(at="clarifying", title="Yang belakangan"), timezone.now()
    _, secret = given(known, later, exclusions_because="Kewenangan Komisi Informasi.", at=now)
    assert use(secret, "pdf", number=later.number, at=now)[1] == later
    make.step(later, "divert", actor="utama", note="Ternyata rahasia.")
    with pytest.raises(LinkEnded, match="diproses untuk dikecualikan"):
        use(secret, "pdf", number=later.number, at=now)
    assert use(secret, "pdf", number=known.number, at=now)[1] == known
    answer = Client().post(reverse("desk:auditor", args=[secret]))
    assert "Yang belakangan" not in answer.content.decode()
    assert known.number in text(answer)


def test_it_ends_by_working_days_or_by_a_day():
    at = timezone.make_aware(timezone.datetime(2026, 3, 12, 9))
    assert timezone.localdate(after_working_days(10, at=at)).isoformat() == "2026-04-02"
    assert timezone.localtime(end_of(timezone.localdate(at))).isoformat() == "2026-03-13T00:00:00+07:00"


def test_each_use_is_a_row_until_it_ends():
    case = make.publication(at="coordinating")
    link, secret = given(case)
    use(secret, "opened", at=NOW)
    use(secret, "zip", number=case.number, at=NOW)
    assert list(link.uses.order_by("pk").values_list("what", "case")) == [("opened", None), ("zip", case.pk)]
    with pytest.raises(LinkEnded, match="berakhir pada"):
        use(secret, "opened", at=link.ends_at)
    with pytest.raises(LinkEnded, match="berakhir pada"):
        link_of(secret, at=link.ends_at)
    with pytest.raises(LinkUnknown, match="tidak termasuk tautan ini"):
        use(secret, "pdf", number=make.publication().number, at=NOW)
    with pytest.raises(LinkUnknown, match="tidak dikenal"):
        use("lain", "opened", at=NOW)
    assert link.uses.count() == 2


def test_a_revoked_link_leads_nowhere_and_says_so():
    link, secret = given()
    revoke(link, actor=make.demo("utama"), at=NOW)
    with pytest.raises(LinkEnded, match="dicabut pada"):
        use(secret, "opened", at=NOW)
    with pytest.raises(LinkRefused, match="sudah dicabut"):
        revoke(link, actor=make.demo("utama"))


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE proof_auditorlink SET ends_at = ends_at + interval '1 day'",
        "UPDATE proof_auditorlink SET exclusions_because = 'x'",
        "DELETE FROM proof_auditorlink",
        "TRUNCATE proof_auditorlink CASCADE",
        "UPDATE proof_auditoruse SET at = at - interval '1 day'",
        "DELETE FROM proof_auditoruse",
        "TRUNCATE proof_auditoruse",
        "DELETE FROM proof_linkedcase",
        "UPDATE proof_auditorlink SET revoked_at = now(), revoked_by_id = (SELECT id FROM organisation_user "
        "WHERE email = 'bidang@demo.example'), revoked_name = 'B'",
    ],
)
def test_nothing_of_it_is_changed_behind_its_back(act):
    _, secret = given()
    use(secret, "opened", at=NOW)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(act)


def test_the_database_refuses_a_use_after_the_end_or_of_another_case():
    link, _ = given()
    for fields in (
        {"what": "opened", "at": link.ends_at},
        {"what": "opened", "at": NOW - DAY},
        {"what": "pdf", "case": make.publication(), "at": NOW},
    ):
        with pytest.raises(DatabaseError, match="used while it is open"), make.savepoint():
            AuditorUse.objects.create(link=link, **fields)
    with pytest.raises(IntegrityError), make.savepoint():
        AuditorUse.objects.create(link=link, what="pdf", at=NOW)
    revoke(link, actor=make.demo("utama"), at=NOW)
    with pytest.raises(DatabaseError, match="used while it is open"):
        AuditorUse.objects.create(link=link, what="opened", at=NOW)


def test_a_robot_that_follows_it_leaves_no_trace():
    case = make.publication(at="coordinating")
    _, secret = given(case, ends_at=timezone.now() + DAY)
    url = reverse("desk:auditor", args=[secret])
    for answer in (Client().get(url), Client().head(url)):
        assert answer.status_code == 200
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
    assert 'name="robots" content="noindex' in Client().get(url).content.decode()
    assert case.information.title not in Client().get(url).content.decode()
    for name in ("desk:auditor-pdf", "desk:auditor-zip"):
        assert Client().get(reverse(name, args=[secret, case.number])).status_code == 200
    assert not AuditorUse.objects.exists()


def test_somebody_with_the_link_reads_and_takes_the_dossier():
    case = make.publication(at="coordinating")
    _, secret = given(case, ends_at=timezone.now() + DAY)
    page = text(Client().post(reverse("desk:auditor", args=[secret])))
    assert case.information.title in page
    assert "Inspektorat" in page
    pdf = Client().post(reverse("desk:auditor-pdf", args=[secret, case.number]))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["X-Robots-Tag"] == "noindex, nofollow"
    archive = Client().post(reverse("desk:auditor-zip", args=[secret, case.number]))
    assert b"".join(archive.streaming_content)[:2] == b"PK"
    assert list(AuditorUse.objects.order_by("pk").values_list("what", flat=True)) == ["opened", "pdf", "zip"]


def test_no_cookie_and_no_origin_are_needed_to_open_it():
    """A page that sends no referrer sends its forms with the origin «null», and an auditor may block cookies."""
    _, secret = given(ends_at=timezone.now() + DAY)
    browser = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert "Inspektorat" in text(browser.post(reverse("desk:auditor", args=[secret])))


def test_once_it_ended_a_sentence_answers():
    _, secret = given(at=NOW - 3 * DAY, ends_at=NOW - DAY)
    for ask in (Client().get, Client().post):
        answer = ask(reverse("desk:auditor", args=[secret]))
        assert answer.status_code == 410
        assert "Tautan ini berakhir pada" in text(answer)
    unknown = Client().get(reverse("desk:auditor", args=["tidak-ada"]))
    assert unknown.status_code == 404
    assert "Tautan ini tidak dikenal" in text(unknown)


def test_the_chief_gives_one_at_the_desk_and_reads_its_uses(sign_in):  # noqa: F811
    case, secret_case = make.publication(at="coordinating"), make.adopted()
    client = sign_in("utama")
    page = client.get(reverse("desk:auditor-link-give"), {"proses": case.number})
    assert case.number in page.content.decode()
    typed = {"cases": f"{case.number}, {secret_case.number}", "for_whom": "BPK", "purpose": "LHP 2026", "days": "5"}
    url = reverse("desk:auditor-link-give")
    refused = client.post(url, typed | {"exclusions_because": "tanpa centang"})
    assert refused.status_code == 422
    assert "memuat informasi yang dikecualikan" in text(refused)
    assert "Tidak ada proses bernomor P-1900-1" in text(client.post(url, typed | {"cases": "P-1900-1"}))
    assert "Isi berapa hari kerja" in text(client.post(url, typed | {"days": ""}))
    for day in ("9999-12-31", (timezone.localdate() + 367 * DAY).isoformat()):
        assert "Tautan berlaku paling lama satu tahun" in text(client.post(url, typed | {"ends_on": day}))
    done = client.post(url, typed | {"exclusions_yes": "on", "exclusions_because": "UU 15/2006."})
    address = done.content.decode().split("readonly>")[1].split("<")[0]
    link = AuditorLink.objects.get()
    assert hashlib.sha256(address.rstrip("/").rpartition("/")[2].encode()).hexdigest() == link.secret_sha256
    Client().post(address.replace("http://testserver", ""))
    assert "1 kali" in text(client.get(reverse("desk:auditor-links")))
    detail = reverse("desk:auditor-link", args=[link.pk])
    assert "Tautan dibuka" in text(client.get(detail))
    assert "UU 15/2006." in text(client.get(detail))
    assert address.rstrip("/").rpartition("/")[2] not in client.get(detail).content.decode()
    client.post(reverse("desk:auditor-link-revoke", args=[link.pk]))
    assert "dicabut" in text(client.get(detail))


@pytest.mark.parametrize(("who", "reads", "gives"), [("utama", 200, 200), ("atasan", 200, 403), ("bidang", 403, 403)])
def test_who_reads_and_who_gives(sign_in, who, reads, gives):  # noqa: F811
    client = sign_in(who)
    assert client.get(reverse("desk:auditor-links")).status_code == reads
    assert client.get(reverse("desk:auditor-link-give")).status_code == gives
