"""Repairs of ministack's Step Functions, and the integrations that it lacks."""
