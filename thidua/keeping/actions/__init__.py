"""What can be done: keeping, and what is known of people."""
