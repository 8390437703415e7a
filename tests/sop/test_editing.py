"""Editing a draft: who may, what is kept, what two people who edit at the same time are told."""

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sop.drafts import editing
from sop.drafts.changes import edits_since
from sop.drafts.editing import DraftOvertaken, EditRefused
from sop.drafts.typed import CONTROLS_TAKEN_OUT, MARKUP_TAKEN_OUT, plain
from sop.durations import read_duration
from sop.ledgers import DraftEdit
from sop.models import Activity, Performer, Sop, SopVersion
from sop.versions import actions
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db):
    return make.demo("pengelola")


@pytest.fixture
def colleague(db):
    return make.person("sop_keeper", unit="dinsos", name="Siti Aminah, S.Sos.")


@pytest.fixture
def draft(keeper) -> SopVersion:
    version = SopVersion.objects.get(sop__slug="pengumuman-informasi-publik", version=1)
    return actions.new_draft(version, actor=keeper)


def again(draft) -> SopVersion:
    return SopVersion.objects.get(pk=draft.pk)


def step(draft, number) -> Activity:
    return Activity.objects.get(version=draft, number=number)


def column(draft, position) -> Performer:
    return Performer.objects.get(version=draft, position=position)


def write(draft, *, actor, seen=None, **fields):
    """Save fields of the draft as its present reader, or as one who saw the revision ``seen``."""
    seen = again(draft).revision if seen is None else seen
    return editing.save(draft, fields, actor=actor, seen=seen)


def in_row(draft, number, *, actor, seen=None, **fields):
    row = step(draft, number)
    typed = {f"activity.{row.pk}.{name}": value for name, value in fields.items()}
    return write(draft, actor=actor, seen=seen, **typed)


def act(function, draft, *args, actor, seen=None, **kwargs):
    seen = again(draft).revision if seen is None else seen
    return function(draft, *args, actor=actor, seen=seen, **kwargs)


def exits(draft) -> dict[int, tuple]:
    """Return for each row, by its key, the keys of the rows that its exits lead to."""
    rows = {row.number: row for row in Activity.objects.filter(version=draft)}
    return {row.pk: tuple(rows[n].pk if n in rows else None for n in (row.if_yes, row.if_no)) for row in rows.values()}


def test_a_new_sop_starts_with_an_empty_first_draft(keeper):
    version = editing.start_sop(title="Pelayanan Santunan Kematian", unit=make.unit("dinsos"), actor=keeper)
    assert (version.version, version.state, version.title) == (1, "draft", "Pelayanan Santunan Kematian")
    assert version.sop.slug == "pelayanan-santunan-kematian"
    assert version.letterhead.startswith("PEMERINTAH KOTA PONTIANAK")  # as the unit's other sheets have it
    assert not version.activities.exists()


def test_two_sops_of_one_name_have_addresses_of_their_own(keeper):
    slugs = [
        editing.start_sop(title="Pelayanan Santunan", unit=make.unit("dinsos"), actor=keeper).sop.slug for _ in range(3)
    ]
    assert slugs == ["pelayanan-santunan", "pelayanan-santunan-2", "pelayanan-santunan-3"]


@pytest.mark.parametrize("title", ["خدمة", "🙂", "–"])
def test_a_title_without_latin_letters_gets_an_address_too(title, keeper):
    assert editing.start_sop(title=title, unit=make.unit("dinsos"), actor=keeper).sop.slug == "sop"


@pytest.mark.parametrize("title", ["", "   ", "x" * 251, "\x00"])
def test_a_new_sop_needs_a_name_that_fits(title, keeper):
    with pytest.raises(EditRefused) as refusal:
        editing.start_sop(title=title, unit=make.unit("dinsos"), actor=keeper)
    assert set(refusal.value.faults) == {"title"}


@pytest.mark.parametrize(("who", "may"), [("pengelola", True), ("utama", True), ("dinsos", False), ("operator", False)])
def test_keepers_of_the_unit_and_ppid_utama_edit(who, may, draft):
    if may:
        assert write(draft, actor=make.demo(who), number="7/SOP/2026").revision == 1
        return
    with pytest.raises(actions.SopRefused, match="Hanya Pengelola SOP"):
        write(draft, actor=make.demo(who), number="7/SOP/2026")


