"""Writing a draft's rows: what each way to reckon asks, what is kept, what is refused and where."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.scoring.factories import a_draft_table, criterion
from thidua.marks.rules import parameters_of, rule_from
from thidua.scoring.actions.ready import take_ready_table
from thidua.scoring.actions.tables import discard_table
from thidua.scoring.models import ScoringTable
from thidua.targets.actions.drafting import TargetFacts, set_common_target

pytestmark = pytest.mark.django_db
P = 100


@pytest.fixture
def world():
    return make.a_bloc(1)


@pytest.fixture
def draft(world, client):
    client.force_login(make.user_of(world.heads[0]))
    return a_draft_table(world, step=1)


def text(response):
    return " ".join(response.content.decode().split())


def new(draft, code="I"):
    return reverse("tables:new", args=[draft.pk]) + f"?trong={criterion(draft, code).pk}"


def typed(kind, **told):
    """Return a criterion as its form sends it."""
    facts = {"code": "I.3", "name": "Nội dung", "kind": kind, "owner": "bloc", "is_bonus": "no"}
    return {**facts, "max_points": "10", "na": "rescale", **told}


def rows(prefix, *values):
    """Return rows as a formset sends them; each value is a dict."""
    told = {f"{prefix}-TOTAL_FORMS": str(len(values)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(values):
        told |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return told


def band(at_least, below, points):
    return {"at_least": at_least, "below": below, "points": points}


def posted(response):
    """Return what the page's forms hold, as a browser would send it."""
    told = {}
    forms = [response.context["form"], *(response.context["rows"] or [])]
    for form in forms:
        for field in form:
            value = field.value()
            shown = field.field.prepare_value(value)
            if shown not in (None, "", False):
                told[field.html_name] = "on" if shown is True else shown
    if formset := response.context["rows"]:
        told |= {f.html_name: f.value() for f in formset.management_form}
    return told


def test_the_way_to_reckon_is_chosen_first_and_explained(client, draft):
    page = text(client.get(new(draft)))
    assert "Tiêu chí được chấm thế nào?" in page
    assert "Ví dụ: báo cáo 8, 6, 4 hoặc 0 điểm." in page
    assert f"trong={criterion(draft, 'I').pk}&amp;cach=graded" in page
    form = client.get(new(draft) + "&cach=graded").context["form"]
    assert form["code"].value() == "I.3"
    assert "steps-4-label" in text(client.get(new(draft) + "&cach=graded"))
    assert client.get(new(draft) + "&cach=magic").status_code == 200


CASES = [
    ("manual", {"step": "50", "max_points": "12.5"}, {"step": 50}),
    ("pass_fail", {"failed": "−8"}, {"failed": -8 * P}),
    ("proportional", {"percent": "1", "per_points": "2,5"}, {"percent": "0.4"}),
    ("proportional", {"percent": "2", "per_points": "1", "cap": "9"}, {"percent": "2", "cap": 900}),
    ("leader_relative", {}, {}),
    ("count", {"each": "2.5"}, {"each": 250}),
    ("deduct", {"each": "2", "floor": "4"}, {"each": 200, "floor": 400}),
    ("penalty", {"each": "8"}, {"each": 800}),
    ("knockout", {}, {}),
]


@pytest.mark.parametrize(("kind", "told", "kept"), CASES)
def test_each_kind_keeps_its_own_fields_and_shows_them_again(client, draft, kind, told, kept):
    """Points with both decimal signs; what was kept reads back the same."""
    rounding = {"rounding": "exact"} if kind == "proportional" else {}
    made = client.post(new(draft), typed(kind, **told, **rounding))
    assert made.status_code == 302, made.context["form"].errors
    node = criterion(draft, "I.3")
    assert node.parameters == {**kept, **rounding}
    assert node.parent.code == "I"
    outside = kind in ("penalty", "knockout")
    assert node.max_points == (None if outside else 1250 if kind == "manual" else 10 * P)

    address = reverse("tables:edit_criterion", args=[node.pk])
    again = client.post(address, posted(client.get(address)))
    assert again.status_code == 302, again.context["form"].errors
    assert criterion(draft, "I.3").content() == node.content()


def test_graded_steps_are_rows_and_empty_ones_count_for_nothing(client, draft):
    steps = [
        {"label": "Tốt", "points": "8"},
        {"label": "", "points": ""},
        {"label": "Không làm", "points": "0", "knocks_out": "on"},
    ]
    client.post(new(draft), typed("graded", max_points="", **rows("steps", *steps)))
    node = criterion(draft, "I.3")
    assert node.max_points == 8 * P
    assert node.parameters["steps"] == [
        {"label": "Tốt", "points": 8 * P},
        {"label": "Không làm", "points": 0, "knocks_out": True},
    ]
    address = reverse("tables:edit_criterion", args=[node.pk])
    sent = posted(client.get(address))
    assert client.post(address, sent).status_code == 302
    assert criterion(draft, "I.3").content() == node.content()
    emptied = {**sent, "steps-0-label": "", "steps-0-points": "", "max_points": "5"}
    assert client.post(address, emptied).status_code == 302
    assert [s["label"] for s in criterion(draft, "I.3").parameters["steps"]] == ["Không làm"]


