"""What can be done with tables, marks and results."""