def test_a_keeper_of_another_unit_edits_nothing(draft):
    stranger = make.person("sop_keeper", unit="dinkes")
    with pytest.raises(actions.SopRefused, match="Hanya Pengelola SOP"):
        write(draft, actor=stranger, number="7/SOP/2026")
    with pytest.raises(actions.SopRefused, match="Hanya Pengelola SOP"):
        editing.start_sop(title="SOP", unit=make.unit("dinsos"), actor=stranger)


def test_only_a_draft_is_edited(draft, keeper):
    approved = SopVersion.objects.get(sop=draft.sop, version=1)
    with pytest.raises(actions.SopRefused, match="berlaku, jadi tidak dapat disunting"):
        write(approved, actor=keeper, number="9")
    actions.submit(draft, actor=keeper)
    with pytest.raises(actions.SopRefused, match="ditinjau, jadi tidak dapat disunting"):
        act(editing.insert_activity, draft, actor=keeper)


def test_each_save_counts_and_says_who_changed_what(draft, keeper):
    write(draft, actor=keeper, number="7/SOP/2026", created="-", revised="2023", effective="03/07/2023")
    saved = again(draft)
    assert (saved.revision, saved.changed_by) == (1, keeper)
    assert (saved.number, saved.created, saved.revised) == ("7/SOP/2026", "-", "2023")
    said = {change["label"]: change["said"] for change in DraftEdit.objects.get(version=draft).changes}
    assert said["Nomor SOP"] == ["/SOP.DINSOS/2023", "7/SOP/2026"]


def test_a_save_without_a_change_counts_nothing(draft, keeper):
    assert write(draft, actor=keeper, number=draft.number, title=draft.title).revision == 0
    assert not DraftEdit.objects.filter(version=draft).exists()


def test_what_was_saved_is_not_rewritten(draft, keeper):
    write(draft, actor=keeper, number="7")
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftEdit.objects.filter(version=draft).update(changes=[])


def test_lists_keep_their_order_and_lose_their_blanks(draft, keeper):
    write(draft, actor=keeper, related=["SOP B", "", "SOP A", "  "])
    assert again(draft).related == ["SOP B", "SOP A"]


def test_several_lines_in_one_item_become_items(draft, keeper):
    saved = write(draft, actor=keeper, equipment=["Komputer\nPrinter\n\nKertas"])
    assert again(draft).equipment == ["Komputer", "Printer", "Kertas"]
    assert any("3 butir" in notice for notice in saved.notices)


def test_captions_keep_what_is_printed_otherwise(draft, keeper):
    write(draft, actor=keeper, **{"captions.records": "Catatan", "captions.equipment": ""})
    assert again(draft).captions == {"qualifications": "Kualifikasi Pelaksanaan", "records": "Catatan"}


def test_an_incomplete_row_is_kept(draft, keeper):
    saved = act(editing.insert_activity, draft, actor=keeper)
    row = Activity.objects.get(pk=saved.pk)
    assert (row.number, row.text, row.performer, row.kind) == (8, "", None, "process")
    in_row(draft, 8, actor=keeper, kind="decision", if_yes="", if_no="", performer="", duration_value="")
    assert step(draft, 8).kind == "decision"


def test_a_row_keeps_everything_that_was_typed(draft, keeper):
    first, third = column(draft, 1), column(draft, 3)
    target = step(draft, 2)
    in_row(
        draft,
        5,
        actor=keeper,
        text="Menelaah permohonan",
        performer=str(first.pk),
        last_performer=str(third.pk),
        kind="decision",
        if_yes=str(step(draft, 6).pk),
        if_no=str(target.pk),
        return_is_addition="on",
        requirement="Berkas",
        duration_text="± 2 jam",
        duration_value="2",
        duration_unit="hour",
        output="Nota",
        note="–",
    )
    row = step(draft, 5)
    assert (row.performer, row.last_performer, row.if_yes, row.if_no) == (first, third, 6, 2)
    assert (row.duration_text, row.duration_value, row.duration_unit) == ("± 2 jam", 2, "hour")
    assert (row.requirement, row.output, row.note, row.return_is_addition) == ("Berkas", "Nota", "–", True)


