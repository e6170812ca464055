"""Users, appointments, and for whom a person is working now."""
