"""What can be done with a ceremony: `hosting` it, and `drawing` what is kept of it."""