@pytest.mark.parametrize(("above", "number"), [(True, 4), (False, 5)])
def test_inserting_a_row_leaves_all_exits_at_their_rows(above, number, draft, keeper):
    before = exits(draft)
    saved = act(editing.insert_activity, draft, near=step(draft, 4).pk, above=above, actor=keeper)
    assert Activity.objects.get(pk=saved.pk).number == number
    after = exits(draft)
    assert {pk: after[pk] for pk in before} == before


def test_moving_a_row_leaves_all_exits_at_their_rows(draft, keeper):
    before, moved = exits(draft), step(draft, 3)
    act(editing.move_activity, draft, moved.pk, to=6, actor=keeper)
    assert Activity.objects.get(pk=moved.pk).number == 6
    assert exits(draft) == before
    assert step(draft, 3).if_no == 6  # the decision that was number 4 still goes back to the row that moved


def test_an_exit_to_a_deleted_row_becomes_empty_and_is_told(draft, keeper):
    saved = act(editing.delete_activity, draft, step(draft, 3).pk, actor=keeper)
    decision = step(draft, 3)
    assert (decision.kind, decision.if_yes, decision.if_no) == ("decision", 4, None)
    assert "Langkah 3: jalan keluar «tidak» sekarang kosong, karena tujuannya tidak ada." in saved.notices
    lost = DraftEdit.objects.get(version=draft).changes[0]
    assert (lost["what"], lost["label"]) == ("removed", "Langkah 3")
    assert "Menyiapkan informasi publik" in lost["said"][0]  # what was deleted can be read in the ledger


def test_an_exit_to_a_row_that_never_was_does_not_meet_a_later_one(draft, keeper):
    Activity.objects.filter(version=draft, number=4).update(if_yes=8)
    saved = act(editing.insert_activity, draft, actor=keeper)
    assert step(draft, 8).pk == saved.pk
    assert step(draft, 4).if_yes is None
    assert any("jalan keluar «ya» sekarang kosong" in notice for notice in saved.notices)


MOVES = st.lists(st.tuples(st.sampled_from(["insert", "move", "delete"]), st.integers(0, 30), st.integers(1, 12)))


@given(moves=MOVES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_inserted_moved_and_deleted_exits_lead_to_the_same_rows(moves, draft, keeper):
    with transaction.atomic():
        expected = exits(draft)
        for what, which, to in moves[:8]:
            rows = list(Activity.objects.filter(version=draft).order_by("number"))
            if what == "insert" or not rows:
                near = rows[which % len(rows)].pk if rows else None
                expected[act(editing.insert_activity, draft, near=near, above=bool(to % 2), actor=keeper).pk] = (
                    None,
                    None,
                )
            elif what == "move":
                act(editing.move_activity, draft, rows[which % len(rows)].pk, to=to, actor=keeper)
            else:
                gone = rows[which % len(rows)].pk
                act(editing.delete_activity, draft, gone, actor=keeper)
                del expected[gone]
                expected = {pk: tuple(None if to == gone else to for to in ways) for pk, ways in expected.items()}
            assert exits(draft) == expected
            numbers = Activity.objects.filter(version=draft).order_by("number").values_list("number", flat=True)
            assert list(numbers) == list(range(1, len(expected) + 1))
        transaction.set_rollback(True)


def test_a_loop_without_end_is_kept_for_the_check_to_report(draft, keeper):
    in_row(draft, 4, actor=keeper, if_yes=str(step(draft, 2).pk), if_no=str(step(draft, 3).pk))
    assert (step(draft, 4).if_yes, step(draft, 4).if_no) == (2, 3)


def faults(draft, number, *, actor, **fields) -> dict[str, str]:
    with pytest.raises(EditRefused) as refusal:
        in_row(draft, number, actor=actor, **fields)
    return {key.rpartition(".")[2]: sentence for key, sentence in refusal.value.faults.items()}


def test_an_exit_to_a_row_that_is_gone_is_refused(draft, keeper):
    gone = step(draft, 2).pk
    act(editing.delete_activity, draft, gone, actor=keeper)
    assert "sudah dihapus" in faults(draft, 3, actor=keeper, if_yes=str(gone), if_no="")["if_yes"]


def test_an_exit_to_its_own_row_is_refused(draft, keeper):
    assert "langkah lain" in faults(draft, 4, actor=keeper, if_yes=str(step(draft, 4).pk))["if_yes"]


@pytest.mark.parametrize("typed", ["0", "1000000000", "1001", "-5", "1,5", "lima", "٥", "9" * 5000])
def test_a_duration_out_of_reach_is_refused_with_a_sentence(typed, draft, keeper):
    sentence = faults(draft, 4, actor=keeper, duration_value=typed, duration_unit="day")["duration_value"]
    assert "bilangan bulat" in sentence or "paling banyak 1.000" in sentence


def test_a_duration_needs_its_unit_and_a_unit_its_amount(draft, keeper):
    assert set(faults(draft, 4, actor=keeper, duration_value="3", duration_unit="")) == {"duration_unit"}
    assert set(faults(draft, 4, actor=keeper, duration_value="", duration_unit="day")) == {"duration_value"}


def test_the_printed_words_propose_a_duration_where_none_is_typed(draft, keeper):
    saved = in_row(draft, 4, actor=keeper, duration_text="5 hari kerja", duration_value="", duration_unit="")
    row = step(draft, 4)
    assert (row.duration_text, row.duration_value, row.duration_unit) == ("5 hari kerja", 5, "working_day")
    assert "Waktu tercetak «5 hari kerja» dibaca sebagai 5 hari kerja." in saved.notices


def test_a_typed_duration_is_never_changed_by_the_printed_words(draft, keeper):
    saved = in_row(draft, 4, actor=keeper, duration_text="5 hari kerja", duration_value="2", duration_unit="week")
    row = step(draft, 4)
    assert (row.duration_value, row.duration_unit) == (2, "week")
    assert not saved.notices


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("30 menit", (30, "minute")),
        ("2 Jam", (2, "hour")),
        ("1 hari", (1, "day")),
        ("5 (lima) hari kerja.", (5, "working_day")),
        ("Satu minggu", (1, "week")),
        ("3 bulan", (3, "month")),
        ("", None),
        ("0 hari", None),
        ("± 1 hari", None),
        ("1-2 hari", None),
        ("2 x 24 jam", None),
        ("1 hari 30 menit", None),
        ("1000000000 hari", None),
        ("hari", None),
    ],
)
def test_durations_are_read_from_what_is_printed(printed, read):
    assert read_duration(printed) == read


