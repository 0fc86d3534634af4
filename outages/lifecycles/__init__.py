"""Three lifecycles: of an outage, of a repair order, of a governance case.

Each is a table of statuses and a table of acts; the models' transitions, the rules,
the pages and the diagrams all read them.
"""
