"""Work that runs later: its queue, leases, tries, schedule."""