def test_a_joint_activity_goes_from_left_to_right(draft, keeper):
    first, third = str(column(draft, 1).pk), str(column(draft, 3).pk)
    assert "sebelah kanan" in faults(draft, 2, actor=keeper, performer=third, last_performer=first)["last_performer"]
    assert set(faults(draft, 2, actor=keeper, performer="", last_performer=first)) == {"performer"}
    in_row(draft, 2, actor=keeper, performer=first, last_performer=first)
    assert step(draft, 2).last_performer is None


def test_only_a_decision_keeps_exits(draft, keeper):
    saved = in_row(draft, 4, actor=keeper, kind="process", if_yes=str(step(draft, 5).pk), if_no="")
    assert (step(draft, 4).if_yes, step(draft, 4).if_no) == (None, None)
    assert any("hanya keputusan" in notice for notice in saved.notices)


def test_a_cell_that_no_page_holds_is_refused_with_a_sentence(draft, keeper):
    told = faults(draft, 4, actor=keeper, requirement="x" * 2000)
    assert "sekarang 2.000" in told["requirement"]
    in_row(draft, 4, actor=keeper, requirement="x" * 1000)


def test_a_long_text_that_came_by_import_stays_while_others_change(draft, keeper):
    Activity.objects.filter(version=draft, number=4).update(note="x" * 3000)
    in_row(draft, 4, actor=keeper, note="x" * 3000, output="Nota")
    assert (len(step(draft, 4).note), step(draft, 4).output) == (3000, "Nota")


def test_emoji_and_right_to_left_text_are_kept_as_they_are(draft, keeper):
    typed = "Menerima 📄👩🏽‍💼 dari مكتب الخدمة (עברית)"
    in_row(draft, 4, actor=keeper, text=typed)
    assert step(draft, 4).text == typed


def test_what_cannot_be_printed_is_taken_out_and_told(draft, keeper):
    saved = in_row(draft, 4, actor=keeper, text="Mene\x00rima\x07 surat\u202e")
    assert step(draft, 4).text == "Menerima surat"
    assert CONTROLS_TAKEN_OUT in saved.notices


