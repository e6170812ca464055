"""Who may set up and look after the installation: its operators."""

from thidua.organizations.permissions import is_operator

run = is_operator
