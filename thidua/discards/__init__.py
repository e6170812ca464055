"""What was thrown away while it was a draft, and the way back."""
