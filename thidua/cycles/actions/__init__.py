"""What can be done with a year (`years`) and with its members (`members`)."""
