"""The benchmark: the same documents built by this project, by Hugo and by stock Pelican."""