def test_bands_are_rows_of_measured_values(client, draft):
    """“bands that overlap or leave 79.5 % out”: refused above the rows, all typed text stays."""
    good = [band("80", "", "4"), band("60", "80", "3"), band("", "60", "2")]
    gap = [band("80", "", "4"), band("60", "79,5", "3"), band("", "60", "2")]
    refused = client.post(new(draft), typed("banded", max_points="", **rows("bands", *gap)))
    assert refused.status_code == 422
    page = text(refused)
    assert page.count("Bỏ sót giá trị: từ 79,5 đến dưới 80 chưa có điểm.") == 2
    assert 'value="79,5"' in page
    over = [band("80", "", "4"), band("60", "80,5", "3"), band("", "60", "2")]
    refused = client.post(new(draft), typed("banded", max_points="", **rows("bands", *over)))
    assert "Hai khoảng chồng lên nhau: từ 80 đến dưới 80,5." in text(refused)
    dotted = client.post(
        new(draft), typed("banded", max_points="", **rows("bands", band("79.5", "", "4")))
    )
    assert "“79.5” chưa phải là một số. Viết như 1.234 hoặc 12,5." in text(dotted)
    assert draft.criteria.filter(code="I.3").count() == 0
    client.post(new(draft), typed("banded", max_points="", **rows("bands", *good)))
    assert criterion(draft, "I.3").parameters["bands"][1] == {
        "at_least": "60",
        "below": "80",
        "points": 3 * P,
    }


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({"code": "I.1"}, "code", "Bảng đã có ký hiệu “I.1”. Mỗi tiêu chí một ký hiệu."),
        ({"max_points": "0"}, "max_points", "Điểm tối đa phải lớn hơn 0."),
        ({"max_points": "-3"}, "max_points", "Điểm tối đa phải lớn hơn 0."),
        ({"max_points": "1,234"}, "max_points", "Điểm có nhiều nhất hai chữ số sau dấu phẩy."),
        ({"max_points": "１２"}, "max_points", "“１２” chưa phải là số điểm."),
        ({"each": "12"}, "each", "Trần 5 thấp hơn điểm của một lần (12)."),
        ({"cap": "0"}, "each", "Trần 0 thấp hơn điểm của một lần (3)."),
        ({"name": "x" * 601}, "name", "Dài quá 600 chữ"),
        ({"fact": "covenant_on_time"}, "fact", "Hãy chọn"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_loses_nothing(client, draft, told, field, said):
    """“two criteria with one code”, “maximum 0 or negative”, “a cap under one unit”."""
    sent = typed("count", each="3", cap="5", guidance="Giữ lại câu này", **{})
    response = client.post(new(draft), {**sent, **told})
    assert response.status_code == 422
    errors = response.context["form"].errors[field]
    assert said in errors[0] or field == "fact"
    assert "Giữ lại câu này" in text(response)
    assert draft.criteria.filter(code="I.3").count() == 0


def test_changing_the_way_or_asking_for_rows_saves_nothing_and_keeps_what_was_typed(client, draft):
    sent = typed("graded", name="Đang gõ dở", **rows("steps", {"label": "Tốt", "points": "tám"}))
    changed = client.post(new(draft), {**sent, "change": "1", "kind": "banded"})
    assert changed.status_code == 200
    assert "Đang gõ dở" in text(changed)
    assert "bands-4-points" in text(changed)
    full = [{"label": f"Mức {n}", "points": "tám"} for n in range(5)]
    more = client.post(new(draft), {**typed("graded", **rows("steps", *full)), "more": "1"})
    assert more.status_code == 200
    assert "steps-6-label" in text(more)
    assert 'value="tám"' in text(more)
    assert "is-wrong" not in text(more)
    assert draft.criteria.count() == 8


def test_one_may_go_on_writing_in_the_same_group(client, draft):
    made = client.post(new(draft), {**typed("manual"), "again": "1"}, follow=True)
    assert "Đã thêm “I.3. Nội dung”." in text(made)
    assert made.context["parent"] == criterion(draft, "I")


def test_what_the_system_knows_is_offered_where_the_kind_can_reckon_with_it(client, world, draft):
    set_common_target(world.cycle, TargetFacts(name="Nhà", unit="căn", number=9), by=world.heads[0])

    def offered(kind):
        form = client.get(new(draft) + f"&cach={kind}").context["form"]
        return [value for value, _label in form.fields["fact"].choices]

    assert "common:Nhà" in offered("proportional")
    assert "covenant_on_time" in offered("pass_fail")
    assert offered("graded") == [""]
    sent = typed("pass_fail", fact="covenant_on_time", owner="system")
    assert client.post(new(draft), sent).status_code == 302
    page = text(client.get(reverse("tables:edit", args=[draft.pk])))
    assert "Máy lấy số: ký giao ước đúng hạn." in page


def test_groups_are_written_moved_and_taken_out_after_being_asked(client, draft):
    address = reverse("tables:new_group", args=[draft.pk])
    refused = client.post(address, {"code": "II", "name": "Trùng"})
    assert "Bảng đã có ký hiệu “II”." in text(refused)
    made = client.post(
        address, {"code": "IV", "name": "Nhóm mới", "max_points": "12.5"}, follow=True
    )
    assert "Nhóm ghi 12,5 điểm nhưng các tiêu chí cộng lại 0." in text(made)
    inner = address + f"?trong={criterion(draft, 'IV').pk}"
    client.post(inner, {"code": "IV.1", "name": "Nhóm con", "bonus_cap": "2"})
    assert criterion(draft, "IV.1").parent.code == "IV"

    shift = reverse("tables:shift", args=[draft.pk])
    client.post(shift, {"up": criterion(draft, "IV").pk})
    places = [criterion(draft, code).place for code in ("II", "IV", "B")]
    assert places == sorted(places)
    assert client.post(shift, {"up": "9999"}).status_code == 404
    assert client.post(shift, {}).status_code == 404

    group = criterion(draft, "IV")
    edit = reverse("tables:edit_criterion", args=[group.pk])
    assert client.post(edit, {"code": "IV", "name": "Tên khác"}).status_code == 302
    assert criterion(draft, "IV").max_points is None
    remove = reverse("tables:remove_criterion", args=[group.pk])
    assert "IV.1. Nhóm con" in text(client.get(remove))
    done = client.post(remove, follow=True)
    assert "Đã bỏ “IV. Tên khác”." in text(done)
    assert client.post(remove).status_code == 404


def test_the_head_is_written_with_ties_in_order_and_classes(client, draft):
    address = reverse("tables:head", args=[draft.pk])
    sent = {"name": "Bảng", "step": "25", "bonus_cap": "7,5", "unit": "points", "tie_0": "vote"}
    sent |= {"tie_1": "group:I", "tie_2": "penalty", "basis": "Quy chế"}
    classes = [
        {"name": "Xuất sắc", "at_least": "81", "each": "85"},
        {"name": "Tiên tiến", "at_least": "71"},
    ]
    assert client.post(address, {**sent, **rows("classes", *classes)}).status_code == 302
    table = ScoringTable.objects.get()
    assert (table.step, table.bonus_cap, table.basis) == (25, 750, "Quy chế")
    assert table.ties == ["vote", "group:I", "penalty"]
    kept = [
        {"name": "Xuất sắc", "at_least": "81", "each": "85", "unit": "points"},
        {"name": "Tiên tiến", "at_least": "71", "each": None, "unit": "points"},
    ]
    assert table.classes == kept
    assert client.post(address, posted(client.get(address))).status_code == 302
    assert ScoringTable.objects.get().classes == kept
    assert '81 <span class="unit">điểm</span>' in text(
        client.get(reverse("tables:show", args=[draft.pk]))
    )

    for wrong, said in [
        ({"tie_1": "vote"}, "Mỗi cách phân định khi bằng điểm chỉ ghi một lần."),
        ({"bonus_cap": "0,1"}, "0,1 điểm lệch bước 0,25 của bảng."),
        ({"classes-0-at_least": "nhiều"}, "“nhiều” chưa phải là một số."),
        ({"classes-0-at_least": "-1"}, "Mỗi mức xếp loại cần một mốc từ 0 trở lên."),
        ({"name": ""}, "Hãy điền mục này."),
    ]:
        refused = client.post(address, {**sent, **rows("classes", *classes), **wrong})
        assert refused.status_code == 422
        assert said in text(refused)
        assert "Tiên tiến" in text(refused)


def test_the_rows_of_the_composite_table_read_back_as_they_were(client, world, draft):
    discard_table(draft, by=world.heads[0])
    composite = take_ready_table(world.cycle, "composite", by=world.heads[0])
    one_of_each = ("I.1", "I.2", "I.4", "II.1", "III.1", "III.3", "III.4", "B.1")
    for node in composite.criteria.filter(code__in=one_of_each):
        address = reverse("tables:edit_criterion", args=[node.pk])
        response = client.post(address, posted(client.get(address)))
        assert response.status_code == 302, (node.code, response.context["form"].errors)
        kept = criterion(composite, node.code)
        rules = [parameters_of(rule_from(n.kind, n.max_points, n.parameters)) for n in (node, kept)]
        assert rules[0] == rules[1]
        assert {**kept.content(), "parameters": {}} == {**node.content(), "parameters": {}}
