"""Tests of the Word templates that goalgen makes."""