def test_html_from_word_becomes_its_text(draft, keeper):
    typed = (
        '<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style>p{color:red}</style><p class="MsoNormal">'
        "Menerima&nbsp;<b>surat</b><o:p></o:p></p><p>masuk &amp; keluar</p><script>alert(1)</script>"
    )
    saved = in_row(draft, 4, actor=keeper, text=typed)
    assert step(draft, 4).text == "Menerima surat\nmasuk & keluar"
    assert MARKUP_TAKEN_OUT in saved.notices


@pytest.mark.parametrize(
    "typed",
    ["a < b dan c > d", "Isi <nama pemohon>", "x <= 5", "Tulis <style> lalu berhenti", "<!-- tak tertutup", "A & B"],
)
def test_text_that_only_looks_like_markup_is_not_lost(typed):
    assert plain(typed).text == typed


def test_a_performer_that_has_steps_is_kept_until_they_have_another(draft, keeper):
    second, third = column(draft, 2), column(draft, 3)
    with pytest.raises(actions.SopRefused, match="masih mengerjakan langkah 6 dan 7"):
        act(editing.delete_performer, draft, second.pk, actor=keeper)
    saved = act(editing.delete_performer, draft, second.pk, heir=third.pk, actor=keeper)
    assert step(draft, 6).performer == step(draft, 7).performer == third
    assert [p.position for p in Performer.objects.filter(version=draft)] == [1, 2, 3]
    assert any("Langkah 6 dan 7 pindah ke «PPID Pelaksana»" in notice for notice in saved.notices)


def test_a_performer_without_steps_goes_at_once(draft, keeper):
    added = act(editing.add_performer, draft, actor=keeper)
    act(editing.delete_performer, draft, added.pk, actor=keeper)
    assert draft.performers.count() == 4


def test_moving_a_column_tells_whose_joint_work_changes(draft, keeper):
    in_row(draft, 2, actor=keeper, performer=str(column(draft, 1).pk), last_performer=str(column(draft, 2).pk))
    third = column(draft, 3)
    saved = act(editing.move_performer, draft, third.pk, to=2, actor=keeper)
    assert any("Langkah 2 sekarang dikerjakan bersama oleh" in notice for notice in saved.notices)
    act(editing.move_performer, draft, column(draft, 3).pk, to=1, actor=keeper)
    joint = step(draft, 2)
    assert joint.performer.position < joint.last_performer.position


def test_a_sheet_has_at_most_forty_activities_and_ten_performers(draft, keeper):
    for _ in range(33):
        act(editing.insert_activity, draft, actor=keeper)
    with pytest.raises(actions.SopRefused, match="paling banyak 40 aktivitas"):
        act(editing.insert_activity, draft, actor=keeper)
    for _ in range(6):
        act(editing.add_performer, draft, actor=keeper)
    with pytest.raises(actions.SopRefused, match="paling banyak 10 kolom"):
        act(editing.add_performer, draft, actor=keeper)


def test_columns_are_named_and_mapped_to_roles(draft, keeper):
    pk = column(draft, 1).pk
    write(draft, actor=keeper, **{f"performer.{pk}.label": "Sekretariat", f"performer.{pk}.roles": ["opd", "operator"]})
    performer = column(draft, 1)
    assert (performer.label, sorted(role.code for role in performer.roles.all())) == (
        "Sekretariat",
        ["opd", "operator"],
    )


def test_changing_who_performs_what_asks_for_a_new_confirmation(draft, keeper):
    editing.confirm_interpretation(draft, actor=keeper)
    write(draft, actor=keeper, number="7")
    assert again(draft).confirmed_at
    saved = in_row(draft, 2, actor=keeper, performer=str(column(draft, 2).pk))
    assert again(draft).confirmed_at is None
    assert any("dikonfirmasi lagi" in notice for notice in saved.notices)


def test_the_second_of_two_is_told_who_changed_what_and_writes_nothing(draft, keeper, colleague):
    in_row(draft, 4, actor=keeper, output="Nota dinas", note="Lihat lampiran")
    with pytest.raises(DraftOvertaken) as overtaken:
        in_row(draft, 4, actor=colleague, seen=0, output="Memo", note="", text="Menelaah")
    clash = overtaken.value.clashes[f"activity.{step(draft, 4).pk}.output"]
    assert (clash.theirs, clash.edit.actor) == ("Nota dinas", keeper)
    assert overtaken.value.fresh == {f"activity.{step(draft, 4).pk}.note": "Lihat lampiran"}
    assert (step(draft, 4).output, again(draft).revision) == ("Nota dinas", 1)
    in_row(draft, 4, actor=colleague, seen=overtaken.value.revision, output="Memo", note="Lihat lampiran")
    assert (step(draft, 4).output, step(draft, 4).note) == ("Memo", "Lihat lampiran")


