"""Reading a sheet that somebody brings: Excel, old Excel, CSV. No database here."""
