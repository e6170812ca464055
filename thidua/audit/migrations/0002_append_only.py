"""Rows of audit_entry are records: triggers refuse to change or delete them."""

from django.db import migrations

from thidua.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [AppendOnly("audit_entry")]
