"""What the law gives a person over their data: to know, copy, correct and leave."""
