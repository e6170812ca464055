"""What this installation is: its managing body, look, mail, contact, the year's slogan."""
