"""The append-only trail: who did what, for whom, when; one chain per bloc, one for the house."""
