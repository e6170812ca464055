"""Who looks after the mail of the installation: its operators."""

from thidua.organizations.permissions import is_operator

run_mail = is_operator
