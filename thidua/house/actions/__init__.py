"""What can be done with the installation: begin it, shape it, tell its mail server, finish."""
