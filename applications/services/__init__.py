"""The acts of 用电报装: every change of an application is one of these functions."""
