"""What can be done with organisations, people and blocs."""

from thidua.organizations.actions.blocs import (
    BlocFacts,
    edit_bloc,
    found_bloc,
    reform_bloc,
)
from thidua.organizations.actions.deciding import Decision
from thidua.organizations.actions.founding import (
    OrganizationFacts,
    Particulars,
    edit_organization,
    found_organization,
)
from thidua.organizations.actions.letterheads import Letterhead, write_letterhead
from thidua.organizations.actions.people import enter_holder, enter_office, enter_person
from thidua.organizations.actions.reorganizing import (
    Newborn,
    absorb_organizations,
    dissolve_organization,
    merge_organizations,
    split_organization,
)
from thidua.organizations.actions.single import move_organization, rename_organization
from thidua.organizations.actions.undoing import (
    correct_reorganization,
    undo_reorganization,
    why_not_undone,
)

__all__ = [
    "BlocFacts",
    "Decision",
    "Letterhead",
    "Newborn",
    "OrganizationFacts",
    "Particulars",
    "absorb_organizations",
    "correct_reorganization",
    "dissolve_organization",
    "edit_bloc",
    "edit_organization",
    "enter_holder",
    "enter_office",
    "enter_person",
    "found_bloc",
    "found_organization",
    "merge_organizations",
    "move_organization",
    "reform_bloc",
    "rename_organization",
    "split_organization",
    "undo_reorganization",
    "why_not_undone",
    "write_letterhead",
]
