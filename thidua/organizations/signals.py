"""What organisations tell the apps above, inside the deed."""

from django.dispatch import Signal

# organization_reorganized: reorganization (Reorganization), predecessors (list[Organization], the
# units that end), heirs (list[Organization], who comes after, may be none), choices (what the act
# says of each thing an app above holds: see `organizations.actions.deciding.Decision`), by (Actor).
# A receiver returns how many of its rows the act has touched; a refusal takes all of it back.
organization_reorganized = Signal()
