"""Pages of keeping: the backups for those who run the house, and what is known of a person."""
