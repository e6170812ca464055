"""News from below: a copied year takes its table and layers along; who leaves marks no more."""

from typing import Any

from django.dispatch import receiver

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.signals import cycle_copied, enrolment_carried, member_left
from thidua.organizations.models import Organization
from thidua.scoring.actions.adoption import copy_criteria
from thidua.scoring.actions.tables import TableFacts, begin_table
from thidua.scoring.models import Conflict, Layer, Sheet
from thidua.scoring.queries import table_in_use


@receiver(cycle_copied)
def copy_table(sender: type[Cycle], *, old: Cycle, new: Cycle, by: Acting, **_news: Any) -> None:
    """Begin the new year's table as a draft of the one in use, with the same layers."""
    Layer.objects.bulk_create(
        Layer(
            cycle=new,
            kind=layer.kind,
            place=layer.place,
            combine=layer.combine,
            is_blind=layer.is_blind,
        )
        for layer in old.layers.all()
    )
    table = table_in_use(old)
    if table is None:
        return
    head = {name: getattr(table, name) for name in TableFacts.__annotations__}
    illustrated = table.is_illustration
    draft = begin_table(new, TableFacts(**head), by=by, is_illustration=illustrated)
    draft.previous = table
    draft.save(update_fields=["previous"])
    copy_criteria(table, draft)


@receiver(member_left)
def drop_checks(sender: type[Enrolment], *, enrolment: Enrolment, **_news: Any) -> None:
    """Who leaves checks nobody any more, where nothing was marked; what was marked stays."""
    Sheet.objects.filter(
        layer__cycle=enrolment.cycle_id,
        layer__kind=Layer.Kind.CROSS,
        organization=enrolment.organization_id,
        marks=None,
    ).delete()


@receiver(enrolment_carried)
def hand_sheets_on(
    sender: type[Enrolment], *, enrolment: Enrolment, predecessor: Organization, **_news: Any
) -> None:
    """What the old unit marks or was asked to mark goes on for the successor; its marks stay.

    So does an interest that it declared, but not one against what is now the same unit.
    """
    year = {"layer__cycle": enrolment.cycle_id}
    heir = enrolment.organization_id
    there = Sheet.objects.filter(organization=heir, **year).values_list("card", "layer")
    taken = set(there)
    for sheet in Sheet.objects.filter(organization=predecessor, **year):
        if (sheet.card_id, sheet.layer_id) not in taken:
            Sheet.objects.filter(pk=sheet.pk).update(organization=heir)
    declared = Conflict.objects.filter(enrolment__cycle=enrolment.cycle_id)
    known = declared.filter(organization=heir).values("enrolment")
    declared.filter(organization=predecessor).exclude(enrolment__in=known).exclude(
        enrolment=enrolment
    ).update(organization=heir)
