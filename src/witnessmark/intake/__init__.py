"""Intake: from preserved bytes to items, one file per format."""
