"""What every app stands on: errors, deeds, states, Vietnamese text and numbers. No tables."""
