"""witnessmark: from material about an attack said to have harmed civilians to a case file anyone can check.

What it does not do: it never asserts what happened, and nothing it drafts is for publication until a named
person has signed it.
"""

__version__ = "0.1.0"
