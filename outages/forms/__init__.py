"""What people type about outages, read and checked."""
