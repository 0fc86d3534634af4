"""Pages of outages that anybody may read."""
