"""An app of nothing but work, so that real workers find it."""
