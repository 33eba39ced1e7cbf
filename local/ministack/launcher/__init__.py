"""Starts ministack as the local cloud's front door: see __main__."""
