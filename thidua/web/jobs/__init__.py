"""The operator's pages about background jobs."""
