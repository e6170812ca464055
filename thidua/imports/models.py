"""An import: a sheet that was brought, what was found in it, and what came of each row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, LineField
from thidua.imports import permissions as may


class Import(RulesModel):
    """One sheet of one kind, from its coming to its undoing (lần nhập).

    ``mapping`` says which column of the sheet is which of the form ({"0": "name"}), ``for_all``
    what counts for every row where the sheet has no such column, ``choices`` what a person
    answered ({"12:name": "other"}, by row and column). ``found`` is what the last look at the
    sheet came to: shapes in `imports.found`. ``job`` is the background job at work on it.
    """

    class State(models.TextChoices):
        BROUGHT = "brought", _("đang đọc")
        MAPPING = "mapping", _("chờ chọn cột")
        CHECKED = "checked", _("chờ xác nhận")
        WRITING = "writing", _("đang nhập")
        DONE = "done", _("đã nhập")
        UNDONE = "undone", _("đã gỡ")
        REFUSED = "refused", _("không đọc được")
        DROPPED = "dropped", _("đã bỏ")

    NEXT = {
        State.BROUGHT: {State.MAPPING, State.CHECKED, State.REFUSED, State.DROPPED},
        State.MAPPING: {State.BROUGHT, State.DROPPED},
        State.CHECKED: {State.BROUGHT, State.WRITING, State.DROPPED},
        State.WRITING: {State.DONE, State.CHECKED},
        State.DONE: {State.UNDONE},
        State.UNDONE: set(),
        State.REFUSED: {State.DROPPED},
        State.DROPPED: set(),
    }
    kind = models.CharField(_("loại bảng"), max_length=20)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.BROUGHT)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="imports")
    file_name = LineField(_("tên tệp"), max_length=200)
    sheet = models.CharField(_("trang tính"), max_length=255, blank=True)  # as the file has it
    header_row = models.PositiveIntegerField(_("hàng tiêu đề"), null=True)
    mapping = models.JSONField(_("cột"), default=dict)
    for_all = models.JSONField(_("cho mọi hàng"), default=dict)
    choices = models.JSONField(_("lựa chọn"), default=dict)
    found = models.JSONField(_("xem trước"), default=dict)
    job = models.CharField(_("việc chạy nền"), max_length=40, blank=True)
    refusal = BodyField(_("lý do chưa nhập"), blank=True)
    brought_at = models.DateTimeField(_("mang đến lúc"))
    written_at = models.DateTimeField(_("nhập lúc"), null=True)
    undone_at = models.DateTimeField(_("gỡ lúc"), null=True)

    class Meta:
        verbose_name = _("lần nhập")
        ordering = ["-brought_at", "-pk"]
        rules_permissions = {"bring": may.bring, "handle": may.handle}
        constraints = [
            models.CheckConstraint(
                condition=Q(written_at=None) | Q(state__in=["done", "undone"]),
                name="import_written_when_done",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "undone"]) | Q(written_at__isnull=False),
                name="import_done_with_its_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    undone_at=None,
                    state__in=[
                        "brought",
                        "mapping",
                        "checked",
                        "writing",
                        "done",
                        "refused",
                        "dropped",
                    ],
                )
                | Q(undone_at__isnull=False, state="undone"),
                name="import_undone_with_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedRow(models.Model):
    """What came of one row: an object that was made or changed (kết quả của một hàng).

    The object is named by its type and key, and by its name then: after an undoing it is gone.
    ``before`` is what a change replaced.
    """

    class Outcome(models.TextChoices):
        MADE = "make", _("tạo mới")
        CHANGED = "change", _("bổ sung")
        KEPT = "keep", _("giữ nguyên")

    import_of = models.ForeignKey(Import, models.PROTECT, related_name="rows")
    row = models.PositiveIntegerField(_("hàng"))
    place = models.PositiveIntegerField(_("thứ tự"))
    outcome = models.CharField(_("kết quả"), max_length=10, choices=Outcome)
    thing = models.CharField(_("loại"), max_length=60, blank=True)
    thing_id = models.PositiveBigIntegerField(_("khóa"), null=True)
    name = LineField(_("tên"), max_length=400)
    before = models.JSONField(_("trước đó"), null=True)

    class Meta:
        verbose_name = _("kết quả của một hàng")
        ordering = ["import_of", "place"]
        constraints = [
            models.UniqueConstraint("import_of", "place", name="imported_row_in_its_place"),
            models.CheckConstraint(
                condition=Q(outcome="keep", thing="", thing_id=None)
                | (~Q(outcome="keep") & ~Q(thing="") & Q(thing_id__isnull=False)),
                name="imported_row_names_its_thing",
            ),
        ]
