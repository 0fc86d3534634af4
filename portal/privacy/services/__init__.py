"""What a person may have done with what is kept of them."""
