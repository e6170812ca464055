"""Pages and commands of the surface."""
