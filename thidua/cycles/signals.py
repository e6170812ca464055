"""News for the apps above, sent inside the transaction of the deed it belongs to."""

from django.dispatch import Signal

# cycle_copied: old, new (Cycle), by (Acting). Every app above copies its own rows.
cycle_copied = Signal()
# member_left: enrolment (Enrolment), by (Acting). Duties end; what was signed stays.
member_left = Signal()
# enrolment_carried: enrolment (Enrolment, already the successor's), predecessor (Organization),
# by (Acting). What the apps above hold for the old unit in this year goes on for the new one.
enrolment_carried = Signal()
