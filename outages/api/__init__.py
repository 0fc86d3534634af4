"""Outages over HTTP: `/api/v1/outages/`."""