def test_what_was_left_as_it_was_seen_does_not_undo_the_other(draft, keeper, colleague):
    first = step(draft, 4)
    in_row(draft, 4, actor=keeper, output="Nota dinas")
    saved = in_row(draft, 4, actor=colleague, seen=0, output=first.output, note="Catatan")
    assert (step(draft, 4).output, step(draft, 4).note) == ("Nota dinas", "Catatan")
    assert [edit.actor for edit in saved.others] == [keeper]


def test_two_who_edit_different_parts_are_told_and_both_kept(draft, keeper, colleague):
    write(draft, actor=keeper, number="7/SOP/2026")
    saved = in_row(draft, 2, actor=colleague, seen=0, note="Catatan")
    assert (again(draft).number, step(draft, 2).note) == ("7/SOP/2026", "Catatan")
    assert [edit.changes[0]["said"][1] for edit in saved.others] == ["7/SOP/2026"]


def test_a_row_is_meant_by_what_it_is_not_by_its_number(draft, keeper, colleague):
    mine = step(draft, 4)
    act(editing.insert_activity, draft, near=step(draft, 1).pk, actor=keeper)
    editing.save(draft, {f"activity.{mine.pk}.note": "Catatan"}, actor=colleague, seen=0)
    assert step(draft, 5).note == "Catatan"


def test_writing_into_a_row_that_the_other_deleted_is_refused_by_name(draft, keeper, colleague):
    gone = step(draft, 2)
    act(editing.delete_activity, draft, gone.pk, actor=keeper)
    with pytest.raises(actions.SopRefused, match="sudah dihapus oleh Siti Aminah|sudah dihapus oleh " + keeper.name):
        editing.save(draft, {f"activity.{gone.pk}.note": "x"}, actor=colleague, seen=0)


def test_what_the_other_just_changed_is_not_deleted_unseen(draft, keeper, colleague):
    in_row(draft, 2, actor=keeper, note="Penting")
    with pytest.raises(actions.SopRefused, match="Penting"):
        act(editing.delete_activity, draft, step(draft, 2).pk, actor=colleague, seen=0)
    act(editing.delete_activity, draft, step(draft, 2).pk, actor=colleague, seen=1)


def test_edits_are_listed_since_a_revision(draft, keeper, colleague):
    write(draft, actor=keeper, number="1")
    write(draft, actor=colleague, number="2")
    assert [edit.actor for edit in edits_since(draft, 1)] == [colleague]


def test_a_draft_is_deleted_with_an_sop_that_has_nothing_else(keeper):
    new = editing.start_sop(title="Keliru", unit=make.unit("dinsos"), actor=keeper)
    act(editing.insert_activity, new, actor=keeper)
    assert act(editing.delete_draft, new, actor=keeper) is None
    assert not Sop.objects.filter(slug="keliru").exists()


def test_a_draft_beside_an_approved_version_goes_alone(draft, keeper):
    assert act(editing.delete_draft, draft, actor=keeper) == draft.sop
    assert not SopVersion.objects.filter(pk=draft.pk).exists()


def test_what_was_ever_approved_or_handed_in_is_not_deleted(draft, keeper):
    with pytest.raises(actions.SopRefused, match="tidak dapat disunting"):
        act(editing.delete_draft, SopVersion.objects.get(sop=draft.sop, version=1), actor=keeper)
    actions.submit(draft, actor=keeper)
    actions.send_back(draft, actor=make.demo("utama"), why="Lengkapi nomornya.")
    with pytest.raises(actions.SopRefused, match="pernah diajukan"):
        act(editing.delete_draft, draft, actor=keeper)


def test_a_draft_that_moved_on_is_not_deleted_unseen(draft, keeper, colleague):
    write(draft, actor=keeper, number="7")
    with pytest.raises(actions.SopRefused, match="diubah setelah Anda membuka"):
        act(editing.delete_draft, draft, actor=colleague, seen=0)
