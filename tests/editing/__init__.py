"""Sites that are edited and built again and again: what each build gives must be what a first one would."""
