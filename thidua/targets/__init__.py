"""What each unit promises in numbers, and the titles it registers."""
