"""Print a year's projects as forms and a bundle under out/; what is up to date is left alone."""
