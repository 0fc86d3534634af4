"""The acts of 用电报装: every change of an application goes through one of these functions."""
