"""The case file: the only place that holds a case's tables and knows the order of the steps."""
