"""Rows of documents_signature are records: triggers refuse to change or delete them."""

from django.db import migrations

from thidua.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [AppendOnly("documents_signature")]
