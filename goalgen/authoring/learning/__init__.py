"""Learn a form from its blank: what a person fills is found in the Word file, tagged, and proposed as a spec."""
