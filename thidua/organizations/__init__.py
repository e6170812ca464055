"""Organisations with dated names, people and their offices, blocs."""
