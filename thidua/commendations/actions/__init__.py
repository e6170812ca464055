"""What is done with awards and rankings of years past."""
