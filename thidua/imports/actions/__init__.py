"""What can be done with an import: bring a sheet, tell its columns, answer, write, undo."""
