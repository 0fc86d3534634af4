"""The same acts over HTTP: `/api/v1/applications/`."""
