"""How Django's own parts write and read dates, where its defaults are not ours."""
