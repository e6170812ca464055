"""What can be done with measurements, reports and evidence."""
