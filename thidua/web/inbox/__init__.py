"""Pages: the inbox, how one wants one's mail, and the operator's outbox."""
