"""Versions, their printings and withdrawals are records: nobody may change or delete them."""

from django.db import migrations

from thidua.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_books"),
    ]
    operations = [
        AppendOnly("documents_version"),
        AppendOnly("documents_printing"),
        AppendOnly("documents_withdrawal"),
    ]
