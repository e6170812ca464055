"""Backup, restore, drill, upgrade, personal data."""
