"""What the pages of subscriptions ask."""
