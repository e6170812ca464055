"""Pages: reports, results of targets, evidence."""
