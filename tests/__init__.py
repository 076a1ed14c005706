"""The tests: a folder for each floor of the package, promises of the command, the house itself, and what they share."""
