"""Hold the four kinds of blocks a form is made of, a file each: whatever is asked of a form, its blocks answer in turn."""
